"""What is in the program and under which licences: an SBOM (CycloneDX 1.5), a notice and every text.

What was bundled is read from PyInstaller's own lists; whose each file is, from what the wheels say they
installed. A distribution without a licence is an error: nothing goes out that nobody may pass on.
"""

from __future__ import annotations

import ast
import importlib.metadata
import json
import re
import shutil
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

_TEXT = re.compile(r"(?i)^(licen[cs]es?|copying|notice|copyright)\b.*|^licen[cs]e[.-].*")
_COMMERCIAL = "Qt-Commercial"
_LISTS = ("COLLECT-00.toc", "PYZ-00.toc", "Analysis-00.toc")
_CLASSIFIER = "License :: OSI Approved :: "
_SPDX = {
    *(
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "Bootloader-exception",
        "GPL-2.0-only",
        "GPL-2.0-or-later",
    ),
    *("GPL-3.0-only", "ISC", "LGPL-3.0-only", "MIT", "MIT-0", "MPL-2.0", "PSF-2.0"),
}
"""The identifiers that may stand in an expression; whatever else somebody wrote is a name."""
_FREEZER = "pyinstaller"
_BOOTLOADER = "GPL-2.0-or-later WITH Bootloader-exception"
_NAMESPACE = uuid.UUID("c4f0a6ce-3a0c-5b8e-9a35-6d8c1c8ad0f1")


class LicenceError(RuntimeError):
    """Something is bundled that says of no licence it is under."""


