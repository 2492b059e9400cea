"""Arranges the columns of the results by mouse and menu, and keeps that in the window's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QSettings, Qt, Slot
from PySide6.QtGui import QAction

from vfadmin.ui.persons.arrangement import ALWAYS, Arrangement, dump, parse
from vfadmin.ui.persons.columns import COLUMNS, At, spoken
from vfadmin.ui.persons.delegate import BUTTONS
from vfadmin.ui.persons.table import ResultView

if TYPE_CHECKING:  # Qt makes a class when it is imported
    from PySide6.QtWidgets import QMenu

_KEY = "columns"
_RESTORE = -1


class ColumnChooser(QObject):
    """Columns are dragged by their headings, and shown or hidden in a menu."""

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
        self._fill(menu.addMenu(self.tr("Columns")))

    @Slot(QPoint)
    def _open(self, at: QPoint) -> None:
        from PySide6.QtWidgets import QMenu  # noqa: PLC0415 - as said above

        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill(menu)
        menu.popup(self._view.horizontalHeader().mapToGlobal(at))

    def _fill(self, menu: QMenu) -> None:
        arrangement = self._view.arrangement()
        for at in arrangement.order:
            if at in BUTTONS:
                continue
            action = menu.addAction(spoken(COLUMNS[at]))
            action.setData(int(at))
            action.setCheckable(True)
            action.setChecked(at not in arrangement.hidden)
            action.setEnabled(at not in ALWAYS)
        menu.addSeparator()
        restore = menu.addAction(self.tr("Restore the columns"))
        restore.setData(_RESTORE)
        restore.setEnabled(arrangement != Arrangement())
        menu.triggered.connect(self._chosen)

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        place = int(action.data())
        if place == _RESTORE:
            self._view.arrange(Arrangement())
        else:
            self._view.arrange(self._view.arrangement().toggled(At(place)))
        self._keep()

    @Slot()
    def _keep(self) -> None:
        self._settings.setValue(_KEY, dump(self._view.arrangement()))
