"""Merging field by field: one-sided edits survive, disputes follow the setting, nothing ping-pongs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import events, plain
from vfadmin.calendars.base import Capabilities, Side
from vfadmin.calendars.event import FIELDS, Event, Override, Recurrence, canonical, differing, with_fields
from vfadmin.sync.merge import merge

HOUR = timedelta(hours=1)
VF, EX = Side.VALUEFRAME, Side.EXCHANGE


def coarse(event: Event) -> Event:
    """An Exchange that knows Riga and Helsinki as one zone and has no working elsewhere."""
    zone = "Europe/Helsinki" if event.when.zone == "Europe/Riga" else event.when.zone
    return replace(event, when=replace(event.when, zone=zone))


CAPABILITIES = {VF: Capabilities(), EX: Capabilities(project=coarse)}
winners = st.sampled_from([VF, EX])


def seen_of(agreed: Event) -> dict[Side, Event | None]:
    return {VF: agreed, EX: coarse(agreed)}


@given(agreed=events(), winner=winners)
def test_no_change_writes_nothing(agreed: Event, winner: Side) -> None:
    merged = merge({VF: agreed, EX: coarse(agreed)}, seen_of(agreed), CAPABILITIES, winner)
    assert merged.writes == {VF: frozenset(), EX: frozenset()}
    assert merged.agreed == agreed


@pytest.mark.parametrize("winner", [VF, EX])
def test_where_the_rule_is_disputed_the_start_comes_with_it_r17(winner: Side) -> None:
    """A rule and another side's first day may not fit: the series would begin on a third day."""
    base = canonical(replace(plain(days=7), recurrence=Recurrence("FREQ=WEEKLY;BYDAY=MO")))
    renamed = replace(base, recurrence=Recurrence("FREQ=WEEKLY;BYDAY=MO;COUNT=5"))
    shifted = canonical(replace(plain(days=8), recurrence=Recurrence("FREQ=WEEKLY;BYDAY=TU")))
    merged = merge({VF: renamed, EX: shifted}, {VF: base, EX: base}, CAPABILITIES, winner)
    expected = renamed if winner is VF else shifted
    assert (merged.agreed.when, merged.agreed.recurrence) == (expected.when, expected.recurrence)
    assert merged.conflicts == {"when", "recurrence"}


def test_an_edit_of_the_time_and_one_of_an_occurrence_meet_r17() -> None:
    base = canonical(replace(plain(days=7), recurrence=Recurrence("FREQ=WEEKLY;BYDAY=MO")))
    later = replace(base.when, start=base.when.start + HOUR, end=base.when.end + HOUR)
    named = Recurrence("FREQ=WEEKLY;BYDAY=MO", (Override(base.when.start.date(), title="Muu"),))
    current = {VF: replace(base, when=later), EX: replace(base, recurrence=named)}
    merged = merge(current, {VF: base, EX: base}, CAPABILITIES, VF)
    assert (merged.agreed.when, merged.agreed.recurrence) == (later, named)
    assert merged.writes == {VF: {"recurrence"}, EX: {"when"}}


def test_an_occurrence_has_nothing_of_its_own_that_its_series_gets_too_r17() -> None:
    base = canonical(replace(plain(days=7), recurrence=Recurrence("FREQ=WEEKLY;BYDAY=MO")))
    own = Recurrence("FREQ=WEEKLY;BYDAY=MO", (Override(base.when.start.date(), title="Muu"),))
    current = {VF: replace(base, recurrence=own), EX: replace(base, title="Muu")}
    merged = merge(current, {VF: base, EX: base}, CAPABILITIES, VF)
    assert merged.agreed == replace(base, title="Muu")
    assert merged.writes == {VF: {"title", "recurrence"}, EX: frozenset()}


@given(agreed=events(), edited=events(), winner=winners)
def test_a_one_sided_edit_travels_whatever_the_winner(agreed: Event, edited: Event, winner: Side) -> None:
    from_valueframe = merge({VF: edited, EX: coarse(agreed)}, seen_of(agreed), CAPABILITIES, winner)
    assert from_valueframe.agreed == edited
    assert from_valueframe.writes[VF] == frozenset()
    assert from_valueframe.writes[EX] == differing(coarse(edited), coarse(agreed))
    assert from_valueframe.conflicts == frozenset()
    from_exchange = merge({VF: agreed, EX: coarse(edited)}, seen_of(agreed), CAPABILITIES, winner)
    assert coarse(from_exchange.agreed) == coarse(edited)
    assert from_exchange.writes[EX] == frozenset()
    assert from_exchange.conflicts == frozenset()


