"""Taking a mailbox from EWS to Graph, or back, with everything that is paired.

The same events stand in both calendars: nothing is made, changed or deleted in either, only the ids change.
Office 365 translates them; where it cannot, an item is known by its key, its UID, or a start, end and title
that exist once. A mailbox of which anything was not found stays where it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from vfadmin.calendars.base import Calendar, Item, Side
from vfadmin.calendars.event import Event
from vfadmin.errors import Failure, VfadminError, failure
from vfadmin.models import Connection, Integration, Intent, Pair, PairStatus, State
from vfadmin.sync import lease as leases
from vfadmin.sync import mailbox as mailboxes
from vfadmin.sync import rows
from vfadmin.sync.cycle import Bench
from vfadmin.sync.forget import leave_folder
from vfadmin.sync.mailbox import Mailbox
from vfadmin.sync.match import rebind
from vfadmin.sync.routes import GRAPH
from vfadmin.sync.values import BOTH, PairView, Reading, Snapshot, Twin

Translate = Callable[[Mailbox, Mailbox, list[str]], Mapping[str, str]]
"""Ids of one mailbox as another protocol has them, for as many as can be told."""

_PORTION = 200


@dataclass(frozen=True, slots=True)
class Transfer:
    """What became of one mailbox, or in a preview would.

    Of ``pairs`` so many were ``translated`` and so many ``matched`` by what they are; ``missing`` are those
    that were found in neither way.
    """

    person_id: int
    pairs: int = 0
    translated: int = 0
    matched: int = 0
    missing: int = 0
    failure: Failure | None = None


Note = Callable[[Session, Transfer], None]


@dataclass(frozen=True, slots=True)
class Survey:
    """Whom a move concerns, before any mailbox is asked: who is ``there`` already, who is ``refused``."""

    movable: tuple[int, ...] = ()
    there: tuple[int, ...] = ()
    refused: tuple[Transfer, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """The pairs bound to the items that are theirs over the other protocol."""

    mailbox: Mailbox
    pairs: tuple[PairView, ...]
    told: Transfer


def survey(session: Session, person_ids: Iterable[int], connection: str) -> Survey:
    """Which of these can go on over the connection as far as the store tells."""
    movable: list[int] = []
    there: list[int] = []
    refused: list[Transfer] = []
    for one in person_ids:
        try:
            mailbox = _settled(session, one)
        except VfadminError as error:
            said = {**error.failure.params, "action": "transfer"}
            refused.append(Transfer(one, failure=replace(error.failure, params=said)))
            continue
        arrived = mailbox.connection == connection and mailbox.address is not None
        (there if arrived else movable).append(one)
    return Survey(tuple(movable), tuple(there), tuple(refused))


def preview(bench: Bench, translate: Translate, person_id: int, connection: str) -> Transfer:
    """What `transfer` would do. Writes nowhere."""
    try:
        with bench.store.read() as session:
            mailbox = _settled(session, person_id)
            pairs = _paired(session, person_id)
        return _found(bench, translate, mailbox, pairs, connection).told
    except VfadminError as error:
        return Transfer(person_id, failure=error.failure)


def transfer(bench: Bench, translate: Translate, person_id: int, connection: str, note: Note) -> Transfer:
    """Go on with the mailbox over another connection. Never raises for what happens outside.

    ``note`` is called in the transaction that does it.
    """
    now = bench.clock()
    try:
        with bench.store.write() as session:
            mailbox = _settled(session, person_id)
            held = leases.acquire(session, person_id, bench.owner, now, bench.lease)
            pairs = _paired(session, person_id)
    except VfadminError as error:
        return Transfer(person_id, failure=error.failure)
    try:
        found = _found(bench, translate, mailbox, pairs, connection)
        if found.told.failure is None:
            with bench.store.write() as session:
                leases.renew(session, held, bench.clock())
                _bind(session, found)
                note(session, found.told)
    except VfadminError as error:
        return Transfer(person_id, failure=error.failure)
    finally:
        with bench.store.write() as session:
            leases.release(session, held)
    return found.told


def elsewhere(session: Session, connection: str) -> list[int]:
    """Whose mailbox is synchronised over another connection than that."""
    found = select(Integration.person_id).where(
        Integration.state == State.ACTIVE, func.coalesce(Integration.connection, "") != connection
    )
    return list(session.scalars(found.order_by(Integration.person_id)))


def _settled(session: Session, person_id: int) -> Mailbox:
    """The mailbox, if no write of ours is in doubt: its item must be asked where it was written."""
    mailbox = mailboxes.load(session, person_id)
    if session.scalar(select(Intent.id).where(Intent.person_id == person_id).limit(1)) is not None:
        raise VfadminError(failure("VF-MOVE-02", person=person_id))
    return mailbox


def _paired(session: Session, person_id: int) -> list[PairView]:
    return [rows.view(row) for row in session.scalars(select(Pair).where(*_moving(person_id)))]


def _moving(person_id: int) -> tuple[ColumnElement[bool], ...]:
    """The pairs that go along; what stayed behind in another calendar is not looked for in this one."""
    here = or_(Pair.status != PairStatus.CLOSED, Pair.decision.is_not(None))
    return (Pair.person_id == person_id, Pair.exchange_id.is_not(None), here)


def _found(
    bench: Bench, translate: Translate, mailbox: Mailbox, pairs: list[PairView], connection: str
) -> _Found:
    there = _there(bench, mailbox, connection)
    with closing(bench.doors.exchange(there)) as calendar:
        ids = [pair.exchange.id or "" for pair in pairs]
        named = translate(mailbox, there, ids) if mailbox.address is not None else {}
        items = _fetched(calendar, named.values())
        sure = {pair.key: named[one] for pair, one in zip(pairs, ids, strict=True) if _is(pair, items, named)}
        bound = [_at(pair, sure[pair.key], items) for pair in pairs if pair.key in sure]
        left = [pair for pair in pairs if pair.key not in sure]
        matched = _matched(calendar, left, frozenset(sure.values())) if left else []
    seen = _as_they_were(bench, mailbox, [*bound, *matched], pairs)
    there_too = {pair.key for pair in (*bound, *matched)}
    # What an admin left alone may be gone on this side for good.
    missing = sum(pair.key not in there_too and pair.decision is None for pair in pairs)
    told = Transfer(mailbox.person_id, len(pairs), len(bound), len(matched), missing)
    if missing:
        told = replace(told, failure=failure("VF-MOVE-01", count=missing))
    return _Found(there, seen, told)


def _there(bench: Bench, mailbox: Mailbox, connection: str) -> Mailbox:
    """The same mailbox and calendar over the other connection."""
    there = replace(mailbox, connection=connection, others=(), identity=None)
    # In Office 365 nobody knows an AD name; an own server may not know the address.
    with bench.store.read() as session:
        row = session.get(Connection, connection)
    cloud = row is not None and row.protocol == GRAPH
    login = mailbox.address if cloud and mailbox.address else mailbox.login
    there = replace(there, address=bench.doors.resolve(replace(there, login=login)))
    with closing(bench.doors.exchange(there)) as calendar:
        # Asked for, not made: a calendar that is not there holds none of the events.
        return replace(there, identity=calendar.identity())


def _is(pair: PairView, items: Mapping[str, Item], named: Mapping[str, str]) -> bool:
    """Whether what is translated is that very event: an id can be translated that nothing has."""
    item = items.get(named.get(pair.exchange.id or "", ""))
    if item is None:
        return False
    return item.key == pair.key or (item.uid is not None and item.uid == pair.uid)


def _matched(calendar: Calendar, left: list[PairView], taken: frozenset[str]) -> list[PairView]:
    """Those that are known by what they are, among the events that nobody was translated to."""
    listed = {one.id for page in calendar.changes(None) for one in page.changed}
    items = _fetched(calendar, listed - taken)
    adrift = tuple(replace(pair, exchange=Twin(None, None, pair.exchange.seen)) for pair in left)
    readings: dict[Side, dict[str, Reading]] = {side: {} for side in BOTH}
    readings[Side.EXCHANGE] = {id_: Reading(item) for id_, item in items.items()}
    snapshot = Snapshot(adrift, readings, dict.fromkeys(BOTH, calendar.capabilities), first_cycle=True)
    found = [pair for pair in rebind(snapshot) if pair.exchange.id is not None]
    return [_at(pair, pair.exchange.id or "", items) for pair in found]


def _at(pair: PairView, item_id: str, items: Mapping[str, Item]) -> PairView:
    """The pair at its item, with what that shows for now as *seen*; see `_as_they_were`."""
    item = items[item_id]
    return replace(pair, exchange=Twin(item_id, None, item.event), brought=pair.brought and item.brought)


def _as_they_were(
    bench: Bench, mailbox: Mailbox, bound: list[PairView], before: list[PairView]
) -> tuple[PairView, ...]:
    """The pairs, those with what was seen before where somebody has edited the item since.

    The same item may read a little otherwise over another protocol. That is no edit, so what it shows is what
    was seen; but where it has changed over the old one too, the edit must still be seen as one.
    """
    known = {pair.key: pair.exchange for pair in before}
    old = _still_there(bench, mailbox, [twin.id for twin in known.values() if twin.id is not None])
    made = []
    for pair in bound:
        twin = known[pair.key]
        shown = old.get(twin.id or "")
        edited = shown is not None and twin.seen is not None and shown != twin.seen
        made.append(replace(pair, exchange=replace(pair.exchange, seen=twin.seen)) if edited else pair)
    return tuple(made)


def _still_there(bench: Bench, mailbox: Mailbox, ids: list[str]) -> Mapping[str, Event]:
    """What the old way still shows; nothing where it does not answer any more."""
    try:
        with closing(bench.doors.exchange(mailbox)) as calendar:
            return {id_: item.event for id_, item in _fetched(calendar, ids).items()}
    except VfadminError:
        return {}


def _fetched(calendar: Calendar, ids: Iterable[str]) -> dict[str, Item]:
    """The items, portion by portion. One that cannot be read is not there."""
    wanted = [*dict.fromkeys(ids)]
    found: dict[str, Item] = {}
    for start in range(0, len(wanted), _PORTION):
        found.update(calendar.fetch(wanted[start : start + _PORTION]).items)
    return found


def _bind(session: Session, found: _Found) -> None:
    person_id, identity = found.mailbox.person_id, found.mailbox.identity
    # First none of them: an id of the one protocol may be another pair's of the other.
    session.execute(update(Pair).where(*_moving(person_id)).values(exchange_id=None))
    for pair in found.pairs:
        session.execute(update(Pair).where(Pair.id == pair.row).values(**rows.columns(pair)))
    leave_folder(session, person_id)
    session.execute(
        update(Integration)
        .where(Integration.person_id == person_id)
        .values(
            connection=found.mailbox.connection,
            mailbox=found.mailbox.address,
            mailbox_identity=None if identity is None else identity.mailbox,
            folder_identity=None if identity is None else identity.folder,
        )
    )
