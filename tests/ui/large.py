"""Plays every act at 200 % and tells what is cut, too large for the screen, or not sharp, as JSON.

A process learns of its scale at the start: `test_large.py` starts this one with ``QT_SCALE_FACTOR=2``.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QWidget

from tests.ui.acts import ACTS
from tests.ui.looks import dress, light_palette
from tests.ui.stage import SMALL, Stage
from tests.ui.test_accessible import cut
from vfadmin.ui.persons.columns import At
from vfadmin.ui.run import application
from vfadmin.ui.translations import Speaker
from vfadmin.ui.widgets import Chip
from vfadmin.ui.window import MainWindow

_ICON = 20
"""The edge of what is looked at around an icon, in device-independent pixels."""
SHARP = 0.25
"""How much of the light and dark of a sharp icon lies within pairs of pixels that 100 % has one pixel for.

Qt draws an icon that has too few pixels by doubling them, so that there is nothing within the pairs."""


def detail(image: QImage) -> float:
    """How far apart pixels are within those pairs, as a share of how far apart they are between the pairs."""
    plain = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = [bytes(plain.constScanLine(y))[: plain.width()] for y in range(plain.height())]
    within = between = 1
    for line in (*rows, *map(bytes, zip(*rows, strict=True))):
        steps = [abs(one - other) for one, other in pairwise(line)]
        within, between = within + sum(steps[::2]), between + sum(steps[1::2])
    return within / between


def icons(window: MainWindow) -> Iterator[tuple[str, QRect]]:
    """Where in the window icons are: those of labels and buttons, and those that are painted."""
    for label in window.findChildren(QLabel):
        if label.isVisible() and not label.pixmap().isNull():
            yield "a label", _around(label, label.rect().center(), window)
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and isinstance(button, Chip):
            yield f"chip {button.text()}", _around(button, QPoint(18, button.height() // 2), window)
        elif button.isVisible() and not button.icon().isNull() and not button.text():
            yield f"button {button.accessibleName()}", _around(button, button.rect().center(), window)
    view, model = window.persons.view, window.persons.model
    for row in range(4 if view.isVisible() else 0):
        cell = view.visualRect(model.index(row, At.STATE))
        yield f"row {row}", _around(view.viewport(), QPoint(cell.left() + 18, cell.center().y()), window)


def _around(widget: QWidget, middle: QPoint, window: QWidget) -> QRect:
    at = widget.mapTo(window, middle)
    return QRect(at.x() - _ICON // 2, at.y() - _ICON // 2, _ICON, _ICON)


class Findings:
    """What is wrong, by its kind."""

    def __init__(self) -> None:
        self.told: dict[str, list[str]] = {"cut": [], "too large": [], "not sharp": []}
        self.looked = 0

    def look(self, widget: QWidget, scene: str) -> None:
        """At what is ready for its picture."""
        self.told["cut"] += [f"{scene}: {one}" for one in cut(widget)]
        if isinstance(widget, QDialog) and widget.size().boundedTo(SMALL) != widget.size():
            self.told["too large"].append(f"{scene}: {widget.width()} x {widget.height()}")
        if isinstance(widget, MainWindow):
            for what, where in icons(widget):
                if not widget.rect().contains(where):
                    continue  # scrolled out of sight
                self.looked += 1
                if detail(widget.grab(where).toImage()) < SHARP:
                    self.told["not sharp"].append(f"{scene}: {what}")


def main() -> int:
    """Play, in both languages."""
    app = application()
    findings, speaker = Findings(), Speaker(app)
    dress(app, light_palette())
    for language in ("fi", "en"):
        speaker.speak(language)
        for act in ACTS:
            with tempfile.TemporaryDirectory() as folder:
                stage = Stage(Path(folder), findings.look, SMALL)
                act.play(stage)
                stage.end()
    told = {"ratio": app.devicePixelRatio(), "icons": findings.looked, **findings.told}
    sys.stdout.write(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
