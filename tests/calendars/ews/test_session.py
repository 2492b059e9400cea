"""What stands between the keeper and a server that is slow, wrong, or refuses: the session."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import exchangelib.protocol
import pytest

from tests.calendars.ews import people
from tests.calendars.ews.canned import Canned, answer, closed_port, fault, message, serving, soap
from tests.calendars.ews.conftest import connection_to
from vfadmin.calendars.ews import EwsConnection, EwsServer, folders
from vfadmin.calendars.ews.errors import Context, EwsFault
from vfadmin.calendars.ews.session import EwsSession, Timeouts
from vfadmin.calendars.ews.xml import element
from vfadmin.errors import CalendarError, SecretError, failure
from vfadmin.simulator import FaultRule, Simulator, SimulatorConfig

QUESTION = "m:GetItem"
GOOD = Canned(answer("GetItem", message("GetItem", "<m:Items/>")))
SessionAt = Callable[..., EwsSession]


def ask(session: EwsSession, mailbox: str = people.ANNA) -> int:
    """Send something; how many messages came back."""
    return len(session.send(element(QUESTION), Context(session.connection, mailbox=mailbox)))


def refusal(session: EwsSession) -> str:
    """The code with which a request fails."""
    with pytest.raises(CalendarError) as raised:
        ask(session)
    return raised.value.failure.code


@pytest.mark.parametrize(
    ("canned", "code"),
    [
        (Canned(status=403), "EX-AUTH-03"),
        (Canned(status=404), "EX-CONN-06"),
        (Canned(status=503, headers=(("Retry-After", "60"),)), "EX-BUSY-02"),
        (Canned(b"<html><body>Sign in</body></html>"), "EX-CONN-07"),
        (Canned(soap("<m:GetItemResponse/>")[:-40]), "EX-CONN-05"),
        (Canned(GOOD.body[:100], reset=True), "EX-CONN-05"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_answers_do_not_spoil_the_session(
    tmp_path: Path, session_at: SessionAt, canned: Canned, code: str
) -> None:
    """Hazard: exchangelib loses sessions on some failures, and then waits for them for ever."""
    with serving(tmp_path, *[canned] * 5, GOOD) as server:
        session = session_at(server.url, server.ca_file, max_connections=2)
        assert [refusal(session) for _ in range(5)] == [code] * 5
        assert ask(session) == 1


def test_a_truncated_answer_is_not_an_empty_page(exchange: Simulator, server: EwsServer) -> None:
    exchange.set_faults([FaultRule(moment="middle", operation="SyncFolderItems", cut=700)])
    calendar = server.calendar(people.ANNA, "default", None)
    with pytest.raises(CalendarError) as raised:
        list(calendar.changes(None))
    assert raised.value.failure.code == "EX-CONN-05"
    assert [page.last for page in calendar.changes(None)] == [True]


def test_a_closed_port(session_at: SessionAt) -> None:
    session = session_at(f"https://127.0.0.1:{closed_port()}/ews/exchange.asmx", None)
    assert refusal(session) == "EX-CONN-03"


def test_an_unknown_name(session_at: SessionAt) -> None:
    session = session_at("https://exchange.invalid/ews/exchange.asmx", None)
    assert refusal(session) == "EX-CONN-02"


def test_a_server_that_does_not_answer(tmp_path: Path, session_at: SessionAt) -> None:
    held = threading.Event()
    with serving(tmp_path, Canned(GOOD.body, hold=held)) as server:
        session = session_at(server.url, server.ca_file, timeouts=Timeouts(connect=5, answer=0.2, turn=5))
        assert refusal(session) == "EX-CONN-04"
        held.set()


def test_a_port_that_speaks_no_tls(session_at: SessionAt) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

        def greet() -> None:
            peer, _ = listening.accept()
            with peer:
                peer.recv(64)
                peer.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        greeter = threading.Thread(target=greet)
        greeter.start()
        assert refusal(session_at(f"https://127.0.0.1:{port}/ews/exchange.asmx", None)) == "EX-TLS-03"
        greeter.join(5)


def test_a_certificate_of_an_unknown_authority(tmp_path: Path, session_at: SessionAt) -> None:
    with serving(tmp_path, GOOD) as server:
        assert refusal(session_at(server.url, None)) == "EX-TLS-01"
        assert server.requests == []


@pytest.mark.parametrize("wrong", [{"host": "other.example.com"}, {"expired": True}], ids=["name", "expired"])
def test_a_certificate_for_another_name_or_time(
    tmp_path: Path, session_at: SessionAt, wrong: dict[str, str]
) -> None:
    with serving(tmp_path, GOOD, **wrong) as server:  # type: ignore[arg-type]  # host and expired differ in type
        assert refusal(session_at(server.url, server.ca_file)) == "EX-TLS-02"
        assert server.requests == []


def test_the_environments_bundle_changes_nothing(
    tmp_path: Path, session_at: SessionAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hazard: REQUESTS_CA_BUNDLE replaces the CA of a session that trusts the environment."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with serving(tmp_path, GOOD) as server, serving(elsewhere, GOOD) as other:
        for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
            monkeypatch.setenv(name, other.ca_file)
        assert ask(session_at(server.url, server.ca_file)) == 1
        assert refusal(session_at(other.url, server.ca_file)) == "EX-TLS-01"


def test_each_host_has_its_own_trust(tmp_path: Path, session_at: SessionAt) -> None:
    """Hazard: exchangelib's adapter is one class attribute for the process."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with serving(tmp_path, GOOD) as server, serving(elsewhere, GOOD) as other:
        assert [ask(session_at(one.url, one.ca_file)) for one in (server, other)] == [1, 1]
        assert refusal(session_at(server.url, other.ca_file)) == "EX-TLS-01"


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_ca_file_that_cannot_be_read(tmp_path: Path, session_at: SessionAt, content: str | None) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    session = session_at("https://127.0.0.1:1/ews/exchange.asmx", path)
    with pytest.raises(CalendarError) as raised:
        ask(session)
    assert raised.value.failure.code == "EX-TLS-04"
    assert raised.value.failure.params["path"] == str(path)


