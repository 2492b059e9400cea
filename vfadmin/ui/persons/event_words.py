"""What an event's values are called, and how its time is told."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from vfadmin.ui.marks import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from vfadmin.services.events import EventRow
    from vfadmin.services.history import OperationRow

_SHOWN_AS = {
    "free": QT_TRANSLATE_NOOP("Event", "Free"),
    "tentative": QT_TRANSLATE_NOOP("Event", "Tentative"),
    "busy": QT_TRANSLATE_NOOP("Event", "Busy"),
    "oof": QT_TRANSLATE_NOOP("Event", "Out of office"),
    "elsewhere": QT_TRANSLATE_NOOP("Event", "Working elsewhere"),
}
SHOWN_AS = tuple(_SHOWN_AS)
REMINDERS = (None, 0, 5, 10, 15, 30, 60, 120, 1440, 2880, 10080)
"""Minutes that are offered; what an event has besides is offered with it."""

_HOUR, _DAY = 60, 1440
_FIELDS = {
    "title": QT_TRANSLATE_NOOP("Event", "Title"),
    "location": QT_TRANSLATE_NOOP("Event", "Location"),
    "text": QT_TRANSLATE_NOOP("Event", "Text"),
    "start": QT_TRANSLATE_NOOP("Event", "Starts"),
    "end": QT_TRANSLATE_NOOP("Event", "Ends"),
    "all_day": QT_TRANSLATE_NOOP("Event", "All day"),
    "type": QT_TRANSLATE_NOOP("Event", "Type"),
    "show_as": QT_TRANSLATE_NOOP("Event", "Show as"),
    "reminder_minutes": QT_TRANSLATE_NOOP("Event", "Reminder"),
    "private": QT_TRANSLATE_NOOP("Event", "Private"),
    "acknowledged": QT_TRANSLATE_NOOP("Event", "Acknowledged"),
    "participants": QT_TRANSLATE_NOOP("Event", "Linked persons"),
    "recurrence": QT_TRANSLATE_NOOP("Event", "Recurrence"),
    "when": QT_TRANSLATE_NOOP("Event", "Time"),
}


def field_name(key: str) -> str:
    """What a key of an event is called; the key itself where it has no name."""
    known = _FIELDS.get(key)
    return key if known is None else QCoreApplication.translate("Event", known)


def hidden_title(row: EventRow | OperationRow) -> str:
    """What stands for the title of somebody's private event, which nobody but its owner reads; else empty."""
    return field_name("private") if row.redacted else ""


def shown_as(value: str) -> str:
    """What a free/busy status is called."""
    return QCoreApplication.translate("Event", _SHOWN_AS[value])


def reminder(minutes: int | None) -> str:
    """When the reminder comes."""
    if minutes is None:
        return QCoreApplication.translate("Event", "No reminder")
    if minutes == 0:
        return QCoreApplication.translate("Event", "When it starts")
    if minutes % _DAY == 0:
        return QCoreApplication.translate("Event", "{count} d before").format(count=minutes // _DAY)
    if minutes % _HOUR == 0:
        return QCoreApplication.translate("Event", "{count} h before").format(count=minutes // _HOUR)
    return QCoreApplication.translate("Event", "{count} min before").format(count=minutes)


def span(row: EventRow) -> str:
    """When the event is, by the clock on the wall here."""
    return span_between(row.start, row.end)


def span_between(start: date, end: date) -> str:
    """The same of two moments, or of days of which the latter is the first one after the event."""
    if isinstance(start, datetime) and isinstance(end, datetime):
        return _span_of_times(start.astimezone(), end.astimezone())
    last = max(start, end - timedelta(days=1))
    if last == start:
        return QCoreApplication.translate("Event", "{day}, all day").format(day=day(start))
    return f"{day(start)} \N{EN DASH} {day(last)}"


def _span_of_times(start: datetime, end: datetime) -> str:
    if start.date() == end.date():
        return f"{day(start)} {_clock(start)}\N{EN DASH}{_clock(end)}"
    return f"{day(start)} {_clock(start)} \N{EN DASH} {day(end)} {_clock(end)}"


def day(moment: date) -> str:
    """A day with its weekday."""
    shown = QDate(moment.year, moment.month, moment.day)
    name = QLocale().dayName(moment.isoweekday(), QLocale.FormatType.ShortFormat)
    return f"{name} {QLocale().toString(shown, QLocale.FormatType.ShortFormat)}"


def _clock(moment: datetime) -> str:
    return QLocale().toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)
