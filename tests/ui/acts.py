"""What the stage shows: a few acts, each with a window of its own and some scenes worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QMenu, QMessageBox, QWidget

from tests.services.updates.publishing import MANIFEST
from tests.ui.held_back import contest, hold
from tests.ui.people import sample
from tests.ui.stage import Stage
from tests.ui.stage_import import IMPORT_SCENES, imports
from tests.ui.still_engine import Step
from tests.ui.waiting import until
from tests.ui.week import keep_a_week
from tests.ui.work_force import put_to_work
from vfadmin.crash import CrashReports, Kind, Report
from vfadmin.errors import failure
from vfadmin.logfile import Scrubber
from vfadmin.services.connections import CheckStep
from vfadmin.services.export import Progress
from vfadmin.services.troubles import Aftermath
from vfadmin.services.updates.notice import Finding
from vfadmin.ui.help_window import HelpWindow
from vfadmin.ui.incidents import IncidentBar, ReportDialog
from vfadmin.ui.keys import KeysDialog
from vfadmin.ui.persons.calendar_change import CalendarDialog
from vfadmin.ui.persons.columns import At
from vfadmin.ui.persons.criteria import Criteria
from vfadmin.ui.persons.event_dialog import EventDialog
from vfadmin.ui.persons.exporting import Job
from vfadmin.ui.persons.form import PersonForm
from vfadmin.ui.persons.undo_dialog import UndoDialog
from vfadmin.ui.updates import UpdateBar
from vfadmin.ui.window import MainWindow
from vfadmin.ui.workers.dialog import WorkersDialog


@dataclass(frozen=True, slots=True)
class Act:
    """Scenes that share their windows."""

    play: Callable[[Stage], None]
    scenes: tuple[str, ...]

    @property
    def name(self) -> str:
        """What it is called."""
        return self.play.__name__


def search(stage: Stage) -> None:
    """The search view at work."""
    window = stage.window(list(sample()))
    stage.shoot(window, "search")
    _at_work(stage, window)
    stage.shoot(window, "persons")
    _menus(stage, window)
    screen = window.persons
    screen.act("remove")
    question = stage.open_one(window, QMessageBox)
    stage.shoot(question, "remove")
    question.reject()
    job = screen.exporter._job = Job(Path("Henkilöt.xlsx"), "Henkilöt", (At.NAME,), tuple(screen.model.ids))
    job.progress = Progress(len(job.ids), done=48)
    screen.exporter._tell()
    stage.shoot(window, "exporting")
    screen.exporter._end()
    screen._select_all()
    _switch_module(stage, window, on=False)
    stage.shoot(window, "module-off")


def at_work(stage: Stage) -> MainWindow:
    """A window as in the scene ``persons``."""
    window = stage.window(list(sample()))
    _at_work(stage, window)
    return window


def _at_work(stage: Stage, window: MainWindow) -> None:
    stage.select(window, lambda row: row.state == "error")
    window.interior.engine._progress_made(Step(64, 96))
    stage.settle()


def _menus(stage: Stage, window: MainWindow) -> None:
    screen = window.persons
    views = screen.criteria.views
    for name in ("Maanantain virheet", "Pohjolan Rakennus, käyttämättömät"):
        views._views.save(name, Criteria())
    openers: tuple[tuple[str, Callable[[], object]], ...] = (
        ("menu", lambda: screen._menu(QPoint(200, 200))),
        ("columns", lambda: screen._columns._open(QPoint(200, 10))),
        ("views", views._open),
    )
    for scene, open_menu in openers:
        open_menu()
        menu = stage.open_one(window, QMenu)
        stage.shoot(menu, scene)
        menu.close()


def _switch_module(stage: Stage, window: MainWindow, *, on: bool) -> None:
    services = window.interior.desk._services  # the stage may look behind the scenes
    assert services is not None
    services.settings.set_module(on)
    window.interior.look_around()
    stage.settle()


def narrowing(stage: Stage) -> None:
    """The search view while somebody searches and corrects a login."""
    window = stage.window(list(sample()))
    screen = window.persons
    screen.criteria.chips["error"].setChecked(True)
    screen.criteria.inactive.setChecked(True)
    screen.criteria.text.setText("nen")
    stage.shoot(window, "filtered")
    screen.criteria.reset()
    screen.criteria.text.setText("aalto")
    stage.settle()
    stage.select(window, lambda row: row.state == "unused", At.LOGIN)
    screen.view.edit_login()
    editor = screen.view.viewport().findChild(QWidget, "cell")
    assert editor is not None
    editor.setProperty("text", "ESIM\\savirt")
    stage.shoot(window, "edit")
    taken = next(row.login for one in screen.model.ids if (row := screen.model.cached(one)) and row.login)
    screen.model.setData(screen.view.currentIndex(), taken)
    screen.view.setFocus()
    stage.shoot(window, "refused")
    screen.bar.hide()
    screen.criteria.text.setText("xyzzy")
    stage.shoot(window, "no-match")


def preview(stage: Stage) -> None:
    """What a first synchronisation would do, read a few at a time."""
    window = stage.window(list(sample()))
    model = window.persons.model
    rows = [row for one in model.ids if (row := model.cached(one)) is not None]
    chosen = [row.id for row in rows if row.state in ("passive", "unused") and row.login]
    dialog = window.persons.previews.open([*chosen, rows[0].id])
    until(lambda: bool(dialog.model.lines) and not dialog._reading)
    dialog.view.selectRow(next(n for n, line in enumerate(dialog.model.lines) if line.failure))
    stage.shoot(dialog, "preview")
    dialog.reject()
    working = [row.id for row in rows if row.state in ("active", "error")][:6]
    foretold = window.persons.inspections.open(working)
    until(lambda: bool(foretold.model.lines) and not foretold._reading)
    stage.shoot(foretold, "dry-run")
    foretold.reject()


def moving(stage: Stage) -> None:
    """What a move to Graph would come to, and what became of it."""
    window = stage.window(list(sample()))
    model = window.persons.model
    rows = [row for one in model.ids if (row := model.cached(one)) is not None]
    chosen = [row.id for row in rows if row.state == "active" and row.kind == "person"][:12]
    dialog = window.persons.moves.open(chosen, back=False)
    until(lambda: bool(dialog.model.lines) and not dialog.busy)
    dialog.view.selectRow(next(n for n, line in enumerate(dialog.model.lines) if line.failure))
    stage.shoot(dialog, "move")
    dialog.move_marked.click()
    until(lambda: not dialog.busy)
    stage.shoot(dialog, "moved")
    dialog.reject()


def form(stage: Stage) -> None:
    """The form of somebody whose integration stopped, then of one at work."""
    window = stage.window(list(sample()))
    person = stage.select(window, lambda row: row.state == "error")
    window.persons.open_form(person)
    stopped = stage.open_one(window, PersonForm)
    stage.shoot(stopped, "form-basic")
    stopped.show_exchange()
    stage.shoot(stopped, "form-exchange")
    stopped.reject()
    person = stage.select(window, lambda row: row.state == "active" and row.kind == "person")
    keep_a_week(stage.store, person, window.persons.model.ids[5], stage.now)
    window.persons.open_form(person)
    working = stage.open_one(window, PersonForm)
    working.show_exchange()
    stage.shoot(working, "form-active")
    working.exchange.change.click()
    calendar = stage.open_one(working, CalendarDialog)
    stage.shoot(calendar, "calendar")
    calendar.reject()
    _events(stage, working)
    _history(stage, working)
    working.reject()


def _events(stage: Stage, working: PersonForm) -> None:
    tab = working.events
    working.tabs.setCurrentWidget(working.calendars)
    stage.shoot(working, "form-events")
    _both(stage, working)
    for row, scene in ((1, "event"), (0, "event-series")):
        tab.view.selectRow(row)
        tab.edit.click()
        dialog = stage.open_one(working, EventDialog)
        stage.shoot(dialog, scene)
        dialog.reject()
        stage.settle()


def _both(stage: Stage, working: PersonForm) -> None:
    size = working.size()
    working.calendars.both.click()
    parent = working.parentWidget()
    assert parent is not None
    working.resize(QSize(1160, 720).boundedTo(parent.window().size()))
    stage.settle()
    working.calendars.compare.filters.choose("")
    working.calendars.compare.view.go_to(1)
    stage.shoot(working, "form-compare")
    working.calendars.one.click()
    working.resize(size)
    stage.settle()


def _history(stage: Stage, working: PersonForm) -> None:
    working.tabs.setCurrentWidget(working.history)
    stage.settle()
    item = working.history.tree.topLevelItem(0)
    item.setExpanded(True)
    stage.settle()
    working.history.tree.setCurrentItem(item.child(1))
    stage.shoot(working, "form-history")
    working.history.actions_row.undo.click()
    dialog = stage.open_one(working, UndoDialog)
    until(lambda: not dialog.busy)
    dialog.view.go_to(1)
    stage.shoot(dialog, "undo-run")
    dialog.reject()


def screens(stage: Stage) -> None:
    """The other screens, and what a fault in the program leaves behind."""
    log = stage.folder / "vfadmin.log"
    _write_log(log, stage)
    window = stage.window(list(sample(5)), support=True, log=log)
    window.interior.navigation.go("settings")
    stage.shoot(window, "settings")
    _check_connection(stage, window)
    window.show_log()
    stage.settle()
    screen = window.interior.screens.log
    screen.view.selectRow(screen.model.rowCount() - 3)
    stage.shoot(window, "log")
    window.interior.side.keys.click()
    keys = stage.open_one(window, KeysDialog)
    stage.shoot(keys, "keys")
    keys.reject()
    window.interior.actions_made.made["help"].trigger()
    helping = stage.open_one(window, HelpWindow)
    stage.shoot(helping, "help-all")
    helping.go("EX-IMP-01")
    stage.shoot(helping, "help")
    helping.go("guide/stuck")
    stage.shoot(helping, "help-guide")
    helping.reject()
    window.interior.navigation.go("people")
    _tell_of_newer(stage, window)
    bar = IncidentBar(window)
    window.put_on_top(bar)
    path = Path("crashes", "crash-20261123-074200-4711-1f2e3d.txt")
    bar.tell(Report(Kind.FAULT, path, _REPORT), CrashReports(stage.folder, Scrubber()))
    stage.shoot(window, "incident")
    bar.show_report.click()
    dialog = stage.open_one(window, ReportDialog)
    dialog.view.setFont(dialog.font())  # the system's own font is another on every machine
    stage.shoot(dialog, "report")
    dialog.reject()


def _tell_of_newer(stage: Stage, window: MainWindow) -> None:
    """The notice of a newer version."""
    bar = UpdateBar(window)
    window.put_on_top(bar)
    bar.tell(Finding("1.3.2", MANIFEST, newer=True))
    stage.shoot(window, "update")
    bar.tell(None)


def _check_connection(stage: Stage, window: MainWindow) -> None:
    """A check that came half the way."""
    window.interior.navigation.go("support")
    stage.settle()
    steps = window.interior.screens.assistance.steps
    ends = "2027-08-30T09:30:00+00:00"
    done = (("dns", "10.0.0.25"), ("tcp", "443"), ("tls", "TLSv1.3"), ("certificate", ends))
    for check, detail in done:
        steps.stepped.emit(CheckStep(check, ok=True, detail=detail))
    wrong = failure("EX-AUTH-01", account="ESIM\\svc-valueframe")
    steps.stepped.emit(CheckStep("sign_in", ok=False, detail="", failure=wrong))
    stage.shoot(window, "support")
    _check_tenant(stage, window)


def _check_tenant(stage: Stage, window: MainWindow) -> None:
    """Office 365, its secret refused."""
    screen = window.interior.screens.assistance
    screen.protocol.setCurrentIndex(screen.protocol.findData("graph"))
    screen.protocol.activated.emit(1)
    tenant, application = "esimerkki.onmicrosoft.com", "1c9d7e52-8f3b-4a6d-9e0c-5b7a3f2d1e48"
    for name, text in (("tenant", tenant), ("client_id", application), ("secret_expires", "2027-01-31")):
        screen.fields.line(name).setText(text)
        screen.fields.line(name).textEdited.emit(text)
    for check, detail in (("dns", "20.190.159.2"), ("tcp", "443"), ("authority", tenant)):
        screen.steps.stepped.emit(CheckStep(check, ok=True, detail=detail))
    wrong = failure("EX-AUTH-06", application=application, detail="AADSTS7000215")
    screen.steps.stepped.emit(CheckStep("token", ok=False, detail="", failure=wrong))
    stage.shoot(window, "support-graph")


_REPORT = """vfadmin report: fault

