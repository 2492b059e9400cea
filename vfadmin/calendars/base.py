"""The interface of a calendar, whoever keeps it.

The engine knows nothing else of SQL, REST, EWS or Graph. A keeper turns every failure of its own
world into a `CalendarError`; one contract suite (``tests/contract``) says what each method means.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

from vfadmin.calendars.event import FIELDS, Event
from vfadmin.errors import CalendarError, Failure

RECURRENCE = "recurrence"
"""Why an item is left alone whose series one of the sides cannot express."""

ZONE = "zone"
"""Why a series is left alone that goes by a clock which one of the sides does not have."""

REPEATED_HOUR = "repeated-hour"
"""Why a series is left alone that takes place in the second of two equal hours, where one of the sides only
knows the first."""

MEETING = "meeting"
"""Why an item is left alone that cannot be deleted without a mail to those who are invited."""

READ_ONLY = "read-only"
"""Why an item is left alone that only a write could follow to which the other side is not open."""

RECEIVED = frozenset({"participants", "text"})
"""What a meeting that somebody else organises has of these is not its participant's to change: who else is
invited is the organizer's word, and what the participant noted down in it is nobody else's business."""


class Side(StrEnum):
    """The two sides of every pair."""

    VALUEFRAME = "valueframe"
    EXCHANGE = "exchange"

    @property
    def other(self) -> Side:
        """The opposite side."""
        return Side.EXCHANGE if self is Side.VALUEFRAME else Side.VALUEFRAME


def _same(event: Event) -> Event:
    return event


def _nothing(_event: Event) -> str | None:
    return None


def _no_uid(_key: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Attendee:
    """How a person or resource is invited: an address of theirs, and their name.

    ``organizes`` says that meetings of theirs stand in the very calendar that is synchronised.
    """

    address: str
    name: str
    resource: bool = False
    organizes: bool = True


@dataclass(frozen=True, slots=True)
class People:
    """For whom links travel (R9): persons by their addresses in lower case, and how each is invited."""

    persons: Mapping[str, int] = field(default_factory=dict)
    attendees: Mapping[int, Attendee] = field(default_factory=dict)

    def person(self, address: str | None) -> int | None:
        """Whose address it is, however it is spelt."""
        return None if address is None else self.persons.get(address.strip().casefold())

    def organizer(self, address: str | None) -> int | None:
        """Whose meetings that address organises, if they are synchronised with ValueFrame."""
        person = self.person(address)
        known = None if person is None else self.attendees.get(person)
        return person if known is not None and known.organizes else None


NOBODY = People()


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a keeper can represent.

    ``project`` maps any event to what this keeper would show after being given it; it is
    idempotent. Differences that vanish under it are no reason to write.
    ``lacking`` tells why it cannot hold a series at its times (`ZONE`, `REPEATED_HOUR`); None where
    it can.
    ``fields`` are the merge fields it can carry at all, ``keyed`` whether a key and a stamp are stored
    inside the item and can be found again. ``uid_of`` gives the UID a create under a key leaves
    behind, where the keeper derives it; a client's copy carries the key but another UID. ``seals`` says that
    items may be sealed (see `Item`), so that one must be read before anything is decided about it.
    ``closed`` are the kinds of writes (``create``, ``update``, ``delete``) that this calendar is not open to:
    what would need them is left as it is, and said.
    """

    fields: frozenset[str] = frozenset(FIELDS)
    recurrence: bool = False
    lacking: Callable[[Event], str | None] = _nothing
    keyed: bool = True
    project: Callable[[Event], Event] = _same
    uid_of: Callable[[str], str | None] = _no_uid
    seals: bool = False
    closed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mark:
    """What travels inside a write so that it can be recognised after a crash.

    ``key`` names the pair, ``stamp`` this one write. ``created`` and ``modified`` are the times at
    the event's origin (R7); a keeper whose server makes its own times stores them aside. ``uid`` is the
    event's UID where it has one already, ``organizer`` the address of who organises it, if that is not the
    calendar's owner. ``brought`` says that what is created was not born on this side (see `Item`).
    """

    key: str
    stamp: str
    created: datetime | None = None
    modified: datetime | None = None
    uid: str | None = None
    organizer: str | None = None
    brought: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One event as a keeper shows it now.

    ``version`` is opaque and moves with every write. ``unsupported`` names why the engine must leave
    the item alone (for instance `RECURRENCE`); such an item still has its id and version. ``unfinished``
    says that a write of ours to a series was interrupted: its occurrences are as nobody meant them.

    ``participating`` says that the event is somebody else's in whose calendar it is seen (R15): all but its
    `PERSONAL` fields are the owner's. ``organizer`` is the address of another person who organises it, whose
    updates raise ``sequence``. ``without`` names fields that say nothing of this item and cannot be written
    to it. ``sealed`` says that nothing may be written to it at all, since every write would send somebody a
    mail: what it shows is read, and holds. ``provisional`` says that a participant brought it, and the
    organizer's own copy counts for more. ``copied`` says that it carries the key of an item it is a client's
    copy of, and ``keyed_later`` that no create under its key left it: it is such a copy, or the key was
    written to it when it was there already. Where UIDs are derived from keys, the UID says both.

    ``brought`` says that the item itself proves it to have been created here through this interface, under a
    mark that said so, and to be nobody's since: neither a client's copy of it nor a meeting that an
    invitation made of it (R30). In doubt it is false.
    """

    id: str
    version: str
    event: Event
    key: str | None = None
    stamp: str | None = None
    uid: str | None = None
    created: datetime | None = None
    modified: datetime | None = None
    unsupported: str | None = None
    unfinished: bool = False
    participating: bool = False
    organizer: str | None = None
    sequence: int | None = None
    without: frozenset[str] = frozenset()
    sealed: bool = False
    provisional: bool = False
    copied: bool = False
    keyed_later: bool = False
    brought: bool = False


@dataclass(frozen=True, slots=True)
class ChangedId:
    """An id a change page reports; ``ends`` (UTC) is a hint that may spare reading an old item."""

    id: str
    version: str | None = None
    ends: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChangePage:
    """One page of changes with the cursor that stands behind it.

    ``listing`` is true while the pages enumerate everything there is (the cursor given was None).
    """

    changed: tuple[ChangedId, ...]
    deleted: tuple[str, ...]
    cursor: str
    last: bool
    listing: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What a write left behind. ``shown`` is the item as the keeper shows it, if it read it back.

    ``existing`` says that a create found its key in the calendar and wrote nothing: an earlier create had
    landed after all, and somebody may have edited the item since; or that the event was there already,
    because it is in another person's calendar too. ``participating`` is that of the item.
    """

    id: str
    version: str
    uid: str | None = None
    shown: Event | None = None
    existing: bool = False
    participating: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """One of several writes: a create, or of the named fields of the item ``id`` an update.

    All else is as `Calendar.create` and `Calendar.update` take it.
    """

    event: Event
    mark: Mark
    id: str | None = None
    names: frozenset[str] = frozenset()
    version: str = ""
    revive: str | None = None


