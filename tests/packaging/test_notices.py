"""The list of what is in the program, made from folders like PyInstaller's and pip's."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest

from tests.packaging.outside import module_of_packaging


@pytest.fixture(scope="module")
def notices() -> ModuleType:
    """The module, which lies in no package."""
    return module_of_packaging("notices")


def distribution(site: Path, name: str, licence: str, *, text: bool = True) -> None:
    """An installed distribution with one module, as a wheel leaves it."""
    info = site / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (site / f"{name}.py").write_text("", encoding="utf-8")
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.0\n{licence}\n", encoding="utf-8"
    )
    record = [f"{name}.py,,", f"{info.name}/METADATA,,", f"{info.name}/RECORD,,"]
    if text:
        (info / "LICENSE").write_text(f"the licence of {name}", encoding="utf-8")
        record.append(f"{info.name}/LICENSE,,")
    (info / "RECORD").write_text("\n".join(record) + "\n", encoding="utf-8")


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A build of a program that uses two of three distributions."""
    site = tmp_path / "site"
    distribution(site, "free", "License-Expression: MIT")
    distribution(site, "lesser", "License-Expression: LGPL-3.0-only", text=False)
    distribution(site, "unused", "License: BSD")
    distribution(site, "pyinstaller", "License: GPLv2")
    (tmp_path / "work").mkdir()
    (tmp_path / "program").mkdir()
    (tmp_path / "LICENSE.txt").write_text("the licence of Python", encoding="utf-8")
    taken = [
        ("free", f"Z:{site}/free.py".replace("/", "\\"), "PYMODULE"),
        ("lesser", f"{site}/lesser.py", "DATA"),
        ("pyinstaller", f"{site}/pyinstaller.py", "PYSOURCE"),
    ]
    (tmp_path / "work" / "PYZ-00.toc").write_text(repr(("out", taken)), encoding="utf-8")
    return tmp_path


def written(notices: ModuleType, built: Path) -> list[str]:
    found = notices.write_notices(built / "program", built / "work", built, built / "site", "1.2", 86400)
    return [one.name for one in found]


def test_what_was_bundled_is_listed_with_its_licence_and_nothing_else(
    notices: ModuleType, built: Path
) -> None:
    assert written(notices, built) == ["cpython", "pyinstaller", "free", "lesser"]
    notice = (built / "program" / "NOTICE.txt").read_text(encoding="utf-8")
    assert "vfadmin 1.2" in notice
    assert "lesser 1.0: LGPL-3.0-only" in notice
    sbom = json.loads((built / "program" / "sbom.cdx.json").read_text(encoding="utf-8"))
    assert (sbom["bomFormat"], sbom["metadata"]["timestamp"]) == ("CycloneDX", "1970-01-02T00:00:00Z")
    listed = {one["purl"]: one["licenses"] for one in sbom["components"]}
    assert listed["pkg:pypi/free@1.0"] == [{"expression": "MIT"}]


def test_every_licence_is_there_in_full_and_the_lesser_one_with_the_general(
    notices: ModuleType, built: Path
) -> None:
    written(notices, built)
    texts = built / "program" / "licenses"
    assert (texts / "free-1.0" / "LICENSE").read_text(encoding="utf-8") == "the licence of free"
    assert sorted(one.name for one in (texts / "lesser-1.0").iterdir()) == [
        "GPL-3.0-only.txt",
        "LGPL-3.0-only.txt",
    ]
    assert (texts / "vfadmin" / "LICENSE").is_file()
    assert not (texts / "unused-1.0").exists()


def test_the_same_build_has_the_same_list(notices: ModuleType, built: Path) -> None:
    written(notices, built)
    first = (built / "program" / "sbom.cdx.json").read_bytes()
    written(notices, built)
    assert (built / "program" / "sbom.cdx.json").read_bytes() == first


def test_what_names_no_licence_does_not_go_out(notices: ModuleType, built: Path) -> None:
    metadata = built / "site" / "free-1.0.dist-info" / "METADATA"
    metadata.write_text("Metadata-Version: 2.4\nName: free\nVersion: 1.0\n", encoding="utf-8")
    with pytest.raises(notices.LicenceError, match="free"):
        written(notices, built)


def test_without_a_list_of_what_was_bundled_there_is_no_notice(notices: ModuleType, built: Path) -> None:
    (built / "work" / "PYZ-00.toc").unlink()
    with pytest.raises(notices.LicenceError, match="no list"):
        written(notices, built)
