"""The screen of what is stuck: the causes, the remedy of each, whom it concerns, and back to work (R24)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from vfadmin.errors import Failure
from vfadmin.errors.texts import explain
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.listing import Listing
from vfadmin.ui.persons.acceptance import HELD, Acceptance
from vfadmin.ui.persons.work import Outcome, Worker
from vfadmin.ui.texts import explain_failure, number
from vfadmin.ui.translations import current
from vfadmin.ui.troubles import cause_table, person_table
from vfadmin.ui.troubles.aftermath import AftermathWatch
from vfadmin.ui.troubles.calm import CalmPage
from vfadmin.ui.troubles.cause_diagnosis import CauseDiagnosis, Choice
from vfadmin.ui.troubles.cause_table import CauseTable
from vfadmin.ui.troubles.head import Head
from vfadmin.ui.troubles.held_page import HeldPage
from vfadmin.ui.troubles.person_table import PersonTable
from vfadmin.ui.troubles.tabs import Tabs
from vfadmin.ui.widgets import InfoBar, breakable, tab_through, wrapping

if TYPE_CHECKING:
    from vfadmin.services.context import Services
    from vfadmin.services.rows import PersonRow
    from vfadmin.services.troubles import Aftermath, Cause, Sufferer
    from vfadmin.ui.engine import EngineController

LOOK_MS = 30_000
"""How often the store is asked while the screen is seen, as times are told as of now."""
_CAUSES_SHOWN = 7
_FRAME = 4
"""What stands around a list, in device-independent pixels."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand: the causes, the one that is shown, whom it concerns, and whether all is stopped."""

    causes: tuple[Cause, ...]
    code: str | None
    persons: tuple[Sufferer, ...]
    paused: bool


def read(services: Services, code: str | None) -> Standing:
    """The chosen cause is shown, else the first. Called in the services' thread."""
    causes = services.troubles.causes()
    chosen = code if any(one.code == code for one in causes) else causes[0].code if causes else None
    persons = () if chosen is None else services.troubles.sufferers(chosen)
    return Standing(causes, chosen, persons, services.settings.flag("paused"))


def person(services: Services, person_id: int) -> PersonRow:
    """Called in the services' thread."""
    return services.directory.person(person_id)


