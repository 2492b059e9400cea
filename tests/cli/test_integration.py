"""``integration``: R23-R25 on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.stores import STORES
from vfadmin.models import Pair
from vfadmin.models.store import open_store


def states(cli: Cli, people: list[int]) -> list[str]:
    by_id = {row["id"]: row["state"] for row in cli("person", "list", "--json").json}
    return [by_id[one] for one in people]


def test_r23_a_login_and_activate_is_all_it_takes(cli: Cli, people: list[int]) -> None:
    answer = cli("integration", "activate", str(people[2]), "--login", "orjan@toinen.example", "--json")
    assert answer.code == 0
    assert answer.json == [{"id": people[2], "ok": True, "state": "active", "error": None}]


def test_r2_a_calendar_of_its_own_is_chosen_by_name(cli: Cli, people: list[int]) -> None:
    words = ["--calendar", "new", "--calendar-name", "Työt"]
    assert cli("integration", "activate", str(people[0]), *words).code == 0
    row = cli("person", "list", "--name", "öhman", "--json").json[0]
    assert (row["calendar"], row["calendar_name"]) == ("new", "Työt")


def test_r23_a_selection_is_done_row_by_row(cli: Cli, people: list[int]) -> None:
    answer = cli("integration", "activate", *map(str, people[:3]), "99", "--json", lang="fi")
    assert answer.code == 3
    assert [(row["id"], row["ok"], row["state"]) for row in answer.json] == [
        (people[0], True, "active"),
        (people[1], True, "active"),
        (people[2], False, "unused"),
        (99, False, None),
    ]
    assert [row["error"] and row["error"]["code"] for row in answer.json] == [
        None,
        None,
        "VF-LOGIN-01",
        "VF-PERSON-01",
    ]
    assert all(row["error"]["remedy"] for row in answer.json if row["error"])
    assert answer.err.count("Virhe ") == 2
    assert f"{people[2]}: " in answer.err


def test_all_four_actions_move_the_state(cli: Cli, people: list[int]) -> None:
    ids = [str(people[0]), str(people[1])]
    assert cli("integration", "activate", *ids).code == 0
    assert cli("integration", "passivate", ids[0]).code == 0
    assert states(cli, people) == ["passive", "active", "unused", "unused"]
    assert cli("integration", "activate", ids[0]).code == 0
    assert cli("integration", "remove", ids[1]).code == 0
    assert states(cli, people) == ["active", "unused", "unused", "unused"]


def test_a_preview_says_and_does_nothing(cli: Cli, people: list[int]) -> None:
    assert cli("integration", "activate", str(people[0])).code == 0
    answer = cli("integration", "preview", *map(str, people[:3]), "--json")
    assert answer.code == 0
    assert answer.json["will_change"] == [people[1]]
    assert answer.json["unchanged"] == [people[0]]
    assert [(one["id"], one["error"]["code"]) for one in answer.json["refused"]] == [
        (people[2], "VF-LOGIN-01")
    ]
    assert states(cli, people) == ["active", "unused", "unused", "unused"]


@pytest.mark.parametrize(
    "words", [["--all-errors"], ["--all-errors", "EX-IMP-01"], ["--all-errors=EX-IMP-01"]]
)
def test_r24_resuming_all_where_nothing_stopped_does_nothing(
    cli: Cli, people: list[int], words: list[str]
) -> None:
    answer = cli("integration", "resume", *words)
    assert (answer.code, answer.out, answer.err) == (0, "Nothing to do.\n", "")
    assert states(cli, people) == ["unused"] * 4


def test_r2_a_calendar_with_synchronised_events_is_kept(cli: Cli, people: list[int], home: Path) -> None:
    assert cli("integration", "activate", str(people[0])).code == 0
    assert cli("integration", "passivate", str(people[0])).code == 0
    store = open_store(STORES.url(home / "vfadmin.db"))
    with store.write() as session:
        session.add(Pair(key="key", person_id=people[0], valueframe_id="1", exchange_id="x"))
    store.close()

    answer = cli("integration", "activate", str(people[0]), "--calendar", "new", lang="fi")

    assert answer.code == 2
    assert "VF-CALENDAR-02" in answer.err
    assert "--move-events" in answer.err
    assert states(cli, people[:1]) == ["passive"]
