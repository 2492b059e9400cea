"""A window in a world with workers: it stands aside, says so, and shows who synchronises."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialogButtonBox, QMessageBox
from sqlalchemy import delete, update

from tests.clock import FakeClock
from tests.ui.conftest import House, Shown
from tests.ui.still_engine import StillEngine
from tests.ui.test_accessible import cut, nameless
from tests.ui.work_force import put_to_work
from vfadmin.errors import StoreError, failure
from vfadmin.models import Worker
from vfadmin.services.workers import ALIVE
from vfadmin.ui.workers.dialog import WorkersDialog
from vfadmin.ui.workers.table import Column


def opened(shown: Shown) -> WorkersDialog:
    """The dialog, once it has read."""
    shown.window.interior.navigation.go("troubles")
    shown.window.interior.screens.troubles.head.fleet.click()
    dialog = shown.window.findChild(WorkersDialog)
    assert isinstance(dialog, WorkersDialog)
    shown.wait(lambda: dialog._fleet is not None)
    return dialog


def test_a_window_stands_aside_while_workers_live_and_takes_over_after_them(
    show: Callable[..., Shown], house: House, fake_clock: FakeClock
) -> None:
    engine = StillEngine()
    shown = show(house.services, engine=engine)
    line = shown.window.interior.line
    assert not line.fleet.isVisible()
    put_to_work(house.store, fake_clock())
    shown.wait(line.fleet.isVisible)
    assert line.fleet.text() == "1 työprosessi synkronoi", "one is about to end, and a window is no worker"
    assert line.doing.text() == "Tämä ikkuna on varalla"
    assert engine.paused == [True]
    shown.window.interior.engine.sync([1])
    assert engine.asked == [(1,)], "what is asked for here is done here"
    with house.store.write() as session:
        session.execute(update(Worker).values(seen_at=fake_clock() - ALIVE))
    shown.wait(lambda: not line.fleet.isVisible())
    assert line.doing.text() == "Odotetaan muutoksia"
    assert engine.paused == [True, False]


def test_an_engine_that_begins_while_workers_live_begins_aside(
    show: Callable[..., Shown], house: House, fake_clock: FakeClock
) -> None:
    put_to_work(house.store, fake_clock())
    shown = show(house.services)
    shown.wait(shown.window.interior.line.fleet.isVisible)
    engine = StillEngine()
    shown.window.interior.engine.run(engine)
    assert engine.paused == [True]
    shown.window.interior.engine.set_paused(True)
    shown.window.interior.engine.set_paused(False)
    assert engine.paused == [True]


def test_who_synchronises_is_listed_and_followed(shown: Shown, house: House, fake_clock: FakeClock) -> None:
    dialog = opened(shown)
    assert dialog.none.isVisible()
    put_to_work(house.store, fake_clock())
    shown.wait(lambda: dialog.table.rowCount() == 3)
    texts = [[dialog.table.index(row, column).data() for column in Column] for row in range(3)]
    assert texts[0][0] == "palvelin-1 (812)"
    assert [row[1] for row in texts] == ["Työprosessi", "Työprosessi, päättymässä", "Ikkuna"]
    assert texts[0][4:6] == ["0.9.0", "62"]
    assert dialog.sum.text() == "Odottaa: 0 · Muutoksia: 0 · Työn alla: 0 · Postilaatikoita minuutissa: 120"
    assert dialog.focusWidget() is dialog.buttons.button(QDialogButtonBox.StandardButton.Close)
    assert nameless(dialog) == []
    assert cut(dialog) == []
    with house.store.write() as session:
        session.execute(delete(Worker))
    shown.wait(lambda: not dialog.table.rowCount())
    assert opened(shown) is dialog
    dialog.reject()


def test_everything_is_paused_and_let_go_on_there_too(shown: Shown, house: House) -> None:
    dialog = opened(shown)
    dialog.pause.click()
    (box,) = [one for one in dialog.findChildren(QMessageBox) if one.isVisible()]
    next(one for one in box.buttons() if one.text() == "Keskeytä kaikki").click()
    shown.wait(lambda: dialog.pause.text() == "Jatka synkronointia")
    assert house.services.settings.flag("paused")
    dialog.pause.click()
    shown.wait(lambda: dialog.pause.text() == "Keskeytä kaikki…")
    assert not house.services.settings.flag("paused")
    dialog._failed(StoreError(failure("VF-STORE-01", detail="x")).failure)
    assert dialog.bar.tone == "bad"
    dialog.reject()
