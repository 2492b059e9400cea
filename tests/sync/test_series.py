"""Series, both ways, between the store and a mailbox (R17): the scenarios every release passes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from tests.strategies import NOW, plain
from tests.sync.ews_world import MAILBOX
from tests.sync.looking import history
from tests.sync.world import Fault, World
from vfadmin.calendars.base import Side
from vfadmin.calendars.event import Event, Override, Recurrence, When, all_day
from vfadmin.calendars.ews.session import EwsSession
from vfadmin.calendars.series import occurrence
from vfadmin.simulator import FaultRule, ItemView, OutlookUser
from vfadmin.simulator import Recurrence as Pattern
from vfadmin.sync.values import Policy

VF, EX = Side.VALUEFRAME, Side.EXCHANGE
START = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
WHEN = When(START, START + timedelta(hours=1), zone="Europe/Helsinki")
MONDAYS = tuple(START.date() + timedelta(weeks=week) for week in range(6))
RULE = "FREQ=WEEKLY;BYDAY=MO;COUNT=6"
PATTERN = Pattern("Weekly", MONDAYS[0], days=("Monday",), count=6)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def weekly(*exceptions: Override, deleted: tuple[date, ...] = (), **fields: Any) -> Event:
    """Six Mondays at nine in Helsinki."""
    return Event(
        **({"title": "Palaveri", "when": WHEN, "recurrence": rule(*exceptions, deleted=deleted)} | fields)
    )


def rule(*exceptions: Override, deleted: tuple[date, ...] = ()) -> Recurrence:
    return Recurrence(RULE, exceptions, deleted)


def moved(week: int, by: timedelta) -> Override:
    """The occurrence of that week, moved."""
    return Override(MONDAYS[week], later(occurrence(WHEN, MONDAYS[week]), by))


def later(when: When, by: timedelta) -> When:
    return replace(when, start=when.start + by, end=when.end + by)


def outlook(world: World) -> OutlookUser:
    """The mailbox's owner at Outlook."""
    user: OutlookUser = world.exchange.simulator.outlook(MAILBOX)  # type: ignore[attr-defined]
    return user


def made_in_outlook(world: World, **fields: Any) -> str:
    given = {"subject": "Palaveri", "start": START, "end": START + HOUR, "recurrence": PATTERN}
    return outlook(world).create(**given | {"time_zone": "Europe/Helsinki", "show_as": "Busy"} | fields)


def shift(world: World, one: ItemView, by: timedelta) -> None:
    """Somebody drags an event in Outlook."""
    outlook(world).edit(one.id, start=one.start + by, end=one.end + by)


def the_series(world: World, side: Side) -> Event:
    (event,) = world.shown(side)
    return event


def agreed(world: World) -> Event:
    """The only event, after both sides show the same and another sync wrote nothing."""
    world.settle()
    event = the_series(world, VF)
    exchange = world.exchange.calendar().capabilities
    assert exchange.project(event) == the_series(world, EX)
    assert world.exchange.mails() == 0
    return event


def test_a_series_of_valueframes_stands_in_outlook_occurrence_by_occurrence_r17(ews_world: World) -> None:
    ews_world.valueframe.add(weekly(moved(1, DAY), Override(MONDAYS[2], title="Muu"), deleted=(MONDAYS[3],)))
    agreed(ews_world)
    shown = outlook(ews_world).calendar(NOW, NOW + timedelta(days=60))
    week = timedelta(weeks=1)
    assert [(one.subject, one.start) for one in shown] == [
        ("Palaveri", START),
        ("Palaveri", START + week + DAY),
        ("Muu", START + 2 * week),
        ("Palaveri", START + 4 * week),
        ("Palaveri", START + 5 * week),
    ]