@pytest.mark.parametrize("auth", ["basic", "ntlm"])
def test_a_wrong_password_is_tried_once(
    exchange: Simulator, reach: Callable[..., EwsServer], auth: str
) -> None:
    """Hazard: a retry counts towards locking the account, and with it every mailbox."""
    server = reach(exchange, password="wrong", auth=auth)
    codes = []
    for mailbox in (people.ANNA, people.MATTI, people.ANNA):
        with pytest.raises(CalendarError) as raised:
            server.calendar(mailbox, "default", None).identity()
        codes.append(raised.value.failure.code)
    assert codes == ["EX-AUTH-01"] * 3
    assert raised.value.failure.params["account"] == exchange.account
    tried = len(exchange.requests)
    assert tried == {"basic": 1, "ntlm": 3}[auth]
    # A new server object is what a changed password makes.
    assert reach(exchange, auth=auth).calendar(people.ANNA, "default", None).identity().folder


def test_eight_threads_try_a_wrong_password_once(
    exchange: Simulator, reach: Callable[..., EwsServer]
) -> None:
    server = reach(exchange, password="wrong")

    def code(number: int) -> str:
        mailbox = people.MAILBOXES[number % len(people.MAILBOXES)].email
        with pytest.raises(CalendarError) as raised:
            server.calendar(mailbox, "default", None).identity()
        return raised.value.failure.code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(code, range(16))) == {"EX-AUTH-01"}
    assert len(exchange.requests) == 1


def test_a_method_that_is_not_offered(stack: ExitStack, reach: Callable[..., EwsServer]) -> None:
    only_ntlm = stack.enter_context(Simulator(SimulatorConfig(mailboxes=people.MAILBOXES, auth=("ntlm",))))
    with pytest.raises(CalendarError) as raised:
        reach(only_ntlm).calendar(people.ANNA, "default", None).identity()
    assert raised.value.failure.code == "EX-AUTH-02"
    assert "NTLM" in str(raised.value.failure.params["offers"])
    ntlm = reach(only_ntlm, auth="ntlm")
    assert ntlm.calendar(people.ANNA, "default", None).identity().folder


def test_basic_passwords_beyond_latin_1(stack: ExitStack, reach: Callable[..., EwsServer]) -> None:
    """Hazard: requests cannot encode them, and exchangelib logs the whole request then."""
    for password in ("sälasäna", "пароль€"):
        config = SimulatorConfig(mailboxes=people.MAILBOXES, auth=("basic",), password=password)
        simulator = stack.enter_context(Simulator(config))
        assert reach(simulator).calendar(people.ANNA, "default", None).identity().folder


def test_an_account_without_a_domain_signs_in_by_ntlm(
    stack: ExitStack, reach: Callable[..., EwsServer]
) -> None:
    config = SimulatorConfig(mailboxes=people.MAILBOXES, account="svc@example.com")
    simulator = stack.enter_context(Simulator(config))
    assert reach(simulator, auth="ntlm").calendar(people.ANNA, "default", None).identity().folder


def test_a_missing_secret_is_told_before_anything_is_sent(exchange: Simulator) -> None:
    def no_secret() -> str:
        raise SecretError(failure("VF-SECRET-03", connection="own"))

    server = EwsServer(connection_to(exchange), no_secret)
    with pytest.raises(SecretError):
        server.calendar(people.ANNA, "default", None).identity()
    assert exchange.requests == []


