"""The button of the saved views: choose one, keep the present criteria under a name, delete one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from vfadmin.ui import icons
from vfadmin.ui.persons.criteria import Criteria
from vfadmin.ui.persons.saved_views import SavedViews
from vfadmin.ui.style import shades

if TYPE_CHECKING:  # Qt makes a class when it is imported, and these are not seen in the first window
    from PySide6.QtWidgets import QMenu

LONGEST = 60
"""Characters of a name; a menu with longer ones is read by nobody."""


class ViewPicker(QPushButton):
    """``chosen`` is emitted with the criteria of a view; ``criteria`` tells the present ones."""

    chosen = Signal(object)

    def __init__(self, views: SavedViews, criteria: Callable[[], Criteria], parent: QWidget) -> None:
        super().__init__(parent)
        self._views, self._criteria = views, criteria
        self.clicked.connect(self._open)
        self._retranslate()

    def made_menu(self) -> QMenu:
        """The menu as it is now."""
        from PySide6.QtWidgets import QMenu  # noqa: PLC0415 - as said above

        menu = QMenu(self)
        views = self._views.all()
        for view in views:
            menu.addAction(_plain(view.name)).setData(view.criteria)
        if not views:
            menu.addAction(self.tr("No views have been saved yet")).setEnabled(False)
        menu.addSeparator()
        menu.addAction(self.tr("&Save this view…")).triggered.connect(self.ask_name)
        removal = menu.addMenu(self.tr("&Delete a view"))
        removal.setEnabled(bool(views))
        for view in views:
            removal.addAction(_plain(view.name)).setData(view.name)
        menu.triggered.connect(self._picked)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    @Slot()
    def ask_name(self) -> None:
        """Ask for a name and keep the present criteria under it."""
        from PySide6.QtWidgets import QInputDialog  # noqa: PLC0415 - as said above

        dialog = QInputDialog(self)
        dialog.setWindowTitle(self.tr("Save this view"))
        dialog.setLabelText(self.tr("The criteria and the order are kept in this window under the name:"))
        dialog.setOkButtonText(self.tr("Save"))
        dialog.setCancelButtonText(self.tr("Cancel"))
        dialog.textValueSelected.connect(self._save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _open(self) -> None:
        self.made_menu().popup(self.mapToGlobal(self.rect().bottomLeft()))

    @Slot(QAction)
    def _picked(self, action: QAction) -> None:
        meant = action.data()
        if isinstance(meant, Criteria):
            self.chosen.emit(meant)
        elif isinstance(meant, str):
            self._views.remove(meant)

    @Slot(str)
    def _save(self, typed: str) -> None:
        name = " ".join(typed.split())[:LONGEST]
        if name:
            self._views.save(name, self._criteria())

    def _retranslate(self) -> None:
        self.setIcon(icons.icon("views", shades(QApplication.palette()).text))
        self.setToolTip(self.tr("Saved views: choose one, or save the present criteria"))
        self.setAccessibleName(self.tr("Saved views"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._retranslate()


def _plain(name: str) -> str:
    """The name as a menu shows it: an ampersand in it leads to no key."""
    return name.replace("&", "&&")
