"""At 200 % nothing is cut, everything has room on the screen, and icons are drawn in all its pixels."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from tests.ui.large import SHARP, detail
from vfadmin.ui.icons import pixmap

ROOT = Path(__file__).resolve().parents[2]


def test_at_200_percent_nothing_is_cut_and_every_icon_is_sharp() -> None:
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "2"}
    command = [sys.executable, "-m", "tests.ui.large"]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads(done.stdout)
    assert (told.pop("ratio"), told.pop("icons") > 300) == (2.0, True)
    assert told == {"cut": [], "too large": [], "not sharp": []}


def test_an_icon_that_is_only_doubled_is_told_from_a_sharp_one(app: QApplication) -> None:
    del app
    for name in ("state-active", "state-unused", "warning", "views", "check"):
        small, sharp = (on_white(pixmap(name, "#000000", edge)) for edge in (20, 40))
        assert detail(small.scaled(40, 40)) < SHARP < detail(sharp), name


def on_white(icon: QPixmap) -> QImage:
    image = QImage(icon.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.drawPixmap(0, 0, icon)
    painter.end()
    return image
