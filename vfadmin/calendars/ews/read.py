"""What EWS shows of a calendar, as canonical events.

Items are read from their elements, without exchangelib's models: those cost twenty times as much
as parsing, warn about zones they do not know, and hide what an item lacks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType

from lxml import etree

from vfadmin.calendars.base import NOBODY, RECEIVED, RECURRENCE, ZONE, ChangedId, ChangePage, Item, People
from vfadmin.calendars.event import (
    LONGEST_REMINDER,
    Event,
    Recurrence,
    ShowAs,
    When,
    all_day,
    canonical,
    plain_event,
    readable,
)
from vfadmin.calendars.ews import attendees, item_zone, patterns, properties
from vfadmin.calendars.ews.fields import Fields
from vfadmin.calendars.ews.soap import Message
from vfadmin.calendars.ews.xml import branch, element, find, flag_at, tag, text_at, time_at
from vfadmin.calendars.exchange import marks
from vfadmin.calendars.exchange.html_text import text_of
from vfadmin.calendars.exchange.moments import read_moment, shown_moment
from vfadmin.calendars.exchange.occurrences import override_of
from vfadmin.calendars.recurrence.rule import Unsupported
from vfadmin.calendars.recurrence.text import write
from vfadmin.calendars.series import day_of, zone_of

PAGE = 512
"""Changes to a page: what SyncFolderItems gives at most."""
BATCH = 50
"""Items to a GetItem: with bodies of a few kilobytes an answer stays well below a megabyte."""

_FIELDS = (
    "item:Subject",
    "item:Sensitivity",
    "item:Body",
    "item:ReminderIsSet",
    "item:ReminderMinutesBeforeStart",
    "item:DateTimeCreated",
    "item:LastModifiedTime",
    "calendar:UID",
    "calendar:Start",
    "calendar:End",
    "calendar:IsAllDayEvent",
    "calendar:LegacyFreeBusyStatus",
    "calendar:Location",
    "calendar:IsMeeting",
    "calendar:IsCancelled",
    "calendar:AppointmentSequenceNumber",
    "calendar:CalendarItemType",
    "calendar:MyResponseType",
    "calendar:Organizer",
    "calendar:RequiredAttendees",
    "calendar:OptionalAttendees",
    "calendar:Resources",
    "calendar:Recurrence",
    "calendar:ModifiedOccurrences",
    "calendar:DeletedOccurrences",
    "calendar:StartTimeZone",
)


def _uris(names: Iterable[str]) -> Iterable[etree._Element]:
    return (element("t:FieldURI", FieldURI=name) for name in names)


_WHOLE = branch(
    "m:ItemShape",
    element("t:BaseShape", "IdOnly"),
    element("t:BodyType", "Text"),
    branch("t:AdditionalProperties", *_uris(_FIELDS), *map(properties.field_uri, marks.NAMES)),
)
"""What a GetItem asks of an item; copied into each request."""

SHOW_AS = {
    "Free": ShowAs.FREE,
    "Tentative": ShowAs.TENTATIVE,
    "Busy": ShowAs.BUSY,
    "OOF": ShowAs.OOF,
    "WorkingElsewhere": ShowAs.ELSEWHERE,
    # What Exchange shows for an item without a status; Outlook shows such time as busy.
    "NoData": ShowAs.BUSY,
}
_DELETE = tag("t:Delete")
_SHOWS = frozenset({tag("t:Create"), tag("t:Update")})
"""The changes that bring an item; a flag that was read and other kinds of items are not ours."""
_PRIVATE = frozenset({"Private", "Confidential"})
_OFFSET = re.compile(r"[0-9]{1,10}")
_REMINDER_DIGITS = len(str(LONGEST_REMINDER))
NONE: Mapping[str, Fields] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Reader:
    """How to read the items of one mailbox."""

    mailbox: str
    home_zone: str
    people: Callable[[], People] = lambda: NOBODY

    def item(
        self,
        asked: str,
        shown: Fields,
        invited: tuple[attendees.Invited, ...],
        occurrences: Mapping[str, Fields] = NONE,
    ) -> Item:
        """The CalendarItem as an Item, under the id it was asked for by.

        ``invited`` is who stands in its lists; ``occurrences`` are a master's exceptions by id.
        """
        own = properties.read_properties(shown)
        organizer = attendees.organizer(shown, self.mailbox)
        event = self._event(shown, own, organizer)
        if organizer is None and invited:
            linked = attendees.participants(invited, self.people(), self.mailbox)
            event = replace(event, participants=linked)
        uid = marks.uid_of(shown.text("t:UID"), own)
        unsupported = None
        if (shown.text("t:CalendarItemType") or "Single") != "Single":
            recurrence = self._recurrence(shown, event, occurrences)
            event = canonical(replace(event, recurrence=recurrence))
            if recurrence is None or not readable(event):
                unsupported = (
                    RECURRENCE if event.when.all_day or item_zone.name(shown, self.home_zone) else ZONE
                )
        return Item(
            id=asked,
            version=identity(shown)[1],
            event=event,
            key=own.get(marks.KEY) or None,
            stamp=own.get(marks.STAMP) or None,
            uid=uid,
            created=read_moment(own.get(marks.CREATED)) or shown.time("t:DateTimeCreated"),
            modified=marks.modified_at_origin(own, shown.time("t:LastModifiedTime")),
            unsupported=unsupported,
            unfinished=marks.is_unfinished(own),
            organizer=organizer,
            sequence=None if organizer is None else attendees.sequence(shown),
            without=RECEIVED if organizer is not None else frozenset(),
            brought=organizer is None and properties.is_brought(own, uid),
        )

    def _recurrence(
        self, shown: Fields, event: Event, occurrences: Mapping[str, Fields]
    ) -> Recurrence | None:
        """The recurrence of a master; None where it is none, or its rule cannot be read."""
        recurrence, when = shown.child("t:Recurrence"), event.when
        if recurrence is None or not (when.all_day or item_zone.name(shown, self.home_zone)):
            return None  # a lone occurrence, or a zone whose clock nobody knows
        try:
            rule = patterns.read_rule(recurrence, day_of(when.start, when))
            text = write(rule, zone_of(when), all_day=when.all_day)
        except Unsupported:
            return None
        exceptions = []
        for entry in patterns.modified(shown):
            changed = occurrences.get(item_identity(entry)[0])
            if changed is not None:
                own = self._event(changed, {}, attendees.organizer(changed, self.mailbox))
                exceptions.append(override_of(self._day(entry, "t:OriginalStart", shown, when), own))
        deleted = [self._day(entry, "t:Start", shown, when) for entry in patterns.deleted(shown)]
        return Recurrence(text, tuple(exceptions), tuple(deleted))

    def _day(self, entry: etree._Element, path: str, shown: Fields, when: When) -> date:
        """The day of the series that an occurrence is of."""
        moment = time_at(entry, path)
        if moment is None:
            raise ValueError(path)
        if when.all_day:
            return item_zone.days(shown, moment, moment, self.home_zone)[0]
        return day_of(moment, when)

    def _event(self, shown: Fields, own: dict[str, str], organizer: str | None) -> Event:
        return plain_event(
            title=shown.text("t:Subject") or "",
            when=self._when(shown),
            location=shown.text("t:Location") or "",
            text=_text(shown),
            private=shown.text("t:Sensitivity") in _PRIVATE,
            show_as=SHOW_AS.get(shown.text("t:LegacyFreeBusyStatus") or "", ShowAs.BUSY),
            reminder_minutes=_reminder(shown),
            acknowledged=_acknowledged(shown, own, organizer),
        )

    def _when(self, shown: Fields) -> When:
        start, end = shown.time("t:Start"), shown.time("t:End")
        if start is None or end is None:
            # Any time made up here would move the event on the other side.
            raise ValueError("an event without its times")
        if shown.flag("t:IsAllDayEvent"):
            return all_day(*item_zone.days(shown, start, end, self.home_zone))
        return When(start, end, zone=item_zone.name(shown, self.home_zone) or "UTC")


def sync_request(folder: etree._Element, state: str | None, page: int) -> etree._Element:
    """SyncFolderItems for ids, with what tells an old item from a current one (MS-OXWSSYNC 3.1.4.2)."""
    wanted = branch("t:AdditionalProperties", *_uris(("calendar:End", "calendar:CalendarItemType")))
    request = branch(
        "m:SyncFolderItems",
        branch("m:ItemShape", element("t:BaseShape", "IdOnly"), wanted),
        branch("m:SyncFolderId", folder),
    )
    if state:
        request.append(element("m:SyncState", state))
    request.append(element("m:MaxChangesReturned", str(page)))
    request.append(element("m:SyncScope", "NormalItems"))
    return request


def change_page(message: Message, *, listing: bool) -> ChangePage:
    """One page of changes; raises the fault the message reports."""
    changes = message.items("m:Changes")
    # By id, so that of several changes of one item the last is what counts.
    changed: dict[str, ChangedId] = {}
    deleted: dict[str, None] = {}
    for change in changes:
        kind = change.tag
        if kind == _DELETE:
            gone = item_identity(change)[0]
            changed.pop(gone, None)
            deleted[gone] = None
        shown = find(change, "t:CalendarItem") if kind in _SHOWS else None
        if shown is not None:
            one = _changed(Fields(shown))
            deleted.pop(one.id, None)
            changed[one.id] = one
    changed.pop("", None)
    return ChangePage(
        changed=tuple(changed.values()),
        deleted=tuple(filter(None, deleted)),
        cursor=text_at(message.element, "m:SyncState") or "",
        last=_is_last(message.element, changes),
        listing=listing,
    )


def _is_last(answer: etree._Element, changes: Sequence[etree._Element]) -> bool:
    """Whether nothing follows; an answer that does not say so is the last one when it is empty."""
    if find(answer, "m:IncludesLastItemInRange") is None:
        return not changes
    return flag_at(answer, "m:IncludesLastItemInRange")


def get_request(ids: Iterable[str]) -> etree._Element:
    """GetItem with everything an Item needs.

    The body is asked for as text on every version: TextBody came with 2013 only.
    """
    return branch("m:GetItem", deepcopy(_WHOLE), _ids(ids))


def parent_request(ids: Iterable[str]) -> etree._Element:
    """GetItem with nothing but the folder an item lies in."""
    shape = branch(
        "m:ItemShape",
        element("t:BaseShape", "IdOnly"),
        branch("t:AdditionalProperties", element("t:FieldURI", FieldURI="item:ParentFolderId")),
    )
    return branch("m:GetItem", shape, _ids(ids))


def _ids(ids: Iterable[str]) -> etree._Element:
    listed, name = branch("m:ItemIds"), tag("t:ItemId")
    for one in ids:
        etree.SubElement(listed, name, Id=one)
    return listed


def parent_of(shown: Fields) -> str | None:
    """The id of that folder."""
    parent = shown.child("t:ParentFolderId")
    return None if parent is None else parent.get("Id")


def keyed(key: str | None) -> etree._Element:
    """The items that carry this key of ours, or any.

    The UID cannot be searched for, which is why the key is a property of our own.
    """
    wanted = properties.field_uri(marks.KEY)
    return branch("t:Exists", wanted) if key is None else branch("t:IsEqualTo", wanted, _constant(key))


def edited_since(moment: datetime) -> etree._Element:
    """The calendar items that were changed at that moment or later, by the server's clock."""
    changed = branch(
        "t:IsGreaterThanOrEqualTo",
        element("t:FieldURI", FieldURI="item:LastModifiedTime"),
        _constant(shown_moment(moment)),
    )
    of_calendar = branch(
        "t:Contains",
        element("t:FieldURI", FieldURI="item:ItemClass"),
        element("t:Constant", Value="IPM.Appointment"),
        ContainmentMode="Prefixed",
        ContainmentComparison="IgnoreCase",
    )
    return branch("t:And", changed, of_calendar)


