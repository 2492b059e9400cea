"""What is set once for the whole customer, as far as it takes effect now; and the language of this window."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QLocale, QSettings, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from vfadmin.errors import Failure
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.form_page import field_rows, heading, scrolled
from vfadmin.ui.new_troubles import KEPT
from vfadmin.ui.settings.fields import Field, choice, figure, flag
from vfadmin.ui.texts import explain_failure, number
from vfadmin.ui.translations import current
from vfadmin.ui.widgets import InfoBar, tab_through, wrapping

if TYPE_CHECKING:
    from vfadmin.services.context import Services
    from vfadmin.services.directory import EventTypeRow
    from vfadmin.services.settings import SettingRow

_GROUPS = (
    (
        "default_event_type",
        "days_back",
        "horizon_months",
        "participants",
        "show_unacknowledged_as_tentative",
    ),
    ("conflict_winner", "poll_seconds"),
    ("guard_percent", "guard_minimum", "guard_maximum"),
    ("history_days",),
    ("update_check",),
)
_OWN = ("language", "toasts")
"""What concerns this window alone, and takes effect at once."""
KEYS = tuple(key for group in _GROUPS for key in group)
_WIDTH, _FIELD = 760, 300


def read(services: Services) -> tuple[list[SettingRow], list[EventTypeRow]]:
    """The settings and the event types. Called in the services' thread."""
    return services.settings.all(), services.directory.event_types()


def write(services: Services, values: Mapping[str, Any]) -> tuple[list[SettingRow], list[EventTypeRow]]:
    """Store what was changed. Called in the services' thread."""
    for key, value in values.items():
        services.settings.set(key, value)
    return read(services)