def test_a_malformed_connection_is_refused_at_once() -> None:
    with pytest.raises(CalendarError) as raised:
        EwsServer(EwsConnection("own", "http://mail.example.com/", "svc"), lambda: "x")
    assert raised.value.failure.code == "EX-CONN-10"


def test_more_threads_than_connections_take_turns(exchange: Simulator) -> None:
    """Hazard: exchangelib's pool waits without an end, and deadlocks when it shrinks."""
    session = EwsSession(connection_to(exchange), lambda: exchange.password, 2)
    try:
        with ThreadPoolExecutor(8) as pool:
            mailboxes = [people.MAILBOXES[n % len(people.MAILBOXES)].email for n in range(40)]
            assert sum(pool.map(lambda mailbox: len(_folder(session, mailbox)), mailboxes)) == 40
        assert session._protocol is not None
        assert session._protocol.session_pool_size <= 2
    finally:
        session.close()


def _folder(session: EwsSession, mailbox: str) -> str:
    return folders.default_identity(session, Context(session.connection, mailbox=mailbox)).mailbox[:1]


def test_a_turn_is_not_waited_for_without_an_end(tmp_path: Path, session_at: SessionAt) -> None:
    held = threading.Event()
    with serving(tmp_path, GOOD, Canned(GOOD.body, hold=held)) as server:
        session = session_at(
            server.url, server.ca_file, max_connections=1, timeouts=Timeouts(connect=5, answer=20, turn=0.05)
        )
        ask(session)
        server.arrived.acquire(timeout=40)
        busy = threading.Thread(target=ask, args=(session,))
        busy.start()
        assert server.arrived.acquire(timeout=40)
        assert refusal(session) == "EX-CONN-04"
        held.set()
        busy.join(10)
        assert not busy.is_alive()


def test_a_shrinking_pool_does_not_deadlock(exchange: Simulator) -> None:
    """Hazard: decrease_poolsize takes a lock twice that can be taken once (exchangelib #1373 is alike)."""
    session = EwsSession(connection_to(exchange), lambda: exchange.password, 4)
    protocol = session._open()
    taken = [protocol.get_session() for _ in range(2)]
    shrinking = threading.Thread(target=protocol.decrease_poolsize, daemon=True)
    shrinking.start()
    shrinking.join(5)
    assert not shrinking.is_alive()
    for one in taken:
        protocol.release_session(one)
    session.close()


def test_nothing_stays_in_exchangelibs_cache(exchange: Simulator, reach: Callable[..., EwsServer]) -> None:
    """Hazard: it keeps protocols by address and credentials for ever, and ignores later settings."""
    before = dict(exchangelib.protocol.CachingProtocol._protocol_cache)
    for auth in ("basic", "ntlm"):
        server = reach(exchange, auth=auth)
        assert server.calendar(people.ANNA, "default", None).identity().folder
        server.close()
    assert before == exchangelib.protocol.CachingProtocol._protocol_cache
    operations = exchange.request_counts()
    assert operations[""] >= 1  # the second server really signed in by NTLM


def test_a_closed_server_is_of_no_use(server: EwsServer) -> None:
    calendar = server.calendar(people.ANNA, "default", None)
    assert calendar.identity().folder
    server.close()
    server.close()
    with pytest.raises(CalendarError) as raised:
        list(calendar.changes(None))
    assert raised.value.failure.code == "EX-CONN-05"


def test_sessions_carry_no_cookie_from_mailbox_to_mailbox(tmp_path: Path, session_at: SessionAt) -> None:
    cookie = Canned(GOOD.body, headers=(("Set-Cookie", "X-BackEndCookie=anna; path=/"),))
    with serving(tmp_path, cookie) as server:
        session = session_at(server.url, server.ca_file, max_connections=1)
        ask(session, people.ANNA)
        ask(session, people.MATTI)
        assert [headers.get("Cookie") for headers, _ in server.requests] == [None, None]
        assert [headers.get("X-AnchorMailbox") for headers, _ in server.requests] == [
            people.ANNA,
            people.MATTI,
        ]


def test_a_request_says_who_is_impersonated_and_in_which_zone(tmp_path: Path, session_at: SessionAt) -> None:
    with serving(tmp_path, GOOD) as server:
        session = session_at(server.url, server.ca_file)
        ask(session)
        session.send(element(QUESTION), Context(session.connection, mailbox=people.ANNA), impersonate=False)
        context = Context(session.connection, mailbox="anna@corp.local", principal=True)
        session.send(element(QUESTION), context)
        first, second, third = (body.decode() for _, body in server.requests)
    assert f"<t:PrimarySmtpAddress>{people.ANNA}<" in first
    assert '<t:TimeZoneDefinition Id="UTC"' in first
    assert "Impersonation" not in second
    assert "<t:PrincipalName>anna@corp.local<" in third


