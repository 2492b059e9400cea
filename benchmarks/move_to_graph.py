"""Moving mailboxes from EWS to Graph: what it writes, and how long it takes beside a round of syncing.

Run: python -m benchmarks.move_to_graph [mailboxes] [pairs]. On the simulator over HTTPS and a new store; half
of the events come from either side. It ends with 1 where anything was made, changed or deleted in a calendar.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from tests.services.company import ACTOR, running_company

T = TypeVar("T")


def main(mailboxes: int = 50, pairs: int = 200) -> int:
    """Make the company, move it, synchronise it, and look."""
    with tempfile.TemporaryDirectory() as folder, running_company(Path(folder), mailboxes, pairs) as company:
        idle, _ = timed(company.sync)
        before = company.everything()
        moving, done = timed(partial(company.synchronise.transfer, None, ACTOR))
        first, written = timed(company.sync)
        same = company.everything() == before and company.simulator.outbox == []
    moved = sum(one.failure is None and one.pairs == pairs for one in done)
    print(f"{moved} of {mailboxes} mailboxes moved with {pairs} pairs each, in {moving:.1f} s")
    print(f"a round without changes: over EWS {idle:.1f} s, the first over Graph {first:.1f} s")
    print(f"written by it: {written[0]} into ValueFrame, {written[1]} into Exchange, {written[2]} deleted")
    print(f"calendars unchanged and nobody mailed: {'yes' if same else 'NO'}")
    return 0 if same and written[:3] == (0, 0, 0) and moved == mailboxes else 1


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """The seconds it takes, and what comes of it."""
    began = time.monotonic()
    answer = work()
    return time.monotonic() - began, answer


if __name__ == "__main__":
    sys.exit(main(*(int(one) for one in sys.argv[1:])))
