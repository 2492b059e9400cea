"""The command line in this process, through its real entrance."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keyring
import keyring.backend
import keyring.errors
import pytest

from tests.empty_database import migrated, put_empty_database
from tests.stores import POSTGRESQL, STORES
from vfadmin.app import wire
from vfadmin.cli.main import run
from vfadmin.models import store


@dataclass(frozen=True)
class Answer:
    """What one call printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output."""
        return json.loads(self.out)


Cli = Callable[..., Answer]


class KeyringInMemory(keyring.backend.KeyringBackend):
    """A keyring that lasts as long as the test."""

    priority = 1.0  # type: ignore[assignment] # keyring declares a property of its own making

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[(service, username)] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError(username)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "koti"


@pytest.fixture
def made_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new database has its schema already: 0.1 s of migrations before most tests is shown by others."""
    migrated()  # once, as the program does it
    make = store._make_private_file

    def made(path: Path) -> None:
        with suppress(OSError):  # there already, or not to be made, which is for the program to say
            put_empty_database(path)
        make(path)

    monkeypatch.setattr(store, "_make_private_file", made)


@pytest.fixture
def cli(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, made_up_to_date: None
) -> Cli:
    """Run a command on a home of its own and answer what it said; English unless told otherwise."""
    del made_up_to_date
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def call(*words: str, stdin: str = "", lang: str = "en") -> Answer:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        capsys.readouterr()
        shared = ["--database", STORES.url(home / "vfadmin.db")] if STORES.kind == POSTGRESQL else []
        code = run(["--home", str(home), "--lang", lang, *shared, *words], wire())
        printed = capsys.readouterr()
        return Answer(code, printed.out, printed.err)

    return call


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> KeyringInMemory:
    """A usable keyring, through the keyring library's own door."""
    kept = KeyringInMemory()
    monkeypatch.setattr(keyring.core, "_keyring_backend", kept)
    return kept


PEOPLE = [
    ("Åke Öhman", "ake@esim.example", "Esimerkki Oy", ["--login", "ESIM\\ake"]),
    ("Aino Mäki", "aino@esim.example", "Esimerkki Oy", ["--login", "aino@esim.example"]),
    ("Örjan Zetterberg", "orjan@toinen.example", "Toinen Ab", []),
    ("Neuvotteluhuone", "huone@esim.example", "Esimerkki Oy", ["--resource"]),
]


@pytest.fixture
def people(cli: Cli, home: Path) -> list[int]:
    """Two persons with logins, one without, and a room."""
    home.mkdir(mode=0o700)
    ids = []
    for name, email, company, more in PEOPLE:
        words = ["--name", name, "--email", email, "--company", company, *more]
        answer = cli("person", "add", *words, "--json")
        assert answer.code == 0, answer.err
        ids.append(answer.json["id"])
    return ids
