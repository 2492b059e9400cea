"""Whole lists, page by page, of a resource that may change while it is read.

Pages are asked for by ``limit`` and ``offset``, each beginning with the last row of the one before: where
another stands there, rows were added or removed meanwhile and one may have slipped through between two
pages. The list is then read again. It ends where nothing follows its last row: a short page proves nothing,
since a server may have a limit of its own. Half a list, taken for a whole one, would have events created
twice.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vfadmin.calendars.rest.field_map import ResourceMap
from vfadmin.calendars.rest.session import Line
from vfadmin.calendars.rest.values import Row, id_of
from vfadmin.errors import CalendarError, failure

_TRIES = 3


class _TornError(Exception):
    """The list changed while it was read."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows of a list, and the server's time before its first page was asked for."""

    rows: tuple[Row, ...]
    began: datetime
    read_at: float = 0.0


def listed(line: Line, resource: ResourceMap, parameters: Mapping[str, str]) -> Listing:
    """Every row there is. Raises CalendarError, VF-REST-13 where the list never held still."""
    for _ in range(_TRIES):
        began = line.session.server_time()
        try:
            rows = _pages(line, resource, parameters)
            _counted(line, resource, parameters, len(rows))
        except _TornError:
            continue
        return Listing(rows, began, time.monotonic())
    raise CalendarError(failure("VF-REST-13", resource=resource.resource))


def _pages(line: Line, resource: ResourceMap, parameters: Mapping[str, str]) -> tuple[Row, ...]:
    if not resource.paging:
        return tuple(rows_of(line.get(resource, params=parameters), resource, line))
    found: list[Row] = []
    while True:
        offset = max(0, len(found) - 1)
        asked = {**parameters, "limit": str(resource.limit), "offset": str(offset)}
        page = rows_of(line.get(resource, params=asked), resource, line)
        if not found:
            found = page
            if not page or len(page) > resource.limit:
                return _once(found, resource)
            continue
        if not page or _id(page[0], resource) != _id(found[-1], resource):
            raise _TornError
        if len(page) == 1:
            return _once(found, resource)
        found += page[1:]


def _once(rows: list[Row], resource: ResourceMap) -> tuple[Row, ...]:
    """The rows, none of them twice."""
    if len({_id(row, resource) for row in rows}) != len(rows):
        raise _TornError
    return tuple(rows)


def _counted(line: Line, resource: ResourceMap, parameters: Mapping[str, str], found: int) -> None:
    """Compare with how many rows there are: a number alone, or the only number of an object."""
    if not resource.count:
        return
    body = line.get(resource, params={**parameters, "count": "1"})
    numbers = [body] if not isinstance(body, dict) else list(body.values())
    told = [one for one in numbers if isinstance(one, int) and not isinstance(one, bool)]
    if len(told) != 1:
        raise _foreign(resource, line, "count")
    if told[0] != found:
        raise _TornError


def rows_of(body: Any, resource: ResourceMap, line: Line) -> list[Row]:  # noqa: ANN401 - any JSON
    """The rows of an answer. Raises CalendarError VF-REST-10 for anything else."""
    if resource.rows_in and isinstance(body, dict):
        body = body.get(resource.rows_in)
    if not isinstance(body, list) or not all(isinstance(row, dict) for row in body):
        raise _foreign(resource, line, type(body).__name__)
    if not all(id_of(_id(row, resource)) is not None for row in body):
        raise _foreign(resource, line, resource.fields["id"])
    return body


def _id(row: Row, resource: ResourceMap) -> object:
    return row.get(resource.fields["id"])


def _foreign(resource: ResourceMap, line: Line, detail: str) -> CalendarError:
    return CalendarError(
        failure("VF-REST-10", resource=resource.resource, host=line.session.map.host, detail=detail)
    )


class Shared:
    """Lists that several persons' calendars are read from: one reading serves all who ask within its time.

    Without it each poll of each person would read the whole company's list. Thread-safe: who asks while it is
    being read waits for it.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._found: dict[tuple[tuple[str, str], ...], Listing] = {}

    def listed(self, line: Line, resource: ResourceMap, parameters: Mapping[str, str]) -> Listing:
        """A list that is fresh enough. Raises CalendarError."""
        key = tuple(sorted(parameters.items()))
        with self._lock:
            known = self._found.get(key)
            if known is None or self._clock() - known.read_at >= resource.share_seconds:
                known = listed(line, resource, parameters)
                self._found = {key: known}
            return known
