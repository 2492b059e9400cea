"""The log under the home directory: made when there is something to write, free of secrets.

A command that only prints help leaves no file behind; a home that cannot be written is complained
about by whoever opens it, not by the log.
"""

from __future__ import annotations

import io
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG_NAME = Path("logs", "vfadmin.log")
_SIZE, _KEPT = 2_000_000, 3
_OWN_LOGGER = "vfadmin"
_FORMAT = "%(asctime)s %(levelname)s %(process)d %(threadName)s %(name)s: %(message)s"

_SECRETS = re.compile(
    r"(?i)(?P<name>authorization|proxy-authorization|password|passwd|secret|token|assertion|cookie)"
    r"(?P<mark>['\"]?\s*[:=]\s*['\"]?)(?:(?:basic|bearer|ntlm|negotiate)\s+)?[^\s'\",;&<>]+"
)
_URL_SECRETS = re.compile(r"(?P<start>\b[a-z][a-z0-9+.-]*://[^\s/:@]+):[^\s/@]+@")


class Scrubber:
    """Takes secrets out of text: those it was told of by value, the rest by how they are written."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def learn(self, secret: str) -> None:
        """Never let this value through again."""
        if secret:
            # A message may quote it as Python writes texts, which is another one if it has a backslash.
            self._known |= {secret, repr(secret)[1:-1]}

    def clean(self, text: str) -> str:
        """The text without secrets."""
        # The longest first: one may be the beginning of another. A copy, for other threads may learn one now.
        for secret in sorted(self._known.copy(), key=len, reverse=True):
            text = text.replace(secret, "***")
        text = _SECRETS.sub(r"\g<name>\g<mark>***", text)
        return _URL_SECRETS.sub(r"\g<start>:***@", text)


def private_folder(path: Path) -> None:
    """Make the folder, its owner's alone, if it is missing. Raises OSError."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)


@contextmanager
def logging_to(home: Path, level: str, scrubber: Scrubber) -> Iterator[Path]:
    """Log into the home while the context lasts; other libraries are heard from WARNING up."""
    path = home / LOG_NAME
    handler = _File(path, scrubber)
    root, own = logging.getLogger(), logging.getLogger(_OWN_LOGGER)
    before = own.level
    own.setLevel(level.upper())
    root.addHandler(handler)
    try:
        yield path
    finally:
        root.removeHandler(handler)
        own.setLevel(before)
        handler.close()


class _File(RotatingFileHandler):
    """A rotating file that comes into being with its first line, readable by its owner alone."""

    def __init__(self, path: Path, scrubber: Scrubber) -> None:
        self._scrubber = scrubber
        super().__init__(path, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8", delay=True)
        self.setFormatter(logging.Formatter(_FORMAT))
        self.addFilter(_worth_a_line)

    def format(self, record: logging.LogRecord) -> str:
        """The line as it is written; tracebacks are scrubbed like everything else."""
        return self._scrubber.clean(super().format(record))

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """A log that cannot be written must not stop the work it tells of."""

    def _open(self) -> io.TextIOWrapper:
        folder = Path(self.baseFilename).parent
        private_folder(folder.parent)
        private_folder(folder)
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return io.TextIOWrapper(io.FileIO(descriptor, "a"), encoding=self.encoding, line_buffering=True)


def _worth_a_line(record: logging.LogRecord) -> bool:
    return record.name.startswith(_OWN_LOGGER) or record.levelno >= logging.WARNING
