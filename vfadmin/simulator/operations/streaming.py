"""GetStreamingEvents (MS-OXWSNTIF 3.1.4): one answer made of many envelopes, for as long as was asked."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC

from vfadmin.simulator import soap
from vfadmin.simulator.call import Call
from vfadmin.simulator.config import StreamPace
from vfadmin.simulator.errors import ExchangeError
from vfadmin.simulator.http_values import Channel
from vfadmin.simulator.journal import Journal
from vfadmin.simulator.names import T, esc
from vfadmin.simulator.operations.notifications import event_xml, minutes
from vfadmin.simulator.store import Store
from vfadmin.simulator.subscriptions import Subscription

_LONGEST = 30
_OPERATION = "GetStreamingEvents"


@dataclass(frozen=True, slots=True)
class Feed:
    """What one connection streams: subscriptions by id, for some seconds."""

    store: Store
    ids: tuple[str, ...]
    missing: tuple[str, ...]
    journals: tuple[Journal, ...]
    seconds: float
    heartbeat: float

    def messages(self, channel: Channel) -> Generator[str, None, None]:
        """Response messages until the time is up, a subscription ends, or the other side is gone.

        A subscription that is missing ends it at once, as a real server ends it: nothing is told of those
        that stand.
        """
        if self.missing:
            yield _not_found(self.missing)
            return
        end = time.monotonic() + self.seconds
        with self._listening(channel):
            yield _status("OK")
            beat = time.monotonic() + self.heartbeat
            while True:
                gone, news = self._news()
                if gone:
                    yield _not_found(gone)
                    return
                if news:
                    yield soap.success(_OPERATION, f"<m:Notifications>{news}</m:Notifications>")
                    beat = time.monotonic() + self.heartbeat
                now = time.monotonic()
                if now >= end:
                    yield _status("Closed")
                    return
                if now >= beat:
                    yield _status("OK")
                    beat = now + self.heartbeat
                if not channel.wait(min(end, beat) - now):
                    return

    @contextmanager
    def _listening(self, channel: Channel) -> Iterator[None]:
        with self.store.lock:
            for journal in self.journals:
                journal.listeners.add(channel.wake)
        try:
            yield
        finally:
            with self.store.lock:
                for journal in self.journals:
                    journal.listeners.discard(channel.wake)

    def _news(self) -> tuple[tuple[str, ...], str]:
        """The subscriptions that have ended, and what is new to the others."""
        gone, parts = [], []
        with self.store.lock:
            now = self.store.clock().astimezone(UTC)
            for subscription_id in self.ids:
                found = self.store.subscriptions.find(subscription_id, now)
                told = None if found is None else _told(found, self.store.secret)
                if told is None:
                    gone.append(subscription_id)
                else:
                    parts.append(told)
        return tuple(gone), "".join(parts)


def open_feed(call: Call, pace: StreamPace) -> Feed:
    """The feed a request asks for."""
    longest = minutes(call.child("ConnectionTimeout").text, "ConnectionTimeout", _LONGEST)
    asked = [(e.text or "").strip() for e in call.child("SubscriptionIds").iterfind(f"{T}SubscriptionId")]
    ids = tuple(dict.fromkeys(asked))
    found = {one: call.store.subscriptions.find(one, call.now) for one in ids}
    good = {one: sub for one, sub in found.items() if sub is not None and _may_stream(call, sub)}
    return Feed(
        call.store,
        ids,
        tuple(one for one in ids if one not in good),
        tuple({id(sub.mailbox): sub.mailbox.journal for sub in good.values()}.values()),
        longest * pace.minute,
        pace.heartbeat,
    )


def _may_stream(call: Call, subscription: Subscription) -> bool:
    """One connection of an impersonating account carries a group of mailboxes, as one of which it acts."""
    allowed = call.by_service or call.sees_all or subscription.mailbox is call.acting
    return allowed and subscription.is_streaming


def _told(subscription: Subscription, secret: bytes) -> str | None:
    """The new events of a subscription, told once; None where some are lost."""
    events = subscription.matching(subscription.position)
    if events is None:
        return None
    subscription.position = subscription.mailbox.journal.last
    if not events:
        return ""
    content = "".join(event_xml(event, subscription.mailbox, secret) for event in events)
    return (
        f"<t:Notification><t:SubscriptionId>{esc(subscription.id)}</t:SubscriptionId>{content}"
        "</t:Notification>"
    )


def _status(status: str) -> str:
    return soap.success(_OPERATION, f"<m:ConnectionStatus>{status}</m:ConnectionStatus>")


def _not_found(ids: tuple[str, ...]) -> str:
    listed = "".join(f"<t:SubscriptionId>{esc(one)}</t:SubscriptionId>" for one in ids)
    content = f"<m:ErrorSubscriptionIds>{listed}</m:ErrorSubscriptionIds>"
    content += "<m:ConnectionStatus>Closed</m:ConnectionStatus>"
    return soap.failure(_OPERATION, ExchangeError("ErrorSubscriptionNotFound"), content)
