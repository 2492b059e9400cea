"""``status``: how the whole stands."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Cli, KeyringInMemory


def test_the_counts_are_those_of_the_search(cli: Cli, people: list[int]) -> None:
    assert cli("integration", "activate", str(people[0]), str(people[1])).code == 0
    assert cli("integration", "passivate", str(people[1])).code == 0
    told = cli("status", "--json").json
    assert told["counts"] == {"active": 1, "passive": 1, "error": 0, "unused": 2, "total": 4}
    assert told["oldest"]["id"] == people[0]
    assert told["workers"] == 0
    assert told["connections"] == []
    assert told["synchronising"] is False


def test_connections_are_shown_without_their_secret(cli: Cli, keys: KeyringInMemory) -> None:
    words = [
        "--url",
        "https://mail.esim.example/ews/exchange.asmx",
        "--account",
        "ESIM\\svc",
        "--auth",
        "ntlm",
    ]
    assert cli("connection", "set", *words, "--secret-stdin", stdin="salaisuus\n").code == 0
    answer = cli("status", "--json")
    assert [one["account"] for one in answer.json["connections"]] == ["ESIM\\svc"]
    assert list(keys.kept.values()) == ["salaisuus"]
    assert "salaisuus" not in answer.out + cli("status").out


@pytest.mark.parametrize(
    ("lang", "word"), [("fi", "Integraatio on päällä."), ("en", "The integration is on.")]
)
def test_people_read_sentences(cli: Cli, lang: str, word: str) -> None:
    assert word in cli("status", lang=lang).out


def test_r24_the_status_names_what_has_stopped_and_when_it_last_worked(cli: Cli, people: list[int]) -> None:
    told = cli("status", "--json").json
    assert (told["silent"], told["due"], told["causes"]) == (0, 0, [])
    assert told["last_cycle"] is None
    assert told["oldest_success"] is None
    assert cli("integration", "activate", str(people[0])).code == 0
    assert cli("status", "--json").json["due"] == 1
    assert "Last cycle" in cli("status").out
