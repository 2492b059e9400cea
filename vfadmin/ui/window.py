"""The main window: navigation, the screens, the banner of what stops everything, the lower edge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSettings, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from vfadmin.errors import Failure
from vfadmin.ui import geometry, icons
from vfadmin.ui.code_text import answer_f1
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.engine import EngineController, EngineThread
from vfadmin.ui.made_actions import WindowActions
from vfadmin.ui.navigation import PLACES, Side
from vfadmin.ui.refusals import Surroundings
from vfadmin.ui.screens import Screens
from vfadmin.ui.status import StatusLine
from vfadmin.ui.style import restyle, shades
from vfadmin.ui.texts import explain_failure

if TYPE_CHECKING:
    from vfadmin.services.context import Services
    from vfadmin.services.status import StatusSummary
    from vfadmin.ui.banner import Banner
    from vfadmin.ui.long_jobs import LongJobs
    from vfadmin.ui.persons.screen import PersonsScreen

LOOK_AROUND_MS = 30_000
REOPEN_MS = 10_000
"""A store that is out of reach for a while is tried again by itself."""
_NARROW = 1320
_LEAST_WIDTH = 1000
"""So wide that neither filters nor buttons are squeezed with the widest of usual fonts."""

OpenServices = Callable[[], "Services"]
PrepareEngine = Callable[[], Callable[[], EngineThread]]
"""Called in a thread of the desk, where imports may take their time; what it answers makes the engine's
thread object in the window's thread, at once."""


