"""What the rest of the program holds of a customer's REST interface."""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx

from vfadmin.calendars.rest.calendar import PAGE, RestCalendar, Shelf
from vfadmin.calendars.rest.field_map import FieldMap
from vfadmin.calendars.rest.listing import Shared
from vfadmin.calendars.rest.rows import Rows
from vfadmin.calendars.rest.session import RestSession


class RestServer:
    """One customer's interface; one object for each process and field map. Thread-safe.

    ``secret`` gives a transfer key by its name in the keyring and may raise SecretError.
    """

    def __init__(
        self,
        field_map: FieldMap,
        secret: Callable[[str], str],
        *,
        clock: Callable[[], float] = time.time,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.map = field_map
        self.session = RestSession(field_map, secret, clock=clock, transport=transport)
        self._shelf = Shelf(self.session, Rows(field_map), Shared())

    def calendar(self, person_id: int, *, page: int = PAGE) -> RestCalendar:
        """The person's calendar. Sends nothing yet."""
        return RestCalendar(self._shelf, person_id, page=page)

    def close(self) -> None:
        """Close all connections. Never raises."""
        self.session.close()
