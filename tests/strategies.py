"""Hypothesis strategies for the values the engine thinks in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from vfadmin.calendars.event import Event, ShowAs, When, canonical

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""The moment all engine tests play at: a Monday morning."""

UNREADABLE_END = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
"""Both databases take it, and an all-day event that ends then has no end: there is no day after it."""

ZONES = ("Europe/Helsinki", "Europe/Riga", "Asia/Tokyo", "America/New_York", "UTC")


def whens() -> st.SearchStrategy[When]:
    """Times inside the window of `NOW`."""
    starts = st.integers(-5 * 24 * 60, 300 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes))
    lengths = st.integers(0, 3 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
    return st.builds(
        lambda start, length, all_day, zone: When(start, start + length, all_day=all_day, zone=zone),
        starts,
        lengths,
        st.booleans(),
        st.sampled_from(ZONES),
    )


def events() -> st.SearchStrategy[Event]:
    """Canonical single events."""
    words = st.text(max_size=30)
    return st.builds(
        Event,
        title=words,
        when=whens(),
        location=words,
        text=st.text(max_size=60),
        private=st.booleans(),
        show_as=st.sampled_from(ShowAs),
        reminder_minutes=st.none() | st.integers(0, 20160),
        acknowledged=st.booleans(),
    ).map(canonical)


def plain(title: str = "Palaveri", *, days: float = 1, hours: float = 1, text: str = "") -> Event:
    """An ordinary event that starts ``days`` from `NOW`."""
    start = NOW + timedelta(days=days)
    when = When(start, start + timedelta(hours=hours), zone="Europe/Helsinki")
    return Event(title=title, when=when, text=text)
