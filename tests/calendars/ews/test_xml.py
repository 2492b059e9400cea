from __future__ import annotations

from datetime import UTC, datetime

import pytest

from vfadmin.calendars.ews.xml import Truncated, element, find, flag_at, parse, text_at, time_at
from vfadmin.calendars.exchange.moments import shown_moment


@pytest.mark.parametrize("cut", [1, 10, 40])
def test_half_a_document_is_never_taken_for_a_whole_one(cut: int) -> None:
    """Hazard: exchangelib's forgiving parser closes what a broken connection left open."""
    whole = b"<a><SyncState>new</SyncState><Changes><Create/></Changes></a>"
    with pytest.raises(Truncated):
        parse(whole[:-cut])


@pytest.mark.parametrize("content", [b"", b"   ", b"no xml", b"<a>&undefined;</a>", b"\xff\xfe"])
def test_what_is_no_xml_is_refused(content: bytes) -> None:
    with pytest.raises(Truncated):
        parse(content)


@pytest.mark.parametrize(
    ("reference", "kept"),
    [
        ("&#x0B;", ""),
        ("&#11;", ""),
        ("&#0;", ""),
        ("&#xFFFE;", ""),
        ("&#55296;", ""),
        ("&#9;", "\t"),
        ("&#228;", "ä"),
    ],
)
def test_references_exchange_writes_against_the_rules_are_dropped(reference: str, kept: str) -> None:
    root = parse(f"<a>x{reference}y&#x1;</a>".encode())
    assert root.text == f"x{kept}y"


def test_entities_are_not_expanded_from_outside() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
    assert parse(bomb).text is None


def test_values() -> None:
    holder = element("t:Item")
    for name, text in (("Yes", "true"), ("One", "1"), ("No", "false"), ("Empty", None)):
        holder.append(element(f"t:{name}", text))
    assert [flag_at(holder, f"t:{name}") for name in ("Yes", "One", "No", "Missing")] == [
        True,
        True,
        False,
        False,
    ]
    assert text_at(holder, "t:Empty") == ""
    assert text_at(holder, "t:Missing") is None
    assert find(holder, "t:Missing/t:Deeper") is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-02T07:00:00Z", datetime(2026, 3, 2, 7, tzinfo=UTC)),
        ("2026-03-02T09:00:00+02:00", datetime(2026, 3, 2, 7, tzinfo=UTC)),
        ("2026-03-02T07:00:00.123Z", datetime(2026, 3, 2, 7, 0, 0, 123_000, tzinfo=UTC)),
        ("2026-03-02T07:00:00", datetime(2026, 3, 2, 7, tzinfo=UTC)),
        ("9999-12-31T23:59:59-05:00", datetime.max.replace(tzinfo=UTC)),
        ("0001-01-01T00:00:00+02:00", datetime.min.replace(tzinfo=UTC)),
        ("soon", None),
        (None, None),
    ],
)
def test_times(text: str | None, moment: datetime | None) -> None:
    holder = element("t:Item")
    holder.append(element("t:Start", text))
    assert time_at(holder, "t:Start") == moment


def test_an_early_year_is_written_with_four_digits() -> None:
    assert shown_moment(datetime(1, 1, 1, tzinfo=UTC)) == "0001-01-01T00:00:00Z"
