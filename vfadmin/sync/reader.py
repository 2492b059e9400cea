"""From what changed to the snapshot a plan is made of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Protocol

from vfadmin.calendars.base import Calendar, ChangedId, ChangePage, Side
from vfadmin.errors import CursorLost, Failure
from vfadmin.models import PairStatus
from vfadmin.sync.dirty import DirtyId
from vfadmin.sync.failpoint import failpoint
from vfadmin.sync.values import BOTH, PairView, Reading, Repair, Snapshot


class ReadJournal(Protocol):
    """What reading needs of a journal; a dry run keeps its own in memory."""

    def cursor(self, side: Side) -> str | None:
        """How far that side was read."""

    def store_page(self, side: Side, page: ChangePage) -> int:
        """Keep a page and its cursor."""

    def lose_cursor(self, side: Side) -> None:
        """Forget the cursor and take everything known for changed."""

    def due(self, side: Side) -> dict[str, DirtyId]:
        """The dirty ids to settle now."""

    def pairs_by_ids(self, side: Side, ids: Collection[str]) -> list[PairView]:
        """The pairs that have one of these ids on that side."""

    def pairs_by_keys(self, keys: Collection[str]) -> list[PairView]:
        """The pairs of those keys."""

    def pairs_by_uids(self, uids: Collection[str]) -> list[PairView]:
        """The pairs of those UIDs."""

    def doubles(self) -> list[str]:
        """The Exchange ids that were set aside because they share a UID."""

    def doubtful_keys(self) -> set[str]:
        """The keys of the pairs that have an open intent."""

    def repairs(self) -> dict[str, Repair]:
        """The last repair of each pair."""


class Begun:
    """A calendar that was asked for its changes before it was known whether there is anything to do.

    What the question came to, a failure as well, is told once, to whoever reads on from the same cursor.
    """

    def __init__(self, calendar: Calendar, cursor: str) -> None:
        self.calendar = calendar
        self._cursor: str | None = cursor
        self._rest: Iterator[ChangePage] = iter(())
        self._first: list[ChangePage] = []
        self._error: Exception | None = None
        try:
            self._rest = calendar.changes(cursor)
            self._first += islice(self._rest, 1)
        except Exception as error:  # noqa: BLE001 - raised again in `pages`, where it would have been raised
            self._error = error

    @property
    def still(self) -> ChangePage | None:
        """The only page, where it tells of nothing; else None."""
        (page,) = self._first or (None,)
        nothing = page is not None and page.last and not (page.changed or page.deleted or page.listing)
        return page if nothing else None

    def pages(self, cursor: str | None) -> Iterator[ChangePage]:
        """The changes since the cursor. Raises as `Calendar.changes`."""
        if cursor is None or cursor != self._cursor:
            return self.calendar.changes(cursor)
        self._cursor = None
        return self._told()

    def _told(self) -> Iterator[ChangePage]:
        if self._error is not None:
            raise self._error
        yield from self._first
        yield from self._rest


_PORTION = 200
"""Items read between two signs of life: a few requests."""


def read_changes(
    journal: ReadJournal,
    calendar: Calendar,
    side: Side,
    ended_before: datetime,
    checkpoint: Callable[[], None],
    begun: Begun | None = None,
) -> None:
    """Bring the side's changes into the journal, page by page, each with its cursor.

    A lost cursor starts a new generation: everything known becomes dirty and the calendar is listed.
    ``begun`` has asked the calendar already.
    """
    changes = calendar.changes if begun is None else begun.pages
    try:
        _store_pages(journal, changes(journal.cursor(side)), side, ended_before, checkpoint)
    except CursorLost:
        journal.lose_cursor(side)
        _store_pages(journal, calendar.changes(None), side, ended_before, checkpoint)


def _store_pages(
    journal: ReadJournal,
    pages: Iterator[ChangePage],
    side: Side,
    ended_before: datetime,
    checkpoint: Callable[[], None],
) -> None:
    for page in pages:
        failpoint("page-read")
        known = {} if not page.listing else _known(journal, side, page.changed)
        journal.store_page(side, _without_old(page, known, ended_before))
        failpoint("page-stored")
        checkpoint()


def _without_old(page: ChangePage, known: Mapping[str, PairView], ended_before: datetime) -> ChangePage:
    """A listing's items that ended long ago and were never paired need no reading (R8)."""
    if not page.listing:
        return page
    kept = tuple(
        one for one in page.changed if one.ends is None or one.ends >= ended_before or one.id in known
    )
    return ChangePage(kept, page.deleted, page.cursor, page.last, page.listing)


