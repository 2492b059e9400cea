"""A person's fortnight in ValueFrame, and what the last run did with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from vfadmin.calendars.codec import to_json
from vfadmin.calendars.event import Event, When
from vfadmin.calendars.exchange.marks import uid_for
from vfadmin.models import CalendarEvent, EventParticipant, History, Pair, Run
from vfadmin.models.store import Store

_HOUR = timedelta(hours=1)


def keep_a_week(store: Store, person: int, colleague: int, now: datetime) -> None:
    """A series, a plain meeting, a private event, a holiday, one that a colleague owns; and a run."""
    eight = now.replace(hour=6, minute=0, second=0, microsecond=0)  # eight o'clock in Helsinki in winter
    with store.write() as session:
        events = [_event(person, values, now) for values in _fortnight(eight, colleague)]
        session.add_all(events)
        session.flush()
        session.add(EventParticipant(event_id=events[1].id, person_id=colleague, acknowledged=True))
        session.add(EventParticipant(event_id=events[4].id, person_id=person, acknowledged=False))
        for number, event in enumerate(events[:4]):
            key = f"0f6a8f0e-5c11-4f6b-8f26-0a4f7b0f3a5{number}"
            pair = Pair(key=key, person_id=person, valueframe_id=f"{event.id}", exchange_id=f"x{number}")
            pair.uid = uid_for(key) if number < 3 else "outlook-made-this"
            pair.brought = number < 3
            session.add(pair)
        latest = select(Run).where(Run.person_id == person).order_by(Run.started_at.desc()).limit(1)
        run = session.scalars(latest).one()
        run.pulled, run.pushed, run.deleted, run.requests, run.duration_ms = 1, 2, 1, 14, 940
        session.add_all(_history(run, person, eight))


def _fortnight(eight: datetime, colleague: int) -> list[dict[str, Any]]:
    midnight = eight - 6 * _HOUR
    return [
        {
            "title": "Viikkopalaveri",
            "starts_at": eight - timedelta(days=14),
            "rrule": "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20270630T205959Z",
            "location": "Neukkari Kallavesi",
        },
        {
            "title": "Tarjouskatselmus, Pohjolan Rakennus Oy",
            "starts_at": eight + timedelta(days=1, hours=2),
            "type_id": 1,
            "location": "Teams",
            "body": "Käydään läpi tarjous ja aikataulu.\nLiite tulee sähköpostilla.",
            "reminder_minutes": 15,
        },
        {"title": "Lääkäri", "starts_at": eight + timedelta(days=2), "private": True, "show_as": "oof"},
        {
            "title": "Koulutus Tampereella",
            "starts_at": midnight + timedelta(days=3),
            "ends_at": midnight + timedelta(days=5),
            "all_day": True,
            "show_as": "elsewhere",
        },
        {
            "title": "Asiakaskäynti",
            "starts_at": eight + timedelta(days=4, hours=5),
            "owner_id": colleague,
            "type_id": 2,
            "location": "Hämeenkatu 1",
            "acknowledged": False,
        },
    ]


def _event(person: int, values: dict[str, Any], now: datetime) -> CalendarEvent:
    start = values["starts_at"]
    plain = {"owner_id": person, "ends_at": start + _HOUR, "created_at": now, "modified_at": now}
    return CalendarEvent(**(plain | {"exceptions": [], "deleted_occurrences": []} | values))


def _history(run: Run, person: int, eight: datetime) -> list[History]:
    def event(title: str, hours: int, **values: Any) -> dict[str, Any]:
        start = eight + hours * _HOUR
        when = When(start.astimezone(UTC), (start + _HOUR).astimezone(UTC), zone="Europe/Helsinki")
        return to_json(Event(title=title, when=when, **values))

    moved = (
        event("Tarjouskatselmus", 24, location="Neukkari 2"),
        event("Tarjouskatselmus", 26, location="Teams"),
    )
    private = event("Lääkäri", 48, private=True)
    done = (
        ("valueframe", "create", "new", None, event("Hammaslääkärin siirto", 30)),
        ("exchange", "update", "edited", *moved),
        ("exchange", "create", "new", None, private),
        ("exchange", "delete", "deleted", event("Peruttu kokous", 8), None),
    )
    return [
        History(
            run_id=run.id,
            person_id=person,
            pair_key=None,
            side=side,
            operation=operation,
            reason=reason,
            before=before,
            after=after,
            detail={},
            at=run.started_at,
        )
        for side, operation, reason, before, after in done
    ]
