"""Events of every shape for Hypothesis; also the raw ones that no keeper has normalised yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from hypothesis import strategies as st

from vfadmin.calendars.event import (
    NO_REMINDER,
    Event,
    Override,
    Participant,
    Recurrence,
    ShowAs,
    When,
    all_day,
    canonical,
)
from vfadmin.calendars.recurrence.days import days as days_of
from vfadmin.calendars.series import rule_of

_FIRST, _LAST = datetime.fromisoformat("2024-01-01"), datetime.fromisoformat("2029-12-31")
ZONES = ("Europe/Helsinki", "Europe/Stockholm", "America/New_York", "Asia/Tokyo", "UTC")

_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LATER = date(2039, 1, 1)
"""When every rule has begun: a yearly one may begin eight years after its start."""
_TRICKY = st.sampled_from(
    [
        "\r\n",
        "\r",
        "\n",
        " \n",
        "\xa0",
        "\t",
        "  ",
        "\u2028",
        "\x85",
        "\x00",
        "\x0b",
        "😀",
        "ä",
        "a\u0308",
        "<",
        "&",
    ]
)


def texts(longest: int = 60) -> st.SearchStrategy[str]:
    """Any text, rich in what calendars stumble over."""
    return st.lists(st.one_of(st.text(max_size=8), _TRICKY), max_size=longest // 4).map("".join)


@st.composite
def times(draw: st.DrawFn) -> When:
    """Any time around now: with seconds, without length, in any zone, or whole days."""
    if draw(st.booleans()):
        first = draw(st.dates(_FIRST.date(), _LAST.date()))
        return all_day(first, first + timedelta(days=draw(st.integers(1, 40))))
    start = draw(st.datetimes(_FIRST, _LAST, timezones=st.just(UTC)))
    length = draw(st.timedeltas(timedelta(0), timedelta(days=3)))
    return When(start, start + length, zone=draw(st.sampled_from(ZONES)))


@st.composite
def short_times(draw: st.DrawFn) -> When:
    """A time of day, or one day."""
    when = draw(times())
    day = timedelta(days=1)
    return replace(when, end=when.start + day) if when.all_day else replace(when, end=when.start + day / 24)


@st.composite
def rules(draw: st.DrawFn) -> str:
    """The text of a rule that both sides can express, not always in its simplest form."""
    weekday = st.sampled_from(_WEEK)
    which = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={which}"]
    parts.append(f"INTERVAL={draw(st.integers(1, 8 if which == 'YEARLY' else 30))}")
    if which == "WEEKLY":
        chosen = draw(st.lists(weekday, min_size=1, max_size=7, unique=True))
        parts += [f"BYDAY={','.join(chosen)}", f"WKST={draw(weekday)}"]
    if which == "YEARLY":
        parts.append(f"BYMONTH={draw(st.integers(1, 12))}")
    if which in ("MONTHLY", "YEARLY"):
        parts.append(draw(_in_month()))
    last = f"UNTIL={draw(st.dates(_LATER, _LATER + timedelta(days=4000))):%Y%m%d}"
    parts += draw(st.sampled_from([[], [last], [f"COUNT={draw(st.integers(1, 60))}"]]))
    return ";".join(parts)


def _in_month() -> st.SearchStrategy[str]:
    positions = st.sampled_from([1, 2, 3, 4, -1])
    groups = st.sampled_from([*_WEEK, "MO,TU,WE,TH,FR", "SA,SU", ",".join(_WEEK)])
    return st.one_of(
        st.integers(1, 28).map("BYMONTHDAY={}".format),
        st.sampled_from(["-1", "28,29;BYSETPOS=-1", "28,29,30;BYSETPOS=-1"]).map("BYMONTHDAY={}".format),
        st.builds("BYDAY={}{}".format, positions, st.sampled_from(_WEEK)),
        st.builds("BYDAY={};BYSETPOS={}".format, groups, positions),
    )


def overrides(days: st.SearchStrategy[date]) -> st.SearchStrategy[Override]:
    """An occurrence of one of the days with something of its own."""
    return st.builds(
        Override,
        days,
        when=st.none() | times(),
        title=st.none() | texts(),
        location=st.none() | texts(),
        text=st.none() | texts(),
        show_as=st.none() | st.sampled_from(ShowAs),
        private=st.none() | st.booleans(),
        reminder_minutes=st.none() | st.integers(NO_REMINDER, 40_000),
    )


@st.composite
def recurrences(draw: st.DrawFn) -> Recurrence:
    """A rule with some deviations, a few of them of occurrences it does not have."""
    days = st.dates(_FIRST.date(), _LAST.date())
    exceptions = st.lists(overrides(days), max_size=2, unique_by=lambda one: one.original).map(tuple)
    return Recurrence(draw(rules()), draw(exceptions), draw(st.lists(days, max_size=2).map(tuple)))


@st.composite
def series(draw: st.DrawFn, *, moves: bool = True) -> Event:
    """A canonical series; its deviations are of occurrences it has.

    Without ``moves`` it is what a server takes: no occurrence reaches into another.
    """
    when = draw(times()) if moves else draw(short_times())
    event = canonical(Event(draw(texts()), when, reminder_minutes=15, recurrence=Recurrence(draw(rules()))))
    assert event.recurrence is not None
    some = list(islice(days_of(rule_of(event.recurrence, event.when)), 8))
    changed = overrides(st.sampled_from(some))
    exceptions = draw(st.lists(changed, max_size=3, unique_by=lambda one: one.original))
    if not moves:
        exceptions = [replace(one, when=None) for one in exceptions]
    deleted = draw(st.lists(st.sampled_from(some), max_size=min(2, len(some) - 1)))
    rule = Recurrence(event.recurrence.rrule, tuple(exceptions), tuple(deleted))
    return canonical(replace(event, recurrence=rule))


def participants() -> st.SearchStrategy[frozenset[Participant]]:
    """A few persons, each once."""
    links = st.dictionaries(st.integers(1, 9), st.booleans(), max_size=3)
    return links.map(lambda chosen: frozenset(Participant(*one) for one in chosen.items()))


def events(*, recurring: bool = False) -> st.SearchStrategy[Event]:
    """Any event; series only where asked for, because not every keeper takes them."""
    built = st.builds(
        Event,
        title=texts(),
        when=times(),
        location=texts(),
        text=texts(200),
        private=st.booleans(),
        show_as=st.sampled_from(ShowAs),
        reminder_minutes=st.none() | st.integers(0, 40_000),
        acknowledged=st.booleans(),
        recurrence=st.none() | recurrences() if recurring else st.none(),
        participants=participants() if recurring else st.just(frozenset()),
    )
    return built.map(_in_its_zone)


def _in_its_zone(event: Event) -> Event:
    """An occurrence has the zone of its series, whatever was drawn for it."""
    if event.recurrence is None:
        return event
    exceptions = tuple(
        one
        if one.when is None or one.when.all_day
        else replace(one, when=replace(one.when, zone=event.when.zone))
        for one in event.recurrence.exceptions
    )
    return replace(event, recurrence=replace(event.recurrence, exceptions=exceptions))
