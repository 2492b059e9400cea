"""What an event's values are called."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.ui.conftest import House
from vfadmin.calendars.event import ShowAs
from vfadmin.services.event_form import KEYS
from vfadmin.ui.persons import event_words
from vfadmin.ui.persons.event_facts import new_facts
from vfadmin.ui.translations import Speaker


def test_r16_every_free_busy_status_has_its_word(speaker: Speaker) -> None:
    speaker.speak("fi")
    assert set(event_words.SHOWN_AS) == {one.value for one in ShowAs}
    words = [event_words.shown_as(one) for one in event_words.SHOWN_AS]
    assert words == ["Vapaa", "Alustava", "Varattu", "Poissa", "Työskentelee muualla"]


def test_r7_every_field_that_travels_has_a_name(speaker: Speaker) -> None:
    speaker.speak("fi")
    named = KEYS - {"owner", "timezone"}
    assert [key for key in sorted(named) if event_words.field_name(key) == key] == []
    assert event_words.field_name("unheard-of") == "unheard-of"


@pytest.mark.parametrize(
    ("minutes", "word"),
    [
        (None, "Ei muistutusta"),
        (0, "Tapahtuman alkaessa"),
        (15, "15 min ennen"),
        (90, "90 min ennen"),
        (120, "2 h ennen"),
        (2880, "2 vrk ennen"),
    ],
)
def test_a_reminder_is_told_in_the_largest_unit_that_is_whole(
    speaker: Speaker, minutes: int | None, word: str
) -> None:
    speaker.speak("fi")
    assert event_words.reminder(minutes) == word


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2026-03-02", "2026-03-03", "ma 2.3.2026, koko päivä"),
        ("2026-03-02", "2026-03-05", "ma 2.3.2026 – ke 4.3.2026"),
        ("2026-03-02T10:00", "2026-03-02T11:30", "ma 2.3.2026 10.00–11.30"),
        ("2026-03-02T22:00", "2026-03-03T01:00", "ma 2.3.2026 22.00 – ti 3.3.2026 1.00"),
    ],
)
def test_a_time_names_its_day_once(house: House, speaker: Speaker, start: str, end: str, told: str) -> None:
    speaker.speak("fi")
    if "T" in start:  # by the clock on the wall wherever this runs
        start, end = (datetime.fromisoformat(one).astimezone().isoformat() for one in (start, end))
    row = house.services.events.add({"owner": house.people[0].id, "start": start, "end": end})
    assert event_words.span(row) == told


def test_a_new_event_begins_with_the_next_full_hour_or_on_the_day_that_is_shown() -> None:
    now = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
    today, later = now.date(), now.date() + timedelta(days=7)
    assert new_facts(now, today)["start"] == "2026-03-10T12:00:00", "half past eleven in Helsinki"
    assert new_facts(now, today - timedelta(days=3))["start"] == "2026-03-10T12:00:00"
    assert new_facts(now, later)["start"] == "2026-03-17T09:00:00"
    assert new_facts(now, later)["end"] == "2026-03-17T10:00:00"
