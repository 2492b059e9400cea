"""Every field and 500 odd texts go there and back, and the second sync writes nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.strategies import NOW, plain
from tests.sync.scenarios.playing import (
    EX,
    NOTHING,
    VF,
    assert_in_step,
    fill_in_step,
    synced,
    writes,
)
from tests.sync.world import World
from vfadmin.calendars.event import Event, ShowAs, When, all_day, canonical

START = NOW + timedelta(days=20)
FIELDS: list[dict[str, Any]] = [
    {"title": "Uusi otsikko 🗓️ ääkkösin"},
    {"location": "Neuvotteluhuone Ääninen, 3. krs"},
    {"text": 'rivi\n\ntoinen rivi\n  sisennetty & <kulma> "lainaus"'},
    {"when": When(START, START + timedelta(minutes=45), zone="Europe/Helsinki")},
    {"when": When(START, START, zone="Asia/Tokyo")},
    {"when": When(START, START + timedelta(days=3), zone="America/New_York")},
    {"when": all_day(date(2026, 12, 6), date(2026, 12, 7))},
    {"when": all_day(date(2026, 12, 24), date(2026, 12, 27))},
    {"private": True},
    *({"show_as": one} for one in ShowAs if one is not ShowAs.BUSY),
    {"reminder_minutes": 0},
    {"reminder_minutes": 15},
    {"reminder_minutes": 20_160},
    {"acknowledged": False},
]
OUTLOOK: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"subject": "Uusi otsikko 🗓️"}, {"title": "Uusi otsikko 🗓️"}),
    ({"location": "Ääninen"}, {"location": "Ääninen"}),
    ({"body_text": "rivi\n\ntoinen"}, {"text": "rivi\n\ntoinen"}),
    (
        {"start": START, "end": START + timedelta(hours=2)},
        {"when": When(START, START + timedelta(hours=2), zone="Europe/Helsinki")},
    ),
    ({"sensitivity": "Private"}, {"private": True}),
    ({"show_as": "OOF"}, {"show_as": ShowAs.OOF}),
    ({"show_as": "WorkingElsewhere"}, {"show_as": ShowAs.ELSEWHERE}),
    ({"reminder_minutes": 30}, {"reminder_minutes": 30}),
]


@pytest.mark.parametrize("changes", FIELDS, ids="-".join)
def test_a_field_changed_in_valueframe_arrives_and_stays(world: World, changes: dict[str, Any]) -> None:
    world.valueframe.add(plain("Palaveri"))
    world.settle()
    world.valueframe.edit(world.valueframe.ids()["Palaveri"], **changes)
    assert writes(synced(world)) == (0, 1, 0)
    assert writes(synced(world)) == NOTHING
    (event,) = world.shown(EX)
    assert {name: getattr(event, name) for name in changes} == changes
    assert_in_step(world, [event.title])


@pytest.mark.parametrize(("edit", "expected"), OUTLOOK, ids="-".join)
def test_a_field_changed_in_outlook_arrives_and_stays(
    world: World, edit: dict[str, Any], expected: dict[str, Any]
) -> None:
    (title,) = fill_in_step(world, 1)
    world.exchange.edit(world.exchange.ids()[title], **edit)
    assert writes(synced(world)) == (1, 0, 0)
    assert writes(synced(world)) == NOTHING
    (event,) = world.shown(VF)
    assert {name: getattr(event, name) for name in expected} == expected
    assert_in_step(world, [event.title])


PIECES = (
    *"aäöåÅß ŋŁŵ漢字かな한글ไทย",
    *("👩‍👩‍👧‍👦", "🏳️‍🌈", "👍🏽", "🇫🇮", "🗓️", "𝔘", "𐍈"),
    *("e\u0301", "a\u030a\u0323", "Z\u0351\u036b\u0343", "\u0301", "\u0e33", "ﬁ", "Å"),
    *("שלום", "مرحبا", "\u202eabc\u202c", "\u200f", "\u200e", "\u2067x\u2069"),
    *(chr(code) for code in range(0x20)),
    *("\x7f", "\x80", "\x85", "\x9f", "\xad", "\ufdd0", "\ufffd", "\ufffe", "\uffff", "\ufeff"),
    *("\xa0", "\u2003", "\u200b", "\u2028", "\u2029", "\u3000", "\t", "\r\n", "\r", "\n\n\n", "   "),
    *(
        "<b>",
        "</t:Body>",
        "&amp;",
        "&#0;",
        "]]>",
        "<![CDATA[",
        '"',
        "'",
        "%s",
        "{0}",
        "\\u0000",
        "--",
        "<br>",
    ),
)
EVENTS = 84
"""With a title, a place and a text each: 252 texts on either way, 504 in all."""


def odd_texts(seed: int) -> Iterator[tuple[str, str, str]]:
    """Titles, places and texts out of everything that was ever a trouble to anybody."""
    chance = random.Random(seed)
    for number in range(EVENTS):
        short = ["".join(chance.choices(PIECES, k=chance.randint(0, 12))) for _ in range(2)]
        long = "".join(chance.choices(PIECES, k=chance.randint(0, 60)))
        if number % 28 == 0:
            long = (long + "ä") * (65_536 // (len(long) + 1))
        yield short[0], short[1], long


def odd_events(seed: int) -> list[Event]:
    return [
        replace(plain(title, days=1 + number), location=location, text=text)
        for number, (title, location, text) in enumerate(odd_texts(seed))
    ]


def assert_kept(world: World, made: list[Event]) -> None:
    """Each side shows all of every text that it can, and a further sync writes nothing."""
    assert writes(synced(world)) == NOTHING
    near, far = ({event.when.start: event for event in world.shown(side)} for side in (VF, EX))
    shows = world.exchange.calendar().capabilities.project
    assert len(near) == len(far) == len(made)
    for event in made:
        start = event.when.start
        assert shows(far[start]) == shows(near[start]) == shows(canonical(event))
    assert world.exchange.mails() == 0


def test_252_odd_texts_written_in_valueframe_arrive_and_the_second_sync_writes_nothing(world: World) -> None:
    made = odd_events(1)
    for event in made:
        world.valueframe.add(event)
    assert writes(synced(world)) == (0, EVENTS, 0)
    assert_kept(world, made)


def test_252_odd_texts_written_in_outlook_arrive_and_the_second_sync_writes_nothing(world: World) -> None:
    made = odd_events(2)
    for event in made:
        world.exchange.add(event)
    assert writes(synced(world)) == (EVENTS, 0, 0)
    shown = world.shown(EX)
    assert_kept(world, shown)
    assert world.shown(VF) == shown
