"""Another calendar for a person whose events are synchronised already (R2): what moves, what stays behind."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from vfadmin.errors import Failure, UsageError
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.persons.draft import read_person
from vfadmin.ui.texts import explain_failure
from vfadmin.ui.widgets import InfoBar, wrapping

if TYPE_CHECKING:
    from vfadmin.services.activation import CalendarChange
    from vfadmin.services.context import Services
    from vfadmin.services.rows import PersonRow

DEFAULT, NEW = "default", "new"
_WAIT_MS = 150
_WIDTH, _EDGE = 520, 16


def preview(services: Services, person_id: int, calendar: str, name: str | None) -> list[CalendarChange]:
    """What the change would do; nothing where it is the present calendar. Called in the services' thread."""
    return services.activation.preview_calendar([person_id], calendar, name)


def change_calendar(services: Services, row: PersonRow, calendar: str, name: str | None) -> PersonRow:
    """Go on in the other calendar; the events move with the next cycle. Called in the services' thread.

    An active integration rests for the instant of it. Raises UsageError with what refuses the activation.
    """
    if row.state == "active":
        services.activation.passivate([row.id])
    (result,) = services.activation.activate(
        [row.id], calendar=calendar, calendar_name=name, move_events=True
    )
    if result.error is not None:
        raise UsageError(result.error)
    return services.directory.person(row.id)


class CalendarDialog(QDialog):
    """Asks for the other calendar; possible once its outcome is shown. ``changed`` carries the row."""

    changed = Signal(object)

    def __init__(
        self, desk: Desk, row: PersonRow, wanted: tuple[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._row = desk, row
        self.intro, self.outcome = wrapping(self), wrapping(self)
        self.default, self.new = QRadioButton(self), QRadioButton(self)
        self.name = QLineEdit(self)
        self.bar = InfoBar(self)
        self.verb, self.cancel = QPushButton(self), QPushButton(self)
        self._wait = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._compose()
        self._choose(*wanted)
        self._connect()
        self._retranslate()
        self._ask()

    def _compose(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QButtonGroup(self)
        for button in (self.default, self.new):
            group.addButton(button)
        self.name.setMaxLength(255)
        self.outcome.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.verb.setProperty("kind", "primary")
        self.verb.setAutoDefault(False)
        self.cancel.setDefault(True)
        name, buttons = QHBoxLayout(), QHBoxLayout()
        name.addWidget(self.new)
        name.addWidget(self.name, 1)
        buttons.addStretch(1)
        buttons.addWidget(self.verb)
        buttons.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        column.setSpacing(10)
        column.addWidget(self.bar)
        column.addWidget(self.intro)
        column.addWidget(self.default)
        column.addLayout(name)
        column.addWidget(self.outcome, 1)
        column.addLayout(buttons)
        self.setMinimumWidth(_WIDTH)

    def _choose(self, calendar: str, name: str) -> None:
        """What was wanted in the form; without a wish, the calendar that is not the present one."""
        if (calendar, name) == (self._row.calendar, self._row.calendar_name):
            calendar = NEW if self._row.calendar == DEFAULT else DEFAULT
        (self.new if calendar == NEW else self.default).setChecked(True)
        self.name.setText(name or self._row.calendar_name)
        self.name.setEnabled(calendar == NEW)

    def _connect(self) -> None:
        self.new.toggled.connect(self._edited)
        self.name.textEdited.connect(self._edited)
        self._wait.timeout.connect(self._ask)
        self.verb.clicked.connect(self._change)
        self.cancel.clicked.connect(self.reject)

    def choice(self) -> tuple[str, str | None]:
        """The calendar, and the name of one of its own."""
        return (NEW, self.name.text().strip()) if self.new.isChecked() else (DEFAULT, None)

    @Slot()
    def _edited(self) -> None:
        self.name.setEnabled(self.new.isChecked())
        self.verb.setEnabled(False)
        self.bar.hide()
        self._wait.start()

    @Slot()
    def _ask(self) -> None:
        self.verb.setEnabled(False)
        self._tell(self.tr("Counting what would move and what would stay…"))
        calendar, name = self.choice()
        call = partial(preview, person_id=self._row.id, calendar=calendar, name=name)
        self._desk.ask(self, call, self._counted, self._failed, channel="calendar-preview")

    def _counted(self, found: Sequence[CalendarChange]) -> None:
        self.verb.setEnabled(bool(found))
        if not found:
            self._tell(self.tr("This is the calendar that is in use now."))
            return
        self._tell("\n\n".join([*self._explain(found[0]), self._goes_on()]))

    def _tell(self, text: str) -> None:
        """Show the outcome; the dialog grows with it and does not shrink while it is read."""
        self.outcome.setText(text)
        width = max(self.outcome.width(), _WIDTH - 2 * _EDGE)
        needed = self.outcome.heightForWidth(width)
        self.outcome.setMinimumHeight(max(needed, self.outcome.minimumHeight()))

    def _explain(self, change: CalendarChange) -> list[str]:
        if not (change.moves or change.stays):
            return [self.tr("No event has been synchronised with the present calendar.")]
        lines = [
            self.tr("%n event(s) that came from ValueFrame move to the other calendar.", "", change.moves)
        ]
        if change.stays:
            lines.append(
                self.tr(
                    "%n event(s) created in Outlook stay in the present calendar. They are kept on both "
                    "sides but not synchronised any more.",
                    "",
                    change.stays,
                )
            )
        return lines

    def _goes_on(self) -> str:
        if self._row.state == "active":
            return self.tr("Synchronisation goes on in the other calendar at once.")
        return self.tr("The integration is activated, as the events move when it is synchronised.")

    def _failed(self, failure: Failure) -> None:
        text = explain_failure(failure)
        self._tell("")
        self.bar.show_message("bad", text.message, text.remedy, code=failure.code)

    @Slot()
    def _change(self) -> None:
        self.verb.setEnabled(False)
        calendar, name = self.choice()
        call = partial(change_calendar, row=self._row, calendar=calendar, name=name)
        self._desk.ask(self, call, self._changed, self._refused, lane=Lane.WRITE)

    def _changed(self, row: PersonRow) -> None:
        self.changed.emit(row)
        self.accept()

    def _refused(self, failure: Failure) -> None:
        """An active integration may rest now: what the form shows is read anew."""
        self._failed(failure)
        call = partial(read_person, person_id=self._row.id)
        self._desk.ask(self, call, self._read, self._failed)

    def _read(self, row: PersonRow) -> None:
        self._row = row
        self.changed.emit(row)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Change the calendar of {name}").format(name=self._row.name))
        present = (
            self.tr("In use now: the mailbox's default calendar.")
            if self._row.calendar == DEFAULT
            else self.tr("In use now: the calendar {name}.").format(name=self._row.calendar_name)
        )
        self.intro.setText(present)
        self.default.setText(self.tr("The mailbox's &default calendar"))
        self.new.setText(self.tr("A calendar of its &own, named"))
        self.name.setAccessibleName(self.tr("Name of the calendar"))
        self.outcome.setAccessibleName(self.tr("What would happen"))
        self.verb.setText(self.tr("&Change the calendar"))
        self.cancel.setText(self.tr("Cancel"))
