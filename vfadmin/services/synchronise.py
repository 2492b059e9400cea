"""Synchronising on demand, and the engine for whoever keeps one running."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.orm import Session

from vfadmin.calendars.base import Side
from vfadmin.errors import UsageError, failure
from vfadmin.models.store import Store
from vfadmin.services.audit import Actor, record
from vfadmin.services.credentials import SecretVault
from vfadmin.services.directory import Clock
from vfadmin.services.held import guard_limits
from vfadmin.services.history import History
from vfadmin.services.settings import (
    HISTORY_DAYS,
    MODULE,
    PARTICIPANTS,
    PAUSED,
    TENTATIVE,
    WINDOW,
    Settings,
)
from vfadmin.services.valueframe import chosen_map
from vfadmin.sync import transfer, undo_run
from vfadmin.sync.attention import Open
from vfadmin.sync.compare import Compared, Comparison, Resolution, Watch, compare, unwatched
from vfadmin.sync.cycle import Bench, never
from vfadmin.sync.doors import RealDoors
from vfadmin.sync.engine import Engine
from vfadmin.sync.removal import Left, TakenOut
from vfadmin.sync.routes import routes
from vfadmin.sync.servers import Span
from vfadmin.sync.transfer import Survey, Transfer
from vfadmin.sync.undo_run import RunUndone, UndoneEvent, Wish
from vfadmin.sync.values import DryRun, MailboxResult, PlannedOperation, Policy

__all__ = [
    "Compared",
    "Comparison",
    "DryRun",
    "Left",
    "MailboxResult",
    "PlannedOperation",
    "Resolution",
    "RunUndone",
    "Survey",
    "Synchronise",
    "TakenOut",
    "Transfer",
    "UndoneEvent",
    "Wish",
]

_DAYS_A_MONTH = 31


class Synchronise:
    """Brings calendars into step. One for each process; close it at the end.

    ``noted`` is told of every cycle, whoever asked for it.
    """

    def __init__(
        self,
        store: Store,
        settings: Settings,
        secrets: SecretVault,
        *,
        clock: Clock,
        noted: Callable[[MailboxResult], None] = lambda _: None,
    ) -> None:
        self._settings = settings
        self._noted = noted
        self._stopping = threading.Event()
        self._running: Engine | None = None
        self._doors = RealDoors(
            store,
            secrets.read,
            clock,
            self._default_type,
            self._linked,
            self._tentative,
            self._span,
            near=lambda: chosen_map(store),
            max_connections=lambda: settings.number("workers"),
        )
        self._bench = Bench(
            store=store,
            doors=self._doors,
            clock=clock,
            policy=self._policy,
            owner=f"{socket.gethostname()}:{os.getpid()}",
            poll=lambda: timedelta(seconds=settings.number("poll_seconds")),
            look_ahead=self._doors.look_ahead,
            unmoved=self._doors.unmoved,
        )

    def engine(self) -> Engine:
        """A new engine over this process's connections."""
        return self._engine(self._bench, self._settings.number("workers"))

    def engine_of_a_worker(self, owner: str, lease: timedelta, clock: Clock, mailboxes: int) -> Engine:
        """The same for a process that keeps its short leases fresh, under a name that nobody else has.

        ``mailboxes`` is how many are at work at once.
        """
        bench = replace(self._bench, owner=owner, lease=lease, clock=clock)
        return self._engine(bench, mailboxes)

    @property
    def notifier(self) -> Open:
        """Opens what hears of changes in mailboxes."""
        return self._doors.notifier

    def allowed(self) -> bool:
        """Whether anything is to be synchronised: the module is on, and nothing paused. Raises StoreError."""
        return self._allowed()

    def _engine(self, bench: Bench, workers: int) -> Engine:
        settings = self._settings
        return Engine(
            bench,
            enabled=self._allowed,
            workers=workers,
            open_notifier=self._doors.notifier,
            renew=self._doors.renew,
            keep=lambda: timedelta(days=settings.number(HISTORY_DAYS)),
            noted=self._noted,
        )

    def run(
        self,
        person_ids: Iterable[int] | None = None,
        on_result: Callable[[MailboxResult], None] = lambda _: None,
        *,
        verify: bool = False,
    ) -> list[MailboxResult]:
        """Synchronise these mailboxes now, or all active ones; one result for each.

        With ``verify`` both calendars of each are compared completely and what differs is repaired; the
        repairs are the result's operations.
        Raises UsageError VF-MODULE-01 while the module is off (R14), VF-PAUSE-01 while all is paused.
        """
        self._running = engine = self._working()
        self._doors.renew()
        results: list[MailboxResult] = []
        wanted = engine.everybody() if person_ids is None else person_ids
        for result in engine.sync(wanted, verify=verify):
            results.append(result)
            on_result(result)
        return results

    def watch(
        self,
        person_ids: Iterable[int] | None,
        on_result: Callable[[MailboxResult], None],
        every_seconds: float = 1.0,
    ) -> None:
        """Synchronise whatever falls due or is woken, or of these mailboxes whichever is, until `stop`.

        While the module is off (R14) or all is paused nothing falls due; it goes on with that.
        """
        self._running = engine = self.engine()
        wanted = None if person_ids is None else frozenset(person_ids)

        def chosen(some: Iterable[int]) -> list[int]:
            return [one for one in some if wanted is None or one in wanted]

        def woken() -> list[int]:
            return chosen(engine.woken())

        def due() -> list[int]:
            return chosen(engine.due())

        try:
            while not self._stopping.is_set():
                now, later = woken(), due()
                polled = set(later).difference(now)
                for result in engine.sync([*now, *later], more=woken, due=due, if_due=polled):
                    on_result(result)
                if not self._stopping.is_set():
                    engine.rest(every_seconds)
        finally:
            engine.hear_no_more()

    def stop(self) -> None:
        """End what `run` or `watch` does after the current writes; from any thread or signal handler."""
        self._stopping.set()
        if self._running is not None:
            self._running.stop()
            self._running.ring()

    def dry_run(self, person_ids: Iterable[int] | None = None) -> list[DryRun]:
        """What the next sync would do. Writes nowhere."""
        engine = self._enabled()
        return engine.preview(engine.everybody() if person_ids is None else person_ids)

    def rehearse(self, person_ids: Iterable[int]) -> list[DryRun]:
        """What the next cycle of these would do if they were at work. Writes nowhere."""
        return self._enabled().preview(person_ids, idle=True)

    def compare(self, person_id: int, watch: Watch = unwatched) -> Comparison:
        """Both calendars of a person, and what the plan will do about each difference. Writes nowhere.

        While the module is off too: nothing is synchronised by looking.
        """
        return compare(self._bench, person_id, watch)

    def require_module(self) -> None:
        """Raises UsageError VF-MODULE-01 while the module is off (R14)."""
        self._enabled()

    def take_out(self, person_ids: Iterable[int]) -> list[TakenOut]:
        """Finish removals that were to take out what ValueFrame brought; one result for each.

        Raises UsageError VF-MODULE-01 while the module is off (R14), VF-PAUSE-01 while all is paused.
        """
        self._running = engine = self._working()
        return engine.take_out(person_ids)

    def preview_removal(self, person_ids: Iterable[int]) -> list[TakenOut]:
        """What a removal would take out of these mailboxes, and what it would leave. Writes nowhere."""
        return self._enabled().preview_removal(person_ids)

    def preview_undo(self, wish: Wish, stopping: Callable[[], bool] = never) -> RunUndone:
        """What undoing a run would do; ``stopping`` ends it between two requests. Writes nowhere.

        Raises UsageError VF-MODULE-01 while the module is off, VF-UNDO-02 (no such run), -03 (nothing of it
        is known).
        """
        self._enabled()
        return self._unnamed(undo_run.preview(self._bench, wish, stopping))

    def undo(
        self,
        wish: Wish,
        actor: Actor,
        on_event: Callable[[UndoneEvent], None] = lambda _: None,
        stopping: Callable[[], bool] = never,
    ) -> RunUndone:
        """Undo a run in both calendars, until `stop` or until ``stopping`` says so.

        Raises as `preview_undo`, and VF-PAUSE-01 while all is paused.
        """
        self._working()

        def ended() -> bool:
            return self._stopping.is_set() or stopping()

        done = self._unnamed(undo_run.undo_run(self._bench, wish, ended, on_event))
        counts = {one: done.count(one) for one in (undo_run.UNDONE, undo_run.ALREADY, undo_run.LEFT)}
        after = {"run": wish.run_id, "operation": wish.operation, "mass": wish.mass, **counts}
        with self._bench.store.write() as session:
            subject = f"person:{done.person_id}"
            record(session, actor, "history.undo", subject, None, after, self._bench.clock())
        return done

    def _unnamed(self, done: RunUndone) -> RunUndone:
        """Without the titles of what was private at any time, before the run or since (R31)."""
        hidden = {one.id for one in History(self._bench.store).operations(done.run_id) if one.redacted}
        events = (
            replace(one, title="", private=True) if hidden.intersection(one.operations) else one
            for one in done.events
        )
        return replace(done, events=tuple(events))

    def transfer(
        self, person_ids: Iterable[int] | None, actor: Actor, *, back: bool = False, dry_run: bool = False
    ) -> list[Transfer]:
        """Take these mailboxes from EWS to Graph, or ``back``; one result for each. Nothing else changes.

        With None all that are synchronised over the other protocol.
        With ``dry_run`` what that would come to. Raises UsageError VF-MODULE-01 while the module is off
        (R14), EX-CONN-01 where there is no connection to go to.
        """
        target = self._target(back=back)
        translate = self._doors.translated
        if person_ids is None:
            with self._bench.store.read() as session:
                person_ids = transfer.elsewhere(session, target)
        if dry_run:
            return [transfer.preview(self._bench, translate, one, target) for one in person_ids]

        def note(session: Session, told: Transfer) -> None:
            after = {"connection": target, "pairs": told.pairs}
            at = self._bench.clock()
            record(session, actor, "integration.move", f"person:{told.person_id}", None, after, at)

        return [transfer.transfer(self._bench, translate, one, target, note) for one in person_ids]

    def survey_transfer(self, person_ids: Iterable[int], *, back: bool = False) -> Survey:
        """Which of these a `transfer` concerns; no mailbox is asked. Raises as that does."""
        target = self._target(back=back)
        with self._bench.store.read() as session:
            return transfer.survey(session, person_ids, target)

    def _target(self, *, back: bool) -> str:
        """The connection that a transfer goes to."""
        self._enabled()
        with self._bench.store.read() as session:
            known = routes(session)
        target = known.ews if back else known.graph
        if target is None:
            raise UsageError(failure("EX-CONN-01", protocol="ews" if back else "graph"))
        return target

    def close(self) -> None:
        """Close the connections."""
        self._doors.close()

    def _enabled(self) -> Engine:
        if not self._settings.flag(MODULE):
            raise UsageError(failure("VF-MODULE-01"))
        return self.engine()

    def _working(self) -> Engine:
        engine = self._enabled()
        if self._settings.flag(PAUSED):
            raise UsageError(failure("VF-PAUSE-01"))
        return engine

    def _allowed(self) -> bool:
        module, paused = self._settings.flags(MODULE, PAUSED)
        return module and not paused

    def _default_type(self) -> int | None:
        value = self._settings.get("default_event_type")
        return value if isinstance(value, int) else None

    def _linked(self) -> bool:
        return self._settings.flag(PARTICIPANTS)

    def _tentative(self) -> bool:
        return self._settings.flag(TENTATIVE)

    def _span(self) -> Span:
        days, months = self._settings.numbers(*WINDOW)
        return Span(days, months * _DAYS_A_MONTH)

    def _policy(self) -> Policy:
        days, months = self._settings.numbers(*WINDOW)
        return Policy(
            winner=Side(str(self._settings.get("conflict_winner"))),
            participants=self._linked(),
            days_back=days,
            horizon_months=months,
            guard=guard_limits(self._settings),
        )
