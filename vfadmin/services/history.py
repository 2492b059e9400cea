"""What happened to a mailbox: its runs, the operations of each, and who changed what by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vfadmin.models.store import Store
from vfadmin.services.rows import ErrorInfo


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
    """One change made by hand."""

    id: int
    at: datetime
    actor: str
    host: str
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
        raise NotImplementedError

    def operations(self, run_id: int) -> list[OperationRow]:
        """The operations of one run in their order; none for an unknown run."""
        raise NotImplementedError

    def of_person(self, person_id: int, limit: int = 200) -> list[OperationRow]:
        """The latest operations of a mailbox, newest first. Raises UsageError VF-PERSON-01."""
        raise NotImplementedError

    def audit(self, person_id: int | None = None, limit: int = 200) -> list[AuditRow]:
        """The latest changes made by hand, of one person or of all, newest first."""
        raise NotImplementedError
