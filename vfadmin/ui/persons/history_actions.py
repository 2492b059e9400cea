"""What can be done about a person's history: undo a run, restore what lost a conflict, remove the texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from vfadmin.errors import Failure
from vfadmin.ui.texts import explain_failure

if TYPE_CHECKING:
    from vfadmin.services.history import OperationRow, RunRow


@dataclass(frozen=True, slots=True)
class Chosen:
    """The run that is selected, or whose operation is; ``obstacle`` is what keeps all from being undone."""

    run: RunRow | None = None
    operation: OperationRow | None = None
    obstacle: Failure | None = None

    @property
    def lost(self) -> bool:
        """Whether the operation took something from the loser of a conflict."""
        one = self.operation
        return one is not None and one.operation == "update" and bool(one.detail.get("lost"))


class HistoryActions(QWidget):
    """The buttons; one that can do nothing now says why."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen = Chosen()
        self.undo, self.restore, self.forget = QPushButton(self), QPushButton(self), QPushButton(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for button in (self.undo, self.restore, self.forget):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.insertStretch(2, 1)
        self.say(self._chosen)

    def say(self, chosen: Chosen) -> None:
        """This is selected now."""
        self._chosen = chosen
        self.undo.setText(self.tr("&Undo the run…"))
        self.restore.setText(self.tr("Restore &lost content…"))
        self.forget.setText(self.tr("Remove te&xts from the history…"))
        for button, refused, what in (
            (self.undo, self._no_undo(chosen), self.tr("Shows first what would be taken back, and what not")),
            (
                self.restore,
                self._no_restore(chosen),
                self.tr("Puts back what lost when both sides were changed; shown first"),
            ),
        ):
            button.setEnabled(not refused)
            button.setToolTip(refused or what)
        self.forget.setToolTip(self.tr("Removes titles, locations and texts for good; asks first"))

    def _no_undo(self, chosen: Chosen) -> str:
        run = chosen.run
        if run is None:
            return self.tr("Select a run first.")
        if run.finished is None:
            return self.tr("The run is not finished.")
        if not run.pulled + run.pushed + run.deleted:
            return self.tr("The run changed nothing, so there is nothing to undo.")
        return self._obstacle(chosen)

    def _no_restore(self, chosen: Chosen) -> str:
        if not chosen.lost:
            return self.tr("Open a run and select an event that was changed on both sides.")
        return self._obstacle(chosen)

    @staticmethod
    def _obstacle(chosen: Chosen) -> str:
        if chosen.obstacle is None:
            return ""
        text = explain_failure(chosen.obstacle)
        return f"{text.message} {text.remedy} ({chosen.obstacle.code})"

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.say(self._chosen)
