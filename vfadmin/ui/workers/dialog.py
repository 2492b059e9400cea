"""The dialog of who synchronises; it follows how things stand as long as it is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.listing import Listing
from vfadmin.ui.texts import explain_failure, number
from vfadmin.ui.troubles.pause import PauseButton
from vfadmin.ui.widgets import InfoBar, wrapping
from vfadmin.ui.workers.table import Column, WorkerTable

if TYPE_CHECKING:
    from vfadmin.errors import Failure
    from vfadmin.services.context import Services
    from vfadmin.services.workers import Fleet

_SIZE = 960, 420


def read(services: Services) -> tuple[Fleet, bool]:
    """Who synchronises, and whether all is paused. Called in the services' thread."""
    return services.workers.fleet(), services.settings.flag("paused")


class WorkersDialog(QDialog):
    """``changed`` says that everything was paused or let go on."""

    changed = Signal()

    def __init__(self, desk: Desk, clock: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._fleet: Fleet | None = None
        self.bar, self.sum, self.note = InfoBar(self), wrapping(self), wrapping(self)
        self.table, self.view = WorkerTable(clock, self), Listing(self)
        self.none, self._stack = QLabel(self), QStackedWidget(self)
        self.pause = PauseButton(desk, self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self._compose()
        self.pause.changed.connect(self.look)
        self.pause.changed.connect(self.changed)
        self.pause.failed.connect(self._failed)
        self.bar.retry.connect(self.look)
        self.buttons.rejected.connect(self.reject)
        self._retranslate()
        self.look()

    def _compose(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view.setModel(self.table)
        header = self.view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(Column.HOST, QHeaderView.ResizeMode.Stretch)
        self.none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sum.setProperty("role", "title")
        for label in (self.none, self.note):
            label.setProperty("role", "muted")
        self._stack.addWidget(self.none)
        self._stack.addWidget(self.view)
        self.pause.setAutoDefault(False)
        self.buttons.addButton(self.pause, QDialogButtonBox.ButtonRole.ResetRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        for widget in (self.bar, self.sum):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)
        column.addWidget(self.note)
        column.addWidget(self.buttons)
        # Nobody stops everything by an Enter too many.
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setFocus()
        self.resize(*_SIZE)

    @Slot()
    def look(self) -> None:
        """Ask the store how things stand."""
        self._desk.ask(self, read, self._read, self._failed, lane=Lane.ASIDE, channel="workers")

    def _read(self, answer: tuple[Fleet, bool]) -> None:
        self._fleet, paused = answer
        self.pause.show_paused(paused)
        self.table.put(self._fleet.workers)
        self._stack.setCurrentWidget(self.view if self._fleet.workers else self.none)
        self._say()

    @Slot(object)
    def _failed(self, failure: Failure) -> None:
        text = explain_failure(failure)
        self.bar.show_message("bad", text.message, text.remedy, code=failure.code, retry=True)

    def _say(self) -> None:
        if self._fleet is None:
            return
        queue = self._fleet.queue
        said = self.tr("Waiting: {due} · Changed: {changed} · At work: {held} · Mailboxes a minute: {pace}")
        self.sum.setText(
            said.format(
                due=number(queue.due),
                changed=number(queue.dirty),
                held=number(queue.held),
                pace=number(self._fleet.per_minute),
            )
        )

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Who synchronises"))
        self.view.setAccessibleName(self.tr("Processes that synchronise"))
        self.none.setText(self.tr("Nothing synchronises just now."))
        self.note.setText(
            self.tr(
                "As long as a worker is alive the windows synchronise only what is asked for in them. "
                "A process that was not heard of for 45 seconds is not listed."
            )
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        self.table.retranslate()
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
