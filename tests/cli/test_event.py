"""``event``: ValueFrame-side events on the command line."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.conftest import Cli

KEYS = {
    "id",
    "owner",
    "type",
    "title",
    "location",
    "text",
    "start",
    "end",
    "all_day",
    "timezone",
    "private",
    "show_as",
    "acknowledged",
    "reminder_minutes",
    "participants",
    "links_kept",
    "recurrence",
    "created",
    "modified",
}


def add(cli: Cli, person: int, *words: str) -> Any:
    answer = cli(
        "event",
        "add",
        "--person",
        str(person),
        "--title",
        "Katselmus",
        "--start",
        "2026-12-01T09:00",
        "--end",
        "2026-12-01T10:30",
        *words,
        "--json",
    )
    assert answer.code == 0, answer.err
    return answer.json


def test_an_event_has_exactly_the_keys_of_the_contract(cli: Cli, people: list[int]) -> None:
    event = add(
        cli,
        people[0],
        "--location",
        "Tampere",
        "--reminder",
        "15",
        "--show-as",
        "oof",
        "--participant",
        str(people[1]),
        "--participant",
        str(people[3]),
    )
    assert set(event) == KEYS
    assert event["owner"] == people[0]
    assert event["start"] == "2026-12-01T09:00:00+02:00"
    assert event["end"] == "2026-12-01T10:30:00+02:00"
    assert (event["location"], event["reminder_minutes"], event["show_as"]) == ("Tampere", 15, "oof")
    assert {one["person"] for one in event["participants"]} == {people[1], people[3]}
    assert event["recurrence"] is None


def test_an_all_day_event_is_days(cli: Cli, people: list[int]) -> None:
    answer = cli(
        "event",
        "add",
        "--person",
        str(people[0]),
        "--title",
        "Loma",
        "--start",
        "2026-12-21",
        "--end",
        "2026-12-24",
        "--all-day",
        "--json",
    )
    assert (answer.json["start"], answer.json["end"], answer.json["all_day"]) == (
        "2026-12-21",
        "2026-12-24",
        True,
    )


def test_a_document_is_read_from_standard_input_and_flags_win(cli: Cli, people: list[int]) -> None:
    document = {
        "owner": people[0],
        "title": "Tiedostosta",
        "start": "2026-12-01T09:00:00+02:00",
        "end": "2026-12-01T10:00:00+02:00",
        "text": "Ä\nÖ",
        "reminder_minutes": None,
    }
    words = ["event", "add", "--json-file", "-", "--title", "Lipusta", "--json"]
    event = cli(*words, stdin=json.dumps(document)).json
    assert (event["title"], event["text"], event["owner"]) == ("Lipusta", "Ä\nÖ", people[0])
    shown = cli("event", "show", str(event["id"]), "--json").json
    again = cli("event", "add", "--json-file", "-", "--json", stdin=json.dumps(shown)).json
    assert {key: again[key] for key in KEYS - {"id", "created", "modified"}} == {
        key: event[key] for key in KEYS - {"id", "created", "modified"}
    }


@pytest.mark.parametrize("number", [10**25, -(10**25)])
@pytest.mark.parametrize("key", ["owner", "type", "reminder_minutes", "participants"])
def test_a_number_that_no_database_holds_is_bad_input(
    cli: Cli, people: list[int], key: str, number: int
) -> None:
    document: dict[str, Any] = {"owner": people[0], "title": "x", "start": "2026-12-01", key: number}
    if key == "participants":
        document[key] = [number]
    answer = cli("event", "add", "--json-file", "-", "--json", stdin=json.dumps(document))
    assert (answer.code, answer.json["error"]["code"]) == (2, "VF-EVENT-02")
    assert key in answer.err


@pytest.mark.parametrize("text", ["", "[1, 2]", "{", '"title"', "[" * 100_000])
def test_a_document_that_is_none_is_refused(cli: Cli, people: list[int], text: str) -> None:
    answer = cli("event", "add", "--person", str(people[0]), "--json-file", "-", stdin=text)
    assert (answer.code, answer.out) == (2, "")
    assert "VF-USAGE-01" in answer.err


def test_an_edit_changes_what_is_given_and_nothing_else(cli: Cli, people: list[int]) -> None:
    before = add(cli, people[0], "--location", "Tampere", "--reminder", "15")
    after = cli("event", "edit", str(before["id"]), "--title", "Uusi", "--reminder", "none", "--json").json
    changed = {key for key in KEYS if before[key] != after[key]} - {"modified"}
    assert changed == {"title", "reminder_minutes"}
    assert after["reminder_minutes"] is None


def test_a_deleted_event_is_gone_from_the_list(cli: Cli, people: list[int]) -> None:
    kept, gone = add(cli, people[0]), add(cli, people[0])
    assert cli("event", "delete", str(gone["id"]), "--json").json["id"] == gone["id"]
    assert [row["id"] for row in cli("event", "list", "--person", str(people[0]), "--json").json] == [
        kept["id"]
    ]
    assert cli("event", "show", str(gone["id"])).code == 2


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (["--from", "2026-12-01"], 1),
        (["--from", "2026-12-01T10:30"], 0),
        (["--to", "2026-12-01"], 0),
        (["--to", "2026-12-01T09:30"], 1),
    ],
)
def test_the_list_is_cut_by_time(cli: Cli, people: list[int], words: list[str], count: int) -> None:
    add(cli, people[0])
    assert len(cli("event", "list", "--person", str(people[0]), *words, "--json").json) == count


def test_r31_a_private_event_shows_its_time_only(cli: Cli, people: list[int]) -> None:
    event = add(cli, people[0], "--private", "--location", "Salainen paikka", "--text", "Salainen asia")
    for answer in (
        cli("event", "list", "--person", str(people[0]), "--json"),
        cli("event", "show", str(event["id"]), "--json"),
        cli("event", "show", str(event["id"])),
        cli("event", "list", "--person", str(people[0])),
    ):
        assert answer.code == 0
        assert "Yksityinen" in answer.out
        assert "Salainen" not in answer.out
        assert "Katselmus" not in answer.out


@pytest.mark.parametrize(("lang", "said"), [("fi", "Lisättiin tapahtuma"), ("en", "Added event")])
def test_people_are_told_in_their_language(cli: Cli, people: list[int], lang: str, said: str) -> None:
    answer = cli(
        "event",
        "add",
        "--person",
        str(people[0]),
        "--title",
        "Ä",
        "--start",
        "2026-12-01T09:00",
        "--end",
        "2026-12-01T10:00",
        lang=lang,
    )
    assert answer.out.startswith(said)


def test_an_event_that_ends_before_it_starts_is_refused(cli: Cli, people: list[int]) -> None:
    answer = cli(
        "event",
        "add",
        "--person",
        str(people[0]),
        "--title",
        "x",
        "--start",
        "2026-12-01T10:00",
        "--end",
        "2026-12-01T09:00",
    )
    assert answer.code == 2
    assert "VF-EVENT-03" in answer.err
    assert cli("event", "list", "--person", str(people[0]), "--json").json == []


SERIES = {
    "title": "Viikkopalaveri",
    "start": "2026-11-30T09:00",
    "end": "2026-11-30T10:00",
    "recurrence": {
        "rrule": "FREQ=WEEKLY;COUNT=6",
        "exceptions": [{"original": "2026-12-07", "title": "Joulupalaveri", "reminder_minutes": None}],
        "deleted": ["2026-12-14T09:00+02:00"],
    },
}


def test_a_series_is_read_from_a_document_and_shown_again_r17(cli: Cli, people: list[int]) -> None:
    words = ("event", "add", "--person", str(people[0]), "--reminder", "15", "--json-file", "-", "--json")
    event = cli(*words, stdin=json.dumps(SERIES)).json
    shown = {
        "rrule": "FREQ=WEEKLY;BYDAY=MO;COUNT=6",
        "exceptions": [{"original": "2026-12-07", "title": "Joulupalaveri", "reminder_minutes": None}],
        "deleted": ["2026-12-14"],
    }
    assert event["recurrence"] == shown
    assert cli("event", "show", str(event["id"]), "--json").json["recurrence"] == shown
    assert "FREQ=WEEKLY;BYDAY=MO;COUNT=6" in cli("event", "show", str(event["id"])).out
    again = cli("event", "add", "--json-file", "-", "--json", stdin=json.dumps(event)).json
    assert again["recurrence"] == shown


@pytest.mark.parametrize(("lang", "said"), [("fi", "toistuvuus"), ("en", "recurrence")])
def test_a_rule_that_cannot_be_used_is_refused_in_ones_language_r17(
    cli: Cli, people: list[int], lang: str, said: str
) -> None:
    document = SERIES | {"recurrence": {"rrule": "FREQ=MONTHLY;BYMONTHDAY=31"}}
    words = ("event", "add", "--person", str(people[0]), "--json-file", "-")
    answer = cli(*words, stdin=json.dumps(document), lang=lang)
    assert answer.code == 2
    assert "VF-EVENT-04" in answer.err
    assert said in answer.err
    assert cli("event", "list", "--person", str(people[0]), "--json").json == []