Time: 2026-11-23 07:42:00 UTC
Where: MainThread
vfadmin: 0.1.0
Python: 3.12.10
PySide6: 6.12.0, Qt 6.12.0
System: Windows-11-10.0.22631-SP0

Traceback (most recent call last):
  File "vfadmin/ui/persons/screen.py", line 249, in act
    self.doing.act_on(key, self.view.selected_ids())
  File "vfadmin/ui/persons/doing.py", line 83, in act_on
    self._ask_remove(tuple(ids))
LookupError: no such person

Last 100 lines of the log
"""

_LOGGED = (
    ("INFO", "vfadmin.sync.attention", "no notifications from esimerkki: EX-CONN-04"),
    ("DEBUG", "vfadmin.calendars.ews.notifications", "following 96 mailboxes"),
    ("INFO", "vfadmin.calendars.ews.notifications", "notifications wait: EX-THROTTLE-01"),
    ("DEBUG", "vfadmin.calendars.ews.notifications", "following 97 mailboxes"),
    ("WARNING", "exchangelib.protocol", "the server answers slowly: 4.2 s for FindItem"),
    ("INFO", "vfadmin.calendars.ews.notifications", "a mailbox is left to polling for now: EX-MBX-01"),
)
_FAULT = """Traceback (most recent call last):
  File "vfadmin/sync/cycle.py", line 164, in run
    return self._steps()
  File "vfadmin/sync/cycle.py", line 201, in _steps
    plan = self._planned(changes)
