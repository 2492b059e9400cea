"""Undoing what a run did to the two calendars, event by event, where nothing has changed since.

An update is taken back on both sides, so that they agree on what stood before; what was deleted comes back
in ValueFrame, and with the next cycle in Exchange. Of what was created only the copy goes, to Deleted Items
or softly in ValueFrame: the event it was made of stays, and rests until somebody edits it (see `plan`).
Every write is an ordinary one, with an
intent and under the version that was read: what was cut off is settled by the next cycle or undo, and an undo
done twice changes nothing the second time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import select, update

from vfadmin.calendars.base import Calendar, Item, Side
from vfadmin.calendars.codec import from_json
from vfadmin.calendars.event import PERSONAL, Event, canonical, differing, with_fields
from vfadmin.errors import Failure, UsageError, VfadminError, failure
from vfadmin.models import History, PairStatus, Run
from vfadmin.models.store import Store
from vfadmin.sync.chronicle import FORGOTTEN
from vfadmin.sync.cycle import Bench, Desk, never, sync_mailbox
from vfadmin.sync.guard import held
from vfadmin.sync.memory import Memory
from vfadmin.sync.merge import PARTICIPANTS
from vfadmin.sync.outcome import STOPPED
from vfadmin.sync.reader import read_changes
from vfadmin.sync.recover import settle_intents
from vfadmin.sync.scratch import looked_into
from vfadmin.sync.values import BOTH, Act, Outcome, PairPlan, PairView, Policy, Reason, Twin, Write
from vfadmin.sync.window import window_at
from vfadmin.sync.writer import Writer

_TOGETHER = 100
"""Items asked of a calendar before it is looked whether somebody still waits."""
_ACTS = frozenset(act.value for act in Act)
UNDONE, ALREADY, LEFT = "undone", "already", "left"
"""What becomes of an event: it is as before the run, it was so before, or it stays as it is."""
CHANGED, ANOTHERS, MEETING, WAITING, GUARD, UNKNOWN, FAILED = (
    "changed",
    "anothers",
    "meeting",
    "waiting",
    "guard",
    "unknown",
    "failed",
)
"""Why an event stays as it is."""


@dataclass(frozen=True, slots=True)
class UndoneEvent:
    """One event of the run. The title is empty for a private event (R31).

    ``operations`` are the ids in history of what the run did to it.
    """

    title: str
    start: datetime | None
    private: bool
    acts: tuple[str, ...]
    outcome: str
    why: str = ""
    operations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RunUndone:
    """What an undo did, or in a preview would do; ``failure`` is what stopped it."""

    run_id: int
    person_id: int
    events: tuple[UndoneEvent, ...] = ()
    failure: Failure | None = None

    def count(self, outcome: str) -> int:
        """How many events have that outcome."""
        return sum(one.outcome == outcome for one in self.events)


@dataclass(frozen=True, slots=True)
class _Deed:
    """What the run did to one pair, and whether an undo has been there since."""

    key: str
    rows: tuple[History, ...]
    followed: bool
    undone: bool

    @property
    def acts(self) -> frozenset[str]:
        return frozenset(one.operation for one in self.rows)

    @property
    def event(self) -> Event | None:
        last = self.rows[-1]
        told = last.after or last.before
        return None if told is None else from_json(told)


@dataclass(frozen=True, slots=True)
class _Verdict:
    deed: _Deed
    outcome: str
    why: str = ""
    plan: PairPlan | None = None

    def told(self) -> UndoneEvent:
        event = self.deed.event
        acts, ids = tuple(sorted(self.deed.acts)), tuple(row.id for row in self.deed.rows)
        private = event is None or event.private
        return UndoneEvent(
            "" if event is None or private else event.title,
            None if event is None else event.when.start,
            private,
            acts,
            self.outcome,
            self.why,
            ids,
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """Which run is to be undone; with ``lost`` only what one of its operations took from a conflict's loser.

    ``mass`` is the admin's word that more may be deleted than the guard lets through.
    """

    run_id: int
    operation: int | None = None
    mass: bool = False


def person_of(store: Store, wish: Wish) -> int:
    """Whose run it is. Raises UsageError VF-UNDO-02 (no such run), -03 (nothing is known of it)."""
    with store.read() as session:
        run = session.get(Run, wish.run_id)
        if run is None:
            raise UsageError(failure("VF-UNDO-02", run=wish.run_id))
    if not _deeds(store, wish):
        raise UsageError(failure("VF-UNDO-03", run=wish.run_id))
    return run.person_id


def preview(bench: Bench, wish: Wish, stopping: Callable[[], bool] = never) -> RunUndone:
    """What `undo_run` would do now. Reads both calendars and writes nowhere. Raises as `person_of`.

    ``stopping`` ends it between two requests; its ``failure`` is VF-STOP-01 then.
    """
    person = person_of(bench.store, wish)
    memory = Memory(bench.store, person, bench.clock)

    def checkpoint() -> None:
        if stopping():
            raise VfadminError(failure(STOPPED))

    try:
        with looked_into(bench, person, idle=False) as look:
            judged = _judged(bench, wish, memory, look.calendars, checkpoint)
            found = tuple(_guarded(judged, memory, bench.policy(), wish))
    except VfadminError as error:
        return RunUndone(wish.run_id, person, failure=error.failure)
    return RunUndone(wish.run_id, person, tuple(one.told() for one in found))


def undo_run(
    bench: Bench,
    wish: Wish,
    stopping: Callable[[], bool] = never,
    on_event: Callable[[UndoneEvent], None] = lambda _: None,
) -> RunUndone:
    """Undo it under the mailbox's lease, as a run of its own. Raises as `person_of`."""
    person = person_of(bench.store, wish)
    work = _Undoing(bench, wish, on_event)
    result = sync_mailbox(bench, person, stopping, work=work.carry_out)
    return RunUndone(wish.run_id, person, tuple(work.told), result.failure)


