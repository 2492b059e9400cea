"""The canonical form: applying it twice changes nothing, and a calendar's habits vanish under it."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from tests.contract.strategies import events, texts, times
from vfadmin.calendars.event import (
    FIELDS,
    LOCATION_LIMIT,
    TITLE_LIMIT,
    Event,
    When,
    all_day,
    canonical,
    canonical_line,
    canonical_text,
    canonical_when,
    cut_utf16,
    differing,
    with_fields,
)

ANY_TEXT = st.one_of(texts(200), st.text(st.characters(exclude_categories=()), max_size=60))
NOON = datetime(2026, 3, 29, 12, 0, tzinfo=UTC)


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(events(recurring=True))
def test_an_event_made_canonical_twice_is_the_same(event: Event) -> None:
    once = canonical(event)
    assert canonical(once) == once
    assert once.participants == event.participants
    assert (once.recurrence is None) == (event.recurrence is None)


@given(ANY_TEXT)
@example("a\n\u3000")
@example("\u3000\n \na")
@example("a \u0308")
@example("a\x00\u0308")
@example("a\r\x00\nb")
def test_a_text_made_canonical_twice_is_the_same(text: str) -> None:
    once = canonical_text(text)
    assert canonical_text(once) == once
    line = canonical_line(text, TITLE_LIMIT)
    assert canonical_line(line, TITLE_LIMIT) == line


@given(ANY_TEXT)
def test_a_canonical_text_holds_nothing_that_calendars_disagree_on(text: str) -> None:
    shown = canonical_text(text)
    assert unicodedata.is_normalized("NFC", shown)
    assert not set(shown) & set("\r\xa0\u2028\u2029\x85\x00\x0b\x0c\x1f\x7f")
    assert all(line == line.rstrip(" \t") for line in shown.split("\n"))
    assert shown == shown.strip("\n")


@given(ANY_TEXT)
def test_a_canonical_text_survives_xml(text: str) -> None:
    """XML 1.0 section 2.11 turns line ends into LF; everything else has to come back as it was."""
    shown = canonical_text(text)
    element = etree.Element("Body")
    element.text = shown
    assert (etree.fromstring(etree.tostring(element, encoding="utf-8")).text or "") == shown


@given(ANY_TEXT, st.sampled_from(["\r\n", "\r", "\u2028", "\u2029", "\x85"]))
def test_line_ends_of_any_kind_are_one_kind(text: str, end: str) -> None:
    assert canonical_text(f"a{end}b {text}") == canonical_text(f"a\nb {text}")
    assert canonical_text(f"{text}{end}") == canonical_text(text)


@given(ANY_TEXT)
def test_blanks_at_line_ends_and_no_break_spaces_are_no_difference(text: str) -> None:
    assert canonical_text(text.replace(" ", "\xa0")) == canonical_text(text)
    assert canonical_text(canonical_text(text).replace("\n", " \t\n")) == canonical_text(text)


def test_blanks_inside_a_text_stay_and_inside_a_line_run_together() -> None:
    assert canonical_text("  a  b\t c\n\n  d") == "  a  b\t c\n\n  d"
    assert canonical_line("  a  b\t c\n\n  d", 255) == "a b c d"


@given(ANY_TEXT, st.integers(0, 300))
def test_a_line_is_one_line_within_its_limit(text: str, limit: int) -> None:
    line = canonical_line(text, limit)
    assert "\n" not in line
    assert line == line.strip()
    assert units(line) <= limit


@given(st.text(max_size=400), st.integers(0, 300))
def test_cutting_keeps_the_longest_start_and_splits_no_character(text: str, limit: int) -> None:
    kept = cut_utf16(text, limit)
    assert text.startswith(kept)
    assert units(kept) <= limit
    assert kept == text or units(text[: len(kept) + 1]) > limit


@pytest.mark.parametrize(("letter", "count"), [("x", 255), ("ä", 255), ("€", 255), ("😀", 127)])
def test_titles_and_locations_are_cut_where_exchange_cuts_them(letter: str, count: int) -> None:
    event = canonical(Event(letter * 300, When(NOON, NOON), location=letter * 300))
    assert event.title == event.location == letter * count
    assert TITLE_LIMIT == LOCATION_LIMIT == 255


@given(times())
def test_a_time_made_canonical_twice_is_the_same(when: When) -> None:
    once = canonical_when(when)
    assert canonical_when(once) == once
    assert once.start <= once.end
    assert (once.start.tzinfo, once.end.tzinfo) == (UTC, UTC)
    assert all(moment.second == moment.microsecond == 0 for moment in (once.start, once.end))


@given(times(), st.timedeltas(timedelta(hours=-12), timedelta(hours=14)))
def test_a_moment_is_the_same_whatever_its_offset(when: When, offset: timedelta) -> None:
    shift = timezone(timedelta(minutes=offset // timedelta(minutes=1)))
    moved = replace(when, start=when.start.astimezone(shift), end=when.end.astimezone(shift))
    assert canonical_when(moved) == canonical_when(when)


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(1, 60))
def test_whole_days_stay_whole_days(first: date, days: int) -> None:
    when = all_day(first, first + timedelta(days=days))
    assert canonical_when(when) == when
    assert (when.start.date(), (when.end - when.start).days, when.zone) == (first, days, "UTC")


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        pytest.param(NOON, NOON, 1, id="no-length"),
        pytest.param(NOON.replace(hour=0), NOON.replace(hour=0), 1, id="midnight-to-itself"),
        pytest.param(NOON.replace(hour=0), NOON.replace(hour=23, minute=59), 1, id="to-the-last-minute"),
        pytest.param(NOON.replace(hour=0), NOON.replace(hour=0) + timedelta(days=2), 2, id="two-days"),
        pytest.param(NOON, NOON + timedelta(days=1), 2, id="noon-to-noon"),
        pytest.param(NOON, NOON - timedelta(days=3), 1, id="backwards"),
    ],
)
def test_an_all_day_event_covers_its_days_and_has_no_zone(start: datetime, end: datetime, days: int) -> None:
    when = canonical_when(When(start, end, all_day=True, zone="Asia/Tokyo"))
    assert when == all_day(start.date(), start.date() + timedelta(days=days))


def test_an_end_before_its_start_becomes_its_start() -> None:
    when = canonical_when(When(NOON, NOON - timedelta(hours=1), zone="Europe/Helsinki"))
    assert (when.start, when.end, when.zone) == (NOON, NOON, "Europe/Helsinki")


@given(events(recurring=True), events(recurring=True))
def test_the_differing_fields_are_just_what_makes_one_event_the_other(one: Event, other: Event) -> None:
    names = differing(one, other)
    assert with_fields(one, other, names) == other
    assert differing(other, one) == names
    assert (names == frozenset()) == (one == other)
    for name in names:
        assert with_fields(one, other, names - {name}) != other


def test_every_attribute_is_a_field_of_the_merge() -> None:
    assert FIELDS == (
        "title",
        "when",
        "location",
        "text",
        "private",
        "show_as",
        "reminder_minutes",
        "acknowledged",
        "recurrence",
        "participants",
    )


@given(events(recurring=True))
def test_a_field_without_a_form_of_its_own_stays_as_it_is(event: Event) -> None:
    formed = {"title", "location", "text", "when", "reminder_minutes", "recurrence"}
    shown = canonical(event)
    assert {name: getattr(shown, name) for name in set(FIELDS) - formed} == {
        name: getattr(event, name) for name in set(FIELDS) - formed
    }