class SettingsScreen(QWidget):
    """``changed`` says that something was stored, ``language_asked`` carries the language chosen."""

    changed = Signal()
    language_asked = Signal(str)

    def __init__(self, desk: Desk, kept: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._kept = desk, kept
        self.toasts = QCheckBox(self)
        self._answer: tuple[list[SettingRow], list[EventTypeRow]] | None = None
        self._stored: dict[str, Any] = {}
        self._shown: dict[str, Any] = {}
        self.bar = InfoBar(self)
        self.language, self.event_type, self.winner = QComboBox(self), QComboBox(self), QComboBox(self)
        self.days_back, self.history_days = QSpinBox(self), QSpinBox(self)
        self._fields = self._made()
        self.save, self.revert = QPushButton(self), QPushButton(self)
        self._headings = [heading(self) for _ in range(1 + len(_GROUPS))]
        self._labels = {name: QLabel(self) for name in (*_OWN, *KEYS)}
        self._notes = {name: wrapping(self) for name in ("toasts", *KEYS)}
        self._compose()
        self._connect()
        self._retranslate()
        self.setEnabled(False)

    def _made(self) -> dict[str, Field]:
        return {
            "default_event_type": choice(self.event_type),
            "days_back": figure(self.days_back),
            "horizon_months": figure(QSpinBox(self)),
            "participants": flag(QCheckBox(self)),
            "show_unacknowledged_as_tentative": flag(QCheckBox(self)),
            "conflict_winner": choice(self.winner),
            "poll_seconds": figure(QSpinBox(self), unit=60),
            "guard_percent": figure(QSpinBox(self)),
            "guard_minimum": figure(QSpinBox(self)),
            "guard_maximum": figure(QSpinBox(self)),
            "history_days": figure(self.history_days),
            "update_check": flag(QCheckBox(self)),
        }

    def _compose(self) -> None:
        for code, name in (("fi", "Suomi"), ("en", "English")):
            self.language.addItem(name, code)
        self.winner.addItem("", "valueframe")
        self.winner.addItem("", "exchange")
        self.event_type.addItem("", None)
        self.toasts.setChecked(bool(self._kept.value(KEPT, defaultValue=True, type=bool)))
        self.save.setProperty("kind", "primary")
        page = QWidget(self)
        page.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(self.bar)
        controls = {name: field.control for name, field in self._fields.items()}
        groups: list[dict[str, QWidget]] = [
            {"language": self.language, "toasts": self.toasts},
            *({key: controls[key] for key in group} for group in _GROUPS),
        ]
        for title, group in zip(self._headings, groups, strict=True):
            column.addWidget(title)
            column.addLayout(field_rows(group, self._labels, self._notes, _FIELD))
            column.addSpacing(6)
        every = [control for group in groups for control in group.values()]
        tab_through(*every, self.save, self.revert)
        column.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        around.addWidget(scrolled(page, self))
        around.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        """Below what scrolls, so that they are always in sight."""
        row = QHBoxLayout()
        row.setContentsMargins(24, 10, 24, 12)
        row.setSpacing(10)
        row.addWidget(self.save)
        row.addWidget(self.revert)
        row.addStretch(1)
        return row

    def _connect(self) -> None:
        self.language.activated.connect(self._language_chosen)
        self.toasts.toggled.connect(self._toasts_chosen)
        for field in self._fields.values():
            field.edited.connect(self._edited)
        self.save.clicked.connect(self._save)
        self.revert.clicked.connect(self._show_stored)

    def begin(self) -> None:
        """The services are open: read."""
        self._desk.ask(self, read, self._read, self._failed, lane=Lane.ASIDE, channel="settings")

    def follow(self) -> None:
        """Somebody wrote into the store: read, unless something is being changed here."""
        if not self.save.isEnabled():
            self._desk.ask(self, read, self._followed, self._failed, lane=Lane.ASIDE, channel="settings")

    def _followed(self, answer: tuple[list[SettingRow], list[EventTypeRow]]) -> None:
        """Somebody may have begun to change something meanwhile, and an open list must not close."""
        if answer != self._answer and not self.save.isEnabled():
            self._read(answer)

    def values(self) -> dict[str, Any]:
        """What the fields say."""
        return {name: field.read() for name, field in self._fields.items()}

    def _changed_values(self) -> dict[str, Any]:
        return {key: value for key, value in self.values().items() if value != self._shown.get(key)}

    def _read(self, answer: tuple[list[SettingRow], list[EventTypeRow]]) -> None:
        self._answer = answer
        rows, types = answer
        self._stored = {row.key: row.value for row in rows}
        for row in rows:
            field = self._fields.get(row.key)
            if field is not None and field.bound is not None:
                field.bound(row.minimum or 0, row.maximum or 0)
        self._say_notes()
        self.event_type.blockSignals(True)
        while self.event_type.count() > 1:
            self.event_type.removeItem(1)
        for one in types:
            self.event_type.addItem(one.name, one.id)
        self.event_type.blockSignals(False)
        self.setEnabled(True)
        self._show_stored()

    @Slot()
    def _show_stored(self) -> None:
        for name, field in self._fields.items():
            field.show(self._stored.get(name))
        self._shown = self.values()
        self._edited()

    @Slot()
    def _edited(self) -> None:
        changed = bool(self._stored) and bool(self._changed_values())
        self.save.setEnabled(changed)
        self.revert.setEnabled(changed)

    @Slot()
    def _save(self) -> None:
        values = self._changed_values()
        self._desk.ask(self, partial(write, values=values), self._saved, self._failed, lane=Lane.WRITE)

    def _saved(self, answer: tuple[list[SettingRow], list[EventTypeRow]]) -> None:
        self._read(answer)
        self.bar.show_message("good", self.tr("The settings were saved."))
        self.changed.emit()

    def _failed(self, failure: Failure) -> None:
        text = explain_failure(failure)
        self.bar.show_message("bad", text.message, text.remedy, code=failure.code)

    @Slot()
    def _language_chosen(self) -> None:
        self.language_asked.emit(str(self.language.currentData()))

    @Slot(bool)
    def _toasts_chosen(self, wanted: bool) -> None:
        self._kept.setValue(KEPT, wanted)

    def _retranslate(self) -> None:
        headings = (
            self.tr("This window"),
            self.tr("Events, for everybody"),
            self.tr("Synchronisation, for everybody"),
            self.tr("When many events would be deleted"),
            self.tr("History, for everybody"),
            self.tr("New versions, for everybody"),
        )
        for title, text in zip(self._headings, headings, strict=True):
            title.setText(text)
        for name, word in self._words().items():
            self._labels[name].setText(word)
            own = {"language": self.language, "toasts": self.toasts}
            control = own.get(name) or self._fields[name].control
            control.setAccessibleName(word.replace("&", ""))
        self._say_notes()
        self.winner.setItemText(0, self.tr("ValueFrame stays"))
        self.winner.setItemText(1, self.tr("Exchange stays"))
        self.event_type.setItemText(0, self.tr("No type"))
        self.save.setText(self.tr("Save"))
        self.revert.setText(self.tr("Discard changes"))
        self.language.setCurrentIndex(self.language.findData(current()))
        for spin in self.findChildren(QSpinBox):
            spin.setLocale(QLocale())

    def _say_notes(self) -> None:
        for name, note in self._explanations().items():
            self._notes[name].setText(note)

    def _words(self) -> dict[str, str]:
        return {
            "language": self.tr("&Language"),
            "toasts": self.tr("&Notify of new problems"),
            "default_event_type": self.tr("&Default event type"),
            "days_back": self.tr("&Old events, days back"),
            "horizon_months": self.tr("Coming events, months &ahead"),
            "participants": self.tr("Linked &persons"),
            "show_unacknowledged_as_tentative": self.tr("&Unacknowledged as tentative"),
            "conflict_winner": self.tr("If both sides &changed"),
            "poll_seconds": self.tr("&Interval, minutes"),
            "guard_percent": self.tr("&Share of a calendar, per cent"),
            "guard_minimum": self.tr("At l&east, events"),
            "guard_maximum": self.tr("At &most, events"),
            "history_days": self.tr("&History is kept, days"),
            "update_check": self.tr("Tell of ne&w versions"),
        }

    def _explanations(self) -> dict[str, str]:
        return {
            "toasts": self.tr("A notification, when something stops while the window is in the background."),
            "default_event_type": self.tr(
                "The type of events that arrive from Exchange. A change affects everybody's events that "
                "arrive from then on; existing events keep theirs."
            ),
            "days_back": self.tr("What ended earlier is not transferred."),
            "horizon_months": self.tr("What begins later is transferred when its time comes nearer."),
            "participants": self.tr(
                "An event is in the Outlook calendar of everybody linked to it, and whoever is invited in "
                "Outlook is linked to it."
            ),
            "show_unacknowledged_as_tentative": self.tr(
                "In Outlook, what a participant has not acknowledged is tentative until he has."
            ),
            "conflict_winner": self.tr(
                "Whose version stays when the same detail was changed on both sides. "
                "The other one is kept in history."
            ),
            "poll_seconds": self.tr("How often a calendar is looked at when nothing else tells of a change."),
            "guard_percent": self.tr(
                "If more than this would be deleted from one calendar within a day, the deletions wait for "
                "an administrator; everything else goes on."
            ),
            "guard_minimum": self.tr("So many deletions a day go through in any calendar."),
            "guard_maximum": self.tr("More than this a day never goes through without an administrator."),
            "history_days": self.tr(
                "From {least} to {most} days. What is older is removed for good: a run can then no more be "
                "undone, nor what lost a conflict be restored."
            ).format(least=number(self.history_days.minimum()), most=number(self.history_days.maximum())),
            "update_check": self.tr(
                "Every open window asks the publisher once a day whether there is a newer version. Nothing "
                "is downloaded or installed. Where the network is closed, take this away."
            ),
        }

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
