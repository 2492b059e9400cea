"""The window's part of the self-test: Qt and its plugins, the translations, the icons, and a window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo
from PySide6.QtGui import QIcon, QImageReader
from PySide6.QtWidgets import QApplication, QLabel

from vfadmin import assets
from vfadmin.ui.icons import pixmap
from vfadmin.ui.run import application
from vfadmin.ui.texts import state_word
from vfadmin.ui.translations import LANGUAGES, Speaker

_FORMATS = {"ico", "png", "svg"}
_SIZE = 32
_QT_TEXT = ("QPlatformTheme", "Cancel")  # not written where it is used: it is no text of ours to translate


def window_steps() -> Mapping[str, Callable[[Path], str]]:
    """The checks by name. They belong into the main thread, as everything of Qt."""
    return {"window": _window, "translations": _translations, "icons": _icons}


def _window(_folder: Path) -> str:
    """Qt finds its plugins: the platform's, the styles and the formats of pictures; and a window is drawn."""
    app = application()
    missing = _FORMATS - {bytes(one.data()).decode() for one in QImageReader.supportedImageFormats()}
    if missing:
        raise RuntimeError(f"Qt cannot read {sorted(missing)}")
    label = QLabel("vfadmin")
    label.show()
    QCoreApplication.processEvents()
    drawn = label.grab().toImage()
    label.close()
    if not _painted({drawn.pixel(x, drawn.height() // 2) for x in range(drawn.width())}):
        raise RuntimeError("Qt drew nothing into a window")
    return (
        f"Qt {QLibraryInfo.version().toString()}, {QApplication.platformName()}, {app.style().objectName()}"
    )


def _translations(_folder: Path) -> str:
    """Each language speaks, in our words and in Qt's own."""
    speaker = Speaker(application())
    said = {}
    for language in LANGUAGES:
        speaker.speak(language)
        said[language] = (state_word("passive"), QCoreApplication.translate(*_QT_TEXT))
    speaker.be_silent()
    if len({ours for ours, _ in said.values()}) != len(LANGUAGES) or said["fi"][1] == said["en"][1]:
        raise RuntimeError(f"the window does not speak every language: {said}")
    return ", ".join(f"{language}: {words[0]}" for language, words in said.items())


def _icons(_folder: Path) -> str:
    application()
    names = sorted(path.stem for path in assets.path("icons").glob("*.svg"))
    for name in names:
        image = pixmap(name, "#336699", _SIZE).toImage()
        if not _painted({image.pixel(x, y) for x in range(_SIZE) for y in range(_SIZE)}):
            raise RuntimeError(f"the icon {name} is empty")
    if QIcon(str(assets.path("icons/app.svg"))).pixmap(_SIZE).isNull():
        raise RuntimeError("Qt makes no icon of an SVG file")
    return f"{len(names)} drawn"


def _painted(colours: set[int]) -> bool:
    return len(colours) > 1
