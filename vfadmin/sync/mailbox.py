"""The mailbox of one person as the engine sees it, and the doors through which it is reached."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Row, bindparam, or_, select, update
from sqlalchemy.orm import Session

from vfadmin.calendars.base import Calendar, Identity
from vfadmin.errors import CalendarError, Failure, UsageError, VfadminError, failure
from vfadmin.models import Connection, Integration, Person, PersonKind, State
from vfadmin.models.prepared import run
from vfadmin.models.store import Store
from vfadmin.sync.lease import Lease, renew
from vfadmin.sync.routes import ELSEWHERE, UNKNOWN, ways_of

HELD = "EX-MBX-07"
"""Another mailbox or calendar stands behind the login: an admin decides."""
NO_CALENDAR = "EX-CAL-01"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One integration, as read at the start of a cycle.

    ``connection`` leads to it, or is tried first; ``others`` are tried after it (see `routes`). ``settings``
    is the version of that connection's settings, where it was read together with the mailbox.
    """

    person_id: int
    login: str
    address: str | None
    choice: str
    calendar_name: str
    connection: str
    identity: Identity | None
    matched: bool
    attempts: int
    others: tuple[str, ...] = ()
    settings: int | None = None


class UnreachedError(VfadminError):
    """The mailbox was not found; ``connection`` is the one whose answer that was."""

    def __init__(self, found: Failure, connection: str) -> None:
        super().__init__(found)
        self.connection = connection


@contextmanager
def _behind(connection: str) -> Iterator[None]:
    """What fails inside is told of that connection, which may be another than the one tried first."""
    try:
        yield
    except UnreachedError:
        raise
    except VfadminError as error:
        raise UnreachedError(error.failure, connection) from error


class Doors(Protocol):
    """How calendars are reached. Built once for a process and shared by its threads."""

    def valueframe(self, person_id: int) -> Calendar:
        """The person's calendar in ValueFrame."""

    def exchange(self, mailbox: Mailbox) -> Calendar:
        """The calendar of a mailbox that was prepared. Raises CalendarError."""

    def resolve(self, mailbox: Mailbox) -> str:
        """The primary address behind the login. Raises CalendarError."""

    def prepare(self, mailbox: Mailbox, address: str) -> Identity:
        """The calendar to use, made if it is to be a new one. Raises CalendarError."""


_BLOCKED = select(Connection.blocked_code, Connection.blocked_params).where(
    Connection.name == bindparam("named"),
    Connection.blocked_code.is_not(None),
    Connection.blocked_until.is_(None),
)
_COLUMNS = (
    Integration.person_id,
    Integration.login,
    Integration.mailbox,
    Integration.calendar,
    Integration.calendar_name,
    Integration.connection,
    Integration.mailbox_identity,
    Integration.folder_identity,
    Integration.matched,
    Integration.attempts,
)
_LOAD = (
    select(Person.kind, Person.active, Integration.state, *_COLUMNS)
    .outerjoin(Integration, Integration.person_id == Person.id)
    .where(Person.id == bindparam("person"))
)
_LOAD_SETTLED = (
    select(*_COLUMNS, Connection.version)
    .outerjoin(Connection, Connection.name == Integration.connection)
    .where(
        Integration.person_id.in_(bindparam("some", expanding=True)),
        Integration.mailbox.is_not(None),
        Integration.mailbox_identity.is_not(None),
        Integration.folder_identity.is_not(None),
        Integration.matched.is_(True),
    )
)


def blocked(session: Session, name: str) -> Failure | None:
    """Why the connection is closed until a person acts; None when it may be tried.

    A breaker that opened for a passing trouble does not keep anybody from trying by hand.
    """
    row = run(session, _BLOCKED, named=name).one_or_none()
    return None if row is None else failure(row.blocked_code, **row.blocked_params)


def load(session: Session, person_id: int) -> Mailbox:
    """Read the mailbox of an active integration.

    Raises UsageError where there is nothing to synchronise: no such person (VF-PERSON-01), not active
    (VF-STATE-01), a resource (R10, VF-STATE-03), an inactive person (R30, VF-LOGIN-04).
    """
    row = run(session, _LOAD, person=person_id).one_or_none()
    if row is None:
        raise UsageError(failure("VF-PERSON-01", person=person_id))
    if row.kind == PersonKind.RESOURCE:
        raise UsageError(failure("VF-STATE-03", person=person_id))
    if row.state != State.ACTIVE:
        state = row.state or State.UNUSED
        raise UsageError(failure("VF-STATE-01", person=person_id, state=state, action="sync"))
    if not row.active:
        raise UsageError(failure("VF-LOGIN-04", person=person_id))
    return _mailbox(session, row)


def load_settled(session: Session, person_ids: Collection[int]) -> dict[int, Mailbox]:
    """Those of these mailboxes that were found and matched already, by person, whatever their state."""
    found = run(session, _LOAD_SETTLED, some=list(person_ids))
    return {row.person_id: replace(_mailbox(session, row), settings=row.version) for row in found}


