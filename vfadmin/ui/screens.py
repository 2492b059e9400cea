"""The screens of the window, each made when somebody first wants it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

if TYPE_CHECKING:
    from vfadmin.errors import Failure
    from vfadmin.services.rows import PersonRow
    from vfadmin.ui.bulk.screen import ImportScreen
    from vfadmin.ui.desk import Desk
    from vfadmin.ui.engine import EngineController
    from vfadmin.ui.log.screen import LogScreen
    from vfadmin.ui.persons.empty import EmptyState
    from vfadmin.ui.persons.screen import PersonsScreen
    from vfadmin.ui.settings.screen import SettingsScreen
    from vfadmin.ui.support.screen import SupportScreen
    from vfadmin.ui.troubles.screen import TroublesScreen

_WITHOUT_STORE = frozenset({"people", "log"})
"""The search view says by itself why it has nothing to show; the log is a file."""


class Screens(QStackedWidget):
    """One screen at a time. What they tell, this tells, so that nobody must have them made to listen.

    While there is no store, a page that says why stands in place of those that would have nothing to show.

    ``completed`` says that the search view is there.
    """

    completed = Signal()
    reopen = Signal()
    status = Signal(str)
    working = Signal(str, int, int)
    changed = Signal()
    language_asked = Signal(str)
    import_asked = Signal()
    persons_asked = Signal()
    importing = Signal(str, int, int)
    fleet_asked = Signal()

    def __init__(
        self,
        desk: Desk,
        engine: EngineController,
        clock: Callable[[], datetime],
        settings: QSettings,
        log_file: Path | None,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._desk, self._engine = desk, engine
        self._clock, self._settings, self._log_file = clock, settings, log_file
        self._persons: PersonsScreen | None = None
        self._imports: ImportScreen | None = None
        self._troubles: TroublesScreen | None = None
        self._preferences: SettingsScreen | None = None
        self._assistance: SupportScreen | None = None
        self._log: LogScreen | None = None
        self._place = "people"
        self._failure: Failure | None = None
        self._placeholder: EmptyState | None = None

    def complete(self) -> None:
        """Make the search view, unless it is there: the first picture of the window is shown without it."""
        if self._persons is None:
            self._make_persons()

    @property
    def persons(self) -> PersonsScreen:
        """The search view."""
        return self._persons or self._make_persons()

    def _make_persons(self) -> PersonsScreen:
        from vfadmin.ui.persons.screen import PersonsScreen  # noqa: PLC0415 - as said above

        made = self._persons = PersonsScreen(self._desk, self._engine, self._clock, self._settings, self)
        made.reopen.connect(self._try_again)
        made.status.connect(self.status)
        made.working.connect(self.working)
        made.changed.connect(self.changed)
        made.empty.import_asked.connect(self.import_asked)
        made.say_situation()
        self.insertWidget(0, made)
        self.completed.emit()
        return made

    @property
    def imports(self) -> ImportScreen:
        """The import of lists."""
        if self._imports is None:
            from vfadmin.ui.bulk.screen import ImportScreen  # noqa: PLC0415 - as said above

            made = self._imports = ImportScreen(self._desk, self)
            made.working.connect(self.working)
            made.working.connect(self.importing)
            made.imported.connect(self.persons.refresh)
            made.imported.connect(self.changed)
            self.addWidget(made)
        return self._imports

    def import_outcome(self) -> tuple[str, str]:
        """In what tone and words the screen of the import tells what it came to."""
        return ("info", "") if self._imports is None else self._imports.outcome()

    @property
    def troubles(self) -> TroublesScreen:
        """What is stuck."""
        if self._troubles is None:
            from vfadmin.ui.troubles.screen import TroublesScreen  # noqa: PLC0415 - as said above

            made = self._troubles = TroublesScreen(self._desk, self._engine, self._clock, self)
            made.working.connect(self.working)
            made.changed.connect(self.persons.refresh)
            made.changed.connect(self.changed)
            made.form_asked.connect(self._open_form)
            made.fleet_asked.connect(self.fleet_asked)
            made.cause_asked.connect(self._show_cause)
            self.addWidget(made)
        return self._troubles

    @Slot(object)
    def _open_form(self, row: PersonRow) -> None:
        self.persons.forms.open(row, self.persons.companies)

    @Slot(str)
    def _show_cause(self, code: str) -> None:
        self.persons.criteria.show_cause(code)
        self.persons_asked.emit()
        self.persons.view.setFocus()  # the button that asked is out of sight: its keys are for nothing now

    @property
    def preferences(self) -> SettingsScreen:
        """The settings."""
        if self._preferences is None:
            from vfadmin.ui.settings.screen import SettingsScreen  # noqa: PLC0415 - as said above

            made = self._preferences = SettingsScreen(self._desk, self._settings, self)
            made.changed.connect(self.changed)
            made.language_asked.connect(self.language_asked)
            self.addWidget(made)
            made.begin()
        return self._preferences

    @property
    def assistance(self) -> SupportScreen:
        """The screen of support."""
        if self._assistance is None:
            from vfadmin.ui.support.screen import SupportScreen  # noqa: PLC0415 - as said above

            made = self._assistance = SupportScreen(self._desk, self)
            made.changed.connect(self.changed)
            self.addWidget(made)
            made.begin()
        return self._assistance

    @property
    def log(self) -> LogScreen:
        """The screen of the log; it needs no services. Raises RuntimeError where there is no log."""
        if self._log_file is None:
            raise RuntimeError("this window has no log to show")
        if self._log is None:
            from vfadmin.ui.log.screen import LogScreen  # noqa: PLC0415 - as said above

            self._log = LogScreen(self._desk, self._log_file, self)
            self.addWidget(self._log)
        return self._log

    @property
    def placeholder(self) -> EmptyState:
        """What is shown in place of a screen while the store is not open: why, and the way on."""
        if self._placeholder is None:
            from vfadmin.ui.persons.empty import EmptyState  # noqa: PLC0415 - as said above

            made = self._placeholder = EmptyState(self)
            made.retry_asked.connect(self._try_again)
            self.addWidget(made)
            self._say_placeholder()
        return self._placeholder

    def _say_placeholder(self) -> None:
        from vfadmin.ui.persons.empty import Void  # noqa: PLC0415 - as said above

        if self._placeholder is not None:
            self._placeholder.show_void(
                Void.OPENING if self._failure is None else Void.OUT_OF_REACH, self._failure
            )

    @Slot()
    def _try_again(self) -> None:
        self.show_store_failure(None)
        self.reopen.emit()

    def show_store_failure(self, failure: Failure | None) -> None:
        """The store could not be opened: every screen says so. With None, it is being opened once more."""
        self._failure = failure
        self.persons.show_store_failure(failure)
        self._say_placeholder()

    def begin(self) -> None:
        """The services are open: let the screens that were made read what they show."""
        self._failure = None
        self.persons.begin()
        for screen in (self._preferences, self._assistance):
            if screen is not None:
                screen.begin()
        if self._placeholder is not None and self.currentWidget() is self._placeholder:
            self.go(self._place)

    @Slot()
    def follow(self) -> None:
        """Somebody wrote into the store: what is seen is read anew, and no field that is being edited."""
        self.persons.refresh()
        if self._troubles is not None:
            self._troubles.look()
        if self._preferences is not None:
            self._preferences.follow()

    def go(self, place: str) -> None:
        """Show the screen of that name; see `Navigation`."""
        self._place = place
        if not self._desk.ready and place not in _WITHOUT_STORE:
            self.setCurrentWidget(self.placeholder)
            return
        match place:
            case "import":
                self.setCurrentWidget(self.imports)
            case "troubles":
                self.setCurrentWidget(self.troubles)
            case "settings":
                self.setCurrentWidget(self.preferences)
            case "support":
                self.setCurrentWidget(self.assistance)
            case "log":
                self.setCurrentWidget(self.log)
            case _:
                self.setCurrentWidget(self.persons)

    def cancel(self) -> bool:
        """Stop what goes on: on the screen that is shown, else elsewhere; False where nothing does."""
        kinds = [self._cancel_import, self._cancel_change, self._cancel_troubles]
        if self.currentWidget() is not self._imports:
            kinds.reverse()
        return any(cancel() for cancel in kinds)

    def _cancel_import(self) -> bool:
        return self._imports is not None and self._imports.cancel()

    def _cancel_troubles(self) -> bool:
        if self._troubles is None:
            return False
        busy = [one for one in (self._troubles.held.deciding, self._troubles.diagnosing) if one.busy]
        for one in busy[:1]:
            one.cancel()
        return bool(busy)

    def _cancel_change(self) -> bool:
        if self._persons is None:
            return False
        if self._persons.worker.busy:
            self._persons.worker.cancel()
        elif self._persons.exporter.busy:
            self._persons.exporter.cancel()
        elif self._persons.inspections.busy:
            self._persons.inspections.stop()
        elif self._persons.moves.busy:
            self._persons.moves.stop()
        else:
            return False
        return True

    def cancel_export(self) -> None:
        """Stop an export, the check of a list, a move or a reading of mailboxes: nobody waits any more."""
        if self._imports is not None:
            self._imports.give_up()
        if self._persons is not None:
            self._persons.exporter.cancel()
            self._persons.moves.stop()
            self._persons.forms.stop_reading()
            self._persons.inspections.stop()
        if self._troubles is not None:
            self._troubles.held.deciding.cancel()
            self._troubles.diagnosing.cancel()

    def fold(self, *, narrow: bool) -> None:
        """In a narrow window the search view folds its summary away by itself."""
        if self._persons is not None:
            self._persons.actions_bar.fold(narrow=narrow)
