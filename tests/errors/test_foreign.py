"""Whatever a library raises ends as a failure of the closed set, and none of its words are shown (R28, R31).

Every exception class of the libraries is raised at every boundary where one of them is called, with a secret
for its text. What a boundary does not know comes to the last doors: the command line's, the desk's of the
window and the engine's, which know nothing and say so by a code and the name of the class.
"""

from __future__ import annotations

import json
import pickle
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Never

import pytest
from keyring.backend import KeyringBackend
from sqlalchemy.exc import DBAPIError

from tests.cli.conftest import Cli, cli, home  # noqa: F401 - fixtures
from tests.foreign import SECRET, kinds, made, name, raised
from vfadmin.app import wire
from vfadmin.calendars.ews import network as ews_network
from vfadmin.calendars.ews.connection import EwsConnection
from vfadmin.calendars.ews.errors import Context as EwsContext
from vfadmin.calendars.exchange.steps import said
from vfadmin.calendars.graph import GraphConnection
from vfadmin.calendars.graph import network as graph_network
from vfadmin.calendars.graph.errors import Context as GraphContext
from vfadmin.cli.main import run
from vfadmin.errors import CODES, Failure, SecretError, StoreError, VfadminError
from vfadmin.errors.texts import LANGUAGES, explain
from vfadmin.models.faults import store_faults
from vfadmin.services.credentials import Secrets
from vfadmin.services.import_sheet import _unreadable, trouble
from vfadmin.services.sheets import workbook
from vfadmin.services.sheets.apart import answered
from vfadmin.services.sheets.grid import NoSheetError, Trouble, UnreadableError
from vfadmin.services.sheets.kinds import OLE

EWS = EwsContext(EwsConnection("own", "https://mail.example.com/ews/exchange.asmx", "EXAMPLE\\svc", "ntlm"))
GRAPH = GraphContext(GraphConnection("graph", "firma.fi", "1c9d7e52-8f3b-4a6d-9e0c-5b7a3f2d1e48"))
UNKNOWN = ("EX-UNKNOWN-01", "VF-INTERNAL-01")


def well_told(found: Failure) -> bool:
    """Whether it is one of ours, and neither its facts nor its texts hold a word of the library's."""
    assert (found.scope, found.kind) == CODES[found.code]
    told = [explain(found.code, found.params, lang) for lang in LANGUAGES]
    return SECRET not in f"{found.params}{told}"


def test_the_walk_meets_the_libraries_errors_and_each_says_the_secret() -> None:
    met = {name(kind).split(".")[0] for kind in kinds()}
    for library in (
        *("builtins", "cryptography", "exchangelib", "httpcore", "httpx", "json", "keyring", "lxml", "msal"),
        *(
            "msoffcrypto",
            "olefile",
            "openpyxl",
            "python_calamine",
            "requests",
            "socket",
            "spnego",
            "sqlalchemy",
            "sqlite3",
            "ssl",
        ),
        *("urllib3", "zipfile", "zoneinfo"),
    ):
        assert library in met
    silent = [name(kind) for kind in kinds() if SECRET not in f"{made(kind)!s}{made(kind).args}"]
    assert len(silent) < len(kinds()) / 10, silent


@pytest.mark.parametrize(
    "translate",
    [
        pytest.param(lambda error: ews_network.raised(error, EWS), id="ews"),
        pytest.param(lambda error: graph_network.raised(error, GRAPH), id="graph"),
    ],
)
def test_r28_what_a_request_raises_is_a_failure_of_the_connection(
    translate: Callable[[Exception], VfadminError],
) -> None:
    for error in raised():
        found = translate(error).failure
        assert found.code.startswith(("EX-", "VF-"))
        assert well_told(found), name(type(error))
        if found.code in UNKNOWN:
            assert found.params["detail"] == type(error).__name__


class Broken(KeyringBackend):
    """A keyring that raises."""

    priority = 1.0  # type: ignore[assignment] # keyring declares a property of its own making

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    def get_password(self, *_: str) -> Never:
        raise self._error

    def set_password(self, *_: str) -> Never:
        raise self._error

    def delete_password(self, *_: str) -> Never:
        raise self._error


