"""The delete guard: many deletions at once are somebody's decision, not a sync's."""

from __future__ import annotations

from dataclasses import dataclass

from vfadmin.sync.values import GuardLimits

_INFERRED_MINIMUM = 1


@dataclass(frozen=True, slots=True)
class Deletions:
    """What a cycle would delete: ``inferred`` are those no tombstone told of."""

    planned: int
    inferred: int
    recent: int
    pairs: int


def limit(pairs: int, limits: GuardLimits) -> int:
    """How many deletions within 24 hours go through for a mailbox with that many pairs."""
    return max(limits.minimum, min(limits.maximum, int(pairs * limits.share)))


def held(deletions: Deletions, limits: GuardLimits) -> bool:
    """Whether the planned deletions wait for an admin. Everything else goes on."""
    if deletions.planned == 0:
        return False
    if limits.hold_all and deletions.inferred >= deletions.pairs > 0:
        return True
    if deletions.inferred > max(_INFERRED_MINIMUM, int(deletions.pairs * limits.share)):
        return True
    return deletions.planned + deletions.recent > limit(deletions.pairs, limits)
