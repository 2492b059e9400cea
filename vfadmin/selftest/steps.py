"""The checks that need no window, from the modules to a sync with the demo's Exchange."""

from __future__ import annotations

import importlib
import json
import pkgutil
import secrets
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import vfadmin
from vfadmin import assets
from vfadmin.cli.wiring import DemoRequest
from vfadmin.errors import SecretError
from vfadmin.guide import CHAPTERS
from vfadmin.selftest.examine import AbsentError, Step
from vfadmin.services.credentials import SecretVault
from vfadmin.settings import Language, LogLevel

LIBRARIES = (
    *("alembic", "cryptography.hazmat.bindings._rust", "dateutil", "exchangelib", "httpx", "keyring"),
    *("lxml.etree", "msal", "msoffcrypto", "openpyxl", "psycopg", "psycopg_binary", "python_calamine"),
    *("requests_ntlm", "rich", "spnego", "sqlalchemy.dialects.postgresql.psycopg"),
    *("sqlalchemy.dialects.sqlite", "tzdata", "tzlocal", "urllib3"),
)
"""What is loaded from outside, by the module that is missed late: native parts, things loaded by name."""

_RUN_WHEN_LOADED = ("__main__", "migrations")
_NO_KEYRING = "VF-SECRET-01"
_PERSONS = 10

WINDOW_STEPS = ("window", "translations", "icons")
"""The names of the window's own checks (`vfadmin.ui.self_test`)."""

_SUMMER, _WINTER = datetime(2030, 7, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)

Story = Callable[[str], Mapping[str, Any]]
"""Tells the demo's story over ``ews`` or ``graph`` without a window and answers its summary."""


class BrokenError(Exception):
    """A part that is there and does not do what it should."""


def program_steps(vault: SecretVault, story: Story) -> dict[str, Step]:
    """The checks by name, in the order in which they explain each other."""
    return {
        "modules": _modules,
        "files": _files,
        "zones": _zones,
        "database": _database,
        "keyring": lambda _folder: round_trip(vault, sys.platform),
        "sync-ews": lambda _folder: told(story("ews")),
        "sync-graph": lambda _folder: told(story("graph")),
    }


def demo_of(protocol: str, lang: Language) -> DemoRequest:
    """The story to be told: its smallest cast, and nobody listening."""
    return DemoRequest(
        persons=_PERSONS,
        window=False,
        keep=False,
        lang=lang,
        log_level=LogLevel.INFO,
        tell=_unheard,
        protocol=protocol,
    )


def _unheard(_sentence: str) -> None:
    return


def round_trip(vault: SecretVault, platform: str) -> str:
    """Keep a secret, read it, take it away: in Windows' Credential Manager, or what is in its place.

    Raises AbsentError where a server has none, SecretError, BrokenError.
    """
    name, secret = f"self-test-{secrets.token_hex(8)}", secrets.token_urlsafe(24) + " åÄ€"
    try:
        vault.write(name, secret)
    except SecretError as error:
        # Without a desktop a server may have its secrets as files; a Windows always has its own store.
        if error.failure.code == _NO_KEYRING and platform != "win32":
            raise AbsentError(error.failure) from error
        raise
    try:
        if vault.read(name) != secret:
            raise BrokenError("the keyring answers another secret than it was given")
    finally:
        vault.forget(name)
    try:
        vault.read(name)
    except SecretError:
        return "stored, read, removed"
    raise BrokenError("the keyring keeps a secret that was removed")


def told(summary: Mapping[str, Any]) -> str:
    """What the story came to. Raises BrokenError unless both sides are equal at its end, and quiet."""
    said = ", ".join(
        f"{name} {summary[name]}" for name in ("events", "conflicts", "writes_in_last_sync", "mails_sent")
    )
    if not summary["equal"] or summary["mails_sent"] or summary["writes_in_last_sync"]:
        raise BrokenError(f"the calendars differ or do not rest: {said}")
    return said


def _modules(_folder: Path) -> str:
    """Everything of ours can be loaded, and everything from outside that something loads by name or late."""
    ours = [one.name for one in pkgutil.walk_packages(vfadmin.__path__, "vfadmin.", onerror=_raised)]
    kept = [name for name in ours if not set(name.split(".")) & set(_RUN_WHEN_LOADED)]
    if "vfadmin.services.context" not in kept:
        raise BrokenError("the program's own modules cannot be listed")
    for name in (*kept, *LIBRARIES):
        importlib.import_module(name)
    return f"{len(kept)} of our own, {len(LIBRARIES)} from outside"


def _raised(_name: str) -> None:
    raise  # noqa: PLE0704 - pkgutil calls this while the exception is handled


def _files(_folder: Path) -> str:
    kinds = ("", "cli.", "pages.")
    for kind in kinds:
        finnish, english = (
            json.loads(assets.read_text(f"messages/{kind}{lang}.json")) for lang in ("fi", "en")
        )
        if not finnish or finnish.keys() != english.keys():
            raise BrokenError(f"the messages {kind} differ between the languages")
    pages = [len(list(assets.path(f"errors/{lang}").glob("*.md"))) for lang in ("fi", "en")]
    if not pages[0] or len(set(pages)) != 1:
        raise BrokenError(f"the pages of the errors are not complete: {pages}")
    chapters = {
        lang: {path.stem for path in assets.path(f"guide/{lang}").glob("*.md")} for lang in ("fi", "en")
    }
    if any(found != CHAPTERS for found in chapters.values()):
        raise BrokenError(f"the guide is not complete: {chapters}")
    return f"messages, {pages[0]} help pages, {len(CHAPTERS)} chapters of the guide, both languages"


def _zones(_folder: Path) -> str:
    zone = ZoneInfo("Europe/Helsinki")
    offsets = [str(moment.astimezone(zone).utcoffset()) for moment in (_WINTER, _SUMMER)]
    if offsets != ["2:00:00", "3:00:00"]:
        raise BrokenError(f"Helsinki is {offsets} ahead")
    return "Europe/Helsinki +2, +3"


def _database(folder: Path) -> str:
    """Make a database, back it up, restore the backup elsewhere, and look at both."""
    from vfadmin.services.database import DatabaseCare  # noqa: PLC0415 - a broken library is this verdict

    care, other = (
        DatabaseCare(f"sqlite:///{(folder / name).as_posix()}", lambda: datetime.now(UTC))
        for name in ("one.db", "two.db")
    )
    care.upgrade()
    care.backup(folder / "backup.zip")
    other.restore(folder / "backup.zip")
    for checked in (care.check(), other.check()):
        if checked.problems:
            raise BrokenError(f"{checked.database}: {checked.problems}")
    return f"revision {checked.known}, backed up, restored"
