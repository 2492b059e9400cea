"""Streaming notifications of Exchange 2010 SP1 and later (MS-OXWSNTIF 3.1.4): one connection's mailboxes.

The steps named here are those of Microsoft's *Maintain affinity between a group of subscriptions and the
Mailbox server in Exchange*.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

from vfadmin.calendars.ews.errors import Context, EwsFault, failure_for
from vfadmin.calendars.ews.folders import by_id
from vfadmin.calendars.ews.session import EwsSession
from vfadmin.calendars.ews.soap import Message, Reply
from vfadmin.calendars.ews.streaming import Line, Pace
from vfadmin.calendars.ews.xml import branch, element, find, tag, text_at
from vfadmin.errors import CalendarError, Scope, VfadminError

_LOG = logging.getLogger(__name__)

_EVENTS = ("CopiedEvent", "CreatedEvent", "DeletedEvent", "ModifiedEvent", "MovedEvent")
_TOLD = frozenset(tag(f"t:{name}") for name in _EVENTS)
_LOST = frozenset(
    {
        "ErrorSubscriptionNotFound",
        "ErrorInvalidSubscription",
        "ErrorExpiredSubscription",
        "ErrorSubscriptionUnsubscribed",
        "ErrorSubscriptionAccessDenied",
        "ErrorReadEventsFailed",
        "ErrorMissedNotificationEvents",
        "ErrorEventNotFound",
        "ErrorMailboxMoveInProgress",
    }
)
"""What ends a subscription, perhaps with events untold."""
_TOO_MANY_LINES = "ErrorExceededConnectionCount"
_ENDS = ("EX-AUTH", "VF-SECRET")
"""Failures after which nothing more is tried: the circuit breaker's, and a retry would lock the account."""


@dataclass(slots=True)
class _Rest:
    """How often a mailbox could not be followed lately, and until when it is left alone (monotonic)."""

    attempts: int = 0
    until: float = 0.0


