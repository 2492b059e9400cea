"""What the publisher says is read as it was written; what is none is refused, whoever signed it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.services.updates.publishing import MANIFEST
from vfadmin.services.updates.manifest import (
    LONGEST_NOTE,
    Installer,
    Manifest,
    ManifestError,
    as_bytes,
    parsed,
)
from vfadmin.services.updates.versions import Version

SHOWN = st.characters(exclude_categories=["C", "Z"])
NUMBER = st.integers(0, 999_999)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
FILES = st.builds(
    Installer,
    st.text(SHOWN, min_size=1, max_size=120).filter(lambda name: "/" not in name and "\\" not in name),
    st.integers(1, 2**40),
    st.text("0123456789abcdef", min_size=64, max_size=64),
)
NOTES = st.text(SHOWN | st.sampled_from(" \n"), max_size=200)
MANIFESTS = st.builds(
    lambda published, lasts, **rest: Manifest(published=published, valid_until=published + lasts, **rest),
    version=st.builds(Version, NUMBER, NUMBER, NUMBER),
    published=MOMENTS,
    lasts=st.timedeltas(timedelta(seconds=1), timedelta(days=3650)),
    page=st.just(MANIFEST.page),
    notes=st.fixed_dictionaries({"fi": NOTES, "en": NOTES}),
    files=st.lists(FILES, max_size=4).map(tuple),
)


def told(**other: object) -> bytes:
    return json.dumps({**json.loads(as_bytes(MANIFEST)), **other}).encode()


def of_file(**other: object) -> Mapping[str, object]:
    return {"name": "a.exe", "size": 1, "sha256": "0" * 64, **other}


@given(MANIFESTS)
def test_what_was_written_is_read_again(manifest: Manifest) -> None:
    assert parsed(as_bytes(manifest)) == manifest


def test_what_a_later_version_adds_is_passed_over() -> None:
    assert parsed(told(needs={"windows": 11})) == MANIFEST


def test_a_moment_of_another_zone_is_the_same_moment() -> None:
    found = parsed(told(published="2026-03-10T11:30:00+02:00"))
    assert (found.published, found.published.tzinfo) == (MANIFEST.published, UTC)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_it_is_it_is_refused_in_order(anything: bytes) -> None:
    with pytest.raises(ManifestError):
        parsed(anything)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(json.loads(as_bytes(MANIFEST)))), JSON)
def test_a_field_of_whatever_kind_is_read_or_refused_in_order(field: str, anything: Any) -> None:
    try:
        found = parsed(told(**{field: anything}))
    except ManifestError:
        return
    assert as_bytes(found) == as_bytes(parsed(as_bytes(found)))


@pytest.mark.parametrize(
    "other",
    [
        {"product": "another"},
        {"format": 2},
        {"format": True},
        {"version": "1.4"},
        {"version": "1.4.0-rc.1"},
        {"version": None},
        {"published": "2026-03-10T09:30:00"},
        {"published": "yesterday"},
        {"published": "0001-01-01T00:00:00+14:00"},
        {"valid_until": "2026-03-10T09:30:00+00:00"},
        {"valid_until": 1},
        {"page": "http://vfadmin.esim.example/"},
        {"page": "javascript:alert(1)"},
        {"page": "https://a:b@vfadmin.esim.example/"},
        {"page": "https://vfadmin.esim.example/" + "x" * 2_000},
        {"page": "https://vfadmin.esim.example/\u202e"},
        {"notes": None},
        {"notes": {"fi": "vain suomeksi"}},
        {"notes": {"fi": "x" * (LONGEST_NOTE + 1), "en": ""}},
        {"notes": {"fi": "\x1b[31m", "en": ""}},
        {"notes": {"fi": "\ud800", "en": ""}},
        {"files": None},
        {"files": [1]},
        {"files": [of_file()] * 21},
        {"files": [of_file(name="../a.exe")]},
        {"files": [of_file(name="C:\\a.exe")]},
        {"files": [of_file(name="")]},
        {"files": [of_file(size=0)]},
        {"files": [of_file(size=True)]},
        {"files": [of_file(size=2**41)]},
        {"files": [of_file(size="1")]},
        {"files": [of_file(sha256="0" * 63)]},
        {"files": [of_file(sha256="G" * 64)]},
    ],
    ids=lambda other: str(other)[:40],
)
def test_what_is_of_no_use_is_refused(other: Mapping[str, object]) -> None:
    with pytest.raises(ManifestError):
        parsed(told(**other))


def test_what_is_nested_without_end_is_refused() -> None:
    with pytest.raises(ManifestError):
        parsed(b"[" * 50_000)
