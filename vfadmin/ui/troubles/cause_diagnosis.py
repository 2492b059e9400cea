"""The diagnosis of the mailboxes that a cause concerns, by button and by the key of the search view (R28)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from vfadmin.ui.actions import SPECS
from vfadmin.ui.desk import Desk
from vfadmin.ui.made_actions import make_action
from vfadmin.ui.persons.diagnosing import MOST, Diagnosing
from vfadmin.ui.widgets import InfoBar

_SPEC = SPECS["diagnosis"]

Choice = tuple[Sequence[int], str]
"""The persons whose mailboxes are meant, and what the file is named after where they are several."""


class CauseDiagnosis(QObject):
    """Of the selected mailboxes, else of the first ones of the cause: ``chosen`` answers which they are.

    ``work`` writes it.
    """

    def __init__(
        self,
        desk: Desk,
        bar: InfoBar,
        clock: Callable[[], datetime],
        parent: QWidget,
        buttons: Sequence[QPushButton],
        chosen: Callable[[], Choice],
    ) -> None:
        super().__init__(parent)
        self.work = Diagnosing(desk, bar, clock, parent)
        self._buttons, self._of = tuple(buttons), chosen
        self.action = make_action(_SPEC, parent)
        self.action.triggered.connect(self._asked)
        for button in self._buttons:
            button.clicked.connect(self.action.trigger)
        parent.installEventFilter(self)
        self._retranslate()

    @Slot()
    def _asked(self) -> None:
        ids, about = self._of()
        if len(ids) == 1:
            self.work.start(ids[0])
        elif ids:
            self.work.start_many(ids, about)

    def _retranslate(self) -> None:
        self.action.setText(_SPEC.text())
        what = self.tr("Of the selected mailboxes, else of the first %n of the cause.", "", MOST)
        for button in self._buttons:
            button.setText(self.tr("Diagnosis…"))
            button.setToolTip(f"{_SPEC.tip()}\n{what}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the language of the window it belongs to."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        return super().eventFilter(watched, event)
