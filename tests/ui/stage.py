"""Puts the window into the situations worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QCoreApplication, QEventLoop, QSettings, QSize, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.looks import dark_palette, dress, light_palette
from tests.ui.people import Sample, fill, open_sample, sample
from tests.ui.rehearsed import Rehearsed
from tests.ui.still_engine import Step, StillEngine
from tests.ui.week import keep_a_week
from vfadmin.errors import StoreError, failure
from vfadmin.models.store import Store
from vfadmin.services.connections import CheckStep
from vfadmin.services.context import Actor, Services, build_services
from vfadmin.services.credentials import MemorySecrets
from vfadmin.ui.keys import KeysDialog
from vfadmin.ui.persons.calendar_change import CalendarDialog
from vfadmin.ui.persons.columns import At
from vfadmin.ui.persons.event_dialog import EventDialog
from vfadmin.ui.run import application
from vfadmin.ui.translations import Speaker
from vfadmin.ui.window import MainWindow

SIZE, NARROW = QSize(1440, 860), QSize(1100, 660)


def services_on(store: Store, folder: Path, now: datetime) -> Services:
    """The services over a store, at a moment that stands still."""
    actor = Actor("tuki.k", "TYOASEMA-12")
    return build_services(store, folder, clock=lambda: now, actor=actor, secrets=MemorySecrets())


class Stage:
    """One process's pictures, at one scale."""

    def __init__(self, folder: Path, now: datetime, target: Path, scale: str) -> None:
        self.folder, self.now, self.target, self.scale = folder, now, target, scale
        self.app = application()
        self.speaker = Speaker(self.app)
        self.windows: list[MainWindow] = []
        self.stores: list[Store] = []

    def play(self) -> None:
        """All pictures of this scale."""
        suffix = "" if self.scale == "1" else "-150"
        for tone, palette in (("", light_palette()), ("-dark", dark_palette())):
            dress(self.app, palette)
            for lang in ("fi", "en") if not (suffix or tone) else ("fi",):
                self.speaker.speak(lang)
                self._series(f"{tone}{suffix}-{lang}")

    def _series(self, name: str) -> None:
        window = self._window("full", list(sample()))
        store = self.stores[-1]
        self._select(
            window, lambda row: (row.state == "error" and row.mobile_sync != "none") or row.state == "error"
        )
        window.engine._progress_made(Step(64, 96))
        self._shoot(window, f"persons{name}")
        if name == "-fi":
            self._scenes(window, name)
        self._preview(window, name)
        if name in ("-dark-fi", "-150-fi"):  # the rest is drawn dark and large at once
            self._close(window)
            return
        self._select(window, lambda row: row.state == "error")
        window.persons.open_form(window.persons.view.current_id() or 0)
        form = window.persons.forms.open_ones[0]
        self._settle()
        self._shoot(form, f"form-basic{name}")
        form.show_exchange()
        self._settle()
        self._shoot(form, f"form-exchange{name}")
        form.close()
        self._whole_form(window, store, name)
        self._close(window)

    def _whole_form(self, window: MainWindow, store: Store, name: str) -> None:
        """The form of somebody at work: change of the calendar, events, one of them, history."""
        self._select(window, lambda row: row.state == "active" and row.kind == "person")
        person = window.persons.view.current_id() or 0
        keep_a_week(store, person, window.persons.model.ids[5], self.now)
        window.persons.open_form(person)
        form = window.persons.forms.open_ones[-1]
        form.show_exchange()
        self._shoot(form, f"form-active{name}")
        form.exchange.change.click()
        (calendar,) = form.findChildren(CalendarDialog)
        self._shoot(calendar, f"calendar{name}")
        calendar.reject()
        form.tabs.setCurrentWidget(form.events)
        self._shoot(form, f"form-events{name}")
        form.events.view.selectRow(1)
        form.events.edit.click()
        self._shoot(form.findChildren(EventDialog)[0], f"event{name}")
        form.findChildren(EventDialog)[0].reject()
        form.events.view.selectRow(0)
        form.events.edit.click()
        self._shoot(form.findChildren(EventDialog)[-1], f"event-series{name}")
        form.findChildren(EventDialog)[-1].reject()
        form.tabs.setCurrentWidget(form.history)
        self._settle()
        item = form.history.tree.topLevelItem(0)
        item.setExpanded(True)
        self._settle()
        form.history.tree.setCurrentItem(item.child(1))
        self._shoot(form, f"form-history{name}")
        form.close()

    def _preview(self, window: MainWindow, name: str) -> None:
        model = window.persons.model
        chosen = [
            one
            for one in model.ids
            if (row := model.cached(one)) and row.state in ("passive", "unused") and row.login
        ]
        dialog = window.persons.previews.open([*chosen, *model.ids[:1]])
        while not dialog.model.lines or dialog._reading:
            self._settle(50)
        dialog.view.selectRow(next(n for n, line in enumerate(dialog.model.lines) if line.failure))
        self._shoot(dialog, f"preview{name}")
        dialog.reject()

    def _scenes(self, window: MainWindow, name: str) -> None:
        screen = window.persons
        screen.criteria.text.setText("aalto")
        self._settle(300)
        unused = next(
            one for one in screen.model.ids if (row := screen.model.cached(one)) and row.state == "unused"
        )
        screen.view.go_to(unused, At.LOGIN)
        screen.view.edit_login()
        editor = screen.view.viewport().findChild(QWidget, "cell")
        if editor is not None:
            editor.setProperty("text", "ESIM\\savirt")
        self._shoot(window, f"edit{name}")
        taken = next(row.login for one in screen.model.ids if (row := screen.model.cached(one)) and row.login)
        screen.model.setData(screen.view.currentIndex(), taken)
        screen.view.setFocus()
        self._shoot(window, f"refused{name}")
        screen.bar.hide()
        screen.view.setFocus()
        screen.criteria.text.setText("xyzzy")
        self._settle(300)
        self._shoot(window, f"no-match{name}")
        screen.criteria.reset()
        self._settle()
        window.navigation.setCurrentRow(1)
        self._settle()
        self._shoot(window, f"settings{name}")
        window.navigation.setCurrentRow(0)
        self._supports(name)
        window.side.keys.click()
        (keys,) = window.findChildren(KeysDialog)
        self._shoot(keys, f"keys{name}")
        keys.reject()
        self._off(window, name)

    def _supports(self, name: str) -> None:
        """The screen of support after a check that came half the way."""
        window = self._window("support", list(sample())[:5], support=True)
        window.navigation.setCurrentRow(2)
        self._settle()
        steps = window.screens.assistance.steps
        for check, detail in (
            ("dns", "10.0.0.25"),
            ("tcp", "443"),
            ("tls", "TLSv1.3"),
            ("certificate", "2027-08-30"),
        ):
            steps.stepped.emit(CheckStep(check, ok=True, detail=detail))
        wrong = failure("EX-AUTH-01", account="ESIM\\svc-valueframe")
        steps.stepped.emit(CheckStep("sign_in", ok=False, detail="", failure=wrong))
        self._shoot(window, f"support{name}")
        self._close(window)

    def _off(self, window: MainWindow, name: str) -> None:
        services = window.desk._services  # the stage may look behind the scenes
        assert services is not None
        services.settings.set_module(False)
        window.look_around()
        self._settle()
        window.persons.view.selectAll()
        self._settle()
        self._shoot(window, f"module-off{name}")
        services.settings.set_module(True)
        window.look_around()
        self._settle()
        empty = self._window("empty", [])
        self._shoot(empty, f"nothing-yet{name}")
        self._close(empty)
        lost = MainWindow(_unreachable, None, clock=lambda: self.now, settings=self._settings())
        self._show(lost)
        self._shoot(lost, f"out-of-reach{name}")
        self._close(lost)

    def _window(self, kind: str, people: list[Sample], *, support: bool = False) -> MainWindow:
        folder = self.folder / f"{kind}-{len(self.windows)}"
        folder.mkdir()
        store = open_sample(folder)
        self.stores.append(store)
        if people:
            fill(store, people, self.now)
        services = replace(services_on(store, folder, self.now), rehearsal=cast("Any", Rehearsed()))
        window = MainWindow(
            lambda: services,
            lambda: StillEngine,
            clock=lambda: self.now,
            settings=self._settings(),
            support=support,
        )
        self.windows.append(window)
        self._show(window)
        while people and not window.persons.model.ids:
            self._settle(50)
        return window

    def _settings(self) -> QSettings:
        return QSettings(str(self.folder / f"{len(self.windows)}.ini"), QSettings.Format.IniFormat)

    def _show(self, window: MainWindow) -> None:
        window.resize(SIZE if self.scale == "1" else NARROW)
        window.show()
        window.open()
        self._settle(400)

    def _select(self, window: MainWindow, wanted: Callable[..., bool]) -> None:
        model = window.persons.model
        for one in model.ids:
            row = model.cached(one)
            if row is not None and wanted(row):
                window.persons.view.go_to(one, At.NAME)
                window.persons.view.setFocus()
                break
        self._settle(300)

    def _shoot(self, widget: QWidget, name: str) -> None:
        self._settle(150)
        path = self.target / f"{name}.png"
        widget.grab().save(str(path))

    def _close(self, window: MainWindow) -> None:
        window.close()
        while window.isVisible():
            self._settle(20)

    def _settle(self, milliseconds: int = 200) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()
        QCoreApplication.processEvents()


def _unreachable() -> Services:
    raise StoreError(failure("VF-STORE-01", detail="connection refused"))


def _app() -> QApplication:
    return application()
