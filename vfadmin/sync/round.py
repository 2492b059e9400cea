"""One round: mailboxes that wait for their turn, threads at work, and what came of them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from vfadmin.errors import VfadminError, failure
from vfadmin.sync import hung, removal
from vfadmin.sync.ahead import TOGETHER, Turns
from vfadmin.sync.crew import FAREWELL, PATIENCE, Crew, Ended
from vfadmin.sync.cycle import Bench, Taken, sync_mailbox
from vfadmin.sync.lease import TAKEN
from vfadmin.sync.portion import Portion, Quiet, give_back, is_stale, look, record, take
from vfadmin.sync.reader import Begun
from vfadmin.sync.values import MailboxResult
from vfadmin.sync.verify import verify_mailbox
from vfadmin.sync.wakes import Wakes

_LOG = logging.getLogger(__name__)
_GLANCE = 0.25
"""Seconds between two looks for who was woken while others are at work."""
_AFTER = 0.5
"""Seconds that a quiet mailbox waits for others before it is written down."""
_DUE_EVERY = 1.0
"""Seconds between two looks for who else is due."""
_TAKING = 2
"""Portions being taken at a time; together with those that are ready, so many leases are held beforehand."""

_Done = MailboxResult | Quiet | Portion | list[MailboxResult] | None
_Crew = Crew[tuple[int, ...], _Done]
More = Callable[[], Iterable[int]]


def nobody() -> Iterable[int]:
    """Nobody else is to be synchronised."""
    return ()


@dataclass(frozen=True, slots=True)
class Orders:
    """What is to be done in a round. See `Engine.sync`."""

    person_ids: Iterable[int]
    on_start: Callable[[int], None]
    more: More = nobody
    due: More = nobody
    if_due: Collection[int] = ()
    verify: bool = False


@dataclass(frozen=True, slots=True)
class Staff:
    """What the rounds of an engine have in common."""

    bench: Bench
    wakes: Wakes
    workers: int
    monotonic: Callable[[], float]
    goes_on: Callable[[], bool]
    ask_anew: Callable[[], None]
    stopping: Callable[[], bool]
    farewell: Callable[[], bool]
    ending: Callable[[], Collection[int]]
    hurried: set[int] = field(default_factory=set)


class Round:
    """The mailboxes of one call of `Engine.sync`. Used by one thread."""

    def __init__(self, staff: Staff, orders: Orders) -> None:
        bench = staff.bench
        self._staff, self._orders, self._bench = staff, orders, bench
        self._crew = _Crew(staff.workers, "mailbox", staff.monotonic)
        together = (bench.look_ahead is not None or bench.unmoved is not None) and not orders.verify
        self._turns = Turns(orders.person_ids, together=together)
        self._if_due = set(orders.if_due)
        self._taken: dict[int, Taken] = {}
        self._taking: set[tuple[int, ...]] = set()
        self._reached: dict[tuple[int, ...], Portion] = {}
        self._quiet: list[Quiet] = []
        self._quiet_since = 0.0
        self._next_due = float("-inf")

    def results(self) -> Iterator[MailboxResult]:
        """What came of each, as it comes."""
        try:
            while True:
                self._begin()
                if not self._crew.at_work:
                    return
                told = [one for ended in self._ended() for one in self._outcome(ended)]
                for result in told:
                    if not self._taken_elsewhere(result):
                        yield result
                if told:
                    self._staff.ask_anew()  # who heard of it may have decided something
                if self._staff.goes_on():
                    self._admit()
        finally:
            self._leave()

    def _begin(self) -> None:
        """Give the free threads something to do."""
        crew, staff = self._crew, self._staff
        if crew.free and self._is_to_record():
            quiet, self._quiet = self._quiet, []
            crew.begin(_ids(quiet), partial(self._record, quiet))
        while self._turns and crew.free and staff.goes_on():
            some = self._turns.next(may_take=len(self._taking) < _TAKING, enough=staff.workers)
            if some is None:
                return
            if isinstance(some, tuple):
                self._taking.add(some)
                crew.begin(some, partial(self._take, some, self._if_due.intersection(some)))
            else:
                crew.begin((some,), partial(self._one, some, self._taken.pop(some, None)))

    def _is_to_record(self) -> bool:
        if not self._quiet:
            return False
        if len(self._quiet) >= TOGETHER or self._staff.monotonic() - self._quiet_since >= _AFTER:
            return True
        return not self._crew.at_work and not (self._turns and self._staff.goes_on())

    def _ended(self) -> list[Ended[tuple[int, ...], _Done]]:
        return self._crew.wait(_GLANCE, FAREWELL if self._staff.farewell() else PATIENCE)

    def _outcome(self, ended: Ended[tuple[int, ...], _Done]) -> list[MailboxResult]:
        """What is to be told of a task that has ended."""
        taking = ended.key in self._taking
        self._taking.discard(ended.key)
        # The leases of a portion may have been taken before its thread hung.
        reached = self._reached.pop(ended.key, Portion({}))
        if ended.error is not None:
            raise ended.error
        found = ended.value
        if ended.hung:
            _LOG.warning("given up after no sign of life: mailboxes of %s, in %s", ended.key, ended.hung)
            if not taking:
                return [hung.give_up(self._bench, one) for one in ended.key]
            found = reached
        if isinstance(found, Portion):
            self._taken.update(found.taken)
            self._if_due -= found.needless
            self._turns.ready(one for one in ended.key if one not in found.needless)
            return []
        if isinstance(found, Quiet):
            if not self._quiet:
                self._quiet_since = self._staff.monotonic()
            self._quiet.append(found)
            return []
        return [found] if isinstance(found, MailboxResult) else found or []

    def _admit(self) -> None:
        """Those who were woken go first, who is at work is woken again afterwards; others come last."""
        at_work = {*_ids(self._quiet), *(one for some in self._crew.at_work for one in some)}
        for person_id in self._orders.more():
            self._if_due.discard(person_id)
            if person_id in at_work or person_id in self._taken:
                self._staff.wakes.wake([person_id])
            else:
                self._turns.hurry(person_id)
        now = self._staff.monotonic()
        if self._turns.few and now >= self._next_due:
            self._next_due = now + _DUE_EVERY
            due = [one for one in self._orders.due() if one not in at_work and one not in self._taken]
            self._if_due.update(due)
            self._turns.queue(due)

    def _taken_elsewhere(self, result: MailboxResult) -> bool:
        """Whether another process that heard the same was quicker: no news for anybody, but look again."""
        hurried = result.person_id in self._staff.hurried
        self._staff.hurried.discard(result.person_id)
        polled = result.person_id in self._if_due
        self._if_due.discard(result.person_id)
        if result.failure is None or result.failure.code != TAKEN:
            return False
        if hurried or not polled:
            self._staff.wakes.wake([result.person_id])
        return hurried or polled

    def _leave(self) -> None:
        """Wait for those at work, and keep no lease."""
        while self._crew.at_work:
            for ended in self._ended():
                if isinstance(ended.value, Quiet):
                    self._quiet.append(ended.value)
                portion = self._reached.pop(ended.key, None)
                if portion is not None:
                    self._taken.update(portion.taken)
        try:
            if self._quiet:
                record(self._bench, self._quiet)
            give_back(self._bench, self._taken.values())
        except VfadminError as error:
            _LOG.info("the leases of %s mailboxes run out: %s", len(self._taken), error.failure.code)

    # What the threads do

    def _take(
        self, person_ids: tuple[int, ...], if_due: Collection[int], sign: Callable[[], bool]
    ) -> Portion:
        """Take their leases and ask for them together; what goes wrong shows when each is by himself."""
        sign()
        ending = frozenset(person_ids).intersection(self._staff.ending())
        some = [one for one in person_ids if one not in ending]
        # Whatever was told of them until now, what is read from here on shows.
        told = [one for one in some if self._staff.wakes.forget(one)]
        try:
            portion = take(self._bench, some, if_due)
        except VfadminError as error:
            _LOG.debug("%s mailboxes were not taken together: %s", len(some), error.failure.code)
            portion = Portion({})
        self._reached[person_ids] = portion
        self._staff.wakes.wake([one for one in told if one not in portion.taken])
        self._look([one for one in some if one not in portion.needless])
        return portion

    def _look(self, person_ids: Collection[int]) -> None:
        ahead = self._bench.look_ahead
        try:
            if ahead is not None and person_ids:
                ahead(person_ids)
        except VfadminError as error:
            _LOG.debug("nothing was asked for %s mailboxes together: %s", len(person_ids), error.failure.code)
        except Exception:  # noqa: BLE001 - each asks for himself all the same
            _LOG.exception("unforeseen fault while asking for %s mailboxes together", len(person_ids))

    def _one(self, person_id: int, taken: Taken | None, sign: Callable[[], bool]) -> MailboxResult | Quiet:
        def stopping() -> bool:
            return sign() or self._staff.stopping()

        self._orders.on_start(person_id)
        try:
            return self._synchronised(person_id, taken, stopping)
        except VfadminError as error:
            return MailboxResult(person_id, ok=False, failure=error.failure)
        except Exception as error:  # noqa: BLE001 - the others of the batch go on
            _LOG.exception("unforeseen fault around the mailbox of person %s", person_id)
            found = failure("VF-INTERNAL-01", detail=type(error).__name__)
            return MailboxResult(person_id, ok=False, failure=found)

    def _synchronised(
        self, person_id: int, taken: Taken | None, stopping: Callable[[], bool]
    ) -> MailboxResult | Quiet:
        bench, begun = self._bench, None
        if taken is not None and is_stale(bench, taken):
            give_back(bench, [taken])
            taken = None
        if taken is not None and not stopping():
            found = look(bench, taken)
            if isinstance(found, Quiet):
                return found
            begun = found
        if not isinstance(begun, Begun):
            self._staff.wakes.forget(person_id)
        if person_id in self._staff.ending():
            if taken is not None:
                give_back(bench, [taken])  # asked for since: it takes a lease of its own
            return removal.as_result(removal.take_out(bench, person_id, stopping))
        if self._orders.verify:
            return verify_mailbox(bench, person_id, stopping)
        return sync_mailbox(bench, person_id, stopping, taken=taken, begun=begun)

    def _record(self, quiet: list[Quiet], sign: Callable[[], bool]) -> list[MailboxResult]:
        sign()
        results = [one.result for one in quiet]
        try:
            record(self._bench, quiet)
        except VfadminError as error:
            return [replace(one, ok=False, failure=error.failure) for one in results]
        return results


def _ids(quiet: Iterable[Quiet]) -> tuple[int, ...]:
    return tuple(one.result.person_id for one in quiet)
