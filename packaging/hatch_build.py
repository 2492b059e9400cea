"""The wheel carries what no checkout has, so that it cannot be out of date.

It is the window's texts, compiled, and the publisher whom the environment names.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class MadeResources(BuildHookInterface[Any]):
    """Makes them before the wheel is packed and cleans up after it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the compiled files."""
        del version
        sys.path[:0] = [self.root, str(Path(self.root) / "packaging")]
        from publisher import publisher_files  # noqa: PLC0415 - found by the line above

        from vfadmin.ui.translations.release import release  # noqa: PLC0415 - found by the line above

        self._folder = tempfile.TemporaryDirectory()
        for made in release(Path(self._folder.name)):
            build_data["force_include"][str(made)] = f"vfadmin/_resources/translations/{made.name}"
        for made in publisher_files(Path(self._folder.name)):
            build_data["force_include"][str(made)] = f"vfadmin/_resources/update/{made.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was compiled."""
        del version, build_data, artifact_path
        self._folder.cleanup()
