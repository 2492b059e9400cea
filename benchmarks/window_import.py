"""The import of 20,000 rows: how long until they are painted, and how the window goes on meanwhile.

Run: python -m benchmarks.window_import [rows]. Offscreen, on a new SQLite store of as many persons. While the
list is read, while one scrolls, and while a cell is edited and all rows are judged again, a timer of 2 ms in
the window's thread measures how late it comes.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEventLoop, QSettings

from benchmarks.window_search import Paints, until
from benchmarks.window_stall import Pulse
from tests.clock import START
from tests.ui.lists import as_row, write_list
from tests.ui.people import COMPANIES, fill, open_sample, sample
from tests.ui.stage import services_on
from vfadmin.ui.bulk.columns_shown import FIRST
from vfadmin.ui.bulk.screen import ImportScreen
from vfadmin.ui.run import application
from vfadmin.ui.window import MainWindow

STEPS = 200


def main(count: int) -> int:
    """Measure and print."""
    app = application()
    people = list(sample(count - 3))
    with tempfile.TemporaryDirectory() as folder:
        store = open_sample(Path(folder))
        fill(store, people, START)
        rows = [(*as_row(one)[:2], COMPANIES[one.id % 3], *as_row(one)[3:]) for one in people]
        file = write_list(Path(folder) / "list.xlsx", rows)
        services = services_on(store, Path(folder), START)
        settings = QSettings(str(Path(folder) / "w.ini"), QSettings.Format.IniFormat)
        window = MainWindow(lambda: services, None, clock=lambda: START, settings=settings)
        window.resize(1440, 860)
        window.show()
        window.open()
        until(lambda: bool(window.persons.model.ids))
        window.interior.navigation.go("import")
        screen = window.interior.screens.imports
        read(screen, file)
        scroll(screen, "scrolling")
        filters(screen)
        edit(screen)
        window.close()
        window.finish()
        store.close()
    del app
    return 0


def read(screen: ImportScreen, file: Path) -> None:
    """From the drop to the painted rows."""
    paints, pulse = Paints(), Pulse()
    screen.view.viewport().installEventFilter(paints)
    began = time.perf_counter()
    screen.files.open(file)
    until(lambda: screen.loader.plan is not None and paints.last > began)
    print(f"{screen.model.total:,} rows, from the drop to the painted preview {paints.last - began:6.2f} s")
    late("while the list is read", pulse)


def scroll(screen: ImportScreen, name: str) -> None:
    """By the page, up and down, and by the wheel's few rows."""
    bar, pulse, times = screen.view.verticalScrollBar(), Pulse(), []
    for step in range(STEPS):
        began = time.perf_counter()
        bar.setValue((step * 7_919) % max(1, bar.maximum()) if step % 4 == 0 else bar.value() + 3)
        screen.view.viewport().repaint()
        times.append(1000 * (time.perf_counter() - began))
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
    times.sort()
    print(f"{name}: median {median(times):5.1f} ms, 99th centile {times[int(0.99 * len(times))]:5.1f} ms")
    late(f"while {name}", pulse)


def filters(screen: ImportScreen) -> None:
    """From a tick of a chip to the painted rows."""
    times = []
    for chip in [screen.filters.chips[name] for name in ("update", "reject", "unchanged")] * 4:
        began = time.perf_counter()
        chip.click()
        screen.view.viewport().repaint()
        times.append(1000 * (time.perf_counter() - began))
    began = time.perf_counter()
    screen.filters.none.click()
    screen.filters.all.click()
    chosen = 1000 * (time.perf_counter() - began)
    print(f"a chip to painted rows: median {median(times):5.1f} ms, worst {max(times):5.1f} ms")
    print(f"choose none and all     {chosen:5.1f} ms")


def edit(screen: ImportScreen) -> None:
    """Edit a cell, and scroll while all rows are judged again."""
    screen.view.verticalScrollBar().setValue(0)
    began = time.perf_counter()
    screen.model.setData(screen.model.index(5, FIRST), "Toinen, Nimi")
    scroll(screen, "scrolling and checking")
    until(lambda: screen.loader.work is None)
    print(f"an edited cell to new verdicts {time.perf_counter() - began:6.2f} s")


def late(what: str, pulse: Pulse) -> None:
    """How late the timer came."""
    pulse.stop()
    ticks = sorted(pulse.late)
    share = ticks[int(len(ticks) * 0.99)]
    print(f"event loop late {what}: centile 99 {share:6.1f} ms (goal 50), worst {ticks[-1]:6.1f} ms")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000))
