"""What is stuck, grouped by its cause (R24): whom it stopped, and who still tries by himself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from vfadmin.models import Company, Connection, Integration, Person, PersonKind, Run, State
from vfadmin.models.store import Store
from vfadmin.services.directory import Clock
from vfadmin.services.rows import ErrorInfo, chunks
from vfadmin.services.settings import MODULE, PAUSED, SILENT_HOURS, Settings

_UNKNOWN = "EX-UNKNOWN-01"
_OVERDUE = timedelta(hours=1)
SILENT = "VF-SILENT-01"
"""No success for long, though nothing has failed."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause: it ``stopped`` so many integrations, so many are ``delayed`` and try again by themselves.

    ``since`` is when the first of them began to fail, in UTC.
    """

    code: str
    stopped: int
    delayed: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Sufferer:
    """One person whom a cause concerns. Times in UTC.

    ``stopped`` integrations wait for an admin; the others try again at ``next_try``, or once the connection
    of the name ``waits_for`` has been mended.
    """

    id: int
    name: str
    company: str
    login: str
    stopped: bool
    error: ErrorInfo
    last_synced: datetime | None
    next_try: datetime | None
    waits_for: str = ""


@dataclass(frozen=True, slots=True)
class Aftermath:
    """How those stand who were put back to work: how many work, wait for their turn, or stopped once more.

    ``causes`` are the codes of those that stopped, the most frequent first.
    """

    works: int = 0
    waits: int = 0
    delayed: int = 0
    stopped: int = 0
    causes: tuple[str, ...] = ()


class Troubles:
    """Answers from the store alone; who has left, and resources, are nobody's trouble (R10, R30)."""

    def __init__(self, store: Store, settings: Settings, *, clock: Clock) -> None:
        self._store, self._settings, self._clock = store, settings, clock

    def causes(self) -> tuple[Cause, ...]:
        """Every cause there is, the one that stopped most first."""
        failing = self._failing().subquery()
        stopped = func.sum(case((failing.c.state == State.ERROR, 1), else_=0))
        counted = select(failing.c.code, stopped, func.count(), func.min(failing.c.since))
        counted = counted.group_by(failing.c.code).order_by(
            stopped.desc(), func.count().desc(), failing.c.code
        )
        with self._store.read() as session:
            return tuple(
                Cause(code, stopped, every - stopped, since)
                for code, stopped, every, since in session.execute(counted).all()
            )

    def sufferers(self, code: str) -> tuple[Sufferer, ...]:
        """Whom that cause concerns: the stopped first, by name."""
        wanted = (
            self._failing(
                Person.id,
                Person.name,
                Company.name.label("company"),
                Integration.login,
                Integration.last_synced_at,
                Integration.next_run_at,
                case((_STOPPED, Integration.error_params), else_=_last(Run.error_params)).label("params"),
                Connection.name.label("waits_for"),
            )
            .outerjoin(Connection, and_(Connection.name == Integration.connection, _SHUT))
            .outerjoin(Company, Company.id == Person.company_id)
            .where(_CODE.in_([code]))
            .order_by(_STOPPED.desc(), Person.sort_name, Person.id)
        )
        with self._store.read() as session:
            rows = session.execute(wanted).all()
        hours = self._silent_hours()
        return tuple(_sufferer(row, hours) for row in rows)

    def aftermath(self, ids: Sequence[int], since: datetime) -> Aftermath:
        """How these stand who were put back to work at ``since`` (UTC)."""
        stands = case(
            (_STOPPED, "stopped"),
            (Integration.failing_since.is_not(None), "delayed"),
            (Integration.last_synced_at >= since, "works"),
            else_="waits",
        )
        counted: Counter[str] = Counter()
        causes: Counter[str] = Counter()
        with self._store.read() as session:
            for chunk in chunks(ids):
                wanted = select(stands, Integration.error_code).where(
                    Integration.person_id.in_(chunk), Integration.state.in_([State.ACTIVE, State.ERROR])
                )
                for stand, code in session.execute(wanted).all():
                    counted[stand] += 1
                    if stand == "stopped":
                        causes[code] += 1
        return Aftermath(**counted, causes=tuple(code for code, _ in causes.most_common()))

    def _failing(self, *columns: Any) -> Select[Any]:  # noqa: ANN401 - columns of any type
        """Those that are stopped, delayed, or have come to nothing without a failure for too long."""
        active = Integration.state == State.ACTIVE
        stuck = or_(_STOPPED, and_(active, Integration.failing_since.is_not(None)))
        if self._settings.flag(MODULE) and not self._settings.flag(PAUSED):
            now = self._clock()
            silent = _sign_of_life() < now - timedelta(hours=self._silent_hours())
            # Who has just been put back to work, or is at work, is due now or will be.
            overdue = Integration.next_run_at < now - _OVERDUE
            stuck = or_(stuck, and_(active, silent, overdue, ~_shut_out()))
        return (
            select(_CODE.label("code"), _SINCE.label("since"), Integration.state, *columns)
            .select_from(Integration)
            .join(Person, Person.id == Integration.person_id)
            .where(stuck, Person.active, Person.kind == PersonKind.PERSON)
        )

    def _silent_hours(self) -> int:
        return self._settings.number(SILENT_HOURS)


def _last(column: Any) -> Any:  # noqa: ANN401 - columns of any type
    """What the latest failed run says: of one that is only delayed, the integration keeps no cause."""
    latest = select(column).where(Run.person_id == Integration.person_id, Run.error_code.is_not(None))
    return latest.order_by(Run.started_at.desc(), Run.id.desc()).limit(1).scalar_subquery()


def _sign_of_life() -> ColumnElement[datetime]:
    """The last success; of one that was never synchronised, when it was to be."""
    return func.coalesce(Integration.last_synced_at, Integration.next_run_at)


_STOPPED = Integration.state == State.ERROR
_DELAYED = Integration.failing_since.is_not(None)
_CODE: ColumnElement[str] = case(
    (_STOPPED, func.coalesce(Integration.error_code, _UNKNOWN)),
    (_DELAYED, func.coalesce(_last(Run.error_code), _UNKNOWN)),
    else_=SILENT,
)
_SINCE = case(
    (_STOPPED, Integration.error_since), (_DELAYED, Integration.failing_since), else_=_sign_of_life()
)
# Until a person mends it; a breaker with an end is tried again by itself.
_SHUT = and_(Connection.blocked_code.is_not(None), Connection.blocked_until.is_(None))


def _shut_out() -> ColumnElement[bool]:
    """Whether the integration cannot work because of its connection, which the banner tells."""
    one = aliased(Connection)
    shut = one.blocked_code.is_not(None), one.blocked_until.is_(None)
    return exists().where(one.name == Integration.connection, *shut)


def _sufferer(row: Row[Any], silent_hours: int) -> Sufferer:
    params = {"hours": silent_hours} if row.code == SILENT else row.params or {}
    stopped = row.state == State.ERROR
    waits_for = "" if stopped else row.waits_for or ""
    return Sufferer(
        id=row.id,
        name=row.name,
        company=row.company or "",
        login=row.login,
        stopped=stopped,
        error=ErrorInfo(row.code, params, row.since),
        last_synced=row.last_synced_at,
        next_try=None if stopped or waits_for else row.next_run_at,
        waits_for=waits_for,
    )
