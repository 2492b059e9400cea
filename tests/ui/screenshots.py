"""Pictures of the window, drawn without a display, with style, font, scale, clock and time zone fixed.

``python -m tests.ui.screenshots`` draws those of the documentation, into docs/pictures or another folder;
``python -m tests.ui.screenshots --references`` the small ones that the tests compare with.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.acts import ACTS, SCENES, Act
from tests.ui.looks import contrast_black, dark_palette, dress, light_palette
from tests.ui.stage import NARROW, SMALL, WIDE, ZONE, Stage
from tests.ui.thumbnails import drawn, small
from vfadmin.ui.run import application
from vfadmin.ui.translations import Speaker

HERE = Path(__file__).parent
REFERENCES, PICTURES = HERE / "references", HERE.parents[1] / "docs" / "pictures"
RENEW = "python -m tests.ui.screenshots --references"
_SMALLEST = 0
"""Of Qt's qualities of a PNG the one that is packed best; all show the same."""


@dataclass(frozen=True, slots=True)
class Series:
    """Pictures of one look. ``suffix`` stands between the scene and the language in their names."""

    suffix: str
    palette: Callable[[], QPalette]
    language: str
    scenes: tuple[str, ...] = SCENES
    size: QSize = WIDE

    def of(self, act: Act) -> tuple[str, ...]:
        """The scenes of the act that are wanted."""
        return tuple(scene for scene in act.scenes if scene in self.scenes)

    def name(self, scene: str) -> str:
        """The name of a picture."""
        return f"{scene}{self.suffix}-{self.language}"


TONES = (("", light_palette), ("-dark", dark_palette))
_EDGED = ("persons", "filtered", "import", "form-exchange", "form-events", "event")
COMPARED = (
    *(Series(suffix, palette, lang) for suffix, palette in TONES for lang in ("fi", "en")),
    Series("-contrast", contrast_black, "fi", _EDGED),
)
"""What the tests compare: every scene, in both languages, light and dark; and some with high contrast."""

_FORMS = tuple(scene for act in ACTS if act.name == "form" for scene in act.scenes)
_IMPORT = ("import", "import-asked", "import-report")
_LARGE = (*_FORMS, "preview", "persons")
DOCUMENTED = {
    "1": (
        Series("", light_palette, "fi"),
        Series(
            "",
            light_palette,
            "en",
            (*_FORMS, *_IMPORT, "preview", "move", "moved", "persons", "log", "incident", "help"),
        ),
        Series("-dark", dark_palette, "fi", ("preview", "move", "moved", "persons", "log", "import", "help")),
        Series("-dark", dark_palette, "en", ("persons",)),
        Series("-contrast", contrast_black, "fi", ("persons", "form-exchange")),
    ),
    "1.5": (
        Series("-150", light_palette, "fi", ("persons", "preview", "import"), NARROW),
        Series("-dark-150", dark_palette, "fi", _LARGE, NARROW),
    ),
    "2": (Series("-200", light_palette, "fi", ("persons", "form-exchange"), SMALL),),
}
"""What the documentation shows, by the scale of the screen."""


def perform(app: QApplication, series: Series, act: Act, folder: Path) -> dict[str, QImage]:
    """The pictures of an act, by their names."""
    dress(app, series.palette())
    speaker = Speaker(app)
    speaker.speak(series.language)
    pictures: dict[str, QImage] = {}

    def shoot(widget: QWidget, scene: str) -> None:
        if scene in series.scenes:
            pictures[series.name(scene)] = drawn(widget)

    stage = Stage(folder, shoot, series.size)
    try:
        act.play(stage)
    finally:
        stage.end()
        speaker.be_silent()
    return pictures


def main(arguments: list[str]) -> int:
    """Draw; each scale needs a process of its own."""
    if len(arguments) == 3:
        _draw(arguments[0] == "--references", Path(arguments[1]), arguments[2])
        return 0
    references = arguments == ["--references"]
    named = Path(arguments[0]) if arguments and not references else PICTURES
    target = REFERENCES if references else named
    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob("*.png") if references else ():  # of scenes that there are no more
        old.unlink()
    fixed = {"QT_QPA_PLATFORM": "offscreen", "TZ": ZONE, "QT_ENABLE_HIGHDPI_SCALING": "1"}
    for scale in ("1",) if references else DOCUMENTED:
        command = [sys.executable, "-m", "tests.ui.screenshots"]
        command += ["--references" if references else "--documentation", str(target), scale]
        subprocess.run(command, env={**os.environ, **fixed, "QT_SCALE_FACTOR": scale}, check=True)
    return 0


def _draw(references: bool, target: Path, scale: str) -> None:
    time.tzset()
    app = application()
    for series in COMPARED if references else DOCUMENTED[scale]:
        for act in ACTS:
            if series.of(act):
                with tempfile.TemporaryDirectory() as folder:
                    pictures = perform(app, series, act, Path(folder))
                for name, image in pictures.items():
                    shown = small(image) if references else image
                    shown.save(str(target / f"{name}.png"), "PNG", _SMALLEST)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
