"""Two calendars, the people who use them and the engine between them, for the engine's tests.

A world can be told to fail at a place: before or after the n-th write to a calendar, by a broken connection
or by the end of the process, or at the n-th commit of the store.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from tests.empty_database import opened_empty
from tests.stores import STORES
from tests.strategies import NOW, UNREADABLE_END
from tests.sync.together import sync_as_in_a_round, unmoved_in
from vfadmin.calendars.base import (
    Calendar,
    Capabilities,
    ChangePage,
    Draft,
    Fetched,
    Identity,
    Item,
    Mark,
    Naming,
    Side,
    Together,
    Written,
    write_alone,
)
from vfadmin.calendars.codec import recurrence_json
from vfadmin.calendars.event import Event, Recurrence, ShowAs, When, canonical
from vfadmin.calendars.series_json import Clock, read_day, read_override
from vfadmin.calendars.sql.calendar import SqlCalendar
from vfadmin.errors import CalendarError, failure
from vfadmin.models import Base, CalendarEvent, Cursor, Integration, Pair, Person
from vfadmin.models.prepared import run
from vfadmin.models.store import Store, open_store
from vfadmin.sync.cycle import Bench, sync_mailbox
from vfadmin.sync.lease import LENGTH
from vfadmin.sync.mailbox import Mailbox
from vfadmin.sync.values import GuardLimits, MailboxResult, Policy

PERSON = 1042
_KEPT = 1_000_000
"""Where a world that goes on begins to count its keys: beyond those that are there."""


class Killed(BaseException):
    """The process ended here."""


@dataclass(slots=True)
class Fault:
    """What goes wrong next: ``place`` is before-write, after-write, before-commit or after-commit."""

    place: str
    nth: int
    kill: bool

    def strike(self, place: str) -> None:
        """Pass a place; the fault strikes at its n-th passing and is used up."""
        if place != self.place or self.nth <= 0:
            return
        self.nth -= 1
        if self.nth == 0:
            if self.kill:
                raise Killed
            raise CalendarError(failure("EX-CONN-05", host="exchange.example.test"))


def one_by_one(calendar: Calendar, drafts: Sequence[Draft]) -> list[Written | CalendarError]:
    """Writes that are given together, each by itself: for who breaks single ones."""

    def outcome(draft: Draft) -> Written | CalendarError:
        try:
            return write_alone(calendar, draft)
        except CalendarError as error:
            return error

    return [outcome(one) for one in drafts]


class FaultyCalendar:
    """A calendar whose connection may break around a write."""

    def __init__(self, inner: Calendar, strike: Callable[[str], None]) -> None:
        self._inner = inner
        self._strike = strike

    @property
    def side(self) -> Side:
        return self._inner.side

    @property
    def capabilities(self) -> Capabilities:
        return self._inner.capabilities

    @property
    def requests(self) -> int:
        return self._inner.requests

    def identity(self) -> Identity:
        return self._inner.identity()

    def changes(self, cursor: str | None) -> Iterator[ChangePage]:
        return self._inner.changes(cursor)

    def fetch(self, ids: Collection[str]) -> Fetched:
        return self._inner.fetch(ids)

    def find(self, key: str) -> tuple[Item, ...]:
        return self._inner.find(key)

    def create(self, event: Event, mark: Mark, revive: str | None = None) -> Written:
        self._strike("before-write")
        written = self._inner.create(event, mark, revive)
        self._strike("after-write")
        return written

    def update(self, item_id: str, event: Event, names: frozenset[str], version: str, mark: Mark) -> Written:
        self._strike("before-write")
        written = self._inner.update(item_id, event, names, version, mark)
        self._strike("after-write")
        return written

    @property
    def most(self) -> int:
        return self._inner.most if isinstance(self._inner, Together) else 1

    def write_together(self, drafts: Sequence[Draft]) -> Sequence[Written | CalendarError]:
        """A connection that breaks in the middle: what comes before that place has landed all the same."""
        assert isinstance(self._inner, Together)
        done = 0
        try:
            for number in range(len(drafts)):
                self._strike("before-write")
                done = number + 1
                self._strike("after-write")
        except CalendarError as error:
            self._inner.write_together(drafts[:done])
            return [error] * len(drafts)
        except Killed:
            self._inner.write_together(drafts[:done])
            raise
        return self._inner.write_together(drafts)

    def delete(self, item_id: str, version: str) -> None:
        self._strike("before-write")
        self._inner.delete(item_id, version)
        self._strike("after-write")

    def rescue(self, item: Item, since: datetime) -> bool:
        return self._inner.rescue(item, since)

    def name(self, names: Collection[Naming]) -> Mapping[str, str]:
        return self._inner.name(names)

    def close(self) -> None:
        self._inner.close()


class MortalStore(Store):
    """A store whose process may end right before or right after a commit."""

    strike: Callable[[str], None] = staticmethod(lambda _place: None)

    @contextmanager
    def write(self) -> Iterator[Session]:
        with super().write() as session:
            yield session
            self.strike("before-commit")
        self.strike("after-commit")


class ExchangeSide(Protocol):
    """A side of a world, and its user."""

    def calendar(self) -> Calendar: ...
    def whole(self) -> Calendar: ...
    def reset(self) -> None: ...
    def add(self, event: Event) -> str: ...
    def edit(self, item_id: str, **changes: Any) -> None: ...
    def remove(self, item_id: str) -> None: ...
    def copy(self, item_id: str, title: str) -> str: ...
    def touch(self, item_id: str) -> None: ...
    def ids(self) -> dict[str, str]: ...
    def mails(self) -> int: ...


class NearSide(ExchangeSide, Protocol):
    """ValueFrame's side of a world, where other programs write as well."""

    def spoil(self, item_id: str) -> str: ...
    def mend(self, item_id: str) -> None: ...


