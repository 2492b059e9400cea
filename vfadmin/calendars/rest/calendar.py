"""A person's events in ValueFrame over REST, behind the interface every keeper has.

**Changes.** The interface documents neither a filter by modification time nor an order of its lists, so
lists are read whole and every row is compared with what was told of it before (`RestCursor`): no clock
takes part, and a list that repeats itself or leaves rows out costs a reading and nothing else. Where a
customer's resource does take a time (`changed_since`), shorter lists are asked for in between, reaching back
a little further than the last one, so that what was written while that was read is not missed.

**Deletions.** A row that is missing from a whole list is asked for by its id. Gone is only what that answers.

**Writes** know no condition: a row is read right before, compared, written, and read once more, unless the
answer shows it. Whoever wrote between the two readings is found out and nothing of his is taken for seen.
What remains is somebody's edit of the very field that is written, in the moment between reading and writing.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from vfadmin.calendars.base import (
    Capabilities,
    ChangedId,
    ChangePage,
    Fetched,
    Identity,
    Item,
    Mark,
    Naming,
    Side,
    Written,
)
from vfadmin.calendars.event import Event
from vfadmin.calendars.rest.cursor import RestCursor
from vfadmin.calendars.rest.listing import Listing, Shared, listed
from vfadmin.calendars.rest.reading import PERSON, Reader
from vfadmin.calendars.rest.rows import Rows
from vfadmin.calendars.rest.session import Line, RestSession
from vfadmin.calendars.rest.values import FieldError, Row, id_of
from vfadmin.errors import CalendarError, CursorLost, Failure, ItemGone, StaleVersion, failure

PAGE = 500
"""Ids a page reports at most."""
_OVERLAP = timedelta(minutes=5)
"""How much further back than the last list a list of changes reaches."""
_KEYS_LAST = 60.0
"""Seconds for which the keys of a list are believed when a create asks whether its own is there."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the calendars of all persons share."""

    session: RestSession
    rows: Rows
    shared: Shared


