"""Somebody who waits for what a notifier tells, and reads what it writes into the log."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from vfadmin.calendars.ews import folders
from vfadmin.calendars.ews.errors import Context
from vfadmin.calendars.ews.session import EwsSession

PATIENCE = 30.0
_FOLLOWING = re.compile(r"following \d+ mailboxes").fullmatch
_LOGGER = logging.getLogger("vfadmin.calendars.ews.notifications")


class Heard(logging.Handler):
    """Call it with an address; it is a log's handler as well."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.changes: list[str] = []
        self.lines: list[str] = []
        self._news = threading.Condition()

    def __call__(self, address: str) -> None:
        with self._news:
            self.changes.append(address)
            self._news.notify_all()

    def emit(self, record: logging.LogRecord) -> None:
        with self._news:
            self.lines.append(record.getMessage())
            self._news.notify_all()

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait until it holds; what it looks at changes with a call or a line."""
        with self._news:
            assert self._news.wait_for(condition, PATIENCE), (self.changes, self.lines)

    def until_following(self, count: int, times: int = 1) -> None:
        """Wait until streams with so many mailboxes were open so often."""
        self.until(lambda: self.followed(count) >= times)

    def followed(self, count: int) -> int:
        """How often a stream with so many mailboxes was opened."""
        return self.lines.count(f"following {count} mailboxes")

    def until_all_followed(self, count: int) -> None:
        """Wait until streams were opened with so many mailboxes in all, however they are shared out."""
        self.until(lambda: sum(int(line.split()[1]) for line in self.lines if _FOLLOWING(line)) >= count)

    def until_told(self, address: str, times: int = 1) -> None:
        """Wait until that mailbox has changed."""
        self.until(lambda: self.changes.count(address) >= times)


@contextmanager
def listening() -> Iterator[Heard]:
    """Hear what is logged meanwhile."""
    heard, before = Heard(), _LOGGER.level
    _LOGGER.addHandler(heard)
    _LOGGER.setLevel(logging.DEBUG)
    try:
        yield heard
    finally:
        _LOGGER.removeHandler(heard)
        _LOGGER.setLevel(before)


def calendars_of(session: EwsSession, *addresses: str) -> Mapping[str, str]:
    """The ids of their default calendars."""
    return {
        one: folders.default_identity(session, Context(session.connection, mailbox=one)).folder
        for one in addresses
    }
