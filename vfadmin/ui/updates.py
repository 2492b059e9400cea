"""Says quietly that there is a newer version; to get it is for whoever reads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QWidget

from vfadmin.errors import Failure
from vfadmin.ui import icons
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.reveal import open_page
from vfadmin.ui.style import shades
from vfadmin.ui.top_bar import lay_out
from vfadmin.ui.translations import current
from vfadmin.ui.widgets import breakable, tab_through, wrapping

if TYPE_CHECKING:
    from vfadmin.services.context import Services
    from vfadmin.services.updates.notice import Finding

FIRST_MS = 20_000
"""So long the window has for what it was opened for."""
EVERY_MS = 3_600_000
"""How often one looks whether it is time to ask; the publisher is asked once a day."""
_ICON, _LONGEST = 16, 160


def in_short(notes: str) -> str:
    """The first line of what is new, which a bar has room for; the page has the rest."""
    first = next((line.strip() for line in notes.splitlines() if line.strip()), "")
    return first if len(first) <= _LONGEST else first[: _LONGEST - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


class UpdateBar(QFrame):
    """Across the top of the window: what is newer, the way to its page, and a way to be left alone.

    ``put_aside`` carries the version of which nobody wants to hear any more.
    """

    put_aside = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("news")
        self._found: Finding | None = None
        self._unopened = False
        self._icon, self.title, self.text = QLabel(self), wrapping(self), wrapping(self)
        self.title.setProperty("role", "title")
        self.show_page, self.silence = QPushButton(self), QPushButton(self)
        lay_out(self, self._icon, (self.title, self.text), (self.show_page, self.silence))
        tab_through(self.show_page, self.silence)
        self.show_page.clicked.connect(self._open)
        self.silence.clicked.connect(self._leave)
        self.hide()

    def tell(self, found: Finding | None) -> None:
        """Say this, or nothing."""
        if found != self._found:
            self._unopened = False
        self._found = found
        if found is not None:
            self._say(found)
            self._paint()
        self.setVisible(found is not None)

    def _say(self, found: Finding) -> None:
        newest = found.newest
        self.title.setText(self.tr("A new version {version} is available").format(version=newest.version))
        told = [in_short(newest.notes[current()])]
        if self._unopened:
            page = breakable(newest.page)
            told.append(
                self.tr("The browser could not be opened. The page is here: {page}").format(page=page)
            )
        self.text.setText("\n".join(one for one in told if one))
        self.text.setVisible(bool(self.text.text()))
        self.setAccessibleName(self.title.text())
        self.show_page.setText(self.tr("Show"))
        self.show_page.setToolTip(self.tr("Open the page of the new version in the browser"))
        self.silence.setText(self.tr("Don't remind me"))
        self.silence.setToolTip(self.tr("Say no more of this version on this computer"))

    def _paint(self) -> None:
        tone = shades(QApplication.palette()).accent_text
        self._icon.setPixmap(icons.pixmap("info", tone, _ICON, self.devicePixelRatio()))

    @Slot()
    def _open(self) -> None:
        if self._found is not None and not open_page(self._found.newest.page):
            self._unopened = True
            self._say(self._found)

    @Slot()
    def _leave(self) -> None:
        if self._found is not None:
            version = str(self._found.newest.version)
            self.tell(None)
            self.put_aside.emit(version)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if self._found is None:
            return
        if event.type() == QEvent.Type.LanguageChange:
            self._say(self._found)
        elif event.type() == QEvent.Type.PaletteChange:
            self._paint()


class UpdateNotice(QObject):
    """Has the services look now and then, off the window's thread; ``place`` puts the bar into the window."""

    def __init__(self, desk: Desk, place: Callable[[QWidget], None], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._place = desk, place
        self._bar: UpdateBar | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)

    @property
    def bar(self) -> UpdateBar | None:
        """The bar, once there was something to say."""
        return self._bar

    def begin(self) -> None:
        """Look for the first time soon, and from then on now and then."""
        if not self._timer.isActive():
            self._timer.start(FIRST_MS)

    @Slot()
    def look(self) -> None:
        """Look now; what is asked of the publisher is limited where it is asked."""
        self._timer.start(EVERY_MS)
        self._desk.ask(self, self._looked, self._found, self._ignore, lane=Lane.NEWS, channel="updates")

    def _looked(self, services: Services) -> Finding | None:
        # In a thread of the services, which has to end with the window.
        return services.updates.look(lambda: self._desk.closed)

    def _found(self, found: Finding | None) -> None:
        if self._bar is None:
            if found is None:
                return
            self._bar = UpdateBar()
            self._bar.put_aside.connect(self._put_aside)
            self._place(self._bar)
        self._bar.tell(found)

    def _ignore(self, failure: Failure) -> None:
        """The log has it: nobody is to be disturbed because there is no news."""

    @Slot(str)
    def _put_aside(self, version: str) -> None:
        self._desk.ask(
            self,
            lambda services: services.updates.put_aside(version),
            self._done,
            self._ignore,
            lane=Lane.NEWS,
        )

    def _done(self, answer: None) -> None:
        """Nothing more to be done."""