def _known(journal: ReadJournal, side: Side, changed: Collection[ChangedId]) -> dict[str, PairView]:
    pairs = journal.pairs_by_ids(side, [one.id for one in changed])
    return {id_: pair for pair in pairs if (id_ := pair.twin(side).id) is not None}


class Gatherer:
    """Reads the dirty items and whatever else their decision needs."""

    def __init__(
        self,
        journal: ReadJournal,
        calendars: Mapping[Side, Calendar],
        pulse: Callable[[], None],
        *,
        first_cycle: bool,
        complete: bool = False,
    ) -> None:
        self._journal = journal
        self._calendars = calendars
        self._pulse = pulse
        self.first_cycle = first_cycle
        self._complete = complete
        self._readings: dict[Side, dict[str, Reading]] = {side: {} for side in BOTH}
        self._pairs: dict[str, PairView] = {}
        self._invited: dict[str, str] = {}
        self.failures: list[tuple[Side, str, Failure]] = []

    @property
    def read(self) -> int:
        """How many items were read so far, on both sides."""
        return sum(len(found) for found in self._readings.values())

    def gather(self) -> Snapshot | None:
        """The snapshot of all that is due; None when nothing is."""
        due = {side: self._journal.due(side) for side in BOTH}
        if not due[Side.VALUEFRAME] and not due[Side.EXCHANGE]:
            return None
        for side in BOTH:
            self._add_pairs(self._journal.pairs_by_ids(side, due[side]))
        for side in BOTH:
            self._read(side, due[side], {id_ for id_, one in due[side].items() if one.inferred})
        self._add_claimed()
        self._add_invited()
        self._read_twins()
        self._add_doubles()
        broken = {(side, item_id) for side, item_id, _ in self.failures}
        # A pair whose last write is still in doubt is not decided anew before that is known.
        doubtful = self._journal.doubtful_keys()
        dropped = [pair for pair in self._pairs.values() if pair.key in doubtful or _touches(pair, broken)]
        left_out = {pair.key for pair in dropped}
        pairs = [pair for pair in self._pairs.values() if pair.key not in left_out]
        readings = {side: self._without(side, dropped) for side in BOTH}
        waiting = {pair.valueframe.id for pair in dropped}
        for item_id, number in self._invited.items():
            if number in waiting:  # what becomes of it depends on a pair that is not decided now
                readings[Side.EXCHANGE].pop(item_id, None)
        capabilities = {side: self._calendars[side].capabilities for side in BOTH}
        repairs = self._journal.repairs() if self._complete else None
        return Snapshot(tuple(pairs), readings, capabilities, self.first_cycle, repairs)

    def _add_pairs(self, pairs: Collection[PairView]) -> None:
        self._pairs.update((pair.key, pair) for pair in pairs)

    def _add_claimed(self) -> None:
        """The pairs whose key an unknown item carries: it may be a copy, or the item come back."""
        known = {pair.exchange.id for pair in self._pairs.values()}
        readings = self._readings[Side.EXCHANGE].items()
        keys = {one.item.key for id_, one in readings if one.item and one.item.key and id_ not in known}
        claimed = self._journal.pairs_by_keys([key for key in keys if key and key not in self._pairs])
        self._add_pairs(claimed)
        claimed_ids = [pair.exchange.id for key in keys if key and (pair := self._pairs.get(key))]
        self._read(Side.EXCHANGE, [id_ for id_ in claimed_ids if id_ is not None])

    def _add_invited(self) -> None:
        """The pairs of the events to which an unknown item is an invitation: it may stand beside our copy."""
        known = {pair.exchange.id for pair in self._pairs.values()}
        items = [one.item for one in self._readings[Side.EXCHANGE].values() if one.item is not None]
        invited = {one.id: one.uid for one in items if one.uid and one.organizer and one.id not in known}
        if not invited:
            return
        uids = self._calendars[Side.VALUEFRAME].known_as(set(invited.values()))
        pairs = self._journal.pairs_by_ids(Side.VALUEFRAME, uids)
        self._add_pairs([pair for pair in pairs if pair.key not in self._pairs])
        paired = {uids[id_]: id_ for pair in pairs if (id_ := pair.valueframe.id) is not None}
        self._invited = {id_: paired[uid] for id_, uid in invited.items() if uid in paired}
        self._read(Side.VALUEFRAME, list(paired.values()))
        self._read(Side.EXCHANGE, [id_ for pair in pairs if (id_ := pair.exchange.id)])

    def _add_doubles(self) -> None:
        """Whatever may share its UID with a new item: a pair, and what was set aside for that already."""
        known = {pair.exchange.id for pair in self._pairs.values()}
        if all(id_ in known for id_ in self._readings[Side.EXCHANGE]):
            return
        self._read(Side.EXCHANGE, self._journal.doubles())
        readings = self._readings[Side.EXCHANGE].items()
        uids = {one.item.uid for id_, one in readings if one.item and one.item.uid and id_ not in known}
        sharing = self._journal.pairs_by_uids([uid for uid in uids if uid])
        self._add_pairs([pair for pair in sharing if pair.key not in self._pairs])
        self._read(Side.EXCHANGE, [id_ for pair in sharing if (id_ := pair.exchange.id)])

    def _read_twins(self) -> None:
        """The other halves: ValueFrame's always, Exchange's only where its last state is not known."""
        touched = [pair for pair in self._pairs.values() if self._is_touched(pair)]
        self._read(Side.VALUEFRAME, [id_ for pair in touched if (id_ := pair.valueframe.id)])
        seals = self._calendars[Side.EXCHANGE].capabilities.seals
        unsure = [pair for pair in touched if seals or not _as_last_shown(pair)]
        self._read(Side.EXCHANGE, [id_ for pair in unsure if (id_ := pair.exchange.id)])

    def _is_touched(self, pair: PairView) -> bool:
        return any(pair.twin(side).id in self._readings[side] for side in BOTH)

    def _read(self, side: Side, ids: Collection[str], inferred: Collection[str] = ()) -> None:
        wanted = [id_ for id_ in ids if id_ not in self._readings[side]]
        for start in range(0, len(wanted), _PORTION):
            portion = wanted[start : start + _PORTION]
            fetched = self._calendars[side].fetch(portion)
            self._pulse()
            for item_id in portion:
                if item_id in fetched.failures:
                    self.failures.append((side, item_id, fetched.failures[item_id]))
                    continue
                item = fetched.items.get(item_id)
                gone = item is None
                told = item_id in fetched.cancelled
                self._readings[side][item_id] = Reading(item, gone, item_id in inferred, told)

    def _without(self, side: Side, dropped: Collection[PairView]) -> dict[str, Reading]:
        ids = {pair.twin(side).id for pair in dropped}
        return {id_: one for id_, one in self._readings[side].items() if id_ not in ids}


def _as_last_shown(pair: PairView) -> bool:
    """Whether the Exchange item may be taken to stand as it was last shown, since no page told otherwise."""
    twin = pair.exchange
    if pair.status == PairStatus.HELD or pair.decision is not None:
        return False  # it may be the one that is gone
    return twin.seen is not None and twin.version is not None


def _touches(pair: PairView, broken: Collection[tuple[Side, str]]) -> bool:
    return any((side, pair.twin(side).id) in broken for side in BOTH)
