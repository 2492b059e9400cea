"""R24: what waits for an admin, decided in the window, by mouse and by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QMessageBox
from sqlalchemy import select

from tests.clock import FakeClock
from tests.services.scenes import change, stop
from tests.ui.conftest import House, Shown
from tests.ui.held_back import HELD, contest, hold
from tests.ui.people import sample
from tests.ui.still_engine import StillEngine
from tests.ui.test_accessible import cut, nameless
from vfadmin.models import Audit, Pair
from vfadmin.sync import lease
from vfadmin.ui.translations import Speaker
from vfadmin.ui.troubles.deciding import TRIES
from vfadmin.ui.troubles.held_page import HeldPage
from vfadmin.ui.troubles.held_tables import EventColumn, MailboxColumn
from vfadmin.ui.troubles.screen import TroublesScreen

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def engine() -> StillEngine:
    return StillEngine()


@pytest.fixture
def calm(make_house: Callable[..., House]) -> House:
    """Nobody is stopped or delayed."""
    return make_house([one for one in sample(60) if one.state == "active" and not one.delayed])


@pytest.fixture
def person(calm: House, fake_clock: FakeClock) -> int:
    """Somebody of whose 12 events 7 were deleted in Outlook and are held; an eighth does not succeed."""
    person_id = next(one.id for one in calm.people if not one.waiting)
    for one in calm.people:
        change(calm.store, one.id, waiting=0, last_synced_at=fake_clock(), next_run_at=fake_clock())
    hold(calm.store, person_id, fake_clock())
    return person_id


def opened(shown: Shown) -> TroublesScreen:
    """The screen, once it shows what waits."""
    QTest.keyClick(shown.window, Qt.Key.Key_2, CTRL)
    screen = shown.window.interior.screens.troubles
    shown.wait(lambda: len(screen.held.events.events) == HELD + 1)
    return screen


def question(shown: Shown) -> QMessageBox:
    page = shown.window.interior.screens.troubles.held
    shown.wait(lambda: any(one.isVisible() for one in page.findChildren(QMessageBox)))
    (box,) = [one for one in page.findChildren(QMessageBox) if one.isVisible()]
    return box


def agree(shown: Shown, verb: str) -> None:
    box = question(shown)
    (button,) = [one for one in box.buttons() if one.text().replace("&", "") == verb]
    button.click()
    page = shown.window.interior.screens.troubles.held
    shown.wait(lambda: not page.busy and bool(page.bar.message))


def decisions(house: House) -> dict[str, str | None]:
    with house.store.read() as session:
        return {pair.key: pair.decision for pair in session.scalars(select(Pair).order_by(Pair.id))}


def labels(page: HeldPage) -> list[str]:
    return [button.text() for button in page.buttons.values()]


def test_r24_what_waits_is_one_list_with_its_decisions(
    show: Callable[..., Shown], calm: House, person: int, engine: StillEngine
) -> None:
    shown = show(calm.services, engine=engine)
    screen = opened(shown)
    page = screen.held
    assert page.isVisible()
    assert screen.tabs.tabText(1) == "Odottaa päätöstä (1)"
    assert page.mailboxes.index(0, MailboxColumn.DELETIONS).data() == "[7/5]"
    assert page.mailboxes.index(0, MailboxColumn.OTHERS).data() == "1"
    assert page.events.index(0, EventColumn.TITLE).data() == "Palaveri 00"
    assert page.events.index(0, EventColumn.WHAT).data() == "Odottaa poistoa (ValueFrame)"
    assert labels(page) == [
        "Käsittele kaikki (8)…", "Ohita kaikki (8)…", "Palauta kaikki tapahtumat (7)…"
    ]  # fmt: skip
    page.buttons["process"].click()
    box = question(shown)
    assert box.text() == "Käsitelläänkö 8 tapahtumaa?"
    assert "ValueFramesta 7, Exchangesta 0" in box.informativeText()
    assert "Palaveri 00" in box.informativeText()
    box.reject()
    assert set(decisions(calm).values()) == {None}
    page.buttons["process"].click()
    agree(shown, "Käsittele")
    assert page.bar.message == "Seuraava synkronointi käsittelee 8 tapahtumaa."
    said = decisions(calm)
    assert [said[f"pari-{number}"] for number in range(12)] == ["process"] * HELD + [None] * 5
    assert engine.asked[-1] == (person,)
    shown.wait(lambda: page.events.index(0, EventColumn.WHY).data() == "Seuraava synkronointi käsittelee")
    with calm.store.read() as session:
        (row,) = session.scalars(select(Audit).where(Audit.action.like("held.%"))).all()
    assert (row.action, row.subject) == ("held.process", f"person:{person}")


def test_r24_by_keyboard_alone_one_event_is_skipped_and_one_restored(
    show: Callable[..., Shown], calm: House, person: int
) -> None:
    assert person
    shown = show(calm.services)
    page = opened(shown).held
    page.mailbox_view.setFocus()
    for wanted in (*page.buttons.values(), page.diagnosis, page.event_view):
        QTest.keyClick(shown.window.focusWidget(), Qt.Key.Key_Tab)
        assert shown.window.focusWidget() is wanted
    page.event_view.go_to(0)
    assert labels(page)[1] == "Ohita valitut (1)…"
    QTest.keyClick(shown.window, Qt.Key.Key_O, CTRL | SHIFT)
    box = question(shown)
    assert box.text() == "Jätetäänkö 1 tapahtuma ennalleen?"
    QTest.keyClick(box, Qt.Key.Key_Escape)
    shown.window.activateWindow()
    shown.wait(shown.window.isActiveWindow)
    QTest.keyClick(shown.window, Qt.Key.Key_O, CTRL | SHIFT)
    agree(shown, "Ohita")
    shown.wait(lambda: len(page.events.events) == HELD)
    shown.window.activateWindow()
    shown.wait(shown.window.isActiveWindow)
    page.event_view.go_to(0)
    QTest.keyClick(shown.window, Qt.Key.Key_T, CTRL | SHIFT)
    agree(shown, "Palauta tapahtumat")
    said = decisions(calm)
    assert (said["pari-0"], said["pari-1"], said["pari-2"]) == ("skip", "restore", None)


def test_r24_what_cannot_be_decided_so_says_why(show: Callable[..., Shown], calm: House, person: int) -> None:
    assert person
    page = opened(show(calm.services)).held
    page.event_view.go_to(HELD)
    restore = page.buttons["restore"]
    assert not restore.isEnabled()
    assert restore.toolTip() == "Palauttaa voi vain henkilön oman tapahtuman, jonka poisto odottaa."
    assert restore.accessibleDescription() == restore.toolTip()
    assert page.buttons["process"].isEnabled()
    assert page.buttons["process"].toolTip().startswith("Käsittele päätöstä odottavat (Ctrl+")


def busy_page(shown: Shown, house: House, person: int, now: datetime) -> tuple[HeldPage, lease.Lease]:
    """The page, once its decision waits for a mailbox at work."""
    page = opened(shown).held
    page.deciding.wait.setInterval(0)
    with house.store.write() as session:
        return page, lease.acquire(session, person, "toinen", now)


def test_r24_a_mailbox_at_work_is_waited_for_and_then_refuses_row_by_row(
    show: Callable[..., Shown], calm: House, person: int, fake_clock: FakeClock
) -> None:
    shown = show(calm.services)
    page, _ = busy_page(shown, calm, person, fake_clock())
    told: list[str] = []
    page.working.connect(lambda text, _done, _total: told.append(text))
    page.buttons["skip"].click()
    agree(shown, "Ohita")
    assert told.count("Odotetaan postilaatikon vapautumista…") >= TRIES
    assert told[-1] == ""
    assert page.bar.tone == "warn"
    assert page.bar.message.startswith("8 päätöstä ei tallennettu.")
    assert "vapautunut odotettaessa" in page.events.index(0, EventColumn.WHY).data()
    assert set(decisions(calm).values()) == {None}


def test_r24_a_word_is_stored_once_the_mailbox_is_free(
    show: Callable[..., Shown], calm: House, person: int, fake_clock: FakeClock
) -> None:
    shown = show(calm.services)
    page, at_work = busy_page(shown, calm, person, fake_clock())

    def let_go() -> None:
        page.deciding.wait.timeout.disconnect(let_go)
        with calm.store.write() as session:
            lease.release(session, at_work)

    page.deciding.wait.timeout.connect(let_go)
    page.buttons["process"].click()
    agree(shown, "Käsittele")
    assert page.bar.message == "Seuraava synkronointi käsittelee 8 tapahtumaa."


def test_r24_waiting_for_a_mailbox_is_stopped_at_once(
    show: Callable[..., Shown], calm: House, person: int, fake_clock: FakeClock
) -> None:
    shown = show(calm.services)
    page, _ = busy_page(shown, calm, person, fake_clock())
    page.deciding.wait.setInterval(3_600_000)
    page.buttons["skip"].click()
    box = question(shown)
    next(one for one in box.buttons() if one.text().replace("&", "") == "Ohita").click()
    shown.wait(page.deciding.wait.isActive)
    assert shown.window.interior.screens.cancel()
    shown.wait(lambda: not page.busy)
    assert page.bar.message.startswith("8 päätöstä ei tallennettu.")
    assert not shown.window.interior.screens.cancel()


@pytest.fixture
def contested(calm: House, fake_clock: FakeClock) -> int:
    """Somebody of whose events two were edited on both sides; nothing else waits."""
    for one in calm.people:
        change(calm.store, one.id, waiting=0, last_synced_at=fake_clock(), next_run_at=fake_clock())
    contest(calm.store, calm.people[0].id, fake_clock())
    return calm.people[0].id


def looked_at(shown: Shown) -> HeldPage:
    """The page of what waits, once it shows two conflicts."""
    shown.window.interior.navigation.go("troubles")
    screen = shown.window.interior.screens.troubles
    shown.wait(screen.tabs.isVisible)
    assert not screen.held.isVisible(), "conflicts do not take the place of the word that all is well"
    screen.tabs.setCurrentIndex(1)
    shown.wait(lambda: len(screen.held.events.events) == 2)
    return screen.held


def test_r24_settled_conflicts_are_in_the_list_and_let_stand(
    show: Callable[..., Shown], calm: House, contested: int, engine: StillEngine
) -> None:
    shown = show(calm.services, engine=engine)
    page = looked_at(shown)
    assert page.mailboxes.index(0, MailboxColumn.CONFLICTS).data() == "2"
    assert page.mailboxes.index(0, MailboxColumn.DELETIONS).data() == ""
    assert page.events.index(0, EventColumn.TITLE).data() == "Katselmus 00"
    assert page.events.index(0, EventColumn.WHAT).data() == "Ristiriita: Exchange hävisi"
    assert page.events.index(0, EventColumn.WHY).data() == "Muuttui molemmilla puolilla: Paikka"
    assert labels(page)[1] == "Jätä voimaan (2)…"
    assert not page.buttons["process"].isEnabled()
    assert not page.buttons["restore"].isEnabled()
    assert page.buttons["restore"].toolTip().startswith("Valitse yksi ristiriita")
    asked = len(engine.asked)
    page.buttons["skip"].click()
    assert question(shown).text() == "Jätetäänkö 2 ristiriidan ratkaisu voimaan?"
    agree(shown, "Jätä voimaan")
    assert page.bar.message == "2 ristiriidan ratkaisu jäi voimaan."
    shown.wait(lambda: not page.mailboxes.mailboxes)
    assert len(engine.asked) == asked, "there is nothing for a sync to do"
    with calm.store.read() as session:
        (row,) = session.scalars(select(Audit).where(Audit.action.like("held.%"))).all()
    assert (row.action, row.subject) == ("held.skip", f"person:{contested}")


def test_r24_the_loser_of_one_conflict_is_restored_after_its_own_preview(
    show: Callable[..., Shown], calm: House, contested: int
) -> None:
    assert contested
    page = looked_at(show(calm.services))
    page.event_view.go_to(1)
    assert labels(page)[2] == "Palauta häviäjä…"
    page.buttons["restore"].click()
    dialog = page.dialog
    assert dialog is not None
    assert dialog.windowTitle() == "Hävinneen sisällön palautus"
    assert dialog._target.operation == page.events.events[1].operation
    page.buttons["restore"].click()
    assert page.dialog is not dialog, "one preview at a time"
    assert page.dialog is not None
    page.dialog.reject()
    assert len(page.events.events) == 2


def test_r30_another_mailbox_is_accepted_only_after_its_own_preview(
    show: Callable[..., Shown], calm: House, fake_clock: FakeClock
) -> None:
    moved = calm.people[0].id
    stop(calm.store, moved, fake_clock(), "EX-MBX-07")
    shown = show(calm.services)
    shown.window.interior.navigation.go("troubles")
    screen = shown.window.interior.screens.troubles
    shown.wait(screen.tabs.isVisible)
    assert not screen.held.isVisible(), "what is stuck is shown first"
    screen.tabs.setCurrentIndex(1)
    shown.wait(lambda: len(screen.held.events.events) == 1)
    screen.held.buttons["process"].click()
    (box,) = [one for one in screen.findChildren(QMessageBox) if one.isVisible()]
    assert "eri postilaatikko" in box.text()
    box.reject()
    assert calm.services.directory.person(moved).state == "error"


def test_it_reads_aloud_and_nothing_is_cut(
    show: Callable[..., Shown], calm: House, person: int, speaker: Speaker
) -> None:
    assert person
    shown = show(calm.services)
    screen = opened(shown)
    assert nameless(shown.window) == []
    assert cut(screen) == []
    QAbstractItemModelTester(screen.held.mailboxes)
    QAbstractItemModelTester(screen.held.events)
    speaker.speak("en")
    shown.wait(lambda: labels(screen.held)[0] == "Process all (8)…")
    assert screen.tabs.tabText(1) == "Waiting for a decision (1)"
    shown.wait(lambda: cut(screen) == [])
