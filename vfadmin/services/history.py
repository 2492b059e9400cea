"""What happened to a mailbox: its runs, the operations of each, and who changed what by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from vfadmin.calendars.codec import KEYS
from vfadmin.models import Audit, CalendarEvent, Pair, Run
from vfadmin.models import History as Operation
from vfadmin.models.store import Store
from vfadmin.services.events import PRIVATE_TITLE, audited
from vfadmin.services.rows import ErrorInfo, chunks
from vfadmin.services.subjects import subject
from vfadmin.sync.chronicle import FORGOTTEN

_SHOWN_OF_PRIVATE = ("start", "end", "all_day", "zone")

TEXTLESS_DETAIL = ("code", "fields", "lost", "note", "event", FORGOTTEN)
"""What the engine notes besides the event itself: codes and names of fields, never a text of somebody's."""


@dataclass(frozen=True, slots=True)
class RunRow:
    """One cycle of a mailbox. Times in UTC; ``finished`` is None while it runs or if it was killed."""

    id: int
    person_id: int
    started: datetime
    finished: datetime | None
    ok: bool
    pulled: int
    pushed: int
    conflicts: int
    skipped: int
    deleted: int
    requests: int
    duration_ms: int
    error: ErrorInfo | None


@dataclass(frozen=True, slots=True)
class OperationRow:
    """One operation. ``before`` and ``after`` are events as JSON, or None; private ones show time only.

    ``title`` and ``start`` name the event for a list; ``fields`` are those in which the two differ.
    """

    id: int
    run_id: int | None
    person_id: int
    at: datetime
    side: str
    operation: str
    reason: str
    title: str
    start: str | None
    fields: tuple[str, ...]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    detail: Mapping[str, Any]
    redacted: bool


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One change made by hand: who made it, on which machine and through what (see `audit.Face`).

    ``face`` is empty in what a former version wrote.
    """

    id: int
    at: datetime
    actor: str
    host: str
    face: str
    action: str
    subject: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


class History:
    """Reads history and the audit trail; everything about private events comes out redacted (R31)."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def runs(self, person_id: int, limit: int = 50) -> list[RunRow]:
        """The latest runs, newest first. Raises UsageError VF-PERSON-01."""
        latest = select(Run).where(Run.person_id == person_id).order_by(Run.started_at.desc(), Run.id.desc())
        with self._store.read() as session:
            subject(session, person_id)
            return [_run(one) for one in session.scalars(latest.limit(limit))]

    def has_run(self, person_id: int, run_id: int) -> bool:
        """Whether the person has that run. Raises UsageError VF-PERSON-01."""
        with self._store.read() as session:
            subject(session, person_id)
            found = session.get(Run, run_id)
        return found is not None and found.person_id == person_id

    def operations(self, run_id: int) -> list[OperationRow]:
        """The operations of one run in their order; none for an unknown run."""
        with self._store.read() as session:
            found = session.scalars(
                select(Operation).where(Operation.run_id == run_id).order_by(Operation.id)
            )
            return _redacted(session, found.all())

    def of_person(self, person_id: int, limit: int = 200) -> list[OperationRow]:
        """The latest operations of a mailbox, newest first. Raises UsageError VF-PERSON-01."""
        latest = (
            select(Operation)
            .where(Operation.person_id == person_id)
            .order_by(Operation.at.desc(), Operation.id.desc())
            .limit(limit)
        )
        with self._store.read() as session:
            subject(session, person_id)
            return _redacted(session, session.scalars(latest).all())

    def audit(self, person_id: int | None = None, limit: int = 200) -> list[AuditRow]:
        """The latest changes made by hand, of one person or of all, newest first."""
        return self._audit(select(Audit).order_by(Audit.id.desc()).limit(limit), person_id)

    def trail(self, person_id: int | None = None, after: int = 0, limit: int = 1000) -> list[AuditRow]:
        """The changes made by hand whose id is above ``after``, oldest first; otherwise as `audit`."""
        wanted = select(Audit).where(Audit.id > after).order_by(Audit.id).limit(limit)
        return self._audit(wanted, person_id)

    def _audit(self, wanted: Select[Audit], person_id: int | None) -> list[AuditRow]:
        if person_id is not None:
            wanted = wanted.where(Audit.subject == f"person:{person_id}")
        with self._store.read() as session:
            found = session.scalars(wanted).all()
            private = _private_events(session, found)
        return [_audit_row(one, hide=one.subject in private) for one in found]