class Group:
    """The mailboxes of one connection, and the thread that reads it.

    A stream has the subscriptions it was opened with. To follow another mailbox it has to be left, which
    costs a look at all of its mailboxes; a ``steady`` group does that only when it is told to.
    """

    def __init__(
        self, session: EwsSession, changed: Callable[[str], None], pace: Pace, *, steady: bool = True
    ) -> None:
        self.wanted: Mapping[str, str] = {}
        self._steady = steady
        self._streaming = False
        self._session, self._changed, self._pace = session, changed, pace
        self._line: Line | None = None
        self._subscribed: dict[str, str] = {}  # addresses by subscription
        self._folders: dict[str, str] = {}  # folders by address, as subscribed
        self._rests: dict[str, _Rest] = {}
        self._anchor = ""
        self._impersonates = False
        self._failures = 0
        self._stopping = threading.Event()
        self._bell = threading.Event()
        # A thread of a program that ends may be cut short: all it holds are connections.
        self._thread = threading.Thread(target=self._run, name="notifications", daemon=True)

    def follow(self, wanted: Mapping[str, str], *, at_once: bool = True) -> None:
        """Follow exactly these, those that are new ``at_once`` or from the next stream on; none ends it."""
        began, self.wanted = self._thread.ident is not None, wanted
        if not wanted:
            self.stop()
        elif not began:
            self._thread.start()
        elif at_once:
            self._interrupt()

    @property
    def cost(self) -> int:
        """How many mailboxes have to be looked at where the stream is left."""
        return len(self._subscribed) if self._streaming else 0

    def follows(self, mailbox: str) -> bool:
        """Whether a stream is open that tells of the mailbox, in the calendar that is wanted."""
        folder = self.wanted.get(mailbox)
        subscribed = self._streaming and mailbox in tuple(self._subscribed.values())
        return subscribed and folder is not None and self._folders.get(mailbox) == folder

    def has_tried(self, mailbox: str) -> bool:
        """Whether the mailbox could not be followed lately."""
        return mailbox in self._rests

    def stop(self) -> None:
        """End soon."""
        self._stopping.set()
        self._interrupt()

    def join(self, seconds: float) -> None:
        """Wait for the end, so long."""
        if self._thread.ident is not None:
            self._thread.join(seconds)

    def _interrupt(self) -> None:
        self._bell.set()
        line = self._line
        if line is not None:
            line.cancel()

    # In the thread

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                try:
                    self._once()
                except VfadminError as error:
                    if error.failure.code.startswith(_ENDS):
                        _LOG.info("notifications end: %s", error.failure.code)
                        return
                    _LOG.info("notifications wait: %s", error.failure.code)
                    self._pause(error.failure.retry_after or 0.0)
        except Exception:  # noqa: BLE001 - nobody stands above a thread
            _LOG.exception("unforeseen fault in the notifications; polling goes on")
        finally:
            if self._line is not None:
                self._line.close()

    def _once(self) -> None:
        """Subscribe to what is not yet followed, and listen until the stream ends."""
        line = self._line
        if line is None:
            if self._session.build is None:
                self._session.ask_version()
            line = self._line = Line(self._session, self._pace)
        self._part(line)
        for mailbox in self._missing():
            if self._stopping.is_set():
                return
            self._subscribe(line, mailbox)
        # What was rung for until here is seen to, unless this tells otherwise. A stream that is opened only
        # to be closed for it would take with it what the server tells meanwhile.
        self._bell.clear()
        if self._outdated():
            return
        if not self._subscribed:
            self._bell.wait(self._until_next())
        elif not self._stopping.is_set():
            began = time.monotonic()
            self._listen(line)
            if time.monotonic() - began > self._pace.silence:
                self._failures = 0
            elif not self._bell.is_set() and not any(self._missing()):
                self._pause(0.0)  # a server that ends every stream at once is not asked without a break

    def _missing(self) -> Iterator[str]:
        """The mailboxes to subscribe to now; the anchor is the first of them (step 4)."""
        now = time.monotonic()
        followed = frozenset(self._subscribed.values())
        for mailbox in sorted(self.wanted):
            rest = self._rests.get(mailbox)
            if mailbox not in followed and (rest is None or rest.until <= now):
                yield mailbox

    def _outdated(self) -> bool:
        """Whether others are to be followed than those that are subscribed."""
        left = any(self.wanted.get(one) != self._folders[one] for one in self._subscribed.values())
        return left or any(self._missing())

    def _until_next(self) -> float:
        """Seconds until a resting mailbox may be asked again."""
        ends = [rest.until for mailbox, rest in self._rests.items() if mailbox in self.wanted]
        return max(0.0, min(ends, default=0.0) - time.monotonic())

    def _part(self, line: Line) -> None:
        """End the subscriptions of who left, or whose calendar is another one now."""
        wanted = self.wanted
        for subscription, mailbox in tuple(self._subscribed.items()):
            if self._stopping.is_set() or wanted.get(mailbox) == self._folders[mailbox]:
                continue
            del self._subscribed[subscription]
            payload = branch("m:Unsubscribe", element("m:SubscriptionId", subscription))
            try:
                line.ask(payload, mailbox, self._anchor)
            except EwsFault as fault:
                _LOG.debug("a subscription was not there to be ended: %s", fault.code)
        if not self._subscribed:
            self._anchor = ""
            line.forget_server()

    def _subscribe(self, line: Line, mailbox: str) -> None:
        folder = self.wanted.get(mailbox)
        if folder is None:
            return
        payload = branch(
            "m:Subscribe",
            branch(
                "m:StreamingSubscriptionRequest",
                branch("t:FolderIds", by_id(folder)),
                branch("t:EventTypes", *(element("t:EventType", name) for name in _EVENTS)),
            ),
        )
        try:
            message = line.ask(payload, mailbox, self._anchor or mailbox)
        except EwsFault as fault:
            found = failure_for(fault, Context(self._session.connection, mailbox=mailbox))
            if found.scope is Scope.CONNECTION and not found.transient:
                raise CalendarError(found) from fault  # the account's trouble, and so every mailbox's
            _LOG.info("a mailbox is left to polling for now: %s", found.code)
            self._leave_alone(mailbox, self._pace.rest, found.retry_after or 0.0)
            return
        self._anchor = self._anchor or mailbox
        self._subscribed[text_at(message.element, "m:SubscriptionId") or ""] = mailbox
        self._folders[mailbox] = folder

    def _listen(self, line: Line) -> None:
        payload = branch(
            "m:GetStreamingEvents",
            branch("m:SubscriptionIds", *(element("t:SubscriptionId", one) for one in self._subscribed)),
            element("m:ConnectionTimeout", str(self._pace.minutes)),
        )
        # The service account's own connections are few (three on Exchange 2013); beyond them the anchor's
        # budget pays (step 7).
        mailbox = self._anchor if self._impersonates else ""
        heard = False
        try:
            with closing(line.stream(payload, self._anchor, mailbox)) as replies:
                for reply in replies:
                    standing = len(self._subscribed)
                    self._hear(reply)
                    if not heard:
                        heard = self._streaming = True
                        _LOG.debug("following %d mailboxes", len(self._subscribed))
                    if len(self._subscribed) < standing:
                        return  # the server ends it, having told all of the others
                    if self._stopping.is_set() or self._is_wanted_elsewhere():
                        break
        except CalendarError:
            if heard:
                self._look_at_all()
            raise
        finally:
            self._streaming = False
        if heard and self._is_wanted_elsewhere():
            self._look_at_all()

    def _is_wanted_elsewhere(self) -> bool:
        """Whether the stream is to be left for others who are to be followed."""
        return self._bell.is_set() or (not self._steady and any(self._missing()))

    def _look_at_all(self) -> None:
        """A stream was cut short: what was on its way is told no more, for it acknowledges nothing."""
        for mailbox in self._subscribed.values():
            if mailbox in self.wanted:
                self._changed(mailbox)

    def _hear(self, reply: Reply) -> None:
        if reply.fault is not None:
            self._refused(reply.fault)
        for message in reply.messages:
            if message.fault is None:
                for mailbox in self._told(message):
                    if mailbox in self.wanted:
                        self._changed(mailbox)
            elif message.fault.code in _LOST:
                self._lose(message)
            else:
                self._refused(message.fault)

    def _told(self, message: Message) -> Iterator[str]:
        notifications = find(message.element, "m:Notifications")
        for notification in () if notifications is None else notifications:
            mailbox = self._subscribed.get(text_at(notification, "t:SubscriptionId") or "")
            if mailbox is not None and any(child.tag in _TOLD for child in notification):
                yield mailbox

    def _lose(self, message: Message) -> None:
        """Subscriptions ended. What happened meanwhile is told no more, so their mailboxes are looked at."""
        named = find(message.element, "m:ErrorSubscriptionIds")
        lost = [] if named is None else [one.text or "" for one in named]
        for subscription in lost or tuple(self._subscribed):
            mailbox = self._subscribed.pop(subscription, None)
            if mailbox is not None:
                self._leave_alone(mailbox, 0.0)
                if mailbox in self.wanted:
                    self._changed(mailbox)

    def _refused(self, fault: EwsFault) -> None:
        """Nothing streams for now; raises CalendarError where it has to wait."""
        if fault.code == _TOO_MANY_LINES and not self._impersonates:
            self._impersonates = True
            return
        raise CalendarError(failure_for(fault, Context(self._session.connection, mailbox=self._anchor)))

    def _leave_alone(self, mailbox: str, first: float, told: float = 0.0) -> None:
        """Let the mailbox rest ``first`` seconds, or as long as was told, and longer each time."""
        pace, now = self._pace, time.monotonic()
        rest = self._rests.setdefault(mailbox, _Rest())
        if now > rest.until + pace.longest_rest:
            rest.attempts = 0
        longer = pace.rest * 2 ** min(rest.attempts, 16) if rest.attempts else first
        rest.attempts += 1
        rest.until = now + max(min(longer, pace.longest_rest), told)

    def _pause(self, told: float) -> None:
        """Wait, longer each time until a stream has lasted, or as long as was told."""
        pace = self._pace
        wait = min(pace.pause * 2 ** min(self._failures, 16), pace.longest_pause)
        self._failures += 1
        self._stopping.wait(max(wait, min(told, pace.longest_rest)))
