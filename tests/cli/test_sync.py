"""``sync`` and ``history`` against a loopback Exchange over real HTTPS."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update

from tests.cli.conftest import Cli, KeyringInMemory
from tests.stores import STORES
from vfadmin.models import CalendarEvent, ChangeLog
from vfadmin.models.store import open_store
from vfadmin.simulator import MailboxSpec, Simulator, SimulatorConfig

KEYS = {
    "id",
    "ok",
    "pulled",
    "pushed",
    "conflicts",
    "skipped",
    "deleted",
    "requests",
    "duration_ms",
    "error",
}
SOON = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=3)


@pytest.fixture
def exchange(cli: Cli, people: list[int], keys: KeyringInMemory) -> Iterator[Simulator]:
    """A loopback Exchange with the mailboxes of the first two persons, who are activated."""
    specs = (MailboxSpec("ake@esim.example", "ESIM\\ake"), MailboxSpec("aino@esim.example"))
    with Simulator(SimulatorConfig(mailboxes=specs)) as simulator:
        words = [
            "--url",
            simulator.ews_url,
            "--account",
            simulator.account,
            "--auth",
            "basic",
            "--secret-stdin",
            "--ca-file",
            str(simulator.ca_file),
        ]
        assert cli("connection", "set", *words, stdin=simulator.password).code == 0
        assert cli("integration", "activate", str(people[0]), str(people[1])).code == 0
        yield simulator
    assert keys.kept


def add_events(cli: Cli, person: int, exchange: Simulator, email: str) -> None:
    """One event on either side."""
    end = SOON + timedelta(hours=1)
    answer = cli(
        "event",
        "add",
        "--person",
        str(person),
        "--title",
        "ValueFramesta",
        "--start",
        SOON.isoformat(),
        "--end",
        end.isoformat(),
    )
    assert answer.code == 0
    exchange.outlook(email).create(subject="Outlookista", start=SOON, end=end)


def titles(cli: Cli, person: int) -> set[str]:
    return {row["title"] for row in cli("event", "list", "--person", str(person), "--json").json}


def test_r1_events_move_both_ways_and_a_second_sync_does_nothing(
    cli: Cli, people: list[int], exchange: Simulator
) -> None:
    add_events(cli, people[0], exchange, "ake@esim.example")
    answer = cli("sync", "--json")
    assert answer.code == 0, answer.err
    rows = {row["id"]: row for row in answer.json["mailboxes"]}
    assert rows.keys() == {people[0], people[1]}
    assert all(row.keys() >= KEYS for row in rows.values())
    assert (rows[people[0]]["pulled"], rows[people[0]]["pushed"]) == (1, 1)
    assert titles(cli, people[0]) == {"ValueFramesta", "Outlookista"}
    assert {one.subject for one in exchange.outlook("ake@esim.example").items()} == {
        "ValueFramesta",
        "Outlookista",
    }
    again = cli("sync", "--once", "--json").json["mailboxes"]
    assert [(row["pulled"], row["pushed"], row["deleted"]) for row in again] == [(0, 0, 0), (0, 0, 0)]
    assert exchange.outbox == []


def test_only_the_mailboxes_asked_for_are_synchronised(
    cli: Cli, people: list[int], exchange: Simulator
) -> None:
    add_events(cli, people[0], exchange, "ake@esim.example")
    assert [row["id"] for row in cli("sync", str(people[1]), "--json").json["mailboxes"]] == [people[1]]
    assert titles(cli, people[0]) == {"ValueFramesta"}


def test_a_dry_run_shows_the_operations_and_writes_nowhere(
    cli: Cli, people: list[int], exchange: Simulator
) -> None:
    add_events(cli, people[0], exchange, "ake@esim.example")
    exchange.outlook("ake@esim.example").create(
        subject="Salainen", start=SOON, end=SOON + timedelta(hours=2), sensitivity="Private"
    )
    answer = cli("sync", str(people[0]), "--dry-run", "--json")
    assert answer.code == 0
    (mailbox,) = answer.json["mailboxes"]
    assert {(one["side"], one["operation"]) for one in mailbox["operations"]} == {
        ("exchange", "create"),
        ("valueframe", "create"),
    }
    assert len(mailbox["operations"]) == 3
    assert "Salainen" not in answer.out + cli("sync", str(people[0]), "--dry-run").out, "R31"
    assert titles(cli, people[0]) == {"ValueFramesta"}
    assert {one.subject for one in exchange.outlook("ake@esim.example").items()} == {
        "Outlookista",
        "Salainen",
    }


def lose_a_change(home: Path, person: int) -> None:
    """Make the place of every event of ValueFrame another one, and let no change log tell of it."""
    store = open_store(STORES.url(home / "vfadmin.db"))
    with store.write() as session:
        newest = session.scalar(select(func.max(ChangeLog.seq)))
        session.execute(
            update(CalendarEvent).where(CalendarEvent.owner_id == person).values(location="Kokoustila")
        )
        session.execute(delete(ChangeLog).where(ChangeLog.seq > newest))
    store.close()


@pytest.mark.parametrize(
    ("lang", "told", "agreed"),
    [
        ("fi", "korjattuja eroja 2, päätöstä odottavia poistoja 0, ohitettuja 0", "kalenterit täsmäävät"),
        ("en", "2 differences repaired, 0 deletions wait for a decision, 0 skipped", "both calendars agree"),
    ],
)
def test_a_verify_repairs_what_no_sync_sees_and_tells_it(
    cli: Cli, home: Path, people: list[int], exchange: Simulator, lang: str, told: str, agreed: str
) -> None:
    add_events(cli, people[0], exchange, "ake@esim.example")
    assert [cli("sync").code for _ in range(2)] == [0, 0]
    lose_a_change(home, people[0])
    (mailbox,) = cli("sync", str(people[0]), "--json").json["mailboxes"]
    assert (mailbox["pushed"], "repaired" in mailbox) == (0, False)
    answer = cli("sync", str(people[0]), "--verify", lang=lang)
    assert answer.code == 0, answer.err
    assert told in answer.out
    assert "Outlookista" in answer.out
    assert {one.location for one in exchange.outlook("ake@esim.example").items()} == {"Kokoustila"}
    assert agreed in cli("sync", str(people[0]), "--verify", lang=lang).out


def test_a_verify_tells_its_repairs_in_json(
    cli: Cli, home: Path, people: list[int], exchange: Simulator
) -> None:
    add_events(cli, people[0], exchange, "ake@esim.example")
    assert [cli("sync").code for _ in range(2)] == [0, 0]
    lose_a_change(home, people[0])
    (mailbox,) = cli("sync", str(people[0]), "--verify", "--json").json["mailboxes"]
    assert mailbox.keys() >= KEYS
    assert {(one["side"], one["operation"], *one["fields"]) for one in mailbox["repaired"]} == {
        ("exchange", "update", "location")
    }
    assert {one["title"] for one in mailbox["repaired"]} == {"ValueFramesta", "Outlookista"}
    (again,) = cli("sync", str(people[0]), "--verify", "--json").json["mailboxes"]
    assert (again["ok"], again["repaired"]) == (True, [])


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_a_verify_that_fails_says_why_and_what_to_do(
    cli: Cli, people: list[int], exchange: Simulator, lang: str
) -> None:
    exchange.deny_impersonation("ake@esim.example")
    answer = cli("sync", str(people[0]), "--verify", lang=lang)
    assert answer.code == 1
    assert "EX-IMP-01" in answer.err + answer.out


def test_a_verify_is_one_round_of_its_own(cli: Cli) -> None:
    assert cli("sync", "--verify", "--watch").code == 2
    assert cli("sync", "--verify", "--dry-run").code == 2


@pytest.mark.parametrize(
    "words", [["--metrics", "9464"], ["--watch", "--metrics", "kone"], ["--watch", "--metrics", "1:70000"]]
)
def test_metrics_go_with_a_watch_and_have_a_port(cli: Cli, words: list[str]) -> None:
    answer = cli("sync", *words)
    assert answer.code == 2
    assert "--metrics" in answer.err


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_r12_one_failing_mailbox_is_listed_and_the_others_are_done(
    cli: Cli, people: list[int], exchange: Simulator, lang: str
) -> None:
    exchange.deny_impersonation("ake@esim.example")
    answer = cli("sync", "--json", lang=lang)
    assert answer.code == 3
    rows = {row["id"]: row for row in answer.json["mailboxes"]}
    assert (rows[people[0]]["ok"], rows[people[1]]["ok"]) == (False, True)
    assert rows[people[0]]["error"]["code"] == "EX-IMP-01"
    stopped = next(row for row in cli("person", "list", "--json", lang=lang).json if row["id"] == people[0])
    assert stopped["state"] == "error"
    assert set(stopped["error"]) >= {"code", "message", "since"}
    assert stopped["error"]["message"] == rows[people[0]]["error"]["message"]
    assert "ake@esim.example" in stopped["error"]["message"]


def test_r24_what_stopped_is_put_right_and_resumed_by_its_cause(
    cli: Cli, people: list[int], exchange: Simulator
) -> None:
    exchange.deny_impersonation("ake@esim.example")
    assert cli("sync").code == 3
    exchange.allow_impersonation("ake@esim.example")
    other = cli("integration", "resume", "--all-errors", "EX-MBX-01", "--json")
    assert other.json == []
    resumed = cli("integration", "resume", "--all-errors", "EX-IMP-01", "--json")
    assert [(row["id"], row["ok"], row["state"]) for row in resumed.json] == [(people[0], True, "active")]
    assert cli("sync").code == 0


def test_only_failures_are_code_1(cli: Cli, people: list[int], exchange: Simulator) -> None:
    exchange.deny_impersonation("ake@esim.example")
    answer = cli("sync", str(people[0]), "--json")
    assert answer.code == 1
    assert [row["ok"] for row in answer.json["mailboxes"]] == [False]


def test_watching_goes_on_line_by_line_until_it_is_stopped(
    cli: Cli, people: list[int], exchange: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vfadmin.services.synchronise import Synchronise

    add_events(cli, people[0], exchange, "ake@esim.example")
    whole = Synchronise.watch
    enough = threading.Event()

    def until_both(self: Synchronise, ids: object, heard: object) -> None:
        met = []

        def one_more(result: object) -> None:
            met.append(result)
            heard(result)  # type: ignore[operator] # the command's own callback
            if len(met) == 2:
                enough.set()
                self.stop()

        whole(self, ids, one_more)  # type: ignore[arg-type] # passed on as it came

    monkeypatch.setattr(Synchronise, "watch", until_both)
    answer = cli("sync", "--watch", "--json")
    assert answer.code == 130
    assert enough.is_set()
    lines = [json.loads(line) for line in answer.out.splitlines()]
    assert {line["id"] for line in lines} == {people[0], people[1]}
    assert all(line.keys() >= KEYS for line in lines)


def test_history_tells_the_runs_and_each_operation(cli: Cli, people: list[int], exchange: Simulator) -> None:
    add_events(cli, people[0], exchange, "ake@esim.example")
    assert cli("sync").code == 0
    (run,) = cli("history", str(people[0]), "--json").json
    assert (run["id"], run["ok"], run["pulled"], run["pushed"]) == (people[0], True, 1, 1)
    operations = cli("history", str(people[0]), "--run", str(run["run"]), "--json").json
    assert {(one["side"], one["operation"], one["title"]) for one in operations} == {
        ("exchange", "create", "ValueFramesta"),
        ("valueframe", "create", "Outlookista"),
    }
    for person, number in ((people[1], run["run"]), (people[0], 10_000)):
        answer = cli("history", str(person), "--run", str(number), "--json")
        assert (answer.code, answer.json["error"]["code"]) == (2, "VF-USAGE-01")
        assert f"vfadmin history {person}" in answer.err
    for lang, word in (("fi", "lisätty"), ("en", "added")):
        told = cli("history", str(people[0]), "--run", str(run["run"]), lang=lang)
        assert told.out.count(word) == 2


@pytest.mark.usefixtures("exchange")
def test_history_says_what_is_wrong_with_a_series_that_is_left_alone_r17(cli: Cli, people: list[int]) -> None:
    """And what to do about it."""
    daily = {"rrule": "FREQ=DAILY", "exceptions": [], "deleted": []}
    end = SOON + timedelta(hours=1)
    event = {"title": "Jäällä", "start": SOON.isoformat(), "end": end.isoformat(), "recurrence": daily}
    document = json.dumps(event | {"timezone": "Antarctica/Troll"})
    words = ("event", "add", "--person", str(people[0]), "--json-file", "-")
    assert cli(*words, stdin=document).code == 0
    assert cli("sync").code == 0
    (run,) = cli("history", str(people[0]), "--json").json
    assert (run["skipped"], run["pushed"]) == (1, 0)
    for lang, advice in (("fi", "valitse tavallinen aikavyöhyke"), ("en", "choose a usual one")):
        assert advice in cli("history", str(people[0]), "--run", str(run["run"]), lang=lang).out


@pytest.mark.parametrize(
    ("lang", "text"), [("fi", "Ei aktiivisia integraatioita."), ("en", "No active integrations.")]
)
def test_nobody_to_synchronise_is_a_sentence(cli: Cli, lang: str, text: str) -> None:
    answer = cli("sync", lang=lang)
    assert (answer.code, answer.out.strip(), answer.err) == (0, text, "")
    assert cli("history", "1", lang=lang).code == 2
