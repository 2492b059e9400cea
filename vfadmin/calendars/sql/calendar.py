"""A person's events in the store, behind the interface every keeper has."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from vfadmin.calendars.base import (
    Capabilities,
    ChangePage,
    Draft,
    Fetched,
    Identity,
    Item,
    Mark,
    Naming,
    Side,
    Written,
    write_alone,
)
from vfadmin.calendars.event import Event
from vfadmin.calendars.sql.changes import PAGE, page_of, store_identity
from vfadmin.calendars.sql.numbers import number_of
from vfadmin.calendars.sql.people import people_of
from vfadmin.calendars.sql.rows import CAPABILITIES
from vfadmin.calendars.sql.together import MOST, write_all
from vfadmin.calendars.sql.writing import Pen
from vfadmin.errors import CalendarError, Failure, ItemGone, Scope, StoreError, failure
from vfadmin.models.store import Store

_ROW_STATES = frozenset({"22", "23", "44", "54", "P0"})
"""Classes of SQLSTATE that refuse values: data, integrity, check option, limits, a trigger's raise."""


def _always() -> bool:
    return True


def _never() -> bool:
    return False


class SqlCalendar:
    """The events a person owns or takes part in. Ids are those of the table ``event``.

    What is softly deleted is gone, and so is what the person declined. ``default_type`` answers the type of
    events that arrive here (R13) and is asked at each creation; ``linked`` says whether links to persons
    travel (R9), ``tentative`` whether what the person has not acknowledged is shown as tentative (R16).
    ``page`` is the most ids that one page of changes and one query carry.
    """

    side = Side.VALUEFRAME
    requests = 0
    most = MOST

    def __init__(
        self,
        store: Store,
        person_id: int,
        *,
        clock: Callable[[], datetime],
        default_type: Callable[[], int | None],
        linked: Callable[[], bool] = _always,
        tentative: Callable[[], bool] = _never,
        page: int = PAGE,
    ) -> None:
        self._store = store
        self._person = person_id
        self._clock = clock
        self._default_type = default_type
        self._linked, self._tentative = linked(), tentative()
        # Once for a cycle: nobody's address changes while one event after the other is written.
        self._people = cache(lambda: people_of(store))
        self._page = page

    @property
    def capabilities(self) -> Capabilities:
        """Everything."""
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
                page = page_of(session, self._person, cursor, self._page, linked=self._linked)
            yield page
            cursor, last = page.cursor, page.last

    def fetch(self, ids: Collection[str]) -> Fetched:
        """See `Calendar.fetch`. A row that another program filled with nonsense is a failure of its own."""
        wanted = sorted({number for one in ids if (number := number_of(one)) is not None})
        items: dict[str, Item] = {}
        failures: dict[str, Failure] = {}
        for start in range(0, len(wanted), self._page):
            batch = wanted[start : start + self._page]
            with self._reading() as session:
                self._read_batch(session, batch, items, failures)
        return Fetched(items, failures)

    anywhere = fetch  # a person has one calendar here

    def find(self, key: str) -> tuple[Item, ...]:
        """See `Calendar.find`; here one at most."""
        with _item_errors(), self._reading() as session:
            found = self._pen(session).by_key(key)
            return () if found is None else (found,)

    def create(self, event: Event, mark: Mark, revive: str | None = None) -> Written:
        """See `Calendar.create`. A key that is there already answers its event, untouched.

        So does a UID under which another person's mailbox has brought the meeting: it is one event for all,
        and this person takes part in it. The deleted row that had the key, or else the one named by
        ``revive``, comes back with its links to customers and contacts (R11).
        """
        with self._writing() as pen:
            return pen.create(event, mark, None if revive is None else number_of(revive))

    def update(self, item_id: str, event: Event, names: frozenset[str], version: str, mark: Mark) -> Written:
        """See `Calendar.update`; the version is compared in the transaction that writes."""
        number, read = number_of(item_id), number_of(version)
        if number is None:
            raise ItemGone(failure("EX-ITEM-01"))
        with self._writing() as pen:
            return pen.update(number, event, names, -1 if read is None else read, mark)

    def write_together(self, drafts: Sequence[Draft]) -> Sequence[Written | CalendarError]:
        """See `Together.write_together`. One transaction; each by itself where one of them fails."""
        try:
            with self._writing() as pen:
                return write_all(pen, drafts)
        except CalendarError as error:
            if error.failure.scope is not Scope.ITEM:
                return [error] * len(drafts)
        return [self._alone(one) for one in drafts]

    def _alone(self, draft: Draft) -> Written | CalendarError:
        try:
            return write_alone(self, draft)
        except CalendarError as error:
            return error

    def delete(self, item_id: str, version: str) -> None:
        """See `Calendar.delete`. The row stays and keeps its key, so that it can come back.

        Somebody else's event is declined: it leaves this person's calendar and nobody else's.
        """
        number, read = number_of(item_id), number_of(version)
        if number is None:
            return
        with self._writing() as pen:
            try:
                pen.delete(number, -1 if read is None else read)
            except ItemGone:
                return

    def rescue(self, item: Item, since: datetime) -> bool:  # noqa: ARG002
        """Never: what was edited is not deleted."""
        return False

    def name(self, names: Collection[Naming]) -> Mapping[str, str]:
        """See `Calendar.name`. Not a change of the events: nobody is told."""
        numbers = {number: one for one in names if (number := number_of(one.id)) is not None}
        with self._writing() as pen:
            return {str(number): uid for number, uid in pen.name(numbers).items()}

    def known_as(self, uids: Collection[str]) -> Mapping[str, str]:
        """See `Calendar.known_as`."""
        with self._reading() as session:
            return self._pen(session).known_as(uids)

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
            items.update((item.id, item) for item in self._pen(session).items(batch))
        except (ValueError, TypeError, OverflowError, DataError) as error:
            if len(batch) == 1:
                failures[str(batch[0])] = failure("EX-ITEM-03", detail=type(error).__name__)
                return
            for number in batch:
                self._read_batch(session, [number], items, failures)

    def _pen(self, session: Session) -> Pen:
        return Pen(
            session,
            self._person,
            self._clock(),
            self._linked,
            self._default_type,
            self._people,
            self._tentative,
        )

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with _calendar_errors(), self._store.read() as session:
            yield session

    @contextmanager
    def _writing(self) -> Iterator[Pen]:
        with _item_errors(), _calendar_errors(), self._store.write() as session:
            yield self._pen(session)


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