class World:
    """One person, his two calendars and the engine; both are emptied first unless it is told to ``keep``."""

    def __init__(
        self,
        store: MortalStore,
        exchange: ExchangeSide,
        *,
        keep: bool = False,
        valueframe: NearSide | None = None,
    ) -> None:
        self.store = store
        self.exchange = exchange
        self.valueframe: NearSide = valueframe or StoreUser(store)
        self.fault: Fault | None = None
        self.now = NOW
        self.policy = Policy(guard=GuardLimits(minimum=10_000, maximum=10_000, share=10_000, hold_all=False))
        store.strike = self.strike
        self.bench = Bench(
            store=store,
            doors=Doors(self),
            clock=lambda: self.now,
            policy=lambda: self.policy,
            owner="test",
            poll=lambda: timedelta(minutes=2),
            # In the order of their making: where a fault strikes must not depend on chance.
            new_id=lambda: str(UUID(int=next(self._ids))),
            unmoved=unmoved_in(store) if valueframe is None else lambda _: (),
        )
        self._ids = count(_KEPT if keep else 1)
        if not keep:
            self.reset()

    def reset(self) -> None:
        """Empty both calendars and all that the engine remembers."""
        self.fault = None
        self.now = NOW
        self._ids = count(1)
        self.valueframe.reset()
        empty(self.store)
        with self.store.write() as session:
            session.add(Person(id=PERSON, name="Virtanen, Äijö", sort_name="virtanen"))
            session.flush()
            session.add(Integration(person_id=PERSON, login="aijo@example.test", state="active"))
        self.exchange.reset()

    def sync(self, fault: Fault | None = None, *, complete: bool = False) -> MailboxResult | None:
        """One cycle, or a complete comparison; None when the process was killed in it."""
        self.fault = fault
        self.now += timedelta(seconds=1)
        try:
            if complete:
                return sync_mailbox(self.bench, PERSON, complete=True)
            return sync_as_in_a_round(self.bench, PERSON)[0]
        except Killed:
            self.now += LENGTH  # a dead process's lease has to run out
            return None
        finally:
            self.fault = None

    def settle(self, cycles: int = 3) -> MailboxResult:
        """Clean cycles until one writes nothing; fails when ``cycles`` of them and one more all wrote."""
        for _ in range(cycles + 1):
            result = self.sync()
            assert result is not None
            assert result.ok, result
            if not (result.pulled or result.pushed or result.deleted):
                return result
        raise AssertionError(f"still writing after {cycles} clean cycles: {result}")

    def set_aside(self) -> int:
        """How many pairs wait for their own time."""
        with self.store.read() as session:
            return run(session, _SET_ASIDE, now=self.now).scalar_one()  # type: ignore[no-any-return]

    def lose_cursor(self, side: Side) -> None:
        """The far side forgets how far we had read."""
        with self.store.write() as session:
            session.execute(update(Cursor).where(Cursor.side == side.value).values(token="forgotten"))

    def shown(self, side: Side) -> list[Event]:
        """All events of that side, in an order of their own."""
        calendar = self.valueframe.calendar() if side is Side.VALUEFRAME else self.exchange.whole()
        return sorted(everything(calendar), key=lambda event: (event.title, event.when.start, event.text))

    def strike(self, place: str) -> None:
        """Pass a place where a fault may strike."""
        if self.fault is not None:
            self.fault.strike(place)