class RestCalendar:
    """The events a person owns, read and written by the field map. Ids are the resource's.

    ``page`` is the most ids that one page of changes carries.
    """

    side = Side.VALUEFRAME

    def __init__(self, shelf: Shelf, person_id: int, *, page: int = PAGE) -> None:
        self._rows, self._shared = shelf.rows, shelf.shared
        self._line = Line(shelf.session)
        self._reader = Reader(self._line, shelf.rows, person_id)
        self._person, self._page = person_id, page
        self._resource = shelf.rows.map.events
        self._keys: dict[str, str] | None = None
        self._keys_at = 0.0

    @property
    def capabilities(self) -> Capabilities:
        """What the map carries."""
        return self._rows.capabilities

    @property
    def requests(self) -> int:
        """How many requests went out."""
        return self._line.requests

    def identity(self) -> Identity:
        """The customer's resource, and the person."""
        where = self._rows.map
        return Identity(f"{where.url}/{self._resource.resource}#{where.user}", str(self._person))

    # --- reading

    def changes(self, cursor: str | None) -> Iterator[ChangePage]:
        """See `Calendar.changes`."""
        known = self._cursor(cursor)
        partly = self._partial(known)
        listing = self._listed(partly)
        current = self._reader.mine(listing.rows)
        gone = () if partly or known.listing else self._gone(known.known.keys() - current.keys())
        yield from self._pages(known, current, gone, listing, partly=bool(partly))

    def fetch(self, ids: Collection[str]) -> Fetched:
        """See `Calendar.fetch`. A row that does not parse is a failure of its own."""
        wanted = {one for one in ids if id_of(one) is not None}
        items: dict[str, Item] = {}
        failures: dict[str, Failure] = {}
        for item_id, row in self._reader.read(wanted).items():
            try:
                items[item_id] = self._rows.item(row)
            except FieldError as error:
                failures[item_id] = failure("VF-REST-11", field=error.field, value=error.value)
            except OverflowError:
                failures[item_id] = failure("EX-ITEM-03", detail="year")
        return Fetched(items, failures)

    anywhere = fetch  # a person has one calendar here

    def find(self, key: str) -> tuple[Item, ...]:
        """See `Calendar.find`; nothing where the map has no field for a key."""
        if not self.capabilities.keyed:
            return ()
        rows = self._reader.mine(self._reader.list().rows).values()
        ids = [self._rows.id(row) or "" for row in rows if self._rows.key(row) == key]
        return tuple(self.fetch(ids).items.values())

    def known_as(self, uids: Collection[str]) -> Mapping[str, str]:  # noqa: ARG002
        """Nothing: see `Calendar.known_as`."""
        return {}

    def holds(self, ids: Collection[str]) -> frozenset[str]:
        """See `Calendar.holds`."""
        wanted = {one for one in ids if id_of(one) is not None}
        return frozenset(self._reader.read(wanted))

    def bring(self, item_id: str) -> str | None:
        """See `Calendar.bring`. A person has one calendar here."""
        return item_id if self.holds([item_id]) else None

    # --- writing

    def create(self, event: Event, mark: Mark, revive: str | None = None) -> Written:  # noqa: ARG002 - none comes back
        """See `Calendar.create`. Raises Refused where nothing was added for certain."""
        there = self._carrier(mark.key)
        if there is not None:
            return replace(self._written(there), existing=True)
        content = self._content(event, self._rows.fields)
        body = {**content, **self._rows.born(self._person, mark), **self._marks(mark)}
        try:
            answer = self._line.post(self._resource, body)
        except CalendarError:
            self._keys = None  # it may have landed
            raise
        row = self._made(answer, mark)
        self._remember(mark.key, row)
        return self._written(row)

    def update(self, item_id: str, event: Event, names: frozenset[str], version: str, mark: Mark) -> Written:
        """See `Calendar.update`."""
        before = self._standing(item_id, version)
        content = self._content(event, names & self._rows.fields)
        kept = {shown: before.get(shown) for shown in self._rows.settable} if self._resource.whole else {}
        body = {**kept, **content, **self._marks(mark)}
        answer = self._line.put(self._resource, item_id, body)
        after = self._shown(answer, item_id) or self._reader.row(item_id)
        if after is None:
            raise ItemGone(failure("EX-ITEM-01"))
        self._compare(before, after, content.keys())
        return self._written(after)

    def delete(self, item_id: str, version: str) -> None:
        """See `Calendar.delete`. Whether it is a soft one is the resource's affair."""
        try:
            self._standing(item_id, version)
            self._line.delete(self._resource, item_id)
        except ItemGone:
            return

    def rescue(self, item: Item, since: datetime) -> bool:  # noqa: ARG002
        """Never: what a resource has deleted it does not show any more."""
        return False

    def name(self, names: Collection[Naming]) -> Mapping[str, str]:
        """See `Calendar.name`. Without a field for it, or with updates closed, nothing keeps it."""
        found = ((one.id, self._name(one)) for one in names)
        return {item_id: uid for item_id, uid in found if uid is not None}

    def _name(self, wanted: Naming) -> str | None:
        row = self._reader.row(wanted.id)
        if row is None:
            return None
        standing = self._rows.codec.text(row, "uid")
        closed = "uid" not in self._resource.fields or "update" in self.capabilities.closed
        if closed or standing not in ("", wanted.known):
            return standing or wanted.uid
        self._line.put(self._resource, wanted.id, {self._resource.fields["uid"]: wanted.uid})
        return wanted.uid

    def close(self) -> None:
        """Nothing to let go of: the session is shared."""

    # --- changes

    def _cursor(self, token: str | None) -> RestCursor:
        here = RestCursor(self._rows.map.fingerprint, self._person, listing=True)
        if token is None:
            return here
        known = RestCursor.parse(token)
        if (known.map, known.person) != (here.map, here.person):
            raise CursorLost(failure("EX-CAL-02"))
        return known

    def _partial(self, known: RestCursor) -> Mapping[str, str]:
        """What limits the list to what changed; nothing where everything is to be listed."""
        name = self._resource.changed_since
        if not name or known.listing or known.since is None or known.whole is None:
            return {}
        age = self._line.session.server_time() - known.whole
        if age >= timedelta(minutes=self._resource.full_list_minutes):
            return {}
        return {name: self._rows.codec.shown_moment(known.since - _OVERLAP)}

    def _pages(
        self,
        known: RestCursor,
        current: Mapping[str, Row],
        gone: tuple[str, ...],
        listing: Listing,
        *,
        partly: bool,
    ) -> Iterator[ChangePage]:
        versions = {item_id: self._rows.version(row) for item_id, row in current.items()}
        news = [one for one in sorted(versions, key=int) if known.known.get(one) != versions[one]]
        portions = [news[start : start + self._page] for start in range(0, len(news), self._page)] or [[]]
        told = {item_id: version for item_id, version in known.known.items() if item_id not in gone}
        reached = self._reached(known, listing, partly=partly, moved=bool(news or gone))
        for number, portion in enumerate(portions, start=1):
            last = number == len(portions)
            told |= {item_id: versions[item_id] for item_id in portion}
            changed = tuple(
                ChangedId(one, versions[one], self._rows.ends(current[one]) if known.listing else None)
                for one in portion
            )
            cursor = replace(reached if last else known, known=dict(told), listing=known.listing and not last)
            yield ChangePage(changed, gone if number == 1 else (), cursor.token(), last, known.listing)

    def _reached(self, known: RestCursor, listing: Listing, *, partly: bool, moved: bool) -> RestCursor:
        """How far the times of a cursor move. An idle poll leaves it as it is, and nothing is stored."""
        if not self._resource.changed_since or (partly and not moved):
            return known
        return replace(known, since=listing.began, whole=known.whole if partly else listing.began)

    def _gone(self, missing: Collection[str]) -> tuple[str, ...]:
        """Of those that are not listed any more the ones that are not there either."""
        return tuple(one for one in sorted(missing, key=int) if self._reader.row(one) is None)

    def _listed(self, partly: Mapping[str, str]) -> Listing:
        asked = self._reader.parameters()
        own = any(PERSON in value for value in self._resource.parameters.values())
        if partly or own or not self._resource.share_seconds:
            return listed(self._line, self._resource, {**asked, **partly})
        return self._shared.listed(self._line, self._resource, asked)

    # --- rows

    def _standing(self, item_id: str, version: str) -> Row:
        """The row as it stands. Raises ItemGone, and StaleVersion where it is not as it was read."""
        row = self._reader.row(item_id)
        if row is None:
            raise ItemGone(failure("EX-ITEM-01"))
        if self._rows.version(row) != version:
            raise StaleVersion(failure("EX-ITEM-02"))
        return row

    def _compare(self, before: Row, after: Row, written: Collection[str]) -> None:
        """Raise StaleVersion where more has changed than was written: somebody was at it at the same time.

        What has changed among the written is the server's own way of putting it.
        """
        others = self._rows.shown - set(written)
        if any(before.get(shown) != after.get(shown) for shown in others):
            raise StaleVersion(failure("EX-ITEM-02"))

    def _made(self, answer: Any, mark: Mark) -> Row:  # noqa: ANN401 - any JSON
        """The row that a create left. Where its answer does not tell, the key does."""
        told = answer if isinstance(answer, Mapping) else {self._resource.fields["id"]: answer}
        item_id = self._rows.id(told)
        row = None
        if item_id is not None:
            row = self._shown(answer, item_id) or self._reader.row(item_id)
        elif self.capabilities.keyed:
            self._keys = None
            row = self._carrier(mark.key)
        if row is None:
            raise self._reader.foreign(type(answer).__name__)
        return row

    def _shown(self, answer: Any, item_id: str) -> Row | None:  # noqa: ANN401 - any JSON
        """The row in an answer, if it has all of it."""
        whole = isinstance(answer, Mapping) and self._rows.is_complete(answer)
        return answer if whole and self._rows.id(answer) == item_id else None

    def _carrier(self, key: str) -> Row | None:
        """The row that carries the key already; of several the oldest."""
        if not self.capabilities.keyed:
            return None
        if self._keys is None or time.monotonic() - self._keys_at > _KEYS_LAST:
            rows = self._reader.mine(self._reader.list().rows)
            keyed = [(one, held) for one, row in rows.items() if (held := self._rows.key(row)) is not None]
            self._keys = {held: one for one, held in sorted(keyed, key=lambda pair: -int(pair[0]))}
            self._keys_at = time.monotonic()
        item_id = self._keys.get(key)
        return None if item_id is None else self._reader.row(item_id)

    def _remember(self, key: str, row: Row) -> None:
        if self._keys is not None:
            self._keys[key] = self._rows.id(row) or ""

    def _written(self, row: Row) -> Written:
        item = self._parsed(row)
        return Written(item.id, item.version, item.uid, item.event)

    def _parsed(self, row: Row) -> Item:
        try:
            return self._rows.item(row)
        except FieldError as error:
            raise CalendarError(failure("VF-REST-11", field=error.field, value=error.value)) from error

    def _content(self, event: Event, names: Collection[str]) -> dict[str, Any]:
        try:
            return self._rows.content(event, names)
        except OverflowError as error:
            raise CalendarError(failure("EX-ITEM-03", detail="year")) from error

    def _marks(self, mark: Mark) -> dict[str, Any]:
        return self._rows.marks(mark, self._line.session.server_time())
