"""``import`` and ``template``: the bulk load of persons and logins (R26)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vfadmin.cli import faults, mailboxes, secrets
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
    known_companies: Annotated[
        bool, typer.Option("--known-companies", help="import.known_companies")
    ] = False,
    ask_exchange: Annotated[bool, typer.Option("--ask-exchange", help="import.ask_exchange")] = False,
    as_json: Json = False,
) -> int:
    """Check the file, then apply its good rows in one transaction; a bad row changes nothing."""
    call = call_of(ctx, as_json=as_json)
    service = call.services.bulk_import
    if report is not None:
        service.check_report(report, file)
    password = secrets.piped(call, "--password-stdin") if password_stdin else None
    check = partial(
        service.check,
        file,
        sheet,
        _columns(columns, call),
        activate=activate,
        known_companies=known_companies,
    )
    plan = _opened(check, password, call, file)
    if plan.remembered:
        call.out.note("import.remembered", columns=_listed(plan.remembered, call))
    if ask_exchange:
        told = mailboxes.ask(call, plan)
        if isinstance(told, int):
            return told
        plan = told
    numbers, judged = _planned(plan) if dry_run else _applied(service.apply(plan))
    rejected = tuple(row for row in judged if row.failure is not None)
    more = {"columns": dict(plan.columns), "remembered": dict(plan.remembered)}
    _answer(call, numbers, rejected, "import.would" if dry_run else "import.did", more)
    if report is not None:
        try:
            service.report(judged, plan, report, call.lang, done=not dry_run)
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


def _opened(check: Callable[..., ImportPlan], password: str | None, call: Call, file: Path) -> ImportPlan:
    """The plan; a protected file's password is asked for, where there is somebody to ask."""
    try:
        return check(password=password)
    except UsageError as error:
        asked = _asked(error, call, file) if password is None else None
        if asked is None:
            raise
    return check(password=asked)


def _listed(columns: Mapping[str, str], call: Call) -> str:
    return ", ".join(f"{name}: {header or call.text('import.no_column')}" for name, header in columns.items())


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


def _planned(plan: ImportPlan) -> tuple[dict[str, int | None], tuple[PlannedRow, ...]]:
    from vfadmin.services.bulk_import import Verdict  # noqa: PLC0415 - the ORM behind it is slow to import

    counts = plan.counts
    numbers = {
        "rows": len(plan.rows),
        "created": counts[Verdict.CREATE],
        "updated": counts[Verdict.UPDATE],
        "unchanged": counts[Verdict.UNCHANGED],
        "activated": plan.activated,
        "batch": None,
    }
    return numbers, plan.rows


def _applied(done: ImportResult) -> tuple[dict[str, int | None], tuple[PlannedRow, ...]]:
    numbers = {
        "rows": done.rows,
        "created": done.created,
        "updated": done.updated,
        "unchanged": done.unchanged,
        "activated": done.activated,
        "batch": done.batch,
    }
    return numbers, tuple(sorted((*done.applied, *done.rejected), key=lambda row: row.row))


def _answer(
    call: Call,
    numbers: Mapping[str, int | None],
    rejected: tuple[PlannedRow, ...],
    key: str,
    more: Mapping[str, Any],
) -> None:
    if call.out.as_json:
        call.out.document({**numbers, "rejected": [_rejection(row, call) for row in rejected], **more})
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


def _exit_code(numbers: Mapping[str, int | None], rejected: int) -> int:
    if not rejected:
        return 0
    return 3 if (numbers["rows"] or 0) > rejected else 2
