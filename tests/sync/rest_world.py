"""The near side of a world over REST: the keeper, a simulated interface, and its user."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from tests.contract.rest_keeper import EVENTS, KEYS, field_map, resources
from tests.sync.world import PERSON
from vfadmin.calendars.base import Calendar
from vfadmin.calendars.event import FIELDS, Event, canonical, differing
from vfadmin.calendars.rest import FieldMap, RestServer
from vfadmin.calendars.rest.rows import Rows
from vfadmin.simulator.valueframe import RestFault, ValueFrameConfig, ValueFrameSimulator


class RestUser:
    """A person's events behind the interface, and whoever works on them without it."""

    def __init__(self, simulator: ValueFrameSimulator) -> None:
        self.simulator = simulator
        self._servers: dict[tuple[tuple[str, str], ...], RestServer] = {}
        self.use()

    @property
    def map(self) -> FieldMap:
        return self._server.map

    def use(self, changes: Mapping[str, str] | None = None) -> None:
        """Another field map from now on: the sample, with some of its lines changed."""
        key = tuple(sorted((changes or {}).items()))
        if key not in self._servers:
            self._servers[key] = RestServer(field_map(self.simulator, changes), KEYS.__getitem__)
        self._server = self._servers[key]

    def calendar(self) -> Calendar:
        return self._server.calendar(PERSON)

    def whole(self) -> Calendar:
        return self.calendar()

    def reset(self) -> None:
        self.close()  # what a session remembers of a refusal is nobody else's
        self.simulator.reset()
        self.use()

    def add(self, event: Event) -> str:
        content = self._rows.content(canonical(event), FIELDS)
        return str(self.simulator.add(EVENTS, {**content, "ownerId": PERSON}))

    def edit(self, item_id: str, **changes: Any) -> None:
        before = self._rows.event(self._row(item_id))
        after = canonical(replace(before, **changes))
        names = differing(before, after) or changes.keys()
        self.simulator.edit(EVENTS, int(item_id), self._rows.content(after, names))

    def remove(self, item_id: str) -> None:
        self.simulator.remove(EVENTS, int(item_id))

    def copy(self, item_id: str, title: str) -> str:
        return self.add(replace(self._rows.event(self._row(item_id)), title=title))

    def touch(self, item_id: str) -> None:
        self.simulator.edit(EVENTS, int(item_id), {})

    def spoil(self, item_id: str) -> str:
        self.simulator.edit(EVENTS, int(item_id), {"reminderMinutes": "pian"})
        return "VF-REST-11"

    def mend(self, item_id: str) -> None:
        self.simulator.edit(EVENTS, int(item_id), {"reminderMinutes": None})

    def close_verb(self, verb: str) -> None:
        """The interface refuses the verb, whatever the map says."""
        self.simulator.set_faults([RestFault(method=verb, status=405, times=None)])

    def open_verbs(self) -> None:
        self.simulator.set_faults([])

    def mails(self) -> int:
        return 0

    def ids(self) -> dict[str, str]:
        return {row["title"]: str(row["id"]) for row in self.simulator.rows(EVENTS)}

    def close(self) -> None:
        while self._servers:
            self._servers.popitem()[1].close()

    @property
    def _rows(self) -> Rows:
        return Rows(self.map)

    def _row(self, item_id: str) -> dict[str, Any]:
        (row,) = (one for one in self.simulator.rows(EVENTS) if one["id"] == int(item_id))
        return row


@contextmanager
def running_rest_user(**changes: Any) -> Iterator[RestUser]:
    """A simulated interface over TLS on a real socket, and its user."""
    with ValueFrameSimulator(ValueFrameConfig(resources(**changes))) as simulator:
        user = RestUser(simulator)
        try:
            yield user
        finally:
            user.close()
