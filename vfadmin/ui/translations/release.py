"""For those who build: the `.ts` files as the `.qm` files that Qt reads at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from vfadmin import assets
from vfadmin.ui.translations import LANGUAGES

STARTED = ("sv",)
"""Languages that fall back to English where a text is missing; in the spoken ones none may be."""

_TOOL = "from PySide6.scripts.pyside_tool import lrelease; lrelease()"


def release(folder: Path) -> list[Path]:
    """Compile every language into the folder; the files that were made.

    Raises RuntimeError with what Qt's compiler says where a spoken language lacks a text.
    """
    source = assets.path("translations")
    options = {language: ["-fail-on-unfinished"] for language in LANGUAGES}
    options |= {language: ["-nounfinished"] for language in STARTED}
    return [_compiled(source / f"vfadmin_{language}.ts", folder, more) for language, more in options.items()]


def _compiled(source: Path, folder: Path, options: list[str]) -> Path:
    made = folder / f"{source.stem}.qm"
    command = [sys.executable, "-c", _TOOL, str(source), *options, "-qm", str(made)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - Qt's own tool
    if done.returncode or not made.exists():
        raise RuntimeError(f"{source.name} was not compiled: {done.stdout}{done.stderr}")
    return made
