"""Installs the Windows program under Wine as an administrator would, uses it, and takes it off again.

`.venv/bin/python packaging/exercise.py` after `packaging/windows.py`, on Debian. Every step looks at files,
registry and what was printed, never at an installer's exit code. Pictures and figures go to
dist/windows/exercise/.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import winebox
from windows import INSTALLER, OUT, WORK, megabytes
from winebox import ROOT, BuildError, Ran, WineBox, say

SHOTS = OUT / "exercise"
UNINSTALL_KEY = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\vfadmin"
RUN_KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run"
CREDENTIALS = r"HKCU\Software\Wine\Credential Manager"
GOALS = {"installer_mb": 80.0, "installed_mb": 170.0, "cold_start_s": 3.0}
_SIZES = ("installer_mb", "installed_mb")
_TITLE = '"vfadmin'
_POLL = 0.02
_SECONDS_TO_FILL = 25


class NotAsWantedError(RuntimeError):
    """A step found something else than it should."""


@dataclass
class Exercise:
    """One run in one prefix, and the figures it brings home."""

    box: WineBox
    figures: dict[str, float] = field(default_factory=dict)

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

    def setup(self, *words: str) -> None:
        """Run the installer without a word."""
        self.box.run(INSTALLER, "/S", *words)

    def registry(self, key: str) -> str:
        """What the registry has under a key; empty where there is none."""
        asked = self.box.run("reg", "query", key, "/s", patience=120)
        return asked.text if asked.code == 0 else ""

    def uninstall(self, *words: str) -> None:
        """Run the uninstaller, which goes on in a copy of itself, and wait until it has gone."""
        self.box.run(self.installed / "uninstall.exe", "/S", *words)
        wait_for(lambda: not (self.installed / "uninstall.exe").exists(), "the uninstaller to end", 300)


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


def install(run: Exercise) -> None:
    """For one user, without a question."""
    began = time.monotonic()
    run.setup("/AUTOSTART")
    run.figures["install_s"] = round(time.monotonic() - began, 1)
    for name in ("vfadmin.exe", "vfadmin-cli.exe", "uninstall.exe", "NOTICE.txt", "sbom.cdx.json"):
        want((run.installed / name).is_file(), f"{name} was not installed")
    want(list((run.installed / "licenses").glob("PySide6*/LGPL-3.0*")), "the licence of Qt was not installed")
    want(run.link.is_file(), "no entry in the start menu")
    told = run.registry(rf"HKCU\{UNINSTALL_KEY}")
    want("UninstallString" in told and "DisplayVersion" in told, "Windows does not know how to uninstall it")
    want("vfadmin.exe" in run.registry(RUN_KEY), "it does not start with the session")
    foreign = [one.name for one in run.installed.rglob("*.dll") if one.stem.lower() in winebox.STUBS]
    want(not foreign, f"stubs of the prefix are in the program: {foreign}")
    run.figures["installed_mb"] = round(megabytes(run.installed), 1)
    run.figures["installer_mb"] = round(megabytes(INSTALLER), 1)
    for name in _SIZES:
        want(run.figures[name] <= GOALS[name], f"{name} is {run.figures[name]}, wanted at most {GOALS[name]}")


def self_test(run: Exercise) -> None:
    """Both programs, the one with a console and the one without."""
    done = run.cli("--lang", "en", "--self-test", "--json")
    want(done.text.lstrip().startswith("{"), f"no answer: {done.text[-2000:]}")
    told = json.loads(done.text[: done.text.rindex("}") + 1])
    (SHOTS / "self-test.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    wrong = [one for one in told["checks"] if one["verdict"] != "ok"]
    want(not wrong and told["ok"] and done.code == 0, f"the self-test says {wrong}")
    run.figures["self_test_s"] = round(done.seconds, 1)
    windowed = run.box.run(run.installed / "vfadmin.exe", "--self-test")
    log = (run.home / "logs" / "vfadmin.log").read_text(encoding="utf-8")
    want(windowed.code == 0 and log.count("self-test: icons ok") >= 2, "vfadmin.exe fails its self-test")  # noqa: PLR2004 - of two programs


def demo(run: Exercise) -> None:
    """The whole story, without a window."""
    done = run.cli("demo", "--no-window", "--json")
    want(done.text.lstrip().startswith("{"), f"no answer: {done.text[-2000:]}")
    told = json.loads(done.text[: done.text.rindex("}") + 1])
    want(
        told["equal"] and not told["mails_sent"] and not told["writes_in_last_sync"], f"the demo ends {told}"
    )
    run.figures["demo_s"] = round(done.seconds, 1)


def window(run: Exercise) -> None:
    """From the start to a window on the screen, the first time and again; then the demo's, with people."""
    times = [_start_window(run, f"window-{number}", ["--lang", "fi"], settle=6) for number in range(3)]
    run.figures["cold_start_s"], run.figures["warm_start_s"] = round(times[0], 2), round(min(times[1:]), 2)
    _start_window(
        run, "demo", ["--lang", "fi", "demo", "--persons", "20"], settle=_SECONDS_TO_FILL, patience=300
    )


