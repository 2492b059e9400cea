"""Scenarios in which another mailbox stands where one was: moved, or somebody else's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.strategies import plain
from tests.sync.scenarios.fleet import Fleet, address, running_fleet
from tests.sync.scenarios.playing import NOTHING, writes
from vfadmin.models import Integration, State

TITLES = [f"{side}{number}" for side in ("Exchange", "ValueFrame") for number in range(5)]


@pytest.fixture(params=[(), (1, 2)], ids=["ews", "graph"])
def fleet(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Fleet]:
    """Two persons, and a mailbox of nobody's; the first person has ten events in step."""
    with running_fleet(tmp_path, 2, spare=1, in_process=True, cloud=request.param) as running:
        for number, title in enumerate(TITLES):
            event = plain(title, days=1 + number)
            if title.startswith("V"):
                running.add(1, event)
            else:
                when = event.when
                running.outlook(1).create(subject=title, start=when.start, end=when.end)
        for _ in range(3):
            (last,) = running.sync(1)
        assert writes(last) == NOTHING
        yield running


def in_step(fleet: Fleet) -> None:
    """Both calendars show the ten events once, the next cycles write nothing, nobody got a mail."""
    for _ in range(2):
        (result,) = fleet.sync(1)
        assert (result.ok, writes(result)) == (True, NOTHING)
    assert fleet.titles(1) == (TITLES, TITLES)
    assert fleet.simulator.outbox == []


def test_scenario_25_all_ids_change_after_a_move_and_everything_waits(fleet: Fleet) -> None:
    fleet.simulator.move_mailbox(address(1))
    (held,) = fleet.sync(1)
    assert held.failure is not None
    assert (held.failure.code, writes(held), held.held) == ("EX-MBX-07", NOTHING, 0)
    assert fleet.integration(1).state == State.ERROR
    assert fleet.titles(1) == (TITLES, TITLES)


def test_scenario_25_a_moved_mailbox_is_matched_with_0_creates_and_0_deletes(fleet: Fleet) -> None:
    fleet.simulator.move_mailbox(address(1))
    fleet.sync(1)
    fleet.services.activation.remove([1])
    fleet.services.activation.activate([1])
    preview = fleet.preview(1)
    assert preview.failure is None
    assert {one.operation for one in preview.operations} <= {"update"}
    before = {item.subject: item.id for item in fleet.outlook(1).items()}
    (matched,) = fleet.sync(1)
    assert matched.ok
    assert matched.deleted == 0
    assert {item.subject: item.id for item in fleet.outlook(1).items()} == before
    in_step(fleet)


def test_scenario_30_a_login_changed_to_another_mailbox_is_held_r30(fleet: Fleet) -> None:
    when = plain("Jonkun muun").when
    fleet.outlook(3).create(subject="Jonkun muun", start=when.start, end=when.end)
    fleet.services.activation.set_login(1, address(3))
    (held,) = fleet.sync(1)
    assert held.failure is not None
    assert (held.failure.code, writes(held)) == ("EX-MBX-07", NOTHING)
    assert fleet.titles(1) == (TITLES, TITLES)
    assert [item.subject for item in fleet.outlook(3).items()] == ["Jonkun muun"]
    assert fleet.integration(1).state == State.ERROR
    fleet.services.activation.set_login(1, address(1))
    fleet.services.activation.resume([1])
    assert writes(*fleet.sync(1))[2] == 0
    in_step(fleet)


def test_scenario_30_a_login_changed_to_a_colleagues_mailbox_is_refused_r30(fleet: Fleet) -> None:
    fleet.sync(2)
    with fleet.store.write() as session:
        row = session.get_one(Integration, 1)
        row.login, row.mailbox = address(2), None
    (refused,) = fleet.sync(1)
    assert refused.failure is not None
    assert (refused.failure.code, writes(refused)) == ("EX-MBX-06", NOTHING)
    assert fleet.titles(2) == ([], [])
