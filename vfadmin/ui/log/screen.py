"""The log in the window: its last entries, narrowed by level and text, and what is added while one looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from vfadmin.errors import Failure
from vfadmin.logtail import Entry, Mark, entries, since
from vfadmin.ui import icons
from vfadmin.ui.desk import Desk, Lane
from vfadmin.ui.listing import Listing
from vfadmin.ui.log.table import MOST, RANKS, Column, LogTable
from vfadmin.ui.reveal import open_folder
from vfadmin.ui.style import shades
from vfadmin.ui.texts import explain_failure, number
from vfadmin.ui.widgets import InfoBar, breakable

LOOK_MS = 1000
"""How often the file is looked at while the screen is seen."""
_DETAIL_LINES, _DETAIL_EDGES = 7, 14
"""How many lines of an entry are seen whole, and what stands around them, in device-independent pixels."""
_RANKS = (0, RANKS["INFO"], RANKS["WARNING"], RANKS["ERROR"])


@dataclass(frozen=True, slots=True)
class Reading:
    """What a look at the file came to. ``found`` is None where it cannot be read."""

    found: Sequence[Entry] | None
    mark: Mark | None
    afresh: bool


def read(path: Path, mark: Mark | None, last: Entry | None) -> Reading:
    """Called in a thread of the desk: what came since ``mark``, ``last`` being the entry before it."""
    try:
        piece = since(path, mark, MOST)
    except OSError:
        return Reading(None, None, afresh=True)
    if piece.afresh:
        return Reading(entries(piece.lines), piece.mark, afresh=True)
    return Reading(entries(piece.lines, last) if piece.lines else (), piece.mark, afresh=False)


class LogScreen(QWidget):
    """Follows the file while it is seen. Who scrolled up is left where he is."""

    def __init__(self, desk: Desk, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._path = desk, path
        self._mark: Mark | None = None
        self._reading = False
        self.following = True
        self.bar = InfoBar(self)
        self.text, self.level = QLineEdit(self), QComboBox(self)
        self.count = QLabel(self)
        self.copy, self.folder = QPushButton(self), QPushButton(self)
        self.model, self.view = LogTable(self), Listing(self)
        self.empty = QLabel(self)
        self.detail = QPlainTextEdit(self)
        self._pages = QStackedWidget(self)
        self._look = QTimer(self, interval=LOOK_MS)
        self._compose()
        self._connect()
        self._retranslate()

    def _compose(self) -> None:
        self.text.setClearButtonEnabled(True)
        self._glass = self.text.addAction(
            icons.icon("search", shades(QApplication.palette()).muted),
            QLineEdit.ActionPosition.LeadingPosition,
        )
        for _ in _RANKS:
            self.level.addItem("")
        self.count.setProperty("role", "muted")
        self.empty.setProperty("role", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.view.setModel(self.model)
        _share_width(self.view)
        self.detail.setReadOnly(True)
        self.detail.setTabChangesFocus(True)
        lines = self.detail.fontMetrics().lineSpacing() * _DETAIL_LINES
        self.detail.setFixedHeight(lines + _DETAIL_EDGES)
        self.detail.hide()
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.empty)
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.setSpacing(10)
        row.addWidget(self.text, 1)
        for widget in (self.level, self.count, self.copy, self.folder):
            row.addWidget(widget)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(self.bar)
        column.addLayout(row)
        column.addWidget(self._pages, 1)
        column.addWidget(self.detail)

    def _connect(self) -> None:
        self.text.textChanged.connect(self._narrow)
        self.level.currentIndexChanged.connect(self._narrow)
        self.copy.clicked.connect(self.copy_entries)
        self.folder.clicked.connect(self._open_folder)
        self.bar.retry.connect(self.look)
        self.view.selectionModel().currentRowChanged.connect(self._show_detail)
        self.model.modelReset.connect(self._show_detail)
        self.view.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.view.verticalScrollBar().rangeChanged.connect(self._resized)
        self._look.timeout.connect(self.look)
        keys = QShortcut(QKeySequence.StandardKey.Copy, self.view)
        keys.setContext(Qt.ShortcutContext.WidgetShortcut)
        keys.activated.connect(self.copy_entries)

    # Reading

    @Slot()
    def look(self) -> None:
        """Have a thread look for what is new; one look at a time."""
        if not self._reading:
            self._reading = True
            call = partial(read, self._path, self._mark, self.model.last)
            self._desk.prepare(self, call, self._looked, self._failed, lane=Lane.ASIDE)

    def _looked(self, reading: Reading) -> None:
        self._reading = False
        self._mark = reading.mark
        if reading.found is None:
            self.bar.show_message(
                "bad",
                self.tr("The log cannot be read."),
                self.tr("Check that you may read the file {path}.").format(path=breakable(str(self._path))),
                retry=True,
            )
            self._look.stop()
            return
        if not self._look.isActive() and self.isVisible():
            self._look.start()
        if reading.afresh:
            self.model.put(reading.found)
        elif reading.found:
            self.model.add(reading.found)
        self._say_count()

    def _failed(self, failure: Failure) -> None:
        self._reading = False
        self._look.stop()
        text = explain_failure(failure)
        self.bar.show_message("bad", text.message, text.remedy, code=failure.code, retry=True)

    @Slot()
    def _scrolled(self) -> None:
        scroll = self.view.verticalScrollBar()
        self.following = scroll.value() == scroll.maximum()

    @Slot()
    def _resized(self) -> None:
        """There are more rows, or less room for them."""
        if self.following:
            self.view.scrollToBottom()

    def showEvent(self, event: QShowEvent) -> None:
        """From now on follow the file."""
        super().showEvent(event)
        self.look()
        self._look.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more."""
        super().hideEvent(event)
        self._look.stop()

    # Showing

    @Slot()
    def _narrow(self) -> None:
        self.model.want(_RANKS[max(0, self.level.currentIndex())], self.text.text())
        self._say_count()
        self.following = True
        self._resized()

    def _say_count(self) -> None:
        shown, total = self.model.rowCount(), self.model.total
        self.count.setText(
            self.tr("{shown} / {total} entries").format(shown=number(shown), total=number(total))
        )
        self.empty.setText(
            self.tr("No entry of the log matches.") if total else self.tr("The log has no entries yet.")
        )
        self._pages.setCurrentWidget(self.view if shown else self.empty)
        self.copy.setEnabled(bool(shown))

    @Slot()
    def _show_detail(self) -> None:
        row = self.view.current_row()
        self.detail.setVisible(row is not None)
        if row is not None:
            self.detail.setPlainText(self.model.entry(row).whole)
            if column := self.layout():
                column.activate()  # the list has less room from now on
            self.view.scrollTo(self.view.currentIndex())

    @Slot()
    def copy_entries(self) -> None:
        """The selected entries, or all that are shown where none is selected, with all their lines."""
        rows = self.view.selected_rows() or range(self.model.rowCount())
        QApplication.clipboard().setText("\n".join(self.model.entry(row).whole for row in rows))

    @Slot()
    def _open_folder(self) -> None:
        folder = self._path.parent
        if not open_folder(folder):
            self.bar.show_message(
                "warn",
                self.tr("The folder could not be opened."),
                self.tr("The log is here: {path}").format(path=breakable(str(self._path))),
            )

    def _retranslate(self) -> None:
        self.text.setPlaceholderText(self.tr("Text in the log"))
        self.text.setAccessibleName(self.tr("Text in the log"))
        words = (
            self.tr("All levels"),
            self.tr("Without debugging"),
            self.tr("Warnings and errors"),
            self.tr("Errors only"),
        )
        for place, word in enumerate(words):
            self.level.setItemText(place, word)
        self.level.setAccessibleName(self.tr("Level"))
        self.copy.setText(self.tr("Copy"))
        self.copy.setToolTip(
            self.tr("Copies the selected entries, or all that are shown if none is selected.")
        )
        self.folder.setText(self.tr("Open folder"))
        self.view.setAccessibleName(self.tr("Log"))
        self.detail.setAccessibleName(self.tr("The whole entry"))
        self.model.retranslate()
        self._say_count()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._glass.setIcon(icons.icon("search", shades(QApplication.palette()).muted))


def _share_width(view: Listing) -> None:
    header = view.horizontalHeader()
    header.setSectionResizeMode(Column.TEXT, QHeaderView.ResizeMode.Stretch)
    wide = view.fontMetrics().horizontalAdvance
    view.setColumnWidth(Column.TIME, wide("0000-00-00 00:00:00") + 30)
    view.setColumnWidth(Column.LEVEL, wide("Vianetsintä") + 50)
    view.setColumnWidth(Column.SOURCE, wide("services.synchronise") + 60)
