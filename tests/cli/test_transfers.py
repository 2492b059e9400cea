"""``integration move-to-graph`` where there is nothing to move, and what it asks for."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Cli


@pytest.mark.parametrize(("lang", "text"), [("fi", "--all"), ("en", "--all")])
def test_r5_it_wants_ids_or_everybody(cli: Cli, lang: str, text: str) -> None:
    for words in ((), ("1", "--all")):
        answer = cli("integration", "move-to-graph", *words, lang=lang)
        assert (answer.code, text in answer.err) == (2, True)


def test_r5_without_a_connection_to_office_365_it_says_so(cli: Cli) -> None:
    answer = cli("integration", "move-to-graph", "--all", "--dry-run")
    assert answer.code != 0
    assert "EX-CONN-01" in answer.err
