"""``integration remove`` with and without ``--take-out``, against a loopback Exchange (R30)."""

from __future__ import annotations

import pytest

from tests.cli import test_sync
from tests.cli.conftest import Cli
from vfadmin.simulator import Simulator

AKE = "ake@esim.example"
exchange = test_sync.exchange


@pytest.fixture
def paired(cli: Cli, people: list[int], exchange: Simulator) -> str:
    """Åke's calendars in step, one event from either side; answers his id."""
    test_sync.add_events(cli, people[0], exchange, AKE)
    assert cli("sync", str(people[0])).code == 0
    return str(people[0])


def subjects(exchange: Simulator) -> list[str]:
    return sorted(item.subject for item in exchange.outlook(AKE).items())


def test_r30_both_calendars_stay_unless_told_otherwise(cli: Cli, paired: str, exchange: Simulator) -> None:
    answer = cli("integration", "remove", paired, "--json")
    assert answer.json == [{"id": int(paired), "ok": True, "state": "unused", "error": None}]
    assert subjects(exchange) == ["Outlookista", "ValueFramesta"]
    assert test_sync.titles(cli, int(paired)) == {"Outlookista", "ValueFramesta"}


def test_r30_a_preview_counts_what_would_be_taken(cli: Cli, paired: str, exchange: Simulator) -> None:
    plain = cli("integration", "remove", paired, "--dry-run", "--json").json
    assert plain == {
        "will_change": [int(paired)], "unchanged": [], "refused": [], "brought": 1, "mailboxes": []
    }  # fmt: skip
    whole = cli("integration", "remove", paired, "--take-out", "--dry-run", "--json").json
    assert whole["mailboxes"] == [{"id": int(paired), "taken": 1, "left": [], "error": None}]
    told = cli("integration", "remove", paired, "--take-out", "--dry-run", lang="fi").out
    assert f"{paired}: Poistetut-kansioon siirtyisi 1, paikalleen jäisi 0" in told
    assert subjects(exchange) == ["Outlookista", "ValueFramesta"]
    assert cli("person", "list", "--name", "öhman", "--json").json[0]["state"] == "active"


def test_r30_what_valueframe_brought_is_taken_out(cli: Cli, paired: str, exchange: Simulator) -> None:
    answer = cli("integration", "remove", paired, "99", "--take-out", "--json")
    assert answer.code == 3
    done, unknown = answer.json
    assert done == {
        "id": int(paired), "ok": True, "state": "unused", "error": None, "taken": 1, "left": []
    }  # fmt: skip
    assert (unknown["ok"], unknown["error"]["code"]) == (False, "VF-PERSON-01")
    assert subjects(exchange) == ["Outlookista"]
    assert [item.subject for item in exchange.outlook(AKE).deleted_items()] == ["ValueFramesta"]
    assert exchange.outbox == []
    assert test_sync.titles(cli, int(paired)) == {"Outlookista", "ValueFramesta"}


def test_r30_what_stays_is_named(cli: Cli, paired: str, exchange: Simulator) -> None:
    (item,) = [one for one in exchange.outlook(AKE).items() if one.subject == "ValueFramesta"]
    exchange.outlook(AKE).edit(item.id, location="Turku")
    seen = cli("integration", "remove", paired, "--take-out", "--dry-run")
    assert "ValueFramesta" in seen.out
    assert "edited in Outlook" in seen.out
    answer = cli("integration", "remove", paired, "--take-out")
    assert answer.code == 0
    assert f"{paired}: 0 moved to Deleted Items, 1 stayed" in answer.out
    assert "ValueFramesta" in answer.out
    assert subjects(exchange) == ["Outlookista", "ValueFramesta"]


def test_r30_a_mailbox_out_of_reach_is_said_so_and_waits(cli: Cli, paired: str, exchange: Simulator) -> None:
    exchange.deny_impersonation(AKE)
    seen = cli("integration", "remove", paired, "--take-out", "--dry-run", "--json")
    assert (seen.code, seen.json["mailboxes"][0]["error"]["code"]) == (1, "EX-IMP-01")
    told = cli("integration", "remove", paired, "--take-out", "--dry-run")
    assert "EX-IMP-01" in told.err
    answer = cli("integration", "remove", paired, "--take-out", "--json")
    assert answer.code == 1
    assert [(row["ok"], row["state"], row["error"]["code"]) for row in answer.json] == [
        (False, "error", "EX-IMP-01")
    ]
    exchange.allow_impersonation(AKE)
    assert cli("integration", "remove", paired, "--take-out").code == 0
    assert subjects(exchange) == ["Outlookista"]


def test_r30_r14_with_the_module_off_nobody_is_removed_half(
    cli: Cli, paired: str, exchange: Simulator
) -> None:
    assert cli("module", "off").code == 0
    answer = cli("integration", "remove", paired, "--take-out")
    assert answer.code != 0
    assert "VF-MODULE-01" in answer.err
    assert cli("person", "list", "--name", "öhman", "--json").json[0]["state"] == "active"
    assert subjects(exchange) == ["Outlookista", "ValueFramesta"]
