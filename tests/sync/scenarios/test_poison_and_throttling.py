"""Scenarios in which one event or one mailbox is in trouble and the others are not to notice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select, text, update

from tests.strategies import plain
from tests.sync.looking import history, integration
from tests.sync.scenarios.fleet import Fleet, address, running_fleet
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
from tests.sync.world import World
from vfadmin.models import CalendarEvent, Dirty, Integration, Pair, State
from vfadmin.simulator.faults import FaultRule
from vfadmin.sync import schedule

POISON = "Myrkky"


def poison(**more: object) -> FaultRule:
    return FaultRule.from_json(
        {"kind": "quarantined", "subject": POISON, "code": "ErrorItemCorrupt", "times": None, **more}
    )


def quarantined(world: World) -> list[tuple[str | None, int]]:
    """Error code and attempts of what is set aside: pairs, and items that could not be read."""
    with world.store.read() as session:
        pairs = session.execute(select(Pair.error_code, Pair.attempts).where(Pair.status == "quarantined"))
        items = session.execute(select(Dirty.error_code, Dirty.attempts).where(Dirty.error_code.is_not(None)))
        return [(code, attempts) for rows in (pairs, items) for code, attempts in rows]


def test_scenario_18_of_2000_events_1999_arrive_and_the_one_that_fails_is_quarantined(world: World) -> None:
    world.settle()
    titles = [f"Tapahtuma {number:04}" for number in range(1_999)]
    for number, title in enumerate([POISON, *titles]):
        world.exchange.add(plain(title, days=1 + number / 24))
    set_faults(world, poison())
    result = synced(world)
    assert (result.ok, writes(result), result.skipped) == (True, (1_999, 0, 0), 1)
    assert quarantined(world) == [("EX-ITEM-03", 1)]
    assert integration(world).waiting == 1
    assert history(world).count(("exchange", "quarantine", "quarantined")) == 1
    assert_in_step(world, titles)
    set_faults(world)
    world.now += timedelta(hours=7)
    assert_in_step(world, [*titles, POISON])
    assert (integration(world).waiting, quarantined(world)) == (0, [])


def test_scenario_18_at_takeover_the_others_wait_for_three_tries_and_then_arrive_r29(world: World) -> None:
    titles = [f"Tapahtuma {number:02}" for number in range(20)]
    for number, title in enumerate([POISON, *titles]):
        world.exchange.add(plain(title, days=1 + number / 24))
    set_faults(world, poison())
    for attempt in range(1, 4):
        assert quarantined(world) == ([] if attempt == 1 else [("EX-ITEM-03", attempt - 1)])
        assert titles_of(world, VF) == []
        synced(world)
        world.now += timedelta(minutes=30)
    assert_in_step(world, titles)


def test_scenario_18_one_update_is_refused_and_30_others_proceed(world: World) -> None:
    titles = fill_in_step(world, 30)
    world.exchange.add(plain(POISON, days=3))
    world.settle()
    set_faults(world, poison(operation="UpdateItem", code="ErrorInternalServerError"))
    for item_id in world.valueframe.ids().values():
        world.valueframe.edit(item_id, location="muutettu")
    result = synced(world)
    assert (result.ok, writes(result), result.skipped) == (True, (0, 30, 0), 1)
    ((code, attempts),) = quarantined(world)
    assert (code is not None, attempts) == (True, 1)
    assert {event.location for event in world.shown(EX) if event.title != POISON} == {"muutettu"}
    assert writes(synced(world)) == NOTHING
    set_faults(world)
    world.now += timedelta(hours=7)
    assert_in_step(world, [*titles, POISON])


def test_scenario_18_a_row_another_program_filled_with_nonsense_stops_no_other(world: World) -> None:
    titles = fill_in_step(world, 5)
    bad = world.valueframe.add(plain(POISON, days=3))
    world.valueframe.add(plain("Hyvä", days=4))
    with world.store.write() as session:
        session.execute(text("UPDATE event SET location = x'00ff' WHERE id = :id"), {"id": int(bad)})
    result = synced(world)
    assert (result.ok, writes(result), result.skipped) == (True, (0, 1, 0), 1)
    assert [code for code, _ in quarantined(world)] == ["EX-ITEM-03"]
    assert_in_step(world, [*titles, "Hyvä"])
    with world.store.write() as session:
        session.execute(update(CalendarEvent).where(CalendarEvent.id == int(bad)).values(location=""))
    world.now += timedelta(hours=7)
    assert_in_step(world, [*titles, "Hyvä", POISON])


def throttle(fleet: Fleet, person: int) -> None:
    rule = FaultRule(
        mailbox=address(person), status=500, code="ErrorServerBusy", back_off_ms=300_000, times=None
    )
    fleet.simulator.set_faults([rule])


def test_scenario_28_one_mailbox_is_throttled_for_300_s_and_11_others_keep_their_pace(tmp_path: Path) -> None:
    with running_fleet(tmp_path, 12) as fleet:
        assert [one.ok for one in fleet.sync()] == [True] * 12
        fleet.clock.advance(timedelta(seconds=125))
        throttle(fleet, 7)
        results = {one.person_id: one for one in fleet.sync()}
        assert [one for one in results if not results[one].ok] == [7]
        busy = results[7].failure
        assert busy is not None
        assert (busy.code, busy.retry_after) == ("EX-BUSY-01", 300)
        assert fleet.integration(7).state == State.ACTIVE
        others = [one for one in range(1, 13) if one != 7]
        for _ in range(2):
            fleet.clock.advance(timedelta(seconds=125))
            assert [one.person_id for one in fleet.sync() if one.ok] == others
        fleet.simulator.set_faults([])
        fleet.clock.advance(timedelta(seconds=300))
        assert [one.person_id for one in fleet.sync() if one.ok] == list(range(1, 13))
        assert fleet.integration(7).failing_since is None
        assert fleet.simulator.outbox == []


def test_scenario_28_of_500_mailboxes_the_499_that_are_not_throttled_stay_due(tmp_path: Path) -> None:
    with running_fleet(tmp_path, 500) as fleet:
        throttle(fleet, 7)
        (busy,) = fleet.sync(7)
        assert not busy.ok
        with fleet.store.read() as session:
            for seconds in (0, 120, 295):
                due = schedule.due(session, fleet.clock.now + timedelta(seconds=seconds), 1000)
                assert sorted(due) == [one for one in range(1, 501) if one != 7]
            row = session.get_one(Integration, 7)
            assert row.next_run_at is not None
            assert schedule.due(session, row.next_run_at, 1000).count(7) == 1
        assert fleet.integration(7).state == State.ACTIVE
