"""The system's dialog for a file to be written.

To be imported when somebody exports: Qt's dialog for files is not to delay the first window.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget

WORKBOOK, CSV, ARCHIVE = "Excel (*.xlsx)", "CSV (*.csv)", "ZIP (*.zip)"


class SaveDialog(QFileDialog):
    """Asks for a workbook or a CSV file, or for what ``filters`` name; ``chosen`` is told which."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        proposed: Path,
        chosen: Callable[[str], None],
        filters: Sequence[str] = (WORKBOOK, CSV),
    ) -> None:
        super().__init__(parent, title, str(proposed.parent))
        self._chosen = chosen
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.setNameFilters(list(filters))
        self.setDefaultSuffix(proposed.suffix.removeprefix("."))
        self.selectFile(proposed.name)
        self.filterSelected.connect(self._filtered)
        self.fileSelected.connect(self._tell)
        self.finished.connect(self.deleteLater)

    @Slot(str)
    def _filtered(self, picked: str) -> None:
        self.setDefaultSuffix({CSV: "csv", ARCHIVE: "zip"}.get(picked, "xlsx"))

    @Slot(str)
    def _tell(self, file: str) -> None:
        self._chosen(file)
