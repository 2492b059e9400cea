"""calendarView/delta ("Get incremental changes to events in a calendar view")."""

from __future__ import annotations

import re

import pytest

from tests.simulator.graph.caller import WINDOW, Caller, at, error_of, event, weekly
from vfadmin.simulator import OutlookUser


def test_a_round_tells_all_then_only_what_changed(graph: Caller) -> None:
    kept, edited, deleted = (graph.create(event(name))["id"] for name in ("a", "b", "c"))
    first, link = graph.delta()

    graph.patch(edited, {"subject": "b2"})
    graph.call("DELETE", f"events/{deleted}")
    second, link = graph.delta(link)
    third, _ = graph.delta(link)

    assert {one["id"] for one in first} == {kept, edited, deleted}
    assert [one["subject"] for one in second if "subject" in one] == ["b2"]
    assert [one["id"] for one in second if "@removed" in one] == [deleted]
    assert third == []


def test_what_leaves_the_window_is_removed_and_still_there(graph: Caller) -> None:
    made = graph.create()
    _, link = graph.delta()
    graph.patch(made["id"], at("2027-01-01T08:00:00", "2027-01-01T09:00:00"))

    told, link = graph.delta(link)

    assert told == [
        {"@odata.type": "#microsoft.graph.event", "id": made["id"], "@removed": {"reason": "deleted"}}
    ]
    assert graph.get(f"events/{made['id']}")["start"]["dateTime"].startswith("2027-01-01")
    graph.patch(made["id"], at())
    assert [one["subject"] for one in graph.delta(link)[0]] == ["palaveri"]


def test_a_series_comes_as_master_and_abbreviated_occurrences(graph: Caller) -> None:
    master = graph.create(event(recurrence=weekly(count=3)))

    told, link = graph.delta()

    assert [one["type"] for one in told] == ["seriesMaster", *["occurrence"] * 3]
    assert told[1].keys() == {"@odata.type", "@odata.etag", "id", "seriesMasterId", "type", "start", "end"}
    assert {one["seriesMasterId"] for one in told[1:]} == {master["id"]}
    graph.call("DELETE", f"events/{told[2]['id']}")
    assert [one["id"] for one in graph.delta(link)[0] if "@removed" in one] == [told[2]["id"]]


def test_pages_are_as_large_as_preferred(graph: Caller) -> None:
    for number in range(5):
        graph.create(event(str(number)))

    page = graph.call("GET", "calendarView/delta", params=WINDOW, prefer="odata.maxpagesize=2")

    assert page.headers["Preference-Applied"] == "odata.maxpagesize=2"
    assert len(page.json()["value"]) == 2
    told, _ = graph.delta(prefer="odata.maxpagesize=2")
    assert [one["subject"] for one in told] == list("01234")


def test_delta_takes_no_select(graph: Caller) -> None:
    refused = graph.call("GET", "calendarView/delta", params=WINDOW | {"$select": "subject"})

    assert error_of(refused) == (400, "ErrorInvalidUrlQuery")


def test_a_window_is_needed(graph: Caller) -> None:
    assert error_of(graph.call("GET", "calendarView/delta")) == (400, "ErrorInvalidParameter")


def test_a_token_of_a_moved_mailbox_is_gone(graph: Caller) -> None:
    _, link = graph.delta()
    graph.simulator.move_mailbox("a@example.test")

    assert error_of(graph.call("GET", link)) == (410, "SyncStateNotFound")


@pytest.mark.parametrize("prefer", ["", 'IdType="ImmutableId"'])
def test_an_event_that_came_back_and_leaves_again_is_removed(
    graph: Caller, anna: OutlookUser, prefer: str
) -> None:
    graph.create()
    anna.add_folder("Toinen")
    away = anna.move(anna.items()[0].id, "Toinen")
    back = anna.move(away, "calendar")
    (told,), link = graph.delta(prefer=prefer)

    anna.move(back, "Toinen")
    (gone,), link = graph.delta(link, prefer=prefer)

    assert (gone["id"], gone["@removed"]) == (told["id"], {"reason": "deleted"})
    assert graph.delta(link)[0] == []


def test_what_changes_outside_the_window_is_told_as_removed(graph: Caller) -> None:
    far = graph.create({"subject": "x", **at("2027-01-01T08:00:00", "2027-01-01T09:00:00")})
    first, link = graph.delta()
    graph.patch(far["id"], {"subject": "y"})

    told, _ = graph.delta(link)

    assert first == []
    assert [(one["id"], "@removed" in one) for one in told] == [(far["id"], True)]
    assert graph.get(f"events/{far['id']}")["subject"] == "y"


def test_an_edit_in_the_middle_of_a_round_is_told_in_it_or_in_the_next(graph: Caller) -> None:
    made = [graph.create(event(name)) for name in "abc"]
    page = graph.get("calendarView/delta", WINDOW, prefer="odata.maxpagesize=1")
    graph.patch(made[0]["id"], {"subject": "a2"})
    graph.patch(made[2]["id"], {"subject": "c2"})
    graph.call("DELETE", f"events/{made[1]['id']}")

    rest, link = graph.delta(page["@odata.nextLink"])
    later, _ = graph.delta(link)

    assert page["value"][0]["subject"] == "a"
    assert [one.get("subject") for one in rest] == [None, "c2"]
    assert "@removed" in rest[0]
    assert [one["subject"] for one in later if "subject" in one] == ["a2", "c2"]
    assert [one["id"] for one in later if "@removed" in one] == [made[1]["id"]]


def test_a_page_may_be_asked_for_again(graph: Caller) -> None:
    for name in "abc":
        graph.create(event(name))
    page = graph.get("calendarView/delta", WINDOW, prefer="odata.maxpagesize=2")

    once, again = graph.get(page["@odata.nextLink"]), graph.get(page["@odata.nextLink"])

    assert once["value"] == again["value"]
    assert graph.delta(once["@odata.deltaLink"])[0] == graph.delta(again["@odata.deltaLink"])[0] == []


def test_the_oldest_states_are_forgotten(graph: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vfadmin.simulator.graph.delta_state.MOST_GENERATIONS", 4)
    _, old = graph.delta()
    for name in "abc":
        graph.create(event(name))
        graph.delta()

    refused = graph.call("GET", old)

    assert error_of(refused) == (410, "SyncStateNotFound")
    assert re.fullmatch(
        r"The sync state generation is not found; generation=\d+;\[highest=\d+\]\.",
        refused.json()["error"]["message"],
    )
