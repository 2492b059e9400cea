"""Writing events of one mailbox, a series with its occurrences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import quote

from vfadmin.calendars.base import Mark, Written
from vfadmin.calendars.event import Event, Recurrence
from vfadmin.calendars.exchange.occurrences import deviates, yielding
from vfadmin.calendars.graph import folders, line, occurrences, write
from vfadmin.calendars.graph.errors import Context, build, error_for
from vfadmin.calendars.graph.items import ItemReader, Shown, representable
from vfadmin.calendars.graph.read import Reader, version_of
from vfadmin.calendars.graph.session import GraphSession, Reply, Request
from vfadmin.calendars.series import OVERRIDABLE
from vfadmin.errors import CalendarError, ItemGone

_OF_SERIES = frozenset({"when", "recurrence", *OVERRIDABLE})
_CONFLICT, _REPEATED = 409, "ErrorDuplicateTransactionId"
"""How a create under a transaction that was used before is refused.

Microsoft's page of the event promises that a `transactionId` lets the service *avoid redundant POST
operations in case of client retries*, and says neither how the repetition is answered nor how soon what the
first one made can be read. Clients in the field report this code, at times with the event's id beside it.
"""
_EXISTING = "@event.existingEventId"


@dataclass(frozen=True, slots=True)
class Landed:
    """An earlier create under the same transaction took place; its event's id, empty where nobody told it."""

    item_id: str


