"""The buttons above the results and the menus, all made from the declared actions."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QPushButton, QWidget

from vfadmin.ui import icons
from vfadmin.ui.actions import ACTIONS, BUTTONS, MENU, ActionSpec, Situation
from vfadmin.ui.style import shades


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

    def set_own_icon(self, icon: QIcon) -> None:
        """An icon for the colour of this button; menus show that of the action on a ground of their own."""
        self._own_icon = icon
        self._follow()

    @Slot()
    def _follow(self) -> None:
        if self._words:
            self.setText(f" {self._action.iconText()}")  # Qt leaves too little room after the icon
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
        self.made = {spec.key: self._make(spec) for spec in ACTIONS}
        self.panel = QPushButton(self)
        self.panel.setCheckable(True)
        self.panel.setChecked(True)
        self.panel.toggled.connect(self.panel_toggled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.buttons: dict[str, ActionButton] = {}
        for spec in ACTIONS:
            if spec.key in BUTTONS:
                self.buttons[spec.key] = ActionButton(self.made[spec.key], kind=spec.kind, parent=self)
                row.addWidget(self.buttons[spec.key])
        row.addStretch(1)
        for key in ("undo", "refresh"):
            self.buttons[key] = ActionButton(self.made[key], words=False, parent=self)
            row.addWidget(self.buttons[key])
        row.addWidget(self.panel)
        self._retranslate()

    def _make(self, spec: ActionSpec) -> QAction:
        action = QAction(self)
        action.setData(spec.key)
        action.setShortcuts([QKeySequence(keys) for keys in spec.shortcut.split()])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(self._triggered)
        self.addAction(action)
        return action

    def set_situation(self, situation: Situation) -> None:
        """Enable what is possible and let the rest say why not."""
        if situation != self._situation:
            self._situation = situation
            self._say()

    def menu(self, parent: QWidget) -> QMenu:
        """The context menu of the results."""
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
        if isinstance(action, QAction):
            self.triggered.emit(str(action.data()))

    def _say(self) -> None:
        for spec in ACTIONS:
            action = self.made[spec.key]
            reason = spec.refusal(self._situation)
            action.setEnabled(not reason)
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            text = spec.text(self._situation)
            label = f"{text} ({keys})" if keys else text
            action.setText(text)
            action.setToolTip(f"{label}\n{reason}" if reason else label)
            button = self.buttons.get(spec.key)
            if button is not None:
                button.setAccessibleName(text)
                button.setAccessibleDescription(reason)

    def _retranslate(self) -> None:
        colours = shades(QApplication.palette())
        for spec in ACTIONS:
            action = self.made[spec.key]
            action.setIconText(spec.button())
            action.setIcon(icons.icon(spec.icon, colours.text, disabled=colours.disabled))
            button = self.buttons.get(spec.key)
            if button is not None and spec.kind == "primary":
                button.set_own_icon(icons.icon(spec.icon, colours.on_accent, disabled=colours.disabled))
        self.panel.setIcon(icons.icon("panel", colours.text))
        self.panel.setToolTip(self.tr("Show or hide the selected person (F4)"))
        self.panel.setAccessibleName(self.tr("Selected person"))
        self.panel.setShortcut(QKeySequence("F4"))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._retranslate()
