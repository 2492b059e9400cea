"""Reading the log back: its last lines, what came since, and the entries the lines make up."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

_BLOCK = 65_536
_MOST = 4_000_000
"""So many bytes are read at most, however long the lines are."""

_ENTRY = re.compile(
    r"(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),\d{3} (?P<level>[A-Z]+) (?P<process>\d+) "
    r"(?P<thread>.*?) (?P<source>[\w.]+): (?P<text>.*)"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a log has been read: which file, and up to which byte."""

    file: int
    offset: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines of a log. ``afresh``: they stand for all that was read before, because the file was changed."""

    lines: tuple[str, ...]
    mark: Mark | None
    afresh: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the log. ``text`` has the lines that belong to it, a traceback for instance."""

    time: str
    level: str
    source: str
    text: str
    whole: str

    @property
    def first(self) -> str:
        """The first line of the text."""
        return self.text.partition("\n")[0]


def tail(path: Path, lines: int) -> Piece:
    """The last lines of a log; where the file is fresh, those of its forerunner (``.1``) before them.

    A line that is being written is left for the next time. A log that is not there has no lines. Raises
    OSError when it cannot be read.
    """
    try:
        with path.open("rb") as file:
            found, end = _last(file.fileno(), lines)
            mark = Mark(os.fstat(file.fileno()).st_ino, end)
    except FileNotFoundError:
        return Piece((), None, afresh=True)
    if len(found) < lines:
        with suppress(OSError), path.with_name(path.name + ".1").open("rb") as file:
            found = _last(file.fileno(), lines - len(found))[0] + found
    return Piece(tuple(found), mark, afresh=True)


def since(path: Path, mark: Mark | None, lines: int) -> Piece:
    """What came since ``mark``; the last lines anew where another file stands there now. Raises as `tail`."""
    if mark is None:
        return tail(path, lines)
    try:
        with path.open("rb") as file:
            told = os.fstat(file.fileno())
            if told.st_ino == mark.file and mark.offset <= told.st_size <= mark.offset + _MOST:
                file.seek(mark.offset)
                body = file.read(told.st_size - mark.offset)
                body = body[: body.rfind(b"\n") + 1]
                return Piece(tuple(_split(body)), Mark(mark.file, mark.offset + len(body)), afresh=False)
    except FileNotFoundError:
        return Piece((), None, afresh=True)
    return tail(path, lines)


def entries(lines: Iterable[str], before: Entry | None = None) -> list[Entry]:
    """The entries the lines make up. Lines that begin none belong to the one above.

    With ``before`` the first lines may belong to that one: it is the first of the answer, perhaps longer.
    """
    found = [] if before is None else [before]
    more: list[str] = []
    for line in lines:
        match = _ENTRY.fullmatch(line)
        if match is None and found:
            more.append(line)
            continue
        _lengthen(found, more)
        if match is None:  # the beginning of what the first lines belong to was not read
            found.append(Entry("", "", "", line, line))
        else:
            found.append(Entry(match["time"], match["level"], match["source"], match["text"], line))
    _lengthen(found, more)
    return found


def _lengthen(found: list[Entry], more: list[str]) -> None:
    if more:
        end = "\n" + "\n".join(more)
        found[-1] = replace(found[-1], text=found[-1].text + end, whole=found[-1].whole + end)
        more.clear()


def _last(descriptor: int, lines: int) -> tuple[list[str], int]:
    """The last whole lines of an open file, and where they end."""
    size = os.fstat(descriptor).st_size
    start, body = size, b""
    while start > 0 and size - start < _MOST and body.count(b"\n") <= lines:
        step = min(_BLOCK, start)
        start -= step
        os.lseek(descriptor, start, os.SEEK_SET)
        body = _read(descriptor, step) + body
    end = body.rfind(b"\n") + 1
    whole = _split(body[:end])
    if start > 0:
        whole = whole[1:]  # which began before what was read
    return whole[-lines:] if lines > 0 else [], start + end


def _read(descriptor: int, size: int) -> bytes:
    parts = []
    while size > 0 and (part := os.read(descriptor, size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _split(body: bytes) -> list[str]:
    """The lines, by line feeds alone: what a message quotes may hold other separators."""
    return [line.rstrip("\r") for line in body.decode("utf-8", "replace").split("\n")[:-1]]
