from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given

from tests.contract.strategies import events
from vfadmin.calendars.event import LONGEST_REMINDER, Event, Participant, ShowAs, When, canonical
from vfadmin.calendars.ews.capabilities import capabilities
from vfadmin.calendars.exchange.projection import project

START = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
EVENT = Event("Palaveri", When(START, START + timedelta(hours=1), zone="Europe/Kyiv"))


@given(event=events(recurring=True))
@pytest.mark.parametrize("elsewhere", [True, False])
def test_projecting_twice_is_projecting_once(elsewhere: bool, event: Event) -> None:
    once = project(event, elsewhere=elsewhere)
    assert project(once, elsewhere=elsewhere) == once == canonical(once)


def test_what_exchange_shows_otherwise() -> None:
    given_event = replace(
        EVENT,
        title="ohjaus\x92merkki",
        text="sarkain\tväli\ufdd0",
        reminder_minutes=LONGEST_REMINDER + 1,
        show_as=ShowAs.ELSEWHERE,
        participants=frozenset({Participant(1)}),
    )
    shown = capabilities(elsewhere=False).project(given_event)
    assert (shown.title, shown.text) == ("ohjausmerkki", "sarkain    väli")
    assert (shown.reminder_minutes, shown.show_as) == (LONGEST_REMINDER, ShowAs.FREE)
    assert (shown.when.zone, shown.participants) == ("Europe/Helsinki", frozenset())
    assert capabilities(elsewhere=True).project(given_event).show_as is ShowAs.ELSEWHERE


@pytest.mark.parametrize(("minutes", "shown"), [(None, None), (0, 0), (-5, 0), (20_160, 20_160)])
def test_reminders(minutes: int | None, shown: int | None) -> None:
    assert project(replace(EVENT, reminder_minutes=minutes), elsewhere=True).reminder_minutes == shown