def _start_window(
    run: Exercise, name: str, words: Sequence[str], *, settle: float, patience: float = 120
) -> float:
    process = run.box.start(run.installed / "vfadmin.exe", *words)
    try:
        seconds = wait_for(lambda: _has_window(run.box), f"a window of {name}", patience, _POLL)
        time.sleep(settle)
        picture = SHOTS / f"{name}.png"
        winebox.checked("import", "-display", run.box.display, "-window", "root", str(picture))
        want(_colours(picture) > 100, f"{picture.name} shows nothing")  # noqa: PLR2004 - an empty screen has one
    finally:
        run.box.run("taskkill", "/IM", "vfadmin.exe", patience=60)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            run.box.run("taskkill", "/F", "/IM", "vfadmin.exe", patience=60)
            process.kill()
    return seconds


def _has_window(box: WineBox) -> bool:
    listed = subprocess.run(
        ["xwininfo", "-display", box.display, "-root", "-tree"], capture_output=True, text=True, check=False
    )
    return _TITLE in listed.stdout


def _colours(picture: Path) -> int:
    told = subprocess.run(
        ["identify", "-format", "%k", str(picture)], capture_output=True, text=True, check=True
    )
    return int(told.stdout)


def upgrade(run: Exercise) -> None:
    """Over itself, with a database of the former revision: data stay, what is stale goes, a copy is kept."""
    revision = _age_database(run.home)
    stale = run.installed / "_internal" / "of-a-former-version.txt"
    stale.write_text("stale", encoding="utf-8")
    run.setup()
    want(not stale.exists(), "a file of the former version is still there")
    want("vfadmin.exe" in run.registry(RUN_KEY), "the upgrade took the start with the session away")
    copies = [one.name for one in run.home.glob(f"vfadmin-before-*-was-{revision}.db")]
    want(copies, "the former database was not kept")
    checked = json.loads(run.cli("db", "check", "--json").text)
    want(checked["ok"], f"the database after the upgrade: {checked}")
    (person,) = json.loads(run.cli("person", "list", "--json").text)
    want(person["name"] == "Åke Öhman", f"after the upgrade there is {person}")


def _age_database(home: Path) -> str:
    """A database of the former revision with a person, in place of the one that is there; its revision."""
    for old in home.glob("vfadmin.db*"):
        old.unlink()
    url = f"sqlite:///{home / 'vfadmin.db'}"
    words = ["--name", "Åke Öhman", "--email", "ake@esim.example", "--company", "Esimerkki Oy"]
    winebox.checked(sys.executable, "-m", "vfadmin", "--home", str(home), "person", "add", *words)
    back = (
        "import sys\n"
        "from vfadmin.models import migrate, schema\n"
        "from vfadmin.models.store import open_store\n"
        "store = open_store(sys.argv[1])\n"
        "with store.rebuild() as connection: migrate.downgrade_schema(connection, schema.REVISIONS[-2])\n"
        "store.close(); open(sys.argv[2], 'w').write(schema.REVISIONS[-2])\n"
    )
    said = WORK / "revision"
    winebox.checked(sys.executable, "-c", back, url, str(said))
    return said.read_text(encoding="utf-8")


