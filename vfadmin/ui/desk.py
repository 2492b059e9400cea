"""Calls to the services, off the window's thread.

A screen asks the `Desk`; a thread of its own makes the call; the answer comes back as a signal to a
bound slot of the Desk and from there, in the window's thread, to the screen that asked. Lanes of their own
keep a long change of many rows, a count of them all, or a mailbox that answers slowly from standing in the
way of a search.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, QThread, Signal, Slot

from vfadmin.errors import Failure, VfadminError, failure
from vfadmin.ui.collecting import Collecting

if TYPE_CHECKING:
    from vfadmin.services.context import Services

log = logging.getLogger(__name__)


class Lane(StrEnum):
    """Which thread makes the call."""

    READ = "read"
    WRITE = "write"
    ASIDE = "aside"
    FAR = "far"
    """What reaches out to Exchange, and may take as long as the network likes."""
    MAILBOXES = "mailboxes"
    """What asks Exchange about a list of them, which may take minutes."""
    CALENDARS = "calendars"
    """What reads both calendars of a person from end to end, which may take minutes."""
    NEWS = "news"
    """What asks the publisher for a newer version."""
    FILE = "file"
    """What writes a file of many rows."""


@dataclass(frozen=True, slots=True)
class Order:
    """One call on its way to a thread. ``wanted`` says, just before the call, whether anybody still waits."""

    ticket: int
    call: Callable[[], Any]
    wanted: Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an order; ``made`` is false when nobody waited for it any more."""

    ticket: int
    value: Any = None
    failure: Failure | None = None
    made: bool = True


class ServiceThread(QThread):
    """Makes calls one after the other and reports each."""

    answered = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._orders: SimpleQueue[Order | None] = SimpleQueue()

    def put(self, order: Order) -> None:
        """Queue a call. Safe from any thread."""
        self._orders.put(order)

    def finish(self) -> None:
        """End after the calls that are queued."""
        self._orders.put(None)

    def run(self) -> None:
        """The thread's own loop."""
        while (order := self._orders.get()) is not None:
            self.answered.emit(self._answer(order))

    @staticmethod
    def _answer(order: Order) -> Answer:
        if not order.wanted(order.ticket):
            return Answer(order.ticket, made=False)
        try:
            return Answer(order.ticket, order.call())
        except VfadminError as error:
            return Answer(order.ticket, failure=error.failure)
        except Exception as error:
            log.exception("a service call failed unexpectedly")
            return Answer(order.ticket, failure=failure("VF-INTERNAL-01", detail=type(error).__name__))


@dataclass(frozen=True, slots=True)
class _Waiting:
    owner: QObject
    done: Callable[[Any], None]
    failed: Callable[[Failure], None]
    channel: str


class Desk(QObject):
    """Hands calls to the threads and answers back to those who asked, in the window's thread.

    Orders of one non-empty ``channel`` replace each other: only the newest is answered. An answer whose
    owner was destroyed meanwhile is dropped.
    """

    opened = Signal()
    open_failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services: Services | None = None
        self._lanes: dict[Lane, ServiceThread] = {}
        self._waiting: dict[int, _Waiting] = {}
        self._newest: dict[str, int] = {}
        self._ticket = 0
        self._closed = False
        self._collecting = Collecting(self)  # before there is a thread of ours

    @property
    def ready(self) -> bool:
        """Whether the services have been opened."""
        return self._services is not None

    @property
    def closed(self) -> bool:
        """Whether the window goes, so that nobody waits for an answer; may be read in any thread."""
        return self._closed

    def open(self, opener: Callable[[], Services]) -> None:
        """Let a thread import and open the services; `opened` or `open_failed` tells the outcome."""
        self._order(Lane.READ, opener, _Waiting(self, self._opened, self.open_failed.emit, "open"))

    def ask(
        self,
        owner: QObject,
        call: Callable[[Services], Any],
        done: Callable[[Any], None],
        failed: Callable[[Failure], None],
        *,
        lane: Lane = Lane.READ,
        channel: str = "",
    ) -> bool:
        """Have ``call`` made with the services; False, and nothing happens, while they are not open."""
        services = self._services
        if services is None or self._closed:
            return False
        self._order(lane, lambda: call(services), _Waiting(owner, done, failed, channel))
        return True

    def prepare(
        self,
        owner: QObject,
        call: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Failure], None],
        *,
        lane: Lane = Lane.WRITE,
    ) -> None:
        """Have something slow made ready that is no service, such as the engine's imports."""
        self._order(lane, call, _Waiting(owner, done, failed, ""))

    def close(self) -> None:
        """End the threads after the calls they have in hand. Nothing is asked from then on."""
        self._closed = True
        self._waiting.clear()
        self._newest.clear()
        for thread in self._lanes.values():
            thread.finish()
        for thread in self._lanes.values():
            thread.wait()
        self._lanes.clear()

    def _order(self, lane: Lane, call: Callable[[], Any], waiting: _Waiting) -> None:
        if self._closed:
            return
        self._ticket += 1
        self._waiting[self._ticket] = waiting
        if waiting.channel:
            self._newest[waiting.channel] = self._ticket
        self._thread(lane).put(Order(self._ticket, call, self._wanted))

    def _wanted(self, ticket: int) -> bool:
        waiting = self._waiting.get(ticket)
        return waiting is not None and (not waiting.channel or self._newest.get(waiting.channel) == ticket)

    def _thread(self, lane: Lane) -> ServiceThread:
        thread = self._lanes.get(lane)
        if thread is None:
            thread = self._lanes[lane] = ServiceThread(f"services-{lane}", self)
            thread.answered.connect(self._deliver)
            thread.start()
        return thread

    @Slot(object)
    def _deliver(self, answer: Answer) -> None:
        wanted = answer.made and self._wanted(answer.ticket)
        waiting = self._waiting.pop(answer.ticket, None)
        if waiting is None or not wanted or not shiboken6.isValid(waiting.owner):
            return
        if answer.failure is None:
            waiting.done(answer.value)
        else:
            waiting.failed(answer.failure)

    def _opened(self, services: Services) -> None:
        self._services = services
        self.opened.emit()
