"""Events around the moments at which clocks change, between the store and a mailbox (R17)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.strategies import plain
from tests.sync.ews_world import MAILBOX
from tests.sync.looking import history
from tests.sync.world import World
from vfadmin.calendars.base import Side
from vfadmin.calendars.event import Event, Override, Recurrence, When
from vfadmin.calendars.exchange.clocks import lacking
from vfadmin.calendars.exchange.zones import preferred_zone
from vfadmin.calendars.series import occurrence
from vfadmin.simulator import OutlookUser
from vfadmin.simulator import Recurrence as Pattern

VF, EX = Side.VALUEFRAME, Side.EXCHANGE
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
HELSINKI = "Europe/Helsinki"
CHANGES = {
    HELSINKI: ("2027-03-28T01:00Z", "2026-10-25T01:00Z"),
    "America/New_York": ("2027-03-14T07:00Z", "2026-11-01T06:00Z"),
    "Australia/Lord_Howe": ("2026-10-03T15:30Z", "2027-04-03T15:00Z"),
    # At midnight; and the last ones there were.
    "America/Sao_Paulo": ("2018-11-04T03:00Z", "2019-02-17T02:00Z"),
    # Back for Ramadan, and forth after it.
    "Africa/Casablanca": ("2027-02-07T02:00Z", "2027-03-14T02:00Z"),
    "Asia/Kolkata": ("2026-12-01T00:00Z",),
}
TIMES = [(zone, change) for zone, changes in CHANGES.items() for change in changes]
AROUND = settings(max_examples=24, suppress_health_check=[HealthCheck.function_scoped_fixture])


def begin(world: World, change: str) -> datetime:
    """An empty world a few days before that moment; gives the moment."""
    world.reset()
    moment = datetime.fromisoformat(change)
    world.now = moment - 5 * DAY
    return moment


def outlook(world: World) -> OutlookUser:
    user: OutlookUser = world.exchange.simulator.outlook(MAILBOX)  # type: ignore[attr-defined]
    return user


def quiet_after_one(world: World) -> tuple[Event, Event]:
    """What the two sides show after one sync, when another wrote nothing."""
    first, second = world.sync(), world.sync()
    assert first is not None
    assert second is not None
    assert first.ok
    assert second.ok
    assert (second.pulled, second.pushed, second.deleted, second.conflicts) == (0, 0, 0, 0)
    assert world.exchange.mails() == 0
    (here,), (there,) = world.shown(VF), world.shown(EX)
    assert world.exchange.calendar().capabilities.project(here) == there
    return here, there


def moments(event: Event, days: list[date]) -> list[tuple[datetime, datetime]]:
    """When the event takes place on the days that its rule gives."""
    assert event.recurrence is not None
    moved = {one.original: one.when for one in event.recurrence.exceptions if one.when is not None}
    kept = [
        moved.get(day) or occurrence(event.when, day) for day in days if day not in event.recurrence.deleted
    ]
    return sorted((one.start, one.end) for one in kept)


def in_outlook(world: World, around: datetime) -> list[tuple[datetime, datetime]]:
    shown = outlook(world).calendar(around - 20 * DAY, around + 40 * DAY)
    return [(one.start, one.end) for one in shown]


@AROUND
@given(
    st.sampled_from(TIMES),
    st.integers(-16, 16).map(lambda quarters: timedelta(minutes=15 * quarters)),
    st.sampled_from([timedelta(), timedelta(minutes=15), HOUR, 3 * HOUR, 30 * HOUR]),
    st.sampled_from(Side),
)
def test_a_single_event_is_at_one_moment_on_both_sides_r17(
    ews_world: World, when: tuple[str, str], by: timedelta, length: timedelta, side: Side
) -> None:
    zone, change = when
    moment = begin(ews_world, change) + by
    if side is VF:
        ews_world.valueframe.add(replace(plain(), when=When(moment, moment + length, zone=zone)))
    else:
        outlook(ews_world).create(subject="Palaveri", start=moment, end=moment + length, time_zone=zone)

    here, there = quiet_after_one(ews_world)

    assert (here.when.start, here.when.end) == (moment, moment + length)
    assert (there.when.start, there.when.end) == (moment, moment + length)


@AROUND
@given(st.data())
def test_a_series_is_at_the_same_moments_on_both_sides_r17(ews_world: World, data: st.DataObject) -> None:
    zone, change = data.draw(st.sampled_from(TIMES))
    moment = begin(ews_world, change)
    clock = ZoneInfo(zone)
    first = moment.astimezone(clock).date() - data.draw(st.integers(0, 2)) * DAY
    quarters = data.draw(st.integers(0, 18))
    at = time(quarters // 4, quarters % 4 * 15)
    start = datetime.combine(first, at, clock).astimezone(UTC)
    end = start + data.draw(st.sampled_from([timedelta(), timedelta(minutes=30), 3 * HOUR]))
    count = data.draw(st.integers(2, 6))
    days = [first + 2 * number * DAY for number in range(count)]
    changed = data.draw(st.sampled_from(days[1:]))
    gone = data.draw(st.sampled_from([None, *(day for day in days if day != changed)]))
    by = data.draw(st.sampled_from([-HOUR, timedelta(minutes=15), HOUR, 3 * HOUR]))
    when = When(start, end, zone=zone)
    if data.draw(st.sampled_from(Side)) is VF:
        there = occurrence(when, changed)
        own = Override(changed, replace(there, start=there.start + by, end=there.end + by))
        series = Recurrence(f"FREQ=DAILY;INTERVAL=2;COUNT={count}", (own,), () if gone is None else (gone,))
        event = replace(plain(), when=when, recurrence=series)
        assume(lacking(event) is None)
        ews_world.valueframe.add(event)
    else:
        user, rule = outlook(ews_world), Pattern("Daily", first, interval=2, count=count)
        master = user.create(subject="Palaveri", start=start, end=end, time_zone=zone, recurrence=rule)
        one = user.occurrence(master, changed)
        user.edit(one.id, start=one.start + by, end=one.end + by)
        if gone is not None:
            user.delete(user.occurrence(master, gone).id)

    here, far = quiet_after_one(ews_world)

    assert here.when.zone in (zone, preferred_zone(zone))
    assert moments(far, days) == in_outlook(ews_world, moment)
    assert moments(here, days[1:]) == moments(far, days[1:])
    assert len(in_outlook(ews_world, moment)) == count - (gone is not None)


@pytest.mark.parametrize("starts", [HOUR / 2, -2 * HOUR], ids=["starts in it", "ends in it"])
def test_a_series_whose_first_occurrence_is_in_the_second_of_two_equal_hours_is_named_r17(
    ews_world: World, starts: timedelta
) -> None:
    """No pattern and no exception of Exchange's can tell it from the first: so it is left alone."""
    moment = begin(ews_world, CHANGES[HELSINKI][1])
    when = When(moment + starts, moment + HOUR / 2, zone=HELSINKI)
    series = Recurrence("FREQ=DAILY;COUNT=3")
    item_id = ews_world.valueframe.add(replace(plain(), when=when, recurrence=series))
    for _ in range(3):
        ews_world.sync()

    (here,) = ews_world.shown(VF)
    assert (here.when, ews_world.shown(EX)) == (when, [])
    assert history(ews_world) == [("valueframe", "skip", "left-alone")]

    # At a time that the clock can tell it travels.
    ews_world.valueframe.edit(item_id, when=replace(when, start=moment + HOUR, end=moment + 2 * HOUR))
    here, there = quiet_after_one(ews_world)
    assert here.when.start == there.when.start == moment + HOUR


