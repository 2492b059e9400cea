"""What EWS shows of a calendar, as canonical events.

Items are read from their elements, without exchangelib's models: those cost twenty times as much
as parsing, warn about zones they do not know, and hide what an item lacks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
    readable,
)
from vfadmin.calendars.ews import attendees, item_zone, patterns, properties
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
NONE: Mapping[str, etree._Element] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Reader:
    """How to read the items of one mailbox."""

    mailbox: str
    home_zone: str
    people: Callable[[], People] = lambda: NOBODY

    def item(self, shown: etree._Element, occurrences: Mapping[str, etree._Element] = NONE) -> Item:
        """The CalendarItem element as an Item; ``occurrences`` are a master's exceptions by id."""
        own = properties.read_properties(shown)
        item_id, version = item_identity(shown)
        event = self._event(shown, own)
        organizer = attendees.organizer(shown, self.mailbox)
        if organizer is None and (entries := attendees.invited(shown)):
            linked = attendees.participants(entries, self.people(), self.mailbox)
            event = replace(event, participants=linked)
        uid = marks.uid_of(text_at(shown, "t:UID"), own)
        unsupported = None
        if (text_at(shown, "t:CalendarItemType") or "Single") != "Single":
            recurrence = self._recurrence(shown, event, occurrences)
            event = canonical(replace(event, recurrence=recurrence))
            if recurrence is None or not readable(event):
                unsupported = (
                    RECURRENCE if event.when.all_day or item_zone.name(shown, self.home_zone) else ZONE
                )
        return Item(
            id=item_id,
            version=version,
            event=event,
            key=own.get(marks.KEY) or None,
            stamp=own.get(marks.STAMP) or None,
            uid=uid,
            created=read_moment(own.get(marks.CREATED)) or time_at(shown, "t:DateTimeCreated"),
            modified=marks.modified_at_origin(own, time_at(shown, "t:LastModifiedTime")),
            unsupported=unsupported,
            unfinished=marks.is_unfinished(own),
            organizer=organizer,
            sequence=None if organizer is None else attendees.sequence(shown),
            without=RECEIVED if organizer is not None else frozenset(),
            brought=organizer is None and properties.is_brought(own, uid),
        )

    def _recurrence(
        self, shown: etree._Element, event: Event, occurrences: Mapping[str, etree._Element]
    ) -> Recurrence | None:
        """The recurrence of a master; None where it is none, or its rule cannot be read."""
        recurrence, when = find(shown, "t:Recurrence"), event.when
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
                own = self._event(changed, {})
                exceptions.append(override_of(self._day(entry, "t:OriginalStart", shown, when), own))
        deleted = [self._day(entry, "t:Start", shown, when) for entry in patterns.deleted(shown)]
        return Recurrence(text, tuple(exceptions), tuple(deleted))

    def _day(self, entry: etree._Element, path: str, shown: etree._Element, when: When) -> date:
        """The day of the series that an occurrence is of."""
        moment = time_at(entry, path)
        if moment is None:
            raise ValueError(path)
        if when.all_day:
            return item_zone.days(shown, moment, moment, self.home_zone)[0]
        return day_of(moment, when)

    def _event(self, shown: etree._Element, own: dict[str, str]) -> Event:
        return canonical(
            Event(
                title=text_at(shown, "t:Subject") or "",
                when=self._when(shown),
                location=text_at(shown, "t:Location") or "",
                text=_text(shown),
                private=text_at(shown, "t:Sensitivity") in _PRIVATE,
                show_as=SHOW_AS.get(text_at(shown, "t:LegacyFreeBusyStatus") or "", ShowAs.BUSY),
                reminder_minutes=_reminder(shown),
                acknowledged=self._acknowledged(shown, own),
            )
        )

    def _when(self, shown: etree._Element) -> When:
        start, end = time_at(shown, "t:Start"), time_at(shown, "t:End")
        if start is None or end is None:
            # Any time made up here would move the event on the other side.
            raise ValueError("an event without its times")
        if flag_at(shown, "t:IsAllDayEvent"):
            return all_day(*item_zone.days(shown, start, end, self.home_zone))
        return When(start, end, zone=item_zone.name(shown, self.home_zone) or "UTC")

    def _acknowledged(self, shown: etree._Element, own: dict[str, str]) -> bool:
        """R16: what the owner of the mailbox accepted or organises is acknowledged."""
        stored = own.get(marks.ACKNOWLEDGED)
        if attendees.organizer(shown, self.mailbox) is not None:
            return text_at(shown, "t:MyResponseType") == "Accept" or stored == "true"
        return stored != "false"


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
            one = _changed(shown)
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
    own = (properties.field_uri(name) for name in marks.NAMES)
    shape = branch(
        "m:ItemShape",
        element("t:BaseShape", "IdOnly"),
        element("t:BodyType", "Text"),
        branch("t:AdditionalProperties", *_uris(_FIELDS), *own),
    )
    return branch("m:GetItem", shape, branch("m:ItemIds", *(element("t:ItemId", Id=one) for one in ids)))


def parent_request(ids: Iterable[str]) -> etree._Element:
    """GetItem with nothing but the folder an item lies in."""
    shape = branch(
        "m:ItemShape",
        element("t:BaseShape", "IdOnly"),
        branch("t:AdditionalProperties", element("t:FieldURI", FieldURI="item:ParentFolderId")),
    )
    return branch("m:GetItem", shape, branch("m:ItemIds", *(element("t:ItemId", Id=one) for one in ids)))


def parent_of(shown: etree._Element) -> str | None:
    """The id of that folder."""
    parent = find(shown, "t:ParentFolderId")
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
        (properties.read_properties(one).get(marks.KEY, ""), item_identity(one)[0])
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
    found = find(holder, "t:ItemId")
    if found is None:
        return "", ""
    return found.get("Id") or "", found.get("ChangeKey") or ""


def sensitivity_of(shown: etree._Element) -> str:
    """The item's sensitivity as the server names it."""
    return text_at(shown, "t:Sensitivity") or "Normal"


def _uris(names: Iterable[str]) -> Iterable[etree._Element]:
    return (element("t:FieldURI", FieldURI=name) for name in names)


def _changed(shown: etree._Element) -> ChangedId:
    item_id, version = item_identity(shown)
    # A master's end is that of its first occurrence, which says nothing about the series.
    single = text_at(shown, "t:CalendarItemType") == "Single"
    return ChangedId(item_id, version, _whole(time_at(shown, "t:End")) if single else None)


def _whole(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.replace(second=0, microsecond=0)


def _text(shown: etree._Element) -> str:
    """The body; some servers give HTML whatever they were asked for."""
    body = find(shown, "t:Body")
    if body is None:
        return ""
    return text_of(body.text or "") if body.get("BodyType") == "HTML" else body.text or ""


def _reminder(shown: etree._Element) -> int | None:
    minutes = text_at(shown, "t:ReminderMinutesBeforeStart") or "0"
    if not flag_at(shown, "t:ReminderIsSet") or not (minutes.isascii() and minutes.isdecimal()):
        return None
    return LONGEST_REMINDER if len(minutes) > _REMINDER_DIGITS else int(minutes)


def exception_ids(shown: etree._Element) -> Iterator[str]:
    """The ids of a master's exceptions, whose content has to be asked for."""
    return filter(None, (item_identity(entry)[0] for entry in patterns.modified(shown)))
