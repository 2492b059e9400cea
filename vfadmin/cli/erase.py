"""``person erase``: take out of the store what is known of a person, and say what stays and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vfadmin.cli import faults
from vfadmin.cli.call import Call, usage
from vfadmin.cli.tree import LARGEST, Json, call_of

if TYPE_CHECKING:  # see `wiring`
    from vfadmin.services.erasure import Erased


def erase(
    ctx: typer.Context,
    ids: Annotated[list[int], typer.Argument(min=1, max=LARGEST, metavar="ID", help="common.ids")],
    with_events: Annotated[bool, typer.Option("--with-events", help="erase.with_events")] = False,
    user: Annotated[list[str] | None, typer.Option("--user", metavar="NAME", help="erase.user")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="erase.yes")] = False,
    as_json: Json = False,
) -> int:
    """Without ``--yes`` it only shows: it cannot be undone."""
    from vfadmin.services.erasure import Wish  # noqa: PLC0415 - see `wiring`

    call = call_of(ctx, as_json=as_json)
    if user and len(ids) != 1:
        raise usage(call, "erase.one_user")
    wish = Wish(tuple(ids), with_events, tuple(user or ()))
    done = call.services.erasure.erase(wish) if yes else call.services.erasure.preview(wish)
    if as_json:
        call.out.document([_row(one, call, erased=yes) for one in done])
    for one in done:
        _tell(one, call, "did" if yes else "would")
    _tell_of_all(done, call, erased=yes)
    broken = [one.failure for one in done if one.failure is not None]
    return faults.exit_code(broken, len(done) - len(broken))


def _row(one: Erased, call: Call, *, erased: bool) -> dict[str, Any]:
    error = None if one.failure is None else faults.as_json(one.failure, call)
    return {
        "id": one.person_id,
        "ok": one.failure is None,
        "erased": erased and bool(one.pseudonym),
        "pseudonym": one.pseudonym or None,
        "gone": one.gone,
        "stays": one.stays,
        "files": list(one.files),
        "error": error,
    }


def _tell(one: Erased, call: Call, how: str) -> None:
    if one.failure is not None:
        faults.tell(one.failure, call, about=str(one.person_id))
        return
    if not one.pseudonym:
        call.out.say("erase.nothing", id=one.person_id)
    else:
        call.out.say(f"erase.{how}", id=one.person_id, name=one.pseudonym)
    for kind, count in one.gone.items():
        if count:
            call.out.say("erase.gone", what=call.word("erased", kind), count=count)
    for kind, count in one.stays.items():
        call.out.say("erase.stays", what=call.word("kept", kind), count=count)


def _tell_of_all(done: Sequence[Erased], call: Call, *, erased: bool) -> None:
    """What no command reaches, once; and, where it was only shown, what does it."""
    reached = [one for one in done if one.failure is None and one.pseudonym]
    files = sorted({name for one in done for name in one.files})
    if files:
        call.out.say("erase.files", files=", ".join(files))
    if reached:
        call.out.say("erase.elsewhere")
        if not erased:
            call.out.note("erase.say_yes")
