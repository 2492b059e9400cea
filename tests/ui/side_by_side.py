"""Both calendars of a person as a technician sees them in the middle of a day, for pictures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from vfadmin.services.comparison import ComparedCalendars, ComparedRow, ComparedWrite, FieldDifference
from vfadmin.services.progress import Progress

_AT = datetime(2026, 11, 23, 7, 42, tzinfo=UTC)
_EIGHT = _AT.replace(hour=6, minute=0)


class SideBySide:
    """In the place of the service; nothing is read anywhere."""

    def compare(self, person_id: int, _progress: Progress) -> ComparedCalendars:
        """A dozen events, half of which differ, each in a way of its own."""
        return ComparedCalendars(person_id, "active", _rows(), None, first=False, requests=4, at=_AT)


def _rows() -> tuple[ComparedRow, ...]:
    weekly, offer = _event("Viikkopalaveri", 0, 0, location="Neukkari Kallavesi"), "Tarjouskatselmus"
    return (
        _same(weekly),
        _differing(
            _event(offer, 1, 2, location="Teams", reminder_minutes=15),
            _event(offer, 1, 3, location="Neukkari Saimaa", reminder_minutes=15),
            ("location", "Teams", "exchange", "edited"),
            ("when", None, "valueframe", "edited"),
        ),
        _only("valueframe", _event("Lääkäri", 2, 0, private=True), "exchange", private=True),
        _same(_event("Koulutus Tampereella", 3, -6, hours=24, all_day=True, location="Tampere")),
        _only("exchange", _event("Lounas asiakkaan kanssa", 3, 3, location="Ravintola Olo"), "valueframe"),
        _differing(
            _event("Budjetin läpikäynti", 4, 1),
            _event("Budjetti 2027, läpikäynti", 4, 1),
            ("title", "Budjetin läpikäynti", "exchange", "conflict"),
        ),
        _only("exchange", _event("Johtoryhmä", 5, 2, location="Helsinki"), "", note="meeting"),
        *(_same(_event(f"Viikkopalaveri {week}", 7 * week, 0)) for week in range(1, 6)),
    )


def _event(title: str, day: int, hour: int, hours: int = 1, **more: Any) -> dict[str, Any]:
    start = _EIGHT + timedelta(days=day, hours=hour)
    blank = {"location": "", "text": "", "show_as": "busy", "reminder_minutes": None, "recurrence": None}
    times = {"start": start.isoformat(), "end": (start + timedelta(hours=hours)).isoformat()}
    marks = {"all_day": False, "zone": "Europe/Helsinki", "private": False, "acknowledged": True}
    return {"title": title, **blank, **times, **marks, "participants": [], **more}


def _same(event: dict[str, Any]) -> ComparedRow:
    return _row("equal", event, event, "nothing")


def _only(
    side: str, event: dict[str, Any], target: str, *, note: str | None = None, private: bool = False
) -> ComparedRow:
    here = (event, None) if side == "valueframe" else (None, event)
    writes = (ComparedWrite(target, "create", "new", ()),) if target else ()
    return _row(f"only_{side}", *here, "sync" if target else "left-alone", writes, note, private=private)


def _differing(
    valueframe: dict[str, Any], exchange: dict[str, Any], *fields: tuple[str, str | None, str, str]
) -> ComparedRow:
    parts = ("start", "end", "all_day", "zone")
    found, writes = [], []
    for name, resolved, side, reason in fields:
        whole = [
            {part: event[part] for part in parts} if name == "when" else event[name]
            for event in (valueframe, exchange)
        ]
        found.append(FieldDifference(name, whole[0], whole[1], resolved or whole[1]))
        writes.append(ComparedWrite(side, "update", reason, (name,)))
    return _row("differing", valueframe, exchange, "sync", tuple(writes), fields=tuple(found))


def _row(
    group: str,
    valueframe: dict[str, Any] | None,
    exchange: dict[str, Any] | None,
    resolution: str,
    writes: tuple[ComparedWrite, ...] = (),
    note: str | None = None,
    fields: tuple[FieldDifference, ...] = (),
    *,
    private: bool = False,
) -> ComparedRow:
    event = valueframe or exchange or {}
    start = datetime.fromisoformat(event["start"])
    return ComparedRow(
        group=group,
        title=event["title"],
        start=start,
        valueframe=valueframe,
        exchange=exchange,
        fields=fields,
        resolution=resolution,
        writes=writes,
        note=note,
        until=None,
        failure=None,
        redacted=private,
    )