@pytest.mark.parametrize("code", ["ErrorInvalidServerVersion", "ErrorInvalidSchemaVersionForMailboxVersion"])
def test_an_older_server_is_asked_in_its_own_words(tmp_path: Path, session_at: SessionAt, code: str) -> None:
    old = Canned(fault(code), status=500)
    with serving(tmp_path, old, old, GOOD) as server:
        session = session_at(server.url, server.ca_file, server_version="auto")
        assert ask(session) == 1
        assert ask(session) == 1
        assert ask(session, people.MATTI) == 1
        asked = [_version_in(body) for _, body in server.requests]
    first_time = ["Exchange2016", "Exchange2013_SP1", "Exchange2013"]
    other = "Exchange2013" if code == "ErrorInvalidServerVersion" else "Exchange2016"
    assert asked == [*first_time, "Exchange2013", other]


def test_a_server_older_than_all_is_an_error(tmp_path: Path, session_at: SessionAt) -> None:
    with serving(tmp_path, Canned(fault("ErrorInvalidServerVersion"), status=500)) as server:
        session = session_at(server.url, server.ca_file, server_version="2010")
        with pytest.raises(EwsFault) as raised:
            ask(session)
        assert raised.value.code == "ErrorInvalidServerVersion"
        assert len(server.requests) == 2


def _version_in(body: bytes) -> str:
    return body.decode().partition('RequestServerVersion Version="')[2].partition('"')[0]


@pytest.mark.parametrize(
    ("setting", "build", "knows", "requests"),
    [
        ("2010", "14 3 123 4", False, 0),
        ("2013", "15 0 847 32", True, 0),
        ("auto", "14 3 123 4", False, 1),
        ("auto", "15 1 2507 6", True, 1),
        ("auto", "", True, 1),
    ],
)
def test_whether_working_elsewhere_is_known(
    tmp_path: Path, session_at: SessionAt, setting: str, build: str, knows: bool, requests: int
) -> None:
    with serving(tmp_path, Canned(soap("<m:ConvertIdResponse/>", build=build))) as server:
        session = session_at(server.url, server.ca_file, server_version=setting)
        assert session.knows_elsewhere(people.ANNA) is knows
        assert len(server.requests) == requests


def test_asking_the_version_survives_a_refusal(tmp_path: Path, session_at: SessionAt) -> None:
    with serving(tmp_path, Canned(fault("ErrorInternalServerError"), status=500)) as server:
        session = session_at(server.url, server.ca_file, server_version="auto")
        session.ask_version()
        assert str(session.build) == "15.1.2507.6"


def test_the_servers_clock_is_learnt_from_its_answers(exchange: Simulator) -> None:
    ours = datetime(2020, 1, 1, tzinfo=UTC)
    session = EwsSession(connection_to(exchange), lambda: exchange.password, clock=lambda: ours)
    assert session.server_time() == ours
    _folder(session, people.ANNA)
    assert session.server_time() > ours + timedelta(days=365)
    session.close()


def test_an_answer_without_a_date_leaves_our_own_clock(tmp_path: Path, session_at: SessionAt) -> None:
    with serving(tmp_path, Canned(GOOD.body, dateless=True)) as server:
        session = session_at(server.url, server.ca_file)
        before = datetime.now(UTC)
        ask(session)
        assert before <= session.server_time() <= datetime.now(UTC)


def test_a_proxy_from_the_environment_is_used_and_its_absence_is_told(
    session_at: SessionAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.lower() == "no_proxy"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{closed_port()}")
    assert refusal(session_at("https://mail.example.com/ews/exchange.asmx", None)) == "EX-CONN-03"


def test_eight_mailboxes_are_asked_at_once(tmp_path: Path, session_at: SessionAt) -> None:
    """Hazard: exchangelib finds each account's calendar one account at a time, network and all."""
    held = threading.Event()
    folder = '<m:Folders><t:CalendarFolder><t:FolderId Id="f"/></t:CalendarFolder></m:Folders>'
    there = Canned(answer("GetFolder", message("GetFolder", folder)))
    with serving(tmp_path, there, Canned(there.body, hold=held)) as server, ThreadPoolExecutor(8) as pool:
        session = session_at(server.url, server.ca_file, timeouts=Timeouts(connect=5, answer=20, turn=20))
        _folder(session, people.ANNA)
        server.arrived.acquire(timeout=40)
        asked = [pool.submit(_folder, session, f"person{n}@example.com") for n in range(8)]
        # All eight stand at the server before the first of them is answered.
        assert all(server.arrived.acquire(timeout=40) for _ in asked)
        assert not any(one.done() for one in asked)
        held.set()
        assert [one.result(10) for one in asked] == ["p"] * 8
