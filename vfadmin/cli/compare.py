"""``compare``: both calendars of one person side by side, and what becomes of each difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from vfadmin.cli import faults
from vfadmin.cli.call import Call
from vfadmin.cli.tree import Json, PersonId, call_of

if TYPE_CHECKING:  # see `wiring`
    from vfadmin.services.comparison import ComparedCalendars, ComparedRow, ComparedWrite


def compare(ctx: typer.Context, person_id: PersonId, as_json: Json = False) -> int:
    """What differs, what is on one side only, and what will be done about it. Changes nothing."""
    call = call_of(ctx, as_json=as_json)
    with call.out.progress("compare.running"):
        found = call.services.comparisons.compare(person_id)
    if call.out.as_json:
        call.out.document(as_document(found, call))
    else:
        _tell(found, call)
    if found.failure is None:
        return 0
    faults.tell(found.failure, call, about=str(person_id))
    return 1


def as_document(found: ComparedCalendars, call: Call) -> dict[str, Any]:
    """The comparison as one document: a list for each group, and what kept Exchange from being read."""
    from vfadmin.services.comparison import GROUPS  # noqa: PLC0415 - as all services, see `wiring`

    told = None if found.failure is None else faults.as_json(found.failure, call)
    return {
        "id": found.person_id,
        "state": found.state,
        "first_cycle": found.first,
        "requests": found.requests,
        **{group: [_as_json(one, call) for one in found.group(group)] for group in sorted(GROUPS)},
        "error": told,
    }


def _as_json(one: ComparedRow, call: Call) -> dict[str, Any]:
    return {
        "title": one.title,
        "start": one.start,
        "private": one.redacted,
        "valueframe": one.valueframe,
        "exchange": one.exchange,
        "fields": {
            field.name: {
                "valueframe": field.valueframe,
                "exchange": field.exchange,
                "resolved": field.resolved,
            }
            for field in one.fields
        },
        "resolution": one.resolution,
        "writes": [
            {
                "side": write.side,
                "operation": write.operation,
                "reason": write.reason,
                "fields": list(write.fields),
            }
            for write in one.writes
        ],
        "note": one.note,
        "until": one.until,
        "error": None if one.failure is None else faults.as_json(one.failure, call),
    }


def _tell(found: ComparedCalendars, call: Call) -> None:
    apart = [one for one in found.rows if one.group != "equal"]
    counts = {group: len(found.group(group)) for group in ("equal", "differing")}
    counts |= {side: len(found.group(side)) for side in ("only_valueframe", "only_exchange", "unreadable")}
    call.out.say("compare.summary", id=found.person_id, **counts)
    if found.state != "active":
        call.out.note("compare.idle", state=call.word("state", found.state))
    if apart:
        call.out.table(
            ("column.start", "column.title", "column.difference", "column.fields", "column.resolution"),
            [_cells(one, call) for one in apart],
        )


def _cells(one: ComparedRow, call: Call) -> list[Any]:
    fields = ", ".join(call.word("field", field.name) for field in one.fields)
    return [one.start, one.title, call.word("difference", one.group), fields, resolution(one, call)]


def resolution(one: ComparedRow, call: Call) -> str:
    """How it will be resolved, in words: the decision, and each write with its reason."""
    told = call.word("resolution", one.resolution)
    if one.until is not None:
        told = call.text("compare.until", what=told, until=call.out.cell(one.until))
    more = [_write(write, call) for write in one.writes]
    if one.note is not None:
        more.append(call.word("reason", one.note))
    if one.failure is not None:
        more.append(faults.as_json(one.failure, call)["message"])
    return f"{told}: {'; '.join(more)}" if more else told


def _write(one: ComparedWrite, call: Call) -> str:
    fields = ", ".join(call.word("field", name) for name in one.fields)
    key = "compare.write_fields" if fields else "compare.write"
    return call.text(
        key,
        side=call.word("side", one.side),
        operation=call.word("operation", one.operation),
        reason=call.word("reason", one.reason),
        fields=fields,
    )
