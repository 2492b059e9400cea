"""Named places where a test may kill the process.

``VFADMIN_FAILPOINT=name:n`` ends the process with SIGKILL at the n-th passing of that place, as a power
cut would. Without the variable a passing costs one comparison.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter

POINTS: tuple[str, ...] = (
    "portion-taken",
    "lease-taken",
    "intents-settled",
    "page-read",
    "page-stored",
    "plan-made",
    "intent-stored",
    "write-done",
    "result-stored",
    "confirmed",
    "deletes-begin",
    "cycle-end",
    "portion-recorded",
)

_WANTED = os.environ.get("VFADMIN_FAILPOINT", "")
_passed: Counter[str] = Counter()


def failpoint(name: str) -> None:
    """Pass the place of that name; the process ends here when a test wants it to."""
    if not _WANTED:
        return
    wanted, _, nth = _WANTED.partition(":")
    if name != wanted:
        return
    _passed[name] += 1
    if _passed[name] == int(nth or 1):
        sys.stdout.flush()
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
