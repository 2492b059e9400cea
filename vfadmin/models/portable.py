"""The rows of a store in a form of no database's: what a backup holds, and how it comes back.

A table is the names and kinds of its columns and its rows in the order of their keys, each a list of JSON
values. The same content has the same form on SQLite and PostgreSQL, so two stores are compared by it. A
value that is not of its column's kind, which SQLite keeps all the same, is told as it stands in an object.
"""

# ruff: noqa: S608 - statements are put together from the names of tables and columns

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Integer, Table, text

from vfadmin.models.base import Base, Json, UtcDateTime
from vfadmin.models.storable import storable, storable_json

Row = list[Any]
COUNTED = {"event": "id", "change_log": "seq"}
"""Tables whose numbers are never given out twice, and the columns that hold them."""

IDENTITY = "store_identity"
FLEETING = frozenset({"worker"})
"""Tables in no backup: which processes are running now is no content, and none comes back with one."""
_STRANGE = "as it stands"
_TOGETHER = 500


@dataclass(frozen=True, slots=True)
class Shape:
    """A table's name, and name and kind of each of its columns: int, bool, text, time or json."""

    table: str
    columns: tuple[tuple[str, str], ...]


class Unstorable(Exception):
    """The row of that number, counted from one, cannot be put into that table."""

    def __init__(self, table: str, row: int) -> None:
        super().__init__(f"{table}: {row}")
        self.table, self.row = table, row


def shapes() -> list[Shape]:
    """All tables of this version that are content, each behind those it refers to."""
    return [
        Shape(table.name, tuple((column.name, _kind(column)) for column in table.columns))
        for table in Base.metadata.sorted_tables
        if table.name not in FLEETING
    ]


def rows(connection: Connection, shape: Shape) -> Iterator[Row]:
    """The rows of a table in the order of its key, from a database of this version."""
    server = connection.dialect.name == "postgresql"
    quote = connection.dialect.identifier_preparer.quote
    # A server's own forms of times and JSON are read as text: they hold what Python's types do not.
    asked = [
        f"CAST({quote(name)} AS text)" if server and kind in {"time", "json"} else quote(name)
        for name, kind in shape.columns
    ]
    order = ", ".join(
        _in_one_order(column, server, quote(column.name)) for column in _table(shape).primary_key
    )
    query = text(f"SELECT {', '.join(asked)} FROM {quote(shape.table)} ORDER BY {order}")
    kinds = [kind for _, kind in shape.columns]
    found = connection.execute(query, execution_options={"yield_per": _TOGETHER})
    for row in found:
        yield [_told(value, kind) for value, kind in zip(row, kinds, strict=True)]


def put(connection: Connection, shape: Shape, content: Iterable[Row]) -> int:
    """Put rows into the table, which has these columns; how many. Raises Unstorable."""
    server = connection.dialect.name == "postgresql"
    quote = connection.dialect.identifier_preparer.quote
    places = [
        f"CAST(:v{number} AS {_SERVER_TYPES[kind]})" if server else f":v{number}"
        for number, (_, kind) in enumerate(shape.columns)
    ]
    names = ", ".join(quote(name) for name, _ in shape.columns)
    statement = text(f"INSERT INTO {quote(shape.table)} ({names}) VALUES ({', '.join(places)})")
    count = 0
    together: list[dict[str, Any]] = []
    for row in content:
        count += 1
        together.append(_taken(row, shape, count, server=server))
        if len(together) == _TOGETHER:
            connection.execute(statement, together)
            together = []
    if together:
        connection.execute(statement, together)
    return count


def counters(connection: Connection) -> dict[str, int]:
    """The highest number given out so far in each table that never gives one out twice."""
    if connection.dialect.name == "sqlite":
        told = connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence").all()
        return {name: seq for name, seq in told if name in COUNTED}
    found = {
        table: connection.exec_driver_sql(
            f"SELECT pg_sequence_last_value(pg_get_serial_sequence('{table}', '{column}'))"
        ).scalar()
        for table, column in COUNTED.items()
    }
    return {table: seq for table, seq in found.items() if seq is not None}


def count_on(connection: Connection, counted: dict[str, int]) -> None:
    """Let each table give out numbers above all it holds, and above those of `counters`."""
    if connection.dialect.name == "sqlite":
        for table, seq in counted.items():
            connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
            connection.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, seq))
        return
    for one in Base.metadata.sorted_tables:
        (key, *more) = one.primary_key.columns
        if more or not isinstance(key.type.dialect_impl(connection.dialect), Integer):
            continue
        owned = f"pg_get_serial_sequence('{one.name}', '{key.name}')"
        highest = f"GREATEST((SELECT max({key.name}) FROM {one.name}), {counted.get(one.name, 0)})"
        connection.exec_driver_sql(
            f"SELECT setval({owned}, {highest}) WHERE {owned} IS NOT NULL AND {highest} > 0"
        )


_SERVER_TYPES = {
    "int": "bigint",
    "bool": "boolean",
    "text": "text",
    "time": "timestamp with time zone",
    "json": "jsonb",
}


def _table(shape: Shape) -> Table:
    return Base.metadata.tables[shape.table]


def _kind(column: Column[Any]) -> str:
    if isinstance(column.type, UtcDateTime):
        return "time"
    if isinstance(column.type, type(Json)):
        return "json"
    if isinstance(column.type, Boolean):
        return "bool"
    return "int" if isinstance(column.type, Integer) else "text"


def _in_one_order(column: Column[Any], server: bool, name: str) -> str:
    """Texts by their bytes, as SQLite has them."""
    return f'{name} COLLATE "C"' if server and _kind(column) == "text" else name


def _told(value: Any, kind: str) -> Any:  # noqa: ANN401 - whatever a column holds
    if value is None or (kind == "int" and isinstance(value, int)):
        return value
    if kind == "bool" and value in {0, 1}:
        return bool(value)
    if isinstance(value, str):
        try:
            return _TELLERS[kind](value)
        except (KeyError, ValueError, OverflowError):
            return {_STRANGE: storable(value)}
    return {_STRANGE: base64.b64encode(value).decode() if isinstance(value, bytes) else value}


def _json_told(value: str) -> str:
    plain = storable_json(json.loads(value))
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _time_told(value: str) -> str:
    moment = datetime.fromisoformat(value)
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.isoformat(timespec="microseconds")


_TELLERS = {"text": storable, "json": _json_told, "time": _time_told}


def _taken(row: Row, shape: Shape, number: int, *, server: bool) -> dict[str, Any]:
    if len(row) != len(shape.columns):
        raise Unstorable(shape.table, number)
    return {
        f"v{place}": _value(value, kind, Unstorable(shape.table, number), server=server)
        for place, (value, (_, kind)) in enumerate(zip(row, shape.columns, strict=True))
    }


def _value(value: Any, kind: str, refused: Unstorable, *, server: bool) -> Any:  # noqa: ANN401 - see `_told`
    if isinstance(value, dict):
        if server or _STRANGE not in value:
            raise refused
        return value[_STRANGE]
    if value is None or server or kind not in {"time", "bool"}:
        return value
    if kind == "bool":
        return int(value)
    # The text form in which SQLAlchemy keeps a time on SQLite.
    return datetime.fromisoformat(value).strftime("%Y-%m-%d %H:%M:%S.%f")
