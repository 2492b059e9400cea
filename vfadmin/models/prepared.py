"""Statements that are built once and run often.

Building a statement anew and handing it through the unit of work costs several times what the database
takes for it. What every cycle of every mailbox does is therefore kept as a statement with parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable, Insert, Table, func, select, text
from sqlalchemy.orm import Session

_GIVEN_OUT = text("SELECT seq FROM sqlite_sequence WHERE name = :name")


def run(session: Session, statement: Executable, **values: object) -> CursorResult[*tuple[Any, ...]]:
    """Run the statement with its parameters in the session's transaction, past its unit of work.

    A parameter without a `bindparam` of its own is a column of the INSERT or UPDATE. Entities that the
    session holds already do not learn of what it writes.
    """
    session.flush()
    return session.connection().execute(statement, values)


def run_each(session: Session, statement: Executable, rows: Sequence[Mapping[str, object]]) -> None:
    """The same once for each of the rows, which all name the same parameters."""
    if rows:
        session.flush()
        session.connection().execute(statement, rows)


def add_each(session: Session, statement: Insert, rows: Sequence[Mapping[str, object]]) -> list[int]:
    """Add the rows and answer their ids, in their order, in a table whose key is one number.

    To SQLite an INSERT that answers something has to go once for each row. There the ids are chosen here:
    the transaction writes, so nobody else adds a row meanwhile.
    """
    if not rows:
        return []
    session.flush()
    connection, table = session.connection(), statement.table
    assert isinstance(table, Table)  # noqa: S101 - an INSERT into a mapped table
    if connection.dialect.name != "sqlite":
        returning = statement.returning(table.c.id, sort_by_parameter_order=True)
        return list(connection.execute(returning, rows).scalars())
    first = _last_id(connection, table) + 1
    numbers = list(range(first, first + len(rows)))
    connection.execute(statement, [{"id": one, **row} for one, row in zip(numbers, rows, strict=True)])
    return numbers


def _last_id(connection: Connection, table: Table) -> int:
    """The highest id that a row of the table has, or had where none is given out twice."""
    last: int = connection.execute(select(func.max(table.c.id))).scalar() or 0
    if table.dialect_options["sqlite"]["autoincrement"]:
        last = max(last, connection.execute(_GIVEN_OUT, {"name": table.name}).scalar() or 0)
    return last


def add(session: Session, statement: Insert, **values: object) -> int:
    """Add one row and answer its id, in a table whose key is one number the database gives."""
    session.flush()
    key = session.connection().execute(statement, values).inserted_primary_key
    number: int = key[0] if key else 0
    return number
