"""Everything the issue names as bad input: one reason and one remedy in both languages, nothing done."""

from __future__ import annotations

import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Cli, KeyringInMemory
from vfadmin.simulator import MailboxSpec, Simulator, SimulatorConfig

LANGUAGES = pytest.mark.parametrize("lang", ["fi", "en"])
STARTS = {"fi": ("Virhe ", "Mitä tehdä: "), "en": ("Error ", "What to do: ")}


def assert_said(answer: Answer, code: str, exit_code: int, lang: str) -> None:
    """One reason that names its code, one remedy, both in the language, and no traceback."""
    reason, remedy = STARTS[lang]
    lines = answer.err.splitlines()
    assert answer.code == exit_code
    assert len(lines) == 2, answer.err
    assert lines[0].startswith(f"{reason}{code}: ")
    assert lines[1].startswith(remedy)
    assert len(lines[0]) > len(f"{reason}{code}: {code}")
    for mark in ("{", "[[", "Traceback"):
        assert mark not in answer.err


@LANGUAGES
@pytest.mark.parametrize(
    "words",
    [
        ["person", "set", "999", "--name", "x"],
        ["integration", "activate", "999"],
        ["integration", "remove", "999"],
        ["event", "list", "--person", "999"],
        [
            "event",
            "add",
            "--person",
            "999",
            "--title",
            "x",
            "--start",
            "2026-12-01",
            "--end",
            "2026-12-02",
            "--all-day",
        ],
        ["history", "999"],
        ["sync", "999"],
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_an_unknown_person(cli: Cli, people: list[int], words: list[str], lang: str) -> None:
    assert 999 not in people
    assert_said(cli(*words, lang=lang), "VF-PERSON-01", 2, lang)


@LANGUAGES
@pytest.mark.parametrize("action", ["passivate", "resume"])
def test_a_wrong_state(cli: Cli, people: list[int], action: str, lang: str) -> None:
    answer = cli("integration", action, str(people[0]), lang=lang)
    assert_said(answer, "VF-STATE-01", 2, lang)
    assert cli("person", "list", "--state", "unused", "--json").json != []


@LANGUAGES
def test_a_state_that_is_none(cli: Cli, lang: str) -> None:
    assert_said(cli("person", "list", "--state", "sleeping", lang=lang), "VF-STATE-02", 2, lang)


@LANGUAGES
def test_an_empty_login(cli: Cli, people: list[int], lang: str) -> None:
    assert_said(cli("integration", "activate", str(people[2]), lang=lang), "VF-LOGIN-01", 2, lang)


@LANGUAGES
@pytest.mark.parametrize("login", ["a b@c.example", "DOMAIN\\", "@x.example", "x@y", "two@@at.example"])
def test_a_malformed_login(cli: Cli, people: list[int], login: str, lang: str) -> None:
    answer = cli("person", "set", str(people[2]), "--login", login, lang=lang)
    assert_said(answer, "VF-LOGIN-02", 2, lang)
    assert login in answer.err


@LANGUAGES
def test_a_login_that_somebody_has(cli: Cli, people: list[int], lang: str) -> None:
    answer = cli("integration", "activate", str(people[2]), "--login", "Esim\\AKE", lang=lang)
    assert_said(answer, "VF-LOGIN-03", 2, lang)


@LANGUAGES
def test_a_company_nobody_knows(cli: Cli, lang: str) -> None:
    assert_said(cli("person", "list", "--company", "Olematon", lang=lang), "VF-COMPANY-01", 2, lang)


@LANGUAGES
def test_a_home_that_cannot_be_written(cli: Cli, tmp_path: Path, lang: str) -> None:
    file = tmp_path / "file"
    file.write_text("in the way", encoding="utf-8")
    assert_said(cli("status", "--home", str(file / "home"), lang=lang), "VF-HOME-01", 1, lang)


@LANGUAGES
@pytest.mark.sqlite  # looks into the file
def test_a_database_from_a_newer_version(cli: Cli, people: list[int], home: Path, lang: str) -> None:
    assert people
    with sqlite3.connect(home / "vfadmin.db") as database:
        database.execute("update alembic_version set version_num = '9999_from_tomorrow'")
    database.close()
    assert_said(cli("person", "list", lang=lang), "VF-STORE-02", 1, lang)


@LANGUAGES
@pytest.mark.sqlite  # looks into the file
def test_a_file_that_is_no_database(cli: Cli, home: Path, lang: str) -> None:
    home.mkdir()
    (home / "vfadmin.db").write_bytes(b"certainly not a database, but long enough to be one" * 40)
    assert_said(cli("person", "list", lang=lang), "VF-STORE-03", 1, lang)


@LANGUAGES
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["settings", "get", "favourite_colour"], "VF-SETTING-01"),
        (["settings", "set", "poll_seconds", "never"], "VF-SETTING-02"),
        (["settings", "set", "days_back", "-1"], "VF-SETTING-02"),
        (["settings", "set", "module", "on"], "VF-SETTING-03"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_a_setting_that_is_none(cli: Cli, words: list[str], code: str, lang: str) -> None:
    words = [*words[:2], *(["--", *words[2:]] if "-1" in words else words[2:])]
    assert_said(cli(*words, lang=lang), code, 2, lang)


@LANGUAGES
@pytest.mark.parametrize(
    ("key", "allowed"),
    [("participants", "on, off"), ("default_event_type", "none"), ("days_back", "0-365")],
)
def test_a_setting_says_what_it_takes(cli: Cli, key: str, allowed: str, lang: str) -> None:
    answer = cli("settings", "set", key, "ehkä", lang=lang)
    assert_said(answer, "VF-SETTING-02", 2, lang)
    assert f": {allowed}." in answer.err
    for word in allowed.split("-", maxsplit=1)[0].split(", "):
        assert cli("settings", "set", key, word, lang=lang).code == 0


@LANGUAGES
def test_a_name_with_control_characters(cli: Cli, lang: str) -> None:
    words = ["--name", "Åke\x1b[31m", "--email", "ake@esim.example", "--company", "Esimerkki Oy"]
    answer = cli("person", "add", *words, lang=lang)
    assert_said(answer, "VF-PERSON-04", 2, lang)
    assert {"fi": "ohjausmerkkejä", "en": "control characters"}[lang] in answer.err


@LANGUAGES
@pytest.mark.parametrize(
    "mailboxes",
    [
        '[{"email": "a@x.example"}, {"email": "A@x.example"}]',
        '[{"email": "a@x.example", "login": 5}]',
        '[{"email": "a@x.example", "aliases": [5]}]',
        '[{"email": ""}]',
        "{",
    ],
)
def test_mailboxes_that_are_none(cli: Cli, tmp_path: Path, mailboxes: str, lang: str) -> None:
    file = tmp_path / "mailboxes.json"
    file.write_text(mailboxes, encoding="utf-8")
    answer = cli("simulator", "serve", "--mailboxes", str(file), lang=lang)
    assert_said(answer, "VF-USAGE-01", 2, lang)
    assert str(file) in answer.err


@LANGUAGES
def test_a_count_of_mailboxes_in_other_digits_is_a_file_that_is_not_there(cli: Cli, lang: str) -> None:
    assert_said(cli("simulator", "serve", "--mailboxes", "²", lang=lang), "VF-USAGE-01", 2, lang)


@LANGUAGES
@pytest.mark.parametrize("content", [None, "[]", '{"format": 1}', "no JSON"])
def test_a_directory_that_keeps_no_state(cli: Cli, tmp_path: Path, content: str | None, lang: str) -> None:
    place = tmp_path / "state"
    if content is None:
        place.write_text("in the way", encoding="utf-8")
    else:
        place.mkdir()
        (place / "mailboxes.json").write_text(content, encoding="utf-8")
    answer = cli("simulator", "serve", "--state", str(place), lang=lang)
    assert_said(answer, "VF-USAGE-01", 2, lang)
    assert str(place) in answer.err


@LANGUAGES
def test_a_port_that_somebody_has(cli: Cli, lang: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        answer = cli("simulator", "serve", "--port", port, lang=lang)
    assert_said(answer, "VF-USAGE-01", 2, lang)
    assert port in answer.err


@LANGUAGES
def test_an_event_nobody_knows(cli: Cli, lang: str) -> None:
    assert_said(cli("event", "show", "77", lang=lang), "VF-EVENT-01", 2, lang)


@LANGUAGES
def test_no_connection_is_set(cli: Cli, lang: str) -> None:
    assert_said(cli("connection", "show", lang=lang), "EX-CONN-01", 2, lang)


@LANGUAGES
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--url", "not an address"], "EX-CONN-10"),
        (
            ["--url", "https://mail.esim.example/ews/exchange.asmx", "--ca-file", "no-such-file.pem"],
            "EX-TLS-04",
        ),
    ],
    ids=["url", "ca"],
)
def test_a_connection_that_cannot_be(
    cli: Cli, keys: KeyringInMemory, words: list[str], code: str, lang: str
) -> None:
    answer = cli(
        "connection",
        "set",
        *words,
        "--account",
        "svc",
        "--auth",
        "basic",
        "--secret-stdin",
        stdin="salaisuus\n",
        lang=lang,
    )
    assert_said(answer, code, 2, lang)
    assert keys.kept == {}


@LANGUAGES
def test_no_usable_keyring(cli: Cli, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    import keyring.backends.fail

    monkeypatch.setattr("keyring.core._keyring_backend", keyring.backends.fail.Keyring())
    answer = cli(
        "connection",
        "set",
        "--url",
        "https://mail.esim.example/ews/exchange.asmx",
        "--account",
        "svc",
        "--auth",
        "basic",
        "--secret-stdin",
        stdin="salaisuus\n",
        lang=lang,
    )
    assert_said(answer, "VF-SECRET-01", 1, lang)
    assert "salaisuus" not in answer.out + answer.err


@pytest.fixture(scope="module")
def exchange() -> Iterator[Simulator]:
    specs = (MailboxSpec("ake@esim.example", "ESIM\\ake"), MailboxSpec("aino@esim.example"))
    with Simulator(SimulatorConfig(mailboxes=specs, auth=("basic",))) as simulator:
        yield simulator


def connect(cli: Cli, url: str, account: str, secret: str, ca_file: Path | None) -> None:
    words = ["--url", url, "--account", account, "--auth", "basic", "--secret-stdin"]
    if ca_file is not None:
        words += ["--ca-file", str(ca_file)]
    assert cli("connection", "set", *words, stdin=f"{secret}\n").code == 0


def assert_sync_and_test_say(cli: Cli, code: str, lang: str, secret: str) -> None:
    """The connection check ends with that code, and so does a sync; the secret is nowhere."""
    checked = cli("connection", "test", "--json", lang=lang)
    assert checked.code == 1
    assert [step["code"] for step in checked.json if not step["ok"]] == [code]
    assert_said(checked, code, 1, lang)
    synced = cli("sync", lang=lang)
    assert_said(synced, code, 1, lang)
    assert secret not in checked.out + checked.err + synced.out + synced.err


@LANGUAGES
@pytest.mark.usefixtures("keys")
def test_an_unreachable_host(cli: Cli, people: list[int], lang: str) -> None:
    with socket.socket() as taken:  # bound and not listening: refused at once, and nobody else's
        taken.bind(("127.0.0.1", 0))
        url = f"https://127.0.0.1:{taken.getsockname()[1]}/ews/exchange.asmx"
        connect(cli, url, "svc", "salaisuus", None)
        assert cli("integration", "activate", str(people[1])).code == 0
        assert_sync_and_test_say(cli, "EX-CONN-03", lang, "salaisuus")


@LANGUAGES
@pytest.mark.usefixtures("keys")
def test_a_wrong_password(cli: Cli, people: list[int], exchange: Simulator, lang: str) -> None:
    connect(cli, exchange.ews_url, exchange.account, "väärä-sana", exchange.ca_file)
    assert cli("integration", "activate", str(people[1])).code == 0
    assert_sync_and_test_say(cli, "EX-AUTH-01", lang, "väärä-sana")


@LANGUAGES
@pytest.mark.usefixtures("keys")
def test_a_certificate_of_an_unknown_authority(
    cli: Cli, people: list[int], exchange: Simulator, lang: str
) -> None:
    connect(cli, exchange.ews_url, exchange.account, exchange.password, None)
    assert cli("integration", "activate", str(people[1])).code == 0
    assert_sync_and_test_say(cli, "EX-TLS-01", lang, exchange.password)
