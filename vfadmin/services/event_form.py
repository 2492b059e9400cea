"""An event as somebody wrote it down: checked key by key, so that what is wrong has a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeGuard
from zoneinfo import ZoneInfo

from vfadmin.calendars.event import (
    Event,
    Participant,
    Recurrence,
    ShowAs,
    When,
    all_day,
    canonical,
    canonical_when,
)
from vfadmin.calendars.series import is_supported
from vfadmin.calendars.series_json import Clock, read_day, read_override
from vfadmin.errors import UsageError, failure
from vfadmin.services.directory import ID_LIMIT

HOME_ZONE = "Europe/Helsinki"
"""What a time without an offset and a zone means: ValueFrame is used in Finland."""

TEXT_LIMIT = 1_000_000
REMINDER_LIMIT = 2_629_800
"""Minutes in five years: more is refused by Exchange (MS-OXWSCDATA, ReminderMinutesBeforeStartType)."""

_FIRST_YEAR, _LAST_YEAR = 1900, 2500
_DATE_LENGTH = len("2026-01-31")
_SHOWN_LIMIT = 80

KEYS = frozenset(
    {
        "owner",
        "type",
        "title",
        "location",
        "text",
        "start",
        "end",
        "all_day",
        "timezone",
        "private",
        "show_as",
        "acknowledged",
        "reminder_minutes",
        "participants",
        "recurrence",
    }
)
READ_ONLY = frozenset({"id", "type_id", "links_kept", "created", "modified", "redacted"})
"""What a shown event has besides; ignored, so that one may be shown, edited and added again."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that can be stored. ``zone`` is kept also where the event itself needs none (all day)."""

    owner: int
    type: str | int | None
    event: Event
    zone: str
    keeps_recurrence: bool = False
    """Whether what the store has of a series stays as it is, because nobody here can read it."""


def parsed(data: Mapping[str, Any], *, recurrence_stands: bool = False) -> Draft:
    """The event a document under the command line's keys describes.

    Times without an offset are in ``timezone``. Raises UsageError: VF-EVENT-02 naming the field,
    VF-EVENT-03 when it ends before it starts, VF-EVENT-04 for a recurrence that cannot be used. With
    ``recurrence_stands`` the recurrence is the store's own.
    """
    for name in data:
        if name not in KEYS and name not in READ_ONLY:
            raise bad(name, data[name])
    zone = _zone(data)
    event = Event(
        title=_text(data, "title"),
        location=_text(data, "location"),
        text=_text(data, "text"),
        when=_when(data, zone),
        private=_flag(data, "private", default=False),
        show_as=_show_as(data),
        reminder_minutes=_reminder(data),
        acknowledged=_flag(data, "acknowledged", default=True),
        participants=frozenset(_participants(data)),
    )
    event, kept = _recurring(event, data.get("recurrence"), zone, stands=recurrence_stands)
    return Draft(_number(data, "owner"), _type(data), canonical(event), zone.key, kept)


def bad(name: str, value: object) -> UsageError:
    """The error of a value that cannot be used."""
    return UsageError(failure("VF-EVENT-02", field=name[:_SHOWN_LIMIT], value=str(value)[:_SHOWN_LIMIT]))


def _recurring(event: Event, given: object, zone: ZoneInfo, *, stands: bool) -> tuple[Event, bool]:
    """The event as a series, where it is one, and whether its recurrence had better not be touched."""
    if given is None:
        return event, False
    try:
        series = replace(event, recurrence=_recurrence(given, event.when, zone))
    except ValueError as error:
        if stands:
            return event, True
        raise UsageError(failure("VF-EVENT-04", value=str(given)[:_SHOWN_LIMIT])) from error
    return series, False


