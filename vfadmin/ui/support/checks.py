"""The steps of a connection check, each as it ends: what was looked at, what came of it, what to do."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QWidget

from vfadmin.ui import icons
from vfadmin.ui.form_page import GAP, LABEL
from vfadmin.ui.marks import QT_TRANSLATE_NOOP
from vfadmin.ui.style import shades
from vfadmin.ui.texts import date, explain_failure
from vfadmin.ui.widgets import breakable, unbroken, whole, wrapping

if TYPE_CHECKING:
    from vfadmin.services.connections import CheckStep

_NAMES = {
    "dns": QT_TRANSLATE_NOOP("Checks", "Name"),
    "tcp": QT_TRANSLATE_NOOP("Checks", "Connection"),
    "tls": QT_TRANSLATE_NOOP("Checks", "Encryption"),
    "certificate": QT_TRANSLATE_NOOP("Checks", "Certificate"),
    "ews_path": QT_TRANSLATE_NOOP("Checks", "Address of EWS"),
    "auth_offers": QT_TRANSLATE_NOOP("Checks", "Ways to sign in"),
    "sign_in": QT_TRANSLATE_NOOP("Checks", "Sign-in"),
    "server_version": QT_TRANSLATE_NOOP("Checks", "Server version"),
    "login": QT_TRANSLATE_NOOP("Checks", "Integration login"),
    "login_dns": QT_TRANSLATE_NOOP("Checks", "Name (sign-in)"),
    "login_tcp": QT_TRANSLATE_NOOP("Checks", "Connection (sign-in)"),
    "login_tls": QT_TRANSLATE_NOOP("Checks", "Encryption (sign-in)"),
    "login_certificate": QT_TRANSLATE_NOOP("Checks", "Certificate (sign-in)"),
    "authority": QT_TRANSLATE_NOOP("Checks", "Tenant"),
    "token": QT_TRANSLATE_NOOP("Checks", "Application's sign-in"),
    "graph": QT_TRANSLATE_NOOP("Checks", "Graph's answer"),
    "roles": QT_TRANSLATE_NOOP("Checks", "Permissions"),
    "mailbox": QT_TRANSLATE_NOOP("Checks", "Mailbox"),
    "impersonation": QT_TRANSLATE_NOOP("Checks", "Impersonation"),
    "calendar": QT_TRANSLATE_NOOP("Checks", "Calendar"),
    "clock": QT_TRANSLATE_NOOP("Checks", "Clock"),
}
_PORT = QT_TRANSLATE_NOOP("Checks", "Port {found} answers")
_VALID = QT_TRANSLATE_NOOP("Checks", "Valid until {found}")
_FOUND = {
    "tcp": _PORT,
    "login_tcp": _PORT,
    "certificate": _VALID,
    "login_certificate": _VALID,
    "calendar": QT_TRANSLATE_NOOP("Checks", "Can be read"),
    "clock": QT_TRANSLATE_NOOP("Checks", "Off by {found}"),
}
"""What a bare figure of a step means, in words; all else that was found speaks for itself."""
_ICON, _GAP = 16, 8
_NAME = LABEL + GAP - _ICON - 2 * _GAP


class CheckList(QWidget):
    """The steps below each other. ``stepped`` takes one from any thread, ``shown`` tells if any are."""

    stepped = Signal(object)
    shown = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps: list[CheckStep] = []
        self._shown: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(2, 1)
        self.stepped.connect(self._add)
        self.hide()

    def clear(self) -> None:
        """Forget the steps."""
        self.steps = []
        self._tell()

    @Slot(object)
    def _add(self, step: CheckStep) -> None:
        self.steps.append(step)
        self._tell()

    def words(self) -> list[str]:
        """What each step says, as it is read aloud."""
        return [unbroken(f"{_name(step)}: {_outcome(step)}") for step in self.steps]

    def report(self) -> str:
        """The steps as they are sent to somebody else, each with how it ended."""
        good, bad = self.tr("In order"), self.tr("Not in order")
        ends = (good if step.ok else bad for step in self.steps)
        return "\n".join(f"[{end}] {words}" for end, words in zip(ends, self.words(), strict=True))

    def _tell(self) -> None:
        for widget in self._shown:
            self._grid.removeWidget(widget)
            widget.deleteLater()
        self._shown = []
        colours = shades(QApplication.palette())
        for row, step in enumerate(self.steps):
            icon, name, outcome = QLabel(self), QLabel(_name(step), self), wrapping(self)
            mark, colour = ("check", colours.good) if step.ok else ("close", colours.bad)
            icon.setPixmap(icons.pixmap(mark, colour, _ICON, self.devicePixelRatio()))
            icon.setFixedHeight(name.sizeHint().height())  # level with the first line
            icon.setAccessibleName(self.tr("In order") if step.ok else self.tr("Not in order"))
            name.setFixedWidth(_NAME)
            outcome.setText(breakable(_outcome(step)))
            self._shown += [icon, name, outcome]
            for column, widget in enumerate((icon, name, outcome)):
                self._grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName("\n".join(self.words()))
        self.setVisible(bool(self.steps))
        self.shown.emit(bool(self.steps))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._tell()


def _name(step: CheckStep) -> str:
    known = _NAMES.get(step.check)
    return step.check if known is None else QCoreApplication.translate("Checks", known)


def _outcome(step: CheckStep) -> str:
    if step.failure is None:
        return _found(step)
    text = explain_failure(step.failure)
    return f"{text.message} {text.remedy} ({whole(step.failure.code)})"


def _found(step: CheckStep) -> str:
    template = _FOUND.get(step.check)
    if template is None or not step.detail:
        return step.detail
    valid = date(datetime.fromisoformat(step.detail)) if template is _VALID else step.detail
    return QCoreApplication.translate("Checks", template).format(found=valid)
