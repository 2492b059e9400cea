"""The contract of the fields: what goes in comes out as the keeper's own `project` says, nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.contract.keeper import ORIGIN, Keeper, mark, read, timed
from tests.contract.strategies import events
from vfadmin.calendars.base import Calendar
from vfadmin.calendars.event import FIELDS, Event, ShowAs, When, all_day, canonical, differing


def _round_trip(calendar: Calendar, event: Event) -> Event:
    return read(calendar, calendar.create(event, mark()).id).event


VARIANTS = [
    pytest.param({"title": "Ääkköset ÅÄÖ åäö & <b>\"'"}, id="title"),
    pytest.param({"title": ""}, id="no-title"),
    pytest.param({"location": "Kokoushuone Mäntyniemi, 3. krs"}, id="location"),
    pytest.param({"text": "Ensimmäinen\n\nKolmas rivi\n  sisennetty"}, id="text"),
    pytest.param({"text": "1 < 2 && 3 > 2 <p>ei HTML</p> &amp; http://esimerkki.fi/?a=1&b=2"}, id="markup"),
    pytest.param({"private": True}, id="private"),
    pytest.param({"reminder_minutes": 0}, id="reminder-0"),
    pytest.param({"reminder_minutes": 15}, id="reminder-15"),
    pytest.param({"reminder_minutes": 2 * 7 * 24 * 60}, id="reminder-two-weeks"),
    pytest.param({"reminder_minutes": None}, id="no-reminder"),
    pytest.param({"acknowledged": False}, id="unacknowledged"),
    *(pytest.param({"show_as": one}, id=one.value) for one in ShowAs),
]


@pytest.mark.parametrize("fields", VARIANTS)
def test_each_field_survives_a_round_trip(calendar: Calendar, fields: dict[str, Any]) -> None:
    """R7, and R16 for free/busy."""
    event = timed(**fields)
    shown = _round_trip(calendar, event)
    assert shown == calendar.capabilities.project(event)
    if fields.keys() <= calendar.capabilities.fields:
        assert differing(shown, canonical(event)) <= frozenset(FIELDS) - calendar.capabilities.fields


@pytest.mark.parametrize("fields", VARIANTS)
def test_each_field_can_be_updated_alone(calendar: Calendar, fields: dict[str, Any]) -> None:
    key = mark()
    written = calendar.create(timed("Alku", text="Alku", location="Alku", reminder_minutes=5), key)
    before = read(calendar, written.id)
    target = timed(**fields)
    calendar.update(written.id, target, frozenset(fields), before.version, key)
    after = read(calendar, written.id).event
    assert differing(after, before.event) <= frozenset(fields)
    for name in fields:
        assert getattr(after, name) == getattr(calendar.capabilities.project(target), name)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("rivi\r\ntoinen\rkolmas", id="line-ends"),
        pytest.param("sitova\xa0väli", id="no-break-space"),
        pytest.param("rivi  \nperä \n\n\n", id="trailing-blanks"),
        pytest.param("ohjaus\x00\x01\x0b\x1f\ufffe\uffff\ud800merkit", id="forbidden-in-xml"),
        pytest.param("hymiö 😀 👩‍👩‍👧‍👦 ja 🇫🇮", id="emoji"),
        pytest.param("a\u0308a\u030ao\u0308", id="decomposed"),
        pytest.param("sarkain\tväli  kaksi", id="tab"),
        pytest.param("\u2028rivi\u2029kappale\x85", id="unicode-breaks"),
        pytest.param("]]> <!-- --> <?xml?> &#0; %s {x}", id="markup-traps"),
        pytest.param("x" * 40_000, id="long"),
    ],
)
def test_texts_come_back_in_canonical_form(calendar: Calendar, text: str) -> None:
    event = timed(f"Otsikko {text}", text=f"Alku {text}", location=text)
    shown = _round_trip(calendar, event)
    assert shown == calendar.capabilities.project(event)
    assert shown == canonical(shown)
    assert (shown.title, shown.location) == (canonical(event).title, canonical(event).location)
    # A keeper that holds HTML may turn a tab into blanks; it loses no word.
    assert shown.text.split() == canonical(event).text.split()


@pytest.mark.parametrize("letter", ["x", "ä", "😀"])
def test_titles_and_locations_keep_255_units(calendar: Calendar, letter: str) -> None:
    event = timed(letter * 300, location=letter * 255)
    shown = _round_trip(calendar, event)
    assert len(shown.title.encode("utf-16-le")) // 2 <= 255
    assert shown.title == canonical(event).title
    assert shown.location == canonical(event).location
    assert calendar.capabilities.project(shown) == shown


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25), date(2026, 6, 1), date(2027, 1, 1)])
@pytest.mark.parametrize("days", [1, 3])
def test_all_day_events_stay_on_their_day(calendar: Calendar, day: date, days: int) -> None:
    """R17, scenario 22: also on the days the clocks change."""
    when = all_day(day, day + timedelta(days=days))
    shown = _round_trip(calendar, timed(when=when))
    assert shown.when == when
    assert (shown.when.start.date(), shown.when.end.date()) == (day, day + timedelta(days=days))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        pytest.param("2026-03-29T01:30+02:00", "2026-03-29T04:30+03:00", id="spring"),
        pytest.param("2026-10-25T02:30+03:00", "2026-10-25T05:00+02:00", id="autumn"),
        pytest.param("2026-10-25T03:30+03:00", "2026-10-25T03:30+02:00", id="hour-twice"),
        pytest.param("2026-12-31T23:00+02:00", "2027-01-01T01:00+02:00", id="new-year"),
    ],
)
def test_times_on_the_days_the_clocks_change(calendar: Calendar, first: str, last: str) -> None:
    start, end = (datetime.fromisoformat(moment).astimezone(UTC) for moment in (first, last))
    when = When(start, end, zone="Europe/Helsinki")
    assert _round_trip(calendar, timed(when=when)).when == when


@pytest.mark.parametrize(
    "zone", ["Europe/Helsinki", "Europe/Stockholm", "UTC", "America/New_York", "Asia/Tokyo", "Asia/Kolkata"]
)
def test_moments_are_the_same_in_every_zone(calendar: Calendar, zone: str) -> None:
    """R17: the moment is kept always, the zone's name as far as the keeper can."""
    event = timed(when=When(ORIGIN, ORIGIN + timedelta(minutes=90), zone=zone))
    shown = _round_trip(calendar, event).when
    assert (shown.start, shown.end, shown.all_day) == (ORIGIN, ORIGIN + timedelta(minutes=90), False)
    assert shown == calendar.capabilities.project(event).when


