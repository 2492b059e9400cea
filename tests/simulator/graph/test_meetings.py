"""What is mailed, and that nothing in a request holds it back ("Create event", "event: accept" and kin)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.simulator.graph.caller import WINDOW, Caller, attendees, error_of, event, weekly
from vfadmin.simulator import Mail, OutlookUser, Simulator

BOTH = ("b@example.test", "x@else.test")
START = datetime(2026, 3, 11, 8, tzinfo=UTC)


def kinds(sim: Simulator) -> list[tuple[str, tuple[str, ...]]]:
    return [(mail.kind, mail.recipients) for mail in sim.outbox]


def test_a_meeting_invites_updates_and_cancels(graph: Caller, both: Simulator) -> None:
    made = graph.create(event(attendees=attendees(*BOTH)))
    graph.patch(made["id"], {"isReminderOn": False})
    graph.call("DELETE", f"events/{made['id']}")

    assert kinds(both) == [("MeetingRequest", BOTH), ("MeetingUpdate", BOTH), ("MeetingCancellation", BOTH)]
    assert both.outbox[0] == Mail("MeetingRequest", "a@example.test", BOTH, "palaveri")
    told = graph.http.get(f"{both.control_url}/outbox").json()
    assert [one["kind"] for one in told] == ["MeetingRequest", "MeetingUpdate", "MeetingCancellation"]


def test_a_change_of_the_attendees_alone_is_told_to_those_it_is_about(graph: Caller, both: Simulator) -> None:
    made = graph.create(event(attendees=attendees(*BOTH)))
    both.outbox.clear()

    graph.patch(made["id"], {"attendees": attendees("b@example.test", "new@else.test")})

    assert kinds(both) == [("MeetingUpdate", ("new@else.test",)), ("MeetingCancellation", ("x@else.test",))]


def test_nobody_writes_to_himself(graph: Caller, both: Simulator) -> None:
    made = graph.create(event(attendees=attendees("a@example.test")))
    graph.patch(made["id"], {"subject": "toinen"})
    graph.call("DELETE", f"events/{made['id']}")

    assert both.outbox == []


def test_an_event_without_attendees_sends_nothing(graph: Caller, both: Simulator) -> None:
    made = graph.create()
    graph.patch(made["id"], {"subject": "toinen"})
    graph.call("DELETE", f"events/{made['id']}")

    assert both.outbox == []


def test_a_deleted_occurrence_is_cancelled(graph: Caller, both: Simulator) -> None:
    master = graph.create(event(recurrence=weekly(), attendees=attendees("b@example.test")))
    first = graph.get(f"events/{master['id']}/instances", WINDOW)["value"][0]
    both.outbox.clear()

    graph.call("DELETE", f"events/{first['id']}")

    assert kinds(both) == [("MeetingCancellation", ("b@example.test",))]


def test_a_changed_series_tells_of_its_changed_instances_too(graph: Caller, both: Simulator) -> None:
    master = graph.create(event(recurrence=weekly(), attendees=attendees("b@example.test")))
    first = graph.get(f"events/{master['id']}/instances", WINDOW)["value"][0]
    graph.patch(first["id"], {"subject": "toisin"})
    both.outbox.clear()

    graph.patch(master["id"], {"importance": "high"})

    assert [(mail.kind, mail.subject) for mail in both.outbox] == [
        ("MeetingUpdate", "palaveri"),
        ("MeetingUpdate", "toisin"),
    ]


def test_a_refused_request_sends_nothing(graph: Caller, both: Simulator) -> None:
    made = graph.create(event(attendees=attendees("b@example.test")))
    both.outbox.clear()

    graph.call("PATCH", f"events/{made['id']}", {"subject": "x"}, If_Match='W/"old"')
    graph.call("PATCH", f"events/{made['id']}", {"showAs": "colourful"})
    graph.call("POST", "events", {"subject": "x", "attendees": attendees("b@example.test")})

    assert both.outbox == []


@pytest.fixture
def invited(anna: OutlookUser) -> str:
    """An invitation of somebody else's in Anna's calendar, by the id Graph has for it."""
    found = anna.receive("b@example.test", subject="Kutsu", start=START, end=START + timedelta(hours=1))
    return found.translate(str.maketrans("/+", "-_"))


@pytest.mark.parametrize(
    ("action", "response", "subject"),
    [
        ("accept", "accepted", "Accepted: Kutsu"),
        ("tentativelyAccept", "tentativelyAccepted", "Tentative: Kutsu"),
    ],
)
def test_an_invitation_is_answered(
    graph: Caller, both: Simulator, invited: str, action: str, response: str, subject: str
) -> None:
    assert graph.get(f"events/{invited}")["responseStatus"]["response"] == "notResponded"

    assert graph.call("POST", f"events/{invited}/{action}", {"comment": "ok"}).status_code == 202

    assert graph.get(f"events/{invited}")["responseStatus"]["response"] == response
    assert both.outbox == [Mail("MeetingResponse", "a@example.test", ("b@example.test",), subject)]


def test_an_answer_may_be_kept_to_oneself(graph: Caller, both: Simulator, invited: str) -> None:
    graph.call("POST", f"events/{invited}/accept", {"sendResponse": False})

    assert both.outbox == []


def test_a_declined_invitation_is_deleted(graph: Caller, invited: str, anna: OutlookUser) -> None:
    assert graph.call("POST", f"events/{invited}/decline").status_code == 202

    assert error_of(graph.call("GET", f"events/{invited}")) == (404, "ErrorItemNotFound")
    assert [item.my_response for item in anna.deleted_items()] == ["Decline"]


def test_an_attendees_deletion_tells_nobody(graph: Caller, both: Simulator, invited: str) -> None:
    assert graph.call("DELETE", f"events/{invited}").status_code == 204

    assert both.outbox == []


def test_only_the_organizer_cancels_and_he_does_not_answer(
    graph: Caller, both: Simulator, invited: str
) -> None:
    mine = graph.create(event(attendees=attendees("b@example.test")))["id"]
    both.outbox.clear()

    assert error_of(graph.call("POST", f"events/{invited}/cancel", {})) == (400, "ErrorInvalidRequest")
    assert error_of(graph.call("POST", f"events/{mine}/accept", {})) == (400, "ErrorInvalidRequest")
    assert graph.call("POST", f"events/{mine}/cancel", {"comment": "ei"}).status_code == 202
    assert kinds(both) == [("MeetingCancellation", ("b@example.test",))]


def test_a_forwarded_invitation(graph: Caller, both: Simulator, invited: str) -> None:
    body = {"toRecipients": [{"emailAddress": {"address": "new@else.test"}}]}

    assert graph.call("POST", f"events/{invited}/forward", body).status_code == 202

    assert kinds(both) == [
        ("MeetingRequest", ("new@else.test",)),
        ("MeetingForwardNotification", ("b@example.test",)),
    ]


def test_attendees_are_read_back_with_their_kinds(graph: Caller) -> None:
    given = [
        {"type": "optional", "emailAddress": {"address": "b@example.test"}},
        {"type": "resource", "emailAddress": {"address": "room@else.test", "name": "Sali"}},
    ]

    made = graph.create(event(attendees=given))

    assert [(one["type"], one["emailAddress"]) for one in made["attendees"]] == [
        ("optional", {"name": "Bo Bergman", "address": "b@example.test"}),
        ("resource", {"name": "Sali", "address": "room@else.test"}),
    ]
    assert error_of(graph.call("POST", "events", event(attendees=[{"emailAddress": {}}]))) == (
        400,
        "ErrorInvalidRecipients",
    )
