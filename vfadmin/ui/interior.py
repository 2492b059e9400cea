"""What is inside the main window: the way to the screens, these, the banner above them, the lower edge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, QObject, QSettings, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from vfadmin.errors import Failure
from vfadmin.ui import icons
from vfadmin.ui.code_text import answer_f1
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.engine import EngineController, EngineThread
from vfadmin.ui.following import Following
from vfadmin.ui.made_actions import WindowActions
from vfadmin.ui.navigation import PLACES, Side
from vfadmin.ui.refusals import Surroundings
from vfadmin.ui.screens import Screens
from vfadmin.ui.status import StatusLine
from vfadmin.ui.style import shades
from vfadmin.ui.texts import explain_failure

if TYPE_CHECKING:
    from vfadmin.services.context import Services
    from vfadmin.services.health import Health
    from vfadmin.services.workers import Fleet
    from vfadmin.ui.banner import Banner
    from vfadmin.ui.long_jobs import LongJobs
    from vfadmin.ui.new_troubles import NewTroubles
    from vfadmin.ui.persons.screen import PersonsScreen
    from vfadmin.ui.updates import UpdateNotice

LOOK_AROUND_MS = 30_000
REOPEN_MS = 10_000
"""A store that is out of reach for a while is tried again by itself."""
_NARROW = 1320

OpenServices = Callable[[], "Services"]
PrepareEngine = Callable[[], Callable[[], EngineThread]]
"""Called in a thread of the desk, where imports may take their time; what it answers makes the engine's
thread object in the window's thread, at once."""


@dataclass(frozen=True, slots=True)
class Plan:
    """With what the window is furnished.

    ``support`` adds the screen of support, which administrators do not have; ``log``, the file, the screen
    that shows it.
    """

    open_services: OpenServices
    prepare_engine: PrepareEngine | None
    clock: Callable[[], datetime]
    settings: QSettings
    support: bool = False
    log: Path | None = None

    def places(self) -> tuple[str, ...]:
        """The screens there are."""
        optional = (("support", self.support), ("log", self.log is not None))
        return ("people", "import", "troubles", "settings", *(name for name, there in optional if there))


def _health(services: Services) -> tuple[Health, str, Fleet]:
    return services.health.now(), services.actor.name, services.workers.fleet()


