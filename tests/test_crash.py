"""What nobody caught: reported once, on this computer, without secrets or values of variables (R27)."""

from __future__ import annotations

import gc
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.clock import FakeClock
from vfadmin import __version__
from vfadmin.crash import KEPT, CrashReports, Kind, Report, catching
from vfadmin.logfile import Scrubber, logging_to

SECRET = "Kesä\\2026!"


@pytest.fixture
def scrubber() -> Scrubber:
    scrubber = Scrubber()
    scrubber.learn(SECRET)
    return scrubber


@pytest.fixture
def reports(tmp_path: Path, scrubber: Scrubber, fake_clock: FakeClock) -> CrashReports:
    return CrashReports(tmp_path / "koti", scrubber, fake_clock)


def written(reports: CrashReports) -> list[Path]:
    return sorted(reports.folder.glob("crash-*.txt"))


def caught(message: str = "rikki") -> BaseException:
    try:
        _fail(message)
    except RuntimeError as error:
        return error
    raise AssertionError


def _fail(message: str) -> None:
    hidden_value = "arvo-jota-ei-kirjoiteta"
    assert hidden_value
    raise RuntimeError(message)


def test_a_report_tells_where_and_with_which_versions_and_nothing_secret(
    reports: CrashReports, scrubber: Scrubber, tmp_path: Path
) -> None:
    logging.getLogger("vfadmin").addHandler(logging.NullHandler())
    with logging_to(tmp_path / "koti", "info", scrubber):
        for number in range(120):
            logging.getLogger("vfadmin.test").info("rivi %d", number)
    with (reports.folder.parent / "logs" / "vfadmin.log").open("a", encoding="utf-8") as log:
        log.write(f"left by a version that did not know: {SECRET}\n")
    report = _fault(reports, caught(f"sign-in with {SECRET} failed, password=x9; {[SECRET]!r}"))
    assert report.path is not None
    text = report.path.read_text(encoding="utf-8")
    assert text == report.text
    for part in (f"vfadmin: {__version__}", "Python: ", "PySide6: ", "System: ", "in _fail", "RuntimeError"):
        assert part in text
    assert "rivi 119" in text
    assert "rivi 21" in text
    assert "rivi 20\n" not in text, "a hundred lines and no more"
    for leak in (SECRET, repr(SECRET)[1:-1], "x9", "arvo-jota-ei-kirjoiteta"):
        assert leak not in text.replace('hidden_value = "arvo-jota-ei-kirjoiteta"', "")
    if os.name == "posix":
        assert report.path.stat().st_mode & 0o777 == 0o600
        assert reports.folder.stat().st_mode & 0o777 == 0o700


def _fault(reports: CrashReports, error: BaseException) -> Report:
    logger = logging.getLogger("vfadmin.crash")
    logger.disabled = True
    try:
        report = reports.fault(error, "a test")
    finally:
        logger.disabled = False
    assert report is not None
    return report


def test_of_a_fault_in_a_loop_there_is_one_report_and_one_message(reports: CrashReports) -> None:
    told: list[Report] = []
    reports.listen(told.append)
    _fault(reports, caught("first"))
    assert [reports.fault(caught(f"number {n}"), "a test") for n in range(30)] == [None] * 30
    assert len(written(reports)) == len(told) == 1


def test_a_recursion_without_end_gets_a_report_of_bearable_length(reports: CrashReports) -> None:
    def deeper() -> None:
        deeper()

    with pytest.raises(RecursionError) as met:
        deeper()
    assert len(_fault(reports, met.value).text) < 30_000


def test_the_newest_reports_stay(reports: CrashReports, fake_clock: FakeClock) -> None:
    faults: list[BaseException] = []
    for number in range(KEPT + 4):
        try:
            exec(compile(f"\n{chr(10) * number}raise ValueError", f"file{number}", "exec"))  # noqa: S102
        except ValueError as error:
            faults.append(error)
    paths = []
    for fault in faults:
        fake_clock.advance(timedelta(seconds=1))
        paths.append(_fault(reports, fault).path)
        assert paths[-1] is not None
        os.utime(paths[-1], (fake_clock().timestamp(),) * 2)
    assert written(reports) == sorted(path for path in paths[-KEPT:] if path is not None)


def test_a_home_that_cannot_be_written_leaves_the_text(tmp_path: Path) -> None:
    (tmp_path / "koti").write_text("in the way", encoding="utf-8")
    reports = CrashReports(tmp_path / "koti", Scrubber())
    report = _fault(reports, caught())
    assert report.path is None
    assert "in _fail" in report.text
    with reports.running():
        assert reports.leftover() is None


def test_what_came_before_anybody_listened_is_told_then(reports: CrashReports) -> None:
    first = _fault(reports, caught())
    told: list[Report] = []
    reports.listen(told.append)
    assert told == [first]


def in_a_thread() -> None:
    thread = threading.Thread(target=_fail, args=("thread",), name="apuri")
    thread.start()
    thread.join()


def in_a_finaliser() -> None:
    class Lost:
        def __del__(self) -> None:
            raise RuntimeError("gone")

    Lost()
    gc.collect()


def at_the_top() -> None:
    error = caught()
    sys.excepthook(type(error), error, error.__traceback__)


@pytest.mark.expected_log("unexpected failure")
@pytest.mark.parametrize("escape", [in_a_thread, in_a_finaliser, at_the_top])
def test_whatever_escapes_is_reported_and_shown_to_nobody(
    reports: CrashReports, capsys: pytest.CaptureFixture[str], escape: Callable[[], None]
) -> None:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    with catching(reports):
        escape()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before
    (path,) = written(reports)
    assert "RuntimeError" in path.read_text(encoding="utf-8")
    assert capsys.readouterr() == ("", "")


def test_an_interruption_is_no_fault(reports: CrashReports) -> None:
    with catching(reports):
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert written(reports) == []


def test_who_leaves_in_order_leaves_no_mark(reports: CrashReports) -> None:
    with reports.running():
        assert len(list(reports.folder.iterdir())) == 1
        assert reports.leftover() is None, "one's own mark is none of a former run"
    assert list(reports.folder.iterdir()) == []


def test_a_session_that_ends_takes_the_mark_away(reports: CrashReports) -> None:
    with reports.running():
        reports.leave()
        assert list(reports.folder.iterdir()) == []


DYING = """
import faulthandler, os, sys
from pathlib import Path
from vfadmin.crash import CrashReports
from vfadmin.logfile import Scrubber
def nothing_left_to_do():
    exec(sys.argv[2])
with CrashReports(Path(sys.argv[1]), Scrubber()).running():
    nothing_left_to_do()
"""


@pytest.mark.parametrize(
    ("death", "kind", "trace"),
    [
        ("faulthandler._sigabrt()", Kind.CRASH, "nothing_left_to_do"),
        ("os._exit(9)", Kind.UNCLEAN, "no trace"),
    ],
)
def test_a_hard_end_is_found_out_at_the_next_start_once(
    reports: CrashReports, death: str, kind: Kind, trace: str
) -> None:
    home = str(reports.folder.parent)
    died = subprocess.run(
        [sys.executable, "-c", DYING, home, death], capture_output=True, check=False, timeout=60
    )
    assert died.returncode != 0
    assert died.stderr == b""
    with reports.running():
        report = reports.leftover()
        assert report is not None
        assert (report.kind, written(reports)) == (kind, [report.path])
        assert trace in report.text
        assert reports.leftover() is None