@pytest.mark.parametrize("kept", [False, True])
def test_a_series_without_its_occurrence_in_the_second_of_two_equal_hours_is_taken_r17(
    ews_world: World, kept: bool
) -> None:
    moment = begin(ews_world, CHANGES[HELSINKI][1])
    days = [moment.date() + number * DAY for number in range(3)]
    when = When(moment + HOUR / 4, moment + HOUR / 2, zone=HELSINKI)
    own = Override(days[0], replace(when, start=moment + 3 * HOUR, end=moment + 4 * HOUR))
    gone = Recurrence("FREQ=DAILY;COUNT=3", (own,) if kept else (), () if kept else (days[0],))
    ews_world.valueframe.add(replace(plain(), when=when, recurrence=gone))

    here, there = quiet_after_one(ews_world)

    assert here.when == when
    assert moments(here, days) == moments(there, days) == in_outlook(ews_world, moment)
    assert len(in_outlook(ews_world, moment)) == 2 + kept


def test_an_occurrence_moved_into_the_second_of_two_equal_hours_is_named_r17(ews_world: World) -> None:
    moment = begin(ews_world, CHANGES[HELSINKI][1])
    days = [moment.date() + number * DAY for number in range(-1, 2)]
    when = When(moment - 20 * HOUR, moment - 19 * HOUR, zone=HELSINKI)
    plainly, rule = occurrence(when, days[1]), "FREQ=DAILY;COUNT=3"
    item_id = ews_world.valueframe.add(replace(plain(), when=when, recurrence=Recurrence(rule)))
    quiet_after_one(ews_world)
    into = replace(plainly, start=moment + HOUR / 4, end=moment + HOUR / 2)
    ews_world.valueframe.edit(item_id, recurrence=Recurrence(rule, (Override(days[1], into),)))
    before = in_outlook(ews_world, moment)
    for _ in range(3):
        ews_world.sync()
    assert in_outlook(ews_world, moment) == before
    assert (into.start, into.end) in moments(ews_world.shown(VF)[0], days)
    assert ("valueframe", "skip", "left-alone") in history(ews_world)


