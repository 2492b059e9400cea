"""A place where a single file of this machine can be dropped."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QWidget


def dropped(data: QMimeData) -> Path | None:
    """The single file of this machine that is dropped."""
    urls = data.urls()
    local = len(urls) == 1 and urls[0].isLocalFile()
    return Path(urls[0].toLocalFile()) if local else None


class DropPlace(QWidget):
    """``file_held`` says that a file is held above, or not any more; ``file_dropped`` carries its path."""

    file_held = Signal(bool)
    file_dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A single file can be dropped."""
        if dropped(event.mimeData()) is not None:
            event.acceptProposedAction()
            self.file_held.emit(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It was held elsewhere."""
        super().dragLeaveEvent(event)
        self.file_held.emit(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell of it."""
        self.file_held.emit(False)
        file = dropped(event.mimeData())
        if file is not None:
            event.acceptProposedAction()
            self.file_dropped.emit(file)
