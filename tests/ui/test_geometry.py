from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QRect, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from tests.ui.conftest import WAIT_MS
from vfadmin.ui import geometry


def test_a_window_comes_back_to_its_place(qtbot: QtBot, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    first, second = QMainWindow(), QMainWindow()
    qtbot.addWidget(first)
    qtbot.addWidget(second)
    first.setGeometry(40, 50, 500, 400)
    geometry.remember(first, settings)
    geometry.restore(second, settings)
    assert second.size() == first.size()


def test_a_window_on_a_screen_that_is_gone_is_brought_back(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setGeometry(QRect(-9000, -9000, 600, 400))
    geometry.rescue(window)
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert room.intersects(window.frameGeometry())


def test_at_first_it_fits_the_screen(qtbot: QtBot, tmp_path: Path) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    geometry.restore(window, QSettings(str(tmp_path / "none.ini"), QSettings.Format.IniFormat))
    room = QGuiApplication.primaryScreen().availableGeometry()
    # Where a window is counts from its frame, how large it is from what is inside it.
    with_title = QRect(window.pos(), window.size()).adjusted(0, 0, 0, 40)
    assert room.contains(with_title), "the status bar would lie behind the task bar"


PLACES = {
    "off every screen": QRect(-9000, -9000, 600, 400),
    "below the screen": QRect(50, 20_000, 600, 400),
    "larger than the screen": QRect(0, 0, 9000, 9000),
}


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


def left_at(qtbot: QtBot, settings: QSettings, place: QRect, *, maximized: bool) -> QMainWindow:
    """The next window after one that was left like this."""
    former, window = QMainWindow(), QMainWindow()
    for one in (former, window):
        qtbot.addWidget(one)
    former.setGeometry(place)
    former.show()
    if maximized:
        former.showMaximized()
        qtbot.waitUntil(former.isMaximized, timeout=WAIT_MS)
    geometry.remember(former, settings)
    settings.sync()
    geometry.restore(window, QSettings(settings.fileName(), QSettings.Format.IniFormat))
    window.show()
    return window


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("maximized", [False, True])
def test_a_window_that_was_left_out_of_reach_comes_back_onto_the_screen(
    qtbot: QtBot, settings: QSettings, name: str, *, maximized: bool
) -> None:
    window = left_at(qtbot, settings, PLACES[name], maximized=maximized)
    assert window.isMaximized() == maximized
    window.showNormal()
    qtbot.waitUntil(lambda: not window.isMaximized(), timeout=WAIT_MS)
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert room.intersects(window.frameGeometry())
    assert room.top() <= window.frameGeometry().top() < room.bottom()


def test_a_maximized_window_is_so_again_and_knows_its_former_size(qtbot: QtBot, settings: QSettings) -> None:
    window = left_at(qtbot, settings, QRect(40, 50, 500, 400), maximized=True)
    assert window.isMaximized()
    window.showNormal()
    qtbot.waitUntil(lambda: not window.isMaximized(), timeout=WAIT_MS)
    assert (window.width(), window.height()) == (500, 400)


def test_to_be_brought_back_leaves_a_window_maximized(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setGeometry(PLACES["off every screen"])
    window.setWindowState(Qt.WindowState.WindowMaximized)
    geometry.rescue(window)
    assert window.isMaximized()


@pytest.mark.parametrize("kept", [QByteArray(b"garbage"), "text", 7])
def test_what_cannot_be_read_is_forgotten(qtbot: QtBot, settings: QSettings, kept: object) -> None:
    settings.setValue("window/geometry", kept)
    window = QMainWindow()
    qtbot.addWidget(window)
    geometry.restore(window, settings)
    assert QGuiApplication.primaryScreen().availableGeometry().contains(window.geometry())
