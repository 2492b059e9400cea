"""Calendars ("calendar resource type")."""

from __future__ import annotations

from tests.simulator.graph.caller import Caller, error_of, event
from vfadmin.simulator import OutlookUser


def test_the_default_calendar_is_there_and_stays(graph: Caller) -> None:
    (only,) = graph.get("calendars")["value"]

    assert (only["isDefaultCalendar"], only["canEdit"], only["owner"]["address"]) == (
        True,
        True,
        "a@example.test",
    )
    assert graph.get("calendar")["id"] == only["id"]
    assert error_of(graph.call("DELETE", f"calendars/{only['id']}")) == (
        400,
        "ErrorDeleteDistinguishedFolder",
    )
    assert error_of(graph.call("PATCH", "calendar", {"name": "x"})) == (400, "ErrorInvalidRequest")


def test_a_calendar_is_made_renamed_and_deleted(graph: Caller, anna: OutlookUser) -> None:
    made = graph.call("POST", "calendars", {"name": "ValueFrame"}).json()
    kept = graph.create(path=f"calendars/{made['id']}/events")

    assert error_of(graph.call("POST", "calendars", {"name": "valueframe"})) == (409, "ErrorFolderExists")
    renamed = graph.call("PATCH", f"calendars/{made['id']}", {"name": "VF"}).json()
    assert (renamed["id"], renamed["name"]) == (made["id"], "VF")
    assert [one["name"] for one in graph.get("calendars")["value"]] == ["Calendar", "VF"]
    assert graph.get(f"calendars/{made['id']}/events/{kept['id']}")["subject"] == "palaveri"
    assert [item.subject for item in anna.items("VF")] == ["palaveri"]
    assert graph.call("DELETE", f"calendars/{made['id']}").status_code == 204
    assert error_of(graph.call("GET", f"calendars/{made['id']}")) == (404, "ErrorItemNotFound")
    assert error_of(graph.call("GET", f"events/{kept['id']}")) == (404, "ErrorItemNotFound")


def test_an_event_is_not_in_another_calendar(graph: Caller) -> None:
    other = graph.call("POST", "calendars", {"name": "Toinen"}).json()["id"]
    made = graph.create(event())

    assert error_of(graph.call("GET", f"calendars/{other}/events/{made['id']}")) == (404, "ErrorItemNotFound")
    assert graph.get(f"calendar/events/{made['id']}")["id"] == made["id"]
    assert graph.get(f"events/{made['id']}/calendar")["isDefaultCalendar"] is True


def test_calendar_ids_do_not_depend_on_the_kind_of_ids(graph: Caller) -> None:
    assert graph.get("calendar")["id"] == graph.get("calendar", prefer='IdType="ImmutableId"')["id"]


def test_a_delta_is_of_one_calendar(graph: Caller) -> None:
    other = graph.call("POST", "calendars", {"name": "Toinen"}).json()["id"]
    graph.create(event("a"), f"calendars/{other}/events")
    graph.create(event("b"))

    here, link = graph.delta()
    there, _ = graph.delta(calendar=f"calendars/{other}/")

    assert ([one["subject"] for one in here], [one["subject"] for one in there]) == (["b"], ["a"])
    wrong = link.replace("/calendarView", f"/calendars/{other}/calendarView")
    assert error_of(graph.call("GET", wrong)) == (400, "ErrorInvalidUrlQuery")


def test_a_calendar_needs_a_name(graph: Caller) -> None:
    assert error_of(graph.call("POST", "calendars", {"name": " "})) == (400, "ErrorInvalidRequest")
    assert error_of(graph.call("POST", "calendars", {"colour": "x"})) == (400, "RequestBodyRead")
    assert error_of(graph.call("GET", "calendars/nonsense")) == (400, "ErrorInvalidIdMalformed")
