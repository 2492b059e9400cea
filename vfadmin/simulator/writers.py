"""How each property of a calendar item is written as XML."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from vfadmin.simulator import series
from vfadmin.simulator.bodies import text_from_html
from vfadmin.simulator.ical import calendar_mime
from vfadmin.simulator.item import Address, Attendee, Item
from vfadmin.simulator.mailbox import Mailbox
from vfadmin.simulator.names import esc
from vfadmin.simulator.patterns import write_recurrence
from vfadmin.simulator.times import iso
from vfadmin.simulator.zone_elements import write_zone
from vfadmin.simulator.zones import Zone

Writer = Callable[[Item, Mailbox], str]


def text(name: str, get: Callable[[Item], str]) -> Writer:
    """A text that is left out where it is empty."""
    return lambda item, _: f"<t:{name}>{esc(value)}</t:{name}>" if (value := get(item)) else ""


def always(name: str, get: Callable[[Item], str]) -> Writer:
    """A text that is there in any case."""
    return lambda item, _: f"<t:{name}>{esc(get(item))}</t:{name}>"


def flag(name: str, get: Callable[[Item], bool]) -> Writer:
    """A Boolean."""
    yes, no = f"<t:{name}>true</t:{name}>", f"<t:{name}>false</t:{name}>"
    return lambda item, _: yes if get(item) else no


def zone(name: str, get: Callable[[Item], Zone]) -> Writer:
    """A time zone by id and name; one that a client defined itself with its rules."""
    return lambda item, _: write_zone(name, get(item))


def _mailbox(address: Address) -> str:
    email = f"<t:EmailAddress>{esc(address.email)}</t:EmailAddress>" if address.email else ""
    return (
        f"<t:Mailbox><t:Name>{esc(address.name or address.email)}</t:Name>{email}"
        "<t:RoutingType>SMTP</t:RoutingType></t:Mailbox>"
    )


def _attendee(attendee: Attendee) -> str:
    answered = (
        f"<t:LastResponseTime>{iso(attendee.responded)}</t:LastResponseTime>" if attendee.responded else ""
    )
    return (
        f"<t:Attendee>{_mailbox(attendee.address)}"
        f"<t:ResponseType>{attendee.response}</t:ResponseType>{answered}</t:Attendee>"
    )


def attendees(name: str, get: Callable[[Item], tuple[Attendee, ...]]) -> Writer:
    """A list of people, left out where it is empty."""
    return lambda item, _: (
        f"<t:{name}>{''.join(map(_attendee, found))}</t:{name}>" if (found := get(item)) else ""
    )


def categories(item: Item, _: Mailbox) -> str:
    """The categories, left out where there are none."""
    if not item.categories:
        return ""
    return (
        f"<t:Categories>{''.join(f'<t:String>{esc(c)}</t:String>' for c in item.categories)}</t:Categories>"
    )


def body_html(item: Item, _: Mailbox) -> str:
    """The body as it is kept."""
    return f'<t:Body BodyType="HTML">{esc(item.body_html)}</t:Body>'


def body_text(item: Item, _: Mailbox) -> str:
    """The body's text view under the name `Body`."""
    return f'<t:Body BodyType="Text">{esc(text_from_html(item.body_html))}</t:Body>'


def text_body(item: Item, _: Mailbox) -> str:
    """The body's text view under its own name."""
    return f'<t:TextBody BodyType="Text">{esc(text_from_html(item.body_html))}</t:TextBody>'


def unique_body(item: Item, _: Mailbox) -> str:
    """The part of the body that is new: all of it, as nothing is quoted."""
    return f'<t:UniqueBody BodyType="HTML">{esc(item.body_html)}</t:UniqueBody>'


def preview(item: Item, _: Mailbox) -> str:
    """The first characters of the text view."""
    return f"<t:Preview>{esc(text_from_html(item.body_html)[:255])}</t:Preview>"


def item_id(item: Item, _: Mailbox) -> str:
    """The id with its change key."""
    return f'<t:ItemId Id="{item.id}" ChangeKey="{item.change_key}"/>'


def parent(item: Item, mailbox: Mailbox) -> str:
    """The folder it is in."""
    folder = mailbox.folders[item.folder_id]
    return f'<t:ParentFolderId Id="{folder.id}" ChangeKey="{folder.change_key}"/>'


def mime(item: Item, _: Mailbox) -> str:
    """The item as iCalendar."""
    return f'<t:MimeContent CharacterSet="UTF-8">{calendar_mime(item)}</t:MimeContent>'


def size(item: Item, _: Mailbox) -> str:
    """About how much room it takes, in bytes."""
    return f"<t:Size>{1200 + 2 * len(item.body_html) + 2 * len(item.subject)}</t:Size>"


