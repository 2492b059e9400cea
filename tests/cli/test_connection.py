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


@pytest.mark.sqlite  # looks into the file
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
    # A store that is closed late would still have its write-ahead log here, and take it away in between.
    assert {"vfadmin.db"} <= {path.name for path in written} <= {"vfadmin.db", "vfadmin.log"}
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


class _Piped(io.TextIOWrapper):
    """Standard input as a process has it: bytes below, a console's own encoding above."""


def piped(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(io, "StringIO", lambda _text: _Piped(io.BytesIO(content), encoding="cp1252"))


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a byte order mark"])
@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n", b"\nanother line\n"])
def test_r27_the_secret_is_the_first_line_in_utf_8(
    cli: Cli, keys: KeyringInMemory, monkeypatch: pytest.MonkeyPatch, start: bytes, end: bytes
) -> None:
    piped(monkeypatch, start + SECRET.encode() + end)
    assert cli(*GIVEN, "--secret-stdin").code == 0
    assert list(keys.kept.values()) == [SECRET]


@pytest.mark.parametrize("lang", ["fi", "en"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"\xef\xbb\xbf\r\n",
        SECRET.encode("latin-1"),
        SECRET.encode("utf-16"),
        b"a\x00b\n",
        b"a\tb\n",
    ],
)
def test_r27_what_is_no_secret_is_refused_and_nothing_is_kept(
    cli: Cli, keys: KeyringInMemory, monkeypatch: pytest.MonkeyPatch, content: bytes, lang: str
) -> None:
    with monkeypatch.context() as inside:
        piped(inside, content)
        answer = cli(*GIVEN, "--secret-stdin", lang=lang)
    assert (answer.code, answer.out) == (2, "")
    assert len(answer.err.splitlines()) == 2
    assert "--secret-stdin" in answer.err
    assert keys.kept == {}
    assert cli("connection", "list", "--json").json == []


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_r27_a_password_in_the_address_is_refused_and_not_repeated(
    cli: Cli, keys: KeyringInMemory, home: Path, lang: str
) -> None:
    words = ["--url", URL.replace("//", f"//svc:{SECRET}@"), "--account", "svc", "--auth", "basic"]
    answer = cli("connection", "set", *words, "--secret-stdin", stdin="x\n", lang=lang)
    assert (answer.code, answer.out) == (2, "")
    assert "EX-CONN-10" in answer.err
    assert SECRET not in answer.err
    assert keys.kept == {}
    assert [path for path in home.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()] == []


def test_a_server_version_may_be_the_online_one(cli: Cli, keys: KeyringInMemory) -> None:
    answer = cli(*GIVEN, "--server-version", "online", "--secret-stdin", "--json", stdin="x\n")
    assert answer.json["server_version"] == "online"
    assert keys.kept


GRAPH = ["connection", "set", "--protocol", "graph", "--tenant", "esim.example", "--client-id", "1c9d-7e52"]


def test_r3_a_connection_over_graph_is_set_shown_and_forgotten(cli: Cli, keys: KeyringInMemory) -> None:
    assert cli(*GRAPH, "--secret-stdin", "--secret-expires", "2020-01-31", stdin=f"{SECRET}\n").code == 0
    shown = cli("connection", "show", "--name", "graph", "--json").json
    assert (shown["protocol"], shown["tenant"], shown["client_id"]) == ("graph", "esim.example", "1c9d-7e52")
    assert (shown["url"], shown["authority"]) == (
        "https://graph.microsoft.com/v1.0",
        "https://login.microsoftonline.com",
    )
    assert (shown["secret_stored"], shown["secret_expires"]) == (True, "2020-01-31")
    assert shown["secret_days_left"] < 0
    assert list(keys.kept.values()) == [SECRET]
    assert cli("connection", "list", "--json").json == [shown]
    assert cli("connection", "forget", "--name", "graph", "--json").json["name"] == "graph"
    assert keys.kept == {}


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize(("lang", "word"), [("fi", "vanhentunut"), ("en", "expired on")])
def test_r27_a_secret_that_has_run_out_is_told_by_show_and_status(cli: Cli, lang: str, word: str) -> None:
    assert cli(*GRAPH, "--secret-stdin", "--secret-expires", "2020-01-31", stdin=f"{SECRET}\n").code == 0
    for command in (["connection", "show"], ["status"]):
        told = cli(*command, lang=lang).out
        assert f"{word} 2020-01-31" in told
    assert cli("status", "--json").json["connections"][0]["secret_expires"] == "2020-01-31"


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("lang", ["fi", "en"])
def test_r27_what_belongs_to_the_other_protocol_is_refused(cli: Cli, lang: str) -> None:
    for words in ([*GRAPH, "--account", "ESIM\\svc"], [*GIVEN, "--tenant", "esim.example"]):
        answer = cli(*words, "--secret-stdin", stdin=f"{SECRET}\n", lang=lang)
        assert (answer.code, answer.out) == (2, "")
        assert "EX-CONN-10" in answer.err
        assert SECRET not in answer.err


def test_r27_the_secret_of_a_known_connection_is_asked_for_by_what_it_is(
    cli: Cli, keys: KeyringInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return SECRET

    assert cli(*GRAPH, "--secret-stdin", stdin="first\n").code == 0
    monkeypatch.setattr("getpass.getpass", ask)
    monkeypatch.setattr(io, "StringIO", _Terminal)
    assert cli("connection", "set", "--name", "graph").code == 0
    assert asked == ["Secret of the application 1c9d-7e52: "]
    assert list(keys.kept.values()) == [SECRET]


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_r28_an_old_server_is_set_as_the_check_says(cli: Cli, keys: KeyringInMemory, lang: str) -> None:
    assert keys.kept == {}
    with Simulator(SimulatorConfig(tls_profile="2010", version="2010", auth=("basic",))) as old:
        words = ["--url", old.ews_url, "--account", old.account, "--auth", "basic"]
        words += ["--ca-file", str(old.ca_file), "--secret-stdin"]
        assert cli("connection", "set", *words, stdin=f"{old.password}\n").code == 0
        told = cli("connection", "test", lang=lang)
        assert told.code == 1
        assert "EX-TLS-05" in told.err
        command = "vfadmin connection set --name ews --tls-profile 2010"
        assert command in " ".join(told.err.split())
        answer = cli(*command.split()[1:], "--json")
        assert (answer.code, answer.json["tls_profile"]) == (0, "2010")
        assert cli("connection", "test").code == 0


@pytest.mark.usefixtures("keys")
def test_r28_a_profile_that_is_not_needed_is_told_and_nothing_is_wrong(cli: Cli) -> None:
    with Simulator(SimulatorConfig(auth=("basic",))) as new:
        words = ["--url", new.ews_url, "--account", new.account, "--auth", "basic", "--tls-profile", "2010"]
        words += ["--ca-file", str(new.ca_file), "--secret-stdin"]
        assert cli("connection", "set", *words, stdin=f"{new.password}\n").code == 0
        told = cli("connection", "test", lang="en")
        steps = {step["check"]: step for step in cli("connection", "test", "--json").json}
    assert told.code == 0
    assert "--tls-profile modern" in " ".join(told.err.split())
    assert (steps["tls"]["ok"], steps["tls"]["code"]) == (True, "EX-TLS-06")
