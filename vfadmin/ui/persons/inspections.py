"""What is looked into without changing anything: the diagnosis of a mailbox, what the next sync would do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from vfadmin.ui.desk import Desk
from vfadmin.ui.persons.diagnosing import Diagnosing
from vfadmin.ui.persons.doing import Doing
from vfadmin.ui.widgets import InfoBar

if TYPE_CHECKING:
    from vfadmin.ui.persons.dry_run import DryRunDialog


class Inspections(QObject):
    """Listens to ``doing`` for what is asked, and has it tell what goes on."""

    def __init__(
        self, desk: Desk, doing: Doing, bar: InfoBar, clock: Callable[[], datetime], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self._parent = desk, parent
        self._dialog: DryRunDialog | None = None
        self.diagnosing = Diagnosing(desk, bar, clock, parent)
        self.diagnosing.working.connect(doing.working)
        doing.diagnosis_asked.connect(self.diagnosing.start)
        doing.dry_run_asked.connect(self.open)

    @property
    def busy(self) -> bool:
        """Whether a diagnosis is being made."""
        return self.diagnosing.busy

    @Slot()
    def stop(self) -> None:
        """Nobody waits any more."""
        self.diagnosing.cancel()
        if (dialog := self.dialog) is not None:
            dialog.stop()

    @property
    def dialog(self) -> DryRunDialog | None:
        """What the next sync would do, if it is being shown."""
        found = self._dialog
        return found if found is not None and shiboken6.isValid(found) else None

    @Slot(object)
    def open(self, ids: Sequence[int]) -> DryRunDialog:
        """Show what the next sync would do with these, in the place of others."""
        from vfadmin.ui.persons.dry_run import DryRunDialog  # noqa: PLC0415 - not needed for the first window

        if (former := self.dialog) is not None:
            former.reject()
        self._dialog = dialog = DryRunDialog(self._desk, ids, self._parent.window())
        dialog.show()
        return dialog