def test_a_series_of_outlooks_stands_in_valueframe_r17(ews_world: World) -> None:
    user, series = outlook(ews_world), made_in_outlook(ews_world)
    shift(ews_world, user.occurrence(series, MONDAYS[1]), DAY)
    user.edit(user.occurrence(series, MONDAYS[2]).id, subject="Muu")
    user.delete(user.occurrence(series, MONDAYS[3]).id)
    event = agreed(ews_world)
    expected = rule(moved(1, DAY), Override(MONDAYS[2], title="Muu"), deleted=(MONDAYS[3],))
    assert (event.when, event.recurrence) == (WHEN, expected)


def test_19_a_single_event_becomes_a_series_and_a_single_one_again_on_either_side_r17(
    ews_world: World,
) -> None:
    item_id = ews_world.valueframe.add(weekly(recurrence=None))
    agreed(ews_world)
    ews_world.valueframe.edit(item_id, recurrence=rule(moved(1, HOUR)))
    assert agreed(ews_world).recurrence == rule(moved(1, HOUR))
    master = ews_world.exchange.ids()["Palaveri"]
    outlook(ews_world).edit(master, recurrence=None)
    assert agreed(ews_world).recurrence is None
    outlook(ews_world).edit(master, recurrence=PATTERN)
    assert agreed(ews_world).recurrence == rule()
    ews_world.valueframe.edit(item_id, recurrence=None)
    assert agreed(ews_world).recurrence is None


def test_19_a_series_shifted_in_valueframe_keeps_what_deviates_r17(ews_world: World) -> None:
    deviating = rule(moved(1, DAY), Override(MONDAYS[2], title="Muu"), deleted=(MONDAYS[3],))
    item_id = ews_world.valueframe.add(weekly(recurrence=deviating))
    agreed(ews_world)
    ews_world.valueframe.edit(item_id, when=later(WHEN, 2 * HOUR))
    event = agreed(ews_world)
    assert (event.when, event.recurrence) == (later(WHEN, 2 * HOUR), deviating)


def test_19_a_series_shifted_in_outlook_is_shifted_in_valueframe_r17(ews_world: World) -> None:
    """Outlook ends exceptions and deletions with the shift, and so they end in ValueFrame."""
    ews_world.valueframe.add(weekly(moved(1, DAY), deleted=(MONDAYS[3],)))
    agreed(ews_world)
    outlook(ews_world).edit(ews_world.exchange.ids()["Palaveri"], start=START + HOUR, end=START + 2 * HOUR)
    event = agreed(ews_world)
    assert (event.when, event.recurrence) == (later(WHEN, HOUR), rule())


def test_19_an_exception_changed_twice_is_as_it_was_left_last_r17(ews_world: World) -> None:
    series = made_in_outlook(ews_world)
    item_id = None
    for title, hours in (("Ensin", 1), ("Sitten", 2)):
        one = outlook(ews_world).occurrence(series, MONDAYS[1])
        outlook(ews_world).edit(one.id, subject=title)
        shift(ews_world, one, HOUR)
        event = agreed(ews_world)
        assert event.recurrence == rule(replace(moved(1, hours * HOUR), title=title))
    item_id = ews_world.valueframe.ids()["Palaveri"]
    ews_world.valueframe.edit(item_id, recurrence=rule(moved(1, -HOUR)))
    assert agreed(ews_world).recurrence == rule(moved(1, -HOUR))
    one = outlook(ews_world).occurrence(series, MONDAYS[1])
    assert (one.subject, one.start) == ("Palaveri", START + timedelta(weeks=1) - HOUR)


@pytest.mark.parametrize("first", [VF, EX])
def test_19_an_occurrence_moved_and_then_deleted_is_deleted_r17(ews_world: World, first: Side) -> None:
    series = made_in_outlook(ews_world)
    agreed(ews_world)
    item_id = ews_world.valueframe.ids()["Palaveri"]
    if first is VF:
        ews_world.valueframe.edit(item_id, recurrence=rule(moved(2, DAY)))
        agreed(ews_world)
        outlook(ews_world).delete(outlook(ews_world).occurrence(series, MONDAYS[2]).id)
    else:
        shift(ews_world, outlook(ews_world).occurrence(series, MONDAYS[2]), DAY)
        agreed(ews_world)
        ews_world.valueframe.edit(item_id, recurrence=rule(deleted=(MONDAYS[2],)))
    assert agreed(ews_world).recurrence == rule(deleted=(MONDAYS[2],))


