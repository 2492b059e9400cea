"""One mailbox's calendar over Graph, as the engine knows calendars."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from vfadmin.calendars.base import (
    NOBODY,
    Capabilities,
    ChangePage,
    Fetched,
    Identity,
    Item,
    Mark,
    Naming,
    People,
    Side,
    Written,
)
from vfadmin.calendars.event import Event, differing
from vfadmin.calendars.exchange.cancelled import Cancelled
from vfadmin.calendars.graph import folders, write
from vfadmin.calendars.graph.capabilities import capabilities
from vfadmin.calendars.graph.changes import Round, State, first_path, span_at, state_of
from vfadmin.calendars.graph.errors import Context, Subject, build, error_for
from vfadmin.calendars.graph.items import ItemReader, Shown
from vfadmin.calendars.graph.keys import Keys
from vfadmin.calendars.graph.read import Reader, keeps_sensitivity
from vfadmin.calendars.graph.session import PAGE, GraphSession, Reply, Request
from vfadmin.calendars.graph.writer import EventWriter, Landed
from vfadmin.errors import CalendarError, CursorLost, Failure


@dataclass(frozen=True, slots=True)
class Span:
    """How many days back and ahead a calendar is watched."""

    back: int = 30
    ahead: int = 550


@dataclass(frozen=True, slots=True)
class Place:
    """A mailbox's calendar: ``folder`` is ``"default"`` or a name, ``identity`` its id as last seen.

    ``span`` is asked when the calendar is listed: from then on its cursor says what is watched.
    """

    mailbox: str
    folder: str
    identity: str | None = None
    span: Callable[[], Span] = Span


class GraphCalendar:
    """A calendar behind Graph. Used by one thread at a time."""

    def __init__(
        self,
        session: GraphSession,
        place: Place,
        home_zone: str = "UTC",
        page: int = PAGE,
        people: Callable[[], People] = lambda: NOBODY,
    ) -> None:
        self._session = session
        self._place = place
        self._mailbox = place.mailbox
        self._default = place.folder == folders.DEFAULT
        self._known = place.identity
        self._home_zone = home_zone
        self._page_size = page
        self._requests = 0
        self._read: dict[str, Shown] = {}
        self._people = cache(people)
        self._capabilities = capabilities(self._people)
        self._reader = Reader(place.mailbox, home_zone, self._people)
        self._entry = cache(self._ask_entry)
        self._items = ItemReader(
            session, self._reader, self._item_context(), self._count, self._folder_id, self._entry
        )
        self._writer = EventWriter(
            session, self._reader, self._items, self._item_context(), self._count, self._home
        )
        self._keys = Keys(session, self._context(), self._count, lambda: f"{self._path()}/events")

    @property
    def side(self) -> Side:
        """Exchange's."""
        return Side.EXCHANGE

    @property
    def capabilities(self) -> Capabilities:
        """What Exchange Online can represent."""
        return self._capabilities

    @property
    def requests(self) -> int:
        """How many requests this calendar has sent; twenty in one count as one."""
        return self._requests

    def identity(self) -> Identity:
        """Mailbox and calendar id; asks only when no id was known."""
        if self._known is None:
            look = folders.default_calendar if self._default else folders.named_calendar
            self._known = look(self._session, self._context(), self._count)
        return Identity(self._mailbox.casefold(), self._known)

    def changes(self, cursor: str | None) -> Iterator[ChangePage]:
        """Pages of the view's delta. One request for an unchanged mailbox.

        Raises CursorLost also when the view's window is about to run out: the next listing has a new one.
        """
        turn = self._begun(cursor)
        seen: set[str] = set()
        while True:
            if turn.state.link in seen:
                # A server that says *more* without moving on would keep us here for ever.
                raise CalendarError(build("EX-UNKNOWN-01", self._context(), detail="delta"))
            seen.add(turn.state.link)
            request = Request("GET", turn.state.link, page=self._page_size)
            reply = self._session.early(request)
            if reply is None:
                reply = self._session.send(request, self._context(), on_request=self._count)
            try:
                page, turn = turn.page(
                    self._checked(reply), self._session.server_time(), self._session.connection.url
                )
            except (ValueError, AttributeError, TypeError) as error:
                raise CalendarError(build("EX-UNKNOWN-01", self._context(), detail="delta")) from error
            yield page
            if page.last:
                return

    def anywhere(self, ids: Collection[str]) -> Fetched:
        """See `Calendar.anywhere`: over Graph a calendar tells of nothing that lies in another one."""
        return self._fetched(ids, within=False)

    def fetch(self, ids: Collection[str]) -> Fetched:
        """The events, twenty to a request; a failure of one is its own."""
        return self._fetched(ids, within=True)

    def _fetched(self, ids: Collection[str], *, within: bool) -> Fetched:
        items: dict[str, Item] = {}
        failures: dict[str, Failure] = {}
        cancelled: set[str] = set()
        wanted = [one for one in dict.fromkeys(ids) if one]
        for item_id, found in zip(wanted, self._items.get(wanted, within=within), strict=True):
            if isinstance(found, Failure):
                failures[item_id] = found
            elif isinstance(found, Cancelled):
                cancelled.add(item_id)
            elif found is not None:
                items[item_id] = found.item
                self._read[item_id] = found
        return Fetched(items, failures, frozenset(cancelled))

    def create(self, event: Event, mark: Mark, revive: str | None = None) -> Written:
        """Add the event, unless one of this calendar carries the key already: then that one it is."""
        existing = self._existing(mark)
        if existing is not None:
            return _existing(existing)
        known = self._keys.doubt()
        shown = self.capabilities.project(event)
        made = self._writer.create(f"{self._path()}/events", shown, mark, revive)
        if isinstance(made, Landed):
            landed = self._landed(made, mark)
            if landed is not None:
                return _existing(landed)
            made = self._writer.create(f"{self._path()}/events", shown, mark, mark.stamp)
        if isinstance(made, Landed):
            raise error_for(build("EX-ITEM-06", self._item_context()))
        self._keys.settle(known, {mark.key: made.id})
        return made

    def update(self, item_id: str, event: Event, names: frozenset[str], version: str, mark: Mark) -> Written:
        """Write the named fields, key and stamp in one conditional request, a series' occurrences after it.

        The version answered is the one that request left, so that what the series shows after the others is
        read anew.
        """
        current = self._unsealed(item_id, version)
        if current is None:
            raise error_for(build("EX-ITEM-01", self._item_context()))
        if keeps_sensitivity(current.sensitivity, event):
            names -= {"private"}
        return self._writer.update(item_id, self.capabilities.project(event), names, version, mark)

    def delete(self, item_id: str, version: str) -> None:
        """Delete the event, if it is as it was; Exchange Online moves it to Deleted Items."""
        if self._unsealed(item_id, version) is not None:
            self._writer.delete(item_id, version)

    def rescue(self, item: Item, since: datetime) -> bool:  # noqa: ARG002
        """Never: what was edited is not deleted."""
        return False

    def find(self, key: str) -> tuple[Item, ...]:
        """The events of this calendar that carry the key, the oldest first: a copy is younger."""
        return self._carrying(key, [item_id for _, item_id in self._keys.carriers(key)])

    def name(self, names: Collection[Naming]) -> Mapping[str, str]:
        """The UIDs the events have had from the beginning: no server lets them be changed."""
        found = ((one, self._items.one(one.id)) for one in names)
        return {one.id: shown.item.uid or one.uid for one, shown in found if shown is not None}

    def known_as(self, uids: Collection[str]) -> Mapping[str, str]:  # noqa: ARG002
        """Nothing: see `Calendar.known_as`."""
        return {}

    def holds(self, ids: Collection[str]) -> frozenset[str]:
        """Those that lie in this calendar."""
        return self._items.lying_here(list(ids))

    def bring(self, item_id: str) -> str | None:
        """Make the event anew in this calendar and delete it where it was: Graph moves no event.

        What is brought was made by us and nobody is invited to it, so nobody hears of it.
        """
        found = self._items.anywhere(item_id)
        if found is None:
            return None
        item = found.item
        if self.holds([item_id]):
            return item_id
        refused = build("EX-ITEM-03", self._item_context(), detail="move")
        if item.key is None:
            raise CalendarError(refused)
        mark = Mark(item.key, item.stamp or item.key, item.created, item.modified, brought=item.brought)
        # What an earlier attempt made, before it was killed or somebody edited what it was made of.
        made: Item | Written | None = self._existing(mark)
        if item.sealed:
            if made is not None:  # of a meeting by now there must not be two
                self._writer.delete(made.id, None)
            raise CalendarError(refused)
        shown = self.capabilities.project(item.event)
        if isinstance(made, Item) and (names := differing(made.event, shown)):
            self._writer.update(made.id, shown, names, made.version, mark)
        elif made is None:
            created = self._writer.create(f"{self._path()}/events", shown, mark, item_id)
            made = self._landed(created, mark) if isinstance(created, Landed) else created
        if made is None:
            raise error_for(build("EX-ITEM-06", self._item_context()))
        self._writer.delete(item_id, item.version)
        return made.id

    def close(self) -> None:
        """Nothing to let go: connections belong to the session."""

    def _existing(self, mark: Mark) -> Item | None:
        """The live event an earlier create under the key left. All keys are listed once, before the first."""
        found = self._carrying(mark.key, self._keys.ids(mark.key))
        return next((item for item in found if _is_of(mark, item)), None)

    def _landed(self, made: Landed, mark: Mark) -> Item | None:
        """The event an earlier create under the same transaction left; None where its copy alone is left.

        A person's copy has the transaction of its original. Raises EX-ITEM-06 while nothing shows the event:
        that create may be under way still, and a create under another transaction would make a second one.
        It is looked for again later.
        """
        named = () if not made.item_id else self._carrying(mark.key, [made.item_id])
        found = next((item for item in (*named, *self.find(mark.key)) if _is_of(mark, item)), None)
        if found is not None and self.holds([found.id]):
            return found
        if found is None and named:
            return None
        raise error_for(build("EX-ITEM-06", self._item_context()))

    def _carrying(self, key: str, ids: Collection[str]) -> tuple[Item, ...]:
        fetched = self.fetch(ids)
        for unreadable in fetched.failures.values():
            # It may be the very one; creating beside it would make two.
            raise error_for(unreadable)
        carriers = [item for item in fetched.items.values() if item.key == key]
        return tuple(sorted(carriers, key=lambda item: self._read[item.id].made))

    def _unsealed(self, item_id: str, version: str) -> Shown | None:
        """The event as it stands, before it is written to; None where it is gone.

        One that somebody was invited to is not written to: it is read again, and decided again.
        """
        found = self._read.pop(item_id, None)
        if found is None or found.item.version != version:
            found = self._items.one(item_id) if item_id else None
        if found is not None and (found.item.sealed or found.item.version != version):
            raise error_for(build("EX-ITEM-02", self._item_context()))
        return found

    # Reading

    def _begun(self, cursor: str | None) -> Round:
        now = self._session.server_time()
        if cursor is None:
            days = self._place.span()
            span = span_at(now, days.back, days.ahead)
            link = first_path(self._path(), span)
            return Round(State(link, span.renewed, now), listing=True)
        state = state_of(cursor)
        if state is None or now >= state.renewed:
            raise CursorLost(build("EX-CAL-02", self._context()))
        return Round(state, listing=False)

    def _checked(self, reply: Reply) -> Mapping[str, Any]:
        if reply.ok:
            return reply.body
        found: Failure = reply.failure(self._context())
        if found.code == "EX-CAL-01" and self._default and self._known is not None:
            found = self._moved(found)
        raise error_for(found)

    def _moved(self, found: Failure) -> Failure:
        """A default calendar cannot be deleted: if its id is unknown, another mailbox stands there."""
        now = folders.default_calendar(self._session, self._context(), self._count)
        return found if now == self._known else build("EX-MBX-07", self._context())

    def _ask_entry(self) -> str | None:
        return folders.entry_of(self._session, self._context(), self._folder_id(), self._count)

    def _folder_id(self) -> str:
        return self.identity().folder

    def _path(self) -> str:
        return folders.path(self._mailbox, self._folder_id())

    def _home(self) -> write.Home:
        return write.Home(self._home_zone, self._session.server_time(), self._people())

    def _count(self) -> None:
        self._requests += 1

    def _context(self) -> Context:
        name = "" if self._default else self._place.folder
        return Context(self._session.connection, self._mailbox, calendar=name)

    def _item_context(self) -> Context:
        return Context(self._session.connection, self._mailbox, Subject.ITEM)


def _is_of(mark: Mark, item: Item) -> bool:
    """Whether a create under the mark left the item, which carries its key, or it is the event itself.

    An event to which the key was written later carries it too, and so does a person's copy; the event itself,
    taken back out of Deleted Items, has its UID.
    """
    return not item.keyed_later or (mark.uid is not None and item.uid == mark.uid)


def _existing(item: Item) -> Written:
    return Written(item.id, item.version, item.uid, item.event, existing=True)
