"""What Graph shows of a calendar, as canonical events (*event resource type*)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from vfadmin.calendars.base import NOBODY, RECEIVED, RECURRENCE, ZONE, Item, People
from vfadmin.calendars.event import (
    LONGEST_REMINDER,
    Event,
    Participant,
    Recurrence,
    ShowAs,
    When,
    all_day,
    canonical,
    readable,
)
from vfadmin.calendars.exchange.html_text import text_of
from vfadmin.calendars.exchange.marks import is_unfinished, uid_of
from vfadmin.calendars.exchange.moments import read_moment
from vfadmin.calendars.exchange.occurrences import override_of
from vfadmin.calendars.exchange.zones import days_of, iana_zone
from vfadmin.calendars.graph import line, patterns, properties
from vfadmin.calendars.graph.values import read_time
from vfadmin.calendars.recurrence.rule import Unsupported
from vfadmin.calendars.recurrence.text import write
from vfadmin.calendars.series import day_of, zone_of

FIELDS = (
    "subject",
    "body",
    "start",
    "end",
    "isAllDay",
    "location",
    "showAs",
    "sensitivity",
    "isReminderOn",
    "reminderMinutesBeforeStart",
    "attendees",
    "organizer",
    "isOrganizer",
    "isCancelled",
    "responseStatus",
    "recurrence",
    "type",
    "seriesMasterId",
    "iCalUId",
    "changeKey",
    "createdDateTime",
    "lastModifiedDateTime",
    "originalStart",
    "originalStartTimeZone",
)
"""What is selected of an event; the last ones of a series are asked for where there is one."""
_OF_SERIES = ("exceptionOccurrences", "cancelledOccurrences")
SHOW_AS = {
    "free": ShowAs.FREE,
    "tentative": ShowAs.TENTATIVE,
    "busy": ShowAs.BUSY,
    "oof": ShowAs.OOF,
    "workingElsewhere": ShowAs.ELSEWHERE,
    # What stands for an item without a status; Outlook shows such time as busy.
    "unknown": ShowAs.BUSY,
}
_PRIVATE = frozenset({"private", "confidential"})
_CUSTOM = "tzone://Microsoft/Custom"
"""A zone of Outlook's own making, whose rules Graph does not tell."""
_DATE_LENGTH = len("2026-01-31")


def item_query(*, series: bool = False) -> str:
    """The query of a point read; of a series it asks for what deviates from the rule as well."""
    selected = ",".join((*FIELDS, *_OF_SERIES) if series else FIELDS)
    expanded = properties.expand_items()
    if series:
        expanded = f"exceptionOccurrences,{expanded}"
    return f"$select={selected}&$expand={expanded}"


def version_of(shown: Mapping[str, Any]) -> str:
    """The version as a condition on a write takes it."""
    told = shown.get("@odata.etag")
    return told if isinstance(told, str) else f'W/"{shown.get("changeKey") or ""}"'


def is_series(shown: Mapping[str, Any]) -> bool:
    """Whether it is the master of a series."""
    return shown.get("type") == "seriesMaster"


