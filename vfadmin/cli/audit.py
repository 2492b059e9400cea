"""``audit``: who changed what by hand, from which machine and through what."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vfadmin.cli.call import Call
from vfadmin.cli.tree import LARGEST, Json, call_of
from vfadmin.errors.texts import outcome

if TYPE_CHECKING:  # see `wiring`
    from vfadmin.services.export import Value
    from vfadmin.services.history import AuditRow

_COLUMNS = ("at", "actor", "host", "face", "change", "subject", "before", "after")


def audit(
    ctx: typer.Context,
    person_id: Annotated[int | None, typer.Argument(max=LARGEST, metavar="ID", help="audit.id")] = None,
    limit: Annotated[int, typer.Option(min=1, max=LARGEST, metavar="N", help="audit.limit")] = 50,
    output: Annotated[Path | None, typer.Option("--output", metavar="FILE", help="audit.output")] = None,
    as_json: Json = False,
) -> None:
    """The changes, newest first; with ``--output`` all of them into a file, oldest first."""
    call = call_of(ctx, as_json=as_json)
    if output is not None:
        _write(call, person_id, output)
        return
    found = call.services.history.audit(person_id, limit)
    if call.out.as_json:
        call.out.document([_document(one) for one in found])
    elif found:
        heads = [f"column.{name}" for name in _COLUMNS[:6]]
        call.out.table(heads, [_cells(one, call.lang)[:6] for one in found])
    else:
        call.out.say("audit.none")


def _write(call: Call, person_id: int | None, path: Path) -> None:
    from vfadmin.services.export import TrailSheet  # noqa: PLC0415 - only where it is written

    sheet = TrailSheet(
        path,
        call.word("audit", "title"),
        tuple(call.word("column", name) for name in _COLUMNS),
        partial(_cells, lang=call.lang),
        person_id,
    )
    count = call.services.export.write_trail(sheet)
    if call.out.as_json:
        call.out.document({"file": str(path), "changes": count})
    else:
        call.out.say("audit.written", count=count, file=path)


def _cells(one: AuditRow, lang: str) -> list[Value]:
    face = outcome(f"face.{one.face}", lang) if one.face else ""
    action = outcome(f"trail.{one.action}", lang).removeprefix("trail.")
    return [one.at, one.actor, one.host, face, action, one.subject, _plain(one.before), _plain(one.after)]


def _plain(facts: Mapping[str, Any] | None) -> str:
    return "" if facts is None else json.dumps(facts, ensure_ascii=False)


def _document(one: AuditRow) -> dict[str, Any]:
    return {
        "audit": one.id,
        "at": one.at,
        "actor": one.actor,
        "host": one.host,
        "face": one.face or None,
        "action": one.action,
        "subject": one.subject,
        "before": one.before,
        "after": one.after,
    }