def uninstall(run: Exercise) -> None:
    """The data stay unless they are to go, and so do the passwords."""
    words = ["--protocol", "ews", "--url", "https://mail.esim.example/EWS/Exchange.asmx"]
    more = ["--account", "ESIM\\palvelu", "--auth", "ntlm", "--secret-stdin"]
    done = run.cli("connection", "set", *words, *more, typed="salainen\n")
    want(
        "vfadmin" in run.registry(CREDENTIALS), f"the password is not in the Credential Manager: {done.text}"
    )
    run.uninstall("/REMOVESECRETS")
    want(not run.installed.exists(), f"left: {_left(run.installed)}")
    want(not run.link.exists(), "the entry of the start menu is still there")
    want(not run.registry(rf"HKCU\{UNINSTALL_KEY}"), "Windows still lists it")
    want("vfadmin" not in run.registry(RUN_KEY), "it still starts with the session")
    want("vfadmin" not in run.registry(CREDENTIALS), "a password is still in the Credential Manager")
    want((run.home / "vfadmin.db").is_file(), "the data went without having been asked for")
    run.setup()
    want(
        len(json.loads(run.cli("person", "list", "--json").text)) == 1, "installed again it has lost its data"
    )
    run.uninstall("/REMOVEDATA")
    want(not run.installed.exists(), f"left: {_left(run.installed)}")
    want(not run.home.exists(), f"left: {_left(run.home)}")
    want(not run.registry(r"HKCU\Software\vfadmin"), "the window's settings are still in the registry")


def everybody(run: Exercise) -> None:
    """For every user of the machine, and into a folder that is somebody else's."""
    machine = run.box.drive / "Program Files" / "vfadmin"
    run.setup("/ALLUSERS")
    want((machine / "vfadmin.exe").is_file(), "it was not installed for everybody")
    want(run.registry(rf"HKLM\{UNINSTALL_KEY}"), "Windows does not list it for everybody")
    run.box.run(machine / "uninstall.exe", "/S")
    wait_for(lambda: not machine.exists(), "everybody's program to go", 300)
    want(not run.registry(rf"HKLM\{UNINSTALL_KEY}"), "Windows still lists it for everybody")
    foreign = run.box.drive / "others"
    foreign.mkdir()
    (foreign / "letter.txt").write_text("mine", encoding="utf-8")
    run.setup(r"/D=C:\others")
    want([one.name for one in foreign.iterdir()] == ["letter.txt"], "it was installed into somebody's folder")


def _left(folder: Path) -> list[str]:
    return [one.relative_to(folder).as_posix() for one in folder.rglob("*")][:20] if folder.exists() else []


STEPS = (install, self_test, demo, window, upgrade, uninstall, everybody)


def _require_installer() -> None:
    if not INSTALLER.is_file():
        raise BuildError(f"{INSTALLER.relative_to(ROOT)} is missing: run packaging/windows.py first")


def main() -> int:
    """Take every step; the exit code is 1 if one found something else than it should."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    try:
        winebox.need("import", "xwininfo")
        _require_installer()
        with winebox.opened(WORK / "exercise", bare=True) as box:
            run = Exercise(box)
            for step in STEPS:
                began = time.monotonic()
                step(run)
                say(f"{step.__name__}: ok after {time.monotonic() - began:.0f} s")
    except (BuildError, NotAsWantedError) as error:
        say(str(error))
        return 1
    (SHOTS / "figures.json").write_text(json.dumps(run.figures, indent=2) + "\n", encoding="utf-8")
    for name, value in run.figures.items():
        goal = GOALS.get(name)
        say(f"{name}: {value}" + ("" if goal is None else f" (goal: at most {goal})"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
