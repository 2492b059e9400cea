"""iCalendar of a calendar item (`item:MimeContent`).

Bare VCALENDAR with its VTIMEZONE, read and written (RFC 5545).
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from vfadmin.simulator import series, zones
from vfadmin.simulator.bodies import text_from_html
from vfadmin.simulator.errors import ExchangeError
from vfadmin.simulator.item import Attendee, Item
from vfadmin.simulator.rrules import DAY_NAMES, rule_text

_SHOW_AS = {
    "Free": "FREE",
    "Tentative": "TENTATIVE",
    "Busy": "BUSY",
    "OOF": "OOF",
    "WorkingElsewhere": "WORKINGELSEWHERE",
}
_SHOW_AS_BACK = {value: key for key, value in _SHOW_AS.items()}
_CLASS = {"Normal": "PUBLIC", "Personal": "X-PERSONAL", "Private": "PRIVATE", "Confidential": "CONFIDENTIAL"}
_CLASS_BACK = {value: key for key, value in _CLASS.items()}
_LINE = re.compile(r'([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:])*)*):(.*)', re.DOTALL)
_DURATION = re.compile(r"([+-])?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


def calendar_mime(item: Item) -> str:
    """The item's iCalendar, base64 as the protocol carries it."""
    zone = zones.zone_info(item.start_zone)
    lines = ["BEGIN:VCALENDAR", "METHOD:PUBLISH", "PRODID:Microsoft Exchange Server 2010", "VERSION:2.0"]
    lines += _vtimezone(item.start_zone) if zone is not None else []
    for event in (item, *series.exceptions(item)):
        lines += _vevent(event, zone)
    lines += ["END:VCALENDAR", ""]
    return base64.b64encode("\r\n".join(_folded(line) for line in lines).encode()).decode()


def _vevent(item: Item, zone: tzinfo | None) -> list[str]:
    lines = ["BEGIN:VEVENT"]
    if item.is_meeting:
        lines.append(f"ORGANIZER;CN={_quoted(item.organizer.name)}:MAILTO:{item.organizer.email}")
        roles = (
            (item.required, "REQ-PARTICIPANT"),
            (item.optional, "OPT-PARTICIPANT"),
            (item.resources, "NON-PARTICIPANT"),
        )
        lines += [_attendee_line(attendee, role) for group, role in roles for attendee in group]
    lines += [
        f"DESCRIPTION;LANGUAGE=en-US:{_escaped(text_from_html(item.body_html))}",
        f"UID:{item.uid}",
        *_recurring(item, zone),
        f"SUMMARY;LANGUAGE=en-US:{_escaped(item.subject)}",
        f"DTSTART{_stamp(item.start, item.start_zone, zone, all_day=item.all_day)}",
        f"DTEND{_stamp(item.end, item.start_zone, zone, all_day=item.all_day)}",
        f"CLASS:{_CLASS[item.sensitivity]}",
        "PRIORITY:5",
        f"DTSTAMP:{(item.stamp or item.modified).astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"TRANSP:{'TRANSPARENT' if item.show_as == 'Free' else 'OPAQUE'}",
        f"STATUS:{'CANCELLED' if item.is_cancelled else 'CONFIRMED'}",
        f"SEQUENCE:{item.sequence}",
        f"LOCATION;LANGUAGE=en-US:{_escaped(item.location)}",
        f"X-MICROSOFT-CDO-BUSYSTATUS:{_SHOW_AS.get(item.show_as, 'BUSY')}",
        f"X-MICROSOFT-CDO-ALLDAYEVENT:{'TRUE' if item.all_day else 'FALSE'}",
    ]
    if item.categories:
        lines.append("CATEGORIES:" + ",".join(_escaped(category) for category in item.categories))
    if item.reminder_set:
        lines += [
            "BEGIN:VALARM",
            "DESCRIPTION:REMINDER",
            f"TRIGGER;RELATED=START:-PT{item.reminder_minutes}M",
        ]
        lines += ["ACTION:DISPLAY", "END:VALARM"]
    return [*lines, "END:VEVENT"]


def _recurring(item: Item, zone: tzinfo | None) -> list[str]:
    """What an event says of its series: the rule and the days left out, or which of its days it is."""

    def moment(name: str, instant: datetime) -> str:
        return f"{name}{_stamp(instant, item.start_zone, zone, all_day=item.all_day)}"

    if item.slot is not None:
        return [moment("RECURRENCE-ID", item.slot.start)]
    if item.recurrence is None:
        return []
    own_zone = zone or UTC
    at = item.start.astimezone(own_zone).time()
    rule = rule_text(item.recurrence, at, own_zone, all_day=item.all_day)
    return [f"RRULE:{rule}", *(moment("EXDATE", start) for start in series.deletions(item))]


