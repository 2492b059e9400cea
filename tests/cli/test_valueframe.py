"""``valueframe``: the field map against a real answer, the choice of the source, keys and persons."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli, KeyringInMemory
from tests.contract.keeper import ORIGIN
from tests.contract.rest_keeper import COMPANIES, EVENTS, KEYS, PERSONS, map_text, resources
from vfadmin.simulator.valueframe import RestFault, ValueFrameConfig, ValueFrameSimulator


@pytest.fixture
def simulator() -> Iterator[ValueFrameSimulator]:
    with ValueFrameSimulator(ValueFrameConfig(resources())) as running:
        times = {"startDateTime": ORIGIN, "endDateTime": ORIGIN + timedelta(hours=1)}
        shown = {name: moment.isoformat() for name, moment in times.items()}
        running.add(EVENTS, {"ownerId": 1001, "title": "Palaveri", "showAs": "Varattu", **shown})
        running.add(COMPANIES, {"name": "Esimerkki Oy"})
        for number, status in enumerate(("Aktiivinen", "Aktiivinen", "Passiivinen"), start=1):
            running.add(PERSONS, person(number, status))
        yield running


def person(number: int, status: str) -> dict[str, object]:
    return {
        "firstName": "Äijö",
        "lastName": f"Virtanen {number}",
        "emailAddress": f"aijo{number}@esim.example",
        "status": status,
        "companyId": 1,
    }


def listed(cli: Cli) -> dict[int, dict[str, Any]]:
    """Everybody by id, the inactive too."""
    return {row["id"]: row for row in cli("person", "list", "--inactive", "--json").json}


@pytest.fixture
def field_map(simulator: ValueFrameSimulator, tmp_path: Path) -> Path:
    path = tmp_path / "kartta.toml"
    path.write_text(map_text(simulator), encoding="utf-8")
    return path


@pytest.fixture
def stored(keys: KeyringInMemory) -> KeyringInMemory:
    for name, key in KEYS.items():
        keys.set_password("vfadmin", name, key)
    return keys


@pytest.mark.usefixtures("stored")
def test_a_map_that_fits_is_said_to_step_by_step(cli: Cli, field_map: Path) -> None:
    answer = cli("valueframe", "check", "--map", str(field_map), "--json")
    assert answer.code == 0, answer.err
    steps = [(step["check"], step["ok"], step["detail"]) for step in answer.json]
    assert [check for check, _, _ in steps[:4]] == ["dns", "tcp", "tls", "certificate"]
    assert all(ok for _, ok, _ in steps)
    assert ("rest_answer", True, EVENTS) in steps
    assert ("rest_fields", True, f"{EVENTS}: 25/25") in steps
    assert ("rest_fields", True, f"{PERSONS}: 6/6") in steps
    assert ("rest_verbs", True, f"{EVENTS}: GET POST PUT DELETE") in steps
    assert [step["code"] for step in answer.json] == [None] * len(steps)


@pytest.mark.parametrize("lang", ["fi", "en"])
@pytest.mark.usefixtures("stored")
def test_each_field_that_is_missing_or_does_not_parse_is_named(
    cli: Cli, field_map: Path, simulator: ValueFrameSimulator, lang: str
) -> None:
    text = field_map.read_text(encoding="utf-8").replace('"location"', '"paikka"')
    field_map.write_text(text, encoding="utf-8")
    simulator.edit(EVENTS, 1, {"startDateTime": "eilen", "showAs": "Kenties", "reminderMinutes": "pian"})
    simulator.edit(PERSONS, 1, {"status": "Lomalla"})
    answer = cli("valueframe", "check", "--map", str(field_map), "--json", lang=lang)
    assert answer.code == 1
    wrong = {step["detail"]: step["code"] for step in answer.json if not step["ok"]}
    named = ["startDateTime", "paikka", "showAs", "reminderMinutes"]
    assert wrong == {
        **{f"{EVENTS}.{name}": "VF-REST-11" for name in named},
        f"{EVENTS}: 21/25": None,
        f"{PERSONS}.status": "VF-REST-11",
        f"{PERSONS}: 5/6": None,
    }
    assert all(name in answer.err for name in named)
    assert "Kenties" in answer.err


@pytest.mark.usefixtures("stored")
def test_what_is_said_on_a_screen_names_checks_in_words(cli: Cli, field_map: Path) -> None:
    answer = cli("valueframe", "check", "--map", str(field_map), lang="fi")
    assert answer.code == 0, answer.err
    assert f"Resurssi: kunnossa  {EVENTS}" in answer.out
    assert f"Kenttiä luettavissa: kunnossa  {PERSONS}: 6/6" in answer.out


@pytest.mark.parametrize(
    ("kind", "code"),
    [("key", "VF-REST-02"), ("clock", "VF-REST-03"), ("login", "VF-REST-10"), ("none", "VF-SECRET-03")],
)
def test_what_is_wrong_with_the_whole_is_told(
    cli: Cli, stored: KeyringInMemory, field_map: Path, simulator: ValueFrameSimulator, kind: str, code: str
) -> None:
    match kind:
        case "key":
            stored.set_password("vfadmin", "valueframe-events", "toinen")
        case "clock":
            simulator.skew = timedelta(hours=1)
        case "login":
            simulator.set_faults([RestFault("login_page", resource=EVENTS)])
        case _:
            stored.delete_password("vfadmin", "valueframe-events")
    answer = cli("valueframe", "check", "--map", str(field_map), "--json")
    assert answer.code == 1
    assert code in [step["code"] for step in answer.json]
    assert "tapahtumien-avain" not in answer.out + answer.err
    if kind == "clock":
        assert re.search("3(600|599) s", answer.err)


@pytest.mark.usefixtures("stored")
def test_a_resource_without_rows_has_no_fields_to_be_looked_for(
    cli: Cli, field_map: Path, simulator: ValueFrameSimulator
) -> None:
    simulator.remove(EVENTS, 1)
    answer = cli("valueframe", "check", "--map", str(field_map), "--json")
    assert answer.code == 0
    assert f"{EVENTS}: 0" in [step["detail"] for step in answer.json]


@pytest.mark.usefixtures("keys")
def test_a_map_that_is_none_says_where(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "kartta.toml"
    missing = cli("valueframe", "check", "--map", str(path), "--json")
    assert (missing.code, missing.json["error"]["code"]) == (2, "VF-REST-01")
    path.write_text("[valueframe]\nuser = 'a'\n[events]\nresurssi = 'x'\n", encoding="utf-8")
    wrong = cli("valueframe", "check", "--map", str(path), lang="fi")
    assert wrong.code == 2
    assert "events.fields puuttuu" in wrong.err
    assert cli("valueframe", "check", "--json").json["error"]["code"] == "VF-REST-14"


@pytest.mark.usefixtures("stored")
def test_sql_is_the_default_and_rest_is_chosen_and_left_again(cli: Cli, field_map: Path) -> None:
    assert cli("valueframe", "show", "--json").json["source"] == "sql"
    assert "SQL" in cli("valueframe", "show").out
    chosen = cli("valueframe", "use", "rest", "--map", str(field_map), "--json")
    assert chosen.code == 0, chosen.err
    shown = cli("valueframe", "show", "--json").json
    assert shown == chosen.json
    assert (shown["source"], shown["user"]) == ("rest", "esimerkki")
    assert [one["key_stored"] for one in shown["resources"]] == [True, True, True]
    assert EVENTS in cli("valueframe", "show").out
    events = cli("event", "list", "--person", "1", "--json")
    assert (events.code, events.json["error"]["code"]) == (2, "VF-REST-17"), "its events are elsewhere"
    field_map.unlink()
    assert cli("valueframe", "check", "--json").code == 0, "the store keeps the map"
    assert cli("valueframe", "use", "sql", "--json").json["source"] == "sql"


@pytest.mark.parametrize("words", [("rest",), ("sql", "--map", "x.toml")])
def test_a_source_needs_its_map_and_no_other(cli: Cli, words: tuple[str, ...]) -> None:
    assert cli("valueframe", "use", *words).code == 2


def test_r27_a_key_goes_to_the_keyring_and_nowhere_else(
    cli: Cli, keys: KeyringInMemory, field_map: Path, home: Path
) -> None:
    cli("valueframe", "use", "rest", "--map", str(field_map))
    assert [one["key_stored"] for one in cli("valueframe", "show", "--json").json["resources"]] == [False] * 3
    secret = "salainen-siirtoavain"
    answer = cli("valueframe", "key", "valueframe-events", "--secret-stdin", "--json", stdin=f"{secret}\n")
    assert answer.json == {"key": "valueframe-events", "key_stored": True}
    assert (
        "valueframe-events"
        in cli("valueframe", "key", "valueframe-events", "--secret-stdin", stdin=secret).out
    )
    assert keys.get_password("vfadmin", "valueframe-events") == secret
    assert [path for path in home.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()] == []
    assert cli("valueframe", "key", "valueframe-events").code == 2
    other = cli("valueframe", "key", "ews", "--secret-stdin", "--json", stdin=secret)
    assert (other.code, other.json["error"]["code"]) == (2, "VF-REST-16")


@pytest.mark.usefixtures("stored")
def test_companies_and_persons_are_taken_over_and_followed(
    cli: Cli, field_map: Path, simulator: ValueFrameSimulator
) -> None:
    assert cli("valueframe", "pull", "--json").json["error"]["code"] == "VF-REST-14"
    cli("valueframe", "use", "rest", "--map", str(field_map))
    first = cli("valueframe", "pull", "--json")
    assert (first.code, first.json) == (0, {"listed": 3, "added": 3, "changed": 0, "failures": []})
    people = listed(cli)
    assert (people[1]["name"], people[1]["company"]) == ("Äijö Virtanen 1", "Esimerkki Oy")
    assert people[1]["email"] == "aijo1@esim.example"
    assert [people[one]["person_active"] for one in (1, 2, 3)] == [True, True, False]
    assert cli("valueframe", "pull", "--json").json["changed"] == 0
    simulator.edit(PERSONS, 2, {"status": "Passiivinen", "lastName": "Mäki"})
    simulator.add(PERSONS, {**person(4, "Aktiivinen"), "emailAddress": "ei osoite"})
    simulator.add(PERSONS, person(5, "Lomalla"))
    again = cli("valueframe", "pull", "--json")
    assert (again.code, again.json["listed"], again.json["changed"]) == (3, 5, 1)
    codes = {one["id"]: one["error"]["code"] for one in again.json["failures"]}
    assert codes == {"4": "VF-PERSON-03", "5": "VF-REST-11"}
    changed = listed(cli)[2]
    assert (changed["name"], changed["person_active"]) == ("Äijö Mäki", False)
    assert "5" in cli("valueframe", "pull", lang="fi").out


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    ("place", "check", "code"), [("port", "tcp", "VF-REST-04"), ("ca", "certificate", "VF-REST-05")]
)
def test_the_way_to_the_host_is_looked_at_first(
    cli: Cli, field_map: Path, simulator: ValueFrameSimulator, place: str, check: str, code: str
) -> None:
    text = field_map.read_text(encoding="utf-8")
    changed = (
        text.replace(simulator.url, "https://127.0.0.1:1/rest/v2")
        if place == "port"
        else text.replace(f'ca_file = "{simulator.ca_file.as_posix()}"', "")
    )
    field_map.write_text(changed, encoding="utf-8")
    answer = cli("valueframe", "check", "--map", str(field_map), "--json")
    assert answer.code == 1
    last = answer.json[-1]
    assert (last["check"], last["ok"], last["code"]) == (check, False, code)
    assert simulator.requests == []


@pytest.mark.usefixtures("stored")
def test_a_field_that_has_to_say_something_and_does_not_is_named(
    cli: Cli, field_map: Path, simulator: ValueFrameSimulator
) -> None:
    simulator.edit(EVENTS, 1, {"startDateTime": "", "ownerId": None})
    answer = cli("valueframe", "check", "--map", str(field_map), "--json")
    named = [step["detail"] for step in answer.json if step["check"] == "rest_field"]
    assert named == [f"{EVENTS}.ownerId", f"{EVENTS}.startDateTime"]


@pytest.fixture
def trial() -> Iterator[dict[str, Any]]:
    """`vfadmin simulator serve --valueframe`, as it introduces itself."""
    command = [sys.executable, "-m", "vfadmin", "simulator", "serve", "--mailboxes", "2", "--valueframe"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())["valueframe"]
        process.terminate()
        process.wait(30)


@pytest.mark.usefixtures("keys")
def test_the_simulator_serves_an_interface_that_the_sample_map_leads_to(
    cli: Cli, trial: dict[str, Any]
) -> None:
    assert cli("valueframe", "check", "--map", trial["field_map"]).code == 1, "no key is stored yet"
    for name, key in trial["keys"].items():
        assert cli("valueframe", "key", name, "--secret-stdin", stdin=f"{key}\n").code == 0
    checked = cli("valueframe", "check", "--map", trial["field_map"], "--json")
    assert (checked.code, [step["ok"] for step in checked.json]) == (0, [True] * len(checked.json))
    assert cli("valueframe", "use", "rest", "--map", trial["field_map"]).code == 0
    assert cli("valueframe", "pull").code == 0
    assert {number: row["name"] for number, row in listed(cli).items()} == {1: "Person 1", 2: "Person 2"}
    assert {row["company"] for row in listed(cli).values()} == {"Esimerkki Oy"}
