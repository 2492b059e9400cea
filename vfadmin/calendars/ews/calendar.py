"""One mailbox's calendar, as the engine knows calendars."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial

from lxml import etree

from vfadmin.calendars.base import (
    NOBODY,
    Capabilities,
    ChangePage,
    Draft,
    Fetched,
    Identity,
    Item,
    Mark,
    Naming,
    People,
    Side,
    Written,
    write_alone,
)
from vfadmin.calendars.event import Event, Recurrence
from vfadmin.calendars.ews import attendees, deleted, folders, read, series, write
from vfadmin.calendars.ews.capabilities import capabilities
from vfadmin.calendars.ews.drafts import OF_SERIES, Drafter, left, to_write
from vfadmin.calendars.ews.errors import (
    Context,
    EwsFault,
    Subject,
    build,
    error_for,
    failure_for,
    translated,
)
from vfadmin.calendars.ews.items import ItemReader, Shown, representable
from vfadmin.calendars.ews.keys import Keys, left_by
from vfadmin.calendars.ews.paging import Progress
from vfadmin.calendars.ews.session import EwsSession
from vfadmin.calendars.ews.soap import Message
from vfadmin.calendars.ews.together import MOST, Batch, Means
from vfadmin.calendars.exchange.marks import uid_for
from vfadmin.calendars.exchange.occurrences import deviates, yielding
from vfadmin.errors import CalendarError, Failure


@dataclass(frozen=True, slots=True)
class Place:
    """A mailbox's calendar: ``folder`` is ``"default"`` or a name, ``identity`` its id as last seen."""

    mailbox: str
    folder: str
    identity: str | None = None


