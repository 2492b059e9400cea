"""What changed in a calendar (*calendarView: delta*).

The view has a window, which its token keeps for ever; before the window runs out, the calendar is listed
anew. Occurrences come one by one and stand for their master. An event that is *removed* may just have left
the window: whether it is gone, a point read tells.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from vfadmin.calendars.base import ChangedId, ChangePage
from vfadmin.calendars.exchange.moments import read_moment, shown_moment
from vfadmin.calendars.graph.links import relative
from vfadmin.calendars.graph.read import ends_of, is_series, version_of

_FRESH = timedelta(hours=12)
"""So long a token is used again where nothing changed: a new one at every look would be a write each time."""


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when a calendar is watched; ``renewed`` is when a listing reaches further again."""

    start: datetime
    end: datetime
    renewed: datetime


def span_at(now: datetime, days_back: int, days_ahead: int) -> Span:
    """The window of a listing that begins now.

    It reaches two months further on either side than is synchronised, and lasts until those are used up.
    Graph takes five years at most.
    """
    room = timedelta(days=60)
    start = now - timedelta(days=days_back) - room
    end = min(now + timedelta(days=days_ahead) + room, start + timedelta(days=1_820))
    return Span(start, end, now + room - timedelta(days=7))


@dataclass(frozen=True, slots=True)
class State:
    """A cursor: where the next page is, until when its window does, and which series were seen in it.

    ``asked`` is when the token was given.
    """

    link: str
    renewed: datetime
    asked: datetime
    masters: frozenset[str] = frozenset()

    def text(self) -> str:
        """As it is stored."""
        return json.dumps(
            {
                "link": self.link,
                "renewed": shown_moment(self.renewed),
                "asked": shown_moment(self.asked),
                "masters": sorted(self.masters),
            },
            separators=(",", ":"),
        )


def state_of(text: str) -> State | None:
    """A stored cursor; None for what is none."""
    try:
        told = json.loads(text)
        renewed, asked = read_moment(told["renewed"]), read_moment(told["asked"])
        link, masters = told["link"], told["masters"]
    except (ValueError, TypeError, KeyError):
        return None
    if renewed is None or asked is None or not isinstance(link, str) or not isinstance(masters, list):
        return None
    return State(link, renewed, asked, frozenset(str(one) for one in masters))


def first_path(calendar: str, span: Span) -> str:
    """The path of a listing's first page."""
    times = f"startDateTime={shown_moment(span.start)}&endDateTime={shown_moment(span.end)}"
    return f"{calendar}/calendarView/delta?{times}"


@dataclass(frozen=True, slots=True)
class Round:
    """How reading goes on from one page to the next."""

    state: State
    listing: bool
    removed: bool = False

    def page(self, body: Mapping[str, Any], now: datetime, root: str) -> tuple[ChangePage, Round]:
        """The page that was answered, and how to go on. Raises ValueError for one that leads nowhere."""
        changed, deleted, masters = _entries(body)
        after, last = _link(body, root)
        known = self.state.masters | masters
        removed = self.removed or bool(deleted)
        if last and removed and not self.listing:
            # A deleted occurrence comes under its own id, which tells nothing of its series.
            changed = {one: ChangedId(one) for one in sorted(known - set(deleted))} | changed
        known -= set(deleted)
        state = replace(self.state, link=after, asked=now, masters=known)
        idle = last and not changed and not deleted and not self.listing
        if idle and now - self.state.asked < _FRESH and "deltatoken" in self.state.link:
            state = self.state
        page = ChangePage(tuple(changed.values()), deleted, state.text(), last, self.listing)
        return page, Round(state, self.listing, removed)


def _entries(body: Mapping[str, Any]) -> tuple[dict[str, ChangedId], tuple[str, ...], set[str]]:
    """What changed by id, what was removed, and the masters among them; the last word on an id counts."""
    changed: dict[str, ChangedId] = {}
    deleted: dict[str, None] = {}
    masters: set[str] = set()
    for one in body.get("value") or ():
        item_id = str(one.get("id") or "")
        if not item_id:
            continue
        if "@removed" in one:
            changed.pop(item_id, None)
            deleted[item_id] = None
            continue
        master = one.get("seriesMasterId")
        if isinstance(master, str) and master:
            masters.add(master)
            changed.setdefault(master, ChangedId(master))
            deleted.pop(master, None)
            continue
        if is_series(one):
            masters.add(item_id)
        deleted.pop(item_id, None)
        version = version_of(one) if one.get("@odata.etag") or one.get("changeKey") else None
        changed[item_id] = ChangedId(item_id, version, ends_of(one))
    return changed, tuple(deleted), masters


def _link(body: Mapping[str, Any], root: str) -> tuple[str, bool]:
    """The path of what follows, and whether this was the last page. Only our own server is followed."""
    for name, last in (("@odata.nextLink", False), ("@odata.deltaLink", True)):
        link = body.get(name)
        if isinstance(link, str) and link:
            return relative(link, root), last
    raise ValueError("a page without a link")
