"""What is stored. Knows no screen, no network, no Qt."""

from __future__ import annotations

from vfadmin.models.base import Base, UtcDateTime
from vfadmin.models.batches import ImportBatch, ImportChange, ImportLayout
from vfadmin.models.directory import (
    CalendarEvent,
    ChangeFloor,
    ChangeLog,
    Company,
    EventLink,
    EventParticipant,
    EventType,
    MobileSync,
    Origin,
    Person,
    PersonKind,
    StoreIdentity,
)
from vfadmin.models.integration import (
    CalendarChoice,
    Cursor,
    Dirty,
    Integration,
    Intent,
    Pair,
    PairStatus,
    State,
)
from vfadmin.models.processes import Worker, WorkerKind
from vfadmin.models.records import Audit, Connection, History, Run, Setting

__all__ = [
    "Audit",
    "Base",
    "CalendarChoice",
    "CalendarEvent",
    "ChangeFloor",
    "ChangeLog",
    "Company",
    "Connection",
    "Cursor",
    "Dirty",
    "EventLink",
    "EventParticipant",
    "EventType",
    "History",
    "ImportBatch",
    "ImportChange",
    "ImportLayout",
    "Integration",
    "Intent",
    "MobileSync",
    "Origin",
    "Pair",
    "PairStatus",
    "Person",
    "PersonKind",
    "Run",
    "Setting",
    "State",
    "StoreIdentity",
    "UtcDateTime",
    "Worker",
    "WorkerKind",
]
