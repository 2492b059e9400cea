from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.clock import FakeClock
from vfadmin import services, sync
from vfadmin.errors.texts import LANGUAGES, outcome
from vfadmin.models import Audit
from vfadmin.models.store import Store
from vfadmin.services.audit import Actor, Face, difference, record
from vfadmin.services.transitions import Action
from vfadmin.sync.values import Decision


def test_an_entry_stands_or_falls_with_the_change_it_tells_of(store: Store, fake_clock: FakeClock) -> None:
    actor = Actor("a" * 200, "h" * 200, Face.WINDOW)

    def change_and_fail() -> None:
        with store.write() as session:
            record(session, actor, "setting.set", "lost", None, None, fake_clock.now)
            raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        change_and_fail()
    with store.write() as session:
        record(session, actor, "setting.set", "s" * 200, {"a": 1}, None, fake_clock.now)

    with store.read() as session:
        (entry,) = session.scalars(select(Audit))
    assert (entry.actor, entry.host, entry.face) == ("a" * 100, "h" * 100, "window")
    assert entry.subject == "s" * 100
    assert (entry.before, entry.after, entry.at) == ({"a": 1}, None, fake_clock.now)


def test_only_what_differs_is_told() -> None:
    assert difference({"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 4}) == ({"b": 2, "c": None}, {"b": 3, "c": 4})
    assert difference({"a": 1}, {"a": 1}) is None


KINDS = "person|integration|import|history|event|connection|setting|alerts|valueframe"
SHEETS = {"import.sheet", "import.report_sheet", "import.help_sheet"}
"""Texts of the import, and no changes."""


def test_every_face_and_every_change_has_its_words() -> None:
    folders = [Path(package.__file__ or "").parent for package in (services, sync)]
    source = "".join(one.read_text("utf-8") for folder in folders for one in folder.rglob("*.py"))
    written = set(re.findall(rf'"((?:{KINDS})\.[a-z_]+)"', source)) - SHEETS
    actions = {f"integration.{one}" for one in Action} | {f"held.{one}" for one in Decision} | written
    keys = [f"trail.{one}" for one in actions] + [f"face.{one}" for one in Face]
    assert {"trail.person.add", "trail.event.edit", "trail.integration.leaver"} <= set(keys)
    assert [(lang, key) for lang in LANGUAGES for key in keys if outcome(key, lang) == key] == []
