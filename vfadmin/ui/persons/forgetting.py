"""Takes the texts out of a person's history once it was said that this is meant (R31)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from vfadmin.errors import Failure
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.texts import explain_failure
from vfadmin.ui.widgets import InfoBar

if TYPE_CHECKING:
    from vfadmin.services.context import Services


def count(services: Services, person_id: int) -> int:
    """How many operations hold texts. Called in the services' thread."""
    return services.forget_texts.count(person_id)


def forget(services: Services, person_id: int) -> int:
    """Remove them for good. Called in the services' thread."""
    return services.forget_texts.forget(person_id)


class Forgetting(QObject):
    """Asks first, and tells in ``bar`` what came of it. ``changed``: something is, or may be, gone."""

    changed = Signal()

    def __init__(self, desk: Desk, person_id: int, bar: InfoBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._person, self._bar, self._parent = desk, person_id, bar, parent
        self.busy = False

    def start(self) -> None:
        """Count, then ask."""
        if not self.busy:
            call = partial(count, person_id=self._person)
            self.busy = self._desk.ask(self, call, self._counted, self._failed)

    def _counted(self, found: int) -> None:
        self.busy = False
        if not found:
            self._bar.show_message("info", self.tr("This history holds no texts."))
            return
        from vfadmin.ui.confirm import Question  # noqa: PLC0415 - see there

        Question(
            self._parent,
            self.tr("Remove the texts from the history of this person?"),
            self.tr(
                "Titles, locations and texts are removed for good from %n operation(s). Times and reasons "
                "stay, and so do both calendars. These runs can then not be undone any more.",
                "",
                found,
            ),
            self.tr("Remove texts"),
            self._forget,
        ).ask()

    def _forget(self) -> None:
        call = partial(forget, person_id=self._person)
        if not self.busy and self._desk.ask(self, call, self._forgot, self._failed, lane=Lane.FILE):
            self.busy = True
            self._bar.show_message("info", self.tr("Removing the texts. Work goes on meanwhile."))

    def _forgot(self, operations: int) -> None:
        self.busy = False
        self._bar.show_message("good", self.tr("The texts of %n operation(s) were removed.", "", operations))
        self.changed.emit()

    def _failed(self, failure: Failure) -> None:
        self.busy = False
        text = explain_failure(failure)
        self._bar.show_message("bad", text.message, text.remedy, code=failure.code)
        self.changed.emit()
