"""Which calendars of one server changed, told as it happens."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from vfadmin.calendars.ews.notifications import Group
from vfadmin.calendars.ews.session import EwsSession
from vfadmin.calendars.ews.streaming import Pace

MOST = 200
"""Subscriptions to a connection (Microsoft: Maintain affinity between a group of subscriptions and the
Mailbox server in Exchange, step 2)."""

_CLOSING = 0.9


class EwsNotifier:
    """Follows mailboxes, up to 200 on a connection; ``changed`` is told the address of each that changed.

    ``changed`` is called in threads of the notifier. Mailboxes that may not or cannot be followed are
    asked for again now and then; servers that do not know streaming are simply silent.
    """

    def __init__(
        self, session: EwsSession, changed: Callable[[str], None], pace: Pace | None = None, most: int = MOST
    ) -> None:
        self._session, self._changed, self._most = session, changed, most
        self._pace = pace or Pace()
        self._groups: list[Group] = []

    def follow(self, mailboxes: Mapping[str, str]) -> None:
        """See `Notifier`."""
        waiting = dict(mailboxes)
        shares = []
        for group in self._groups:
            kept = {one: waiting.pop(one) for one in group.wanted if one in waiting}
            shares.append((group, kept))
        for _, share in shares:
            _fill(share, waiting, self._most)
        while waiting:
            group, share = Group(self._session, self._changed, self._pace), dict[str, str]()
            _fill(share, waiting, self._most)
            shares.append((group, share))
        for group, share in shares:
            group.follow(share)
        self._groups = [group for group, share in shares if share]

    def close(self) -> None:
        """See `Notifier`."""
        for group in self._groups:
            group.stop()
        until = time.monotonic() + _CLOSING
        for group in self._groups:
            group.join(max(0.0, until - time.monotonic()))
        self._groups = []


def _fill(share: dict[str, str], waiting: dict[str, str], most: int) -> None:
    for one in sorted(waiting)[: max(0, most - len(share))]:
        share[one] = waiting.pop(one)
