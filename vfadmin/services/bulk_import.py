"""The bulk load (R26): a customer's list of persons and logins, checked, shown, applied as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from vfadmin.errors import Failure
from vfadmin.models.store import Store
from vfadmin.services.activation import Activation
from vfadmin.services.audit import Actor
from vfadmin.services.directory import Clock


class Verdict(StrEnum):
    """What becomes of a row."""

    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that the row would change, as texts."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of the file and what would become of it.

    ``row`` is the number the spreadsheet shows. ``cells`` are the recognised cells by field, cleaned.
    ``column`` is the header of the cell a rejection points at, ``failure`` its reason.
    ``activates`` says that the row asks for activation and would be activated.
    """

    row: int
    verdict: Verdict
    cells: Mapping[str, str]
    person_id: int | None = None
    changes: tuple[FieldChange, ...] = ()
    column: str | None = None
    failure: Failure | None = None
    activates: bool = False


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
    ignored_columns: tuple[str, ...] = field(default=())

    def count(self, verdict: Verdict) -> int:
        """How many rows have that verdict."""
        return sum(1 for row in self.rows if row.verdict is verdict)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What applying did; ``rejected`` are the rows that changed nothing, each with its reason."""

    rows: int
    created: int
    updated: int
    unchanged: int
    activated: int
    rejected: tuple[PlannedRow, ...]
    applied: tuple[PlannedRow, ...]


class BulkImport:
    """Checks and applies lists. Nothing is written before `apply`, which is one transaction."""

    def __init__(self, store: Store, activation: Activation, *, clock: Clock, actor: Actor) -> None:
        self._store, self._activation, self._clock, self._actor = store, activation, clock, actor

    def check(
        self,
        file: Path,
        sheet: str | None = None,
        columns: Mapping[str, str] | None = None,
        *,
        activate: bool = False,
    ) -> ImportPlan:
        """Read the file and judge each row against the store; writes nothing.

        ``columns`` maps a field (id, name, first_name, last_name, email, company, login, calendar,
        calendar_name, activate, kind, mobile_sync) to a header or a column letter, where the header's own
        words are not enough. Raises UsageError VF-IMPORT-01, -02, -03, -06.
        """
        raise NotImplementedError

    def apply(self, plan: ImportPlan, *, activate: bool = False) -> ImportResult:
        """Judge the rows again as things stand now, and apply the good ones in one transaction.

        ``activate`` also activates every applied row that has a login and is unused or passive.
        """
        raise NotImplementedError

    def template(self, path: Path) -> None:
        """Write an empty, commented workbook. Raises UsageError VF-IMPORT-07 when it cannot be written."""
        raise NotImplementedError

    def report(self, rows: Sequence[PlannedRow], plan: ImportPlan, path: Path, lang: str = "fi") -> None:
        """Write the plan's rows back as a workbook with verdict and reason columns."""
        raise NotImplementedError
