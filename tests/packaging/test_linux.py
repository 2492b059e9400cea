"""What a Linux desktop is given with the wheel."""

from __future__ import annotations

import configparser
import tomllib
from pathlib import Path

import pytest

from vfadmin.cli.root import _COMMANDS, _GROUPS

ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "packaging" / "linux"


def test_the_wheel_brings_every_file_that_a_desktop_looks_for() -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    shared = built["targets"]["wheel"]["shared-data"]
    assert sorted(ROOT / name for name in shared) == sorted(LINUX.iterdir())


def test_the_menu_speaks_both_languages_and_starts_the_window() -> None:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(LINUX / "vfadmin.desktop", encoding="utf-8")
    entry = parser["Desktop Entry"]
    assert (entry["Exec"], entry["Icon"], entry["Terminal"]) == ("vfadmin", "vfadmin", "false")
    for name in ("GenericName", "Comment", "Keywords"):
        assert entry[name] != entry[f"{name}[fi]"]


@pytest.mark.parametrize("command", sorted({*_GROUPS, *_COMMANDS}))
def test_the_manual_names_every_command(command: str) -> None:
    manual = (LINUX / "vfadmin.1").read_text(encoding="utf-8").partition(".SH COMMANDS")[2]
    words = manual.partition(".SH EXIT")[0].replace("\\-", "-").replace('", "', " ").split()
    assert command in words
