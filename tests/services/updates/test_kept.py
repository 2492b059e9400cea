"""What a home remembers survives whatever becomes of the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.clock import START
from vfadmin.services.updates.kept import FILE, Kept, read, write


def test_nothing_is_remembered_at_first_and_then_what_was_written(tmp_path: Path) -> None:
    assert read(tmp_path) == Kept()
    for kept in (Kept(START, "VF-UPDATE-02", "{}", "1.4.0"), Kept()):
        write(tmp_path, kept)
        assert read(tmp_path) == kept
    assert [one.name for one in tmp_path.iterdir()] == [FILE]


@given(st.binary(max_size=100))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_of_somebody_else_is_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert read(tmp_path) == Kept()


@pytest.mark.parametrize(
    "other", [{"asked": "2026-03-10T09:30:00"}, {"asked": 1}, {"aside": None}, {"envelope": []}]
)
def test_a_file_with_something_else_in_it_is_as_none(tmp_path: Path, other: dict[str, object]) -> None:
    told = {"asked": START.isoformat(), "failed": "", "envelope": "", "aside": "", **other}
    (tmp_path / FILE).write_text(json.dumps(told), encoding="utf-8")
    assert read(tmp_path) == Kept()
