"""Simple types: which texts are values of them (XML Schema part 2, and the protocol's own)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass

from vfadmin.simulator.names import words

ENUMERATION, PATTERN, MINIMUM, MAXIMUM, LENGTH = (
    "Enumeration", "Pattern", "MinInclusive", "MaxInclusive", "MinLength",
)  # fmt: skip
LEXICAL = ""
"""The text is no value of the type that is restricted at all."""

Check = Callable[[str], str | None]
"""The name of the constraint that a text breaks; None where it is a value."""

_ZONE = r"(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_TIME = r"(?:([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
_DATE = re.compile(rf"(-?\d{{4,}})-(\d\d)-(\d\d){_ZONE}", re.ASCII)
_DATE_TIME = re.compile(rf"(-?\d{{4,}})-(\d\d)-(\d\d)T{_TIME}{_ZONE}", re.ASCII)
_CLOCK = re.compile(_TIME + _ZONE, re.ASCII)
_DURATION = re.compile(
    r"-?P(?=[\dT])(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?", re.ASCII
)
_INTEGER = re.compile(r"[+-]?\d+", re.ASCII)
_DOUBLE = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|-?INF|NaN", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_FOUR = re.compile(r"(?:(?:[A-Za-z0-9+/] ?){4})*(?:(?:[A-Za-z0-9+/] ?){2}(?:[A-Za-z0-9+/] ?|=) ?=)?")
_BLANK = "[ \t\n\r]+"
_MONTHS = range(1, 13)
_PADDED = re.compile("-?0[0-9]{4}")
"""A year of more than four digits begins with none of 0."""
_LEAP_CYCLE = 400


def collapsed(text: str) -> str:
    """Blanks as XML Schema collapses them; those of Unicode are none."""
    return re.sub(_BLANK, " ", text).strip(" ")


def _matching(pattern: re.Pattern[str]) -> Check:
    return lambda text: None if pattern.fullmatch(collapsed(text)) else LEXICAL


def _calendar(pattern: re.Pattern[str]) -> Check:
    def check(text: str) -> str | None:
        match = pattern.fullmatch(collapsed(text))
        if match is None:
            return LEXICAL
        year, month, day = (int(part) for part in match.groups()[:3])
        if not year or _PADDED.match(match[1]):
            return LEXICAL
        # The years repeat, and a month's length is asked of a year that the calendar has.
        fits = month in _MONTHS and 1 <= day <= monthrange(year % _LEAP_CYCLE + _LEAP_CYCLE, month)[1]
        return None if fits else LEXICAL

    return check


def between(low: int, high: int) -> Check:
    """An integer within bounds."""

    def check(text: str) -> str | None:
        given = collapsed(text)
        if not _INTEGER.fullmatch(given) or len(given) > 20:  # noqa: PLR2004 - longer than any bound
            return LEXICAL
        if int(given) < low:
            return MINIMUM
        return MAXIMUM if int(given) > high else None

    return check


def _bits(count: int) -> Check:
    inner = between(-(1 << count - 1), (1 << count - 1) - 1)
    return lambda text: None if inner(text) is None else LEXICAL


def one_of(names: str) -> Check:
    """One of these words, as they are written."""
    allowed = frozenset(words(names))
    return lambda text: None if text in allowed else ENUMERATION


def some_of(names: str) -> Check:
    """A list of these words."""
    allowed = frozenset(words(names))
    return lambda text: None if allowed.issuperset(collapsed(text).split()) else ENUMERATION


def _pattern(expression: str) -> Check:
    compiled = re.compile(expression)
    return lambda text: None if compiled.fullmatch(text) else PATTERN


def _base64(text: str) -> str | None:
    return None if _FOUR.fullmatch(collapsed(text)) else LEXICAL


def _property_tag(text: str) -> str | None:
    hexadecimal = re.fullmatch("0[xX][0-9A-Fa-f]{1,4}", text)
    return None if hexadecimal or between(0, 0xFFFF)(text) is None else PATTERN


def _reminder(text: str) -> str | None:
    never = 1525252321  # 0x5AE980E1: no reminder time at all
    return None if between(0, 2_629_800)(text) is None or between(never, never)(text) is None else LEXICAL


def _string(_: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Simple:
    """A simple type by its name."""

    name: str
    check: Check


_BUILT_IN: dict[str, Check] = {
    "string": _string,
    "boolean": lambda text: None if collapsed(text) in ("true", "false", "1", "0") else LEXICAL,
    "int": _bits(32),
    "short": _bits(16),
    "long": _bits(64),
    "double": _matching(_DOUBLE),
    "dateTime": _calendar(_DATE_TIME),
    "date": _calendar(_DATE),
    "time": _matching(_CLOCK),
    "duration": _matching(_DURATION),
    "language": _matching(_LANGUAGE),
    "base64Binary": _base64,
}
BUILT_IN = {
    f"xs:{name}": Simple(f"http://www.w3.org/2001/XMLSchema:{name}", one) for name, one in _BUILT_IN.items()
}
OWN: dict[str, Check] = {
    "NonEmptyStringType": lambda text: None if text else LENGTH,
    "GuidType": _pattern("[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"),
    "PropertyTagType": _property_tag,
    "ReminderMinutesBeforeStartType": _reminder,
    "ExcludesAttributeType": _pattern("0[xX][0-9A-Fa-f]*|[0-9]*"),
    "MaxSyncChangesReturnedType": between(1, 512),
    "SubscriptionTimeoutType": between(1, 1440),
    "StreamingSubscriptionConnectionTimeoutType": between(1, 30),
}
