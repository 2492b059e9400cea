"""What a worker does for the jobs of the queue: it takes mailboxes in and says when they have ended."""

from __future__ import annotations

from collections.abc import Callable

from vfadmin.services.fleet.dispatch import Dispatch, Wanted
from vfadmin.services.fleet.inbox import Inbox
from vfadmin.sync.schedule import Stretch

_AT_ONCE = 2
"""Mailboxes in a hurry that are taken, for each that may be at work."""


class WorkersHands:
    """Called in the queue's threads; see `tasks.Hands`."""

    def __init__(
        self, inbox: Inbox, dispatch: Dispatch, mailboxes: int, stopping: Callable[[], bool]
    ) -> None:
        self._inbox, self._dispatch, self._stopping = inbox, dispatch, stopping
        self._most = _AT_ONCE * mailboxes

    def wanted(self) -> Wanted:
        """See `Hands`."""
        return self._dispatch.wanted()

    def take_hurried(self) -> bool:
        """See `Hands`. Who has no hand free leaves them to the next look, a second later."""
        room = 0 if self._stopping() else self._most - self._inbox.hurrying
        if room <= 0:
            return True
        claimed = self._dispatch.claim(room)
        self._inbox.hurry(claimed)
        return len(claimed) < room

    def synchronise(self, stretch: Stretch, tell: Callable[[], None]) -> None:
        """See `Hands`."""
        if self._stopping():
            tell()
        else:
            self._inbox.put(stretch, tell)
