"""First cycles previewed and moved mailboxes accepted on the command line (R29, R30)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cli import test_sync
from tests.cli.conftest import Cli
from vfadmin.simulator import Simulator

AKE = "ake@esim.example"
exchange = test_sync.exchange
WHEN = ["--start", test_sync.SOON.isoformat(), "--end", (test_sync.SOON + timedelta(hours=3)).isoformat()]
NOTHING = {"valueframe": 0, "exchange": 0}


@pytest.fixture
def both(cli: Cli, people: list[int], exchange: Simulator) -> str:
    """Åke, who is not at work yet, with one event on either side and one on both; answers his id."""
    test_sync.add_events(cli, people[0], exchange, AKE)
    test_sync.add_events(cli, people[0], exchange, AKE)
    (first, *_) = exchange.outlook(AKE).items()
    exchange.outlook(AKE).edit(first.id, subject="ValueFramesta")
    (one, *_) = cli("event", "list", "--person", str(people[0]), "--json").json
    assert cli("event", "delete", str(one["id"])).code == 0
    assert cli("event", "list", "--person", str(people[0]), "--json").json
    assert cli("integration", "passivate", str(people[0])).code == 0
    return str(people[0])


def test_r29_a_preview_says_what_would_match_and_be_created(cli: Cli, both: str) -> None:
    answer = cli("integration", "preview", both, "--json")
    assert answer.code == 0
    (mailbox,) = answer.json["mailboxes"]
    assert mailbox["id"] == int(both)
    assert (mailbox["first_cycle"], mailbox["matched"], mailbox["error"]) == (True, 1, None)
    assert mailbox["counts"]["create"] == {"valueframe": 1, "exchange": 0}
    assert mailbox["counts"]["delete"] == NOTHING
    told = cli("integration", "preview", both, lang="fi").out
    assert "molemmissa kalentereissa on jo 1; luotavia Exchangeen 0 ja ValueFrameen 1" in told
    assert cli("integration", "activate", both).code == 0
    (dry,) = cli("sync", both, "--dry-run", "--json").json["mailboxes"]
    assert {name: dry[name] for name in mailbox} == mailbox
    assert "first sync: 1 events are on both sides already" in cli("sync", both, "--dry-run").out


def test_r29_a_preview_says_why_a_mailbox_cannot_be_read(cli: Cli, both: str, exchange: Simulator) -> None:
    exchange.deny_impersonation(AKE)
    answer = cli("integration", "preview", both, "--json")
    assert answer.json["mailboxes"][0]["error"]["code"] == "EX-IMP-01"
    assert "EX-IMP-01" in cli("integration", "preview", both).err


def test_r30_a_moved_mailbox_goes_on_when_it_is_accepted(cli: Cli, both: str, exchange: Simulator) -> None:
    assert cli("integration", "activate", both).code == 0
    assert cli("sync", both).code == 0
    exchange.move_mailbox(AKE)
    assert "EX-MBX-07" in cli("sync", both).err
    (seen,) = cli("integration", "preview", both, "--action", "resume", "--json").json["mailboxes"]
    assert (seen["matched"], seen["counts"]["create"]) == (2, NOTHING)
    assert cli("integration", "resume", both).code == 0
    assert "EX-MBX-07" in cli("sync", both).err, "a mere resumption accepts nothing"
    wrong = cli("integration", "resume", "--all-errors", "--accept-mailbox")
    assert (wrong.code, "--accept-mailbox" in wrong.err) == (2, True)
    assert cli("integration", "resume", both, "--accept-mailbox").code == 0
    (row,) = cli("sync", both, "--json").json["mailboxes"]
    assert (row["ok"], row["pulled"], row["pushed"], row["deleted"]) == (True, 0, 0, 0)
    assert len(exchange.outlook(AKE).items()) == 2


def test_r2_the_calendar_changes_with_what_was_brought(cli: Cli, both: str, exchange: Simulator) -> None:
    assert cli("integration", "activate", both).code == 0
    assert cli("event", "add", "--person", both, "--title", "Tuotu", *WHEN).code == 0
    assert cli("sync", both).code == 0
    assert cli("integration", "passivate", both).code == 0
    new = ["--calendar", "new", "--calendar-name", "Työt"]
    assert cli("integration", "preview", both, *new, "--json").json == [
        {"id": int(both), "moves": 1, "stays": 2}
    ]
    assert "siirtyisi 1" in cli("integration", "preview", both, *new, lang="fi").out
    assert cli("integration", "preview", both, "--calendar", "default").out == "Nothing to do.\n"
    refused = cli("integration", "activate", both, *new)
    assert (refused.code, "--move-events" in refused.err) == (2, True)
    assert cli("integration", "activate", both, *new, "--move-events").code == 0
    assert cli("sync", both).code == 0
    assert [item.subject for item in exchange.outlook(AKE).items("Työt")] == ["Tuotu"]
    run = cli("history", both, "--json").json[0]["run"]
    told = cli("history", both, "--run", str(run), lang="fi").out
    assert ("siirretty" in told, told.count("suljettu")) == (True, 2), told
