"""Meeting again what is paired after a mailbox was moved or exchanged (R30)."""

from __future__ import annotations

from dataclasses import replace

from tests.strategies import plain
from vfadmin.calendars.base import Capabilities, Item, Side
from vfadmin.calendars.event import Event, Recurrence
from vfadmin.sync.match import reunite
from vfadmin.sync.values import PairView, Reading, Snapshot, Twin

VF, EX = Side.VALUEFRAME, Side.EXCHANGE


def adrift(key: str, event: Event | None, uid: str | None = None, base: Event | None = None) -> PairView:
    return PairView(key, Twin(f"vf-{key}", "1", event), Twin(None, None, event), base or event, uid, row=1)


def met(pairs: list[PairView], *items: Item) -> dict[str, str | None]:
    readings = {VF: {}, EX: {one.id: Reading(one) for one in items}}
    capabilities = {VF: Capabilities(), EX: Capabilities()}
    snapshot = Snapshot(tuple(pairs), readings, capabilities, first_cycle=True)
    return {pair.key: pair.exchange.id for pair in reunite(snapshot, pairs)}


def test_a_uid_tells_whatever_was_edited_meanwhile_r30() -> None:
    pair, edited = adrift("k", plain("Ennen"), "u1"), Item("new", "1", plain("Jälkeen"), uid="u1")
    readings = {VF: {}, EX: {"new": Reading(edited)}}
    snapshot = Snapshot((pair,), readings, {VF: Capabilities(), EX: Capabilities()}, first_cycle=True)
    (found,) = reunite(snapshot, [pair])
    assert found.exchange == Twin("new", None, plain("Ennen")), "the edit is still to be seen"


def test_without_its_uid_start_end_and_title_tell_r30() -> None:
    pairs = [adrift("a", plain("Yksi"), "u1"), adrift("b", plain("Kaksi"))]
    assert met(pairs, Item("1", "1", plain("Yksi"), uid="x"), Item("2", "1", plain("Kaksi"), uid="y")) == {
        "a": "1",
        "b": "2",
    }


def test_twins_go_with_twins_when_there_are_as_many_r30() -> None:
    same = plain("Sama")
    pairs = [adrift("a", same), adrift("b", replace(same, location="Turku"))]
    items = [Item("1", "1", replace(same, location="Turku")), Item("2", "1", same)]
    assert met(pairs, *items) == {"a": "2", "b": "1"}


def test_what_is_ambiguous_stays_alone_r30() -> None:
    same = plain("Sama")
    items = [Item("1", "1", same), Item("2", "1", same)]
    assert met([adrift("a", same)], *items) == {"a": None}


def test_a_pair_of_which_nothing_was_ever_seen_is_met_by_what_was_meant_r30() -> None:
    pairs = [adrift("a", None, base=plain("Aiottu")), adrift("b", None)]
    assert met(pairs, Item("1", "1", plain("Aiottu"))) == {"a": "1", "b": None}


def test_an_item_that_is_paired_already_is_nobody_elses_r30() -> None:
    bound = replace(adrift("a", plain("Sama")), exchange=Twin("1", "1", plain("Sama")))
    assert met([bound, adrift("b", plain("Sama"))], Item("1", "1", plain("Sama"))) == {"a": "1", "b": None}


def test_a_series_that_was_left_alone_is_met_in_another_mailbox_too_r30() -> None:
    series = replace(plain("Sarja"), recurrence=Recurrence("FREQ=WEEKLY"))
    pair = adrift("a", None)
    readings = {
        VF: {"vf-a": Reading(Item("vf-a", "1", series))},
        EX: {"1": Reading(Item("1", "1", plain("Sarja"), unsupported="zone"))},
    }
    snapshot = Snapshot((pair,), readings, {VF: Capabilities(), EX: Capabilities()}, first_cycle=True)
    (found,) = reunite(snapshot, [pair])
    assert (found.exchange, found.base) == (Twin("1", None, None), None)