@dataclass(slots=True)
class _Undoing:
    bench: Bench
    wish: Wish
    on_event: Callable[[UndoneEvent], None]
    told: list[UndoneEvent] = field(default_factory=list)

    def carry_out(self, desk: Desk) -> None:
        bench, journal, calendars, tally = self.bench, desk.journal, desk.calendars, desk.tally
        settle_intents(journal, calendars)
        writer = Writer(journal, calendars, iter(bench.new_id, None), desk.checkpoint, tally)
        judged = _judged(bench, self.wish, journal, calendars, desk.checkpoint)
        for one in _guarded(judged, journal, bench.policy(), self.wish):
            if one.plan is None:
                self._tell(one)
                continue
            if one.plan.creates:  # before the write: it is to reach Exchange though the process dies after it
                journal.look_again(Side.VALUEFRAME, one.plan.pair.valueframe.id or "")
            skipped, tally.again = tally.skipped, False
            writer.carry_out([one.plan])
            if tally.again or tally.skipped > skipped:
                self._tell(replace(one, outcome=LEFT, why=CHANGED if tally.again else FAILED))
            else:
                self._tell(one)
        ended_before = window_at(bench.clock(), bench.policy()).after
        for side in writer.unconfirmed_sides():
            read_changes(journal, calendars[side], side, ended_before, desk.checkpoint)
            writer.confirm(side)
        tally.unsure = True  # what else has changed is for the next cycle to find out

    def _tell(self, one: _Verdict) -> None:
        contested = [row.id for row in one.deed.rows if row.contested]
        if contested and one.outcome != LEFT:
            # After the write: should the process die in between, it is known the next time to be done.
            with self.bench.store.write() as session:
                session.execute(update(History).where(History.id.in_(contested)).values(contested=False))
        self.told.append(one.told())
        self.on_event(self.told[-1])


def _deeds(store: Store, wish: Wish) -> list[_Deed]:
    """What the run did, by pair, in its order."""
    chosen = select(History).where(History.run_id == wish.run_id, History.operation.in_(_ACTS))
    if wish.operation is not None:
        chosen = chosen.where(History.id == wish.operation)
    by_key: dict[str, list[History]] = {}
    with store.read() as session:
        for row in session.scalars(chosen.order_by(History.id)):
            if row.pair_key is not None:
                by_key.setdefault(row.pair_key, []).append(row)
        deeds = []
        for key, rows in by_key.items():
            later = select(History.reason).where(
                History.pair_key == key,
                History.id > rows[-1].id,
                History.run_id != wish.run_id,
                History.operation.in_(_ACTS),
            )
            reasons = set(session.scalars(later))
            undone = Reason.UNDONE.value in reasons
            deeds.append(_Deed(key, tuple(rows), bool(reasons - {Reason.UNDONE.value}), undone))
    return deeds


