"""A company's worth of persons in a real store: what the tests and the pictures of the window show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from tests.empty_database import opened_empty
from vfadmin.models import Company, Connection, EventType, Integration, Person, Run
from vfadmin.models.people import login_key, search_text, sort_name
from vfadmin.models.store import Store

FIRST = [
    "Aino",
    "Eeva",
    "Elina",
    "Helmi",
    "Inka",
    "Johanna",
    "Kaisa",
    "Liisa",
    "Maija",
    "Noora",
    "Outi",
    "Päivi",
    "Riikka",
    "Saara",
    "Tuulikki",
    "Ulla",
    "Venla",
    "Äijö",
    "Ööla",
    "Antti",
    "Eero",
    "Heikki",
    "Ilkka",
    "Jari",
    "Kari",
    "Lauri",
    "Matti",
    "Niilo",
    "Olli",
    "Pekka",
    "Risto",
    "Sami",
    "Timo",
    "Väinö",
    "Åke",
    "Yrjö",
]
LAST = [
    "Aalto",
    "Hämäläinen",
    "Järvinen",
    "Kinnunen",
    "Koskinen",
    "Laine",
    "Lehtonen",
    "Mäkinen",
    "Nieminen",
    "Ojala",
    "Peltonen",
    "Rantanen",
    "Salminen",
    "Toivonen",
    "Virtanen",
    "Virtaniemi",
    "Virtaharju",
    "Åkerlund",
    "Öhman",
    "Äijälä",
]
COMPANIES = ("Esimerkki Oy", "Esimerkki Palvelut Oy", "Pohjolan Rakennus Oy")
ROOMS = ("Neukkari Kallavesi", "Neukkari Päijänne", "Projektori 2")


_STOPPED_MINUTES = 17 * 60


@dataclass(frozen=True, slots=True)
class Sample:
    """One person of the sample, before it becomes two rows of the store."""

    id: int
    name: str
    email: str
    login: str
    state: str
    company: int
    kind: str = "person"
    active: bool = True
    mobile: str = "none"
    error: str | None = None
    synced_minutes: int | None = None
    delayed: bool = False
    waiting: int = 0
    calendar: str = "default"


def open_sample(folder: Path) -> Store:
    """A new store in the folder."""
    return opened_empty(folder / "vfadmin.db")


def sample(count: int = 130) -> Iterator[Sample]:
    """Persons in every state, then the rooms."""
    for place in range(count):
        first, last = FIRST[(place * 7) % len(FIRST)], LAST[(place * 11 + place // 20) % len(LAST)]
        yield _person(place, f"{last}, {first}")
    for place, name in enumerate(ROOMS):
        plain = _ascii(name).replace(" ", ".")
        email = f"{plain}@esimerkki.fi"
        yield Sample(max(9001, 1050 + count * 7) + place, name, email, email, "active", 1, kind="resource")


def _person(place: int, name: str) -> Sample:
    last, first = name.split(", ")
    email = f"{_ascii(first)}.{_ascii(last)}{place if place > 25 else ''}@esimerkki.fi"
    state = (
        "unused"
        if place % 9 == 4
        else "passive"
        if place % 13 == 5
        else "error"
        if place % 19 == 2
        else "active"
    )
    login = (
        ""
        if state == "unused"
        else email
        if place % 3
        else f"ESIM\\{_ascii(first)[:3]}{_ascii(last)[:4]}{place}"
    )
    delayed = state == "active" and place % 23 == 7
    return Sample(
        id=1042 + place * 7,
        name=name,
        email=email,
        login=login,
        state=state,
        company=1 + place % 3,
        active=place % 41 != 40,
        mobile="activesync" if place % 17 == 1 else "syncml" if place % 37 == 9 else "none",
        error=("EX-IMP-01", "EX-MBX-01")[place % 2] if state == "error" else None,
        synced_minutes=_synced(place, state),
        delayed=delayed,
        waiting=2 if place % 29 == 6 else 0,
        calendar="new" if place % 8 == 3 else "default",
    )


def _synced(place: int, state: str) -> int | None:
    if state == "active":
        return (0, 2, 4, 1, 12)[place % 5]
    return {"error": _STOPPED_MINUTES + 5, "passive": 3000 + place * 60}.get(state)


def fill(store: Store, people: list[Sample], now: datetime, *, connection: bool = True) -> None:
    """Write the persons, their companies, event types, runs and a connection."""
    with store.write() as session:
        session.execute(insert(Company), [{"name": name} for name in COMPANIES])  # numbered from one
        session.execute(insert(EventType), [{"name": name} for name in ("Palaveri", "Asiakaskäynti", "Muu")])
        if connection:
            row = {
                "name": "esimerkki",
                "protocol": "ews",
                "url": "https://exch01.esimerkki.fi/ews/exchange.asmx",
            }
            session.execute(insert(Connection), [row])
        if people:
            session.execute(insert(Person), [_person_row(one, now) for one in people])
        live = [one for one in people if one.login]
        if live:
            session.execute(insert(Integration), [_integration_row(one, now) for one in live])
        runs = [row for one in live if one.kind == "person" for row in _run_rows(one, now)]
        if runs:
            session.execute(insert(Run), runs)


def _person_row(one: Sample, now: datetime) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "sort_name": sort_name(one.name),
        "email": one.email,
        "company_id": one.company,
        "kind": one.kind,
        "active": one.active,
        "mobile_sync": one.mobile,
        "mobile_sync_used": now - timedelta(days=2) if one.mobile != "none" else None,
        "mobile_sync_origin": "hand" if one.mobile != "none" else None,
        "mobile_sync_by": "tuki.k" if one.mobile != "none" else None,
        "mobile_sync_set": now - timedelta(days=60) if one.mobile != "none" else None,
        "search_text": search_text(person_id=one.id, name=one.name, email=one.email, login=one.login),
    }


def _integration_row(one: Sample, now: datetime) -> dict[str, object]:
    stopped = now - timedelta(minutes=_STOPPED_MINUTES)
    return {
        "person_id": one.id,
        "login": one.login,
        "login_key": login_key(one.login),
        "state": one.state,
        "calendar": one.calendar,
        "error_code": one.error,
        "error_params": {"account": "ESIM\\svc-valueframe", "mailbox": one.email} if one.error else {},
        "error_since": stopped if one.error else None,
        "failing_since": now - timedelta(minutes=25) if one.delayed else None,
        "next_run_at": now + timedelta(minutes=2) if one.state == "active" else None,
        "last_synced_at": None
        if one.synced_minutes is None
        else now - timedelta(minutes=one.synced_minutes, seconds=9),
        "waiting": one.waiting,
    }


def _run_rows(one: Sample, now: datetime) -> Iterator[dict[str, object]]:
    base = one.synced_minutes if one.synced_minutes is not None else 60
    for step in range(4):
        failed = step == 0 and (one.error or ("EX-CONN-04" if one.delayed else None))
        since = _STOPPED_MINUTES if failed and one.error else base + step * 5
        started = now - timedelta(minutes=since, seconds=10)
        yield {
            "person_id": one.id,
            "started_at": started,
            "finished_at": started + timedelta(seconds=1),
            "pulled": 0 if failed else (2, 0, 1, 0)[(step + one.id) % 4],
            "pushed": 0 if failed else (1, 0, 0, 3)[(step + one.id) % 4],
            "conflicts": 1 if step == 3 and one.id % 4 == 1 else 0,
            "error_code": failed or None,
            "error_params": {
                "host": "exch01.esimerkki.fi",
                "account": "ESIM\\svc-valueframe",
                "mailbox": one.email,
            },
        }


def _ascii(text: str) -> str:
    return text.lower().translate(str.maketrans("åäö", "aao"))
