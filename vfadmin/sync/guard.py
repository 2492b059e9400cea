"""The delete guard: many deletions at once are somebody's decision, not a sync's."""

from __future__ import annotations

from dataclasses import dataclass

from vfadmin.sync.values import GuardLimits

_INFERRED_MINIMUM = 1


@dataclass(frozen=True, slots=True)
class Deletions:
    """What a cycle would delete: ``inferred`` are those no tombstone told of.

    ``recent`` are the deletions of the last 24 hours, with those that are held; ``fleet_recent`` and
    ``fleet_pairs`` those of all mailboxes together.
    """

    planned: int
    inferred: int
    recent: int
    pairs: int
    fleet_recent: int = 0
    fleet_pairs: int = 0


def limit(pairs: int, limits: GuardLimits) -> int:
    """How many deletions within 24 hours go through for a mailbox with that many pairs."""
    return max(limits.minimum, min(limits.maximum, int(pairs * limits.share)))


def fleet_limit(pairs: int, limits: GuardLimits) -> int:
    """How many deletions within 24 hours go through for all mailboxes together.

    A few in each of many mailboxes are a mass deletion too. Not fewer than the most that one mailbox may
    have, or a small customer's first deletion would wait.
    """
    return max(limits.maximum, int(pairs * limits.fleet_share))


def held(deletions: Deletions, limits: GuardLimits) -> bool:
    """Whether the planned deletions wait for an admin. Everything else goes on."""
    if deletions.planned == 0:
        return False
    if limits.hold_all and deletions.inferred >= deletions.pairs > 0:
        return True
    if deletions.inferred > max(_INFERRED_MINIMUM, int(deletions.pairs * limits.share)):
        return True
    together = deletions.planned + deletions.fleet_recent
    if together > fleet_limit(deletions.fleet_pairs, limits):
        return True
    return deletions.planned + deletions.recent > limit(deletions.pairs, limits)
