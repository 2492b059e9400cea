"""Reading both calendars without a trace: journals that keep in memory what a cycle would have stored."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace

from vfadmin.calendars.base import Calendar, ChangePage, Side
from vfadmin.errors import CalendarError, Failure
from vfadmin.sync import dirty
from vfadmin.sync import mailbox as mailboxes
from vfadmin.sync.cycle import Bench
from vfadmin.sync.dirty import DirtyId
from vfadmin.sync.mailbox import Mailbox
from vfadmin.sync.memory import Memory
from vfadmin.sync.reader import read_changes
from vfadmin.sync.values import BOTH, PairView, Twin
from vfadmin.sync.window import window_at


class ScratchJournal(Memory):
    """A journal that reads the real one and keeps what it is told in memory."""

    def __init__(self, bench: Bench, person_id: int) -> None:
        super().__init__(bench.store, person_id, bench.clock)
        self._extra: dict[Side, dict[str, DirtyId]] = {side: {} for side in BOTH}

    def store_page(self, side: Side, page: ChangePage) -> int:
        """Keep the page's ids in memory."""
        echoes = self._echoes(side, page)
        ids = [one.id for one in page.changed if one.id not in echoes] + list(page.deleted)
        self._extra[side].update((id_, DirtyId(id_, inferred=False)) for id_ in ids)
        return len(ids)

    def _echoes(self, side: Side, page: ChangePage) -> set[str]:
        with self._store.read() as session:
            return dirty.echoes(session, self._person, side, page.changed)

    def lose_cursor(self, side: Side) -> None:
        """Treat all that is known as changed."""
        with self._store.read() as session:
            known = dirty.known_ids(session, self._person, side)
        self._extra[side].update((id_, DirtyId(id_, inferred=True)) for id_ in known)

    def due(self, side: Side) -> dict[str, DirtyId]:
        """What was dirty before and what the pages told, but for the pairs that no page has woken."""
        with self._store.read() as session:
            found = dirty.timely(session, self._person, side, self._clock()) | self._extra[side]
            waiting = dirty.waiting(session, self._person, self._clock())
        asleep = {ids[side] for ids in waiting if not self._is_woken(ids)}
        return {id_: one for id_, one in found.items() if id_ not in asleep}

    def _is_woken(self, ids: Mapping[Side, str | None]) -> bool:
        told = ((ids[side], self._extra[side]) for side in BOTH)
        return any(id_ is not None and id_ in some and not some[id_].inferred for id_, some in told)


class MovedJournal(ScratchJournal):
    """The same as if an admin had let go of the former mailbox: ids of Exchange mean nothing."""

    def cursor(self, side: Side) -> str | None:
        """Exchange is listed from the beginning."""
        return None if side is Side.EXCHANGE else super().cursor(side)

    def due(self, side: Side) -> dict[str, DirtyId]:
        """What the pages told, and everything that is paired."""
        if side is Side.EXCHANGE:
            return dict(self._extra[side])
        with self._store.read() as session:
            known = dirty.known_ids(session, self._person, side)
        return {**{id_: DirtyId(id_, inferred=False) for id_ in known}, **super().due(side)}

    def _echoes(self, side: Side, page: ChangePage) -> set[str]:
        # What was written into the former mailbox has no echo in this one.
        return set() if side is Side.EXCHANGE else super()._echoes(side, page)

    def doubtful_keys(self) -> set[str]:
        """Open intents are let go of too."""
        return set()

    def pairs_by_ids(self, side: Side, ids: Collection[str]) -> list[PairView]:
        """The pairs as ValueFrame knows them."""
        if side is Side.EXCHANGE:
            return []
        return [_adrift(pair) for pair in super().pairs_by_ids(side, ids)]

    def pairs_by_keys(self, keys: Collection[str]) -> list[PairView]:
        """The pairs of those keys, without their ids in Exchange."""
        return [_adrift(pair) for pair in super().pairs_by_keys(keys)]


def _adrift(pair: PairView) -> PairView:
    return replace(pair, exchange=Twin(None, None, pair.exchange.seen))


class WholeJournal(ScratchJournal):
    """Everything is due: both calendars from end to end, and whatever a pair or a mark knows beside them."""

    def cursor(self, side: Side) -> str | None:  # noqa: ARG002 - a journal's signature
        """Both sides are listed from the beginning."""
        return None

    def _echoes(self, side: Side, page: ChangePage) -> set[str]:  # noqa: ARG002 - as above
        return set()  # here one is an event like any other

    def due(self, side: Side) -> dict[str, DirtyId]:
        """All that is paired, marked or listed."""
        with self._store.read() as session:
            paired = dirty.paired_ids(session, self._person, side)
            marked = dirty.timely(session, self._person, side, self._clock())
        return {**{id_: DirtyId(id_, inferred=True) for id_ in paired}, **marked, **self._extra[side]}

    def doubtful_keys(self) -> set[str]:
        """What is in doubt is looked at too; whoever asks says so of it."""
        return set()


@dataclass(frozen=True, slots=True)
class Look:
    """One mailbox opened to be read. ``moved``: it is held because another one is behind its login."""

    mailbox: Mailbox
    moved: bool
    calendars: Mapping[Side, Calendar]

    @property
    def first_cycle(self) -> bool:
        """Whether the next cycle matches before it creates (R29)."""
        return not self.mailbox.matched


class ClosedError(CalendarError):
    """The connection waits for a person; nothing was sent."""


@contextmanager
def looked_into(bench: Bench, person_id: int, *, idle: bool) -> Iterator[Look]:
    """Open both calendars of a mailbox, with ``idle`` in whatever state it is.

    Nothing is remembered of it. Raises UsageError, ClosedError and what opening raises.
    """
    mailbox, moved, closed = _known(bench, person_id, idle=idle)
    if closed is not None:
        raise ClosedError(closed)
    mailbox = mailboxes.looked_up(bench.store, mailbox, bench.doors)
    with ExitStack() as stack:
        valueframe = stack.enter_context(closing(bench.doors.valueframe(person_id)))
        exchange = stack.enter_context(closing(bench.doors.exchange(mailbox)))
        yield Look(mailbox, moved, {Side.VALUEFRAME: valueframe, Side.EXCHANGE: exchange})


def _known(bench: Bench, person_id: int, *, idle: bool) -> tuple[Mailbox, bool, Failure | None]:
    with bench.store.read() as session:
        mailbox = (mailboxes.load_whatever if idle else mailboxes.load)(session, person_id)
        moved = idle and mailboxes.is_held(session, person_id)
        closed = mailboxes.blocked(session, mailbox.connection)
    if moved:
        mailbox = replace(mailbox, address=None, identity=None, matched=False)
    return mailbox, moved, closed


def _go_on() -> None:
    """Nobody ends it."""


def read_both(
    bench: Bench, journal: ScratchJournal, look: Look, checkpoint: Callable[[], None] = _go_on
) -> None:
    """Bring what both sides tell into the journal, page by page. Raises CalendarError."""
    ended_before = window_at(bench.clock(), bench.policy()).after
    for side in BOTH:
        try:
            read_changes(journal, look.calendars[side], side, ended_before, checkpoint)
        except CalendarError as error:
            # A calendar of its own that the first cycle is going to make: nothing is in it yet.
            if not (look.first_cycle and error.failure.code == mailboxes.NO_CALENDAR):
                raise
