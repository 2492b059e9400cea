"""What the window says after a fault nobody caught: a quiet bar, and the report for who wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from vfadmin.crash import Kind, Report
from vfadmin.errors import Failure
from vfadmin.ui import icons
from vfadmin.ui.desk import Desk
from vfadmin.ui.reveal import open_folder
from vfadmin.ui.style import shades
from vfadmin.ui.top_bar import lay_out
from vfadmin.ui.widgets import breakable, wrapping

if TYPE_CHECKING:
    from vfadmin.crash import CrashReports

_ICON = 16
_WIDTH, _HEIGHT = 900, 560


class IncidentBar(QFrame):
    """Across the top of the window, until it is closed; a later report takes the place of a former one."""

    log_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("incident")
        self._reports: CrashReports | None = None
        self._report: Report | None = None
        self._unopened = False
        self._icon, self.title, self.text = QLabel(self), wrapping(self), wrapping(self)
        self.title.setProperty("role", "title")
        self.show_report, self.copy, self.folder, self.log = (QPushButton(self) for _ in range(4))
        self.leave = QToolButton(self)
        self.leave.setProperty("kind", "flat")
        buttons = (self.show_report, self.copy, self.folder, self.log, self.leave)
        lay_out(self, self._icon, (self.title, self.text), buttons)
        self.show_report.clicked.connect(self._show_report)
        self.copy.clicked.connect(self._copy)
        self.folder.clicked.connect(self._open_folder)
        self.log.clicked.connect(self.log_asked)
        self.leave.clicked.connect(self.hide)
        self.hide()

    def tell(self, report: Report, reports: CrashReports) -> None:
        """Say that this was reported."""
        self._report, self._reports, self._unopened = report, reports, False
        self._say()
        self._paint()
        self.show()

    def _say(self) -> None:
        if self._report is None or self._reports is None:
            return
        self.title.setText(self._what(self._report.kind))
        self.text.setText("\n".join((self._advice(self._report.kind), self._where(self._report))))
        self.setAccessibleName(self.title.text())
        self.show_report.setText(self.tr("Show the report"))
        self.copy.setText(self.tr("Copy"))
        self.folder.setText(self.tr("Open folder"))
        self.folder.setVisible(self._report.path is not None)
        self.log.setText(self.tr("Show the log"))
        self.leave.setToolTip(self.tr("Close the message"))
        self.leave.setAccessibleName(self.tr("Close the message"))

    def _what(self, kind: Kind) -> str:
        match kind:
            case Kind.FAULT:
                return self.tr("An unexpected error occurred in vfadmin")
            case Kind.CRASH:
                return self.tr("vfadmin closed unexpectedly the last time")
            case Kind.UNCLEAN:
                return self.tr("vfadmin was not closed in order the last time")

    def _advice(self, kind: Kind) -> str:
        match kind:
            case Kind.FAULT:
                return self.tr(
                    "What you were doing may not have been completed: check it, and try again if need be."
                )
            case Kind.CRASH:
                return self.tr("Everything saved before is there, and synchronisation goes on where it was.")
            case Kind.UNCLEAN:
                return self.tr(
                    "The computer may have been switched off, or the program ended by force. Everything "
                    "saved before is there."
                )

    def _where(self, report: Report) -> str:
        if report.path is None:
            return self.tr(
                "A report could not be saved, but it can be copied here. Nothing was sent anywhere."
            )
        if self._unopened:
            return self.tr("The folder could not be opened. The report is here: {path}").format(
                path=breakable(str(report.path))
            )
        return self.tr("A report was saved on this computer. Nothing was sent anywhere.")

    def _paint(self) -> None:
        colours = shades(QApplication.palette())
        self._icon.setPixmap(icons.pixmap("warning", colours.warn, _ICON, self.devicePixelRatio()))
        self.leave.setIcon(icons.icon("close", colours.text))

    @Slot()
    def _show_report(self) -> None:
        if self._report is not None and self._reports is not None:
            dialog = ReportDialog(self._report, self._reports, self.window())
            dialog.log_asked.connect(self.log_asked)
            dialog.show()

    @Slot()
    def _copy(self) -> None:
        if self._report is not None:
            QApplication.clipboard().setText(self._report.text)

    @Slot()
    def _open_folder(self) -> None:
        if self._reports is not None and not open_folder(self._reports.folder):
            self._unopened = True
            self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        elif event.type() == QEvent.Type.PaletteChange:
            self._paint()


class ReportDialog(QDialog):
    """The report as it lies on the disk, to be read before anybody else gets it."""

    log_asked = Signal()

    def __init__(self, report: Report, reports: CrashReports, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._report, self._reports = report, reports
        self.intro, self.where = wrapping(self), wrapping(self)
        self.where.setProperty("role", "muted")
        self.view = QPlainTextEdit(self)
        self.view.setReadOnly(True)
        self.view.setTabChangesFocus(True)
        self.view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.view.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.view.setPlainText(report.text)
        self.copy, self.folder, self.log, self.leave = (QPushButton(self) for _ in range(4))
        self._compose()
        self.copy.clicked.connect(self._copy)
        self.folder.clicked.connect(self._open_folder)
        self.log.clicked.connect(self._ask_for_log)
        self.leave.clicked.connect(self.reject)
        self._say()

    def _compose(self) -> None:
        buttons, column = QHBoxLayout(), QVBoxLayout(self)
        for button in (self.copy, self.folder, self.log):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        for widget in (self.intro, self.where):
            column.addWidget(widget)
        column.addWidget(self.view, 1)
        column.addLayout(buttons)
        self.folder.setVisible(self._report.path is not None)
        self.where.setVisible(self._report.path is not None)
        self.leave.setDefault(True)
        self.resize(_WIDTH, _HEIGHT)

    def _say(self) -> None:
        self.setWindowTitle(self.tr("Report"))
        self.intro.setText(
            self.tr(
                "This is the whole report. Passwords and other secrets have been removed. If you want "
                "support to look into it, send it yourself: vfadmin sends nothing."
            )
        )
        self.where.setText(breakable(str(self._report.path)))
        self.view.setAccessibleName(self.tr("Report"))
        self.copy.setText(self.tr("&Copy"))
        self.folder.setText(self.tr("&Open folder"))
        self.log.setText(self.tr("Show the &log"))
        self.leave.setText(self.tr("Close"))

    @Slot()
    def _copy(self) -> None:
        QApplication.clipboard().setText(self._report.text)

    @Slot()
    def _open_folder(self) -> None:
        open_folder(self._reports.folder)  # the path stands above, should nothing come of it

    @Slot()
    def _ask_for_log(self) -> None:
        self.log_asked.emit()
        self.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()


class Incidents(QObject):
    """Brings reports from whatever thread they arise in to the bar, in the window's thread."""

    reported = Signal(object)

    def __init__(self, reports: CrashReports, desk: Desk, bar: IncidentBar) -> None:
        super().__init__(bar)
        self._reports, self._bar = reports, bar
        # Queued even within the window's thread: a fault may arise while something is being painted.
        self.reported.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        reports.listen(self.reported.emit)
        desk.prepare(self, reports.leftover, self._left, self._ignore)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.commitDataRequest.connect(self._session_ends)

    def stop(self) -> None:
        """Hear no more: the window goes."""
        self._reports.listen(None)

    @Slot()
    def _session_ends(self) -> None:
        """Who shuts the computer down with the window open leaves in order; we may not get to say so."""
        self._reports.leave()

    @Slot(object)
    def _tell(self, report: Report) -> None:
        self._bar.tell(report, self._reports)

    def _left(self, report: Report | None) -> None:
        if report is not None and self._bar.isHidden():
            self._bar.tell(report, self._reports)

    def _ignore(self, failure: Failure) -> None:
        """Without it the window is as useful as with it; the log has it."""
