"""R28: old servers by a profile of their own, channel bindings, and proxies; over real sockets."""

from __future__ import annotations

import os
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import requests
import requests.utils

from tests.between import connecting, opening
from tests.calendars.ews import people
from tests.calendars.ews.canned import Canned, serving
from tests.calendars.ews.conftest import connection_to
from vfadmin.calendars.ews import EwsConnection, EwsServer
from vfadmin.calendars.ews.probe import facts_of, steps
from vfadmin.calendars.ews.transport import bound_to
from vfadmin.calendars.exchange.steps import Step, said
from vfadmin.errors import CalendarError, Failure
from vfadmin.errors.texts import explain
from vfadmin.simulator import Simulator, SimulatorConfig

SCHEMES = ("basic", "ntlm")


@pytest.fixture(scope="module")
def old() -> Any:
    """Windows Server 2008 R2 with Exchange 2010: TLS 1.0, a short key, a SHA-1 signature."""
    config = SimulatorConfig(mailboxes=people.MAILBOXES, version="2010", tls_profile="2010")
    with Simulator(config) as simulator:
        yield simulator


@pytest.fixture
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    return monkeypatch


def check(connection: EwsConnection, password: str, mailbox: str | None = None) -> dict[str, Step]:
    return {step.check: step for step in steps(connection, lambda: password, mailbox)}


def refusal(server: EwsServer) -> Failure:
    with pytest.raises(CalendarError) as raised:
        server.calendar(people.ANNA, "default", None).identity()
    return raised.value.failure


def only_failure(found: dict[str, Step]) -> tuple[str, Failure]:
    ((name, failure),) = [(one.check, one.failure) for one in found.values() if one.failure is not None]
    return name, failure


@pytest.mark.parametrize("auth", SCHEMES)
def test_an_old_server_is_reached_with_the_profile(
    old: Simulator, reach: Callable[..., EwsServer], auth: str
) -> None:
    found = check(connection_to(old, auth=auth, tls_profile="2010"), old.password, people.ANNA)
    assert [step.check for step in found.values() if step.failure is not None or not step.ok] == []
    assert (found["tls"].detail, found["calendar"].detail) == ("TLSv1", "0")
    assert "2010" in found["server_version"].detail
    server = reach(old, auth=auth, tls_profile="2010")
    assert server.calendar(people.ANNA, "default", None).identity().folder


def test_without_it_the_check_says_that_the_server_is_old_and_what_sets_the_profile(old: Simulator) -> None:
    old.clear_requests()
    found = check(connection_to(old), old.password)
    name, failure = only_failure(found)
    assert (name, found["tls"].ok, failure.code, failure.params["detail"]) == (
        "tls",
        False,
        "EX-TLS-05",
        "TLSv1",
    )
    for lang in ("fi", "en"):
        text = explain(failure.code, failure.params, lang)
        assert "vfadmin connection set --name own --tls-profile 2010" in text.remedy
        assert "127.0.0.1" in text.message
    assert found["tls"].detail != "EPERM"
    assert old.requests == []


def test_without_it_nothing_is_sent_and_the_command_is_told(
    old: Simulator, reach: Callable[..., EwsServer]
) -> None:
    # One connection's profile is no other's, though they share a process and a host.
    assert reach(old, tls_profile="2010").calendar(people.ANNA, "default", None).identity().folder
    old.clear_requests()
    failure = refusal(reach(old))
    assert failure.code == "EX-TLS-03"
    assert "--name own --tls-profile 2010" in explain(failure.code, failure.params, "fi").remedy
    assert old.requests == []


def test_a_server_that_can_do_better_is_told_so(exchange: Simulator) -> None:
    found = check(connection_to(exchange, tls_profile="2010"), exchange.password)
    name, failure = only_failure(found)
    assert (name, failure.code, all(step.ok for step in found.values())) == ("tls", "EX-TLS-06", True)
    for lang in ("fi", "en"):
        text = explain(failure.code, failure.params, lang)
        assert "vfadmin connection set --name own --tls-profile modern" in text.remedy
        assert "TLSv1.3" in text.message


@pytest.mark.parametrize("profile", ["modern", "2010"])
def test_an_unknown_authority_is_refused_under_either_profile(old: Simulator, profile: str) -> None:
    found = check(connection_to(old, ca_file=None, tls_profile=profile), old.password)
    failures = {step.check: step.failure.code for step in found.values() if step.failure is not None}
    assert failures == ({"tls": "EX-TLS-03"} if profile == "modern" else {"certificate": "EX-TLS-01"})


@pytest.mark.parametrize("wrong", [{"host": "other.example.com"}, {"expired": True}], ids=["name", "expired"])
def test_a_wrong_name_or_time_is_refused_with_the_profile_too(
    tmp_path: Path, session_at: Callable[..., Any], wrong: Any
) -> None:
    with serving(tmp_path, Canned(status=401), **wrong) as server:
        connection = EwsConnection(
            "own", server.url, "EXAMPLE\\svc", "basic", "auto", server.ca_file, tls_profile="2010"
        )
        found = check(connection, "geheim")
        requests_sent = list(server.requests)
        session = session_at(server.url, server.ca_file, tls_profile="2010")
        with pytest.raises(CalendarError) as raised:
            session.ask_version()
    assert only_failure(found)[1].code == raised.value.failure.code == "EX-TLS-02"
    assert requests_sent == server.requests == []