def _constant(value: str) -> etree._Element:
    return branch("t:FieldURIOrConstant", element("t:Constant", Value=value))


def find_request(
    folder: etree._Element, restriction: etree._Element, offset: int, *, latest_first: bool = False
) -> etree._Element:
    """FindItem for key and id of what the restriction lets through (MS-OXWSSRCH 3.1.4.2).

    ``latest_first``: in the order in which they were changed last.
    """
    order = branch(
        "t:FieldOrder", element("t:FieldURI", FieldURI="item:LastModifiedTime"), Order="Descending"
    )
    shown = branch("t:AdditionalProperties", properties.field_uri(marks.KEY))
    return branch(
        "m:FindItem",
        branch("m:ItemShape", element("t:BaseShape", "IdOnly"), shown),
        element(
            "m:IndexedPageItemView",
            MaxEntriesReturned=str(PAGE),
            Offset=str(offset),
            BasePoint="Beginning",
        ),
        branch("m:Restriction", restriction),
        *((branch("m:SortOrder", order),) if latest_first else ()),
        branch("m:ParentFolderIds", folder),
        Traversal="Shallow",
    )


def found_keys(message: Message, offset: int) -> tuple[tuple[tuple[str, str], ...], int | None]:
    """Key and id of each calendar item of a FindItem page, and where the next page begins, if any."""
    items = message.items("m:RootFolder/t:Items")
    named = (
        (properties.read_properties(Fields(one)).get(marks.KEY, ""), item_identity(one)[0])
        for one in items
        if one.tag == tag("t:CalendarItem")
    )
    root = find(message.element, "m:RootFolder")
    if root is None or root.get("IncludesLastItemInRange", "true") in ("true", "1"):
        return tuple(named), None
    told = root.get("IndexedPagingOffset") or ""
    following = int(told) if _OFFSET.fullmatch(told) else 0
    if following <= offset:
        following = offset + len(items)
    return tuple(named), following if following > offset else None


