"""How a setting stands in a control: read from it, shown in it, and told by it when somebody edits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QCheckBox, QComboBox, QSpinBox, QWidget


@dataclass(frozen=True, slots=True)
class Field:
    """A control with its ways in and out; ``edited`` is emitted for code and hand alike."""

    control: QWidget
    read: Callable[[], Any]
    show: Callable[[Any], None]
    edited: SignalInstance
    bound: Callable[[int, int], None] | None = None
    """Takes the least and the largest value, where it has such."""


def choice(box: QComboBox) -> Field:
    """One of several, by the data of the entries; an unknown value shows the first."""
    return Field(
        box,
        box.currentData,
        lambda value: box.setCurrentIndex(max(0, box.findData(value))),
        box.currentIndexChanged,
    )


def figure(spin: QSpinBox, unit: int = 1) -> Field:
    """A number, shown in units of so many; one unit is the least that is shown then."""
    spin.lineEdit().setTextMargins(6, 0, 0, 0)
    least = 1 if unit > 1 else 0
    return Field(
        spin,
        lambda: spin.value() * unit,
        lambda value: spin.setValue(max(least, round(int(value or 0) / unit))),
        spin.valueChanged,
        lambda lowest, highest: spin.setRange(max(least, lowest // unit), highest // unit),
    )


def flag(box: QCheckBox) -> Field:
    """Yes or no."""
    return Field(box, box.isChecked, lambda value: box.setChecked(bool(value)), box.toggled)
