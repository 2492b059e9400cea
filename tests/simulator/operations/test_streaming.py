"""Streaming subscriptions: over sockets, in process, and how a stream ends."""

from __future__ import annotations

import base64
import contextlib
import http.client
import re
import socket
import ssl
import threading
from collections.abc import Iterator

import pytest
from lxml import etree

from tests.clock import FakeClock
from tests.simulator.wire import HEAD, Answer, Wire, impersonating, times
from vfadmin.simulator import (
    ConnectionState,
    FaultRule,
    HttpRequest,
    LocalChannel,
    MailboxSpec,
    OutlookUser,
    Simulator,
    SimulatorConfig,
    StreamPace,
)

EMAIL = "a@example.test"


def question(*ids: str, minutes: str = "30", person: str = EMAIL) -> bytes:
    listed = "".join(f"<ty:SubscriptionId>{one}</ty:SubscriptionId>" for one in ids)
    return (
        f'{HEAD}<soapenv:Header><ty:RequestServerVersion Version="Exchange2013"/>'
        f"{impersonating('PrimarySmtpAddress', person)}</soapenv:Header><soapenv:Body><GetStreamingEvents>"
        f"<SubscriptionIds>{listed}</SubscriptionIds><ConnectionTimeout>{minutes}</ConnectionTimeout>"
        "</GetStreamingEvents></soapenv:Body></soapenv:Envelope>"
    ).encode()


class Stream:
    """A connection on which a stream comes in, and the server's thread behind it."""

    def __init__(self, wire: Wire, *ids: str, minutes: str = "30") -> None:
        before = set(threading.enumerate())
        sim = wire.simulator
        context = ssl.create_default_context(cafile=str(sim.ca_file))
        self.connection = http.client.HTTPSConnection("127.0.0.1", sim.port, context=context, timeout=30)
        self.connection.request("POST", "/EWS/Exchange.asmx", question(*ids, minutes=minutes), wire.headers)
        self.response = self.connection.getresponse()
        self._buffer = b""
        started = set(threading.enumerate()) - before
        self.thread = next((one for one in started if one.is_alive()), None)

    def next(self) -> Answer:
        """The next document; EOFError where the stream has ended."""
        while b"</s:Envelope>" not in self._buffer:
            more = self.response.read1(65536)
            if not more:
                raise EOFError
            self._buffer += more
        document, end, self._buffer = self._buffer.partition(b"</s:Envelope>")
        return Answer(self.response.status, etree.fromstring(document + end))

    def rest(self) -> list[Answer]:
        """All documents until the stream ends."""
        found = []
        with contextlib.suppress(EOFError):
            while True:
                found.append(self.next())
        return found

    def leave(self) -> None:
        if self.connection.sock is not None:
            self.connection.sock.shutdown(socket.SHUT_RDWR)
        self.response.close()
        self.connection.close()

    def assert_freed(self) -> None:
        assert self.thread is not None
        self.thread.join(20)
        assert not self.thread.is_alive()


def subscribed(wire: Wire, *kinds: str, **options: str) -> str:
    return wire.subscribe(*kinds, pull=False, **options).message("SubscriptionId") or ""


def kinds(answer: Answer) -> list[str]:
    return re.findall(r"<t:(\w+Event)>", etree.tostring(answer.root).decode())


@pytest.fixture
def quick(clock: FakeClock) -> Iterator[Wire]:
    """A server whose minutes are short."""
    specs = (MailboxSpec(EMAIL, "EXAMPLE\\a"), MailboxSpec("b@example.test", "EXAMPLE\\b"))
    pace = StreamPace(heartbeat=0.02, minute=0.1)
    with Simulator(SimulatorConfig(mailboxes=specs, clock=clock, pace=pace)) as sim:
        wire = Wire(sim)
        yield wire
        wire.close()


def test_events_come_as_they_happen(wire: Wire, anna: OutlookUser) -> None:
    stream = Stream(wire, subscribed(wire))

    first = stream.next()
    wire.create(times())
    created = stream.next()
    anna.touch(anna.items()[0].id)
    touched = stream.next()

    assert (first.message("ConnectionStatus"), first.codes) == ("OK", ["NoError"])
    assert (kinds(created), kinds(touched)) == (["CreatedEvent"], ["ModifiedEvent"])
    assert stream.response.getheader("Transfer-Encoding") == "chunked"
    assert [item for item, _ in created.item_ids()] == [anna.items()[0].id]
    stream.leave()


def test_what_happened_before_the_connection_comes_first(wire: Wire) -> None:
    subscription = subscribed(wire)
    wire.create(times())

    stream = Stream(wire, subscription)
    stream.next()

    assert kinds(stream.next()) == ["CreatedEvent"]
    stream.leave()


def test_one_connection_carries_several_subscriptions(wire: Wire) -> None:
    created, everything = subscribed(wire, "CreatedEvent"), subscribed(wire, folders=None)  # type: ignore[arg-type]  # all
    stream = Stream(wire, created, everything)
    stream.next()

    wire.create(times())

    answer = stream.next()
    assert answer.texts("SubscriptionId") == [created, everything]
    assert kinds(answer) == ["CreatedEvent", "CreatedEvent"]
    stream.leave()


def test_an_idle_stream_shows_that_it_lives_and_closes_in_time(quick: Wire) -> None:
    stream = Stream(quick, subscribed(quick), minutes="1")

    statuses = [answer.message("ConnectionStatus") for answer in stream.rest()]

    assert statuses[:2] == ["OK", "OK"]
    assert (statuses.count("Closed"), statuses[-1]) == (1, "Closed")
    stream.leave()


