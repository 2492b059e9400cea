"""``history``: what happened to a mailbox, run by run and event by event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from vfadmin.cli import faults
from vfadmin.cli.call import Call, usage
from vfadmin.cli.tree import LARGEST, Json, PersonId, call_of

if TYPE_CHECKING:  # see `wiring`
    from vfadmin.services.history import OperationRow, RunRow

_CAUSES = ("recurrence", "zone", "repeated-hour", "read-only")
"""What of a series one of the sides cannot show."""


def history(
    ctx: typer.Context,
    person_id: PersonId,
    run: Annotated[int | None, typer.Option(max=LARGEST, metavar="N", help="history.run")] = None,
    forget_texts: Annotated[bool, typer.Option("--forget-texts", help="history.forget_texts")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="history.yes")] = False,
    limit: Annotated[int, typer.Option(min=1, max=LARGEST, metavar="N", help="history.limit")] = 50,
    as_json: Json = False,
) -> None:
    """The runs, newest first; with ``--run`` the operations of one."""
    call = call_of(ctx, as_json=as_json)
    if forget_texts:
        _forget_texts(call, person_id, yes=yes)
        return
    if run is None:
        _runs(call, call.services.history.runs(person_id, limit))
        return
    if not call.services.history.has_run(person_id, run):
        raise usage(call, "history.no_run", id=person_id, run=run)
    done = [one for one in call.services.history.operations(run) if one.person_id == person_id]
    _operations(call, done)


def _forget_texts(call: Call, person_id: int, *, yes: bool) -> None:
    """It cannot be undone: nothing is done before it was said that it is meant."""
    texts = call.services.forget_texts
    if not yes:
        raise usage(call, "history.say_yes", id=person_id, count=texts.count(person_id))
    forgotten = texts.forget(person_id)
    if call.out.as_json:
        call.out.document({"id": person_id, "operations": forgotten})
    else:
        call.out.say("history.forgotten", count=forgotten)


def _runs(call: Call, found: list[RunRow]) -> None:
    if call.out.as_json:
        call.out.document([_run(one, call) for one in found])
    elif found:
        call.out.table(
            (
                "column.run",
                "column.started",
                "column.pulled",
                "column.pushed",
                "column.deleted",
                "column.error",
            ),
            [
                [
                    one.id,
                    one.started,
                    one.pulled,
                    one.pushed,
                    one.deleted,
                    one.error.code if one.error else "",
                ]
                for one in found
            ],
        )
    else:
        call.out.say("history.none")


def _operations(call: Call, found: list[OperationRow]) -> None:
    if call.out.as_json:
        call.out.document([_operation(one) for one in found])
    elif found:
        call.out.table(
            ("column.id", "column.at", "column.side", "column.operation", "column.reason", "column.title"),
            [
                [
                    one.id,
                    one.at,
                    call.word("side", one.side),
                    call.word("operation", one.operation),
                    _why(one, call),
                    one.title,
                ]
                for one in found
            ],
        )
    else:
        call.out.say("history.no_operations")


def _why(one: OperationRow, call: Call) -> str:
    """Why it was done, and of a series that was left alone what it is that cannot be shown."""
    causes = [note for note in (one.detail.get("note"),) if note in _CAUSES]
    return ": ".join(call.word("reason", word) for word in (one.reason, *causes))


def _run(one: RunRow, call: Call) -> dict[str, Any]:
    told = None if one.error is None else faults.explained(one.error.code, one.error.params, call.lang)
    return {
        "run": one.id,
        "id": one.person_id,
        "started": one.started,
        "finished": one.finished,
        "ok": one.ok,
        "pulled": one.pulled,
        "pushed": one.pushed,
        "conflicts": one.conflicts,
        "skipped": one.skipped,
        "deleted": one.deleted,
        "requests": one.requests,
        "duration_ms": one.duration_ms,
        "error": told,
    }


def _operation(one: OperationRow) -> dict[str, Any]:
    return {
        "operation_id": one.id,
        "run": one.run_id,
        "at": one.at,
        "side": one.side,
        "operation": one.operation,
        "reason": one.reason,
        "title": one.title,
        "start": one.start,
        "fields": list(one.fields),
        "before": one.before,
        "after": one.after,
        "detail": one.detail,
    }
