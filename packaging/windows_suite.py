"""The part of the tests that Windows could disagree with, run by Windows' Python under Wine."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping

import winebox
from installed import NotAsWantedError
from windows import WORK
from winebox import ROOT, say

TESTS = (
    # the keyring, and secrets that come as files
    *("services/test_credentials.py", "services/test_mounted_secrets.py", "cli/test_secrets.py"),
    # paths, folders and files
    *("test_settings.py", "test_assets.py", "test_logfile.py", "test_logtail.py", "test_crash.py"),
    *("models/test_home.py", "services/test_diagnosis.py", "services/test_export.py"),
    # locks: of the database, of its copy, of a mailbox
    *("models/test_store.py", "models/test_former.py", "models/test_schema.py", "sync/test_fleet.py"),
    # time zones
    *("calendars/test_event.py", "calendars/test_series.py", "sync/scenarios/test_clock_changes.py"),
    # one window for one home
    "ui/test_doorbell.py",
    # who it is, the system's own log, a process for a list, and what a program of Windows may ask of it
    *("cli/test_audit.py", "test_systemlog.py", "services/test_import_workbook.py", "selftest"),
)
"""Below tests/."""

_PATIENCE = 1800
_COUNTED = re.compile(r"(\d+) passed")


def suite() -> Mapping[str, float]:
    """Run them; how many passed and how long it took. Raises NotAsWantedError with what failed."""
    began = time.monotonic()
    with winebox.opened(WORK) as box:
        names = [f"tests/{name}" for name in TESTS]
        place = box.windows_path(WORK / "suite")
        words = ["-m", "pytest", "-v", "-n0", "-p", "no:randomly", "--tb=short", f"--basetemp={place}"]
        # Wine 8 starts no PostgreSQL server, and cannot copy a file the way Python's copytree asks for.
        words += ["-k", "not postgresql and not found_in_any_folder", *names]
        # Wine keeps Qt's settings from Windows' programs, unless they are called thus.
        more = {"WINEQT_QPA_PLATFORM": "offscreen", "WINEQT_QPA_FONTDIR": r"C:\windows\Fonts"}
        done = box.run(box.python / "python.exe", *words, patience=_PATIENCE, more=more, folder=ROOT)
    (WORK / "suite.log").write_text(done.text, encoding="utf-8")
    counted = _COUNTED.search(done.text)
    if done.code or not counted:
        raise NotAsWantedError(f"tests fail under Windows' Python:\n{done.text[-6000:]}")
    say(f"tests: {done.text.strip().splitlines()[-1]}")
    return {"tests_passed": float(counted[1]), "tests_s": round(time.monotonic() - began)}
