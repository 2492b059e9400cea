"""The bulk load (R26): a customer's list of persons and logins, checked, shown, applied as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from vfadmin.models.store import Store
from vfadmin.services.audit import Actor, record
from vfadmin.services.directory import Clock
from vfadmin.services.import_apply import Applier, take_snapshot
from vfadmin.services.import_plan import FieldChange, PlannedRow, Planner, Snapshot, Verdict
from vfadmin.services.import_sheet import SheetRow, read_sheet

__all__ = ["BulkImport", "FieldChange", "ImportPlan", "ImportResult", "PlannedRow", "Verdict"]


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """A checked file. ``columns`` maps the recognised fields to the headers they were found under."""

    file: str
    sha256: str
    sheet: str
    header_row: int
    columns: Mapping[str, str]
    rows: tuple[PlannedRow, ...]
    new_companies: tuple[str, ...] = ()
    ignored_columns: tuple[str, ...] = ()

    def count(self, verdict: Verdict) -> int:
        """How many rows have that verdict."""
        return sum(1 for row in self.rows if row.verdict is verdict)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What applying did; ``rejected`` are the rows that changed nothing, each with its reason.

    ``applied`` are the others, with the verdict that held.
    """

    rows: int
    created: int
    updated: int
    unchanged: int
    activated: int
    rejected: tuple[PlannedRow, ...]
    applied: tuple[PlannedRow, ...]


class BulkImport:
    """Checks and applies lists. Nothing is written before `apply`, which is one transaction."""

    def __init__(self, store: Store, *, clock: Clock, actor: Actor) -> None:
        self._store, self._clock, self._actor = store, clock, actor

    def check(
        self,
        file: Path,
        sheet: str | None = None,
        columns: Mapping[str, str] | None = None,
        *,
        activate: bool = False,
        password: str | None = None,
    ) -> ImportPlan:
        """Read the file and judge each row against the store; writes nothing.

        ``columns`` maps a field (id, name, first_name, last_name, email, company, login, calendar,
        calendar_name, activate, kind, mobile_sync) to a header or a column letter, where the header's own
        words are not enough. ``password`` opens a protected file. Raises UsageError VF-IMPORT-01, -02, -03,
        -06, -09, -10.
        """
        read = read_sheet(file, sheet, columns, password)
        with self._store.read() as session:
            snapshot = take_snapshot(session)
        planner = Planner(snapshot, read.columns, activate=activate)
        judged = tuple(planner.judge(row) for row in read.rows)
        return ImportPlan(
            file=read.file,
            sha256=read.sha256,
            sheet=read.name,
            header_row=read.header_row,
            columns=read.columns,
            rows=judged,
            new_companies=tuple(planner.new_companies),
            ignored_columns=read.ignored,
        )

    def apply(self, plan: ImportPlan, *, activate: bool = False) -> ImportResult:
        """Judge the rows again as things stand now, and apply the good ones in one transaction.

        ``activate`` also activates every applied row that has a login and is unused or passive.
        """
        with self._store.write() as session:
            judged = _judged_again(take_snapshot(session), plan, activate=activate)
            result = _counted(judged)
            Applier(session, self._actor, self._clock()).apply(judged)
            if result.created or result.updated:
                summary = {
                    "sha256": plan.sha256,
                    "rows": result.rows,
                    "created": result.created,
                    "updated": result.updated,
                    "unchanged": result.unchanged,
                    "activated": result.activated,
                    "rejected": len(result.rejected),
                }
                subject = f"file:{plan.file}"
                record(session, self._actor, "import.apply", subject, None, summary, self._clock())
        return result

    def template(self, path: Path, lang: str = "fi") -> None:
        """Write an empty, commented workbook. Raises UsageError VF-IMPORT-07 when it cannot be written."""
        # The workbook library is slow to import, and every short command imports this module.
        from vfadmin.services.import_workbook import write_template  # noqa: PLC0415

        write_template(path, lang)

    def check_report(self, path: Path, file: Path) -> None:
        """See that a report can be written to ``path``, before anything is applied.

        Raises UsageError VF-IMPORT-07; a report never goes over the list it tells of.
        """
        from vfadmin.services.import_workbook import check_writable  # noqa: PLC0415 - as above

        check_writable(path, but=file)

    def report(self, rows: Iterable[PlannedRow], plan: ImportPlan, path: Path, lang: str = "fi") -> None:
        """Write the rows back as a workbook with verdict and reason. Raises UsageError VF-IMPORT-07."""
        from vfadmin.services.import_workbook import write_report  # noqa: PLC0415 - as above

        write_report(path, list(rows), plan.columns, lang)


def _judged_again(snapshot: Snapshot, plan: ImportPlan, *, activate: bool) -> list[PlannedRow]:
    """What was rejected stays so: nobody has seen it as anything else."""
    planner = Planner(snapshot, plan.columns, activate=activate)
    return [
        row if row.verdict is Verdict.REJECT else planner.judge(SheetRow(row.row, row.cells))
        for row in plan.rows
    ]


def _counted(judged: Iterable[PlannedRow]) -> ImportResult:
    rows = tuple(judged)
    counts = {verdict: sum(1 for row in rows if row.verdict is verdict) for verdict in Verdict}
    return ImportResult(
        rows=len(rows),
        created=counts[Verdict.CREATE],
        updated=counts[Verdict.UPDATE],
        unchanged=counts[Verdict.UNCHANGED],
        activated=sum(1 for row in rows if row.activates),
        rejected=tuple(row for row in rows if row.verdict is Verdict.REJECT),
        applied=tuple(row for row in rows if row.verdict is not Verdict.REJECT),
    )
