"""Rules and their text; python-dateutil, which shares no line with us, says which days a text means."""

from __future__ import annotations

from datetime import date, datetime
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contract.strategies import ZONES, rules
from vfadmin.calendars.recurrence.days import days, has, last, last_until, number
from vfadmin.calendars.recurrence.rule import Freq, Rule, Unsupported
from vfadmin.calendars.recurrence.text import parse, write

HELSINKI = ZoneInfo("Europe/Helsinki")
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=HELSINKI)
STARTS = st.datetimes(
    datetime.fromisoformat("2024-01-01T00:00"),
    datetime.fromisoformat("2029-12-31T23:00"),
    timezones=st.sampled_from(ZONES).map(ZoneInfo),
)


def told(text: str, start: datetime = MONDAY, *, all_day: bool = False) -> str:
    """The text of the rule after we have read it."""
    return write(parse(text, start, all_day=all_day), start.tzinfo or HELSINKI, all_day=all_day)


def expected(text: str, start: datetime, most: int = 60) -> list[date]:
    """The first days that text means."""
    text, _, until = text.partition(";UNTIL=")
    found = rrulestr(text, dtstart=start.replace(tzinfo=None, second=0, microsecond=0))
    bound = datetime.strptime(until[:8], "%Y%m%d").date() if until else date.max  # noqa: DTZ007
    return [day for moment in islice(found, most) if (day := moment.date()) <= bound]


@settings(max_examples=250)
@given(text=rules(), start=STARTS)
def test_a_rule_has_the_days_its_text_means_r17(text: str, start: datetime) -> None:
    rule = parse(text, start, all_day=True)
    assert list(islice(days(rule), 60)) == expected(text, start)


@settings(max_examples=250)
@given(text=rules(), start=STARTS, all_day=st.booleans())
def test_a_rule_comes_back_from_its_text_and_means_the_same_r17(
    text: str, start: datetime, all_day: bool
) -> None:
    rule = parse(text, start, all_day=all_day)
    first = start.replace(year=rule.first.year, month=rule.first.month, day=rule.first.day)
    written = write(rule, ZoneInfo(str(start.tzinfo)), all_day=all_day)
    assert parse(written, first, all_day=all_day) == rule
    if all_day:
        assert expected(written, first) == list(islice(days(rule), 60))


@settings(max_examples=200)
@given(text=rules(), start=STARTS)
def test_every_question_about_days_agrees_with_the_list_of_them(text: str, start: datetime) -> None:
    rule = parse(text, start, all_day=True)
    some = list(islice(days(rule), 40))
    assert [number(rule, day) for day in some] == list(range(1, len(some) + 1))
    within = [
        day
        for offset in range((some[-1] - some[0]).days % 400 + 1)
        if has(rule, day := date.fromordinal(some[0].toordinal() + offset))
    ]
    assert within == [day for day in some if day <= (within[-1])]
    for earlier, later in pairwise(some):
        assert last_until(rule, date.fromordinal(later.toordinal() - 1)) == earlier
    if not rule.endless:
        assert last(rule) == max(days(rule))


@pytest.mark.parametrize(
    ("text", "simplest"),
    [
        ("RRULE:freq=weekly", "FREQ=WEEKLY;BYDAY=MO"),
        ("FREQ=WEEKLY;INTERVAL=1;BYDAY=FR,MO,FR;WKST=SU", "FREQ=WEEKLY;BYDAY=MO,FR"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;WKST=SU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SA", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=TU"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "FREQ=DAILY"),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("FREQ=DAILY;INTERVAL=14", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=2"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1", "FREQ=MONTHLY;BYDAY=1MO"),
        ("FREQ=MONTHLY;BYDAY=+1MO", "FREQ=MONTHLY;BYDAY=1MO"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=-1", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("FREQ=MONTHLY;BYDAY=SU,SA;BYSETPOS=2", "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=2"),
        ("FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"),
        ("FREQ=MONTHLY;INTERVAL=24", "FREQ=YEARLY;INTERVAL=2;BYMONTH=3;BYMONTHDAY=2"),
        ("FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=2"),
        ("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=-1", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=30"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"),
        ("FREQ=WEEKLY;UNTIL=20260316T070000Z", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20260316T215959Z"),
        ("FREQ=WEEKLY;UNTIL=20260316T065959Z", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20260309T215959Z"),
        ("FREQ=WEEKLY;UNTIL=20260405", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20260330T205959Z"),
        ("FREQ=WEEKLY;COUNT=3;", "FREQ=WEEKLY;BYDAY=MO;COUNT=3"),
    ],
)
def test_equal_rules_have_one_text_r17(text: str, simplest: str) -> None:
    assert told(text) == simplest
    assert told(simplest) == simplest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "FREQ=HOURLY",
        "INTERVAL=2",
        "FREQ=DAILY;FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=1000",
        "FREQ=DAILY;INTERVAL=2;BYDAY=MO",
        "FREQ=DAILY;COUNT=1000",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=2;UNTIL=20260401",
        "FREQ=DAILY;UNTIL=20260301",
        "FREQ=DAILY;UNTIL=eilen",
        "FREQ=DAILY;UNTIL=20260230",
        "FREQ=DAILY;UNTIL=99991231",
        "FREQ=DAILY;BYHOUR=9",
        "FREQ=DAILY\nEXDATE:20260303",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;WKST=XX",
        "FREQ=WEEKLY;INTERVAL=100",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTHDAY=1,15",
        "FREQ=MONTHLY;BYMONTHDAY=-2",
        "FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=MO",
        "FREQ=MONTHLY;BYDAY=MO",
        "FREQ=MONTHLY;BYDAY=5MO",
        "FREQ=MONTHLY;BYDAY=1MO,3MO",
        "FREQ=MONTHLY;BYDAY=MO,WE;BYSETPOS=1",
        "FREQ=MONTHLY;BYMONTHDAY=1,2,3;BYSETPOS=-1",
        "FREQ=YEARLY;INTERVAL=9",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=YEARLY;BYMONTH=3,9",
        "FREQ=YEARLY;BYDAY=20MO",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=YEARLY;BYWEEKNO=20",
        "x" * 10_000,
    ],
)
def test_a_rule_that_exchange_cannot_express_is_refused_r17(text: str) -> None:
    with pytest.raises(Unsupported):
        parse(text, MONDAY, all_day=False)


def test_a_month_without_the_day_has_its_last_one() -> None:
    rule = parse("FREQ=MONTHLY;BYMONTHDAY=-1", datetime(2026, 1, 31, tzinfo=HELSINKI), all_day=True)
    assert [day.day for day in islice(days(rule), 4)] == [31, 28, 31, 30]


def test_what_is_no_day_of_the_rule_has_no_number() -> None:
    rule = Rule(Freq.WEEKLY, date(2026, 3, 2), days=(0,))
    with pytest.raises(ValueError, match="not a day"):
        number(rule, date(2026, 3, 3))
    assert not has(rule, date(9999, 12, 31))
    assert last(rule) is None


def test_the_end_stands_when_the_time_of_day_is_changed_r17() -> None:
    later = MONDAY.replace(hour=16)
    text = told("FREQ=WEEKLY;UNTIL=20260316T070000Z")
    assert told(text, later) == text