def _attendee_line(attendee: Attendee, role: str) -> str:
    name = _quoted(attendee.address.name or attendee.address.email)
    return f"ATTENDEE;ROLE={role};PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN={name}:MAILTO:{attendee.address.email}"


def _stamp(instant: datetime, zone_id: str, zone: tzinfo | None, *, all_day: bool) -> str:
    local = instant.astimezone(zone or UTC)
    if all_day:
        return f";VALUE=DATE:{local:%Y%m%d}"
    if zone is None or zone_id == "UTC":
        return f":{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f";TZID={zone_id}:{local:%Y%m%dT%H%M%S}"


def _vtimezone(zone_id: str) -> list[str]:
    found = zones.definition(zone_id)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone_id}"]
    summer, winter = found.to_daylight, found.to_standard
    daylight = summer.offset if summer else found.standard
    lines += _observance("STANDARD", winter, daylight, found.standard)
    lines += _observance("DAYLIGHT", summer, found.standard, daylight)
    return [*lines, "END:VTIMEZONE"]


def _observance(kind: str, rule: zones.ZoneRule | None, before: timedelta, after: timedelta) -> list[str]:
    at = (
        f"{int(rule.at.total_seconds()) // 3600:02d}{int(rule.at.total_seconds()) // 60 % 60:02d}00"
        if rule
        else "000000"
    )
    lines = [f"BEGIN:{kind}", f"DTSTART:16010101T{at}"]
    lines += [f"TZOFFSETFROM:{_offset(before)}", f"TZOFFSETTO:{_offset(after)}"]
    if rule is not None:
        lines.append(
            f"RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY={rule.occurrence}{DAY_NAMES[rule.weekday]};BYMONTH={rule.month}"
        )
    return [*lines, f"END:{kind}"]


def _offset(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}{abs(minutes) % 60:02d}"


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\n", "\\n")


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "'") + '"' if re.search("[:;,]", text) else text


def _folded(line: str) -> str:
    """A content line cut at 75 octets, never inside a character."""
    if len(line) * 4 <= 75:  # noqa: PLR2004 (RFC 5545 3.1)
        return line
    pieces, piece, size = [], "", 0
    for char in line:
        width = len(char.encode())
        if size + width > 75:  # noqa: PLR2004
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + char, size + width
    return "\r\n".join([*pieces, piece])


# --- reading


@dataclass(frozen=True, slots=True)
class Line:
    """One unfolded content line."""

    name: str
    params: dict[str, str]
    value: str


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """What an iCalendar says of its first event; None where it says nothing."""

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


def _event(lines: list[Line]) -> CalendarEvent:
    depth: list[str] = []
    found: dict[str, Line] = {}
    alarm: Line | None = None
    categories: list[str] = []
    for line in lines:
        if line.name == "BEGIN":
            depth.append(line.value.upper())
        elif line.name == "END" and depth:
            if depth.pop() == "VEVENT":
                break
        elif depth[-1:] == ["VEVENT"]:
            found.setdefault(line.name, line)
            if line.name == "CATEGORIES":
                categories += [_unescaped(part) for part in re.split(r"(?<!\\),", line.value)]
        elif depth[-1:] == ["VALARM"] and line.name == "TRIGGER":
            alarm = alarm or line
    start, all_day, zone_id = _moment(found["DTSTART"])
    end = (
        _moment(found["DTEND"])[0]
        if "DTEND" in found
        else start + _length(found.get("DURATION"), all_day=all_day)
    )

    def text(name: str) -> str | None:
        return _unescaped(found[name].value) if name in found else None

    busy = found.get("X-MICROSOFT-CDO-BUSYSTATUS")
    show_as = _SHOW_AS_BACK.get(busy.value.upper()) if busy else None
    if show_as is None and "TRANSP" in found:
        show_as = "Free" if found["TRANSP"].value.upper() == "TRANSPARENT" else "Busy"
    sensitivity = _CLASS_BACK.get(found["CLASS"].value.upper(), "Normal") if "CLASS" in found else None
    reminder = (
        int(-_span(alarm.value).total_seconds() // 60)
        if alarm and alarm.params.get("VALUE") != "DATE-TIME"
        else None
    )
    return CalendarEvent(
        text("UID"), text("SUMMARY"), text("DESCRIPTION"), text("LOCATION"), start, end, all_day, zone_id,
        sensitivity, show_as, reminder, tuple(categories) or None,
    )  # fmt: skip


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
