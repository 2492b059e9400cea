"""Rows as the contract names their keys, and as a reader's table shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vfadmin.cli import faults
from vfadmin.cli.call import Call
from vfadmin.cli.output import Cell
from vfadmin.cli.texts import say

if TYPE_CHECKING:  # see `wiring`
    from vfadmin.services.activation import ActionPreview, RowResult
    from vfadmin.services.search import PersonRow
    from vfadmin.services.synchronise import MailboxResult

PERSON_HEADINGS = (
    "column.state",
    "column.mobile_sync",
    "column.id",
    "column.name",
    "column.email",
    "column.login",
    "column.last_synced",
    "column.error",
)
"""The order of R22."""


def person(row: PersonRow, call: Call) -> dict[str, Any]:
    """A row of the search view."""
    return {
        "id": row.id,
        "name": row.name,
        "email": row.email,
        "company": row.company,
        "kind": str(row.kind),
        "person_active": row.person_active,
        "login": row.login,
        "state": str(row.state),
        "delayed": row.delayed,
        "waiting": row.waiting,
        "activesync": str(row.mobile_sync) != "none",
        "mobile_sync": str(row.mobile_sync),
        "mobile_sync_used": row.mobile_sync_used,
        "mobile_sync_from": _known_from(row),
        "calendar": str(row.calendar),
        "calendar_name": row.calendar_name,
        "last_synced": row.last_synced,
        "next_run_at": row.next_run_at,
        "error": error(row, call),
    }


def _known_from(row: PersonRow) -> dict[str, Any] | None:
    told = row.mobile_sync_from
    return (
        None
        if told is None
        else {
            "origin": str(told.origin),
            "by": told.by,
            "at": told.at,
            "file": told.file or None,
        }
    )


def error(row: PersonRow, call: Call) -> dict[str, Any] | None:
    """Why it stopped and since when; None while nothing stopped it."""
    if row.error is None:
        return None
    told = faults.explained(row.error.code, row.error.params, call.lang)
    return {**told, "since": row.error.since}


def person_cells(row: PersonRow, call: Call) -> list[Cell]:
    """The columns of R22, for a table."""
    state = say(f"state.{'delayed' if row.delayed else row.state}", call.lang)
    return [
        state,
        "!" if str(row.mobile_sync) != "none" else "",
        row.id,
        row.name,
        row.email,
        row.login,
        row.last_synced,
        row.error.code if row.error else "",
    ]


def result(one: RowResult, call: Call) -> dict[str, Any]:
    """What became of one row of a command on many."""
    broken = None if one.error is None else faults.as_json(one.error, call)
    return {
        "id": one.id,
        "ok": one.ok,
        "state": None if one.state is None else str(one.state),
        "error": broken,
    }


def preview(seen: ActionPreview, call: Call) -> dict[str, Any]:
    """What an action would do."""
    return {
        "will_change": list(seen.will_change),
        "unchanged": list(seen.unchanged),
        "refused": [{"id": person_id, "error": faults.as_json(one, call)} for person_id, one in seen.refused],
    }


def tell_preview(seen: ActionPreview, call: Call) -> None:
    """The same in words."""
    call.out.say(
        "integration.preview",
        change=len(seen.will_change),
        unchanged=len(seen.unchanged),
        refused=len(seen.refused),
    )
    for person_id, broken in seen.refused:
        call.out.line(f"{person_id}: {faults.as_json(broken, call)['message']} [{broken.code}]")


def mailbox(one: MailboxResult, call: Call) -> dict[str, Any]:
    """What a cycle did to one mailbox."""
    return {
        "id": one.person_id,
        "ok": one.ok,
        "pulled": one.pulled,
        "pushed": one.pushed,
        "conflicts": one.conflicts,
        "skipped": one.skipped,
        "deleted": one.deleted,
        "held": one.held,
        "requests": one.requests,
        "duration_ms": one.duration_ms,
        "error": None if one.failure is None else faults.as_json(one.failure, call),
    }
