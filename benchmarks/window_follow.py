"""How a window bears it that others write all the time, and how soon it shows what they wrote.

Run: python -m benchmarks.window_follow [persons] [writes a second]. Offscreen, on a new SQLite store into
which a process of its own writes as an engine does. A timer of 2 ms in the window's thread measures how late
it comes; a marked change now and then, how long it takes to be seen in the list.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEventLoop, QSettings
from sqlalchemy import update

from benchmarks.window_search import until
from benchmarks.window_stall import Pulse
from tests.clock import START
from tests.ui.people import fill, open_sample, sample
from tests.ui.stage import services_on
from vfadmin.models import Integration, Person
from vfadmin.models.store import Store, open_store
from vfadmin.ui.run import application
from vfadmin.ui.window import MainWindow

SECONDS, MARKED_EVERY = 20.0, 3.0


def write(path: str, marked: int, pace: float, began: float) -> None:
    """Write as an engine does, so many times a second, and mark one person now and then."""
    store = open_store(f"sqlite:///{path}")
    at, count, next_mark = START, 0, began + MARKED_EVERY
    while time.time() < began + SECONDS:
        at += timedelta(seconds=1)
        _write(store, marked, at)
        count += 1
        if time.time() > next_mark:
            next_mark += MARKED_EVERY
            with store.write() as session:
                name = {"name": f"Aaltonen, {time.time():.3f}"}
                session.execute(update(Person).where(Person.id == marked).values(**name))
        time.sleep(max(0.0, began + count / pace - time.time()))
    store.close()
    sys.stdout.write(f"{count / SECONDS:.0f}\n")


def _write(store: Store, marked: int, at: datetime) -> None:
    with store.write() as session:
        done = update(Integration).where(Integration.person_id == marked + 7).values(last_synced_at=at)
        session.execute(done)


def main(persons: int, pace: float) -> int:
    """Measure and print."""
    app = application()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = open_sample(folder)
        fill(store, list(sample(persons)), START)
        settings = QSettings(str(folder / "w.ini"), QSettings.Format.IniFormat)
        services = services_on(store, folder, START)
        window = MainWindow(lambda: services, None, clock=lambda: START, settings=settings)
        window.resize(1440, 860)
        window.show()
        window.open()
        until(lambda: bool(window.persons.model.ids))
        measure(window, Path(store.place), pace)
        window.close()
        window.finish()
        store.close()
    del app
    return 0


def measure(window: MainWindow, path: Path, pace: float) -> None:
    """Let the other process write, and watch."""
    model = window.persons.model
    marked = model.ids[3]
    command = [sys.executable, "-m", "benchmarks.window_follow", "--write", str(path), str(marked), str(pace)]
    with subprocess.Popen([*command, str(time.time())], stdout=subprocess.PIPE, text=True) as writer:  # noqa: S603 - our own program
        pulse, seen, last = Pulse(), list[float](), ""
        while writer.poll() is None:
            QCoreApplication.processEvents(
                QEventLoop.ProcessEventsFlag.WaitForMoreEvents
            )  # the pulse wakes it
            row = model.cached(marked)
            if row is not None and row.name != last and row.name.startswith("Aaltonen, 1"):
                last = row.name
                seen.append(time.time() - float(last.removeprefix("Aaltonen, ")))
        pulse.stop()
        assert writer.stdout is not None
        print(
            f"{len(model.ids):,} persons, {writer.stdout.read().strip()} writes a second for {SECONDS:.0f} s"
        )
    late = sorted(pulse.late)
    for share in (0.5, 0.95, 0.99, 0.999):
        goal = "   (goal 50)" if share == 0.99 else ""
        print(f"event loop late, centile {100 * share:5.1f}   {late[int(len(late) * share)]:7.1f} ms{goal}")
    print(f"event loop late, worst           {late[-1]:7.1f} ms of {len(late):,} ticks")
    if seen:
        print(f"seen after, worst of {len(seen)}            {1000 * max(seen):7.1f} ms   (goal 2000)")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--write"]:
        write(sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), float(sys.argv[5]))
        sys.exit(0)
    persons, pace = [*sys.argv[1:], *("20000", "500")[len(sys.argv) - 1 :]]
    sys.exit(main(int(persons), float(pace)))