@dataclass(frozen=True, slots=True)
class Naming:
    """The UID that an item is to have if it has none, or the ``known`` one."""

    id: str
    uid: str
    known: str | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Which calendar this is: a mailbox and a folder in it, both opaque and stable until moved."""

    mailbox: str
    folder: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer of a point read: items by id, and failures of single ids. Ids in neither are gone.

    Of those the ``cancelled`` are meetings that their organizer has cancelled.
    """

    items: Mapping[str, Item] = field(default_factory=dict)
    failures: Mapping[str, Failure] = field(default_factory=dict)
    cancelled: frozenset[str] = frozenset()


class Calendar(Protocol):
    """One person's calendar on one side. Used by one thread at a time."""

    @property
    def side(self) -> Side:
        """The side it stands on."""

    @property
    def capabilities(self) -> Capabilities:
        """What it can represent."""

    @property
    def requests(self) -> int:
        """How many requests it has sent since it was made; 0 where there is no network."""

    def identity(self) -> Identity:
        """The mailbox and folder behind it. May ask the far side once and remember the answer."""

    def changes(self, cursor: str | None) -> Iterator[ChangePage]:
        """What changed since ``cursor``, page by page; with None, everything there is.

        The last page has ``last`` set, also when nothing changed. Raises CursorLost when the far
        side does not know the cursor any more.
        """

    def fetch(self, ids: Collection[str]) -> Fetched:
        """The named items as they are now."""

    def anywhere(self, ids: Collection[str]) -> Fetched:
        """The same of whichever calendar of the owner they lie in."""

    def create(self, event: Event, mark: Mark, revive: str | None = None) -> Written:
        """Add the event, key and stamp inside the same write.

        ``revive`` is the id under which this keeper had the event before it was deleted there; one
        that can bring it back with what hangs on it does so, others ignore it. Where it never had an id, it
        tells this create from one before it that left nothing.
        """

    def update(self, item_id: str, event: Event, names: frozenset[str], version: str, mark: Mark) -> Written:
        """Write the named fields of ``event``, key and stamp, if the version still stands.

        Raises StaleVersion when it moved and ItemGone when there is nothing to write to.
        """

    def delete(self, item_id: str, version: str) -> None:
        """Delete softly, if the version still stands. Deleting what is gone is no error.

        Raises StaleVersion when the item changed meanwhile; it then still exists.
        """

    def rescue(self, item: Item, since: datetime) -> bool:
        """Put back what an interrupted `delete` took although somebody had edited it; whether it did.

        ``item`` is what was to be deleted as it was read, ``since`` a moment before that. A keeper whose
        far side deletes nothing that was edited has nothing to put back.
        """

    def find(self, key: str) -> tuple[Item, ...]:
        """All live items that carry the key, in no order."""

    def name(self, names: Collection[Naming]) -> Mapping[str, str]:
        """Let each item have its UID; by their ids the ones they have from now on. What is gone is missing.

        The copies of one event in several mailboxes have one UID, so that a meeting message meets its copy.
        """

    def known_as(self, uids: Collection[str]) -> Mapping[str, str]:
        """The live items that have one of these UIDs: the UID by the id. Asked of ValueFrame alone.

        A keeper that cannot look for them answers nothing.
        """

    def holds(self, ids: Collection[str]) -> frozenset[str]:
        """Which of these items of the owner lie in this very calendar."""

    def bring(self, item_id: str) -> str | None:
        """Move an item from another calendar of the same owner into this one; its id afterwards.

        None when it is gone. What it holds stays as it is.
        """

    def close(self) -> None:
        """Let go of connections. Never raises."""


