"""The preview before an activation: what the first cycles would do, then some are activated (R29)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest
from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester
from sqlalchemy import update

from tests.ui.conftest import WAIT_MS, House, Shown
from tests.ui.people import sample
from tests.ui.persons.test_work import press, some, state
from tests.ui.rehearsed import Rehearsed
from tests.ui.still_engine import Done, StillEngine
from vfadmin.models import CalendarEvent, Integration
from vfadmin.services.synchronise import DryRun
from vfadmin.simulator import MailboxSpec, Simulator, SimulatorConfig
from vfadmin.simulator.faults import FaultRule
from vfadmin.ui.persons.preview import PreviewDialog
from vfadmin.ui.persons.preview_table import FIGURES, Column, Line
from vfadmin.ui.widgets import unbroken

HOUR = timedelta(hours=1)


class Slow(QObject):
    """A rehearsal that ends only when the window is out of sight."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.gone = threading.Event(), threading.Event()
        self.let_go = False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Hide:
            self.gone.set()
        return False

    def first_cycle(self, _ids: list[int]) -> list[DryRun]:
        self.begun.set()
        self.let_go = self.gone.wait(WAIT_MS / 1000)
        return []


@pytest.fixture
def newcomers(house: House) -> list[int]:
    """Seven persons who were never activated, each with a login, but the last, whose mailbox is not there."""
    chosen = some(lambda one: one.active and one.kind == "person" and one.state == "active", 7)
    with house.store.write() as session:
        for place, person in enumerate(chosen):
            session.execute(
                update(Integration)
                .where(Integration.person_id == person)
                .values(state="unused", login=f"uusi{place}@example.test", last_synced_at=None)
            )
    return chosen


@pytest.fixture
def exchange(house: House, newcomers: list[int]) -> Iterator[Simulator]:
    """Mailboxes for all but the last: the first has two events, one of which is in ValueFrame as well."""
    mailboxes = tuple(MailboxSpec(f"uusi{place}@example.test") for place in range(6))
    begins = house.services.events._clock() + timedelta(days=3)
    with Simulator(SimulatorConfig(mailboxes=mailboxes)) as simulator:
        house.services.connections.set(
            protocol="ews",
            url=simulator.ews_url,
            account=simulator.account,
            auth="basic",
            server_version="2016",
            ca_file=str(simulator.ca_file),
        )
        house.services.secrets.write("ews", simulator.password)
        outlook = simulator.outlook("uusi0@example.test")
        outlook.create(subject="Molemmissa", start=begins, end=begins + HOUR, reminder_minutes=None)
        outlook.create(subject="Outlookissa", start=begins + 5 * HOUR, end=begins + 6 * HOUR)
        with house.store.write() as session:
            for person, title, hours in (
                (newcomers[0], "Molemmissa", 0),
                (newcomers[0], "ValueFramessa", 8),
                (newcomers[1], "ValueFramessa", 8),
            ):
                start = begins + hours * HOUR
                times = {"starts_at": start, "ends_at": start + HOUR}
                stamps = {"created_at": begins, "modified_at": begins}
                session.add(CalendarEvent(owner_id=person, title=title, **times, **stamps))
        yield simulator


def preview(shown: Shown, ids: list[int]) -> PreviewDialog:
    shown.screen.view.select_ids(ids, ids[0])
    shown.screen.act("preview")
    dialog = shown.screen.previews.dialog
    assert dialog is not None
    return dialog


def read(shown: Shown, dialog: PreviewDialog) -> PreviewDialog:
    shown.wait(lambda: bool(dialog.model.lines) and not dialog._reading)
    return dialog


def line(dialog: PreviewDialog, person: int) -> Line:
    return next(one for one in dialog.model.lines if one.row.id == person)


def figures(dialog: PreviewDialog, person: int) -> list[int | None]:
    return [line(dialog, person).figure(column) for column in FIGURES]


def cell(dialog: PreviewDialog, row: int, column: Column) -> str:
    return str(dialog.model.index(row, column).data())


