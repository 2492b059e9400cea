"""A customer's first day through the command line alone, against a server in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.journeys.outlook import Outlook

ROOT = Path(__file__).resolve().parents[2]
SOON = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=3)
BLANKED = ("VFADMIN", "LC_", "LANG")


@dataclass(frozen=True)
class Told:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Vfadmin = Callable[..., Told]


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(BLANKED)}
    return kept | {
        "VFADMIN_HOME": str(tmp_path / "koti"),
        "JOURNEY_KEYRING": str(tmp_path / "keyring.json"),
        "PYTHON_KEYRING_BACKEND": "tests.journeys.keyring_in_file.KeyringInFile",
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
    }


@pytest.fixture
def vfadmin(environ: dict[str, str]) -> Vfadmin:
    def call(*words: str, stdin: str = "") -> Told:
        done = subprocess.run(
            [sys.executable, "-m", "vfadmin", *words],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environ,
            timeout=60,
            check=False,
        )
        return Told(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture
def server(tmp_path: Path, environ: dict[str, str]) -> Iterator[dict[str, Any]]:
    """`vfadmin simulator serve`, as it introduces itself."""
    mailboxes = [{"email": "ake@esim.example", "login": "ESIM\\ake"}, {"email": "aino@esim.example"}]
    file = tmp_path / "mailboxes.json"
    file.write_text(json.dumps(mailboxes), encoding="utf-8")
    command = [sys.executable, "-m", "vfadmin", "simulator", "serve", "--mailboxes", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ) as process:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())
        process.terminate()
        assert process.wait(30) == 130


def control(server: dict[str, Any], method: str, path: str) -> Any:
    with requests.Session() as session:
        session.trust_env = False
        answer = session.request(method, server["control_url"] + path, verify=server["ca_file"], timeout=30)
    assert answer.ok, answer.text
    return answer.json() if answer.content else None


def set_up(vfadmin: Vfadmin, server: dict[str, Any]) -> tuple[int, int]:
    """Two persons, the connection and its checks, both activated; answers their ids."""
    people = [
        vfadmin(
            "person", "add", "--name", name, "--email", email, "--company", "Esimerkki Oy", "--json"
        ).json["id"]
        for name, email in (("Åke Öhman", "ake@esim.example"), ("Aino Mäki", "aino@esim.example"))
    ]
    words = [
        "--url",
        server["ews_url"],
        "--account",
        server["account"],
        "--auth",
        "ntlm",
        "--ca-file",
        server["ca_file"],
        "--secret-stdin",
    ]
    assert vfadmin("connection", "set", *words, stdin=server["password"]).code == 0
    for person, login in zip(people, ("ESIM\\ake", "aino@esim.example"), strict=True):
        assert vfadmin("integration", "activate", str(person), "--login", login).code == 0
        assert vfadmin("connection", "test", "--person", str(person)).code == 0
    return people[0], people[1]


def totals(told: Told) -> tuple[int, int, int]:
    rows = told.json["mailboxes"]
    return (
        sum(row["pulled"] for row in rows),
        sum(row["pushed"] for row in rows),
        sum(row["deleted"] for row in rows),
    )


@pytest.mark.timeout(170)
def test_a_first_day_through_the_command_line_alone(vfadmin: Vfadmin, server: dict[str, Any]) -> None:
    """R1, R6 (both forms of login), R12, R23, R24, R27 and that nobody is ever sent a mail (R9)."""
    ake, aino = set_up(vfadmin, server)
    mine = Outlook(
        server["ews_url"], server["account"], server["password"], server["ca_file"], "ake@esim.example"
    )
    mine.create("Outlookista", SOON, SOON + timedelta(hours=1))
    added = vfadmin(
        "event",
        "add",
        "--person",
        str(ake),
        "--title",
        "ValueFramesta",
        "--start",
        SOON.isoformat(),
        "--end",
        (SOON + timedelta(hours=2)).isoformat(),
        "--json",
    )
    assert added.code == 0

    planned = vfadmin("sync", "--dry-run", "--json").json["mailboxes"]
    assert sum(len(one["operations"]) for one in planned) == 2
    assert set(mine.events()) == {"Outlookista"}

    assert totals(vfadmin("sync", "--json")) == (1, 1, 0)
    assert set(mine.events()) == {"Outlookista", "ValueFramesta"}
    assert totals(vfadmin("sync", "--json")) == (0, 0, 0)

    # An event born in ValueFrame is renamed in Outlook, one born in Outlook gets a place in ValueFrame.
    mine.rename(mine.events()["ValueFramesta"], "Uudella nimellä")
    listed = {
        row["title"]: row["id"] for row in vfadmin("event", "list", "--person", str(ake), "--json").json
    }
    assert vfadmin("event", "edit", str(listed["Outlookista"]), "--location", "Tampere").code == 0
    assert totals(vfadmin("sync", "--json")) == (1, 1, 0)
    assert vfadmin("event", "show", str(added.json["id"]), "--json").json["title"] == "Uudella nimellä"
    assert mine.events()["Outlookista"].location == "Tampere"

    stop_and_resume(vfadmin, server, ake, aino)

    mine.delete(mine.events()["Uudella nimellä"])
    assert vfadmin("event", "delete", str(listed["Outlookista"])).code == 0
    assert totals(vfadmin("sync", "--json"))[2] == 2
    assert mine.events() == {}
    assert vfadmin("event", "list", "--person", str(ake), "--json").json == []
    assert control(server, "GET", "/outbox") == []


def stop_and_resume(vfadmin: Vfadmin, server: dict[str, Any], stopped: int, other: int) -> None:
    """One mailbox leaves the impersonation role, stops, is put right and resumed by its cause."""
    control(server, "PUT", "/denied/ake@esim.example")
    failed = vfadmin("sync", "--json")
    assert failed.code == 3
    assert {row["id"]: row["ok"] for row in failed.json["mailboxes"]} == {stopped: False, other: True}
    assert vfadmin("status", "--json").json["counts"]["error"] == 1
    (row,) = vfadmin("person", "list", "--state", "error", "--json").json
    assert (row["id"], row["error"]["code"]) == (stopped, "EX-IMP-01")
    control(server, "DELETE", "/denied/ake@esim.example")
    assert vfadmin("integration", "resume", "--all-errors", "EX-IMP-01").code == 0
    assert vfadmin("sync").code == 0
    assert vfadmin("person", "list", "--state", "error", "--json").json == []


@pytest.mark.timeout(170)
def test_an_event_deleted_in_outlook_before_the_next_poll_is_deleted_in_valueframe(
    vfadmin: Vfadmin, server: dict[str, Any]
) -> None:
    """Exchange tells of a deletion only to a cursor that has met the item: ours has to, at once."""
    ake, _ = set_up(vfadmin, server)
    mine = Outlook(
        server["ews_url"], server["account"], server["password"], server["ca_file"], "ake@esim.example"
    )
    added = vfadmin(
        "event",
        "add",
        "--person",
        str(ake),
        "--title",
        "Turha",
        "--start",
        SOON.isoformat(),
        "--end",
        (SOON + timedelta(hours=2)).isoformat(),
    )
    assert added.code == 0
    assert totals(vfadmin("sync", "--json")) == (0, 1, 0)
    mine.delete(mine.events()["Turha"])
    assert totals(vfadmin("sync", "--json"))[2] == 1
    assert vfadmin("event", "list", "--person", str(ake), "--json").json == []
