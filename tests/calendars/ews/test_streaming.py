"""One answer made of many documents: cut out as they come in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.calendars.ews.canned import answer, message
from vfadmin.calendars.ews import streaming
from vfadmin.calendars.ews.streaming import documents
from vfadmin.calendars.ews.xml import Truncated

FIRST = answer("GetStreamingEvents", message("GetStreamingEvents"))
SECOND = FIRST.replace(b"s:", b"soap11:")


@given(st.integers(1, 2000), st.sampled_from([b"", b"\r\n", b"  "]))
def test_documents_come_out_whole_however_they_come_in(size: int, between: bytes) -> None:
    whole = between.join((FIRST, SECOND, FIRST)) + between
    pieces = (whole[start : start + size] for start in range(0, len(whole), size))

    assert list(documents(pieces)) == [FIRST, SECOND, FIRST]


def test_a_document_comes_out_before_the_next_one_begins() -> None:
    def pieces() -> Iterator[bytes]:
        yield FIRST
        raise AssertionError("the first one was there already")

    assert next(documents(pieces())) == FIRST


def test_a_document_without_an_end_is_no_document() -> None:
    found = documents([FIRST, SECOND[:-5]])

    assert next(found) == FIRST
    with pytest.raises(Truncated):
        next(found)


def test_what_never_ends_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "_LARGEST", 1000)

    with pytest.raises(Truncated):
        list(documents(b"<html>" for _ in range(1000)))
