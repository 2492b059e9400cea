"""One window for one home: a second start brings it to the front, whatever became of the first."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from tests.ui.conftest import WAIT_MS, Shown
from vfadmin.errors import VfadminError
from vfadmin.ui.doorbell import COMING, RING, Doorbell, bring_to_front
from vfadmin.ui.lock import LOCK_NAME, WindowLock

RINGING = """
import sys
from PySide6.QtCore import QCoreApplication
from vfadmin.ui.doorbell import ring
application = QCoreApplication([])
sys.exit(0 if ring(sys.argv[1]) else 7)
"""


@pytest.fixture
def lock(tmp_path: Path) -> Iterator[WindowLock]:
    lock = WindowLock(tmp_path / "koti")
    assert lock.take()
    yield lock
    lock.release()


def visit(qtbot: QtBot, name: str) -> bool:
    """Ring from another process, as a second start does, and tell whether the window came."""
    visitor = subprocess.Popen([sys.executable, "-c", RINGING, name])
    qtbot.waitUntil(lambda: visitor.poll() is not None, timeout=WAIT_MS)
    assert visitor.returncode in (0, 7)
    return visitor.returncode == 0


def test_of_two_windows_one_gets_the_lock_and_the_next_when_it_is_gone(lock: WindowLock) -> None:
    second = WindowLock(lock._path.parent)
    assert not second.take()
    lock.release()
    assert second.take()
    second.release()


def test_homes_do_not_know_of_each_other(lock: WindowLock, tmp_path: Path) -> None:
    other = WindowLock(tmp_path / "toinen")
    assert other.take()
    other.release()
    assert not WindowLock(lock._path.parent).take()


def test_a_home_that_cannot_be_written_opens_its_window_which_says_so(tmp_path: Path) -> None:
    (tmp_path / "koti").write_text("in the way", encoding="utf-8")
    lock = WindowLock(tmp_path / "koti")
    assert lock.take()
    lock.tell("nobody")
    assert lock.name() == ""
    lock.release()


def test_a_ring_brings_the_window_to_the_front(qtbot: QtBot, lock: WindowLock, shown: Shown) -> None:
    window = shown.window
    bell = Doorbell(window.come_to_front, window)
    bell.hang_up(lock)
    window.showMinimized()
    assert visit(qtbot, lock.name())
    assert not window.windowState() & Qt.WindowState.WindowMinimized
    assert window.isVisible()
    window._closing = True
    assert not visit(qtbot, lock.name()), "who is closing does not come"
    window._closing = False
    bell.take_down()


def test_the_name_is_another_every_time_and_the_socket_the_users_own(
    qtbot: QtBot, lock: WindowLock, tmp_path: Path
) -> None:
    del qtbot
    first, second = Doorbell(lambda: True), Doorbell(lambda: True)
    first.hang_up(lock)
    name = lock.name()
    second.hang_up(lock)
    assert len({name, lock.name()}) == 2
    if os.name == "posix":
        assert Path(first.place).stat().st_mode & 0o077 == 0
        assert (tmp_path / "koti" / LOCK_NAME).stat().st_mode & 0o777 == 0o600
    for bell in (first, second):
        bell.take_down()


def test_another_word_is_not_answered(qtbot: QtBot, lock: WindowLock) -> None:
    came: list[None] = []
    bell = Doorbell(lambda: bool(came.append(None)))
    bell.hang_up(lock)
    socket = QLocalSocket()
    socket.connectToServer(lock.name())
    socket.write(b"x" * len(RING) + b"secret")
    qtbot.waitUntil(lambda: socket.state() is QLocalSocket.LocalSocketState.UnconnectedState, timeout=WAIT_MS)
    assert (came, socket.readAll().data()) == ([], b"")
    assert COMING != RING
    bell.take_down()


def test_a_window_that_does_not_answer_is_told_of(qtbot: QtBot, lock: WindowLock) -> None:
    del qtbot
    lock.tell("vfadmin-nobody")
    with pytest.raises(VfadminError, match="VF-WINDOW-02"):
        bring_to_front(WindowLock(lock._path.parent), patience=0)


def test_who_waits_for_a_window_that_closes_gets_its_place(lock: WindowLock) -> None:
    second = WindowLock(lock._path.parent)
    threading.Timer(0.05, lock.release).start()
    assert not bring_to_front(second)
    assert not WindowLock(lock._path.parent).take()
    second.release()


PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from vfadmin.app import wire
from vfadmin.cli.main import run
import vfadmin.ui.run as running
import vfadmin.ui.window as window

hang_up, come = running._hang_up, window.MainWindow.come_to_front
def hung(*given):
    bell = hang_up(*given)
    print("open", bell.place, flush=True)
    return bell
def came(self):
    answer = come(self)
    print("came", flush=True)
    QTimer.singleShot(0, self, self.close)
    return answer
running._hang_up, window.MainWindow.come_to_front = hung, came
sys.exit(run(["--home", sys.argv[1], "--lang", "en"], wire()))
"""


@contextmanager
def program(home: Path) -> Iterator[subprocess.Popen[str]]:
    """A start of the program on this home, ended in any case."""
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(home / "config")}
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environ,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def said(process: subprocess.Popen[str]) -> list[str]:
    assert process.stdout is not None
    return process.stdout.readline().split()


def test_a_second_start_ends_well_after_the_first_came_to_the_front(tmp_path: Path) -> None:
    with program(tmp_path / "a") as first, program(tmp_path / "b") as other:
        assert said(first)[0] == said(other)[0] == "open"
        with program(tmp_path / "a") as second:
            out, err = second.communicate(timeout=60)
        assert (second.returncode, err) == (0, "")
        assert out == "vfadmin is open on this home already: its window was brought to the front.\n"
        assert said(first) == ["came"]
        assert first.wait(timeout=60) == 0
        assert other.poll() is None


def test_the_place_of_a_window_that_was_killed_is_taken_over(tmp_path: Path) -> None:
    with program(tmp_path) as first:
        _, place = said(first)
        first.kill()
        first.wait(timeout=60)
    if os.name == "posix":
        assert Path(place).exists(), "a killed process leaves its socket"
    with program(tmp_path) as second:
        assert said(second)[0] == "open"
        assert not Path(place).exists()
