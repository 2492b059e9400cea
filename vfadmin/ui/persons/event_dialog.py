"""One event of ValueFrame with everything that travels (R7), to be added or edited."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from vfadmin.errors import Failure
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.persons import event_words
from vfadmin.ui.persons.event_facts import ZONE, Facts, facts_of, read_event, store_event
from vfadmin.ui.persons.event_times import EventTimes
from vfadmin.ui.persons.rule_words import RuleWords
from vfadmin.ui.texts import absolute, explain_failure
from vfadmin.ui.widgets import InfoBar, tab_through, wrapping

if TYPE_CHECKING:
    from vfadmin.services.directory import EventTypeRow
    from vfadmin.services.events import EventRow

CHANGED_MEANWHILE = "VF-EVENT-05"
_WIDTH = 580
_SHORT = 60


class EventDialog(QDialog):
    """Edits an event, or with ``row`` None a new one that begins as ``facts`` say.

    ``stored`` carries the event as it is in the store now. ``linked`` says in words who is linked to it.
    """

    stored = Signal(object)

    def __init__(
        self,
        desk: Desk,
        row: EventRow | None,
        facts: Facts,
        types: Sequence[EventTypeRow],
        linked: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._row, self._linked = desk, row, linked
        self._more = facts if row is None else {}
        self._theirs: EventRow | None = None
        self.rules = RuleWords(self)
        self.bar = InfoBar(self)
        self.title, self.location, self.text = QLineEdit(self), QLineEdit(self), QPlainTextEdit(self)
        self.times = EventTimes(self)
        self.type, self.show_as, self.reminder = QComboBox(self), QComboBox(self), QComboBox(self)
        self.private, self.acknowledged = QCheckBox(self), QCheckBox(self)
        self.linked, self.recurrence, self.stamps = wrapping(self), wrapping(self), wrapping(self)
        self.form = QFormLayout()
        self.buttons = QDialogButtonBox(self)
        self.save = self.buttons.addButton(QDialogButtonBox.StandardButton.Save)
        self.cancel = self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self._compose(types)
        self._retranslate()
        self._fill(facts)
        self._connect()

    def _compose(self, types: Sequence[EventTypeRow]) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.type.addItem("", None)
        for one in types:
            self.type.addItem(one.name, one.id)
        for value in event_words.SHOWN_AS:
            self.show_as.addItem("", value)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(self.fontMetrics().lineSpacing() * 4)
        self.stamps.setProperty("role", "muted")
        self.save.setProperty("kind", "primary")
        self._arrange()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addWidget(self.bar)
        column.addLayout(self.form, 1)
        column.addWidget(self.stamps)
        column.addWidget(self.buttons)
        self.setMinimumWidth(_WIDTH)
        times = (self.times.start, self.times.all_day, self.times.end)
        lists = (self.type, self.show_as, self.reminder)
        ticks = (self.private, self.acknowledged)
        tab_through(self.title, self.location, *times, *lists, *ticks, self.text, self.save, self.cancel)

    def _arrange(self) -> None:
        """The rows of the form. What is only shown is nobody's buddy."""
        self.form.setHorizontalSpacing(16)
        self.form.setVerticalSpacing(8)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        fields: tuple[QWidget, ...] = (self.title, self.location, self.times, self.recurrence)
        fields += (self.type, self.show_as, self.reminder, self.text, self.linked)
        self._labels = [QLabel(self) for _ in fields]
        for label, field in zip(self._labels, fields, strict=True):
            self.form.addRow(label, field)
            if field not in (self.recurrence, self.linked):
                label.setBuddy(field)
        flags = QHBoxLayout()
        flags.setSpacing(16)
        for tick in (self.private, self.acknowledged):
            flags.addWidget(tick)
        flags.addStretch(1)
        self.form.insertRow(fields.index(self.text), "", flags)

    def _connect(self) -> None:
        for line in (self.title, self.location):
            line.textEdited.connect(self._edited)
        self.text.textChanged.connect(self._edited)
        self.times.edited.connect(self._edited)
        for box in (self.type, self.show_as, self.reminder):
            box.currentIndexChanged.connect(self._edited)
        for tick in (self.private, self.acknowledged):
            tick.toggled.connect(self._edited)
        self.buttons.accepted.connect(self._store)
        self.buttons.rejected.connect(self.reject)
        self.bar.retry.connect(self._take_theirs)
        self._edited()

    # The fields

    def _fill(self, facts: Facts) -> None:
        row = self._row
        self.title.setText(facts["title"])
        self.location.setText(facts["location"])
        self.text.setPlainText(facts["text"])
        zone = ZONE if row is None else row.timezone
        self.times.fill(facts["start"], facts["end"], all_day=facts["all_day"], zone=zone)
        self.type.setCurrentIndex(max(0, self.type.findData(facts["type"])))
        self.show_as.setCurrentIndex(self.show_as.findData(facts["show_as"]))
        self._offer_reminders(facts["reminder_minutes"])
        self.private.setChecked(facts["private"])
        self.acknowledged.setChecked(facts["acknowledged"])
        series = row is not None and row.recurrence is not None
        self.times.set_fixed(fixed=series)
        self.form.setRowVisible(self.recurrence, series)
        self.form.setRowVisible(self.linked, bool(self._linked))
        self.linked.setText(self._linked)
        if row is not None:
            self._show_fixed(row)
        self.stamps.setVisible(row is not None)
        self._seen = self.facts()

    def _show_fixed(self, row: EventRow) -> None:
        """What is shown only."""
        if row.recurrence is not None:
            rule = self.rules.tell(str(row.recurrence["rrule"]), row.timezone)
            note = self.tr("A change is made to all of the series. Its times are not changed here.")
            self.recurrence.setText(f"{rule[:1].upper()}{rule[1:]}.\n{note}")
        self.stamps.setText(
            self.tr("Created {created}, changed {modified}").format(
                created=absolute(row.created), modified=absolute(row.modified)
            )
        )

    def _offer_reminders(self, minutes: int | None) -> None:
        self.reminder.clear()
        known = [one for one in event_words.REMINDERS if one is not None]
        offered = sorted({*known, *(() if minutes is None else (minutes,))})
        for one in (None, *offered):
            self.reminder.addItem(event_words.reminder(one), one)
        self.reminder.setCurrentIndex(0 if minutes is None else 1 + offered.index(minutes))

    def facts(self) -> Facts:
        """What the fields say."""
        return {
            **self.times.facts(),
            "title": self.title.text(),
            "location": self.location.text(),
            "text": self.text.toPlainText(),
            "type": self.type.currentData(),
            "show_as": self.show_as.currentData(),
            "reminder_minutes": self.reminder.currentData(),
            "private": self.private.isChecked(),
            "acknowledged": self.acknowledged.isChecked(),
        }

    def changes(self) -> Facts:
        """What differs from what was shown; of a new event everything."""
        facts = self.facts()
        if self._row is None:
            return {"owner": self._more["owner"], "timezone": ZONE, **facts}
        return {key: value for key, value in facts.items() if value != self._seen[key]}

    @Slot()
    def _edited(self) -> None:
        self.save.setEnabled(self._theirs is None and bool(self.changes()))

    # Storing

    @Slot()
    def _store(self) -> None:
        self.save.setEnabled(False)
        call = partial(store_event, row=self._row, facts=self.changes())
        self._desk.ask(self, call, self._stored, self._failed, lane=Lane.WRITE)

    def _stored(self, row: EventRow) -> None:
        self.stored.emit(row)
        self.accept()

    def _failed(self, failure: Failure) -> None:
        if failure.code == CHANGED_MEANWHILE and self._row is not None:
            call = partial(read_event, event_id=self._row.id)
            self._desk.ask(self, call, self._differs, self._failed)
            return
        text = explain_failure(failure)
        self.bar.show_message("bad", text.message, text.remedy, code=failure.code)
        self._edited()

    def _differs(self, theirs: EventRow) -> None:
        """Somebody else, or a synchronisation, stored something meanwhile: show what, overwrite nothing."""
        self._theirs = theirs
        mine, stored = self.facts(), facts_of(theirs)
        lines = [
            self.tr("{field}: now {stored}, in this form {typed}").format(
                field=event_words.field_name(key),
                stored=self._value(key, stored[key]),
                typed=self._value(key, typed),
            )
            for key, typed in mine.items()
            if not theirs.redacted and typed != stored[key]
        ]
        lines.append(self.tr('"Retry" takes the stored data; then make your change again.'))
        self.bar.show_message(
            "warn",
            self.tr("The event was changed elsewhere meanwhile. Nothing was saved."),
            "\n".join(lines),
            code=CHANGED_MEANWHILE,
            retry=True,
        )
        self._edited()

    @Slot()
    def _take_theirs(self) -> None:
        if self._theirs is None:
            return
        self._row, self._theirs = self._theirs, None
        if self._row.redacted:
            self.reject()
            return
        self._fill(facts_of(self._row))
        self._edited()

    def _value(self, key: str, value: Any) -> str:  # noqa: ANN401 - each field has its own type
        if key == "show_as":
            return event_words.shown_as(value)
        if key == "reminder_minutes":
            return event_words.reminder(value)
        if key == "type":
            return self.type.itemText(max(0, self.type.findData(value)))
        if isinstance(value, bool):
            return self.tr("yes") if value else self.tr("no")
        text = " ".join(str(value).split())
        return (text if len(text) <= _SHORT else f"{text[:_SHORT]}…") or "-"

    # Words

    def _retranslate(self) -> None:
        new = self.tr("New event")
        self.setWindowTitle(new if self._row is None else self._row.title or self.tr("Event"))
        words = (
            self.tr("&Title"),
            self.tr("&Location"),
            self.tr("T&ime"),
            self.tr("Recurs"),
            self.tr("T&ype"),
            self.tr("Sh&ow as"),
            self.tr("&Reminder"),
            self.tr("Te&xt"),
            self.tr("Linked"),
        )
        for label, word in zip(self._labels, words, strict=True):
            label.setText(word)
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            # Level with the first line of what stands beside it: a field has an edge, a text has none.
            label.setContentsMargins(0, 6 if label.buddy() is not None else 0, 0, 0)
        named = (self.title, self.location, self.type, self.show_as, self.reminder, self.text)
        for field, key in zip(
            named, ("title", "location", "type", "show_as", "reminder_minutes", "text"), strict=True
        ):
            field.setAccessibleName(event_words.field_name(key))
        self.type.setItemText(0, self.tr("No type"))
        for place, value in enumerate(event_words.SHOWN_AS):
            self.show_as.setItemText(place, event_words.shown_as(value))
        self.private.setText(self.tr("&Private"))
        self.private.setToolTip(self.tr("Of a private event only its time is shown here once it is saved."))
        self.acknowledged.setText(self.tr("&Acknowledged"))
        self.save.setText(self.tr("Save"))
        self.cancel.setText(self.tr("Cancel"))
