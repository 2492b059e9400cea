"""``integration move-to-graph`` where there is nothing to move, and what it asks for."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Cli

DEAD = "https://127.0.0.1:9"


@pytest.mark.parametrize(("lang", "text"), [("fi", "--all"), ("en", "--all")])
def test_r5_it_wants_ids_or_everybody(cli: Cli, lang: str, text: str) -> None:
    for words in ((), ("1", "--all")):
        answer = cli("integration", "move-to-graph", *words, lang=lang)
        assert (answer.code, text in answer.err) == (2, True)


def test_r5_a_row_says_what_became_of_a_person(cli: Cli, people: list[int]) -> None:
    """Nobody answers behind this connection; a person who is not there is told apart."""
    words = ("--protocol", "graph", "--tenant", "firma.test", "--client-id", "app", "--authority", DEAD)
    assert cli("connection", "set", *words, "--url", f"{DEAD}/v1.0", "--secret-stdin", stdin="x").code == 0
    answer = cli("integration", "move-to-graph", str(people[0]), "999999", "--dry-run", "--json")
    one, nobody = answer.json
    assert (one["id"], one["ok"], one["missing"]) == (people[0], False, 0)
    assert one["error"]["code"] != nobody["error"]["code"] == "VF-PERSON-01"
    assert nobody["state"] is None
    assert one["state"] in {"active", "unused", "passive"}


def test_r5_without_a_connection_to_office_365_it_says_so(cli: Cli) -> None:
    answer = cli("integration", "move-to-graph", "--all", "--dry-run")
    assert answer.code != 0
    assert "EX-CONN-01" in answer.err
