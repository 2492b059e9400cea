"""The undo of a run as an administrator sees it before he says so, for pictures: no calendar is read."""

from __future__ import annotations

from vfadmin.services.history import History
from vfadmin.services.synchronise import RunUndone, UndoneEvent

_FOUND = (("left", "guard"), ("undone", ""), ("left", "changed"), ("undone", ""))


class TakenBack:
    """In the place of the service: of what the run did, one stays for each of two reasons."""

    def __init__(self, history: History) -> None:
        self._history = history

    def obstacle(self) -> None:
        """There is none."""

    def preview(self, run_id: int, operation: int | None = None, _stopping: object = None) -> RunUndone:
        """What became of each event of the run."""
        done = self._history.operations(run_id)
        events = tuple(
            UndoneEvent(one.title, None, one.redacted, (one.operation,), outcome, why, (one.id,))
            for one, (outcome, why) in zip(done, _FOUND, strict=False)
            if operation in (None, one.id)
        )
        return RunUndone(run_id, 0, events)
