"""``imports``: the bulk loads that were made, and taking one back (R26)."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from vfadmin.cli import faults
from vfadmin.cli.call import usage
from vfadmin.cli.output import Cell
from vfadmin.cli.tree import LARGEST, Command, Json, call_of, make_group

_SHORT = 12
"""So much of a layout's hash is shown; nobody has so many that it would not do."""


def group() -> typer.Typer:
    """The commands under ``imports``."""
    app = make_group("imports")
    app.command("list", cls=Command, help="imports.list")(listing)
    app.command("undo", cls=Command, help="imports.undo")(undo)
    app.command("layouts", cls=Command, help="imports.layouts")(layouts)
    app.command("forget", cls=Command, help="imports.forget")(forget)
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


def layouts(ctx: typer.Context, as_json: Json = False) -> None:
    """What was said of the columns of lists by hand, the latest first."""
    call = call_of(ctx, as_json=as_json)
    known = call.services.bulk_import.layouts()
    if as_json:
        call.out.document(
            [
                {
                    "layout": one.layout,
                    "columns": dict(one.columns),
                    "file": one.file,
                    "actor": one.actor,
                    "at": one.at,
                }
                for one in known
            ]
        )
        return
    none = call.text("import.no_column")
    cells: list[list[Cell]] = [
        [
            one.layout[:_SHORT],
            one.at,
            one.actor,
            one.file,
            ", ".join(f"{name}: {header or none}" for name, header in one.columns.items()),
        ]
        for one in known
    ]
    call.out.table([f"column.{name}" for name in ("layout", "at", "actor", "file", "columns")], cells)


def forget(
    ctx: typer.Context,
    layout: Annotated[str, typer.Argument(metavar="LAYOUT", help="imports.layout")],
    as_json: Json = False,
) -> None:
    """Forget what was said of the columns of that layout, named by as much of its hash as is unique."""
    call = call_of(ctx, as_json=as_json)
    service = call.services.bulk_import
    found = [one for one in service.layouts() if layout and one.layout.startswith(layout.casefold())]
    if len(found) != 1:
        raise usage(call, "imports.no_layout", layout=layout)
    service.forget_layout(found[0].layout)
    if as_json:
        call.out.document({"layout": found[0].layout})
    else:
        call.out.say("imports.forgotten", file=found[0].file)
