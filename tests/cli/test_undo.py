"""``undo``: a run is taken back in both calendars, looked at first; against a loopback Exchange."""

from __future__ import annotations

from tests.cli import test_sync
from tests.cli.conftest import Cli
from tests.cli.test_removal import paired, subjects
from tests.cli.test_sync import add_events
from vfadmin.simulator import Simulator

AKE = "ake@esim.example"
exchange = test_sync.exchange
__all__ = ["exchange", "paired"]


def test_a_run_is_looked_at_and_then_undone(cli: Cli, paired: str, exchange: Simulator) -> None:
    run = str(cli("history", paired, "--json").json[-1]["run"])
    looked = cli("undo", run, "--dry-run", "--json").json
    assert (looked["undone"], looked["left"], looked["error"]) == (2, 0, None)
    assert subjects(exchange) == ["Outlookista", "ValueFramesta"]
    done = cli("undo", run)
    assert done.code == 0
    assert "Outlookista" in done.out
    assert subjects(exchange) == ["Outlookista"]
    assert test_sync.titles(cli, int(paired)) == {"ValueFramesta"}
    assert cli("sync", paired).code == 0
    assert subjects(exchange) == ["Outlookista"], "the next run does not do it again"
    again = cli("undo", run, "--json").json
    assert (again["undone"], again["already"]) == (0, 2)
    assert exchange.outbox == []


def test_an_unknown_run_is_refused(cli: Cli, exchange: Simulator) -> None:
    answer = cli("undo", "999999")
    assert answer.code == 2
    assert "VF-UNDO-02" in answer.err
    assert exchange.outbox == []


def test_r31_texts_are_forgotten_once_it_was_said_that_it_is_meant(
    cli: Cli, people: list[int], exchange: Simulator
) -> None:
    add_events(cli, people[0], exchange, AKE)
    assert cli("sync").code == 0
    run = cli("history", str(people[0]), "--json").json[0]["run"]
    asked = cli("history", str(people[0]), "--forget-texts", lang="fi")
    assert (asked.code, f"vfadmin history {people[0]} --forget-texts --yes" in asked.err) == (2, True)
    assert "2 toimenpiteestä" in asked.err
    assert "2 operations" in cli("history", str(people[0]), "--forget-texts", "--yes").out
    told = cli("history", str(people[0]), "--run", str(run), "--json")
    assert {one["title"] for one in told.json} == {""}
    assert all(one["start"] for one in told.json)
    again = cli("history", str(people[0]), "--forget-texts", "--yes", "--json")
    assert again.json == {"id": people[0], "operations": 0}
