"""How far a long piece of work is, and the wish that it ends."""

from __future__ import annotations

from dataclasses import dataclass

from vfadmin.errors import UsageError, failure


@dataclass(slots=True)
class Progress:
    """How far the work is; set ``cancelled`` from any thread to stop it."""

    total: int
    done: int = 0
    cancelled: bool = False

    def begin(self, total: int) -> None:
        """Begin to count, up to ``total``."""
        self.total, self.done = total, 0

    def step(self, count: int = 1) -> None:
        """Note that so much more is done. Raises UsageError VF-IMPORT-20 once it is cancelled."""
        self.done += count
        if self.cancelled:
            raise UsageError(failure("VF-IMPORT-20"))
