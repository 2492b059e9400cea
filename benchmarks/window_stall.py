"""How long the window's event loop stands still while 20 mailboxes synchronise.

Run: python -m benchmarks.window_stall. The Exchange is a simulator in a process of its own; a timer of 2 ms
in the window's thread measures how late it comes. Centiles of the delay are printed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QSettings, Qt, QTimer, Slot

from benchmarks.window_search import until
from vfadmin.app import Application, open_application
from vfadmin.services.credentials import MemorySecrets
from vfadmin.settings import program_settings
from vfadmin.sync.qthread import SyncThread
from vfadmin.ui.run import application, utc_now
from vfadmin.ui.window import MainWindow

MAILBOXES, EVENTS, ROUNDS, TICK_MS = 20, 20, 3, 2


class Pulse(QObject):
    """Notes how late each tick came, in milliseconds. Ticks that are further apart cost the machine less."""

    def __init__(self, tick_ms: int = TICK_MS) -> None:
        super().__init__()
        self.late: list[float] = []
        self._tick_ms = tick_ms
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=tick_ms, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def stop(self) -> None:
        """Measure no more."""
        self._timer.stop()

    @Slot()
    def _tick(self) -> None:
        now = time.perf_counter()
        self.late.append(max(0.0, 1000 * (now - self._last) - self._tick_ms))
        self._last = now


def connect(opened: Application, server: dict[str, str]) -> None:
    """Let it know the simulated server."""
    opened.services.connections.set(
        url=server["ews_url"],
        account=server["account"],
        auth="ntlm",
        ca_file=server["ca_file"],
        secret=server["password"],
    )


def fill(opened: Application, server: dict[str, str]) -> list[int]:
    """People with logins and events, activated."""
    services = opened.services
    connect(opened, server)
    ids = []
    start = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    for number in range(1, MAILBOXES + 1):
        name, email = f"Henkilö {number}", f"person{number}@example.test"
        row = services.directory.add_person(name=name, email=email, company="Esimerkki Oy", login=email)
        ids.append(row.id)
        for event in range(EVENTS):
            at = start + timedelta(hours=event * 3)
            document = {
                "title": f"Tapahtuma {event}",
                "start": at.isoformat(),
                "end": (at + timedelta(hours=1)).isoformat(),
            }
            services.events.add({"owner": row.id, **document})
    services.activation.activate(ids)
    return ids


def watch(opened: Application, ids: list[int], folder: Path) -> None:
    """Show the window, let the engine work, print the centiles."""
    settings = QSettings(str(folder / "w.ini"), QSettings.Format.IniFormat)
    engine = opened.synchronise.engine()
    window = MainWindow(
        lambda: opened.services, lambda: lambda: SyncThread(engine), clock=utc_now, settings=settings
    )
    finished: list[int] = []
    window.interior.engine.touched.connect(finished.extend)
    window.show()
    window.open()
    until(lambda: window.interior.engine.present)
    pulse, began = Pulse(), time.perf_counter()
    for wanted in range(1, ROUNDS + 1):
        window.interior.engine.sync(ids)
        while len(finished) < wanted * MAILBOXES and time.perf_counter() - began < 240:
            # The pulse wakes it. With a time limit it would not sleep, and slow the engine down.
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    seconds = time.perf_counter() - began
    late = sorted(pulse.late)
    print(f"{len(finished)} syncs of {MAILBOXES} mailboxes, {EVENTS} events each, in {seconds:.1f} s")
    for share in (0.5, 0.95, 0.99, 0.999):
        goal = "   (goal 50)" if share == 0.99 else ""
        print(f"event loop late, centile {100 * share:5.1f}   {late[int(len(late) * share)]:7.1f} ms{goal}")
    print(f"event loop late, worst           {late[-1]:7.1f} ms of {len(late):,} ticks")
    window.close()
    window.finish()


def serve(mailboxes: int, work: Callable[[Application, dict[str, str], Path], None]) -> None:
    """Do the work with a new home and a simulated server in a process of its own."""
    command = [sys.executable, "-m", "vfadmin", "simulator", "serve", "--mailboxes", str(mailboxes)]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as simulator:  # noqa: S603 - our own program
            try:
                assert simulator.stdout is not None
                server = json.loads(simulator.stdout.readline())
                opened = open_application(program_settings(home=str(home / "home")), MemorySecrets())
                work(opened, server, home)
                opened.close()
            finally:
                simulator.terminate()


def main() -> int:
    """Measure and print."""
    application()
    serve(MAILBOXES, lambda opened, server, home: watch(opened, fill(opened, server), home))
    return 0


if __name__ == "__main__":
    sys.exit(main())
