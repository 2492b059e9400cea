"""Qt's actions, made from the declarations."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from vfadmin.ui.actions import ACTIONS, ActionSpec, By


def make_action(spec: ActionSpec, owner: QWidget) -> QAction:
    """The action, with its shortcuts in force while the owner can be seen. It has no words yet."""
    action = QAction(owner)
    action.setData(spec.key)
    action.setShortcuts([QKeySequence(keys) for keys in spec.shortcut.split()])
    owner.addAction(action)
    return action


def with_mnemonics(labels: Sequence[str]) -> list[str]:
    """The labels of a menu, each with & before a letter of its own: the first one, or else a later one.

    Where a label's letters are all taken, one of the others makes room if it has another letter.
    """
    places: dict[str, int] = {}
    owners: dict[str, str] = {}
    for label in labels:
        first = _letters(label)[:1]
        if first and label[first[0]].casefold() not in owners:
            places[label], owners[label[first[0]].casefold()] = first[0], label
    for label in labels:
        if label not in places:
            _make_room(label, places, owners, set())
    return [
        label if (place := places.get(label)) is None else f"{label[:place]}&{label[place:]}"
        for label in labels
    ]


def _make_room(label: str, places: dict[str, int], owners: dict[str, str], asked: set[str]) -> bool:
    """Find a letter for the label, a free one before one that its owner can do without."""
    mine = [(place, label[place].casefold()) for place in _letters(label)]
    for place, letter in sorted(mine, key=lambda one: one[1] in owners):
        if letter in asked:
            continue
        asked.add(letter)
        if letter not in owners or _make_room(owners[letter], places, owners, asked):
            places[label], owners[letter] = place, label
            return True
    return False


def _letters(label: str) -> list[int]:
    """Where its letters stand, those first that begin a word."""
    letters = [place for place, sign in enumerate(label) if sign.isalpha()]
    return sorted(letters, key=lambda place: place > 0 and label[place - 1].isalnum())


class WindowActions(QObject):
    """The actions of the window as a whole but those in ``without``. Emits the key of an action."""

    triggered = Signal(str)

    def __init__(self, window: QWidget, without: Collection[str]) -> None:
        super().__init__(window)
        self.made: dict[str, QAction] = {}
        for spec in ACTIONS:
            if spec.by is By.WINDOW and spec.key not in without:
                self.made[spec.key] = make_action(spec, window)
                self.made[spec.key].triggered.connect(self._triggered)
        # In a dialog too, as long as the window can be used beside it.
        self.made["help"].setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the labels in the language in force."""
        for spec in ACTIONS:
            action = self.made.get(spec.key)
            if action is not None:
                action.setText(spec.text())
                action.setIconText(spec.button())
                action.setToolTip(spec.tip())

    @Slot()
    def _triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.triggered.emit(str(action.data()))