@dataclass(frozen=True)
class Component:
    """One bundled distribution; ``texts`` are the files its licence is written in."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]

    @property
    def purl(self) -> str:
        """Its package URL (https://github.com/package-url/purl-spec)."""
        return f"pkg:pypi/{re.sub(r'[-_.]+', '-', self.name).lower()}@{self.version}"


def write_notices(
    program: Path, work: Path, python: Path, site: Path, version: str, built: int
) -> list[Component]:
    """Put the SBOM, the notice and the texts into the program's folder; answers what is in it.

    ``work`` has PyInstaller's lists, ``python`` the interpreter with its licence, ``site`` the wheels.
    ``built`` is the time of the build in seconds since 1970. Raises LicenceError.
    """
    # Its hooks for the start are bundled, too; the bootloader stands for all of it.
    found = [one for one in components(bundled_files(work), site) if one.name != _FREEZER]
    licences = Path(__file__).with_name("licenses")
    own = Component("vfadmin", version, "Apache-2.0", (licences.parents[1] / "LICENSE",))
    cpython = Component("cpython", _python_version(python), "PSF-2.0", (python / "LICENSE.txt",))
    everything = [cpython, _bootloader(site), *found]
    _write_texts(program / "licenses", [own, *everything], licences)
    qt = next(
        (f"{one.name} {one.version}" for one in found if one.name == "PySide6_Essentials"), "not bundled"
    )
    lines = [f"{one.name} {one.version}: {one.licence}" for one in everything]
    notice = (licences / "NOTICE.txt").read_text(encoding="utf-8").format(version=version, qt=qt)
    text = notice + "\n" + "\n".join(lines) + "\n"
    (program / "NOTICE.txt").write_text(text, encoding="utf-8", newline="\r\n")
    document = json.dumps(sbom(own, everything, built), indent=2) + "\n"
    (program / "sbom.cdx.json").write_text(document, encoding="utf-8", newline="\n")
    return everything


def bundled_files(work: Path) -> set[str]:
    """The files PyInstaller took, with forward slashes and without their drive."""
    found = set()
    for name in _LISTS:
        path = work / name
        if path.exists():
            found |= set(_sources(ast.literal_eval(path.read_text(encoding="utf-8"))))
    if not found:
        raise LicenceError(f"no list of what was bundled in {work}")
    return found


def _sources(value: object) -> Iterable[str]:
    """Every path in the nested tuples that PyInstaller writes down: the second of three or more strings."""
    if isinstance(value, tuple | list):
        if len(value) >= 3 and all(isinstance(one, str) for one in value[:2]):  # noqa: PLR2004 - name, source, kind
            yield _without_drive(value[1])
        else:
            for one in value:
                yield from _sources(one)


def _without_drive(path: str) -> str:
    """A path as both sides of Wine write it."""
    return re.sub(r"^[A-Za-z]:", "", path.replace("\\", "/"))


def components(files: set[str], site: Path) -> list[Component]:
    """The distributions in ``site`` any of whose files are among those; by name. Raises LicenceError."""
    start = _without_drive(str(site)).rstrip("/") + "/"
    inside = {name.removeprefix(start) for name in files if name.startswith(start)}
    found = []
    for one in importlib.metadata.distributions(path=[str(site)]):
        own = {str(PurePosixPath(file)) for file in one.files or []}
        # Metadata alone is a name that is looked up, no part of the program.
        if any(".dist-info/" not in name for name in own & inside):
            found.append(_component(one, site))
    return sorted(found, key=lambda one: one.name.lower())


def _bootloader(site: Path) -> Component:
    """What PyInstaller puts before the program. Its exception lets it go out with any program."""
    (one,) = importlib.metadata.distributions(name=_FREEZER, path=[str(site)])
    made = _component(one, site)
    return Component(_FREEZER, made.version, _BOOTLOADER, made.texts)


def _component(one: importlib.metadata.Distribution, site: Path) -> Component:
    texts = [
        site / str(file)
        for file in one.files or []
        if ".dist-info/" in str(file) and _TEXT.match(file.name) and _COMMERCIAL not in file.name
    ]
    licence = _licence(one.metadata.json)
    if not licence:
        raise LicenceError(f"{one.name} {one.version} names no licence")
    return Component(one.name, one.version, licence, tuple(sorted(texts)))


def _licence(metadata: Mapping[str, object]) -> str:
    """What the metadata say: an expression, else the classifiers, else the first line of a free text."""
    expression = str(metadata.get("license_expression") or "")
    classified = [
        str(one).removeprefix(_CLASSIFIER)
        for one in metadata.get("classifier") or []  # type: ignore[attr-defined]
        if str(one).startswith(_CLASSIFIER)
    ]
    free = str(metadata.get("license") or "").strip().splitlines()
    short = free[0].strip() if free else ""
    return expression or " OR ".join(classified) or short


def _write_texts(folder: Path, found: Iterable[Component], licences: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for one in found:
        place = folder / (one.name if one.name == "vfadmin" else f"{one.name}-{one.version}")
        place.mkdir(parents=True)
        texts = list(one.texts)
        if "LGPL-3" in one.licence or "LGPLv3" in one.licence:
            # It refers to the General Public License, whose text belongs beside it.
            texts += [licences / "LGPL-3.0-only.txt", licences / "GPL-3.0-only.txt"]
        for text in texts:
            shutil.copyfile(text, place / text.name)
        if not texts:
            (place / "LICENSE.txt").write_text(f"{one.licence}\n", encoding="utf-8")


def sbom(own: Component, found: Iterable[Component], built: int) -> dict[str, object]:
    """The list as CycloneDX 1.5; the same components and time always have the same serial number."""
    listed = [_entry(one, "library") for one in found]
    told = json.dumps(listed, sort_keys=True) + own.version
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_NAMESPACE, told)}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(built, UTC).isoformat().replace("+00:00", "Z"),
            "component": _entry(own, "application"),
        },
        "components": listed,
    }


def _entry(one: Component, kind: str) -> dict[str, object]:
    spdx = set(re.split(r" (?:AND|OR|WITH) ", one.licence)) <= _SPDX
    licence = {"expression": one.licence} if spdx else {"license": {"name": one.licence}}
    return {
        "type": kind,
        "bom-ref": one.purl,
        "name": one.name,
        "version": one.version,
        "purl": one.purl,
        "licenses": [licence],
    }


def _python_version(python: Path) -> str:
    """The interpreter's full version, out of its header file."""
    header = python / "include" / "patchlevel.h"
    if not header.exists():
        return "unknown"
    told = re.search(r'#define PY_VERSION\s+"([^"]+)"', header.read_text(encoding="utf-8"))
    return told[1] if told else "unknown"
