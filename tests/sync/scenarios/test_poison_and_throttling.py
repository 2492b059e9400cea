"""Scenarios in which one event or one mailbox is in trouble and the others are not to notice."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import timedelta
from pathlib import Path
from time import perf_counter

import pytest
from sqlalchemy import select

from tests.strategies import NOW, plain
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
from vfadmin.sync.values import MailboxResult

_LOG = logging.getLogger(__name__)
POISON = "Myrkky"
MINUTE = timedelta(minutes=1)


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
    code = world.valueframe.spoil(bad)
    result = synced(world)
    assert (result.ok, writes(result), result.skipped) == (True, (0, 1, 0), 1)
    assert [found for found, _ in quarantined(world)] == [code]
    assert_in_step(world, [*titles, "Hyvä"])
    world.valueframe.mend(bad)
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


def everybody_due(fleet: Fleet) -> dict[int, MailboxResult]:
    """One round: whoever is due is synchronised, until nobody is."""
    results: dict[int, MailboxResult] = {}
    while found := fleet.sync():
        assert not results.keys() & {one.person_id for one in found}
        results |= {one.person_id: one for one in found}
    return results


@pytest.mark.timeout(400)  # 20 s of one processor's time, which a busy machine stretches
def test_scenario_28_of_500_mailboxes_one_is_throttled_and_499_keep_their_pace(
    tmp_path: Path,
) -> None:
    everybody, others = range(1, 501), [one for one in range(1, 501) if one != 7]
    with running_fleet(tmp_path, 500, in_process=True) as fleet:
        began = perf_counter()
        assert [one.ok for one in everybody_due(fleet).values()] == [True] * 500
        for person in everybody:
            fleet.outlook(person).create(subject="Uusi", start=NOW, end=NOW + timedelta(hours=1))
        fleet.clock.advance(timedelta(seconds=125))
        throttle(fleet, 7)
        fleet.simulator.clear_requests()
        throttled = perf_counter()
        results = everybody_due(fleet)
        ended = perf_counter()

        # Each was asked in its turn, the throttled one once, and what is new has arrived at the 499.
        assert sorted(one for one in results if results[one].ok) == others
        assert {results[one].pulled for one in others} == {1}
        asked = Counter(record.mailbox for record in fleet.simulator.requests)
        assert (asked[address(7)], asked.keys() - {address(7)}) == (1, set(map(address, others)))
        with fleet.store.read() as session:
            assert sorted(session.scalars(select(CalendarEvent.owner_id))) == others
            late = session.get_one(Integration, 7).next_run_at
            due = schedule.due(session, fleet.clock.now + 3 * MINUTE, 1000)
            assert sorted(due) == others
        assert late is not None
        assert timedelta(seconds=290) <= late - fleet.clock.now <= timedelta(seconds=310)
        assert fleet.integration(7).state == State.ACTIVE

        fleet.simulator.set_faults([])
        fleet.clock.advance(late - fleet.clock.now)
        (back,) = fleet.sync(7)
        assert (back.ok, back.pulled) == (True, 1)
        # Shown with --log-cli-level=INFO.
        _LOG.info("first round, %d mailboxes: %.1f s", len(everybody), throttled - began)
        _LOG.info("one throttled, %d others, a change in each: %.1f s", len(others), ended - throttled)
