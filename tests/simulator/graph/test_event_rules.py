"""The finer rules for one event, each as Microsoft's pages have it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.clock import FakeClock
from tests.simulator.graph.caller import KEY, Caller, at, error_of, event
from tests.simulator.wire import Wire
from vfadmin.simulator import MailboxSpec, OutlookUser, Simulator, SimulatorConfig, named

START = datetime(2026, 3, 11, 8, tzinfo=UTC)
IMMUTABLE = 'IdType="ImmutableId"'


def test_what_is_not_given_has_the_services_defaults(graph: Caller) -> None:
    made = graph.create(at())

    assert (made["subject"], made["body"]["content"], made["bodyPreview"]) == ("", "", "")
    assert (made["showAs"], made["sensitivity"], made["importance"]) == ("busy", "normal", "normal")
    assert (made["isAllDay"], made["isReminderOn"], made["reminderMinutesBeforeStart"]) == (False, True, 15)
    assert (made["attendees"], made["categories"], made["locations"]) == ([], [], [])
    assert (made["allowNewTimeProposals"], made["responseRequested"], made["transactionId"]) == (
        True,
        True,
        None,
    )
    assert (made["onlineMeeting"], made["isOnlineMeeting"], made["isCancelled"]) == (None, False, False)
    assert made["organizer"]["emailAddress"] == {"name": "Anna Aalto", "address": "a@example.test"}


def test_a_body_is_kept_as_html_and_read_as_either(graph: Caller) -> None:
    html = "<p>eka</p><script>x()</script><p>toka</p>"
    made = graph.create(event(body={"contentType": "HTML", "content": html}))

    text = graph.get(f"events/{made['id']}", prefer='outlook.body-content-type="text"')

    assert made["body"]["content"].startswith("<html>")
    assert "script" not in made["body"]["content"]
    assert text["body"] == {"contentType": "text", "content": "eka\r\n\r\ntoka\r\n"}


def test_a_preview_is_the_first_255_characters_of_the_text(graph: Caller) -> None:
    made = graph.create(event(body={"contentType": "text", "content": "x" * 300}))

    assert made["bodyPreview"] == "x" * 255


@pytest.mark.parametrize(
    ("zone", "start", "kept"),
    [
        ("Europe/Helsinki", "2026-03-11T06:00:00.0000000", "FLE Standard Time"),
        ("FLE Standard Time", "2026-03-11T06:00:00.0000000", "FLE Standard Time"),
        ("Etc/UTC", "2026-03-11T08:00:00.0000000", "UTC"),
        ("America/New_York", "2026-03-11T12:00:00.0000000", "Eastern Standard Time"),
    ],
)
def test_times_in_windows_and_iana_zones(graph: Caller, zone: str, start: str, kept: str) -> None:
    made = graph.create({"subject": "x", **at(zone=zone)})

    assert made["start"] == {"dateTime": start, "timeZone": "UTC"}
    assert made["originalStartTimeZone"] == kept


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"start": {"dateTime": "2026-03-11", "timeZone": "Nowhere"}}, "TimeZoneNotSupportedException"),
        ({"start": {"dateTime": "yesterday", "timeZone": "UTC"}}, "ErrorInvalidRequest"),
        ({"start": {"timeZone": "UTC"}}, "ErrorInvalidRequest"),
        ({"start": None}, "ErrorPropertyValidationFailure"),
        ({"end": at(end="2026-03-11T07:00:00")["end"]}, "ErrorCalendarEndDateIsEarlierThanStartDate"),
        ({"subject": 5}, "RequestBodyRead"),
        ({"subject": "x" * 256}, "ErrorPropertyValidationFailure"),
        ({"showAs": "away"}, "RequestBodyRead"),
        ({"colour": "x"}, "RequestBodyRead"),
        ({"isAllDay": "yes"}, "RequestBodyRead"),
        ({"reminderMinutesBeforeStart": -1}, "RequestBodyRead"),
        ({"categories": None}, "RequestBodyRead"),
        ({"body": {"contentType": "rtf", "content": "x"}}, "RequestBodyRead"),
        ({"transactionId": ""}, "ErrorInvalidRequest"),
        ({"singleValueExtendedProperties": [{"id": "x", "value": "y"}]}, "ErrorInvalidProperty"),
        ({"singleValueExtendedProperties": [{"id": KEY, "value": 5}]}, "RequestBodyRead"),
        (
            {"singleValueExtendedProperties": [{"id": KEY.replace("String", "Integer"), "value": "y"}]},
            "ErrorInvalidExtendedPropertyValue",
        ),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_refused(graph: Caller, value: dict[str, Any], code: str) -> None:
    assert error_of(graph.call("POST", "events", event() | value)) == (400, code)
    assert graph.get("events")["value"] == []


def test_a_body_that_is_no_json_is_refused(graph: Caller) -> None:
    url = f"{graph.simulator.graph_url}/users/a@example.test/events"
    headers = {**graph.headers, "Content-Type": "application/json"}

    assert error_of(graph.http.post(url, content=b"{", headers=headers)) == (400, "BadRequest")
    assert error_of(
        graph.http.post(url, content=b"{}", headers={**headers, "Content-Type": "text/plain"})
    ) == (
        400,
        "RequestBodyRead",
    )
    assert graph.http.post(url, content=b" " * (4 * 1024 * 1024 + 1), headers=headers).status_code == 413


def test_an_update_changes_what_it_names(graph: Caller) -> None:
    made = graph.create(event(categories=["a"], location={"displayName": "Sali"}, importance="low"))

    changed = graph.patch(made["id"], {"subject": "uusi", "location": None})

    assert (changed["subject"], changed["categories"], changed["importance"]) == ("uusi", ["a"], "low")
    assert changed["location"]["displayName"] == ""
    assert (changed["id"], changed["iCalUId"]) == (made["id"], made["iCalUId"])
    assert changed["changeKey"] != made["changeKey"]


def test_a_whole_event_may_be_sent_back(graph: Caller) -> None:
    made = graph.create(event(categories=["a"]))

    again = graph.patch(made["id"], {name: value for name, value in made.items() if "@" not in name})

    varying = {"@odata.etag", "changeKey", "originalStartTimeZone"}
    assert {k: v for k, v in again.items() if k not in varying} == {
        k: v for k, v in made.items() if k not in varying
    }


def test_an_event_with_times_becomes_an_all_day_one_on_midnights_only(graph: Caller) -> None:
    made = graph.create()
    day = at("2026-03-11T00:00:00", "2026-03-12T00:00:00", "Europe/Helsinki")

    assert error_of(graph.call("PATCH", f"events/{made['id']}", {"isAllDay": True})) == (
        400,
        "ErrorInvalidRequest",
    )
    turned = graph.patch(made["id"], {"isAllDay": True, **day})
    moved = graph.patch(made["id"], at("2026-03-20T00:00:00", "2026-03-22T00:00:00", "Europe/Helsinki"))

    assert turned["start"]["dateTime"][:10] == "2026-03-11"
    assert (moved["start"]["dateTime"][:10], moved["end"]["dateTime"][:10]) == ("2026-03-20", "2026-03-22")


@pytest.mark.parametrize(
    "times",
    [
        at("2026-03-11T00:00:00", "2026-03-11T00:00:00"),
        at("2026-03-11T00:00:00", "2026-03-12T09:00:00"),
        at("2026-03-11T00:00:00") | {"end": at(end="2026-03-12T00:00:00", zone="Europe/Helsinki")["end"]},
    ],
)  # fmt: skip
def test_an_all_day_event_lasts_whole_days_of_one_zone(graph: Caller, times: dict[str, Any]) -> None:
    assert error_of(graph.call("POST", "events", {"isAllDay": True, **times})) == (400, "ErrorInvalidRequest")


def test_an_all_day_event_is_the_same_day_in_every_zone(graph: Caller, anna: OutlookUser) -> None:
    anna.create(
        subject="loma", start=datetime(2026, 3, 10, 22, tzinfo=UTC), all_day=True,
        end=datetime(2026, 3, 11, 22, tzinfo=UTC),
    )  # fmt: skip

    for zone in ("UTC", "Europe/Helsinki", "Tokyo Standard Time", "America/New_York"):
        (one,) = graph.get("events", prefer=f'outlook.timezone="{zone}"')["value"]
        assert one["start"] == {"dateTime": "2026-03-11T00:00:00.0000000", "timeZone": zone}
        assert one["end"]["dateTime"] == "2026-03-12T00:00:00.0000000"


@pytest.mark.parametrize("year", ["0001", "1601", "4501", "9999"])
def test_no_calendar_goes_beyond_its_years(graph: Caller, year: str) -> None:
    times = at(f"{year}-12-31T00:00:00", f"{year}-12-31T23:59:59", "Europe/Helsinki")
    window = {"startDateTime": f"{year}-12-30", "endDateTime": f"{year}-12-31"}

    assert error_of(graph.call("POST", "events", {**times})) == (400, "ErrorPropertyValidationFailure")
    assert error_of(graph.call("GET", "calendarView", params=window)) == (400, "ErrorInvalidParameter")
    assert graph.get("events", {"$filter": f"start/dateTime ge '{year}-12-31'"})["value"] == []


def test_minimal_answers_have_no_body(graph: Caller) -> None:
    made = graph.call("POST", "events", event(), prefer=f"{IMMUTABLE}, return=minimal")
    event_id = made.headers["Location"].partition("events('")[2].removesuffix("')")
    changed = graph.call("PATCH", f"events/{event_id}", {"subject": "x"}, prefer="return=minimal")

    assert (made.status_code, made.content, changed.status_code) == (204, b"", 204)
    assert made.headers["Preference-Applied"] == f"{IMMUTABLE}, return=minimal"
    assert changed.headers["ETag"] == graph.get(f"events/{event_id}")["@odata.etag"]


def test_an_etag_may_be_one_of_several_or_any(graph: Caller) -> None:
    made = graph.create()

    graph.patch(made["id"], {"subject": "a"}, If_Match=f'W/"x", {made["@odata.etag"]}')
    graph.patch(made["id"], {"subject": "b"}, If_Match="*")

    assert graph.get(f"events/{made['id']}")["subject"] == "b"


def test_extended_properties_are_merged_and_taken_away(graph: Caller) -> None:
    other = KEY.replace("key", "other")
    made = graph.create(event(singleValueExtendedProperties=[{"id": KEY, "value": "1"}]))
    expand = {"$expand": f"singleValueExtendedProperties($filter=id eq '{KEY}' or id eq '{other}')"}

    graph.patch(made["id"], {"singleValueExtendedProperties": [{"id": other, "value": "2"}]})
    both = graph.get(f"events/{made['id']}", expand)["singleValueExtendedProperties"]
    graph.patch(made["id"], {"singleValueExtendedProperties": [{"id": KEY, "value": None}]})
    one = graph.get(f"events/{made['id']}", expand)["singleValueExtendedProperties"]

    assert both == [{"id": KEY, "value": "1"}, {"id": other, "value": "2"}]
    assert one == [{"id": other, "value": "2"}]


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("Integer", "007", "7"),
        ("Boolean", "True", "true"),
        ("SystemTime", "2026-03-11T10:00:00+02:00", "2026-03-11T08:00:00Z"),
        ("Double", "1.50", "1.5"),
        ("Long", "9007199254740993", "9007199254740993"),
    ],
)
def test_extended_properties_of_every_type(graph: Caller, kind: str, given: str, kept: str) -> None:
    name = KEY.replace("String", kind)
    made = graph.create(event(singleValueExtendedProperties=[{"id": name, "value": given}]))

    read = graph.get(
        f"events/{made['id']}", {"$expand": f"singleValueExtendedProperties($filter=id eq '{name}')"}
    )

    assert read["singleValueExtendedProperties"] == [{"id": name, "value": kept}]


def test_ews_and_graph_have_the_same_properties(graph: Caller, ews: Wire, anna: OutlookUser) -> None:
    graph.create(event(singleValueExtendedProperties=[{"id": KEY, "value": "k"}]))
    field = f'<ty:ExtendedFieldURI PropertySetId="{KEY[8:44]}" PropertyName="key" PropertyType="String"/>'
    ews.create(
        f"<ty:Subject>toinen</ty:Subject><ty:ExtendedProperty>{field}<ty:Value>e</ty:Value></ty:ExtendedProperty>"
        "<ty:Start>2026-03-12T08:00:00Z</ty:Start><ty:End>2026-03-12T09:00:00Z</ty:End>"
    )

    found = graph.get(
        "events",
        {"$filter": f"singleValueExtendedProperties/any(ep: ep/id eq '{KEY}' and ep/value eq 'e')"},
    )

    assert [one["subject"] for one in found["value"]] == ["toinen"]
    kept = {item.subject: named(item.extended, "key", KEY[8:44]) for item in anna.items()}
    assert kept == {"palaveri": "k", "toinen": "e"}


def test_a_transaction_is_free_again_once_its_event_is_gone(graph: Caller) -> None:
    first = graph.create(event(transactionId="t"))
    graph.call("DELETE", f"events/{first['id']}")

    second = graph.create(event("toinen", transactionId="t"))

    assert (second["id"] == first["id"], second["transactionId"]) == (False, "t")


def test_a_create_that_is_repeated_answers_the_event_as_it_is_now(graph: Caller) -> None:
    value = event(transactionId="t")
    first = graph.create(value)
    graph.patch(first["id"], {"subject": "muutettu"})

    assert graph.create(value)["subject"] == "muutettu"


def test_ids_and_transactions_survive_a_restart(tmp_path: Path, clock: FakeClock) -> None:
    config = SimulatorConfig(
        mailboxes=(MailboxSpec("a@example.test"),), state_dir=tmp_path, clock=clock, protocol="both"
    )
    with Simulator(config) as sim, Caller(sim) as caller:
        caller.sign_in()
        user = sim.outlook("a@example.test")
        made = caller.create(event(transactionId="t"), prefer=IMMUTABLE)
        user.move(user.move(user.items()[0].id, "deleteditems"), "calendar")
        _, link = caller.delta(prefer=IMMUTABLE)

    with Simulator(config) as sim, Caller(sim) as caller:
        caller.sign_in()
        read = caller.get(f"events/{made['id']}", prefer=IMMUTABLE)
        again = caller.create(event(transactionId="t"), prefer=IMMUTABLE)
        caller.patch(made["id"], {"subject": "y"})
        told, _ = caller.delta(link.replace(link.partition("/v1.0")[0], sim.base_url), prefer=IMMUTABLE)

    assert read["id"] == made["id"] == again["id"]
    assert [(one["id"], one["subject"]) for one in told] == [(made["id"], "y")]


def test_an_immutable_id_does_not_bring_a_deleted_event_back(graph: Caller, anna: OutlookUser) -> None:
    made = graph.create(prefer=IMMUTABLE)
    graph.call("DELETE", f"events/{made['id']}")

    assert error_of(graph.call("GET", f"events/{made['id']}")) == (404, "ErrorItemNotFound")
    anna.restore(anna.deleted_items()[0].id)
    assert graph.get(f"events/{made['id']}", prefer=IMMUTABLE)["id"] == made["id"]


def test_an_event_is_deleted_for_good(graph: Caller, anna: OutlookUser) -> None:
    made = graph.create()

    assert graph.call("POST", f"events/{made['id']}/permanentDelete").status_code == 204

    assert error_of(graph.call("GET", f"events/{made['id']}")) == (404, "ErrorItemNotFound")
    assert anna.deleted_items() == []


def test_ids_that_cannot_be_translated_say_so(graph: Caller, anna: OutlookUser) -> None:
    gone = anna.create(subject="x", start=START, end=START + timedelta(hours=1))
    anna.delete(gone)
    body = {"inputIds": ["nonsense", gone], "sourceIdType": "ewsId", "targetIdType": "restImmutableEntryId"}

    answer = graph.call("POST", "translateExchangeIds", body).json()["value"]

    assert [one["errorDetails"]["code"] for one in answer] == ["ErrorInvalidIdMalformed", "ErrorItemNotFound"]
    too_many = graph.call("POST", "translateExchangeIds", body | {"inputIds": ["x"] * 1001})
    assert error_of(too_many) == (400, "ErrorInvalidRequest")
    assert error_of(graph.call("POST", "translateExchangeIds", body | {"targetIdType": "x"})) == (
        400,
        "RequestBodyRead",
    )


def test_sdk_forms_of_addresses(graph: Caller) -> None:
    made = graph.create()

    quoted = graph.get(f"/users('a%40example.test')/events('{made['id']}')")
    function = graph.call(
        "GET",
        "calendarView/microsoft.graph.delta()",
        params={"startdatetime": "2026-03-01", "enddatetime": "2026-04-01"},
    )
    doubled = graph.get(f"/v1.0/users/a@example.test/events/{made['id']}")

    assert quoted["id"] == doubled["id"] == made["id"]
    assert [one["id"] for one in function.json()["value"]] == [made["id"]]
