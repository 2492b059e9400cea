"""A process's sign of life, on either kind of store."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from tests.clock import FakeClock
from vfadmin import __version__
from vfadmin.errors import StoreError, failure
from vfadmin.models import Worker, WorkerKind
from vfadmin.models.store import Store
from vfadmin.services.presence import Presence
from vfadmin.services.workers import WorkerRow, Workers
from vfadmin.sync.values import MailboxResult

pytestmark = pytest.mark.both_stores


class Beats:
    """Lets a test wait for signs of life."""

    def __init__(self) -> None:
        self.count = 0
        self._news = threading.Condition()

    def __call__(self) -> None:
        with self._news:
            self.count += 1
            self._news.notify_all()

    def wait_for_one_more(self) -> None:
        with self._news:
            before = self.count
            assert self._news.wait_for(lambda: self.count > before + 1, 60)


def _row(store: Store, clock: FakeClock) -> WorkerRow:
    (row,) = Workers(store, clock=clock).alive()
    return row


def test_a_process_says_that_it_lives_and_what_it_has_done(store: Store, fake_clock: FakeClock) -> None:
    beats = Beats()
    presence = Presence(store, WorkerKind.WORKER, clock=fake_clock, beat=0.01, after=beats)
    presence.begin()
    began = fake_clock.now
    presence.note(MailboxResult(1, ok=True, pulled=2, pushed=1, deleted=1))
    presence.note(MailboxResult(2, ok=True))
    presence.note(MailboxResult(3, ok=False, failure=failure("VF-LEASE-01", person=3)))
    fake_clock.now = began + timedelta(seconds=5)
    beats.wait_for_one_more()
    row = _row(store, fake_clock)
    assert (row.mailboxes, row.changes, row.per_minute) == (2, 4, 2)
    assert (row.kind, row.version, row.stopping) == (WorkerKind.WORKER, __version__, False)
    assert (row.started_at, row.seen_at) == (began, began + timedelta(seconds=5))
    assert presence.owner.split(":")[1:] == [str(row.pid), row.id[:8]]
    presence.stopping()
    beats.wait_for_one_more()
    assert _row(store, fake_clock).stopping
    presence.end()
    assert Workers(store, clock=fake_clock).alive() == ()


def test_what_was_done_more_than_a_minute_ago_is_not_recent(
    store: Store, fake_clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = [0.0]
    monkeypatch.setattr("vfadmin.services.presence.time.monotonic", lambda: seconds[0])
    presence = Presence(store, WorkerKind.DESKTOP, clock=fake_clock, beat=60)
    presence.note(MailboxResult(1, ok=True))
    seconds[0] = 61.0
    presence.note(MailboxResult(1, ok=True))
    presence.begin()
    row = _row(store, fake_clock)
    presence.end()
    assert (row.mailboxes, row.per_minute, row.kind) == (2, 1, WorkerKind.DESKTOP)


def test_rows_of_the_long_gone_are_taken_away_and_a_lost_one_comes_back(
    store: Store, fake_clock: FakeClock
) -> None:
    """Who restores a backup empties the table under those who live."""
    old = fake_clock.now - timedelta(days=2)
    with store.write() as session:
        session.add(
            Worker(id="old", host="h", pid=1, version="1", kind="worker", started_at=old, seen_at=old)
        )
    beats = Beats()
    presence = Presence(store, WorkerKind.WORKER, clock=fake_clock, beat=0.01, after=beats)
    presence.begin()
    with store.write() as session:
        assert session.get(Worker, "old") is None
        session.execute(delete(Worker))
    beats.wait_for_one_more()
    assert _row(store, fake_clock).id == presence.id
    presence.end()


def test_what_fails_is_tried_again_at_the_next_sign(store: Store, fake_clock: FakeClock) -> None:
    beats, refusing = Beats(), threading.Event()
    refusing.set()
    written: list[datetime] = []

    def also(_session: Session, now: datetime) -> None:
        if refusing.is_set():
            raise StoreError(failure("VF-STORE-04"))
        written.append(now)

    def after() -> None:
        beats()
        if refusing.is_set():
            raise StoreError(failure("VF-STORE-04"))

    presence = Presence(store, WorkerKind.WORKER, clock=fake_clock, beat=0.01, also=also, after=after)
    presence.begin()
    beats.wait_for_one_more()
    assert written == []
    refusing.clear()
    beats.wait_for_one_more()
    presence.end()
    assert written


@pytest.mark.expected_log("unforeseen fault behind a sign of life")
def test_what_nobody_foresaw_ends_no_sign_of_life(store: Store, fake_clock: FakeClock) -> None:
    beats = Beats()

    def after() -> None:
        beats()
        raise RuntimeError("kesken")

    presence = Presence(store, WorkerKind.WORKER, clock=fake_clock, beat=0.01, after=after)
    presence.begin()
    beats.wait_for_one_more()
    beats.wait_for_one_more()
    presence.end()
    assert Workers(store, clock=fake_clock).alive() == ()


def test_one_that_never_began_goes_without_a_word(
    store: Store, fake_clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise StoreError(failure("VF-STORE-01", detail="x"))

    presence = Presence(store, WorkerKind.WORKER, clock=fake_clock)
    monkeypatch.setattr(store, "write", away)
    presence.end()
    assert presence.id
