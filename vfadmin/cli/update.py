"""``update``: whether there is a newer version; nothing is installed or downloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from vfadmin.cli.call import Call
from vfadmin.cli.tree import Command, Json, call_of, make_group

if TYPE_CHECKING:  # see `wiring`
    from vfadmin.services.updates.notice import Finding


def group() -> typer.Typer:
    """The commands under ``update``."""
    app = make_group("update")
    app.command("check", cls=Command, help="update.check")(check)
    return app


def check(ctx: typer.Context, as_json: Json = False) -> None:
    """Ask the publisher now."""
    call = call_of(ctx, as_json=as_json)
    found = call.services.updates.check()
    if as_json:
        call.out.document(_document(found, call))
    else:
        _tell(found, call)


def _document(found: Finding, call: Call) -> dict[str, Any]:
    newest = found.newest
    return {
        "runs": found.runs,
        "newest": str(newest.version),
        "newer": found.newer,
        "published": newest.published,
        "valid_until": newest.valid_until,
        "page": newest.page,
        "notes": newest.notes[call.lang],
        "files": [{"name": one.name, "size": one.size, "sha256": one.sha256} for one in newest.files],
    }


def _tell(found: Finding, call: Call) -> None:
    newest = found.newest
    if not found.newer:
        same = str(newest.version) == found.runs
        call.out.say("update.newest" if same else "update.ahead", runs=found.runs, version=newest.version)
        return
    call.out.say("update.newer", version=newest.version, runs=found.runs)
    if newest.notes[call.lang]:
        call.out.line(newest.notes[call.lang])
    call.out.pairs([("update.published", newest.published), ("update.page", newest.page)])
    if newest.files:
        call.out.say("update.files")
    for one in newest.files:
        call.out.say("update.file", name=one.name, size=one.size, sha256=one.sha256)
