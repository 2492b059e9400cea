"""Finding the events of a calendar that carry a key of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote

from vfadmin.calendars.exchange import keys
from vfadmin.calendars.graph import properties
from vfadmin.calendars.graph.errors import Context
from vfadmin.calendars.graph.session import GraphSession, Request


class Keys(keys.Keys):
    """The keys of one calendar; ``events`` tells where its events are."""

    def __init__(
        self, session: GraphSession, context: Context, count: Callable[[], None], events: Callable[[], str]
    ) -> None:
        super().__init__()
        self._session, self._context, self._count, self._events = session, context, count, events

    def carriers(self, key: str | None) -> Iterator[tuple[str, str]]:
        """Key and id of the events that carry the key, or any key, asked for now."""
        query = f"$filter={quote(properties.has_key(key))}&$select=id&$expand={properties.expand_key()}"
        request = Request("GET", f"{self._events()}?{query}&$top=100")
        for one in self._session.listed(request, self._context, on_request=self._count):
            carried = properties.read_own(one).get(properties.KEY)
            if carried and one.get("id"):
                yield carried, str(one["id"])
