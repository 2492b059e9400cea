"""Waiting on a connection while an answer goes out: for time, for news, or for the client to leave."""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading
from types import TracebackType
from typing import Self


class SocketChannel:
    """The channel of one socket; closes what it opened when left.

    A client that waits for an answer has nothing to say, so anything that arrives meanwhile means that it
    left. A server that stops shuts its sockets down, which arrives in the same way.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._bell, self._rope = socket.socketpair()
        self._bell.setblocking(False)
        self._rope.setblocking(False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(connection, selectors.EVENT_READ)
        self._selector.register(self._bell, selectors.EVENT_READ)

    def wait(self, seconds: float) -> bool:
        """Wait until woken or until time has passed; False where the other side is gone."""
        ready = {key.fileobj for key, _ in self._selector.select(max(0.0, seconds))}
        if self._bell in ready:
            with contextlib.suppress(BlockingIOError):
                self._bell.recv(4096)
        return self._connection not in ready

    def wake(self) -> None:
        """End a wait, from any thread; never blocks."""
        # A bell that is full or gone needs no more ringing.
        with contextlib.suppress(OSError):
            self._rope.send(b"!")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._selector.close()
        self._bell.close()
        self._rope.close()


class LocalChannel:
    """A channel within one process: `close` it to end the answer."""

    def __init__(self) -> None:
        self._bell = threading.Event()
        self._closed = False

    def wait(self, seconds: float) -> bool:
        """Wait until woken or until time has passed; False once closed."""
        self._bell.wait(seconds)
        self._bell.clear()
        return not self._closed

    def wake(self) -> None:
        """End a wait, from any thread."""
        self._bell.set()

    def close(self) -> None:
        """Leave, from any thread."""
        self._closed = True
        self.wake()
