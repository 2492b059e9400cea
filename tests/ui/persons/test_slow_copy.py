"""Many lines are copied while the window goes on; a few at once, and never over what was copied since."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import WAIT_MS
from vfadmin.ui.persons.slow_copy import SLICE, SlowCopy


def begun(count: int, told: list[int]) -> SlowCopy:
    """So many lines on their way; ``told`` keeps the numbers of those that were told."""

    def line(number: int) -> str:
        told.append(number)
        return f"rivi {number}"

    copying = SlowCopy([partial(line, number) for number in range(count)])
    copying.start()
    return copying


def text() -> str:
    return QApplication.clipboard().text()


@pytest.mark.usefixtures("qtbot")
def test_a_few_lines_are_copied_at_once() -> None:
    begun(SLICE, [])
    assert text().splitlines() == [f"rivi {number}" for number in range(SLICE)]


def test_of_many_lines_the_window_gets_its_turn_after_each_slice(qtbot: QtBot) -> None:
    QApplication.clipboard().setText("entinen")
    told: list[int] = []
    copying = begun(5 * SLICE, told)
    turns = []
    with qtbot.waitSignal(copying.done, timeout=WAIT_MS) as done:
        while text() == "entinen":
            turns.append(len(told))
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
    assert [SLICE * turn for turn in range(1, 5)] == turns
    assert done.args == [5 * SLICE]
    assert text().count("\n") == 5 * SLICE


def test_what_is_copied_meanwhile_stays(qtbot: QtBot) -> None:
    told: list[int] = []
    copying = begun(5 * SLICE, told)
    QApplication.clipboard().setText("uudempi")
    with qtbot.waitSignal(copying.destroyed, timeout=WAIT_MS):
        pass
    assert (text(), len(told)) == ("uudempi", SLICE)
