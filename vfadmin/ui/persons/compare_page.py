"""Both calendars of a person side by side: what differs, and how it will be resolved (R28)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from vfadmin.errors import Failure
from vfadmin.ui.desk import Desk
from vfadmin.ui.persons import compare_words
from vfadmin.ui.persons.compare_filters import ALL, CompareFilters
from vfadmin.ui.persons.compare_reading import Compared, CompareReader
from vfadmin.ui.persons.compare_table import CompareTable, FieldTable
from vfadmin.ui.persons.compare_view import CompareView, FieldView
from vfadmin.ui.persons.slow_copy import SlowCopy
from vfadmin.ui.texts import absolute, explain_failure, number, state_word
from vfadmin.ui.widgets import InfoBar, tab_through, wrapping

if TYPE_CHECKING:
    from vfadmin.services.comparison import ComparedRow


class ComparePage(QWidget):
    """Reads when it is first wanted and when it is asked to; what was read stays until then."""

    def __init__(
        self, desk: Desk, person_id: int, clock: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._found: Compared | None = None
        self._stale = self._stopped = False
        self.reader = CompareReader(desk, person_id, self)
        self.model, self.fields = CompareTable(self), FieldTable(self)
        self.bar, self.filters = InfoBar(self), CompareFilters(self)
        self.view = CompareView(self.model, self)
        self.field_view = FieldView(self.fields, self)
        self.told, self.when = wrapping(self), wrapping(self)
        self.progress, self.cancel = QProgressBar(self), QPushButton(self)
        self.refresh, self.copy = QPushButton(self), QPushButton(self)
        self.none = QLabel(self.view)
        self._compose()
        self._connect()
        self._retranslate()

    def _compose(self) -> None:
        self.when.setProperty("role", "muted")
        self.none.setProperty("role", "muted")
        self.none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.none.setWordWrap(True)
        self.progress.setTextVisible(False)
        self.cancel.setProperty("kind", "link")
        self.told.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside = QVBoxLayout(self.view.viewport())
        inside.addWidget(self.none)
        state = QHBoxLayout()
        state.addWidget(self.filters.text, 2)
        state.addWidget(self.when, 3)
        state.addWidget(self.progress, 1)
        for button in (self.cancel, self.copy, self.refresh):
            button.setAutoDefault(False)
            state.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.bar)
        column.addWidget(self.filters)
        column.addLayout(state)
        column.addWidget(self.view, 2)
        column.addWidget(self.told)
        column.addWidget(self.field_view, 1)
        chips = self.filters.chips.values()
        beside = (self.filters.text, self.cancel, self.copy, self.refresh)
        tab_through(*chips, *beside, self.view, self.field_view)

    def _connect(self) -> None:
        self.reader.began.connect(self._say)
        self.reader.progressed.connect(self._progressed)
        self.reader.took.connect(self._took)
        self.reader.failed.connect(self._failed)
        self.reader.ended.connect(self._say)
        self.filters.changed.connect(self._narrow)
        self.view.selectionModel().selectionChanged.connect(self._show_event)
        self.view.copy_asked.connect(self._copy)
        self.copy.clicked.connect(self._copy)
        self.cancel.clicked.connect(self.stop)
        self.refresh.clicked.connect(self.read)
        self.bar.retry.connect(self.read)

    # Reading

    def load(self) -> None:
        """Read both calendars unless that was done; then only `read` does it again."""
        if self._found is None:
            self.read()

    @Slot()
    def read(self) -> None:
        """Read both calendars."""
        self.bar.hide()
        self._stopped = False
        self.reader.start()

    @Slot()
    def stop(self) -> None:
        """Read no more; what was read before stays."""
        self._stopped = self.reader.busy
        self.reader.stop()

    @Slot()
    def grow_stale(self) -> None:
        """Something was stored after the calendars were read."""
        self._stale = self._found is not None
        self._say()

    @Slot(int, int)
    def _progressed(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        if total:
            said = self.tr("Reading both calendars: {done} / {total} events")
            self.when.setText(said.format(done=number(done), total=number(total)))

    @Slot(object)
    def _took(self, found: Compared) -> None:
        former = self.model.row_at(self.view.current_row())
        begins = self._found is None
        self._found, self._stale = found, False
        self.filters.count(found.counts)
        self.model.show_rows(found.calendars.rows, found.searched)
        if begins and found.counts["differing"]:
            self.filters.choose("differing")
        self._go_to(former)
        if found.calendars.failure is not None:
            self._tell(found.calendars.failure)
        self._say()

    @Slot(object)
    def _failed(self, failure: Failure) -> None:
        self._tell(failure)
        self._say()

    def _tell(self, failure: Failure) -> None:
        text = explain_failure(failure)
        self.bar.show_message("bad", text.message, text.remedy, code=failure.code, retry=True)

    # The rows

    @Slot()
    def _narrow(self) -> None:
        former = self.model.row_at(self.view.current_row())
        self.model.narrow(self.filters.group, self.filters.text.text())
        self._go_to(former)
        self._say()

    def _go_to(self, former: ComparedRow | None) -> None:
        if self.model.rows:
            self.view.go_to(self.model.place_of(former) or 0)
        self._show_event()

    @Slot()
    def _show_event(self) -> None:
        row = self.model.row_at(self.view.current_row())
        self.fields.show_row(row)
        # Where nothing is known of Exchange there is nothing to set side by side, and why stands above.
        known = self._found is None or self._found.calendars.failure is None
        for widget in (self.told, self.field_view):
            widget.setVisible(known)
        self.told.setText("" if row is None else compare_words.explanation(row))
        self.copy.setEnabled(row is not None)

    @Slot()
    def _copy(self) -> None:
        """The selected rows as text, one a line; of a single one its fields and its explanation besides."""
        rows = [row for place in self.view.chosen() if (row := self.model.row_at(place)) is not None]
        lines = [partial(self.model.line, row) for row in rows]
        if len(rows) == 1:
            shown = range(self.fields.rowCount())
            fields = ("\t".join(self.fields.text(at, column) for column in range(4)) for at in shown)
            lines = [partial("\n".join, [lines[0](), self.told.text(), *fields])]
        if lines:
            copying = SlowCopy(lines)
            copying.done.connect(self._copied)
            copying.start()

    @Slot(int)
    def _copied(self, rows: int) -> None:
        self.when.setText(self.tr("%n row(s) copied.", "", rows))

    # Words

    @Slot()
    def _say(self) -> None:
        busy = self.reader.busy
        self.progress.setVisible(busy)
        self.cancel.setVisible(busy)
        self.refresh.setEnabled(not busy)
        if busy:
            self.progress.setRange(0, 0)
        self.when.setText(self._standing())
        self.none.setText(self._nothing())
        self.none.setVisible(not self.model.rows)
        self._show_event()
        self._fit()

    def _standing(self) -> str:
        if self.reader.busy:
            return self.tr("Reading both calendars…")
        if self._found is None:
            return ""
        calendars = self._found.calendars
        said = []
        if calendars.at is not None:
            said.append(self.tr("Read {time}; nothing was written.").format(time=absolute(calendars.at)))
        if self._stale:
            said.append(self.tr("An event has been changed since: refresh."))
        if calendars.state != "active":
            idle = self.tr("The integration is not at work ({state}): this is what would be done if it were.")
            said.append(idle.format(state=state_word(calendars.state).lower()))
        elif calendars.first:
            said.append(self.tr("The next synchronisation is the first: events on both sides are joined."))
        return " ".join(said)

    def _nothing(self) -> str:
        if self.reader.busy:
            return self.tr("Reading both calendars…")
        if self._stopped and self._found is None:
            return self.tr("Reading was stopped. Refresh begins anew.")
        if self._found is None:
            return ""
        if self.filters.group == ALL and not self.filters.text.text():
            return self.tr("There are no events in either calendar.")
        return self.tr("No event matches the filters.")

    def _retranslate(self) -> None:
        self.view.setAccessibleName(self.tr("Both calendars side by side"))
        self.field_view.setAccessibleName(self.tr("The event field by field"))
        self.told.setAccessibleName(self.tr("How it will be resolved"))
        self.progress.setAccessibleName(self.tr("Progress"))
        self.cancel.setText(self.tr("Stop"))
        self.copy.setText(self.tr("&Copy rows"))
        self.refresh.setText(self.tr("&Refresh"))
        self.model.retell()
        self.fields.retell()
        self._say()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever turns away or closes the form does not wait."""
        super().hideEvent(event)
        self.stop()
        self.setMinimumHeight(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the texts elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the texts need at this width; what is around does not ask for that by itself."""
        layout = self.layout()
        if layout is not None and self.isVisible():
            self.setMinimumHeight(max(0, layout.minimumHeightForWidth(self.width())))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._retranslate()
