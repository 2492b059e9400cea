"""The system's proxy counts for Graph and for the sign-in before it, and for none that it is not for."""

from __future__ import annotations

import os
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from tests.between import Middle, connecting
from vfadmin.calendars.graph import GraphServer
from vfadmin.calendars.graph.connection import GraphConnection
from vfadmin.calendars.graph.probe import steps
from vfadmin.simulator import MailboxSpec, Simulator, SimulatorConfig

ANNA = "anna@example.test"


@pytest.fixture(scope="module")
def tenant() -> Iterator[Simulator]:
    with Simulator(SimulatorConfig(mailboxes=(MailboxSpec(ANNA),), protocol="graph")) as running:
        yield running


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Middle]:
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    with connecting() as running:
        yield running


def connection(tenant: Simulator) -> GraphConnection:
    """Graph and its sign-in under two names of this machine, so that a proxy tells which was asked."""
    return GraphConnection(
        "cloud",
        tenant.config.graph.tenant,
        tenant.config.graph.client_id,
        authority=_as("localhost", tenant.base_url),
        url=_as("127.0.0.1", tenant.graph_url),
        ca_file=str(tenant.ca_file),
    )


def _as(name: str, url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=f"{name}:{parts.port}").geturl()


def reached(tenant: Simulator) -> str:
    server = GraphServer(connection(tenant), lambda: tenant.client_secret)
    try:
        return server.resolve(ANNA).primary
    finally:
        server.close()


def hosts(proxy: Middle) -> set[str]:
    """Which hosts the proxy was asked for."""
    return {one.rpartition(":")[0] for one in proxy.asked}


@pytest.mark.parametrize(
    ("spared", "asked"),
    [("", {"localhost", "127.0.0.1"}), ("localhost", {"127.0.0.1"}), ("localhost,127.0.0.1", set())],
)
def test_the_proxy_of_the_environment(
    tenant: Simulator, proxy: Middle, monkeypatch: pytest.MonkeyPatch, spared: str, asked: set[str]
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    monkeypatch.setenv("NO_PROXY", spared)
    assert reached(tenant) == ANNA
    assert hosts(proxy) == asked


@pytest.mark.parametrize(
    ("spared", "asked"),
    [((), {"localhost", "127.0.0.1"}), (("127.0.0.1",), {"localhost"}), (("localhost", "127.0.0.1"), set())],
)
def test_the_proxy_of_windows_settings_and_its_exceptions(
    tenant: Simulator,
    proxy: Middle,
    monkeypatch: pytest.MonkeyPatch,
    spared: tuple[str, ...],
    asked: set[str],
) -> None:
    """ProxyServer and ProxyOverride, as urllib reads them from the registry."""
    found = {"http": proxy.url, "https": proxy.url}
    monkeypatch.setattr(httpx._utils, "getproxies", lambda: found)
    monkeypatch.setattr(urllib.request, "proxy_bypass", lambda host: host in spared)
    assert reached(tenant) == ANNA
    assert hosts(proxy) == asked


def test_the_connection_check_asks_for_the_tenant_through_the_proxy(
    tenant: Simulator, proxy: Middle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    found = {one.check: one.ok for one in steps(connection(tenant), lambda: tenant.client_secret, ANNA)}
    assert found["authority"]
    assert found["calendar"]
    assert hosts(proxy) == {"localhost", "127.0.0.1"}
