"""``imports``: what was loaded, and taking it back (R26)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, KeyringInMemory
from tests.services.workbooks import write_list
from vfadmin.simulator import FaultRule, MailboxSpec, Simulator, SimulatorConfig


@pytest.fixture
def loaded(cli: Cli, tmp_path: Path) -> int:
    path = write_list(tmp_path / "lista.xlsx", [None, "Anna", None, None, "anna@firma.fi"])
    assert cli("import", str(path), "--json").json["created"] == 1
    (batch,) = cli("imports", "list", "--json").json
    return int(batch["id"])


def test_r26_loads_are_listed_and_undone(cli: Cli, loaded: int) -> None:
    (batch,) = cli("imports", "list", "--json").json
    assert (batch["file"], batch["created"], batch["undoable"], batch["undone"]) == (
        "lista.xlsx",
        1,
        True,
        None,
    )
    assert "lista.xlsx" in cli("imports", "list").out
    answer = cli("imports", "undo", str(loaded), "--json")
    assert (answer.code, answer.json) == (0, {"batch": loaded, "restored": 0, "removed": 1, "left": []})
    assert cli("person", "list", "--json").json == []


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_who_is_left_is_named_with_the_reason(cli: Cli, loaded: int, lang: str) -> None:
    (row,) = cli("person", "list", "--json").json
    assert cli("person", "set", str(row["id"]), "--name", "Anna-Maija").code == 0
    answer = cli("imports", "undo", str(loaded), lang=lang)
    assert answer.code == 3
    assert f"{row['id']} Anna-Maija" in answer.err
    assert "VF-UNDO-01" in answer.err


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_a_load_that_is_not_there_is_said_so(cli: Cli, lang: str) -> None:
    answer = cli("imports", "undo", "77", lang=lang)
    assert (answer.code, answer.out) == (2, "")
    assert "VF-IMPORT-21" in answer.err
    assert len(answer.err.splitlines()) == 2


# Layouts -------------------------------------------------------------------------------------------------


@pytest.fixture
def corrected(cli: Cli, tmp_path: Path) -> str:
    """A list whose columns were corrected by hand once."""
    path = write_list(tmp_path / "oma.xlsx", [7, "Anna"], header=["Numero", "Kuka"])
    columns = json.dumps({"id": "Numero", "name": "Kuka"})
    assert cli("import", str(path), "--columns", columns, "--json").json["remembered"] == {}
    return str(path)


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_r26_remembered_columns_are_shown_and_forgotten(cli: Cli, corrected: str, lang: str) -> None:
    again = cli("import", corrected, "--json", lang=lang)
    assert (again.code, again.json["unchanged"]) == (0, 1)
    assert again.json["remembered"] == again.json["columns"] == {"id": "Numero", "name": "Kuka"}
    assert "id: Numero, name: Kuka" in again.err
    (layout,) = cli("imports", "layouts", "--json").json
    assert (layout["file"], layout["columns"]) == ("oma.xlsx", {"id": "Numero", "name": "Kuka"})
    assert layout["layout"][:12] in cli("imports", "layouts").out
    assert cli("imports", "forget", "zzz", lang=lang).code == 2
    assert "oma.xlsx" in cli("imports", "forget", layout["layout"][:12], lang=lang).out
    assert cli("imports", "layouts", "--json").json == []
    assert "VF-IMPORT-02" in cli("import", corrected, lang=lang).err


def test_forgetting_answers_the_layout(cli: Cli, corrected: str) -> None:
    (layout,) = cli("imports", "layouts", "--json").json
    assert corrected
    assert cli("imports", "forget", layout["layout"], "--json").json == {"layout": layout["layout"]}


# Mailboxes -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def exchange() -> Iterator[Simulator]:
    with Simulator(SimulatorConfig(mailboxes=(MailboxSpec(email="anna@esim.example"),))) as running:
        yield running


@pytest.fixture
def connected(cli: Cli, exchange: Simulator, keys: KeyringInMemory) -> Cli:
    assert keys.kept == {}
    words = ["--url", exchange.ews_url, "--account", exchange.account, "--ca-file", str(exchange.ca_file)]
    answer = cli(
        *("connection", "set", "--protocol", "ews", "--auth", "basic", *words, "--secret-stdin"),
        stdin=exchange.password + "\n",
    )
    assert answer.code == 0, answer.err
    return cli


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_r26_exchange_is_asked_before_anything_is_applied(
    connected: Cli, exchange: Simulator, tmp_path: Path, lang: str
) -> None:
    rows = [["Anna", "anna@esim.example"], ["Bertta", "bertta@esim.example"]]
    path = write_list(tmp_path / "lista.xlsx", *rows, header=["Nimi", "Tunnus"])
    busy = FaultRule(mailbox="anna@esim.example", code="ErrorServerBusy", status=500, times=1)
    exchange.set_faults([busy])

    answer = connected("import", str(path), "--ask-exchange", "--json", lang=lang)

    exchange.set_faults([])
    assert (answer.code, answer.json["created"]) == (3, 1)
    (rejected,) = answer.json["rejected"]
    assert (rejected["row"], rejected["column"], rejected["value"], rejected["code"]) == (
        3,
        "Tunnus",
        "bertta@esim.example",
        "EX-MBX-01",
    )
    assert "EX-BUSY-01" in answer.err, "what could not be asked is said, and applied"


def test_r27_nothing_is_applied_when_the_connection_fails(
    connected: Cli, exchange: Simulator, tmp_path: Path
) -> None:
    path = write_list(tmp_path / "lista.xlsx", ["Anna", "anna@esim.example"], header=["Nimi", "Tunnus"])
    exchange.set_faults([FaultRule(kind="login_page", times=None)])

    answer = connected("import", str(path), "--ask-exchange", "--json")

    exchange.set_faults([])
    assert (answer.code, answer.json["error"]["code"]) == (1, "EX-CONN-07")
    assert connected("person", "list", "--json").json == []


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_r26_an_unknown_company_is_added_or_on_request_rejected(cli: Cli, tmp_path: Path, lang: str) -> None:
    path = write_list(tmp_path / "lista.xlsx", ["Anna", "Frima Oy"], header=["Nimi", "Yhtiö"])

    answer = cli("import", str(path), "--known-companies", "--json", lang=lang)

    (rejected,) = answer.json["rejected"]
    assert (answer.code, rejected["column"], rejected["code"]) == (2, "Yhtiö", "VF-IMPORT-26")
    assert "Frima Oy" in rejected["message"]
    assert cli("import", str(path)).code == 0


def test_r18_a_list_of_devices_sets_the_fact_and_says_where_it_is_from(
    cli: Cli, people: list[int], tmp_path: Path
) -> None:
    rows = [["ake@esim.example", "iPhone"], ["ake@esim.example", "iPad"], ["kuka@esim.example", "Pixel"]]
    path = write_list(tmp_path / "laitteet.xlsx", *rows, header=["PrimarySmtpAddress", "DeviceModel"])

    answer = cli("import", str(path), "--json")

    assert (answer.code, answer.json["updated"], answer.json["created"]) == (3, 1, 0)
    assert [one["code"] for one in answer.json["rejected"]] == ["VF-IMPORT-22"]
    (row,) = (one for one in cli("person", "list", "--json").json if one["id"] == people[0])
    assert (row["mobile_sync"], row["activesync"], row["mobile_sync_from"]["origin"]) == (
        "activesync",
        True,
        "file",
    )
    assert row["mobile_sync_from"]["by"]
    set_by_hand = cli("person", "set", str(people[0]), "--mobile-sync", "syncml", "--json").json
    assert set_by_hand["mobile_sync_from"]["origin"] == "hand"
