"""The figures for a monitoring system, scraped over a real socket and parsed as the format asks."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from datetime import timedelta
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.clock import FakeClock
from tests.services.scenes import active, change, stop
from vfadmin.errors import StoreError, failure
from vfadmin.models.store import Store
from vfadmin.services.context import Services
from vfadmin.services.health import Health
from vfadmin.services.metrics import CONTENT_TYPE, Meter, Scrape
from vfadmin.services.metrics_server import address_of, serving
from vfadmin.sync.values import MailboxResult

_NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
_HELP, _TYPE = re.compile(rf"# HELP ({_NAME}) (.+)"), re.compile(rf"# TYPE ({_NAME}) (\w+)")
_LABEL = r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"'
_SAMPLE = re.compile(rf"({_NAME})(?:\{{({_LABEL}(?:,{_LABEL})*)\}})? (-?[0-9.e+-]+|\+Inf|NaN)")
_ENDINGS = {"histogram": ("_bucket", "_sum", "_count"), "gauge": ("",), "counter": ("",)}

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def parsed(page: str) -> Samples:
    """Every sample of a page of the format 0.0.4; anything that is not of the format is an error."""
    assert page.endswith("\n")
    lines, found, families = page.splitlines(), Samples(), set[str]()
    family, kind = "", ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if told := _HELP.fullmatch(line):
            family = told[1]
            assert family not in families, f"{family} is told twice"
            families.add(family)
            typed = _TYPE.fullmatch(following)
            assert typed is not None, line
            assert typed[1] == family
            kind = typed[2]
            assert kind in _ENDINGS
            assert (kind == "counter") == family.endswith("_total")
        elif not _TYPE.fullmatch(line):
            sample = _SAMPLE.fullmatch(line)
            assert sample is not None, line
            assert sample[1] in {f"{family}{ending}" for ending in _ENDINGS[kind]}
            key = sample[1], tuple(re.findall(_LABEL, sample[2] or ""))
            assert key not in found, line
            found[key] = float(sample[sample.lastindex or 0])
    return found


def fetch(url: str) -> tuple[str, str]:
    with urlopen(url, timeout=20) as answer:  # noqa: S310 - our own, on loopback
        return answer.headers["Content-Type"], answer.read().decode()


def test_r24_a_scrape_tells_what_the_store_and_this_process_know(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    now, meter = fake_clock.now, Meter()
    services.connections.set(url="https://mail.firma.fi/ews/exchange.asmx", account="svc@firma.fi")
    works, stopped = active(services, "Anna Aalto"), active(services, "Bea")
    change(store, works.id, last_synced_at=now - timedelta(minutes=2), next_run_at=now, waiting=3)
    stop(store, stopped.id, now)
    meter.note(MailboxResult(1, ok=True, pulled=2, pushed=1, requests=7, duration_ms=400))
    meter.note(MailboxResult(1, ok=True, requests=2, duration_ms=100))
    meter.note(MailboxResult(2, ok=False, requests=1, duration_ms=900_000, failure=failure("VF-HUNG-01")))

    with serving(address_of("0"), Scrape(services.health.now, meter, fake_clock)) as url:
        assert url.startswith("http://127.0.0.1:")
        kind, page = fetch(url)

    assert kind == CONTENT_TYPE
    assert "Anna" not in page
    assert "firma" not in page
    samples = parsed(page)

    def value(name: str, **labels: str) -> float:
        return samples[f"vfadmin_{name}", tuple(labels.items())]

    assert [value("mailboxes", state=one) for one in ("active", "passive", "error")] == [1, 0, 1]
    assert value("mailboxes_stopped", code="EX-IMP-01") == 1
    assert (value("mailboxes_due"), value("events_waiting"), value("synchronising")) == (1, 3, 1)
    assert value("connection_blocked", connection="ews") == 0
    assert value("last_success_age_seconds") == 120
    assert (value("cycles_total", result="ok"), value("cycles_total", result="failed")) == (2, 1)
    assert (value("requests_total", result="ok"), value("requests_total", result="failed")) == (9, 1)
    assert (value("operations_total", operation="pulled"), value("hung_threads_total")) == (2, 1)
    assert value("failures_total", code="VF-HUNG-01") == 1
    assert [value("cycle_seconds_bucket", le=one) for one in ("0.1", "0.25", "0.5", "300.0", "+Inf")] == [
        *(1, 1, 2, 2, 3)
    ]
    assert (value("cycle_seconds_count"), value("cycle_seconds_sum")) == (3, 900.5)


def test_nothing_is_told_of_what_never_was(services: Services, fake_clock: FakeClock) -> None:
    samples = parsed(Scrape(services.health.now, Meter(), fake_clock)())
    names = {name for name, _ in samples}
    assert "vfadmin_mailboxes_due" in names
    assert not names & {"vfadmin_last_success_age_seconds", "vfadmin_mailboxes_stopped"}


def test_only_the_page_is_served_and_a_store_out_of_reach_is_said(fake_clock: FakeClock) -> None:
    def out_of_reach() -> Health:
        raise StoreError(failure("VF-STORE-01", detail="hunter2"))

    with serving(("127.0.0.1", 0), Scrape(out_of_reach, Meter(), fake_clock)) as url:
        with pytest.raises(HTTPError) as elsewhere:
            fetch(url.replace("/metrics", "/"))
        with pytest.raises(HTTPError) as broken:
            fetch(f"{url}?x=1")
        with socket.create_connection(("127.0.0.1", int(url.split(":")[2].split("/")[0])), 20) as raw:
            raw.sendall(b"POST /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
            refused = raw.recv(4096)
    with elsewhere.value as one, broken.value as other:
        assert (one.code, other.code, other.read()) == (404, 503, b"VF-STORE-01\n")
    assert b" 501 " in refused.splitlines()[0]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("9464", ("127.0.0.1", 9464)),
        (":9464", ("127.0.0.1", 9464)),
        ("0.0.0.0:80", ("0.0.0.0", 80)),  # noqa: S104 - where somebody says so
        ("[::1]:9464", ("::1", 9464)),
    ],
)
def test_a_port_alone_is_of_this_computer(text: str, where: tuple[str, int]) -> None:
    assert address_of(text) == where


@pytest.mark.parametrize("text", ["", "kone", "kone:", "1:70000", "1:-1", "1:²", "1:" + "9" * 5000])
def test_what_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="port"):
        address_of(text)


def test_a_port_that_is_taken_is_refused(make_page: Callable[[], str]) -> None:
    with serving(("127.0.0.1", 0), make_page) as url:
        port = int(url.split(":")[2].split("/")[0])
        with pytest.raises(OSError, match=r"."), serving(("127.0.0.1", port), make_page):
            raise AssertionError("two listen at one place")


@pytest.fixture
def make_page() -> Callable[[], str]:
    return lambda: "\n"
