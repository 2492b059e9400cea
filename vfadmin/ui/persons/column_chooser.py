"""Arranges the columns of the results by mouse and menu, and keeps that in the window's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QSettings, Qt, Slot
from PySide6.QtGui import QAction

from vfadmin.ui.actions import SPECS
from vfadmin.ui.persons.arrangement import ALWAYS, Arrangement, dump, parse
from vfadmin.ui.persons.column_widths import STEP
from vfadmin.ui.persons.columns import COLUMNS, At, spoken
from vfadmin.ui.persons.delegate import BUTTONS
from vfadmin.ui.persons.table import ResultView

if TYPE_CHECKING:  # Qt makes a class when it is imported
    from PySide6.QtWidgets import QMenu

_KEY = "columns"
_TOGGLE, _RESTORE, _FIT = "toggle", "restore", "fit"
_STEPS = {"widen": STEP, "narrow": -STEP}


class ColumnChooser(QObject):
    """Columns are dragged by their headings and edges, and shown, hidden or sized in a menu."""

    def __init__(self, view: ResultView, settings: QSettings, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._settings = view, settings
        view.arrange(parse(str(settings.value(_KEY, ""))))
        header = view.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._open)
        view.arranged.connect(self._keep)

    def add_to(self, menu: QMenu) -> None:
        """Add the columns as a submenu: the way to them by keyboard."""
        self._fill(menu.addMenu(self.tr("Columns")), self._view.currentIndex().column())

    @Slot(QPoint)
    def _open(self, at: QPoint) -> None:
        from PySide6.QtWidgets import QMenu  # noqa: PLC0415 - as said above

        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        header = self._view.horizontalHeader()
        self._fill(menu, header.logicalIndexAt(at))
        menu.popup(header.mapToGlobal(at))

    def _fill(self, menu: QMenu, column: int) -> None:
        arrangement = self._view.arrangement()
        for at in arrangement.order:
            if at in BUTTONS:
                continue
            action = menu.addAction(spoken(COLUMNS[at]))
            action.setData(f"{_TOGGLE} {at:d}")
            action.setCheckable(True)
            action.setChecked(at not in arrangement.hidden)
            action.setEnabled(at not in ALWAYS)
        if column in set(At) - set(BUTTONS):
            menu.addSeparator()
            self._add_widths(menu, At(column))
        menu.addSeparator()
        restore = menu.addAction(self.tr("Restore the columns"))
        restore.setData(_RESTORE)
        restore.setEnabled(arrangement != Arrangement())
        menu.triggered.connect(self._chosen)

    def _add_widths(self, menu: QMenu, at: At) -> None:
        wider, narrower = SPECS["widths"].keys()
        for verb, words, keys in (
            ("widen", self.tr("Widen {column}"), f"\t{wider}"),
            ("narrow", self.tr("Narrow {column}"), f"\t{narrower}"),
            (_FIT, self.tr("Fit {column} to the rows in sight"), ""),
        ):
            action = menu.addAction(words.format(column=spoken(COLUMNS[at])) + keys)
            action.setData(f"{verb} {at:d}")

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        verb, _, place = str(action.data()).partition(" ")
        if verb == _RESTORE:
            self._view.arrange(Arrangement())
        elif verb == _TOGGLE:
            self._view.arrange(self._view.arrangement().toggled(At(int(place))))
        elif verb == _FIT:
            self._view.sharing.fit(At(int(place)))
        else:
            self._view.sharing.step(int(place), _STEPS[verb])
        self._keep()

    @Slot()
    def _keep(self) -> None:
        self._settings.setValue(_KEY, dump(self._view.arrangement()))
