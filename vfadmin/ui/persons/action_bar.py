"""The buttons above the results and the menus, all made from the declared actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal, Slot
from PySide6.QtGui import QAction, QIcon, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget

from vfadmin.ui import icons
from vfadmin.ui.actions import ACTIONS, BUTTONS, MENU, SPECS, By
from vfadmin.ui.made_actions import make_action, with_mnemonics
from vfadmin.ui.refusals import Situation
from vfadmin.ui.style import shades

if TYPE_CHECKING:  # Qt makes a class when it is imported, and a menu opens only after the first window
    from PySide6.QtWidgets import QMenu

_GAP = 6


class ActionButton(QPushButton):
    """A push button that shows and triggers an action."""

    def __init__(
        self, action: QAction, *, kind: str = "", words: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._action, self._words = action, words
        self._own_icon: QIcon | None = None
        if kind:
            self.setProperty("kind", kind)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)

    def widths(self) -> tuple[int, int]:
        """How wide it wants to be without words and with them, in pixels."""
        words = self._words
        found = []
        for self._words in (False, True):
            self._follow()
            found.append(self.sizeHint().width())
        self.show_words(words)
        return found[0], found[1]

    def show_words(self, words: bool) -> None:
        """Show the words beside the icon, or leave them to the tooltip."""
        self._words = words
        self._follow()

    def set_own_icon(self, icon: QIcon) -> None:
        """An icon for the colour of this button; menus show that of the action on a ground of their own."""
        self._own_icon = icon
        self._follow()

    @Slot()
    def _follow(self) -> None:
        # Qt leaves too little room after the icon.
        self.setText(f" {self._action.iconText()}" if self._words else "")
        self.setIcon(self._own_icon or self._action.icon())
        self.setToolTip(self._action.toolTip())
        self.setEnabled(self._action.isEnabled())


class ActionBar(QWidget):
    """Emits ``triggered`` with the key of an action; a disabled one says why in its tooltip."""

    triggered = Signal(str)
    panel_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._situation = Situation()
        self._folded = False
        self.made = {spec.key: make_action(spec, self) for spec in ACTIONS if spec.by is By.BAR}
        for action in self.made.values():
            action.triggered.connect(self._triggered)
        self.panel = QPushButton(self)
        self.panel.setProperty("kind", "icon")
        self.panel.setCheckable(True)
        self.panel.setChecked(True)
        self.panel.toggled.connect(self.panel_toggled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        self.buttons: dict[str, ActionButton] = {}
        for key in BUTTONS:
            self.buttons[key] = ActionButton(self.made[key], kind=SPECS[key].kind, parent=self)
            row.addWidget(self.buttons[key])
        row.addStretch(1)
        for key in ("undo", "refresh"):
            self.buttons[key] = ActionButton(self.made[key], kind="icon", words=False, parent=self)
            row.addWidget(self.buttons[key])
        row.addWidget(self.panel)
        self._widths: dict[str, tuple[int, int]] = {}
        self._retranslate()

    def _fit(self) -> None:
        """Where room is short, buttons lose their words, the last ones first; tooltips keep them."""
        if not self._widths:
            self._widths = {key: self.buttons[key].widths() for key in BUTTONS}
        beside = (self.buttons["undo"], self.buttons["refresh"], self.panel)
        room = self.width() - sum(one.sizeHint().width() + _GAP for one in beside)
        room -= sum(narrow + _GAP for narrow, _ in self._widths.values())
        for key, (narrow, wide) in self._widths.items():
            room -= wide - narrow
            self.buttons[key].show_words(room >= 0)

    def fold(self, *, narrow: bool) -> None:
        """In a narrow window the panel folds away by itself, and comes back in a wide one."""
        if narrow and self.panel.isChecked():
            self.panel.setChecked(False)
            self._folded = True
        elif not narrow and self._folded:
            self.panel.setChecked(True)
            self._folded = False

    def set_situation(self, situation: Situation) -> None:
        """Enable what is possible and let the rest say why not."""
        if situation != self._situation:
            self._situation = situation
            self._say()

    def why_not(self, key: QKeyCombination) -> str:
        """Why the action of that key is not possible now; empty for a key of none, or of one that is."""
        keys = QKeySequence(key)
        for name, action in self.made.items():
            if keys in action.shortcuts() and not action.isEnabled():
                return SPECS[name].refusal(self._situation)
        return ""

    def menu(self, parent: QWidget) -> QMenu:
        """The context menu of the results."""
        from PySide6.QtWidgets import QMenu  # noqa: PLC0415 - as said above

        self._draw(key for key in MENU if key)
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        for key in MENU:
            if key:
                menu.addAction(self.made[key])
            else:
                menu.addSeparator()
        return menu

    @Slot()
    def _triggered(self) -> None:
        action = self.sender()
        if not isinstance(action, QAction):
            return
        if action is self.made["panel"]:
            self.panel.toggle()
        else:
            self.triggered.emit(str(action.data()))

    def _say(self) -> None:
        texts = {key: SPECS[key].text(self._situation) for key in self.made}
        in_menu = [key for key in MENU if key]
        marked = dict(zip(in_menu, with_mnemonics([texts[key] for key in in_menu]), strict=True))
        for key, action in self.made.items():
            reason = SPECS[key].refusal(self._situation)
            label = SPECS[key].tip(self._situation)
            action.setEnabled(not reason)
            action.setText(marked.get(key, texts[key]))
            action.setToolTip(f"{label}\n{reason}" if reason else label)
            button = self.buttons.get(key)
            if button is not None:
                button.setAccessibleName(texts[key])
                button.setAccessibleDescription(reason)

    def _retranslate(self) -> None:
        colours = shades(QApplication.palette())
        for key, action in self.made.items():
            spec = SPECS[key]
            action.setIconText(spec.button())
            button = self.buttons.get(key)
            if button is not None and spec.kind == "primary":
                button.set_own_icon(icons.icon(spec.icon, colours.on_accent, disabled=colours.disabled))
        self._draw((*BUTTONS, "undo", "refresh"))
        self.panel.setIcon(icons.icon("panel", colours.text))
        self.panel.setToolTip(SPECS["panel"].tip())
        self.panel.setAccessibleName(self.tr("Selected person"))
        self._say()
        shown, self._widths = bool(self._widths), {}
        if shown:
            self._fit()

    def _draw(self, keys: Iterable[str]) -> None:
        """Draw the icons of these actions in the colours in force."""
        colours = shades(QApplication.palette())
        for key in keys:
            self.made[key].setIcon(icons.icon(SPECS[key].icon, colours.text, disabled=colours.disabled))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the room there is."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._retranslate()
