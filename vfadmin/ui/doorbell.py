"""How a second start finds the window that is open already: it rings, and the window comes to the front.

The socket is the user's own and its name cannot be guessed; all that goes over it is one word and its answer.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from vfadmin.errors import VfadminError, failure
from vfadmin.ui.lock import WindowLock

RING, COMING = b"raise\n", b"coming\n"
PATIENCE_S = 10.0
"""So long the open window may take to answer, or to close."""
_ONE_TRY_MS, _BETWEEN_S = 3000, 0.2

if sys.platform == "win32":
    import ctypes

    def _let_come_to_front() -> None:
        # Windows lets only the program in front hand the front on (AllowSetForegroundWindow, ASFW_ANY).
        ctypes.windll.user32.AllowSetForegroundWindow(-1)
else:

    def _let_come_to_front() -> None:
        """Elsewhere nobody has to be asked."""


class Doorbell(QObject):
    """Answers the ring of a second start, if ``come`` says that the window came to the front."""

    def __init__(self, come: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._come = come
        self._callers: list[QLocalSocket] = []
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._somebody_came)

    def hang_up(self, lock: WindowLock) -> None:
        """Be there from now on, under a new name that the lock tells."""
        if lock.former:
            QLocalServer.removeServer(lock.former)
        if self._server.listen(f"vfadmin-{os.urandom(16).hex()}"):
            lock.tell(self._server.serverName())

    @property
    def place(self) -> str:
        """Where the system keeps the socket."""
        return self._server.fullServerName()

    def take_down(self) -> None:
        """Answer nobody any more."""
        self._server.close()

    @Slot()
    def _somebody_came(self) -> None:
        while self._server.hasPendingConnections():
            caller = self._server.nextPendingConnection()
            self._callers.append(caller)
            caller.readyRead.connect(self._listen)
            caller.disconnected.connect(self._forget)
        self._listen()

    @Slot()
    def _listen(self) -> None:
        for caller in tuple(self._callers):
            if caller.bytesAvailable() < len(RING):
                continue
            if caller.read(len(RING)).data() == RING and self._come():
                caller.write(COMING)
                caller.flush()  # at once: the window may be about to close
            caller.disconnectFromServer()

    @Slot()
    def _forget(self) -> None:
        gone = [one for one in self._callers if one.state() is QLocalSocket.LocalSocketState.UnconnectedState]
        self._callers = [one for one in self._callers if one not in gone]
        for caller in gone:
            caller.deleteLater()


def ring(name: str) -> bool:
    """Ring at the window of that name; whether it came to the front."""
    _let_come_to_front()
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_ONE_TRY_MS):
        return False
    socket.write(RING)
    heard = b""
    while len(heard) < len(COMING) and socket.waitForReadyRead(_ONE_TRY_MS):
        heard += socket.readAll().data()
    socket.abort()
    return heard == COMING


def bring_to_front(lock: WindowLock, patience: float = PATIENCE_S) -> bool:
    """Have the open window come to the front. False if it closed meanwhile and the lock is ours.

    Raises VfadminError VF-WINDOW-02 when it neither answers nor closes.
    """
    end = time.monotonic() + patience
    while True:
        name = lock.name()
        if name and ring(name):
            return True
        if lock.take():
            return False
        if time.monotonic() > end:
            raise VfadminError(failure("VF-WINDOW-02"))
        time.sleep(_BETWEEN_S)