class Interior(QObject):
    """What the window shows and does. ``front`` brings the window to the front."""

    language_asked = Signal(str)
    stopped = Signal()

    def __init__(self, window: QMainWindow, plan: Plan, front: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window, self._plan, self._front = window, plan, front
        self._closing = False
        self.desk = Desk(window)
        self.engine = EngineController(window)
        self.following = Following(self.desk, window)
        self.centre = QWidget(window)
        self.screens = Screens(self.desk, self.engine, plan.clock, plan.settings, plan.log, self.centre)
        self._banner: Banner | None = None
        self.jobs: LongJobs | None = None
        self.alarm: NewTroubles | None = None
        places = plan.places()
        self.side = Side(places, self.centre)
        self.navigation = self.side.navigation
        without = [key for key, place in PLACES.items() if place not in places]
        self.actions_made = WindowActions(window, without)
        self.line = StatusLine(window)
        self.news: UpdateNotice | None = None
        self._around = QTimer(self, interval=LOOK_AROUND_MS)
        self._reopen = QTimer(self, singleShot=True, interval=REOPEN_MS)
        self._compose()
        self._connect()
        self.paint()

    def _compose(self) -> None:
        self._column = column = QVBoxLayout(self.centre)
        row = QHBoxLayout()
        for layout in (column, row):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        row.addWidget(self.side)
        row.addWidget(self.screens, 1)
        column.addLayout(row, 1)
        self._window.setCentralWidget(self.centre)
        self._window.setStatusBar(self.line)

    def _connect(self) -> None:
        self.navigation.went.connect(self.screens.go)
        self.screens.completed.connect(self.fold)
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
        self.engine.stopped.connect(self.stopped)
        self.screens.fleet_asked.connect(self.show_workers)
        self.line.fleet_asked.connect(self.show_workers)
        self.line.cancel_asked.connect(self.cancel)
        self.line.pause_asked.connect(self.engine.set_paused)
        self._reopen.timeout.connect(self.open)
        self._around.timeout.connect(self.look_around)
        self.following.due.connect(self.screens.follow)
        self.following.due.connect(self.look_around)
        self.actions_made.triggered.connect(self._act)
        self.side.help.clicked.connect(self.actions_made.made["help"].trigger)
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
        from vfadmin.ui.new_troubles import NewTroubles  # noqa: PLC0415 - likewise

        clock = self.persons.model.clock
        said = self.screens.import_outcome
        jobs = self.jobs = LongJobs(self._window, self._front, self.persons, self.engine, clock, said)
        self.screens.importing.connect(jobs.importing)
        show = partial(self._act, "go-troubles")
        self.alarm = NewTroubles(self._window, lambda: jobs.toast, show, self._plan.settings)

    @property
    def banner(self) -> Banner:
        """The band above the screens, made when there is first something to say."""
        if self._banner is None:
            from vfadmin.ui.banner import Banner  # noqa: PLC0415 - as said above

            self._banner = Banner(self.centre)
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
        self.desk.open(self._plan.open_services)

    @Slot()
    def _opened(self) -> None:
        self.following.begin()
        self.screens.begin()
        self.look_around()
        self._around.start()
        self._await_news()
        self.persons.criteria.focus_text()
        if self._plan.prepare_engine is not None and not self.engine.present:
            self.desk.prepare(self, self._plan.prepare_engine, self._engine_ready, self._engine_failed)

    def _await_news(self) -> None:
        from vfadmin.ui.updates import UpdateNotice  # noqa: PLC0415 - not needed for the first window

        if self.news is None:
            self.news = UpdateNotice(self.desk, self.put_on_top, self)
            self.screens.changed.connect(self.news.look)
        self.news.begin()

    @Slot(object)
    def _open_failed(self, failure: Failure) -> None:
        self.screens.show_store_failure(failure)
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
        self.desk.ask(self, _health, self._looked_around, self._ignore, lane=Lane.ASIDE, channel="around")

    def _looked_around(self, answer: tuple[Health, str, Fleet]) -> None:
        health, who, fleet = answer
        workers = sum(one.kind == "worker" and not one.stopping for one in fleet.workers)
        self.engine.stand_aside(aside=bool(workers))
        self.line.say_workers(workers)
        summary = health.summary
        self.line.say_summary(summary, who)
        self.banner.show_summary(summary)
        protocols = frozenset(one.protocol for one in summary.connections)
        self.persons.set_surroundings(Surroundings(summary.module, protocols, summary.paused))
        if self.alarm is not None:
            self.alarm.see(health)

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
    def cancel(self) -> None:
        """Stop what is under way: a screen's list, or else the engine's batch."""
        if not self.screens.cancel():
            self.engine.cancel()

    @Slot(str)
    def _act(self, key: str) -> None:
        """Do one of the actions that concern the window as a whole."""
        if key == "go-log":
            self.show_log()
        elif key in PLACES:
            self.navigation.go(PLACES[key])
            if PLACES[key] == "troubles" and self.desk.ready:
                self.screens.troubles.cause_view.setFocus()  # what one came for, not the head's first button
        elif key == "import-file":
            self._show_import()
            if self.desk.ready:
                self.screens.imports.files.choose()
        elif key == "find":
            self.navigation.setCurrentRow(0)
            self.persons.criteria.focus_text()
        elif key == "keys":
            from vfadmin.ui.keys import show_keys  # noqa: PLC0415 - not needed for the first window

            show_keys(self._window, self.actions_made.made)
        elif key == "help":
            answer_f1(QApplication.activeWindow() or self._window)

    @Slot()
    def show_workers(self) -> None:
        """Show who synchronises, or bring that to the front."""
        from vfadmin.ui.workers.dialog import WorkersDialog  # noqa: PLC0415 - not needed for the first window

        dialog = self._window.findChild(WorkersDialog)
        if dialog is None or not dialog.isVisible():  # one that was closed is about to be gone
            dialog = WorkersDialog(self.desk, self._plan.clock, self._window)
            dialog.changed.connect(self.look_around)
            self.following.due.connect(dialog.look)
            dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    @Slot()
    def _show_persons(self) -> None:
        self.navigation.go("people")

    @Slot()
    def _show_import(self) -> None:
        self.navigation.go("import")

    def put_on_top(self, bar: QWidget) -> None:
        """Have this bar above everything else."""
        self._column.insertWidget(0, bar)

    # Leaving

    def leave(self) -> bool:
        """Ask everything to end; False while the engine is at its last write, until ``stopped`` is told."""
        if not self._closing:
            self._closing = True
            self._around.stop()
            self._reopen.stop()
            self.following.end()
            if self.engine.shut_down():
                self.line.say_working(self.tr("Closing after the write in hand…"))
                self.centre.setEnabled(False)
                return False
        elif self.engine.running:
            return False
        self.screens.cancel_export()
        return True

    def finish(self) -> None:
        """Wait for every thread: the program's loop has ended, however it was ended."""
        self._closing = True
        self.screens.cancel_export()
        self.engine.wait()
        self.desk.close()
        self.following.end()

    # What the window hears

    def why_not(self, keys: QKeyCombination) -> bool:
        """Say why the action of this key is not possible now; False where it is, or where there is none."""
        screen = self.screens.currentWidget()
        why = self.persons.actions_bar.why_not(keys) if screen is self.persons else ""
        if why:
            self.persons.bar.show_message("warn", why)
        return bool(why)

    @Slot()
    def fold(self) -> None:
        """In a narrow window the summary folds away by itself, and comes back in a wide one."""
        self.screens.fold(narrow=self._window.width() < _NARROW)

    def retranslate(self) -> None:
        """Say the labels in the language in force."""
        self.actions_made.retranslate()

    def paint(self) -> None:
        """Take the palette in force."""
        colours = shades(QApplication.palette())
        self._window.setWindowIcon(icons.icon("app", colours.accent, colours.on_accent))
