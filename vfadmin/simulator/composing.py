"""Making and changing items.

The rules a server applies to what it is given before it keeps it. Pure functions.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from vfadmin.simulator import series, zones
from vfadmin.simulator.bodies import html_from_text
from vfadmin.simulator.errors import ExchangeError
from vfadmin.simulator.ical_reading import CalendarEvent
from vfadmin.simulator.item import Address, Item
from vfadmin.simulator.times import whole_minute

_LONGEST = timedelta(days=5 * 366)
_GLOBAL_OBJECT_HEAD = "040000008200E00074C5B7101A82E00800000000"
_FILETIME_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def new_uid(now: datetime) -> str:
    """A UID as Outlook and Exchange make it: a global object id in hexadecimal (MS-OXOCAL)."""
    ticks = int((now - _FILETIME_EPOCH).total_seconds()) * 10_000_000
    stamp = ticks.to_bytes(8, "little").hex().upper()
    return f"{_GLOBAL_OBJECT_HEAD}{stamp}{'00' * 8}10000000{secrets.token_hex(16).upper()}"


def compose(identity: tuple[str, str, str], owner: Address, now: datetime, values: Mapping[str, Any]) -> Item:
    """A new item; `identity` is id, change key, folder id. What is not given has a server's defaults."""
    start = values.get("start") or _next_half_hour(now)
    end = values.get("end") or start + timedelta(minutes=30)
    plain = {key: value for key, value in values.items() if key not in ("start", "end", "uid")}
    uid = values.get("uid") or new_uid(now)
    item_id, change_key, folder_id = identity
    made = now.replace(microsecond=0)
    item = Item(
        item_id, change_key, folder_id, str(uid), created=made, modified=made, modified_by=owner.name,
        start=start, end=end, organizer=owner,
    )  # fmt: skip
    return series.aligned(None, settled(_with_meeting(_with_end_zone(replace(item, **plain), plain))))


def revise(item: Item, owner: Address, now: datetime, values: Mapping[str, Any]) -> Item:
    """An item with new values; what the server keeps for itself moves with it."""
    changed = replace(item, **values, modified=now.replace(microsecond=0), modified_by=owner.name)
    changed = _with_meeting(_with_end_zone(changed, values))
    times = ("start", "end", "recurrence", "location")
    # Only the organizer's own changes count up (MS-OXOCAL 3.1.4.7.2); a copy that is dragged stays as sent.
    organized = changed.is_meeting and changed.my_response == "Organizer"
    if organized and any(getattr(changed, name) != getattr(item, name) for name in times):
        changed = replace(changed, sequence=item.sequence + 1)
    return series.aligned(item, settled(changed))


def settled(item: Item) -> Item:
    """An item whose times are as a server keeps them.

    Whole minutes, in order, all-day from midnight to midnight.

    MS-OXWSMTGS: an all-day event is snapped to midnight in the item's own zone.
    """
    start, end = whole_minute(item.start), whole_minute(item.end)
    if end < start:
        raise ExchangeError("ErrorCalendarEndDateIsEarlierThanStartDate")
    if end - start > _LONGEST:
        raise ExchangeError(
            "ErrorCalendarDurationIsTooLong", "The calendar item's duration is longer than five years."
        )
    if item.all_day:
        zone = zones.zone_info(item.start_zone)
        if zone is not None:
            start, end = _midnight(start, zone), _midnight_after(end, zone)
        if end <= start:
            end = _midnight(start + timedelta(hours=36), zone) if zone else start + timedelta(days=1)
    return replace(item, start=start, end=end)


def mime_values(event: CalendarEvent) -> dict[str, Any]:
    """The item attributes that an iCalendar sets."""
    values = {
        "uid": event.uid,
        "subject": event.subject[:255] if event.subject is not None else None,
        "body_html": html_from_text(event.text) if event.text is not None else None,
        "location": event.location[:255] if event.location is not None else None,
        "start": event.start,
        "end": event.end,
        "all_day": event.all_day,
        "start_zone": event.zone_id,
        "sensitivity": event.sensitivity,
        "show_as": event.show_as,
        "categories": event.categories,
        "reminder_set": event.reminder_minutes is not None,
        "reminder_minutes": event.reminder_minutes,
        "recurrence": event.recurrence,
        "removed": event.removed if event.recurrence is not None else None,
    }
    return {key: value for key, value in values.items() if value is not None}


def _with_end_zone(item: Item, values: Mapping[str, Any]) -> Item:
    if "start_zone" in values and "end_zone" not in values:
        return replace(item, end_zone=item.start_zone)
    return item


def _with_meeting(item: Item) -> Item:
    if item.my_response != "Organizer":
        return item
    return replace(item, is_meeting=bool(item.attendees) or (item.is_meeting and item.request_sent))


def _next_half_hour(now: datetime) -> datetime:
    past = timedelta(minutes=now.minute % 30, seconds=now.second, microseconds=now.microsecond)
    return now.astimezone(UTC) - past + timedelta(minutes=30)


def _midnight(instant: datetime, zone: tzinfo) -> datetime:
    local = instant.astimezone(zone).replace(hour=0, minute=0)
    return local.astimezone(UTC)


def _midnight_after(instant: datetime, zone: tzinfo) -> datetime:
    floor = _midnight(instant, zone)
    return floor if floor == instant else _midnight(floor + timedelta(hours=36), zone)