def _private_events(session: Session, entries: Iterable[Audit]) -> set[str]:
    """The subjects that are events, private by now: what was written of them before is not told either."""
    subjects = (one.subject.partition(":") for one in entries)
    ids = sorted({int(number) for kind, _, number in subjects if kind == "event" and number.isdigit()})
    found: set[str] = set()
    for chunk in chunks(ids):
        private = select(CalendarEvent.id).where(CalendarEvent.id.in_(chunk), CalendarEvent.private)
        found |= {f"event:{one}" for one in session.scalars(private)}
    return found


def _audit_row(one: Audit, *, hide: bool) -> AuditRow:
    before, after = (audited(facts, hide=hide) for facts in (one.before, one.after))
    return AuditRow(one.id, one.at, one.actor, one.host, one.face, one.action, one.subject, before, after)


def _run(one: Run) -> RunRow:
    error = None
    if one.error_code is not None:
        error = ErrorInfo(one.error_code, one.error_params, one.finished_at or one.started_at)
    return RunRow(
        id=one.id,
        person_id=one.person_id,
        started=one.started_at,
        finished=one.finished_at,
        ok=error is None and one.finished_at is not None,
        pulled=one.pulled,
        pushed=one.pushed,
        conflicts=one.conflicts,
        skipped=one.skipped,
        deleted=one.deleted,
        requests=one.requests,
        duration_ms=one.duration_ms,
        error=error,
    )


def _redacted(session: Session, found: Iterable[Operation]) -> list[OperationRow]:
    operations = list(found)
    private = private_keys(session, {one.pair_key for one in operations if one.pair_key is not None})
    return [_operation(one, hide=_is_private(one) or one.pair_key in private) for one in operations]


def private_keys(session: Session, keys: set[str]) -> set[str]:
    """The pairs that were private at any time: what was public once is not told afterwards."""
    found: set[str] = set()
    for chunk in _text_chunks(sorted(keys)):
        flags = or_(Operation.before["private"].as_boolean(), Operation.after["private"].as_boolean())
        found |= {
            key
            for key in session.scalars(
                select(Operation.pair_key).where(Operation.pair_key.in_(chunk), flags).distinct()
            )
            if key is not None
        }
        shown = or_(
            Pair.base["private"].as_boolean(),
            Pair.seen_valueframe["private"].as_boolean(),
            Pair.seen_exchange["private"].as_boolean(),
        )
        found |= set(session.scalars(select(Pair.key).where(Pair.key.in_(chunk), shown)))
    return found


def _text_chunks(keys: list[str]) -> Iterable[list[str]]:
    return ([keys[place] for place in part] for part in chunks(range(len(keys))))


def _is_private(one: Operation) -> bool:
    return any(event is not None and bool(event.get("private")) for event in (one.before, one.after))


def _operation(one: Operation, *, hide: bool) -> OperationRow:
    before, after = (_event(one.before, hide=hide), _event(one.after, hide=hide))
    shown = after or before or {}
    detail = one.detail or {}
    return OperationRow(
        id=one.id,
        run_id=one.run_id,
        person_id=one.person_id,
        at=one.at,
        side=one.side,
        operation=one.operation,
        reason=one.reason,
        title=str(shown.get("title", "")),
        start=shown.get("start"),
        fields=_differing(before, after),
        before=before,
        after=after,
        detail={name: detail[name] for name in TEXTLESS_DETAIL if name in detail} if hide else dict(detail),
        redacted=hide,
    )


def _event(event: Mapping[str, Any] | None, *, hide: bool) -> dict[str, Any] | None:
    if event is None:
        return None
    if not hide:
        return {name: event[name] for name in (*KEYS, *event) if name in event}
    shown = {name: event[name] for name in _SHOWN_OF_PRIVATE if name in event}
    return {"title": PRIVATE_TITLE, "private": True, **shown}


def _differing(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> tuple[str, ...]:
    if before is None or after is None:
        return ()
    return tuple(name for name in after if before.get(name) != after[name])
