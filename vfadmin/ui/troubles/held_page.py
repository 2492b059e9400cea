"""What waits for a decision: the mailboxes, the events of the chosen one, and three ways out (R24)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QVBoxLayout, QWidget

from vfadmin.errors import Failure
from vfadmin.ui.actions import SPECS
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.listing import Listing
from vfadmin.ui.made_actions import make_action
from vfadmin.ui.texts import explain_failure, number
from vfadmin.ui.troubles.deciding import Deciding, Word
from vfadmin.ui.troubles.held_questions import Questions
from vfadmin.ui.troubles.held_tables import (
    CONFLICT,
    MAILBOX,
    EventColumn,
    EventTable,
    MailboxColumn,
    MailboxTable,
)
from vfadmin.ui.widgets import InfoBar, tab_through, wrapping

if TYPE_CHECKING:
    from vfadmin.services.context import Services
    from vfadmin.services.held import Decided, WaitingEvent, WaitingMailbox
    from vfadmin.ui.engine import EngineController
    from vfadmin.ui.persons.undo_dialog import UndoDialog

WORDS = ("process", "skip", "restore")
_MAILBOXES_SHOWN = 6
_FRAME = 4
"""What stands around a list, in device-independent pixels."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How things stand: the mailboxes, the one that is shown, and what waits in it."""

    mailboxes: tuple[WaitingMailbox, ...] = ()
    person_id: int | None = None
    events: tuple[WaitingEvent, ...] = ()


def read(services: Services, person_id: int | None, *, whole: bool) -> Waiting:
    """The chosen mailbox is shown, else the first; its events only if they are seen. In another thread."""
    mailboxes = services.held.mailboxes()
    known = {one.person_id for one in mailboxes}
    chosen = person_id if person_id in known else next((one.person_id for one in mailboxes), None)
    events = services.held.events(chosen) if whole and chosen is not None else ()
    return Waiting(mailboxes, chosen, events)


