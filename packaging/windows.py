"""Builds the Windows program and its installer: `.venv/bin/python packaging/windows.py`.

On Windows with Windows' own Python, on Debian under Wine (`winebox`). Without an option both are built, into
dist/windows/. Names, versions and times come from the checkout alone.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import publisher
import winebox
from notices import LicenceError, write_notices
from winebox import HERE, ROOT, BuildError, say

sys.path.insert(0, str(ROOT))

from version_resource import four_numbers

from vfadmin import __version__
from vfadmin.services.updates.publisher import PublisherError

WORK = ROOT / "build" / "windows"
OUT = ROOT / "dist" / "windows"
PROGRAM = OUT / "vfadmin"
INSTALLER = OUT / f"vfadmin-{__version__}-setup.exe"
SIGN = "VFADMIN_SIGN"
"""The variable with a command that signs the file whose name is put behind it."""

EXECUTABLES = ("vfadmin.exe", "vfadmin-cli.exe")
_NO_TIME = "0"


def main(arguments: Sequence[str]) -> int:
    """Build what was asked for and answer the exit code."""
    parser = argparse.ArgumentParser(description="Builds the Windows program and its installer.")
    parser.add_argument("--program", action="store_true", help="only the program")
    parser.add_argument(
        "--installer", action="store_true", help="only the installer, of a program that is built"
    )
    asked = parser.parse_args(arguments)
    both = asked.program == asked.installer
    try:
        if both or asked.program:
            build_program()
        if both or asked.installer:
            build_installer()
    except (BuildError, LicenceError, PublisherError) as error:
        say(str(error))
        return 1
    return 0


def build_program() -> None:
    """The program in dist/windows/vfadmin/. Raises BuildError, PublisherError."""
    if publisher.publisher_of(os.environ) is None:
        say(f"cannot check for newer versions: {publisher.KEYS} names no key of a publisher")
    began = time.monotonic()
    shutil.rmtree(PROGRAM, ignore_errors=True)
    committed = commit_time()
    fixed = {"SOURCE_DATE_EPOCH": committed, "PYTHONHASHSEED": "1"} | publisher.told()
    words = ["-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    if sys.platform == "win32":
        paths = ["--distpath", str(OUT), "--workpath", str(WORK / "work"), str(ROOT / "build_installer.spec")]
        winebox.checked(sys.executable, *words, *paths, more=fixed)
    else:
        _build_under_wine(words, fixed | {"VFADMIN_ONE_PROCESS": "1"})
    require_program()
    python, site = _interpreter()
    lists = WORK / "work" / "build_installer"
    found = write_notices(PROGRAM, lists, python, site, __version__, int(committed))
    say(f"licences of {len(found)} parts")
    for name in EXECUTABLES:
        sign(PROGRAM / name)
    say(f"{PROGRAM.relative_to(ROOT)}: {megabytes(PROGRAM):.1f} MB after {time.monotonic() - began:.0f} s")


def _build_under_wine(words: Sequence[str], fixed: Mapping[str, str]) -> None:
    with winebox.opened(WORK) as box:
        say("building the program under Wine")
        paths = [
            *("--distpath", box.windows_path(OUT), "--workpath", box.windows_path(WORK / "work")),
            box.windows_path(ROOT / "build_installer.spec"),
        ]
        done = box.must(box.python / "python.exe", *words, *paths, patience=BUILD_SECONDS, more=fixed)
        (WORK / "pyinstaller.log").write_text(done.text, encoding="utf-8")


def require_program() -> None:
    """Raise BuildError unless both programs are built."""
    missing = [name for name in EXECUTABLES if not (PROGRAM / name).is_file()]
    if missing:
        raise BuildError(f"{', '.join(missing)} is missing in {PROGRAM}: build the program first")


def _interpreter() -> tuple[Path, Path]:
    """Windows' Python and the folder of its wheels."""
    if sys.platform == "win32":
        return Path(sys.base_prefix), Path(sysconfig.get_path("purelib"))
    return WORK / "python", WORK / "python" / "Lib" / "site-packages"


def build_installer() -> None:
    """The installer in dist/windows/. Raises BuildError."""
    require_program()
    began = time.monotonic()
    pack(PROGRAM, INSTALLER, __version__)
    say(
        f"{INSTALLER.relative_to(ROOT)}: {megabytes(INSTALLER):.1f} MB after {time.monotonic() - began:.0f} s"
    )
    if not os.environ.get(SIGN):
        say(f"not signed: Windows warns of it. {SIGN} names the command that signs a file")


def pack(program: Path, installer: Path, version: str, *, quickly: bool = False) -> None:
    """Make an installer of a program's folder, ``quickly`` a larger one to try. Raises BuildError."""
    if sys.platform != "win32":
        winebox.need("makensis")
    kibibytes = sum(one.stat().st_size for one in program.rglob("*") if one.is_file()) // 1024
    defined = {
        "VERSION": version,
        "NUMBERS": ".".join(map(str, four_numbers(version))),
        "PROGRAM": str(program),
        "KIBIBYTES": str(kibibytes),
        "OUT": str(installer),
        "ICON": str(HERE / "vfadmin.ico"),
    }
    if quickly:
        defined["QUICKLY"] = "1"
    if os.environ.get(SIGN):
        defined["SIGN"] = os.environ[SIGN]
    installer.unlink(missing_ok=True)
    mark = "/D" if sys.platform == "win32" else "-D"
    words = [f"{mark}{name}={value}" for name, value in defined.items()]
    fixed = {"SOURCE_DATE_EPOCH": commit_time()}
    winebox.checked("makensis", f"{mark[0]}V2", *words, str(HERE / "vfadmin.nsi"), more=fixed)
    sign(installer)


def sign(path: Path) -> None:
    """Have the file signed, if the environment says by what. Raises BuildError."""
    if command := os.environ.get(SIGN):
        winebox.checked(*shlex.split(command, posix=sys.platform != "win32"), str(path))


BUILD_SECONDS = 3600
"""How long PyInstaller may take; minutes on an idle machine."""


def commit_time() -> str:
    """When the checkout was committed, in seconds since 1970: what is built from it carries no other time."""
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return os.environ.get("SOURCE_DATE_EPOCH", _NO_TIME)
    return done.stdout.strip() or os.environ.get("SOURCE_DATE_EPOCH", _NO_TIME)


def megabytes(path: Path) -> float:
    """The size of a file or a folder, in millions of bytes."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(one.stat().st_size for one in files if one.is_file()) / 1e6


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
