"""Which mails a write through Graph sends; nothing in a request holds them back.

"Create event": the server sends invitations to all attendees. "Update event": a change of the attendees
alone is told to those added and removed, any other to all. "Delete event": the organizer's deletion sends
cancellations.
"""

from __future__ import annotations

from dataclasses import replace

from vfadmin.simulator import series
from vfadmin.simulator.item import Item, Mail
from vfadmin.simulator.operations import meetings

_ALL = "SendToAllAndSaveCopy"
_CHANGED = "SendToChangedAndSaveCopy"


def invitations(item: Item) -> list[Mail]:
    """What goes out when a meeting is made."""
    return _others(item, meetings.invitations(item, _ALL))


def updates(before: Item, after: Item, *, only_changed: bool) -> list[Mail]:
    """What goes out when its organizer changes a meeting.

    "Update event": of a series, one for the series and one for each instance that was changed by itself.
    """
    mode = _CHANGED if only_changed else _ALL
    found = _others(after, meetings.updates(before, after, mode))
    for instance in series.exceptions(after) if found else ():
        found += _others(instance, meetings.updates(instance, instance, mode))
    return found


def cancellations(item: Item) -> list[Mail]:
    """What goes out when its organizer deletes a meeting."""
    if item.is_cancelled:
        return []
    return _others(item, meetings.cancellations(item, _ALL))


def _others(item: Item, mails: list[Mail]) -> list[Mail]:
    """The mails without the organizer among those who get them: nobody writes to himself."""
    own = item.organizer.email.lower()
    kept = (
        replace(mail, recipients=tuple(one for one in mail.recipients if one.lower() != own))
        for mail in mails
    )
    return [mail for mail in kept if mail.recipients]
