"""Serving from a command line, and going on where one stopped."""

from __future__ import annotations

import io
import json
import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree

from tests.simulator.custom_zones import both, defined
from tests.simulator.wire import Wire, times
from vfadmin.simulator import ExtendedKey, FaultRule, MailboxSpec, Recurrence, Simulator, SimulatorConfig
from vfadmin.simulator.serve import load_faults, load_mailboxes, numbered_mailboxes, serve
from vfadmin.simulator.snapshot import FILE_NAME

START = datetime(2026, 3, 11, 8, 0, tzinfo=UTC)
OWN_ZONES = "calendar:StartTimeZone", "calendar:EndTimeZone"
KEYS = [
    "ews_url",
    "graph_url",
    "authority",
    "ca_file",
    "account",
    "password",
    "tenant",
    "client_id",
    "client_secret",
    "control_url",
    "mailboxes",
    "valueframe",
]


def test_the_first_line_says_how_to_reach_it() -> None:
    out = io.StringIO()

    code = serve(SimulatorConfig(mailboxes=numbered_mailboxes(2)), out, wait=lambda: None)

    (line,) = out.getvalue().splitlines()
    told = json.loads(line)
    assert (code, sorted(told)) == (0, sorted(KEYS))
    assert told["ews_url"].startswith("https://127.0.0.1:")
    assert told["mailboxes"][1] == {"email": "person2@example.test", "login": "EXAMPLE\\person2"}
    assert (told["account"], bool(told["password"]), told["graph_url"]) == (
        "EXAMPLE\\svc-vfadmin",
        True,
        None,
    )


def test_the_first_line_says_how_to_reach_graph() -> None:
    out = io.StringIO()

    serve(SimulatorConfig(mailboxes=numbered_mailboxes(1), protocol="graph"), out, wait=lambda: None)

    told = json.loads(out.getvalue())
    assert (sorted(told), told["ews_url"], told["account"]) == (sorted(KEYS), None, None)
    assert told["graph_url"].endswith("/v1.0")
    assert told["authority"].endswith(told["tenant"])
    assert told["client_id"]
    assert told["client_secret"]


def test_an_interrupt_ends_it_cleanly() -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    assert serve(SimulatorConfig(), io.StringIO(), wait=interrupted) == 130


def test_mailboxes_come_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mailboxes.json"
    path.write_text(
        json.dumps(["a@x.test", {"email": "b@x.test", "login": "X\\b", "name": "B", "aliases": ["c@x.test"]}])
    )

    assert load_mailboxes(path) == (
        MailboxSpec("a@x.test", "a@x.test"), MailboxSpec("b@x.test", "X\\b", "B", ("c@x.test",)),
    )  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        "{}",
        "nonsense",
        "[1]",
        '[{"login": "x"}]',
        '[{"email": "a", "colour": 1}]',
        '[{"email": "a", "cloud": 1}]',
    ],
)
def test_a_file_of_something_else_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "mailboxes.json"
    path.write_text(content)

    with pytest.raises(ValueError, match=r"mailboxes\.json"):
        load_mailboxes(path)


def test_a_mailbox_may_be_on_premises(tmp_path: Path) -> None:
    path = tmp_path / "mailboxes.json"
    path.write_text(json.dumps([{"email": "a@x.test", "cloud": False}]))

    assert load_mailboxes(path) == (MailboxSpec("a@x.test", "a@x.test", cloud=False),)


def test_faults_come_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "faults.json"
    path.write_text('[{"operation": "GetItem", "status": 503, "times": null}]')

    assert load_faults(path) == (FaultRule(operation="GetItem", status=503, times=None),)


def test_a_server_goes_on_where_it_stopped(tmp_path: Path) -> None:
    config = SimulatorConfig(mailboxes=numbered_mailboxes(1), state_dir=tmp_path, password="x")
    with Simulator(config) as sim:
        authority = sim.ca_file.read_bytes()
        user = sim.outlook("person1@example.test")
        kept = user.create(
            subject="säilyy",
            start=START,
            end=START + timedelta(hours=1),
            categories=("a",),
            attendees=("x@y.test",),
        )
        deleted = user.create(start=START, end=START + timedelta(hours=1))
        wire = Wire(sim)
        state = wire.post(_sync(""), person="person1@example.test").message("SyncState") or ""
        wire.close()
        user.delete(deleted)
        before = user.item(kept)

    with Simulator(config) as again:
        wire = Wire(again)
        changes = wire.post(_sync(state), person="person1@example.test").root.find(".//{*}Changes")
        wire.close()
        assert again.ca_file.read_bytes() == authority
        assert again.outlook("person1@example.test").item(kept) == before
        assert [mail.kind for mail in again.outbox] == ["MeetingRequest"]
        assert changes is not None
        assert [change.tag.rpartition("}")[2] for change in changes] == ["Delete"]
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600


def test_a_series_goes_on_where_it_stopped(tmp_path: Path) -> None:
    config = SimulatorConfig(mailboxes=numbered_mailboxes(1), state_dir=tmp_path, password="x")
    first, window = date(2026, 3, 11), (START, START + timedelta(days=30))
    rule = Recurrence("Daily", first, end=first + timedelta(days=3))
    key = ExtendedKey("String", set_id="6f6bd32b-1c1b-4c6e-9f0f-1a8a0a1b2c3d", name="key")
    with Simulator(config) as sim:
        user = sim.outlook("person1@example.test")
        master = user.create(subject="sarja", start=START, end=START + timedelta(hours=1), recurrence=rule)
        changed = user.occurrence(master, first + timedelta(days=1)).id
        user.edit(changed, end=START + timedelta(days=1, hours=2), categories=("a",), extended={key: "k"})
        user.delete(user.occurrence(master, first + timedelta(days=2)).id)
        before = [user.item(master), *user.calendar(*window)]

    with Simulator(config) as again:
        user = again.outlook("person1@example.test")
        assert [user.item(master), *user.calendar(*window)] == before
    assert [one.type for one in before] == ["RecurringMaster", "Occurrence", "Exception", "Occurrence"]


def test_a_zone_of_a_clients_own_goes_on_where_it_stopped(tmp_path: Path) -> None:
    config = SimulatorConfig(mailboxes=numbered_mailboxes(1), state_dir=tmp_path, password="x")
    zones = both(defined("Oma &amp; &lt;muu>"))
    told = []
    with Simulator(config) as sim:
        wire = Wire(sim)
        (item_id, _), *_ = wire.create(times() + zones, person="person1@example.test").item_ids()
        told.append(wire.get(item_id, *OWN_ZONES, person="person1@example.test").items)
        wire.close()

    with Simulator(config) as again:
        wire = Wire(again)
        told.append(wire.get(item_id, *OWN_ZONES, person="person1@example.test").items)
        wire.close()
    before, after = ([etree.tostring(item) for item in items] for items in told)
    assert before == after
    assert b'Id="Oma &amp; &lt;muu' in before[0]


def test_a_snapshot_of_another_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('{"format": 99}')

    with pytest.raises(ValueError, match="format"):
        Simulator(SimulatorConfig(state_dir=tmp_path))


def _sync(state: str) -> str:
    return (
        "<SyncFolderItems><ItemShape><ty:BaseShape>IdOnly</ty:BaseShape></ItemShape><SyncFolderId>"
        f'<ty:DistinguishedFolderId Id="calendar"/></SyncFolderId><SyncState>{state}</SyncState>'
        "<MaxChangesReturned>512</MaxChangesReturned></SyncFolderItems>"
    )