@dataclass(frozen=True, slots=True)
class Reader:
    """How to read the events of one mailbox."""

    mailbox: str
    home_zone: str
    people: Callable[[], People] = lambda: NOBODY

    def item(self, shown: Mapping[str, Any], item_id: str) -> Item:
        """The event as an Item. Raises ValueError for one without its times."""
        own = properties.read_own(shown)
        organizer = self.organizer(shown)
        meeting = self.invites(shown)
        event = self._event(shown, own)
        if organizer is None:
            event = replace(event, participants=self._participants(shown, own))
        created = read_moment(shown.get("createdDateTime"))
        uid = uid_of(_text_at(shown, "iCalUId"), own)
        unsupported = None
        if shown.get("type") not in (None, "singleInstance"):
            recurrence = self._recurrence(shown, event, own)
            event = canonical(replace(event, recurrence=recurrence))
            if recurrence is None or not readable(event):
                unsupported = RECURRENCE if event.when.all_day or self._zone(shown) else ZONE
        return Item(
            id=item_id,
            version=version_of(shown),
            event=event,
            key=own.get(properties.KEY) or None,
            stamp=own.get(properties.STAMP) or None,
            uid=uid,
            created=read_moment(own.get(properties.CREATED)) or created,
            modified=properties.modified_at_origin(own, read_moment(shown.get("lastModifiedDateTime"))),
            unsupported=unsupported,
            unfinished=is_unfinished(own),
            organizer=organizer,
            sequence=None if organizer is None else properties.sequence(shown),
            without=RECEIVED if organizer is not None else frozenset(),
            sealed=meeting,
            copied=properties.is_copied(own, created),
            keyed_later=properties.is_keyed_later(own, uid, created),
            brought=not meeting and properties.is_brought(own, uid, created),
        )

    def organizer(self, shown: Mapping[str, Any]) -> str | None:
        """The address of another person who organises it; None for an event of one's own."""
        if shown.get("isOrganizer") is not False:
            return None
        address = _address(shown.get("organizer"))
        return None if address is None or address.casefold() == self.mailbox.casefold() else address

    def invites(self, shown: Mapping[str, Any]) -> bool:
        """Whether somebody else than the mailbox's owner is in it: every write would send them mail."""
        if self.organizer(shown) is not None:
            return True
        me = self.mailbox.casefold()
        return any(address.casefold() != me for address in _attendees(shown))

    def is_cancelled(self, shown: Mapping[str, Any]) -> bool:
        """Whether it is what is left of a meeting that its organizer cancelled."""
        return shown.get("isCancelled") is True and self.organizer(shown) is not None

    def _participants(self, shown: Mapping[str, Any], own: Mapping[str, str]) -> frozenset[Participant]:
        """Those we noted down ourselves, and our persons among the attendees.

        Whoever invites one more in Outlook does not see the others among the attendees, and takes none away.
        """
        people = self.people()
        told = properties.participants(own) & people.attendees.keys()
        invited = {people.person(address) for address in _attendees(shown)}
        persons = (told | invited) - {None, people.person(self.mailbox)}
        return frozenset(Participant(one) for one in persons if one is not None)

    def _event(self, shown: Mapping[str, Any], own: Mapping[str, str]) -> Event:
        return canonical(
            Event(
                title=_text_at(shown, "subject") or "",
                when=self._when(shown),
                location=_display_name(shown.get("location")),
                text=_text(shown, own),
                private=shown.get("sensitivity") in _PRIVATE,
                show_as=SHOW_AS.get(_text_at(shown, "showAs") or "", ShowAs.BUSY),
                reminder_minutes=_reminder(shown),
                acknowledged=self._acknowledged(shown, own),
            )
        )

    def _when(self, shown: Mapping[str, Any]) -> When:
        start, end = read_time(shown.get("start")), read_time(shown.get("end"))
        if start is None or end is None:
            # Any time made up here would move the event on the other side.
            raise ValueError("an event without its times")
        if shown.get("isAllDay") is True:
            # Days have no zone in Graph: they come as midnights of whatever zone was asked for.
            return all_day(*days_of(start, end, ("UTC", self._zone(shown), self.home_zone)))
        return When(start, end, zone=self._zone(shown) or "UTC")

    def _zone(self, shown: Mapping[str, Any]) -> str | None:
        """The zone the event was made in, by IANA's name; None where nobody knows it."""
        told = _text_at(shown, "originalStartTimeZone")
        return None if told is None or told == _CUSTOM else iana_zone(told)

    def _acknowledged(self, shown: Mapping[str, Any], own: Mapping[str, str]) -> bool:
        """R16: what the owner of the mailbox accepted or organises is acknowledged."""
        stored = own.get(properties.ACKNOWLEDGED, "").casefold()
        if self.organizer(shown) is not None:
            status = shown.get("responseStatus")
            response = status.get("response") if isinstance(status, Mapping) else None
            return response == "accepted" or stored == "true"
        return stored != "false"

    def _recurrence(
        self, shown: Mapping[str, Any], event: Event, own: Mapping[str, str]
    ) -> Recurrence | None:
        """The recurrence of a master; None where it is none, or its rule cannot be read."""
        when = event.when
        if not is_series(shown) or not (when.all_day or self._zone(shown)):
            return None  # a lone occurrence, or a zone whose clock nobody knows
        try:
            rule = patterns.read_rule(shown.get("recurrence"), day_of(when.start, when))
            text = write(rule, zone_of(when), all_day=when.all_day)
        except Unsupported:
            return None
        changed = shown.get("exceptionOccurrences")
        exceptions = tuple(
            # An occurrence has the series' line below its text, and none of its properties.
            override_of(self.day(one, when), self._event(one, own))
            for one in (changed if isinstance(changed, list) else ())
        )
        return Recurrence(text, exceptions, cancelled(shown))

    def day(self, occurrence: Mapping[str, Any], when: When) -> date:
        """The day of the series that an occurrence is of. Raises ValueError where nothing tells."""
        original = read_moment(occurrence.get("originalStart")) or read_time(occurrence.get("start"))
        if original is None:
            raise ValueError("originalStart")
        if not when.all_day:
            return day_of(original, when)
        return days_of(original, original, ("UTC", self._zone(occurrence), self.home_zone))[0]


