"""After a fault nobody caught the window goes on, says so once, and shows the report to whoever asks."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Shown
from tests.ui.test_accessible import cut, letters, nameless
from vfadmin.crash import CrashReports, catching
from vfadmin.logfile import Scrubber
from vfadmin.ui.incidents import IncidentBar, Incidents, ReportDialog
from vfadmin.ui.translations import Speaker

pytestmark = pytest.mark.expected_log("unexpected failure", optional=True)


class Opened(QObject):
    """Stands for the system's file manager."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.paths.append(url.toLocalFile())


class Breaking(QObject):
    """A slot with a fault in it."""

    go = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.go.connect(self.fail)

    @Slot()
    def fail(self) -> None:
        raise LookupError("nobody expects this")


class Scene(SimpleNamespace):
    """A window that watches its reports."""

    bar: IncidentBar
    breaking: Breaking
    incidents: Incidents
    reports: CrashReports
    shown: Shown


@pytest.fixture
def scene(shown: Shown, tmp_path: Path) -> Iterator[Scene]:
    reports = CrashReports(tmp_path / "koti", Scrubber())
    with catching(reports), reports.running():
        bar = IncidentBar(shown.window)
        shown.window.put_on_top(bar)
        incidents = Incidents(reports, shown.window.interior.desk, bar)
        yield Scene(incidents=incidents, bar=bar, breaking=Breaking(), reports=reports, shown=shown)
        incidents.stop()


def test_a_fault_in_a_slot_shows_one_quiet_message_and_no_traceback(
    scene: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(20):
        scene.breaking.go.emit()
    scene.shown.wait(scene.bar.isVisible)
    assert scene.bar.title.text() == "vfadminissa tapahtui odottamaton virhe"
    assert "Mitään ei lähetetty minnekään." in scene.bar.text.text()
    assert "Lookup" not in scene.bar.title.text() + scene.bar.text.text()
    assert len(list(scene.reports.folder.glob("crash-*.txt"))) == 1
    assert capsys.readouterr().err == ""
    scene.bar.leave.click()
    scene.breaking.go.emit()
    QApplication.processEvents()
    assert not scene.bar.isVisible(), "what was closed stays closed"


def test_a_fault_in_a_thread_reaches_the_window(scene: Scene) -> None:
    thread = threading.Thread(target=scene.breaking.fail, name="apuri")
    thread.start()
    thread.join()
    scene.shown.wait(scene.bar.isVisible)


def test_the_report_is_shown_copied_and_found(scene: Scene) -> None:
    scene.breaking.go.emit()
    scene.shown.wait(scene.bar.isVisible)
    opened = Opened()
    QDesktopServices.setUrlHandler("file", opened, "open")
    scene.bar.folder.click()
    scene.bar.copy.click()
    copied = QApplication.clipboard().text()
    assert "LookupError: nobody expects this" in copied
    scene.bar.show_report.click()
    (dialog,) = scene.shown.window.findChildren(ReportDialog)
    assert dialog.view.toPlainText() == copied
    assert dialog.view.isReadOnly()
    dialog.folder.click()
    QDesktopServices.unsetUrlHandler("file")
    assert [Path(path) for path in opened.paths] == [scene.reports.folder] * 2
    dialog.leave.click()


@pytest.mark.parametrize("language", ["fi", "en"])
def test_the_message_and_the_report_are_fit_to_be_read_and_heard(
    scene: Scene, speaker: Speaker, language: str
) -> None:
    scene.breaking.go.emit()
    scene.shown.wait(scene.bar.isVisible)
    speaker.speak(language)
    scene.shown.window.resize(scene.shown.window.minimumSize())
    scene.shown.wait(lambda: not cut(scene.bar))
    assert nameless(scene.bar) == []
    scene.bar.show_report.click()
    (dialog,) = scene.shown.window.findChildren(ReportDialog)
    scene.shown.wait(lambda: not cut(dialog))
    assert nameless(dialog) == []
    assert [key for key, count in letters(dialog).items() if count > 1] == []
    dialog.reject()


def test_shutting_the_computer_down_with_the_window_open_is_no_crash(scene: Scene) -> None:
    signal = "2commitDataRequest(QSessionManager&)"
    assert QApplication.instance().receivers(signal) > 0
    assert len(list(scene.reports.folder.glob("running-*"))) == 1
    scene.incidents._session_ends()
    assert list(scene.reports.folder.glob("running-*")) == []


WINDOW = """
import faulthandler, os, sys
from PySide6.QtCore import QTimer
from vfadmin.app import wire
from vfadmin.cli.main import run
import vfadmin.ui.incidents as incidents
import vfadmin.ui.window as window

def fail():
    raise LookupError("nobody expects this")
opened = window.MainWindow.open
def open_and(self):
    opened(self)
    QTimer.singleShot(0, self, eval(sys.argv[2]))
window.MainWindow.open = open_and
tell = incidents.IncidentBar.tell
def told(self, report, reports):
    tell(self, report, reports)
    print(self.title.text(), flush=True)
    self.window().close()
incidents.IncidentBar.tell = told
sys.exit(run(["--home", sys.argv[1], "--lang", "fi"], wire()))
"""


def window(home: Path, deed: str) -> subprocess.CompletedProcess[str]:
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(home / "config")}
    return subprocess.run(
        [sys.executable, "-c", WINDOW, str(home), deed],
        capture_output=True,
        text=True,
        env=environ,
        timeout=100,
        check=False,
    )


def test_the_whole_program_survives_a_fault_and_ends_in_order(tmp_path: Path) -> None:
    done = window(tmp_path, "fail")
    assert (done.returncode, done.stdout, done.stderr) == (0, "vfadminissa tapahtui odottamaton virhe\n", "")
    assert len(list((tmp_path / "crashes").iterdir())) == 1


def test_after_a_hard_crash_the_next_window_says_so_once(tmp_path: Path) -> None:
    died = window(tmp_path, "faulthandler._sigabrt")
    assert died.returncode != 0
    told = window(tmp_path, "str")
    assert (told.returncode, told.stdout) == (0, "vfadmin sulkeutui viimeksi odottamatta\n"), told.stderr
    again = window(tmp_path, "self.close")
    assert (again.returncode, again.stdout) == (0, ""), again.stderr
