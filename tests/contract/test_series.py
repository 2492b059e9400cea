"""The contract of series (R17): what goes in comes out as the keeper's own `project` says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contract.keeper import Keeper, mark, read, timed
from tests.contract.strategies import series
from vfadmin.calendars.base import Calendar, Item
from vfadmin.calendars.event import NO_REMINDER, Event, Override, Recurrence, ShowAs, When, all_day
from vfadmin.calendars.recurrence.days import days
from vfadmin.calendars.series import occurrence, rule_of

MONDAYS = tuple(date(2026, 3, 2) + timedelta(weeks=week) for week in range(8))
SHARED = [HealthCheck.function_scoped_fixture]


def weekly(*exceptions: Override, deleted: tuple[date, ...] = (), **fields: Any) -> Event:
    """Mondays at nine in Helsinki."""
    rule = Recurrence("FREQ=WEEKLY;BYDAY=MO;COUNT=8", exceptions, deleted)
    return timed("Palaveri", recurrence=rule, **({"reminder_minutes": 15} | fields))


def moved(week: int, **by: float) -> Override:
    """The occurrence of that week, moved."""
    when = occurrence(timed().when, MONDAYS[week])
    shift = timedelta(**by)
    return Override(MONDAYS[week], replace(when, start=when.start + shift, end=when.end + shift))


def changed_to(calendar: Calendar, *events: Event) -> Item:
    """The item after it has been each of the events in turn."""
    key = mark()
    written = calendar.create(events[0], key)
    for event in events[1:]:
        before = read(calendar, written.id)
        names = calendar.capabilities.fields & {"title", "when", "recurrence", "reminder_minutes", "show_as"}
        calendar.update(written.id, event, names, before.version, replace(mark(), key=key.key))
    item = read(calendar, written.id)
    assert not item.unfinished
    assert item.key == key.key
    return item


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=3;COUNT=5",
        "FREQ=WEEKLY;BYDAY=MO,WE,SU;INTERVAL=2;WKST=SU",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20261231",
        "FREQ=MONTHLY;BYMONTHDAY=2",
        "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=999",
        "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1",
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
        "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=4",
        "FREQ=YEARLY;UNTIL=20400101",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1",
        "FREQ=YEARLY;INTERVAL=2;BYMONTH=6;BYDAY=3SA",
    ],
)
@pytest.mark.parametrize("when", [timed().when, all_day(date(2026, 3, 2), date(2026, 3, 3))])
def test_each_rule_survives_a_round_trip_r17(calendar: Calendar, rule: str, when: When) -> None:
    event = replace(timed(), when=when, recurrence=Recurrence(rule))
    item = read(calendar, calendar.create(event, mark()).id)
    assert item.event == calendar.capabilities.project(event)
    assert item.unsupported is None


@settings(max_examples=40, suppress_health_check=SHARED, deadline=None)
@given(data=st.data())
def test_any_series_becomes_any_other_r17(keeper: Keeper, data: st.DataObject) -> None:
    """Also a single event, and what no order of requests could move is not moved here."""
    calendar = keeper.calendar()
    events = st.lists(series(moves=False) | st.just(timed("Yksi")), min_size=2, max_size=3)
    key = mark()
    first, *others = data.draw(events)
    written = calendar.create(first, key)
    for event in others:
        before = read(calendar, written.id)
        calendar.update(written.id, event, calendar.capabilities.fields, before.version, key)
        after = read(calendar, written.id)
        assert after.event == calendar.capabilities.project(event)
        assert not after.unfinished


DEVIATIONS = [
    pytest.param(weekly(moved(2, hours=3)), id="moved"),
    pytest.param(weekly(moved(2, days=3), moved(3, days=-3)), id="moved-a-day"),
    pytest.param(
        weekly(moved(1, days=8), moved(2, days=8), moved(3, days=2)), id="moved-one-behind-the-other"
    ),
    pytest.param(weekly(moved(1, days=8), deleted=(MONDAYS[2],)), id="moved-into-a-gap"),
    pytest.param(weekly(Override(MONDAYS[1], title="Muu", location="Oulu", text="Toinen")), id="retitled"),
    pytest.param(weekly(Override(MONDAYS[1], private=True, show_as=ShowAs.OOF)), id="private"),
    pytest.param(weekly(Override(MONDAYS[1], reminder_minutes=NO_REMINDER)), id="no-reminder"),
    pytest.param(weekly(Override(MONDAYS[1], reminder_minutes=60)), id="other-reminder"),
    pytest.param(weekly(Override(MONDAYS[1], title=""), location="Turku"), id="without-title"),
    pytest.param(weekly(deleted=(MONDAYS[0], MONDAYS[7])), id="deleted"),
    pytest.param(
        weekly(replace(moved(3, hours=1), title="Muu"), moved(4, hours=-1), deleted=(MONDAYS[5],)), id="all"
    ),
]


@pytest.mark.parametrize("event", DEVIATIONS)
def test_what_deviates_survives_a_round_trip_r17(calendar: Calendar, event: Event) -> None:
    assert changed_to(calendar, event).event == calendar.capabilities.project(event)


@pytest.mark.parametrize("event", DEVIATIONS)
def test_what_deviates_can_be_written_later_and_taken_back_r17(calendar: Calendar, event: Event) -> None:
    assert changed_to(calendar, weekly(), event).event == calendar.capabilities.project(
        replace(weekly(), recurrence=event.recurrence)
    )
    assert changed_to(calendar, event, weekly()).event.recurrence == weekly().recurrence


def test_an_occurrence_that_was_changed_twice_is_as_it_was_left_r17(calendar: Calendar) -> None:
    last = replace(moved(2, hours=5), show_as=ShowAs.FREE)
    item = changed_to(calendar, weekly(), weekly(replace(moved(2, hours=1), title="Muu")), weekly(last))
    assert item.event.recurrence == weekly(last).recurrence


def test_an_occurrence_that_was_moved_and_then_deleted_is_deleted_r17(calendar: Calendar) -> None:
    item = changed_to(calendar, weekly(moved(2, days=1)), weekly(deleted=(MONDAYS[2],)))
    assert item.event.recurrence == weekly(deleted=(MONDAYS[2],)).recurrence


def test_a_deleted_occurrence_can_come_back_r17(calendar: Calendar) -> None:
    before = weekly(moved(1, hours=1), deleted=(MONDAYS[2], MONDAYS[3]))
    after = weekly(moved(1, hours=1), deleted=(MONDAYS[3],))
    assert changed_to(calendar, before, after).event.recurrence == after.recurrence


def test_an_edit_of_the_series_reaches_the_occurrences_that_have_nothing_of_their_own_r17(
    calendar: Calendar,
) -> None:
    event = weekly(moved(1, hours=1), Override(MONDAYS[2], title="Muu"))
    renamed = replace(event, title="Toinen nimi", reminder_minutes=5)
    shown = changed_to(calendar, event, renamed).event
    assert (shown.title, shown.reminder_minutes, shown.recurrence) == ("Toinen nimi", 5, event.recurrence)


def test_a_shifted_series_keeps_what_deviates_r17(calendar: Calendar) -> None:
    """Exchange drops exceptions when the start moves: they are written again."""
    event = weekly(Override(MONDAYS[1], title="Muu"), moved(4, days=1), deleted=(MONDAYS[2],))
    hour = timedelta(hours=1)
    when = replace(event.when, start=event.when.start + hour, end=event.when.end + hour)
    shifted = replace(event, when=when)
    shown = changed_to(calendar, event, shifted).event
    assert shown == calendar.capabilities.project(shifted)
    assert shown.recurrence == event.recurrence


def test_a_single_event_becomes_a_series_and_a_single_one_again_r17(calendar: Calendar) -> None:
    single, many = timed("Palaveri"), weekly(moved(1, hours=1), reminder_minutes=None)
    assert changed_to(calendar, single, many).event == calendar.capabilities.project(many)
    assert changed_to(calendar, single, many, single).event == calendar.capabilities.project(single)


@pytest.mark.parametrize("zone", ["Europe/Helsinki", "Asia/Tokyo", "America/New_York"])
def test_every_occurrence_keeps_the_wall_clock_of_its_zone_r17(calendar: Calendar, zone: str) -> None:
    """Scenario 21: weekly over 2026-10-25 and 2027-03-28, whoever organises it."""
    start = datetime.fromisoformat("2026-10-12T06:00:00+00:00")
    when = When(start, start + timedelta(hours=1), zone=zone)
    second, late = date(2026, 11, 2), date(2027, 4, 5)
    rule = Recurrence("FREQ=WEEKLY", (Override(second, title="Muu"),), (late,))
    event = calendar.capabilities.project(replace(timed(), when=when, recurrence=rule))
    shown = read(calendar, calendar.create(event, mark()).id).event
    assert shown == event
    assert shown.recurrence is not None
    assert shown.recurrence.deleted == (late,)
    some = islice(days(rule_of(shown.recurrence, shown.when)), 30)
    clocks = {occurrence(shown.when, day).start.astimezone(ZoneInfo(zone)).time() for day in some}
    assert clocks == {start.astimezone(ZoneInfo(zone)).time()}


def test_a_series_of_whole_days_stays_on_its_days_r17(calendar: Calendar) -> None:
    """Scenario 22, with days on which Helsinki is at +2 and at +3."""
    when = all_day(date(2026, 10, 19), date(2026, 10, 21))
    own = Override(date(2026, 10, 26), all_day(date(2026, 10, 27), date(2026, 10, 28)))
    rule = Recurrence("FREQ=WEEKLY;BYDAY=MO;UNTIL=20270405", (own,), (date(2026, 11, 2), date(2027, 4, 5)))
    event = replace(timed(), when=when, recurrence=rule)
    assert read(calendar, calendar.create(event, mark()).id).event == calendar.capabilities.project(event)
