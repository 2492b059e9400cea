"""What is written to Exchange: exactly the fields the engine names, and never a mail.

`parts` says once how each field is written; creating puts the parts into one item, updating wraps
each in a SetItemField. Nothing else of an item is touched: its other attendees, categories, attachments
and the formatting of a text whose words did not change stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from vfadmin.calendars.base import NOBODY, Mark, People
from vfadmin.calendars.event import FIELDS, Event, When
from vfadmin.calendars.ews import properties
from vfadmin.calendars.ews.attendees import Change, lists
from vfadmin.calendars.ews.patterns import write_rule
from vfadmin.calendars.ews.read import SHOW_AS
from vfadmin.calendars.ews.xml import branch, element, xml_bool
from vfadmin.calendars.exchange import marks
from vfadmin.calendars.exchange.moments import shown_moment
from vfadmin.calendars.exchange.zones import midnight, windows_zone
from vfadmin.calendars.series import rule_of

SEND_TO_NONE = "SendToNone"
"""R9: no invitation, update or cancellation is ever sent, so every write says it."""

_STATUS = {shown: name for name, shown in SHOW_AS.items() if name != "NoData"}

_ORDER = (
    "item:Subject",
    "item:Sensitivity",
    "item:Body",
    "item:ReminderIsSet",
    "item:ReminderMinutesBeforeStart",
    *marks.NAMES,
    "calendar:UID",
    "calendar:Start",
    "calendar:End",
    "calendar:IsAllDayEvent",
    "calendar:LegacyFreeBusyStatus",
    "calendar:Location",
    "calendar:RequiredAttendees",
    "calendar:OptionalAttendees",
    "calendar:Resources",
    "calendar:Recurrence",
    "calendar:StartTimeZone",
    "calendar:EndTimeZone",
)
"""The schema's sequence in CalendarItemType (MS-OXWSMTGS 2.2.4.9): another order is refused."""
_PLACES = {path: place for place, path in enumerate(_ORDER)}


@dataclass(frozen=True, slots=True)
class Home:
    """Where and when a write happens: the zone of all-day events, and the server's time."""

    zone: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Part:
    """One property of an item: the path that names it and the element that carries it.

    Without an element it is taken off the item; with ``append`` it is added to what is there.
    """

    path: str
    value: etree._Element | None
    append: bool = False

    def uri(self) -> etree._Element:
        """The element that names the property in an update."""
        if self.path in marks.NAMES:
            return properties.field_uri(self.path)
        return element("t:FieldURI", FieldURI=self.path)


def parts(
    event: Event, names: frozenset[str], mark: Mark, home: Home, *, unfinished: bool = False
) -> list[Part]:
    """The named fields of the event with key and stamp, in the schema's order.

    ``unfinished`` says that the occurrences of a series are still to be written.
    """
    own = marks.of_mark(mark, home.now)
    if unfinished:
        own[marks.UNFINISHED] = mark.stamp
    if "acknowledged" in names:
        own |= properties.of_acknowledgement(event.acknowledged)
    found = _own_parts(own)
    if "when" in names:
        found += _when(event.when, home.zone)
    for name, write in _WRITERS.items():
        if name in names:
            found += write(event)
    return sorted(found, key=_place)


def invitation_parts(changes: Iterable[Change]) -> list[Part]:
    """The attendee lists that change."""
    return sorted((Part(one.path, one.value(), append=one.append) for one in changes), key=_place)


def occurrence_parts(event: Event, names: frozenset[str], whole: bool, home_zone: str) -> list[Part]:
    """The named fields of one occurrence; ``whole`` says whether its series is of whole days.

    It keeps the zone of its series.
    """
    found: list[Part] = []
    if "when" in names:
        left_out = {"calendar:StartTimeZone", "calendar:EndTimeZone"}
        left_out |= {"calendar:IsAllDayEvent"} if event.when.all_day == whole else set()
        found = [one for one in _when(event.when, home_zone) if one.path not in left_out]
    for name, write in _WRITERS.items():
        if name in names:
            found += write(event)
    return sorted(found, key=_place)


def new_item(
    event: Event, mark: Mark, home: Home, *, people: People = NOBODY, unfinished: bool = False
) -> etree._Element:
    """An event as CreateItem takes it, its key, stamp and UID inside."""
    names = frozenset(FIELDS) - ({"recurrence"} if event.recurrence is None else set())
    # The UID can be given at creation only.
    uid = mark.uid or marks.uid_for(mark.key)
    made = [
        *parts(event, names, mark, home, unfinished=unfinished),
        *_own_parts(properties.of_creation(mark, uid)),
        *invitation_parts(lists(event.participants, people)),
        Part("calendar:UID", element("t:UID", uid)),
    ]
    made.sort(key=_place)
    return branch("t:CalendarItem", *(part.value for part in made if part.value is not None))


