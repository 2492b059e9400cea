"""Fields below each other: the label beside, what there is to know of it below."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

LABEL, GAP = 240, 16


def field_rows(
    fields: Mapping[str, QWidget], labels: Mapping[str, QLabel], notes: Mapping[str, QLabel], width: int
) -> QVBoxLayout:
    """A row for each field, ``width`` wide, with its label and its note if it has one."""
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
        if note is not None:
            note.setProperty("role", "muted")
            below = QHBoxLayout()
            below.setContentsMargins(LABEL + GAP, 0, 0, 14)
            below.addWidget(note)
            rows.addLayout(below)
    return rows
