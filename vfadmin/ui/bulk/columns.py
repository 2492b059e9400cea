"""What the columns of the list are taken for, and a field for each to say it otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from vfadmin.ui import texts
from vfadmin.ui.bulk.words import FIELDS, field_word
from vfadmin.ui.form_page import scrolled
from vfadmin.ui.texts import number
from vfadmin.ui.widgets import breakable, tab_through, wrapping

if TYPE_CHECKING:
    from vfadmin.services.bulk_import import ImportPlan, LayoutRow

_ACROSS, _TALLEST = 4, 200


class ColumnsPanel(QFrame):
    """``chosen`` carries the columns by field, as `BulkImport.check` wants them.

    ``forget_asked`` says that the columns are to be recognised anew, here and in later lists.
    """

    chosen = Signal(object)
    forget_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("columns")
        self._columns: Mapping[str, str] = {}
        self._place = ("", 0)
        self._taught: LayoutRow | None = None
        self.intro = wrapping(self)
        self.forget = QPushButton(self)
        self.forget.setProperty("kind", "link")
        self.forget.clicked.connect(self.forget_asked)
        self.intro.setProperty("role", "muted")
        self.combos: dict[str, QComboBox] = {}
        self._labels: dict[str, QLabel] = {}
        self._scroll: QScrollArea | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 10, 14, 12)
        self._column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.intro, 1)
        head.addWidget(self.forget, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(head)

    def show_plan(self, plan: ImportPlan) -> None:
        """Show the columns of this list."""
        self._columns = dict(plan.columns)
        self._place = (plan.sheet, plan.header_row)
        self._taught = plan.taught
        by_title = {title: field for field, title in plan.columns.items()}
        titles = list(dict.fromkeys((*plan.columns.values(), *plan.ignored_columns)))
        if titles != list(self.combos):
            self._build(titles)
        for title, combo in self.combos.items():
            combo.setCurrentIndex(max(0, combo.findData(by_title.get(title))))
        self._say()

    def take_back(self) -> None:
        """What was chosen is not to be: show what holds."""
        by_title = {title: field for field, title in self._columns.items()}
        for title, combo in self.combos.items():
            combo.setCurrentIndex(max(0, combo.findData(by_title.get(title))))

    def _build(self, titles: list[str]) -> None:
        if self._scroll is not None:
            self._column.removeWidget(self._scroll)
            self._scroll.hide()
            self._scroll.deleteLater()
        page = QWidget(self)
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(3)
        self.combos, self._labels = {}, {}
        for place, title in enumerate(titles):
            label, combo = wrapping(page), QComboBox(page)
            label.setText(breakable(title))
            label.setBuddy(combo)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContentsOnFirstShow)
            combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            combo.addItem("", None)
            for field in FIELDS:
                combo.addItem("", field)
            combo.activated.connect(self._changed)
            line, across = divmod(place, _ACROSS)
            grid.addWidget(label, 2 * line, across, Qt.AlignmentFlag.AlignBottom)
            grid.addWidget(combo, 2 * line + 1, across)
            self.combos[title], self._labels[title] = combo, label
        for across in range(_ACROSS):
            grid.setColumnStretch(across, 1)
        self._scroll = scrolled(page, self)
        page.adjustSize()
        self._scroll.setFixedHeight(min(_TALLEST, page.sizeHint().height() + 4))
        self._column.addWidget(self._scroll)
        tab_through(self.forget, *self.combos.values())

    @Slot()
    def _changed(self) -> None:
        """A field has one column: whoever had it before has none now."""
        said = self.sender()
        field = said.currentData() if isinstance(said, QComboBox) else None
        for combo in self.combos.values():
            if combo is not said and field is not None and combo.currentData() == field:
                combo.setCurrentIndex(0)
        found = {combo.currentData(): title for title, combo in self.combos.items() if combo.currentData()}
        if found != dict(self._columns):
            self.chosen.emit({**dict.fromkeys(self._columns, ""), **found})

    def _say(self) -> None:
        sheet, row = self._place
        where = self.tr("The headings are in row {row} of the sheet {sheet}.")
        said = [where.format(row=number(row), sheet=sheet)]
        taught = self._taught
        if taught is not None:
            before = self.tr("The columns are taken as {actor} corrected them in the list {file}, {date}.")
            file, day = breakable(taught.file), texts.date(taught.at)
            said.append(before.format(actor=taught.actor, file=file, date=day))
        self.forget.setVisible(taught is not None)
        self.forget.setText(self.tr("&Forget these corrections"))
        self.forget.setToolTip(
            self.tr("Recognises the columns by their headings again, here and in later lists")
        )
        said.append(self.tr("Say what each column is; a column that is not used changes nothing."))
        self.intro.setText(" ".join(said))
        self.setAccessibleName(self.tr("Columns"))
        for title, combo in self.combos.items():
            combo.setItemText(0, self.tr("Not used"))
            for place, field in enumerate(FIELDS, start=1):
                combo.setItemText(place, field_word(field))
            combo.setAccessibleName(self.tr("Column {title}").format(title=title))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
