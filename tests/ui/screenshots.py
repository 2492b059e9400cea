"""Pictures of the window for the documentation: ``python -m tests.ui.screenshots docs/pictures``.

They are drawn without a display, on a store made for the purpose, with style, font, scale and clock fixed.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

NOW = datetime(2026, 11, 23, 7, 42, tzinfo=UTC)


def main(arguments: list[str]) -> int:
    """Draw all pictures into the directory given; each scale needs a process of its own."""
    if len(arguments) == 2:
        return _draw(Path(arguments[0]), arguments[1])
    target = Path(arguments[0] if arguments else "docs/pictures")
    target.mkdir(parents=True, exist_ok=True)
    import subprocess

    for scale in ("1", "1.5"):
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "QT_SCALE_FACTOR": scale,
            "TZ": "Europe/Helsinki",
        }
        command = [sys.executable, "-m", "tests.ui.screenshots", str(target), scale]
        subprocess.run(command, env=environment, check=True)
    return 0


def _draw(target: Path, scale: str) -> int:
    time.tzset()
    from tests.ui.stage import Stage

    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder), NOW, target, scale)
        stage.play()
    return 0


Scene = Callable[[], None]

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
