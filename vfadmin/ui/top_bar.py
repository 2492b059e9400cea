"""How a bar across the top of the window is laid out: a sign, what it says, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget


def lay_out(bar: QWidget, sign: QWidget, words: Sequence[QWidget], buttons: Sequence[QWidget]) -> None:
    """The words stand below each other; everything begins at the upper edge, however long they are."""
    column, row = QVBoxLayout(), QHBoxLayout(bar)
    column.setSpacing(2)
    for one in words:
        column.addWidget(one)
    row.setContentsMargins(16, 8, 12, 8)
    row.setSpacing(10)
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(column, 1)
    for button in buttons:
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
