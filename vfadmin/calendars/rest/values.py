"""Single values between a customer's JSON and ours.

Reading is lenient where the meaning is plain (``"1"`` and ``1`` are one number, for without real JSON types
everything is a text), and refuses what could be meant in two ways.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from vfadmin.calendars.rest.field_map import ISO, ISO_LOCAL, ResourceMap

Row = Mapping[str, Any]

_TRUE = frozenset({"1", "true"})
_FALSE = frozenset({"0", "false", ""})
_SHOWN = 40
_LARGEST_ID = 2**63 - 1
_DIGITS = len(str(_LARGEST_ID))


class FieldError(ValueError):
    """A field of a row does not parse; ``field`` is the customer's name of it, ``value`` what it holds."""

    def __init__(self, field: str, value: object) -> None:
        super().__init__(field)
        self.field, self.value = field, str(value)[:_SHOWN]


def id_of(text: object) -> int | None:
    """The id that a value is: a whole number, or its digits in the one form in which it was given out."""
    if isinstance(text, int) and not isinstance(text, bool):
        return text if 0 <= text <= _LARGEST_ID else None
    if not isinstance(text, str) or not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS):
        return None
    number = int(text)
    return number if number <= _LARGEST_ID and str(number) == text else None


@dataclass(frozen=True, slots=True)
class Codec:
    """Reads and writes the fields of one resource by its map; ``zone`` is that of times without one."""

    resource: ResourceMap
    zone: ZoneInfo

    def raw(self, row: Row, name: str) -> object:
        """What the row holds of a field of ours; None where it is not mapped or empty."""
        shown = self.resource.fields.get(name)
        return None if shown is None else row.get(shown)

    def text(self, row: Row, name: str) -> str:
        """A text; a number is taken for its digits. Raises FieldError."""
        value = self.raw(row, name)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self.wrong(name, value)
        return str(value)

    def word(self, row: Row, name: str, read: Callable[[str], Any]) -> Any:  # noqa: ANN401 - whatever is read
        """A value by its customer's word, or by ours where no words are mapped. Raises FieldError."""
        shown = self.text(row, name)
        words = self.resource.values.get(name)
        if words is not None:
            if shown not in words:
                raise self.wrong(name, shown)
            return words[shown]
        try:
            return read(shown)
        except ValueError:
            raise self.wrong(name, shown) from None

    def flag(self, row: Row, name: str, *, default: bool) -> bool:
        """A yes or no. Raises FieldError."""
        value = self.raw(row, name)
        if value is None:
            return default
        if isinstance(value, bool) and name not in self.resource.values:
            return value
        return bool(self.word(row, name, _read_flag))

    def number(self, row: Row, name: str) -> int | None:
        """A whole number. Raises FieldError."""
        value = self.raw(row, name)
        if value is None or value == "":
            return None
        sign, digits = (-1, value[1:]) if isinstance(value, str) and value[:1] == "-" else (1, value)
        found = id_of(digits)
        if found is None:
            raise self.wrong(name, value)
        return sign * found

    def moment(self, row: Row, name: str) -> datetime | None:
        """A time in UTC; one without an offset is of the map's zone. Raises FieldError."""
        value = self.raw(row, name)
        if value is None or value == "":
            return None
        try:
            if not isinstance(value, str):
                raise self.wrong(name, value)
            read = self._read_moment(value)
            return (read.replace(tzinfo=self.zone) if read.tzinfo is None else read).astimezone(UTC)
        except (ValueError, OverflowError):
            raise self.wrong(name, value) from None

    def _read_moment(self, value: str) -> datetime:
        """By the map's format; ISO 8601 too, in which the server may put its own times."""
        known = self.resource.time_format
        if known not in (ISO, ISO_LOCAL):
            with suppress(ValueError):
                # Without a zone where the format has none: it is the map's then.
                return datetime.strptime(value, known)  # noqa: DTZ007
        return datetime.fromisoformat(value)

    def day(self, moment: datetime) -> date:
        """The day on which a moment is by the map's clock."""
        return moment.astimezone(self.zone).date()

    def listed(self, row: Row, name: str) -> list[Any]:
        """A list: of JSON, or the text of one. Raises FieldError."""
        value = self.raw(row, name)
        if value is None or value == "":
            return []
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except (ValueError, RecursionError):
                raise self.wrong(name, value) from None
        if not isinstance(value, list):
            raise self.wrong(name, value)
        return value

    def wrong(self, name: str, value: object) -> FieldError:
        """What to raise for a field of ours that does not parse."""
        return FieldError(self.resource.fields.get(name, name), value)

    def shown_moment(self, moment: datetime) -> str:
        """The time as the customer's resource writes it. Raises OverflowError at the ends of time."""
        local = moment.astimezone(self.zone)
        if self.resource.time_format == ISO:
            return local.isoformat(timespec="seconds")
        if self.resource.time_format == ISO_LOCAL:
            return local.replace(tzinfo=None).isoformat(timespec="seconds")
        return local.strftime(self.resource.time_format)

    def shown_word(self, name: str, value: object) -> object:
        """The customer's word for a value of ours, ours where no words are mapped.

        What no word says becomes the first that is mapped: the nearest there is. Words that are
        numbers are written as numbers.
        """
        words = self.resource.values.get(name)
        if not words:
            return value
        shown = next((word for word, meant in words.items() if meant == value), next(iter(words)))
        return shown if id_of(shown) is None else int(shown)


def _read_flag(text: str) -> bool:
    word = text.casefold()
    if word not in _TRUE | _FALSE:
        raise ValueError(text)
    return word in _TRUE
