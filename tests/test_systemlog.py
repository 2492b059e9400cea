"""What goes into the system's own log: the numbers, and who is let through. Windows itself is not here."""

from __future__ import annotations

import logging
import sys

import pytest

from vfadmin.errors import CODES
from vfadmin.systemlog import ERROR, INFORMATION, MARK, WARNING, event_id, event_kind, system_log, telling


class Kept:
    """A log that keeps what it is given, or takes nothing."""

    def __init__(self, *, full: bool = False) -> None:
        self.full = full
        self.lines: list[tuple[int, int, str]] = []
        self.closed = False

    def write(self, kind: int, event_id: int, text: str) -> None:
        if self.full:
            raise OSError(1502, "the event log file is full")
        self.lines.append((kind, event_id, text))

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize(
    ("key", "kind", "number"),
    [
        ("begin", INFORMATION, 100),
        ("end", INFORMATION, 101),
        ("silent", WARNING, 110),
        ("over:silent", INFORMATION, 110),
        ("stopped:EX-AUTH-01", WARNING, 201),
        ("stopped:EX-IMP-01", WARNING, 351),
        ("blocked:oma palvelin:EX-AUTH-01", ERROR, 201),
        ("over:blocked:ews:EX-AUTH-01", INFORMATION, 201),
        ("stopped:VF-STORE-02", WARNING, 682),
        ("stopped:VF-IMPORT-01", WARNING, 999),
        ("stopped:?", WARNING, 999),
    ],
)
def test_each_kind_and_code_has_its_number_for_ever(key: str, kind: int, number: int) -> None:
    assert (event_kind(key), event_id(key)) == (kind, number)


def test_no_two_codes_of_exchange_share_a_number_and_each_can_be_shown() -> None:
    numbers = [event_id(f"stopped:{code}") for code in CODES if code.startswith("EX-")]
    assert len(set(numbers)) == len(numbers)
    assert all(1 <= number < 999 for number in numbers)


@pytest.mark.expected_log("to be looked at")
def test_only_what_is_marked_is_handed_on_while_it_lasts() -> None:
    log, own = Kept(), logging.getLogger("vfadmin.services.watchman")
    with telling(log):
        own.warning("to be looked at: %s", "silent (2)", extra={MARK: "silent"})
        own.warning("to be looked at, but not marked")
    own.warning("to be looked at: too late", extra={MARK: "silent"})
    assert log.lines == [(WARNING, 110, "to be looked at: silent (2)")]
    assert log.closed


@pytest.mark.expected_log("to be looked at")
def test_a_full_log_stops_nothing() -> None:
    with telling(Kept(full=True)):
        logging.getLogger("vfadmin.x").warning("to be looked at", extra={MARK: "silent"})


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has one")
def test_elsewhere_there_is_no_such_log() -> None:
    assert system_log() is None
    with telling(None):
        pass
