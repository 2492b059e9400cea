"""One event: made, read, changed, deleted ("event resource type")."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from tests.simulator.graph.caller import KEY, Caller, at, error_of, event
from tests.simulator.wire import Wire
from vfadmin.simulator import OutlookUser

MOMENT = datetime(2026, 3, 11, 8, tzinfo=UTC)


def test_an_event_made_through_graph_is_read_back(graph: Caller) -> None:
    made = graph.create(
        event(
            body={"contentType": "text", "content": "yksi\nkaksi"},
            location={"displayName": "Sali"},
            showAs="oof",
            sensitivity="private",
            importance="high",
            categories=["Sininen"],
            isReminderOn=True,
            reminderMinutesBeforeStart=30,
        )
    )

    read = graph.get(f"events/{made['id']}")

    assert {name: value for name, value in read.items() if name != "@odata.context"} == {
        name: value for name, value in made.items() if name != "@odata.context"
    }
    assert read["start"] == {"dateTime": "2026-03-11T08:00:00.0000000", "timeZone": "UTC"}
    assert (read["showAs"], read["sensitivity"], read["importance"]) == ("oof", "private", "high")
    assert (read["location"]["displayName"], read["categories"]) == ("Sali", ["Sininen"])
    assert (read["isReminderOn"], read["reminderMinutesBeforeStart"]) == (True, 30)
    assert read["body"]["contentType"] == "html"
    assert read["bodyPreview"] == "yksi\r\nkaksi"
    assert read["@odata.etag"] == f'W/"{read["changeKey"]}"'
    assert (read["type"], read["seriesMasterId"], read["recurrence"]) == ("singleInstance", None, None)
    assert (read["isOrganizer"], read["responseStatus"]["response"]) == (True, "organizer")


def test_ews_sees_what_graph_made_and_where_it_was_deleted_to(
    graph: Caller, ews: Wire, anna: OutlookUser
) -> None:
    made = graph.create()
    ((item_id, _),) = ews.get(made["id"].translate(str.maketrans("-_", "/+")), "item:Subject").item_ids()

    assert graph.call("DELETE", f"events/{made['id']}").status_code == 204

    assert item_id.translate(str.maketrans("/+", "-_")) == made["id"]
    assert [item.subject for item in anna.deleted_items()] == ["palaveri"]
    assert error_of(graph.call("GET", f"events/{made['id']}")) == (404, "ErrorItemNotFound")


def test_a_stale_etag_is_refused_with_412(graph: Caller) -> None:
    made = graph.create()
    graph.patch(made["id"], {"subject": "toinen"}, If_Match=made["@odata.etag"])

    late = graph.call("PATCH", f"events/{made['id']}", {"subject": "kolmas"}, If_Match=made["@odata.etag"])
    gone = graph.call("DELETE", f"events/{made['id']}", If_Match=made["@odata.etag"])

    assert error_of(late) == error_of(gone) == (412, "ErrorIrresolvableConflict")
    assert graph.get(f"events/{made['id']}")["subject"] == "toinen"


def test_the_same_create_again_answers_the_event_it_made(graph: Caller) -> None:
    value = event(transactionId="3a1c7f1e-0001")
    first, again = graph.create(value), graph.create(value)

    assert first["id"] == again["id"]
    assert len(graph.get("events")["value"]) == 1


def test_another_create_under_a_used_transaction_is_refused_and_names_the_event(graph: Caller) -> None:
    first = graph.create(event(transactionId="3a1c7f1e-0001"))

    other = graph.call("POST", "events", event("toinen", transactionId="3a1c7f1e-0001"))

    assert error_of(other) == (400, "ErrorDuplicateTransactionId")
    assert other.json()["error"]["@event.existingEventId"] == first["id"]


def test_extended_properties_are_kept_searched_and_expanded(graph: Caller) -> None:
    made = graph.create(event(singleValueExtendedProperties=[{"id": KEY, "value": "k'1"}]))
    graph.create(event("toinen"))

    found = graph.get(
        "events",
        {
            "$filter": f"singleValueExtendedProperties/Any(ep: ep/id eq '{KEY}' and ep/value eq 'k''1')",
            "$expand": f"singleValueExtendedProperties($filter=id eq '{KEY}')",
        },
    )

    assert [one["id"] for one in found["value"]] == [made["id"]]
    assert found["value"][0]["singleValueExtendedProperties"] == [{"id": KEY, "value": "k'1"}]
    assert "singleValueExtendedProperties" not in graph.get(f"events/{made['id']}")


def test_all_day_events_stand_on_midnights(graph: Caller) -> None:
    day = at("2026-03-11T00:00:00", "2026-03-12T00:00:00", "Europe/Helsinki")

    made = graph.create({"subject": "loma", "isAllDay": True, **day})

    wrong = graph.call("POST", "events", event(isAllDay=True))
    assert error_of(wrong) == (400, "ErrorInvalidRequest")
    assert "midnight" in wrong.json()["error"]["message"]
    assert made["start"] == {"dateTime": "2026-03-11T00:00:00.0000000", "timeZone": "UTC"}
    assert made["originalStartTimeZone"] == "FLE Standard Time"


def test_immutable_ids_survive_a_move_and_others_do_not(graph: Caller, anna: OutlookUser) -> None:
    made = graph.create(prefer='IdType="ImmutableId"')
    plain = graph.get("events")["value"][0]["id"]
    other = graph.call("POST", "calendars", {"name": "Toinen"}).json()
    anna.move(plain.translate(str.maketrans("-_", "/+")), "Toinen")

    moved = graph.get(f"calendars/{other['id']}/events/{made['id']}", prefer='IdType="ImmutableId"')

    assert moved["id"] == made["id"]
    assert error_of(graph.call("GET", f"events/{plain}")) == (404, "ErrorItemNotFound")


def test_ids_are_translated_from_ews_to_graph_and_back(graph: Caller, anna: OutlookUser) -> None:
    ews_id = anna.create(subject="x", start=MOMENT, end=MOMENT + timedelta(hours=1))
    chain = ["ewsId", "restImmutableEntryId", "entryId", "immutableEntryId", "restId", "ewsId"]
    current = ews_id
    for source, target in pairwise(chain):
        body = {"inputIds": [current], "sourceIdType": source, "targetIdType": target}
        current = graph.call("POST", "translateExchangeIds", body).json()["value"][0]["targetId"]
    assert current == ews_id