def load_whatever(session: Session, person_id: int) -> Mailbox:
    """Read the mailbox in any state, to look at it or to end it. Raises UsageError VF-PERSON-01."""
    row = session.get(Integration, person_id)
    if row is None:
        raise UsageError(failure("VF-PERSON-01", person=person_id))
    return _mailbox(session, row)


def is_held(session: Session, person_id: int) -> bool:
    """Whether it waits for an admin because another mailbox or calendar stands behind its login."""
    row = session.get(Integration, person_id)
    return row is not None and row.error_code == HELD


def ensure_prepared(
    store: Store,
    lease: Lease,
    mailbox: Mailbox,
    doors: Doors,
    now: datetime,
    arrive: Callable[[Calendar], None] = lambda _: None,
) -> Mailbox:
    """The mailbox with its address and calendar known; both are asked for once and remembered.

    ``arrive`` does what has to be done in a calendar chosen anew before it is remembered as the known one.

    A login that leads to another mailbox or calendar than before is held for an admin (EX-MBX-07, R30), one
    that leads to somebody else's mailbox is refused (EX-MBX-06).
    """
    if mailbox.address is not None and mailbox.identity is not None:
        return mailbox
    found = looked_up(store, mailbox, doors)
    address = found.address or ""
    with _behind(found.connection):
        identity = found.identity or doors.prepare(found, address)
        prepared = replace(found, address=address, identity=identity)
        if found.identity is None:
            with closing(doors.exchange(prepared)) as calendar:
                arrive(calendar)
    with store.write() as session:
        renew(session, lease, now)
        _refuse_shared(session, mailbox.person_id, address)
        session.execute(
            update(Integration)
            .where(Integration.person_id == mailbox.person_id)
            .values(
                connection=prepared.connection,
                mailbox=address,
                mailbox_identity=identity.mailbox,
                folder_identity=identity.folder,
            )
        )
    return prepared


def looked_up(store: Store, mailbox: Mailbox, doors: Doors) -> Mailbox:
    """The mailbox with its address known; nothing is made or remembered.

    Where a calendar was known before a login was changed, it must be the one behind the new login too:
    then it is the same mailbox, whatever its address is by now. Raises as `ensure_prepared`.
    """
    if mailbox.address is not None:
        return mailbox
    mailbox, address = _found(store, mailbox, doors)
    with store.read() as session:
        _refuse_shared(session, mailbox.person_id, address)
    if mailbox.identity is None:
        return replace(mailbox, address=address)
    with _behind(mailbox.connection):
        identity = _identity(doors, replace(mailbox, address=address, identity=None))
    if identity is None or identity.folder != mailbox.identity.folder:
        raise VfadminError(failure(HELD, login=mailbox.login, mailbox=address))
    return replace(mailbox, address=address, identity=identity)


def _found(store: Store, mailbox: Mailbox, doors: Doors) -> tuple[Mailbox, str]:
    """The mailbox with the connection that leads to it, and its address.

    What is told when none does is the answer that says most. Raises UnreachedError.
    """
    answers: list[UnreachedError] = []
    for name in (mailbox.connection, *mailbox.others):
        tried = replace(mailbox, connection=name, others=())
        try:
            if answers:
                _refuse_closed(store, name)
            return tried, doors.resolve(tried)
        except VfadminError as error:
            answers.append(UnreachedError(error.failure, name))
        if answers[-1].failure.code not in ELSEWHERE:
            break
    if answers[-1].failure.code in ELSEWHERE:
        raise next((one for one in answers if one.failure.code not in UNKNOWN), answers[0])
    raise answers[-1]


def _refuse_closed(store: Store, name: str) -> None:
    with store.read() as session:
        closed = blocked(session, name)
    if closed is not None:
        raise VfadminError(closed)


def _identity(doors: Doors, mailbox: Mailbox) -> Identity | None:
    """The calendar the choice means in that mailbox; None where there is none of that name."""
    calendar = doors.exchange(mailbox)
    try:
        return calendar.identity()
    except CalendarError as error:
        if error.failure.code != NO_CALENDAR:
            raise
        return None
    finally:
        calendar.close()


def _refuse_shared(session: Session, person_id: int, address: str) -> None:
    """Two persons never share a mailbox (R30), however its address is spelt."""
    other = session.scalar(
        select(Integration.person_id).where(
            or_(Integration.mailbox == address, Integration.mailbox_identity == address.casefold()),
            Integration.person_id != person_id,
        )
    )
    if other is not None:
        raise VfadminError(failure("EX-MBX-06", mailbox=address, person=other))


def _mailbox(session: Session, row: Integration | Row[Any]) -> Mailbox:
    first, *others = ways_of(session, row.login, connection=row.connection, address=row.mailbox)
    known = row.mailbox_identity is not None and row.folder_identity is not None
    return Mailbox(
        person_id=row.person_id,
        login=row.login,
        address=row.mailbox,
        choice=row.calendar,
        calendar_name=row.calendar_name,
        connection=first,
        identity=Identity(row.mailbox_identity or "", row.folder_identity or "") if known else None,
        matched=row.matched,
        attempts=row.attempts,
        others=tuple(others),
    )
