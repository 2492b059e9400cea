"""The values the engine thinks in. All frozen: deciding takes some of them and gives others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from vfadmin.calendars.base import Capabilities, Item, Side
from vfadmin.calendars.event import Event
from vfadmin.calendars.own_uid import is_own_uid
from vfadmin.errors import Failure


class Decision(StrEnum):
    """An admin's word about what waits for him; the word is part of the command line's contract."""

    PROCESS = "process"
    """Do it: delete what is held, try again what failed, accept a mailbox."""
    SKIP = "skip"
    """Leave it: what stands alone stays alone, on neither side anything is written."""
    RESTORE = "restore"
    """Undo the deletion: the event is written again where it vanished."""


BOTH: tuple[Side, Side] = (Side.VALUEFRAME, Side.EXCHANGE)


@dataclass(frozen=True, slots=True)
class Twin:
    """One side of a pair: its id there, the version read last, and what that side showed then."""

    id: str | None = None
    version: str | None = None
    seen: Event | None = None


@dataclass(frozen=True, slots=True)
class PairView:
    """A pair as the journal keeps it. ``row`` is None until it is stored for the first time.

    ``participating`` says that the event is somebody else's, ``sequence`` what its organizer last sent, and
    ``brought`` that Exchange's item came there from ValueFrame: as last seen, and before it is there as meant
    (see `Item`). ``decision`` is an admin's word about a deletion that was held (a `Decision`).
    """

    key: str
    valueframe: Twin = Twin()
    exchange: Twin = Twin()
    base: Event | None = None
    uid: str | None = None
    status: str = "ok"
    row: int | None = None
    attempts: int = 0
    next_try_at: datetime | None = None
    participating: bool = False
    sequence: int | None = None
    brought: bool = False
    decision: str | None = None

    def twin(self, side: Side) -> Twin:
        """The twin on that side."""
        return self.valueframe if side is Side.VALUEFRAME else self.exchange


def expected_uid(pair: PairView, capabilities: Capabilities) -> str | None:
    """The UID that a create for the pair leaves where the keeper gives items a UID of our choice.

    That of the event, if it has one already: the copies of one event share it. A client's copy has another.
    """
    derived = capabilities.uid_of(pair.key)
    return derived if derived is None or pair.uid is None else pair.uid


def uids_of(pair: PairView, capabilities: Capabilities) -> frozenset[str]:
    """The UIDs that creates for the pair may ever have left; none where the keeper does not choose them.

    A copy made before its owner's event had a name in Exchange has the UID of its key, a later one the
    event's.
    """
    derived = capabilities.uid_of(pair.key)
    return frozenset() if derived is None else frozenset({derived, pair.uid or derived})


def is_left_by(item: Item, pair: PairView, capabilities: Capabilities) -> bool:
    """Whether the item, which carries the pair's key, is what a create for the pair left.

    Or the event itself, taken back out of Deleted Items before it was made anew: that has its UID, and a
    client's copy another.
    """
    if item.keyed_later:
        return pair.uid is not None and item.uid == pair.uid
    return expected_uid(pair, capabilities) in (None, item.uid)


def made_by_us(item: Item, capabilities: Capabilities) -> bool:
    """Whether the item came of a create of ours, and is no person's copy of one."""
    if item.key is None:
        return False
    derived = capabilities.uid_of(item.key)
    return item.uid == derived or (derived is not None and is_own_uid(item.uid))


def with_twin(pair: PairView, side: Side, twin: Twin) -> PairView:
    """The pair with that twin on that side."""
    return replace(pair, valueframe=twin) if side is Side.VALUEFRAME else replace(pair, exchange=twin)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a point read said of an id: the item, or that it is gone; neither when it was not read.

    ``cancelled`` is a meeting that is gone because its organizer said so.
    """

    item: Item | None = None
    gone: bool = False
    inferred: bool = False
    cancelled: bool = False


UNREAD = Reading()


class Act(StrEnum):
    """What a write does."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


