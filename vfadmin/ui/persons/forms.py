"""The person forms that are open: one for each person at most."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from vfadmin.ui.desk import Desk

if TYPE_CHECKING:
    from vfadmin.services.rows import PersonRow
    from vfadmin.ui.persons.form import PersonForm


class Forms(QObject):
    """Opens forms and passes on what they tell."""

    saved = Signal(object)
    action_asked = Signal(str, int)

    def __init__(self, desk: Desk, clock: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._clock = desk, clock
        self._parent = parent
        self._open: list[PersonForm] = []

    @property
    def open_ones(self) -> Sequence[PersonForm]:
        """The forms that are open."""
        return self._open

    def open(self, row: PersonRow, companies: Sequence[str]) -> PersonForm:
        """Open the form of the person, or bring it to the front."""
        for form in self._open:
            if form.person_id == row.id:
                form.raise_()
                form.activateWindow()
                return form
        from vfadmin.ui.persons.form import PersonForm  # noqa: PLC0415 - not needed for the first window

        form = PersonForm(self._desk, row, companies, self._clock, self._parent.window())
        form.saved.connect(self.saved)
        form.action_asked.connect(self.action_asked)
        form.finished.connect(self._closed)
        self._open.append(form)
        form.show()
        return form

    def live(self, rows: Iterable[PersonRow]) -> None:
        """Rows were read anew: forms of these persons follow."""
        by_id = {row.id: row for row in rows}
        for form in self._open:
            row = by_id.get(form.person_id)
            if row is not None:
                form.live(row)

    def follow(self) -> None:
        """Somebody wrote into the store: what the forms show is read anew."""
        for form in self._open:
            form.follow()

    def stop_reading(self) -> None:
        """Nobody waits any more for the calendars that are being read, a diagnosis or an undo."""
        for form in self._open:
            form.calendars.compare.stop()
            form.diagnosing.cancel()
            form.history.stop()

    @Slot()
    def _closed(self) -> None:
        closed = self.sender()
        self._open = [form for form in self._open if form is not closed]
