"""Events of every shape for Hypothesis; also the raw ones that no keeper has normalised yet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from vfadmin.calendars.event import Event, Participant, Recurrence, ShowAs, When, all_day

_FIRST, _LAST = datetime.fromisoformat("2024-01-01"), datetime.fromisoformat("2029-12-31")
ZONES = ("Europe/Helsinki", "Europe/Stockholm", "America/New_York", "Asia/Tokyo", "UTC")

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
_RULES = st.sampled_from(
    ["FREQ=WEEKLY;BYDAY=MO", "FREQ=DAILY;COUNT=5", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=24"]
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
def recurrences(draw: st.DrawFn) -> Recurrence:
    """A rule with some deviations."""
    moments = st.lists(st.datetimes(_FIRST, _LAST).map(str), max_size=2).map(tuple)
    return Recurrence(draw(_RULES), draw(moments), draw(moments))


def participants() -> st.SearchStrategy[frozenset[Participant]]:
    """A few persons, each once."""
    links = st.dictionaries(st.integers(1, 9), st.booleans(), max_size=3)
    return links.map(lambda chosen: frozenset(Participant(*one) for one in chosen.items()))


def events(*, recurring: bool = False) -> st.SearchStrategy[Event]:
    """Any event; series only where asked for, because not every keeper takes them."""
    return st.builds(
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