def test_seconds_are_cut(calendar: Calendar) -> None:
    start = ORIGIN.replace(second=59, microsecond=999_999)
    shown = _round_trip(
        calendar, timed(when=When(start, start + timedelta(minutes=5), zone="Europe/Helsinki"))
    )
    assert (shown.when.start, shown.when.end) == (ORIGIN, ORIGIN + timedelta(minutes=5))


def test_an_event_without_length(calendar: Calendar) -> None:
    event = timed(when=When(ORIGIN, ORIGIN, zone="Europe/Helsinki"))
    assert _round_trip(calendar, event) == calendar.capabilities.project(event)


def test_timed_becomes_all_day_and_back(calendar: Calendar) -> None:
    key = mark()
    written = calendar.create(timed(), key)
    whole = timed(when=all_day(date(2026, 10, 25), date(2026, 10, 26)))
    turned = calendar.update(written.id, whole, frozenset({"when"}), written.version, key)
    assert read(calendar, written.id).event.when == whole.when
    calendar.update(written.id, timed(), frozenset({"when"}), turned.version, key)
    assert read(calendar, written.id).event == calendar.capabilities.project(timed())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(event=events())
def test_any_event_comes_back_as_projected(keeper: Keeper, event: Event) -> None:
    calendar = keeper.calendar()
    project = calendar.capabilities.project
    written = calendar.create(event, mark())
    shown = read(calendar, written.id).event
    assert shown == project(event)
    assert project(shown) == shown
    assert written.shown in {None, shown}
    calendar.delete(written.id, written.version)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=events(), after=events())
def test_any_event_can_become_any_other(keeper: Keeper, before: Event, after: Event) -> None:
    calendar = keeper.calendar()
    project = calendar.capabilities.project
    key = mark()
    written = calendar.create(before, key)
    names = differing(project(before), project(after))
    calendar.update(written.id, after, names, written.version, key)
    item = read(calendar, written.id)
    assert item.event == project(after)
    calendar.delete(item.id, item.version)
