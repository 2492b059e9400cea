"""What is asked of the services, each made in a thread of the desk."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from vfadmin.ui.bulk.calm import calm
from vfadmin.ui.translations import current

if TYPE_CHECKING:
    from vfadmin.errors import Failure
    from vfadmin.services.bulk_import import (
        BatchRow,
        ImportPlan,
        ImportResult,
        LoginAnswer,
        Progress,
        Rules,
        UndoResult,
    )
    from vfadmin.services.context import Services
    from vfadmin.services.mailbox_checks import MailboxAnswers, MailboxVerdict


SHOWN = 5
"""So many former imports are shown."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read; without ``columns`` they are recognised, or known from a former list.

    ``rules`` are those of the list so far, ``answers`` what Exchange said of its logins. ``forget`` is a
    layout whose columns are not to be known from a former list any more.
    """

    file: Path
    columns: Mapping[str, str] | None = None
    rules: Rules | None = None
    answers: Sequence[LoginAnswer] = field(default=(), repr=False)
    forget: str = ""


def check(services: Services, reading: Reading, password: str | None, progress: Progress) -> ImportPlan:
    """Read the file and judge its rows."""
    service, rules = services.bulk_import, reading.rules
    if reading.forget:
        service.forget_layout(reading.forget)
    with calm():
        plan = service.check(
            reading.file,
            columns=reading.columns,
            activate=rules is not None and rules.activate,
            known_companies=rules is not None and rules.known_companies,
            password=password,
            progress=progress,
        )
        return service.revise(plan, answers=reading.answers, progress=progress) if reading.answers else plan


def revise(
    services: Services,
    plan: ImportPlan,
    cells: Mapping[tuple[int, str], str],
    answers: Sequence[LoginAnswer],
    progress: Progress,
) -> ImportPlan:
    """Judge the list with these cells changed, and with what Exchange said."""
    with calm():
        return services.bulk_import.revise(plan, cells, answers=answers, progress=progress)


def judge(services: Services, plan: ImportPlan, rules: Rules, progress: Progress) -> ImportPlan:
    """Judge the list anew."""
    with calm():
        return services.bulk_import.judge(plan, rules=rules, progress=progress)


def ask(
    services: Services,
    plan: ImportPlan,
    rows: Collection[int] | None,
    heard: Callable[[MailboxVerdict], None],
    progress: Progress,
) -> MailboxAnswers:
    """Ask Exchange about the logins of these rows, or of all."""
    return services.mailbox_checks.ask(plan, rows=rows, progress=progress, on_verdict=heard)


def obstacle(services: Services) -> Failure | None:
    """Why Exchange cannot be asked."""
    return services.mailbox_checks.obstacle()


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
    services: Services,
    plan: ImportPlan,
    result: ImportResult | None,
    path: Path,
    progress: Progress,
) -> Path:
    """Write what would become of the rows, or what became of them; never over the list itself."""
    del progress
    if plan.source is not None:
        services.bulk_import.check_report(path, plan.source)
    rows = plan.rows if result is None else (*result.applied, *result.rejected)
    services.bulk_import.report(rows, plan, path, current(), done=result is not None)
    return path


def save_template(services: Services, path: Path, progress: Progress) -> Path:
    """Write an empty list."""
    del progress
    services.bulk_import.template(path, current())
    return path
