"""Who is in the demo and what stands in their calendars; the same at every telling."""

from __future__ import annotations

import json
import random
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from vfadmin import assets

FIRST_ID = 1001
ZONE = "Europe/Helsinki"
_SEED = 20_260_401
_SPAN_DAYS = 60
_QUARTERS = (2, 3, 4, 6, 8)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or resource of the story. ``login`` is an address or a realm and a user, turn about (R6)."""

    id: int
    name: str
    email: str
    login: str
    company: str
    resource: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """An event to be put into somebody's calendar. Times are aware; an all-day one ends exclusively."""

    title: str
    start: datetime
    end: datetime
    all_day: bool
    location: str
    text: str
    private: bool
    show_as: str
    reminder_minutes: int | None


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody in it, and the words their events are made of."""

    persons: tuple[Actor, ...]
    resources: tuple[Actor, ...]
    companies: tuple[str, ...]
    event_types: tuple[str, ...]
    words: dict[str, list[str]]


def assemble(persons: int, *, cloud: bool = False) -> Cast:
    """A cast with that many persons and always the same three resources and three companies.

    In the cloud everybody's login is an address.
    """
    data: dict[str, Any] = json.loads(assets.read_text("demo/cast.json"))
    companies = data["companies"]
    resources = tuple(
        Actor(
            FIRST_ID + persons + index,
            entry["name"],
            entry["email"],
            "",
            companies[entry["company"]]["name"],
            resource=True,
        )
        for index, entry in enumerate(data["resources"])
    )
    words = {key: data[key] for key in ("valueframe_titles", "outlook_titles", "places", "texts")}
    return Cast(
        persons=tuple(_person(index, data, cloud=cloud) for index in range(persons)),
        resources=resources,
        companies=tuple(company["name"] for company in companies),
        event_types=tuple(data["event_types"]),
        words=words,
    )


def calendar(cast: Cast, side: str, person: Actor, count: int, now: datetime) -> list[Happening]:
    """That many events for one person on one side (``valueframe`` or ``outlook``), in the weeks ahead.

    Titles of the two sides differ, so that no two of them are taken for one event.
    """
    rng = random.Random(f"{_SEED}/{side}/{person.id}")  # noqa: S311 - a story, not a secret
    day = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=2)
    return [_happening(cast, side, number, day, rng) for number in range(count)]


def _happening(cast: Cast, side: str, number: int, day: datetime, rng: random.Random) -> Happening:
    title = f"{rng.choice(cast.words[f'{side}_titles'])} {number + 1}"
    all_day = number % 10 == 4  # noqa: PLR2004 - one in ten
    first = day + timedelta(days=rng.randrange(_SPAN_DAYS))
    if all_day:
        start, end = first, first + timedelta(days=rng.choice((1, 1, 3)))
    else:
        start = first + timedelta(hours=rng.randrange(5, 15), minutes=rng.choice((0, 15, 30)))
        end = start + timedelta(minutes=15 * rng.choice(_QUARTERS))
    return Happening(
        title=title,
        start=start,
        end=end,
        all_day=all_day,
        location=rng.choice(cast.words["places"]),
        text=rng.choice(cast.words["texts"]),
        private=number % 9 == 7,  # noqa: PLR2004 - one in nine
        show_as="free" if all_day else rng.choice(("busy", "busy", "tentative", "oof")),
        reminder_minutes=rng.choice((None, 15, 60)),
    )


def _person(index: int, data: dict[str, Any], *, cloud: bool) -> Actor:
    """Names are paired so that no pair comes twice: 40 first names and 51 last names are coprime."""
    first = data["first_names"][index % len(data["first_names"])]
    last = data["last_names"][index % len(data["last_names"])]
    company = data["companies"][index % len(data["companies"])]
    account = f"{_ascii(first)}.{_ascii(last)}"
    email = f"{account}@{company['domain']}"
    login = email if cloud or index % 2 == 0 else f"{company['realm']}\\{account}"
    return Actor(FIRST_ID + index, f"{first} {last}", email, login, company["name"])


def _ascii(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.lower())
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha())
