"""What is in an SQLite file, and what of it is not in another one; read without anything of ours."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

Row = tuple[object, ...]
Rows = Mapping[str, tuple[tuple[str, ...], Counter[Row]]]
"""The names of the columns and the rows of each table."""

_OF_EACH_VERSION = {"alembic_version"}


def rows_of(database: Path) -> Rows:
    """Every table of the file but the search index's own."""
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        asked = "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"
        names = [name for (name,) in connection.execute(asked) if not name.startswith("sqlite_")]
        found: dict[str, tuple[tuple[str, ...], Counter[Row]]] = {}
        for name in names:
            cursor = connection.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - named by the database itself
            columns = tuple(one[0] for one in cursor.description)
            found[name] = columns, Counter(cursor.fetchall())
    return found


def lost_between(before: Rows, after: Rows) -> list[str]:
    """Tables, columns and rows of the one that the other has not; what it has besides is nobody's loss."""
    lost = []
    for table, (columns, rows) in before.items():
        if table in _OF_EACH_VERSION:
            continue
        now, there = after.get(table, ((), Counter()))
        if gone := sorted(set(columns) - set(now)):
            lost.append(f"{table} has no {', '.join(gone)}")
            continue
        places = [now.index(one) for one in columns]
        cut: Counter[Row] = Counter()
        for row, times in there.items():
            cut[tuple(row[one] for one in places)] += times
        lost += [f"{table} has no {row}" for row in rows - cut]
    return lost
