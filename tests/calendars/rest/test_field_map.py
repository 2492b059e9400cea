"""The settings file: strict, and every complaint says where and what."""

from __future__ import annotations

from pathlib import Path

import pytest

from vfadmin import assets
from vfadmin.calendars.rest import load, parse
from vfadmin.errors import CalendarError

SAMPLE = assets.read_text("valueframe/field-map.toml")
PATH = Path("kartta.toml")
SHORT = """
[valueframe]
user = "esimerkki"
[events]
resource = "/kalenteritapahtumat/"
key = "valueframe-events"
[events.fields]
id = "id"
person = "ownerId"
title = "title"
start = "start"
end = "end"
"""


def complaint(text: str) -> tuple[str, str, str]:
    """Where a text is wrong, what about it, and the value that is."""
    with pytest.raises(CalendarError) as raised:
        parse(text, PATH)
    found = raised.value.failure
    assert found.code == "VF-REST-01"
    assert found.params["path"] == "kartta.toml"
    params = {name: str(value) for name, value in found.params.items()}
    return params.get("field", ""), params["problem"], params.get("value", "")


def test_the_sample_is_a_map_of_all_resources() -> None:
    found = load(assets.path("valueframe/field-map.toml"))
    assert [one.kind for one in found.resources] == ["events", "companies", "persons"]
    assert (found.host, found.port, found.zone) == ("rest.valueframe.com", 443, "Europe/Helsinki")
    assert found.events.values["show_as"]["Varattu"] == "busy"
    assert found.persons is not None
    assert found.persons.values["active"] == {"Aktiivinen": True, "Passiivinen": False}
    assert found.fingerprint != parse(SAMPLE + "\n", PATH).fingerprint


def test_little_is_needed_and_the_rest_has_defaults() -> None:
    found = parse(SHORT, PATH)
    assert (found.url, found.events.resource) == (
        "https://rest.valueframe.com/rest/v2",
        "kalenteritapahtumat",
    )
    assert found.events.verbs == {"GET"}
    assert (found.companies, found.persons, found.ca_file) == (None, None, None)


def test_what_a_commented_line_of_the_sample_offers_is_understood() -> None:
    text = SAMPLE
    for line in (
        'rows_in = "data"',
        'changed_since = "since"',
        "full_list_minutes = 15",
        "timeout_seconds = 60",
    ):
        assert f"# {line}" in text
        text = text.replace(f"# {line}", line)
    text = text.replace("# [events.parameters]", "[events.parameters]").replace("# ownerId =", "ownerId =")
    found = parse(text, PATH).events
    assert (found.rows_in, found.changed_since, found.parameters) == (
        "data",
        "since",
        {"ownerId": "{person}"},
    )


@pytest.mark.parametrize(
    ("line", "other", "expected"),
    [
        ("user =", "usr =", ("valueframe.user", "missing", "")),
        ('user = "esimerkki"', "user = 7", ("valueframe.user", "type", "")),
        ('title = "title"', 'tittle = "title"', ("events.fields.title", "missing", "")),
        ('end = "end"', 'end = "start"', ("events.fields.end", "twice", "start")),
        ('end = "end"', 'end = "end"\ncolour = "c"', ("events.fields.colour", "unknown", "")),
        ('end = "end"', 'end = "end"\nkey = "k"', ("events.fields.stamp", "missing", "")),
        ('end = "end"', 'end = "end"\nexceptions = "e"', ("events.fields.recurrence", "missing", "")),
        ("[events.fields]", "limit = 1\n[events.fields]", ("events.limit", "value", "1")),
        ("[events.fields]", "limit = true\n[events.fields]", ("events.limit", "type", "")),
        ("[events.fields]", 'paging = "no"\n[events.fields]', ("events.paging", "type", "")),
        ("[events.fields]", 'verbs = ["PATCH"]\n[events.fields]', ("events.verbs", "value", "PATCH")),
        ("[events.fields]", 'verbs = ["POST"]\n[events.fields]', ("events.verbs", "missing", "GET")),
        ("[events.fields]", "verbs = 3\n[events.fields]", ("events.verbs", "type", "")),
        ("[events.fields]", 'update = "some"\n[events.fields]', ("events.update", "value", "some")),
        ("[events.fields]", 'time_format = "%d"\n[events.fields]', ("events.time_format", "value", "%d")),
        ("[events.fields]", "parameters = 3\n[events.fields]", ("events.parameters", "type", "")),
        ('"valueframe-events"', '"ews"', ("events.key", "value", "ews")),
        ("[valueframe]", '[valueframe]\nurl = "http://x"', ("valueframe.url", "https", "http://x")),
        ("[valueframe]", '[valueframe]\nurl = "https://["', ("valueframe.url", "https", "https://[")),
        ("[valueframe]", '[valueframe]\ntime_zone = "Oulu"', ("valueframe.time_zone", "zone", "Oulu")),
        ("[valueframe]", "[rest]\n[valueframe]", ("rest", "unknown", "")),
        ("[events]", "[event]", ("events.resource", "missing", "")),
    ],
)
def test_what_is_wrong_is_named_with_its_place(line: str, other: str, expected: tuple[str, str, str]) -> None:
    assert line in SHORT
    assert complaint(SHORT.replace(line, other, 1)) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ('[events.values.show_as]\nA = "busy"', ("events.values.show_as", "unmapped", "")),
        ("[events.values.title]\nA = true", ("events.values.title", "unknown", "")),
        ('[companies]\nresource = "c"\nkey = "valueframe-c"', ("companies.fields", "missing", "")),
        (
            '[persons]\nresource = "p"\nkey = "valueframe-p"\n[persons.fields]\nid = "id"\nfirst_name = "f"',
            ("persons.fields.name", "missing", ""),
        ),
    ],
)
def test_values_and_other_resources_are_looked_at_as_closely(
    more: str, expected: tuple[str, str, str]
) -> None:
    assert complaint(f"{SHORT}\n{more}") == expected


def test_a_value_of_ours_that_is_none_is_named() -> None:
    text = SAMPLE.replace('"Varattu" = "busy"', '"Varattu" = "varattu"')
    assert complaint(text) == ("events.values.show_as.Varattu", "value", "varattu")
    text = SAMPLE.replace('"Julkinen" = false', '"Julkinen" = 0')
    assert complaint(text) == ("events.values.private.Julkinen", "value", "0")


def test_what_is_no_toml_or_cannot_be_read_is_said(tmp_path: Path) -> None:
    assert complaint("[valueframe")[1] == "syntax"
    for path in (tmp_path / "puuttuu.toml", tmp_path):
        with pytest.raises(CalendarError) as raised:
            load(path)
        assert raised.value.failure.params["problem"] == "unreadable"