@pytest.mark.parametrize("side", list(Side))
def test_an_occurrence_moved_across_a_change_of_the_clock_is_at_one_moment_r17(
    ews_world: World, side: Side
) -> None:
    """From a Saturday noon in summer time to the Sunday noon after it, and back."""
    moment = begin(ews_world, CHANGES[HELSINKI][1])
    start = datetime.combine(moment.date() - 8 * DAY, time(12), ZoneInfo(HELSINKI)).astimezone(UTC)
    saturdays = [start.astimezone(ZoneInfo(HELSINKI)).date() + week * 7 * DAY for week in range(3)]
    user, item_id = outlook(ews_world), ""
    pattern = Pattern("Weekly", saturdays[0], days=("Saturday",), count=3)
    when = When(start, start + HOUR, zone=HELSINKI)
    if side is EX:
        user.create(subject="Palaveri", start=start, end=start + HOUR, time_zone=HELSINKI, recurrence=pattern)
    else:
        series = Recurrence("FREQ=WEEKLY;BYDAY=SA;COUNT=3")
        item_id = ews_world.valueframe.add(replace(plain(), when=when, recurrence=series))
    quiet_after_one(ews_world)
    (master,) = ews_world.exchange.ids().values()
    plainly = occurrence(when, saturdays[1])
    sunday = replace(plainly, start=plainly.start + 25 * HOUR, end=plainly.end + 25 * HOUR)
    for target in (sunday, plainly):
        if side is EX:
            user.edit(user.occurrence(master, saturdays[1]).id, start=target.start, end=target.end)
        else:
            own = () if target == plainly else (Override(saturdays[1], target),)
            ews_world.valueframe.edit(item_id, recurrence=Recurrence("FREQ=WEEKLY;BYDAY=SA;COUNT=3", own))
        here, _ = quiet_after_one(ews_world)
        assert (target.start, target.end) in moments(here, saturdays)
        assert moments(here, saturdays) == in_outlook(ews_world, moment)
        assert len(in_outlook(ews_world, moment)) == len(saturdays)


@pytest.mark.parametrize("side", list(Side))
def test_a_series_without_its_first_occurrence_stays_that_r17(ews_world: World, side: Side) -> None:
    moment = begin(ews_world, CHANGES[HELSINKI][0])
    days = [moment.date() + number * DAY for number in range(3)]
    when = When(moment, moment + HOUR, zone=HELSINKI)
    item_id = ews_world.valueframe.add(
        replace(plain(), when=when, recurrence=Recurrence("FREQ=DAILY;COUNT=3"))
    )
    quiet_after_one(ews_world)
    if side is VF:
        ews_world.valueframe.edit(item_id, recurrence=Recurrence("FREQ=DAILY;COUNT=3", (), (days[0],)))
    else:
        (master,) = ews_world.exchange.ids().values()
        outlook(ews_world).delete(outlook(ews_world).occurrence(master, days[0]).id)

    here, there = quiet_after_one(ews_world)

    assert here.when.start == there.when.start == moment
    assert moments(here, days) == in_outlook(ews_world, moment)
    assert len(in_outlook(ews_world, moment)) == 2


