"""Statements that are built once and run often.

Building a statement anew and handing it through the unit of work costs several times what the database
takes for it. What every cycle of every mailbox does is therefore kept as a statement with parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import CursorResult, Executable, Insert
from sqlalchemy.orm import Session


def run(session: Session, statement: Executable, **values: object) -> CursorResult[*tuple[Any, ...]]:
    """Run the statement with its parameters in the session's transaction, past its unit of work.

    A parameter without a `bindparam` of its own is a column of the INSERT or UPDATE. Entities that the
    session holds already do not learn of what it writes.
    """
    session.flush()
    return session.connection().execute(statement, values)


def run_many(session: Session, statement: Executable, rows: Sequence[Mapping[str, object]]) -> None:
    """Run the statement once for each of these rows of parameters, all of them handed over together."""
    session.flush()
    if rows:
        session.connection().execute(statement, [dict(one) for one in rows])


def add(session: Session, statement: Insert, **values: object) -> int:
    """Add one row and answer its id, in a table whose key is one number the database gives."""
    session.flush()
    key = session.connection().execute(statement, values).inserted_primary_key
    number: int = key[0] if key else 0
    return number
