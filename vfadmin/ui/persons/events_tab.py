"""The events of a person in ValueFrame, some days at a time: seen, added, edited, deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QEvent, QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from vfadmin.errors import Failure
from vfadmin.ui import icons
from vfadmin.ui.confirm import Question
from vfadmin.ui.date_fields import with_calendar
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.listing import Listing
from vfadmin.ui.persons.event_dialog import EventDialog
from vfadmin.ui.persons.event_facts import EventPage, delete_event, facts_of, new_facts, read_page
from vfadmin.ui.persons.event_table import Column, EventTable
from vfadmin.ui.persons.event_words import hidden_title, span
from vfadmin.ui.style import shades
from vfadmin.ui.texts import explain_failure
from vfadmin.ui.widgets import InfoBar, tab_through, wrapping

if TYPE_CHECKING:
    from vfadmin.services.events import EventRow
    from vfadmin.services.rows import PersonRow

_ELSEWHERE = "VF-REST-17"
"""ValueFrame's events are not in the database."""
SPANS = (7, 14, 28, 91)
"""How many days are shown; two weeks to begin with."""


class EventsTab(QWidget):
    """The list of one person's events. ``changed`` says that something was stored."""

    changed = Signal()

    def __init__(
        self, desk: Desk, person_id: int, clock: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._person, self._clock = desk, person_id, clock
        self._page: EventPage | None = None
        self._wanted: int | None = None
        self._at_work = False
        self.model = EventTable(self)
        self.view = Listing(self)
        self.bar = InfoBar(self)
        self.first, self.length = QDateEdit(self), QComboBox(self)
        self.earlier, self.later, self.today = QPushButton(self), QPushButton(self), QPushButton(self)
        self.add, self.edit, self.delete = QPushButton(self), QPushButton(self), QPushButton(self)
        self.none, self._stack = QLabel(self), QStackedWidget(self)
        self.detail = wrapping(self)
        self._compose()
        self._connect()
        self._retranslate()

    def _compose(self) -> None:
        self.view.setModel(self.model)
        header = self.view.horizontalHeader()
        header.setResizeContentsPrecision(0)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(Column.WHEN, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(Column.LOCATION, 120)
        header.resizeSection(Column.NOTE, 170)
        self.none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.none.setProperty("role", "muted")
        self.none.setWordWrap(True)
        self.detail.setProperty("role", "muted")
        self._stack.addWidget(self.none)
        self._stack.addWidget(self.view)
        with_calendar(self.first)
        self.first.setDate(_qdate(self._clock().astimezone().date()))
        for days in SPANS:
            self.length.addItem("", days)
        self.length.setCurrentIndex(1)
        self.delete.setProperty("kind", "danger")
        above, below = QHBoxLayout(), QHBoxLayout()
        for widget in (self.earlier, self.first, self.later, self.today, self.length):
            above.addWidget(widget)
        above.addStretch(1)
        for widget in (self.add, self.edit, self.delete):
            widget.setAutoDefault(False)
            below.addWidget(widget)
        below.addStretch(1)
        for button in (self.earlier, self.later, self.today):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(above)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        column.addWidget(self.detail)
        column.addLayout(below)
        choice = (self.earlier, self.first, self.later, self.today, self.length)
        tab_through(*choice, self.view, self.add, self.edit, self.delete)

    def _connect(self) -> None:
        self.first.dateChanged.connect(self.load)
        self.length.currentIndexChanged.connect(self.load)
        self.earlier.clicked.connect(self._go_back)
        self.later.clicked.connect(self._go_on)
        self.today.clicked.connect(self._go_to_today)
        self.add.clicked.connect(self._add)
        self.edit.clicked.connect(self._edit)
        self.delete.clicked.connect(self._ask_delete)
        self.view.entered_row.connect(self._edit)
        self.view.delete_asked.connect(self._ask_delete)
        self.view.selectionModel().selectionChanged.connect(self._say)
        self.bar.retry.connect(self.load)

    # Reading

    @Slot()
    def load(self) -> None:
        """Read the events of the days shown."""
        first = _date(self.first.date())
        after = first + timedelta(days=int(self.length.currentData()))
        call = partial(read_page, person_id=self._person, first=first, after=after)
        self._desk.ask(self, call, self._loaded, self._failed, channel=f"events-{self._person}")

    def _loaded(self, page: EventPage) -> None:
        if page == self._page and self._wanted is None:
            return  # nothing that anybody could see is different
        current = self.current()
        wanted = self._wanted if self._wanted is not None else current.id if current else None
        top = self.view.verticalScrollBar().value() if self._wanted is None and self._page else None
        self._page, self._wanted = page, None
        self.model.show_rows(self._person, page.rows, page.names)
        self._stack.setCurrentWidget(self.view if page.rows else self.none)
        if self._stack.isHidden():  # they had been somewhere else
            self._stack.show()
            self.bar.hide()
        if page.rows:
            self.view.go_to(self.model.place_of(wanted) or 0)
        if top is not None:
            self.view.verticalScrollBar().setValue(top)
        self._say()

    def show_state(self, row: PersonRow) -> None:
        """Whether what is stored here goes to Exchange by itself."""
        self._at_work = row.state == "active"

    def _failed(self, failure: Failure) -> None:
        text = explain_failure(failure)
        elsewhere = failure.code == _ELSEWHERE
        tone = "warn" if elsewhere else "bad"
        self.bar.show_message(tone, text.message, text.remedy, code=failure.code, retry=not elsewhere)
        if elsewhere:  # what was shown is nobody's, and there is nothing to add to
            self._page = None
            self.model.show_rows(self._person, (), {})
            self._stack.hide()
        self._say()

    def current(self) -> EventRow | None:
        """The event that is selected."""
        return self.model.row_at(self.view.current_row())

    # Which days

    @Slot()
    def _go_back(self) -> None:
        self.first.setDate(self.first.date().addDays(-int(self.length.currentData())))

    @Slot()
    def _go_on(self) -> None:
        self.first.setDate(self.first.date().addDays(int(self.length.currentData())))

    @Slot()
    def _go_to_today(self) -> None:
        self.first.setDate(_qdate(self._clock().astimezone().date()))

    # Changing

    @Slot()
    def _add(self) -> None:
        if self._page is not None:
            facts = new_facts(self._clock(), _date(self.first.date())) | {"owner": self._person}
            self._open(EventDialog(self._desk, None, facts, self._page.types, parent=self))

    @Slot()
    def _edit(self) -> None:
        row = self.current()
        if row is not None and self._page is not None and not self._refusal(row):
            linked = self._linked(row)
            self._open(EventDialog(self._desk, row, facts_of(row), self._page.types, linked, self))

    def _open(self, dialog: EventDialog) -> None:
        dialog.stored.connect(self._stored)
        dialog.rejected.connect(self.load)  # somebody else's change may be why
        dialog.open()

    def _linked(self, row: EventRow) -> str:
        """Who has to do with the event besides the person."""
        parts = []
        if row.owner != self._person:
            parts.append(self.tr("owner {name}").format(name=self.model.name_of(row.owner)))
        for one in row.participants:
            name = self.model.name_of(one.person)
            parts.append(self.tr("{name} (acknowledged)").format(name=name) if one.acknowledged else name)
        if row.links_kept:
            parts.append(self.tr("%n link(s) to customers and contacts", "", row.links_kept))
        return "; ".join(parts)

    @Slot(object)
    def _stored(self, row: EventRow) -> None:
        self._wanted = row.id
        goes_on = self.tr("The event was saved. The next synchronisation takes it to Exchange.")
        self.bar.show_message("good", goes_on if self._at_work else self.tr("The event was saved."))
        self.load()
        self.changed.emit()

    @Slot()
    def _ask_delete(self) -> None:
        row = self.current()
        if row is None or self._refusal(row):
            return
        question = Question(
            self,
            self.tr('Delete the event "{title}"?').format(title=row.title or self.tr("(no title)")),
            self._consequences(row),
            self.tr("Delete the event"),
            partial(self._delete, row),
        )
        question.ask()

    def _consequences(self, row: EventRow) -> str:
        lines = [span(row)]
        if row.recurrence is not None:
            lines.append(self.tr("All of the series is deleted."))
        if row.owner != self._person or row.participants:
            lines.append(self.tr("It is deleted for everybody who is linked to it."))
        if self._at_work:
            lines.append(self.tr("The next synchronisation deletes it from Exchange, too."))
        return "\n".join(lines)

    def _delete(self, row: EventRow) -> None:
        self._desk.ask(self, partial(delete_event, row=row), self._deleted, self._failed, lane=Lane.WRITE)

    def _deleted(self, _row: EventRow) -> None:
        self.bar.show_message("good", self.tr("The event was deleted."))
        self.load()
        self.changed.emit()

    # Words

    def _refusal(self, row: EventRow | None) -> str:
        """Why an event cannot be edited or deleted here."""
        if row is None:
            return self.tr("Select an event first.")
        if row.redacted:
            return self.tr("Of a private event only its time is shown. Its owner edits it.")
        return ""

    @Slot()
    def _say(self) -> None:
        row = self.current()
        refusal = self._refusal(row)
        told = refusal if row is not None and refusal else ", ".join(self.model.notes(row)) if row else ""
        self.detail.setText(f"{hidden_title(row) or row.title}: {told}" if row is not None and told else "")
        for button in (self.edit, self.delete):
            button.setEnabled(not refusal)
            button.setToolTip(refusal)
            button.setAccessibleDescription(refusal)
        self.add.setEnabled(self._page is not None)

    def _retranslate(self) -> None:
        colours = shades(QApplication.palette())
        arrows = ((self.earlier, "chevron-left"), (self.later, "chevron-right"))
        for button, icon in arrows:
            button.setIcon(icons.icon(icon, colours.text))
        names = (
            (self.earlier, self.tr("Earlier days")),
            (self.later, self.tr("Later days")),
            (self.first, self.tr("First day shown")),
            (self.length, self.tr("How many days are shown")),
            (self.view, self.tr("Events in ValueFrame")),
        )
        for widget, name in names:
            widget.setAccessibleName(name)
            widget.setToolTip(name)
        words = (self.tr("1 week"), self.tr("2 weeks"), self.tr("4 weeks"), self.tr("3 months"))
        for place, word in enumerate(words):
            self.length.setItemText(place, word)
        self.first.setDisplayFormat(QLocale().dateFormat(QLocale.FormatType.ShortFormat))
        self.today.setText(self.tr("T&oday"))
        self.add.setText(self.tr("A&dd event…"))
        self.edit.setText(self.tr("&Edit…"))
        self.delete.setText(self.tr("De&lete…"))
        self.none.setText(self.tr("There are no events on these days."))
        self.view.setToolTip("")
        self.model.retell()
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._retranslate()


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _date(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
