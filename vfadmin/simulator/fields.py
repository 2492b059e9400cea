"""The properties of a calendar item in schema order: field URI, first schema version, and what may be done.

The order is the one Types.xsd demands of CalendarItemType; both directions use it.
"""

from __future__ import annotations

from dataclasses import dataclass

from vfadmin.simulator import meeting_zone
from vfadmin.simulator import writers as w
from vfadmin.simulator.names import words
from vfadmin.simulator.times import duration, iso
from vfadmin.simulator.versions import SchemaVersion
from vfadmin.simulator.zones import display_name, zone_id

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
    write: w.Writer | None = None
    settable: bool = False
    deletable: bool = False
    appendable: bool = False
    until: SchemaVersion | None = None


_EXTENDED = FieldSpec("ExtendedProperty", "", "")

FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("MimeContent", "item:MimeContent", "", write=w.mime, settable=True),
    FieldSpec("ItemId", "item:ItemId", "DA", write=w.item_id),
    FieldSpec("ParentFolderId", "item:ParentFolderId", write=w.parent),
    FieldSpec(
        "ItemClass", "item:ItemClass", write=w.always("ItemClass", lambda i: i.item_class), settable=True
    ),
    FieldSpec(
        "Subject",
        "item:Subject",
        "DA",
        write=w.text("Subject", lambda i: i.subject),
        settable=True,
        deletable=True,
    ),
    FieldSpec(
        "Sensitivity",
        "item:Sensitivity",
        write=w.always("Sensitivity", lambda i: i.sensitivity),
        settable=True,
        deletable=True,
    ),
    FieldSpec("Body", "item:Body", write=w.body_html, settable=True, deletable=True, appendable=True),
    FieldSpec(
        "DateTimeReceived",
        "item:DateTimeReceived",
        write=w.always("DateTimeReceived", lambda i: iso(i.created)),
    ),
    FieldSpec("Size", "item:Size", write=w.size),
    FieldSpec("Categories", "item:Categories", write=w.categories, settable=True, deletable=True),
    FieldSpec(
        "Importance",
        "item:Importance",
        write=w.always("Importance", lambda i: i.importance),
        settable=True,
        deletable=True,
    ),
    FieldSpec("IsSubmitted", "item:IsSubmitted", write=w.flag("IsSubmitted", lambda _: False)),
    FieldSpec("IsDraft", "item:IsDraft", write=w.flag("IsDraft", lambda _: False)),
    FieldSpec("IsFromMe", "item:IsFromMe", write=w.flag("IsFromMe", lambda _: False)),
    FieldSpec("IsResend", "item:IsResend", write=w.flag("IsResend", lambda _: False)),
    FieldSpec("IsUnmodified", "item:IsUnmodified", write=w.flag("IsUnmodified", lambda _: False)),
    FieldSpec("DateTimeSent", "item:DateTimeSent", write=w.always("DateTimeSent", lambda i: iso(i.created))),
    FieldSpec(
        "DateTimeCreated", "item:DateTimeCreated", write=w.always("DateTimeCreated", lambda i: iso(i.created))
    ),
    FieldSpec("ResponseObjects", "item:ResponseObjects", "DA", write=w.responses),
    FieldSpec("ReminderDueBy", "item:ReminderDueBy", write=w.reminder_due, settable=True, deletable=True),
    FieldSpec(
        "ReminderIsSet",
        "item:ReminderIsSet",
        write=w.flag("ReminderIsSet", lambda i: i.reminder_set),
        settable=True,
        deletable=True,
    ),
    FieldSpec("ReminderNextTime", "item:ReminderNextTime", since=SchemaVersion.V2017, write=w.reminder_next),
    FieldSpec(
        "ReminderMinutesBeforeStart",
        "item:ReminderMinutesBeforeStart",
        write=w.always("ReminderMinutesBeforeStart", lambda i: str(i.reminder_minutes)),
        settable=True,
        deletable=True,
    ),
    FieldSpec("DisplayCc", "item:DisplayCc", write=w.display("DisplayCc", lambda i: i.optional)),
    FieldSpec("DisplayTo", "item:DisplayTo", write=w.display("DisplayTo", lambda i: i.required)),
    FieldSpec("HasAttachments", "item:HasAttachments", "DA", write=w.flag("HasAttachments", lambda _: False)),
    _EXTENDED,
    FieldSpec(
        "Culture", "item:Culture", write=w.always("Culture", lambda _: "en-US"), settable=True, deletable=True
    ),
    FieldSpec("EffectiveRights", "item:EffectiveRights", write=w.rights),
    FieldSpec(
        "LastModifiedName",
        "item:LastModifiedName",
        since=V2007_SP1,
        write=w.always("LastModifiedName", lambda i: i.modified_by),
    ),
    FieldSpec(
        "LastModifiedTime",
        "item:LastModifiedTime",
        since=V2007_SP1,
        write=w.always("LastModifiedTime", lambda i: iso(i.modified)),
    ),
    FieldSpec(
        "IsAssociated", "item:IsAssociated", since=V2010, write=w.flag("IsAssociated", lambda _: False)
    ),
    FieldSpec("UniqueBody", "item:UniqueBody", "", since=V2010, write=w.unique_body),
    FieldSpec("Flag", "item:Flag", since=V2013, write=w.flag_status),
    FieldSpec("Preview", "item:Preview", "", since=V2013, write=w.preview),
    FieldSpec("TextBody", "item:TextBody", "", since=V2013, write=w.text_body),
    FieldSpec("UID", "calendar:UID", since=V2007_SP1, write=w.always("UID", lambda i: i.uid)),
    FieldSpec(
        "RecurrenceId", "calendar:RecurrenceId", since=V2007_SP1, write=w.original_start("RecurrenceId")
    ),
    FieldSpec(
        "DateTimeStamp",
        "calendar:DateTimeStamp",
        since=V2007_SP1,
        write=w.always("DateTimeStamp", lambda i: iso(i.stamp or i.created)),
    ),
    FieldSpec(
        "Start", "calendar:Start", "DA", write=w.always("Start", lambda i: iso(i.start)), settable=True
    ),
    FieldSpec("End", "calendar:End", "DA", write=w.always("End", lambda i: iso(i.end)), settable=True),
    FieldSpec("OriginalStart", "calendar:OriginalStart", write=w.original_start("OriginalStart")),
    FieldSpec(
        "IsAllDayEvent",
        "calendar:IsAllDayEvent",
        write=w.flag("IsAllDayEvent", lambda i: i.all_day),
        settable=True,
        deletable=True,
    ),
    FieldSpec(
        "LegacyFreeBusyStatus",
        "calendar:LegacyFreeBusyStatus",
        "DA",
        write=w.always("LegacyFreeBusyStatus", lambda i: i.show_as),
        settable=True,
        deletable=True,
    ),
    FieldSpec(
        "Location",
        "calendar:Location",
        "DA",
        write=w.text("Location", lambda i: i.location),
        settable=True,
        deletable=True,
    ),
    FieldSpec("When", "calendar:When", write=w.nothing),
    FieldSpec("IsMeeting", "calendar:IsMeeting", write=w.flag("IsMeeting", lambda i: i.is_meeting)),
    FieldSpec("IsCancelled", "calendar:IsCancelled", write=w.flag("IsCancelled", lambda i: i.is_cancelled)),
    # Its reference: a master says so to those invited, and falsely not to the organiser.
    FieldSpec(
        "IsRecurring",
        "calendar:IsRecurring",
        write=w.flag(
            "IsRecurring",
            lambda i: i.slot is not None or (i.recurrence is not None and i.my_response != "Organizer"),
        ),
    ),
    FieldSpec(
        "MeetingRequestWasSent",
        "calendar:MeetingRequestWasSent",
        write=w.flag("MeetingRequestWasSent", lambda i: i.request_sent),
    ),
    FieldSpec(
        "IsResponseRequested",
        "calendar:IsResponseRequested",
        write=w.flag("IsResponseRequested", lambda i: i.response_requested),
        settable=True,
        deletable=True,
    ),
    FieldSpec("CalendarItemType", "calendar:CalendarItemType", "DA", write=w.item_type),
    FieldSpec(
        "MyResponseType", "calendar:MyResponseType", write=w.always("MyResponseType", lambda i: i.my_response)
    ),
    FieldSpec("Organizer", "calendar:Organizer", "DA", write=w.organizer),
    FieldSpec(
        "RequiredAttendees",
        "calendar:RequiredAttendees",
        write=w.attendees("RequiredAttendees", lambda i: i.required),
        settable=True,
        deletable=True,
        appendable=True,
    ),
    FieldSpec(
        "OptionalAttendees",
        "calendar:OptionalAttendees",
        write=w.attendees("OptionalAttendees", lambda i: i.optional),
        settable=True,
        deletable=True,
        appendable=True,
    ),
    FieldSpec(
        "Resources",
        "calendar:Resources",
        write=w.attendees("Resources", lambda i: i.resources),
        settable=True,
        deletable=True,
        appendable=True,
    ),
    FieldSpec(
        "Duration", "calendar:Duration", write=w.always("Duration", lambda i: duration(i.end - i.start))
    ),
    FieldSpec(
        "TimeZone", "calendar:TimeZone", write=w.always("TimeZone", lambda i: display_name(i.start_zone))
    ),
    FieldSpec("AppointmentReplyTime", "calendar:AppointmentReplyTime", write=w.reply_time),
    FieldSpec(
        "AppointmentSequenceNumber",
        "calendar:AppointmentSequenceNumber",
        write=w.always("AppointmentSequenceNumber", lambda i: str(i.sequence)),
    ),
    FieldSpec(
        "AppointmentState",
        "calendar:AppointmentState",
        write=w.always("AppointmentState", lambda i: str(i.state)),
    ),
    FieldSpec("Recurrence", "calendar:Recurrence", write=w.recurrence(), settable=True, deletable=True),
    FieldSpec("FirstOccurrence", "calendar:FirstOccurrence", write=w.first_occurrence),
    FieldSpec("LastOccurrence", "calendar:LastOccurrence", write=w.last_occurrence),
    FieldSpec("ModifiedOccurrences", "calendar:ModifiedOccurrences", write=w.modified_occurrences),
    FieldSpec("DeletedOccurrences", "calendar:DeletedOccurrences", write=w.deleted_occurrences),
    FieldSpec(
        "MeetingTimeZone",
        "calendar:MeetingTimeZone",
        settable=True,
        until=V2007_SP1,
        write=lambda i, _: meeting_zone.write(i.start_zone),
    ),
    FieldSpec(
        "StartTimeZone",
        "calendar:StartTimeZone",
        since=V2010,
        write=w.zone("StartTimeZone", lambda i: i.start_zone),
        settable=True,
    ),
    FieldSpec(
        "EndTimeZone",
        "calendar:EndTimeZone",
        since=V2010,
        write=w.zone("EndTimeZone", lambda i: i.end_zone),
        settable=True,
    ),
    FieldSpec(
        "AllowNewTimeProposal",
        "calendar:AllowNewTimeProposal",
        write=w.flag("AllowNewTimeProposal", lambda i: i.allow_new_time),
        settable=True,
        deletable=True,
    ),
    FieldSpec(
        "IsOnlineMeeting", "calendar:IsOnlineMeeting", write=w.flag("IsOnlineMeeting", lambda _: False)
    ),
    FieldSpec("EnhancedLocation", "calendar:EnhancedLocation", "", since=V2013, write=w.enhanced_location),
    FieldSpec(
        "StartTimeZoneId",
        "calendar:StartTimeZoneId",
        "",
        since=V2013,
        write=w.always("StartTimeZoneId", lambda i: zone_id(i.start_zone)),
    ),
    FieldSpec(
        "EndTimeZoneId",
        "calendar:EndTimeZoneId",
        "",
        since=V2013,
        write=w.always("EndTimeZoneId", lambda i: zone_id(i.end_zone)),
    ),
    FieldSpec(
        "IsOrganizer",
        "calendar:IsOrganizer",
        "",
        since=V2013_SP1,
        write=w.flag("IsOrganizer", lambda i: i.my_response == "Organizer"),
    ),
)
ORDER = {spec.name: index for index, spec in enumerate(FIELDS)}
EXTENDED_INDEX = ORDER["ExtendedProperty"]
BY_URI = {spec.uri: spec for spec in FIELDS if spec.uri}
# Known to the schema, never filled for a calendar item here: asking is right and answers nothing.
SILENT_URIS = frozenset(
    words(
        """
    item:Attachments item:InReplyTo item:InternetMessageHeaders item:DisplayBcc item:ConversationId
    item:StoreEntryId item:InstanceKey item:NormalizedBody item:EntityExtractionResult item:PolicyTag
    item:ArchiveTag item:RetentionDate item:PredictedActionReasons item:IsClutter
    item:RightsManagementLicenseData item:BlockStatus item:HasBlockedImages
    item:WebClientReadFormQueryString item:WebClientEditFormQueryString item:IconIndex item:Mentions
    item:MentionedMe item:Hashtags item:AppliedHashtags item:Likes item:LikesPreview item:CanDelete
    item:InferenceClassification item:MentionsPreview item:FirstBody item:ReminderNextTime
    calendar:StartWallClock calendar:EndWallClock calendar:ConflictingMeetingCount
    calendar:AdjacentMeetingCount calendar:ConflictingMeetings calendar:AdjacentMeetings
    calendar:InboxReminders calendar:ConferenceType calendar:MeetingWorkspaceUrl calendar:NetShowUrl
    calendar:JoinOnlineMeetingUrl calendar:OnlineMeetingSettings calendar:CalendarActivityData
    calendar:DoNotForwardMeeting
    """
    )
)