class HeldPage(QWidget):
    """``known`` tells of how many mailboxes and in how many something stands still, ``working`` what goes on.

    ``changed`` says that a word was stored.
    ``accept_asked`` carries the persons of whom another mailbox is to be accepted, which has its own preview.
    """

    known = Signal(int, int)
    working = Signal(str, int, int)
    changed = Signal()
    accept_asked = Signal(object)

    def __init__(
        self,
        desk: Desk,
        engine: EngineController,
        clock: Callable[[], datetime],
        bar: InfoBar,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._desk, self._engine, self.bar = desk, engine, bar
        self._person: int | None = None
        self._putting = False
        self._dialog: UndoDialog | None = None
        self.deciding = Deciding(desk, self)
        self.mailboxes, self.mailbox_view = MailboxTable(self), Listing(self)
        self.events, self.event_view = EventTable(clock, self), Listing(self)
        self.advice, self.diagnosis = wrapping(self), QPushButton(self)
        self.buttons = {word: QPushButton(self) for word in WORDS}
        self.actions_made = {word: make_action(SPECS[f"held-{word}"], self) for word in WORDS}
        self.questions = Questions(self)
        self._compose()
        self._connect()
        self.retranslate()

    def _compose(self) -> None:
        for view, model in ((self.mailbox_view, self.mailboxes), (self.event_view, self.events)):
            view.setModel(model)
        self.mailbox_view.setSelectionMode(Listing.SelectionMode.SingleSelection)
        _share_width(self.mailbox_view, self.event_view)
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.setSpacing(8)
        for button in self.buttons.values():
            row.addWidget(button)
        row.addWidget(self.diagnosis)
        row.addStretch(1)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.mailbox_view)
        column.addWidget(self.advice)
        column.addLayout(row)
        column.addWidget(self.event_view, 1)
        tab_through(self.mailbox_view, *self.buttons.values(), self.diagnosis, self.event_view)

    def _connect(self) -> None:
        self.mailbox_view.selectionModel().currentRowChanged.connect(self._choose)
        self.event_view.selectionModel().selectionChanged.connect(self.say)
        self.events.modelReset.connect(self.say)
        self.deciding.working.connect(self.working)
        self.deciding.ended.connect(self._decided)
        self.deciding.failed.connect(self._failed)
        for word in WORDS:
            self.buttons[word].clicked.connect(self.actions_made[word].trigger)
            self.actions_made[word].triggered.connect(self._act)

    # Reading

    @property
    def busy(self) -> bool:
        """Whether decisions are being stored."""
        return self.deciding.busy

    @property
    def person_id(self) -> int | None:
        """Whose mailbox is shown."""
        return self._person

    @Slot()
    def look(self) -> None:
        """Ask what waits; the events too while this page is seen."""
        call = partial(read, person_id=self._person, whole=self.isVisible())
        self._desk.ask(self, call, self._read, self._failed, lane=Lane.ASIDE, channel="held")

    def _read(self, found: Waiting) -> None:
        self._person = found.person_id
        self._putting = True  # where rows go, the view moves on to a neighbour: nobody chose that
        self.mailboxes.put(found.mailboxes)
        self._putting = False
        self.events.put(found.events)
        row = self.mailboxes.row_of(found.person_id)
        if row is not None and row != self.mailbox_view.current_row():
            self.mailbox_view.go_to(row)
        self.known.emit(len(found.mailboxes), sum(bool(one.total) for one in found.mailboxes))
        self.say()

    @Slot()
    def _choose(self) -> None:
        row = None if self._putting else self.mailbox_view.current_row()
        chosen = None if row is None else self.mailboxes.mailboxes[row].person_id
        if chosen is not None and chosen != self._person:
            self._person = chosen
            self.events.put(())
            self.say()
            self.look()

    @Slot(object)
    def _failed(self, failure: Failure) -> None:
        text = explain_failure(failure)
        self.bar.show_message("bad", text.message, text.remedy, code=failure.code, retry=True)
        self.say()

    # Deciding

    def chosen(self, word: str) -> list[WaitingEvent]:
        """The selected events, or all of the mailbox where none is, as far as the word fits them."""
        rows = self.event_view.selected_rows()
        events = [self.events.events[row] for row in rows] if rows else list(self.events.events)
        fitting = [one for one in events if word in one.ways]
        if word == "restore" and not (len(rows) == 1 and len(fitting) == 1):
            # What won is not taken back in bulk: each loser is shown first.
            return [one for one in fitting if one.kind != CONFLICT]
        return fitting

    @Slot()
    def _act(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.ask(str(action.data()).removeprefix("held-"))

    def ask(self, word: str) -> None:
        """Ask whether what is chosen is to be decided so; nothing is done without a yes."""
        chosen = [one for one in self.chosen(word) if one.kind != MAILBOX]
        if self.busy or self._person is None:
            return
        if word == "restore" and chosen and chosen[0].kind == CONFLICT:
            self._restore_loser(chosen[0])
        elif chosen:
            # Of these alone: what comes to wait while the question stands is not meant.
            self.questions.ask(word, chosen, partial(self._begin, word, self._person, chosen))
        elif self.chosen(word):
            self.accept_asked.emit((self._person,))

    def _begin(self, word: str, person_id: int, events: Sequence[WaitingEvent]) -> None:
        self.deciding.start(Word(word, person_id, tuple(one.ref for one in events)))
        self.say()

    @Slot(object, object)
    def _decided(self, word: Word, results: Sequence[Decided]) -> None:
        refused = {one.event.ref: one.error for one in results if one.error is not None}
        stored = [one.event for one in results if one.error is None]
        self.events.say_refused(refused)
        said = self.questions.stored(word.word, stored) if stored else ""
        unsaid = len(word.refs) - len(stored)
        if refused:
            failure = next(iter(refused.values()))
            text = explain_failure(failure)
            more = self.tr("%n not stored.", "", unsaid)
            told = f"{said} {more} {text.message}".strip()
            self.bar.show_message("warn", told, text.remedy, code=failure.code)
        elif unsaid:
            self.bar.show_message("warn", f"{said} {self.tr('Stopped before the rest.')}".strip())
        else:
            self.bar.show_message("good", said)
        if any(one.kind != CONFLICT for one in stored):
            self._engine.sync([word.person_id])
        if stored:
            self.changed.emit()
        self.look()

    # A conflict's loser

    def _restore_loser(self, one: WaitingEvent) -> None:
        """With its own preview, which tells what is put back and waits for a yes."""
        from vfadmin.ui.persons.undo_dialog import UndoDialog  # noqa: PLC0415 - rarely wanted
        from vfadmin.ui.persons.undoing import Target  # noqa: PLC0415 - as above

        if (former := self.dialog) is not None:
            former.reject()
            if former.writes:
                former.raise_()
                return
        if one.run is not None and one.since is not None:
            target = Target(one.run, one.operation)
            self._dialog = dialog = UndoDialog(self._desk, target, one.since, self.window())
            dialog.undone.connect(self.changed)
            dialog.undone.connect(self.look)
            dialog.show()

    @property
    def dialog(self) -> UndoDialog | None:
        """The preview of a restored loser, if it is being shown."""
        found = self._dialog
        return found if found is not None and shiboken6.isValid(found) else None

    # Words

    @Slot()
    def say(self) -> None:
        """The buttons with their numbers, each possible or saying why not."""
        some = bool(self.event_view.selected_rows())
        for word, button in self.buttons.items():
            count = len(self.chosen(word))
            template = self._label(word, some=some)
            button.setText(template.format(count=number(count)))
            possible = bool(count) and not self.busy
            button.setEnabled(possible)
            self.actions_made[word].setEnabled(possible)
            why = "" if count else self._why_not(word)
            button.setToolTip(why or SPECS[f"held-{word}"].tip())
            button.setAccessibleDescription(why)
        rows = self.mailbox_view.verticalHeader().defaultSectionSize()
        head = self.mailbox_view.horizontalHeader().sizeHint().height()
        shown = min(max(1, self.mailboxes.rowCount()), _MAILBOXES_SHOWN)
        self.mailbox_view.setFixedHeight(rows * shown + head + _FRAME)

    def _label(self, word: str, *, some: bool) -> str:
        chosen = self.chosen(word)
        settled = bool(chosen) and all(one.kind == CONFLICT for one in chosen)
        if word == "restore":
            if settled:
                return self.tr("Restore what lost…")
            return self.tr("Restore selected ({count})…") if some else self.tr("Restore all ({count})…")
        if word == "skip":
            if settled:
                return self.tr("Let stand ({count})…")
            return self.tr("Skip selected ({count})…") if some else self.tr("Skip all ({count})…")
        return self.tr("Process selected ({count})…") if some else self.tr("Process all ({count})…")

    def _why_not(self, word: str) -> str:
        if not self.events.events:
            return self.tr("Nothing waits in this mailbox.")
        if word == "restore" and any(one.kind == CONFLICT for one in self.events.events):
            return self.tr("Select one conflict: what is put back of it is shown first.")
        if word == "restore":
            return self.tr("Only a deletion of a person's own event can be undone.")
        return self.tr("This does not fit any of the rows.")

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.advice.setText(
            self.tr(
                "Unusually many deletions and events that do not succeed wait for you; all else goes on. "
                "Process does what waits, Skip leaves what is left as it is, Restore undoes the deletions. "
                "Conflicts are settled already: let the outcome stand, or restore what lost."
            )
        )
        self.mailbox_view.setAccessibleName(self.tr("Mailboxes that wait for a decision"))
        self.event_view.setAccessibleName(self.tr("What waits in the mailbox"))
        for word, action in self.actions_made.items():
            action.setText(SPECS[f"held-{word}"].text())
            action.setToolTip(SPECS[f"held-{word}"].tip())
        self.mailboxes.retranslate()
        self.events.retranslate()
        self.say()

    def showEvent(self, event: QShowEvent) -> None:
        """Now somebody sees the events, too."""
        super().showEvent(event)
        self.look()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _share_width(mailboxes: Listing, events: Listing) -> None:
    wide = mailboxes.fontMetrics().horizontalAdvance
    header = mailboxes.horizontalHeader()
    header.setSectionResizeMode(MailboxColumn.NAME, QHeaderView.ResizeMode.Stretch)
    for place, sample in (
        (MailboxColumn.COMPANY, "Esimerkki Palvelut Oy Ab"),
        (MailboxColumn.DELETIONS, "Poistoja / raja 00"),
        (MailboxColumn.OTHERS, "Muita 0000"),
        (MailboxColumn.CONFLICTS, "Ristiriitoja 0000"),
        (MailboxColumn.DECIDED, "Päätetty 0000"),
    ):
        mailboxes.setColumnWidth(place, wide(sample) + 30)
    header = events.horizontalHeader()
    header.setSectionResizeMode(EventColumn.WHY, QHeaderView.ResizeMode.Stretch)
    for column, sample in (
        (EventColumn.TITLE, "Kuukausipalaveri ja katselmus"),
        (EventColumn.START, "00.00.0000 00.00"),
        (EventColumn.WHAT, "Odottaa poistoa (ValueFrame) 0"),
        (EventColumn.SINCE, "eilen klo 00.00"),
    ):
        events.setColumnWidth(column, wide(sample) + 30)
