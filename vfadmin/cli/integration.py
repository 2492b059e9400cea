"""``integration``: activate, passivate, resume, remove, and what each would do."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from vfadmin.cli import faults, plans, removal, rows, transfers
from vfadmin.cli.call import Call, usage
from vfadmin.cli.tree import LARGEST, Command, Json, call_of, make_group
from vfadmin.errors import CODES

if TYPE_CHECKING:  # see `wiring`
    from vfadmin.services.activation import RowResult


class Choice(StrEnum):
    """R2: the mailbox's default calendar or one of its own."""

    DEFAULT = "default"
    NEW = "new"


class Action(StrEnum):
    """What ``preview`` can be asked about."""

    ACTIVATE = "activate"
    PASSIVATE = "passivate"
    RESUME = "resume"
    REMOVE = "remove"


Some = Annotated[list[int], typer.Argument(max=LARGEST, metavar="ID", help="common.ids")]


def group() -> typer.Typer:
    """The commands under ``integration``."""
    app = make_group("integration")
    for function in (activate, passivate, resume, remove, connect, preview):
        app.command(function.__name__, cls=Command, help=f"integration.{function.__name__}")(function)
    app.command("move-to-graph", cls=Command, help="integration.move_to_graph")(transfers.move_to_graph)
    return app


def activate(
    ctx: typer.Context,
    ids: Some,
    login: Annotated[str | None, typer.Option(metavar="LOGIN", help="integration.login")] = None,
    calendar: Annotated[Choice | None, typer.Option(help="integration.calendar")] = None,
    calendar_name: Annotated[
        str | None, typer.Option(metavar="NAME", help="integration.calendar_name")
    ] = None,
    move_events: Annotated[bool, typer.Option("--move-events", help="integration.move_events")] = False,
    as_json: Json = False,
) -> int:
    """R23: bring persons in. A login can be given for one person only: nobody shares a mailbox."""
    call = call_of(ctx, as_json=as_json)
    if login is not None and len(ids) != 1:
        raise usage(call, "integration.one_login")
    if calendar_name is not None and calendar is not Choice.NEW:
        raise usage(call, "integration.name_needs_new")
    chosen = None if calendar is None else calendar.value
    done = call.services.activation.activate(
        ids, login=login, calendar=chosen, calendar_name=calendar_name, move_events=move_events
    )
    return _answer(call, done)


def passivate(ctx: typer.Context, ids: Some, as_json: Json = False) -> int:
    """Switch off by hand; nothing is deleted."""
    call = call_of(ctx, as_json=as_json)
    return _answer(call, call.services.activation.passivate(ids))


def resume(
    ctx: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(metavar="ID", help="common.ids")] = None,
    all_errors: Annotated[bool, typer.Option("--all-errors", help="integration.all_errors")] = False,
    accept_mailbox: Annotated[
        bool, typer.Option("--accept-mailbox", help="integration.accept_mailbox")
    ] = False,
    as_json: Json = False,
) -> int:
    """R24: put what stopped on an error back to work, by id or all that share a cause."""
    call = call_of(ctx, as_json=as_json)
    if accept_mailbox and all_errors:
        raise usage(call, "integration.accept_one_by_one")
    if all_errors:
        return _answer(call, call.services.activation.resume_all(_code(words or [], call)))
    if not words:
        raise usage(call, "integration.ids_or_all")
    done = call.services.activation.resume(_ids(words, call), accept_mailbox=accept_mailbox)
    return _answer(call, done)


def remove(
    ctx: typer.Context,
    ids: Some,
    take_out: Annotated[bool, typer.Option("--take-out", help="integration.take_out")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="integration.dry_run")] = False,
    as_json: Json = False,
) -> int:
    """R25: forget the pairing; both calendars keep what they have, unless it is to be taken out (R30)."""
    call = call_of(ctx, as_json=as_json)
    if dry_run:
        return removal.preview(call, ids, taking_out=take_out)
    if take_out:
        return removal.take_out(call, ids)
    return _answer(call, call.services.activation.remove(ids))


def connect(
    ctx: typer.Context,
    ids: Some,
    connection: Annotated[str, typer.Option(metavar="NAME|auto", help="integration.connection")],
    as_json: Json = False,
) -> int:
    """R3: which connection leads to these mailboxes, where their logins do not tell."""
    call = call_of(ctx, as_json=as_json)
    chosen = None if connection == "auto" else connection
    return _answer(call, call.services.door_choice.choose(ids, chosen))


def preview(
    ctx: typer.Context,
    ids: Some,
    action: Annotated[Action, typer.Option(help="integration.action")] = Action.ACTIVATE,
    calendar: Annotated[Choice | None, typer.Option(help="integration.preview_calendar")] = None,
    calendar_name: Annotated[
        str | None, typer.Option(metavar="NAME", help="integration.calendar_name")
    ] = None,
    as_json: Json = False,
) -> int:
    """What the action would do to each row, and R29: to the calendars of those it puts to work."""
    call = call_of(ctx, as_json=as_json)
    if calendar is not None:
        return _preview_calendar(call, ids, calendar, calendar_name)
    seen = call.services.activation.preview(ids, action.value)
    to_work = action in (Action.ACTIVATE, Action.RESUME) and call.services.settings.flag("module")
    looked = call.services.rehearsal.first_cycle(seen.will_change) if to_work else []
    if as_json:
        mailboxes = [plans.counted(one, call) for one in looked]
        call.out.document(rows.preview(seen, call) | {"mailboxes": mailboxes})
    rows.tell_preview(seen, call)
    for one in looked:
        if one.failure is not None:
            faults.tell(one.failure, call, about=str(one.person_id))
        else:
            plans.tell(one, call)
    return 0


def _preview_calendar(call: Call, ids: Sequence[int], calendar: Choice, name: str | None) -> int:
    """R2: what moves to another calendar and what stays behind."""
    changes = call.services.activation.preview_calendar(ids, calendar.value, name)
    if call.out.as_json:
        call.out.document([{"id": one.id, "moves": one.moves, "stays": one.stays} for one in changes])
    for one in changes:
        call.out.say("integration.would_move", id=one.id, moves=one.moves, stays=one.stays)
    if not changes:
        call.out.say("integration.nothing")
    return 0


def _answer(call: Call, done: Sequence[RowResult]) -> int:
    if call.out.as_json:
        call.out.document([rows.result(one, call) for one in done])
    for one in done:
        if one.error is None:
            call.out.say("integration.row", id=one.id, state=call.word("state", str(one.state)))
        else:
            faults.tell(one.error, call, about=str(one.id))
    if not done:
        call.out.say("integration.nothing")
    return faults.exit_code([one.error for one in done if one.error], sum(one.ok for one in done))


def _code(words: Sequence[str], call: Call) -> str | None:
    """The error code behind ``--all-errors``, which may stand alone."""
    if not words:
        return None
    code = words[0].upper()
    if len(words) > 1 or code not in CODES:
        raise usage(call, "integration.bad_code", value=" ".join(words))
    return code


def _ids(words: Sequence[str], call: Call) -> list[int]:
    good = all(word.isascii() and word.isdigit() and len(word) <= len(str(LARGEST)) for word in words)
    ids = [int(word) for word in words] if good else []
    if not good or max(ids) > LARGEST:
        raise usage(call, "usage.value", name="ID", expected=call.text("usage.a_number"))
    return ids
