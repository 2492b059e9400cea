"""Series ("patternedRecurrence resource type", "List instances")."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.graph.caller import WINDOW, Caller, at, error_of, event, weekly
from vfadmin.simulator import OutlookUser

YEARS = {"startDateTime": "2026-01-01T00:00:00Z", "endDateTime": "2030-12-31T00:00:00Z"}


def rule(pattern: dict[str, Any], limits: dict[str, Any] | None = None) -> dict[str, Any]:
    limits = limits or {"type": "numbered", "numberOfOccurrences": 3}
    return {"pattern": {"interval": 1, **pattern}, "range": {"startDate": "2026-03-11", **limits}}


WORKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday"]
PATTERNS: list[tuple[dict[str, Any], dict[str, Any] | None, list[str]]] = [
    ({"type": "daily", "interval": 2}, None, ["2026-03-11", "2026-03-13", "2026-03-15"]),
    (
        {"type": "weekly", "daysOfWeek": ["monday", "wednesday"]},
        None,
        ["2026-03-11", "2026-03-16", "2026-03-18"],
    ),
    ({"type": "absoluteMonthly", "dayOfMonth": 31}, None, ["2026-03-31", "2026-04-30", "2026-05-31"]),
    (
        {"type": "relativeMonthly", "daysOfWeek": ["friday"], "index": "last"},
        None,
        ["2026-03-27", "2026-04-24", "2026-05-29"],
    ),
    (
        {"type": "relativeMonthly", "daysOfWeek": WORKDAYS, "index": "first"},
        None,
        ["2026-04-01", "2026-05-01", "2026-06-01"],
    ),
    (
        {"type": "absoluteYearly", "dayOfMonth": 6, "month": 12},
        None,
        ["2026-12-06", "2027-12-06", "2028-12-06"],
    ),
    (
        {"type": "relativeYearly", "daysOfWeek": ["sunday"], "index": "second", "month": 5},
        None,
        ["2026-05-10", "2027-05-09", "2028-05-14"],
    ),
    ({"type": "daily"}, {"type": "endDate", "endDate": "2026-03-12"}, ["2026-03-11", "2026-03-12"]),
]


@pytest.mark.parametrize(("pattern", "limits", "days"), PATTERNS)
def test_every_kind_of_pattern(
    graph: Caller, pattern: dict[str, Any], limits: dict[str, Any] | None, days: list[str]
) -> None:
    recurrence = rule(pattern, limits)
    master = graph.create(event(recurrence=recurrence))

    instances = graph.get(f"events/{master['id']}/instances", YEARS)["value"]

    assert [one["start"]["dateTime"][:10] for one in instances] == days
    assert {one["type"] for one in instances} == {"occurrence"}
    assert {one["seriesMasterId"] for one in instances} == {master["id"]}
    read = graph.get(f"events/{master['id']}")["recurrence"]
    assert read["pattern"]["type"] == recurrence["pattern"]["type"]
    assert read["range"]["type"] == recurrence["range"]["type"]
    given = recurrence["pattern"].get("daysOfWeek")
    assert given is None or sorted(read["pattern"]["daysOfWeek"]) == sorted(given)


def test_a_series_without_end(graph: Caller) -> None:
    master = graph.create(event(recurrence=rule({"type": "daily"}, {"type": "noEnd"})))

    assert master["recurrence"]["range"] == {
        "type": "noEnd", "startDate": "2026-03-11", "endDate": "0001-01-01", "recurrenceTimeZone": "UTC",
        "numberOfOccurrences": 0,
    }  # fmt: skip
    first = graph.get(f"events/{master['id']}/instances", WINDOW | {"$top": "50"})["value"]
    assert len(first) == 21


def test_a_series_keeps_the_wall_clock_over_the_change_to_summer_time(graph: Caller) -> None:
    times = at("2026-03-25T09:00:00", "2026-03-25T10:00:00", "Europe/Helsinki")
    limits = {"type": "numbered", "numberOfOccurrences": 2, "recurrenceTimeZone": "Europe/Helsinki"}
    recurrence = rule({"type": "weekly", "daysOfWeek": ["wednesday"]}, limits | {"startDate": "2026-03-25"})
    master = graph.create({"subject": "x", **times, "recurrence": recurrence})

    instances = graph.get(f"events/{master['id']}/instances", YEARS)["value"]

    assert [one["start"]["dateTime"] for one in instances] == [
        "2026-03-25T07:00:00.0000000", "2026-04-01T06:00:00.0000000",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "recurrence",
    [
        {},
        rule({"type": "hourly"}),
        rule({"type": "weekly"}),
        rule({"type": "daily", "interval": 0}),
        rule({"type": "absoluteYearly", "dayOfMonth": 6, "month": 13}),
        rule({"type": "daily"}, {"type": "endDate"}),
        rule({"type": "daily"}, {"type": "endDate", "endDate": "2020-01-01"}),
        rule({"type": "daily"}, {"type": "numbered", "numberOfOccurrences": 0}),
    ],
)
def test_a_rule_that_is_none_is_refused(graph: Caller, recurrence: dict[str, Any]) -> None:
    assert graph.call("POST", "events", event(recurrence=recurrence)).status_code == 400


def test_an_occurrence_becomes_an_exception(graph: Caller, anna: OutlookUser) -> None:
    master = graph.create(event(recurrence=weekly(count=3)))
    second = graph.get(f"events/{master['id']}/instances", WINDOW)["value"][1]

    moved = graph.patch(
        second["id"], {"subject": "siirretty", **at("2026-03-19T08:00:00", "2026-03-19T09:00:00")}
    )

    assert (moved["type"], moved["id"], moved["seriesMasterId"]) == ("exception", second["id"], master["id"])
    assert moved["originalStart"] == "2026-03-18T08:00:00Z"
    assert [one["type"] for one in graph.get(f"events/{master['id']}/instances", WINDOW)["value"]] == [
        "occurrence", "exception", "occurrence",
    ]  # fmt: skip
    (item,) = anna.items()
    assert len(item.exceptions) == 1
    uids = {one["iCalUId"] for one in graph.get("calendarView", WINDOW)["value"]}
    assert len(uids) == 3


def test_a_master_tells_its_exceptions_and_what_was_cancelled(graph: Caller) -> None:
    master = graph.create(event(recurrence=weekly(count=3)))
    first, second, _ = graph.get(f"events/{master['id']}/instances", WINDOW)["value"]
    graph.patch(first["id"], {"subject": "muutettu"})
    graph.call("DELETE", f"events/{second['id']}")

    read = graph.get(
        f"events/{master['id']}",
        {"$select": "subject,cancelledOccurrences,exceptionOccurrences", "$expand": "exceptionOccurrences"},
    )

    assert read["cancelledOccurrences"] == [f"OID.{master['id']}.2026-03-18"]
    assert [one["subject"] for one in read["exceptionOccurrences"]] == ["muutettu"]
    assert "cancelledOccurrences" not in graph.get(f"events/{master['id']}")


def test_an_occurrence_stays_between_its_neighbours(graph: Caller) -> None:
    master = graph.create(event(recurrence=weekly(count=3)))
    first = graph.get(f"events/{master['id']}/instances", WINDOW)["value"][0]

    refused = graph.call("PATCH", f"events/{first['id']}", at("2026-03-18T06:00:00", "2026-03-18T07:00:00"))

    assert error_of(refused) == (400, "ErrorOccurrenceCrossingBoundary")


def test_a_deleted_occurrence_is_gone_and_the_rest_is_there(graph: Caller) -> None:
    master = graph.create(event(recurrence=weekly(count=2)))
    first = graph.get(f"events/{master['id']}/instances", WINDOW)["value"][0]

    assert graph.call("DELETE", f"events/{first['id']}").status_code == 204

    assert error_of(graph.call("GET", f"events/{first['id']}")) == (404, "ErrorItemNotFound")
    assert len(graph.get(f"events/{master['id']}/instances", WINDOW)["value"]) == 1
    assert error_of(graph.call("PATCH", f"events/{first['id']}", {"recurrence": None})) == (
        404,
        "ErrorItemNotFound",
    )


def test_occurrences_go_by_immutable_ids_too(graph: Caller) -> None:
    prefer = 'IdType="ImmutableId"'
    master = graph.create(event(recurrence=weekly(count=2)), prefer=prefer)
    second = graph.get(f"events/{master['id']}/instances", WINDOW, prefer=prefer)["value"][1]

    assert second["seriesMasterId"] == master["id"]
    assert graph.get(f"events/{second['id']}", prefer=prefer)["id"] == second["id"]


def test_a_series_becomes_a_single_event_and_back(graph: Caller) -> None:
    made = graph.create(event(recurrence=weekly()))

    assert graph.patch(made["id"], {"recurrence": None})["type"] == "singleInstance"
    assert graph.patch(made["id"], {"recurrence": weekly(count=2)})["type"] == "seriesMaster"


def test_instances_are_a_series(graph: Caller) -> None:
    made = graph.create()

    assert error_of(graph.call("GET", f"events/{made['id']}/instances", params=WINDOW)) == (
        400,
        "ErrorInvalidRequest",
    )
    assert error_of(graph.call("GET", f"events/{made['id']}/instances")) == (400, "ErrorInvalidParameter")
