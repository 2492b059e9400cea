"""``connection``: support's commands, and that the secret stays in the keyring."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, KeyringInMemory
from vfadmin.simulator import MailboxSpec, Simulator, SimulatorConfig

URL = "https://mail.esim.example/ews/exchange.asmx"
GIVEN = ["connection", "set", "--url", URL, "--account", "ESIM\\svc", "--auth", "ntlm"]
SECRET = "Kesä-2026!"


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_r27_the_secret_goes_to_the_keyring_and_nowhere_else(
    cli: Cli, keys: KeyringInMemory, home: Path
) -> None:
    answer = cli(*GIVEN, "--secret-stdin", "--json", stdin=f"{SECRET}\r\n")
    assert answer.code == 0
    assert answer.json["secret_stored"] is True
    assert list(keys.kept.values()) == [SECRET]
    assert {service for service, _ in keys.kept} == {"vfadmin"}
    printed = [
        cli("connection", *words) for words in (["show"], ["show", "--json"], ["list"], ["list", "--json"])
    ]
    assert all(SECRET not in one.out + one.err for one in [answer, *printed])
    written = [path for path in home.rglob("*") if path.is_file()]
    assert written
    assert [path for path in written if SECRET.encode() in path.read_bytes()] == []


def test_on_a_terminal_the_secret_is_asked_for(
    cli: Cli, keys: KeyringInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return SECRET

    monkeypatch.setattr("getpass.getpass", ask)
    monkeypatch.setattr(io, "StringIO", _Terminal)
    assert cli(*GIVEN, lang="fi").code == 0
    assert asked == ["Salasana tunnukselle ESIM\\svc: "]
    assert list(keys.kept.values()) == [SECRET]


@pytest.mark.usefixtures("keys")
def test_without_a_secret_it_says_that_one_is_missing(cli: Cli) -> None:
    answer = cli(*GIVEN, "--json")
    assert answer.code == 0
    assert answer.json["secret_stored"] is False
    assert "--secret-stdin" in answer.err


def test_a_change_keeps_what_is_not_given_the_secret_too(cli: Cli, keys: KeyringInMemory) -> None:
    assert cli(*GIVEN, "--secret-stdin", stdin=f"{SECRET}\n").code == 0
    answer = cli("connection", "set", "--auth", "basic", "--json")
    assert (answer.json["auth"], answer.json["account"], answer.json["url"]) == ("basic", "ESIM\\svc", URL)
    assert list(keys.kept.values()) == [SECRET]


def test_forgetting_takes_the_secret_along(cli: Cli, keys: KeyringInMemory) -> None:
    assert cli(*GIVEN, "--secret-stdin", stdin=f"{SECRET}\n").code == 0
    assert cli("connection", "forget", "--json").json["name"] == "ews"
    assert keys.kept == {}
    assert cli("connection", "list", "--json").json == []


def test_there_is_no_flag_for_a_secret(cli: Cli) -> None:
    for flag in ("--secret", "--password"):
        answer = cli(*GIVEN, flag, SECRET)
        assert answer.code == 2
        assert SECRET not in answer.out + answer.err


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("lang", ["fi", "en"])
def test_the_checks_are_told_one_by_one_up_to_a_persons_calendar(
    cli: Cli, people: list[int], lang: str
) -> None:
    specs = (MailboxSpec("aino@esim.example"),)
    with Simulator(SimulatorConfig(mailboxes=specs)) as exchange:
        words = [
            "--url",
            exchange.ews_url,
            "--account",
            exchange.account,
            "--auth",
            "ntlm",
            "--secret-stdin",
            "--ca-file",
            str(exchange.ca_file),
        ]
        assert cli("connection", "set", *words, stdin=exchange.password).code == 0
        answer = cli("connection", "test", "--person", str(people[1]), "--json", lang=lang)
        told = cli("connection", "test", "--person", str(people[1]), lang=lang)
    assert answer.code == 0, answer.err
    assert all(set(step) == {"check", "ok", "detail", "code", "remedy"} for step in answer.json)
    assert all(step["ok"] and step["code"] is None for step in answer.json)
    assert {"dns", "tcp", "certificate", "sign_in", "impersonation", "calendar"} <= {
        step["check"] for step in answer.json
    }
    assert len(told.out.splitlines()) == len(answer.json)
    assert all({"fi": "kunnossa", "en": "ok"}[lang] in line for line in told.out.splitlines())
