"""iCalendar of a calendar item (`item:MimeContent`): bare VCALENDAR with its VTIMEZONE (RFC 5545)."""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime, timedelta, tzinfo

from vfadmin.simulator import series, zones
from vfadmin.simulator.bodies import text_from_html
from vfadmin.simulator.item import Attendee, Item
from vfadmin.simulator.rrules import DAY_NAMES, rule_text
from vfadmin.simulator.zone_rules import ZoneRule
from vfadmin.simulator.zones import Zone

SHOW_AS = {
    "Free": "FREE",
    "Tentative": "TENTATIVE",
    "Busy": "BUSY",
    "OOF": "OOF",
    "WorkingElsewhere": "WORKINGELSEWHERE",
}
CLASSES = {"Normal": "PUBLIC", "Personal": "X-PERSONAL", "Private": "PRIVATE", "Confidential": "CONFIDENTIAL"}


def calendar_mime(item: Item) -> str:
    """The item's iCalendar, base64 as the protocol carries it."""
    zone = zones.zone_info(item.start_zone)
    lines = ["BEGIN:VCALENDAR", "METHOD:PUBLISH", "PRODID:Microsoft Exchange Server 2010", "VERSION:2.0"]
    lines += _vtimezone(item.start_zone) if zone is not None else []
    for event in (item, *series.exceptions(item)):
        lines += _vevent(event, zone, whole_days=item.all_day)
    lines += ["END:VCALENDAR", ""]
    return base64.b64encode("\r\n".join(_folded(line) for line in lines).encode()).decode()


def _vevent(item: Item, zone: tzinfo | None, *, whole_days: bool) -> list[str]:
    """An event; `whole_days`: whether its series has days where others have instants."""
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
        *_recurring(item, zone, whole_days=whole_days),
        f"SUMMARY;LANGUAGE=en-US:{_escaped(item.subject)}",
        f"DTSTART{_stamp(item.start, item.start_zone, zone, all_day=item.all_day)}",
        f"DTEND{_stamp(item.end, item.start_zone, zone, all_day=item.all_day)}",
        f"CLASS:{CLASSES[item.sensitivity]}",
        "PRIORITY:5",
        f"DTSTAMP:{(item.stamp or item.modified).astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"TRANSP:{'TRANSPARENT' if item.show_as == 'Free' else 'OPAQUE'}",
        f"STATUS:{'CANCELLED' if item.is_cancelled else 'CONFIRMED'}",
        f"SEQUENCE:{item.sequence}",
        f"LOCATION;LANGUAGE=en-US:{_escaped(item.location)}",
        f"X-MICROSOFT-CDO-BUSYSTATUS:{SHOW_AS.get(item.show_as, 'BUSY')}",
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


def _recurring(item: Item, zone: tzinfo | None, *, whole_days: bool) -> list[str]:
    """What an event says of its series: the rule and the days left out, or which of its days it is."""

    def moment(name: str, instant: datetime) -> str:
        return f"{name}{_stamp(instant, item.start_zone, zone, all_day=whole_days)}"

    if item.slot is not None:
        return [moment("RECURRENCE-ID", item.slot.start)]
    if item.recurrence is None:
        return []
    own_zone = zone or UTC
    at = item.start.astimezone(own_zone).time()
    rule = rule_text(item.recurrence, at, own_zone, all_day=whole_days)
    return [f"RRULE:{rule}", *(moment("EXDATE", start) for start in series.deletions(item))]


def _attendee_line(attendee: Attendee, role: str) -> str:
    name = _quoted(attendee.address.name or attendee.address.email)
    return f"ATTENDEE;ROLE={role};PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN={name}:MAILTO:{attendee.address.email}"


def _stamp(instant: datetime, named: Zone, zone: tzinfo | None, *, all_day: bool) -> str:
    local = instant.astimezone(zone or UTC)
    if all_day:
        return f";VALUE=DATE:{local:%Y%m%d}"
    if zone is None or named == "UTC":
        return f":{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f";TZID={zones.zone_id(named)}:{local:%Y%m%dT%H%M%S}"


def _vtimezone(zone: Zone) -> list[str]:
    """The rules that hold at last."""
    stage = zones.definition(zone).stages[-1]
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zones.zone_id(zone)}"]
    summer, winter = stage.to_daylight, stage.to_standard
    daylight = summer.offset if summer else stage.standard
    lines += _observance("STANDARD", winter, daylight, stage.standard)
    lines += _observance("DAYLIGHT", summer, stage.standard, daylight)
    return [*lines, "END:VTIMEZONE"]


def _observance(kind: str, rule: ZoneRule | None, before: timedelta, after: timedelta) -> list[str]:
    at = (
        f"{int(rule.at.total_seconds()) // 3600:02d}{int(rule.at.total_seconds()) // 60 % 60:02d}00"
        if rule
        else "000000"
    )
    lines = [f"BEGIN:{kind}", f"DTSTART:16010101T{at}"]
    lines += [f"TZOFFSETFROM:{_offset(before)}", f"TZOFFSETTO:{_offset(after)}"]
    if rule is not None:
        day = (
            f"BYDAY={rule.occurrence}{DAY_NAMES[rule.weekday]}" if rule.weekday else f"BYMONTHDAY={rule.day}"
        )
        lines.append(f"RRULE:FREQ=YEARLY;INTERVAL=1;{day};BYMONTH={rule.month}")
    return [*lines, f"END:{kind}"]


def _day(rule: ZoneRule) -> str:
    if not rule.weekday:
        return f"BYMONTHDAY={rule.day}"
    return f"BYDAY={rule.occurrence}{DAY_NAMES[rule.weekday]}"


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
