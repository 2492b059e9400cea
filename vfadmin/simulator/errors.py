"""The two ways Exchange says no: an error per item (HTTP 200) and a SOAP fault (HTTP 500).

Codes are those of MS-OXWSCDATA (ResponseCodeType).
"""

from __future__ import annotations

TEXTS = {
    "ErrorAccessDenied": "Access is denied. Check credentials and try again.",
    "ErrorCalendarEndDateIsEarlierThanStartDate": "EndDate is earlier than StartDate",
    "ErrorCalendarCannotMoveOrCopyOccurrence": "Cannot move or copy an occurrence of a recurring item.",
    "ErrorCalendarCannotUseIdForOccurrenceId": "The Id specified does not represent an occurrence.",
    "ErrorCalendarCannotUseIdForRecurringMasterId": "The Id specified does not represent a recurring master.",
    "ErrorCalendarInvalidTimeZone": "The specified time zone isn't valid.",
    "ErrorCalendarInvalidDayForWeeklyRecurrence": "A weekly recurrence takes days of the week only.",
    "ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange": "Occurrence index is out of recurrence range.",
    "ErrorCalendarOccurrenceIsDeletedFromRecurrence": "Occurrence with this index was previously deleted "
    "from the recurrence.",
    "ErrorCannotCreateCalendarItemInNonCalendarFolder": "Cannot create a calendar item here.",
    "ErrorCannotUseFolderIdForItemId": "Id must be that of an item, not of a folder.",
    "ErrorCannotUseItemIdForFolderId": "Id must be that of a folder, not of an item.",
    "ErrorChangeKeyRequired": "The change key is required for this operation.",
    "ErrorChangeKeyRequiredForWriteOperations": "The change key is required for this write operation.",
    "ErrorDeleteDistinguishedFolder": "Distinguished folders cannot be deleted.",
    "ErrorFolderExists": "A folder with the specified name already exists.",
    "ErrorFolderNotFound": "The specified folder could not be found in the store.",
    "ErrorImpersonateUserDenied": "The account does not have permission to impersonate the requested user.",
    "ErrorInvalidChangeKey": "The change key is invalid.",
    "ErrorInvalidIdEmpty": "Id must be non-empty.",
    "ErrorInvalidIdMalformed": "Id is malformed.",
    "ErrorInvalidPropertyAppend": "Append action is invalid for property.",
    "ErrorInvalidPropertyDelete": "Delete action is invalid for property.",
    "ErrorInvalidPropertyRequest": "Property is not valid for this object type.",
    "ErrorInvalidPropertySet": "Set action is invalid for property.",
    "ErrorInvalidServerVersion": "The specified server version is invalid.",
    "ErrorInvalidSyncStateData": "Synchronization state data is corrupt or otherwise invalid.",
    "ErrorIrresolvableConflict": "The send or update operation could not be performed because the change key "
    "passed in the request does not match the current change key for the item.",
    "ErrorItemNotFound": "The specified object was not found in the store.",
    "ErrorMessageDispositionRequired": "MessageDisposition is required for responses to meetings.",
    "ErrorNameResolutionMultipleResults": "Multiple results were found.",
    "ErrorNameResolutionNoResults": "No results were found.",
    "ErrorNonExistentMailbox": "The SMTP address has no mailbox associated with it.",
    "ErrorNonPrimarySmtpAddress": "The primary SMTP address must be specified when referencing a mailbox.",
    "ErrorSendMeetingCancellationsRequired": "SendMeetingCancellations is required for calendar items.",
    "ErrorSendMeetingInvitationsOrCancellationsRequired": "SendMeetingInvitationsOrCancellations is required "
    "for calendar items.",
    "ErrorSendMeetingInvitationsRequired": "SendMeetingInvitations is required for calendar items.",
    "ErrorOccurrenceCrossingBoundary": "Modified occurrence is crossing or overlapping adjacent occurrence.",
    "ErrorOccurrenceTimeSpanTooBig": "The duration of an occurrence must be shorter than how frequently it "
    "occurs.",
    "ErrorRecurrenceEndDateTooBig": "The recurrence ends later than can be kept.",
    "ErrorRecurrenceHasNoOccurrence": "The recurrence has no occurrence.",
    "ErrorStaleObject": "The change key passed in the request does not match the current one of the item.",
    "ErrorSubscriptionAccessDenied": "Access is denied. Only the subscription owner may access the "
    "subscription.",
    "ErrorSubscriptionNotFound": "The specified subscription was not found.",
    "ErrorSyncFolderNotFound": "The folder to synchronize could not be found.",
    "ErrorTimeZone": "The specified time zone isn't valid.",
    "ErrorToFolderNotFound": "The destination folder could not be found.",
}


class ExchangeError(Exception):
    """One item, folder or name could not be served; the other parts of the request go on."""

    def __init__(self, code: str, text: str | None = None, values: dict[str, str] | None = None) -> None:
        self.code = code
        self.text = text or TEXTS.get(code, code)
        self.values = values or {}
        super().__init__(f"{code}: {self.text}")


class SoapFault(Exception):
    """The whole request is refused with HTTP 500 and a SOAP fault."""

    def __init__(
        self,
        code: str,
        text: str | None = None,
        *,
        violation: str | None = None,
        place: tuple[int, int] = (0, 0),
        values: dict[str, str] | None = None,
    ) -> None:
        self.code = code
        self.text = text or TEXTS.get(code, code)
        self.violation = violation
        self.place = place
        self.values = values or {}
        super().__init__(f"{code}: {self.text}")


def not_served(name: str) -> SoapFault:
    """The fault for a part of a request that a real server knows and this one does not."""
    return SoapFault("ErrorInvalidRequest", f"'{name}' is not served here.")


def schema_violation(violation: str, place: tuple[int, int] = (0, 0)) -> SoapFault:
    """The fault for a request that the schema does not accept; ``place`` is the line and the position."""
    text = f"The request failed schema validation: {violation}"
    return SoapFault("ErrorSchemaValidation", text, violation=violation, place=place)
