"""What is set once for the whole customer, as far as it takes effect now; and the language of this window."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QLocale, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from vfadmin.errors import Failure
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.field_rows import field_rows
from vfadmin.ui.texts import explain_failure
from vfadmin.ui.translations import current
from vfadmin.ui.widgets import InfoBar, wrapping

if TYPE_CHECKING:
    from vfadmin.services.context import Services
    from vfadmin.services.directory import EventTypeRow
    from vfadmin.services.settings import SettingRow

KEYS = ("default_event_type", "days_back", "conflict_winner", "poll_seconds")
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

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stored: dict[str, Any] = {}
        self._default: dict[str, Any] = {}
        self.bar = InfoBar(self)
        self.language, self.event_type, self.winner = QComboBox(self), QComboBox(self), QComboBox(self)
        self.days_back, self.poll = QSpinBox(self), QSpinBox(self)
        self.save, self.revert = QPushButton(self), QPushButton(self)
        self._headings = [QLabel(self) for _ in range(2)]
        self._labels = {name: QLabel(self) for name in ("language", *KEYS)}
        self._notes = {name: wrapping(self) for name in KEYS}
        self._compose()
        self._connect()
        self._retranslate()
        self.setEnabled(False)

    def _compose(self) -> None:
        for code, name in (("fi", "Suomi"), ("en", "English")):
            self.language.addItem(name, code)
        self.winner.addItem("", "valueframe")
        self.winner.addItem("", "exchange")
        self.event_type.addItem("", None)
        for spin in (self.days_back, self.poll):
            spin.lineEdit().setTextMargins(6, 0, 0, 0)
        self.save.setProperty("kind", "primary")
        page = QWidget(self)
        page.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(self.bar)
        for heading in self._headings:
            font = heading.font()
            font.setPointSizeF(font.pointSizeF() * 1.2)
            heading.setFont(font)
            heading.setProperty("role", "title")
        column.addWidget(self._headings[0])
        column.addLayout(self._form({"language": self.language}))
        column.addSpacing(10)
        column.addWidget(self._headings[1])
        column.addLayout(self._form(self._fields()))
        buttons = QHBoxLayout()
        buttons.addWidget(self.save)
        buttons.addWidget(self.revert)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(page)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scroll)

    def _fields(self) -> dict[str, QWidget]:
        return dict(zip(KEYS, (self.event_type, self.days_back, self.winner, self.poll), strict=True))

    def _form(self, fields: Mapping[str, QWidget]) -> QVBoxLayout:
        return field_rows(fields, self._labels, self._notes, _FIELD)

    def _connect(self) -> None:
        self.language.activated.connect(self._language_chosen)
        for combo in (self.event_type, self.winner):
            combo.currentIndexChanged.connect(self._edited)
        for spin in (self.days_back, self.poll):
            spin.valueChanged.connect(self._edited)
        self.save.clicked.connect(self._save)
        self.revert.clicked.connect(self._show_stored)

    def begin(self) -> None:
        """The services are open: read."""
        self._desk.ask(self, read, self._read, self._failed, lane=Lane.ASIDE, channel="settings")

    def values(self) -> dict[str, Any]:
        """What the fields say."""
        return {
            "default_event_type": self.event_type.currentData(),
            "days_back": self.days_back.value(),
            "conflict_winner": self.winner.currentData(),
            "poll_seconds": self.poll.value() * 60 if self.poll.value() else 0,
        }

    def _changed_values(self) -> dict[str, Any]:
        return {key: value for key, value in self.values().items() if value != self._shown_as(key)}

    def _shown_as(self, key: str) -> Any:  # noqa: ANN401 - settings have the kind they have
        stored = self._stored.get(key)
        return (
            max(60, round(stored / 60) * 60) if key == "poll_seconds" and isinstance(stored, int) else stored
        )

    def _read(self, answer: tuple[list[SettingRow], list[EventTypeRow]]) -> None:
        rows, types = answer
        self._stored = {row.key: row.value for row in rows}
        limits = {row.key: row for row in rows}
        days = limits["days_back"]
        self.days_back.setRange(days.minimum or 0, days.maximum or 365)
        self.poll.setRange(1, (limits["poll_seconds"].maximum or 86_400) // 60)
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
        self.event_type.setCurrentIndex(
            max(0, self.event_type.findData(self._stored.get("default_event_type")))
        )
        self.winner.setCurrentIndex(max(0, self.winner.findData(self._stored.get("conflict_winner"))))
        self.days_back.setValue(int(self._stored.get("days_back") or 0))
        self.poll.setValue(int(self._shown_as("poll_seconds") or 60) // 60)
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

    def _retranslate(self) -> None:
        self._headings[0].setText(self.tr("This window"))
        self._headings[1].setText(self.tr("For everybody"))
        words = {
            "language": self.tr("&Language"),
            "default_event_type": self.tr("&Default event type"),
            "days_back": self.tr("&Old events, days back"),
            "conflict_winner": self.tr("If both sides &changed"),
            "poll_seconds": self.tr("&Interval, minutes"),
        }
        fields = {"language": self.language, **self._fields()}
        for name, word in words.items():
            self._labels[name].setText(word)
            fields[name].setAccessibleName(word.replace("&", ""))
        notes = {
            "default_event_type": self.tr(
                "The type of events that arrive from Exchange. A change affects everybody's events that "
                "arrive from then on; existing events keep theirs."
            ),
            "days_back": self.tr("What ended earlier is not transferred."),
            "conflict_winner": self.tr(
                "Whose version stays when the same detail was changed on both sides. "
                "The other one is kept in history."
            ),
            "poll_seconds": self.tr("How often a calendar is looked at when nothing else tells of a change."),
        }
        for name, note in notes.items():
            self._notes[name].setText(note)
        self.winner.setItemText(0, self.tr("ValueFrame stays"))
        self.winner.setItemText(1, self.tr("Exchange stays"))
        self.event_type.setItemText(0, self.tr("No type"))
        self.save.setText(self.tr("Save"))
        self.revert.setText(self.tr("Discard changes"))
        self.language.setCurrentIndex(self.language.findData(current()))
        for spin in (self.days_back, self.poll):
            spin.setLocale(QLocale())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
