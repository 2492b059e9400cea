"""Reading one person's rows: single ones, and all there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from vfadmin.calendars.rest.listing import Listing, listed
from vfadmin.calendars.rest.rows import Rows
from vfadmin.calendars.rest.session import Line
from vfadmin.calendars.rest.values import Row, id_of
from vfadmin.errors import CalendarError, ItemGone, failure

_FEW = 20
"""So many rows are read one by one; for more, the list is read."""
PERSON = "{person}"
"""Stands for the person's id in a parameter of the map."""


class Reader:
    """Reads the events of one person over one line."""

    def __init__(self, line: Line, rows: Rows, person: int) -> None:
        self.line, self.rows, self.person = line, rows, person
        self.resource = rows.map.events

    def parameters(self) -> dict[str, str]:
        """What goes with every list."""
        chosen = self.resource.parameters.items()
        return {name: value.replace(PERSON, str(self.person)) for name, value in chosen}

    def list(self) -> Listing:
        """Everything that the resource lists now. Raises CalendarError."""
        return listed(self.line, self.resource, self.parameters())

    def mine(self, rows: Collection[Row]) -> dict[str, Row]:
        """The person's rows by their ids."""
        mine = (row for row in rows if self.rows.belongs_to(row, self.person))
        return {item_id: row for row in mine if (item_id := self.rows.id(row)) is not None}

    def read(self, wanted: Collection[str]) -> dict[str, Row]:
        """The rows of those ids that are there: by the list where that is shorter."""
        found: dict[str, Row] = {}
        if len(wanted) > _FEW:
            current = self.mine(self.list().rows)
            found = {one: current[one] for one in wanted if one in current}
            found = {one: row for one, row in found.items() if self.rows.is_complete(row)}
        for item_id in sorted(set(wanted) - found.keys(), key=int):
            row = self.row(item_id)
            if row is not None:
                found[item_id] = row
        return found

    def row(self, item_id: str) -> Row | None:
        """The person's row of that id; None when there is none, or when it is another person's."""
        if id_of(item_id) is None:
            return None
        try:
            row = self.line.get(self.resource, item_id)
        except ItemGone:
            return None
        if not isinstance(row, Mapping) or self.rows.id(row) != item_id:
            raise self.foreign(type(row).__name__)
        return row if self.rows.belongs_to(row, self.person) else None

    def foreign(self, detail: str) -> CalendarError:
        """What to raise for an answer that is no row."""
        host, name = self.rows.map.host, self.resource.resource
        return CalendarError(failure("VF-REST-10", resource=name, host=host, detail=detail))