def _summary(services: Services) -> tuple[StatusSummary, str]:
    return services.status.summary(), services.actor.name


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
        optional = (("support", support), ("log", log is not None))
        places = ("people", "import", "troubles", "settings", *(name for name, there in optional if there))
        self._open_services, self._prepare_engine = open_services, prepare_engine
        self._settings = settings
        self._closing = False
        self.desk = Desk(self)
        self.engine = EngineController(self)
        self._centre = QWidget(self)
        self.screens = Screens(self.desk, self.engine, clock, settings, log, self._centre)
        self._banner: Banner | None = None
        self.jobs: LongJobs | None = None
        self.side = Side(places, self._centre)
        self.navigation = self.side.navigation
        self.actions_made = WindowActions(self, [key for key, place in PLACES.items() if place not in places])
        self.line = StatusLine(self)
        self._around = QTimer(self, interval=LOOK_AROUND_MS)
        self._reopen = QTimer(self, singleShot=True, interval=REOPEN_MS)
        self._compose()
        self._connect()
        self._paint()
        geometry.restore(self, settings)

    def _compose(self) -> None:
        self.setWindowTitle("vfadmin")
        self._column = column = QVBoxLayout(self._centre)
        row = QHBoxLayout()
        for layout in (column, row):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        row.addWidget(self.side)
        row.addWidget(self.screens, 1)
        column.addLayout(row, 1)
        self.setCentralWidget(self._centre)
        self.setStatusBar(self.line)
        self.setMinimumSize(_LEAST_WIDTH, 560)

    def _connect(self) -> None:
        self.navigation.went.connect(self.screens.go)
        self.screens.completed.connect(self._fold)
        self.screens.completed.connect(self._watch_jobs)
        self.screens.reopen.connect(self.open)
        self.screens.status.connect(self.line.say_rows)
        self.screens.working.connect(self._working)
        self.screens.changed.connect(self.look_around)
        self.screens.language_asked.connect(self.language_asked)
        self.screens.import_asked.connect(self._show_import)
        self.screens.persons_asked.connect(self._show_persons)
        self.desk.opened.connect(self._opened)
        self.desk.open_failed.connect(self._open_failed)
        self.engine.progressed.connect(self.line.say_progress)
        self.engine.rested.connect(self._rested)
        self.engine.failed.connect(self._engine_failed)
        self.engine.stopped.connect(self._engine_stopped)
        self.line.cancel_asked.connect(self._cancel)
        self.line.pause_asked.connect(self.engine.set_paused)
        self._reopen.timeout.connect(self.open)
        self._around.timeout.connect(self.look_around)
        self.actions_made.triggered.connect(self._act)
        self.side.keys.clicked.connect(self.actions_made.made["keys"].trigger)

    @property
    def persons(self) -> PersonsScreen:
        """The search view; it is made behind the first picture of the window."""
        return self.screens.persons

    def complete(self) -> None:
        """Make what the first picture of the window was shown without."""
        self.screens.complete()

    @Slot()
    def _watch_jobs(self) -> None:
        from vfadmin.ui.long_jobs import LongJobs  # noqa: PLC0415 - not needed for the first window

        clock = self.persons.model.clock
        said = self.screens.import_outcome
        self.jobs = LongJobs(self, self.come_to_front, self.persons, self.engine, clock, said)
        self.screens.importing.connect(self.jobs.importing)

    @property
    def banner(self) -> Banner:
        """The band above the screens, made when there is first something to say."""
        if self._banner is None:
            from vfadmin.ui.banner import Banner  # noqa: PLC0415 - as said above

            self._banner = Banner(self._centre)
            self._column.insertWidget(self._column.count() - 1, self._banner)
        return self._banner

    @Slot()
    def show_log(self) -> None:
        """Go to the log, where there is one."""
        if self.navigation.go("log"):
            self.screens.log.text.setFocus()

    @Slot()
    def open(self) -> None:
        """Open the services, in a thread of their own."""
        self.complete()
        self._reopen.stop()
        self.desk.open(self._open_services)

    @Slot()
    def _opened(self) -> None:
        self.screens.begin()
        self.look_around()
        self._around.start()
        self.persons.criteria.focus_text()
        if self._prepare_engine is not None and not self.engine.present:
            self.desk.prepare(self, self._prepare_engine, self._engine_ready, self._engine_failed)

    @Slot(object)
    def _open_failed(self, failure: Failure) -> None:
        self.persons.show_store_failure(failure)
        if failure.transient and not self._closing:
            self._reopen.start()

    def _engine_ready(self, make: Callable[[], EngineThread]) -> None:
        if not self._closing:
            self.engine.run(make())
            self.line.say_engine(present=True)
            self.persons.say_situation()

    # The surroundings

    @Slot()
    def look_around(self) -> None:
        """Ask how the whole stands."""
        self.desk.ask(self, _summary, self._looked_around, self._ignore, lane=Lane.ASIDE, channel="around")

    def _looked_around(self, answer: tuple[StatusSummary, str]) -> None:
        summary, who = answer
        self.line.say_summary(summary, who)
        self.banner.show_summary(summary)
        protocols = frozenset(one.protocol for one in summary.connections)
        self.persons.set_surroundings(Surroundings(summary.module, protocols, summary.paused))

    def _ignore(self, failure: Failure) -> None:
        """What is wrong with the store the search tells already, and better."""

    @Slot()
    def _rested(self) -> None:
        self.line.say_rest()
        self.look_around()

    @Slot(object)
    def _engine_failed(self, failure: Failure) -> None:
        text = explain_failure(failure)
        self.persons.bar.show_message("bad", text.message, text.remedy, code=failure.code)

    @Slot(str, int, int)
    def _working(self, text: str, done: int, total: int) -> None:
        self.line.say_working(text, done, total)

    @Slot()
    def _cancel(self) -> None:
        if not self.screens.cancel():
            self.engine.cancel()

    @Slot(str)
    def _act(self, key: str) -> None:
        """Do one of the actions that concern the window as a whole."""
        if key == "go-log":
            self.show_log()
        elif key in PLACES:
            self.navigation.go(PLACES[key])
        elif key == "import-file":
            self._show_import()
            self.screens.imports.files.choose()
        elif key == "find":
            self.navigation.setCurrentRow(0)
            self.persons.criteria.focus_text()
        elif key == "keys":
            from vfadmin.ui.keys import show_keys  # noqa: PLC0415 - not needed for the first window

            show_keys(self, self.actions_made.made)
        elif key == "help":
            answer_f1(QApplication.activeWindow() or self)

    @Slot()
    def _show_persons(self) -> None:
        self.navigation.go("people")

    @Slot()
    def _show_import(self) -> None:
        self.navigation.go("import")

    def put_on_top(self, bar: QWidget) -> None:
        """Have this bar above everything else."""
        self._column.insertWidget(0, bar)

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
            self._around.stop()
            self._reopen.stop()
            if self.engine.shut_down():
                self.line.say_working(self.tr("Closing after the write in hand…"))
                self._centre.setEnabled(False)
                event.ignore()
                return
        elif self.engine.running:
            event.ignore()
            return
        self.screens.cancel_export()
        self.hide()  # a mailbox that is just being read may take its time to answer
        self.desk.close()
        event.accept()

    def finish(self) -> None:
        """Wait for every thread: the program's loop has ended, however it was ended."""
        self._closing = True
        self.screens.cancel_export()
        self.engine.wait()
        self.desk.close()

    @Slot()
    def _engine_stopped(self) -> None:
        if self._closing:
            self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key whose action is not possible now would do nothing at all: say why."""
        screen = self.screens.currentWidget()
        why = self.persons.actions_bar.why_not(event.keyCombination()) if screen is self.persons else ""
        if why:
            self.persons.bar.show_message("warn", why)
        else:
            super().keyPressEvent(event)

    # Looks

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the summary folds away by itself, and comes back in a wide one."""
        super().resizeEvent(event)
        self._fold()

    @Slot()
    def _fold(self) -> None:
        self.screens.fold(narrow=self.width() < _NARROW)

    def _paint(self) -> None:
        colours = shades(QApplication.palette())
        self.setWindowIcon(icons.icon("app", colours.accent, colours.on_accent))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.actions_made.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._paint()
            app = QApplication.instance()
            if isinstance(app, QApplication):
                restyle(app)
