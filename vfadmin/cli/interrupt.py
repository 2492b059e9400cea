"""Ctrl+C and a polite termination: both end a command cleanly, exit code 130."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

INTERRUPTED = 130
_SIGNALS = (signal.SIGINT, signal.SIGTERM)

_Handler = Callable[[int, FrameType | None], None]


@contextmanager
def terminated_like_interrupted() -> Iterator[None]:
    """A termination raises KeyboardInterrupt as Ctrl+C does, wherever the command stands."""
    with _handling((signal.SIGTERM,), signal.default_int_handler):
        yield


@contextmanager
def stoppable(stop: Callable[[], None]) -> Iterator[threading.Event]:
    """The first signal only asks for the end, so that the current write is finished; a second one insists.

    The event tells whether a signal came.
    """
    asked = threading.Event()

    def ask(number: int, frame: FrameType | None) -> None:
        if asked.is_set():
            signal.default_int_handler(number, frame)
        asked.set()
        stop()

    with _handling(_SIGNALS, ask):
        yield asked


@contextmanager
def _handling(signals: tuple[signal.Signals, ...], handler: _Handler) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield  # whoever runs us in another thread owns the signals
        return
    before = [(number, signal.signal(number, handler)) for number in signals]
    try:
        yield
    finally:
        for number, old in before:
            signal.signal(number, old)
