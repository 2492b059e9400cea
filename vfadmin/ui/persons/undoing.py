"""Undoes a run for the window, off its thread: what it would come to, how far it is, and how to end it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vfadmin.services.context import Services
    from vfadmin.services.history import OperationRow
    from vfadmin.services.synchronise import RunUndone, UndoneEvent


@dataclass(frozen=True, slots=True)
class Target:
    """A run, or of that run only what ``operation`` took from a conflict's loser."""

    run_id: int
    operation: int | None = None


@dataclass(slots=True)
class Job:
    """An undo or its preview on its way. Window and thread share it: one works, the other looks."""

    target: Target
    mass: bool = False
    cancelled: bool = False
    told: list[UndoneEvent] = field(default_factory=list)

    def is_cancelled(self) -> bool:
        """Whether it is to end before the next write."""
        return self.cancelled


@dataclass(frozen=True, slots=True)
class Foretold:
    """What an undo would come to, and what the run did."""

    undone: RunUndone
    operations: tuple[OperationRow, ...]


def look(services: Services, job: Job) -> Foretold:
    """Read both calendars and write nothing. Called in the services' thread."""
    target = job.target
    undone = services.run_undo.preview(target.run_id, target.operation, job.is_cancelled)
    return Foretold(undone, tuple(services.history.operations(target.run_id)))


def undo(services: Services, job: Job) -> RunUndone:
    """Undo it. Called in the services' thread."""
    target = job.target
    return services.run_undo.run(
        target.run_id, target.operation, job.told.append, job.is_cancelled, mass=job.mass
    )
