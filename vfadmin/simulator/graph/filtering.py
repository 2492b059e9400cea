"""$filter over events: comparisons, functions and the search for an extended property.

What cannot be filtered by is refused as Graph does ("Use the $filter query parameter", "Get
singleValueLegacyExtendedProperty").
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from vfadmin.simulator.graph.errors import GraphError
from vfadmin.simulator.graph.lexing import Word, invalid_filter, words
from vfadmin.simulator.graph.moments import read_instant
from vfadmin.simulator.graph.names import RESPONSES, SHOW_AS, TYPES, instance_uid
from vfadmin.simulator.graph.properties import parse_id
from vfadmin.simulator.item import ExtendedKey, Item

Test = Callable[[Item], bool]
_Get = Callable[[Item], Any]
_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq, "ne": operator.ne, "gt": operator.gt, "ge": operator.ge, "lt": operator.lt,
    "le": operator.le,
}  # fmt: skip
FIELDS: dict[str, _Get] = {
    "start/datetime": lambda item: item.start,
    "end/datetime": lambda item: item.end,
    "createddatetime": lambda item: item.created,
    "lastmodifieddatetime": lambda item: item.modified,
    "subject": lambda item: item.subject.casefold(),
    "icaluid": instance_uid,
    "isallday": lambda item: item.all_day,
    "iscancelled": lambda item: item.is_cancelled,
    "isorganizer": lambda item: item.my_response == "Organizer",
    "importance": lambda item: item.importance.casefold(),
    "sensitivity": lambda item: item.sensitivity.casefold(),
    "showas": lambda item: SHOW_AS.get(item.show_as, "unknown").casefold(),
    "type": lambda item: TYPES[item.type].casefold(),
    "location/displayname": lambda item: item.location.casefold(),
    "organizer/emailaddress/address": lambda item: item.organizer.email.casefold(),
    "responsestatus/response": lambda item: RESPONSES.get(item.my_response, "none").casefold(),
    "categories": lambda item: tuple(name.casefold() for name in item.categories),
}
_TIMES = frozenset(("start/datetime", "end/datetime", "createddatetime", "lastmodifieddatetime"))
_EXACT = frozenset(("icaluid",))
_FUNCTIONS: dict[str, Callable[[str, str], bool]] = {
    "contains": lambda text, part: part in text,
    "startswith": str.startswith,
    "endswith": str.endswith,
}
_DEEPEST = 50


@lru_cache(maxsize=256)
def parse_filter(text: str) -> Test:
    """The test that a $filter makes of an event; 400 where it is none, or of what cannot be filtered by."""
    parser = _Parser(words(text), text)
    test = parser.disjunction(0)
    parser.end()
    return test


class _Parser:
    """Reads a filter from left to right, by precedence: or, and, not."""

    def __init__(self, found: list[Word], text: str) -> None:
        self._words = found
        self._next = 0
        self._text = text

    def end(self) -> None:
        if self._next < len(self._words):
            raise self._wrong()

    def disjunction(self, depth: int) -> Test:
        tests = [self._conjunction(depth)]
        while self._takes("or"):
            tests.append(self._conjunction(depth))
        return tests[0] if len(tests) == 1 else lambda item: any(test(item) for test in tests)

    def _conjunction(self, depth: int) -> Test:
        tests = [self._term(depth)]
        while self._takes("and"):
            tests.append(self._term(depth))
        return tests[0] if len(tests) == 1 else lambda item: all(test(item) for test in tests)

    def _term(self, depth: int) -> Test:
        if depth > _DEEPEST:
            raise invalid_filter("The filter is nested too deeply.")
        if self._takes("not"):
            refused = self._term(depth + 1)
            return lambda item: not refused(item)
        if self._takes("("):
            test = self.disjunction(depth + 1)
            self._need(")")
            return test
        word = self._take("path")
        name = word.text.lower()
        if name in _FUNCTIONS and self._takes("("):
            return self._function(name)
        if name.endswith("/any") and self._takes("("):
            return self._any(name.removesuffix("/any"))
        return self._comparison(word)

    def _comparison(self, word: Word) -> Test:
        get, name = _field(word.text), word.text.lower()
        compare = _OPERATORS.get(self._take("path").text.lower())
        if compare is None:
            raise self._wrong()
        value = self._literal(name)
        if isinstance(value, bool) and compare not in (operator.eq, operator.ne):
            raise self._wrong()
        return lambda item: compare(get(item), value)

    def _literal(self, name: str) -> Any:  # noqa: ANN401 (a literal of any type)
        word = self._take("string", "time", "number", "path")
        if name in _TIMES:
            if word.kind not in ("string", "time"):
                raise self._wrong()
            return read_instant(_bare(word), name)
        value = FIELDS[name](_SAMPLE)
        if isinstance(value, bool):
            if word.text.lower() not in ("true", "false"):
                raise self._wrong()
            return word.text.lower() == "true"
        if word.kind != "string":
            raise invalid_filter(
                "A binary operator with incompatible types was detected. Found operand types do not match."
            )
        return _bare(word) if name in _EXACT else _bare(word).casefold()

    def _function(self, name: str) -> Test:
        word = self._take("path")
        get = _field(word.text)
        if word.text.lower() in _TIMES or not isinstance(get(_SAMPLE), str):
            raise self._wrong()
        self._need(",")
        part = _bare(self._take("string"))
        self._need(")")
        if word.text.lower() not in _EXACT:
            part = part.casefold()
        holds = _FUNCTIONS[name]
        return lambda item: holds(get(item), part)

    def _any(self, collection: str) -> Test:
        variable = self._take("path").text
        self._need(":")
        if collection == "categories":
            if not self._takes(variable) or not self._takes("eq"):
                raise self._wrong()
            wanted = _bare(self._take("string")).casefold()
            self._need(")")
            return lambda item: wanted in FIELDS["categories"](item)
        if collection != "singlevalueextendedproperties":
            raise _unfilterable(collection)
        tests = [self._property_test(variable)]
        while self._takes("and"):
            tests.append(self._property_test(variable))
        self._need(")")
        if not any(name == "id" for name, _ in tests):
            raise invalid_filter("An extended property is searched by its id.")
        return lambda item: any(
            all(holds(key, value) for _, holds in tests) for key, value in item.extended.items()
        )

    def _property_test(self, variable: str) -> tuple[str, Callable[[ExtendedKey, Any], bool]]:
        """One test of an extended property: of its id, or of its value as text or cast to a number."""
        cast = self._takes("cast")
        if cast:
            self._need("(")
        name = self._take("path").text
        if cast:
            self._need(",")
            self._take("path")
            self._need(")")
        compare = _OPERATORS.get(self._take("path").text.lower())
        word = self._take("string", "number", "path", "time")
        if compare is None or not name.startswith(f"{variable}/"):
            raise self._wrong()
        if name == f"{variable}/id" and compare is operator.eq:
            key = parse_id(_bare(word))
            return "id", lambda found, _: found == key
        if name != f"{variable}/value":
            raise self._wrong()
        if word.kind == "path" and word.text.lower() == "null":
            # "ep/value ne null": that an event has the property at all.
            return "value", lambda _, value: (value is not None) is (compare is operator.ne)
        if not cast:
            if word.kind != "string":
                raise invalid_filter("The value of an extended property is a text; cast it to compare.")
            # "Filtering the value property of an extended property is case-insensitive."
            text = _bare(word).lower()
            return "value", lambda _, value: isinstance(value, str) and compare(value.lower(), text)
        return "value", lambda _, value: isinstance(value, str) and _cast_holds(compare, value, word)

    def _takes(self, text: str) -> bool:
        """Take the next word if it is this one."""
        if self._next < len(self._words):
            word = self._words[self._next]
            if word.kind in ("path", "mark") and word.text.lower() == text.lower():
                self._next += 1
                return True
        return False

    def _need(self, text: str) -> None:
        if not self._takes(text):
            raise self._wrong()

    def _take(self, *kinds: str) -> Word:
        if self._next >= len(self._words) or self._words[self._next].kind not in kinds:
            raise self._wrong()
        self._next += 1
        return self._words[self._next - 1]

    def _wrong(self) -> GraphError:
        at = self._words[self._next].at if self._next < len(self._words) else len(self._text)
        return invalid_filter(f"Syntax error at position {at} in '{self._text}'.")


def _field(path: str) -> _Get:
    get = FIELDS.get(path.lower())
    if get is None:
        raise _unfilterable(path)
    return get


def _unfilterable(path: str) -> GraphError:
    return GraphError(
        400, "ErrorInvalidProperty", f"The property '{path.replace('/', '.')}' does not support filtering."
    )


def _bare(word: Word) -> str:
    return word.text[1:-1].replace("''", "'") if word.kind == "string" else word.text


def _cast_holds(compare: Callable[[Any, Any], bool], value: str, word: Word) -> bool:
    text = _bare(word)
    if value.lower() in ("true", "false"):
        return compare(value.lower(), text.lower())
    try:
        return compare(float(value), float(text))
    except ValueError:
        return compare(value, text)


def _sample() -> Item:
    """An event whose values tell the types of the fields."""
    from vfadmin.simulator.item import Address  # noqa: PLC0415 (for this value alone)

    then = datetime(2000, 1, 1, tzinfo=UTC)
    return Item("", "", "", "", then, then, "", then, then, Address("", ""))


_SAMPLE = _sample()
