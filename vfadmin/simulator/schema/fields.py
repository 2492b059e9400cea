"""The names by which requests call properties (UnindexedFieldURIType).

Those of calendar items and folders one by one; of the kinds of items that are not kept here only the form,
since asking for one of them is refused anyway.
"""

from __future__ import annotations

import re

from vfadmin.simulator.names import words

_FOLDER = words(
    """
    FolderId ParentFolderId DisplayName UnreadCount TotalCount ChildFolderCount FolderClass
    SearchParameters ManagedFolderInformation PermissionSet EffectiveRights SharingEffectiveRights
    DistinguishedFolderId PolicyTag ArchiveTag ReplicaList
    """
)
_ITEM = words(
    """
    ItemId ParentFolderId ItemClass MimeContent Attachments Subject DateTimeReceived Size Categories
    HasAttachments Importance InReplyTo InternetMessageHeaders IsAssociated IsDraft IsFromMe IsResend
    IsSubmitted IsUnmodified DateTimeSent DateTimeCreated Body ResponseObjects Sensitivity ReminderDueBy
    ReminderIsSet ReminderNextTime ReminderMinutesBeforeStart DisplayTo DisplayCc DisplayBcc Culture
    EffectiveRights LastModifiedName LastModifiedTime ConversationId UniqueBody Flag StoreEntryId
    InstanceKey NormalizedBody EntityExtractionResult PolicyTag ArchiveTag RetentionDate Preview
    PredictedActionReasons IsClutter RightsManagementLicenseData BlockStatus HasBlockedImages
    WebClientReadFormQueryString WebClientEditFormQueryString TextBody IconIndex MimeContentUTF8
    Mentions MentionedMe MentionsPreview MentionsEx Hashtags AppliedHashtags AppliedHashtagsPreview
    Likes LikesPreview PendingSocialActivityTagIds AtAllMention CanDelete InferenceClassification
    FirstBody
    """
)
_CALENDAR = words(
    """
    Start End OriginalStart StartWallClock EndWallClock StartTimeZoneId EndTimeZoneId IsAllDayEvent
    LegacyFreeBusyStatus Location EnhancedLocation When IsMeeting IsCancelled IsRecurring
    MeetingRequestWasSent IsResponseRequested CalendarItemType MyResponseType Organizer
    RequiredAttendees OptionalAttendees Resources ConflictingMeetingCount AdjacentMeetingCount
    ConflictingMeetings AdjacentMeetings InboxReminders Duration TimeZone AppointmentReplyTime
    AppointmentSequenceNumber AppointmentState Recurrence FirstOccurrence LastOccurrence
    ModifiedOccurrences DeletedOccurrences MeetingTimeZone ConferenceType AllowNewTimeProposal
    IsOnlineMeeting MeetingWorkspaceUrl NetShowUrl UID RecurrenceId DateTimeStamp StartTimeZone
    EndTimeZone JoinOnlineMeetingUrl OnlineMeetingSettings IsOrganizer CalendarActivityData
    DoNotForwardMeeting
    """
)
_KNOWN = frozenset(
    f"{prefix}:{name}"
    for prefix, names in (("folder", _FOLDER), ("item", _ITEM), ("calendar", _CALENDAR))
    for name in names
)
_OTHERS = "|".join(
    words(
        """
        abchperson booking contacts conversation distributionlist insight meeting meetingRequest message
        network person persona postitem rolemember sharingMessage task
        """
    )
)
_OTHER = re.compile(rf"(?:{_OTHERS})(?::[A-Za-z0-9]+)+")


def known_field(uri: str) -> bool:
    """Whether a property may be called so."""
    return uri in _KNOWN or _OTHER.fullmatch(uri) is not None
