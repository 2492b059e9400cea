"""The bulk load (R26): a customer's list of persons and logins, checked, shown, applied as one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from vfadmin.errors import UsageError, failure
from vfadmin.models import ImportBatch, ImportChange, ImportLayout
from vfadmin.models.people import login_key
from vfadmin.models.store import Store
from vfadmin.services.audit import ACTOR_LIMIT, Actor, record
from vfadmin.services.collecting import without_collecting
from vfadmin.services.directory import Clock
from vfadmin.services.import_answers import LoginAnswer
from vfadmin.services.import_apply import Applier, Companies
from vfadmin.services.import_devices import judge_for, looks_like_devices
from vfadmin.services.import_layouts import FILE_NAME_LIMIT, LayoutRow, layouts, remember, understand
from vfadmin.services.import_plan import (
    FieldChange,
    PlannedRow,
    Rules,
    Verdict,
    counts,
    judged_again,
)
from vfadmin.services.import_sheet import SheetRow, clean, read_cells
from vfadmin.services.import_snapshot import take_snapshot
from vfadmin.services.import_undo import LeftRow, Undoing, UndoResult
from vfadmin.services.progress import Progress

__all__ = [
    "BatchRow",
    "BulkImport",
    "FieldChange",
    "ImportPlan",
    "ImportResult",
    "LayoutRow",
    "LeftRow",
    "LoginAnswer",
    "PlannedRow",
    "Progress",
    "Rules",
    "UndoResult",
    "Verdict",
]

KEPT_BATCHES = 20
"""So many of the latest loads can be undone; of others it is not kept what they changed."""

_SHOWN_LIMIT = 80
_STRIDE = 500


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """A checked file. ``columns`` maps the recognised fields to the headers they were found under.

    ``corrected`` is what was said of the columns by hand, ``remembered`` what had been said of this
    ``layout`` before and was used again; an empty header means that the field has no column. ``edited`` are
    the cells that were changed since, as row and field. ``source`` is where the file is, ``lines`` are all
    its lines, cleaned. ``taught`` says who corrected the columns that are remembered, in which list and when.
    ``answers`` is what Exchange said of logins, by their keys.
    """

    file: str
    sha256: str
    sheet: str
    header_row: int
    columns: Mapping[str, str]
    rows: tuple[PlannedRow, ...]
    new_companies: tuple[str, ...] = ()
    ignored_columns: tuple[str, ...] = ()
    rules: Rules = field(default_factory=Rules)
    source: Path | None = None
    layout: str = ""
    corrected: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, str] = field(default_factory=dict)
    edited: frozenset[tuple[int, str]] = frozenset()
    lines: tuple[tuple[str, ...], ...] = field(default=(), repr=False, compare=False)
    taught: LayoutRow | None = None
    answers: Mapping[str, LoginAnswer] = field(default_factory=dict, repr=False)

    def count(self, verdict: Verdict) -> int:
        """How many rows have that verdict."""
        return self.counts[verdict]

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many rows have each verdict."""
        return counts(self.rows)

    @property
    def activated(self) -> int:
        """How many rows would be activated."""
        return sum(1 for row in self.rows if row.activates)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What applying did; ``rejected`` are the rows that changed nothing, each with its reason.

    ``applied`` are the others, with the verdict that held. ``batch`` names the load for an undo; None if
    nothing was written.
    """

    rows: int
    created: int
    updated: int
    unchanged: int
    activated: int
    rejected: tuple[PlannedRow, ...]
    applied: tuple[PlannedRow, ...]
    batch: int | None = None


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A load that changed something. ``undoable`` says that an undo still knows what it changed."""

    id: int
    at: datetime
    actor: str
    file: str
    sha256: str
    created: int
    updated: int
    activated: int
    undone: datetime | None
    undoable: bool


