"""Answering, cancelling and forwarding meetings ("event: accept", "decline", "cancel", "forward")."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from vfadmin.simulator.graph.context import GraphCall, Reply, parse_object
from vfadmin.simulator.graph.errors import bad_request, invalid_request
from vfadmin.simulator.graph.mails import cancellations
from vfadmin.simulator.graph.reading import read_address
from vfadmin.simulator.item import Item, Mail
from vfadmin.simulator.operations.relocation import discard


class _Response(NamedTuple):
    """What one kind of answer leaves behind, and how its mail's subject begins."""

    kind: str
    prefix: str
    show_as: str


_ACCEPT = _Response("Accept", "Accepted", "Busy")
_TENTATIVE = _Response("Tentative", "Tentative", "Tentative")
_DECLINE = _Response("Decline", "Declined", "Free")


def _respond(call: GraphCall, response: _Response, calendar: str | None = None, event: str = "") -> Reply:
    """Answer an invitation; the organizer is told unless sendResponse is false."""
    item = call.event(event, call.calendar(None if calendar == "default" else calendar) if calendar else None)
    value = _parameters(call)
    sends = _flag(value, "sendResponse", default=True)
    if item.my_response == "Organizer":
        raise invalid_request(
            "Your request can't be completed. You can't respond to this meeting because you're the meeting "
            "organizer."
        )
    if value.get("proposedNewTime") is not None and (not item.allow_new_time or not sends):
        raise invalid_request("Your request can't be completed. A new time cannot be proposed.")
    now = call.now.replace(microsecond=0)
    answered = replace(
        item, my_response=response.kind, replied=now, show_as=response.show_as, modified=now,
        modified_by=call.mailbox.owner.name,
    )  # fmt: skip
    if sends:
        _tell_organizer(call, item, response)
    saved = call.mailbox.save(answered)
    if response.kind == "Decline":
        discard(call.mailbox, saved, "MoveToDeletedItems")
    return Reply(202)


accept = partial(_respond, response=_ACCEPT)
tentatively_accept = partial(_respond, response=_TENTATIVE)
decline = partial(_respond, response=_DECLINE)


def _tell_organizer(call: GraphCall, item: Item, response: _Response) -> None:
    subject = f"{response.prefix}: {item.subject}"
    mail = Mail("MeetingResponse", call.mailbox.spec.email, (item.organizer.email,), subject)
    call.store.outbox.append(mail)


def cancel(call: GraphCall, calendar: str | None = None, event: str = "") -> Reply:
    """Cancel a meeting for everybody; for its organizer only. It goes to Deleted Items."""
    item = call.event(event, call.calendar(None if calendar == "default" else calendar) if calendar else None)
    _parameters(call)
    if item.my_response != "Organizer":
        raise invalid_request(
            "Your request can't be completed. You need to be an organizer to cancel a meeting."
        )
    if not item.is_meeting:
        raise invalid_request("Your request can't be completed. The event isn't a meeting.")
    call.store.outbox.extend(cancellations(item))
    discard(call.mailbox, item, "MoveToDeletedItems")
    return Reply(202)


def forward(call: GraphCall, calendar: str | None = None, event: str = "") -> Reply:
    """Send the invitation on; the organizer of somebody else's meeting is told of it."""
    item = call.event(event, call.calendar(None if calendar == "default" else calendar) if calendar else None)
    value = _parameters(call)
    recipients = next((given for name, given in value.items() if name.lower() == "torecipients"), None)
    if not isinstance(recipients, list) or not recipients:
        raise bad_request("At least one recipient is not valid.", "ErrorInvalidRecipients")
    addresses = tuple(read_address(one).email for one in recipients)
    sender = call.mailbox.spec.email
    call.store.outbox.append(Mail("MeetingRequest", sender, addresses, f"FW: {item.subject}"))
    if item.my_response != "Organizer":
        subject = f"Meeting Forward Notification: {item.subject}"
        call.store.outbox.append(Mail("MeetingForwardNotification", sender, (item.organizer.email,), subject))
    return Reply(202)


def _parameters(call: GraphCall) -> dict[str, Any]:
    """The parameters of an action, all of which may be left out."""
    return parse_object(call.body) if call.body.strip() else {}


def _flag(value: dict[str, Any], name: str, *, default: bool) -> bool:
    given = next((content for key, content in value.items() if key.lower() == name.lower()), default)
    if not isinstance(given, bool):
        raise bad_request(
            f"Cannot convert the value of '{name}' to the expected type 'Edm.Boolean'.", "RequestBodyRead"
        )
    return given
