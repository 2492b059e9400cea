"""The global options, wherever they stand, and the way to the window that needs no parser."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from vfadmin.cli.globals import Globals, read, split
from vfadmin.settings import Language, LogLevel

HEAVY = ("typer", "pydantic", "sqlalchemy", "exchangelib", "openpyxl", "keyring", "PySide6.QtNetwork")
HEAVY += ("vfadmin.logtail", "vfadmin.ui.doorbell", "vfadmin.ui.incidents", "vfadmin.ui.log")
HEAVY += ("vfadmin.ui.bulk", "vfadmin.services.progress")
HEAVY += ("vfadmin.ui.persons.screen", "vfadmin.ui.long_jobs", "vfadmin.ui.toast")
"""What the first window does without."""

FIRST_PAINT = """
import os, sys
from vfadmin import app
from vfadmin.__main__ import main
started = app.open_window
def open_window(settings, scrubber=None, **more):
    from vfadmin.ui import run
    class Window(run.MainWindow):
        def paintEvent(self, event):
            print(settings.lang, *sys.modules, flush=True)
            os._exit(0)
    run.MainWindow = Window
    return started(settings, scrubber, **more)
app.open_window = open_window
sys.argv = ["vfadmin", "--home", sys.argv[1], "--lang=fi"]
main()
"""


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["person", "list", "--home", "x"], ["--home", "x", "person", "list"]),
        (["status", "--lang=fi", "--json"], ["--lang=fi", "status", "--json"]),
        (["event", "add", "--", "--lang", "fi"], ["event", "add", "--", "--lang", "fi"]),
        (["status", "--database"], ["--database", "status"]),
        (
            ["integration", "resume", "--all-errors=EX-IMP-01"],
            ["integration", "resume", "--all-errors", "EX-IMP-01"],
        ),
        (["simulator", "serve", "--version", "2016"], ["simulator", "serve", "--version", "2016"]),
        (["status", "--support"], ["--support", "status"]),
    ],
)
def test_global_options_may_stand_anywhere(given: list[str], expected: list[str]) -> None:
    front, rest = split(given)
    assert front + rest == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], Globals()),
        (["--home", "x"], Globals(home="x")),
        (
            ["--home=x", "--database", "sqlite:///y", "--lang=fi", "--log-level", "debug"],
            Globals("x", "sqlite:///y", Language.FI, LogLevel.DEBUG),
        ),
        (["--lang", "en", "--lang", "fi"], Globals(lang=Language.FI)),
        (["--support"], Globals(support=True)),
        (["--support", "--home", "x"], Globals(home="x", support=True)),
        (["--support", "status"], None),
        (["status"], None),
        (["--version"], None),
        (["--help"], None),
        (["--"], None),
        (["--home"], None),
        (["--lang", "sv"], None),
        (["--lang="], None),
        (["--log-level", "loud"], None),
        (["--home", "koti\udce4"], None),
        (["--home", "x", "status"], None),
    ],
)
def test_without_a_command_the_options_are_understood_or_left_to_the_parser(
    given: list[str], expected: Globals | None
) -> None:
    front, rest = split(given)
    assert (None if rest else read(front)) == expected


def test_an_empty_language_is_refused_and_opens_no_window(cli: Cli) -> None:
    answer = cli("--lang=")
    assert (answer.code, answer.out) == (2, "")
    assert "--lang" in answer.err


def test_the_first_window_is_painted_without_what_it_does_not_need(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FIRST_PAINT, str(tmp_path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    lang, *modules = done.stdout.split()
    assert lang == "fi"
    assert "vfadmin.ui.window" in modules
    assert [name for name in HEAVY if name in modules] == []