class Reason(StrEnum):
    """Why; the word is shown in histories and never changes its meaning."""

    NEW = "new"
    EDITED = "edited"
    CONFLICT = "conflict"
    MATCHED = "matched"
    DELETED = "deleted"
    PROCESSED = "processed"
    RESTORED = "restored"
    EDIT_BEATS_DELETE = "edit-beats-delete"
    COPIED = "copied"
    PUT_BACK = "put-back"
    MEETING = "meeting"
    OWN_DUPLICATE = "own-duplicate"
    VERIFIED = "verified"
    LEFT_ALONE = "left-alone"
    HELD = "held"
    QUARANTINED = "quarantined"
    TAKEN_OUT = "taken-out"
    CALENDAR_CHANGED = "calendar-changed"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Write:
    """One write to one side. ``settles`` are the fields both sides agree on once it is done."""

    act: Act
    side: Side
    reason: Reason
    names: frozenset[str] = frozenset()
    settles: frozenset[str] = frozenset()
    final: bool = True
    conflicts: frozenset[str] = frozenset()


class Outcome(StrEnum):
    """What becomes of the pair once its writes are done."""

    SETTLE = "settle"
    CLOSE = "close"
    LEAVE = "leave"
    FREEZE = "freeze"
    HOLD = "hold"
    SET_ASIDE = "set-aside"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class PairPlan:
    """Everything one pair needs: what stands on each side, what was agreed, what to write."""

    pair: PairView
    current: Mapping[Side, Item | None]
    agreed: Event | None
    writes: tuple[Write, ...]
    outcome: Outcome
    clears: tuple[tuple[Side, str], ...] = ()
    postponed: tuple[tuple[Side, str, datetime], ...] = ()
    inferred: bool = False
    note: str | None = None

    @property
    def creates(self) -> bool:
        """Whether it creates anything."""
        return any(write.act is Act.CREATE for write in self.writes)

    @property
    def deletes(self) -> bool:
        """Whether it deletes anything."""
        return any(write.act is Act.DELETE for write in self.writes)


@dataclass(frozen=True, slots=True)
class Repair:
    """What a verify wrote into one side: the event that stood there and the one both were to agree on."""

    side: Side
    before: Event
    agreed: Event


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything a plan is made of: nothing else may decide.

    ``repairs`` are the last repairs by the pairs' keys while both calendars are compared completely, and
    None in an ordinary cycle.
    """

    pairs: tuple[PairView, ...]
    readings: Mapping[Side, Mapping[str, Reading]]
    capabilities: Mapping[Side, Capabilities]
    first_cycle: bool = False
    repairs: Mapping[str, Repair] | None = None

    def reading(self, side: Side, item_id: str | None) -> Reading:
        """What was read of the id; `UNREAD` where nothing was asked."""
        return UNREAD if item_id is None else self.readings[side].get(item_id, UNREAD)


@dataclass(frozen=True, slots=True)
class PlannedOperation:
    """One operation as a report names it; ``title`` is empty for a private event (R31)."""

    side: Side
    operation: str
    reason: str
    title: str
    start: datetime | None
    private: bool
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MailboxResult:
    """What one cycle did. ``deleted`` counts both sides, ``requests`` those that went over the network.

    ``operations`` are the writes one by one, told only where both calendars were compared completely.
    """

    person_id: int
    ok: bool
    pulled: int = 0
    pushed: int = 0
    conflicts: int = 0
    skipped: int = 0
    deleted: int = 0
    held: int = 0
    requests: int = 0
    duration_ms: int = 0
    failure: Failure | None = None
    operations: tuple[PlannedOperation, ...] = ()


@dataclass(frozen=True, slots=True)
class DryRun:
    """The plan of one mailbox, not carried out.

    ``first`` says that it is a first cycle, which matches before it creates (R29), and ``matched`` how many
    events it would find on both sides.
    """

    person_id: int
    operations: tuple[PlannedOperation, ...] = ()
    failure: Failure | None = None
    first: bool = False
    matched: int = 0

    def count(self, act: str, side: str) -> int:
        """How many operations of that kind (an `Act`) there are on that side (a `Side`)."""
        return sum(one.operation == act and one.side == side for one in self.operations)


@dataclass(frozen=True, slots=True)
class GuardLimits:
    """When deletions wait for an admin; ``share`` is of the pairs of the mailbox, ``fleet_share`` of all.

    ``hold_all``: that a listing shows nothing of what was there is never taken for deletions.
    """

    minimum: int = 5
    maximum: int = 50
    share: float = 0.10
    fleet_share: float = 0.01
    hold_all: bool = True


@dataclass(frozen=True, slots=True)
class Policy:
    """The settings a plan depends on; ``participants`` says whether links to persons travel (R9)."""

    winner: Side = Side.VALUEFRAME
    participants: bool = True
    days_back: int = 7
    horizon_months: int = 24
    guard: GuardLimits = field(default_factory=GuardLimits)
