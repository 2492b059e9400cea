"""Search over 100,000 persons: how long until the result is painted.

Run: python -m benchmarks.window_search [persons]. Offscreen, on a new SQLite store; times are wall clock on
this machine, of which medians and the worst are printed.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QSettings

from tests.clock import START
from tests.ui.people import fill, open_sample, sample
from tests.ui.stage import services_on
from vfadmin.ui.persons.columns import At
from vfadmin.ui.run import application
from vfadmin.ui.window import MainWindow

WORDS = (
    "virta",
    "a",
    "äijö",
    "hämäläinen",
    "kari",
    "esim",
    "1049",
    "lai",
    "matti virtanen",
    "ö",
    "xyzzy",
    "",
)


class Paints(QObject):
    """Notes when the list was painted."""

    def __init__(self) -> None:
        super().__init__()
        self.last = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802 - as Qt calls it
        """See every event and stop none."""
        if event.type() == QEvent.Type.Paint:
            self.last = time.perf_counter()
        return False


def until(condition: Callable[[], bool]) -> None:
    """Run the loop until it holds."""
    while not condition():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def main(count: int) -> int:
    """Measure and print."""
    app = application()
    with tempfile.TemporaryDirectory() as folder:
        store = open_sample(Path(folder))
        fill(store, list(sample(count)), START)
        services = services_on(store, Path(folder), START)
        settings = QSettings(str(Path(folder) / "w.ini"), QSettings.Format.IniFormat)
        window = MainWindow(lambda: services, None, clock=lambda: START, settings=settings)
        paints = Paints()
        screen = window.persons
        screen.view.viewport().installEventFilter(paints)
        began = time.perf_counter()
        window.show()
        window.open()
        until(lambda: bool(screen.model.ids) and paints.last > 0)
        print(
            f"{len(screen.model.ids):,} persons, first list painted   {1000 * (paints.last - began):7.1f} ms"
        )
        searches(window)
        jumps(window)
        began = time.perf_counter()
        screen.view.selectAll()
        print(f"select all                              {1000 * (time.perf_counter() - began):7.1f} ms")
        window.close()
        window.finish()
        store.close()
    del app
    return 0


def searches(window: MainWindow) -> None:
    """From the end of the debounce to the painted result."""
    screen, times = window.persons, []
    done: list[int] = []
    screen.searcher.found.connect(done.append)
    for word in WORDS * 3:
        screen.criteria.text.blockSignals(True)
        screen.criteria.text.setText(word)
        screen.criteria.text.blockSignals(False)
        done.clear()
        began = time.perf_counter()
        screen.criteria._emit()  # noqa: SLF001 - what the debounce calls when it ends
        until(lambda: bool(done))
        screen.view.viewport().repaint()
        times.append(1000 * (time.perf_counter() - began))
        until(lambda: QCoreApplication.processEvents() is None)
    times.sort()
    print(f"search to painted result: median        {median(times):7.1f} ms")
    print(f"                          95th centile  {times[int(len(times) * 0.95)]:7.1f} ms (goal 150)")
    print(f"                          worst         {times[-1]:7.1f} ms")


def jumps(window: MainWindow) -> None:
    """From a jump anywhere to the painted rows."""
    screen, times = window.persons, []
    until(lambda: len(screen.model.ids) > 1000)
    total = len(screen.model.ids)
    for step in range(1, 12):
        place = (step * 8_191 * 7) % (total - 200)
        began = time.perf_counter()
        screen.view.scrollTo(screen.model.index(place, At.NAME), screen.view.ScrollHint.PositionAtTop)
        until(lambda place=place: screen.model.row(screen.model.index(place, 0)) is not None)
        screen.view.viewport().repaint()
        times.append(1000 * (time.perf_counter() - began))
    print(f"jump to painted rows: median            {median(times):7.1f} ms, worst {max(times):.1f} ms")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