@pytest.mark.parametrize(("beyond", "there"), [(timedelta(0), True), (-timedelta(minutes=1), False)])
def test_a_series_counts_until_its_last_occurrence_is_as_old_as_the_window_r8_r17(
    ews_world: World, beyond: timedelta, there: bool
) -> None:
    """By the clock of its zone, also where that changed since it began."""
    begin(ews_world, CHANGES[HELSINKI][1])
    ended = ews_world.now - ews_world.policy.days_back * DAY + beyond
    last = (ended - HOUR).astimezone(ZoneInfo(HELSINKI)).replace(tzinfo=None)
    began = (last - 40 * 7 * DAY).replace(tzinfo=ZoneInfo(HELSINKI)).astimezone(UTC)
    when = When(began, began + HOUR, zone=HELSINKI)
    assert began.hour != (ended - HOUR).hour
    series = replace(plain(), when=when, recurrence=Recurrence("FREQ=WEEKLY;COUNT=41"))
    ews_world.valueframe.add(series)
    # The clock moves on by a second before a sync.
    ews_world.now -= timedelta(seconds=1)
    ews_world.sync()
    assert bool(ews_world.shown(EX)) is there
    ews_world.now -= timedelta(seconds=1)
    second = ews_world.sync()
    assert second is not None
    assert (second.pushed, second.deleted) == (0, 0)


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo", "Asia/Calcutta"])
def test_a_user_in_another_zone_than_the_server_keeps_his_days_and_hours_r17(
    ews_world: World, zone: str
) -> None:
    """The mailboxes' home zone is Helsinki; the user's Outlook is not there."""
    moment = begin(ews_world, CHANGES["America/New_York"][0])
    user, clock = outlook(ews_world), ZoneInfo(zone)
    day = moment.astimezone(clock).date()
    midnight, nine = (datetime.combine(day, at, clock) for at in (time(), time(9)))
    pattern = Pattern("Daily", day, count=3)
    user.create(
        subject="Loma", start=midnight, end=midnight + 2 * DAY, all_day=True, time_zone=zone, recurrence=None
    )
    user.create(subject="Työ", start=nine, end=nine + HOUR, time_zone=zone, recurrence=pattern)

    assert ews_world.sync() is not None
    second = ews_world.sync()

    assert second is not None
    assert (second.pulled, second.pushed, second.deleted) == (0, 0, 0)
    holiday, work = ews_world.shown(VF)
    assert (holiday.when.start.date(), holiday.when.end.date()) == (day, day + 2 * DAY)
    assert work.when == When(nine.astimezone(UTC), nine.astimezone(UTC) + HOUR, zone=zone)
    days = [day + number * DAY for number in range(3)]
    starts = [occurrence(work.when, one).start.astimezone(clock).time() for one in days]
    assert starts == [time(9)] * 3


@pytest.mark.parametrize("zone", ["Antarctica/Troll", "America/Scoresbysund", "Mars/Olympus"])
def test_a_single_event_in_a_zone_that_windows_lacks_is_at_its_moment_and_keeps_its_zone_r17(
    ews_world: World, zone: str
) -> None:
    moment = begin(ews_world, CHANGES[HELSINKI][0])
    item_id = ews_world.valueframe.add(replace(plain(), when=When(moment, moment + HOUR, zone=zone)))
    here, there = quiet_after_one(ews_world)
    assert here.when == When(moment, moment + HOUR, zone=zone)
    assert (there.when.start, there.when.end) == (moment, moment + HOUR)

    (far,) = ews_world.exchange.ids().values()
    outlook(ews_world).edit(far, start=moment + DAY, end=moment + DAY + HOUR)
    assert quiet_after_one(ews_world)[0].when == When(moment + DAY, moment + DAY + HOUR, zone=zone)
    ews_world.valueframe.edit(item_id, title="Muu")
    here, there = quiet_after_one(ews_world)
    assert (here.when.zone, here.title, there.title) == (zone, "Muu", "Muu")


@pytest.mark.parametrize("zone", ["Antarctica/Troll", "America/Scoresbysund", "Mars/Olympus"])
def test_a_series_in_a_zone_that_windows_lacks_is_named_once_and_stays_r17(
    ews_world: World, zone: str
) -> None:
    moment = begin(ews_world, CHANGES[HELSINKI][0])
    series = replace(
        plain(), when=When(moment, moment + HOUR, zone=zone), recurrence=Recurrence("FREQ=DAILY;COUNT=3")
    )
    ews_world.valueframe.add(series)
    for _ in range(3):
        ews_world.sync()
    assert (ews_world.shown(EX), len(ews_world.shown(VF))) == ([], 1)
    assert history(ews_world) == [("valueframe", "skip", "left-alone")]


@pytest.mark.parametrize("zone", ["Asia/Almaty", "America/Chihuahua", "America/Ciudad_Juarez"])
def test_a_series_begun_when_its_zone_had_another_clock_is_named_and_a_new_one_taken_r17(
    ews_world: World, zone: str
) -> None:
    """One Windows zone has one clock for all years: what began under another would be an hour off today."""
    ews_world.reset()
    for first in (date(2022, 6, 1), ews_world.now.date()):
        start = datetime.combine(first, time(9), ZoneInfo(zone)).astimezone(UTC)
        when = When(start, start + HOUR, zone=zone)
        ews_world.valueframe.add(replace(plain(), when=when, recurrence=Recurrence("FREQ=DAILY")))
    ews_world.settle()

    (there,) = ews_world.shown(EX)
    assert there.when.start == start
    assert {(one.start, one.end) for one in outlook(ews_world).calendar(start, start + 400 * DAY)} == {
        (nine.astimezone(UTC), nine.astimezone(UTC) + HOUR)
        for nine in (datetime.combine(first + number * DAY, time(9), ZoneInfo(zone)) for number in range(400))
    }
    assert ("valueframe", "skip", "left-alone") in history(ews_world)
