"""A word to somebody who works elsewhere: in the task bar, and by the system where it has a tray.

To be imported when there is first something to say: most windows never need it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

SHOWN_MS = 10_000
"""How long the system is asked to show the message; many have a time of their own."""
STAY_MS = 60_000
"""The icon goes after so long by itself: the window, once it is looked at, says the same."""


class Toast(QObject):
    """Says something once. The icon is there until the window is looked at, and no longer than `STAY_MS`."""

    def __init__(
        self,
        window: QWidget,
        front: Callable[[], object],
        available: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
    ) -> None:
        super().__init__(window)
        self._window, self._front, self._available = window, front, available
        self.icon: QSystemTrayIcon | None = None
        self._then: Callable[[], object] | None = None
        self._stay = QTimer(self, singleShot=True, interval=STAY_MS)
        self._stay.timeout.connect(self.put_away)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._state_changed)

    def tell(self, tone: str, text: str, then: Callable[[], object] | None = None) -> None:
        """Say it; where there is no tray only the task bar tells that there is news.

        A click brings the window to the front, and does what is ``then`` to be done.
        """
        self._then = then
        QApplication.alert(self._window)
        if not self._available():
            return
        if self.icon is None:
            self.icon = QSystemTrayIcon(self._window.windowIcon(), self)
            self.icon.messageClicked.connect(self._clicked)
            self.icon.activated.connect(self._clicked)
        kinds = QSystemTrayIcon.MessageIcon
        kind = kinds.Information if tone == "good" else kinds.Warning
        self.icon.setToolTip(text)
        self.icon.show()
        self.icon.showMessage(self._window.windowTitle(), text, kind, SHOWN_MS)
        self._stay.start()

    @Slot()
    def put_away(self) -> None:
        """Take the icon away."""
        self._stay.stop()
        if self.icon is not None:
            self.icon.hide()

    @Slot()
    def _clicked(self) -> None:
        self.put_away()
        self._front()
        if self._then is not None:
            self._then()

    @Slot(Qt.ApplicationState)
    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self.put_away()
