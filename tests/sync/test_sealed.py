"""Meetings whose every write would send a mail, as over Graph: what is decided about them (R9, R15)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import NOW, events, plain
from vfadmin.calendars.base import MEETING, Capabilities, Item, Side
from vfadmin.calendars.event import Event
from vfadmin.sync.plan import plan
from vfadmin.sync.values import Act, Outcome, PairPlan, PairView, Policy, Reading, Reason, Snapshot, Twin

VF, EX = Side.VALUEFRAME, Side.EXCHANGE
GONE = Reading(gone=True)
CAPABILITIES = {VF: Capabilities(recurrence=True), EX: Capabilities(recurrence=True, seals=True)}


def keys() -> Iterator[str]:
    return (f"new-{number}" for number in count(1))


def paired(event: Event, *, participating: bool = False) -> PairView:
    twins = Twin("7", "1", event), Twin("AAA", "ck1", event)
    return PairView("k1", *twins, base=event, uid="uid", row=1, participating=participating)


def meeting(event: Event, **more: object) -> Item:
    return replace(Item("AAA", "ck2", event, uid="uid", sealed=True), **more)


def decide(
    *pairs: PairView, vf: Reading | None = None, ex: Reading | None = None, first_cycle: bool = False
) -> PairPlan:
    readings = {VF: {} if vf is None else {"7": vf}, EX: {} if ex is None else {"AAA": ex}}
    (one,) = plan(Snapshot(pairs, readings, CAPABILITIES, first_cycle), Policy(), NOW, keys())
    return one


def test_what_outlook_changed_travels() -> None:
    event = plain()
    moved = replace(event, title="Siirretty")
    one = decide(paired(event), vf=Reading(Item("7", "1", event)), ex=Reading(meeting(moved)))
    (write,) = one.writes
    assert (write.side, write.act, write.names, write.reason) == (VF, Act.UPDATE, {"title"}, Reason.EDITED)
    assert one.agreed == moved


def test_what_valueframe_changed_is_put_back_and_said() -> None:
    event = plain()
    changed = Item("7", "2", replace(event, title="Muutettu"))
    one = decide(paired(event), vf=Reading(changed), ex=Reading(meeting(event)))
    (write,) = one.writes
    assert (write.side, write.act, write.names, write.reason) == (VF, Act.UPDATE, {"title"}, Reason.MEETING)
    assert write.conflicts == {"title"}
    assert one.agreed == event


def test_both_changed_and_outlook_holds_whoever_wins_otherwise() -> None:
    event = plain()
    mine, theirs = replace(event, title="VF", location="Turku"), replace(event, title="Outlook")
    one = decide(paired(event), vf=Reading(Item("7", "2", mine)), ex=Reading(meeting(theirs)))
    (write,) = one.writes
    assert (write.side, write.names, write.conflicts) == (VF, {"title", "location"}, {"title", "location"})
    assert one.agreed == theirs


def test_what_valueframe_deleted_comes_back_there() -> None:
    event = plain()
    one = decide(paired(event), vf=GONE, ex=Reading(meeting(event)))
    (write,) = one.writes
    assert (write.side, write.act, write.reason) == (VF, Act.CREATE, Reason.MEETING)
    assert (one.agreed, one.outcome) == (event, Outcome.SETTLE)


def test_what_outlook_deleted_goes() -> None:
    event = plain()
    one = decide(paired(event), vf=Reading(Item("7", "1", event)), ex=GONE)
    assert [(write.side, write.act) for write in one.writes] == [(VF, Act.DELETE)]


def test_r15_a_link_taken_away_leaves_the_received_meeting_alone() -> None:
    event = plain()
    one = decide(
        paired(event, participating=True), vf=GONE, ex=Reading(meeting(event, organizer="a@firma.fi"))
    )
    assert (one.writes, one.outcome, one.note) == ((), Outcome.LEAVE, MEETING)


def test_r15_the_owner_s_word_stands_beside_a_copy_that_cannot_be_written() -> None:
    event = plain()
    owner = Item("7", "2", replace(event, title="Omistajan"), participating=True)
    copy = meeting(replace(event, reminder_minutes=45), organizer="a@firma.fi", sequence=0)
    one = decide(paired(event, participating=True), vf=Reading(owner), ex=Reading(copy))
    (write,) = one.writes
    assert (write.side, write.names) == (VF, {"reminder_minutes"})
    assert one.agreed is not None
    assert (one.agreed.title, one.agreed.reminder_minutes) == ("Omistajan", 45)


@pytest.mark.parametrize("key", [None, "k9"])
def test_a_new_one_is_taken_in_and_not_marked(key: str | None) -> None:
    one = decide(ex=Reading(meeting(plain(), key=key)))
    assert [(write.side, write.act) for write in one.writes] == [(VF, Act.CREATE)]


@given(
    base=events(),
    mine=st.none() | events(),
    theirs=events(),
    known=st.booleans(),
    participating=st.booleans(),
    first=st.booleans(),
    organizer=st.sampled_from([None, "a@firma.fi"]),
    unfinished=st.booleans(),
)
def test_whatever_stands_nothing_is_ever_written_there(
    base: Event,
    mine: Event | None,
    theirs: Event,
    known: bool,
    participating: bool,
    first: bool,
    organizer: str | None,
    unfinished: bool,
) -> None:
    """R9: no mail. Two plans may come of what is not yet a pair; none of them writes to Exchange."""
    sealed = meeting(theirs, organizer=organizer, unfinished=unfinished, key="k1")
    event = GONE if mine is None else Reading(Item("7", "2", mine, participating=participating))
    pairs = (paired(base, participating=participating),) if known else ()
    readings = {VF: {"7": event}, EX: {"AAA": Reading(sealed)}}
    plans = plan(Snapshot(pairs, readings, CAPABILITIES, first), Policy(), NOW, keys())
    writes = [write for one in plans for write in one.writes]
    created = [write for write in writes if write.side is EX and write.act is Act.CREATE]
    assert [write for write in writes if write.side is EX] == created
    assert not (known and created)
