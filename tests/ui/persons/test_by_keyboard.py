"""A person brought in, put to rest and back to work by someone who has no mouse (R20, R22, R23)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from sqlalchemy import select

from tests.ui.conftest import House, Shown
from tests.ui.people import Sample, sample
from vfadmin.models import Audit
from vfadmin.ui.keys import KeysDialog

Key = Qt.Key
NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
BOTH = CONTROL | Qt.KeyboardModifier.ShiftModifier
LOGIN = "ESIM\\uusi.tunnus"


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None, "the keyboard is nowhere"
    return widget


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    """A key, for whatever has the keyboard."""
    QTest.keyClick(focused(), key, modifier)


def write(text: str) -> None:
    """Letter by letter; those of Finnish have no key of their own that Qt's tests could press."""
    for letter in text:
        if letter.isascii():
            QTest.keyClick(focused(), letter)
        else:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(focused(), QKeyEvent(kind, 0, NONE, letter))


def newcomer() -> Sample:
    """Somebody without an integration, with a letter that is not ASCII in the name."""
    return next(one for one in sample(40) if one.active and one.state == "unused" and not one.name.isascii())


def trail(house: House, person_id: int) -> list[tuple[str, str, Any, Any]]:
    with house.store.read() as session:
        found = select(Audit).where(Audit.subject == f"person:{person_id}").order_by(Audit.id)
        return [(one.actor, one.action, one.before, one.after) for one in session.scalars(found)]


def test_r23_from_the_search_to_the_undo_without_a_mouse(shown: Shown, house: House) -> None:
    one, screen = newcomer(), shown.screen

    def stands(state: str) -> None:
        shown.wait(lambda: str(shown.row(one.id).state) == state and not screen.worker.busy)
        assert house.services.directory.person(one.id).state == state

    shown.window.activateWindow()
    QTest.keyClick(shown.window, Key.Key_F, CONTROL)
    write(one.name)
    shown.wait(lambda: shown.rows() == [one.id])
    press(Key.Key_Down)
    assert focused() is screen.view

    press(Key.Key_F2)
    assert isinstance(focused(), QLineEdit)
    write(LOGIN)
    press(Key.Key_Return)
    shown.wait(lambda: bool(shown.row(one.id).login))
    assert house.services.directory.person(one.id).login == LOGIN
    assert focused() is screen.view, "the keyboard comes back to the results"

    press(Key.Key_A, BOTH)
    stands("active")
    press(Key.Key_P, BOTH)
    stands("passive")
    press(Key.Key_Z, CONTROL)
    stands("active")
    press(Key.Key_Z, CONTROL)
    assert not screen.worker.busy, "the undo is the last change now"

    assert trail(house, one.id) == [
        ("tuki.k", "integration.login", {"login": ""}, {"login": LOGIN}),
        ("tuki.k", "integration.activate", {"state": "unused"}, {"state": "active"}),
        ("tuki.k", "integration.passivate", {"state": "active"}, {"state": "passive"}),
        ("tuki.k", "integration.undo", {"state": "passive"}, {"state": "active"}),
    ]


def test_r22_a_login_entered_by_mistake_is_taken_back_by_key(shown: Shown, house: House) -> None:
    one = newcomer()
    shown.window.activateWindow()
    QTest.keyClick(shown.window, Key.Key_F, CONTROL)
    write(one.name)
    shown.wait(lambda: shown.rows() == [one.id])
    press(Key.Key_Return)
    press(Key.Key_F2)
    write(LOGIN)
    press(Key.Key_Return)
    shown.wait(shown.screen.actions_bar.made["undo"].isEnabled)
    press(Key.Key_Z, CONTROL)
    shown.wait(lambda: not shown.row(one.id).login)
    assert trail(house, one.id)[1:] == [("tuki.k", "integration.undo", {"login": LOGIN}, {"login": ""})]


def test_the_keys_are_looked_up_and_left_again_by_key(shown: Shown) -> None:
    shown.window.activateWindow()
    shown.screen.view.setFocus()
    press(Key.Key_F1, CONTROL)
    (dialog,) = shown.window.findChildren(KeysDialog)
    shown.wait(lambda: focused() is dialog.leave)
    press(Key.Key_Escape)
    shown.wait(lambda: not shown.window.findChildren(KeysDialog))
    assert shown.window.focusWidget() is shown.screen.view, "the keyboard is where it was"
