"""Who subscribed to what, and how far he has read. Plain state; the store's lock protects it."""

from __future__ import annotations

import base64
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from vfadmin.simulator.ids import SyncCursor
from vfadmin.simulator.journal import Event
from vfadmin.simulator.mailbox import Mailbox

# No folder has this number, so no sync state passes for a watermark.
_WATERMARK = 2**64 - 1


@dataclass(slots=True)
class Subscription:
    """One subscription. `folders` None: all. `lasts` None: it does not run out (streaming)."""

    id: str
    mailbox: Mailbox
    generation: uuid.UUID
    folders: frozenset[str] | None
    kinds: frozenset[str]
    position: int
    lasts: timedelta | None
    used: datetime

    @property
    def is_streaming(self) -> bool:
        """Whether its events are streamed rather than asked for."""
        return self.lasts is None

    def alive(self, now: datetime) -> bool:
        """Whether it still stands: its mailbox is what it was, and it was not left alone for too long."""
        return self.generation == self.mailbox.journal.generation and (
            self.lasts is None or now <= self.used + self.lasts
        )

    def matching(self, position: int) -> list[Event] | None:
        """The events subscribed to after a position, or None where some of them are no longer kept."""
        events = self.mailbox.journal.since(position)
        return None if events is None else [event for event in events if self._wants(event)]

    def _wants(self, event: Event) -> bool:
        if event.kind not in self.kinds:
            return False
        return self.folders is None or not self.folders.isdisjoint((event.folder_id, event.old_folder_id))


class Subscriptions:
    """All subscriptions of a server; they do not outlive it."""

    def __init__(self) -> None:
        self._by_id: dict[str, Subscription] = {}

    def add(
        self,
        mailbox: Mailbox,
        folders: frozenset[str] | None,
        kinds: frozenset[str],
        position: int,
        lasts: timedelta | None,
        now: datetime,
    ) -> Subscription:
        """Begin a subscription."""
        subscription_id = base64.b64encode(mailbox.guid.bytes + secrets.token_bytes(32)).decode()
        found = Subscription(
            subscription_id, mailbox, mailbox.journal.generation, folders, kinds, position, lasts, now
        )
        self._by_id[subscription_id] = found
        return found

    def find(self, subscription_id: str, now: datetime) -> Subscription | None:
        """A subscription that stands; one that does not is forgotten."""
        found = self._by_id.get(subscription_id)
        if found is not None and not found.alive(now):
            del self._by_id[subscription_id]
            return None
        return found

    def remove(self, subscription: Subscription) -> None:
        """End a subscription; whoever streams it is told."""
        del self._by_id[subscription.id]
        subscription.mailbox.journal.ring()

    def clear(self) -> None:
        """End all subscriptions."""
        for subscription in tuple(self._by_id.values()):
            self.remove(subscription)


def watermark(mailbox: Mailbox, position: int, secret: bytes) -> str:
    """A position in a mailbox's events as the opaque text a client keeps."""
    return SyncCursor(mailbox.journal.generation, mailbox.guid, _WATERMARK, position).encode(secret)


def read_watermark(text: str, mailbox: Mailbox, secret: bytes) -> int | None:
    """The position behind a watermark of this mailbox; None where it is none."""
    cursor = SyncCursor.decode("".join(text.split()), secret)
    expected = (mailbox.journal.generation, mailbox.guid, _WATERMARK)
    if cursor is None or (cursor.epoch, cursor.mailbox, cursor.folder) != expected:
        return None
    return cursor.position