def test_r27_what_a_keyring_raises_is_a_failure_of_the_secrets() -> None:
    for error in raised():
        vault = Secrets(lambda error=error: Broken(error))  # type: ignore[misc]
        for call in (
            lambda vault=vault: vault.read("own"),
            lambda vault=vault: vault.write("own", "x"),
            lambda vault=vault: vault.forget("own"),
        ):
            found = outcome(call)
            if found is None:  # another was quicker and took it away
                assert type(error).__name__ == "PasswordDeleteError"
            elif not isinstance(found, UnboundLocalError):
                assert isinstance(found, SecretError), name(type(error))
                assert well_told(found.failure), name(type(error))
                assert found.__cause__ is None, "its words would follow into the log"


def outcome(call: Callable[[], object]) -> Exception | None:
    try:
        call()
    except Exception as error:  # noqa: BLE001 - what came of it is what is judged
        return error
    return None


def driver_errors() -> Iterator[Exception]:
    """What a driver raises, bare and as SQLAlchemy hands it on, also when the connection went with it."""
    for error in raised():
        yield error
        for gone in (False, True):
            yield DBAPIError("SELECT", {}, error, connection_invalidated=gone)
    for number in range(1, 29):
        coded = sqlite3.OperationalError(SECRET)
        coded.sqlite_errorcode, coded.sqlite_errorname = number, f"SQLITE_{number}"
        yield coded


def test_r31_what_a_database_raises_is_a_failure_of_the_store_or_passes_to_the_last_door() -> None:
    told = 0
    for error in driver_errors():
        found = outcome(lambda error=error: _in_the_store(error))  # type: ignore[misc]
        if isinstance(found, StoreError):
            told += 1
            assert well_told(found.failure), name(type(error))
        else:
            assert found is error
    assert told > 50


def _in_the_store(error: Exception) -> None:
    with store_faults("vfadmin.db"):
        raise error


def test_what_a_file_raises_is_told_by_a_word_or_a_name() -> None:
    for error in raised():
        if isinstance(error, OSError):
            assert SECRET not in trouble(error)
            assert trouble(error)
            assert SECRET not in said(error) or hasattr(error, "verify_message")


def test_r26_whatever_a_reader_of_lists_raises_is_a_file_that_cannot_be_read() -> None:
    """Also as it comes out of the reader's process: nothing of the library's goes along."""
    for error in raised():

        def read(*_: object, error: Exception = error) -> Never:
            raise error

        found = answered(read, b"", None, None)
        assert isinstance(found, UnreadableError), name(type(error))
        assert found.trouble == (Trouble.LARGE if isinstance(error, MemoryError) else Trouble.DAMAGED)
        assert SECRET not in repr(vars(pickle.loads(pickle.dumps(found))))  # noqa: S301 - our own
        assert well_told(_unreadable(Path("lista.xlsx"), found.trouble).failure), name(type(error))


def test_r26_what_the_library_of_workbooks_raises_is_a_file_that_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for error in map(made, kinds()):
        if type(error).__module__ != "python_calamine":
            continue
        monkeypatch.setattr(workbook, "CalamineWorkbook", Unopened(error))
        found = outcome(lambda: workbook.read_workbook(OLE, "Taulu"))
        assert isinstance(found, (UnreadableError, NoSheetError)), name(type(error))


class Unopened:
    """A workbook that the library cannot open."""

    sheet_names = ("Taulu",)

    def __init__(self, error: Exception) -> None:
        self._error = error

    def from_filelike(self, _file: object) -> Never:
        raise self._error


# The last doors


@pytest.mark.expected_log("unexpected failure")
def test_r28_the_command_line_tells_whatever_comes_by_a_code(
    home: Path,  # noqa: F811 - the fixture
    capsys: pytest.CaptureFixture[str],
) -> None:
    wiring = wire()
    for error in map(made, kinds()):
        broken = replace(wiring, open=lambda _settings, _face, error=error: _raise(error))
        code = run(["--home", str(home), "--lang", "en", "status", "--json"], broken)
        printed = capsys.readouterr()
        assert code in (1, 2), name(type(error))
        assert SECRET not in printed.out + printed.err, name(type(error))
        assert "Traceback" not in printed.err
        told: dict[str, Any] = json.loads(printed.out)["error"]
        assert told["code"] in CODES
        if told["code"] in UNKNOWN:
            assert type(error).__name__ in told["message"]


def _raise(error: Exception) -> Never:
    raise error
