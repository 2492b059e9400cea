"""Deciding, case by case: what stands on each side, what was agreed, and what is therefore written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from tests.strategies import NOW, plain
from vfadmin.calendars.base import Capabilities, Item, Side
from vfadmin.calendars.event import Event, Recurrence
from vfadmin.sync.plan import Context, plan, plan_pair
from vfadmin.sync.values import (
    Act,
    Decision,
    Outcome,
    PairPlan,
    PairView,
    Policy,
    Reading,
    Reason,
    Snapshot,
    Twin,
)
from vfadmin.sync.window import window_at

VF, EX = Side.VALUEFRAME, Side.EXCHANGE
GONE = Reading(gone=True)


def uid_of(key: str) -> str:
    return f"uid-{key}"


CAPABILITIES = {VF: Capabilities(recurrence=True), EX: Capabilities(uid_of=uid_of)}


def keys() -> Iterator[str]:
    return (f"new-{number}" for number in count(1))


def paired(event: Event, key: str = "k1") -> PairView:
    return PairView(
        key=key,
        valueframe=Twin("7", "1", event),
        exchange=Twin("AAA", "ck1", event),
        base=event,
        uid=uid_of(key),
        row=1,
    )


def item(side: Side, event: Event, **more: object) -> Item:
    identity = ("7", "2") if side is VF else ("AAA", "ck2")
    return replace(Item(*identity, event), **more)


def decide(
    *pairs: PairView,
    vf: dict[str, Reading] | None = None,
    ex: dict[str, Reading] | None = None,
    policy: Policy | None = None,
    first_cycle: bool = False,
) -> tuple[PairPlan, ...]:
    snapshot = Snapshot(pairs, {VF: vf or {}, EX: ex or {}}, CAPABILITIES, first_cycle)
    return plan(snapshot, policy or Policy(), NOW, keys())


def read(one: Item) -> dict[str, Reading]:
    return {one.id: Reading(one)}


def test_a_touched_item_writes_nothing_and_is_settled() -> None:
    event = plain()
    (one,) = decide(paired(event), ex=read(item(EX, event)))
    assert (one.writes, one.outcome) == ((), Outcome.SETTLE)
    assert (EX, "AAA") in one.clears


@pytest.mark.parametrize(("edited", "target"), [(VF, EX), (EX, VF)])
def test_an_edit_goes_to_the_other_side_r1(edited: Side, target: Side) -> None:
    event = plain()
    moved = replace(event, title="Siirretty palaveri")
    reading = read(item(edited, moved))
    (one,) = decide(paired(event), **{"vf" if edited is VF else "ex": reading})
    (write,) = one.writes
    assert (write.act, write.side, write.names) == (Act.UPDATE, target, {"title"})
    assert one.agreed is not None
    assert one.agreed.title == "Siirretty palaveri"


def test_edits_of_different_fields_make_two_writes_and_the_first_settles_only_its_own() -> None:
    event = plain()
    mine, theirs = replace(event, title="Uusi nimi"), replace(event, location="Aurora")
    (one,) = decide(paired(event), vf=read(item(VF, mine)), ex=read(item(EX, theirs)))
    first, second = one.writes
    assert (first.side, first.names, first.settles, first.final) == (EX, {"title"}, {"title"}, False)
    assert (second.side, second.names, second.final) == (VF, {"location"}, True)


@pytest.mark.parametrize(("winner", "target"), [(VF, EX), (EX, VF)])
def test_a_dispute_is_written_to_the_loser_and_named_a_conflict(winner: Side, target: Side) -> None:
    event = plain()
    (one,) = decide(
        paired(event),
        vf=read(item(VF, replace(event, title="A"))),
        ex=read(item(EX, replace(event, title="B"))),
        policy=Policy(winner=winner),
    )
    (write,) = one.writes
    assert (write.side, write.reason, write.conflicts) == (target, Reason.CONFLICT, {"title"})


@pytest.mark.parametrize(("gone", "other"), [(VF, EX), (EX, VF)])
def test_a_deletion_travels(gone: Side, other: Side) -> None:
    reading = {paired(plain()).twin(gone).id or "": GONE}
    (one,) = decide(paired(plain()), **{"vf" if gone is VF else "ex": reading})
    (write,) = one.writes
    assert (write.act, write.side, one.outcome) == (Act.DELETE, other, Outcome.CLOSE)
    assert one.deletes


@pytest.mark.parametrize("gone", [VF, EX])
def test_an_edit_beats_a_deletion(gone: Side) -> None:
    event = plain()
    edited = item(gone.other, replace(event, text="tärkeä lisäys"))
    readings = {gone: {paired(event).twin(gone).id or "": GONE}, gone.other: read(edited)}
    (one,) = decide(paired(event), vf=readings[VF], ex=readings[EX])
    (write,) = one.writes
    assert (write.act, write.side, write.reason) == (Act.CREATE, gone, Reason.EDIT_BEATS_DELETE)


def test_deleted_on_both_sides_is_closed() -> None:
    (one,) = decide(paired(plain()), vf={"7": GONE}, ex={"AAA": GONE})
    assert (one.writes, one.outcome) == ((), Outcome.CLOSE)


def test_a_twin_that_was_never_made_is_made_now() -> None:
    half = replace(paired(plain()), exchange=Twin(), base=None)
    (one,) = decide(half, vf=read(item(VF, plain())))
    assert [(write.act, write.side, write.reason) for write in one.writes] == [(Act.CREATE, EX, Reason.NEW)]


def test_a_half_made_pair_whose_only_item_is_gone_is_forgotten() -> None:
    half = replace(paired(plain()), exchange=Twin(), base=None)
    (one,) = decide(half, vf={"7": GONE})
    assert (one.writes, one.outcome) == ((), Outcome.CLOSE)


@pytest.mark.parametrize("side", [VF, EX])
def test_a_new_event_is_created_on_the_other_side_r1(side: Side) -> None:
    (one,) = decide(**{"vf" if side is VF else "ex": read(item(side, plain()))})
    (write,) = one.writes
    assert (write.act, write.side, write.reason) == (Act.CREATE, side.other, Reason.NEW)
    assert one.pair.key == "new-1"


def test_an_old_event_is_not_transferred_r8() -> None:
    (one,) = decide(ex=read(item(EX, plain(days=-9))))
    assert (one.writes, one.outcome, one.clears) == ((), Outcome.CLOSE, ((EX, "AAA"),))


def test_an_event_beyond_the_horizon_waits_for_its_time_r8() -> None:
    (one,) = decide(ex=read(item(EX, plain(days=800))))
    ((side, item_id, when),) = one.postponed
    assert (side, item_id, one.clears, one.writes) == (EX, "AAA", (), ())
    assert when > NOW


def test_what_was_paired_and_aged_out_is_frozen_r8() -> None:
    old = plain(days=-9)
    (one,) = decide(paired(old), ex={"AAA": GONE})
    assert (one.writes, one.outcome) == ((), Outcome.FREEZE)


def test_an_edit_that_brings_an_old_event_back_thaws_it_r8() -> None:
    old = plain(days=-9)
    (one,) = decide(paired(old), vf=read(item(VF, replace(old, when=plain(days=2).when))))
    assert [(write.side, write.names) for write in one.writes] == [(EX, {"when"})]


def test_a_series_the_other_side_cannot_hold_is_left_alone() -> None:
    series = replace(plain(), recurrence=Recurrence("FREQ=WEEKLY"))
    (one,) = decide(vf=read(item(VF, series)))
    assert (one.writes, one.outcome, one.note) == ((), Outcome.LEAVE, "recurrence")


def test_an_item_its_keeper_cannot_read_whole_is_left_alone() -> None:
    (one,) = decide(paired(plain()), ex=read(item(EX, plain("muu"), unsupported="recurrence")))
    assert (one.writes, one.outcome, one.note) == ((), Outcome.LEAVE, "recurrence")


def test_a_lone_occurrence_never_pairs_with_a_series_r17() -> None:
    """Whoever is invited to one occurrence alone has it under the UID of its series."""
    series = item(VF, replace(plain(), recurrence=Recurrence("FREQ=WEEKLY")), uid="u1")
    lone = item(EX, plain(), uid="u1")
    plans = decide(vf=read(series), ex=read(lone), first_cycle=True)
    assert all(None in (one.pair.valueframe.id, one.pair.exchange.id) for one in plans)
    twin = item(EX, series.event, uid="u1")
    (one,) = decide(vf=read(series), ex=read(twin), first_cycle=True)
    assert (one.pair.valueframe.id, one.pair.exchange.id) == ("7", "AAA")


WHOLE = replace(plain(), recurrence=Recurrence("FREQ=WEEKLY;BYDAY=TU", (), (date(2026, 12, 1),)))
UNFINISHED = {VF: CAPABILITIES[VF], EX: replace(CAPABILITIES[EX], recurrence=True)}


def decide_unfinished(pair: PairView, vf: Reading, ex: Item, winner: Side = VF) -> PairPlan:
    readings = {VF: {"7": vf}, EX: read(replace(ex, unfinished=True))}
    policy = Policy(winner=winner)
    snapshot = Snapshot((pair,), readings, UNFINISHED)
    return plan_pair(pair, Context(snapshot, policy, NOW, window_at(NOW, policy)))


@pytest.mark.parametrize("winner", [VF, EX])
def test_a_series_an_interrupted_write_left_behind_is_written_again_r17(winner: Side) -> None:
    """What its occurrences show is nobody's edit, also where Exchange wins; a person's new title is one."""
    whole, torn = WHOLE, replace(WHOLE, title="Muu", recurrence=Recurrence("FREQ=WEEKLY;BYDAY=TU"))
    one = decide_unfinished(paired(whole), Reading(item(VF, whole)), item(EX, torn), winner)
    assert {write.side: write.names for write in one.writes} == {EX: {"recurrence"}, VF: {"title"}}
    assert one.agreed is not None
    assert one.agreed.recurrence == whole.recurrence


def test_a_series_left_unfinished_is_no_edit_that_beats_a_deletion_r17() -> None:
    torn = replace(WHOLE, recurrence=Recurrence("FREQ=WEEKLY;BYDAY=TU"))
    one = decide_unfinished(paired(WHOLE), GONE, item(EX, torn))
    assert [(write.act, write.side) for write in one.writes] == [(Act.DELETE, EX)]


def test_a_series_in_a_zone_the_other_side_lacks_is_left_alone_r17() -> None:
    series = replace(plain(), recurrence=Recurrence("FREQ=WEEKLY"))
    lacking = {VF: CAPABILITIES[VF], EX: replace(UNFINISHED[EX], lacking=lambda _: "zone")}
    snapshot = Snapshot((), {VF: read(item(VF, series)), EX: {}}, lacking)
    (one,) = plan(snapshot, Policy(), NOW, keys())
    assert (one.writes, one.outcome, one.note) == ((), Outcome.LEAVE, "zone")


def test_a_persons_copy_becomes_an_event_of_its_own_and_is_marked_anew() -> None:
    event = plain()
    copy = Item("BBB", "ck9", event, key="k1", uid="another")
    (one,) = decide(paired(event), ex=read(copy))
    create, remark = one.writes
    assert (create.act, create.side, create.reason) == (Act.CREATE, VF, Reason.COPIED)
    assert (remark.act, remark.side, remark.names) == (Act.UPDATE, EX, frozenset())
    assert one.pair.key == "new-1"


def test_our_own_late_create_is_taken_back_and_nothing_else() -> None:
    event = plain()
    late = Item("BBB", "ck9", event, key="k1", uid=uid_of("k1"))
    (one,) = decide(paired(event), ex={"BBB": Reading(late), "AAA": Reading(item(EX, event))})[1:]
    assert [(write.act, write.side, write.reason) for write in one.writes] == [
        (Act.DELETE, EX, Reason.OWN_DUPLICATE)
    ]
    edited = replace(late, event=replace(event, text="käyttäjän lisäys"))
    (kept,) = decide(paired(event), ex={"BBB": Reading(edited), "AAA": Reading(item(EX, event))})[1:]
    assert [write.act for write in kept.writes] == [Act.CREATE, Act.UPDATE]


def test_a_late_create_of_before_the_event_was_named_is_ours_as_well() -> None:
    event = plain()
    named = replace(paired(event), uid="the event's name by now")
    late = Item("BBB", "ck9", event, key="k1", uid=uid_of("k1"))
    (one,) = decide(named, ex={"BBB": Reading(late), "AAA": Reading(item(EX, event))})[1:]
    assert [(write.act, write.reason) for write in one.writes] == [(Act.DELETE, Reason.OWN_DUPLICATE)]


def test_an_item_that_came_back_under_another_id_is_the_same_event() -> None:
    event = plain()
    back = Item("BBB", "ck9", event, key="k1", uid=uid_of("k1"))
    plans = decide(paired(event), ex={"AAA": GONE, "BBB": Reading(back)})
    assert all(not one.writes for one in plans)
    assert any(one.pair.exchange.id == "BBB" and one.outcome is Outcome.SETTLE for one in plans)


def test_a_key_two_items_claim_proves_nothing() -> None:
    event = plain()
    claims = {name: Reading(Item(name, "ck", event, key="k1", uid=uid_of("k1"))) for name in ("BBB", "CCC")}
    plans = decide(paired(event), ex={"AAA": GONE, **claims})
    assert {one.pair.exchange.id for one in plans if one.outcome is Outcome.SETTLE} == {"BBB", "CCC"}
    assert any(one.deletes for one in plans)


@pytest.mark.parametrize("how", ["key", "uid", "nature"])
def test_the_first_cycle_matches_before_it_creates_r29(how: str) -> None:
    event = plain()
    names = {"key": {"key": "old"}, "uid": {"uid": "u1"}, "nature": {}}[how]
    plans = decide(vf=read(item(VF, event, **names)), ex=read(item(EX, event, **names)), first_cycle=True)
    assert [(one.writes, one.outcome) for one in plans] == [((), Outcome.SETTLE)]


def test_the_first_cycle_leaves_the_ambiguous_unmatched_r29() -> None:
    event = plain()
    twice = {name: Reading(Item(name, "ck", event)) for name in ("BBB", "CCC")}
    plans = decide(vf=read(item(VF, event)), ex=twice, first_cycle=True)
    assert [write.act for one in plans for write in one.writes] == [Act.CREATE] * 3


def test_taking_over_with_a_difference_updates_and_creates_nothing_r29() -> None:
    mine, theirs = plain(text="Asialista"), plain()
    (one,) = decide(vf=read(item(VF, mine)), ex=read(item(EX, theirs)), first_cycle=True)
    assert [(write.act, write.side, write.reason) for write in one.writes] == [
        (Act.UPDATE, EX, Reason.MATCHED)
    ]


def test_an_id_that_is_gone_and_unknown_is_only_cleared() -> None:
    (one,) = decide(ex={"ZZZ": GONE})
    assert (one.writes, one.outcome, one.clears) == ((), Outcome.CLOSE, ((EX, "ZZZ"),))


def test_a_deletion_nobody_told_of_is_marked_inferred() -> None:
    (one,) = decide(paired(plain()), ex={"AAA": Reading(gone=True, inferred=True)})
    assert one.inferred


def test_a_half_made_pair_of_which_nothing_is_known_is_forgotten() -> None:
    snapshot = Snapshot((), {VF: {}, EX: {}}, CAPABILITIES)
    context = Context(snapshot, Policy(), NOW, window_at(NOW, Policy()))
    half = PairView("k1", valueframe=Twin("7"), row=1)
    one = plan_pair(half, context)
    assert (one.writes, one.outcome) == ((), Outcome.CLOSE)


def declined(decision: Decision | None) -> PairPlan:
    """A participant deleted his copy of somebody else's event (R15)."""
    event = plain()
    pair = replace(paired(event), participating=True, status="held", decision=decision)
    (one,) = decide(pair, vf=read(item(VF, event, participating=True)), ex={"AAA": GONE})
    return one


