"""Start and end of an event in the form."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import QDateTime
from pytestqt.qtbot import QtBot

from vfadmin.ui.persons.event_times import EventTimes, _shown
from vfadmin.ui.translations import Speaker


@pytest.fixture
def times(qtbot: QtBot, speaker: Speaker) -> EventTimes:
    del speaker
    made = EventTimes()
    qtbot.addWidget(made)
    return made


def at(text: str) -> QDateTime:
    return _shown(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("start", "end", "all_day"),
    [
        ("2026-03-02T10:00:00", "2026-03-02T11:30:00", False),
        ("2026-03-29T03:30:00", "2026-03-29T04:30:00", False),
        ("2026-10-25T03:30:00", "2026-10-25T03:45:00", False),
        ("2026-03-02", "2026-03-03", True),
        ("2026-03-02", "2026-03-05", True),
    ],
)
def test_what_is_shown_is_what_is_read_also_in_an_hour_that_this_machine_has_not(
    times: EventTimes, start: str, end: str, all_day: bool
) -> None:
    times.fill(start, end, all_day=all_day, zone="Europe/Helsinki")
    assert times.facts() == {"start": start, "end": end, "all_day": all_day}


def test_a_whole_day_is_shown_by_its_last_day_and_stored_with_the_day_after(times: EventTimes) -> None:
    times.fill("2026-03-02", "2026-03-05", all_day=True, zone="Europe/Helsinki")
    assert times.end.text() == "4.3.2026"
    assert not times.zone.isVisibleTo(times)
    times.end.setDateTime(at("2026-03-06"))
    assert times.facts()["end"] == "2026-03-07"


def test_a_moved_start_takes_the_end_along(times: EventTimes) -> None:
    times.fill("2026-03-02T10:00:00", "2026-03-02T11:30:00", all_day=False, zone="Europe/Helsinki")
    times.start.setDateTime(at("2026-03-04T08:15:00"))
    assert times.facts()["end"] == "2026-03-04T09:45:00"
    times.start.setDateTime(at("2026-02-27T08:15:00"))
    assert times.facts()["end"] == "2026-02-27T09:45:00"


def test_the_end_is_never_before_the_start(times: EventTimes) -> None:
    times.fill("2026-03-02T10:00:00", "2026-03-02T11:30:00", all_day=False, zone="Europe/Helsinki")
    times.end.setDateTime(at("2026-03-01T09:00:00"))
    assert times.facts()["end"] == "2026-03-02T10:00:00"


def test_whole_days_and_back_keeps_the_times(times: EventTimes) -> None:
    times.fill("2026-03-02T10:00:00", "2026-03-02T11:30:00", all_day=False, zone="Europe/Helsinki")
    times.all_day.setChecked(True)
    assert times.facts() == {"start": "2026-03-02", "end": "2026-03-03", "all_day": True}
    times.all_day.setChecked(False)
    assert times.facts()["start"] == "2026-03-02T10:00:00"
    assert times.facts()["end"] == "2026-03-02T11:30:00"


def test_whole_days_that_become_times_begin_with_the_working_day(times: EventTimes) -> None:
    times.fill("2026-03-02", "2026-03-04", all_day=True, zone="Europe/Helsinki")
    times.all_day.setChecked(False)
    assert times.facts() == {"start": "2026-03-02T09:00:00", "end": "2026-03-03T10:00:00", "all_day": False}