class BulkImport:
    """Checks and applies lists. Nothing is written before `apply`, which is one transaction."""

    def __init__(self, store: Store, *, clock: Clock, actor: Actor) -> None:
        self._store, self._clock, self._actor = store, clock, actor

    @without_collecting()
    def check(
        self,
        file: Path,
        sheet: str | None = None,
        columns: Mapping[str, str] | None = None,
        *,
        activate: bool = False,
        password: str | None = None,
        known_companies: bool = False,
        devices: bool | None = None,
        progress: Progress | None = None,
    ) -> ImportPlan:
        """Read the file and judge each row against the store; writes nothing.

        ``columns`` maps a field (id, name, first_name, last_name, email, company, login, calendar,
        calendar_name, activate, kind, mobile_sync, device) to a header or a column letter, or to nothing,
        where the header's own words mislead. Without it, what was said of this layout before is used.
        ``devices`` None sees from the columns whether it is a list of mobile devices (see `Rules`).
        ``password`` opens a protected file. Raises UsageError VF-IMPORT-01, -02, -03, -06, -09, -10, -20
        (cancelled).
        """
        cells = read_cells(file, sheet, password)
        with self._store.read() as session:
            known = layouts(session)
        told = understand(cells, columns, known)
        read = told.sheet
        chosen = looks_like_devices(read.columns) if devices is None else devices
        plan = ImportPlan(
            file=read.file,
            sha256=read.sha256,
            sheet=read.name,
            header_row=read.header_row,
            columns=read.columns,
            rows=(),
            ignored_columns=read.ignored,
            rules=Rules(activate, known_companies, chosen),
            source=file,
            layout=told.layout,
            corrected=told.corrected,
            remembered=told.remembered,
            lines=cells.rows,
            taught=next((one for one in known if told.remembered and one.layout == told.layout), None),
        )
        return self._judged(plan, read.rows, progress)

    @without_collecting()
    def judge(
        self, plan: ImportPlan, *, rules: Rules | None = None, progress: Progress | None = None
    ) -> ImportPlan:
        """Judge all rows anew, also those that were rejected, as the store is now; reads no file.

        ``rules`` are others than before. Raises UsageError VF-IMPORT-20 (cancelled).
        """
        rows = [SheetRow(row.row, row.cells) for row in plan.rows]
        return self._judged(plan if rules is None else replace(plan, rules=rules), rows, progress)

    def edit(self, plan: ImportPlan, row: int, field_name: str, value: str) -> ImportPlan:
        """Change one cell and judge all rows anew; see `revise`."""
        return self.revise(plan, {(row, field_name): value})

    @without_collecting()
    def revise(
        self,
        plan: ImportPlan,
        cells: Mapping[tuple[int, str], str] | None = None,
        *,
        answers: Iterable[LoginAnswer] = (),
        progress: Progress | None = None,
    ) -> ImportPlan:
        """Change cells, heed what Exchange said of logins, and judge all rows anew.

        What was a duplicate may be none any more. An answer holds for its login, in whatever row that stands
        from now on: a row with another login is not known again, one that Exchange refuses is rejected.

        Raises UsageError VF-IMPORT-06 for a field that the list has no column for, VF-IMPORT-20 (cancelled),
        KeyError for a row that it does not have.
        """
        changed: dict[int, dict[str, str]] = {}
        for (row, field_name), value in (cells or {}).items():
            if field_name not in plan.columns:
                raise UsageError(failure("VF-IMPORT-06", column=field_name[:_SHOWN_LIMIT]))
            changed.setdefault(row, {})[field_name] = clean(value)
        unknown = changed.keys() - {one.row for one in plan.rows}
        if unknown:
            raise KeyError(min(unknown))
        rows = [
            SheetRow(one.row, {**one.cells, **changed[one.row]} if one.row in changed else one.cells)
            for one in plan.rows
        ]
        known = {**plan.answers, **{login_key(one.login): one for one in answers}}
        plan = replace(plan, edited=plan.edited.union(cells or ()), answers=known)
        return self._judged(plan, rows, progress)

    @without_collecting()
    def dry_run(
        self, plan: ImportPlan, *, activate: bool | None = None, rows: Collection[int] | None = None
    ) -> ImportResult:
        """What `apply` would do if it were called now. Writes nothing."""
        with self._store.read() as session:
            judged, _ = _judged_now(session, plan, rows, Progress(0), activate=activate)
        return _counted(judged)

    @without_collecting()
    def apply(
        self,
        plan: ImportPlan,
        *,
        activate: bool | None = None,
        rows: Collection[int] | None = None,
        progress: Progress | None = None,
    ) -> ImportResult:
        """Judge the rows again as things stand now, and apply the good ones in one transaction.

        ``activate`` is another choice than that of the check: whether every applied row that has a login and
        is unused or passive is also activated. With ``rows`` only these are applied, by their numbers. What
        was said of the columns by hand is remembered for the layout.

        Raises UsageError VF-IMPORT-20 when the progress is cancelled: nothing is left then.
        """
        watched = Progress(0) if progress is None else progress
        with self._store.write() as session:
            judged, new_companies = _judged_now(session, plan, rows, watched, activate=activate)
            if plan.corrected:
                remember(session, plan.layout, plan.corrected, plan.file, self._actor, self._clock())
            result = _counted(judged)
            watched.total = watched.done + result.created + result.updated
            if result.created or result.updated:
                result = replace(
                    result, batch=self._write(session, plan, result, judged, new_companies, watched)
                )
        return result

    @without_collecting()
    def undo(self, batch: int, progress: Progress | None = None) -> UndoResult:
        """Bring everybody whom that load changed back to what he was, in one transaction.

        Whom somebody or something has touched since is left and named. Persons it created are removed if
        nothing refers to them; whom it activated is *unused* again, or *passive* if synchronised since.
        Raises UsageError: VF-IMPORT-20 (cancelled, nothing is left of it), -21, -23, -24.
        """
        watched = Progress(0) if progress is None else progress
        with self._store.write() as session:
            return Undoing(session, self._actor, self._clock(), watched).undo(batch)

    def batches(self, limit: int = 50) -> list[BatchRow]:
        """The latest loads that changed something, newest first."""
        kept = exists().where(ImportChange.batch_id == ImportBatch.id)
        latest = select(ImportBatch, kept).order_by(ImportBatch.id.desc()).limit(limit)
        with self._store.read() as session:
            return [_batch_row(one, undoable=undoable) for one, undoable in session.execute(latest)]

    def layouts(self) -> list[LayoutRow]:
        """The layouts whose columns were corrected by hand, the latest first."""
        with self._store.read() as session:
            return layouts(session)

    def forget_layout(self, layout: str) -> bool:
        """Forget what was said of that layout; whether anything was."""
        with self._store.write() as session:
            row = session.get(ImportLayout, layout)
            if row is None:
                return False
            before = dict(row.columns)
            session.delete(row)
            record(
                session, self._actor, "import.forget", f"layout:{layout[:16]}", before, None, self._clock()
            )
            return True

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

    def report(
        self,
        rows: Iterable[PlannedRow],
        plan: ImportPlan,
        path: Path,
        lang: str = "fi",
        *,
        done: bool = False,
    ) -> None:
        """Write the list back in its own columns and order, as a workbook with verdict and reason.

        What stood above the headings stands there again, also columns that mean nothing here; cells that were
        edited are as edited. ``done`` says that ``rows`` are what became of them; rows of the plan that are
        not among them were left out, and are there as such. Raises UsageError VF-IMPORT-07.
        """
        from vfadmin.services.import_report import OwnLayout, write_report  # noqa: PLC0415 - as above

        told = {row.row: row for row in rows}
        left = frozenset(row.row for row in plan.rows if row.row not in told)
        every = [told.get(row.row, row) for row in plan.rows]
        layout = OwnLayout(plan.columns, plan.lines, plan.header_row, plan.edited)
        write_report(path, every, layout, lang, done=done, left=left)

    def _judged(self, plan: ImportPlan, rows: Iterable[SheetRow], progress: Progress | None) -> ImportPlan:
        rows = list(rows)
        watched = Progress(0) if progress is None else progress
        watched.begin(len(rows))
        with self._store.read() as session:
            judge = judge_for(take_snapshot(session), plan.columns, plan.rules, plan.answers)
        judged: list[PlannedRow] = []
        for place in range(0, len(rows), _STRIDE):
            some = rows[place : place + _STRIDE]
            judged += [judge.judge(row) for row in some]
            watched.step(len(some))
        return replace(plan, rows=tuple(judged), new_companies=tuple(judge.new_companies))

    def _write(
        self,
        session: Session,
        plan: ImportPlan,
        result: ImportResult,
        judged: list[PlannedRow],
        new_companies: list[str],
        progress: Progress,
    ) -> int:
        """The rows, what an undo needs, and one entry in the audit trail; answers the batch's id."""
        now = self._clock()
        companies = Companies(session)
        batch = ImportBatch(
            at=now,
            actor=self._actor.name[:ACTOR_LIMIT],
            file=plan.file[:FILE_NAME_LIMIT],
            sha256=plan.sha256,
            created=result.created,
            updated=result.updated,
            activated=result.activated,
            companies=companies.add(new_companies),
        )
        session.add(batch)
        session.flush()
        number = batch.id
        _forget_changes(session, number - KEPT_BATCHES)
        Applier(session, self._actor, now, number, companies, progress).apply(judged)
        summary = _summary(plan, result, number, left_out=len(plan.rows) - len(judged))
        record(session, self._actor, "import.apply", f"file:{plan.file}", None, summary, now)
        return number