class EventWriter:
    """Writes the events of one mailbox. ``home`` tells where, when and among whom a write happens."""

    def __init__(
        self,
        session: GraphSession,
        reader: Reader,
        items: ItemReader,
        context: Context,
        count: Callable[[], None],
        home: Callable[[], write.Home],
    ) -> None:
        self._session, self._reader, self._items = session, reader, items
        self._context, self._count, self._home = context, count, home

    def create(self, events: str, event: Event, mark: Mark, revive: str | None) -> Written | Landed:
        """Add the event to those of a calendar, or tell that the same create has landed before."""
        uneven = deviates(event.recurrence)
        with representable(self._context):
            body = write.create_body(event, mark, self._home(), revive=revive, unfinished=uneven)
        made = self._made(events, body)
        if isinstance(made, Landed):
            return made
        item_id, uid = str(made["id"]), made.get("iCalUId")
        if uneven:
            self._settle_occurrences(item_id, Recurrence(""), event)
        return Written(item_id, version_of(made), uid=uid if isinstance(uid, str) else None)

    def update(self, item_id: str, event: Event, names: frozenset[str], version: str, mark: Mark) -> Written:
        """Write the named fields in one conditional request, a series' occurrences after it."""
        if event.recurrence is not None and names & _OF_SERIES:
            return self._update_series(item_id, event, names, version, mark)
        return Written(*self._update(item_id, event, names, version, mark))

    def delete(self, item_id: str, version: str | None) -> None:
        """Delete the event, if the version still stands; what is gone already is no error."""
        headers = {} if version is None else {"If-Match": version}
        try:
            self._send(Request("DELETE", self._path(item_id), headers=headers)).check(self._context)
        except ItemGone:
            return

    def _send(self, request: Request) -> Reply:
        return self._session.send(request, self._context, on_request=self._count)

    def _path(self, item_id: str) -> str:
        return f"{folders.user(self._context.mailbox)}/events/{quote(item_id, safe='')}"

    def _made(self, events: str, body: dict[str, Any]) -> Mapping[str, Any] | Landed:
        reply = self._send(Request("POST", events, body))
        if reply.status == _CONFLICT or reply.code == _REPEATED:
            return Landed(str(reply.told(_EXISTING) or ""))
        made = reply.check(self._context)
        if not made.get("id"):
            # It was written, but under an id nobody told: the next run looks for its mark.
            raise CalendarError(build("EX-UNKNOWN-01", self._context, detail="EmptyAnswer"))
        return made

    def _update(
        self,
        item_id: str,
        shown: Event,
        names: frozenset[str],
        version: str,
        mark: Mark,
        *,
        unfinished: bool = False,
    ) -> tuple[str, str]:
        with representable(self._context):
            body = write.update_body(shown, names, mark, self._home(), unfinished=unfinished)
        if "participants" in names and "text" not in names:
            body |= self._relined(item_id, shown)
        return self._patch(item_id, body, version)

    def _patch(self, item_id: str, body: Mapping[str, Any], version: str | None) -> tuple[str, str]:
        headers = {} if version is None else {"If-Match": version}
        request = Request("PATCH", self._path(item_id), body, headers)
        reply = self._send(request)
        return item_id, version_of(reply.check(self._context))

    def _relined(self, item_id: str, shown: Event) -> dict[str, Any]:
        """The text as it is formatted, with the names of who takes part now; nothing where it has them."""
        request = Request("GET", f"{self._path(item_id)}?$select=body", html=True)
        reply = self._send(request)
        there = reply.check(self._context).get("body")
        content = str(there.get("content") or "") if isinstance(there, Mapping) else ""
        told = write.own_line(shown, self._home().people)
        wanted = line.in_html(content, told)
        return {} if wanted == content else {"body": {"contentType": "html", "content": wanted}}

    def _update_series(
        self, item_id: str, shown: Event, names: frozenset[str], version: str, mark: Mark
    ) -> Written:
        """Write a series as far as it differs from what stands there."""
        stands = self._current(item_id, version).item.event.recurrence
        wanted = shown.recurrence or Recurrence("")
        uneven = deviates(wanted) or deviates(stands)
        if stands is not None and set(stands.deleted) - set(wanted.deleted):
            # No request brings a deleted occurrence back: only a new pattern has all of them.
            single = replace(shown, recurrence=None)
            version = self._update(
                item_id, single, frozenset({"recurrence"}), version, mark, unfinished=True
            )[1]
            stands = None
        # A start alone would move the pattern away from its days, a pattern that stands costs the exceptions.
        patterned = "when" in names or stands is None or stands.rrule != wanted.rrule
        names = names | {"recurrence", "when"} if patterned else names - {"recurrence"}
        written = self._update(item_id, shown, names, version, mark, unfinished=uneven)
        if uneven:
            left = self._current(item_id).item
            if left.version != written[1]:  # whoever was quicker keeps what is his
                shown = yielding(stands, left.event, shown)
            self._settle_occurrences(item_id, left.event.recurrence or Recurrence(""), shown)
        return Written(*written)

    def _settle_occurrences(self, master: str, stands: Recurrence, wanted: Event) -> None:
        """Delete and change occurrences; a master that was refused some of it stays marked as unfinished."""
        with representable(self._context):
            todo = list(
                occurrences.settling(
                    stands, wanted, lambda days: self._ids(master, wanted, days), self._home()
                )
            )
        for item_id, body in todo:
            if body is None:
                self.delete(item_id, None)
            else:
                # Its version moves with that of every other occurrence, so it says nothing here.
                self._patch(item_id, body, None)
        self._patch(master, write.finished_body(), self._current(master).item.version)

    def _ids(self, master: str, series: Event, days: Iterable[date]) -> dict[date, str]:
        """The occurrences of these days by their ids; moved ones are found among the exceptions."""
        wanted = set(days)
        found: dict[date, str] = {}
        for first, last in occurrences.windows(wanted):
            events = f"{folders.user(self._context.mailbox)}/events"
            request = occurrences.instances_request(events, master, series, first, last)
            shown = self._session.listed(request, self._context, on_request=self._count)
            found |= occurrences.by_day(shown, series, self._reader)
        missing = wanted - found.keys()
        if missing:
            found |= self._items.exceptions(master, series)
        return {day: item_id for day, item_id in found.items() if day in wanted}

    def _current(self, item_id: str, version: str | None = None) -> Shown:
        """The event, if the version still stands and nobody was invited to it meanwhile."""
        found = self._items.one(item_id)
        if found is None:
            raise error_for(build("EX-ITEM-01", self._context))
        if found.item.sealed or version not in (None, found.item.version):
            raise error_for(build("EX-ITEM-02", self._context))
        return found
