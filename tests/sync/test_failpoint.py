"""The places where a test may end the process."""

from __future__ import annotations

import os
import signal

import pytest

from vfadmin.sync import failpoint


def test_only_the_nth_passing_of_the_wanted_place_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[tuple[int, int]] = []
    monkeypatch.setattr(failpoint, "_WANTED", "write-done:2")
    failpoint._passed.clear()
    monkeypatch.setattr(failpoint.os, "kill", lambda *what: ended.append(what))
    failpoint.failpoint("page-read")
    failpoint.failpoint("write-done")
    assert ended == []
    failpoint.failpoint("write-done")
    assert ended == [(os.getpid(), signal.SIGKILL)]


def test_unasked_nothing_is_counted() -> None:
    failpoint._passed.clear()
    failpoint.failpoint("write-done")
    assert not failpoint._passed
