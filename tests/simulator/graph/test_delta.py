"""calendarView/delta ("Get incremental changes to events in a calendar view")."""

from __future__ import annotations

from tests.simulator.graph.caller import WINDOW, Caller, at, error_of, event, weekly


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
