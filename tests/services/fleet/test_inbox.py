"""Mailboxes on their way from jobs to the engine, and word of their end on its way back."""

from __future__ import annotations

import threading
from collections.abc import Iterable

import pytest

from vfadmin.errors import StoreError, failure
from vfadmin.services.fleet.dispatch import Dispatch
from vfadmin.services.fleet.hands import WorkersHands
from vfadmin.services.fleet.inbox import Inbox
from vfadmin.sync.schedule import Stretch

ONE, TWO = Stretch(1, 10), Stretch(10)
DUE = {ONE: [1, 2], TWO: [10]}


def _find(stretch: Stretch) -> Iterable[int]:
    return DUE[stretch]


class Told:
    """Counts how often it was told."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


def test_a_job_ends_when_all_its_mailboxes_have() -> None:
    inbox, one, two = Inbox(), Told(), Told()
    inbox.put(ONE, one)
    inbox.put(TWO, two)
    assert inbox.take(_find) == [2, 1, 10]  # each goes before those who wait
    inbox.ended(1)
    inbox.ended(10)
    assert (one.times, two.times) == (0, 1)
    inbox.ended(2)
    inbox.ended(2)
    assert (one.times, two.times) == (1, 1)


def test_a_stretch_in_which_nobody_is_due_any_more_ends_at_once() -> None:
    inbox, told = Inbox(), Told()
    inbox.put(ONE, told)
    assert inbox.take(lambda _: []) == []
    assert told.times == 1


def test_who_is_in_a_hurry_goes_first_and_is_given_back_if_it_never_began() -> None:
    inbox = Inbox()
    inbox.put(ONE, Told())
    inbox.hurry([7, 8, 9])
    assert inbox.take(_find) == [2, 1, 9, 8, 7]
    inbox.started(7)
    inbox.hurry([11])
    assert inbox.hurrying == 3
    assert sorted(inbox.give_back()) == [8, 9, 11]
    assert inbox.hurrying == 0


def test_who_has_begun_and_not_ended_is_at_work() -> None:
    """Their leases are kept, and nobody else's: one that could not be given back is to run out."""
    inbox = Inbox()
    for one in (1, 2, 3):
        inbox.started(one)
    inbox.ended(2)
    assert inbox.at_work == {1, 3}
    inbox.all_ended()
    assert inbox.at_work == frozenset()


def test_jobs_that_are_let_go_are_told_whether_they_were_taken_or_not() -> None:
    inbox, taken, waiting = Inbox(), Told(), Told()
    inbox.put(ONE, taken)
    inbox.take(_find)
    inbox.put(TWO, waiting)
    inbox.let_go()
    assert (taken.times, waiting.times) == (1, 1)
    assert inbox.take(_find) == []


def test_when_the_engine_stops_all_that_it_took_has_ended() -> None:
    inbox, told = Inbox(), Told()
    inbox.put(ONE, told)
    inbox.hurry([5])
    inbox.take(_find)
    inbox.all_ended()
    assert told.times == 1
    assert inbox.give_back() == []


def test_a_store_that_fails_leaves_no_job_untold() -> None:
    def fails(_: Stretch) -> Iterable[int]:
        raise StoreError(failure("VF-STORE-04"))

    inbox, told = Inbox(), Told()
    inbox.put(ONE, told)
    with pytest.raises(StoreError):
        inbox.take(fails)
    inbox.all_ended()
    assert told.times == 1


def test_who_waits_is_woken() -> None:
    inbox = Inbox()
    inbox.wait(0)
    for wake in (inbox.ring, lambda: inbox.hurry([1])):
        waiting = threading.Thread(target=inbox.wait, args=(60,))
        waiting.start()
        while waiting.is_alive():
            wake()
            waiting.join(0.02)
    inbox.wait(60)  # there is something


class Claims(Dispatch):
    """Everybody from 1 on is in a hurry."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def claim(self, limit: int) -> list[int]:
        self.asked.append(limit)
        return list(range(1, min(limit, 3) + 1))


def test_a_worker_takes_no_more_than_it_can_do_soon() -> None:
    inbox, dispatch, stopping = Inbox(), Claims(), threading.Event()
    hands = WorkersHands(inbox, dispatch, 2, stopping.is_set)
    assert hands.take_hurried()  # three of four: there are no more
    assert not hands.take_hurried()  # one more had room, and others may wait
    assert hands.take_hurried()  # no room: the next look is a second away
    assert dispatch.asked == [4, 1]
    inbox.take(_find)
    for one in (1, 2, 3):
        inbox.started(one)
    stopping.set()
    assert hands.take_hurried()
    assert dispatch.asked == [4, 1]


def test_a_worker_that_stops_takes_no_stretch() -> None:
    inbox, stopping, told = Inbox(), threading.Event(), Told()
    hands = WorkersHands(inbox, Claims(), 2, stopping.is_set)
    hands.synchronise(ONE, told)
    assert told.times == 0
    assert inbox.take(_find) == [2, 1]
    stopping.set()
    hands.synchronise(TWO, told)
    assert told.times == 1
    assert inbox.take(_find) == []
