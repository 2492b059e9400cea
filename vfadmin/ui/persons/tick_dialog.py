"""A window about a list of persons: some of them are marked, and something is done with those."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QPushButton, QWidget

from vfadmin.ui.listing import Listing
from vfadmin.ui.persons.reading_dialog import ReadingDialog
from vfadmin.ui.persons.tick_table import WHO, TickTable

_SIZE, _LEAST = (1020, 560), (820, 460)
"""So large that what is told of a person who cannot be read is never cut."""


class TickDialog(ReadingDialog):
    """What is common: an introduction, the list, what is wrong with the current person, how far it is.

    ``do`` are the buttons that do something with those who are marked, the first of them above all.
    """

    def __init__(self, model: TickTable[Any], parent: QWidget | None, *do: QPushButton) -> None:
        super().__init__(parent, QLabel())
        self._table = model
        self.all, self.none = QPushButton(self), QPushButton(self)
        self._compose(do)
        self.all.clicked.connect(self._tick_all)
        self.none.clicked.connect(self._tick_none)
        self.view.spaced.connect(self._toggle)
        self.view.selectionModel().currentChanged.connect(self.show_detail)

    def _compose(self, do: tuple[QPushButton, ...]) -> None:
        self.view.setModel(self._table)
        _share_width(self.view, self._table.columnCount() - 1)
        do[0].setProperty("kind", "primary")
        self.detail.setProperty("role", "muted")
        state, buttons = QHBoxLayout(), QHBoxLayout()
        for widget in (self.how_far, self.cancel):
            state.addWidget(widget)
        state.insertWidget(1, self.progress, 1)
        for button in (self.all, self.none, self.again):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for button in (*do, self.leave):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        column = self.lay_out(_LEAST, _SIZE)
        column.addWidget(self.view, 1)
        column.addWidget(self.detail)
        column.addLayout(state)
        column.addLayout(buttons)

    def begin_with_first(self) -> None:
        """The lines are there: put the keyboard on the first."""
        if self._table.lines:
            self.view.go_to(0)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def show_detail(self) -> None:
        """Say below the list what is wrong with the current person."""
        line = self._table.line_at(self.view.current_row())
        told = line is not None and line.trouble is not None
        self.detail.setText(f"{line.row.name}: {self._table.explain(line)}" if line and told else "")
        self.detail.setVisible(told)

    def say_common(self) -> None:
        """The words that every such window has, and whether there is anything to mark."""
        super().say_common()
        self.all.setText(self.tr("&Mark all"))
        self.none.setText(self.tr("&Unmark all"))
        ready, marked = sum(line.ready for line in self._table.lines), len(self._table.ticked())
        self.all.setEnabled(ready > marked)
        self.none.setEnabled(marked > 0)

    def say_progress(self, done: int, total: int, *, goes_on: bool) -> None:
        """How far it is, as long as it goes on."""
        self.progress.setMaximum(max(1, total))
        self.progress.setValue(done)
        for widget in (self.progress, self.cancel):
            widget.setVisible(goes_on)

    @Slot()
    def _tick_all(self) -> None:
        self._table.tick(None, on=True)

    @Slot()
    def _tick_none(self) -> None:
        self._table.tick(None, on=False)

    @Slot()
    def _toggle(self) -> None:
        chosen = [line for place in self.view.selected_rows() if (line := self._table.line_at(place))]
        on = not all(line.ticked for line in chosen if line.ready)
        self._table.tick([line.row.id for line in chosen], on=on)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._table.put(())


def _share_width(view: Listing, how: int) -> None:
    header = view.horizontalHeader()
    header.setResizeContentsPrecision(0)  # by what is in sight: a selection may be of thousands
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(WHO, QHeaderView.ResizeMode.Interactive)
    header.resizeSection(WHO, 24 * view.fontMetrics().averageCharWidth())
    header.setSectionResizeMode(how, QHeaderView.ResizeMode.Stretch)
