"""The installed program under Wine, as the trial meets it: where it lies, what it left, how it starts."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import winebox
from windows import INSTALLER, OUT
from winebox import Ran, WineBox

SHOTS = OUT / "exercise"
UNINSTALL_KEY = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\vfadmin"
RUN_KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run"
CREDENTIALS = r"HKCU\Software\Wine\Credential Manager"
_TITLE = '"vfadmin'
_POLL = 0.02
_PATIENCE = 300
_CARET = 100
"""Pixels that a text cursor takes at most."""
_HIVES = ("user.reg", "system.reg", "userdef.reg")
_OF_WINDOWS = re.compile(r"^windows/|~nsu[^/]*(/|$)|^users/[^/]+/AppData/Local/Programs$")
"""Windows itself, the copies that uninstallers go on in (it takes them away when it starts), and its folder
for programs of one user (FOLDERID_UserProgramFiles)."""


class NotAsWantedError(RuntimeError):
    """A step found something else than it should."""


def wait_for(holds: Callable[[], bool], what: str, seconds: float, pause: float = 0.5) -> float:
    """Wait until it holds; how many seconds that took. Raises NotAsWantedError."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > seconds:
            raise NotAsWantedError(f"waited {seconds:.0f} s for {what}")
        time.sleep(pause)
    return time.monotonic() - began


def want(holds: object, what: str) -> None:
    """Raise NotAsWantedError unless it holds."""
    if not holds:
        raise NotAsWantedError(what)


@dataclass
class Exercise:
    """One run in one prefix, and the figures it brings home.

    ``former`` is a former version's installer; None where none is at hand.
    """

    box: WineBox
    former: Path | None = None
    figures: dict[str, float] = field(default_factory=dict)
    clean: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.clean = self._files()

    @property
    def local(self) -> Path:
        """The user's local application data."""
        (user,) = [one for one in (self.box.drive / "users").iterdir() if one.name != "Public"]
        return user / "AppData" / "Local"

    @property
    def installed(self) -> Path:
        """Where the program goes for one user."""
        return self.local / "Programs" / "vfadmin"

    @property
    def home(self) -> Path:
        """Where the user's data are."""
        return self.local / "vfadmin"

    @property
    def link(self) -> Path:
        """The entry of the start menu."""
        return self.local.parent / "Roaming/Microsoft/Windows/Start Menu/Programs/vfadmin.lnk"

    def cli(self, *words: str, typed: str = "") -> Ran:
        """Run the installed command line."""
        return self.box.run(self.installed / "vfadmin-cli.exe", *words, typed=typed)

    def answer(self, *words: str, typed: str = "") -> Any:  # noqa: ANN401 - each command's own
        """What the installed command line answers as JSON. Raises NotAsWantedError where it does not."""
        done = self.cli(*words, "--json", typed=typed)
        want(done.text.lstrip()[:1] in {"{", "["}, f"{' '.join(words)} answers {done.text[-2000:]}")
        return json.JSONDecoder().raw_decode(done.text.lstrip())[0]

    def setup(self, *words: str, installer: Path = INSTALLER) -> None:
        """Run the installer without a word."""
        self.box.run(installer, "/S", *words)

    def registry(self, key: str) -> str:
        """What the registry has under a key; empty where there is none."""
        asked = self.box.run("reg", "query", key, "/s", patience=120)
        return asked.text if asked.code == 0 else ""

    def uninstall(self, *words: str) -> None:
        """Run the uninstaller, which goes on in a copy of itself, and wait until it has gone."""
        self.box.run(self.installed / "uninstall.exe", "/S", *words)
        wait_for(lambda: not (self.installed / "uninstall.exe").exists(), "the uninstaller to end", 300)

    def left(self) -> list[str]:
        """Files and folders that are there and were not before the program came, Windows' own aside."""
        return sorted(self._files() - self.clean)

    def mentions(self) -> list[str]:
        """Lines of the registry's files with our name in them. Ends every program of the prefix."""
        self.box.end()
        self.box.settle()
        found: list[str] = []
        for name in _HIVES:
            lines = (self.box.folder / "prefix" / name).read_text("utf-8", "replace").splitlines()
            found += [line for line in lines if "vfadmin" in line.lower() and "~nsu" not in line]
        self.box.keep_desktop()
        return found

    def _files(self) -> frozenset[str]:
        names = (one.relative_to(self.box.drive).as_posix() for one in self.box.drive.rglob("*"))
        return frozenset(one for one in names if not _OF_WINDOWS.search(one))

    def show(self, name: str, words: Sequence[str], *, settle: float = 4, colours: int = 250) -> float:
        """Start the window, take a picture of it and close it; the seconds from the start to the window.

        The picture is taken when it has been the same for ``settle`` seconds, but for a caret that blinks,
        and has so many colours. Raises NotAsWantedError when no window comes, or one with little on it.
        """
        process = self.box.start(self.installed / "vfadmin.exe", *words)
        try:
            seconds = wait_for(self._has_window, f"a window of {name}", _PATIENCE, _POLL)
            self._drawn(SHOTS / f"{name}.png", settle, colours)
        finally:
            self._close(process)
        return seconds

    def _drawn(self, picture: Path, settle: float, colours: int) -> None:
        began = since = time.monotonic()
        former = picture.with_name(f"{picture.stem}-former.png")
        while time.monotonic() - since < settle or _colours(picture) < colours:
            want(
                time.monotonic() - began < _PATIENCE, f"{picture.name} shows nothing, or never comes to rest"
            )
            time.sleep(1)
            winebox.checked("import", "-display", self.box.display, "-window", "root", str(picture))
            if not former.exists() or _differing(former, picture) > _CARET:
                picture.replace(former)
                shutil.copyfile(former, picture)
                since = time.monotonic()
        former.unlink()

    def _close(self, process: subprocess.Popen[bytes]) -> None:
        self.box.run("taskkill", "/IM", "vfadmin.exe", patience=60)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            self.box.run("taskkill", "/F", "/IM", "vfadmin.exe", patience=60)
            process.kill()

    def _has_window(self) -> bool:
        listed = subprocess.run(
            ["xwininfo", "-display", self.box.display, "-root", "-tree"],
            capture_output=True,
            text=True,
            check=False,
        )
        return _TITLE in listed.stdout


def _differing(former: Path, now: Path) -> int:
    """In how many pixels two pictures differ."""
    command = ["compare", "-metric", "AE", str(former), str(now), "null:"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        return int(float(done.stderr.split()[0]))
    except (ValueError, IndexError):
        raise NotAsWantedError(f"{now.name} could not be compared: {done.stderr.strip()}") from None


def _colours(picture: Path) -> int:
    """How many colours it has."""
    command = ["identify", "-format", "%k", str(picture)]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
