"""The lower edge of the window: rows, what the engine does, the connection, who is at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from vfadmin.ui.texts import number

if TYPE_CHECKING:
    from vfadmin.services.status import StatusSummary

_ROOMY = 1200
"""From this width on there is room for every word, in device-independent pixels."""


class StatusLine(QStatusBar):
    """``cancel_asked`` stops the batch, ``pause_asked`` tells whether to look for due mailboxes.

    ``fleet_asked`` says that somebody wants to know who synchronises.
    """

    cancel_asked = Signal()
    pause_asked = Signal(bool)
    fleet_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(12, 2, 12, 2)
        self.rows, self.doing = QLabel(self), QLabel(self)
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(130)
        self.cancel, self.pause, self.fleet = QToolButton(self), QToolButton(self), QToolButton(self)
        for button in (self.cancel, self.pause, self.fleet):
            button.setProperty("kind", "link")
        self.pause.setCheckable(True)
        self.connection, self.module, self.who = QLabel(self), QLabel(self), QLabel(self)
        for widget in (self.rows, self.fleet, self.doing, self.progress, self.cancel, self.pause):
            self.addWidget(widget)
        for widget in (self.connection, self.module, self.who):
            self.addPermanentWidget(widget)
        self._engine = False
        self._workers = 0
        self._batch: tuple[int, int] | None = None
        self._work: tuple[int, int] | None = None
        self._other = ""
        self._summary: StatusSummary | None = None
        self.cancel.clicked.connect(self.cancel_asked)
        self.fleet.clicked.connect(self.fleet_asked)
        self.pause.toggled.connect(self._paused)
        self._say()

    @Slot(str)
    def say_rows(self, text: str) -> None:
        """Rows found and selected."""
        self.rows.setText(text)

    @Slot(int, int)
    def say_progress(self, done: int, total: int) -> None:
        """How far the engine's batch is."""
        self._batch = (done, total) if done < total else None
        self._say()

    @Slot()
    def say_rest(self) -> None:
        """The engine's batch is done."""
        self._batch = None
        self._say()

    def say_working(self, text: str, done: int = 0, total: int = 0) -> None:
        """Something else goes on, beside the engine's batch and before it; an empty text ends it."""
        self._other = text
        self._work = (done, total) if text and total else None
        self._say()

    def say_workers(self, workers: int) -> None:
        """How many processes elsewhere do the work; as long as there are any, this window does not."""
        self._workers = workers
        self._say()

    def say_engine(self, *, present: bool) -> None:
        """Whether there is an engine in this window."""
        self._engine = present
        self._say()

    def say_summary(self, summary: StatusSummary, who: str) -> None:
        """The connection, the module and who is at work."""
        self._summary = summary
        self.who.setText(who)
        self._say()

    @Slot(bool)
    def _paused(self, paused: bool) -> None:
        self.pause_asked.emit(paused)
        self._say()

    def _say(self) -> None:
        batch = self._work or (None if self._other else self._batch)
        self.progress.setVisible(batch is not None)
        self.cancel.setVisible(batch is not None)
        self.pause.setVisible(self._engine and not self._workers)
        self.fleet.setVisible(bool(self._workers))
        self.fleet.setText(self.tr("%n worker(s) synchronise", "", self._workers))
        self.fleet.setToolTip(self.tr("Show who synchronises"))
        self.cancel.setText(self.tr("Cancel"))
        self.cancel.setToolTip(self.tr("Stop after the current writes"))
        self.pause.setText(self.tr("Continue") if self.pause.isChecked() else self.tr("Pause"))
        self.pause.setToolTip(self.tr("While paused, only what is asked for is synchronised"))
        self.progress.setAccessibleName(self.tr("Progress"))
        if batch is not None:
            self.progress.setMaximum(max(1, batch[1]))
            self.progress.setValue(batch[0])
        self.doing.setText(self._doing(batch))
        self._say_surroundings()

    def _doing(self, batch: tuple[int, int] | None) -> str:
        if self._other:
            return self._other
        if batch is not None:
            return self.tr("Synchronising {done} / {total}").format(
                done=number(batch[0]), total=number(batch[1])
            )
        if not self._engine:
            return ""
        if self._workers:
            return self.tr("This window stands by")
        return self.tr("Synchronisation paused") if self.pause.isChecked() else self.tr("Waiting for changes")

    def _say_surroundings(self) -> None:
        summary = self._summary
        if summary is None:
            return
        if not summary.connections:
            self.connection.setText(self.tr("No connection to Exchange"))
        else:
            stopped = (one for one in summary.connections if one.blocked is not None)
            first = next(stopped, summary.connections[0])
            state = self.tr("stopped") if first.blocked is not None else self.tr("in use")
            self.connection.setText(
                self.tr("Connection {name}: {state}").format(name=first.name, state=state)
            )
            self.connection.setToolTip(first.url or "")
        self.module.setText(self.tr("Integration on") if summary.module else self.tr("Integration off"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is short, the banner says alone that the integration is off."""
        super().resizeEvent(event)
        self.module.setVisible(self.width() >= _ROOMY)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
