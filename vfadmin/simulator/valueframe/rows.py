"""The rows of one resource. Ids rise and are never given twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from vfadmin.simulator.valueframe.config import ResourceSpec

Row = dict[str, Any]


class Rows:
    """Rows by their ids, in the order in which they were added. The caller holds the lock."""

    def __init__(self, spec: ResourceSpec, clock: Callable[[], datetime]) -> None:
        self.spec, self._clock = spec, clock
        self._rows: dict[int, Row] = {}
        self._touched: dict[int, datetime] = {}
        self._next = 1

    def __iter__(self) -> Iterator[Row]:
        return iter(tuple(self._rows.values()))

    def get(self, row_id: int) -> Row | None:
        """The row; None where there is none."""
        return self._rows.get(row_id)

    def add(self, values: Mapping[str, Any]) -> Row:
        """A new row of these values and the server's own."""
        spec = self.spec
        row: Row = {**spec.fields, **values, spec.id_field: self._next}
        self._rows[self._next] = row
        self._next += 1
        self._stamp(row, spec.created_field)
        self._touch(row)
        return row

    def update(self, row_id: int, values: Mapping[str, Any]) -> Row:
        """The row with these values; KeyError where there is none."""
        row = self._rows[row_id]
        kept = self._own(row)
        if self.spec.replaces:
            row.clear()
            row.update(self.spec.fields)
        row.update(values)
        row.update(kept)
        self._touch(row)
        return row

    def remove(self, row_id: int) -> None:
        """Take a row away; KeyError where there is none."""
        del self._rows[row_id]

    def since(self, moment: datetime) -> list[Row]:
        """The rows that were touched at that time or later."""
        return [row for row in self if self._touched[row[self.spec.id_field]] >= moment]

    def clear(self) -> None:
        """Take all rows away."""
        self._rows.clear()

    def _own(self, row: Row) -> Row:
        names = (self.spec.id_field, self.spec.created_field, self.spec.modified_field)
        return {name: row[name] for name in names if name in row}

    def _touch(self, row: Row) -> None:
        self._touched[row[self.spec.id_field]] = self._clock()
        self._stamp(row, self.spec.modified_field)

    def _stamp(self, row: Row, name: str) -> None:
        if name:
            row[name] = self._clock().isoformat(timespec="seconds")
