"""Both calendars side by side with 5,000 events: how long it takes, and how the window goes on meanwhile.

Run: python -m benchmarks.window_compare [events]. Offscreen; the Exchange is a simulator in a process of its
own. While both calendars are read, and while one filters, scrolls and copies, a timer of 2 ms in the window's
thread measures how late it comes.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QSettings, QTimer, Slot
from PySide6.QtWidgets import QApplication

from benchmarks.window_import import late
from benchmarks.window_search import until
from benchmarks.window_stall import Pulse, connect, serve
from vfadmin.app import Application
from vfadmin.models import CalendarEvent
from vfadmin.ui.persons.compare_filters import ALL
from vfadmin.ui.persons.compare_page import ComparePage
from vfadmin.ui.run import application, utc_now
from vfadmin.ui.window import MainWindow

STEPS = 200


def fill(opened: Application, server: dict[str, str], events: int) -> int:
    """A person with so many events on both sides, a hundred of which were moved since."""
    services = opened.services
    connect(opened, server)
    email = "person1@example.test"
    row = services.directory.add_person(name="Henkilö", email=email, company="Esimerkki Oy", login=email)
    start = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    stamps = {"created_at": start - timedelta(days=2), "modified_at": start - timedelta(days=2)}
    with opened.store.write() as session:
        for number in range(events):
            at = start + timedelta(hours=2 * number)
            times = {"starts_at": at, "ends_at": at + timedelta(hours=1)}
            session.add(CalendarEvent(owner_id=row.id, title=f"Tapahtuma {number}", **times, **stamps))
    services.activation.activate([row.id])
    (result,) = opened.synchronise.run([row.id])
    assert result.ok, result.failure
    for event in services.events.list(row.id)[:100]:
        services.events.edit(event.id, {"location": "Muualla"})
    return row.id


def measure(opened: Application, person: int, folder: Path) -> None:
    """Read, then filter, scroll and copy."""
    settings = QSettings(str(folder / "w.ini"), QSettings.Format.IniFormat)
    window = MainWindow(lambda: opened.services, None, clock=utc_now, settings=settings)
    window.resize(1440, 860)
    window.show()
    window.open()
    until(lambda: window.persons.model.cached(person) is not None)
    window.persons.open_form(person)
    form = window.persons.forms.open_ones[-1]
    form.tabs.setCurrentWidget(form.calendars)
    page = form.calendars.compare
    pulse, began = Pulse(), time.perf_counter()
    form.calendars.both.click()
    until(lambda: page.model.rowCount() > 0)
    page.view.viewport().repaint()
    print(f"{page.filters.chips[ALL].accessibleName()}: read in {time.perf_counter() - began:.1f} s")
    late("while both calendars are read", pulse)
    work(page)
    form.reject()
    window.close()
    window.finish()


def work(page: ComparePage) -> None:
    """What somebody does with the list."""
    pulse = Pulse()
    bar = page.view.verticalScrollBar()
    for step in range(STEPS):
        if step % 20 == 0:
            page.filters.choose("differing" if step % 40 else ALL)
        elif step % 20 == 10:
            page.filters.text.setText(f"tapahtuma {step // 20}")
        elif step % 20 == 15:
            page.filters.text.clear()
        else:
            bar.setValue((step * 7_919) % max(1, bar.maximum()))
        page.view.viewport().repaint()
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
    late("while filtering and scrolling", pulse)
    page.filters.text.clear()
    page.filters.choose("equal")
    page.filters.choose(ALL)
    page.view.selectAll()
    copy(page)


class Stretches(QObject):
    """Notes how long the window's thread works between two turns of its loop, in ms of its own time.

    Unlike the delay of a timer that does not depend on what else the machine has to do.
    """

    def __init__(self) -> None:
        super().__init__()
        self.worst, self._last = 0.0, time.thread_time()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._turn)
        self._timer.start()

    @Slot()
    def _turn(self) -> None:
        now = time.thread_time()
        self.worst, self._last = max(self.worst, 1000 * (now - self._last)), now


def copy(page: ComparePage) -> None:
    """All rows at once in the window's thread, as it was, and then as it is; the ratio in the same run."""
    rows, clipboard = page.model.rowCount(), QApplication.clipboard()
    worst = []
    for way, act in (("at once", lambda: at_once(page)), ("in slices", page.copy.click)):
        page.view.selectAll()  # a row that is chosen by now would be copied alone
        clipboard.clear()
        pulse, work, began = Pulse(), Stretches(), time.perf_counter()
        QTimer.singleShot(0, act)
        until(lambda: clipboard.text().count("\n") == rows)
        print(f"{rows:,} rows copied {way} in {1000 * (time.perf_counter() - began):.0f} ms")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        worst.append(work.worst)
        late(f"while copying {way}", pulse)
    told = f"{worst[1]:.1f} ms in slices, {worst[0]:.1f} ms at once"
    print(f"longest work between two turns of the loop: {told}: {100 * worst[1] / worst[0]:.0f} %")


def at_once(page: ComparePage) -> None:
    """Every line, before the window gets its turn."""
    lines = [page.model.line(row) for place in page.view.chosen() if (row := page.model.row_at(place))]
    QApplication.clipboard().setText("\n".join(lines) + "\n")


def main(events: int) -> int:
    """Measure and print."""
    application()
    serve(1, lambda opened, server, home: measure(opened, fill(opened, server, events), home))
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000))
