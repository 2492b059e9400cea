"""A row of the search view: a person and the integration beside it, as both faces show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from vfadmin.errors import Params, UsageError, failure
from vfadmin.models import (
    CalendarChoice,
    Company,
    Connection,
    ImportBatch,
    Integration,
    MobileSync,
    Origin,
    Person,
    PersonKind,
    State,
)
from vfadmin.models.prepared import run
from vfadmin.sync.routes import EWS

One = TypeVar("One")

CHUNK = 500
"""How many ids go into one statement; SQLite's limit of variables is far above on every build."""

DEFAULT_CALENDAR_NAME = "ValueFrame"
_ORIGINS = frozenset(Origin)


@dataclass(frozen=True, slots=True)
class ErrorInfo:
    """A failure as it is stored: the code, what its text mentions, and since when (UTC)."""

    code: str
    params: Params
    since: datetime | None


@dataclass(frozen=True, slots=True)
class KnownFrom:
    """Where a fact is known from: entered by hand or with a ``file``, by whom and when (UTC)."""

    origin: Origin
    by: str
    at: datetime | None
    file: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person or resource with its integration. Times are aware, in UTC.

    ``delayed`` says that an active one fails for the time being and tries again by itself (R24).
    ``last_synced`` is the last success and stays empty for resources (R10). ``waiting`` counts events that
    are held or quarantined. ``version`` guards an edit: it moves with every change an admin makes.
    ``error`` is what stopped the integration; the delaying failure of an active one is in history.
    ``mobile_sync_from`` is None where another program wrote the mobile sync. ``protocol`` is the one the
    mailbox goes by (``ews``, ``graph``), empty before that is known.
    """

    id: int
    name: str
    email: str
    company: str
    kind: PersonKind
    person_active: bool
    login: str
    state: State
    delayed: bool
    mobile_sync: MobileSync
    mobile_sync_used: datetime | None
    last_synced: datetime | None
    error: ErrorInfo | None
    waiting: int
    calendar: CalendarChoice
    calendar_name: str
    next_run_at: datetime | None
    failing_since: datetime | None
    version: int
    company_id: int | None = None
    mailbox: str | None = None
    attempts: int = 0
    mobile_sync_from: KnownFrom | None = None
    protocol: str = ""

    @property
    def mobile_warning(self) -> bool:
        """Whether the row carries the red exclamation mark: a mobile sync of ValueFrame's is used (R18)."""
        return self.mobile_sync is not MobileSync.NONE


_MOBILE_SYNC_FILE = (
    select(ImportBatch.file)
    .where(Person.mobile_sync_origin == Origin.FILE, ImportBatch.at == Person.mobile_sync_set)
    .order_by(ImportBatch.id.desc())
    .limit(1)
    .scalar_subquery()
)
"""The list that the mobile sync is known from: whatever a load sets has the load's own time."""

_COLUMNS = (
    Person.id,
    Person.name,
    Person.email,
    Person.company_id,
    Company.name.label("company"),
    Person.kind,
    Person.active,
    Person.mobile_sync,
    Person.mobile_sync_used,
    Person.mobile_sync_origin,
    Person.mobile_sync_by,
    Person.mobile_sync_set,
    _MOBILE_SYNC_FILE.label("mobile_sync_file"),
    Person.version.label("person_version"),
    Integration.login,
    Integration.state,
    Integration.calendar,
    Integration.calendar_name,
    Integration.mailbox,
    Connection.protocol,
    Integration.error_code,
    Integration.error_params,
    Integration.error_since,
    Integration.failing_since,
    Integration.attempts,
    Integration.next_run_at,
    Integration.last_synced_at,
    Integration.waiting,
    Integration.version.label("integration_version"),
)


_ROWS = (
    select(*_COLUMNS)
    .outerjoin(Integration, Integration.person_id == Person.id)
    .outerjoin(Company, Company.id == Person.company_id)
    .outerjoin(Connection, Connection.name == Integration.connection)
    .where(Person.id.in_(bindparam("some", expanding=True)))
)


def rows_of(session: Session, ids: Sequence[int]) -> list[PersonRow]:
    """The rows of those persons in the order of ``ids``; an unknown id is left out."""
    found: dict[int, PersonRow] = {}
    for chunk in chunks(ids):
        for row in run(session, _ROWS, some=chunk):
            found[row.id] = _row(row)
    return [found[one] for one in ids if one in found]


def row_of(session: Session, person_id: int) -> PersonRow:
    """The row of one person. Raises UsageError VF-PERSON-01 for an unknown id."""
    rows = rows_of(session, [person_id])
    if not rows:
        raise UsageError(failure("VF-PERSON-01", person=person_id))
    return rows[0]


def chunks(ids: Iterable[One], size: int = CHUNK) -> Iterable[list[One]]:
    """The ids in lists of at most ``size``, in order."""
    chunk: list[One] = []
    for one in ids:
        chunk.append(one)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def version_of(person: Person, integration: Integration | None) -> int:
    """The version a row shows: both parts only ever rise, so their sum moves with either."""
    return person.version + (integration.version if integration is not None else 0)


def _row(row: Row[Any]) -> PersonRow:
    state = State(row.state or State.UNUSED)
    resource = row.kind == PersonKind.RESOURCE
    return PersonRow(
        id=row.id,
        name=row.name,
        email=row.email,
        company=row.company or "",
        kind=PersonKind(row.kind),
        person_active=row.active,
        login=row.login or "",
        state=state,
        delayed=state is State.ACTIVE and row.failing_since is not None,
        mobile_sync=MobileSync(row.mobile_sync),
        mobile_sync_used=row.mobile_sync_used,
        last_synced=None if resource else row.last_synced_at,
        error=_error(row) if state is State.ERROR else None,
        waiting=row.waiting or 0,
        calendar=CalendarChoice(row.calendar or CalendarChoice.DEFAULT),
        calendar_name=row.calendar_name or DEFAULT_CALENDAR_NAME,
        next_run_at=row.next_run_at,
        failing_since=row.failing_since,
        version=row.person_version + (row.integration_version or 0),
        company_id=row.company_id,
        mailbox=row.mailbox,
        attempts=row.attempts or 0,
        mobile_sync_from=_known_from(row),
        protocol=_protocol(row),
    )


def _protocol(row: Row[Any]) -> str:
    """A mailbox that was found before connections were remembered was found over EWS."""
    return row.protocol or ("" if row.mailbox is None else EWS)


def _known_from(row: Row[Any]) -> KnownFrom | None:
    if row.mobile_sync_origin not in _ORIGINS:
        return None
    origin, by, at = Origin(row.mobile_sync_origin), row.mobile_sync_by or "", row.mobile_sync_set
    return KnownFrom(origin, by, at, row.mobile_sync_file or "")


def _error(row: Row[Any]) -> ErrorInfo | None:
    if row.error_code is None:
        return None
    return ErrorInfo(row.error_code, row.error_params or {}, row.error_since)
