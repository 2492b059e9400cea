"""A window on a real store, with a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QCursor, QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget
from pytestqt.exceptions import TimeoutError as WaitedInVainError
from pytestqt.qtbot import QtBot

from tests.clock import FakeClock
from tests.ui.looks import light_palette
from tests.ui.people import Sample, fill, open_sample, sample
from tests.ui.stage import services_on
from tests.ui.still_engine import StillEngine
from vfadmin.models.store import Store
from vfadmin.services.context import Services
from vfadmin.ui.persons.columns import At
from vfadmin.ui.persons.screen import PersonsScreen
from vfadmin.ui.style import restyle
from vfadmin.ui.translations import Speaker
from vfadmin.ui.window import MainWindow

WAIT_MS = 40_000
"""How long a test waits for what must come; a wait that is met ends at once."""
AWAY = (-10, -10)
"""Where no window is."""


@dataclass
class House:
    """A store with its services, and the persons that were put into it."""

    store: Store
    services: Services
    people: list[Sample]


@pytest.fixture(autouse=True)
def no_key_is_held(qapp: QApplication) -> Iterator[None]:
    """Qt goes by the last key it heard of: after Ctrl+Z, Ctrl counts as held in the next test too."""
    yield
    if qapp.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
        deaf = QWidget()
        QTest.keyClick(deaf, Qt.Key.Key_unknown)
        assert qapp.keyboardModifiers() == Qt.KeyboardModifier.NoModifier


@pytest.fixture(autouse=True)
def no_pointer_is_over(qapp: QApplication) -> Iterator[None]:
    """Where a test left the pointer, a heading of the next window would light up under it."""
    del qapp
    yield
    QCursor.setPos(*AWAY)


@pytest.fixture
def app(qapp: QApplication) -> QApplication:
    """The application in the looks every test sees."""
    qapp.setStyle(QStyleFactory.create("Fusion"))
    qapp.setFont(QFont("DejaVu Sans", 10))
    qapp.setPalette(light_palette())
    restyle(qapp)
    return qapp


@pytest.fixture
def speaker(app: QApplication) -> Iterator[Speaker]:
    """Finnish, until the test says otherwise; the former language comes back."""
    speaker = Speaker(app)
    speaker.speak("fi")
    yield speaker
    speaker.be_silent()


@pytest.fixture
def make_house(tmp_path: Path, fake_clock: FakeClock) -> Iterator[Callable[[list[Sample]], House]]:
    """Builds stores; each is closed at the end."""
    stores: list[Store] = []

    def make(people: list[Sample]) -> House:
        folder = tmp_path / f"home{len(stores)}"
        folder.mkdir()
        store = open_sample(folder)
        stores.append(store)
        fill(store, people, fake_clock())
        return House(store, services_on(store, folder, fake_clock()), people)

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def house(make_house: Callable[[list[Sample]], House]) -> House:
    """A company of 40 persons and three rooms."""
    return make_house(list(sample(40)))


class Shown:
    """A window that is open, and shorthands for what tests do with it."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot

    @property
    def screen(self) -> PersonsScreen:
        """The search view."""
        return self.window.persons

    def wait(self, condition: Callable[[], bool]) -> None:
        """Wait until it holds; what was waited for in vain is told with the state of the window."""
        try:
            self.qtbot.waitUntil(condition, timeout=WAIT_MS)
        except WaitedInVainError as error:
            raise WaitedInVainError(f"{error} {self._state()}") from error

    def hears(self, signal: Any) -> Any:
        """Around what makes that signal come: waits for it, and holds its arguments."""
        return self.qtbot.waitSignal(signal, timeout=WAIT_MS)

    def _state(self) -> str:
        screen = self.screen
        selected = screen.view.selected_ids()[:5]
        states = [row and str(row.state) for row in map(screen.model.cached, selected)]
        return (
            f"(holds now: {screen.situation()}; selected: {selected} {states}; "
            f"rows: {len(self.rows())}; the bar says: {screen.bar.message!r})"
        )

    def rows(self) -> list[int]:
        """The ids in the list."""
        return list(self.screen.model.ids)

    def row(self, person_id: int) -> Any:
        """The row as the model has it."""
        return self.screen.model.cached(person_id)

    def cell(self, person_id: int, at: At, role: int = 0) -> Any:
        """What a cell says."""
        place = self.screen.model.position(person_id)
        assert place is not None
        return self.screen.model.index(place, at).data(role)

    def search(self, text: str, found: int) -> None:
        """Type a text and wait for so many rows."""
        self.screen.criteria.text.setText(text)
        self.wait(lambda: len(self.rows()) == found)


@pytest.fixture
def show(
    qtbot: QtBot, speaker: Speaker, fake_clock: FakeClock, tmp_path: Path, make_house: object
) -> Iterator[Callable[..., Shown]]:
    """Opens windows and closes them in the end, before the stores that they read."""
    del speaker, make_house
    windows: list[MainWindow] = []

    def opened(
        services: Any,
        *,
        engine: StillEngine | None = None,
        rows: int | None = None,
        wait: bool = True,
        remembered: str = "",
    ) -> Shown:
        name = remembered or f"window{len(windows)}.ini"
        settings = QSettings(str(tmp_path / name), QSettings.Format.IniFormat)
        make = None if engine is None else lambda: lambda: engine
        opener = services if callable(services) else lambda: services
        log = tmp_path / "vfadmin.log"
        window = MainWindow(opener, make, clock=fake_clock, settings=settings, log=log)
        windows.append(window)
        window.resize(1440, 860)
        window.show()
        window.open()
        shown = Shown(window, qtbot)
        if wait:
            shown.wait(
                lambda: len(window.persons.model.ids) > 0 if rows is None else len(shown.rows()) == rows
            )
        if engine is not None:
            shown.wait(lambda: window.interior.engine.present)
        return shown

    yield opened
    for window in windows:
        window.close()
        qtbot.waitUntil(lambda window=window: not window.isVisible(), timeout=WAIT_MS)
        window.finish()
        window.deleteLater()


@pytest.fixture
def shown(house: House, show: Callable[..., Shown]) -> Shown:
    """A window on the house."""
    return show(house.services)
