"""The entrance: languages, usage errors, exit codes, and that nothing ever ends in a traceback."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli
from vfadmin import __version__
from vfadmin.app import wire
from vfadmin.cli.main import run
from vfadmin.cli.root import tree
from vfadmin.cli.texts import table
from vfadmin.settings import Language

USAGE = [
    (["persn"], "persn"),
    (["person"], "list, add, set"),
    (["person", "list", "--limit", "many"], "--limit"),
    (["person", "list", "--limit", "0"], "--limit"),
    (["person", "list", "--limit"], "--limit"),
    (["person", "list", "--nmae", "x"], "--nmae"),
    (["person", "list", "extra"], "extra"),
    (["person", "add", "--name", "x"], "--email"),
    (["person", "set", "abc", "--name", "x"], "ID"),
    (["person", "set", "5"], ""),
    (["person", "set", "99999999999", "--name", "x"], "ID"),
    (["integration", "activate", "1", "99999999999999999999999"], "ID"),
    (["integration", "resume", "99999999999"], "ID"),
    (["event", "show", "99999999999999999999999"], "ID"),
    (["event", "add", "--person", "99999999999999999999999"], "--person"),
    (["event", "list", "--person", "99999999999999999999999"], "--person"),
    (["event", "list", "--person", "1", "--from", "0001-01-01"], "--from"),
    (["event", "list", "--person", "1", "--to", "9999-12-31T23:59"], "--to"),
    (["history", "1", "--run", "99999999999999999999999"], "--run"),
    (["history", "1", "--limit", "99999999999999999999999"], "--limit"),
    (["sync", "99999999999999999999999"], "ID"),
    (["connection", "test", "--person", "99999999999999999999999"], "--person"),
    (["integration", "activate"], "ID"),
    (["integration", "activate", "1", "2", "--login", "a@b.example"], "--login"),
    (["integration", "activate", "1", "--calendar-name", "X"], "--calendar new"),
    (["integration", "resume"], "--all-errors"),
    (["integration", "resume", "1x"], "ID"),
    (["integration", "resume", "--all-errors", "EX-NOTHING-99"], "EX-NOTHING-99"),
    (["event", "add", "--title", "x", "--start", "2026-12-01T09:00"], "--person"),
    (["event", "edit", "3"], ""),
    (["event", "list", "--person", "1", "--from", "tomorrow"], "--from"),
    (["event", "add", "--person", "1", "--reminder", "soon"], "--reminder"),
    (["event", "add", "--json-file", "no-such-file.json"], "--json-file"),
    (["import", "x.xlsx", "--columns", "[1]"], "--columns"),
    (["import", "x.xlsx", "--columns", "[" * 100_000], "--columns"),
    (["sync", "--once", "--watch"], "--watch"),
    (["connection", "set", "--protocol", "smtp"], "--protocol"),
    (["connection", "set", "--url", "https://x.example/ews", "--secret-stdin"], "--secret-stdin"),
    (["simulator", "serve", "--auth", "kerberos"], "--auth"),
    (["simulator", "serve", "--version", "2003"], "--version"),
    (["simulator", "serve", "--protocol", "imap"], "--protocol"),
    (["simulator", "serve", "--faults", "no-such-file.json"], "--faults"),
    (["demo", "--protocol", "smtp"], "--protocol"),
    (["demo", "--persons", "3"], "--persons"),
    (["--log-level", "loud", "status"], "--log-level"),
]


@pytest.mark.parametrize("lang", ["fi", "en"])
@pytest.mark.parametrize(("words", "named"), USAGE, ids=[" ".join(words)[:60] for words, _ in USAGE])
def test_wrong_usage_is_one_reason_one_remedy_and_code_2(
    cli: Cli, words: list[str], named: str, lang: str
) -> None:
    answer = cli(*words, lang=lang)
    lines = answer.err.splitlines()
    assert answer.code == 2
    assert answer.out == ""
    assert len(lines) == 2
    assert lines[0].startswith({"fi": "Virhe VF-USAGE-01: ", "en": "Error VF-USAGE-01: "}[lang])
    assert lines[1].startswith({"fi": "Mitä tehdä: ", "en": "What to do: "}[lang])
    assert named in lines[0]


def test_wrong_usage_with_json_answers_one_document(cli: Cli) -> None:
    answer = cli("person", "list", "--limit", "x", "--json")
    assert answer.code == 2
    assert set(answer.json) == {"error"}
    assert answer.json["error"]["code"] == "VF-USAGE-01"
    assert set(answer.json["error"]) == {"code", "message", "remedy"}


def test_what_a_terminal_would_obey_is_shown_as_its_escape(cli: Cli) -> None:
    answer = cli("person", "list", "\x1b[31mred")
    assert answer.err.splitlines()[0] == "Error VF-USAGE-01: Too much on the command line: \\x1b[31mred."
    assert cli("status", "").err.splitlines()[0] == 'Error VF-USAGE-01: Too much on the command line: "".'


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_a_word_in_another_encoding_is_refused_and_a_file_of_that_name_is_not(
    cli: Cli, tmp_path: Path, lang: str
) -> None:
    answer = cli("person", "list", "--name", "\udce4", lang=lang)
    assert (answer.code, answer.out) == (2, "")
    assert {"fi": "merkistöä", "en": "encoding"}[lang] in answer.err
    home = tmp_path / "koti\udce4"
    home.mkdir()
    assert cli("--home", str(home), "status", lang=lang).code == 0


def test_a_language_that_is_none_is_refused_in_the_systems(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "fi_FI.UTF-8")
    assert run(["--lang", "sv", "status"], wire()) == 2
    assert capsys.readouterr().err.startswith("Virhe VF-USAGE-01: Kohdan --lang arvo ei kelpaa")


def test_the_version_is_printed_and_nothing_else(cli: Cli, home: Path) -> None:
    answer = cli("--version")
    assert (answer.code, answer.out, answer.err) == (0, f"vfadmin {__version__}\n", "")
    assert not home.exists()


def test_the_language_may_stand_at_the_end(cli: Cli) -> None:
    assert cli("person", "--help", lang="en").out.startswith("Usage: vfadmin person")
    assert cli("person", "--help", "--lang", "fi").out.startswith("Käyttö: vfadmin person")


def test_a_call_works_out_its_own_branch_and_help_shows_them_all(cli: Cli) -> None:
    assert list(tree("person").commands) == ["person"]
    assert cli("--help", "person") == cli("--help")
    assert "simulator" in cli("--lang", "en", "--help").out
    assert cli("persons").code == 2


def every_command() -> Iterator[tuple[str, ...]]:
    def walk(command: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        yield path
        for name, child in getattr(command, "commands", {}).items():
            yield from walk(child, (*path, name))

    yield from walk(tree(), ())


@pytest.mark.parametrize("lang", ["fi", "en"])
@pytest.mark.parametrize("path", list(every_command()), ids=lambda path: " ".join(path) or "vfadmin")
def test_every_page_of_help_is_in_the_readers_language(cli: Cli, path: tuple[str, ...], lang: str) -> None:
    answer = cli(*path, "--help", lang=lang)
    assert cli(*path, "-h", lang=lang) == answer
    known = table(Language(lang))
    assert answer.code == 0
    assert answer.out.startswith({"fi": "Käyttö: vfadmin", "en": "Usage: vfadmin"}[lang])
    assert known["help.common.help"] in answer.out
    assert "help." not in answer.out


def test_the_contract_names_every_command() -> None:
    promised = {
        "demo",
        "simulator serve",
        "person list",
        "person add",
        "person set",
        "integration activate",
        "integration passivate",
        "integration resume",
        "integration remove",
        "integration preview",
        "import",
        "template",
        "event list",
        "event add",
        "event edit",
        "event delete",
        "event show",
        "sync",
        "status",
        "history",
        "connection set",
        "connection show",
        "connection list",
        "connection test",
        "connection forget",
        "settings get",
        "settings set",
        "module on",
        "module off",
    }
    assert promised <= {" ".join(path) for path in every_command()}


@pytest.mark.parametrize("lang", ["fi", "en"])
@pytest.mark.expected_log("unexpected failure")
def test_the_unforeseen_is_two_lines_and_its_details_are_in_the_log_without_secrets(
    home: Path, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    def broken(*_: object) -> Any:
        raise RuntimeError("password=Kesä2026! of svc, Authorization: Basic c3ZjOng=")

    wiring = replace(wire(), open=broken)
    code = run(["--home", str(home), "--lang", lang, "status", "--json"], wiring)
    printed = capsys.readouterr()
    assert code == 1
    assert len(printed.err.splitlines()) == 2
    assert "VF-INTERNAL-01" in printed.err
    assert json.loads(printed.out)["error"]["code"] == "VF-INTERNAL-01"
    log = (home / "logs" / "vfadmin.log").read_text(encoding="utf-8")
    assert "RuntimeError" in log
    assert "Traceback" in log
    (path,) = (home / "crashes").iterdir()
    report = path.read_text(encoding="utf-8")
    assert "RuntimeError" in report
    for text in (log, report, printed.err, printed.out):
        assert "Kesä2026!" not in text
        assert "c3ZjOng" not in text
    assert "Traceback" not in printed.err


def test_an_interruption_is_clean(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*_: object) -> Any:
        raise KeyboardInterrupt

    wiring = replace(wire(), open=interrupted)
    assert run(["--home", str(home), "--lang", "en", "status"], wiring) == 130
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == "Interrupted; everything done so far is saved.\n"


def test_the_log_handler_goes_with_the_call(cli: Cli) -> None:
    before = list(logging.getLogger().handlers)
    assert cli("person", "list").code == 0
    assert logging.getLogger().handlers == before


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_the_window_without_a_display_says_so(cli: Cli, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    answer = cli(lang=lang)
    assert answer.code == 1
    assert "VF-WINDOW-01" in answer.err
    assert len(answer.err.splitlines()) == 2