def responses(item: Item, _: Mailbox) -> str:
    """What the owner may answer with."""
    if not item.is_meeting:
        return "<t:ResponseObjects><t:ForwardItem/></t:ResponseObjects>"
    if item.my_response == "Organizer":
        return "<t:ResponseObjects><t:CancelCalendarItem/><t:ForwardItem/></t:ResponseObjects>"
    return (
        "<t:ResponseObjects><t:AcceptItem/><t:TentativelyAcceptItem/><t:DeclineItem/><t:ReplyToItem/>"
        "<t:ReplyAllToItem/><t:ForwardItem/></t:ResponseObjects>"
    )


def reminder_due(item: Item, _: Mailbox) -> str:
    """When the reminder is for."""
    return f"<t:ReminderDueBy>{iso(item.start)}</t:ReminderDueBy>" if item.reminder_set else ""


def reminder_next(item: Item, _: Mailbox) -> str:
    """When the reminder comes up."""
    due = item.start - timedelta(minutes=item.reminder_minutes)
    return f"<t:ReminderNextTime>{iso(due)}</t:ReminderNextTime>" if item.reminder_set else ""


def display(name: str, get: Callable[[Item], tuple[Attendee, ...]]) -> Writer:
    """Names in one line."""
    return text(name, lambda item: "; ".join(a.address.name or a.address.email for a in get(item)))


def organizer(item: Item, _: Mailbox) -> str:
    """Who called the meeting."""
    return f"<t:Organizer>{_mailbox(item.organizer)}</t:Organizer>"


def item_type(item: Item, _: Mailbox) -> str:
    """Single, or what it is in a series."""
    return f"<t:CalendarItemType>{item.type}</t:CalendarItemType>"


def reply_time(item: Item, _: Mailbox) -> str:
    """When the owner answered."""
    return f"<t:AppointmentReplyTime>{iso(item.replied)}</t:AppointmentReplyTime>" if item.replied else ""


def recurrence(*, first_day: bool = True) -> Writer:
    """The rule of a series; `first_day`: whether the schema has FirstDayOfWeek."""
    return lambda item, _: (
        write_recurrence(item.recurrence, series.clock(item), first_day=first_day) if item.recurrence else ""
    )


def original_start(name: str) -> Writer:
    """The start that the rule gives an occurrence."""
    return lambda item, _: f"<t:{name}>{iso(item.slot.start)}</t:{name}>" if item.slot else ""


def first_occurrence(item: Item, mailbox: Mailbox) -> str:
    """A series' first occurrence that is not deleted."""
    return _occurrence("FirstOccurrence", series.first_and_last(item)[0], mailbox)


def last_occurrence(item: Item, mailbox: Mailbox) -> str:
    """A series' last occurrence that is not deleted, where it ends at all."""
    return _occurrence("LastOccurrence", series.first_and_last(item)[1], mailbox)


def modified_occurrences(item: Item, mailbox: Mailbox) -> str:
    """A series' exceptions, left out where there are none."""
    inner = "".join(_occurrence("Occurrence", one, mailbox) for one in series.exceptions(item))
    return f"<t:ModifiedOccurrences>{inner}</t:ModifiedOccurrences>" if inner else ""


def deleted_occurrences(item: Item, _: Mailbox) -> str:
    """The starts of a series' deleted occurrences, left out where there are none."""
    inner = "".join(
        f"<t:DeletedOccurrence><t:Start>{iso(start)}</t:Start></t:DeletedOccurrence>"
        for start in series.deletions(item)
    )
    return f"<t:DeletedOccurrences>{inner}</t:DeletedOccurrences>" if inner else ""


def _occurrence(name: str, item: Item | None, mailbox: Mailbox) -> str:
    if item is None or item.slot is None:
        return ""
    return (
        f"<t:{name}>{item_id(item, mailbox)}<t:Start>{iso(item.start)}</t:Start>"
        f"<t:End>{iso(item.end)}</t:End><t:OriginalStart>{iso(item.slot.start)}</t:OriginalStart></t:{name}>"
    )


def nothing(*_: object) -> str:
    """A property that is never filled."""
    return ""


def flag_status(*_: object) -> str:
    """The follow-up flag."""
    return "<t:Flag><t:FlagStatus>NotFlagged</t:FlagStatus></t:Flag>"


def rights(*_: object) -> str:
    """What the caller may do."""
    return EFFECTIVE_RIGHTS


def enhanced_location(item: Item, _: Mailbox) -> str:
    """The location as a place."""
    if not item.location:
        return ""
    return (
        f"<t:EnhancedLocation><t:DisplayName>{esc(item.location)}</t:DisplayName>"
        "<t:Annotation/><t:PostalAddress/></t:EnhancedLocation>"
    )


EFFECTIVE_RIGHTS = (
    "<t:EffectiveRights><t:CreateAssociated>false</t:CreateAssociated><t:CreateContents>true</t:CreateContents>"
    "<t:CreateHierarchy>true</t:CreateHierarchy><t:Delete>true</t:Delete><t:Modify>true</t:Modify>"
    "<t:Read>true</t:Read></t:EffectiveRights>"
)
