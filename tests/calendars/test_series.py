"""Series: what deviates from them, when they end, and their canonical form."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest
from hypothesis import given

from tests.contract.strategies import series
from vfadmin.calendars.codec import from_json, to_json
from vfadmin.calendars.event import (
    NO_REMINDER,
    Event,
    Override,
    Recurrence,
    ShowAs,
    When,
    all_day,
    canonical,
    ends_at,
    readable,
)
from vfadmin.calendars.recurrence.days import days
from vfadmin.calendars.series import occurrence, rule_of
from vfadmin.calendars.series_json import Clock, override_json, read_day, read_override

START = datetime(2026, 10, 12, 6, 0, tzinfo=UTC)
WHEN = When(START, START + timedelta(hours=1), zone="Europe/Helsinki")
HELSINKI = Clock("Europe/Helsinki")


def weekly(
    *exceptions: Override, rrule: str = "FREQ=WEEKLY;BYDAY=MO", deleted: tuple[date, ...] = ()
) -> Event:
    """Mondays at nine in Helsinki, from October on."""
    return Event("Palaveri", WHEN, reminder_minutes=15, recurrence=Recurrence(rrule, exceptions, deleted))


def recurrence_of(event: Event) -> Recurrence:
    """Its recurrence in canonical form."""
    found = canonical(event).recurrence
    assert found is not None
    return found


@given(series())
def test_a_series_is_canonical_once_and_comes_back_from_its_document_r17(event: Event) -> None:
    assert canonical(event) == event
    assert from_json(to_json(event)) == event
    assert readable(event)
    assert event.recurrence is not None
    for one in event.recurrence.exceptions:
        assert read_override(override_json(one), Clock(event.when.zone)) == one


def test_a_series_keeps_its_wall_clock_when_the_clocks_change_r17() -> None:
    rule = rule_of(Recurrence("FREQ=WEEKLY;BYDAY=MO"), WHEN)
    starts = [occurrence(WHEN, day).start for day in islice(days(rule), 25)]
    assert starts[1].hour == 6
    assert starts[2] == datetime(2026, 10, 26, 7, 0, tzinfo=UTC)
    assert starts[24] == datetime(2027, 3, 29, 6, 0, tzinfo=UTC)


def test_what_an_occurrence_has_in_common_with_its_series_is_no_deviation_r17() -> None:
    same = Override(
        date(2026, 10, 26),
        occurrence(WHEN, date(2026, 10, 26)),
        title=" Palaveri",
        show_as=ShowAs.BUSY,
        private=False,
        reminder_minutes=15,
    )
    assert recurrence_of(weekly(same)).exceptions == ()
    own = replace(same, title="Muu", reminder_minutes=NO_REMINDER)
    assert recurrence_of(weekly(own)).exceptions == (
        Override(date(2026, 10, 26), title="Muu", reminder_minutes=NO_REMINDER),
    )


def test_what_names_no_occurrence_is_dropped_r17() -> None:
    tuesday, monday = date(2026, 10, 13), date(2026, 10, 19)
    event = weekly(Override(tuesday, title="Muu"), Override(monday, title="Muu"), deleted=(tuesday, monday))
    assert recurrence_of(event) == Recurrence("FREQ=WEEKLY;BYDAY=MO", (), (monday,))


def test_a_series_starts_with_its_first_occurrence_r17() -> None:
    event = canonical(weekly(rrule="FREQ=WEEKLY;BYDAY=WE"))
    assert event.when == occurrence(WHEN, date(2026, 10, 14))


def test_a_moved_occurrence_is_in_the_zone_of_its_series() -> None:
    moved = When(START + timedelta(days=8), START + timedelta(days=8, hours=1), zone="Asia/Tokyo")
    (one,) = recurrence_of(weekly(Override(date(2026, 10, 19), moved))).exceptions
    assert one.when == replace(moved, zone="Europe/Helsinki")


@pytest.mark.parametrize(
    ("rrule", "deleted", "end"),
    [
        ("FREQ=WEEKLY;COUNT=3", (), datetime(2026, 10, 26, 8, 0, tzinfo=UTC)),
        ("FREQ=WEEKLY;UNTIL=20261027", (), datetime(2026, 10, 26, 8, 0, tzinfo=UTC)),
        ("FREQ=WEEKLY;COUNT=3", (date(2026, 10, 26),), datetime(2026, 10, 19, 7, 0, tzinfo=UTC)),
        ("FREQ=WEEKLY", (), None),
        ("FREQ=SECONDLY", (), None),
    ],
)
def test_a_series_ends_with_its_last_occurrence_r8(
    rrule: str, deleted: tuple[date, ...], end: datetime | None
) -> None:
    assert ends_at(weekly(rrule=rrule, deleted=deleted)) == end


def test_a_series_ends_with_an_occurrence_that_was_moved_behind_the_last_r8() -> None:
    late = When(START + timedelta(days=100), START + timedelta(days=100, hours=1))
    assert ends_at(weekly(Override(date(2026, 10, 12), late), rrule="FREQ=WEEKLY;COUNT=2")) == late.end


@pytest.mark.parametrize(
    "event",
    [
        weekly(rrule="FREQ=MONTHLY;BYMONTHDAY=31"),
        weekly(rrule="FREQ=WEEKLY;COUNT=1", deleted=(date(2026, 10, 12),)),
        replace(weekly(), when=replace(WHEN, zone="Nowhere/Else")),
    ],
)
def test_a_series_that_cannot_be_expressed_stays_as_it_is_r17(event: Event) -> None:
    assert not readable(event)
    assert canonical(event).recurrence == event.recurrence


def test_whole_days_stay_on_their_days_r17() -> None:
    event = canonical(
        replace(weekly(rrule="FREQ=YEARLY"), when=all_day(date(2026, 12, 6), date(2026, 12, 8)))
    )
    assert occurrence(event.when, date(2027, 12, 6)) == all_day(date(2027, 12, 6), date(2027, 12, 8))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-10-26", date(2026, 10, 26)),
        ("2026-10-25T22:30:00Z", date(2026, 10, 26)),
        ("2026-10-25T22:30:00", date(2026, 10, 26)),
        ("2026-10-26T00:30:00+02:00", date(2026, 10, 26)),
    ],
)
def test_an_occurrence_is_named_by_its_day_in_the_zone_of_the_series(text: str, day: date) -> None:
    assert read_day(text, HELSINKI) == day


@pytest.mark.parametrize(
    "data",
    [
        "2026-10-26",
        {},
        {"original": "eilen"},
        {"original": 5},
        {"original": "2026-10-26", "start": "2026-10-26T10:00:00Z"},
        {"original": "2026-10-26", "start": "x", "end": "y"},
        {"original": "2026-10-26", "colour": "red"},
        {"original": "2026-10-26", "title": 5},
        {"original": "2026-10-26", "private": "yes"},
        {"original": "2026-10-26", "reminder_minutes": "5"},
        {"original": "2026-10-26", "show_as": "asleep"},
    ],
)
def test_an_occurrence_of_nonsense_is_refused(data: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever its words
        read_override(data, HELSINKI)
