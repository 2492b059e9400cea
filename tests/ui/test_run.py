from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("sqlalchemy", "alembic", "exchangelib", "keyring", "openpyxl", "lxml", "requests")


def test_the_window_is_there_before_anything_heavy_is_imported() -> None:
    """The store and Exchange are imported in threads, behind the first window and its search view."""
    code = f"""
import sys
from datetime import UTC, datetime
from PySide6.QtCore import QSettings
from vfadmin.ui.run import MainWindow, application
app = application()
settings = QSettings("none.ini", QSettings.Format.IniFormat)
window = MainWindow(None, None, clock=lambda: datetime.now(UTC), settings=settings)
window.complete()
print([name for name in {HEAVY!r} if name in sys.modules])
window.finish()
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_a_window_opens_and_closes_as_a_program(lang: str) -> None:
    """The whole of `run_window` in a process of its own, on a store that cannot be opened."""
    code = f"""
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from vfadmin.errors import StoreError, failure
from vfadmin.ui.run import application, run_window

def open_services():
    raise StoreError(failure("VF-STORE-03", path="vfadmin.db"))

def look():
    for window in application().topLevelWidgets():
        if hasattr(window, "persons") and window.persons.empty.void == "out-of-reach":
            print(window.interior.navigation.item(0).text(), window.persons.empty._title.text())
            timer.stop()
            window.close()

timer = QTimer(interval=20)
application()
timer.timeout.connect(look)
timer.start()
print(run_window(open_services, lang={lang!r}))
"""
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    first = {"fi": "Henkilöt Tietokantaan ei saada yhteyttä", "en": "Persons The database is out of reach"}[
        lang
    ]
    assert told.stdout.splitlines() == [first, "0"]
