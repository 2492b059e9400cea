"""A person's own events in the store, behind the interface every keeper has."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, select, update
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from vfadmin.calendars.base import Capabilities, ChangePage, Fetched, Identity, Item, Mark, Side, Written
from vfadmin.calendars.event import Event
from vfadmin.calendars.sql.changes import PAGE, page_of, store_identity
from vfadmin.calendars.sql.rows import CAPABILITIES, COLUMNS, item_of, values_of
from vfadmin.errors import CalendarError, Failure, ItemGone, StaleVersion, StoreError, failure
from vfadmin.models import CalendarEvent
from vfadmin.models.store import Store

_LARGEST_ID = 2**63 - 1
_DIGITS = len(str(_LARGEST_ID))
_ROW_STATES = frozenset({"22", "23", "44", "54", "P0"})
"""Classes of SQLSTATE that refuse values: data, integrity, check option, limits, a trigger's raise."""


class SqlCalendar:
    """The events a person owns. Ids are those of the table ``event``; what is softly deleted is gone.

    ``default_type`` answers the event type of what arrives here (R13); it is asked at each creation.
    ``page`` is the most ids that one page of changes and one query carry.
    """

    side = Side.VALUEFRAME
    requests = 0

    def __init__(
        self,
        store: Store,
        person_id: int,
        *,
        clock: Callable[[], datetime],
        default_type: Callable[[], int | None],
        page: int = PAGE,
    ) -> None:
        self._store = store
        self._person = person_id
        self._clock = clock
        self._default_type = default_type
        self._page = page

    @property
    def capabilities(self) -> Capabilities:
        """Everything but participants, which have a table and rules of their own."""
        return CAPABILITIES

    def identity(self) -> Identity:
        """The store and the person."""
        with self._reading() as session:
            return Identity(store_identity(session), str(self._person))

    def changes(self, cursor: str | None) -> Iterator[ChangePage]:
        """See `Calendar.changes`. No page holds the database while its reader works on it."""
        last = False
        while not last:
            with self._reading() as session:
                page = page_of(session, self._person, cursor, self._page)
            yield page
            cursor, last = page.cursor, page.last

    def fetch(self, ids: Collection[str]) -> Fetched:
        """See `Calendar.fetch`. A row that another program filled with nonsense is a failure of its own."""
        wanted = sorted({number for one in ids if (number := _number(one)) is not None})
        items: dict[str, Item] = {}
        failures: dict[str, Failure] = {}
        for start in range(0, len(wanted), self._page):
            batch = wanted[start : start + self._page]
            with self._reading() as session:
                self._read_batch(session, batch, items, failures)
        return Fetched(items, failures)

    def find(self, key: str) -> tuple[Item, ...]:
        """See `Calendar.find`; here one at most."""
        with _item_errors(), self._reading() as session:
            row = self._row(session, CalendarEvent.sync_key == key)
            return () if row is None else (item_of(row),)

    def create(self, event: Event, mark: Mark, revive: str | None = None) -> Written:
        """See `Calendar.create`. A key that is there already answers its event, untouched.

        The deleted row that had the key, or else the one named by ``revive``, comes back with its links
        to customers and contacts (R11).
        """
        with self._writing() as session:
            there = self._row(session, CalendarEvent.sync_key == mark.key)
            if there is not None:
                return replace(_written(there), existing=True)
            old = self._deleted(session, mark.key, revive)
            number = (
                self._insert(session, event, mark) if old is None else self._revive(session, old, event, mark)
            )
            return self._shown(session, number)

    def update(self, item_id: str, event: Event, names: frozenset[str], version: str, mark: Mark) -> Written:
        """See `Calendar.update`; the version is compared in the statement that writes."""
        number = _number(item_id)
        with self._writing() as session:
            values = values_of(event, names) | self._marks(mark)
            if number is None or not self._write(session, number, version, values):
                raise self._refusal(session, number)
            return self._shown(session, number)

    def delete(self, item_id: str, version: str) -> None:
        """See `Calendar.delete`. The row stays and keeps its key, so that it can come back."""
        number = _number(item_id)
        if number is None:
            return
        with self._writing() as session:
            if self._write(session, number, version, {"deleted_at": self._clock()}):
                return
            refusal = self._refusal(session, number)
            if isinstance(refusal, StaleVersion):
                raise refusal

    def holds(self, ids: Collection[str]) -> frozenset[str]:
        """See `Calendar.holds`."""
        return frozenset(self.fetch(ids).items)

    def bring(self, item_id: str) -> str | None:
        """See `Calendar.bring`. A person has one calendar here, so what is there is in it."""
        return item_id if self.holds([item_id]) else None

    def close(self) -> None:
        """Nothing to let go of: the store is shared."""

    def _read_batch(
        self, session: Session, batch: list[int], items: dict[str, Item], failures: dict[str, Failure]
    ) -> None:
        try:
            rows = session.execute(self._select(CalendarEvent.id.in_(batch))).all()
            items.update((str(row.id), item_of(row)) for row in rows)
        except (ValueError, TypeError, OverflowError, DataError) as error:
            if len(batch) == 1:
                failures[str(batch[0])] = failure("EX-ITEM-03", detail=type(error).__name__)
                return
            for number in batch:
                self._read_batch(session, [number], items, failures)

    def _insert(self, session: Session, event: Event, mark: Mark) -> int:
        now = self._clock()
        values = values_of(event) | self._marks(mark)
        values |= {
            "owner_id": self._person,
            "type_id": self._default_type(),
            "created_at": mark.created or now,
            "uid": mark.uid,
        }
        number: int = session.execute(
            insert(CalendarEvent).values(values).returning(CalendarEvent.id)
        ).scalar_one()
        return number

    def _revive(self, session: Session, number: int, event: Event, mark: Mark) -> int:
        values = values_of(event) | self._marks(mark) | {"deleted_at": None}
        session.execute(update(CalendarEvent).where(CalendarEvent.id == number).values(values))
        return number

    def _deleted(self, session: Session, key: str, revive: str | None) -> int | None:
        """The softly deleted row that carries the key, or else the one with that id."""
        mine = (CalendarEvent.owner_id == self._person, CalendarEvent.deleted_at.is_not(None))
        keyed = session.scalar(select(CalendarEvent.id).where(*mine, CalendarEvent.sync_key == key))
        number = None if revive is None else _number(revive)
        if keyed is not None or number is None:
            return keyed
        return session.scalar(select(CalendarEvent.id).where(*mine, CalendarEvent.id == number))

    def _marks(self, mark: Mark) -> dict[str, Any]:
        values: dict[str, Any] = {
            "sync_key": mark.key,
            "sync_stamp": mark.stamp,
            "modified_at": mark.modified or self._clock(),
        }
        if mark.created is not None:
            values["created_at"] = mark.created
        return values

    def _write(self, session: Session, number: int, version: str, values: dict[str, Any]) -> bool:
        read = _number(version)
        if read is None:
            return False
        statement = (
            update(CalendarEvent)
            .where(*self._mine(), CalendarEvent.id == number, CalendarEvent.version == read)
            .values(values)
        )
        return session.connection().execute(statement).rowcount == 1

    def _refusal(self, session: Session, number: int | None) -> CalendarError:
        row = None if number is None else self._row(session, CalendarEvent.id == number)
        return ItemGone(failure("EX-ITEM-01")) if row is None else StaleVersion(failure("EX-ITEM-02"))

    def _shown(self, session: Session, number: int) -> Written:
        # A trigger moves the version after the statement, so what the statement returns is not it.
        row = self._row(session, CalendarEvent.id == number)
        if row is None:
            raise ItemGone(failure("EX-ITEM-01"))
        return _written(row)

    def _row(self, session: Session, condition: ColumnElement[bool]) -> Row[Any] | None:
        return session.execute(self._select(condition)).one_or_none()

    def _select(self, condition: ColumnElement[bool]) -> Any:  # noqa: ANN401 - a Select of 21 columns
        return select(*COLUMNS).where(*self._mine(), condition)

    def _mine(self) -> tuple[ColumnElement[bool], ...]:
        return CalendarEvent.owner_id == self._person, CalendarEvent.deleted_at.is_(None)

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with _calendar_errors(), self._store.read() as session:
            yield session

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        with _item_errors(), _calendar_errors(), self._store.write() as session:
            yield session


