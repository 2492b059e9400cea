"""``imports``: the bulk loads that were made, and taking one back (R26)."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from vfadmin.cli import faults
from vfadmin.cli.tree import LARGEST, Command, Json, call_of, make_group


def group() -> typer.Typer:
    """The commands under ``imports``."""
    app = make_group("imports")
    app.command("list", cls=Command, help="imports.list")(listing)
    app.command("undo", cls=Command, help="imports.undo")(undo)
    return app


def listing(ctx: typer.Context, as_json: Json = False) -> None:
    """The latest loads, newest first."""
    call = call_of(ctx, as_json=as_json)
    batches = call.services.bulk_import.batches()
    if as_json:
        call.out.document(
            [
                {
                    "id": one.id,
                    "at": one.at,
                    "actor": one.actor,
                    "file": one.file,
                    "sha256": one.sha256,
                    "created": one.created,
                    "updated": one.updated,
                    "activated": one.activated,
                    "undone": one.undone,
                    "undoable": one.undoable,
                }
                for one in batches
            ]
        )
        return
    headings = ("id", "at", "actor", "file", "created", "updated", "activated", "undone")
    rows = [
        [one.id, one.at, one.actor, one.file, one.created, one.updated, one.activated, one.undone]
        for one in batches
    ]
    call.out.table([f"column.{name}" for name in headings], rows)


def undo(
    ctx: typer.Context,
    batch: Annotated[int, typer.Argument(metavar="ID", help="imports.batch", min=1, max=LARGEST)],
    as_json: Json = False,
) -> int:
    """Bring everybody back to what he was before that load; whom anything has touched since is left."""
    call = call_of(ctx, as_json=as_json)
    done = call.services.bulk_import.undo(batch)
    numbers: dict[str, Any] = {"batch": done.batch, "restored": done.restored, "removed": done.removed}
    if call.out.as_json:
        left = [{"id": one.person_id, **faults.as_json(one.failure, call)} for one in done.left]
        call.out.document({**numbers, "left": left})
    else:
        call.out.say("imports.undone", **numbers, left=len(done.left))
    for one in done.left:
        faults.tell(one.failure, call, about=f"{one.person_id} {one.name}".rstrip())
    return 3 if done.left else 0
