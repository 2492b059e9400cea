"""Series as Outlook makes them, and what a server refuses of ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.calendars.ews.scene import EVENT, START, created, mark
from vfadmin.calendars.base import Item
from vfadmin.calendars.event import NO_REMINDER, Event, Override, Recurrence
from vfadmin.calendars.ews import EwsCalendar
from vfadmin.calendars.series import occurrence
from vfadmin.errors import CalendarError, StaleVersion
from vfadmin.simulator import FaultRule, OutlookUser, Simulator
from vfadmin.simulator import Recurrence as Pattern

MONDAYS = tuple(date(2026, 3, 2) + timedelta(weeks=week) for week in range(4))
EVERY_MONDAY = Pattern("Weekly", MONDAYS[0], days=("Monday",), count=4)
WEEKLY = "FREQ=WEEKLY;BYDAY=MO;COUNT=4"
EVERYTHING = frozenset({"title", "when", "recurrence"})


def series(*exceptions: Override, deleted: tuple[date, ...] = ()) -> Event:
    return replace(EVENT, recurrence=Recurrence(WEEKLY, exceptions, deleted))


def moved(week: int, by: timedelta) -> Override:
    when = occurrence(EVENT.when, MONDAYS[week])
    return Override(MONDAYS[week], replace(when, start=when.start + by, end=when.end + by))


def item(calendar: EwsCalendar, item_id: str) -> Item:
    return calendar.fetch([item_id]).items[item_id]


def test_a_series_made_in_outlook_is_read_with_all_that_deviates_r17(
    calendar: EwsCalendar, anna: OutlookUser
) -> None:
    series_id = created(anna, recurrence=EVERY_MONDAY, reminder_minutes=15, time_zone="Europe/Helsinki")
    second, third = (anna.occurrence(series_id, day) for day in MONDAYS[1:3])
    anna.edit(second.id, start=second.start + timedelta(days=1), end=second.end + timedelta(days=1))
    anna.edit(third.id, subject="Muu", reminder_minutes=None)
    anna.delete(anna.occurrence(series_id, MONDAYS[3]).id)

    found = item(calendar, series_id)

    assert found.unsupported is None
    assert found.event.when == EVENT.when
    assert found.event.recurrence == Recurrence(
        WEEKLY,
        (moved(1, timedelta(days=1)), Override(MONDAYS[2], title="Muu", reminder_minutes=NO_REMINDER)),
        (MONDAYS[3],),
    )


def test_many_series_and_their_exceptions_are_read_in_two_requests_r17(
    calendar: EwsCalendar, anna: OutlookUser, exchange: Simulator
) -> None:
    ids = [created(anna, recurrence=EVERY_MONDAY) for _ in range(5)]
    for one in ids:
        anna.edit(anna.occurrence(one, MONDAYS[1]).id, subject="Muu")
    exchange.clear_requests()
    assert len(calendar.fetch(ids).items) == 5
    assert exchange.request_counts() == {"GetItem": 2}


def test_an_exception_that_is_as_its_series_again_is_none_r17(
    calendar: EwsCalendar, anna: OutlookUser
) -> None:
    series_id = created(anna, recurrence=EVERY_MONDAY, time_zone="Europe/Helsinki")
    for subject in ("Muu", "Palaveri"):
        anna.edit(anna.occurrence(series_id, MONDAYS[1]).id, subject=subject)
    assert item(calendar, series_id).event.recurrence == Recurrence(WEEKLY)


def test_a_series_without_deviations_is_written_in_one_request_r17(
    calendar: EwsCalendar, exchange: Simulator
) -> None:
    exchange.clear_requests()
    written = calendar.create(series(), mark())
    assert exchange.request_counts() == {"FindItem": 1, "CreateItem": 1}
    exchange.clear_requests()
    renamed = replace(series(), title="Muu")
    calendar.update(written.id, renamed, frozenset({"title"}), written.version, mark())
    assert exchange.request_counts() == {"GetItem": 1, "UpdateItem": 1}


def test_our_series_looks_right_in_outlook_r17(calendar: EwsCalendar, anna: OutlookUser) -> None:
    calendar.create(series(moved(1, timedelta(days=1)), deleted=(MONDAYS[2],)), mark())
    shown = anna.calendar(START - timedelta(days=1), START + timedelta(days=40))
    assert [(one.subject, one.start) for one in shown] == [
        ("Palaveri", START),
        ("Palaveri", START + timedelta(days=8)),
        ("Palaveri", START + timedelta(days=21)),
    ]


def test_an_occurrence_moved_across_its_neighbour_is_refused_alone_r17(
    calendar: EwsCalendar, anna: OutlookUser
) -> None:
    """Scenario 20: the other occurrences are written, and the master says that something is missing."""
    key = mark()
    crossing = series(moved(1, timedelta(days=8)), Override(MONDAYS[3], title="Muu"))
    with pytest.raises(CalendarError) as refused:
        calendar.create(crossing, key)
    assert refused.value.failure.code == "EX-ITEM-03"
    assert refused.value.failure.params["detail"] == "ErrorOccurrenceCrossingBoundary"
    (found,) = calendar.find(key.key)
    assert found.unfinished
    assert found.event.recurrence == Recurrence(WEEKLY, (Override(MONDAYS[3], title="Muu"),))
    mended = series(Override(MONDAYS[3], title="Muu"))
    calendar.update(found.id, mended, frozenset({"recurrence"}), found.version, key)
    assert not item(calendar, found.id).unfinished
    assert [one.subject for one in anna.items()] == ["Palaveri"]


@pytest.mark.parametrize("operation", ["DeleteItem", "UpdateItem"])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_an_interrupted_write_is_seen_and_a_repeat_completes_it_r17(
    calendar: EwsCalendar, exchange: Simulator, operation: str, moment: str
) -> None:
    key = mark()
    wanted = series(moved(1, timedelta(hours=2)), deleted=(MONDAYS[2],))
    exchange.set_faults([FaultRule(kind="answer", moment=moment, operation=operation, status=0, times=1)])
    with pytest.raises(CalendarError) as broken:
        calendar.create(wanted, key)
    assert broken.value.failure.transient
    exchange.set_faults([])
    (found,) = calendar.find(key.key)
    assert found.unfinished
    assert found.stamp == key.stamp
    again = replace(key, stamp="second")
    calendar.update(found.id, wanted, frozenset({"recurrence"}), found.version, again)
    now = item(calendar, found.id)
    assert (now.event.recurrence, now.unfinished) == (wanted.recurrence, False)


def test_a_series_somebody_changed_meanwhile_is_not_written_over_r17(
    calendar: EwsCalendar, anna: OutlookUser
) -> None:
    written = calendar.create(series(), mark())
    anna.edit(anna.occurrence(written.id, MONDAYS[1]).id, subject="Muu")
    with pytest.raises(StaleVersion):
        calendar.update(written.id, replace(series(), title="x"), EVERYTHING, written.version, mark())


def test_the_version_of_a_series_written_in_parts_is_not_its_last_one_r17(
    calendar: EwsCalendar,
) -> None:
    """So that what somebody did between our requests is read, and not taken for ours."""
    written = calendar.create(series(deleted=(MONDAYS[1],)), mark())
    assert item(calendar, written.id).version != written.version


def test_an_exception_by_itself_is_no_event_of_its_own_r17(calendar: EwsCalendar, anna: OutlookUser) -> None:
    series_id = created(anna, recurrence=EVERY_MONDAY)
    one = anna.occurrence(series_id, MONDAYS[1])
    assert item(calendar, one.id).unsupported == "recurrence"
    assert [page.id for pages in calendar.changes(None) for page in pages.changed] == [series_id]


def test_a_deleted_series_goes_with_its_exceptions_r17(calendar: EwsCalendar, anna: OutlookUser) -> None:
    written = calendar.create(series(moved(1, timedelta(hours=1))), mark())
    calendar.delete(written.id, item(calendar, written.id).version)
    assert anna.items() == []
