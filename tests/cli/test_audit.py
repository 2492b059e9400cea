"""``audit``: who changed what, on which machine and through what; on the screen, as JSON and in a file."""

from __future__ import annotations

import csv
import os
import platform
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

if sys.platform == "win32":
    US = os.getlogin()
else:
    import pwd

    US = pwd.getpwuid(os.getuid()).pw_name


def test_a_change_tells_the_systems_user_the_machine_and_the_command_line(
    cli: Cli, people: list[int], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "somebody-else")  # whatever the environment claims
    assert cli("integration", "activate", str(people[0])).code == 0
    newest = cli("audit", str(people[0]), "--json").json[0]
    assert (newest["actor"], newest["host"], newest["face"]) == (US, platform.node(), "cli")
    assert (newest["action"], newest["subject"]) == ("integration.activate", f"person:{people[0]}")
    assert (newest["before"]["state"], newest["after"]["state"]) == ("unused", "active")
    told = cli("audit", "--limit", "1", lang="fi").out
    assert "Integraatio aktivoitu" in told
    assert "komentorivi" in told
    file = home / "muutokset.csv"
    answer = cli("audit", "--output", str(file), lang="fi")
    assert answer.out == f"Kirjoitettu {len(people) + 1} muutosta tiedostoon {file}.\n"
    heads, *rows = csv.reader(file.read_text("utf-8-sig").splitlines(), delimiter=";")
    assert heads == ["Aika", "Tekijä", "Kone", "Kautta", "Muutos", "Kohde", "Ennen", "Jälkeen"]
    assert {tuple(row[1:4]) for row in rows} == {(US, platform.node(), "komentorivi")}
    assert rows[-1][4] == "Integraatio aktivoitu"
    assert cli("audit", "--output", str(file), "--json").json["changes"] == len(people) + 1


def test_where_nothing_was_changed_it_says_so(cli: Cli) -> None:
    assert cli("audit").out == "No changes made by hand.\n"
