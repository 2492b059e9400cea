"""What the form's history does: a run is undone, what lost a conflict comes back, texts are removed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QTreeWidgetItem
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.services.company import Company, address, running_company
from tests.ui.persons.inspected import HERS, Inspected, inspecting, set_apart
from tests.ui.stage import SMALL
from tests.ui.test_accessible import cut, letters, nameless
from vfadmin.models import CalendarEvent
from vfadmin.services.run_undo import RunUndo
from vfadmin.services.synchronise import RunUndone
from vfadmin.simulator import FaultRule
from vfadmin.ui.persons.history_tab import HistoryTab
from vfadmin.ui.persons.undo_dialog import UndoDialog
from vfadmin.ui.persons.undo_table import Column
from vfadmin.ui.translations import Speaker
from vfadmin.ui.widgets import unbroken


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    """One mailbox in step."""
    with running_company(tmp_path, 1, 2) as company:
        yield company


@pytest.fixture
def look_in(
    company: Company, tmp_path: Path, qtbot: QtBot, speaker: Speaker
) -> Iterator[Callable[[], Inspected]]:
    """Opens the window, once the company is as the test wants it."""
    del speaker
    opened: list[object] = []

    def look() -> Inspected:
        manager = inspecting(company, tmp_path, qtbot)
        opened.append(manager)
        return manager.__enter__()

    yield look
    for one in opened:
        one.__exit__(None, None, None)  # type: ignore[attr-defined]  # a context manager


def history(opened: Inspected) -> HistoryTab:
    """The history of the person, read."""
    form = opened.form()
    form.tabs.setCurrentWidget(form.history)
    opened.wait(lambda: form.history.tree.topLevelItemCount() > 0)
    return form.history


def first(tab: HistoryTab) -> QTreeWidgetItem:
    found = tab.tree.topLevelItem(0)
    assert found is not None
    return found


def undoing(opened: Inspected, tab: HistoryTab) -> UndoDialog:
    """The dialog, once it knows what it would do."""
    dialog = tab.dialog
    assert dialog is not None
    opened.wait(lambda: not dialog.busy)
    return dialog


def asked_to_undo(opened: Inspected) -> tuple[Inspected, UndoDialog]:
    """The window, and the undo of the newest run."""
    tab = history(opened)
    opened.wait(tab.actions_row.undo.isEnabled)
    tab.actions_row.undo.click()
    return opened, undoing(opened, tab)


def rows(dialog: UndoDialog) -> dict[str, tuple[str, str]]:
    """What becomes of each event, and why, by the beginning of its title."""
    model = dialog.model
    return {
        model.text(place, Column.EVENT).split(",")[0]: (
            model.text(place, Column.BECOMES),
            model.text(place, Column.WHY),
        )
        for place in range(model.rowCount())
    }


def in_valueframe(company: Company) -> list[tuple[str, str | None]]:
    live = select(CalendarEvent.title, CalendarEvent.location).where(CalendarEvent.deleted_at.is_(None))
    with company.store.read() as session:
        return sorted((title, location) for title, location in session.execute(live))


def in_outlook(company: Company) -> list[tuple[str, str]]:
    items = company.simulator.outlook(address(HERS)).items()
    return sorted((item.subject, item.location or "") for item in items)


def event(company: Company, title: str) -> int:
    with company.store.read() as session:
        return session.scalars(select(CalendarEvent.id).where(CalendarEvent.title == title)).one()


def edit_in_outlook(company: Company, title: str, location: str) -> None:
    user = company.simulator.outlook(address(HERS))
    user.edit(next(item.id for item in user.items() if item.subject == title), location=location)


def test_r24_a_run_is_undone_from_its_preview_by_keyboard_and_nobody_gets_mail(
    company: Company, look_in: Callable[[], Inspected]
) -> None:
    mine, theirs = in_valueframe(company), in_outlook(company)
    set_apart(company)
    edit_in_outlook(company, "Outlook 0", "Asema")
    company.sync()
    after = in_valueframe(company), in_outlook(company)
    opened = look_in()
    tab = history(opened)
    opened.wait(tab.actions_row.undo.isEnabled)
    tab.actions_row.undo.setFocus()
    QTest.keyClick(tab.actions_row.undo, Qt.Key.Key_Space)
    dialog = undoing(opened, tab)
    assert rows(dialog) == {
        "VF 0": ("Entinen sisältö palautetaan", ""),
        "Outlook 0": ("Entinen sisältö palautetaan", ""),
        "Uusi ValueFramessa": ("Kopio poistetaan Exchangesta", ""),
        "Uusi Outlookissa": ("Kopio poistetaan ValueFramesta", ""),
    }
    assert dialog.how_far.text() == "Palautuu: 4. Palautettu jo: 0. Jää ennalleen: 0."
    place = list(rows(dialog)).index("VF 0")
    dialog.view.go_to(place)
    assert "Paikka: Turku → -" in dialog.detail.text()
    assert (in_valueframe(company), in_outlook(company)) == after, "a preview writes nothing (R28)"
    assert dialog.undo.text() == "&Kumoa (4)"
    company.simulator.outbox.clear()
    QTest.keyClick(dialog.view, Qt.Key.Key_Return)
    assert not dialog.busy, "Enter in the list undoes nothing"
    dialog.undo.setFocus()
    QTest.keyClick(dialog.undo, Qt.Key.Key_Space)
    opened.wait(lambda: bool(dialog.bar.message))
    assert dialog.bar.message == "4 tapahtumaa on nyt kuten ennen ajoa."
    assert rows(dialog)["VF 0"] == ("Entinen sisältö palautettiin", "")
    assert not dialog.undo.isEnabled()
    assert in_valueframe(company) == sorted([*mine, ("Uusi ValueFramessa", "")])
    assert in_outlook(company) == sorted([*theirs, ("Uusi Outlookissa", "")])
    opened.wait(lambda: "poistettu" in first(tab).text(1))
    assert company.sync()[:3] == (0, 0, 0)
    assert company.simulator.outbox == []
    QTest.keyClick(dialog.view, Qt.Key.Key_Escape)
    opened.wait(lambda: tab.dialog is None)


def test_a_preview_is_stopped_while_it_is_read_and_read_again(
    company: Company, look_in: Callable[[], Inspected], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_apart(company)
    company.sync()
    begun, preview = threading.Event(), RunUndo.preview

    def slow(self: RunUndo, run: int, operation: int | None, stopping: Callable[[], bool]) -> RunUndone:
        """As by a server that takes its time until somebody gives up."""
        begun.set()
        while not stopping():
            threading.Event().wait(0.01)
        return preview(self, run, operation, stopping)

    opened = look_in()
    tab = history(opened)
    opened.wait(tab.actions_row.undo.isEnabled)
    with monkeypatch.context() as patch:
        patch.setattr(RunUndo, "preview", slow)
        tab.actions_row.undo.click()
        opened.wait(begun.is_set)
        dialog = tab.dialog
        assert dialog is not None
        assert dialog.cancel.isVisible()
        assert not dialog.undo.isEnabled()
        dialog.cancel.click()
        assert not dialog.cancel.isEnabled()
        opened.wait(lambda: not dialog.busy)
    assert dialog.bar.message == "Lukeminen lopetettiin. Lue uudelleen, niin näet, mitä palautuisi."
    assert not dialog.cancel.isVisible()
    dialog.again.click()
    opened.wait(lambda: not dialog.busy)
    assert dialog.undo.isEnabled()
    dialog.reject()


def test_r24_what_lost_a_conflict_is_shown_and_restored_alone(
    company: Company, look_in: Callable[[], Inspected]
) -> None:
    company.services.events.edit(event(company, "VF 0"), {"location": "Turku"})
    edit_in_outlook(company, "VF 0", "Piha")
    company.sync()
    (won,) = {place for title, place in in_outlook(company) if title == "VF 0"}
    lost = "Piha" if won == "Turku" else "Turku"
    opened = look_in()
    tab = history(opened)
    assert not tab.actions_row.restore.isEnabled()
    assert "molemmilla puolilla" in tab.actions_row.restore.toolTip()
    item = first(tab)
    item.setExpanded(True)
    opened.wait(lambda: item.child(0).data(0, int(Qt.ItemDataRole.UserRole)) is not None)
    tab.tree.setCurrentItem(item.child(0))
    tab.actions_row.restore.click()
    dialog = undoing(opened, tab)
    assert dialog.detail.text() == f"Paikka: {won} → {lost}"
    assert dialog.undo.text() == "&Palauta (1)"
    company.simulator.outbox.clear()
    dialog.undo.click()
    opened.wait(lambda: not dialog.busy)
    assert dialog.bar.tone == "good", dialog.bar.message
    assert dialog.bar.message == "Hävinnyt sisältö palautettiin 1 tapahtumaan."
    assert ("VF 0", lost) in in_valueframe(company)
    assert ("VF 0", lost) in in_outlook(company)
    assert company.sync()[:3] == (0, 0, 0)
    assert company.simulator.outbox == []


def test_r24_more_deletions_than_the_guard_lets_through_want_a_word(
    company: Company, look_in: Callable[[], Inspected]
) -> None:
    for number in range(7):
        company.add_in_valueframe(HERS, f"Uusi {number}", 3 + number)
    company.sync()
    opened, dialog = asked_to_undo(look_in())
    assert rows(dialog)["Uusi 0"] == ("Jää ennalleen", "poistosuoja: liikaa poistoja")
    assert not dialog.undo.isEnabled()
    assert dialog.undo.toolTip() == "Mitään ei voi nyt palauttaa; syyt ovat riveillä."
    assert dialog.mass.text() == "Poista &myös 7 kopiota, jotka poistosuoja pitää paikallaan"
    assert dialog.detail.text().endswith(": poistosuoja: liikaa poistoja")
    assert nameless(dialog) == []
    assert set(letters(dialog).values()) == {1}
    opened.wait(lambda: not cut(dialog))
    assert dialog.size().boundedTo(SMALL) == dialog.size()
    dialog.mass.click()
    dialog.undo.click()
    (question,) = dialog.findChildren(QMessageBox)
    assert question.text() == "Poistetaanko enemmän kuin poistosuoja sallii?"
    QTest.keyClick(question, Qt.Key.Key_Return)
    opened.wait(lambda: not dialog.findChildren(QMessageBox))
    assert len(in_outlook(company)) == 9, "Enter means no"
    dialog.undo.click()
    (question,) = dialog.findChildren(QMessageBox)
    next(one for one in question.buttons() if one.text() == "Kumoa ja poista").click()
    opened.wait(lambda: not dialog.busy)
    assert dialog.bar.tone == "good", dialog.bar.message
    assert [title for title, _ in in_outlook(company)] == ["Outlook 0", "VF 0"]


def test_r24_an_undo_is_stopped_and_says_in_each_row_what_it_did_not_reach(
    company: Company, look_in: Callable[[], Inspected]
) -> None:
    for number in range(4):
        company.add_in_valueframe(HERS, f"Uusi {number}", 3 + number)
    company.sync()
    opened, dialog = asked_to_undo(look_in())
    dialog.undo.click()
    dialog.reject()
    assert dialog.isVisible(), "it stays until what came of it can be seen"
    opened.wait(lambda: not dialog.busy)
    assert "Keskeytetty ennen loppuja." in dialog.bar.message
    assert ("Ei ehditty: jäi ennalleen", "") in rows(dialog).values()
    dialog.read()
    opened.wait(lambda: not dialog.busy)
    dialog.undo.click()
    opened.wait(lambda: not dialog.busy)
    assert dialog.bar.tone == "good", dialog.bar.message
    assert [title for title, _ in in_outlook(company)] == ["Outlook 0", "VF 0"]


def test_what_cannot_be_undone_now_says_why_with_its_code(
    company: Company, look_in: Callable[[], Inspected]
) -> None:
    set_apart(company)
    company.sync()
    opened = look_in()
    tab = history(opened)
    undo = tab.actions_row.undo
    opened.wait(undo.isEnabled)
    company.services.settings.set_paused(True)
    tab.refresh.click()
    opened.wait(lambda: "VF-PAUSE-01" in undo.toolTip())
    assert not undo.isEnabled()
    company.services.settings.set_paused(False)
    company.services.settings.set_module(False)
    tab.refresh.click()
    opened.wait(lambda: "VF-MODULE-01" in undo.toolTip())
    assert not undo.isEnabled()
    company.services.settings.set_module(True)
    tab.refresh.click()
    opened.wait(undo.isEnabled)
    company.simulator.set_faults([FaultRule(status=401, times=None)])
    undo.click()
    dialog = undoing(opened, tab)
    assert dialog.bar.tone == "bad"
    assert "EX-AUTH-01" in unbroken(dialog.bar._remedy.text())
    assert not dialog.undo.isEnabled()


def test_r31_texts_are_removed_from_the_history_once_it_was_said_twice(
    company: Company, look_in: Callable[[], Inspected]
) -> None:
    set_apart(company)
    company.sync()
    opened = look_in()
    tab = history(opened)
    texts = company.services.forget_texts
    count = texts.count(HERS)
    assert count > 0
    tab.actions_row.forget.click()
    opened.wait(lambda: bool(tab.findChildren(QMessageBox)))
    (question,) = tab.findChildren(QMessageBox)
    assert f"{count} toimenpiteestä" in question.informativeText()
    assert texts.count(HERS) == count
    next(one for one in question.buttons() if one.text() == "Poista tekstit").click()
    opened.wait(lambda: tab.bar.tone == "good")
    assert tab.bar.message == f"{count} toimenpiteen tekstit poistettiin."
    assert texts.count(HERS) == 0
    opened.wait(tab.actions_row.undo.isEnabled)
    tab.actions_row.undo.click()
    dialog = undoing(opened, tab)
    assert {why for _, why in rows(dialog).values()} == {"historiassa ei ole sen entistä sisältöä"}
    dialog.reject()
    opened.wait(lambda: not tab.findChildren(QMessageBox))
    tab.actions_row.forget.click()
    opened.wait(lambda: tab.bar.message == "Tässä historiassa ei ole tekstejä.")


def test_whoever_closes_the_form_ends_the_undo_and_both_calendars_stay_whole(
    company: Company, look_in: Callable[[], Inspected]
) -> None:
    for number in range(4):
        company.add_in_valueframe(HERS, f"Uusi {number}", 3 + number)
    company.sync()
    opened, dialog = asked_to_undo(look_in())
    runs = company.services.history.runs
    before = len(runs(HERS))
    dialog.undo.click()
    job = dialog._job
    assert job is not None
    opened.form().reject()
    assert job.cancelled
    opened.wait(lambda: not opened.screen.forms.open_ones)
    opened.wait(lambda: len(runs(HERS)) > before and runs(HERS)[0].finished is not None)
    assert company.sync()[:3] == (0, 0, 0)
    kept = {title for title, _ in in_valueframe(company)}
    assert kept == {"VF 0", "Outlook 0", *(f"Uusi {number}" for number in range(4))}
