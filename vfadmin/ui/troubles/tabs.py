"""The two pages of the screen: what is stuck, and what waits for a decision."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QTabBar, QWidget

from vfadmin.ui.texts import number

_STUCK, _WAITING = 0, 1


class Tabs(QTabBar):
    """There only while something waits for a decision."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._mailboxes = 0
        for _ in (_STUCK, _WAITING):
            self.addTab("")
        self.setExpanding(False)
        self.setDrawBase(False)
        self.hide()
        self._retranslate()

    @property
    def waiting(self) -> bool:
        """Whether what waits for a decision is to be shown."""
        return not self.isHidden() and self.currentIndex() == _WAITING

    def say(self, mailboxes: int, *, at_once: bool) -> None:
        """In so many something waits, which is to be shown ``at_once`` or when it is asked for."""
        self._mailboxes = mailboxes
        if not mailboxes:
            self.setCurrentIndex(_STUCK)
        elif self.isHidden() and at_once:
            self.setCurrentIndex(_WAITING)
        self.setVisible(bool(mailboxes))
        self._retranslate()

    def _retranslate(self) -> None:
        self.setTabText(_STUCK, self.tr("Stuck"))
        waiting = self.tr("Waiting for a decision ({count})").format(count=number(self._mailboxes))
        self.setTabText(_WAITING, waiting)
        self.setAccessibleName(self.tr("What is stuck, and what waits for a decision"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
