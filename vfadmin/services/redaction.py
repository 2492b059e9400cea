"""Taking secrets and event texts out of what leaves the house (R31).

What is collected is chosen so that none is in it; this is the second lock, for the log and for what a server
answered, where anybody's words may stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from vfadmin.logfile import Scrubber
from vfadmin.logtail import Entry
from vfadmin.models import CalendarEvent, History, Pair

GONE = "[…]"
_OWN_LOGGER = "vfadmin"
_SHORTEST = 3
"""A shorter text tells nothing, and stands inside every other word."""
_TEXTS = ("title", "location", "text")

_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|«[^»\n]*»|”[^”\n]*”")
_JWT = re.compile(r"\beyJ[\w-]{8,}(?:\.[\w-]+){0,2}")
_FRAME = re.compile(r"\s*File \"(?P<file>[^\"]+)\", line (?P<line>\d+), in (?P<name>\S+)")
_RAISED = re.compile(r"(?P<type>[A-Za-z_][\w.]*(?:Error|Exception|Warning|Interrupt|Exit|Lost|Gone))(?::.*)?")


class Redactor:
    """Cleans texts of the secrets and event texts it was told of, and of what is written like a secret."""

    def __init__(self, secrets: Iterable[str], texts: Iterable[str]) -> None:
        self._scrubber = Scrubber()
        for secret in secrets:
            self._scrubber.learn(secret)
        lines = {part.strip() for text in texts for part in text.splitlines()}
        lines |= {repr(part)[1:-1] for part in lines}
        known = sorted((part for part in lines if len(part) >= _SHORTEST), key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known)), re.IGNORECASE) if known else None

    def secrets(self, text: str) -> str:
        """The text without secrets."""
        return _JWT.sub("***", self._scrubber.clean(text))

    def words(self, text: str) -> str:
        """Without secrets and without the known event texts: for what may hold anybody's words."""
        return self.secrets(text if self._known is None else self._known.sub(GONE, text))

    def deeply(self, value: Any) -> Any:  # noqa: ANN401 - whatever JSON can hold
        """A JSON value, every text in it without secrets."""
        if isinstance(value, str):
            return self.secrets(value)
        if isinstance(value, Mapping):
            return {name: self.deeply(one) for name, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.deeply(one) for one in value]
        return value

    def log(self, entries: Iterable[Entry]) -> Iterator[str]:
        """Lines of the log, without what they quote.

        Of a traceback the places and the kind of error are kept, not its words; of another library's line
        that it was written.
        """
        for one in entries:
            head = f"{one.time} {one.level} {one.source}".strip()
            if not one.source.startswith(_OWN_LOGGER):
                yield f"{head}: {GONE}"
                continue
            yield f"{head}: {self.words(_QUOTED.sub(GONE, one.first))}"
            for line in one.text.split("\n")[1:]:
                kept = _kept(line)
                if kept is not None:
                    yield self.secrets(kept)


def _kept(line: str) -> str | None:
    """What may be shown of a line of a traceback; None for nothing."""
    frame = _FRAME.match(line)
    if frame is not None:
        return f"  {frame['file']}, {frame['line']}, {frame['name']}"
    raised = _RAISED.fullmatch(line.strip())
    return None if raised is None else f"  {raised['type']}"


def event_texts(session: Session, person_id: int) -> set[str]:
    """Titles, locations and texts of the person's events, as they are and as they ever were remembered."""
    columns = CalendarEvent.title, CalendarEvent.location, CalendarEvent.body, CalendarEvent.exceptions
    found: set[str] = set()
    owned = select(*columns).where(CalendarEvent.owner_id == person_id)
    for title, location, body, exceptions in session.execute(owned):
        found |= {title or "", location or "", body or ""}
        found |= {text for one in exceptions or () for text in _texts_of(one)}
    pairs = select(Pair.base, Pair.seen_valueframe, Pair.seen_exchange).where(Pair.person_id == person_id)
    past = select(History.before, History.after).where(History.person_id == person_id)
    for statement in (pairs, past):
        for documents in session.execute(statement):
            found |= {text for one in documents if one for text in _texts_of(one)}
    return found


def _texts_of(document: Mapping[str, Any]) -> Iterator[str]:
    """The texts of an event as JSON, and of its exceptions."""
    for name in _TEXTS:
        if isinstance(document.get(name), str):
            yield document[name]
    for one in (document.get("recurrence") or {}).get("exceptions", ()):
        yield from _texts_of(one)