def _judged(
    bench: Bench,
    wish: Wish,
    memory: Memory,
    calendars: Mapping[Side, Calendar],
    checkpoint: Callable[[], None],
) -> list[_Verdict]:
    deeds = _deeds(bench.store, wish)
    pairs = {pair.key: pair for pair in memory.pairs_by_keys([deed.key for deed in deeds])}
    open_keys = {one.plan.pair.key for one in memory.open_intents()}
    ids = {side: {id_ for pair in pairs.values() if (id_ := pair.twin(side).id)} for side in BOTH}
    for deed in deeds:
        if deed.key not in pairs and (vf := _former(deed)) is not None:
            ids[Side.VALUEFRAME].add(vf)
    found = {side: _fetched(calendars[side], ids[side], checkpoint) for side in BOTH}
    verdicts = []
    for deed in deeds:
        pair = pairs.get(deed.key)
        current = {side: None if pair is None else found[side].get(pair.twin(side).id or "") for side in BOTH}
        if any(row.detail.get(FORGOTTEN) for row in deed.rows):
            verdicts.append(_Verdict(deed, LEFT, UNKNOWN))
        elif pair is None:
            verdicts.append(_of_gone(deed, found[Side.VALUEFRAME], calendars[Side.EXCHANGE], bench))
        elif deed.key in open_keys or pair.status in (PairStatus.HELD, PairStatus.QUARANTINED):
            verdicts.append(_Verdict(deed, LEFT, WAITING))
        else:
            verdicts.append(_of_pair(deed, pair, current, calendars, wish))
    return verdicts


def _fetched(calendar: Calendar, ids: Collection[str], checkpoint: Callable[[], None]) -> dict[str, Item]:
    """The items as they are now, so few at a time that whoever waits no more is heard."""
    items: dict[str, Item] = {}
    wanted = sorted(ids)
    for place in range(0, len(wanted), _TOGETHER):
        checkpoint()
        items |= calendar.fetch(wanted[place : place + _TOGETHER]).items
    return items


def _of_gone(deed: _Deed, live: Mapping[str, Item], exchange: Calendar, bench: Bench) -> _Verdict:
    """No pair any more: what the run deleted comes back on both sides, in its old row."""
    last = deed.rows[-1]
    if last.operation != Act.DELETE.value:
        return _Verdict(deed, LEFT, CHANGED)
    number = _former(deed)
    if last.before is None or number is None:
        return _Verdict(deed, LEFT, UNKNOWN)
    if last.detail.get("participating"):
        return _Verdict(deed, LEFT, ANOTHERS)
    if number in live or deed.undone:
        return _Verdict(deed, ALREADY)
    if exchange.find(deed.key):
        return _Verdict(deed, LEFT, CHANGED)
    event = from_json(last.before)
    uid = last.detail.get("uid")  # by which the copy that is made of it is known again
    pair = PairView(bench.new_id(), valueframe=Twin(number), uid=uid, brought=True)
    back = Write(Act.CREATE, Side.VALUEFRAME, Reason.UNDONE)  # and the next cycle brings it to Exchange
    nothing: dict[Side, Item | None] = dict.fromkeys(BOTH)
    return _Verdict(deed, UNDONE, plan=PairPlan(pair, nothing, event, (back,), Outcome.SETTLE))


def _former(deed: _Deed) -> str | None:
    """The id in ValueFrame of what was deleted."""
    return deed.rows[-1].detail.get("id")


