"""``imports``: what was loaded, and taking it back (R26)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.services.workbooks import write_list


@pytest.fixture
def loaded(cli: Cli, tmp_path: Path) -> int:
    path = write_list(tmp_path / "lista.xlsx", [None, "Anna", None, None, "anna@firma.fi"])
    assert cli("import", str(path), "--json").json["created"] == 1
    (batch,) = cli("imports", "list", "--json").json
    return int(batch["id"])


def test_r26_loads_are_listed_and_undone(cli: Cli, loaded: int) -> None:
    (batch,) = cli("imports", "list", "--json").json
    assert (batch["file"], batch["created"], batch["undoable"], batch["undone"]) == (
        "lista.xlsx",
        1,
        True,
        None,
    )
    assert "lista.xlsx" in cli("imports", "list").out
    answer = cli("imports", "undo", str(loaded), "--json")
    assert (answer.code, answer.json) == (0, {"batch": loaded, "restored": 0, "removed": 1, "left": []})
    assert cli("person", "list", "--json").json == []


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_who_is_left_is_named_with_the_reason(cli: Cli, loaded: int, lang: str) -> None:
    (row,) = cli("person", "list", "--json").json
    assert cli("person", "set", str(row["id"]), "--name", "Anna-Maija").code == 0
    answer = cli("imports", "undo", str(loaded), lang=lang)
    assert answer.code == 3
    assert f"{row['id']} Anna-Maija" in answer.err
    assert "VF-UNDO-01" in answer.err


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_a_load_that_is_not_there_is_said_so(cli: Cli, lang: str) -> None:
    answer = cli("imports", "undo", "77", lang=lang)
    assert (answer.code, answer.out) == (2, "")
    assert "VF-IMPORT-21" in answer.err
    assert len(answer.err.splitlines()) == 2
