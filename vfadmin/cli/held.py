"""``held``: what waits for an admin, and the three ways out of it; conflicts that were settled among it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vfadmin.cli import faults, plans
from vfadmin.cli.call import Call, usage
from vfadmin.cli.interrupt import INTERRUPTED, stoppable
from vfadmin.cli.tree import Command, Ids, Json, call_of, make_group

if TYPE_CHECKING:  # see `wiring`
    from vfadmin.services.held import Decided, WaitingEvent, WaitingMailbox

_MAILBOX, _CONFLICT = "mailbox", "conflict"
_DID = {"process": "held.did_process", "skip": "held.did_skip", "restore": "held.did_restore"}
_WOULD = {"process": "held.would_process", "skip": "held.would_skip", "restore": "held.would_restore"}
_IN_HAND = {"process": "held.word_process", "skip": "held.word_skip", "restore": "held.word_restore"}
_WAITS = {
    "delete": "held.delete",
    "create": "held.create",
    "quarantine": "held.quarantine",
    _MAILBOX: "held.mailbox",
    _CONFLICT: "held.conflict",
}
Refs = Annotated[list[str] | None, typer.Option("--event", metavar="REF", help="held.event")]
All = Annotated[bool, typer.Option("--all", help="held.all")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="held.dry_run")]


def group() -> typer.Typer:
    """The commands under ``held``."""
    app = make_group("held")
    app.command("list", cls=Command, help="held.list")(list_)
    for word in _DID:
        app.command(word, cls=Command, help=f"held.{word}")(_deciding(word))
    return app


def list_(ctx: typer.Context, ids: Ids = None, as_json: Json = False) -> int:
    """What waits, mailbox by mailbox; of these persons or of all."""
    call = call_of(ctx, as_json=as_json)
    held = call.services.held
    for one in ids or ():
        held.events(one)  # says of an unknown person that there is none
    found = held.everything(ids)
    if as_json:
        call.out.document([_mailbox(mailbox, events, call) for mailbox, events in found])
    for mailbox, events in found:
        _tell_mailbox(mailbox, call)
        _tell(events, call)
    if not found:
        call.out.say("held.none")
    return 0


def _deciding(word: str) -> Callable[..., int]:
    """The command of that word."""

    def command(
        ctx: typer.Context,
        ids: Ids = None,
        events: Refs = None,
        everybody: All = False,
        dry_run: DryRun = False,
        as_json: Json = False,
    ) -> int:
        call = call_of(ctx, as_json=as_json)
        asked = _asked(call, word, ids, events, everybody=everybody)
        return _preview(call, word, asked) if dry_run else _decide(call, word, asked)

    return command


_Asked = list[tuple[int, list[str] | None]]


def _asked(
    call: Call, word: str, ids: Sequence[int] | None, events: list[str] | None, *, everybody: bool
) -> _Asked:
    """The mailboxes with the events that were named in them; None for all that the decision fits."""
    if bool(ids) == everybody:
        raise usage(call, "held.ids_or_all")
    if events and len(ids or ()) != 1:
        raise usage(call, "held.one_person")
    if ids:
        return [(one, events or None) for one in dict.fromkeys(ids)]
    # Another mailbox is accepted one by one, and a loser restored one by one: each has to be looked at first.
    left_out = (_MAILBOX,) if word == "skip" else (_MAILBOX, _CONFLICT)
    return [
        (one.person_id, [event.ref for event in events if event.kind not in left_out])
        for one, events in call.services.held.everything()
    ]


def _decide(call: Call, word: str, asked: _Asked) -> int:
    from vfadmin.services.patience import Patience  # noqa: PLC0415 - see `wiring`

    done: list[Decided] = []
    # Ctrl+C ends a wait for a mailbox at work at once, and what is being written first.
    with stoppable(lambda: None) as stopped:
        for person_id, refs in asked:
            if not stopped.is_set():
                patience = Patience(cancelled=stopped.is_set)
                done += call.services.held.decide(word, person_id, refs, again=patience)
    code = _answer(call, word, done)
    return INTERRUPTED if stopped.is_set() else code


def _answer(call: Call, word: str, done: Sequence[Decided]) -> int:
    if call.out.as_json:
        call.out.document([_result(one, call) for one in done])
    _tell([one.event for one in done if one.error is None], call)
    broken = _complain(done, call)
    good = len(done) - len(broken)
    at_once = sum(one.error is None and one.event.kind == _CONFLICT for one in done)
    at_once = at_once if word == "restore" else 0
    if at_once:
        call.out.say("held.did_restore_loser", count=at_once)
    if good > at_once:
        call.out.say(_DID[word], count=good - at_once)
    elif not done:
        call.out.say("held.nothing")
    return faults.exit_code(broken, good)


def _preview(call: Call, word: str, asked: _Asked) -> int:
    seen = [call.services.held.preview(word, person_id, refs) for person_id, refs in asked]
    fitting = [one for outlook in seen for one in outlook.fitting]
    refused = [one for outlook in seen for one in outlook.refused]
    moved = [one.person_id for one in fitting if one.kind == _MAILBOX]
    looked = call.services.rehearsal.first_cycle(moved) if moved else []
    if call.out.as_json:
        document = {
            "will_change": [_event(one, call) for one in fitting],
            "refused": [_result(one, call) for one in refused],
            "mailboxes": [plans.counted(one, call) for one in looked],
        }
        call.out.document(document)
    _tell(fitting, call)
    broken = _complain(refused, call)
    for one in looked:
        if one.failure is not None:
            faults.tell(one.failure, call, about=str(one.person_id))
        else:
            plans.tell(one, call)
    call.out.say(_WOULD[word] if fitting else "held.nothing", count=len(fitting))
    return faults.exit_code(broken, len(fitting))


def _complain(results: Sequence[Decided], call: Call) -> list[Any]:
    broken = [one for one in results if one.error is not None]
    for one in broken:
        if one.error is not None:
            faults.tell(one.error, call, about=f"{one.event.person_id} {one.event.ref}")
    return [one.error for one in broken]


def _mailbox(one: WaitingMailbox, events: Sequence[WaitingEvent], call: Call) -> dict[str, Any]:
    return {
        "id": one.person_id,
        "name": one.name,
        "company": one.company,
        "held": one.deletions,
        "limit": one.limit,
        "quarantined": one.failing,
        "doubtful": one.doubtful,
        "moved": one.moved,
        "decided": one.decided,
        "conflicts": one.conflicts,
        "events": [_event(event, call) for event in events],
    }


def _event(one: WaitingEvent, call: Call) -> dict[str, Any]:
    error = None if one.code is None else faults.explained(one.code, one.params, call.lang)
    return {
        "id": one.person_id,
        "event": one.ref,
        "kind": one.kind,
        "title": one.title,
        "start": one.start,
        "all_day": one.all_day,
        "side": one.side,
        "since": one.since,
        "error": error,
        "decision": one.decision,
        "ways": list(one.ways),
        "fields": list(one.fields),
        "run": one.run,
        "operation": one.operation,
    }


def _result(one: Decided, call: Call) -> dict[str, Any]:
    error = None if one.error is None else faults.as_json(one.error, call)
    event = one.event
    return {
        "id": event.person_id,
        "event": event.ref,
        "kind": event.kind,
        "title": event.title,
        "ok": one.error is None,
        "error": error,
    }


def _tell_mailbox(one: WaitingMailbox, call: Call) -> None:
    figures = {"held": one.deletions, "limit": one.limit, "other": one.total - one.deletions}
    figures["conflicts"] = one.conflicts
    call.out.say("held.row", id=one.person_id, name=one.name, **figures)


def _tell(events: Sequence[WaitingEvent], call: Call) -> None:
    if not events:
        return
    headings = ("column.id", "column.event", "column.what", "column.start", "column.title", "column.error")
    rows = [
        [one.person_id, one.ref, _what(one, call), _when(one), one.title, one.code or ""] for one in events
    ]
    call.out.table(headings, rows)


def _what(one: WaitingEvent, call: Call) -> str:
    """What waits, on which side, and what was decided about it already."""
    side = call.word("side", one.side) if one.side else ""
    fields = ", ".join(call.word("field", name) for name in one.fields)
    what = call.text(_WAITS[one.kind], side=side, fields=fields)
    if one.decision is None:
        return what
    return call.text("held.decided", what=what, word=call.text(_IN_HAND[one.decision]))


def _when(one: WaitingEvent) -> datetime | str:
    start = None if one.start is None else datetime.fromisoformat(one.start)
    if start is None:
        return ""
    return start.date().isoformat() if one.all_day else start
