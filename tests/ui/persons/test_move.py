"""Moving mailboxes to Graph and back from the window, over both protocols of a real server (R5, R29)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select, update

from tests.services.company import Company, address, running_company
from tests.ui.conftest import Shown
from tests.ui.persons.test_work import press
from vfadmin.models import Audit, Connection, Integration
from vfadmin.ui.actions import SPECS
from vfadmin.ui.persons.move import MoveDialog
from vfadmin.ui.persons.move_table import Column, MoveLine, Stage
from vfadmin.ui.translations import Speaker
from vfadmin.ui.widgets import unbroken

PERSONS, EVENTS = 4, 6


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    folder = tmp_path / "company"
    folder.mkdir()
    with running_company(folder, PERSONS, EVENTS) as company:
        yield company


@pytest.fixture
def window(company: Company, show: Callable[..., Shown]) -> Shown:
    shown = show(company.services, rows=PERSONS)
    shown.wait(lambda: shown.screen.surroundings.protocols is not None)
    return shown


def opened(shown: Shown, ids: list[int], key: str = "to-graph") -> MoveDialog:
    shown.screen.view.select_ids(ids, ids[0])
    shown.screen.act(key)
    dialog = shown.screen.moves.dialog
    assert dialog is not None
    shown.wait(lambda: bool(dialog.model.lines) and not dialog.busy)
    return dialog


def line(dialog: MoveDialog, person: int) -> MoveLine:
    return next(one for one in dialog.model.lines if one.row.id == person)


def stages(dialog: MoveDialog) -> list[Stage]:
    return [one.stage for one in dialog.model.lines]


def connections(company: Company) -> dict[int, str | None]:
    with company.store.read() as session:
        found = session.execute(select(Integration.person_id, Integration.connection))
        return {row.person_id: row.connection for row in found}


def moved(shown: Shown, dialog: MoveDialog) -> None:
    dialog.move_marked.click()
    shown.wait(lambda: not dialog.busy)


def test_r29_the_preview_says_what_a_move_would_come_to_and_changes_nothing(
    company: Company, window: Shown
) -> None:
    before, ids = company.everything(), company.ids()
    dialog = opened(window, [1, 2, 3, 4])
    figures = [line(dialog, 1).figure(column) for column in dialog.model.figures]
    assert figures == [EVENTS, EVENTS, 0, 0]
    last = dialog.model.rowCount() - 1
    cells = [dialog.model.index(last, column).data() for column in Column]
    assert cells == ["Yhteensä", "24", "24", "0", "0", ""]
    assert "siirto luo 0, muuttaa 0 ja poistaa 0 tapahtumaa" in dialog.intro.text()
    assert dialog.how_far.text() == "Tapahtumia 24: tunnisteella löytyi 24, sisällöstä 0, puuttuu 0."
    assert dialog.move_marked.text() == "S&iirrä merkityt (4)"
    assert (company.everything(), company.ids()) == (before, ids)
    assert set(connections(company).values()) == {"ews"}
    dialog.reject()


def test_r5_marked_mailboxes_move_and_are_taken_back_with_every_event(
    company: Company, window: Shown
) -> None:
    before, ids = company.everything(), company.ids()
    dialog = opened(window, [1, 2, 3])
    dialog.model.tick([3], on=False)
    moved(window, dialog)
    assert stages(dialog) == [Stage.MOVED, Stage.MOVED, Stage.READ]
    assert dialog.bar.message == "2 postilaatikkoa käyttää nyt Graphia."
    assert window.screen.bar.message == dialog.bar.message
    assert connections(company) == {1: "graph", 2: "graph", 3: "ews", 4: "ews"}
    window.wait(lambda: window.row(1).protocol == "graph")
    with company.store.read() as session:
        trail = session.execute(select(Audit.subject, Audit.after).where(Audit.action == "integration.move"))
        assert [tuple(one) for one in trail] == [
            (f"person:{one}", {"connection": "graph", "pairs": EVENTS}) for one in (1, 2)
        ]
    assert dialog.undo.text() == "&Palauta (2)"
    dialog.undo.click()
    window.wait(lambda: not dialog.busy)
    assert stages(dialog) == [Stage.UNDONE, Stage.UNDONE, Stage.READ]
    assert dialog.bar.message == "2 postilaatikkoa käyttää nyt EWS:ää."
    assert dialog.undo.isHidden()
    assert (company.everything(), company.ids()) == (before, ids)
    assert set(connections(company).values()) == {"ews"}
    assert company.sync()[:3] == (0, 0, 0)
    assert company.simulator.outbox == []
    dialog.reject()


def test_a_mailbox_of_which_an_event_is_missing_says_why_and_cannot_be_marked(
    company: Company, window: Shown
) -> None:
    user = company.simulator.outlook(address(2))
    user.delete(next(item.id for item in user.items()))
    dialog = opened(window, [1, 2])
    lost = line(dialog, 2)
    assert lost.failure is not None
    assert (lost.failure.code, lost.figure(Column.MISSING), lost.ready) == ("VF-MOVE-01", 1, False)
    dialog.view.selectRow(1)
    assert "VF-MOVE-01" in unbroken(dialog.detail.text())
    moved(window, dialog)
    assert connections(company) == {1: "graph", 2: "ews", 3: "ews", 4: "ews"}
    company.sync()  # the deletion is known by now
    dialog.again.click()
    window.wait(lambda: line(dialog, 2).ready)
    dialog.reject()


def test_who_cannot_be_moved_is_told_and_who_is_there_already_is_left_out(
    company: Company, window: Shown
) -> None:
    company.synchronise.transfer([1], company.services.actor)
    company.services.activation.passivate([2])
    dialog = opened(window, [1, 2, 3])
    assert [one.row.id for one in dialog.model.lines] == [2, 3]
    resting = line(dialog, 2)
    assert resting.failure is not None
    assert resting.failure.code == "VF-STATE-01"
    assert "siirrä toiseen protokollaan" in dialog.model.explain(resting)
    assert "1 valituista on siellä jo, eikä sitä näytetä." in dialog.intro.text()
    assert dialog.model.ticked() == [3]
    dialog.reject()


def test_a_move_that_fails_later_keeps_its_row_and_can_be_tried_again(
    company: Company, window: Shown
) -> None:
    dialog = opened(window, [1, 2])
    user = company.simulator.outlook(address(1))
    user.delete(next(item.id for item in user.items()))
    moved(window, dialog)
    assert dialog.bar.message == "1 postilaatikko käyttää nyt Graphia. 1 ei siirtynyt; syy on rivillä."
    assert dialog.bar.tone == "warn"
    failed = line(dialog, 1)
    assert failed.failure is not None
    assert (failed.stage, failed.failure.code) == (Stage.READ, "VF-MOVE-01")
    assert connections(company) == {1: "ews", 2: "graph", 3: "ews", 4: "ews"}
    dialog.reject()


def test_a_stop_leaves_whole_mailboxes_and_a_window_that_is_shut_waits_for_the_one_in_hand(
    company: Company, window: Shown
) -> None:
    dialog = opened(window, [1, 2, 3, 4])
    window.screen.moves._runs.told.connect(dialog.stop)
    dialog.move_marked.click()
    assert dialog.writes
    assert window.screen.moves.open([1], back=False) is dialog, "none beside it"
    dialog.reject()
    assert dialog.isVisible()
    window.wait(lambda: not dialog.busy)
    done = [person for person, name in connections(company).items() if name == "graph"]
    assert len(done) < 4
    assert [one.row.id for one in dialog.model.lines if one.stage is Stage.MOVED] == done
    assert {one.stage for one in dialog.model.lines if one.row.id not in done} == {Stage.READ}
    assert dialog.bar.message.endswith("Keskeytetty ennen loppuja.")
    dialog.reject()
    assert not dialog.isVisible()


def test_cancel_in_the_status_line_stops_a_move(company: Company, window: Shown) -> None:
    dialog = opened(window, [1, 2, 3, 4])
    dialog.move_marked.click()
    assert window.window.interior.line.doing.text() == "Siirretään 0 / 4"
    window.window.interior.line.cancel.click()
    window.wait(lambda: not dialog.busy)
    assert "graph" not in {connections(company)[3], connections(company)[4]}
    assert not window.window.interior.screens.cancel()
    dialog.reject()


def test_r27_a_refused_secret_is_tried_once_and_not_for_every_mailbox(
    company: Company, window: Shown
) -> None:
    company.services.secrets.write("graph", "väärä")
    with company.store.write() as session:
        session.execute(update(Connection).values(version=Connection.version + 1))
    dialog = opened(window, [1, 2, 3])
    assert dialog.bar._code == "EX-AUTH-06"
    assert stages(dialog) == [Stage.UNREAD] * 3
    company.services.secrets.write("graph", company.simulator.client_secret)
    dialog.again.click()
    window.wait(lambda: dialog.model.ticked() == [1, 2, 3])
    dialog.reject()


def test_reasons_why_nobody_can_be_moved_are_said(company: Company, window: Shown) -> None:
    screen = window.screen

    def reason(key: str) -> str:
        return SPECS[key].refusal(screen.situation())

    screen.view.select_ids([1], 1)
    window.wait(lambda: reason("to-graph") == "")
    assert reason("to-ews") == "Valitut aktiiviset postilaatikot käyttävät jo EWS:ää."
    company.synchronise.transfer([1], company.services.actor)
    screen.model.refresh([1])
    window.wait(lambda: reason("to-ews") == "")
    assert reason("to-graph") == "Valitut aktiiviset postilaatikot käyttävät jo Graphia."
    company.services.activation.passivate([1])
    screen.model.refresh([1])
    window.wait(lambda: reason("to-graph") == "Yksikään valituista integraatioista ei ole aktiivinen.")
    company.services.connections.forget("graph")
    window.window.interior.look_around()
    lacking = "Yhteyttä Office 365:een (Graph) ei ole määritelty. Tuki määrittelee sen."
    window.wait(lambda: reason("to-graph") == lacking)
    company.services.settings.set_module(False)
    window.window.interior.look_around()
    window.wait(lambda: "pois" in reason("to-graph"))
    screen.view.clearSelection()
    assert reason("to-graph")


def test_by_keyboard_from_the_selection_to_the_undo(company: Company, window: Shown) -> None:
    view = window.screen.view
    view.select_ids([1, 2], 1)
    view.setFocus()
    press(view, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    dialog = window.screen.moves.dialog
    assert dialog is not None
    window.wait(lambda: dialog.model.ticked() == [1, 2] and not dialog.busy)
    press(dialog.view, Qt.Key.Key_Space)
    assert dialog.model.ticked() == [2]
    press(dialog.view, Qt.Key.Key_Return)
    assert not dialog.busy, "Enter in the list moves nobody"
    dialog.move_marked.setFocus()
    press(dialog.move_marked, Qt.Key.Key_Space)
    window.wait(lambda: stages(dialog) == [Stage.READ, Stage.MOVED])
    window.wait(lambda: not dialog.busy)
    dialog.undo.setFocus()
    press(dialog.undo, Qt.Key.Key_Space)
    window.wait(lambda: stages(dialog) == [Stage.READ, Stage.UNDONE])
    window.wait(lambda: not dialog.busy)
    press(dialog, Qt.Key.Key_Escape)
    assert window.screen.moves.dialog is None or not dialog.isVisible()
    assert set(connections(company).values()) == {"ews"}


def test_back_to_ews_is_an_action_of_its_own_and_undo_says_so(company: Company, window: Shown) -> None:
    company.synchronise.transfer([1], company.services.actor)
    dialog = opened(window, [1], "to-ews")
    assert dialog.windowTitle() == "Siirto takaisin EWS:ään"
    moved(window, dialog)
    assert dialog.model.standing(line(dialog, 1)) == "Käyttää nyt EWS:ää"
    assert connections(company)[1] == "ews"
    why = SPECS["undo"].refusal(window.screen.situation())
    assert why.startswith("Siirretyt postilaatikot siirretään takaisin")
    dialog.undo.click()
    window.wait(lambda: not dialog.busy)
    assert dialog.model.standing(line(dialog, 1)) == "Palautettu: käyttää Graphia"
    assert connections(company)[1] == "graph"
    dialog.reject()


def test_in_english_with_plurals(company: Company, window: Shown, speaker: Speaker) -> None:
    del company
    dialog = opened(window, [1])
    speaker.speak("en")
    window.wait(lambda: dialog.windowTitle() == "Move to Graph")
    assert "the move creates 0, changes 0 and deletes 0 of them" in dialog.intro.text()
    moved(window, dialog)
    assert dialog.bar.message == "1 mailbox goes by Graph now."
    assert dialog.model.index(0, Column.HOW).data() == "Goes by Graph now"
    dialog.reject()


def test_r5_summary_and_form_say_the_protocol(company: Company, window: Shown) -> None:
    company.synchronise.transfer([2], company.services.actor)
    for person, name in ((1, "EWS"), (2, "Microsoft Graph")):
        window.screen.model.refresh([person])
        window.wait(
            lambda person=person, name=name: (
                bool(window.row(person))
                and (window.row(person).protocol == {"EWS": "ews"}.get(name, "graph"))
            )
        )
        facts = dict(window.screen.summary._facts_of(window.row(person)))
        assert facts["Protokolla"] == name
        window.screen.open_form(person)
        form = window.screen.forms.open_ones[-1]
        assert form.exchange.protocol.text() == name
        form.reject()