class TroublesScreen(QWidget):
    """``changed`` says that something was stored, ``working`` what goes on.

    ``form_asked`` carries the row whose form is wanted, ``cause_asked`` a cause wanted in the search view,
    ``fleet_asked`` that somebody wants to know who synchronises.
    """

    changed = Signal()
    working = Signal(str, int, int)
    form_asked = Signal(object)
    cause_asked = Signal(str)
    fleet_asked = Signal()

    def __init__(
        self,
        desk: Desk,
        engine: EngineController,
        clock: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._engine = desk, engine
        self._code: str | None = None
        self._known = self._putting = False
        self.bar = InfoBar(self)
        self.head = Head(desk, self)
        self.title, self.sum, self.pause = self.head.title, self.head.sum, self.head.pause
        self.causes, self.cause_view = CauseTable(clock, self), Listing(self)
        self.message, self.remedy = wrapping(self), wrapping(self)
        self.resume_all, self.resume_some = QPushButton(self), QPushButton(self)
        self.search, self.diagnosis = QPushButton(self), QPushButton(self)
        self.persons, self.person_view = PersonTable(clock, self), Listing(self)
        self.calm = CalmPage(self)
        self.tabs, self.held = Tabs(self), HeldPage(desk, engine, clock, self.bar, self)
        self._pages = QStackedWidget(self)
        self.worker = Worker(desk, self)
        self._acceptance = Acceptance(self.worker, self._start, self)
        self.aftermath = AftermathWatch(desk, clock, self)
        buttons = self.diagnosis, self.held.diagnosis
        self.diagnosing = CauseDiagnosis(desk, self.bar, clock, self, buttons, self._diagnosed).work
        self._look = QTimer(self, interval=LOOK_MS)
        self._compose()
        self._connect()
        self._retranslate()

    def _compose(self) -> None:
        for view, model in ((self.cause_view, self.causes), (self.person_view, self.persons)):
            view.setModel(model)
        self.cause_view.setSelectionMode(Listing.SelectionMode.SingleSelection)
        _share_width(self.cause_view, self.person_view)
        self.message.setProperty("role", "title")
        self.resume_all.setProperty("kind", "primary")
        self.search.setProperty("kind", "link")
        stuck, column = QWidget(self), QVBoxLayout(self)
        inside, buttons = QVBoxLayout(stuck), QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.resume_all, self.resume_some, self.diagnosis, self.search):
            buttons.addWidget(button)
        buttons.addStretch(1)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        for part in (self.cause_view, self.message, self.remedy):
            inside.addWidget(part)
        inside.addLayout(buttons)
        inside.addWidget(self.person_view, 1)
        for page in (self.calm, stuck, self.held):
            self._pages.addWidget(page)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        for upper in (self.head, self.bar, self.tabs):
            column.addWidget(upper)
        column.addWidget(self._pages, 1)
        among = self.resume_all, self.resume_some, self.diagnosis, self.search
        tab_through(self.cause_view, *among, self.person_view)

    def _connect(self) -> None:
        for signal in (self.bar.retry, self._look.timeout, self._engine.touched):
            signal.connect(self.look)
        self.cause_view.selectionModel().currentRowChanged.connect(self._choose)
        self.person_view.selectionModel().selectionChanged.connect(self._say_selected)
        self.persons.modelReset.connect(self._say_selected)
        self.person_view.entered_row.connect(self._open)
        self.resume_all.clicked.connect(self._resume_all)
        self.resume_some.clicked.connect(self._resume_some)
        self.search.clicked.connect(self._search)
        self.head.fleet.clicked.connect(self.fleet_asked)
        self.diagnosing.working.connect(self.working)
        self.pause.changed.connect(self.changed)
        self.pause.failed.connect(self._failed)
        self.worker.started.connect(self._say_buttons)
        self.worker.progress.connect(self._work_progress)
        self.worker.finished.connect(self._work_finished)
        self.worker.failed.connect(self._work_failed)
        self.aftermath.told.connect(self._say_aftermath)
        self.tabs.currentChanged.connect(self._turn)
        self.held.known.connect(self._say_held)
        self.held.working.connect(self.working)
        self.held.changed.connect(self.changed)
        self.held.accept_asked.connect(self._acceptance.ask)

    # Reading

    @Slot()
    def look(self) -> None:
        """Ask the store how things stand, while somebody looks."""
        if self.isVisible():
            call = partial(read, code=self._code)
            self._desk.ask(self, call, self._read, self._failed, lane=Lane.ASIDE, channel="troubles")
            self.held.look()

    def _read(self, found: Standing) -> None:
        self._known = True
        self.pause.show_paused(found.paused)
        self._code = found.code
        self._putting = True  # where rows go, the view moves on to a neighbour: nobody chose that
        self.causes.put(found.causes)
        self._putting = False
        self.persons.put(found.persons)
        row = self.causes.row_of(found.code)
        if row is not None and row != self.cause_view.current_row():
            self.cause_view.go_to(row)
        self._say()

    @Slot()
    def _choose(self) -> None:
        row = None if self._putting else self.cause_view.current_row()
        chosen = None if row is None else self.causes.causes[row].code
        if chosen is not None and chosen != self._code:
            self._code = chosen
            self.persons.put(())
            self._say()
            self.look()

    @Slot(object)
    def _failed(self, failure: Failure) -> None:
        text = explain_failure(failure)
        self.bar.show_message("bad", text.message, text.remedy, code=failure.code, retry=True)

    def showEvent(self, event: QShowEvent) -> None:
        """From now on follow how things stand."""
        super().showEvent(event)
        self.look()
        self._look.start()
        self.aftermath.go_on()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more."""
        super().hideEvent(event)
        self._look.stop()
        self.aftermath.rest()

    # Back to work

    def _stopped(self, rows: Sequence[int] | None = None) -> list[int]:
        persons = self.persons.persons
        chosen = persons if rows is None else [persons[row] for row in rows]
        return [one.id for one in chosen if one.stopped]

    @Slot()
    def _resume_all(self) -> None:
        self._resume(self._stopped())

    @Slot()
    def _resume_some(self) -> None:
        self._resume(self._stopped(self.person_view.selected_rows()))

    def _resume(self, ids: Sequence[int]) -> None:
        if self.resume_all.hasFocus() or self.resume_some.hasFocus():
            self.cause_view.setFocus()  # else Qt would go on to the next button, which does something else
        if ids and self._code == HELD:
            self._acceptance.ask(tuple(ids))
        elif ids:
            self._start("resume", ids)

    def _start(self, action: str, ids: Sequence[int]) -> bool:
        started = self.worker.start(action, ids)
        if not started:
            self.bar.show_message("warn", self.tr("The previous change is still being made."))
        return started

    @Slot(int, int)
    def _work_progress(self, done: int, total: int) -> None:
        self.working.emit(self.tr("Putting back to work…"), done, total)

    @Slot(object)
    def _work_finished(self, outcome: Outcome) -> None:
        self.working.emit("", 0, 0)
        refused = {one for one, _ in outcome.refused}
        back = [one for one in outcome.ids if one not in refused]
        if refused:
            text = explain_failure(outcome.causes()[0][0])
            self.bar.show_message("warn", text.message, text.remedy, code=outcome.causes()[0][0].code)
        if back:
            self.aftermath.follow(back)
            self._engine.sync(back)
        self.changed.emit()
        self.look()

    @Slot(object)
    def _work_failed(self, failure: Failure) -> None:
        self.working.emit("", 0, 0)
        self._failed(failure)
        self._say_buttons()

    @Slot(object, str)
    def _say_aftermath(self, after: Aftermath, said: str) -> None:
        """What came of those put back, within seconds of its coming."""
        text = explain(after.causes[0], lang=current()) if after.causes else None
        tone = "bad" if after.stopped else "info" if after.waits or after.delayed else "good"
        # What to do stands below, with the cause.
        self.bar.show_message(
            tone, said, "" if text is None else text.message, code=after.causes[0] if after.causes else ""
        )
        self.look()

    # Elsewhere

    @Slot()
    def _open(self) -> None:
        row = self.person_view.current_row()
        if row is not None:
            call = partial(person, person_id=self.persons.persons[row].id)
            self._desk.ask(self, call, self.form_asked.emit, self._failed)

    @Slot()
    def _search(self) -> None:
        if self._code is not None:
            self.cause_asked.emit(self._code)

    def _diagnosed(self) -> Choice:
        """Whose diagnosis is wanted: the mailbox that waits, those selected, else all of the cause."""
        if self.tabs.waiting:
            return [] if self.held.person_id is None else [self.held.person_id], ""
        chosen = self.person_view.selected_rows() or range(len(self.persons.persons))
        return [self.persons.persons[row].id for row in chosen], self._code or ""

    # Words

    def _say(self) -> None:
        causes = self.causes.causes
        stopped = sum(one.stopped for one in causes)
        delayed = sum(one.delayed for one in causes)
        words = (self.tr("%n stopped", "", stopped), self.tr("%n trying again", "", delayed))
        counted = zip(words, (stopped, delayed), strict=True)
        self.sum.setText(", ".join(word for word, count in counted if count))
        self._turn()
        self.calm.show_calm(known=self._known)
        rows = self.cause_view.verticalHeader().defaultSectionSize()
        head = self.cause_view.horizontalHeader().sizeHint().height()
        self.cause_view.setFixedHeight(rows * min(max(1, len(causes)), _CAUSES_SHOWN) + head + _FRAME)
        self._say_selected()

    @Slot()
    def _turn(self) -> None:
        """Show the page of the tab; without tabs what is stuck, if anything is."""
        page = 2 if self.tabs.waiting else 1 if self.causes.causes else 0
        self._pages.setCurrentIndex(page)

    @Slot(int, int)
    def _say_held(self, mailboxes: int, standing: int) -> None:
        # Conflicts alone do not take the place of the message that all is well.
        self.tabs.say(mailboxes, at_once=bool(standing) and not self.causes.causes)
        self._turn()

    @Slot()
    def _say_selected(self) -> None:
        """The cause in words: of the one person who is selected, else in general."""
        rows = self.person_view.selected_rows()
        if self._code is not None:
            single = self.persons.persons[rows[0]] if len(rows) == 1 else None
            text = explain(self._code, {} if single is None else single.error.params, current())
            self.message.setText(breakable(text.message))
            self.remedy.setText(text.remedy)
        self._say_buttons()

    @Slot()
    def _say_buttons(self) -> None:
        every, some = len(self._stopped()), len(self._stopped(self.person_view.selected_rows()))
        self.resume_all.setText(self.tr("Resume all ({count})").format(count=number(every)))
        self.resume_some.setText(self.tr("Resume selected ({count})").format(count=number(some)))
        for button, count in ((self.resume_all, every), (self.resume_some, some)):
            button.setEnabled(bool(count) and not self.worker.busy)
        why = "" if every else self.tr("None of them waits for you: they try again by themselves.")
        self.resume_all.setToolTip(why)
        self.resume_all.setAccessibleDescription(why)

    def _retranslate(self) -> None:
        self.head.retranslate()
        self.search.setText(self.tr("Show in the search view"))
        self.cause_view.setAccessibleName(self.tr("Causes"))
        self.person_view.setAccessibleName(self.tr("Persons whom the cause concerns"))
        self.causes.retranslate()
        self.persons.retranslate()
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()


def _share_width(causes: Listing, persons: Listing) -> None:
    wide = causes.fontMetrics().horizontalAdvance
    header = causes.horizontalHeader()
    header.setSectionResizeMode(cause_table.Column.CAUSE, QHeaderView.ResizeMode.Stretch)
    for column, sample in (
        (cause_table.Column.STOPPED, "Pysähtynyt 000"),
        (cause_table.Column.DELAYED, "Yrittää uudelleen"),
        (cause_table.Column.SINCE, "eilen klo 00.00.00"),
    ):
        causes.setColumnWidth(column, wide(sample) + 30)
    header = persons.horizontalHeader()
    header.setSectionResizeMode(person_table.Column.WHAT, QHeaderView.ResizeMode.Stretch)
    for place, sample in (
        (person_table.Column.NAME, "Hämäläinen, Johanna Mar"),
        (person_table.Column.COMPANY, "Esimerkki Palvelut Oy"),
        (person_table.Column.LOGIN, "ESIMERKKI\\johannahamal"),
        (person_table.Column.SINCE, "eilen klo 00.00"),
        (person_table.Column.NEXT, "Yrittää itse uudelleen"),
        (person_table.Column.SUCCESS, "00.00.0000 00.00"),
    ):
        persons.setColumnWidth(place, wide(sample) + 30)
