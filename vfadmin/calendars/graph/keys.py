"""Which events of a calendar carry a key of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote

from vfadmin.calendars.graph import properties
from vfadmin.calendars.graph.errors import Context
from vfadmin.calendars.graph.session import GraphSession, Request

Known = dict[str, tuple[str, ...]]
"""Ids by key; after somebody copied an event there are several."""


class Keys:
    """The keys of one calendar, listed once for all creates of a cycle."""

    def __init__(
        self, session: GraphSession, context: Context, count: Callable[[], None], events: Callable[[], str]
    ) -> None:
        self._session, self._context, self._count, self._events = session, context, count, events
        self._known: Known | None = None

    def ids(self, key: str) -> tuple[str, ...]:
        """The events that carried the key when all were listed, or were made since."""
        if self._known is None:
            listed: Known = {}
            for carried, item_id in self.carriers(None):
                listed[carried] = (*listed.get(carried, ()), item_id)
            self._known = listed
        return self._known.get(key, ())

    def doubt(self) -> Known:
        """Before a create: one whose answer is lost may leave an event nobody here knows of."""
        known, self._known = self._known, None
        return known or {}

    def settle(self, known: Known, key: str, item_id: str) -> None:
        """After a create: what was known before it, and what it made."""
        self._known = {**known, key: (item_id,)}

    def carriers(self, key: str | None) -> Iterator[tuple[str, str]]:
        """Key and id of the events that carry the key, or any key, asked for now."""
        query = f"$filter={quote(properties.has_key(key))}&$select=id&$expand={properties.expand_key()}"
        request: Request | None = Request("GET", f"{self._events()}?{query}&$top=100")
        seen: set[str] = set()
        while request is not None and request.path not in seen:
            seen.add(request.path)
            body = self._session.send(request, self._context, on_request=self._count).check(self._context)
            for one in body.get("value") or ():
                carried = properties.read_own(one).get(properties.KEY)
                if carried and one.get("id"):
                    yield carried, str(one["id"])
            request = self._session.following(body, self._context)
