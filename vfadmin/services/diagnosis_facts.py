"""What a diagnosis tells of one mailbox: chosen fact by fact, so that no event's text is among them (R31)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vfadmin import __version__
from vfadmin.errors import Failure
from vfadmin.errors.texts import explain
from vfadmin.models import Cursor, Dirty, Intent, Pair
from vfadmin.models.store import Store
from vfadmin.services.comparison import GROUPS, ComparedCalendars, ComparedRow
from vfadmin.services.connection_check import CheckStep
from vfadmin.services.connections import ConnectionRow
from vfadmin.services.history import OperationRow, RunRow
from vfadmin.services.redaction import Redactor
from vfadmin.services.rows import ErrorInfo, PersonRow

_LIBRARIES = ("sqlalchemy", "exchangelib", "httpx", "msal", "lxml", "keyring", "PySide6", "tzdata")

Facts = dict[str, Any]


def versions(store: Store) -> Facts:
    """The program and what it stands on."""
    import importlib.metadata  # noqa: PLC0415 - seldom wanted, and slow to load
    import platform  # noqa: PLC0415 - as above

    found: dict[str, str | None] = {}
    for name in _LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:  # no window is installed on a server
            found[name] = None
    return {
        "vfadmin": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "database": store.engine.dialect.name,
        "libraries": found,
    }


def state(session: Session, row: PersonRow, redactor: Redactor, lang: str) -> Facts:
    """The person's row, and in figures what the engine remembers of the mailbox."""
    mine = row.id
    by_status = select(Pair.status, func.count()).where(Pair.person_id == mine).group_by(Pair.status)
    troubled = select(Pair).where(Pair.person_id == mine, Pair.error_code.is_not(None)).order_by(Pair.id)
    marks = select(Dirty.side, Dirty.error_code, func.count()).where(Dirty.person_id == mine)
    return {
        "id": mine,
        "login": row.login,
        "state": row.state.value,
        "delayed": row.delayed,
        "last_synced": row.last_synced,
        "waiting": row.waiting,
        "error": error(row.error, redactor, lang),
        "pairs": {status: count for status, count in session.execute(by_status)},  # noqa: C416 - typed so
        "dirty": [
            {"side": side, "code": code, "count": count}
            for side, code, count in session.execute(marks.group_by(Dirty.side, Dirty.error_code))
        ],
        "read_so_far": sorted(session.scalars(select(Cursor.side).where(Cursor.person_id == mine))),
        "interrupted_writes": session.scalar(select(func.count()).where(Intent.person_id == mine)),
        "troubled_events": [
            {
                "key": one.key,
                "status": one.status,
                "attempts": one.attempts,
                "next_try": one.next_try_at,
                "error": error(ErrorInfo(one.error_code or "", one.error_params, None), redactor, lang),
            }
            for one in session.scalars(troubled)
        ],
    }


def error(one: ErrorInfo | None, redactor: Redactor, lang: str) -> Facts | None:
    """A failure with its texts; what a server put into them is cleaned of events' words."""
    if one is None:
        return None
    text = explain(one.code, one.params, lang)
    return {
        "code": one.code,
        "message": redactor.words(text.message),
        "remedy": redactor.words(text.remedy),
        "since": one.since,
    }


def _info(fault: Failure | None) -> ErrorInfo | None:
    return None if fault is None else ErrorInfo(fault.code, fault.params, None)


def connection(one: ConnectionRow, redactor: Redactor, lang: str) -> Facts:
    """A connection without its secret: only whether there is one."""
    return asdict(one) | {"blocked": error(one.blocked, redactor, lang)}


def check(one: CheckStep, redactor: Redactor, lang: str) -> Facts:
    """A step of the connection check."""
    return {
        "check": one.check,
        "ok": one.ok,
        "detail": redactor.words(one.detail),
        "error": error(_info(one.failure), redactor, lang),
    }


def run(one: RunRow, operations: list[OperationRow], redactor: Redactor, lang: str) -> Facts:
    """A run with its operations: what was done and why, to which time, in which fields."""
    return asdict(one) | {
        "error": error(one.error, redactor, lang),
        "operations": [
            {
                "at": each.at,
                "side": each.side,
                "operation": each.operation,
                "reason": each.reason,
                "start": each.start,
                "fields": list(each.fields),
            }
            for each in operations
        ],
    }


def plan(found: ComparedCalendars, redactor: Redactor, lang: str) -> Facts:
    """What differs and what will be done about it; of the equal ones their number."""
    return {
        "first_cycle": found.first,
        "requests": found.requests,
        "error": error(_info(found.failure), redactor, lang),
        "counts": {group: len(found.group(group)) for group in GROUPS},
        "differences": [_difference(one, redactor, lang) for one in found.rows if one.group != "equal"],
    }


def _difference(one: ComparedRow, redactor: Redactor, lang: str) -> Facts:
    return {
        "start": one.start,
        "private": one.redacted,
        "group": one.group,
        "fields": [field.name for field in one.fields],
        "resolution": one.resolution,
        "writes": [asdict(write) for write in one.writes],
        "note": one.note,
        "until": one.until,
        "error": error(_info(one.failure), redactor, lang),
    }


def texts_of(found: ComparedCalendars) -> set[str]:
    """The words of both calendars, so that they can be taken out elsewhere."""
    shown: list[Mapping[str, Any]] = [
        event for one in found.rows for event in (one.valueframe, one.exchange) if event is not None
    ]
    return {str(event.get(name, "")) for event in shown for name in ("title", "location", "text")}
