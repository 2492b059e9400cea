"""Sending to a tenant: tokens that are refused, answers that are none, and many in one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.calendars.graph.canned import CONNECTION, HOST, Canned, session
from vfadmin.calendars.graph.errors import Context
from vfadmin.calendars.graph.session import GraphSession, Request
from vfadmin.errors import CalendarError

CONTEXT = Context(CONNECTION, "anna@firma.test")
ME = Request("GET", "/users/anna@firma.test/calendar")
REVOKED = {"error": {"code": "InvalidAuthenticationToken", "message": "Lifetime validation failed."}}


def test_a_token_that_was_revoked_is_replaced_once() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        old = request.headers["Authorization"] == "Bearer token-1"
        return httpx.Response(401, json=REVOKED) if old else httpx.Response(200, json={"id": "C"})

    canned = Canned(answer)
    assert session(canned).send(ME, CONTEXT).body == {"id": "C"}
    assert (canned.tokens, len(canned.asked)) == (2, 2)


def test_r27_where_a_new_token_is_refused_too_nothing_more_is_sent() -> None:
    canned = Canned(lambda _: httpx.Response(401, json=REVOKED))
    sender = session(canned)
    for _ in range(3):
        with pytest.raises(CalendarError) as error:
            sender.send(ME, CONTEXT)
        assert error.value.failure.code == "EX-AUTH-12"
    assert (canned.tokens, len(canned.asked)) == (2, 2)


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"<html>Sign in</html>", "EX-CONN-07"), (b'{"value": [', "EX-CONN-05"), (b"ok", "EX-CONN-07")],
)
def test_an_answer_that_is_no_json_comes_from_somebody_in_between(content: bytes, code: str) -> None:
    with pytest.raises(CalendarError) as error:
        session(Canned(lambda _: httpx.Response(200, content=content))).send(ME, CONTEXT)
    assert error.value.failure.code == code


def test_an_error_without_words_goes_by_its_status() -> None:
    for content in (b"<html>", b"[]", b""):
        reply = session(Canned(lambda _, told=content: httpx.Response(503, content=told))).send(ME, CONTEXT)
        assert reply.failure(CONTEXT).code == "EX-BUSY-02"


def test_half_a_batch_is_no_answer() -> None:
    """What is missing in it would look as if it were gone."""
    told = {"responses": [{"id": "0", "status": 200, "body": {"id": "A"}}, {"id": "x", "status": "no"}]}
    with pytest.raises(CalendarError) as error:
        session(Canned(lambda _: httpx.Response(200, json=told))).batch([ME, ME], CONTEXT)
    assert error.value.failure.code == "EX-UNKNOWN-01"


def test_a_link_to_another_host_or_in_a_circle_is_not_followed_r27() -> None:
    for link in ("https://example.com/v1.0/x", f"{HOST}/v1.0{ME.path}"):
        canned = Canned(
            lambda _, to=link: httpx.Response(200, json={"value": [{"id": 1}], "@odata.nextLink": to})
        )
        with pytest.raises(CalendarError) as error:
            list(session(canned).listed(ME, CONTEXT))
        assert error.value.failure.code == "EX-UNKNOWN-01"
        assert len(canned.asked) == 1


def test_a_list_goes_on_over_its_pages() -> None:
    pages = {"": {"value": [{"id": 1}], "@odata.nextLink": f"{HOST}/v1.0{ME.path}?$skip=1"}}
    pages["1"] = {"value": [{"id": 2}]}
    canned = Canned(lambda request: httpx.Response(200, json=pages[request.url.params.get("$skip", "")]))
    assert [one["id"] for one in session(canned).listed(ME, CONTEXT)] == [1, 2]


def test_what_was_asked_ahead_is_heard_once_and_only_while_it_is_fresh() -> None:
    now = [datetime(2026, 11, 23, 8, 0, tzinfo=UTC)]
    parts = [{"id": str(one), "status": 401 if one == 2 else 200, "body": {"n": one}} for one in range(3)]
    canned = Canned(lambda _: httpx.Response(200, json={"responses": parts}))
    sender = GraphSession(CONNECTION, lambda: "s", transport=canned, clock=lambda: now[0])
    wanted = [Request("GET", f"/users/{one}") for one in range(3)]
    sender.look_ahead(wanted, CONTEXT)
    first = sender.early(wanted[0])
    assert first is not None
    assert (first.body, sender.early(wanted[0])) == ({"n": 0}, None)
    assert sender.early(wanted[2]) is None  # its own request gets a new token
    now[0] += timedelta(minutes=2)
    assert sender.early(wanted[1]) is None


def test_a_closed_session_sends_nothing() -> None:
    canned = Canned(lambda _: httpx.Response(200, json={}))
    sender = session(canned)
    sender.send(ME, CONTEXT)
    sender.close()
    with pytest.raises(CalendarError):
        sender.send(ME, CONTEXT)
    assert len(canned.asked) == 1
