"""A window on a company whose mailboxes are behind a server on a real socket."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.services.company import Company
from tests.ui.conftest import WAIT_MS
from vfadmin.models import CalendarEvent
from vfadmin.ui.persons.compare_page import ComparePage
from vfadmin.ui.persons.form import PersonForm
from vfadmin.ui.persons.screen import PersonsScreen
from vfadmin.ui.window import MainWindow

HERS = 1


class Inspected:
    """The window, once it shows the persons."""

    def __init__(self, company: Company, folder: Path, qtbot: QtBot) -> None:
        self.company, self.qtbot = company, qtbot
        settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.window = MainWindow(lambda: company.services, None, clock=company.clock, settings=settings)
        self.window.resize(1440, 860)
        self.window.show()
        self.window.open()
        self.wait(lambda: bool(self.window.persons.model.ids))
        self.wait(lambda: self.window.persons.model.cached(HERS) is not None)

    @property
    def screen(self) -> PersonsScreen:
        return self.window.persons

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=WAIT_MS)

    def act(self, key: str, *persons: int) -> None:
        """Do that with these persons."""
        self.screen.view.select_ids(list(persons), persons[0])
        self.screen.act(key)

    def form(self) -> PersonForm:
        if not self.screen.forms.open_ones:
            self.screen.open_form(HERS)
        return self.screen.forms.open_ones[-1]

    def compared(self) -> ComparePage:
        """Both calendars, once they were read."""
        form = self.form()
        form.tabs.setCurrentWidget(form.calendars)
        form.calendars.both.click()
        page = form.calendars.compare
        self.wait(lambda: page._found is not None and not page.reader.busy)
        return page


def set_apart(company: Company) -> None:
    """One event is edited, one added on either side."""
    with company.store.read() as session:
        edited = session.scalars(
            select(CalendarEvent).where(CalendarEvent.title == "VF 0", CalendarEvent.owner_id == HERS)
        ).one()
        event = edited.id
    company.services.events.edit(event, {"location": "Turku"})
    company.add_in_valueframe(HERS, "Uusi ValueFramessa", 3)
    company.add_in_outlook(HERS, "Uusi Outlookissa", 4)


@contextmanager
def inspecting(company: Company, folder: Path, qtbot: QtBot) -> Iterator[Inspected]:
    """The window; it is closed in the end, and what is open beside it."""
    opened = Inspected(company, folder, qtbot)
    try:
        yield opened
    finally:
        for form in list(opened.screen.forms.open_ones):
            form.reject()
        opened.window.close()
        opened.window.finish()
        opened.window.deleteLater()
