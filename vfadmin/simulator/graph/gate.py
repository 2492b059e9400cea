"""How many requests of one application a mailbox serves at once.

"Microsoft Graph service-specific throttling limits", Outlook service limits: 4 concurrent requests for each
application and mailbox.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from vfadmin.simulator.graph.errors import GraphError

MAILBOX_CONCURRENCY = 4


class Gate:
    """Counts the requests under way by mailbox. Safe from any thread."""

    def __init__(self, limit: int = MAILBOX_CONCURRENCY) -> None:
        self.limit = limit
        self.most: Counter[str] = Counter()
        self._under_way: Counter[str] = Counter()
        self._lock = threading.Lock()

    def enter(self, mailbox: str) -> int:
        """Be one of a mailbox's requests, and learn how many there are.

        ApplicationThrottled above the limit.
        """
        with self._lock:
            count = self._under_way[mailbox] + 1
            self.most[mailbox] = max(self.most[mailbox], count)
            if count > self.limit:
                raise GraphError(429, "ApplicationThrottled")
            self._under_way[mailbox] = count
            return count

    def leave(self, mailbox: str) -> None:
        """Be done with a request that entered."""
        with self._lock:
            self._under_way[mailbox] -= 1

    @contextmanager
    def passing(self, mailbox: str) -> Iterator[int]:
        """Enter, and leave at the end."""
        count = self.enter(mailbox)
        try:
            yield count
        finally:
            self.leave(mailbox)

    def clear(self) -> None:
        """Forget the highest counts."""
        with self._lock:
            self.most.clear()
