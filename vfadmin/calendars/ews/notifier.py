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

    The ids of a GetStreamingEvents are fixed while it runs, half an hour. Who joins meanwhile is followed on
    a small connection of the latecomers, and by his group from its next stream on: nobody else is looked at
    for it. Who leaves is not told of any more, and his subscription ends with the stream.
    """

    def __init__(
        self, session: EwsSession, changed: Callable[[str], None], pace: Pace | None = None, most: int = MOST
    ) -> None:
        self._session, self._changed, self._most = session, changed, most
        self._pace = pace or Pace()
        self._groups: list[Group] = []
        self._latecomers: Group | None = None

    def follow(self, mailboxes: Mapping[str, str]) -> None:
        """See `Notifier`. Who asks again now and then lets latecomers come to their group."""
        waiting = dict(mailboxes)
        shares: list[tuple[Group, dict[str, str]]] = []
        for group in self._groups:
            kept = {one: waiting.pop(one) for one in group.wanted if group.wanted[one] == waiting.get(one)}
            shares.append((group, kept))
        for _, share in shares:
            _fill(share, waiting, self._most)
        while waiting:
            group, share = Group(self._session, self._changed, self._pace), dict[str, str]()
            _fill(share, waiting, self._most)
            shares.append((group, share))
        late: dict[str, str] = {}
        for group, share in shares:
            late |= self._directed(group, share)
        self._follow_late(late)
        self._groups = [group for group, share in shares if share]

    def _directed(self, group: Group, share: dict[str, str]) -> dict[str, str]:
        """Tell a group whom to follow; those of them whom it follows later only."""
        if not group.cost:
            if share != group.wanted:
                group.follow(share)
            return {}
        group.follow(share, at_once=False)
        missing = {one: folder for one, folder in share.items() if not group.follows(one)}
        new = [one for one in missing if not group.has_tried(one)]
        if new and group.cost <= self._cost_of_latecomers():
            group.follow(share)
            return {}
        return missing

    def _cost_of_latecomers(self) -> int:
        return 0 if self._latecomers is None else self._latecomers.cost

    def _follow_late(self, late: dict[str, str]) -> None:
        group = self._latecomers
        if group is None:
            if not late:
                return
            group = self._latecomers = Group(self._session, self._changed, self._pace, steady=False)
        if late != group.wanted:
            # Who is here already or leaves is no reason to look at the others.
            joins = any(group.wanted.get(one) != folder for one, folder in late.items())
            group.follow(late, at_once=joins)
        if not late:
            self._latecomers = None

    def close(self) -> None:
        """See `Notifier`."""
        groups = [*self._groups, *([] if self._latecomers is None else [self._latecomers])]
        for group in groups:
            group.stop()
        until = time.monotonic() + _CLOSING
        for group in groups:
            group.join(max(0.0, until - time.monotonic()))
        self._groups, self._latecomers = [], None


def _fill(share: dict[str, str], waiting: dict[str, str], most: int) -> None:
    for one in sorted(waiting)[: max(0, most - len(share))]:
        share[one] = waiting.pop(one)
