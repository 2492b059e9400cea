"""The parts put together: an application opens and closes, a window closes politely at a signal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.clock import FakeClock
from vfadmin.app import has_display, open_application
from vfadmin.errors import StoreError
from vfadmin.logfile import Scrubber
from vfadmin.services.credentials import MemorySecrets
from vfadmin.services.workers import WorkerKind
from vfadmin.settings import program_settings


def test_an_application_opens_on_a_home_and_leaves_it_in_order(tmp_path: Path, fake_clock: FakeClock) -> None:
    settings = program_settings(str(tmp_path / "koti"), environ={})
    application = open_application(settings, MemorySecrets(), fake_clock)
    added = application.services.directory.add_person(name="Åke", email="ake@esim.example", company="C")
    assert application.synchronise.run() == []
    application.close()
    again = open_application(settings, MemorySecrets(), fake_clock)
    assert again.services.directory.person(added.id).name == "Åke"
    again.close()
    assert not (settings.home / "vfadmin.db-wal").exists(), "the last connection folds the log into the file"


def test_a_process_that_synchronises_says_that_it_is_there(tmp_path: Path, fake_clock: FakeClock) -> None:
    settings = program_settings(str(tmp_path / "koti"), environ={})
    application = open_application(settings, MemorySecrets(), fake_clock)
    assert application.services.workers.alive() == ()
    application.watch_over()
    application.watch_over()
    (row,) = application.services.workers.alive()
    assert (row.kind, row.pid) == (WorkerKind.DESKTOP, os.getpid())
    application.close()
    again = open_application(settings, MemorySecrets(), fake_clock)
    assert again.services.workers.alive() == ()
    again.close()


def test_every_secret_that_passes_is_unknown_to_the_log(tmp_path: Path) -> None:
    scrubber, vault = Scrubber(), MemorySecrets()
    vault.write("ews", "Kesä 2026!")
    application = open_application(program_settings(str(tmp_path), environ={}), vault, scrubber=scrubber)
    application.services.secrets.write("other", "Talvi 2026!")
    assert scrubber.clean("Kesä 2026! Talvi 2026!") == "Kesä 2026! ***"
    assert application.services.secrets.read("ews") == "Kesä 2026!"
    assert scrubber.clean("Kesä 2026! Talvi 2026!") == "*** ***"
    application.services.secrets.forget("other")
    application.close()


def test_a_home_that_cannot_be_used_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(StoreError, match="VF-HOME-01"):
        open_application(program_settings(str(tmp_path / "file" / "koti"), environ={}))


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there is always a display on this system")
def test_a_display_is_found_without_loading_qt(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert not has_display()
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        with monkeypatch.context() as patch:
            patch.setenv(name, "x")
            assert has_display()


# A process started from a test runner's worker inherits that Ctrl+C is ignored; a person's does not.
IDLE = """
import os, signal, sys, threading
signal.signal(signal.SIGINT, signal.default_int_handler)
from PySide6.QtWidgets import QApplication
from vfadmin.app import wire
from vfadmin.cli.main import run
import vfadmin.ui.window as window

shown = window.MainWindow.show
def tell(self):
    shown(self)
    if len(sys.argv) > 2:
        os.kill(os.getpid(), int(sys.argv[2]))
    print("shown", flush=True)
window.MainWindow.show = tell
sys.exit(run(["--home", sys.argv[1], "--lang", "en"], wire()))
"""


@pytest.mark.skipif(
    os.name == "nt", reason="Windows cannot interrupt one process from another without a console"
)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_window_closes_at_a_signal_while_it_idles(tmp_path: Path, number: signal.Signals) -> None:
    with idle_window(tmp_path) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "shown\n"
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Traceback" not in err


@pytest.mark.skipif(os.name == "nt", reason="as above")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_window_that_a_signal_meets_at_its_opening_closes_too(
    tmp_path: Path, number: signal.Signals
) -> None:
    with idle_window(tmp_path, str(int(number))) as process:
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Traceback" not in err


def idle_window(directory: Path, *words: str) -> subprocess.Popen[str]:
    """A process with the window open on a home of its own, which says when it shows."""
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(directory / "config")}
    return subprocess.Popen(
        [sys.executable, "-c", IDLE, str(directory / "koti"), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environ,
    )
