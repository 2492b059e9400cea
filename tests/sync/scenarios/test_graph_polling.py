"""How often Graph is asked where nothing has changed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.sync.scenarios.fleet import running_fleet
from tests.sync.scenarios.meetings import in_step, meeting

TOGETHER = 20


def test_an_unchanged_mailbox_is_one_request_and_twenty_are_one_too(tmp_path: Path) -> None:
    with running_fleet(tmp_path, TOGETHER, cloud=range(1, TOGETHER + 1)) as cloud:
        for person in range(1, TOGETHER + 1):
            meeting(cloud, person, title=f"Oma {person}")
        in_step(cloud)
        cloud.simulator.clear_requests()
        assert [one.requests for one in cloud.sync(7)] == [1]
        assert Counter(one.operation for one in cloud.simulator.requests) == {"GraphDelta": 1}

        cloud.simulator.clear_requests()
        results = cloud.sync(*range(1, TOGETHER + 1))
        assert [(one.ok, one.pulled, one.pushed) for one in results] == [(True, 0, 0)] * TOGETHER
        assert sum(one.requests for one in results) == 0
        told = Counter(one.operation for one in cloud.simulator.requests)
        assert told == {"GraphBatch": 1, "GraphDelta": TOGETHER}


def test_what_changed_is_seen_by_who_was_asked_together_with_others(tmp_path: Path) -> None:
    with running_fleet(tmp_path, 3, cloud=(1, 2, 3)) as cloud:
        for person in (1, 2, 3):
            meeting(cloud, person, title=f"Oma {person}")
        in_step(cloud)
        (item,) = cloud.outlook(2).items()
        cloud.outlook(2).edit(item.id, subject="Muutettu Outlookissa")
        results = cloud.sync(1, 2, 3)
        assert [one.pulled for one in results] == [0, 1, 0]
        assert cloud.titles(2) == (["Muutettu Outlookissa"], ["Muutettu Outlookissa"])
