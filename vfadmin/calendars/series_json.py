"""The occurrences of a series as JSON: in the store, in the engine's memory, on the command line.

An override is an object with ``original``, the day the rule puts the occurrence on, and the keys of what
differs: ``start`` and ``end`` (two dates for whole days, the end exclusive), ``title``, ``location``,
``text``, ``show_as``, ``private``, and ``reminder_minutes``, in which null is *no reminder*.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeGuard
from zoneinfo import ZoneInfo

from vfadmin.calendars.series import NO_REMINDER, Override, ShowAs
from vfadmin.calendars.when import When, all_day

_DATE_LENGTH = len("2026-01-31")


@dataclass(frozen=True, slots=True)
class Clock:
    """How the times of a series are to be read: its zone, and the zone of a time that names no offset."""

    zone: str
    unmarked: str = "UTC"


def override_json(one: Override) -> dict[str, Any]:
    """The object of an override; `read_override` gives an equal one back."""
    data: dict[str, Any] = {"original": one.original.isoformat()}
    if one.when is not None:
        whole = one.when.all_day
        moments = {"start": one.when.start, "end": one.when.end}
        data |= {name: _moment_text(moment, whole=whole) for name, moment in moments.items()}
    for name in ("title", "location", "text", "private"):
        if (value := getattr(one, name)) is not None:
            data[name] = value
    if one.show_as is not None:
        data["show_as"] = one.show_as.value
    if one.reminder_minutes is not None:
        data["reminder_minutes"] = None if one.reminder_minutes == NO_REMINDER else one.reminder_minutes
    return data


def read_override(data: object, clock: Clock) -> Override:
    """The override of such an object. Raises ValueError for anything else."""
    if not isinstance(data, Mapping) or "original" not in data:
        raise ValueError("not an occurrence")
    unknown = data.keys() - {"original", "start", "end"} - _READERS.keys()
    if unknown or ("start" in data) != ("end" in data):
        raise ValueError("not an occurrence")
    when = _read_when(data["start"], data["end"], clock) if "start" in data else None
    own = {name: read(data[name]) for name, read in _READERS.items() if name in data}
    return Override(read_day(data["original"], clock), when, **own)


def read_day(text: object, clock: Clock) -> date:
    """The day of an occurrence: a date, or the moment at which it starts. Raises ValueError."""
    if _is_date(text):
        return date.fromisoformat(text)
    return _read_moment(text, clock).astimezone(_zone(clock.zone)).date()


def _read_when(start: object, end: object, clock: Clock) -> When:
    if _is_date(start) and _is_date(end):
        return all_day(date.fromisoformat(start), date.fromisoformat(end))
    return When(_read_moment(start, clock), _read_moment(end, clock), zone=clock.zone)


def _is_date(text: object) -> TypeGuard[str]:
    return isinstance(text, str) and len(text) == _DATE_LENGTH


def _read_moment(text: object, clock: Clock) -> datetime:
    if not isinstance(text, str):
        raise ValueError("not a time")  # noqa: TRY004 - what a program wrote amiss, not what was called so
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=_zone(clock.unmarked)) if moment.tzinfo is None else moment.astimezone(UTC)


def _moment_text(moment: datetime, *, whole: bool) -> str:
    return moment.date().isoformat() if whole else moment.astimezone(UTC).isoformat()


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, OSError) as error:  # ZoneInfoNotFoundError is a KeyError
        raise ValueError("not a zone") from error


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")  # noqa: TRY004 - see above
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("not a flag")  # noqa: TRY004 - see above
    return value


def _reminder(value: object) -> int:
    if value is None:
        return NO_REMINDER
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("not a number of minutes")  # noqa: TRY004 - see above
    return max(0, value)


def _show_as(value: object) -> ShowAs:
    return ShowAs(_text(value))


_READERS: Mapping[str, Callable[[object], Any]] = {
    "title": _text,
    "location": _text,
    "text": _text,
    "show_as": _show_as,
    "private": _flag,
    "reminder_minutes": _reminder,
}
