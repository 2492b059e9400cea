"""How fast a worker is to notice things, and how much it takes at a time."""

from __future__ import annotations

from dataclasses import dataclass

SMALLEST, LARGEST = 50, 200
"""Mailboxes of one job."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds, and numbers of mailboxes.

    A mailbox whose worker was killed rests until its ``lease`` runs out; a worker that lives prolongs its
    leases every ``beat``. A job whose worker gave no sign of life for ``stalled`` is queued again. ``poll``
    is how often a worker asks for jobs though nothing told it of one: a lock that was let go tells nobody.
    A job holds from ``smallest`` to ``largest`` mailboxes, and ``shards`` of them are at work in a worker at
    once. ``glance`` is the shortest pause between two looks for what changed. No transaction of a worker's
    stands still for longer than ``pause``: one that froze would hold all writers up.
    """

    lease: float = 30.0
    beat: float = 10.0
    stalled: float = 20.0
    poll: float = 1.0
    glance: float = 0.2
    pause: float = 5.0
    smallest: int = SMALLEST
    largest: int = LARGEST
    shards: int = 2

    def size(self, mailboxes: int, workers: int) -> int:
        """How many mailboxes a job holds, so that each worker finds two if there are enough."""
        wanted = -(-mailboxes // (self.shards * max(1, workers)))
        return min(max(wanted, self.smallest), self.largest)
