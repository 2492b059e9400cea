"""Events as JSON documents: what the store keeps of an event is the event."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given

from tests.contract.keeper import timed
from tests.contract.strategies import events
from vfadmin.calendars.codec import KEYS, from_json, to_json
from vfadmin.calendars.event import (
    FIELDS,
    Event,
    Override,
    Participant,
    Recurrence,
    ShowAs,
    all_day,
    canonical,
)


@given(events(recurring=True))
def test_an_event_comes_back_equal(event: Event) -> None:
    assert from_json(json.loads(json.dumps(to_json(event)))) == event
    assert from_json(to_json(canonical(event))) == canonical(event)


@given(events(recurring=True), events(recurring=True))
def test_documents_are_equal_exactly_when_the_events_are(one: Event, other: Event) -> None:
    assert (to_json(one) == to_json(other)) == (one == other)
    assert to_json(one) == to_json(replace(one))


def test_the_document_says_every_field() -> None:
    assert to_json(timed()).keys() == {*FIELDS} - {"when"} | {"start", "end", "all_day", "zone"}
    assert tuple(to_json(timed())) == KEYS


def test_a_document_in_full() -> None:
    event = timed(
        "Palaveri",
        text="Rivi\ntoinen",
        private=True,
        show_as=ShowAs.ELSEWHERE,
        reminder_minutes=0,
        acknowledged=False,
        recurrence=Recurrence(
            "FREQ=DAILY",
            (Override(date(2026, 3, 4), all_day(date(2026, 3, 5), date(2026, 3, 6)), reminder_minutes=-1),),
            (date(2026, 3, 6), date(2026, 3, 9)),
        ),
        participants=frozenset({Participant(12, acknowledged=True), Participant(3)}),
    )
    assert to_json(event) == {
        "title": "Palaveri",
        "location": "",
        "text": "Rivi\ntoinen",
        "start": "2026-03-02T07:00:00+00:00",
        "end": "2026-03-02T08:00:00+00:00",
        "all_day": False,
        "zone": "Europe/Helsinki",
        "private": True,
        "show_as": "elsewhere",
        "reminder_minutes": 0,
        "acknowledged": False,
        "recurrence": {
            "rrule": "FREQ=DAILY",
            "exceptions": [
                {
                    "original": "2026-03-04",
                    "start": "2026-03-05",
                    "end": "2026-03-06",
                    "reminder_minutes": None,
                }
            ],
            "deleted": ["2026-03-06", "2026-03-09"],
        },
        "participants": [[3, False], [12, True]],
    }


def test_times_are_written_in_utc_whatever_their_offset() -> None:
    event = timed()
    zone = timezone(timedelta(hours=5, minutes=30))
    moved = replace(event, when=replace(event.when, start=event.when.start.astimezone(zone)))
    assert to_json(moved) == to_json(event)


@pytest.mark.parametrize("missing", sorted(to_json(timed())))
def test_a_document_that_lacks_something_is_refused(missing: str) -> None:
    document = to_json(timed())
    del document[missing]
    with pytest.raises(KeyError):
        from_json(document)


@pytest.mark.parametrize(
    ("key", "value"),
    [("start", "eilen"), ("show_as", "asleep"), ("participants", [[1]]), ("recurrence", {"rrule": "x"})],
)
def test_a_document_of_nonsense_is_refused(key: str, value: Any) -> None:
    with pytest.raises((KeyError, ValueError)):
        from_json(to_json(timed()) | {key: value})
