"""AcceptItem, TentativelyAcceptItem and DeclineItem in CreateItem (MS-OXWSMTGS, AcceptItemType etc.)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

from vfadmin.simulator import ids
from vfadmin.simulator.call import Call
from vfadmin.simulator.errors import ExchangeError, not_served
from vfadmin.simulator.item import Item, Mail
from vfadmin.simulator.mailbox import Mailbox
from vfadmin.simulator.names import T, local
from vfadmin.simulator.operations.relocation import discard


@dataclass(frozen=True, slots=True)
class _Response:
    """What one kind of answer leaves behind; `suffix` is that of its error codes (MS-OXWSCDATA)."""

    kind: str
    prefix: str
    suffix: str
    show_as: str


_RESPONSES = {
    "AcceptItem": _Response("Accept", "Accepted", "Accept", "Busy"),
    "TentativelyAcceptItem": _Response("Tentative", "Tentative", "Tentative", "Tentative"),
    "DeclineItem": _Response("Decline", "Declined", "Decline", "Free"),
}
_NOT_A_MEETING = {
    "Accept": "ErrorInvalidItemForOperationAcceptItem",
    "Tentative": "ErrorInvalidItemForOperationTentative",
    "Decline": "ErrorInvalidItemForOperationDeclineItem",
}


def is_response(element: etree._Element) -> bool:
    """Whether an element of CreateItem answers an invitation."""
    return local(element.tag) in _RESPONSES


def respond(call: Call, element: etree._Element, disposition: str | None) -> tuple[Mailbox, Item]:
    """Answer an invitation: the meeting as it is then, a declined one in Deleted Items.

    The organiser is told unless `disposition` is SaveOnly.
    """
    if disposition is None:
        raise ExchangeError("ErrorMessageDispositionRequired")
    if element.find(f"{T}Attachments") is not None:
        raise not_served("Attachments")
    response = _RESPONSES[local(element.tag)]
    mailbox, item = _meeting(call, element, response)
    answered = replace(
        item, my_response=response.kind, replied=call.now.replace(microsecond=0), show_as=response.show_as,
        modified=call.now.replace(microsecond=0), modified_by=mailbox.owner.name,
    )  # fmt: skip
    if disposition != "SaveOnly":
        subject = f"{response.prefix}: {item.subject}"
        call.store.outbox.append(
            Mail("MeetingResponse", mailbox.spec.email, (item.organizer.email,), subject)
        )
    saved = mailbox.save(answered)
    if response.kind != "Decline" or _is_deleted(mailbox, saved):
        return mailbox, saved
    return mailbox, discard(mailbox, saved, "MoveToDeletedItems") or saved


def _meeting(call: Call, element: etree._Element, response: _Response) -> tuple[Mailbox, Item]:
    """The invitation that an answer is for."""
    reference = element.find(f"{T}ReferenceItemId")
    if reference is None:
        raise ExchangeError("ErrorInvalidReferenceItem")
    mailbox, item = call.item(reference)
    key = reference.get("ChangeKey")
    if not key:
        raise ExchangeError("ErrorChangeKeyRequired")
    if not ids.is_change_key(key):
        raise ExchangeError("ErrorInvalidChangeKey")
    if key != item.change_key:
        raise ExchangeError("ErrorStaleObject")
    if not item.is_meeting:
        raise ExchangeError(_NOT_A_MEETING[response.suffix])
    if item.my_response == "Organizer":
        raise ExchangeError(f"ErrorCalendarIsOrganizerFor{response.suffix}")
    if item.is_cancelled:
        raise ExchangeError(f"ErrorCalendarIsCancelledFor{response.suffix}")
    return mailbox, item


def _is_deleted(mailbox: Mailbox, item: Item) -> bool:
    deleted = mailbox.distinguished("deleteditems")
    return deleted is not None and item.folder_id == deleted.id