def test_r24_what_a_participant_deleted_comes_back_by_an_admins_word() -> None:
    assert [(write.act, write.side) for write in declined(None).writes] == [(Act.DELETE, VF)]
    (write,) = declined(Decision.RESTORE).writes
    assert (write.act, write.side, write.reason) == (Act.CREATE, EX, Reason.RESTORED)


def test_r24_what_its_owner_took_away_or_called_off_is_not_restored() -> None:
    event = plain()
    pair = replace(paired(event), participating=True, status="held", decision=Decision.RESTORE)
    (taken,) = decide(pair, vf={"7": GONE}, ex=read(item(EX, event)))
    cancelled = {"AAA": Reading(gone=True, cancelled=True)}
    (called_off,) = decide(replace(pair, participating=False), vf=read(item(VF, event)), ex=cancelled)
    assert [one.writes[0].act for one in (taken, called_off)] == [Act.DELETE, Act.DELETE]


@pytest.mark.parametrize("gone", [VF, EX])
def test_r24_what_an_admin_left_alone_is_kept_while_it_stands_alone(gone: Side) -> None:
    event = plain()
    pair = replace(paired(event), status="closed", decision=Decision.SKIP)
    edited = replace(event, title="Muokattu")
    readings = {VF: read(item(VF, edited)), EX: read(item(EX, edited)), gone: {}}
    readings[gone] = {pair.twin(gone).id or "": GONE}
    (one,) = decide(pair, vf=readings[VF], ex=readings[EX])
    assert (one.writes, one.outcome) == ((), Outcome.KEEP)
    (both,) = decide(pair, vf=read(item(VF, edited)), ex=read(item(EX, event)))
    assert ([write.side for write in both.writes], both.outcome) == ([EX], Outcome.SETTLE)
