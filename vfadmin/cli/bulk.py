"""``import`` and ``template``: the bulk load of persons and logins (R26)."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vfadmin.cli import faults, secrets
from vfadmin.cli.call import Call, usage
from vfadmin.cli.tree import Json, call_of
from vfadmin.errors import Failure, UsageError

if TYPE_CHECKING:  # see `wiring`
    from vfadmin.services.bulk_import import ImportPlan, ImportResult, PlannedRow

_SHOWN_LIMIT = 80


def import_file(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="import.file")],
    sheet: Annotated[str | None, typer.Option(metavar="NAME", help="import.sheet")] = None,
    columns: Annotated[str | None, typer.Option(metavar="JSON", help="import.columns")] = None,
    activate: Annotated[bool, typer.Option("--activate", help="import.activate")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="import.dry_run")] = False,
    report: Annotated[Path | None, typer.Option(metavar="OUT.xlsx", help="import.report")] = None,
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="import.password_stdin")] = False,
    as_json: Json = False,
) -> int:
    """Check the file, then apply its good rows in one transaction; a bad row changes nothing."""
    call = call_of(ctx, as_json=as_json)
    service = call.services.bulk_import
    if report is not None:
        service.check_report(report, file)
    password = secrets.piped(call, "--password-stdin") if password_stdin else None
    check = partial(service.check, file, sheet, _columns(columns, call), activate=activate)
    try:
        plan = check(password=password)
    except UsageError as error:
        asked = _asked(error, call, file) if password is None else None
        if asked is None:
            raise
        plan = check(password=asked)
    if dry_run:
        rejected, numbers = _rejected(plan), _planned(plan)
        judged = plan.rows
    else:
        done = service.apply(plan, activate=activate)
        rejected, numbers = done.rejected, _applied(done)
        judged = tuple(sorted((*done.applied, *done.rejected), key=lambda row: row.row))
    _answer(call, numbers, rejected, "import.would" if dry_run else "import.did")
    if report is not None:
        try:
            service.report(judged, plan, report, call.lang)
        except UsageError as error:  # what was printed is done all the same
            faults.tell(error.failure, call)
            return 1
    return _exit_code(numbers, len(rejected))


def template(
    ctx: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="template.out")],
) -> None:
    """Write the empty, commented workbook."""
    call = call_of(ctx)
    call.services.bulk_import.template(out, call.lang)
    call.out.say("template.written", path=out)


def _asked(error: UsageError, call: Call, file: Path) -> str | None:
    """The password of the file, where that is all that was wrong."""
    if error.failure.code != "VF-IMPORT-09":
        return None
    return secrets.asked(call.text("import.ask", file=file.name))


def _columns(text: str | None, call: Call) -> dict[str, str] | None:
    if text is None:
        return None
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise usage(call, "import.bad_columns")
    return given


def _planned(plan: ImportPlan) -> dict[str, int]:
    from vfadmin.services.bulk_import import Verdict  # noqa: PLC0415 - the ORM behind it is slow to import

    return {
        "rows": len(plan.rows),
        "created": plan.count(Verdict.CREATE),
        "updated": plan.count(Verdict.UPDATE),
        "unchanged": plan.count(Verdict.UNCHANGED),
        "activated": sum(1 for row in plan.rows if row.activates),
    }


def _applied(done: ImportResult) -> dict[str, int]:
    return {
        "rows": done.rows,
        "created": done.created,
        "updated": done.updated,
        "unchanged": done.unchanged,
        "activated": done.activated,
    }


def _rejected(plan: ImportPlan) -> tuple[PlannedRow, ...]:
    return tuple(row for row in plan.rows if row.failure is not None)


def _answer(call: Call, numbers: dict[str, int], rejected: tuple[PlannedRow, ...], key: str) -> None:
    if call.out.as_json:
        call.out.document({**numbers, "rejected": [_rejection(row, call) for row in rejected]})
    else:
        call.out.say(key, **numbers, rejected=len(rejected))
    for row in rejected:
        if row.failure is not None:
            faults.tell(row.failure, call, about=_place(row, row.failure, call))


def _place(row: PlannedRow, broken: Failure, call: Call) -> str:
    """Row and column, and the cell's value where the reason does not repeat it."""
    told = faults.as_json(broken, call)["message"]
    shown = row.value[:_SHOWN_LIMIT]
    key = "import.row" if not shown or shown in told else "import.cell"
    return call.text(key, row=row.row, column=row.column or "-", value=shown)


def _rejection(row: PlannedRow, call: Call) -> dict[str, Any]:
    told = {} if row.failure is None else faults.as_json(row.failure, call)
    return {"row": row.row, "column": row.column, "value": row.value, **told}


def _exit_code(numbers: dict[str, int], rejected: int) -> int:
    if not rejected:
        return 0
    return 3 if numbers["rows"] > rejected else 2
