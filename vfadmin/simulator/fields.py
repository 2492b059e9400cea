"""The properties of a calendar item in schema order: field URI, first schema version, and how each is written.

The order is the one Types.xsd demands of CalendarItemType; both directions use it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from vfadmin.simulator.bodies import text_from_html
from vfadmin.simulator.ical import calendar_mime
from vfadmin.simulator.item import Address, Attendee, Item
from vfadmin.simulator.mailbox import Mailbox
from vfadmin.simulator.names import esc
from vfadmin.simulator.times import duration, iso
from vfadmin.simulator.versions import SchemaVersion
from vfadmin.simulator.zones import display_name

Writer = Callable[[Item, Mailbox], str]
V2007, V2010, V2013 = SchemaVersion.EXCHANGE_2007, SchemaVersion.EXCHANGE_2010, SchemaVersion.EXCHANGE_2013
V2007_SP1, V2013_SP1, V2016 = (
    SchemaVersion.EXCHANGE_2007_SP1, SchemaVersion.EXCHANGE_2013_SP1, SchemaVersion.EXCHANGE_2016,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One property. `shapes`: in which base shapes it comes unasked ("D"efault, "A"llProperties)."""

    name: str
    uri: str
    shapes: str = "A"
    since: SchemaVersion = V2007
    write: Writer | None = None
    settable: bool = False
    deletable: bool = False
    appendable: bool = False
    until: SchemaVersion | None = None


def _text(name: str, get: Callable[[Item], str]) -> Writer:
    return lambda item, _: f"<t:{name}>{esc(value)}</t:{name}>" if (value := get(item)) else ""


def _always(name: str, get: Callable[[Item], str]) -> Writer:
    return lambda item, _: f"<t:{name}>{esc(get(item))}</t:{name}>"


def _flag(name: str, get: Callable[[Item], bool]) -> Writer:
    yes, no = f"<t:{name}>true</t:{name}>", f"<t:{name}>false</t:{name}>"
    return lambda item, _: yes if get(item) else no


def _zone(name: str, get: Callable[[Item], str]) -> Writer:
    return lambda item, _: f'<t:{name} Id="{esc(get(item))}" Name="{esc(display_name(get(item)))}"/>'


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


def _attendees(name: str, get: Callable[[Item], tuple[Attendee, ...]]) -> Writer:
    return lambda item, _: (
        f"<t:{name}>{''.join(map(_attendee, found))}</t:{name}>" if (found := get(item)) else ""
    )


def _categories(item: Item, _: Mailbox) -> str:
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


def _text_body(item: Item, _: Mailbox) -> str:
    return f'<t:TextBody BodyType="Text">{esc(text_from_html(item.body_html))}</t:TextBody>'


def _unique_body(item: Item, _: Mailbox) -> str:
    return f'<t:UniqueBody BodyType="HTML">{esc(item.body_html)}</t:UniqueBody>'


def _preview(item: Item, _: Mailbox) -> str:
    return f"<t:Preview>{esc(text_from_html(item.body_html)[:255])}</t:Preview>"


def item_id(item: Item, _: Mailbox) -> str:
    """The id with its change key."""
    return f'<t:ItemId Id="{item.id}" ChangeKey="{item.change_key}"/>'


def _parent(item: Item, mailbox: Mailbox) -> str:
    folder = mailbox.folders[item.folder_id]
    return f'<t:ParentFolderId Id="{folder.id}" ChangeKey="{folder.change_key}"/>'


def _mime(item: Item, _: Mailbox) -> str:
    return f'<t:MimeContent CharacterSet="UTF-8">{calendar_mime(item)}</t:MimeContent>'


def _size(item: Item, _: Mailbox) -> str:
    return f"<t:Size>{1200 + 2 * len(item.body_html) + 2 * len(item.subject)}</t:Size>"


def _responses(item: Item, _: Mailbox) -> str:
    if not item.is_meeting:
        return "<t:ResponseObjects><t:ForwardItem/></t:ResponseObjects>"
    if item.my_response == "Organizer":
        return "<t:ResponseObjects><t:CancelCalendarItem/><t:ForwardItem/></t:ResponseObjects>"
    return (
        "<t:ResponseObjects><t:AcceptItem/><t:TentativelyAcceptItem/><t:DeclineItem/><t:ReplyToItem/>"
        "<t:ReplyAllToItem/><t:ForwardItem/></t:ResponseObjects>"
    )


