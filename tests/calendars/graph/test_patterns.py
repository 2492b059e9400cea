"""Rules and the recurrences Graph has for them."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contract.strategies import rules
from vfadmin.calendars.graph.patterns import read_rule, write_rule
from vfadmin.calendars.recurrence.rule import Rule, Unsupported
from vfadmin.calendars.recurrence.text import parse

MONDAY = date(2026, 3, 2)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)
WORDS = ("daily", "weekly", "relativeMonthly", "absoluteYearly", "endDate", "numbered", "noEnd", "monday", "")
NAMES = ("type", "interval", "daysOfWeek", "index", "dayOfMonth", "month", "endDate", "numberOfOccurrences")


@settings(max_examples=400)
@given(text=rules(), start=st.datetimes(datetime(2024, 1, 1), datetime(2029, 12, 31)))  # noqa: DTZ001
def test_every_rule_survives_its_recurrence_r17(text: str, start: datetime) -> None:
    rule = parse(text, start, all_day=True)
    sent = json.loads(json.dumps(write_rule(rule, "FLE Standard Time")))
    assert read_rule(sent, rule.first) == rule


def test_what_outlook_makes_of_workdays_is_read_r17() -> None:
    pattern = {
        "type": "weekly",
        "interval": 1,
        "month": 0,
        "dayOfMonth": 0,
        "daysOfWeek": ["monday", "tuesday", "wednesday", "thursday", "friday"],
        "firstDayOfWeek": "sunday",
        "index": "first",
    }
    ends = {
        "type": "noEnd",
        "startDate": "2026-03-02",
        "endDate": "0001-01-01",
        "recurrenceTimeZone": "FLE Standard Time",
        "numberOfOccurrences": 0,
    }
    rule = read_rule({"pattern": pattern, "range": ends}, MONDAY)
    assert (rule.days, rule.interval, rule.endless) == ((0, 1, 2, 3, 4), 1, True)


@pytest.mark.parametrize(
    "recurrence",
    [
        None,
        {},
        {"pattern": {"type": "hourly"}, "range": {"type": "noEnd"}},
        {"pattern": {"type": "weekly", "daysOfWeek": []}, "range": {"type": "noEnd"}},
        {"pattern": {"type": "daily"}, "range": {"type": "endDate", "endDate": "0001-01-01"}},
        {"pattern": {"type": "daily"}, "range": {"type": "numbered", "numberOfOccurrences": 0}},
    ],
)
def test_what_makes_no_sense_is_unsupported_r17(recurrence: object) -> None:
    with pytest.raises(Unsupported):
        read_rule(recurrence, MONDAY)


@given(
    pattern=st.dictionaries(st.sampled_from(NAMES), JSON | st.sampled_from(WORDS)),
    ends=st.dictionaries(st.sampled_from(NAMES), JSON | st.sampled_from(WORDS)) | JSON,
)
def test_nothing_a_server_says_breaks_the_reader(pattern: dict[str, Any], ends: object) -> None:
    try:
        found = read_rule({"pattern": pattern, "range": ends}, MONDAY)
    except Unsupported:
        return
    assert isinstance(found, Rule)
