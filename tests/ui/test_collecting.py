"""Cycles are collected in the window's thread: elsewhere Python comes across widgets that are not whole."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from vfadmin.ui.desk import Desk

SOON_MS = 40_000


@pytest.fixture
def greedy() -> Iterator[None]:
    """Python collects at every moment, where it does."""
    limits = gc.get_threshold()
    gc.set_threshold(50, 2, 2)
    yield
    gc.set_threshold(*limits)


class Knot:
    """An object in a cycle, which notes in which thread it went."""

    def __init__(self, seen: list[int]) -> None:
        self.self, self._seen = self, seen

    def __del__(self) -> None:
        self._seen.append(threading.get_ident())


@pytest.mark.usefixtures("greedy")
def test_what_threads_leave_behind_goes_in_the_windows_thread(qtbot: QtBot) -> None:
    former, made, seen = [list[int]() for _ in range(5_000)], list[list[int]](), list[int]()
    gc.collect()
    desk = Desk()

    def tangle() -> None:
        for _ in range(1_000):
            Knot(seen)

    def all_gone() -> bool:
        # Python counts what was made less what went: a window at rest may stay below the threshold.
        made.extend([] for _ in range(100))
        return len(seen) == 1_000

    thread = threading.Thread(target=tangle)
    thread.start()
    thread.join()
    assert seen == [], "no thread collects by the way"
    former.clear()
    qtbot.waitUntil(all_gone, timeout=SOON_MS)
    assert set(seen) == {threading.get_ident()}
    desk.close()