class EwsCalendar:
    """A calendar folder behind EWS. Used by one thread at a time."""

    def __init__(
        self,
        session: EwsSession,
        place: Place,
        home_zone: str = "UTC",
        page: int = read.PAGE,
        people: Callable[[], People] = lambda: NOBODY,
    ) -> None:
        self._session = session
        self._mailbox = place.mailbox
        self._folder = place.folder
        self._default = place.folder == folders.DEFAULT
        self._known = place.identity
        self._home_zone = home_zone
        self._page_size = page
        self._requests = 0
        self._sensitivities: dict[str, str] = {}
        self._keys = Keys(lambda wanted, offset: self._found(self._place(), wanted, offset), self._context())
        self._capabilities: Capabilities | None = None
        self._people = cache(people)
        reader = read.Reader(place.mailbox, home_zone, self._people)
        self._items = ItemReader(session, reader, self._context(), self._item_context(), self._count)

    most = MOST

    @property
    def side(self) -> Side:
        """Exchange's."""
        return Side.EXCHANGE

    @property
    def capabilities(self) -> Capabilities:
        """What this server can represent; asks it once for its version if the connection does not say."""
        if self._capabilities is None:
            elsewhere = self._session.knows_elsewhere(self._mailbox)
            self._capabilities = capabilities(elsewhere=elsewhere, people=self._people)
        return self._capabilities

    @property
    def requests(self) -> int:
        """How many EWS requests this calendar has sent."""
        return self._requests

    def identity(self) -> Identity:
        """Mailbox and folder id; asks only when no folder id was known."""
        if self._known is None:
            look = folders.default_identity if self._default else folders.named_identity
            self._known = look(self._session, self._context(), self._count).folder
        return Identity(self._mailbox.casefold(), self._known)

    def changes(self, cursor: str | None) -> Iterator[ChangePage]:
        """Pages of SyncFolderItems. One request for an unchanged mailbox."""
        listing = cursor is None
        if cursor == "":
            raise error_for(build("EX-CAL-02", self._context()))
        state, progress = cursor, Progress(cursor)
        while True:
            page = self._page(state, listing=listing)
            entries = (*page.changed, *page.deleted)
            if not page.cursor or not (page.last or progress.made(page.cursor, entries)):
                # One that says *more* without moving on would keep us here for ever, one without state too.
                raise CalendarError(build("EX-UNKNOWN-01", self._context(), detail="SyncFolderItems"))
            yield page
            if page.last:
                return
            state = page.cursor

    def fetch(self, ids: Collection[str]) -> Fetched:
        """The items in batches of GetItem; a failure of one is its own."""
        fetched, sensitivities = self._items.fetch(ids)
        self._sensitivities |= sensitivities
        return fetched

    anywhere = fetch  # an id of EWS leads to its item wherever that lies

    def create(self, event: Event, mark: Mark, revive: str | None = None) -> Written:  # noqa: ARG002
        """Add the event, unless an item of this folder carries the key already: then that one it is.

        What was deleted lies in Deleted Items under another id, so ``revive`` is not used.
        """
        uid = mark.uid or uid_for(mark.key)
        if (existing := left_by(self.fetch(self._keys.ids(mark.key)), mark.key, uid)) is not None:
            return Written(existing.id, existing.version, existing.uid, existing.event, existing=True)
        shown = self.capabilities.project(event)
        known = self._keys.doubt()
        uneven = deviates(shown.recurrence)
        with representable(self._item_context()):
            made = write.new_item(shown, mark, self._home(), people=self._people(), unfinished=uneven)
        item_id, version = self._written(write.create_request(self._place(), [made]))
        self._keys.settle(known, {mark.key: item_id})
        if uneven:
            self._settle_occurrences(item_id, Recurrence(""), shown)
        return Written(item_id, version, uid=uid)

    def update(self, item_id: str, event: Event, names: frozenset[str], version: str, mark: Mark) -> Written:
        """Write the named fields, key and stamp in one conditional request, a series' occurrences after it.

        The version answered is the one that request left, so that what the series shows after the others is
        read anew.
        """
        if not item_id:
            raise error_for(build("EX-ITEM-01", self._item_context()))
        names = to_write(self._sensitivities, item_id, event, names)
        shown = self.capabilities.project(event)
        invitations: Sequence[write.Part] = ()
        if "participants" in names:
            there = self._items.current(item_id, version)
            invitations = _inviting(there, shown, self._people(), self._mailbox)
        if shown.recurrence is not None and names & OF_SERIES:
            return self._update_series(item_id, shown, names, version, mark, invitations)
        return Written(*self._update(item_id, shown, names, version, mark, invitations))

    def write_together(self, drafts: Sequence[Draft]) -> Sequence[Written | CalendarError]:
        """See `Together.write_together`: a request for many of those that take one."""
        context = self._item_context()
        drafter = Drafter(
            self._session,
            self._keys,
            self._place,
            self._home,
            self._people,
            self.capabilities.project,
            self._sensitivities,
            context,
            self._count,
        )
        return Batch(
            drafts, Means(drafter.make, drafter.send, partial(write_alone, self), left, context)
        ).outcomes()

    def _update(
        self,
        item_id: str,
        shown: Event,
        names: frozenset[str],
        version: str,
        mark: Mark,
        invitations: Sequence[write.Part] = (),
        *,
        unfinished: bool = False,
    ) -> tuple[str, str]:
        with representable(self._item_context()):
            changes = write.parts(shown, names, mark, self._home(), unfinished=unfinished)
        change = write.item_change(item_id, version, [*changes, *invitations])
        return self._written(write.update_request([change]))

    def _update_series(
        self,
        item_id: str,
        shown: Event,
        names: frozenset[str],
        version: str,
        mark: Mark,
        invitations: Sequence[write.Part],
    ) -> Written:
        """Write a series as far as it differs from what stands there."""
        stands = self._items.current(item_id, version).item.event.recurrence
        wanted = shown.recurrence or Recurrence("")
        uneven = deviates(wanted) or deviates(stands)
        if stands is not None and set(stands.deleted) - set(wanted.deleted):
            # No request brings a deleted occurrence back: only a new pattern has all of them.
            single = replace(shown, recurrence=None)
            again = frozenset({"recurrence"})
            version = self._update(item_id, single, again, version, mark, unfinished=True)[1]
            stands = None
        # A start alone would move the pattern away from its days, a pattern that stands costs the exceptions.
        patterned = "when" in names or stands is None or stands.rrule != wanted.rrule
        names = names | {"recurrence"} if patterned else names - {"recurrence"}
        written = self._update(item_id, shown, names, version, mark, invitations, unfinished=uneven)
        if uneven:
            left = self._items.current(item_id).item
            if left.version != written[1]:  # whoever was quicker keeps what is his
                shown = yielding(stands, left.event, shown)
            self._settle_occurrences(item_id, left.event.recurrence or Recurrence(""), shown)
        return Written(*written)

    def _settle_occurrences(self, master_id: str, stands: Recurrence, wanted: Event) -> None:
        """Delete and change occurrences; a master that was refused some of it stays marked as unfinished."""
        with representable(self._item_context()):
            requests = series.settling(master_id, stands, wanted, self._home_zone)
        with translated(self._item_context()):
            for request in requests:
                series.check(self._session.send(request, self._item_context(), on_request=self._count))
            self._ask(series.finished(master_id), self._item_context()).items()

    def delete(self, item_id: str, version: str) -> None:
        """Move the item to Deleted Items, if it is as it was.

        EWS deletes and moves without looking at the change key. So the item is read right before
        the move and read again where it lies afterwards; what somebody changed between the two is
        put back, under a new id, with the change in it.
        """
        before = self._items.one(item_id) if item_id else None
        if before is None:
            return
        if before.item.version != version:
            raise error_for(build("EX-ITEM-02", self._item_context()))
        moved = self._move(item_id, folders.distinguished("deleteditems", self._mailbox))
        if moved is None:
            return
        after = self._items.one(moved)
        if after is None or _same(before, after):
            return
        self._move(moved, self._place())
        raise error_for(build("EX-ITEM-02", self._item_context()))

    def rescue(self, item: Item, since: datetime) -> bool:
        """Look in Deleted Items for what an interrupted `delete` would have put back."""
        lost = deleted.edit_of(item, since, self._items, self._found_in_deleted, self._item_context())
        return lost is not None and self._move(lost, self._place()) is not None

    def find(self, key: str) -> tuple[Item, ...]:
        """The items of this folder that carry the key."""
        ids = [item_id for _, item_id in self._keys.carriers(key)]
        return tuple(item for item in self.fetch(ids).items.values() if item.key == key)

    def name(self, names: Collection[Naming]) -> Mapping[str, str]:
        """The UIDs the items have had from the beginning: no server lets them be changed."""
        found = ((one, self._items.one(one.id)) for one in names)
        return {one.id: shown.item.uid or one.uid for one, shown in found if shown is not None}

    def known_as(self, uids: Collection[str]) -> Mapping[str, str]:  # noqa: ARG002
        """Nothing: see `Calendar.known_as`."""
        return {}

    def holds(self, ids: Collection[str]) -> frozenset[str]:
        """Those whose parent is this folder; an item that cannot be asked lies nowhere."""
        return self._items.lying_in(self.identity().folder, list(ids))

    def bring(self, item_id: str) -> str | None:
        """Move the item into this folder; a move tells nobody and keeps every property."""
        return self._move(item_id, self._place())

    def close(self) -> None:
        """Nothing to let go: connections belong to the session."""

    def _home(self) -> write.Home:
        return write.Home(self._home_zone, self._session.server_time())

    def _count(self) -> None:
        self._requests += 1

    def _context(self) -> Context:
        name = "" if self._default else self._folder
        return Context(self._session.connection, mailbox=self._mailbox, calendar=name)

    def _item_context(self) -> Context:
        return Context(self._session.connection, mailbox=self._mailbox, subject=Subject.ITEM)

    def _place(self) -> etree._Element:
        """The folder as requests name it: by id when one is known, so that a moved mailbox shows."""
        if self._known is None and self._default:
            return folders.distinguished("calendar", self._mailbox)
        return folders.by_id(self.identity().folder)

    def _ask(self, request: etree._Element, context: Context) -> Message:
        return self._session.ask(request, context, on_request=self._count)

    def _found(self, folder: etree._Element, wanted: etree._Element, offset: int) -> Message:
        return self._ask(read.find_request(folder, wanted, offset), self._context())

    def _found_in_deleted(self, wanted: etree._Element, offset: int) -> Message:
        return self._ask(deleted.search(self._mailbox, wanted, offset), self._context())

    def _page(self, state: str | None, *, listing: bool) -> ChangePage:
        context = self._context()
        try:
            message = self._ask(read.sync_request(self._place(), state, self._page_size), context)
            return read.change_page(message, listing=listing)
        except EwsFault as fault:
            found = failure_for(fault, context)
            if found.code == "EX-CAL-01" and self._default and self._known is not None:
                found = self._moved(found)
            raise error_for(found) from fault

    def _moved(self, found: Failure) -> Failure:
        """A default calendar cannot be deleted: if its id is unknown, another mailbox stands there."""
        now = folders.default_identity(self._session, self._context(), self._count)
        return found if now.folder == self._known else build("EX-MBX-07", self._context())

    def _move(self, item_id: str, target: etree._Element) -> str | None:
        """The id of the item after the move; None when it was gone."""
        with translated(self._item_context()):
            message = self._ask(write.move_request(item_id, target), self._item_context())
            if message.fault is not None and message.fault.code == "ErrorItemNotFound":
                return None
            return read.item_identity(message.first())[0] or None

    def _written(self, request: etree._Element) -> tuple[str, str]:
        with translated(self._item_context()):
            return _told(self._ask(request, self._item_context()))


def _told(message: Message) -> tuple[str, str]:
    """The id and version a write is answered."""
    identity = read.item_identity(message.first())
    if not identity[0]:
        # It was written, but under an id nobody told: the next run looks for its mark.
        raise EwsFault("EmptyAnswer")
    return identity


def _inviting(there: Shown, wanted: Event, people: People, mailbox: str) -> list[write.Part]:
    """What brings our persons among the attendees up to date."""
    todo = attendees.changes(there.invited, wanted.participants, people, mailbox)
    return write.invitation_parts(todo)


def _same(before: Shown, after: Shown) -> bool:
    """Whether the move found the item as it had been read: content, organizer and our marks, not versions."""
    one, other = before.item, after.item
    return (one.event, one.organizer, one.key, one.stamp, before.sensitivity) == (
        other.event,
        other.organizer,
        other.key,
        other.stamp,
        after.sensitivity,
    )
