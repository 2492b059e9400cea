"""The band across the window that says why nothing is synchronised (R14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QWidget

from vfadmin.ui import icons
from vfadmin.ui.style import shades
from vfadmin.ui.texts import explain_failure
from vfadmin.ui.widgets import wrapping

if TYPE_CHECKING:
    from vfadmin.services.status import StatusSummary


class Banner(QFrame):
    """Shown while the module is off, no connection is set, the account itself fails, or its secret ends."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._summary: StatusSummary | None = None
        self._icon, self._text = QLabel(self), wrapping(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def show_summary(self, summary: StatusSummary) -> None:
        """Show what stops everything, or hide."""
        self._summary = summary
        self._say()

    def _say(self) -> None:
        text, icon = self._reason()
        self._text.setText(text)
        self.setAccessibleName(text)
        self._icon.setPixmap(
            icons.pixmap(icon, shades(QApplication.palette()).warn, 16, self.devicePixelRatio())
        )
        self.setVisible(bool(text))

    def _reason(self) -> tuple[str, str]:
        summary = self._summary
        if summary is None:
            return "", "info"
        if not summary.module:
            return self.tr(
                "The Exchange integration is switched off for this customer: nothing is synchronised. "
                "Persons and integrations can be managed all the same. Support switches it on."
            ), "module-off"
        if summary.paused:
            return self.tr(
                "All synchronisation has been stopped: nothing is synchronised on any computer. "
                "Once the reason is known, go on in the Problems view."
            ), "module-off"
        if not summary.connections:
            return self.tr(
                "No connection to Exchange has been set: nothing is synchronised. Support sets it."
            ), "warning"
        blocked = next((one.blocked for one in summary.connections if one.blocked is not None), None)
        if blocked is not None:
            text = explain_failure(blocked)
            return f"{text.message} {text.remedy} ({blocked.code})", "warning"
        return self._expiring(summary)

    def _expiring(self, summary: StatusSummary) -> tuple[str, str]:
        """A secret that runs out within a month: everything still works, and somebody has to act."""
        ending = [one for one in summary.connections if one.secret_days_left is not None]
        if not ending:
            return "", "info"
        first = min(ending, key=lambda one: one.secret_days_left or 0)
        day = str(first.secret_expires)
        if (first.secret_days_left or 0) < 0:
            text = self.tr("The secret of the connection {name} expired on {day}: support enters a new one.")
        else:
            text = self.tr(
                "The secret of the connection {name} expires on {day}: support enters a new one before that."
            )
        return text.format(name=first.name, day=day), "warning"

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._say()
