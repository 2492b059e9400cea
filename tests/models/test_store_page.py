"""The page for other programs says what the schema says, and its examples run."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from vfadmin.models import Base
from vfadmin.models.store import Store
from vfadmin.models.triggers import EVENT_CONTENT

PAGE = (Path(__file__).parents[2] / "docs" / "STORE.md").read_text(encoding="utf-8")


def _section(heading: str) -> str:
    start = PAGE.index(f"### `{heading}`")
    end = PAGE.find("\n#", start + 1)
    return PAGE[start:end]


def _first_cells(table: str) -> set[str]:
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("|")]
    return {name for cell in rows for name in re.findall(r"`(\w+)`", cell)}


def test_every_table_is_on_the_page() -> None:
    named = set(re.findall(r"`(\w+)`", PAGE))
    assert set(Base.metadata.tables) | {"alembic_version"} <= named


def test_every_column_of_an_event_and_of_a_person_is_on_the_page() -> None:
    for table in ("event", "person"):
        columns = {column.name for column in Base.metadata.tables[table].columns}
        assert _first_cells(_section(table)) == columns


def test_every_column_of_the_small_tables_is_on_the_page() -> None:
    for table in ("company", "event_type", "participant", "event_link"):
        columns = {column.name for column in Base.metadata.tables[table].columns}
        if table == "event_link":
            columns -= {"id"}
        assert columns <= set(re.findall(r"`(\w+)`", _section(table)))


@pytest.mark.sqlite
def test_the_examples_run_and_are_noticed(store: Store, path: Path) -> None:
    (examples,) = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    statements = [one.strip() for one in re.sub(r"--.*", "", examples).split(";") if one.strip()]
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("PRAGMA foreign_keys = ON")
        other.execute("INSERT INTO person (id, name, sort_name) VALUES (1001, 'x', 'x')")
        other.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('event', 16)")
        added, changed, removed = statements
        assert other.execute(added).lastrowid == 17
        assert other.execute(changed).rowcount == 0  # version 3 never was
        assert other.execute(changed.replace("version = 3", "version = 1")).rowcount == 1
        assert other.execute(removed).rowcount == 1
        assert other.execute("SELECT version FROM event").fetchall() == [(3,)]
        assert other.execute("SELECT count(*) FROM change_log").fetchall() == [(3,)]
    store.close()


def test_what_is_content_is_said_so() -> None:
    said = {
        name
        for line in _section("event").splitlines()
        if line.startswith("| `") and line.split("|")[2].strip() == "yes"
        for name in re.findall(r"`(\w+)`", line.split("|")[1])
    }
    assert said == set(EVENT_CONTENT)
