"""When to try again after a transient failure."""

from __future__ import annotations

import math
import random
from datetime import timedelta

FIRST = timedelta(minutes=1)
LAST = timedelta(hours=6)
LONGEST_ASKED = timedelta(hours=24)
"""A server that asks for more has lost its clock."""

_DOUBLINGS = 12
_JITTER = 0.2
_RANDOM = random.Random()  # noqa: S311 - spreads load, hides nothing


def delay(attempts: int, *, retry_after: float | None = None, rng: random.Random | None = None) -> timedelta:
    """How long to wait after that many failures in a row, or what the server asked for, if longer.

    Doubles from one minute to six hours; a fifth of jitter keeps mailboxes that failed together
    from coming back together.
    """
    doubled = FIRST * 2 ** min(max(attempts, 1) - 1, _DOUBLINGS)
    jitter = (rng or _RANDOM).uniform(1 - _JITTER, 1 + _JITTER)
    wait = timedelta(seconds=min(doubled, LAST).total_seconds() * jitter)
    asked = retry_after if retry_after is not None and math.isfinite(retry_after) else 0.0
    return max(wait, timedelta(seconds=min(max(asked, 0.0), LONGEST_ASKED.total_seconds())))
