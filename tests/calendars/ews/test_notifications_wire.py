"""What goes over the wire for notifications, put to a server that answers what it is told."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from pathlib import Path
from time import monotonic

import pytest

from tests.calendars.ews.canned import Canned, Server, answer, fault, message, serving, soap
from tests.calendars.ews.listening import Heard
from tests.calendars.ews.people import ANNA, MATTI
from vfadmin.calendars.ews import EwsConnection
from vfadmin.calendars.ews.notifier import EwsNotifier
from vfadmin.calendars.ews.session import EwsSession
from vfadmin.calendars.ews.streaming import Pace

QUICK = Pace(pause=0.01, rest=0.05)


def subscribed(identity: str, cookie: str = "") -> Canned:
    content = f"<m:SubscriptionId>{identity}</m:SubscriptionId>"
    headers = (
        (("Set-Cookie", f"X-BackEndOverrideCookie={cookie}; path=/; secure; HttpOnly"),) if cookie else ()
    )
    return Canned(answer("Subscribe", message("Subscribe", content)), headers=headers)


def asked(server: Server) -> list[str]:
    names = ("ConvertId", "Unsubscribe", "Subscribe", "GetStreamingEvents")
    return [next(name for name in names if f":{name}".encode() in body) for _, body in server.requests]


class standing:  # noqa: N801 - reads as a context
    """A canned server whose version is told first, and a session to it."""

    def __init__(self, folder: Path, *answers: Canned, build: str = "15 1 2507 6") -> None:
        version = Canned(soap("<m:ConvertIdResponse/>", build))
        self._stack, self._folder, self._answers = ExitStack(), folder, (version, *answers)

    def __enter__(self) -> tuple[Server, EwsSession]:
        server = self._stack.enter_context(serving(self._folder, *self._answers))
        connection = EwsConnection("own", server.url, "svc", "basic", "auto", server.ca_file)
        session = EwsSession(connection, lambda: "geheim", 1)
        self._stack.callback(session.close)
        return server, session

    def __exit__(self, *_: object) -> None:
        self._stack.close()


@pytest.mark.parametrize(("build", "keeps"), [("15 1 2507 6", True), ("14 3 123 3", False)])
def test_a_group_keeps_to_the_mailbox_server_of_its_anchor(
    tmp_path: Path, heard: Heard, build: str, keeps: bool
) -> None:
    held = threading.Event()
    ok = message("GetStreamingEvents", "<m:ConnectionStatus>OK</m:ConnectionStatus>")
    answers = (
        subscribed("a", "server1"),
        subscribed("b", "server2"),
        Canned(answer("GetStreamingEvents", ok)),
        Canned(b"", hold=held),
    )
    with standing(tmp_path, *answers, build=build) as (server, session):
        notifier = EwsNotifier(session, heard, QUICK)
        notifier.follow({MATTI: "F2", ANNA: "F1"})
        heard.until_following(2)
        notifier.close()
        held.set()
    _, first, second, stream = [headers for headers, _ in server.requests][:4]
    named = "X-AnchorMailbox"
    assert [one.get(named) for one in (first, second, stream)] == [ANNA if keeps else None] * 3
    assert [one.get("X-PreferServerAffinity") for one in (first, stream)] == ["true" if keeps else None] * 2
    cookies = [one.get("Cookie") for one in (first, second, stream)]
    assert cookies == [None, *["X-BackEndOverrideCookie=server1"] * 2]
    assert stream["Accept-Encoding"] == "identity"
    assert b"ExchangeImpersonation" not in server.requests[3][1]


def test_where_the_account_has_too_many_connections_the_anchor_pays(tmp_path: Path, heard: Heard) -> None:
    held = threading.Event()
    answers = (
        subscribed("a"),
        Canned(fault("ErrorExceededConnectionCount"), status=500),
        Canned(b"", hold=held),
    )
    with standing(tmp_path, *answers) as (server, session):
        notifier = EwsNotifier(session, heard, QUICK)
        notifier.follow({ANNA: "F1"})
        for _ in range(4):
            assert server.arrived.acquire(timeout=40)
        notifier.close()
        held.set()
    assert asked(server)[1:4] == ["Subscribe", "GetStreamingEvents", "GetStreamingEvents"]
    assert [b"ExchangeImpersonation" in body for _, body in server.requests[2:4]] == [False, True]
    assert ANNA.encode() in server.requests[3][1]


def test_a_subscription_that_was_gone_already_is_no_trouble(tmp_path: Path, heard: Heard) -> None:
    ok = Canned(
        answer(
            "GetStreamingEvents", message("GetStreamingEvents", "<m:ConnectionStatus>OK</m:ConnectionStatus>")
        )
    )
    gone = Canned(answer("Unsubscribe", message("Unsubscribe", code="ErrorSubscriptionNotFound")))
    held = threading.Event()
    answers = (subscribed("a"), subscribed("b"), ok, Canned(ok.body, hold=held), gone, ok)
    with standing(tmp_path, *answers) as (server, session):
        notifier = EwsNotifier(session, heard, Pace(pause=0.01))
        notifier.follow({ANNA: "F1", MATTI: "F2"})
        for _ in range(5):
            assert server.arrived.acquire(timeout=40)
        notifier.follow({ANNA: "F1"})
        held.set()
        heard.until_following(1)
        notifier.close()
    assert "a subscription was not there to be ended: ErrorSubscriptionNotFound" in heard.lines
    assert asked(server)[5] == "Unsubscribe"


def test_an_answer_without_a_message_is_asked_for_again(tmp_path: Path, heard: Heard) -> None:
    with standing(tmp_path, Canned(answer("Subscribe"))) as (server, session):
        notifier = EwsNotifier(session, heard, QUICK)
        notifier.follow({ANNA: "F1"})
        heard.until(lambda: heard.lines.count("notifications wait: EX-UNKNOWN-01") >= 2)
        notifier.close()
    assert asked(server)[1] == "Subscribe"


def test_subscriptions_that_are_not_named_are_all_lost(tmp_path: Path, heard: Heard) -> None:
    gone = message("GetStreamingEvents", code="ErrorReadEventsFailed")
    with standing(
        tmp_path,
        subscribed("a"),
        subscribed("b"),
        Canned(answer("GetStreamingEvents", gone)),
        subscribed("c"),
    ) as (server, session):
        notifier = EwsNotifier(session, heard, QUICK)
        notifier.follow({ANNA: "F1", MATTI: "F2"})
        heard.until(lambda: len(heard.changes) == 2)
        notifier.close()
    assert sorted(heard.changes) == [ANNA, MATTI]
    assert asked(server)[:4] == ["ConvertId", "Subscribe", "Subscribe", "GetStreamingEvents"]


def test_it_closes_in_time_while_a_server_does_not_answer(tmp_path: Path, heard: Heard) -> None:
    held = threading.Event()
    with standing(tmp_path, Canned(b"", hold=held)) as (server, session):
        notifier = EwsNotifier(session, heard, QUICK)
        notifier.follow({ANNA: "F"})
        assert server.arrived.acquire(timeout=40)
        assert server.arrived.acquire(timeout=40)
        (group,) = notifier._groups
        began = monotonic()
        notifier.close()
        assert monotonic() - began < 10, "no heartbeat, no answer and no pause is waited for"
        held.set()
        group.join(10)
