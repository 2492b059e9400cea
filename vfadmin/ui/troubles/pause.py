"""The button that stops all synchronisation, on whatever computer, and lets it go on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from vfadmin.errors import Failure
from vfadmin.ui.confirm import Question
from vfadmin.ui.desk import Desk, Lane

if TYPE_CHECKING:
    from vfadmin.services.context import Services


def pause(services: Services, *, paused: bool) -> bool:
    """Called in the services' thread."""
    services.settings.set_paused(paused)
    return paused


class PauseButton(QPushButton):
    """``changed`` says that it was done, ``failed`` carries why it was not."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._paused = desk, False
        self.clicked.connect(self._pressed)
        self._retranslate()

    def show_paused(self, paused: bool) -> None:
        """As it stands in the store."""
        self._paused = paused
        self._retranslate()

    @Slot()
    def _pressed(self) -> None:
        if self._paused:
            self._set(paused=False)
            return
        Question(
            self,
            self.tr("Stop all synchronisation on all computers?"),
            self.tr(
                "What is being written now is finished, then nothing is synchronised until somebody lets it "
                "go on. Nothing is deleted, and what changes meanwhile is synchronised then."
            ),
            self.tr("Stop everything"),
            partial(self._set, paused=True),
        ).ask()

    def _set(self, *, paused: bool) -> None:
        self._desk.ask(self, partial(pause, paused=paused), self._done, self._not_done, lane=Lane.WRITE)

    def _done(self, paused: bool) -> None:
        self.show_paused(paused)
        self.changed.emit()

    def _not_done(self, failure: Failure) -> None:
        self.failed.emit(failure)

    def _retranslate(self) -> None:
        self.setText(self.tr("Let synchronisation go on") if self._paused else self.tr("Stop everything…"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
