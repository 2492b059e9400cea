"""``compare`` against a loopback Exchange over real HTTPS (R28, R31)."""

from __future__ import annotations

from tests.cli.conftest import Cli
from tests.cli.test_sync import SOON, add_events, exchange
from vfadmin.simulator import Simulator

__all__ = ["exchange"]
GROUPS = {"equal", "differing", "only_valueframe", "only_exchange", "unreadable"}


def test_both_calendars_as_one_document(cli: Cli, people: list[int], exchange: Simulator) -> None:
    add_events(cli, people[1], exchange, "aino@esim.example")
    answer = cli("compare", str(people[1]), "--json")
    assert answer.code == 0, answer.err
    assert set(answer.json) == GROUPS | {"id", "state", "first_cycle", "requests", "error"}
    assert answer.json["requests"] > 0
    assert [one["title"] for one in answer.json["only_valueframe"]] == ["ValueFramesta"]
    (theirs,) = answer.json["only_exchange"]
    assert (theirs["resolution"], theirs["start"]) == ("sync", SOON.isoformat())
    assert theirs["writes"] == [{"side": "valueframe", "operation": "create", "reason": "new", "fields": []}]
    assert cli("sync", str(people[1])).code == 0
    after = cli("compare", str(people[1]), "--json").json
    assert {name: len(after[name]) for name in GROUPS} == dict.fromkeys(GROUPS, 0) | {"equal": 2}


def test_the_differences_in_words(cli: Cli, people: list[int], exchange: Simulator) -> None:
    add_events(cli, people[1], exchange, "aino@esim.example")
    assert cli("sync", str(people[1])).code == 0
    event = cli("event", "list", "--person", str(people[1]), "--json").json[0]["id"]
    assert cli("event", "edit", str(event), "--location", "Turku").code == 0
    told = cli("compare", str(people[1]))
    assert "equal 1, differing 1, only in ValueFrame 0" in told.out
    assert "the next sync: changed in Exchange, Location (edited)" in told.out
    assert "seuraava synkronointi: Exchange:" in cli("compare", str(people[1]), lang="fi").out


def test_a_passive_person_is_compared_and_told_of(cli: Cli, people: list[int], exchange: Simulator) -> None:
    assert exchange.outbox == []
    assert cli("integration", "passivate", str(people[1])).code == 0
    told = cli("compare", str(people[1]))
    assert told.code == 0
    assert "not at work (state: passive)" in told.err


def test_why_exchange_cannot_be_read_is_told_beside_valueframes_events(
    cli: Cli, people: list[int], exchange: Simulator
) -> None:
    add_events(cli, people[1], exchange, "aino@esim.example")
    exchange.stop()
    answer = cli("compare", str(people[1]), "--json")
    assert answer.code == 1
    assert answer.json["error"]["code"].startswith("EX-")
    assert [one["title"] for one in answer.json["unreadable"]] == ["ValueFramesta"]
    assert "could not be read" in cli("compare", str(people[1])).out


def test_an_unknown_person_is_bad_input(cli: Cli, people: list[int]) -> None:
    assert people
    answer = cli("compare", "99", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (2, "VF-PERSON-01")
