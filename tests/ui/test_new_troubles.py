"""R24: what stops while nobody looks at the window is told once, and a click leads to what to do about it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from tests.clock import FakeClock
from tests.services.scenes import change, stop
from tests.ui.conftest import House, Shown
from tests.ui.test_long_jobs import toast, told
from vfadmin.errors.texts import explain
from vfadmin.models import Connection, Integration, State
from vfadmin.models.store import Store
from vfadmin.services.health import Health
from vfadmin.ui.new_troubles import NewTroubles

# Qt says so where an icon is made without a tray; the program makes none there.
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)


def active(house: House, count: int) -> list[int]:
    working = select(Integration.person_id).where(
        Integration.state == State.ACTIVE, Integration.failing_since.is_(None)
    )
    with house.store.read() as session:
        ids = list(session.scalars(working.order_by(Integration.person_id)))
    assert len(ids) >= count
    return ids[:count]


def look(shown: Shown) -> Health:
    """As the window looks around by itself now and then."""
    interior = shown.window.interior
    assert interior.alarm is not None
    seen: list[Health] = []
    interior.desk.ask(interior, lambda services: services.health.now(), seen.append, pytest.fail)
    shown.wait(lambda: bool(seen))
    interior.alarm.see(seen[0])
    return seen[0]


def test_r24_what_stops_out_of_sight_is_told_once_and_a_click_leads_to_it(
    shown: Shown, house: House, fake_clock: FakeClock
) -> None:
    first, second, third = active(house, 3)
    icon = toast(shown)
    look(shown)
    shown.window.showMinimized()
    look(shown)
    assert told(shown) == "", "what stood there when the window opened is no news"

    stop(house.store, first, fake_clock.now, "EX-MBX-06")
    look(shown)
    assert told(shown).startswith("1 postilaatikon synkronointi pysähtyi. ")
    assert told(shown).endswith("Katso Häiriöt-näkymästä, mitä tehdä.")
    icon.put_away()
    stop(house.store, second, fake_clock.now, "EX-MBX-06")
    look(shown)
    assert told(shown) == "", "the same cause is told once"

    stop(house.store, third, fake_clock.now, "EX-MBX-05")
    look(shown)
    assert told(shown) != ""
    assert icon.icon is not None
    icon.icon.messageClicked.emit()
    assert not shown.window.isMinimized()
    screen = shown.window.interior.screens.troubles
    assert shown.window.interior.screens.currentWidget() is screen
    shown.wait(lambda: shown.window.focusWidget() is screen.cause_view)
    assert told(shown) == ""


def test_who_looks_at_the_window_sees_it_himself(shown: Shown, house: House, fake_clock: FakeClock) -> None:
    toast(shown)
    look(shown)
    shown.window.activateWindow()
    shown.wait(lambda: QApplication.activeWindow() is shown.window)
    stop(house.store, active(house, 1)[0], fake_clock.now, "EX-MBX-06")
    look(shown)
    assert told(shown) == ""
    shown.window.showMinimized()
    look(shown)
    assert told(shown) == "", "it stood there when he turned away"


def test_notifications_are_switched_off_in_the_settings_of_the_window(
    shown: Shown, house: House, fake_clock: FakeClock
) -> None:
    preferences = shown.window.interior.screens.preferences
    assert preferences.toasts.isChecked()
    preferences.toasts.setChecked(False)
    toast(shown)
    look(shown)
    shown.window.showMinimized()
    stop(house.store, active(house, 1)[0], fake_clock.now, "EX-MBX-06")
    look(shown)
    assert told(shown) == ""


def test_a_connection_that_is_shut_and_silent_mailboxes_are_told_in_words(
    shown: Shown, house: House, fake_clock: FakeClock
) -> None:
    assert isinstance(shown.window.interior.alarm, NewTroubles)
    toast(shown)
    look(shown)
    shown.window.showMinimized()
    silence(house.store, active(house, 2), fake_clock)
    health = look(shown)
    assert health.silent == 2
    assert "2 postilaatikkoa ei ole synkronoitunut pitkään aikaan." in told(shown)
    refused = "EX-AUTH-01"
    block(house.store, refused, fake_clock)
    look(shown)
    assert explain(refused, {}, "fi").message.split(".")[0][:20] in told(shown)


def silence(store: Store, ids: list[int], clock: FakeClock) -> None:
    for one in ids:
        old = clock.now - timedelta(hours=40)
        change(store, one, last_synced_at=old, next_run_at=clock.now - timedelta(hours=3), failing_since=None)


def block(store: Store, code: str, clock: FakeClock) -> None:
    with store.write() as session:
        for row in session.scalars(select(Connection)):
            row.blocked_code, row.blocked_since, row.blocked_until = code, clock.now, None
