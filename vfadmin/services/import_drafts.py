"""Many persons at a time: read in one go, changed by what changes one, written in one go.

A hundred thousand rows through a session cost more than the database needs for all of it. What changes rows
only reads and sets their columns, so it changes a draft just as well; and only columns that differ in the end
are written, for the engine may be at work on the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from vfadmin.models import Integration, Person
from vfadmin.services.subjects import Subject
from vfadmin.services.transitions import new_integration

_KEY = "draft_key"


class Drafts:
    """Some persons and their integrations as drafts; they are written by `write` and not before."""

    def __init__(self, session: Session, ids: Sequence[int]) -> None:
        self._session = session
        self._persons = _Table(session, Person, Person.id, ids)
        self._integrations = _Table(session, Integration, Integration.person_id, ids)

    def subjects(self) -> Iterator[tuple[int, Subject]]:
        """Each person who is there, with the integration; both take changes as rows of a session do."""
        for number, person in self._persons.drafts.items():
            integration = self._integrations.drafts.get(number)
            yield number, (cast("Person", person), cast("Integration | None", integration))

    def integration_for(self, number: int) -> Integration:
        """The integration of that person, made if there is none yet."""
        known = self._integrations.drafts.get(number)
        if known is None:
            known = self._integrations.drafts[number] = SimpleNamespace(**columns_of(new_integration(number)))
        return cast("Integration", known)

    def write(self) -> None:
        """Write what differs from what was read."""
        self._persons.write()
        self._integrations.write()


class _Table:
    """The rows of one table by the person's id."""

    def __init__(
        self,
        session: Session,
        table: type[Person | Integration],
        key: InstrumentedAttribute[int],
        ids: Sequence[int],
    ) -> None:
        self._session, self._table, self._key = session, table, key
        # Where several write at a time, nobody else changes these until they are written.
        found = session.execute(select(table.__table__).where(key.in_(ids)).with_for_update())
        names = list(found.keys())
        place = names.index(key.key)
        self._read: dict[int, dict[str, Any]] = {
            row[place]: dict(zip(names, row, strict=True)) for row in found
        }
        self.drafts = {number: SimpleNamespace(**row) for number, row in sorted(self._read.items())}

    def write(self) -> None:
        pages: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for number, draft in self.drafts.items():
            before, now = self._read.get(number), vars(draft)
            values = dict(now) if before is None else _differing(before, now)
            if values:
                # Rows with one set of columns go together.
                pages.setdefault((str(before is None), *values), []).append(
                    values if before is None else {**values, _KEY: number}
                )
        connection = self._session.connection()
        changed = update(self._table).where(self._key == bindparam(_KEY))
        for (new, *_), page in pages.items():
            connection.execute(insert(self._table) if new == str(True) else changed, page)


def columns_of(row: Person | Integration) -> dict[str, Any]:
    """The columns of a row that no session knows."""
    return {name: value for name, value in vars(row).items() if not name.startswith("_")}


def _differing(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in now.items() if before[name] != value}
