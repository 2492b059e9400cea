"""Which mails a write to a calendar sends (MS-OXWSMTGS)."""

from __future__ import annotations

from vfadmin.simulator.item import Item, Mail

CREATE_OR_DELETE = ("SendToNone", "SendOnlyToAll", "SendToAllAndSaveCopy")
UPDATE = (
    "SendToNone", "SendOnlyToAll", "SendOnlyToChanged", "SendToAllAndSaveCopy", "SendToChangedAndSaveCopy",
)  # fmt: skip


def invitations(item: Item, mode: str) -> list[Mail]:
    """The requests that go out when a meeting is created."""
    return _to(item, "MeetingRequest", _people(item)) if mode != "SendToNone" else []


def cancellations(item: Item, mode: str) -> list[Mail]:
    """The cancellations that go out when the organiser deletes a meeting."""
    if mode == "SendToNone" or item.my_response != "Organizer":
        return []
    return _to(item, "MeetingCancellation", _people(item))


def updates(before: Item, after: Item, mode: str) -> list[Mail]:
    """What goes out when the organiser changes a meeting: to everybody, or to those added and removed."""
    if mode == "SendToNone" or after.my_response != "Organizer":
        return []
    old, new = _people(before), _people(after)
    removed = tuple(person for person in old if person not in new)
    told = tuple(person for person in new if person not in old) if "Changed" in mode else new
    kind = "MeetingUpdate" if before.request_sent else "MeetingRequest"
    return [*_to(after, kind, told), *_to(after, "MeetingCancellation", removed)]


def _people(item: Item) -> tuple[str, ...]:
    return tuple(attendee.address.email for attendee in item.attendees)


def _to(item: Item, kind: str, recipients: tuple[str, ...]) -> list[Mail]:
    return [Mail(kind, item.organizer.email, recipients, item.subject)] if recipients else []
