"""Opens windows on stores made for the purpose, and hands what is worth a picture to whoever draws it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar, cast

from PySide6.QtCore import QSettings, QSize
from PySide6.QtWidgets import QWidget

from tests.ui.answered import Answered
from tests.ui.people import Sample, fill, open_sample
from tests.ui.rehearsed import Rehearsed
from tests.ui.side_by_side import SideBySide
from tests.ui.still_engine import StillEngine
from tests.ui.taken_back import TakenBack
from tests.ui.transferred import Translated
from tests.ui.waiting import settle, until
from vfadmin.errors import StoreError, failure
from vfadmin.models.store import Store
from vfadmin.services.context import Actor, Services, build_services
from vfadmin.services.credentials import MemorySecrets
from vfadmin.ui.persons.columns import At
from vfadmin.ui.window import MainWindow

NOW = datetime(2026, 11, 23, 7, 42, tzinfo=UTC)
ZONE = "Europe/Helsinki"
WIDE, NARROW = QSize(1440, 860), QSize(1100, 660)
SMALL = QSize(1280, 640)
"""What is left of 2560 by 1440 at 200 % below a title and above a task bar, as of 1920 by 1080 at 150 %."""

Shoot = Callable[[QWidget, str], None]
W = TypeVar("W", bound=QWidget)


def services_on(store: Store, folder: Path, now: datetime) -> Services:
    """The services over a store, at a moment that stands still."""
    actor = Actor("tuki.k", "TYOASEMA-12")
    return build_services(store, folder, clock=lambda: now, actor=actor, secrets=MemorySecrets())


class Stage:
    """The windows of one act. ``shoot`` is given each widget that is ready, and the name of its scene."""

    def __init__(self, folder: Path, shoot: Shoot, size: QSize = WIDE) -> None:
        self.folder, self.now, self.size = folder, NOW, size
        self._shoot = shoot
        self._windows: list[MainWindow] = []
        self._stores: list[Store] = []

    def window(
        self, people: Sequence[Sample], *, support: bool = False, log: Path | None = None
    ) -> MainWindow:
        """A window that shows these persons."""
        folder = self.folder / f"store{len(self._stores)}"
        folder.mkdir()
        store = open_sample(folder)
        self._stores.append(store)
        if people:
            fill(store, list(people), self.now)
        real = services_on(store, folder, self.now)
        services = replace(
            real,
            rehearsal=cast("Any", Rehearsed()),
            comparisons=cast("Any", SideBySide()),
            transfers=cast("Any", Translated()),
            mailbox_checks=cast("Any", Answered()),
            run_undo=cast("Any", TakenBack(real.history)),
        )
        window = MainWindow(
            lambda: services,
            lambda: StillEngine,
            clock=lambda: self.now,
            settings=self._settings(),
            support=support,
            log=log,
        )
        self._show(window)
        until(lambda: window.interior.engine.present)
        return window

    def window_without_store(self) -> MainWindow:
        """One whose store cannot be reached."""
        window = MainWindow(_unreachable, None, clock=lambda: self.now, settings=self._settings())
        self._show(window)
        return window

    @property
    def store(self) -> Store:
        """The store of the latest window."""
        return self._stores[-1]

    def shoot(self, widget: QWidget, scene: str) -> None:
        """The widget is ready for its picture, once all that was begun is done."""
        self.settle()
        self._shoot(widget, scene)

    def settle(self) -> None:
        """Let everything be done that was begun."""
        for window in self._windows:
            settle(window)

    def open_one(self, parent: QWidget, kind: type[W]) -> W:
        """The dialog or menu of that kind that has been opened last."""
        return [one for one in parent.findChildren(kind) if one.isVisible()][-1]

    def select(self, window: MainWindow, wanted: Callable[[Any], bool], at: At = At.NAME) -> int:
        """Put the keyboard on the first person that is wanted; answers who it is."""
        model = window.persons.model
        person = next(one for one in model.ids if (row := model.cached(one)) is not None and wanted(row))
        window.persons.view.go_to(person, at)
        window.persons.view.setFocus()
        self.settle()
        return person

    def end(self) -> None:
        """Close everything."""
        for window in self._windows:
            window.close()
            until(lambda window=window: not window.isVisible())  # type: ignore[misc]
            window.finish()
            window.deleteLater()
        for store in self._stores:
            store.close()

    def _settings(self) -> QSettings:
        return QSettings(str(self.folder / f"{len(self._windows)}.ini"), QSettings.Format.IniFormat)

    def _show(self, window: MainWindow) -> None:
        self._windows.append(window)
        window.resize(self.size)
        window.show()
        window.open()
        self.settle()


def _unreachable() -> Services:
    raise StoreError(failure("VF-STORE-01", detail="connection refused"))
