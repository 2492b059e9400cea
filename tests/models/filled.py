"""A store with something in every column of every table, whatever tables there are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Integer, Table, insert, inspect

from vfadmin.models import Base, UtcDateTime, portable
from vfadmin.models.base import Json
from vfadmin.models.portable import Row

NOW = datetime(2026, 3, 29, 3, 30, 0, 123456, tzinfo=UTC)
ROWS = 3

_WORDS = {
    "kind": {"person": "resource", "event_link": "customer", "worker": "desktop"},
    "mobile_sync": "syncml",
    "show_as": "tentative",
    "state": "passive",
    "calendar": "new",
    "status": "held",
    "decision": "skip",
}
"""Texts of which a table takes only some."""


def fill(connection: Connection) -> None:
    """Three rows in each table, of which the second has nothing where nothing may be; no trigger is asked."""
    for table in Base.metadata.sorted_tables:
        if table.name == portable.IDENTITY:
            continue
        rows = [{one.name: _value(table, one, n) for one in table.columns} for n in range(1, ROWS + 1)]
        connection.execute(insert(table), rows)


def content(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """All there is in the tables that are there, by the names of columns, in the order of keys."""
    return {
        shape.table: [dict(zip(names, row, strict=True)) for row in rows]
        for shape, names, rows in _tables(connection)
    }


def _tables(connection: Connection) -> Iterator[tuple[portable.Shape, list[str], list[Row]]]:
    there = inspect(connection)
    for shape in portable.shapes():
        if there.has_table(shape.table):
            known = {one["name"] for one in there.get_columns(shape.table)}
            kept = tuple(one for one in shape.columns if one[0] in known)
            cut = portable.Shape(shape.table, kept)
            yield cut, [name for name, _ in kept], list(portable.rows(connection, cut))


def _value(table: Table, column: Column[Any], n: int) -> Any:
    kind = column.type
    if column.foreign_keys or (column.primary_key and isinstance(kind, Integer)):
        return n
    if column.nullable and n == 2:
        return None
    made: dict[type, Any] = {
        Boolean: n % 2 == 1,
        Integer: n * 7,
        UtcDateTime: NOW + timedelta(days=n, hours=column.name == "ends_at"),
        type(Json): {"Å": [n, None, "ö😀"]},
    }
    found = [value for one, value in made.items() if isinstance(kind, one)]
    return found[0] if found else _text(table, column, n)


def _text(table: Table, column: Column[Any], n: int) -> str:
    word = _WORDS.get(column.name, f"{column.name} Å{n}")
    found = word.get(table.name, f"Ö{n}") if isinstance(word, dict) else word
    length = getattr(column.type, "length", None)
    return found[-length:] if length else found
