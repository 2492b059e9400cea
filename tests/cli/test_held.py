"""``held``: what waits for an admin, listed and decided, against a loopback Exchange (R24)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cli import test_sync
from tests.cli.conftest import Cli
from vfadmin.simulator import Simulator

AKE = "ake@esim.example"
exchange = test_sync.exchange


@pytest.fixture
def held(cli: Cli, people: list[int], exchange: Simulator) -> str:
    """Åke has 8 events on both sides, of which 7 were deleted in Outlook; answers his id."""
    user = exchange.outlook(AKE)
    ids = [
        user.create(
            subject=f"Tapahtuma {number}", start=test_sync.SOON, end=test_sync.SOON + timedelta(hours=1)
        )
        for number in range(8)
    ]
    ake = str(people[0])
    assert cli("sync", ake).code == 0
    for one in ids[:7]:
        user.delete(one)
    assert cli("sync", ake).code == 0
    return ake


def titles(cli: Cli, ake: str) -> set[str]:
    return test_sync.titles(cli, int(ake))


def test_r24_what_waits_is_listed_with_its_limit(cli: Cli, held: str) -> None:
    (row,) = cli("held", "list", "--json").json
    assert {name: row[name] for name in ("id", "held", "limit", "quarantined", "doubtful", "moved")} == {
        "id": int(held),
        "held": 7,
        "limit": 5,
        "quarantined": 0,
        "doubtful": 0,
        "moved": False,
    }
    assert [one["title"] for one in row["events"]] == [f"Tapahtuma {number}" for number in range(7)]
    first = row["events"][0]
    assert (first["kind"], first["side"], first["ways"], first["decision"]) == (
        "delete",
        "valueframe",
        ["process", "skip", "restore"],
        None,
    )
    told = cli("held", "list", held, lang="fi").out
    assert "poistot [7/5], muut 0" in told
    assert "odottaa poistoa (ValueFrame)" in told
    assert cli("held", "list", str(int(held) + 1)).out.strip() == "Nothing waits for a decision."
    assert cli("held", "list", "99", "--json").json["error"]["code"] == "VF-PERSON-01"


def test_r24_each_way_out_with_its_preview(cli: Cli, held: str, exchange: Simulator) -> None:
    refs = [one["event"] for one in cli("held", "list", "--json").json[0]["events"]]
    seen = cli("held", "process", held, "--event", refs[0], "--dry-run", "--json").json
    assert [one["event"] for one in seen["will_change"]] == refs[:1]
    assert (seen["refused"], seen["mailboxes"]) == ([], [])
    assert cli("held", "process", held, "--event", refs[0], "--json").json == [
        {
            "id": int(held),
            "event": refs[0],
            "kind": "delete",
            "title": "Tapahtuma 0",
            "ok": True,
            "error": None,
        }
    ]
    assert cli("held", "skip", held, "--event", refs[1], "--event", "999").code == 3
    told = cli("held", "list", held).out
    assert "(is being processed)" in told
    assert "Would be restored: 6" in cli("held", "restore", held, "--dry-run").out
    for ref in refs[2:]:
        assert cli("held", "restore", held, "--event", ref).code == 0
    assert cli("sync", held).code == 0
    assert titles(cli, held) == {f"Tapahtuma {number}" for number in range(1, 8)}
    assert sorted(item.subject for item in exchange.outlook(AKE).items()) == [
        f"Tapahtuma {number}" for number in range(2, 8)
    ]
    assert cli("held", "list", "--json").json == []
    assert exchange.outbox == []


def test_r24_everything_at_once(cli: Cli, held: str) -> None:
    answer = cli("held", "process", "--all")
    assert (answer.code, answer.out.splitlines()[-1]) == (0, "To be processed by the next sync: 7.")
    assert cli("sync", held).code == 0
    assert titles(cli, held) == {"Tapahtuma 7"}
    assert cli("held", "process", "--all").out.strip() == "Nothing to do."


@pytest.mark.parametrize("words", [(), ("1", "--all"), ("1", "2", "--event", "5")])
def test_a_decision_names_what_it_is_about(cli: Cli, people: list[int], words: tuple[str, ...]) -> None:
    assert people
    assert cli("held", "process", *words).code == 2


def test_r30_another_mailbox_is_shown_what_would_come_of_it_and_accepted(
    cli: Cli, people: list[int], exchange: Simulator
) -> None:
    ake = str(people[0])
    test_sync.add_events(cli, people[0], exchange, AKE)
    assert cli("sync", ake).code == 0
    assert cli("integration", "remove", str(people[1])).code == 0
    assert cli("person", "set", str(people[1]), "--login", "").code == 0
    assert cli("person", "set", ake, "--login", "aino@esim.example").code == 0
    cli("sync", ake)
    (row,) = cli("held", "list", "--json").json
    assert (row["moved"], [one["kind"] for one in row["events"]]) == (True, ["mailbox"])
    assert row["events"][0]["error"]["code"] == "EX-MBX-07"
    assert cli("held", "process", "--all").out.strip() == "Nothing to do."
    (seen,) = cli("held", "process", ake, "--dry-run", "--json").json["mailboxes"]
    assert (seen["counts"]["create"]["exchange"], seen["counts"]["delete"]["valueframe"]) == (2, 0)
    assert "to delete 0 in Exchange" in cli("held", "process", ake, "--dry-run").out
    refused = cli("held", "skip", ake, "--event", "mailbox", "--json")
    assert (refused.code, refused.json[0]["error"]["code"]) == (2, "VF-HELD-01")
    assert cli("held", "process", ake).code == 0
    assert cli("sync", ake).code == 0
    assert len(exchange.outlook("aino@esim.example").items()) == 2


@pytest.fixture
def contested(cli: Cli, people: list[int], exchange: Simulator) -> str:
    """Åke's meeting was edited on both sides, and ValueFrame won; answers his id."""
    user, ake = exchange.outlook(AKE), str(people[0])
    one = user.create(
        subject="Palaveri", start=test_sync.SOON, end=test_sync.SOON + timedelta(hours=1), location="Sali"
    )
    assert cli("sync", ake).code == 0
    (event,) = cli("event", "list", "--person", ake, "--json").json
    assert cli("event", "edit", str(event["id"]), "--location", "Auditorio").code == 0
    user.edit(one, location="Verkko")
    assert cli("sync", ake).code == 0
    assert location(cli, ake) == "Auditorio"
    return ake