def _of_pair(
    deed: _Deed,
    pair: PairView,
    current: Mapping[Side, Item | None],
    calendars: Mapping[Side, Calendar],
    wish: Wish,
) -> _Verdict:
    if deed.undone and not deed.followed:
        return _Verdict(deed, ALREADY)
    last = deed.rows[-1]
    untouched = not deed.followed and last.after is not None and pair.base == from_json(last.after)
    for side in BOTH:
        item, seen = current[side], pair.twin(side).seen
        fields = calendars[side].capabilities.fields
        untouched = untouched and item is not None and seen is not None
        untouched = untouched and not differing(item.event, seen) & fields  # type: ignore[union-attr,arg-type]
    if not untouched:
        return _Verdict(deed, LEFT, UNKNOWN if last.after is None else CHANGED)
    items = {side: item for side in BOTH if (item := current[side]) is not None}
    if items[Side.EXCHANGE].sealed or any(item.unsupported for item in items.values()):
        return _Verdict(deed, LEFT, MEETING)
    clears = tuple((side, items[side].id) for side in BOTH)
    if Act.CREATE.value in deed.acts:
        return _of_created(deed, pair, items, clears)
    return _of_updated(deed, pair, items, calendars, wish, clears)


def _of_created(
    deed: _Deed, pair: PairView, items: Mapping[Side, Item], clears: tuple[tuple[Side, str], ...]
) -> _Verdict:
    side = next(Side(one.side) for one in deed.rows if one.operation == Act.CREATE.value)
    if side is Side.VALUEFRAME and items[side].participating:
        return _Verdict(deed, LEFT, ANOTHERS)
    write = Write(Act.DELETE, side, Reason.UNDONE)
    return _Verdict(deed, UNDONE, plan=PairPlan(pair, items, None, (write,), Outcome.CLOSE, clears))


def _of_updated(
    deed: _Deed,
    pair: PairView,
    items: Mapping[Side, Item],
    calendars: Mapping[Side, Calendar],
    wish: Wish,
    clears: tuple[tuple[Side, str], ...],
) -> _Verdict:
    mine = items[Side.VALUEFRAME]
    agreed, names = mine.event, frozenset[str]()
    for row in deed.rows:
        if row.before is None or row.after is None:
            return _Verdict(deed, LEFT, UNKNOWN)
        some = frozenset(row.detail.get("lost" if wish.operation is not None else "fields", ()))
        agreed = _back(agreed, from_json(row.before), from_json(row.after), some)
        names |= some
    if mine.participating and names - PERSONAL:
        return _Verdict(deed, LEFT, ANOTHERS)
    agreed = canonical(agreed)
    writes = _updates(agreed, items, calendars, names)
    if not writes:
        return _Verdict(deed, ALREADY)
    return _Verdict(deed, UNDONE, plan=PairPlan(pair, items, agreed, writes, Outcome.SETTLE, clears))


def _back(event: Event, before: Event, after: Event, names: frozenset[str]) -> Event:
    """The event with what stood before in those fields; whom the run did not touch stays invited."""
    back = with_fields(event, before, names - {PARTICIPANTS})
    if PARTICIPANTS not in names:
        return back
    added, gone = after.participants - before.participants, before.participants - after.participants
    return replace(back, participants=(event.participants - added) | gone)


def _updates(
    agreed: Event, items: Mapping[Side, Item], calendars: Mapping[Side, Calendar], names: frozenset[str]
) -> tuple[Write, ...]:
    carried = names & calendars[Side.VALUEFRAME].capabilities.fields
    carried &= calendars[Side.EXCHANGE].capabilities.fields
    wanted = {
        side: differing(calendars[side].capabilities.project(agreed), items[side].event) & carried
        for side in BOTH
    }
    targets = [side for side in (Side.EXCHANGE, Side.VALUEFRAME) if wanted[side]]
    writes = []
    for place, side in enumerate(targets):
        later = frozenset[str]().union(*(wanted[other] for other in targets[place + 1 :]))
        last = place == len(targets) - 1
        writes.append(Write(Act.UPDATE, side, Reason.UNDONE, wanted[side], carried - later, last))
    return tuple(writes)


def _guarded(found: Sequence[_Verdict], memory: Memory, policy: Policy, wish: Wish) -> Iterator[_Verdict]:
    """Creates and updates first; deletions stay where they are too many and the admin has not said so."""
    deleting = [one for one in found if one.plan is not None and one.plan.deletes]
    yield from (one for one in found if one not in deleting)
    if not deleting:
        return
    stops = not wish.mass and held(memory.deletions(len(deleting), 0), policy.guard)
    yield from (_Verdict(one.deed, LEFT, GUARD) if stops else one for one in deleting)