def _reminder_due(item: Item, _: Mailbox) -> str:
    return f"<t:ReminderDueBy>{iso(item.start)}</t:ReminderDueBy>" if item.reminder_set else ""


def _reminder_next(item: Item, _: Mailbox) -> str:
    due = item.start - timedelta(minutes=item.reminder_minutes)
    return f"<t:ReminderNextTime>{iso(due)}</t:ReminderNextTime>" if item.reminder_set else ""


def _display(name: str, get: Callable[[Item], tuple[Attendee, ...]]) -> Writer:
    return _text(name, lambda item: "; ".join(a.address.name or a.address.email for a in get(item)))


def _organizer(item: Item, _: Mailbox) -> str:
    return f"<t:Organizer>{_mailbox(item.organizer)}</t:Organizer>"


def _item_type(item: Item, _: Mailbox) -> str:
    return f"<t:CalendarItemType>{'RecurringMaster' if item.recurrence else 'Single'}</t:CalendarItemType>"


def _reply_time(item: Item, _: Mailbox) -> str:
    return f"<t:AppointmentReplyTime>{iso(item.replied)}</t:AppointmentReplyTime>" if item.replied else ""


def _recurrence(item: Item, _: Mailbox) -> str:
    return item.recurrence or ""


def _recurrence_id(item: Item, _: Mailbox) -> str:
    return ""


def _flag_status(item: Item, _: Mailbox) -> str:
    return "<t:Flag><t:FlagStatus>NotFlagged</t:FlagStatus></t:Flag>"


def _rights(item: Item, _: Mailbox) -> str:
    return EFFECTIVE_RIGHTS


def _enhanced_location(item: Item, _: Mailbox) -> str:
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
_EXTENDED = FieldSpec("ExtendedProperty", "", "")

FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("MimeContent", "item:MimeContent", "", write=_mime, settable=True),
    FieldSpec("ItemId", "item:ItemId", "DA", write=item_id),
    FieldSpec("ParentFolderId", "item:ParentFolderId", write=_parent),
    FieldSpec("ItemClass", "item:ItemClass", write=_always("ItemClass", lambda i: i.item_class), settable=True),
    FieldSpec("Subject", "item:Subject", "DA", write=_text("Subject", lambda i: i.subject), settable=True, deletable=True),
    FieldSpec("Sensitivity", "item:Sensitivity", write=_always("Sensitivity", lambda i: i.sensitivity), settable=True, deletable=True),
    FieldSpec("Body", "item:Body", write=body_html, settable=True, deletable=True, appendable=True),
    FieldSpec("DateTimeReceived", "item:DateTimeReceived", write=_always("DateTimeReceived", lambda i: iso(i.created))),
    FieldSpec("Size", "item:Size", write=_size),
    FieldSpec("Categories", "item:Categories", write=_categories, settable=True, deletable=True),
    FieldSpec("Importance", "item:Importance", write=_always("Importance", lambda i: i.importance), settable=True, deletable=True),
    FieldSpec("IsSubmitted", "item:IsSubmitted", write=_flag("IsSubmitted", lambda _: False)),
    FieldSpec("IsDraft", "item:IsDraft", write=_flag("IsDraft", lambda _: False)),
    FieldSpec("IsFromMe", "item:IsFromMe", write=_flag("IsFromMe", lambda _: False)),
    FieldSpec("IsResend", "item:IsResend", write=_flag("IsResend", lambda _: False)),
    FieldSpec("IsUnmodified", "item:IsUnmodified", write=_flag("IsUnmodified", lambda _: False)),
    FieldSpec("DateTimeSent", "item:DateTimeSent", write=_always("DateTimeSent", lambda i: iso(i.created))),
    FieldSpec("DateTimeCreated", "item:DateTimeCreated", write=_always("DateTimeCreated", lambda i: iso(i.created))),
    FieldSpec("ResponseObjects", "item:ResponseObjects", "DA", write=_responses),
    FieldSpec("ReminderDueBy", "item:ReminderDueBy", write=_reminder_due, settable=True, deletable=True),
    FieldSpec("ReminderIsSet", "item:ReminderIsSet", write=_flag("ReminderIsSet", lambda i: i.reminder_set), settable=True, deletable=True),
    FieldSpec("ReminderNextTime", "item:ReminderNextTime", since=SchemaVersion.V2017, write=_reminder_next),
    FieldSpec("ReminderMinutesBeforeStart", "item:ReminderMinutesBeforeStart", write=_always("ReminderMinutesBeforeStart", lambda i: str(i.reminder_minutes)), settable=True, deletable=True),
    FieldSpec("DisplayCc", "item:DisplayCc", write=_display("DisplayCc", lambda i: i.optional)),
    FieldSpec("DisplayTo", "item:DisplayTo", write=_display("DisplayTo", lambda i: i.required)),
    FieldSpec("HasAttachments", "item:HasAttachments", "DA", write=_flag("HasAttachments", lambda _: False)),
    _EXTENDED,
    FieldSpec("Culture", "item:Culture", write=_always("Culture", lambda _: "en-US"), settable=True, deletable=True),
    FieldSpec("EffectiveRights", "item:EffectiveRights", write=_rights),
    FieldSpec("LastModifiedName", "item:LastModifiedName", since=V2007_SP1, write=_always("LastModifiedName", lambda i: i.modified_by)),
    FieldSpec("LastModifiedTime", "item:LastModifiedTime", since=V2007_SP1, write=_always("LastModifiedTime", lambda i: iso(i.modified))),
    FieldSpec("IsAssociated", "item:IsAssociated", since=V2010, write=_flag("IsAssociated", lambda _: False)),
    FieldSpec("UniqueBody", "item:UniqueBody", "", since=V2010, write=_unique_body),
    FieldSpec("Flag", "item:Flag", since=V2013, write=_flag_status),
    FieldSpec("Preview", "item:Preview", "", since=V2013, write=_preview),
    FieldSpec("TextBody", "item:TextBody", "", since=V2013, write=_text_body),
    FieldSpec("UID", "calendar:UID", since=V2007_SP1, write=_always("UID", lambda i: i.uid)),
    FieldSpec("RecurrenceId", "calendar:RecurrenceId", since=V2007_SP1, write=_recurrence_id),
    FieldSpec("DateTimeStamp", "calendar:DateTimeStamp", since=V2007_SP1, write=_always("DateTimeStamp", lambda i: iso(i.stamp or i.created))),
    FieldSpec("Start", "calendar:Start", "DA", write=_always("Start", lambda i: iso(i.start)), settable=True),
    FieldSpec("End", "calendar:End", "DA", write=_always("End", lambda i: iso(i.end)), settable=True),
    FieldSpec("OriginalStart", "calendar:OriginalStart", write=_recurrence_id),
    FieldSpec("IsAllDayEvent", "calendar:IsAllDayEvent", write=_flag("IsAllDayEvent", lambda i: i.all_day), settable=True, deletable=True),
    FieldSpec("LegacyFreeBusyStatus", "calendar:LegacyFreeBusyStatus", "DA", write=_always("LegacyFreeBusyStatus", lambda i: i.show_as), settable=True, deletable=True),
    FieldSpec("Location", "calendar:Location", "DA", write=_text("Location", lambda i: i.location), settable=True, deletable=True),
    FieldSpec("When", "calendar:When", write=_recurrence_id),
    FieldSpec("IsMeeting", "calendar:IsMeeting", write=_flag("IsMeeting", lambda i: i.is_meeting)),
    FieldSpec("IsCancelled", "calendar:IsCancelled", write=_flag("IsCancelled", lambda i: i.is_cancelled)),
    FieldSpec("IsRecurring", "calendar:IsRecurring", write=_flag("IsRecurring", lambda _: False)),
    FieldSpec("MeetingRequestWasSent", "calendar:MeetingRequestWasSent", write=_flag("MeetingRequestWasSent", lambda i: i.request_sent)),
    FieldSpec("IsResponseRequested", "calendar:IsResponseRequested", write=_flag("IsResponseRequested", lambda i: i.response_requested), settable=True, deletable=True),
    FieldSpec("CalendarItemType", "calendar:CalendarItemType", "DA", write=_item_type),
    FieldSpec("MyResponseType", "calendar:MyResponseType", write=_always("MyResponseType", lambda i: i.my_response)),
    FieldSpec("Organizer", "calendar:Organizer", "DA", write=_organizer),
    FieldSpec("RequiredAttendees", "calendar:RequiredAttendees", write=_attendees("RequiredAttendees", lambda i: i.required), settable=True, deletable=True, appendable=True),
    FieldSpec("OptionalAttendees", "calendar:OptionalAttendees", write=_attendees("OptionalAttendees", lambda i: i.optional), settable=True, deletable=True, appendable=True),
    FieldSpec("Resources", "calendar:Resources", write=_attendees("Resources", lambda i: i.resources), settable=True, deletable=True, appendable=True),
    FieldSpec("Duration", "calendar:Duration", write=_always("Duration", lambda i: duration(i.end - i.start))),
    FieldSpec("TimeZone", "calendar:TimeZone", write=_always("TimeZone", lambda i: display_name(i.start_zone))),
    FieldSpec("AppointmentReplyTime", "calendar:AppointmentReplyTime", write=_reply_time),
    FieldSpec("AppointmentSequenceNumber", "calendar:AppointmentSequenceNumber", write=_always("AppointmentSequenceNumber", lambda i: str(i.sequence))),
    FieldSpec("AppointmentState", "calendar:AppointmentState", write=_always("AppointmentState", lambda i: str(i.state))),
    FieldSpec("Recurrence", "calendar:Recurrence", write=_recurrence, settable=True, deletable=True),
    FieldSpec("MeetingTimeZone", "calendar:MeetingTimeZone", settable=True, until=V2007_SP1, write=lambda i, _: f'<t:MeetingTimeZone TimeZoneName="{esc(i.start_zone)}"/>'),
    FieldSpec("StartTimeZone", "calendar:StartTimeZone", since=V2010, write=_zone("StartTimeZone", lambda i: i.start_zone), settable=True),
    FieldSpec("EndTimeZone", "calendar:EndTimeZone", since=V2010, write=_zone("EndTimeZone", lambda i: i.end_zone), settable=True),
    FieldSpec("AllowNewTimeProposal", "calendar:AllowNewTimeProposal", write=_flag("AllowNewTimeProposal", lambda i: i.allow_new_time), settable=True, deletable=True),
    FieldSpec("IsOnlineMeeting", "calendar:IsOnlineMeeting", write=_flag("IsOnlineMeeting", lambda _: False)),
    FieldSpec("EnhancedLocation", "calendar:EnhancedLocation", "", since=V2013, write=_enhanced_location),
    FieldSpec("StartTimeZoneId", "calendar:StartTimeZoneId", "", since=V2013, write=_always("StartTimeZoneId", lambda i: i.start_zone)),
    FieldSpec("EndTimeZoneId", "calendar:EndTimeZoneId", "", since=V2013, write=_always("EndTimeZoneId", lambda i: i.end_zone)),
    FieldSpec("IsOrganizer", "calendar:IsOrganizer", "", since=V2013_SP1, write=_flag("IsOrganizer", lambda i: i.my_response == "Organizer")),
)  # fmt: skip
ORDER = {spec.name: index for index, spec in enumerate(FIELDS)}
EXTENDED_INDEX = ORDER["ExtendedProperty"]
BY_URI = {spec.uri: spec for spec in FIELDS if spec.uri}
# Known to the schema, never filled for a calendar item here: asking is right and answers nothing.
SILENT_URIS = frozenset(
    "item:Attachments item:InReplyTo item:InternetMessageHeaders item:DisplayBcc item:ConversationId"
    " item:StoreEntryId item:InstanceKey item:NormalizedBody item:EntityExtractionResult item:PolicyTag item:ArchiveTag"
    " item:RetentionDate item:PredictedActionReasons item:IsClutter item:RightsManagementLicenseData item:BlockStatus"
    " item:HasBlockedImages item:WebClientReadFormQueryString item:WebClientEditFormQueryString item:IconIndex"
    " item:Mentions item:MentionedMe item:Hashtags item:AppliedHashtags item:Likes item:LikesPreview item:CanDelete"
    " item:InferenceClassification item:MentionsPreview item:FirstBody item:ReminderNextTime"
    " calendar:StartWallClock calendar:EndWallClock calendar:ConflictingMeetingCount"
    " calendar:AdjacentMeetingCount calendar:ConflictingMeetings calendar:AdjacentMeetings calendar:InboxReminders"
    " calendar:FirstOccurrence calendar:LastOccurrence calendar:ModifiedOccurrences calendar:DeletedOccurrences"
    " calendar:ConferenceType calendar:MeetingWorkspaceUrl calendar:NetShowUrl calendar:JoinOnlineMeetingUrl"
    " calendar:OnlineMeetingSettings calendar:CalendarActivityData calendar:DoNotForwardMeeting".split()
)
