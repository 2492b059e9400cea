"""A page of fields: headings, and fields below each other with what there is to know of them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from vfadmin.ui.widgets import tab_through

LABEL, GAP = 240, 16
_LARGER = 1.2
_CLOSE = 4
"""What is added between fields that have nothing between them."""


def heading(parent: QWidget) -> QLabel:
    """The heading of a part of the page."""
    label = QLabel(parent)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * _LARGER)
    label.setFont(font)
    label.setProperty("role", "title")
    return label


def scrolled(page: QWidget, parent: QWidget) -> QScrollArea:
    """The page in a frame that scrolls where there is too little room."""
    scroll = QScrollArea(parent)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidget(page)
    return scroll


def field_rows(
    fields: Mapping[str, QWidget], labels: Mapping[str, QLabel], notes: Mapping[str, QLabel], width: int
) -> QVBoxLayout:
    """A row for each field, ``width`` wide, with its label and its note if it has one.

    The Tab key goes down the rows, in whatever order the fields were made.
    """
    tab_through(*fields.values())
    rows = QVBoxLayout()
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(4)
    for name, field in fields.items():
        label = labels[name]
        label.setFixedWidth(LABEL)
        label.setWordWrap(True)
        label.setBuddy(field)
        field.setFixedWidth(width)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(label)
        row.addWidget(field)
        row.addStretch(1)
        rows.addLayout(row)
        note = notes.get(name)
        if note is None:
            rows.addSpacing(_CLOSE)
        else:
            note.setProperty("role", "muted")
            below = QHBoxLayout()
            below.setContentsMargins(LABEL + GAP, 0, 0, 14)
            below.addWidget(note)
            rows.addLayout(below)
    return rows
