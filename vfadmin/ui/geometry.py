"""Where the window stood last time; brought back onto a screen that is there."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRect, QSettings, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

_KEY = "window/geometry"
_WANTED = QSize(1440, 860)
_TITLE = 40
"""As high as the title bar and the frame around a window are where they are high (Windows)."""
_VISIBLE = 120
"""So much of the title bar must be on some screen, in device-independent pixels."""


def restore(window: QMainWindow, settings: QSettings) -> None:
    """Put the window where it was, or in the middle of the first screen."""
    saved = settings.value(_KEY)
    if not isinstance(saved, QByteArray) or not window.restoreGeometry(saved):
        room = _room()
        window.resize(_WANTED.boundedTo(room.size() * 0.96))
        window.move(room.center() - window.rect().center())
    rescue(window)


def rescue(window: QMainWindow) -> None:
    """Move a window back that lies on a screen which is gone."""
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    frame = window.frameGeometry()
    title = QRect(frame.left(), frame.top(), frame.width(), 40)
    if any(_reachable(title.intersected(room)) for room in screens):
        return
    room = _room()
    state = window.windowState()
    window.resize(window.size().boundedTo(room.size()))
    window.move(room.center() - window.rect().center())
    window.setWindowState(state)  # a maximized window that is moved would not be maximized any more


def remember(window: QMainWindow, settings: QSettings) -> None:
    """Keep the window's place for the next time."""
    settings.setValue(_KEY, window.saveGeometry())


def _room() -> QRect:
    """The room the first screen has for a window without its title bar, which comes when it is shown."""
    room = QGuiApplication.primaryScreen().availableGeometry()
    return room.adjusted(0, 0, 0, -_TITLE)


def _reachable(part: QRect) -> bool:
    return part.width() >= _VISIBLE and part.height() >= 10  # noqa: PLR2004 - enough to take hold of
