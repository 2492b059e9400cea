"""Installs the Windows program under Wine as an administrator would, uses it, and takes it off again.

`.venv/bin/python packaging/exercise.py` after `packaging/windows.py`, on Debian; with the names of steps,
only those. Every step looks at files, registry and what was printed, never at an installer's exit code.
Pictures and figures go to dist/windows/exercise/.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import winebox
from installed import CREDENTIALS, RUN_KEY, SHOTS, UNINSTALL_KEY, Exercise, NotAsWantedError, wait_for, want
from upgrading import upgrade
from windows import INSTALLER, WORK, megabytes
from windows_suite import suite
from winebox import ROOT, BuildError, say

GOALS = {"installer_mb": 80.0, "installed_mb": 170.0, "cold_start_s": 3.0}
_SIZES = ("installer_mb", "installed_mb")
_SECONDS_TO_FILL = 12


def install(run: Exercise) -> None:
    """For one user, without a question."""
    began = time.monotonic()
    run.setup("/AUTOSTART", "/NOUPDATECHECK")
    run.figures["install_s"] = round(time.monotonic() - began, 1)
    ours = ("vfadmin.exe", "vfadmin-cli.exe", "uninstall.exe", "NOTICE.txt", "sbom.cdx.json")
    for name in (*ours, "no-update-check"):
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
    began = time.monotonic()
    told = run.answer("--lang", "en", "--self-test")
    run.figures["self_test_s"] = round(time.monotonic() - began, 1)
    (SHOTS / "self-test.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    wrong = [one for one in told["checks"] if one["verdict"] != "ok"]
    want(not wrong and told["ok"], f"the self-test says {wrong}")
    windowed = run.box.run(run.installed / "vfadmin.exe", "--self-test")
    log = (run.home / "logs" / "vfadmin.log").read_text(encoding="utf-8")
    want(windowed.code == 0 and log.count("self-test: icons ok") >= 2, "vfadmin.exe fails its self-test")  # noqa: PLR2004 - of two programs


def demo(run: Exercise) -> None:
    """The whole story, without a window: both calendars end equal, and nobody got a mail."""
    began = time.monotonic()
    told = run.answer("demo", "--no-window")
    run.figures["demo_s"] = round(time.monotonic() - began, 1)
    want(
        told["equal"] and not told["mails_sent"] and not told["writes_in_last_sync"], f"the demo ends {told}"
    )


def window(run: Exercise) -> None:
    """From the start to a window on the screen, the first time and again; then the demo's, with people."""
    times = [run.show(f"window-{number}", ["--lang", "fi"]) for number in range(3)]
    run.figures["cold_start_s"], run.figures["warm_start_s"] = round(times[0], 2), round(min(times[1:]), 2)
    run.show("demo", ["--lang", "fi", "demo", "--persons", "20"], settle=_SECONDS_TO_FILL)


def uninstall(run: Exercise) -> None:
    """The data and the passwords stay unless they are to go; when they are, nothing of ours is left."""
    words = ["--protocol", "ews", "--url", "https://mail.esim.example/EWS/Exchange.asmx"]
    more = ["--account", "ESIM\\palvelu", "--auth", "ntlm", "--secret-stdin"]
    run.answer("connection", "set", *words, *more, typed="salainen\n")
    run.answer("person", "add", "--name", "Åke Öhman", "--email", "ake@esim.example", "--company", "Esim Oy")
    want("vfadmin" in run.registry(CREDENTIALS), "the password is not in the Credential Manager")
    run.uninstall()
    want("vfadmin" in run.registry(CREDENTIALS), "the password went without having been asked for")
    want((run.home / "vfadmin.db").is_file(), "the data went without having been asked for")
    place = run.home.relative_to(run.box.drive).as_posix()
    rest = [one for one in run.left() if one != place and not one.startswith(f"{place}/")]
    want(not rest, f"more than the data is left: {rest[:20]}")
    want(not run.registry(rf"HKCU\{UNINSTALL_KEY}"), "Windows still lists it")
    want("vfadmin" not in run.registry(RUN_KEY), "it still starts with the session")
    run.setup()
    (person,) = run.answer("person", "list")
    want(person["name"] == "Åke Öhman", f"installed again it has {person}")
    want(run.answer("connection", "show")["secret_stored"], "installed again it has no password")
    run.uninstall("/REMOVEDATA", "/REMOVESECRETS")
    want(not run.left(), f"left: {run.left()[:20]}")
    want(not run.mentions(), f"left in the registry: {run.mentions()}")


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


Step = Callable[[Exercise], None]
STEPS: Mapping[str, Step] = {
    one.__name__: one for one in (install, self_test, demo, window, uninstall, upgrade, everybody)
}
"""In their order: up to ``uninstall`` each takes over what the one before it left, the others begin anew."""
SUITE = "suite"


def main(arguments: Sequence[str]) -> int:
    """Take the steps; the exit code is 1 if one found something else than it should."""
    parser = argparse.ArgumentParser(description="Tries the built installer in a new Wine prefix.")
    parser.add_argument("steps", nargs="*", metavar="STEP", help=f"of {', '.join([*STEPS, SUITE])}; all")
    parser.add_argument(
        "--former", type=Path, help="the former version's installer, to upgrade from; else one is made up"
    )
    asked = parser.parse_args(arguments)
    if unknown := set(asked.steps) - {*STEPS, SUITE}:
        parser.error(f"no such step: {', '.join(sorted(unknown))}")
    wanted = asked.steps or [*STEPS, SUITE]
    SHOTS.mkdir(parents=True, exist_ok=True)
    try:
        winebox.need("import", "xwininfo")
        if steps := [one for name, one in STEPS.items() if name in wanted]:
            _take(steps, asked.former)
        if SUITE in wanted:
            _tell(suite())
    except (BuildError, NotAsWantedError) as error:
        say(str(error))
        return 1
    return 0


def _take(steps: Sequence[Step], former: Path | None) -> None:
    if not INSTALLER.is_file():
        raise BuildError(f"{INSTALLER.relative_to(ROOT)} is missing: run packaging/windows.py first")
    with winebox.opened(WORK / "exercise", bare=True) as box:
        run = Exercise(box, former)
        try:
            for step in steps:
                began = time.monotonic()
                step(run)
                say(f"{step.__name__}: ok after {time.monotonic() - began:.0f} s")
        finally:
            _tell(run.figures)


def _tell(figures: Mapping[str, float]) -> None:
    """Say the figures beside their goals, and write them down; those of steps left out stay as they were."""
    file = SHOTS / "figures.json"
    former = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    file.write_text(json.dumps({**former, **figures}, indent=2) + "\n", encoding="utf-8")
    for name, value in figures.items():
        goal = GOALS.get(name)
        say(f"{name}: {value}" + ("" if goal is None else f" (goal: at most {goal})"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