def test_r29_the_preview_counts_for_each_person_and_in_sum_and_writes_nothing(
    exchange: Simulator, newcomers: list[int], shown: Shown, house: House
) -> None:
    dialog = read(shown, preview(shown, newcomers))
    assert figures(dialog, newcomers[0]) == [1, 1, 1, 0, 0]
    assert figures(dialog, newcomers[1]) == [0, 0, 1, 0, 0]
    sums = dialog.model.rowCount() - 1
    assert [cell(dialog, sums, column) for column in Column][:-1] == ["Yhteensä", "1", "1", "2", "0", "0"]
    assert dialog.how_far.text() == "Molemmissa kalentereissa jo: 1. Luotavia: ValueFrameen 1, Exchangeen 2."
    assert [house.services.directory.person(one).state for one in newcomers] == ["unused"] * 7
    assert len(exchange.outlook("uusi0@example.test").items()) == 2
    assert not {"CreateItem", "UpdateItem", "DeleteItem"} & set(exchange.request_counts())
    dialog.reject()


def test_r29_who_cannot_be_read_says_why_and_cannot_be_marked(
    exchange: Simulator, newcomers: list[int], shown: Shown
) -> None:
    del exchange
    dialog = read(shown, preview(shown, newcomers))
    lost = line(dialog, newcomers[6])
    assert lost.failure is not None
    place = list(dialog.model.lines).index(lost)
    index = dialog.model.index(place, Column.WHO)
    assert index.data(Qt.ItemDataRole.CheckStateRole) is None
    assert not dialog.model.setData(index, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    dialog.view.selectRow(place)
    assert lost.failure.code in unbroken(dialog.detail.text())
    assert dialog.detail.isVisibleTo(dialog)
    dialog.reject()


def test_r29_a_rollout_starts_with_a_few_and_goes_on_when_they_are_green(
    exchange: Simulator, newcomers: list[int], house: House, show: Callable[..., Shown]
) -> None:
    del exchange
    engine = StillEngine()
    shown = show(house.services, engine=engine)
    dialog = read(shown, preview(shown, newcomers))
    first = dialog.model.ticked()
    assert len(first) == 5
    assert newcomers[6] not in first
    assert dialog.activate.text() == "&Aktivoi merkityt (5)"
    dialog.model.tick(first[2:], on=False)
    dialog.activate.click()
    shown.wait(lambda: all(line(dialog, one).pending for one in first[:2]))
    assert dialog.how_far.text() == "2 aktivoitua odottaa ensimmäistä synkronointia."
    assert dialog.model.ticked() == []
    assert house.services.directory.person(first[2]).state == "unused"
    with house.store.write() as session:
        session.execute(
            update(Integration)
            .where(Integration.person_id.in_(first[:2]))
            .values(last_synced_at=house.services.events._clock())
        )
    engine.mailbox_finished.emit(Done(first[0]))
    shown.wait(lambda: all(line(dialog, one).green for one in first[:2]))
    assert "Aktiivinen, synkronoitu" in dialog.model.standing(line(dialog, first[0]))
    dialog.all.click()
    assert len(dialog.model.ticked()) == 4
    dialog.activate.click()
    shown.wait(lambda: all(state(shown, one) == "active" for one in newcomers[:6]))
    assert house.services.directory.person(newcomers[6]).state == "unused"
    dialog.reject()


def test_r29_an_activation_that_stops_on_an_error_is_told_in_the_preview(
    exchange: Simulator, newcomers: list[int], shown: Shown, house: House
) -> None:
    del exchange
    dialog = read(shown, preview(shown, newcomers[:1]))
    dialog.activate.click()
    shown.wait(lambda: line(dialog, newcomers[0]).pending)
    with house.store.write() as session:
        session.execute(
            update(Integration)
            .where(Integration.person_id == newcomers[0])
            .values(state="error", error_code="EX-MBX-01", error_params={})
        )
    dialog.look_again()
    shown.wait(lambda: "EX-MBX-01" in unbroken(dialog.detail.text()))
    assert not dialog._look.isActive()
    dialog.reject()


def test_reading_can_be_stopped_and_taken_up_again(
    exchange: Simulator, newcomers: list[int], shown: Shown
) -> None:
    del exchange
    dialog = preview(shown, newcomers)
    shown.wait(dialog.cancel.isVisible)
    dialog.cancel.click()
    assert not dialog.cancel.isVisible()
    shown.wait(dialog.again.isEnabled)
    unread = [one for one in dialog.model.lines if dialog._unread(one)]
    assert len(unread) >= 3
    dialog.again.click()
    read(shown, dialog)
    shown.wait(lambda: line(dialog, newcomers[5]).plan is not None)
    dialog.reject()


def test_what_was_repaired_meanwhile_is_read_again(
    exchange: Simulator, newcomers: list[int], shown: Shown
) -> None:
    exchange.set_faults([FaultRule(operation="SyncFolderItems", code="ErrorAccessDenied", times=1)])
    dialog = read(shown, preview(shown, newcomers[:1]))
    assert line(dialog, newcomers[0]).failure is not None
    assert not dialog.activate.isEnabled()
    dialog.again.click()
    shown.wait(lambda: line(dialog, newcomers[0]).ready)
    assert dialog.model.ticked() == newcomers[:1]
    dialog.reject()


def test_r14_with_the_module_off_the_preview_says_so(
    exchange: Simulator, newcomers: list[int], shown: Shown, house: House
) -> None:
    del exchange
    house.services.settings.set_module(on=False)
    dialog = preview(shown, newcomers[:2])
    shown.wait(lambda: "VF-MODULE-01" in dialog.bar._remedy.text().replace("\N{WORD JOINER}", ""))
    assert not dialog.activate.isEnabled()
    house.services.settings.set_module(on=True)
    dialog.bar._retry.click()
    shown.wait(lambda: len(dialog.model.ticked()) == 2)
    dialog.reject()


def test_who_is_active_already_is_left_out_and_counted(
    exchange: Simulator, newcomers: list[int], shown: Shown
) -> None:
    del exchange
    (active,) = some(lambda one: one.state == "active" and one.id not in newcomers)
    (inactive,) = some(lambda one: one.state == "unused")
    dialog = read(shown, preview(shown, [newcomers[0], active, inactive]))
    assert {one.row.id for one in dialog.model.lines} == {newcomers[0], inactive}
    assert "1 valituista on jo aktiivinen eikä näy tässä." in dialog.intro.text()
    refused = line(dialog, inactive).failure
    assert refused is not None
    assert refused.code == "VF-LOGIN-01"
    dialog.reject()


def test_space_marks_the_selected_rows_and_enter_activates_nobody(
    exchange: Simulator, newcomers: list[int], shown: Shown, house: House
) -> None:
    del exchange
    dialog = read(shown, preview(shown, newcomers[:3]))
    dialog.none.click()
    dialog.view.selectAll()
    press(dialog.view, Qt.Key.Key_Space)
    assert len(dialog.model.ticked()) == 3
    press(dialog.view, Qt.Key.Key_Return)
    press(dialog.view, Qt.Key.Key_Space)
    assert dialog.model.ticked() == []
    assert house.services.directory.person(newcomers[0]).state == "unused"
    dialog.reject()


def test_another_preview_takes_the_place_of_the_first(
    exchange: Simulator, newcomers: list[int], shown: Shown
) -> None:
    del exchange
    former = preview(shown, newcomers[:1])
    dialog = preview(shown, newcomers[1:2])
    assert former is not dialog
    read(shown, dialog)
    assert [one.row.id for one in dialog.model.lines] == newcomers[1:2]
    dialog.reject()
    shown.wait(lambda: shown.screen.previews.dialog is None)


def test_the_window_is_gone_before_it_waits_for_a_mailbox_that_is_being_read(
    newcomers: list[int], house: House, show: Callable[..., Shown]
) -> None:
    slow = Slow()
    shown = show(replace(house.services, rehearsal=cast("Any", slow)))
    shown.window.installEventFilter(slow)
    preview(shown, newcomers[:1])
    shown.wait(slow.begun.is_set)
    shown.window.close()
    assert slow.let_go


def test_a_thousand_persons_are_previewed_as_they_come(
    make_house: Callable[..., House], show: Callable[..., Shown]
) -> None:
    house = make_house(list(sample(1000)))
    shown = show(replace(house.services, rehearsal=cast("Any", Rehearsed())))
    ids = [one.id for one in house.people]
    house.services.activation.passivate(ids)
    dialog = shown.screen.previews.open(ids)
    shown.wait(lambda: sum(one.plan is not None for one in dialog.model.lines) >= 40)
    dialog.cancel.click()
    assert not dialog.progress.isVisible()
    assert any(one.plan is None and one.failure is None for one in dialog.model.lines)
    assert len(dialog.model.ticked()) == 5
    dialog.reject()


def test_the_preview_is_a_model_by_the_book(
    exchange: Simulator, newcomers: list[int], shown: Shown, qtmodeltester: object
) -> None:
    del exchange, qtmodeltester
    dialog = preview(shown, newcomers)
    model: QAbstractItemModel = dialog.model
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    read(shown, dialog)
    assert tester.model() is model
    dialog.reject()