def test_the_connection_serves_on_after_a_stream(quick: Wire) -> None:
    body = question(subscribed(quick), minutes="1")
    url, headers = quick.simulator.ews_url, quick.headers

    streamed = quick.session.post(url, body, headers=headers, timeout=30)

    assert streamed.content.endswith(b"</s:Envelope>")
    assert quick.create(times()).codes == ["NoError"]


@pytest.mark.parametrize("case", ["unknown", "pull"])
def test_a_subscription_that_is_none_is_named(wire: Wire, case: str) -> None:
    good = subscribed(wire)
    bad = {
        "unknown": lambda: "abc",
        "pull": lambda: wire.subscribe().message("SubscriptionId") or "",
    }[case]()
    stream = Stream(wire, good, bad)

    answer = stream.next()

    assert (answer.codes, answer.texts("SubscriptionId")) == (["ErrorSubscriptionNotFound"], [bad])
    assert answer.message("ConnectionStatus") == "Closed"
    with pytest.raises(EOFError):
        stream.next()
    stream.leave()


def test_an_account_that_impersonates_streams_a_group_of_mailboxes(wire: Wire) -> None:
    """As one of them: "Maintain affinity between a group of subscriptions" has one connection for a group."""
    stream = Stream(wire, subscribed(wire), subscribed(wire, person="b@example.test"))
    wire.create(times(), person="b@example.test")

    told = [stream.next(), stream.next()]

    assert [kinds(one) for one in told] == [[], ["CreatedEvent"]]
    stream.leave()


def test_a_person_streams_nobody_elses_mailbox(clock: FakeClock) -> None:
    own = MailboxSpec("b@example.test", "EXAMPLE\\b", password="b's own")
    with Simulator(SimulatorConfig(mailboxes=(MailboxSpec(EMAIL), own), clock=clock)) as sim:
        wire = Wire(sim)
        anothers = subscribed(wire)
        token = base64.b64encode(b"EXAMPLE\\b:b's own").decode()
        headers = wire.headers | {"Authorization": f"Basic {token}"}
        impersonation = impersonating("PrimarySmtpAddress", EMAIL)
        body = question(anothers).replace(impersonation.encode(), b"")
        answer = wire.session.post(sim.ews_url, body, headers=headers, timeout=30)
        wire.close()
    assert b"ErrorSubscriptionNotFound" in answer.content


@pytest.mark.parametrize("how", ["unsubscribe", "move"])
def test_a_subscription_that_ends_ends_its_stream(wire: Wire, sim: Simulator, how: str) -> None:
    subscription = subscribed(wire)
    stream = Stream(wire, subscription)
    stream.next()

    if how == "move":
        sim.move_mailbox(EMAIL)
    else:
        wire.post(f"<Unsubscribe><SubscriptionId>{subscription}</SubscriptionId></Unsubscribe>")

    answer = stream.next()
    assert (answer.codes, answer.texts("SubscriptionId")) == (["ErrorSubscriptionNotFound"], [subscription])
    stream.leave()


def test_a_client_that_leaves_frees_its_thread(wire: Wire) -> None:
    stream = Stream(wire, subscribed(wire))
    stream.next()

    stream.leave()

    stream.assert_freed()


def test_a_server_that_stops_ends_its_streams_at_once(clock: FakeClock) -> None:
    with Simulator(SimulatorConfig(mailboxes=(MailboxSpec(EMAIL, "EXAMPLE\\a"),), clock=clock)) as sim:
        wire = Wire(sim)
        streams = [Stream(wire, subscribed(wire)) for _ in range(3)]
        for stream in streams:
            stream.next()
        wire.close()

    for stream in streams:
        stream.assert_freed()
        stream.leave()


def test_a_stream_may_break_off(wire: Wire, sim: Simulator) -> None:
    sim.set_faults([FaultRule(moment="middle", operation="GetStreamingEvents", cut=200)])
    stream = Stream(wire, subscribed(wire))

    with pytest.raises((ConnectionError, http.client.IncompleteRead, ssl.SSLError)):
        stream.next()
    stream.leave()


def test_a_stream_may_end_within_a_document(wire: Wire, sim: Simulator) -> None:
    sim.set_faults([FaultRule(kind="truncated_xml", operation="GetStreamingEvents", cut=200)])
    stream = Stream(wire, subscribed(wire))

    with pytest.raises(EOFError):
        stream.next()
    stream.leave()


@pytest.mark.parametrize("minutes", ["0", "31", "soon"])
def test_a_stream_lasts_from_one_to_thirty_minutes(wire: Wire, minutes: str) -> None:
    body = question(subscribed(wire), minutes=minutes)

    response = wire.session.post(wire.simulator.ews_url, body, headers=wire.headers, timeout=30)

    assert response.status_code == 500
    assert b"ErrorSchemaValidation" in response.content


def test_a_stream_needs_no_socket(sim: Simulator, wire: Wire, anna: OutlookUser) -> None:
    subscription = subscribed(wire)
    channel = LocalChannel()
    request = HttpRequest(
        "POST", "/ews/exchange.asmx", {"authorization": wire.headers["Authorization"]}, question(subscription)
    )
    response = sim.handle_request(request, ConnectionState())
    assert response.stream is not None

    with contextlib.closing(response.stream(channel)) as documents:
        assert b"<m:ConnectionStatus>OK<" in next(documents)
        anna.create(start=sim.config.clock(), end=sim.config.clock())
        assert b"<t:CreatedEvent>" in next(documents)
        channel.close()
        assert list(documents) == []
