"""Reading calendar items out of requests, element by element (Types.xsd, CalendarItemType)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from lxml import etree

from vfadmin.simulator import bodies, extended, meeting_zone, patterns, zones
from vfadmin.simulator.errors import ExchangeError, schema_violation
from vfadmin.simulator.item import (
    LOCATION_LIMIT,
    SUBJECT_LIMIT,
    Address,
    Attendee,
    ExtendedKey,
    ExtendedValue,
)
from vfadmin.simulator.names import T, local, words
from vfadmin.simulator.times import parse_time
from vfadmin.simulator.versions import SchemaVersion
from vfadmin.simulator.zone_elements import read_zone
from vfadmin.simulator.zones import Zone

ITEM_ORDER = words(
    """
    MimeContent ItemId ParentFolderId ItemClass Subject Sensitivity Body Attachments DateTimeReceived
    Size Categories Importance InReplyTo IsSubmitted IsDraft IsFromMe IsResend IsUnmodified
    InternetMessageHeaders DateTimeSent DateTimeCreated ResponseObjects ReminderDueBy ReminderIsSet
    ReminderNextTime ReminderMinutesBeforeStart DisplayCc DisplayTo DisplayBcc HasAttachments
    ExtendedProperty Culture EffectiveRights LastModifiedName LastModifiedTime IsAssociated
    WebClientReadFormQueryString WebClientEditFormQueryString ConversationId UniqueBody Flag
    StoreEntryId InstanceKey NormalizedBody EntityExtractionResult PolicyTag ArchiveTag RetentionDate
    Preview RightsManagementLicenseData PredictedActionReasons IsClutter BlockStatus HasBlockedImages
    TextBody IconIndex
    """
)
CALENDAR_ORDER = words(
    """
    UID RecurrenceId DateTimeStamp Start End OriginalStart IsAllDayEvent LegacyFreeBusyStatus Location
    When IsMeeting IsCancelled IsRecurring MeetingRequestWasSent IsResponseRequested CalendarItemType
    MyResponseType Organizer RequiredAttendees OptionalAttendees Resources InboxReminders
    ConflictingMeetingCount AdjacentMeetingCount ConflictingMeetings AdjacentMeetings Duration TimeZone
    AppointmentReplyTime AppointmentSequenceNumber AppointmentState Recurrence FirstOccurrence
    LastOccurrence ModifiedOccurrences DeletedOccurrences MeetingTimeZone StartTimeZone EndTimeZone
    ConferenceType AllowNewTimeProposal IsOnlineMeeting MeetingWorkspaceUrl NetShowUrl EnhancedLocation
    StartWallClock EndWallClock StartTimeZoneId EndTimeZoneId IntendedFreeBusyStatus
    JoinOnlineMeetingUrl OnlineMeetingSettings IsOrganizer CalendarActivityData DoNotForwardMeeting
    """
)
_ENUMERATIONS = {
    "Sensitivity": ("Normal", "Personal", "Private", "Confidential"),
    "Importance": ("Low", "Normal", "High"),
    "LegacyFreeBusyStatus": ("Free", "Tentative", "Busy", "OOF", "WorkingElsewhere", "NoData"),
}
_ATTRIBUTE = {"Sensitivity": "sensitivity", "Importance": "importance", "LegacyFreeBusyStatus": "show_as"}
_FLAGS = {
    "IsAllDayEvent": "all_day",
    "ReminderIsSet": "reminder_set",
    "IsResponseRequested": "response_requested",
    "AllowNewTimeProposal": "allow_new_time",
}
_GROUPS = {"RequiredAttendees": "required", "OptionalAttendees": "optional", "Resources": "resources"}
# Accepted and kept nowhere: nothing of them shows in a calendar.
_IGNORED = frozenset(
    words(
        """
    Culture ReminderDueBy ReminderNextTime ConferenceType IsOnlineMeeting MeetingWorkspaceUrl NetShowUrl
    InReplyTo Flag InternetMessageHeaders EnhancedLocation IsDraft DoNotForwardMeeting
    """
    )
)
_MAX_REMINDER = 2_629_800
Changes = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the request says besides the item: its schema version and its time zone context."""

    version: SchemaVersion
    zone: Zone | None = None

    @property
    def clock(self) -> tzinfo:
        """What a time without an offset is read by."""
        return UTC if self.zone is None else zones.zone_info(self.zone) or UTC


def is_ignored(name: str) -> bool:
    """Whether a property is taken and kept nowhere."""
    return name in _IGNORED


def read_field(element: etree._Element, reading: Reading) -> dict[str, object]:
    """The item attributes that one element sets; ErrorInvalidPropertySet where a client may not."""
    name = local(element.tag)
    reader = _READERS.get(name)
    if reader is not None:
        return reader(element, reading)
    if name in _IGNORED:
        return {}
    raise ExchangeError("ErrorInvalidPropertySet", values={"InvalidProperty": name})


def _string(element: etree._Element) -> str:
    return bodies.legal(element.text or "")


def _subject(element: etree._Element, _: Reading) -> dict[str, object]:
    text = " ".join(_string(element).splitlines())
    if len(text.encode("utf-16-le")) // 2 > SUBJECT_LIMIT:
        raise ExchangeError(
            "ErrorItemSavePropertyError", f"Subject is longer than {SUBJECT_LIMIT} characters."
        )
    return {"subject": text}


def _location(element: etree._Element, _: Reading) -> dict[str, object]:
    text = " ".join(_string(element).splitlines())
    if len(text.encode("utf-16-le")) // 2 > LOCATION_LIMIT:
        raise ExchangeError(
            "ErrorItemSavePropertyError", f"Location is longer than {LOCATION_LIMIT} characters."
        )
    return {"location": text}


