"""The rules as values: what `rules` writes down, read once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from vfadmin.simulator.names import MESSAGES_NS, TYPES_NS
from vfadmin.simulator.schema import rules, values
from vfadmin.simulator.schema.fields import known_field
from vfadmin.simulator.schema.values import Simple

ANY = "any"
_MANY = 1 << 30
_COUNTS = {"?": (0, 1), "*": (0, _MANY), "+": (1, _MANY), "": (1, 1)}
_PATHS = ("FieldURI", "IndexedFieldURI", "ExtendedFieldURI")
_SEARCHES = {
    "Exists": "Exists", "Excludes": "Excludes", "Contains": "Contains", "Not": "Not", "And": "Several",
    "Or": "Several", "IsEqualTo": "Comparison", "IsNotEqualTo": "Comparison", "IsGreaterThan": "Comparison",
    "IsGreaterThanOrEqualTo": "Comparison", "IsLessThan": "Comparison", "IsLessThanOrEqualTo": "Comparison",
    "Near": ANY,
}  # fmt: skip
_WORDS = {
    "PATH": " | ".join(f"{name}:{name}" for name in _PATHS),
    "SEARCH": " | ".join(f"{name}:{kind}" for name, kind in _SEARCHES.items()),
}
"""Elements that stand for one of several (substitution groups)."""


@dataclass(frozen=True, slots=True)
class Part:
    """An element, or a sequence or choice of parts; it comes ``low`` to ``high`` times.

    ``first`` are the tags it can begin with, ``empty`` whether it can be nothing at all.
    """

    low: int
    high: int
    tag: str = ""
    parts: tuple[Part, ...] = ()
    choice: bool = False
    first: frozenset[str] = field(init=False)
    empty: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "first", frozenset(self._first()))
        nullable = [part.empty for part in self.parts]
        inner = bool(nullable) and (any(nullable) if self.choice else all(nullable))
        object.__setattr__(self, "empty", not self.low or (not self.tag and (inner or not nullable)))

    def _first(self) -> Iterator[str]:
        if self.tag:
            yield self.tag
        for part in self.parts:
            yield from part.first
            if not self.choice and not part.empty:
                return


@dataclass(frozen=True, slots=True)
class Kind:
    """A complex type. ``kinds`` names the types of its elements by tag, ``text`` that of its text, if any."""

    content: Part
    kinds: Mapping[str, str]
    attributes: Mapping[str, Simple]
    required: tuple[str, ...]
    text: Simple | None = None
    open: bool = False


@cache
def simple(name: str) -> Simple | None:
    """The simple type of a name; None where it is a complex one."""
    if name in values.BUILT_IN:
        return values.BUILT_IN[name]
    if name in values.OWN:
        return Simple(f"{TYPES_NS}:{name}", values.OWN[name])
    if name == "UnindexedFieldURIType":
        return Simple(f"{TYPES_NS}:{name}", lambda text: None if known_field(text) else values.ENUMERATION)
    listed = _lines(rules.ENUMERATIONS)
    if name == "DaysOfWeekType":
        return Simple(f"{TYPES_NS}:{name}", values.some_of(listed["DayOfWeekType"]))
    return Simple(f"{TYPES_NS}:{name}", values.one_of(listed[name])) if name in listed else None


@cache
def kind(name: str) -> Kind:
    """The complex type of a name."""
    return _Reading(_lines(rules.TYPES)[name], TYPES_NS).kind()


@cache
def operation(name: str) -> Kind | None:
    """What the element of an operation may hold; None for one that is not known."""
    text = _lines(rules.OPERATIONS).get(name)
    return None if text is None else _Reading(text, MESSAGES_NS).kind()


@cache
def _lines(text: str) -> dict[str, str]:
    """The rules by name."""
    whole = text.replace("\n    ", " ").strip().splitlines()
    split = (line.partition(" ") for line in whole if line)
    return {name: rest for name, _, rest in split}


class _Reading:
    """One rule on its way."""

    def __init__(self, text: str, namespace: str) -> None:
        for name, meant in _WORDS.items():
            text = text.replace(f"{name}+", f"( {meant} )+").replace(name, f"( {meant} )")
        self._tokens = text.split()
        self._namespace = namespace
        self._at = 0
        self._kinds: dict[str, str] = {}
        self._attributes: dict[str, Simple] = {}
        self._required: list[str] = []
        self._text: Simple | None = None
        self._open = False

    def kind(self) -> Kind:
        """The whole rule."""
        parts = tuple(self._parts())
        return Kind(
            Part(1, 1, parts=parts),
            self._kinds,
            self._attributes,
            tuple(self._required),
            self._text,
            self._open,
        )

    def _parts(self) -> Iterator[Part]:
        while self._at < len(self._tokens):
            word = self._tokens[self._at]
            if word.startswith((")", "|")):
                return
            self._at += 1
            if word == "(":
                yield self._group()
            elif word.startswith("<"):
                base = kind(word[1:])
                self._kinds |= base.kinds
                yield base.content
            elif word.startswith("="):
                self._text = simple(word[1:])
            elif word == "@*":
                self._open = True
            elif word.startswith("@"):
                self._attribute(word[1:])
            else:
                yield self._element(word)

    def _group(self) -> Part:
        alternatives = [tuple(self._parts())]
        while self._tokens[self._at] == "|":
            self._at += 1
            alternatives.append(tuple(self._parts()))
        low, high = _COUNTS[self._tokens[self._at][1:]]
        self._at += 1
        if len(alternatives) == 1:
            return Part(low, high, parts=alternatives[0])
        single = (one[0] if len(one) == 1 else Part(1, 1, parts=one) for one in alternatives)
        return Part(low, high, parts=tuple(single), choice=True)

    def _attribute(self, word: str) -> None:
        name, _, type_name = word.partition(":")
        found = simple(type_name)
        assert found is not None, word  # noqa: S101 - attributes are texts
        self._attributes[name.rstrip("!")] = found
        if name.endswith("!"):
            self._required.append(name.rstrip("!"))

    def _element(self, word: str) -> Part:
        name, _, type_name = word.partition(":")
        bare = name.rstrip("?*+")
        low, high = _COUNTS[name[len(bare) :]]
        tag = f"{{{self._namespace}}}{bare}"
        self._kinds[tag] = type_name
        return Part(low, high, tag)
