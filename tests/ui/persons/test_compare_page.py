"""Both calendars side by side in the person's form, read from a server over a real socket (R24, R28)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.services.company import Company, running_company
from tests.strategies import plain
from tests.ui.persons.inspected import HERS, Inspected, inspecting, set_apart
from vfadmin.services.comparison import ComparedCalendars, StoppedError
from vfadmin.services.progress import Progress
from vfadmin.simulator import FaultRule
from vfadmin.ui.persons.compare_page import ComparePage
from vfadmin.ui.persons.compare_table import Column, FieldColumn
from vfadmin.ui.translations import Speaker
from vfadmin.ui.widgets import unbroken

COPY = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    """One mailbox in step: two events from either side."""
    with running_company(tmp_path, 1, 4) as company:
        company.clock.advance(timedelta(minutes=5))
        yield company


@pytest.fixture
def desk(company: Company, tmp_path: Path, qtbot: QtBot, speaker: Speaker) -> Iterator[Inspected]:
    del speaker
    set_apart(company)
    with inspecting(company, tmp_path, qtbot) as opened:
        yield opened


def cells(page: ComparePage) -> list[list[str]]:
    return [
        [str(page.model.index(row, column).data()) for column in Column if column != Column.WHEN]
        for row in range(page.model.rowCount())
    ]


def choose(page: ComparePage, group: str) -> None:
    page.filters.chips[group].click()


def test_r28_both_calendars_are_shown_with_what_differs_and_how_it_will_be_resolved(desk: Inspected) -> None:
    page = desk.compared()
    assert {group: chip.accessibleName() for group, chip in page.filters.chips.items()} == {
        "": "Kaikki 6",
        "differing": "Eroaa 1",
        "only_valueframe": "Vain ValueFramessa 1",
        "only_exchange": "Vain Exchangessa 1",
        "equal": "Samat 3",
        "unreadable": "Ei luettu 0",
    }
    assert page.filters.group == "differing"
    assert cells(page) == [["Eroaa: paikka", "VF 0 · Turku", "VF 0", "Viedään Exchangeen: paikka"]]
    choose(page, "only_valueframe")
    assert cells(page) == [["Vain ValueFramessa", "Uusi ValueFramessa", "", "Lisätään Exchangeen"]]
    choose(page, "only_exchange")
    assert cells(page) == [["Vain Exchangessa", "", "Uusi Outlookissa", "Lisätään ValueFrameen"]]
    choose(page, "")
    assert len(cells(page)) == 6
    page.filters.text.setText("outlook 0")
    desk.wait(lambda: page.model.rowCount() == 1)
    assert cells(page)[0] == ["Sama", "Outlook 0", "Outlook 0", "Ei tehtävää"]
    page.filters.text.setText("ei tällaista")
    desk.wait(lambda: page.model.rowCount() == 0)
    assert page.none.text() == "Mikään tapahtuma ei vastaa rajauksia."
    assert not page.copy.isEnabled()


def test_r28_what_differs_in_an_event_is_marked_by_word_and_shape(
    desk: Inspected,
) -> None:
    page = desk.compared()
    QAbstractItemModelTester(page.model)
    QAbstractItemModelTester(page.fields)
    told = [str(page.fields.index(0, column).data()) for column in FieldColumn]
    assert told == ["Paikka: eroaa", "Turku", "-", "Turku"]
    assert page.fields.index(0, 0).data(Qt.ItemDataRole.DecorationRole) is not None
    assert page.fields.index(1, 0).data(Qt.ItemDataRole.DecorationRole) is None
    assert page.told.text() == "Viedään Exchangeen: paikka. Seuraava synkronointi tekee tämän."
    heard = page.view.model().index(0, Column.MARK).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "Ero: Eroaa: paikka"


def test_r28_what_was_foretold_is_what_the_next_sync_does(desk: Inspected) -> None:
    page = desk.compared()
    desk.company.sync()
    page.refresh.click()
    desk.wait(lambda: page._found is not None and page._found.counts["equal"] == 6)
    assert page.filters.chips["differing"].accessibleName() == "Eroaa 0"
    assert "mitään ei kirjoitettu" in page.when.text()


def test_rows_are_copied_as_text_by_key_and_by_button(desk: Inspected) -> None:
    page = desk.compared()
    choose(page, "")
    page.view.selectAll()
    QTest.keyClick(page.view, Qt.Key.Key_C, COPY)
    lines = QApplication.clipboard().text().splitlines()
    assert len(lines) == 6
    assert all(line.count("\t") == 4 for line in lines)
    choose(page, "differing")
    page.view.selectionModel().select(
        page.model.index(0, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    page.copy.click()
    assert "Paikka: eroaa\tTurku\t-\tTurku" in QApplication.clipboard().text()
    assert page.when.text() == "1 rivi kopioitiin."


def test_r24_an_exchange_out_of_reach_is_told_and_valueframe_stays_usable(
    desk: Inspected,
) -> None:
    simulator = desk.company.simulator
    simulator.set_faults([FaultRule(status=503, times=None)])
    page = desk.compared()
    assert page.bar.message
    assert "EX-BUSY-02" in unbroken(page.bar._remedy.text())
    assert [row[0] for row in cells(page)] == ["Ei luettu"] * 5
    form = desk.form()
    form.calendars.one.click()
    events = form.events
    desk.wait(lambda: events.model.rowCount() > 0)
    desk.company.services.events.add(
        {
            "owner": HERS,
            "title": "Meanwhile",
            "start": plain("x", days=2).when.start.isoformat(),
            "end": plain("x", days=2).when.end.isoformat(),
        }
    )
    assert events.add.isEnabled()
    simulator.set_faults([])
    form.calendars.both.click()
    page.bar._retry.click()
    desk.wait(lambda: page._found is not None and page._found.calendars.failure is None)
    assert page.filters.chips["unreadable"].isHidden()
    assert page.bar.message == ""


def test_what_is_stored_in_the_form_makes_the_comparison_stale(desk: Inspected) -> None:
    page = desk.compared()
    desk.form().events.changed.emit()
    assert "päivitä" in page.when.text()


class Endless:
    """In the place of the service: reads until it is told to stop."""

    def __init__(self) -> None:
        self.begun, self.ended = threading.Event(), threading.Event()

    def compare(self, _person: int, progress: Progress) -> ComparedCalendars:
        progress.total, progress.done = 5_000, 400
        self.begun.set()
        while not progress.cancelled:
            self.ended.wait(0.01)
        self.ended.set()
        raise StoppedError


def test_reading_tells_how_far_it_is_and_is_stopped_at_once(
    desk: Inspected, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless: Any = Endless()
    monkeypatch.setattr(
        type(desk.company.services.comparisons), "compare", lambda _, *given: endless.compare(*given)
    )
    form = desk.form()
    form.tabs.setCurrentWidget(form.calendars)
    form.calendars.both.click()
    page = form.calendars.compare
    desk.wait(
        lambda: page.when.text() == "Luetaan molempia kalentereita: 400 / 5\N{NO-BREAK SPACE}000 tapahtumaa"
    )
    assert page.progress.value() == 400
    page.cancel.click()
    assert not page.progress.isVisible()
    assert page.none.text() == "Lukeminen keskeytettiin. Päivitä aloittaa alusta."
    desk.wait(endless.ended.is_set)
    page.refresh.click()
    endless.ended.clear()
    desk.wait(lambda: page.reader.busy)
    form.reject()
    desk.wait(endless.ended.is_set)
