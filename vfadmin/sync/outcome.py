"""What a finished cycle means for the integration: its state, its next run, the connection's breaker."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    ScalarSelect,
    Update,
    bindparam,
    case,
    func,
    select,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from vfadmin.errors import Failure, Kind, Scope, recoded
from vfadmin.models import Connection, Dirty, Integration, Pair, PairStatus, State
from vfadmin.models.prepared import run
from vfadmin.sync.backoff import delay
from vfadmin.sync.lease import MANY_HELD, Lease, fences
from vfadmin.sync.mailbox import Mailbox
from vfadmin.sync.routes import way

STOPPED = "VF-STOP-01"
_EXCHANGE = "EX-"
_SIGN_IN = "EX-AUTH"
_UNGRANTED = "EX-AUTH-10"
"""The application has no permission, or one mailbox is outside of what Exchange lets it reach."""
_ONE_OUT_OF_REACH = "EX-GRAPH-02"
_PATIENT = 5
"""Doublings of the delay for what a person will probably have to mend: a quarter of an hour."""

_STORE = "VF-STORE-"
_STORE_IS_BACK = timedelta(seconds=3)
"""What the store refused is tried again at once, the first time: whoever can note that has found it again."""


def _count(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).where(*conditions).scalar_subquery()


def _waiting(person: ColumnElement[int] | InstrumentedAttribute[int]) -> ColumnElement[int]:
    """How many of that person's events wait for an admin or for their time."""
    set_aside = Pair.status.in_([PairStatus.HELD, PairStatus.QUARANTINED])
    unread = _count(Dirty.person_id == person, Dirty.error_code.is_not(None))
    return _count(Pair.person_id == person, set_aside) + unread


_PERSON: BindParameter[int] = bindparam("person")
_SUCCESS = (
    update(Integration)
    .where(Integration.person_id == _PERSON, Integration.fence == bindparam("held"))
    .values(
        # Within a function a parameter has no type of its own, and would be stored in the driver's form.
        last_synced_at=func.coalesce(
            bindparam("synced_at", type_=Integration.last_synced_at.type), Integration.last_synced_at
        ),
        next_run_at=bindparam("next"),
        failing_since=None,
        attempts=0,
        waiting=_waiting(_PERSON),
    )
)
_QUIET = (
    update(Integration)
    .where(MANY_HELD)
    .values(
        last_synced_at=bindparam("now"),
        next_run_at=bindparam("next"),
        failing_since=None,
        attempts=0,
        waiting=_waiting(Integration.person_id),
    )
    .returning(Integration.person_id)
)
_CLOSE = (
    update(Connection)
    .where(
        Connection.name == bindparam("named"),
        Connection.blocked_code.is_not(None),
        Connection.blocked_since <= bindparam("began"),
    )
    .values(blocked_code=None, blocked_params={}, blocked_since=None, blocked_until=None)
)


def record_success(
    session: Session, lease: Lease, now: datetime, poll: timedelta, *, settled: bool = True
) -> None:
    """The run went through and a delay is over.

    The last-success time moves when nothing is left but what waits for its time or for an admin; items
    that moved under the run's hands (``settled`` false) are taken up soon.
    """
    run(
        session,
        _SUCCESS,
        person=lease.person_id,
        held=lease.fence,
        synced_at=now if settled else None,
        next=now + (poll if settled else min(poll, delay(1))),
    )


def record_quiet(session: Session, leases: Iterable[Lease], now: datetime, poll: timedelta) -> set[int]:
    """In these mailboxes nothing had happened: their success is noted.

    Answers whose: a mailbox whose fence has moved belongs to somebody else by now, and is left as it is.
    """
    return set(run(session, _QUIET, held=fences(leases), now=now, next=now + poll).scalars())


