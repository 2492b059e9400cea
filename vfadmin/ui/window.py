"""The main window. It shows its frame at once; what is inside is made behind the first picture."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSettings, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from vfadmin.ui import geometry

if TYPE_CHECKING:
    from vfadmin.ui.interior import Interior, OpenServices, PrepareEngine
    from vfadmin.ui.persons.screen import PersonsScreen

_LEAST_WIDTH, _LEAST_HEIGHT = 1000, 560
"""So wide that neither filters nor buttons are squeezed with the widest of usual fonts."""


class MainWindow(QMainWindow):
    """The window. It shows itself before the services are open, and closes when the engine has ended.

    ``support`` adds the screen of support, which administrators do not have; ``log``, the file, the screen
    that shows it.
    """

    language_asked = Signal(str)

    def __init__(
        self,
        open_services: OpenServices,
        prepare_engine: PrepareEngine | None,
        *,
        clock: Callable[[], datetime],
        settings: QSettings,
        support: bool = False,
        log: Path | None = None,
    ) -> None:
        super().__init__()
        self._interior: Interior | None = None
        self._plan = (open_services, prepare_engine, clock, settings, support, log)
        self._settings = settings
        self._closing = False
        self.setWindowTitle("vfadmin")
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        geometry.restore(self, settings)

    @property
    def interior(self) -> Interior:
        """What is inside, made when it is first asked for."""
        return self._interior or self._furnish()

    def _furnish(self) -> Interior:
        from vfadmin.ui.interior import Interior, Plan  # noqa: PLC0415 - as said above

        self._dress()
        made = self._interior = Interior(self, Plan(*self._plan), self.come_to_front)
        made.language_asked.connect(self.language_asked)
        made.stopped.connect(self._engine_stopped)
        return made

    @property
    def persons(self) -> PersonsScreen:
        """The search view."""
        return self.interior.persons

    def complete(self) -> None:
        """Make what the first picture of the window was shown without."""
        self.interior.complete()

    @Slot()
    def open(self) -> None:
        """Open the services, in a thread of their own."""
        self.interior.open()

    @Slot()
    def show_log(self) -> None:
        """Go to the log, where there is one."""
        self.interior.show_log()

    def put_on_top(self, bar: QWidget) -> None:
        """Have this bar above everything else."""
        self.interior.put_on_top(bar)

    def come_to_front(self) -> bool:
        """Stand before everything else, with the dialog that waits for an answer; not while closing."""
        if self._closing:
            return False
        for widget in (self, QApplication.activeModalWidget()):
            if widget is not None:
                if widget.isMinimized():
                    widget.showNormal()
                widget.show()
                widget.raise_()
                widget.activateWindow()
        return True

    # Leaving

    def closeEvent(self, event: QCloseEvent) -> None:
        """Wait for the write in hand without freezing, then close."""
        if not self._closing:
            self._closing = True
            geometry.remember(self, self._settings)
        if not self.interior.leave():
            event.ignore()
            return
        self.hide()  # a mailbox that is just being read may take its time to answer
        self.interior.desk.close()
        event.accept()

    def finish(self) -> None:
        """Wait for every thread: the program's loop has ended, however it was ended."""
        self._closing = True
        self.interior.finish()

    @Slot()
    def _engine_stopped(self) -> None:
        if self._closing:
            self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key whose action is not possible now would do nothing at all: say why."""
        if self._interior is None or not self._interior.why_not(event.keyCombination()):
            super().keyPressEvent(event)

    # Looks

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window there is less beside the list."""
        super().resizeEvent(event)
        if self._interior is not None:
            self._interior.fold()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if self._interior is None:
            return
        if event.type() == QEvent.Type.LanguageChange:
            self._interior.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._interior.paint()
            self._dress()

    def _dress(self) -> None:
        from vfadmin.ui.style import restyle  # noqa: PLC0415 - an empty frame has nothing to dress

        app = QApplication.instance()
        if isinstance(app, QApplication):
            restyle(app)
