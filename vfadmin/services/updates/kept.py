"""What one home remembers of the publisher's word: on this computer, beside the database and not in it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from vfadmin.services.whole_files import beside

FILE = "updates.json"
_LARGEST = 400_000


@dataclass(frozen=True, slots=True)
class Kept:
    """``asked`` is when the publisher was last asked, ``failed`` the code of what came of it, if it failed.

    ``envelope`` is the newest word that was believed, which is believed anew when it is read; ``aside``, the
    version of which nobody wants to hear any more.
    """

    asked: datetime | None = None
    failed: str = ""
    envelope: str = ""
    aside: str = ""


def read(home: Path) -> Kept:
    """What is remembered; nothing where there is no such file or none of ours."""
    try:
        with (home / FILE).open("rb") as file:
            told: Any = json.loads(file.read(_LARGEST).decode())
        asked = datetime.fromisoformat(told["asked"]) if told["asked"] else None
        texts = {name: told[name] for name in ("failed", "envelope", "aside")}
    except (OSError, ValueError, RecursionError, LookupError, TypeError):
        return Kept()
    if not all(isinstance(one, str) for one in texts.values()):
        return Kept()
    if asked is not None and asked.tzinfo is None:
        return Kept()
    return Kept(asked, **texts)


def write(home: Path, kept: Kept) -> None:
    """Remember this, as a whole or not at all. Raises OSError."""
    asked = "" if kept.asked is None else kept.asked.isoformat()
    with beside(home / FILE) as part:
        part.write_text(json.dumps({**asdict(kept), "asked": asked}, indent=1), encoding="utf-8")
        part.replace(home / FILE)
