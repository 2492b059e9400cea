"""Scenarios of calendars that differ although nothing changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.strategies import plain
from tests.sync.looking import history, integration
from tests.sync.scenarios.playing import (
    EX,
    NOTHING,
    VF,
    assert_in_step,
    fill_in_step,
    set_faults,
    synced,
    titles_of,
    writes,
)
from tests.sync.world import PERSON, World
from vfadmin.calendars.base import Calendar, Item, Side
from vfadmin.calendars.codec import to_json
from vfadmin.models import Cursor, Pair
from vfadmin.simulator.faults import FaultRule
from vfadmin.sync.values import MailboxResult, Policy
from vfadmin.sync.verify import verify_mailbox


def verified(world: World) -> MailboxResult:
    world.now += timedelta(seconds=1)
    return verify_mailbox(world.bench, PERSON)


def miss_reports(world: World) -> None:
    """Move both cursors behind what changed, as if nobody had ever told of it."""
    tokens: dict[Side, str] = {}
    for side in Side:
        calendar = calendar_of(world, side)
        *_, listed = calendar.changes(None)
        *_, behind = calendar.changes(listed.cursor)
        tokens[side] = behind.cursor
    with world.store.write() as session:
        for side, token in tokens.items():
            session.execute(update(Cursor).where(Cursor.side == side.value).values(token=token))


def take_for_seen(world: World) -> None:
    """Note what stands on either side as what was last seen there, as a fault of the engine would."""
    items = {side: items_of(world, side) for side in Side}
    with world.store.write() as session:
        for row in session.scalars(select(Pair)):
            near, far = items[VF][row.valueframe_id or ""], items[EX][row.exchange_id or ""]
            row.seen_valueframe, row.valueframe_version = to_json(near.event), near.version
            row.seen_exchange, row.exchange_version = to_json(far.event), far.version


def calendar_of(world: World, side: Side) -> Calendar:
    return world.valueframe.calendar() if side is VF else world.exchange.calendar()


def items_of(world: World, side: Side) -> Mapping[str, Item]:
    calendar = calendar_of(world, side)
    return calendar.fetch([one.id for page in calendar.changes(None) for one in page.changed]).items


def differ_unnoticed(world: World) -> None:
    """One place written on each side that nothing will ever report."""
    world.valueframe.edit(world.valueframe.ids()["Tapahtuma 0000"], location="ValueFramesta")
    world.exchange.edit(world.exchange.ids()["Tapahtuma 0001"], location="Exchangesta")
    miss_reports(world)


def test_scenario_26_changes_nobody_told_of_are_repaired(world: World) -> None:
    titles = fill_in_step(world, 3)
    differ_unnoticed(world)
    assert writes(synced(world)) == NOTHING
    result = verified(world)
    assert writes(result) == (1, 1, 0)
    assert {(one.side, one.operation, one.title, one.fields) for one in result.operations} == {
        (EX, "update", titles[0], ("location",)),
        (VF, "update", titles[1], ("location",)),
    }
    assert_in_step(world, titles)
    assert [event.location for event in world.shown(VF)] == ["ValueFramesta", "Exchangesta", ""]


@pytest.mark.parametrize("winner", Side)
def test_scenario_26_contents_that_differ_though_both_stand_as_they_were_seen_are_repaired(
    world: World, winner: Side
) -> None:
    world.policy = Policy(winner=winner)
    titles = fill_in_step(world, 3)
    differ_unnoticed(world)
    take_for_seen(world)
    assert writes(synced(world)) == NOTHING
    result = verified(world)
    assert (writes(result), result.conflicts) == ((0, 2, 0) if winner is VF else (2, 0, 0), 0)
    assert {one.reason for one in result.operations} == {"verified"}
    assert history(world)[-1] == (winner.other.value, "update", "verified")
    assert_in_step(world, titles)
    won = ["ValueFramesta", "", ""] if winner is VF else ["", "Exchangesta", ""]
    assert [event.location for event in world.shown(VF)] == won


def test_scenario_26_events_that_nobody_told_of_are_added(world: World) -> None:
    titles = fill_in_step(world, 2)
    world.exchange.add(plain("Exchangesta", days=3))
    world.valueframe.add(plain("ValueFramesta", days=4))
    miss_reports(world)
    assert writes(synced(world)) == NOTHING
    assert writes(verified(world)) == (1, 1, 0)
    assert_in_step(world, [*titles, "Exchangesta", "ValueFramesta"])


def test_a_verify_of_calendars_in_step_writes_nothing(world: World) -> None:
    titles = fill_in_step(world, 4)
    world.valueframe.add(plain("ValueFramesta", days=4, text="rivi\n\ntoinen"))
    world.settle()
    before = len(history(world))
    result = verified(world)
    assert (result.ok, writes(result), result.operations) == (True, NOTHING, ())
    assert len(history(world)) == before
    assert_in_step(world, [*titles, "ValueFramesta"])


def test_a_verify_synchronises_what_waits_before_it_and_calls_it_no_repair(world: World) -> None:
    titles = fill_in_step(world, 1)
    world.exchange.add(plain("Uusi", days=3))
    result = verified(world)
    assert (writes(result), result.operations) == (NOTHING, ())
    assert_in_step(world, [*titles, "Uusi"])


def test_a_deletion_nobody_told_of_follows_within_the_guard(world: World) -> None:
    titles = fill_in_step(world, 12)
    world.exchange.remove(world.exchange.ids()[titles[0]])
    miss_reports(world)
    assert writes(synced(world)) == NOTHING
    result = verified(world)
    assert (writes(result), [one.operation for one in result.operations]) == ((0, 0, 1), ["delete"])
    assert_in_step(world, titles[1:])


def test_many_deletions_nobody_told_of_are_held(world: World) -> None:
    titles = fill_in_step(world, 12)
    ids = world.exchange.ids()
    for title in titles[:6]:
        world.exchange.remove(ids[title])
    miss_reports(world)
    result = verified(world)
    assert (writes(result), result.held, result.operations) == (NOTHING, 6, ())
    assert len(world.shown(VF)) == 12
    again = verified(world)
    assert (writes(again), again.held) == (NOTHING, 6)
    assert integration(world).waiting == 6


def test_a_list_with_gaps_makes_a_verify_delete_nothing(world: World) -> None:
    titles = fill_in_step(world, 12)
    set_faults(world, FaultRule(kind="partial_list", share=0.3, times=None))
    result = verified(world)
    assert (writes(result), result.held) == (NOTHING, 0)
    set_faults(world)
    assert_in_step(world, titles)


def test_what_aged_out_stays_outside_a_verify_r8(world: World) -> None:
    (title,) = fill_in_step(world, 1)
    world.now += timedelta(days=30)
    world.exchange.edit(world.exchange.ids()[title], location="jälkikäteen")
    world.valueframe.remove(world.valueframe.ids()[title])
    result = verified(world)
    assert (writes(result), result.operations) == (NOTHING, ())
    assert titles_of(world, EX) == [title]
    assert titles_of(world, VF) == []


def test_a_server_that_rewrites_what_it_is_given_is_repaired_once_and_then_let_be(world: World) -> None:
    world.valueframe.add(plain("Palaveri", text="esityslista"))
    set_faults(world, FaultRule(kind="rewritten_body", times=None))
    world.settle()
    assert writes(verified(world)) == (0, 1, 0)
    for _ in range(2):
        assert writes(verified(world)) == NOTHING
    (near,), (far,) = world.shown(VF), world.shown(EX)
    assert (near.text, far.text.splitlines()[0]) == ("esityslista", "esityslista")
    set_faults(world)
    world.valueframe.edit(world.valueframe.ids()["Palaveri"], text="uusi lista")
    assert_in_step(world, ["Palaveri"])


def test_a_private_event_is_repaired_without_its_title_r31(world: World) -> None:
    (title,) = fill_in_step(world, 1)
    world.valueframe.edit(world.valueframe.ids()[title], private=True)
    world.settle()
    world.exchange.edit(world.exchange.ids()[title], location="salainen paikka")
    miss_reports(world)
    (one,) = verified(world).operations
    assert (one.private, one.title, one.fields) == (True, "", ("location",))
    assert_in_step(world, [title])


def test_a_verify_that_cannot_reach_the_server_says_so_and_changes_nothing(world: World) -> None:
    titles = fill_in_step(world, 2)
    set_faults(world, FaultRule(status=503))
    result = verified(world)
    assert result.failure is not None
    assert (result.ok, result.failure.transient) == (False, True)
    assert_in_step(world, titles)


def test_a_verify_that_breaks_off_is_taken_up_by_the_next_cycle(world: World) -> None:
    titles = fill_in_step(world, 3)
    differ_unnoticed(world)
    set_faults(world, FaultRule(operation="GetItem", status=0))
    assert not verified(world).ok
    assert_in_step(world, titles)
    assert [event.location for event in world.shown(EX)] == ["ValueFramesta", "Exchangesta", ""]
