"""The wheel carries the window's texts compiled; no checkout has them, so none can be out of date."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledTranslations(BuildHookInterface[Any]):
    """Compiles before the wheel is packed and cleans up after it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the compiled files."""
        del version
        sys.path.insert(0, self.root)
        from vfadmin.ui.translations.release import release  # noqa: PLC0415 - found by the line above

        self._folder = tempfile.TemporaryDirectory()
        for made in release(Path(self._folder.name)):
            build_data["force_include"][str(made)] = f"vfadmin/_resources/translations/{made.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was compiled."""
        del version, build_data, artifact_path
        self._folder.cleanup()
