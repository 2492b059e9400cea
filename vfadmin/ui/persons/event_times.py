"""Start and end of an event: whole days, or times on the wall of its zone; the end is never earlier."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, QDateTime, QEvent, QLocale, QTime, QTimeZone, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QDateTimeEdit, QGridLayout, QLabel, QWidget

from vfadmin.ui.date_fields import with_calendar
from vfadmin.ui.widgets import tab_through

_WALL = QTimeZone(QTimeZone.Initialization.UTC)
"""Times on a wall have no zone here: with that of this machine an hour of March could not be typed."""

_CLOCKS = (QTime(9, 0), QTime(10, 0))
"""What is offered where whole days are to become times."""


class EventTimes(QWidget):
    """The two times. A moved start takes the end along."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.start, self.end = QDateTimeEdit(self), QDateTimeEdit(self)
        self.all_day, self.zone = QCheckBox(self), QLabel(self)
        self._words = (QLabel(self), QLabel(self))
        self.zone.setProperty("role", "muted")
        self._begin = QDateTime()
        self._clocks = _CLOCKS
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(2, 1)
        for row, (field, beside) in enumerate(((self.start, self.all_day), (self.end, self.zone))):
            field.setTimeZone(_WALL)
            with_calendar(field)
            for column, widget in enumerate((self._words[row], field, beside)):
                grid.addWidget(widget, row, column)
        self.setFocusProxy(self.start)
        tab_through(self.start, self.all_day, self.end)
        self._retranslate()
        self.start.dateTimeChanged.connect(self._start_moved)
        self.end.dateTimeChanged.connect(self._end_moved)
        self.all_day.toggled.connect(self._toggled)

    def fill(self, start: str, end: str, *, all_day: bool, zone: str) -> None:
        """Show these: dates of whole days, the end exclusive, or times of that zone."""
        self.blockSignals(True)
        first, last = datetime.fromisoformat(start), datetime.fromisoformat(end)
        if all_day:
            last = max(first, last - timedelta(days=1))
        self.all_day.blockSignals(True)
        self.all_day.setChecked(all_day)
        self.all_day.blockSignals(False)
        self.end.clearMinimumDateTime()
        self._begin = _shown(first)
        self.start.setDateTime(self._begin)
        self.end.setDateTime(_shown(last))
        self._clocks = _CLOCKS if all_day else (self.start.time(), self.end.time())
        self.zone.setText(zone)
        self._show_days_or_times()
        self.blockSignals(False)

    def facts(self) -> dict[str, object]:
        """Start, end and whether they are whole days, under the keys of the command line."""
        start, end = _read(self.start.dateTime()), _read(self.end.dateTime())
        if not self.all_day.isChecked():
            return {"all_day": False, "start": start.isoformat(), "end": end.isoformat()}
        after: date = end.date() + timedelta(days=1)
        return {"all_day": True, "start": start.date().isoformat(), "end": after.isoformat()}

    def set_fixed(self, *, fixed: bool) -> None:
        """Whether the times are only shown."""
        for widget in (self.start, self.end, self.all_day):
            widget.setEnabled(not fixed)

    @Slot()
    def _start_moved(self) -> None:
        moved = self.start.dateTime()
        shift = self._begin.secsTo(moved)
        self._begin = moved
        self.end.clearMinimumDateTime()
        self.end.setDateTime(self.end.dateTime().addSecs(shift))
        self.end.setMinimumDateTime(moved)
        self.edited.emit()

    @Slot()
    def _end_moved(self) -> None:
        self.edited.emit()

    @Slot()
    def _toggled(self) -> None:
        """Whole days have no times; those there were come back with the tick taken away."""
        if self.all_day.isChecked():
            self._clocks = (self.start.time(), self.end.time())
        self._show_days_or_times()
        if not self.all_day.isChecked():
            begins, ends = self._clocks
            self.end.clearMinimumDateTime()
            self.end.setTime(ends)
            self.start.setTime(begins)
            self.end.setDateTime(QDateTime(self.end.date(), ends, _WALL))
            self.end.setMinimumDateTime(self.start.dateTime())
        self.edited.emit()

    def _show_days_or_times(self) -> None:
        whole = self.all_day.isChecked()
        form = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
        clock = QLocale().timeFormat(QLocale.FormatType.ShortFormat)
        for field in (self.start, self.end):
            field.setDisplayFormat(form if whole else f"{form} {clock}")
        self.zone.setVisible(not whole)
        self.end.setMinimumDateTime(self.start.dateTime())

    def _retranslate(self) -> None:
        self.all_day.setText(self.tr("All &day"))
        words = (self.tr("Starts"), self.tr("Ends"))
        for label, field, word in zip(self._words, (self.start, self.end), words, strict=True):
            label.setText(word)
            field.setAccessibleName(word)
        self.zone.setToolTip(self.tr("The time zone of the event"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()


def _shown(moment: datetime) -> QDateTime:
    return QDateTime(QDate(moment.year, moment.month, moment.day), QTime(moment.hour, moment.minute), _WALL)


def _read(shown: QDateTime) -> datetime:
    day, time = shown.date(), shown.time()
    return datetime(day.year(), day.month(), day.day(), time.hour(), time.minute())  # noqa: DTZ001 - on the wall
