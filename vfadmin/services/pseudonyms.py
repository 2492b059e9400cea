"""Where a person is named in what stays, and the pseudonym that stands there afterwards.

A text is looked through for whole words, whatever the case; a name that another person has too is none of
these words, for it names the other one as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, func, or_, true

from vfadmin.models.erasing import is_pseudonym
from vfadmin.models.people import fold

_SHORTEST = 3
"""Characters: what is shorter is found in everything."""

_HARMLESS = frozenset(
    {"state", "calendar", "error", "delayed_since", "mobile_sync", "show_as", "kind", "side", "reason"}
)
"""Fields whose value is one of a few words or a time, and which the trail keeps."""
_NUMBERED = frozenset({"id", "owner", "person"})


@dataclass(frozen=True, slots=True)
class Veil:
    """What takes a person out of texts. ``words`` name them, ``users`` are how they signed what they did."""

    person_id: int
    pseudonym: str
    words: tuple[str, ...]
    users: tuple[str, ...]

    def text(self, value: str) -> str:
        """The text with the pseudonym in the place of each word."""
        return re.sub(_pattern(self.words), self.pseudonym, value) if self.words else value

    def signature(self, value: str) -> str:
        """Who did it: the pseudonym where that is the person, and nothing but that."""
        known = {fold(one) for one in self.users}
        return self.pseudonym if fold(value) in known else value

    def json(self, value: Any) -> Any:  # noqa: ANN401 - JSON
        """The same of every text in a JSON value."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {name: self.json(one) for name, one in value.items()}
        return [self.json(one) for one in value] if isinstance(value, list | tuple) else value

    def blank(self, value: Any, field: str = "") -> Any:  # noqa: ANN401 - JSON
        """A JSON value about the person: what changed stays, to what it changed does not."""
        if isinstance(value, Mapping):
            return {name: self.blank(one, name) for name, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.blank(one, field) for one in value]
        if isinstance(value, str) and value and field not in _HARMLESS and not is_pseudonym(value):
            return self.pseudonym
        is_person = type(value) is int and value == self.person_id and field in _NUMBERED
        return self.pseudonym if is_person else value


def usable(words: Iterable[str]) -> tuple[str, ...]:
    """Each once, the longest first: one may be a part of another."""
    found = {fold(one): one for one in words if len(one.strip()) >= _SHORTEST}
    return tuple(sorted(found.values(), key=lambda one: (-len(one), one)))


def may_mention(columns: Sequence[Any], words: Sequence[str]) -> ColumnElement[bool]:
    """A condition that all rows meet which mention a word, and few others: SQL folds ASCII alone.

    JSON is looked at as its text, in which letters beyond ASCII may be written as numbers.
    """
    parts = [max(re.findall(r"[a-z0-9]+", one.lower()), key=len, default="") for one in words]
    if any(len(one) < _SHORTEST for one in parts):
        return true()
    texts = [func.lower(cast(column, Text)) for column in columns]
    return or_(*(text.contains(part) for text in texts for part in parts)) if parts else true() & False


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    """Each word by itself: Maija Virta is nobody of those called Anna-Maija Virta or Maija Virta-Aho.

    A name may have a file's ending behind it, or an underscore beside it; in an address both belong to it.
    """
    parts = [_by_itself(one) for one in words]
    return re.compile("|".join(parts), re.IGNORECASE)


def _by_itself(word: str) -> str:
    if "@" in word or "\\" in word:
        return rf"(?<!\w)(?<!\w[.@\\-]){re.escape(word)}(?!\w|[-.@]\w)"
    if " " in word:
        return rf"(?<![^\W_])(?<!\w-){re.escape(word)}(?![^\W_]|[-@]\w)"
    return rf"(?<!\w)(?<!\w-){re.escape(word)}(?!\w|[-.@]\w)"
