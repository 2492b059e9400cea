"""``person erase`` (R31): it shows, and does it when told to; what it cannot reach it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import test_sync
from tests.cli.conftest import Cli
from vfadmin.simulator import Simulator

exchange = test_sync.exchange


def test_r31_it_shows_first_and_removes_when_that_is_confirmed(cli: Cli, people: list[int]) -> None:
    ake = str(people[0])
    seen = cli("person", "erase", ake, "--json")
    (row,) = seen.json
    assert (seen.code, row["ok"], row["erased"], row["pseudonym"]) == (0, True, False, "poistettu #1")
    assert (row["gone"]["integration"], row["gone"]["trail"], row["stays"]) == (1, 1, {"person": 1})
    assert "--yes" in seen.err
    assert cli("person", "list", "--name", ake, "--json").json[0]["login"] == "ESIM\\ake"

    (done,) = cli("person", "erase", ake, "--with-events", "--yes", "--json").json
    gone = {**row["gone"], "participations": 0, "events": 0, "person": 1}
    assert done == {**row, "erased": True, "gone": gone, "stays": {}}
    assert cli("person", "list", "--name", ake, "--inactive", "--json").json == []
    assert "Öhman" not in cli("audit").out
    assert cli("person", "erase", ake, "--yes").out.startswith(f"{ake}: nothing to erase.")


def test_what_goes_and_what_stays_is_told_in_words(cli: Cli, people: list[int], home: Path) -> None:
    (home / "logs").mkdir(exist_ok=True)
    (home / "logs" / "vfadmin.log").write_text("Åke Öhman\n", encoding="utf-8")
    told = cli("person", "erase", str(people[0]), lang="fi")
    assert told.code == 0
    assert "jää: henkilön rivi on ValueFramen; --with-events poistaa sen: 1" in told.out
    assert "  tunnus ja integraation asetukset: 1" in told.out
    assert "logs/vfadmin.log" in told.out
    assert "varmuuskopioita" in told.out


def test_who_is_synchronised_is_refused_with_the_command_that_comes_first(
    cli: Cli, people: list[int], exchange: Simulator
) -> None:
    ake, room = str(people[0]), str(people[3])
    refused = cli("person", "erase", ake, "--yes")
    assert (refused.code, "VF-ERASE-01" in refused.err) == (1, True)
    assert f"vfadmin integration remove {ake}" in refused.err
    some = cli("person", "erase", ake, room, "--with-events", "--yes", "--json")
    assert (some.code, [one["ok"] for one in some.json]) == (3, [False, True])
    assert some.json[0]["error"]["code"] == "VF-ERASE-01"
    assert cli("integration", "remove", ake).code == 0
    assert cli("person", "erase", ake, "--with-events", "--yes").code == 0
    assert exchange.outbox == []


@pytest.mark.parametrize(
    "words", [("erase",), ("erase", "x"), ("erase", "0"), ("erase", "1", "2", "--user", "a")]
)
def test_a_slip_removes_nothing(cli: Cli, people: list[int], words: tuple[str, ...]) -> None:
    answer = cli("person", *words, "--yes")
    assert (answer.code, "VF-USAGE-01" in answer.err) == (2, True)
    assert len(cli("person", "list", "--json").json) == len(people)
