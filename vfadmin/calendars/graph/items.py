"""Reading events by id: in batches, of a series what deviates from it, and only those of this calendar.

An immutable id outlasts a move: what a person deleted lies in Deleted Items and still has its id. So an
event counts as there only if it lies in the calendar.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote

from vfadmin.calendars.base import Item
from vfadmin.calendars.event import Event
from vfadmin.calendars.exchange.cancelled import Cancelled
from vfadmin.calendars.exchange.moments import read_moment
from vfadmin.calendars.graph import properties
from vfadmin.calendars.graph.errors import Context, build, error_for
from vfadmin.calendars.graph.folders import path, user
from vfadmin.calendars.graph.read import Reader, is_series, item_query, sensitivity_of
from vfadmin.calendars.graph.session import GraphSession, Reply, Request
from vfadmin.errors import CalendarError, Failure, Scope

NONSENSE = (ValueError, TypeError, OverflowError, AttributeError, KeyError)
"""What values raise that no calendar can hold, such as a year 10000."""

_NEVER = datetime.max.replace(tzinfo=UTC)

_Told = Mapping[str, Any] | Failure | None


@dataclass(frozen=True, slots=True)
class Shown:
    """An event as it was read, with what the interface does not carry."""

    item: Item
    sensitivity: str
    made: datetime = _NEVER
    """When Exchange made it, by its own clock."""


class ItemReader:
    """Reads the events of one calendar. Used by one thread at a time.

    ``folder`` is asked for the calendar's id, ``entry`` for its own name as its items show it.
    """

    def __init__(
        self,
        session: GraphSession,
        reader: Reader,
        context: Context,
        count: Callable[[], None],
        folder: Callable[[], str],
        entry: Callable[[], str | None],
    ) -> None:
        self._session, self._reader, self._context, self._count = session, reader, context, count
        self._folder, self._entry = folder, entry

    def get(self, ids: Sequence[str], *, within: bool = True) -> list[Shown | Failure | Cancelled | None]:
        """Each event, its own failure, or None where there is none: in this calendar, or in none at all."""
        told = self._ask(ids, series=False, within=within)
        masters = [one for one, shown in zip(ids, told, strict=True) if _is_master(shown)]
        whole = dict(zip(masters, self._ask(masters, series=True, within=within), strict=True))
        found = [whole.get(one, shown) for one, shown in zip(ids, told, strict=True)]
        away = self._astray(found) if within else frozenset[str]()
        return [
            None if one in away else self._read(one, shown) for one, shown in zip(ids, found, strict=True)
        ]

    def one(self, item_id: str) -> Shown | None:
        """The event, or None where there is none; raises CalendarError where it cannot be read.

        A meeting that was cancelled is none any more.
        """
        return _there(*self.get([item_id]))

    def anywhere(self, item_id: str) -> Shown | None:
        """The event, in whichever calendar of the mailbox it lies."""
        return _there(*self.get([item_id], within=False))

    def exceptions(self, master: str, series: Event) -> dict[date, str]:
        """The ids of a series' changed occurrences, by the day of the series each is of."""
        (told,) = self._ask([master], series=True)
        changed = told.get("exceptionOccurrences") if isinstance(told, Mapping) else None
        listed = changed if isinstance(changed, list) else ()
        return {self._reader.day(one, series.when): str(one["id"]) for one in listed if one.get("id")}

    def lying_here(self, ids: Sequence[str]) -> frozenset[str]:
        """Those that lie in this calendar; one that cannot be asked lies nowhere."""
        told = self._ask(ids, series=False)
        away = self._astray(told)
        found = zip(ids, told, strict=True)
        return frozenset(one for one, shown in found if isinstance(shown, Mapping) and one not in away)

    def _ask(self, ids: Sequence[str], *, series: bool, within: bool = True) -> list[_Told]:
        base = path(self._context.mailbox, self._folder()) if within else user(self._context.mailbox)
        query = item_query(series=series)
        requests = [Request("GET", f"{base}/events/{quote(one, safe='')}?{query}") for one in ids]
        replies = self._session.batch(requests, self._context, on_request=self._count)
        return [self._told(reply) for reply in replies]

    def _told(self, reply: Reply) -> _Told:
        if reply.ok:
            return reply.body
        found: Failure = reply.failure(self._context)
        if found.code == "EX-ITEM-01":
            return None
        if found.scope is not Scope.ITEM:
            raise error_for(found)
        return found

    def _astray(self, found: Collection[_Told]) -> frozenset[str]:
        """The ids of events that lie in another folder, although they were asked for in this one.

        The folder's own name says so at no cost; before an event counts as gone, the calendar itself is asked
        for it by its UID.
        """
        shown = [one for one in found if isinstance(one, Mapping) and properties.parent(one)]
        here = self._entry() if shown else None
        doubtful = [one for one in shown if here is not None and properties.parent(one) != here]
        base = f"{path(self._context.mailbox, self._folder())}/events" if doubtful else ""
        requests = [_by_uid(base, one) for one in doubtful]
        replies = self._session.batch(requests, self._context, on_request=self._count)
        away: set[str] = set()
        for one, reply in zip(doubtful, replies, strict=True):
            body = reply.check(self._context)
            if all(other.get("id") != one.get("id") for other in body.get("value") or ()):
                away.add(str(one.get("id")))
        return frozenset(away)

    def _read(self, asked: str, shown: _Told) -> Shown | Failure | Cancelled | None:
        if shown is None or isinstance(shown, Failure):
            return shown
        try:
            if self._reader.is_cancelled(shown):
                return Cancelled.CANCELLED
            item = self._reader.item(shown, asked)
            made = read_moment(shown.get("createdDateTime"))
            return Shown(item, sensitivity_of(shown), made or _NEVER)
        except NONSENSE as error:
            return build("EX-ITEM-03", self._context, detail=type(error).__name__)


def _there(found: Shown | Failure | Cancelled | None) -> Shown | None:
    if isinstance(found, Failure):
        raise error_for(found)
    return None if isinstance(found, Cancelled) else found


def _is_master(shown: _Told) -> bool:
    return isinstance(shown, Mapping) and is_series(shown)


def _by_uid(events: str, shown: Mapping[str, Any]) -> Request:
    uid = str(shown.get("iCalUId") or "").replace("'", "''")
    wanted = quote(f"iCalUId eq '{uid}'", safe="'")
    return Request("GET", f"{events}?$filter={wanted}&$select=id")


@contextmanager
def representable(context: Context) -> Iterator[None]:
    """What cannot be put into a request at all is a failure of the item, as if the server refused it."""
    try:
        yield
    except NONSENSE as error:
        raise CalendarError(build("EX-ITEM-03", context, detail=type(error).__name__)) from error
