"""The list of keyboard shortcuts: every declared action with its keys, under the heading it belongs to."""

from __future__ import annotations

from collections.abc import Container

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from vfadmin.ui.actions import ACTIONS, ActionSpec, By, Group
from vfadmin.ui.form_page import heading, scrolled

_COLUMNS = ((Group.PERSONS, Group.IMPORT), (Group.RESULTS, Group.HELD, Group.WINDOW))
_GAP = 48


def listed(made: Container[str]) -> dict[Group, list[ActionSpec]]:
    """The actions that have keys, by heading; of those of the window only the ``made`` ones."""
    found: dict[Group, list[ActionSpec]] = {group: [] for group in Group}
    for spec in ACTIONS:
        if spec.shortcut and (spec.by is not By.WINDOW or spec.key in made):
            found[spec.group].append(spec)
    return found


def show_keys(window: QWidget, made: Container[str]) -> KeysDialog:
    """Show the list, or bring it to the front."""
    dialog = window.findChild(KeysDialog)
    if not isinstance(dialog, KeysDialog):
        dialog = KeysDialog(made, window)
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
    return dialog


class KeysDialog(QDialog):
    """The list beside the window; work goes on while it is open."""

    def __init__(self, made: Container[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._made = made
        self._pages: QScrollArea | None = None
        self.leave = QPushButton(self)
        self.leave.setDefault(True)
        self.leave.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 20, 24, 16)
        self._column.setSpacing(16)
        self._column.addLayout(buttons)
        self._say()

    def _say(self) -> None:
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.leave.setText(self.tr("Close"))
        former = self._pages
        page = QWidget(self)
        columns = QHBoxLayout(page)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(_GAP)
        groups = listed(self._made)
        for names in _COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(14)
            for name in names:
                column.addLayout(self._part(page, self._heading(name), groups[name]))
            column.addStretch(1)
            columns.addLayout(column)
        self._pages = scrolled(page, self)
        self._pages.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pages.setMinimumWidth(page.sizeHint().width())
        self._column.insertWidget(0, self._pages, 1)
        self.leave.setFocus()
        if former is not None:
            former.hide()
            former.deleteLater()
        window, high = self.parentWidget(), page.sizeHint().height() + 100
        self.resize(self._pages.minimumWidth(), high if window is None else min(high, window.height()))

    def _heading(self, group: Group) -> str:
        return {
            Group.PERSONS: self.tr("Selected persons"),
            Group.RESULTS: self.tr("Search and results"),
            Group.IMPORT: self.tr("Import"),
            Group.HELD: self.tr("Waiting for a decision"),
            Group.WINDOW: self.tr("Window"),
        }[group]

    def _part(self, page: QWidget, title: str, specs: list[ActionSpec]) -> QVBoxLayout:
        head = heading(page)
        head.setText(title)
        rows = QGridLayout()
        rows.setHorizontalSpacing(24)
        rows.setVerticalSpacing(4)
        rows.setColumnStretch(0, 1)
        for place, spec in enumerate(specs):
            rows.addWidget(QLabel(spec.text(), page), place, 0)
            rows.addWidget(self._keys(page, spec), place, 1)
        part = QVBoxLayout()
        part.setSpacing(10)
        part.addWidget(head)
        part.addLayout(rows)
        return part

    def _keys(self, page: QWidget, spec: ActionSpec) -> QWidget:
        """The keys as caps; what must be pressed together stands together."""
        place = QWidget(page)
        place.setAccessibleName(", ".join(spec.keys()))
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addStretch(1)
        for number, keys in enumerate(spec.keys()):
            if number:
                row.addWidget(QLabel(self.tr("or"), place))
            for key in keys.split("+"):
                cap = QLabel(key, place)
                cap.setProperty("role", "key")
                cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
                row.addWidget(cap)
        return place

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
