"""The search view: criteria, actions, results and the summary, put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSettings, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from vfadmin.errors import Failure
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.engine import EngineController
from vfadmin.ui.persons.action_bar import ActionBar
from vfadmin.ui.persons.column_chooser import ColumnChooser
from vfadmin.ui.persons.columns import At
from vfadmin.ui.persons.copying import Copier
from vfadmin.ui.persons.criteria import Found
from vfadmin.ui.persons.criteria_bar import CriteriaBar
from vfadmin.ui.persons.doing import Doing
from vfadmin.ui.persons.empty import EmptyState, Void, void_of
from vfadmin.ui.persons.exporting import Exporter
from vfadmin.ui.persons.forms import Forms
from vfadmin.ui.persons.inspections import Inspections
from vfadmin.ui.persons.model import PersonTable
from vfadmin.ui.persons.moves import Moves
from vfadmin.ui.persons.previews import Previews
from vfadmin.ui.persons.saved_views import SavedViews
from vfadmin.ui.persons.search import Searcher
from vfadmin.ui.persons.situation import SAMPLE, survey
from vfadmin.ui.persons.sort_menu import SortMenus
from vfadmin.ui.persons.summary import RUNS, Summary
from vfadmin.ui.persons.table import ResultView
from vfadmin.ui.persons.work import Worker
from vfadmin.ui.refusals import Situation, Surroundings
from vfadmin.ui.texts import explain_failure
from vfadmin.ui.widgets import InfoBar

if TYPE_CHECKING:
    from vfadmin.services.context import Services
    from vfadmin.services.directory import CompanyRow
    from vfadmin.services.history import RunRow
    from vfadmin.services.rows import PersonRow

_TICK_MS = 30_000
_SUMMARY_MS = 60


def _runs(services: Services, person_id: int) -> tuple[int, list[RunRow]]:
    return person_id, services.history.runs(person_id, RUNS)


class PersonsScreen(QWidget):
    """The search view. ``status`` carries rows and selected, ``reopen`` asks for the store once more."""

    status = Signal(str)
    working = Signal(str, int, int)
    changed = Signal()
    reopen = Signal()

    def __init__(
        self,
        desk: Desk,
        engine: EngineController,
        clock: Callable[[], datetime],
        settings: QSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk, self.engine = desk, engine
        self.model = PersonTable(clock, self)
        self.searcher = Searcher(desk, self.model, self)
        self.worker = Worker(desk, self)
        self.criteria = CriteriaBar(SavedViews(settings), self)
        self.bar = InfoBar(self)
        self._sort_menus = SortMenus(self)
        self._stack = QStackedWidget(self)
        self.view = ResultView(self.model, self._stack)
        self._columns = ColumnChooser(self.view, settings, self)
        self.empty = EmptyState(self._stack)
        self.summary = Summary(clock, self)
        self.actions_bar = ActionBar(self)
        self.doing = Doing(self.worker, engine, self.model, self.bar, self)
        self.copier = Copier(desk, self.view, self.bar, self)
        self.exporter = Exporter(desk, self.view, self.bar, self)
        self.surroundings = Surroundings()
        self.companies: tuple[str, ...] = ()
        self.forms = Forms(desk, clock, self)
        self.moves = Moves(desk, self.doing, self)
        self.inspections = Inspections(desk, self.doing, self.bar, clock, self)
        self.previews = Previews(desk, self.worker, engine, self.doing.start, self)
        self._look = QTimer(self, singleShot=True, interval=_SUMMARY_MS)
        self._clock_tick = QTimer(self, interval=_TICK_MS)
        self._compose()
        self._connect_parts()
        self._connect_work()
        self._connect_clocks()
        self.say_situation()

    def _compose(self) -> None:
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.view)
        middle = QVBoxLayout()
        middle.setContentsMargins(16, 14, 16, 12)
        middle.setSpacing(10)
        middle.addWidget(self.criteria)
        middle.addWidget(self.actions_bar)
        middle.addWidget(self.bar)
        middle.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(middle, 1)
        row.addWidget(self.summary)

    def _connect_parts(self) -> None:
        self.criteria.changed.connect(self.searcher.search)
        self.criteria.leave.connect(self._into_results)
        self.criteria.all_asked.connect(self._select_all)
        self.empty.clear_asked.connect(self.criteria.reset)
        self.empty.retry_asked.connect(self._retry)
        self.view.sort_asked.connect(self.criteria.sort_by)
        self._sort_menus.asked.connect(self.criteria.sort_by)
        self.view.selection_changed.connect(self._look.start)
        self.view.selection_changed.connect(self.say_situation)
        self.view.button_pressed.connect(self.doing.row_button)
        self.view.opened.connect(self.open_form)
        self.view.customContextMenuRequested.connect(self._menu)
        self.actions_bar.triggered.connect(self.act)
        self.actions_bar.panel_toggled.connect(self.summary.setVisible)
        self.summary.resume_asked.connect(self.doing.resume_one)
        self.summary.cause_asked.connect(self.criteria.show_cause)
        self.bar.retry.connect(self.refresh)
        self.forms.saved.connect(self._form_saved)
        self.forms.action_asked.connect(self._form_action)

    def _connect_work(self) -> None:
        self.searcher.found.connect(self._found)
        self.searcher.counted.connect(self.criteria.set_counts)
        self.searcher.companies.connect(self._take_companies)
        self.searcher.rows_read.connect(self._rows_read)
        self.searcher.failed.connect(self._search_failed)
        self.doing.form_asked.connect(self.open_form)
        self.doing.preview_asked.connect(self.previews.open)
        self.doing.refresh_asked.connect(self.refresh)
        self.doing.moved.connect(self._moved)
        self.doing.changed.connect(self._changed)
        self.doing.working.connect(self.working)
        self.exporter.working.connect(self.working)
        self.engine.touched.connect(self.model.refresh)
        self.engine.rested.connect(self.searcher.recount)

    def _connect_clocks(self) -> None:
        self._look.timeout.connect(self._look_closer)
        self._clock_tick.timeout.connect(self._tick)
        self._clock_tick.start()

    # Searching

    def begin(self) -> None:
        """The services are open: show the persons."""
        self.searcher.look_up_companies()
        self.searcher.search(self.criteria.criteria())
        self.say_situation()

    def show_store_failure(self, failure: Failure | None) -> None:
        """The store could not be opened; with None, it is being opened once more."""
        self.empty.show_void(Void.OPENING if failure is None else Void.OUT_OF_REACH, failure)
        self._stack.setCurrentWidget(self.empty)
        self.say_situation()

    @Slot()
    def refresh(self) -> None:
        """Read everything again; selection, editor and place in the list stay."""
        top = self.view.rowAt(0)
        self.searcher.look_up_companies()
        self.searcher.again(max(0, top))
        self.model.refresh(self.view.selected_ids()[:SAMPLE])
        self.forms.follow()
        self._look.start()

    def _retry(self) -> None:
        if self.desk.ready:
            self.refresh()
        else:
            self.reopen.emit()

    @Slot(object)
    def _found(self, found: Found) -> None:
        if found.ids:
            self._stack.setCurrentWidget(self.view)
        else:
            self.empty.show_void(void_of(found.criteria))
            self._stack.setCurrentWidget(self.empty)
        self.bar.forget("VF-STORE")
        self.view.show_sort(found.criteria.sort)
        self.criteria.set_shown(len(found.ids))
        self.say_situation()
        self._look.start()

    @Slot(object)
    def _take_companies(self, companies: Sequence[CompanyRow]) -> None:
        self.companies = tuple(company.name for company in companies)
        self.criteria.set_companies(companies)

    @Slot(object)
    def _search_failed(self, failure: Failure) -> None:
        if not self.model.ids:
            self.show_store_failure(failure)
            return
        text = explain_failure(failure)
        self.bar.show_message("bad", text.message, text.remedy, code=failure.code, retry=True)

    @Slot(object)
    def _rows_read(self, ids: frozenset[int]) -> None:
        if self.view.current_id() in ids:
            self._look_closer()
        self.forms.live(row for one in ids if (row := self.model.cached(one)) is not None)
        self.say_situation()

    # The selection

    @Slot()
    def _look_closer(self) -> None:
        """Show the current person, and ask for the latest runs."""
        selected = self.view.selected_count()
        row = self.view.current_row() if selected <= 1 else None
        self.summary.show_person(row, selected)
        if row is not None and not self.summary.isHidden() and row.state != "unused":
            self.desk.ask(
                self,
                partial(_runs, person_id=row.id),
                self._show_runs,
                self._ignore,
                lane=Lane.ASIDE,
                channel="runs",
            )

    def _show_runs(self, answer: tuple[int, list[RunRow]]) -> None:
        self.summary.show_runs(*answer)

    def _ignore(self, failure: Failure) -> None:
        """The summary does without its runs; the next search will tell what is wrong with the store."""

    @Slot()
    def say_situation(self) -> None:
        """Something changed that the actions depend on."""
        self.actions_bar.set_situation(self.situation())
        self.status.emit(self.doing.phrases.rows(len(self.model.ids), self.view.selected_count()))

    def situation(self) -> Situation:
        """What the actions depend on now."""
        ids = self.view.selected_ids()
        return survey(
            ids,
            (row for one in ids[:SAMPLE] if (row := self.model.cached(one)) is not None),
            ready=self.desk.ready,
            busy=self.worker.busy,
            engine=self.engine.present,
            surroundings=self.surroundings,
            last=self.doing.last.action,
            undo=self.doing.undo_label(),
        )

    @Slot()
    def _into_results(self) -> None:
        if self.model.ids:
            current = self.view.current_id()
            self.view.go_to(current if current is not None else self.model.ids[0], At.LOGIN)
            self.view.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _select_all(self) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.view.selectAll()

    # Actions

    @Slot(str)
    def act(self, key: str) -> None:
        """Do a declared action with what is selected."""
        if key == "alike":
            if (row := self.view.current_row()) is not None and row.error is not None:
                self.criteria.show_cause(row.error.code)
        elif key == "select-all":
            self._select_all()
        elif key == "login":
            self.view.edit_selected()
        elif key in ("copy", "copy-headings"):
            self.copier.copy(headings=key == "copy-headings")
        elif key == "export":
            self.exporter.start()
        else:
            self.doing.act_on(key, self.view.selected_ids())

    @Slot(QPoint)
    def _menu(self, at: QPoint) -> None:
        menu = self.actions_bar.menu(self)
        self._sort_menus.add_to(menu, self.criteria.criteria().sort)
        self._columns.add_to(menu)
        menu.popup(self.view.menu_place(at))

    @Slot()
    def _moved(self) -> None:
        self._look.start()
        self.say_situation()

    @Slot()
    def _changed(self) -> None:
        self.searcher.recount()
        self.changed.emit()

    @Slot()
    def _tick(self) -> None:
        self.model.tick()
        self.summary.tick()

    # The form

    @Slot(int)
    def open_form(self, person_id: int) -> None:
        """Open the person's form, or bring it to the front."""
        row = self.model.cached(person_id)
        if row is not None:
            self.forms.open(row, self.companies)

    @Slot(object)
    def _form_saved(self, row: PersonRow) -> None:
        self.model.accept(row)
        self.doing.changed_elsewhere()
        self.refresh()

    @Slot(str, int)
    def _form_action(self, key: str, person_id: int) -> None:
        self.doing.act_on(key, [person_id])

    # What the window tells

    def set_surroundings(self, surroundings: Surroundings) -> None:
        """What holds for everybody has been looked at."""
        if surroundings != self.surroundings:
            self.surroundings = surroundings
            self.say_situation()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.say_situation()
