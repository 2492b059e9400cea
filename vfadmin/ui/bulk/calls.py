"""What is asked of the services, each made in a thread of the desk."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from vfadmin.ui.bulk.calm import calm
from vfadmin.ui.translations import current

if TYPE_CHECKING:
    from vfadmin.services.bulk_import import (
        BatchRow,
        ImportPlan,
        ImportResult,
        PlannedRow,
        Progress,
        UndoResult,
    )
    from vfadmin.services.context import Services


SHOWN = 5
"""So many former imports are shown."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read; without ``columns`` they are recognised, or known from a former list."""

    file: Path
    columns: Mapping[str, str] | None = None
    activate: bool = False


def check(services: Services, reading: Reading, password: str | None, progress: Progress) -> ImportPlan:
    """Read the file and judge its rows."""
    with calm():
        return services.bulk_import.check(
            reading.file,
            columns=reading.columns,
            activate=reading.activate,
            password=password,
            progress=progress,
        )


def edit(
    services: Services, plan: ImportPlan, cells: Mapping[tuple[int, str], str], progress: Progress
) -> ImportPlan:
    """Judge the list with these cells changed."""
    del progress
    with calm():
        for (row, field), value in cells.items():
            plan = services.bulk_import.edit(plan, row, field, value)
    return plan


def judge(services: Services, plan: ImportPlan, activate: bool, progress: Progress) -> ImportPlan:
    """Judge the list anew."""
    rules = replace(plan.rules, activate=activate)
    with calm():
        return services.bulk_import.judge(plan, rules=rules, progress=progress)


def apply(
    services: Services, plan: ImportPlan, rows: Collection[int] | None, progress: Progress
) -> ImportResult:
    """Apply these rows, or all."""
    with calm():
        return services.bulk_import.apply(plan, rows=rows, progress=progress)


def undo(services: Services, batch: int, progress: Progress) -> UndoResult:
    """Undo that load."""
    return services.bulk_import.undo(batch, progress)


def latest(services: Services) -> list[BatchRow]:
    """What was imported before, the newest first."""
    return services.bulk_import.batches(SHOWN)


def save_report(
    services: Services, plan: ImportPlan, rows: Collection[PlannedRow], path: Path, progress: Progress
) -> Path:
    """Write what became of the rows; never over the list itself."""
    del progress
    if plan.source is not None:
        services.bulk_import.check_report(path, plan.source)
    services.bulk_import.report(rows, plan, path, current())
    return path


def save_template(services: Services, path: Path, progress: Progress) -> Path:
    """Write an empty list."""
    del progress
    services.bulk_import.template(path, current())
    return path
