"""The last change that was made in this window, as far as it can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vfadmin.services.undo import Trace
    from vfadmin.ui.persons.work import Outcome


@dataclass(frozen=True, slots=True)
class LastChange:
    """The action, empty before the first, and the rows of it that could be changed back."""

    action: str = ""
    traces: tuple[Trace, ...] = ()

    def after(self, outcome: Outcome) -> LastChange:
        """What can be undone once this came of an action."""
        if outcome.undo:
            rest = tuple(trace for trace in self.traces if trace.id not in outcome.ids)
            return LastChange(self.action, rest) if rest else LastChange()
        return LastChange(outcome.action, outcome.traces) if outcome.changed else self
