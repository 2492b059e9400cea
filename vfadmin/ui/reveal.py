"""Shows where files lie, in the program the system has for it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_folder(folder: Path) -> bool:
    """Open the folder; False where the system has nothing to show it with."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
