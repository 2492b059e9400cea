"""``person``: R20-R22 on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.stores import STORES

ROW_KEYS = {
    "id",
    "name",
    "email",
    "company",
    "kind",
    "person_active",
    "login",
    "state",
    "activesync",
    "last_synced",
    "error",
}


def test_a_row_has_the_keys_of_the_contract(cli: Cli, people: list[int]) -> None:
    rows = cli("person", "list", "--json").json
    assert len(rows) == len(people)
    assert all(row.keys() >= ROW_KEYS for row in rows)
    ake = next(row for row in rows if row["id"] == people[0])
    assert (ake["name"], ake["login"], ake["state"], ake["kind"]) == (
        "Åke Öhman",
        "ESIM\\ake",
        "unused",
        "person",
    )
    assert (ake["activesync"], ake["last_synced"], ake["error"]) == (False, None, None)
    assert next(row for row in rows if row["id"] == people[3])["kind"] == "resource"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["--name", "öhman"], [0]),
        (["--name", "ESIM\\ake"], [0]),
        (["--company", "toinen ab"], [2]),
        (["--state", "active"], [1]),
        (["--state", "unused,passive", "--company", "Esimerkki Oy"], [3, 0]),
        (["--limit", "1"], [1]),
        (["--name", "nobody"], []),
    ],
)
def test_r20_r21_persons_are_found_by_name_company_and_state(
    cli: Cli, people: list[int], words: list[str], found: list[int]
) -> None:
    assert cli("integration", "activate", str(people[1])).code == 0
    answer = cli("person", "list", *words, "--json")
    assert answer.code == 0
    assert [people.index(row["id"]) for row in answer.json] == found


def test_r20_inactive_persons_are_shown_when_asked_for(cli: Cli, people: list[int]) -> None:
    assert cli("person", "set", str(people[0]), "--inactive").code == 0
    shown = {row["id"] for row in cli("person", "list", "--json").json}
    everybody = {
        row["id"]: row["person_active"] for row in cli("person", "list", "--inactive", "--json").json
    }
    assert people[0] not in shown
    assert everybody[people[0]] is False


def test_r18_a_mobile_sync_is_marked(cli: Cli, people: list[int]) -> None:
    row = cli("person", "set", str(people[0]), "--mobile-sync", "activesync", "--json").json
    assert (row["activesync"], row["mobile_sync"]) == (True, "activesync")


def test_a_change_answers_the_row_and_leaves_the_rest(cli: Cli, people: list[int]) -> None:
    row = cli("person", "set", str(people[0]), "--name", "Åke Östman", "--login", "ESIM\\oke", "--json").json
    assert (row["id"], row["name"], row["login"], row["email"]) == (
        people[0],
        "Åke Östman",
        "ESIM\\oke",
        "ake@esim.example",
    )


def test_a_wrong_login_changes_nothing_else_of_the_person(cli: Cli, people: list[int]) -> None:
    answer = cli("person", "set", str(people[0]), "--name", "Somebody Else", "--login", "not a login")
    assert answer.code == 2
    assert cli("person", "list", "--name", "Somebody", "--json").json == []


def test_an_id_may_be_given(cli: Cli, people: list[int]) -> None:
    row = cli(
        "person", "add", "--name", "N", "--email", "n@x.example", "--company", "C", "--id", "4711", "--json"
    )
    assert row.json["id"] == 4711
    again = cli("person", "add", "--name", "M", "--email", "m@x.example", "--company", "C", "--id", "4711")
    assert again.code == 2
    assert "VF-PERSON-02" in again.err
    assert people


@pytest.mark.parametrize(
    ("lang", "word", "heading"), [("fi", "ei käytössä", "Tila"), ("en", "unused", "State")]
)
def test_r22_the_table_speaks_the_readers_language(
    cli: Cli, people: list[int], lang: str, word: str, heading: str
) -> None:
    answer = cli("person", "list", lang=lang)
    lines = answer.out.splitlines()
    assert len(lines) == len(people) + 1
    assert lines[0].startswith(heading)
    assert all(line.startswith(word) for line in lines[1:])


@pytest.mark.parametrize(
    ("lang", "text"), [("fi", "Yhtään henkilöä ei löytynyt."), ("en", "No persons match.")]
)
def test_nobody_is_a_sentence(cli: Cli, home: Path, lang: str, text: str) -> None:
    assert cli("person", "list", lang=lang).out.strip() == text
    assert STORES.exists(home / "vfadmin.db")


def test_what_does_not_fit_the_limit_is_said_aside(cli: Cli, people: list[int]) -> None:
    answer = cli("person", "list", "--limit", "2")
    assert len(answer.out.splitlines()) == 3
    assert answer.err == f"2 of {len(people)} shown.\n"
