"""The publisher's server is asked over TLS that is verified, and nothing it answers can do harm."""

from __future__ import annotations

import gzip
import threading
from pathlib import Path

import pytest

from tests.services.updates.publishing import Shelf, open_shelf, word
from vfadmin.services.updates.asking import fetch
from vfadmin.services.updates.envelope import LARGEST
from vfadmin.services.updates.refusals import UpdateError


def detail(url: str, whole: float = 10.0) -> object:
    """Why nothing came of it."""
    with pytest.raises(UpdateError) as caught:
        fetch(url, whole)
    assert caught.value.failure.code == "VF-UPDATE-02"
    return caught.value.failure.params["detail"]


def test_what_is_handed_out_is_taken_and_who_asks_tells_nothing_of_himself(shelf: Shelf) -> None:
    assert fetch(shelf.url) == shelf.body
    (asked,) = shelf.asked
    assert set(asked) == {"Host", "Accept", "Accept-Encoding", "Connection", "User-Agent"}
    assert asked["User-Agent"] == "vfadmin"


def test_a_server_whose_authority_nobody_knows_is_not_asked(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as server:
        assert detail(server.url) == "EX-TLS-01"
        assert server.asked == []


def test_a_server_of_another_name_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_shelf(tmp_path, "127.0.0.2") as server:
        monkeypatch.setenv("SSL_CERT_FILE", server.ca_file)
        assert detail(server.url.replace("localhost", "127.0.0.2")) == "EX-TLS-02"
        assert server.asked == []


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed_wherever_it_leads(shelf: Shelf, status: int) -> None:
    shelf.status, shelf.headers = status, {"Location": shelf.url}
    assert detail(shelf.url) == f"HTTP {status}"
    assert len(shelf.asked) == 1


@pytest.mark.parametrize("status", [204, 206, 403, 404, 500, 503])
def test_anything_but_the_whole_is_no_answer(shelf: Shelf, status: int) -> None:
    shelf.status = status
    assert detail(shelf.url) == f"HTTP {status}"


def test_of_an_endless_answer_only_so_much_is_taken_that_it_is_too_much(shelf: Shelf) -> None:
    shelf.body = b"x" * (20 * LARGEST)
    assert len(fetch(shelf.url)) == LARGEST + 1


def test_what_comes_packed_stays_packed(shelf: Shelf) -> None:
    shelf.body, shelf.headers = gzip.compress(b"\0" * 10_000_000), {"Content-Encoding": "gzip"}
    assert fetch(shelf.url) == shelf.body


def test_an_answer_that_drips_is_given_up_in_time(shelf: Shelf) -> None:
    shelf.stalled = threading.Event()
    try:
        assert detail(shelf.url, whole=0.3) == "EX-CONN-04"
    finally:
        shelf.stalled.set()


def test_a_proxy_whose_address_is_none_is_told_as_any_other_fault(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "gopher://välityspalvelin")
    assert detail(shelf.url.replace("localhost", "esim.example")) == "EX-UNKNOWN-01"


def test_a_closed_port_and_what_is_no_address_are_told(shelf: Shelf) -> None:
    assert detail("https://localhost:1/") == "EX-CONN-03"
    assert detail("https://localhost:port/") == "EX-CONN-06"
    assert word() == shelf.body