def _judged_now(
    session: Session,
    plan: ImportPlan,
    chosen: Collection[int] | None,
    progress: Progress,
    *,
    activate: bool | None,
) -> tuple[list[PlannedRow], list[str]]:
    """The chosen rows as things stand now, and the companies they would add."""
    rows = plan.rows
    if chosen is not None:
        wanted = frozenset(chosen)
        rows = tuple(row for row in rows if row.row in wanted)
    progress.begin(2 * len(rows))
    rules = plan.rules if activate is None else replace(plan.rules, activate=activate)
    judge = judge_for(take_snapshot(session), plan.columns, rules, plan.answers)
    judged: list[PlannedRow] = []
    for place in range(0, len(rows), _STRIDE):
        judged += judged_again(rows[place : place + _STRIDE], judge)
        progress.step(min(_STRIDE, len(rows) - place))
    return judged, judge.new_companies


def _counted(judged: Iterable[PlannedRow]) -> ImportResult:
    rows = tuple(judged)
    found = counts(rows)
    return ImportResult(
        rows=len(rows),
        created=found[Verdict.CREATE],
        updated=found[Verdict.UPDATE],
        unchanged=found[Verdict.UNCHANGED],
        activated=sum(1 for row in rows if row.activates),
        rejected=tuple(row for row in rows if row.verdict is Verdict.REJECT),
        applied=tuple(row for row in rows if row.verdict is not Verdict.REJECT),
    )


def _summary(plan: ImportPlan, result: ImportResult, batch: int, left_out: int) -> dict[str, str | int]:
    told: dict[str, str | int] = {
        "batch": batch,
        "sha256": plan.sha256,
        "rows": result.rows,
        "created": result.created,
        "updated": result.updated,
        "unchanged": result.unchanged,
        "activated": result.activated,
        "rejected": len(result.rejected),
    }
    more = {"left_out": left_out, "edited": len(plan.edited)}
    return told | {name: count for name, count in more.items() if count}


def _forget_changes(session: Session, up_to: int) -> None:
    session.execute(delete(ImportChange).where(ImportChange.batch_id <= up_to))


def _batch_row(one: ImportBatch, *, undoable: bool) -> BatchRow:
    return BatchRow(
        id=one.id,
        at=one.at,
        actor=one.actor,
        file=one.file,
        sha256=one.sha256,
        created=one.created,
        updated=one.updated,
        activated=one.activated,
        undone=one.undone_at,
        undoable=undoable and one.undone_at is None,
    )
