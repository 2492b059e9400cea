"""``demo`` and ``simulator serve`` as commands; the story itself is a journey of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli
from vfadmin.app import wire
from vfadmin.cli.main import run
from vfadmin.cli.wiring import DemoRequest, SimulatorRequest
from vfadmin.demo.cast import assemble

SUMMARY = {
    "equal": True,
    "mails_sent": 0,
    "writes_in_last_sync": 0,
    "persons": 40,
    "events": 401,
    "conflicts": 2,
    "duration_s": 1.5,
}


def called(home: Path, *words: str, display: bool = False, **summary: Any) -> tuple[int, list[DemoRequest]]:
    """The command with a story that is told elsewhere."""
    asked: list[DemoRequest] = []

    def story(request: DemoRequest) -> dict[str, Any]:
        asked.append(request)
        return SUMMARY | summary

    wiring = replace(wire(), demo=story, has_display=lambda: display)
    return run(["--home", str(home), "--lang", "en", "demo", *words], wiring), asked


@pytest.mark.parametrize(("equal", "code"), [(True, 0), (False, 1)])
def test_only_equal_calendars_are_code_0(home: Path, equal: bool, code: int) -> None:
    assert called(home, "--no-window", equal=equal)[0] == code


def test_without_a_display_it_is_told_without_a_window_and_says_so(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, (request,) = called(home)
    assert (code, request.window, request.persons, request.keep) == (0, False, 40, False)
    assert "--no-window" in capsys.readouterr().err


def test_with_a_display_the_window_opens(home: Path) -> None:
    code, (request,) = called(home, "--persons", "60", display=True)
    assert (code, request.window, request.persons) == (0, True, 60)


def test_json_needs_no_window_and_is_one_document(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, (request,) = called(home, "--json", display=True)
    printed = capsys.readouterr()
    assert (code, request.window) == (0, False)
    assert printed.out.startswith("{")
    assert printed.err == ""


def test_the_demo_leaves_the_users_home_alone(home: Path) -> None:
    assert called(home, "--no-window")[0] == 0
    assert not home.exists()


@pytest.mark.parametrize("count", [10, 40, 2000])
def test_the_cast_is_the_same_at_every_telling_and_nobody_comes_twice(count: int) -> None:
    cast = assemble(count)
    assert cast == assemble(count)
    everybody = (*cast.persons, *cast.resources)
    assert (len(cast.persons), len(cast.resources), len(cast.companies)) == (count, 3, 3)
    for name in ("id", "email", "name"):
        assert len({getattr(one, name) for one in everybody}) == len(everybody)
    assert any("@" in one.login for one in cast.persons)
    assert any("\\" in one.login for one in cast.persons)
    assert set("ÅÄÖ") <= set("".join(one.name for one in cast.persons))


def test_the_simulator_is_asked_for_what_was_said(home: Path) -> None:
    asked: list[SimulatorRequest] = []

    def serve(request: SimulatorRequest) -> int:
        asked.append(request)
        return 130

    words = [
        "simulator",
        "serve",
        "--port",
        "8443",
        "--version",
        "2013",
        "--auth",
        "ntlm",
        "--mailboxes",
        "5",
        "--no-tls",
    ]
    assert run(["--home", str(home), "--lang", "en", *words], replace(wire(), simulator=serve)) == 130
    (request,) = asked
    assert (request.port, request.version, request.auth, request.mailboxes) == (8443, "2013", ("ntlm",), "5")
    assert (request.tls, request.state, request.faults) == (False, None, None)


@pytest.mark.parametrize("lang", ["fi", "en"])
@pytest.mark.parametrize("text", ["{}", "[1]", "nothing", '[{"login": "x"}]'])
@pytest.mark.parametrize("flag", ["--mailboxes", "--faults"])
def test_a_file_that_is_no_list_is_refused(cli: Cli, tmp_path: Path, flag: str, text: str, lang: str) -> None:
    file = tmp_path / "list.json"
    file.write_text(text, encoding="utf-8")
    answer = cli("simulator", "serve", flag, str(file), lang=lang)
    assert (answer.code, answer.out) == (2, "")
    assert "list.json" in answer.err
    assert len(answer.err.splitlines()) == 2


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_a_fault_that_is_none_is_named_by_its_key(cli: Cli, tmp_path: Path, lang: str) -> None:
    file = tmp_path / "faults.json"
    file.write_text('[{"operation": "GetItem"}, {"status": "many"}]', encoding="utf-8")
    answer = cli("simulator", "serve", "--faults", str(file), lang=lang)
    assert (answer.code, answer.out) == (2, "")
    assert "faults.json" in answer.err
    assert " status" in answer.err