class Doors:
    """Opens a world's calendars for the engine, through its faults."""

    def __init__(self, world: World) -> None:
        self._world = world

    def valueframe(self, person_id: int) -> Calendar:
        assert person_id == PERSON
        return FaultyCalendar(self._world.valueframe.calendar(), self._world.strike)

    def exchange(self, _mailbox: Mailbox) -> Calendar:
        return FaultyCalendar(self._world.exchange.calendar(), self._world.strike)

    def resolve(self, mailbox: Mailbox) -> str:
        return mailbox.login

    def prepare(self, _mailbox: Mailbox, address: str) -> Identity:
        return Identity(address, "calendar")


def everything(calendar: Calendar) -> list[Event]:
    """All events of a calendar."""
    ids = [one.id for page in calendar.changes(None) for one in page.changed]
    return [item.event for item in calendar.fetch(ids).items.values()]


_EMPTY = [
    delete(table)
    for table in reversed(Base.metadata.sorted_tables)
    if not table.name.startswith(("setting", "store", "change_floor"))
]
_IDS = select(CalendarEvent.title, CalendarEvent.id).where(CalendarEvent.deleted_at.is_(None))
_SET_ASIDE = select(func.count()).where(Pair.next_try_at > bindparam("now"))
_WRITE = update(CalendarEvent).where(CalendarEvent.id == bindparam("row"))


def empty(store: Store) -> None:
    """Delete every row of every table."""
    with store.write() as session:
        for statement in _EMPTY:
            run(session, statement)


