"""Statements that are built once and run often.

Building a statement anew and handing it through the unit of work costs several times what the database
takes for it. What every cycle of every mailbox does is therefore kept as a statement with parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import CursorResult, Executable, Insert
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert


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


def add_each(
    session: Session, statement: ReturningInsert[int], rows: Sequence[Mapping[str, object]]
) -> list[int]:
    """Add the rows and answer what the INSERT returns of each, in their order.

    It has to return with ``sort_by_parameter_order``.
    """
    if not rows:
        return []
    session.flush()
    return list(session.connection().execute(statement, rows).scalars())


def add(session: Session, statement: Insert, **values: object) -> int:
    """Add one row and answer its id, in a table whose key is one number the database gives."""
    session.flush()
    key = session.connection().execute(statement, values).inserted_primary_key
    number: int = key[0] if key else 0
    return number
