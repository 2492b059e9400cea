"""The two tabs of the person form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from vfadmin.ui import icons, texts
from vfadmin.ui.persons import cells
from vfadmin.ui.persons.summary import TroubleCard
from vfadmin.ui.style import shades
from vfadmin.ui.widgets import tab_through, wrapping

if TYPE_CHECKING:
    from vfadmin.services.rows import PersonRow

DEFAULT, NEW = "default", "new"
LEAST_WIDTH = 540
"""The form is never narrower; before it is laid out its width says nothing."""
_TONES = {"active": "good", "passive": "neutral", "error": "bad", "unused": "neutral"}


def _form(between: int, parent: QWidget | None = None) -> QFormLayout:
    form = QFormLayout(parent)
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(between)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


class BasicTab(QWidget):
    """Name, e-mail, company, and what kind of person record it is."""

    edited = Signal()

    def __init__(self, companies: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number, self.name, self.email = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.company = QComboBox(self)
        self.active, self.resource = QCheckBox(self), QCheckBox(self)
        self._mobile = wrapping(self)
        self._labels = [QLabel(self) for _ in range(5)]
        self.number.setReadOnly(True)
        self.company.setEditable(True)
        self.company.addItems(["", *companies])
        self.company.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        form = _form(10, self)
        form.setContentsMargins(20, 20, 20, 20)
        fields = (self.number, self.name, self.email, self.company, self._mobile)
        for label, field in zip(self._labels, fields, strict=True):
            form.addRow(label, field)
            label.setBuddy(field)
        self._labels[4].setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        form.addRow("", self.active)
        form.addRow("", self.resource)
        for line in (self.name, self.email):
            line.textEdited.connect(self.edited)
        self.company.editTextChanged.connect(self.edited)
        self.active.toggled.connect(self.edited)
        self.resource.toggled.connect(self.edited)
        self._row: PersonRow | None = None
        self._retranslate()

    def fill(self, row: PersonRow) -> None:
        """Show the row."""
        self._row = row
        self.blockSignals(True)
        self.number.setText(str(row.id))
        self.name.setText(row.name)
        self.email.setText(row.email)
        self.company.setCurrentText(row.company)
        self.active.setChecked(row.person_active)
        self.resource.setChecked(row.kind == "resource")
        self.blockSignals(False)
        self._retranslate()

    def values(self) -> tuple[str, str, str, bool, bool]:
        """Name, e-mail, company, active, resource."""
        name, email = self.name.text().strip(), self.email.text().strip()
        return (
            name,
            email,
            self.company.currentText().strip(),
            self.active.isChecked(),
            self.resource.isChecked(),
        )

    def _retranslate(self) -> None:
        words = (
            self.tr("ValueFrame ID"),
            self.tr("&Name"),
            self.tr("&E-mail"),
            self.tr("&Company"),
            self.tr("Mobile sync"),
        )
        for label, word in zip(self._labels, words, strict=True):
            label.setText(word)
        for field, word in zip((self.number, self.name, self.email, self.company), words, strict=False):
            field.setAccessibleName(word.replace("&", ""))
        self.active.setText(self.tr("&Active in ValueFrame"))
        self.active.setToolTip(self.tr("A person who becomes inactive is passivated; nothing is deleted."))
        self.resource.setText(self.tr("&Resource (room or device)"))
        warning = texts.mobile_warning(self._row) if self._row is not None else ""
        self._mobile.setText(warning or self.tr("not in use"))
        self._mobile.setProperty("role", "bad" if warning else "muted")
        self._mobile.style().unpolish(self._mobile)
        self._mobile.style().polish(self._mobile)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()


class ExchangeTab(QWidget):
    """Login, calendar, state, and what can be done with the integration."""

    edited = Signal()
    action_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.login, self.calendar_name = QLineEdit(self), QLineEdit(self)
        self.default, self.new = QRadioButton(self), QRadioButton(self)
        self.switch, self.preview, self.remove = QPushButton(self), QPushButton(self), QPushButton(self)
        self.change = QPushButton(self)
        self._labels = [QLabel(self) for _ in range(4)]
        self._form, self.protocol = _form(12), QLabel(self)
        self._icon, self._state, self._since = QLabel(self), QLabel(self), wrapping(self)
        self._hint = wrapping(self)
        self._trouble = TroubleCard(self)
        self._row: PersonRow | None = None
        self._compose()
        self._connect()
        self._retranslate()

    def _compose(self) -> None:
        group = QButtonGroup(self)
        group.addButton(self.default)
        group.addButton(self.new)
        self.login.setMaxLength(320)
        self.calendar_name.setMaxLength(255)
        self.switch.setProperty("kind", "primary")
        self.remove.setProperty("kind", "danger")
        self._state.setProperty("role", "title")
        self._since.setProperty("role", "muted")
        self._hint.setProperty("role", "muted")
        self._trouble.resume.hide()
        state = QHBoxLayout()
        state.setSpacing(8)
        for widget in (self._icon, self._state):
            state.addWidget(widget)
        state.addWidget(self._since, 1)
        calendar = QVBoxLayout()
        calendar.setSpacing(6)
        name = QHBoxLayout()
        name.addWidget(self.new)
        name.addWidget(self.calendar_name, 1)
        calendar.addWidget(self.default)
        calendar.addLayout(name)
        calendar.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        form = self._form
        form.addRow(self._labels[0], state)
        form.addRow(self._labels[1], self.login)
        form.addRow(self._labels[2], calendar)
        form.addRow(self._labels[3], self.protocol)
        self._labels[1].setBuddy(self.login)
        for label, room in zip(self._labels, (0, 6, 1, 0), strict=True):
            label.setContentsMargins(0, room, 0, 0)  # level with the first line of what stands beside it
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        for button in (self.switch, self.preview, self.remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addWidget(self._trouble)
        column.addLayout(form)
        column.addWidget(self._hint)
        column.addLayout(buttons)
        column.addStretch(1)
        calendars = (self.default, self.new, self.calendar_name, self.change)
        tab_through(self.login, *calendars, self.switch, self.preview, self.remove)

    def _connect(self) -> None:
        self.login.textEdited.connect(self._login_edited)
        self.calendar_name.textEdited.connect(self.edited)
        self.new.toggled.connect(self._calendar_chosen)
        self.switch.clicked.connect(self._switched)
        self.preview.clicked.connect(self._previewed)
        self.remove.clicked.connect(self._removed)
        self.change.clicked.connect(self._asked_to_change)

    def fill(self, row: PersonRow) -> None:
        """Show the row."""
        self.blockSignals(True)
        self.login.setText(row.login)
        self.login.setPlaceholderText(row.email)
        (self.new if row.calendar == NEW else self.default).setChecked(True)
        self.calendar_name.setText(row.calendar_name)
        self.blockSignals(False)
        self._unmark()
        self.show_state(row)

    def show_state(self, row: PersonRow) -> None:
        """Show how the integration stands, whatever the fields say."""
        self._row = row
        self._retranslate()

    def reset_calendar(self) -> None:
        """Show the calendar that is stored."""
        if self._row is not None:
            (self.new if self._row.calendar == NEW else self.default).setChecked(True)
            self.calendar_name.setText(self._row.calendar_name)

    def values(self) -> tuple[str, str, str]:
        """Login, calendar choice, name of the calendar."""
        choice = NEW if self.new.isChecked() else DEFAULT
        return self.login.text().strip(), choice, self.calendar_name.text().strip()

    def mark_login(self) -> None:
        """The login was refused: frame it and put the keyboard there."""
        self._set_wrong("true")
        self.login.setFocus()
        self.login.selectAll()

    def _unmark(self) -> None:
        self._set_wrong("false")

    def _set_wrong(self, value: str) -> None:
        self.login.setProperty("wrong", value)
        self.login.style().unpolish(self.login)
        self.login.style().polish(self.login)

    @Slot()
    def _login_edited(self) -> None:
        self._unmark()
        self._show_actions()
        self.edited.emit()

    @Slot()
    def _calendar_chosen(self) -> None:
        self._show_actions()
        self.edited.emit()

    @Slot()
    def _switched(self) -> None:
        if self._row is not None:
            self.action_asked.emit(cells.switch_action(self._row))

    @Slot()
    def _previewed(self) -> None:
        self.action_asked.emit("preview")

    @Slot()
    def _asked_to_change(self) -> None:
        self.action_asked.emit("calendar")

    @Slot()
    def _removed(self) -> None:
        self.action_asked.emit("remove")

    def _show_actions(self) -> None:
        row = self._row
        if row is None:
            return
        words = {
            "activate": self.tr("Activate Exchange integration"),
            "passivate": self.tr("Passivate"),
            "resume": self.tr("Resume from error"),
        }
        action = cells.switch_action(row)
        self.switch.setText(words[action])
        lacking = action == "activate" and not self.login.text().strip()
        self.switch.setEnabled(not lacking)
        self.preview.setVisible(action == "activate")
        self.preview.setEnabled(not lacking)
        for button in (self.switch, self.preview):
            button.setToolTip(self.tr("Enter the login first.") if lacking else "")
        self.remove.setVisible(row.state != "unused")
        live = row.state in ("active", "error")
        self.change.setVisible(row.state != "unused" and row.kind != "resource")
        self.change.setEnabled(row.state != "error")
        self.default.setEnabled(not live)
        self.new.setEnabled(not live)
        self.calendar_name.setEnabled(not live and self.new.isChecked())

    def _retranslate(self) -> None:
        words = (self.tr("State"), self.tr("&Login"), self.tr("Calendar"), self.tr("Protocol"))
        for label, word in zip(self._labels, words, strict=True):
            label.setText(word)
        self.login.setAccessibleName(self.tr("Login"))
        self.login.setToolTip(self.tr("An e-mail address for Office 365, DOMAIN\\user for an own server"))
        self.default.setText(self.tr("The mailbox's &default calendar"))
        self.new.setText(self.tr("A ne&w calendar named"))
        self.calendar_name.setAccessibleName(self.tr("Name of the new calendar"))
        self.remove.setText(self.tr("Remove Exchange account"))
        self.preview.setText(self.tr("&Preview…"))
        self.change.setText(self.tr("Change the &calendar…"))
        if self._row is not None:
            self._show_row(self._row)

    def _show_row(self, row: PersonRow) -> None:
        colours = shades(QApplication.palette())
        tone = getattr(colours, _TONES[row.state])
        name = "state-delayed" if row.delayed else f"state-{row.state}"
        colour = colours.warn if row.delayed else tone
        self._icon.setPixmap(icons.pixmap(name, colour, 18, self.devicePixelRatio(), colours.base))
        self._state.setText(texts.row_state(row))
        self.protocol.setText(texts.protocol_name(row))
        self._form.setRowVisible(self.protocol, bool(row.protocol))
        last = (
            self.tr("Last synchronised {time}").format(time=texts.absolute(row.last_synced))
            if row.last_synced
            else ""
        )
        self._since.setText(last)
        hints = []
        if row.state == "active":
            hints.append(self.tr("When the calendar is changed, the events from ValueFrame move along."))
        elif row.state == "error":
            hints.append(self.tr("The calendar can be changed once the integration is resumed."))
        if row.kind == "resource":
            hints.append(self.tr("A resource's own events are not synchronised, only links to it."))
        self._hint.setText("\n".join(hints))
        self._hint.setVisible(bool(hints))
        self._trouble.show_trouble(row, ())
        self._trouble.resume.hide()
        self._show_actions()
        self._fit()

    def _fit(self) -> None:
        """Be as high as the texts need at this width; a tab widget does not ask for that by itself."""
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(max(0, layout.totalHeightForWidth(max(self.width(), LEAST_WIDTH))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the texts elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._retranslate()
