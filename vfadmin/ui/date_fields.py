"""What fields for dates have in common."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QDateTimeEdit


def with_calendar(edit: QDateTimeEdit) -> None:
    """Give the field a calendar that opens below it.

    Qt's own red of weekends does not read on a dark ground, and its size leaves our sheet out of account.
    """
    edit.setCalendarPopup(True)
    calendar = edit.calendarWidget()
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, QTextCharFormat())
    metrics = calendar.fontMetrics()
    calendar.setMinimumSize(44 * metrics.averageCharWidth(), 12 * metrics.lineSpacing())
