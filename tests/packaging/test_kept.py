"""The judge of an upgrade: it must notice whatever is gone, and nothing that only came."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.packaging.outside import module_of_packaging

kept = module_of_packaging("kept")
BEFORE = "CREATE TABLE person (id, name); INSERT INTO person VALUES (1, 'Åke'), (2, 'Aino'), (2, 'Aino')"


def made(path: Path, script: str) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
    return path


def test_what_only_came_is_no_loss(tmp_path: Path) -> None:
    before = kept.rows_of(made(tmp_path / "a.db", BEFORE))
    more = (
        "CREATE TABLE person (face, name, id); CREATE TABLE alembic_version (version_num);"
        " CREATE TABLE more (id); INSERT INTO person"
        " VALUES (0, 'Åke', 1), (0, 'Aino', 2), (1, 'Aino', 2), (1, 'Väinö', 3)"
    )
    after = kept.rows_of(made(tmp_path / "b.db", more))
    assert kept.lost_between(before, after) == []
    assert before["person"][1].total() == 3


@pytest.mark.parametrize(
    ("script", "lost"),
    [
        ("DELETE FROM person WHERE id = 1", "person has no (1, 'Åke')"),
        ("DELETE FROM person WHERE rowid = 3", "person has no (2, 'Aino')"),
        ("UPDATE person SET name = 'Ake' WHERE id = 1", "person has no (1, 'Åke')"),
        ("ALTER TABLE person DROP COLUMN name", "person has no name"),
        ("DROP TABLE person", "person has no id, name"),
    ],
)
def test_whatever_is_gone_is_named(tmp_path: Path, script: str, lost: str) -> None:
    before = kept.rows_of(made(tmp_path / "a.db", BEFORE))
    after = kept.rows_of(made(tmp_path / "b.db", f"{BEFORE}; {script}"))
    assert kept.lost_between(before, after) == [lost]
