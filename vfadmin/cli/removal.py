"""``integration remove``: leave both calendars as they are, or take out what ValueFrame brought (R30)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from vfadmin.cli import faults, rows
from vfadmin.cli.call import Call
from vfadmin.cli.interrupt import INTERRUPTED, stoppable

if TYPE_CHECKING:  # see `wiring`
    from vfadmin.services.activation import RowResult
    from vfadmin.services.synchronise import Left, TakenOut


def take_out(call: Call, ids: Sequence[int]) -> int:
    """End the integrations, then clear their mailboxes; what cannot be cleared now is taken up later."""
    call.synchronise.require_module()
    ended = call.services.activation.remove(ids, take_out=True)
    waiting = [one.id for one in ended if one.ok and str(one.state) == "passive"]
    with stoppable(call.synchronise.stop) as stopped:
        done = {one.person_id: one for one in call.synchronise.take_out(waiting)}
    if call.out.as_json:
        call.out.document([_row(one, done.get(one.id), call) for one in ended])
    for one in ended:
        _tell(one, done.get(one.id), call)
    broken = [error for one in ended if (error := one.error or _failure(done.get(one.id))) is not None]
    return INTERRUPTED if stopped.is_set() else faults.exit_code(broken, len(ended) - len(broken))


def preview(call: Call, ids: Sequence[int], *, taking_out: bool) -> int:
    """What the removal would do to each row and, if asked, to each mailbox; changes nothing."""
    seen = call.services.activation.preview(ids, "remove")
    looked = call.synchronise.preview_removal(seen.will_change) if taking_out else []
    if call.out.as_json:
        document = rows.preview(seen, call) | {"brought": seen.brought}
        call.out.document(document | {"mailboxes": [_counted(one, call) for one in looked]})
    rows.tell_preview(seen, call)
    call.out.say("integration.brought", count=seen.brought)
    for one in looked:
        if one.failure is not None:
            faults.tell(one.failure, call, about=str(one.person_id))
        else:
            call.out.say("integration.would_take", id=one.person_id, taken=one.taken, left=len(one.left))
            _name(one.left, call)
    broken = [one.failure for one in looked if one.failure is not None]
    return faults.exit_code(broken, len(looked) - len(broken))


def _failure(done: TakenOut | None) -> Any:  # noqa: ANN401 - a Failure, which lives deeper
    return None if done is None else done.failure


def _row(one: RowResult, done: TakenOut | None, call: Call) -> dict[str, Any]:
    row = rows.result(one, call) | {"taken": 0, "left": []}
    if done is None:
        return row
    counted = _counted(done, call)
    state = str(call.services.directory.person(one.id).state)
    return row | counted | {"ok": done.failure is None, "state": state}


def _counted(done: TakenOut, call: Call) -> dict[str, Any]:
    left = [{"title": _title(one, call), "start": one.start, "reason": one.why} for one in done.left]
    error = None if done.failure is None else faults.as_json(done.failure, call)
    return {"id": done.person_id, "taken": done.taken, "left": left, "error": error}


def _tell(one: RowResult, done: TakenOut | None, call: Call) -> None:
    broken = one.error or _failure(done)
    if broken is not None:
        faults.tell(broken, call, about=str(one.id))
        return
    state = call.word("state", str(call.services.directory.person(one.id).state))
    call.out.say("integration.row", id=one.id, state=state)
    if done is not None:
        call.out.say("integration.taken", id=one.id, taken=done.taken, left=len(done.left))
        _name(done.left, call)


def _name(left: Sequence[Left], call: Call) -> None:
    if left:
        headings = ("column.start", "column.title", "column.reason")
        cells = [[one.start, _title(one, call), call.word("left", one.why)] for one in left]
        call.out.table(headings, cells)


def _title(one: Left, call: Call) -> str:
    """R31: of a private event nobody learns more than its time."""
    return call.text("field.private") if one.private else one.title
