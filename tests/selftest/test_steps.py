from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from vfadmin.errors import SecretError, failure
from vfadmin.selftest.examine import AbsentError, Verdict, examine
from vfadmin.selftest.steps import BrokenError, demo_of, program_steps, round_trip, told
from vfadmin.services.credentials import MemorySecrets
from vfadmin.settings import Language

QUIET: Mapping[str, Any] = {
    "equal": True,
    "events": 81,
    "conflicts": 2,
    "writes_in_last_sync": 0,
    "mails_sent": 0,
}


def steps() -> dict[str, Any]:
    return dict(program_steps(MemorySecrets(), lambda _protocol: QUIET))


def test_this_checkout_is_whole_but_for_what_takes_long() -> None:
    """Every module is loaded and both stories told where the frozen program checks itself: it takes long."""
    short = {name: step for name, step in steps().items() if name != "modules"}
    assert {one.name: one.verdict for one in examine(short)} == dict.fromkeys(short, Verdict.OK)
    assert list(short) == ["files", "zones", "database", "keyring", "sync-ews", "sync-graph"]


def test_the_story_is_told_over_both_protocols() -> None:
    asked = []

    def story(protocol: str) -> Mapping[str, Any]:
        asked.append(protocol)
        return QUIET

    made = program_steps(MemorySecrets(), story)
    assert "events 81" in made["sync-ews"](Path())
    made["sync-graph"](Path())
    assert asked == ["ews", "graph"]


@pytest.mark.parametrize("change", [{"equal": False}, {"mails_sent": 1}, {"writes_in_last_sync": 3}])
def test_a_story_without_its_good_end_is_a_failure(change: dict[str, Any]) -> None:
    with pytest.raises(BrokenError, match="differ or do not rest"):
        told({**QUIET, **change})


def test_the_story_has_no_window_and_the_smallest_cast() -> None:
    request = demo_of("graph", Language.FI)
    assert (request.protocol, request.persons, request.window, request.keep) == ("graph", 10, False, False)
    request.tell("nobody hears it")


class Vault(MemorySecrets):
    """A vault that misbehaves in one way."""

    def __init__(self, fault: str) -> None:
        super().__init__()
        self.fault = fault

    def read(self, connection: str) -> str:
        secret = super().read(connection)
        return secret.encode("ascii", "replace").decode() if self.fault == "letters" else secret

    def write(self, connection: str, secret: str) -> None:
        if self.fault.startswith("VF-"):
            raise SecretError(failure(self.fault, backend="none"))
        super().write(connection, secret)

    def forget(self, connection: str) -> None:
        if self.fault != "keeps":
            super().forget(connection)


@pytest.mark.parametrize(("fault", "words"), [("letters", "another secret"), ("keeps", "was removed")])
def test_a_keyring_that_only_pretends_is_found_out(fault: str, words: str) -> None:
    with pytest.raises(BrokenError, match=words):
        round_trip(Vault(fault), sys.platform)


def test_a_server_need_not_have_a_keyring_but_windows_always_has_one() -> None:
    with pytest.raises(AbsentError):
        round_trip(Vault("VF-SECRET-01"), "linux")
    with pytest.raises(SecretError):
        round_trip(Vault("VF-SECRET-01"), "win32")
    with pytest.raises(SecretError):
        round_trip(Vault("VF-SECRET-02"), "linux")


def test_nothing_stays_in_the_keyring() -> None:
    vault = MemorySecrets()
    assert round_trip(vault, "win32") == "stored, read, removed"
    assert vault._secrets == {}
