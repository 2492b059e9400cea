"""The selected person at a glance: state and since when, what stopped it and what to do, the latest runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QFormLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from vfadmin.ui import icons, texts
from vfadmin.ui.persons import cells, run_words
from vfadmin.ui.style import shades
from vfadmin.ui.widgets import breakable, unbroken, wrapping

if TYPE_CHECKING:
    from vfadmin.services.history import RunRow
    from vfadmin.services.rows import ErrorInfo, PersonRow

RUNS = 6
_WIDTH = 300


class Summary(QFrame):
    """The panel at the right. ``resume_asked`` comes from the button beside the error.

    ``cause_asked`` carries the code of a cause: who else was stopped by it?
    """

    resume_asked = Signal(int)
    cause_asked = Signal(str)
    form_asked = Signal(int)

    def __init__(self, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("summary")
        self.setFixedWidth(_WIDTH)
        self._clock = clock
        self._row: PersonRow | None = None
        self._selected = 0
        self._runs: Sequence[RunRow] = ()
        self._name, self._who = wrapping(self), wrapping(self)
        self._trouble = TroubleCard(self)
        self._facts = QFormLayout()
        self._runs_title = QLabel(self)
        self._runs_grid = QGridLayout()
        self._hint = wrapping(self)
        self._compose()
        self._trouble.resume.clicked.connect(self._resume)
        self._trouble.alike.clicked.connect(self._ask_cause)
        self._retranslate()

    def _compose(self) -> None:
        font = self._name.font()
        font.setPointSizeF(font.pointSizeF() * 1.25)
        self._name.setFont(font)
        self._name.setProperty("role", "title")
        self._who.setProperty("role", "muted")
        self._hint.setProperty("role", "muted")
        self._runs_title.setProperty("role", "title")
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(6)
        self._facts.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        self._facts.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._runs_grid.setHorizontalSpacing(8)
        self._runs_grid.setVerticalSpacing(6)
        self._runs_grid.setColumnStretch(2, 1)
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(self._name)
        column.addWidget(self._who)
        column.addWidget(self._hint)
        column.addWidget(self._trouble)
        column.addSpacing(4)
        column.addLayout(self._facts)
        column.addSpacing(8)
        column.addWidget(self._runs_title)
        column.addLayout(self._runs_grid)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        around = QVBoxLayout(self)
        around.setContentsMargins(1, 0, 0, 0)
        around.addWidget(scroll)

    @property
    def person_id(self) -> int | None:
        """Whom it shows."""
        return None if self._row is None else self._row.id

    def show_person(self, row: PersonRow | None, selected: int = 0) -> None:
        """Show this person, or a hint when nobody, or when several are selected."""
        if (row, selected) == (self._row, self._selected):
            return  # nothing blinks
        if row is None or self._row is None or row.id != self._row.id:
            self._runs = ()
        self._row, self._selected = row, selected
        self._retranslate()

    def show_runs(self, person_id: int, runs: Sequence[RunRow]) -> None:
        """Show the latest runs of the person, if he is still the one shown."""
        if person_id == self.person_id and runs != self._runs:
            self._runs = runs
            self._retranslate()

    @Slot()
    def tick(self) -> None:
        """Time went by."""
        self._retranslate()

    @Slot()
    def _resume(self) -> None:
        if self._row is not None:
            self.resume_asked.emit(self._row.id)

    @Slot()
    def _ask_cause(self) -> None:
        if self._row is not None and self._row.error is not None:
            self.cause_asked.emit(self._row.error.code)

    # Inside

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Selected person"))
        row = self._row
        self._runs_title.setText(self.tr("Latest runs"))
        for widget in (self._name, self._who):
            widget.setVisible(row is not None)
        self._hint.setVisible(row is None)
        self._runs_title.setVisible(row is not None and bool(self._runs))
        _empty(self._facts)
        _empty(self._runs_grid)
        if row is None:
            self._trouble.hide()
            several = self.tr("%n persons are selected.", "", self._selected)
            self._hint.setText(
                several if self._selected > 1 else self.tr("Select a person to see how they are doing.")
            )
            return
        self._name.setText(row.name)
        parts = (str(row.id), row.company, cells.describe(row))
        self._who.setText(
            breakable("\n".join(line for line in (" · ".join(p for p in parts if p), row.email) if line))
        )
        self._trouble.show_trouble(row, self._runs)
        self._trouble.alike.setVisible(row.error is not None)
        for label, value in self._facts_of(row):
            self._add_fact(label, value)
        for place, run in enumerate(self._runs[:RUNS]):
            self._add_run(place, run)

    def _facts_of(self, row: PersonRow) -> list[tuple[str, str]]:
        now = self._clock()
        never = self.tr("never")
        facts = [
            (self.tr("State"), self._state(row)),
            (self.tr("Login"), row.login or self.tr("not entered")),
        ]
        if protocol := texts.protocol_name(row):
            facts.append((self.tr("Protocol"), protocol))
        calendar = self.tr("Default calendar") if row.calendar == "default" else row.calendar_name
        facts.append((self.tr("Calendar"), calendar))
        if row.kind == "resource":
            facts.append((self.tr("Own events"), self.tr("Not synchronised, links only")))
        else:
            last = texts.relative(row.last_synced, now) if row.last_synced else never
            facts.append((self.tr("Last success"), last))
        if row.waiting:
            facts.append((self.tr("Waiting"), self.tr("%n event(s)", "", row.waiting)))
        if row.state != "unused":
            facts.append((self.tr("Next run"), self._next(row, now)))
        mobile = texts.mobile_name(row)
        if mobile:
            used = texts.absolute(row.mobile_sync_used) if row.mobile_sync_used else self.tr("in use")
            facts.append((mobile, "\n".join([used, *texts.mobile_source(row)])))
        return facts

    def _state(self, row: PersonRow) -> str:
        since = row.failing_since if row.error is None else row.error.since
        if since is None:
            return texts.row_state(row)
        time = texts.clock_time(since, self._clock())
        return self.tr("{state}, since {time}").format(state=texts.row_state(row), time=time)

    def _next(self, row: PersonRow, now: datetime) -> str:
        if row.state == "error":
            return self.tr("when resumed")
        if row.state == "passive":
            return self.tr("when activated")
        return texts.until(row.next_run_at or now, now)

    def _add_fact(self, label: str, value: str) -> None:
        name, content = QLabel(label, self), wrapping(self)
        name.setProperty("role", "muted")
        name.setFixedWidth(112)
        name.setWordWrap(True)
        name.setAlignment(Qt.AlignmentFlag.AlignTop)
        content.setText(breakable(value))
        self._facts.addRow(name, content)

    def _add_run(self, place: int, run: RunRow) -> None:
        colours = shades(QApplication.palette())
        mark = QLabel(self)
        name, colour = ("check", colours.good) if run.ok else ("close", colours.bad)
        if run.finished is None:
            name, colour = "sync", colours.muted
        mark.setPixmap(icons.pixmap(name, colour, 14, self.devicePixelRatio()))
        when, what = QLabel(texts.relative(run.started, self._clock()), self), wrapping(self)
        mark.setFixedHeight(when.sizeHint().height())  # level with the first line
        when.setProperty("role", "muted")
        when.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        what.setText(run_words.outcome(run))
        for column, widget in enumerate((mark, when, what)):
            self._runs_grid.addWidget(widget, place, column, Qt.AlignmentFlag.AlignTop)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._retranslate()


class TroubleCard(QFrame):
    """What is wrong with a person's integration and what to do about it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._message, self._remedy = wrapping(self), wrapping(self), wrapping(self)
        self._title.setProperty("role", "title")
        self.resume, self.alike, self._copy = QPushButton(self), QPushButton(self), QPushButton(self)
        self.resume.setProperty("kind", "primary")
        buttons = QHBoxLayout()
        buttons.addWidget(self.resume)
        buttons.addWidget(self._copy)
        buttons.addStretch(1)
        below = QHBoxLayout()  # three beside each other are wider than the panel
        below.addWidget(self.alike)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(6)
        for label in (self._title, self._message, self._remedy):
            column.addWidget(label)
        column.addSpacing(2)
        column.addLayout(buttons)
        column.addLayout(below)
        self._copy.clicked.connect(self._copied)
        self.alike.hide()
        self.hide()

    def show_trouble(self, row: PersonRow, runs: Sequence[RunRow]) -> None:
        """Show what stopped the row, or what delays it; hide when all is well."""
        trouble = row.error or (_last_error(runs) if row.delayed else None)
        if trouble is None:
            self.hide()
            return
        since = row.error.since if row.error is not None else row.failing_since
        when = texts.absolute(since) if since is not None else ""
        stopped = self.tr("Synchronisation stopped {time}").format(time=when)
        delayed = self.tr("Delayed since {time}, trying again by itself").format(time=when)
        self._title.setText(delayed if row.error is None else stopped)
        explained = texts.explain_failure(trouble)
        self._message.setText(breakable(explained.message))
        code = self.tr("Code {code}").format(code=trouble.code)
        self._remedy.setText(f"{breakable(explained.remedy)}\n{code}")
        self.resume.setText(self.tr("Try now") if row.error is None else self.tr("Resume"))
        self.alike.setText(self.tr("Show alike"))
        self.alike.setToolTip(self.tr("Show everybody whom the same cause has stopped"))
        self._copy.setText(self.tr("Copy"))
        self.setObjectName("delay" if row.error is None else "trouble")
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()

    def _copied(self) -> None:
        lines = (self._title.text(), self._message.text(), self._remedy.text())
        QApplication.clipboard().setText(unbroken("\n".join(lines)))


def _last_error(runs: Sequence[RunRow]) -> ErrorInfo | None:
    return next((run.error for run in runs if run.error is not None), None)


def _empty(layout: QFormLayout | QGridLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
