"""``undo RUN``: take back what a run did, event by event, where nothing has changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from vfadmin.cli import faults
from vfadmin.cli.call import Call
from vfadmin.cli.interrupt import INTERRUPTED, stoppable
from vfadmin.cli.tree import LARGEST, Json, call_of

if TYPE_CHECKING:  # see `wiring`
    from vfadmin.services.synchronise import RunUndone, UndoneEvent


def undo(
    ctx: typer.Context,
    run: Annotated[int, typer.Argument(min=1, max=LARGEST, metavar="RUN", help="undo.run")],
    operation: Annotated[
        int | None, typer.Option(min=1, max=LARGEST, metavar="N", help="undo.operation")
    ] = None,
    mass: Annotated[bool, typer.Option("--mass", help="undo.mass")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="undo.dry_run")] = False,
    as_json: Json = False,
) -> int:
    """The whole run, or with ``--operation`` only what that one took from a conflict's loser."""
    from vfadmin.services.synchronise import Wish  # noqa: PLC0415 - see `wiring`

    call = call_of(ctx, as_json=as_json)
    wish = Wish(run, operation, mass)
    if dry_run:
        return _answer(call, call.synchronise.preview_undo(wish), "undo.would")
    with call.out.progress("undo.running") as advance, stoppable(call.synchronise.stop) as stopped:
        told: list[UndoneEvent] = []

        def heard(one: UndoneEvent) -> None:
            told.append(one)
            advance(len(told), len(told))

        done = call.synchronise.undo(wish, call.services.actor, heard)
    code = _answer(call, done, "undo.did")
    return INTERRUPTED if stopped.is_set() else code


def _answer(call: Call, done: RunUndone, words: str) -> int:
    counts = {one: done.count(one) for one in ("undone", "already", "left")}
    if call.out.as_json:
        error = None if done.failure is None else faults.as_json(done.failure, call)
        events = [_row(one) for one in done.events]
        call.out.document(
            {"run": done.run_id, "id": done.person_id, **counts, "events": events, "error": error}
        )
    else:
        if done.events:
            call.out.table(
                ("column.start", "column.title", "column.operation", "column.reason"),
                [_cells(one, call) for one in done.events],
            )
        call.out.say(words, run=done.run_id, **counts)
    if done.failure is not None:
        faults.tell(done.failure, call, about=str(done.person_id))
    return faults.exit_code([done.failure] if done.failure else [], counts["undone"])


def _row(one: UndoneEvent) -> dict[str, Any]:
    """R31: of a private event nobody learns more than its time."""
    return {
        "title": "" if one.private else one.title,
        "start": one.start,
        "private": one.private,
        "operations": list(one.acts),
        "outcome": one.outcome,
        "reason": one.why,
    }


def _cells(one: UndoneEvent, call: Call) -> list[Any]:
    title = call.text("field.private") if one.private else one.title
    outcome = call.word("undone", one.outcome)
    done = ", ".join(call.word("operation", act) for act in one.acts)
    return [one.start, title, done, f"{outcome}: {call.word('unchanged', one.why)}" if one.why else outcome]
