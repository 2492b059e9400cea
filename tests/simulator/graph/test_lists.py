"""Lists of events and their parameters ("Use query parameters to customize responses")."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.simulator.graph.caller import KEY, WINDOW, Caller, at, error_of, event, weekly
from vfadmin.simulator import OutlookUser
from vfadmin.simulator.graph.moments import read_instant

ANY = "singleValueExtendedProperties/any"
NUMBER = "Integer {66f5a359-4659-4830-9070-00047ec6ac6e} Id 0x8001"


@pytest.fixture
def three(graph: Caller) -> list[Any]:
    """Events on three days, each with something of its own."""
    return [
        graph.create(
            event(
                "Aamu", **at("2026-03-10T06:00:00", "2026-03-10T07:00:00"), categories=["Sininen"],
                singleValueExtendedProperties=[{"id": NUMBER, "value": "7"}],
            )
        ),
        graph.create(
            event(
                "päivä", **at("2026-03-11T12:00:00", "2026-03-11T13:00:00"), showAs="free",
                location={"displayName": "Sali"},
                singleValueExtendedProperties=[{"id": NUMBER, "value": "10"}],
            )
        ),
        graph.create(
            event(
                "loma", isAllDay=True, sensitivity="private",
                **at("2026-03-12T00:00:00", "2026-03-13T00:00:00"),
            )
        ),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("start/dateTime ge '2026-03-11T00:00:00Z'", ["päivä", "loma"]),
        ("start/dateTime ge '2026-03-11T00:00' and end/dateTime le '2026-03-12T00:00'", ["päivä"]),
        ("start/dateTime lt 2026-03-11T00:00:00Z", ["Aamu"]),
        ("subject eq 'AAMU'", ["Aamu"]),
        ("startswith(subject,'PÄI') or isAllDay eq true", ["päivä", "loma"]),
        ("contains(subject, 'm')", ["Aamu", "loma"]),
        ("not (subject eq 'loma')", ["Aamu", "päivä"]),
        ("sensitivity eq 'private'", ["loma"]),
        ("showAs ne 'busy'", ["päivä"]),
        ("location/displayName eq 'sali'", ["päivä"]),
        ("categories/any(c:c eq 'sininen')", ["Aamu"]),
        ("isCancelled eq false and type eq 'singleInstance'", ["Aamu", "päivä", "loma"]),
        (f"{ANY}(ep: ep/id eq '{NUMBER}' and cast(ep/value, Edm.Int32) gt 8)", ["päivä"]),
        (f"{ANY}(ep: ep/id eq '{NUMBER}' and ep/value eq '7')", ["Aamu"]),
        (f"{ANY}(ep: ep/id eq '{KEY}')", []),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("three")
def test_a_filter(graph: Caller, text: str, found: list[str]) -> None:
    listed = graph.get("events", {"$filter": text, "$orderby": "start/dateTime"})

    assert [one["subject"] for one in listed["value"]] == found


def test_an_event_is_found_by_its_icaluid(graph: Caller, three: list[Any]) -> None:
    found = graph.get("events", {"$filter": f"iCalUId eq '{three[1]['iCalUId']}'"})

    assert [one["id"] for one in found["value"]] == [three[1]["id"]]


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"$filter": "subject eq"}, "BadRequest"),
        ({"$filter": "subject eq 'x' garbage"}, "BadRequest"),
        ({"$filter": "subject eq 5"}, "BadRequest"),
        ({"$filter": "isAllDay gt true"}, "BadRequest"),
        ({"$filter": "(" * 60 + "isAllDay eq true" + ")" * 60}, "BadRequest"),
        ({"$filter": "body/content eq 'x'"}, "ErrorInvalidProperty"),
        ({"$filter": "transactionId eq 'x'"}, "ErrorInvalidProperty"),
        ({"$filter": "singleValueExtendedProperties/any(ep: ep/value eq 'x')"}, "BadRequest"),
        ({"$filter": "start/dateTime gt 'soon'"}, "ErrorInvalidParameter"),
        ({"$orderby": "body"}, "ErrorInvalidProperty"),
        ({"$orderby": "subject sideways"}, "ErrorInvalidProperty"),
        ({"$select": "colour"}, "BadRequest"),
        ({"$expand": "colour"}, "BadRequest"),
        ({"$expand": "singleValueExtendedProperties"}, "ErrorInvalidUrlQueryFilter"),
        ({"$expand": "singleValueExtendedProperties($filter=id eq 'x')"}, "ErrorInvalidProperty"),
        ({"$top": "-1"}, "BadRequest"),
        ({"$top": "1001"}, "ErrorInvalidUrlQuery"),
        ({"$search": '"x"'}, "BadRequest"),
        ({"$colour": "x"}, "RequestBroker--ParseUri"),
    ],
)
def test_a_parameter_that_is_none_is_refused(graph: Caller, params: dict[str, str], code: str) -> None:
    assert error_of(graph.call("GET", "events", params=params)) == (400, code)


def test_a_list_comes_in_pages_of_ten(graph: Caller) -> None:
    for number in range(12):
        graph.create(event(str(number)))

    first = graph.get("events", {"$count": "true", "$select": "subject"})
    second = graph.get(first["@odata.nextLink"])

    assert (first["@odata.count"], len(first["value"]), len(second["value"])) == (12, 10, 2)
    assert first["value"][0].keys() == {"@odata.etag", "id", "subject"}
    assert "@odata.nextLink" not in second
    assert len(graph.get("events", {"$top": "12"})["value"]) == 12
    assert len(graph.get("events", prefer="odata.maxpagesize=3")["value"]) == 3


def test_links_go_to_the_host_that_was_asked(graph: Caller) -> None:
    for number in range(2):
        graph.create(event(str(number)))

    page = graph.get("events", {"$top": "1", "$filter": "subject ne 'x y+z'"})

    assert page["@odata.nextLink"].startswith(f"{graph.simulator.graph_url}/users/a@example.test/events?")
    assert [one["subject"] for one in graph.get(page["@odata.nextLink"])["value"]] == ["1"]


def test_several_extended_properties_expand_at_once(graph: Caller) -> None:
    many = "StringArray {66f5a359-4659-4830-9070-00047ec6ac6e} Name list"
    made = graph.create(
        event(
            singleValueExtendedProperties=[{"id": KEY, "value": "k"}, {"id": NUMBER, "value": "7"}],
            multiValueExtendedProperties=[{"id": many, "value": ["a", "b"]}],
        )
    )
    wanted = (
        f"singleValueExtendedProperties($filter=id eq '{KEY}' or id eq '{NUMBER}'),"
        f"multiValueExtendedProperties($filter=id eq '{many}')"
    )

    read = graph.get(f"events/{made['id']}", {"$expand": wanted, "$select": "subject"})

    assert [one["value"] for one in read["singleValueExtendedProperties"]] == ["k", "7"]
    assert read["multiValueExtendedProperties"] == [{"id": many, "value": ["a", "b"]}]


def test_a_view_shows_occurrences_in_the_place_of_a_series(graph: Caller, three: list[Any]) -> None:
    graph.create(event("sarja", recurrence=weekly(count=2)))

    shown = graph.get("calendarView", WINDOW | {"$orderby": "start/dateTime"})["value"]

    assert [one["subject"] for one in shown] == ["Aamu", "sarja", "päivä", "loma", "sarja"]
    assert {one["type"] for one in shown} == {"singleInstance", "occurrence"}
    assert [one["type"] for one in graph.get("events", {"$filter": "subject eq 'sarja'"})["value"]] == [
        "seriesMaster"
    ]
    assert len(three) == 3


def test_times_come_in_the_zone_preferred(graph: Caller) -> None:
    made = graph.create()

    helsinki = graph.call("GET", f"events/{made['id']}", prefer='outlook.timezone="Europe/Helsinki"')
    windows = graph.get(f"events/{made['id']}", prefer='outlook.timezone="Tokyo Standard Time"')
    unknown = graph.call("GET", f"events/{made['id']}", prefer='outlook.timezone="Nowhere"')

    assert helsinki.json()["start"] == {
        "dateTime": "2026-03-11T10:00:00.0000000", "timeZone": "Europe/Helsinki",
    }  # fmt: skip
    assert helsinki.headers["Preference-Applied"] == 'outlook.timezone="Europe/Helsinki"'
    assert windows["start"]["dateTime"].startswith("2026-03-11T17:00")
    assert error_of(unknown) == (400, "TimeZoneNotSupportedException")


def test_a_window_is_open_at_its_end(graph: Caller, anna: OutlookUser) -> None:
    start = read_instant("2026-03-11T08:00:00Z", "start")
    anna.create(subject="x", start=start, end=start + timedelta(hours=1))

    def shown(first: str, last: str) -> int:
        params = {"startDateTime": f"2026-03-11T{first}", "endDateTime": f"2026-03-11T{last}"}
        return len(graph.get("calendarView", params)["value"])

    assert [shown("07:00", "08:00"), shown("08:30", "08:40"), shown("09:00", "10:00")] == [0, 1, 0]
    assert shown("10:00:00+02:00", "10:30:00+02:00") == 1