@runtime_checkable
class Together(Protocol):
    """A calendar that takes several writes at once."""

    @property
    def most(self) -> int:
        """How many it had best be given at once."""

    def write_together(self, drafts: Sequence[Draft]) -> Sequence[Written | CalendarError]:
        """What became of each, in their order, as `Calendar.create` and `Calendar.update` would tell.

        Never raises a CalendarError: one that concerns more than an item is the outcome of every write of
        which it is not known that it took place, and some of those may have taken place all the same.
        """


def write_alone(calendar: Calendar, draft: Draft) -> Written:
    """The same of one of them, by itself. Raises what `Calendar.create` and `Calendar.update` raise."""
    if draft.id is None:
        return calendar.create(draft.event, draft.mark, draft.revive)
    return calendar.update(draft.id, draft.event, draft.names, draft.version, draft.mark)


class Notifier(Protocol):
    """Tells which mailboxes changed, as it happens.

    It may miss something, keep silent about a mailbox for good, or tell of a change that is our own: who
    listens looks at every mailbox now and then all the same.
    """

    def follow(self, mailboxes: Mapping[str, str]) -> None:
        """Follow exactly these from now on: the id of the calendar's folder by the mailbox's address.

        Returns at once. Called by one thread.
        """

    def close(self) -> None:
        """Follow nothing any more. Takes a second at most and never raises."""
