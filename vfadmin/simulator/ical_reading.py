"""Reading what clients write as iCalendar (RFC 5545)."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from vfadmin.simulator import zones
from vfadmin.simulator.errors import ExchangeError
from vfadmin.simulator.ical import CLASSES, SHOW_AS
from vfadmin.simulator.recurrence import Recurrence
from vfadmin.simulator.rrules import read_rule

_SHOW_AS = {value: key for key, value in SHOW_AS.items()}
_CLASSES = {value: key for key, value in CLASSES.items()}
_LINE = re.compile(r'([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:])*)*):(.*)', re.DOTALL)
_DURATION = re.compile(r"([+-])?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


@dataclass(frozen=True, slots=True)
class Line:
    """One unfolded content line."""

    name: str
    params: dict[str, str]
    value: str


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """What an iCalendar says of its first event; None where it says nothing. Exceptions are not read."""

    uid: str | None
    subject: str | None
    text: str | None
    location: str | None
    start: datetime
    end: datetime
    all_day: bool
    zone_id: str | None
    sensitivity: str | None
    show_as: str | None
    reminder_minutes: int | None
    categories: tuple[str, ...] | None
    recurrence: Recurrence | None
    removed: frozenset[date]


def read_mime(content: str) -> CalendarEvent:
    """The event in a base64 iCalendar; ErrorMimeContentInvalid where there is none."""
    try:
        text = base64.b64decode("".join(content.split()), validate=True).decode("utf-8-sig")
        return _event(_unfolded(text))
    except (ValueError, KeyError, binascii.Error, UnicodeDecodeError):
        raise ExchangeError("ErrorMimeContentInvalid", "The MIME content is invalid.") from None


def _unfolded(text: str) -> list[Line]:
    lines = []
    for raw in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        match = _LINE.fullmatch(raw)
        if match is not None:
            pairs = re.findall(r';([A-Za-z0-9-]+)=("[^"]*"|[^";:]*)', match[2])
            lines.append(Line(match[1].upper(), {k.upper(): v.strip('"') for k, v in pairs}, match[3]))
    return lines


def _first_event(lines: list[Line]) -> tuple[list[Line], Line | None]:
    """The lines of the first event, and its alarm's trigger."""
    depth: list[str] = []
    inside: list[Line] = []
    alarm: Line | None = None
    for line in lines:
        if line.name == "BEGIN":
            depth.append(line.value.upper())
        elif line.name == "END" and depth:
            if depth.pop() == "VEVENT":
                break
        elif depth[-1:] == ["VEVENT"]:
            inside.append(line)
        elif depth[-1:] == ["VALARM"] and line.name == "TRIGGER":
            alarm = alarm or line
    return inside, alarm


def _event(lines: list[Line]) -> CalendarEvent:
    inside, alarm = _first_event(lines)
    found = {line.name: line for line in reversed(inside)}
    categories = [
        _unescaped(part)
        for line in inside
        if line.name == "CATEGORIES"
        for part in re.split(r"(?<!\\),", line.value)
    ]
    start, all_day, zone_id = _moment(found["DTSTART"])
    zone = _zone(found["DTSTART"].params.get("TZID", "")) or UTC
    end = (
        _moment(found["DTEND"])[0]
        if "DTEND" in found
        else start + _length(found.get("DURATION"), all_day=all_day)
    )

    def text(name: str) -> str | None:
        return _unescaped(found[name].value) if name in found else None

    busy = found.get("X-MICROSOFT-CDO-BUSYSTATUS")
    show_as = _SHOW_AS.get(busy.value.upper()) if busy else None
    if show_as is None and "TRANSP" in found:
        show_as = "Free" if found["TRANSP"].value.upper() == "TRANSPARENT" else "Busy"
    sensitivity = _CLASSES.get(found["CLASS"].value.upper(), "Normal") if "CLASS" in found else None
    reminder = (
        int(-_span(alarm.value).total_seconds() // 60)
        if alarm and alarm.params.get("VALUE") != "DATE-TIME"
        else None
    )
    return CalendarEvent(
        text("UID"), text("SUMMARY"), text("DESCRIPTION"), text("LOCATION"), start, end, all_day, zone_id,
        sensitivity, show_as, reminder, tuple(categories) or None,
        read_rule(found["RRULE"].value, start.astimezone(zone).date(), zone) if "RRULE" in found else None,
        _left_out(inside, zone),
    )  # fmt: skip


def _left_out(inside: list[Line], zone: tzinfo) -> frozenset[date]:
    """The days of a series' deleted occurrences."""
    stamps = [
        replace(line, value=value)
        for line in inside
        if line.name == "EXDATE"
        for value in line.value.split(",")
    ]
    return frozenset(_moment(stamp)[0].astimezone(zone).date() for stamp in stamps)


def _moment(line: Line) -> tuple[datetime, bool, str | None]:
    tzid = line.params.get("TZID")
    zone = _zone(tzid) if tzid else None
    if line.params.get("VALUE") == "DATE" or len(line.value) == 8:  # noqa: PLR2004 (YYYYMMDD)
        return datetime.strptime(line.value, "%Y%m%d").replace(tzinfo=zone or UTC), True, None
    naive = datetime.strptime(line.value.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 (the zone follows)
    if line.value.endswith("Z") or zone is None:
        return naive.replace(tzinfo=UTC), False, None
    return naive.replace(tzinfo=zone).astimezone(UTC), False, zones.windows_id(tzid or "")


def _zone(tzid: str) -> tzinfo | None:
    known = zones.zone_info(tzid)
    if known is not None:
        return known
    try:
        return ZoneInfo(tzid)
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _length(line: Line | None, *, all_day: bool) -> timedelta:
    if line is not None:
        return _span(line.value)
    return timedelta(days=1) if all_day else timedelta()


def _span(text: str) -> timedelta:
    match = _DURATION.fullmatch(text)
    if match is None:
        raise ValueError(text)
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    span = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -span if match[1] == "-" else span


def _unescaped(text: str) -> str:
    return re.sub(r"\\([nN,;\\])", lambda m: "\n" if m[1] in "nN" else m[1], text)
