"""The upper part of the search view: what is searched for (R20, R21)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from vfadmin.ui import icons
from vfadmin.ui.persons.cause_picker import CausePicker
from vfadmin.ui.persons.criteria import Counted, Criteria, sorted_by, then_by
from vfadmin.ui.persons.saved_views import SavedViews
from vfadmin.ui.persons.view_picker import ViewPicker
from vfadmin.ui.style import shades
from vfadmin.ui.texts import STATES, number, state_plural
from vfadmin.ui.widgets import Chip

if TYPE_CHECKING:
    from vfadmin.services.directory import CompanyRow
    from vfadmin.ui.persons.filter_pills import FilterPills

DEBOUNCE_MS = 150
_TONES = {"active": "good", "passive": "neutral", "error": "bad", "unused": "neutral"}


class SearchEdit(QLineEdit):
    """The field of the name; Down and Enter lead on into the results."""

    left_down = Signal()
    emptied = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Enter leave the field, Esc empties it."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class CriteriaBar(QWidget):
    """The criteria; ``changed`` is emitted at once for clicks and after `DEBOUNCE_MS` for typing.

    ``leave`` leads on into the results, ``all_asked`` asks to select all of them.
    """

    changed = Signal(object)
    leave = Signal()
    all_asked = Signal()

    def __init__(self, views: SavedViews, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sort = Criteria().sort
        self._counted: Counted | None = None
        self._shown = 0
        self._resetting = False
        self._companies_known = False
        self._company_to_come: int | None = None
        self.text = SearchEdit(self)
        self.company = QComboBox(self)
        self.chips = {state: Chip(f"state-{state}", self) for state in STATES}
        self.mobile = Chip("mobile-warning", self)
        self.cause = CausePicker(self)
        self.inactive = QCheckBox(self)
        self.clear = QPushButton(self)
        self.views = ViewPicker(views, self.criteria, self)
        self.figure = QLabel(self)
        self.pills: FilterPills | None = None
        self._company_label = QLabel(self)
        self._pause = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._compose()
        self._connect()
        self._retranslate()
        self._paint()

    def _compose(self) -> None:
        self.text.setMinimumWidth(130)
        self.text.setClearButtonEnabled(True)
        self._glass = QAction(self)
        self.text.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.company.setMinimumContentsLength(12)
        self.company.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.company.addItem("", None)
        self._company_label.setBuddy(self.company)
        self.figure.setProperty("role", "muted")
        self.clear.setProperty("kind", "link")
        for state, chip in self.chips.items():
            chip.set_tone(_TONES[state])
        self.mobile.set_tone("bad")
        above, below = QHBoxLayout(), QHBoxLayout()
        above.setSpacing(8)
        below.setSpacing(6)
        above.addWidget(self.text, 3)
        above.addWidget(self._company_label)
        above.addWidget(self.company, 2)
        above.addWidget(self.inactive)
        above.addStretch(1)
        above.addWidget(self.clear)
        above.addWidget(self.views)
        above.addWidget(self.figure)
        for chip in (*self.chips.values(), self.mobile):
            below.addWidget(chip)
        below.addStretch(1)
        order = [self.text, self.company, self.inactive, self.clear, self.views]
        order += [*self.chips.values(), self.mobile, self.cause.box, self.cause.all]
        for one, following in pairwise(order):
            QWidget.setTabOrder(one, following)
        self._lines = both = QVBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(8)
        both.addLayout(above)
        both.addLayout(below)
        both.addWidget(self.cause)
        self.cause.hide()

    def _connect(self) -> None:
        self.text.textChanged.connect(self._pause.start)
        self.text.left_down.connect(self._left)
        self._pause.timeout.connect(self._emit)
        self.company.currentIndexChanged.connect(self._emit)
        self.inactive.toggled.connect(self._emit)
        self.clear.clicked.connect(self.reset)
        self.views.chosen.connect(self.show_criteria)
        for chip in (*self.chips.values(), self.mobile):
            chip.toggled.connect(self._emit)
        self.chips["error"].toggled.connect(self._errors_toggled)
        self.cause.chosen.connect(self._emit)
        self.cause.all_asked.connect(self.all_asked)

    def criteria(self) -> Criteria:
        """What the fields say now."""
        return Criteria(
            text=self.text.text().strip(),
            company_id=self._company(),
            states=frozenset(state for state, chip in self.chips.items() if chip.isChecked()),
            include_inactive=self.inactive.isChecked(),
            mobile_only=self.mobile.isChecked(),
            error_code=self.cause.code if self.chips["error"].isChecked() else None,
            sort=self._sort,
        )

    def _company(self) -> int | None:
        chosen: int | None = self.company.currentData()
        return self._company_to_come if chosen is None else chosen

    @Slot(object)
    def show_criteria(self, criteria: Criteria) -> None:
        """Search for this. A company that there is no more is left out."""
        self._wipe()
        if not self._companies_known:
            self._company_to_come = criteria.company_id
        self._resetting = True
        self.text.setText(criteria.text)
        self.company.setCurrentIndex(max(0, self.company.findData(criteria.company_id)))
        self.inactive.setChecked(criteria.include_inactive)
        self.mobile.setChecked(criteria.mobile_only)
        for state, chip in self.chips.items():
            chip.setChecked(state in criteria.states)
        if criteria.error_code is not None:
            self.cause.pick(criteria.error_code)
        self._sort = criteria.sort
        self._resetting = False
        self._emit()

    def show_cause(self, code: str) -> None:
        """Find all that this cause has stopped, whatever was searched for before (R24)."""
        self._wipe()
        self._resetting = True
        self.chips["error"].setChecked(True)
        self.cause.pick(code)
        self._resetting = False
        self._emit()

    @Slot(str, bool)
    def sort_by(self, column: str, further: bool = False) -> None:
        """Order by this column, or ``further`` by it too; asked twice, the other way round."""
        self._sort = then_by(self._sort, column) if further else sorted_by(self._sort, column)
        self._emit()

    def set_companies(self, companies: Iterable[CompanyRow]) -> None:
        """Offer these companies and keep the one that is chosen."""
        chosen = self._company()
        self._companies_known, self._company_to_come = True, None
        self.company.blockSignals(True)
        while self.company.count() > 1:
            self.company.removeItem(1)
        for company in companies:
            self.company.addItem(company.name, company.id)
        self.company.setCurrentIndex(max(0, self.company.findData(chosen)))
        self.company.blockSignals(False)
        self._say_filters()
        if chosen is not None and self.company.currentData() is None:
            self._emit()

    @Slot(object)
    def set_counts(self, counted: Counted) -> None:
        """Put the figures on the chips."""
        self._counted = counted
        for state, chip in self.chips.items():
            chip.set_count(getattr(counted.counts, state))
        self.mobile.set_count(counted.counts.mobile)
        if self.chips["error"].isChecked():
            self.cause.set_causes(counted.causes)
        self._say_figure()

    def set_shown(self, shown: int) -> None:
        """Say how many rows were found."""
        self._shown = shown
        self.cause.set_shown(shown)
        self._say_figure()

    @Slot()
    def reset(self) -> None:
        """Back to the default criteria."""
        self._wipe()
        self._emit()

    def _wipe(self) -> None:
        self._resetting = True  # not blocked signals: the widgets follow their own
        self._company_to_come = None
        self.text.clear()
        self.company.setCurrentIndex(0)
        self.inactive.setChecked(False)
        for chip in (*self.chips.values(), self.mobile):
            chip.setChecked(False)
        self._resetting = False

    @Slot()
    def focus_text(self) -> None:
        """Put the keyboard into the field of the name."""
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()

    @Slot()
    def _emit(self) -> None:
        if self._resetting:
            return
        self._pause.stop()
        criteria = self.criteria()
        self._say_filters()
        self.changed.emit(criteria)

    def _say_filters(self) -> None:
        """Show what narrows or widens the list; the states and the mobile sync have chips of their own."""
        criteria = self.criteria()
        self.clear.setVisible(replace(criteria, sort=()) != Criteria(sort=()))
        in_force = self._in_force(criteria)
        if self.pills is None and in_force:
            self.pills = self._made_pills()
        if self.pills is not None:
            self.pills.show_filters(in_force)

    def _in_force(self, criteria: Criteria) -> dict[str, str]:
        company, cause = self.company.currentText(), criteria.error_code or ""
        named = {
            "text": (criteria.text, self.tr("Search: {text}").format(text=criteria.text)),
            "company": (self.company.currentData(), self.tr("Company: {company}").format(company=company)),
            "cause": (cause, self.tr("Cause: {code}").format(code=cause)),
            "inactive": (criteria.include_inactive, self.inactive.text()),
        }
        return {name: words for name, (wanted, words) in named.items() if wanted}

    def _made_pills(self) -> FilterPills:
        from vfadmin.ui.persons.filter_pills import FilterPills  # noqa: PLC0415 - there is none at the start

        pills = FilterPills(self.cause.all, self)
        pills.removed.connect(self._remove)
        self._lines.addWidget(pills)
        return pills

    @Slot(str)
    def _remove(self, name: str) -> None:
        """Take one filter away."""
        if self.pills is not None and len(self.pills.pills) == 1:
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        if name == "text":
            self.text.clear()
            self._emit()
        elif name == "company":
            self.company.setCurrentIndex(0)
        elif name == "cause":
            self.cause.clear()
        else:
            self.inactive.setChecked(False)

    @Slot(bool)
    def _errors_toggled(self, wanted: bool) -> None:
        if not wanted:
            self.cause.clear()
        self.cause.setVisible(wanted)

    @Slot()
    def _left(self) -> None:
        if self._pause.isActive():
            self._emit()
        self.leave.emit()

    def _say_figure(self) -> None:
        if self._counted is not None:
            self.figure.setText(
                self.tr("{shown} of {everybody}").format(
                    shown=number(self._shown), everybody=number(self._counted.everybody)
                )
            )

    def _retranslate(self) -> None:
        self.text.setPlaceholderText(self.tr("Name, e-mail, login or ID"))
        self.text.setAccessibleName(self.tr("Search"))
        self.text.setToolTip(self.tr("Search by name, e-mail, login or ID (Ctrl+F)"))
        self._company_label.setText(self.tr("Company"))
        self.company.setAccessibleName(self.tr("Company"))
        self.company.setItemText(0, self.tr("All companies"))
        self.inactive.setText(self.tr("Also inactive persons"))
        self.clear.setText(self.tr("Clear"))
        self.clear.setToolTip(self.tr("Clear all criteria"))
        for state, chip in self.chips.items():
            chip.set_label(state_plural(state))
            chip.setToolTip(self.tr("Show only these; several can be chosen"))
        self.mobile.set_label(self.tr("Mobile sync"))
        self.mobile.setToolTip(self.tr("Show only persons who use ActiveSync or SyncML"))
        self.figure.setToolTip(self.tr("Rows found, of all persons and resources"))
        self._say_filters()
        self._say_figure()

    def _paint(self) -> None:
        self._glass.setIcon(icons.icon("search", shades(QApplication.palette()).muted))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._paint()