def read_body(element: etree._Element) -> str:
    """The HTML kept for a Body element."""
    kind = element.get("BodyType")
    if kind == "HTML":
        return bodies.normal_html(_string(element))
    if kind == "Text":
        return bodies.html_from_text(_string(element))
    raise schema_violation(f"The 'BodyType' attribute is invalid - The value '{kind}' is invalid.")


def _body(element: etree._Element, _: Reading) -> dict[str, object]:
    return {"body_html": read_body(element)}


def _enumerated(element: etree._Element, reading: Reading) -> dict[str, object]:
    name, value = local(element.tag), (element.text or "").strip()
    unknown = value not in _ENUMERATIONS[name]
    # MS-OXWSMTGS: WorkingElsewhere came with Exchange 2013.
    if unknown or (value == "WorkingElsewhere" and reading.version < SchemaVersion.EXCHANGE_2013):
        raise schema_violation(
            f"The '{name}' element is invalid - The value '{value}' is invalid according to its datatype - "
            "The Enumeration constraint failed."
        )
    return {_ATTRIBUTE[name]: value}


def read_boolean(element: etree._Element) -> bool:
    """An xs:boolean."""
    value = (element.text or "").strip()
    if value not in ("true", "false", "1", "0"):
        raise schema_violation(
            f"The '{local(element.tag)}' element is invalid - '{value}' is not a Boolean value."
        )
    return value in ("true", "1")


def _boolean(element: etree._Element, _: Reading) -> dict[str, object]:
    return {_FLAGS[local(element.tag)]: read_boolean(element)}


def read_instant(element: etree._Element, zone: tzinfo) -> datetime:
    """An xs:dateTime; without an offset it is in the request's zone."""
    try:
        return parse_time(element.text or "", zone)
    except ValueError:
        raise schema_violation(
            f"The '{local(element.tag)}' element is invalid - '{element.text}' is not a DateTime value."
        ) from None


def _instant(attribute: str) -> Callable[[etree._Element, Reading], dict[str, object]]:
    return lambda element, reading: {attribute: read_instant(element, reading.clock)}


def _reminder_minutes(element: etree._Element, _: Reading) -> dict[str, object]:
    try:
        minutes = int(element.text or "")
    except ValueError:
        minutes = -1
    if not 0 <= minutes <= _MAX_REMINDER:
        raise schema_violation("The 'ReminderMinutesBeforeStart' element is invalid.")
    return {"reminder_minutes": minutes}


def _categories(element: etree._Element, _: Reading) -> dict[str, object]:
    return {"categories": tuple(dict.fromkeys(_string(child) for child in element.iterfind(f"{T}String")))}


def _uid(element: etree._Element, _: Reading) -> dict[str, object]:
    return {"uid": _string(element)}


def read_attendees(element: etree._Element) -> tuple[Attendee, ...]:
    """The people in an attendee list, once each by address."""
    found: dict[str, Attendee] = {}
    for attendee in element.iterfind(f"{T}Attendee"):
        mailbox = attendee.find(f"{T}Mailbox")
        email = (mailbox.findtext(f"{T}EmailAddress") if mailbox is not None else None) or ""
        if mailbox is None or not email:
            raise ExchangeError("ErrorInvalidRecipients", "At least one recipient isn't valid.")
        name = mailbox.findtext(f"{T}Name") or email
        found.setdefault(email.lower(), Attendee(Address(name, email)))
    return tuple(found.values())


def _attendees(element: etree._Element, _: Reading) -> dict[str, object]:
    return {_GROUPS[local(element.tag)]: read_attendees(element)}


def _start_zone(element: etree._Element, _: Reading) -> dict[str, object]:
    return {"start_zone": read_zone(element)}


def _end_zone(element: etree._Element, _: Reading) -> dict[str, object]:
    return {"end_zone": read_zone(element)}


def _meeting_zone(element: etree._Element, _: Reading) -> dict[str, object]:
    zone = meeting_zone.read(element)
    return {"start_zone": zone, "end_zone": zone}


def _recurrence(element: etree._Element, reading: Reading) -> dict[str, object]:
    first_day = reading.version >= SchemaVersion.EXCHANGE_2010
    return {"recurrence": patterns.read_recurrence(element, first_day=first_day)}


def _item_class(element: etree._Element, _: Reading) -> dict[str, object]:
    value = _string(element)
    if not value.upper().startswith("IPM.APPOINTMENT"):
        raise ExchangeError("ErrorInvalidPropertySet", values={"InvalidProperty": "ItemClass"})
    return {"item_class": value}


def read_extended(element: etree._Element) -> tuple[ExtendedKey, ExtendedValue]:
    """An ExtendedProperty element's key and value."""
    return extended.parse_property(element)


_READERS: dict[str, Callable[[etree._Element, Reading], dict[str, object]]] = {
    "ItemClass": _item_class,
    "Subject": _subject,
    "Sensitivity": _enumerated,
    "Body": _body,
    "Categories": _categories,
    "Importance": _enumerated,
    "ReminderIsSet": _boolean,
    "ReminderMinutesBeforeStart": _reminder_minutes,
    "UID": _uid,
    "DateTimeStamp": _instant("stamp"),
    "Start": _instant("start"),
    "End": _instant("end"),
    "IsAllDayEvent": _boolean,
    "LegacyFreeBusyStatus": _enumerated,
    "Location": _location,
    "IsResponseRequested": _boolean,
    "RequiredAttendees": _attendees,
    "OptionalAttendees": _attendees,
    "Resources": _attendees,
    "Recurrence": _recurrence,
    "MeetingTimeZone": _meeting_zone,
    "StartTimeZone": _start_zone,
    "EndTimeZone": _end_zone,
    "AllowNewTimeProposal": _boolean,
}
