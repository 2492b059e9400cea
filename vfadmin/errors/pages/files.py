"""The pages as files: what is made is put around what was written by hand."""

from __future__ import annotations

import re
from pathlib import Path

from vfadmin import assets
from vfadmin.errors.codes import CODES
from vfadmin.errors.pages import INDEX
from vfadmin.errors.pages.made import foot, head, listing
from vfadmin.errors.texts import LANGUAGES, Lang

_HEAD = "<!-- made by python -m vfadmin.errors.pages update; written by hand below the next mark -->"
_BODY, _FOOT = "<!-- by hand -->", "<!-- made -->"
_PARTS = re.compile(f"{re.escape(_BODY)}\n(.*?)\n?{re.escape(_FOOT)}", re.DOTALL)


def body_of(text: str) -> str:
    """What of a page was written by hand; empty if nothing was."""
    found = _PARTS.search(text)
    return found[1].strip() if found else ""


def composed(code: str, lang: Lang, body: str) -> str:
    """The whole file of a page."""
    if code == INDEX:
        return f"{_HEAD}\n\n{listing(lang)}\n"
    written = f"\n{body}\n\n" if body else "\n"
    return f"{_HEAD}\n\n{head(code, lang)}\n\n{_BODY}\n{written}{_FOOT}\n\n{foot(code, lang)}\n"


def update() -> None:
    """Bring every page up to date, and make those that are missing."""
    for name, wanted in _wanted().items():
        name.write_text(wanted, encoding="utf-8", newline="\n")


def outdated() -> list[str]:
    """The pages that are not as they should be, and the files that are no page, as LANGUAGE/NAME."""
    wanted = _wanted()
    there = {path for lang in LANGUAGES for path in _folder(lang).iterdir()}
    wrong = {path for path, text in wanted.items() if path not in there or _read(path) != text}
    return sorted(f"{path.parent.name}/{path.name}" for path in wrong | there - set(wanted))


def _wanted() -> dict[Path, str]:
    return {
        path: composed(code, lang, body_of(_read(path)))
        for lang in LANGUAGES
        for code in (*CODES, INDEX)
        for path in [_folder(lang) / f"{code}.md"]
    }


def _folder(lang: Lang) -> Path:
    return assets.path(f"errors/{lang}")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