class StoreUser:
    """A ValueFrame user, or another program that writes into the store."""

    def __init__(self, store: Store, side: Side = Side.VALUEFRAME) -> None:
        self._store = store
        self._side = side
        self._copies = count()
        self._sound: dict[str, dict[str, Any]] = {}

    def calendar(self) -> Calendar:
        """The keeper on this store."""
        keeper = SqlCalendar(self._store, PERSON, clock=lambda: NOW, default_type=lambda: None)
        if self._side is Side.EXCHANGE:
            keeper.side = Side.EXCHANGE  # type: ignore[misc] # the far side of a world made of two stores
        return keeper

    def whole(self) -> Calendar:
        """All of it, however old."""
        return self.calendar()

    def reset(self) -> None:
        """Empty the store but for the person."""
        empty(self._store)
        with self._store.write() as session:
            session.add(Person(id=PERSON, name="Virtanen, Äijö", sort_name="virtanen"))

    def add(self, event: Event) -> str:
        """Add an event as another program would: without any mark of ours."""
        values = columns(canonical(event)) | {"owner_id": PERSON, "created_at": NOW, "modified_at": NOW}
        with self._store.write() as session:
            made = session.execute(insert(CalendarEvent).values(values).returning(CalendarEvent.id))
            return str(made.scalar_one())

    def edit(self, item_id: str, **changes: Any) -> None:
        """Edit fields of the event by their names in `Event`."""
        with self._store.write() as session:
            row = session.get_one(CalendarEvent, int(item_id))
            edited = columns(replace(_event(row), **changes))
            run(session, _WRITE, row=row.id, **edited)

    def remove(self, item_id: str) -> None:
        """Delete softly."""
        with self._store.write() as session:
            run(session, _WRITE, row=int(item_id), deleted_at=NOW)

    def copy(self, item_id: str, title: str) -> str:
        """Copy an event under another title."""
        with self._store.read() as session:
            event = _event(session.get_one(CalendarEvent, int(item_id)))
        return self.add(replace(event, title=title))

    def spoil(self, item_id: str) -> str:
        """Fill the row with nonsense, as another program might; the code it is known by then."""
        with self._store.write() as session:
            row = session.get_one(CalendarEvent, int(item_id))
            self._sound[item_id] = {"all_day": row.all_day, "ends_at": row.ends_at}
            run(session, _WRITE, row=row.id, all_day=True, ends_at=UNREADABLE_END)
        return "EX-ITEM-03"

    def mend(self, item_id: str) -> None:
        """Set right what was spoilt."""
        with self._store.write() as session:
            run(session, _WRITE, row=int(item_id), **self._sound.pop(item_id))

    def touch(self, item_id: str) -> None:
        """Move the version without a change of content."""
        with self._store.write() as session:
            session.execute(
                update(CalendarEvent)
                .where(CalendarEvent.id == int(item_id))
                .values(version=CalendarEvent.version + 1)
            )

    def mails(self) -> int:
        """A store mails nobody."""
        return 0

    def ids(self) -> dict[str, str]:
        """The ids of the live events by title."""
        with self._store.read() as session:
            return {title: str(id_) for title, id_ in run(session, _IDS)}


def columns(event: Event) -> dict[str, Any]:
    """The content columns of an event, written as another program would write them."""
    rule = recurrence_json(event.recurrence) or {"rrule": None, "exceptions": [], "deleted": []}
    return {
        "title": event.title,
        "location": event.location,
        "body": event.text,
        "starts_at": event.when.start,
        "ends_at": event.when.end,
        "all_day": event.when.all_day,
        "zone": event.when.zone,
        "private": event.private,
        "show_as": event.show_as.value,
        "reminder_minutes": event.reminder_minutes,
        "acknowledged": event.acknowledged,
        "rrule": rule["rrule"],
        "exceptions": rule["exceptions"],
        "deleted_occurrences": rule["deleted"],
    }


def _event(row: CalendarEvent) -> Event:
    clock = Clock(row.zone)
    return Event(
        recurrence=None
        if row.rrule is None
        else Recurrence(
            row.rrule,
            tuple(read_override(one, clock) for one in row.exceptions),
            tuple(read_day(one, clock) for one in row.deleted_occurrences),
        ),
        title=row.title,
        when=When(row.starts_at, row.ends_at, row.all_day, row.zone),
        location=row.location,
        text=row.body,
        private=row.private,
        show_as=ShowAs(row.show_as),
        reminder_minutes=row.reminder_minutes,
        acknowledged=row.acknowledged,
    )


def store_at(path: Path) -> MortalStore:
    """The store there, or a fresh one, that can die at a commit."""
    store = open_store(STORES.url(path)) if STORES.exists(path) else opened_empty(path)
    return MortalStore(store.engine, store.place)
