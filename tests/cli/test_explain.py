"""The help page of an error, on the command line (R28)."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Cli
from vfadmin.errors import CODES
from vfadmin.errors.pages import page


@pytest.mark.parametrize(("lang", "word"), [("fi", "täynnä"), ("en", "full")])
def test_r28_a_code_is_explained_in_the_readers_language(cli: Cli, lang: str, word: str) -> None:
    answer = cli("explain", "ex mbx 5", lang=lang)

    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("EX-MBX-05: ")
    assert word in answer.out
    assert "    vfadmin integration resume --all-errors EX-MBX-05" in answer.out


def test_the_page_is_one_document_with_the_facts_of_the_code(cli: Cli) -> None:
    told = cli("explain", "EX-BUSY-02", "--json").json

    assert (told["code"], told["scope"], told["kind"]) == ("EX-BUSY-02", "connection", "transient")
    assert told["message"]
    assert told["remedy"]
    assert told["page"] == page("EX-BUSY-02", "en")


def test_without_a_code_all_of_them_are_listed(cli: Cli) -> None:
    assert all(code in cli("explain").out for code in CODES)
    assert [one["code"] for one in cli("explain", "--json").json] == sorted(CODES)


def test_an_unknown_code_is_wrong_usage(cli: Cli) -> None:
    answer = cli("explain", "EX-NONE-01")

    assert (answer.code, answer.out) == (2, "")
    assert 'no error code "EX-NONE-01"' in answer.err
