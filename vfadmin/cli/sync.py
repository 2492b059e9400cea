"""``sync``: bring calendars into step, once or as long as one watches."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vfadmin.cli import faults, plans, rows
from vfadmin.cli.call import Call, usage
from vfadmin.cli.interrupt import INTERRUPTED, stoppable
from vfadmin.cli.measured import measured
from vfadmin.cli.tree import Ids, Json, call_of

if TYPE_CHECKING:  # see `wiring`
    from collections.abc import Sequence

    from vfadmin.services.synchronise import DryRun, MailboxResult, PlannedOperation


def sync(
    ctx: typer.Context,
    ids: Ids = None,
    once: Annotated[bool, typer.Option("--once", help="sync.once")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="sync.watch")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="sync.dry_run")] = False,
    verify: Annotated[bool, typer.Option("--verify", help="sync.verify")] = False,
    metrics: Annotated[str | None, typer.Option(metavar="[HOST:]PORT", help="sync.metrics")] = None,
    as_json: Json = False,
) -> int:
    """All active mailboxes, or those of the ids."""
    call = call_of(ctx, as_json=as_json)
    if once + watch + dry_run + verify > 1:
        raise usage(call, "sync.once_or_watch")
    if metrics is not None and not watch:
        raise usage(call, "sync.metrics_watch")
    if dry_run:
        return _dry_run(call, ids)
    if watch:
        return _watch(call, ids, metrics)
    return _once(call, ids, verify=verify)


def _once(call: Call, ids: Sequence[int] | None, *, verify: bool) -> int:
    with call.out.progress("sync.verifying" if verify else "sync.running") as advance:
        done: list[MailboxResult] = []
        total = len(ids) if ids else call.services.status.summary().counts.active

        def heard(one: MailboxResult) -> None:
            done.append(one)
            advance(len(done), total)

        with stoppable(call.synchronise.stop) as stopped:
            results = call.synchronise.run(ids or None, heard, verify=verify)
    if call.out.as_json:
        as_row = _verified if verify else rows.mailbox
        call.out.document({"mailboxes": [as_row(one, call) for one in results]})
    tell = _tell_verified if verify else _tell
    for one in results:
        tell(one, call)
    failures = [one.failure for one in results if one.failure is not None]
    if results:
        call.out.say("sync.summary", ok=len(results) - len(failures), failed=len(failures))
    else:
        call.out.say("sync.nobody")
    return INTERRUPTED if stopped.is_set() else faults.exit_code(failures, len(results) - len(failures))


def _watch(call: Call, ids: Sequence[int] | None, metrics: str | None) -> int:
    call.out.note("sync.watching")
    from vfadmin.services.metrics import Meter  # noqa: PLC0415 - see `wiring`

    meter = Meter()

    def heard(one: MailboxResult) -> None:
        meter.note(one)
        if call.out.as_json:
            call.out.json_line(rows.mailbox(one, call))
        else:
            _tell(one, call)

    with ExitStack() as held:
        if metrics is not None:
            held.enter_context(measured(call, meter, metrics))
        held.enter_context(stoppable(call.synchronise.stop))
        call.watch_over()
        call.synchronise.watch(ids or None, heard)
    return INTERRUPTED


def _dry_run(call: Call, ids: Sequence[int] | None) -> int:
    planned = call.synchronise.dry_run(ids or None)
    if call.out.as_json:
        call.out.document({"mailboxes": [_plan(one, call) for one in planned]})
    for one in planned:
        _tell_plan(one, call)
    if not planned:
        call.out.say("sync.nobody")
    failures = [one.failure for one in planned if one.failure is not None]
    return faults.exit_code(failures, len(planned) - len(failures))


def _tell(one: MailboxResult, call: Call) -> None:
    if one.failure is not None:
        faults.tell(one.failure, call, about=str(one.person_id))
        return
    call.out.say(
        "sync.row_ok",
        id=one.person_id,
        name=call.services.directory.person(one.person_id).name,
        pulled=one.pulled,
        pushed=one.pushed,
        deleted=one.deleted,
        conflicts=one.conflicts,
    )


def _tell_verified(one: MailboxResult, call: Call) -> None:
    if one.failure is not None:
        faults.tell(one.failure, call, about=str(one.person_id))
        return
    name = call.services.directory.person(one.person_id).name
    if not (one.operations or one.held or one.skipped):
        call.out.say("sync.row_agrees", id=one.person_id, name=name)
        return
    count = len(one.operations)
    call.out.say(
        "sync.row_verified", id=one.person_id, name=name, count=count, held=one.held, skipped=one.skipped
    )
    if one.operations:
        _table(one.operations, call)


def _verified(one: MailboxResult, call: Call) -> dict[str, Any]:
    return {**rows.mailbox(one, call), "repaired": [_operation(done, call) for done in one.operations]}


def _tell_plan(one: DryRun, call: Call) -> None:
    if one.failure is not None:
        faults.tell(one.failure, call, about=str(one.person_id))
        return
    plans.tell(one, call)
    if one.operations:
        _table(one.operations, call)


def _table(operations: Sequence[PlannedOperation], call: Call) -> None:
    call.out.table(
        (
            "column.side",
            "column.operation",
            "column.start",
            "column.title",
            "column.fields",
            "column.reason",
        ),
        [_cells(operation, call) for operation in operations],
    )


def _cells(one: PlannedOperation, call: Call) -> list[Any]:
    return [
        call.word("side", one.side),
        call.word("operation", one.operation),
        one.start,
        _title(one, call),
        ", ".join(call.word("field", name) for name in one.fields),
        call.word("reason", one.reason),
    ]


def _title(one: PlannedOperation, call: Call) -> str:
    """R31: of a private event nobody learns more than its time."""
    return call.text("field.private") if one.private else one.title


def _plan(one: DryRun, call: Call) -> dict[str, Any]:
    return plans.counted(one, call) | {
        "operations": [_operation(operation, call) for operation in one.operations],
    }


def _operation(one: PlannedOperation, call: Call) -> dict[str, Any]:
    return {
        "side": str(one.side),
        "operation": one.operation,
        "reason": one.reason,
        "title": _title(one, call),
        "start": one.start,
        "fields": list(one.fields),
    }