ValueError: the rule ends before it begins
"""


def _write_log(path: Path, stage: Stage) -> None:
    """An hour as the log tells it."""
    lines, at = [], stage.now.astimezone() - timedelta(hours=1)
    for number in range(42):
        level, source, text = _LOGGED[number % len(_LOGGED)]
        if number == 39:
            level, source = "ERROR", "vfadmin.sync.cycle"
            text = f"unforeseen fault while synchronising person 1168\n{_FAULT.rstrip()}"
        moment = at + timedelta(seconds=number * 83)
        lines.append(f"{moment:%Y-%m-%d %H:%M:%S},120 {level} 4711 sync-{number % 4} {source}: {text}\n")
    path.write_text("".join(lines), encoding="utf-8")


def troubles(stage: Stage) -> None:
    """A Monday morning: what is stuck, by its cause; then nothing is."""
    window = stage.window(list(sample()))
    window.interior.navigation.go("troubles")
    screen = window.interior.screens.troubles
    until(lambda: bool(screen.persons.persons))
    screen.person_view.selectRow(1)
    stage.shoot(window, "troubles")
    after = Aftermath(works=3, delayed=1, stopped=2, waits=1, causes=("EX-IMP-01",))
    screen._say_aftermath(after, screen.aftermath._said(after))
    stage.shoot(window, "troubles-again")
    calm = stage.window([one for one in sample() if one.state != "error" and not one.delayed])
    calm.interior.navigation.go("troubles")
    until(lambda: calm.interior.screens.troubles._known)
    stage.shoot(calm, "troubles-none")
    _waiting(stage, calm)
    _workers(stage, calm)


def _workers(stage: Stage, window: MainWindow) -> None:
    """Three machines at work: the window stands by, and tells who they are."""
    put_to_work(stage.store, stage.now)
    window.interior.look_around()
    until(window.interior.line.fleet.isVisible)
    stage.shoot(window, "standing-by")
    window.interior.show_workers()
    dialog = stage.open_one(window, WorkersDialog)
    until(lambda: dialog.table.rowCount() > 0)
    stage.shoot(dialog, "workers")
    dialog.reject()


def _waiting(stage: Stage, window: MainWindow) -> None:
    """What waits for a decision, and the question before one."""
    person = window.persons.model.ids[3]
    hold(stage.store, person, stage.now)
    contest(stage.store, person, stage.now)
    page = window.interior.screens.troubles.held
    window.interior.screens.troubles.look()
    until(lambda: bool(page.events.events))
    page.event_view.selectRow(1)
    stage.shoot(window, "held")
    page.event_view.clearSelection()
    page.ask("process")
    question = stage.open_one(page, QMessageBox)
    stage.shoot(question, "held-process")
    question.reject()


def voids(stage: Stage) -> None:
    """Where there is nobody to show."""
    stage.shoot(stage.window(()), "nothing-yet")
    stage.shoot(stage.window_without_store(), "out-of-reach")


ACTS = (
    Act(
        search,
        ("search", "persons", "menu", "columns", "views", "remove", "exporting", "module-off"),
    ),
    Act(narrowing, ("filtered", "edit", "refused", "no-match")),
    Act(preview, ("preview", "dry-run")),
    Act(moving, ("move", "moved")),
    Act(
        form,
        (
            "form-basic",
            "form-exchange",
            "form-active",
            "calendar",
            "form-events",
            "form-compare",
            "event",
            "event-series",
            "form-history",
            "undo-run",
        ),
    ),
    Act(
        screens,
        (
            *("settings", "support", "support-graph", "log", "keys"),
            *("help-all", "help", "help-guide", "update", "incident", "report"),
        ),
    ),
    Act(
        troubles,
        ("troubles", "troubles-again", "troubles-none", "held", "held-process", "standing-by", "workers"),
    ),
    Act(imports, IMPORT_SCENES),
    Act(voids, ("nothing-yet", "out-of-reach")),
)
SCENES = tuple(scene for act in ACTS for scene in act.scenes)