def create_request(folder: etree._Element, items: Iterable[etree._Element]) -> etree._Element:
    """CreateItem of events (MS-OXWSMTGS 3.1.4.4)."""
    return branch(
        "m:CreateItem",
        branch("m:SavedItemFolderId", folder),
        branch("m:Items", *items),
        SendMeetingInvitations=SEND_TO_NONE,
    )


def item_change(item_id: str, version: str, changes: list[Part]) -> etree._Element:
    """What is to be written to one item, if its change key still stands."""
    target = element("t:ItemId", Id=item_id, ChangeKey=version)
    return branch("t:ItemChange", target, set_fields(changes))


def update_request(changes: Iterable[etree._Element]) -> etree._Element:
    """UpdateItem of items (MS-OXWSCORE 3.1.4.9).

    exchangelib's own default, AutoResolve, would write over a newer version.
    """
    return branch(
        "m:UpdateItem",
        branch("m:ItemChanges", *changes),
        ConflictResolution="NeverOverwrite",
        MessageDisposition="SaveOnly",
        SendMeetingInvitationsOrCancellations=SEND_TO_NONE,
    )


def set_fields(changes: list[Part]) -> etree._Element:
    """The Updates element that sets each part, or takes it off."""
    made = []
    for part in changes:
        if part.value is None:
            made.append(branch("t:DeleteItemField", part.uri()))
        else:
            act = "t:AppendToItemField" if part.append else "t:SetItemField"
            made.append(branch(act, part.uri(), branch("t:CalendarItem", part.value)))
    return branch("t:Updates", *made)


def move_request(item_id: str, folder: etree._Element) -> etree._Element:
    """MoveItem of one item; unlike DeleteItem it tells the new id, and it never sends anything."""
    return branch(
        "m:MoveItem",
        branch("m:ToFolderId", folder),
        branch("m:ItemIds", element("t:ItemId", Id=item_id)),
    )


def _own_parts(own: Mapping[str, str]) -> list[Part]:
    return [Part(name, properties.value_element(name, text)) for name, text in own.items()]


def _place(part: Part) -> int:
    return _PLACES[part.path]


def _title(event: Event) -> list[Part]:
    return [Part("item:Subject", element("t:Subject", event.title))]


def _private(event: Event) -> list[Part]:
    return [Part("item:Sensitivity", element("t:Sensitivity", "Private" if event.private else "Normal"))]


def _text(event: Event) -> list[Part]:
    return [Part("item:Body", element("t:Body", event.text, BodyType="Text"))]


def _location(event: Event) -> list[Part]:
    return [Part("calendar:Location", element("t:Location", event.location))]


def _show_as(event: Event) -> list[Part]:
    status = element("t:LegacyFreeBusyStatus", _STATUS[event.show_as])
    return [Part("calendar:LegacyFreeBusyStatus", status)]


def _reminder(event: Event) -> list[Part]:
    minutes = event.reminder_minutes
    switch = Part("item:ReminderIsSet", element("t:ReminderIsSet", xml_bool(minutes is not None)))
    if minutes is None:
        return [switch]
    path = "item:ReminderMinutesBeforeStart"
    return [switch, Part(path, element("t:ReminderMinutesBeforeStart", str(minutes)))]


def _when(when: When, home_zone: str) -> list[Part]:
    # Exchange keeps an all-day event as instants: midnights of a zone, which must be the one its
    # readers live in, or Outlook shows the event over two days.
    zone = home_zone if when.all_day else when.zone
    start, end = when.start, when.end
    if when.all_day:
        start, end = midnight(start.date(), zone), midnight(end.date(), zone)
    return [
        Part("calendar:Start", element("t:Start", shown_moment(start))),
        Part("calendar:End", element("t:End", shown_moment(end))),
        Part("calendar:IsAllDayEvent", element("t:IsAllDayEvent", xml_bool(when.all_day))),
        Part("calendar:StartTimeZone", element("t:StartTimeZone", Id=windows_zone(zone))),
        Part("calendar:EndTimeZone", element("t:EndTimeZone", Id=windows_zone(zone))),
    ]


def _recurrence(event: Event) -> list[Part]:
    rule = None if event.recurrence is None else rule_of(event.recurrence, event.when)
    return [Part("calendar:Recurrence", None if rule is None else write_rule(rule))]


def keeps_sensitivity(current: str, event: Event) -> bool:
    """Whether the item's sensitivity already says what the event's flag says.

    Personal reads as not private and Confidential as private; neither is rewritten for a flag that
    would read the same.
    """
    return (current in ("Private", "Confidential")) == event.private


_WRITERS: Mapping[str, Callable[[Event], list[Part]]] = {
    "title": _title,
    "private": _private,
    "text": _text,
    "reminder_minutes": _reminder,
    "show_as": _show_as,
    "location": _location,
    "recurrence": _recurrence,
}