def location(cli: Cli, ake: str) -> str:
    (event,) = cli("event", "list", "--person", ake, "--json").json
    place: str = event["location"]
    return place


def test_r24_a_settled_conflict_is_listed_and_let_stand(cli: Cli, contested: str) -> None:
    (row,) = cli("held", "list", "--json").json
    assert (row["id"], row["conflicts"], row["held"]) == (int(contested), 1, 0)
    (one,) = row["events"]
    shown = {name: one[name] for name in ("kind", "title", "side", "fields", "ways", "decision")}
    assert shown == {
        "kind": "conflict",
        "title": "Palaveri",
        "side": "exchange",
        "fields": ["location"],
        "ways": ["skip", "restore"],
        "decision": None,
    }
    assert cli("undo", str(one["run"]), "--operation", str(one["operation"]), "--dry-run").code == 0
    told = cli("held", "list", lang="fi").out
    assert "poistot [0/5], muut 0, ratkaistut ristiriidat 1" in told
    assert "ristiriita, Exchange hävisi: Paikka" in told
    (done,) = cli("held", "skip", "--all", "--json").json
    assert (done["event"], done["ok"]) == (one["event"], True)
    assert cli("held", "list").out.strip() == "Nothing waits for a decision."
    assert location(cli, contested) == "Auditorio"


def test_r24_the_loser_of_a_conflict_is_restored_where_it_is_named(cli: Cli, contested: str) -> None:
    assert cli("held", "restore", "--all").out.strip() == "Nothing to do."
    assert cli("held", "process", "--all", "--json").json == []
    (row,) = cli("held", "list", "--json").json
    ref = row["events"][0]["event"]
    assert "Would be restored: 1." in cli("held", "restore", contested, "--event", ref, "--dry-run").out
    assert cli("held", "restore", contested, "--event", ref).out.splitlines()[-1] == "Losers restored: 1."
    assert location(cli, contested) == "Verkko"
    assert cli("held", "list").out.strip() == "Nothing waits for a decision."
