"""No service is ever called in the window's thread, and nothing but bound slots hears a thread."""

from __future__ import annotations

import ast
import dataclasses
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import vfadmin.ui
from tests.ui.conftest import House, Shown
from tests.ui.people import sample
from vfadmin.services.context import Services
from vfadmin.ui.persons.columns import At
from vfadmin.ui.persons.undo_dialog import UndoDialog
from vfadmin.ui.persons.undoing import Target

UI = Path(vfadmin.ui.__file__).parent
SERVICES = (
    "directory",
    "search",
    "activation",
    "settings",
    "connections",
    "events",
    "history",
    "forget_texts",
    "run_undo",
    "health",
    "bulk_import",
    "mailbox_checks",
    "rehearsal",
    "comparisons",
    "diagnoses",
    "transfers",
    "export",
    "workers",
    "changes",
)


class Watched:
    """A service that notes in which thread it is called."""

    def __init__(self, service: Any, calls: list[tuple[str, int]]) -> None:
        self._service, self._calls = service, calls

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._service, name)
        if not callable(value):
            return value

        def noted(*arguments: Any, **named: Any) -> Any:
            self._calls.append((name, threading.get_ident()))
            return value(*arguments, **named)

        return noted


def watched(services: Services, calls: list[tuple[str, int]]) -> Services:
    return dataclasses.replace(
        services, **{name: Watched(getattr(services, name), calls) for name in SERVICES}
    )


def test_no_service_is_called_in_the_windows_thread(house: House, show: Callable[..., Shown]) -> None:
    calls: list[tuple[str, int]] = []
    shown = show(watched(house.services, calls))
    screen = shown.screen
    person = next(one.id for one in sample(40) if one.active and one.state == "passive")
    shown.search(
        house.services.directory.person(person).name.split(",")[0],
        len({*shown.rows()} & _named(house, person)),
    )
    screen.view.go_to(person, At.NAME)
    shown.wait(lambda: any(name == "runs" for name, _ in calls))
    screen.worker.store_login(person, "ESIM\\muuttunut", None)
    shown.wait(lambda: any(name == "set_login" for name, _ in calls))
    for action, becomes in (
        *(("activate", "active"), ("passivate", "passive")),
        *(("undo", "active"), ("passivate", "passive")),
    ):
        screen.act(action)
        shown.wait(lambda becomes=becomes: shown.row(person).state == becomes)
    assert "undo" in {name for name, _ in calls}
    screen.open_form(person)
    form = screen.forms.open_ones[0]
    for tab in (form.calendars, form.history):
        form.tabs.setCurrentWidget(tab)
    shown.wait(lambda: {"list", "event_types"} <= {name for name, _ in calls})
    shown.wait(lambda: any(name == "obstacle" for name, _ in calls))
    form.history.actions_row.forget.click()
    shown.wait(lambda: bool(form.history.bar.message))
    undoing = UndoDialog(shown.window.interior.desk, Target(1), house.services.events._clock(), form)
    shown.wait(lambda: not undoing.busy)
    assert {"count", "preview"} <= {name for name, _ in calls}
    form.tabs.setCurrentWidget(form.calendars)
    form.calendars.both.click()
    shown.wait(lambda: any(name == "compare" for name, _ in calls))
    preview = screen.previews.open([person])
    shown.wait(lambda: any(name == "first_cycle" for name, _ in calls))
    preview.reject()
    screen.moves.open([person], back=False)
    shown.wait(lambda: any(name == "survey" for name, _ in calls))
    form.basic.name.setText("Uusi, Nimi")
    form._edited()
    form.save_button.click()
    shown.wait(lambda: not screen.forms.open_ones)
    shown.window.interior.screens.preferences.begin()
    screen.refresh()
    shown.wait(lambda: {"change_person", "all", "now", "companies"} <= {name for name, _ in calls})
    here = threading.get_ident()
    assert [name for name, thread in calls if thread == here] == []


def _named(house: House, person: int) -> set[int]:
    word = house.services.directory.person(person).name.split(",")[0].casefold()
    return {one.id for one in sample(40) if word in f"{one.name} {one.email} {one.login}".casefold()}


@pytest.mark.parametrize("path", sorted(UI.rglob("*.py")), ids=lambda path: path.name)
def test_only_methods_are_connected_to_signals(path: Path) -> None:
    """A lambda or a plain function would run in the thread that emits."""
    connected = [
        call.args[0]
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "connect"
    ]
    wrong = [ast.unparse(target) for target in connected if not isinstance(target, ast.Attribute)]
    assert wrong == []


def test_slots_that_hear_another_thread_are_declared_as_such() -> None:
    for module, names in {
        "desk.py": {"_deliver"},
        "engine.py": {"_mailbox_finished", "_progress_made", "_idle", "_engine_failed", "_ended"},
    }.items():
        tree = ast.parse((UI / module).read_text(encoding="utf-8"))
        slots = {
            node.name
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef)
            and any("Slot" in ast.unparse(one) for one in node.decorator_list)
        }
        assert names <= slots
