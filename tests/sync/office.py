"""A customer with a dozen persons, for tests of many mailboxes at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select, update

from tests.strategies import NOW, plain
from vfadmin.calendars.base import Calendar, Identity, Side
from vfadmin.calendars.sql.calendar import SqlCalendar
from vfadmin.calendars.sql.changes import store_identity
from vfadmin.errors import CalendarError, failure
from vfadmin.models import CalendarEvent, Cursor, Integration, Person, Run
from vfadmin.models.store import Store
from vfadmin.sync.cycle import Bench
from vfadmin.sync.engine import Engine
from vfadmin.sync.mailbox import Mailbox
from vfadmin.sync.values import Policy

PEOPLE = range(1, 13)


class Office:
    """A dozen persons, each with a calendar in either of two stores."""

    def __init__(self, store: Store, far: Store) -> None:
        self.store, self.far, self.now = store, far, NOW
        self.broken: set[int] = set()
        for place in (store, far):
            with place.write() as session:
                session.add_all(Person(id=one, name=f"P{one}", sort_name=f"p{one}") for one in PEOPLE)
        with store.write() as session:
            session.add_all(
                Integration(person_id=one, login=f"p{one}@example.test", state="active") for one in PEOPLE
            )

    def valueframe(self, person_id: int) -> Calendar:
        return SqlCalendar(self.store, person_id, clock=lambda: self.now, default_type=lambda: None)

    def exchange(self, mailbox: Mailbox) -> Calendar:
        if mailbox.person_id in self.broken:
            raise CalendarError(failure("EX-BUSY-01", mailbox=mailbox.login, retry_after=300))
        keeper = SqlCalendar(self.far, mailbox.person_id, clock=lambda: self.now, default_type=lambda: None)
        keeper.side = Side.EXCHANGE  # type: ignore[misc] # the far side is a store here
        return keeper

    def resolve(self, mailbox: Mailbox) -> str:
        return mailbox.login

    def prepare(self, _mailbox: Mailbox, address: str) -> Identity:
        return Identity(address, "calendar")

    def add(self, person_id: int, title: str, store: Store | None = None) -> None:
        event = plain(title)
        with (store or self.store).write() as session:
            session.add(
                CalendarEvent(
                    owner_id=person_id,
                    title=title,
                    starts_at=event.when.start,
                    ends_at=event.when.end,
                    created_at=NOW,
                    modified_at=NOW,
                )
            )

    def be_in_step(self) -> None:
        """As after everybody's first cycle, with nothing in either calendar."""
        with self.far.read() as session:
            far = store_identity(session)
        ran = {"started_at": NOW, "finished_at": NOW}
        with self.store.write() as session:
            near = store_identity(session)
            session.execute(
                update(Integration).values(
                    connection="ews",
                    mailbox=Integration.login,
                    mailbox_identity=Integration.login,
                    folder_identity="calendar",
                    matched=True,
                    last_synced_at=NOW,
                    next_run_at=NOW + timedelta(minutes=2),
                    fence=1,
                )
            )
            sides = {Side.VALUEFRAME: near, Side.EXCHANGE: far}.items()
            session.add_all(
                Cursor(person_id=one, side=side.value, token=f"{place}:{one}:0")
                for one in PEOPLE
                for side, place in sides
            )
            session.execute(insert(Run), [{"person_id": one, **ran} for one in PEOPLE])

    def far_titles(self) -> list[str]:
        with self.far.read() as session:
            return sorted(session.scalars(select(CalendarEvent.title)))

    def engine(self, *, enabled: bool = True, workers: int = 4, **more: Any) -> Engine:
        bench = Bench(
            store=self.store,
            doors=self,
            clock=lambda: self.now,
            policy=Policy,
            owner="test",
            poll=lambda: timedelta(minutes=2),
        )
        return Engine(bench, enabled=lambda: enabled, workers=workers, **more)
