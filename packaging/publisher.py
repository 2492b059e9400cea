"""What the environment tells a build of its publisher: whose word on newer versions counts, and where it is.

Without a key the program says that it cannot check for newer versions.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from vfadmin.services.updates.publisher import ASSET, Publisher, parsed, written

KEYS, URL = "VFADMIN_UPDATE_KEYS", "VFADMIN_UPDATE_URL"
"""Public keys as `manifest.py --new-key` prints them, with blanks between; the manifest's address."""


def publisher_of(environ: Mapping[str, str]) -> Publisher | None:
    """The publisher that the environment names; None without a key. Raises PublisherError."""
    keys = environ.get(KEYS, "").split()
    if not keys:
        return None
    return parsed(json.dumps({"keys": keys, "url": environ.get(URL, "")}))


def publisher_files(folder: Path, environ: Mapping[str, str] = os.environ) -> list[Path]:
    """The file of the program's resources that says so, made in a folder; none without a key.

    Raises PublisherError for a key or an address that is none.
    """
    publisher = publisher_of(environ)
    if publisher is None:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / Path(ASSET).name
    made.write_text(written(publisher), encoding="utf-8", newline="\n")
    return [made]


def told(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The variables above, for a build elsewhere."""
    return {name: environ[name] for name in (KEYS, URL) if name in environ}
