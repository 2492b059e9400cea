from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tests.clock import FakeClock
from tests.ui.conftest import WAIT_MS, House
from vfadmin.ui.persons.columns import COLUMNS, At
from vfadmin.ui.persons.criteria import Criteria
from vfadmin.ui.persons.model import PAGE, PersonTable


@pytest.fixture
def table(qtbot: QtBot, fake_clock: FakeClock) -> PersonTable:
    del qtbot
    return PersonTable(fake_clock)


def known(house: House, table: PersonTable) -> list[int]:
    ids = house.services.search.ids(Criteria().query())
    table.set_ids(ids, house.services.search.rows(ids))
    return ids


def test_it_keeps_the_rules_of_a_model(house: House, table: PersonTable) -> None:
    tester = QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Warning)
    ids = known(house, table)
    table.set_ids(ids[5:20])
    table.set_ids([*ids[:3], *ids[5:20], ids[30]])
    table.set_ids(list(reversed(table.ids)))
    table.set_ids(ids[::-2])
    table.set_ids([])
    assert tester.model() is table
    assert table.rowCount() == 0


def test_rows_are_read_by_the_page_when_they_are_first_looked_at(table: PersonTable, qtbot: QtBot) -> None:
    table.set_ids(range(10_000))
    with qtbot.waitSignal(table.rows_wanted, timeout=WAIT_MS) as wanted:
        assert table.index(5_050, At.NAME).data() is None
    assert sorted(wanted.args[0]) == list(range(5_000, 5_000 + PAGE))


def test_a_page_is_asked_for_once(table: PersonTable, qtbot: QtBot) -> None:
    table.set_ids(range(1_000))
    with qtbot.waitSignal(table.rows_wanted, timeout=WAIT_MS):
        table.index(1, At.NAME).data()
    with qtbot.waitSignal(table.rows_wanted, timeout=WAIT_MS) as wanted:
        table.index(2, At.NAME).data()
        table.index(500, At.NAME).data()
    assert min(wanted.args[0]) == 500


@pytest.mark.parametrize(
    "change",
    [lambda ids: ids[3:], lambda ids: ids[::-1], lambda ids: [*ids[:10], *ids[11:]], lambda ids: ids],
)
def test_an_index_follows_its_person(
    house: House, table: PersonTable, change: Callable[[list[int]], list[int]]
) -> None:
    ids = known(house, table)
    followed = QPersistentModelIndex(table.index(20, At.LOGIN))
    table.set_ids(change(ids))
    assert followed.isValid()
    assert table.ids[followed.row()] == ids[20]
    assert followed.column() == At.LOGIN


def test_columns_stand_in_the_order_of_r22(table: PersonTable, speaker: object) -> None:
    """R22: state, ActiveSync, ValueFrame ID, name, e-mail, login, last synchronised, edit, switch."""
    del speaker
    heads = [
        table.headerData(at, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        for at in range(len(COLUMNS))
    ]
    assert heads == [
        "Tila",
        "ActiveSync",
        "ValueFrame ID",
        "Nimi",
        "Sähköposti",
        "Integraatiotunnus",
        "Synkronoitu viimeksi",
        "Muokkaa",
        "Aktivoi tai passivoi",
    ]


def test_only_the_login_can_be_edited(house: House, table: PersonTable) -> None:
    """R22: the e-mail address is read only, the login is edited in place."""
    known(house, table)
    editable = [at for at in At if table.flags(table.index(0, at)) & Qt.ItemFlag.ItemIsEditable]
    assert editable == [At.LOGIN]
    assert not table.setData(table.index(0, At.EMAIL), "toinen@esimerkki.fi")


def test_a_refresh_reads_only_what_was_shown(house: House, table: PersonTable, qtbot: QtBot) -> None:
    ids = known(house, table)
    with qtbot.waitSignal(table.rows_wanted, timeout=WAIT_MS) as wanted:
        table.refresh([ids[0], 999_999])
    assert wanted.args[0] == (ids[0],)


def test_nothing_hangs_below_a_row(house: House, table: PersonTable) -> None:
    known(house, table)
    assert table.rowCount(table.index(0, 0)) == 0
    assert table.columnCount(table.index(0, 0)) == 0
    assert not table.index(0, 0).parent().isValid()
    assert table.data(QModelIndex()) is None
