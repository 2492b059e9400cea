"""``integration move-to-graph``: from EWS to Office 365's Graph, and back while EWS still answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from vfadmin.cli import faults
from vfadmin.cli.call import Call, usage
from vfadmin.cli.tree import LARGEST, Json, call_of

if TYPE_CHECKING:  # see `wiring`
    from vfadmin.services.synchronise import Transfer


def move_to_graph(
    ctx: typer.Context,
    ids: Annotated[list[int] | None, typer.Argument(max=LARGEST, metavar="ID", help="common.ids")] = None,
    everybody: Annotated[bool, typer.Option("--all", help="integration.move_all")] = False,
    back: Annotated[bool, typer.Option("--undo", help="integration.move_back")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="integration.dry_run")] = False,
    as_json: Json = False,
) -> int:
    """R5: the same events over another protocol; nothing is made, changed or deleted in either calendar."""
    call = call_of(ctx, as_json=as_json)
    if everybody == bool(ids):
        raise usage(call, "integration.ids_or_everybody")
    done = call.synchronise.transfer(ids, call.services.actor, back=back, dry_run=dry_run)
    if call.out.as_json:
        call.out.document([_row(one, call) for one in done])
    for one in done:
        if one.failure is not None:
            faults.tell(one.failure, call, about=str(one.person_id))
        else:
            key = "integration.would_transfer" if dry_run else "integration.transferred"
            call.out.say(key, id=one.person_id, pairs=one.pairs, matched=one.matched)
    if not done:
        call.out.say("integration.nothing")
    broken = [one.failure for one in done if one.failure is not None]
    return faults.exit_code(broken, len(done) - len(broken))


def _state(one: Transfer, call: Call) -> str | None:
    known = one.failure is None or one.failure.code != "VF-PERSON-01"
    return str(call.services.directory.person(one.person_id).state) if known else None


def _row(one: Transfer, call: Call) -> dict[str, Any]:
    return {
        "id": one.person_id,
        "ok": one.failure is None,
        "state": _state(one, call),
        "pairs": one.pairs,
        "translated": one.translated,
        "matched": one.matched,
        "missing": one.missing,
        "error": None if one.failure is None else faults.as_json(one.failure, call),
    }
