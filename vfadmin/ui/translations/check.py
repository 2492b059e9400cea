"""For those who change texts: whether every string of the code has its finished translation."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

from vfadmin import assets
from vfadmin.ui.translations import LANGUAGES, Messages, parse
from vfadmin.ui.translations.release import STARTED, release

_PLACE = re.compile(r"%n|\{\w+\}")
_SOURCES = Path(__file__).resolve().parents[1]


def main(arguments: list[str]) -> int:
    """``check`` prints what is missing and answers 1 if anything is; ``update`` adds new strings.

    ``compile FOLDER`` makes the files that the wheel carries.
    """
    if arguments == ["update"]:
        for language in (*LANGUAGES, *STARTED):
            _lupdate(language, _ts(language))
        return 0
    if len(arguments) == 2 and arguments[0] == "compile":  # noqa: PLR2004 - the word and its folder
        sys.stdout.writelines(f"{made.name}\n" for made in release(Path(arguments[1])))
        return 0
    if arguments != ["check"]:
        sys.stderr.write("usage: python -m vfadmin.ui.translations check | update | compile FOLDER\n")
        return 2
    complaints = [line for language in LANGUAGES for line in complaints_of(language)]
    sys.stdout.writelines(f"{line}\n" for line in complaints)
    return 1 if complaints else 0


def complaints_of(language: str) -> list[str]:
    """What is wrong with the file of a language, one line each."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / f"code_{language}.ts"
        _lupdate(language, fresh)
        wanted = _sources(fresh.read_text(encoding="utf-8"))
    known = parse(_ts(language).read_text(encoding="utf-8"))
    if language == "en":  # the source text is English; only its plurals need forms
        wanted = {key: plural for key, plural in wanted.items() if plural}
    return [
        f"{language}: {context}: {reason}: {source}"
        for (context, source), plural in sorted(wanted.items())
        if (reason := _fault(known, (context, source), plural=plural))
    ] + [f"{language}: {key[0]}: no longer in the code: {key[1]}" for key in sorted(set(known) - set(wanted))]


def _fault(known: Messages, key: tuple[str, str], *, plural: bool) -> str | None:
    forms = known.get(key)
    if forms is None:
        return "not translated"
    if plural and len(forms) != 2:  # noqa: PLR2004 - one, or else
        return "plural forms missing"
    places = set(_PLACE.findall(key[1]))
    if any(set(_PLACE.findall(form)) - places for form in forms) or places - set(_PLACE.findall(forms[-1])):
        return "places differ"
    return None


def _sources(text: str) -> dict[tuple[str, str], bool]:
    root = ET.fromstring(text)  # noqa: S314 - written by lupdate a moment ago
    return {
        (context.findtext("name") or "", message.findtext("source") or ""): message.get("numerus") == "yes"
        for context in root.iter("context")
        for message in context.iter("message")
    }


def _ts(language: str) -> Path:
    return assets.asset_root() / "translations" / f"vfadmin_{language}.ts"


def _lupdate(language: str, target: Path) -> None:
    tool = Path(sysconfig.get_path("scripts")) / "pyside6-lupdate"
    plural_only = ["-pluralonly"] if language == "en" else []
    files = sorted(str(path) for path in _SOURCES.rglob("*.py"))
    subprocess.run(  # noqa: S603 - our own tool on our own files
        [
            *(str(tool), *files, *plural_only, "-silent", "-locations", "none", "-no-obsolete"),
            *("-target-language", language, "-source-language", "en", "-ts", str(target)),
        ],
        check=True,
        capture_output=True,
    )