def cancelled(shown: Mapping[str, Any]) -> tuple[date, ...]:
    """The days of a master's deleted occurrences, each named ``OID.{master}.{day}``."""
    named = shown.get("cancelledOccurrences")
    days = (str(one).rpartition(".")[2] for one in (named if isinstance(named, list) else ()))
    return tuple(date.fromisoformat(day[:_DATE_LENGTH]) for day in days)


def ends_of(shown: Mapping[str, Any]) -> datetime | None:
    """When a single event ends (UTC, whole minutes); None for a series and where nothing tells."""
    if shown.get("type") != "singleInstance":
        return None
    moment = read_time(shown.get("end"))
    return None if moment is None else moment.astimezone(UTC).replace(second=0, microsecond=0)


def sensitivity_of(shown: Mapping[str, Any]) -> str:
    """The event's sensitivity as the server names it."""
    return _text_at(shown, "sensitivity") or "normal"


def keeps_sensitivity(current: str, event: Event) -> bool:
    """Whether the sensitivity already says what the event's flag says.

    Personal reads as not private and confidential as private; neither is rewritten for a flag that
    would read the same.
    """
    return (current in _PRIVATE) == event.private


def _text(shown: Mapping[str, Any], own: Mapping[str, str]) -> str:
    """The body without our line; some servers give HTML whatever they were asked for."""
    body = shown.get("body")
    if not isinstance(body, Mapping):
        return ""
    content = str(body.get("content") or "")
    text = text_of(content) if str(body.get("contentType")).casefold() == "html" else content
    return line.without(text) if properties.participants(own) else text


def _reminder(shown: Mapping[str, Any]) -> int | None:
    minutes = shown.get("reminderMinutesBeforeStart")
    if shown.get("isReminderOn") is not True or not isinstance(minutes, int):
        return None
    return max(0, min(minutes, LONGEST_REMINDER))


def _attendees(shown: Mapping[str, Any]) -> list[str]:
    listed = shown.get("attendees")
    found = (_address(one) for one in (listed if isinstance(listed, list) else ()))
    return [one for one in found if one]


def _address(shown: object) -> str | None:
    """The address in an attendee, a recipient or an organizer."""
    inner = shown.get("emailAddress") if isinstance(shown, Mapping) else None
    address = inner.get("address") if isinstance(inner, Mapping) else None
    return address.strip() or None if isinstance(address, str) else None


def _display_name(shown: object) -> str:
    name = shown.get("displayName") if isinstance(shown, Mapping) else None
    return name if isinstance(name, str) else ""


def _text_at(shown: Mapping[str, Any], name: str) -> str | None:
    found = shown.get(name)
    return found if isinstance(found, str) and found else None
