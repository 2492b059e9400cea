from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.clock import START, FakeClock

ROOT = Path(__file__).resolve().parents[1]

# Tests that must fail, beside their twins that must pass.
GUARDED = """
import logging, os, threading
import pytest

log = logging.getLogger("vfadmin.engine")

def test_silence_passes():
    log.info("nothing to see")

def test_a_warning_fails():
    log.warning("mailbox %s fell behind", 7)

@pytest.mark.expected_log(r"^vfadmin.engine: mailbox 7")
def test_a_marked_warning_passes():
    log.warning("mailbox %s fell behind", 7)

def test_an_announced_warning_passes(expected_log):
    expected_log("fell behind")
    log.warning("mailbox %s fell behind", 7)

def test_an_announced_warning_excuses_no_other_fails(expected_log):
    expected_log("fell behind")
    log.warning("mailbox %s fell behind", 7)
    log.error("mailbox 8 is gone")

def test_an_announced_warning_that_never_comes_fails(expected_log):
    expected_log("fell behind")

def test_an_optional_warning_that_never_comes_passes(expected_log):
    expected_log("fell behind", optional=True)

def test_a_warning_out_of_a_fixtures_end_fails(noisy_end):
    assert noisy_end == 1

@pytest.fixture
def noisy_end():
    yield 1
    log.warning("closed late")

def test_an_exception_in_a_thread_fails():
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()

def test_an_exception_in_a_finaliser_fails():
    class Leaky:
        def __del__(self):
            raise ValueError("too late")
    Leaky()

def test_a_file_left_open_fails(tmp_path):
    open(tmp_path / "left", "w")

def test_windows_are_not_shown_passes(qapp):
    assert qapp.platformName() == "offscreen"

def test_settings_from_outside_are_gone_passes():
    assert "VFADMIN_HOME" not in os.environ
"""


def test_the_guards_of_the_suite_catch_what_they_are_for(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text("from tests.conftest import *\n", encoding="utf-8")
    (tmp_path / "test_guarded.py").write_text(GUARDED, encoding="utf-8")
    env = {
        name: value for name, value in os.environ.items() if not name.startswith(("COV_", "PYTEST_", "QT_"))
    }
    env |= {"VFADMIN_HOME": "somewhere"}
    options = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT), "-rA", "-q", "-p", "no:randomly"]

    answer = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(tmp_path)],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )

    names = set(re.findall(r"def (test_\w+)", GUARDED))
    blamed = set(re.findall(r"^(?:FAILED|ERROR) \S+::(test_\w+)", answer.stdout, re.MULTILINE))
    assert blamed == {name for name in names if name.endswith("_fails")}, answer.stdout
    assert "unexpected log line: vfadmin.engine: mailbox 8 is gone" in answer.stdout


def test_the_clock_stands_still_until_it_is_moved(fake_clock: FakeClock) -> None:
    assert fake_clock() == fake_clock() == START
    assert fake_clock.advance(timedelta(minutes=5)) == fake_clock() == START + timedelta(minutes=5)
    with pytest.raises(ValueError, match="does not go back"):
        fake_clock.advance(timedelta(seconds=-1))
