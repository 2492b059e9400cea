"""A create over Graph that is under way still while it is repeated.

Nothing shows its event, and the repetition is refused. A create under another transaction would make a second
event, so it is waited for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.sync.scenarios.fleet import Fleet, running_fleet
from tests.sync.scenarios.meetings import events, in_step, meeting, only
from vfadmin.models import Pair
from vfadmin.simulator.faults import FaultRule

CREATES = "GraphCreateEvent"


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[Fleet]:
    """An owner and one who takes part, both in Office 365."""
    with running_fleet(tmp_path, 2, in_process=True, cloud=(1, 2)) as fleet:
        yield fleet


def pair_of(fleet: Fleet, person: int) -> Pair:
    with fleet.store.read() as session:
        return session.scalars(select(Pair).where(Pair.person_id == person)).one()


def under_way(cloud: Fleet, person: int) -> int:
    """An event whose create for the person does not come to its end, tried until it is refused."""
    number = meeting(cloud, 1, 2)
    for one in {1, person} - {person}:
        assert cloud.sync(one)[0].ok
    cloud.simulator.set_faults([FaultRule(kind="late_create", times=None)])
    assert not cloud.sync(person)[0].ok
    assert cloud.sync(person)[0].ok
    pair = pair_of(cloud, person)
    assert (pair.status, pair.error_code, pair.exchange_id) == ("quarantined", "EX-ITEM-06", None)
    assert cloud.outlook(person).items() == []
    return number


@pytest.mark.parametrize("person", [1, 2], ids=["owner", "participant"])
def test_scenario_03_what_lands_late_is_one_event(cloud: Fleet, person: int) -> None:
    number = under_way(cloud, person)
    cloud.simulator.set_faults([])
    in_step(cloud)
    assert [one.id for one in events(cloud)] == [number]
    assert only(cloud, person).subject == "Palaveri"
    pair = pair_of(cloud, person)
    assert (pair.exchange_id is not None, pair.status) == (True, "ok")


def test_it_is_looked_for_again_ever_more_rarely_and_never_made_anew(cloud: Fleet) -> None:
    under_way(cloud, 1)
    cloud.simulator.clear_requests()
    for _ in range(24):
        cloud.clock.advance(timedelta(hours=1))
        assert cloud.sync(1)[0].ok
    tries = cloud.simulator.request_counts()[CREATES]
    assert 3 <= tries < 24
    cloud.simulator.set_faults([])
    in_step(cloud)
    assert only(cloud, 1).subject == "Palaveri"
    assert len(events(cloud)) == 1