@pytest.mark.parametrize("profile", ["modern", "2010"])
def test_a_session_reaches_its_own_host_and_no_other(old: Simulator, profile: str) -> None:
    near = "https://mail.example.com/ews/exchange.asmx"
    connection = EwsConnection("own", near, "svc", tls_profile=profile)  # type: ignore[arg-type]
    with bound_to(connection) as session:
        assert session.get_adapter("https://MAIL.example.com/x")
        for other in (old.ews_url, "https://mail.example.com.evil.test/", "http://mail.example.com/"):
            with pytest.raises(requests.exceptions.InvalidSchema):
                session.get_adapter(other)


def test_a_proxy_of_its_own_tls_is_another_host(
    old: Simulator, reach: Callable[..., EwsServer], no_proxies: pytest.MonkeyPatch
) -> None:
    no_proxies.setenv("HTTPS_PROXY", old.base_url)
    assert refusal(reach(old, tls_profile="2010")).code in ("EX-TLS-01", "EX-TLS-03")


def test_what_tls_says_of_itself_is_no_word_of_the_system(old: Simulator) -> None:
    with pytest.raises(requests.exceptions.SSLError) as raised:
        requests.get(old.base_url, verify=str(old.ca_file), timeout=10)
    reason = raised.value.args[0].reason.args[0]
    assert said(reason) == reason.reason != ""


def test_ntlm_is_bound_to_the_servers_certificate(
    exchange: Simulator, reach: Callable[..., EwsServer]
) -> None:
    assert exchange.config.extended_protection == "require"
    assert reach(exchange, auth="ntlm").calendar(people.ANNA, "default", None).identity().folder


def test_ntlm_is_bound_through_a_proxy_too(
    exchange: Simulator, reach: Callable[..., EwsServer], no_proxies: pytest.MonkeyPatch
) -> None:
    with connecting() as proxy:
        no_proxies.setenv("HTTPS_PROXY", proxy.url)
        found = check(connection_to(exchange, auth="ntlm"), exchange.password, people.ANNA)
        assert reach(exchange, auth="ntlm").calendar(people.ANNA, "default", None).identity().folder
    assert [step.check for step in found.values() if not step.ok] == []
    assert set(proxy.asked) == {f"127.0.0.1:{exchange.port}"}


def test_a_firewall_that_opens_the_tls_is_named_as_the_likely_cause_after_one_sign_in(
    exchange: Simulator, tmp_path: Path
) -> None:
    with opening(tmp_path / "firewall", exchange.port, str(exchange.ca_file)) as firewall:
        url = f"https://127.0.0.1:{firewall.port}/ews/exchange.asmx"
        connection = EwsConnection("own", url, exchange.account, "ntlm", "auto", firewall.ca_file)
        name, failure = only_failure(check(connection, exchange.password, people.ANNA))
    assert (name, failure.code) == ("sign_in", "EX-AUTH-01"), failure
    # The look without a sign-in, the two halves of NTLM's first message, and the answer.
    assert [record.status for record in exchange.requests] == [401, 401, 401, 401]
    for lang, cause in (
        ("fi", "todennäköinen syy on Extended Protection"),
        ("en", "likely cause is Extended"),
    ):
        remedy = explain(failure.code, failure.params, lang).remedy
        assert cause in remedy
        assert "TLS" in remedy
        assert f"{failure.params['thumbprint']}" in remedy
        assert "CN=Simulated Exchange CA" in remedy
        assert "Get-ExchangeCertificate | fl Thumbprint" in remedy


def test_basic_says_nothing_of_bindings(exchange: Simulator) -> None:
    _, failure = only_failure(check(connection_to(exchange), "wrong"))
    assert failure.code == "EX-AUTH-01"
    assert "Extended Protection" not in str(explain(failure.code, failure.params, "en"))


def test_of_no_certificate_nothing_is_said() -> None:
    assert facts_of(b"") == facts_of(b"x") == {}


@pytest.mark.parametrize("spared", [False, True])
def test_the_systems_proxy_is_used_and_what_it_is_not_for_is_spared(
    exchange: Simulator,
    reach: Callable[..., EwsServer],
    stack: ExitStack,
    no_proxies: pytest.MonkeyPatch,
    spared: bool,
) -> None:
    proxy = stack.enter_context(connecting())
    no_proxies.setenv("HTTPS_PROXY", proxy.url)
    if spared:
        no_proxies.setenv("NO_PROXY", "localhost,127.0.0.1")
    assert reach(exchange).calendar(people.ANNA, "default", None).identity().folder
    assert bool(proxy.asked) is not spared


@pytest.mark.parametrize("spared", [False, True])
def test_the_proxy_of_windows_registry_counts_too(
    exchange: Simulator,
    reach: Callable[..., EwsServer],
    stack: ExitStack,
    no_proxies: pytest.MonkeyPatch,
    spared: bool,
) -> None:
    proxy = stack.enter_context(connecting())
    as_windows(no_proxies, proxy.url, spared=spared)
    assert reach(exchange).calendar(people.ANNA, "default", None).identity().folder
    assert bool(proxy.asked) is not spared


def as_windows(monkeypatch: pytest.MonkeyPatch, proxy: str, *, spared: bool) -> None:
    """What urllib finds in the registry: the proxy of Internet settings, and its exceptions."""
    for module in (urllib.request, requests.utils):
        monkeypatch.setattr(module, "getproxies", lambda: {"http": proxy, "https": proxy})
        monkeypatch.setattr(module, "proxy_bypass", lambda host: spared and host == "127.0.0.1")