@given(
    agreed=events(), mine=events(), theirs=events(), winner=winners, names=st.sets(st.sampled_from(FIELDS))
)
def test_after_the_writes_both_sides_show_the_same(
    agreed: Event, mine: Event, theirs: Event, winner: Side, names: set[str]
) -> None:
    mine = with_fields(agreed, mine, frozenset(names))
    current = {VF: mine, EX: coarse(theirs)}
    merged = merge(current, seen_of(agreed), CAPABILITIES, winner)
    after = {
        side: with_fields(current[side], CAPABILITIES[side].project(merged.agreed), merged.writes[side])
        for side in (VF, EX)
    }
    assert coarse(after[VF]) == after[EX]
    again = merge(after, {**after}, CAPABILITIES, winner)
    assert not any(again.writes.values())


@pytest.mark.parametrize("winner", [VF, EX])
def test_a_field_both_changed_goes_to_the_winner_and_the_rest_is_kept(winner: Side) -> None:
    agreed = plain("Palaveri")
    mine = replace(agreed, title="Palaveri A", location="Aurora")
    theirs = replace(agreed, title="Palaveri B", text="Ota kahvit mukaan")
    merged = merge({VF: mine, EX: theirs}, seen_of(agreed), CAPABILITIES, winner)
    assert merged.agreed.title == {VF: "Palaveri A", EX: "Palaveri B"}[winner]
    assert (merged.agreed.location, merged.agreed.text) == ("Aurora", "Ota kahvit mukaan")
    assert merged.conflicts == {"title"}


def test_the_same_edit_on_both_sides_is_no_conflict() -> None:
    agreed = plain("Palaveri")
    edited = replace(agreed, title="Viikkopalaveri")
    merged = merge({VF: edited, EX: edited}, seen_of(agreed), CAPABILITIES, VF)
    assert merged.conflicts == frozenset()
    assert not any(merged.writes.values())


def test_a_time_moved_in_outlook_keeps_the_zone_outlook_cannot_name() -> None:
    agreed = plain()
    agreed = replace(agreed, when=replace(agreed.when, zone="Europe/Riga"))
    moved = replace(coarse(agreed), when=replace(plain(days=2).when, zone="Europe/Helsinki"))
    merged = merge({VF: agreed, EX: moved}, seen_of(agreed), CAPABILITIES, VF)
    assert merged.agreed.when == replace(plain(days=2).when, zone="Europe/Riga")
    assert merged.writes[EX] == frozenset()


def test_taking_over_writes_only_what_differs_r29() -> None:
    mine, theirs = plain("Palaveri", text="Asialista"), plain("Palaveri")
    merged = merge({VF: mine, EX: theirs}, {VF: None, EX: None}, CAPABILITIES, VF)
    assert merged.writes == {VF: frozenset(), EX: frozenset({"text"})}


@given(agreed=events(), winner=winners)
def test_doubting_what_agrees_writes_nothing(agreed: Event, winner: Side) -> None:
    merged = merge({VF: agreed, EX: coarse(agreed)}, seen_of(agreed), CAPABILITIES, winner, doubting=True)
    assert merged.writes == {VF: frozenset(), EX: frozenset()}
    assert (merged.agreed, merged.repaired) == (agreed, frozenset())


@given(one=events(), other=events(), winner=winners)
def test_doubting_brings_together_what_stood_still_and_differed(
    one: Event, other: Event, winner: Side
) -> None:
    current: dict[Side, Event] = {VF: one, EX: coarse(other)}
    seen: dict[Side, Event | None] = {**current}
    assert merge(current, seen, CAPABILITIES, winner).writes == {VF: frozenset(), EX: frozenset()}
    merged = merge(current, seen, CAPABILITIES, winner, doubting=True)
    assert merged.writes[winner] == frozenset()
    assert merged.repaired == merged.conflicts == merged.writes[winner.other]
    assert coarse(merged.agreed) == coarse(current[winner])


def test_doubting_leaves_a_one_sided_edit_its_way() -> None:
    agreed = plain()
    edited = replace(agreed, location="Exchangesta", text="Exchangesta")
    seen: dict[Side, Event | None] = {VF: agreed, EX: replace(agreed, text="Exchangesta")}
    merged = merge({VF: agreed, EX: edited}, seen, CAPABILITIES, VF, doubting=True)
    assert merged.writes == {VF: frozenset({"location"}), EX: frozenset({"text"})}
    assert merged.repaired == frozenset({"text"})