def test_20_an_occurrence_moved_across_its_neighbour_holds_up_only_its_series_r17(ews_world: World) -> None:
    item_id = ews_world.valueframe.add(weekly())
    agreed(ews_world)
    ews_world.valueframe.edit(item_id, recurrence=rule(moved(1, 8 * DAY), Override(MONDAYS[4], title="Muu")))
    ews_world.valueframe.add(plain("Toinen"))
    result = ews_world.sync()
    assert result is not None
    assert (result.ok, result.pushed, result.skipped) == (True, 1, 1)
    assert "Toinen" in ews_world.exchange.ids()
    assert ("exchange", "quarantine", "quarantined") in history(ews_world)
    # Put right by hand, it goes on, and what was written of it in the meantime is nobody's edit.
    ews_world.valueframe.edit(item_id, recurrence=rule(moved(1, DAY), Override(MONDAYS[4], title="Muu")))
    ews_world.settle()
    series = next(one for one in ews_world.shown(EX) if one.recurrence is not None)
    assert series.recurrence == rule(moved(1, DAY), Override(MONDAYS[4], title="Muu"))
    assert ews_world.exchange.mails() == 0


@pytest.mark.parametrize("zone", ["Europe/Helsinki", "Asia/Tokyo", "America/New_York"])
@pytest.mark.parametrize("side", [VF, EX])
def test_21_a_weekly_nine_oclock_stays_at_nine_when_the_clocks_change_r17(
    ews_world: World, side: Side, zone: str
) -> None:
    """Over 2026-10-25 and 2027-03-28, with an occurrence deleted and one moved behind each."""
    nine = datetime(2026, 10, 19, 9, 0, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    when = When(nine, nine + HOUR, zone=zone)
    autumn, spring = date(2026, 10, 26), date(2027, 4, 5)
    late = Override(spring, later(occurrence(when, spring), HOUR))
    recurrence = Recurrence("FREQ=WEEKLY;BYDAY=MO", (late,), (autumn,))
    if side is VF:
        ews_world.valueframe.add(Event("Palaveri", when, recurrence=recurrence))
    else:
        pattern = Pattern("Weekly", date(2026, 10, 19), days=("Monday",))
        series = made_in_outlook(ews_world, start=nine, end=nine + HOUR, time_zone=zone, recurrence=pattern)
        outlook(ews_world).delete(outlook(ews_world).occurrence(series, autumn).id)
        shift(ews_world, outlook(ews_world).occurrence(series, spring), HOUR)
    event = agreed(ews_world)
    assert (event.when, event.recurrence) == (when, recurrence)
    shown = outlook(ews_world).calendar(datetime(2026, 10, 1, tzinfo=UTC), datetime(2027, 5, 1, tzinfo=UTC))
    clocks = [one.start.astimezone(ZoneInfo(zone)) for one in shown]
    assert autumn not in {moment.date() for moment in clocks}
    assert {moment.hour for moment in clocks if moment.date() != spring} == {9}
    assert {moment.hour for moment in clocks if moment.date() == spring} == {10}


@pytest.mark.parametrize("side", [VF, EX])
def test_22_a_series_of_whole_days_stays_on_its_days_r17(ews_world: World, side: Side) -> None:
    """Two days every month, at UTC+2 and at UTC+3, the end exclusive."""
    first = all_day(date(2026, 12, 10), date(2026, 12, 12))
    moved_day = Override(date(2027, 4, 10), all_day(date(2027, 4, 11), date(2027, 4, 12)))
    recurrence = Recurrence("FREQ=MONTHLY;BYMONTHDAY=10;UNTIL=20270710", (moved_day,), (date(2027, 2, 10),))
    if side is VF:
        ews_world.valueframe.add(Event("Kuukausi", first, recurrence=recurrence))
    else:
        pattern = Pattern("AbsoluteMonthly", date(2026, 12, 10), day_of_month=10, end=date(2027, 7, 31))
        midnight = datetime(2026, 12, 10, tzinfo=ZoneInfo("Europe/Helsinki")).astimezone(UTC)
        series = made_in_outlook(
            ews_world,
            subject="Kuukausi",
            start=midnight,
            end=midnight + 2 * DAY,
            all_day=True,
            recurrence=pattern,
        )
        user = outlook(ews_world)
        user.delete(user.occurrence(series, date(2027, 2, 10)).id)
        april = datetime(2027, 4, 11, tzinfo=ZoneInfo("Europe/Helsinki")).astimezone(UTC)
        user.edit(user.occurrence(series, date(2027, 4, 10)).id, start=april, end=april + DAY)
    event = agreed(ews_world)
    assert (event.when, event.recurrence) == (first, recurrence)


def test_edits_of_different_things_meet_in_one_series_r17(ews_world: World) -> None:
    item_id = ews_world.valueframe.add(weekly())
    agreed(ews_world)
    ews_world.valueframe.edit(item_id, title="Toinen nimi", when=later(WHEN, HOUR))
    master = ews_world.exchange.ids()["Palaveri"]
    outlook(ews_world).edit(outlook(ews_world).occurrence(master, MONDAYS[1]).id, location="Oulu")
    event = agreed(ews_world)
    assert (event.title, event.when) == ("Toinen nimi", later(WHEN, HOUR))
    assert event.recurrence == rule(Override(MONDAYS[1], location="Oulu"))


def test_where_both_changed_the_rule_its_days_and_start_come_from_one_side_r17(ews_world: World) -> None:
    item_id = ews_world.valueframe.add(weekly())
    agreed(ews_world)
    ews_world.valueframe.edit(item_id, recurrence=rule(Override(MONDAYS[1], title="Muu")))
    master = ews_world.exchange.ids()["Palaveri"]
    tuesdays = replace(PATTERN, start=date(2026, 12, 1), days=("Tuesday",))
    outlook(ews_world).edit(master, recurrence=tuesdays, start=START + DAY, end=START + DAY + HOUR)
    event = agreed(ews_world)
    assert (event.when, event.recurrence) == (WHEN, rule(Override(MONDAYS[1], title="Muu")))
    assert ("exchange", "update", "conflict") in history(ews_world)


def test_a_deleted_series_is_deleted_and_an_edited_one_comes_back_r17(ews_world: World) -> None:
    item_id = ews_world.valueframe.add(weekly(moved(1, HOUR)))
    agreed(ews_world)
    ews_world.valueframe.remove(item_id)
    master = ews_world.exchange.ids()["Palaveri"]
    outlook(ews_world).edit(outlook(ews_world).occurrence(master, MONDAYS[2]).id, subject="Muu")
    assert agreed(ews_world).recurrence == rule(moved(1, HOUR), Override(MONDAYS[2], title="Muu"))
    outlook(ews_world).delete(master)
    ews_world.settle()
    assert ews_world.shown(VF) == ews_world.shown(EX) == []


@pytest.mark.parametrize(
    "rrule", ["FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=HOURLY", "FREQ=DAILY;BYHOUR=9,15", "viikoittain"]
)
def test_a_rule_that_exchange_cannot_express_is_left_alone_and_named_r17(
    ews_world: World, rrule: str
) -> None:
    ews_world.valueframe.add(weekly(recurrence=Recurrence(rrule)))
    ews_world.settle()
    assert ews_world.shown(EX) == []
    assert ("valueframe", "skip", "left-alone") in history(ews_world)


def test_a_series_in_a_zone_that_windows_lacks_is_left_alone_r17(ews_world: World) -> None:
    ews_world.valueframe.add(weekly(when=replace(WHEN, zone="Antarctica/Troll")))
    ews_world.settle()
    assert ews_world.shown(EX) == []


def test_a_series_counts_by_its_last_occurrence_r8(ews_world: World) -> None:
    began = later(WHEN, timedelta(weeks=-60))
    ews_world.valueframe.add(Event("Päättynyt", began, recurrence=Recurrence("FREQ=WEEKLY;COUNT=50")))
    ews_world.valueframe.add(Event("Jatkuva", began, recurrence=Recurrence("FREQ=WEEKLY;COUNT=70")))
    ews_world.settle()
    assert [event.title for event in ews_world.shown(EX)] == ["Jatkuva"]


BREAKS = [
    (operation, moment, skip)
    for operation, skips in (("CreateItem", 1), ("DeleteItem", 1), ("UpdateItem", 3))
    for moment in ("before", "after")
    for skip in range(skips)
]


@pytest.mark.parametrize("winner", [VF, EX])
@pytest.mark.parametrize(("operation", "moment", "skip"), BREAKS)
def test_a_series_whose_writing_was_interrupted_is_completed_r17(
    ews_world: World, operation: str, moment: str, skip: int, winner: Side
) -> None:
    """Whatever request breaks, nothing of the series is taken for an edit, and nothing is there twice."""
    ews_world.policy = replace(Policy(), winner=winner)
    simulator = ews_world.exchange.simulator  # type: ignore[attr-defined]
    breaks = FaultRule(kind="answer", moment=moment, operation=operation, status=0, skip=skip, times=1)
    simulator.set_faults([breaks])
    deviating = rule(moved(1, DAY), Override(MONDAYS[2], title="Muu"), deleted=(MONDAYS[3],))
    item_id = ews_world.valueframe.add(weekly(recurrence=deviating))
    ews_world.sync()
    assert agreed(ews_world).recurrence == deviating
    simulator.set_faults([breaks])
    ews_world.valueframe.edit(item_id, when=later(WHEN, HOUR), title="Siirretty")
    ews_world.sync()
    event = agreed(ews_world)
    assert (event.title, event.when, event.recurrence) == ("Siirretty", later(WHEN, HOUR), deviating)


@pytest.mark.parametrize("place", ["before-write", "after-write", "before-commit", "after-commit"])
@pytest.mark.parametrize("nth", [1, 2, 3, 4])
def test_a_series_survives_the_end_of_the_process_r17(ews_world: World, place: str, nth: int) -> None:
    item_id = ews_world.valueframe.add(weekly())
    agreed(ews_world)
    ews_world.valueframe.edit(item_id, recurrence=rule(moved(1, DAY), deleted=(MONDAYS[3],)))
    ews_world.sync(Fault(place, nth, kill=True))
    assert agreed(ews_world).recurrence == rule(moved(1, DAY), deleted=(MONDAYS[3],))


def test_an_occurrence_somebody_edits_while_its_series_is_written_is_not_lost_r17(
    ews_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    item_id = ews_world.valueframe.add(weekly(moved(1, HOUR)))
    agreed(ews_world)
    (master,) = ews_world.exchange.ids().values()
    send, user, edits = EwsSession.send, outlook(ews_world), ["Annan"]

    def sending(session: EwsSession, payload: Any, *more: Any, **options: Any) -> Any:
        answer = send(session, payload, *more, **options)
        if etree.QName(payload).localname == "UpdateItem" and edits:
            user.edit(user.occurrence(master, MONDAYS[3]).id, subject=edits.pop())
        return answer

    monkeypatch.setattr(EwsSession, "send", sending)
    ews_world.valueframe.edit(item_id, title="Uusi")

    event = agreed(ews_world)

    assert (event.title, edits) == ("Uusi", [])
    assert event.recurrence == rule(moved(1, HOUR), Override(MONDAYS[3], title="Annan"))
