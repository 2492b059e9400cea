"""One desk: a window in a process of its own, whose administrator edits the persons all others edit."""

from __future__ import annotations

import faulthandler
import json
import random
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import shiboken6
from PySide6.QtCore import QCoreApplication, QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QLineEdit

from benchmarks.window_stall import Pulse
from vfadmin.models.store import open_store
from vfadmin.services.audit import Face
from vfadmin.services.context import Actor, Services, build_services
from vfadmin.services.credentials import MemorySecrets
from vfadmin.ui.persons.form import PersonForm
from vfadmin.ui.run import application, utc_now
from vfadmin.ui.window import MainWindow

PATIENCE = 60.0
"""Seconds after which something is taken for stuck."""
TICK_MS = 20
"""Twenty windows on a few cores would spend them on measuring, if they ticked as fast as one alone may."""


@dataclass
class Account:
    """What a desk saw. Times in seconds; ``seen_after`` from another desk's saving to its being shown."""

    desk: int
    saved: int = 0
    refused: int = 0
    stuck: str = ""
    save_took: list[float] = field(default_factory=list)
    seen_after: list[float] = field(default_factory=list)
    late_ms: list[float] = field(default_factory=list)


class Desk:
    """The window and who sits before it."""

    def __init__(self, number: int, services: Services, folder: Path, crowd: float) -> None:
        self._services, self._dice, self._crowd = services, random.Random(number), crowd
        self.account, self._known = Account(number), dict[int, str]()
        kept = QSettings(str(folder / f"{number}.ini"), QSettings.Format.IniFormat)
        self.window = MainWindow(lambda: services, None, clock=utc_now, settings=kept)
        self._heart = QTimer(interval=TICK_MS)
        self._heart.start()
        self.window.show()
        self.window.open()
        self.wait(lambda: bool(self.window.persons.model.ids), "the list")

    def wait(self, condition: Callable[[], bool], what: str) -> bool:
        """Let the window live until it holds; what never comes is noted."""
        until = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > until:
                self.account.stuck = what
                return False
            # The heart wakes it. With a time limit instead it would not sleep at all, and eat its core.
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            self._look()
        return True

    def pause(self, seconds: float) -> None:
        """Look at the window for a while."""
        end = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() > end, "a pause")

    def work(self, until: float) -> None:
        """Edit one person after the other, with pauses to look about; longer ones where many share a core."""
        pulse = Pulse(TICK_MS)
        persons = list(self.window.persons.model.ids)
        while time.time() < until and not self.account.stuck:
            self._edit(self._dice.choice(persons))
            self.pause(self._crowd * self._dice.uniform(0.5, 2.0))
        pulse.stop()
        self.account.late_ms = pulse.late

    def _edit(self, person: int) -> None:
        screen = self.window.persons
        if not self.wait(lambda: screen.model.cached(person) is not None, "the row"):
            return
        screen.open_form(person)
        form = screen.forms.open_ones[-1]
        self._type(form)
        self.pause(0.5)
        self._type(form)  # the moment of saving is what others measure from
        began = time.monotonic()
        form.save_button.click()
        if self.wait(lambda: not open_still(form) or form.theirs_button.isVisible(), "the saving"):
            self.account.save_took.append(time.monotonic() - began)
            if open_still(form):
                self.account.refused += 1
                form.reject()
            else:
                self.account.saved += 1

    def _type(self, form: PersonForm) -> None:
        line: QLineEdit = form.basic.name
        line.setText(f"Desk {self.account.desk} {time.time():.3f}")
        line.textEdited.emit(line.text())

    def _look(self) -> None:
        """Note when a name that somebody else has saved is there to be seen."""
        model = self.window.persons.model
        for one in model.ids:
            row = model.cached(one)
            if row is None or self._known.get(one) == row.name:
                continue
            self._known[one] = row.name
            who, when = [*row.name.split(), "", ""][1:3]
            if row.name.startswith("Desk ") and who != str(self.account.desk):
                self.account.seen_after.append(time.time() - float(when))

    def leave(self) -> None:
        """Close the window as its user would."""
        self.window.close()
        self.window.finish()


def open_still(form: PersonForm) -> bool:
    """Whether it was not stored yet; a form that was closed is soon gone altogether."""
    return shiboken6.isValid(form) and form.isVisible()


def main(arguments: list[str]) -> int:
    """Work at the database until that time; the account goes out as a line of JSON."""
    number, url, folder = int(arguments[0]), arguments[1], Path(arguments[2])
    until, crowd = float(arguments[3]), float(arguments[4])
    # One that does not come to its end says where it stands, and ends.
    faulthandler.dump_traceback_later(until - time.time() + 2 * PATIENCE, exit=True)
    application()
    store = open_store(url)
    actor = Actor(f"desk-{number}", f"machine-{number}", Face.WINDOW)
    services = build_services(store, folder, clock=utc_now, actor=actor, secrets=MemorySecrets())
    desk = Desk(number, services, folder, crowd)
    desk.work(until)
    desk.leave()
    store.close()
    sys.stdout.write(json.dumps(asdict(desk.account)) + "\n")
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