@contextmanager
def _calendar_errors() -> Iterator[None]:
    try:
        yield
    except StoreError as error:
        raise CalendarError(error.failure) from error


@contextmanager
def _item_errors() -> Iterator[None]:
    """What concerns the one event that is looked for or written, as its failure."""
    try:
        yield
    except (ValueError, TypeError, OverflowError) as error:
        raise CalendarError(failure("EX-ITEM-03", detail=type(error).__name__)) from error
    except DBAPIError as error:
        if not _about_the_row(error):
            raise
        raise CalendarError(failure("EX-ITEM-03", detail=_name_of(error))) from error


def _about_the_row(error: DBAPIError) -> bool:
    """Whether the database refuses the values rather than being in trouble itself."""
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        return isinstance(error, IntegrityError | DataError)
    return str(state)[:2] in _ROW_STATES


def _name_of(error: DBAPIError) -> str:
    """What was broken, by the constraint's name or the error's: PostgreSQL's texts quote the row (R31)."""
    constraint = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
    return str(constraint or type(error.orig).__name__)


def _written(row: Row[Any]) -> Written:
    item = item_of(row)
    return Written(item.id, item.version, item.uid, item.event)


def _number(text: str) -> int | None:
    """The id or version that the text is, in the one form in which it was given out."""
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS):
        return None
    number = int(text)
    return number if number <= _LARGEST_ID and str(number) == text else None
