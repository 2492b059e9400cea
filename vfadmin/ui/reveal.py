"""Shows files and pages of the web in the programs the system has for them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_folder(folder: Path) -> bool:
    """Open the folder; False where the system has nothing to show it with."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def open_page(address: str) -> bool:
    """Open a page of the web, of https alone; False where it is none or the system has no browser."""
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    return url.isValid() and url.scheme() == "https" and QDesktopServices.openUrl(url)
