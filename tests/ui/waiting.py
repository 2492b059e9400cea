"""Waiting for what must come, without a fixed time: for pictures, which are drawn with and without pytest."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QAbstractAnimation, QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, QTimer

from vfadmin.ui.window import MainWindow

WAIT_MS = 40_000
SHORT_MS = 1_000
"""A pause that is longer does not belong to what just happened, such as the next look at a lost store."""


def until(condition: Callable[[], bool]) -> None:
    """Let the program go on until it holds. Raises TimeoutError if it does not come to that."""
    late, alarm = QDeadlineTimer(WAIT_MS), QTimer()
    alarm.start(WAIT_MS)  # or the loop might wait for ever for a next event
    while not condition():
        if late.hasExpired():
            raise TimeoutError(f"waited in vain for {condition}")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def at_rest(window: MainWindow) -> bool:
    """Whether no answer is waited for, no short pause is about to end, and nothing fades in or out."""
    pauses = (
        timer.isActive() and timer.isSingleShot() and timer.interval() < SHORT_MS
        for timer in window.findChildren(QTimer)
    )
    return not window.interior.desk._waiting and not any(pauses) and not any(_fading(window))


def _fading(window: MainWindow) -> Iterator[bool]:
    """Such as the cross in a field of text."""
    for animation in window.findChildren(QAbstractAnimation):
        yield animation.state() is QAbstractAnimation.State.Running


def settle(window: MainWindow) -> None:
    """Let everything be done that was begun, and everything be laid out."""
    while True:
        until(lambda: at_rest(window))
        for _ in range(3):  # a layout may ask for another one
            QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        if at_rest(window):
            return