def record_failure(session: Session, lease: Lease, mailbox: Mailbox, failure: Failure, now: datetime) -> None:
    """Delay, stop, or open the breaker, by the failure's scope and kind (R12, R24).

    A transient failure never stops an integration. One of the account or the connection stops no
    mailbox: it opens one breaker for all of them.
    """
    if failure.code == STOPPED:
        session.execute(_mine(lease).values(next_run_at=now))
    elif failure.scope is Scope.MAILBOX and not failure.transient:
        _stop(session, lease, failure, now)
    else:
        _delay(session, lease, mailbox, failure, now)
        if failure.scope is Scope.CONNECTION and failure.code.startswith(_EXCHANGE):
            _open_breaker(session, mailbox.connection, failure, now)


def narrowed(session: Session, mailbox: Mailbox, found: Failure | None) -> Failure | None:
    """What looked like a refusal of the whole application is one mailbox's where others were reached since.

    A right that Exchange itself gives (RBAC for Applications) is in no token, so only the others tell.
    """
    if found is None or not _is_ungranted(found):
        return found
    since = select(Integration.failing_since).where(Integration.person_id == mailbox.person_id)
    others = select(Integration.person_id).where(
        way(session) == mailbox.connection,
        Integration.person_id != mailbox.person_id,
        Integration.last_synced_at > since.scalar_subquery(),
    )
    if session.scalar(others.limit(1)) is None:
        return found
    return recoded(found, _ONE_OUT_OF_REACH)


def close_breaker(session: Session, connection: str, began: datetime) -> None:
    """The connection worked for a run that began then; a breaker opened since stays open."""
    run(session, _CLOSE, named=connection, began=began)


def _stop(session: Session, lease: Lease, failure: Failure, now: datetime) -> None:
    session.execute(
        _mine(lease)
        .where(Integration.state == State.ACTIVE)
        .values(
            state=State.ERROR,
            error_code=failure.code,
            error_params=dict(failure.params),
            error_since=now,
            failing_since=None,
            next_run_at=None,
            version=Integration.version + 1,
        )
    )


def _delay(session: Session, lease: Lease, mailbox: Mailbox, failure: Failure, now: datetime) -> None:
    attempts = mailbox.attempts + 1
    wait = delay(attempts, retry_after=failure.retry_after)
    if attempts == 1 and failure.code.startswith(_STORE):
        wait = _STORE_IS_BACK
    session.execute(
        _mine(lease).values(
            failing_since=func.coalesce(Integration.failing_since, now),
            attempts=attempts,
            next_run_at=now + wait,
        )
    )


def _open_breaker(session: Session, connection: str, failure: Failure, now: datetime) -> None:
    """Closed again after a while: even a login page in place of Exchange may be tonight's maintenance.

    A refused sign-in stays closed until a person acts: trying again would lock the account. A permission that
    is missing locks nothing; it is looked for soon once, because only another mailbox tells whether it is
    missing for all of them.
    """
    until = None
    ungranted = _is_ungranted(failure)
    if ungranted or not failure.code.startswith(_SIGN_IN):
        known = select(Connection.blocked_code).where(Connection.name == connection)
        fresh = ungranted and session.scalar(known) != _UNGRANTED
        attempts = 1 if fresh or failure.kind is Kind.TRANSIENT else _PATIENT
        until = now + delay(attempts, retry_after=failure.retry_after)
    since = case((Connection.blocked_code == failure.code, Connection.blocked_since), else_=now)
    session.execute(
        update(Connection)
        .where(Connection.name == connection)
        .values(
            blocked_code=failure.code,
            blocked_params=dict(failure.params),
            blocked_since=since,
            blocked_until=until,
        )
    )


def _is_ungranted(found: Failure) -> bool:
    """Whether a mailbox was refused; the sign-in itself may be as well, and that names none."""
    return found.code == _UNGRANTED and "mailbox" in found.params


def _mine(lease: Lease) -> Update:
    return update(Integration).where(
        Integration.person_id == lease.person_id, Integration.fence == lease.fence
    )