def item_identity(holder: etree._Element) -> tuple[str, str]:
    """The id and the change key of the ItemId below an element."""
    return _identity(find(holder, "t:ItemId"))


def identity(shown: Fields) -> tuple[str, str]:
    """The id and the change key of an item."""
    return _identity(shown.child("t:ItemId"))


def _identity(named: etree._Element | None) -> tuple[str, str]:
    return ("", "") if named is None else (named.get("Id") or "", named.get("ChangeKey") or "")


def sensitivity_of(shown: Fields) -> str:
    """The item's sensitivity as the server names it."""
    return shown.text("t:Sensitivity") or "Normal"


def _changed(shown: Fields) -> ChangedId:
    item_id, version = identity(shown)
    # A master's end is that of its first occurrence, which says nothing about the series.
    single = shown.text("t:CalendarItemType") == "Single"
    return ChangedId(item_id, version, _whole(shown.time("t:End")) if single else None)


def _whole(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.replace(second=0, microsecond=0)


def _acknowledged(shown: Fields, own: Mapping[str, str], organizer: str | None) -> bool:
    """R16: what the owner of the mailbox accepted or organises is acknowledged."""
    stored = own.get(marks.ACKNOWLEDGED)
    if organizer is None:
        return stored != "false"
    return shown.text("t:MyResponseType") == "Accept" or stored == "true"


def _text(shown: Fields) -> str:
    """The body; some servers give HTML whatever they were asked for."""
    body = shown.child("t:Body")
    if body is None:
        return ""
    return text_of(body.text or "") if body.get("BodyType") == "HTML" else body.text or ""


def _reminder(shown: Fields) -> int | None:
    if not shown.flag("t:ReminderIsSet"):
        return None
    minutes = shown.text("t:ReminderMinutesBeforeStart") or "0"
    if not (minutes.isascii() and minutes.isdecimal()):
        return None
    return LONGEST_REMINDER if len(minutes) > _REMINDER_DIGITS else int(minutes)


def exception_ids(shown: Fields) -> Iterator[str]:
    """The ids of a master's exceptions, whose content has to be asked for."""
    return filter(None, (item_identity(entry)[0] for entry in patterns.modified(shown)))