def _recurrence(given: object, when: When, zone: ZoneInfo) -> Recurrence:
    """What such a document says of a series. Raises ValueError."""
    if not isinstance(given, dict) or given.keys() - {"rrule", "exceptions", "deleted"}:
        raise ValueError("not a recurrence")
    rule, exceptions, deleted = (given.get(name) for name in ("rrule", "exceptions", "deleted"))
    lists = (exceptions or [], deleted or [])
    if not isinstance(rule, str) or not all(isinstance(one, list) for one in lists):
        raise ValueError("not a recurrence")
    clock = Clock(when.zone, zone.key)
    found = Recurrence(
        rule,
        tuple(read_override(one, clock) for one in lists[0]),
        tuple(read_day(one, clock) for one in lists[1]),
    )
    if not is_supported(found, canonical_when(when)):
        raise ValueError("not a recurrence")
    return found


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > TEXT_LIMIT:
        raise bad(name, value)
    return value


def _flag(data: Mapping[str, Any], name: str, *, default: bool) -> bool:
    value = data.get(name)
    if value is None:
        return default
    if not isinstance(value, bool):
        raise bad(name, value)
    return value


def _number(data: Mapping[str, Any], name: str) -> int:
    value = data.get(name)
    if not _is_number(value):
        raise bad(name, "" if value is None else value)
    return value


def _is_number(value: object) -> TypeGuard[int]:
    """Whether it is a whole number that a database can be asked about."""
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= ID_LIMIT


def _type(data: Mapping[str, Any]) -> str | int | None:
    value = data.get("type")
    if not (value is None or isinstance(value, str) or _is_number(value)):
        raise bad("type", value)
    return value or None


def _show_as(data: Mapping[str, Any]) -> ShowAs:
    try:
        return ShowAs(data.get("show_as") or ShowAs.BUSY)
    except ValueError:
        raise bad("show_as", data["show_as"]) from None


def _reminder(data: Mapping[str, Any]) -> int | None:
    if data.get("reminder_minutes") is None:
        return None
    minutes = _number(data, "reminder_minutes")
    if not 0 <= minutes <= REMINDER_LIMIT:
        raise bad("reminder_minutes", minutes)
    return minutes


def _participants(data: Mapping[str, Any]) -> list[Participant]:
    given = data.get("participants") or []
    if not isinstance(given, list):
        raise bad("participants", given)
    found: dict[int, Participant] = {}
    for one in given:
        entry = {"person": one} if isinstance(one, int) else one
        if not isinstance(entry, dict) or set(entry) - {"person", "acknowledged"}:
            raise bad("participants", one)
        person = entry.get("person")
        if not _is_number(person):
            raise bad("participants", one)
        found[person] = Participant(person, _flag(entry, "acknowledged", default=False))
    return list(found.values())


def _zone(data: Mapping[str, Any]) -> ZoneInfo:
    name = data.get("timezone") or HOME_ZONE
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, TypeError, OSError):  # a name that is a path is a ValueError
        raise bad("timezone", name) from None


def _when(data: Mapping[str, Any], zone: ZoneInfo) -> When:
    start, end = data.get("start"), data.get("end")
    # Dates alone are whole days, also where nobody says so.
    whole = _flag(data, "all_day", default=_is_date(start) and (end is None or _is_date(end)))
    if whole:
        first = _day("start", start)
        last = first + timedelta(days=1) if end is None else _day("end", end)
        if last < first:
            raise UsageError(failure("VF-EVENT-03"))
        return all_day(first, last)
    begins, ends = _moment("start", start, zone), _moment("end", end, zone)
    if ends < begins:
        raise UsageError(failure("VF-EVENT-03"))
    return When(begins, ends, zone=zone.key)


def _is_date(value: object) -> bool:
    return isinstance(value, str) and len(value.strip()) == _DATE_LENGTH


def _day(name: str, value: object) -> date:
    return _read(name, value).date()


def _moment(name: str, value: object, zone: ZoneInfo) -> datetime:
    found = _read(name, value)
    return found if found.tzinfo is not None else found.replace(tzinfo=zone)


def _read(name: str, value: object) -> datetime:
    """The time as it was written. The years are Exchange's sensible ones: no shift of zone leaves them."""
    try:
        found = datetime.fromisoformat(value.strip()) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise bad(name, "" if value is None else value)
    return found
