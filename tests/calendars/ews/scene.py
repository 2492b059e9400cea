"""An event, and what an Outlook user does with it: what the keeper's own tests begin with."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from vfadmin.calendars.base import Calendar, Mark
from vfadmin.calendars.event import Event, When
from vfadmin.simulator import OutlookUser, Recurrence

START = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
EVENT = Event("Palaveri", When(START, START + timedelta(hours=1), zone="Europe/Helsinki"), text="Asialista")
RECURRENCE = Recurrence("Daily", START.date())


def mark(**times: datetime) -> Mark:
    return Mark(str(uuid.uuid4()), str(uuid.uuid4()), **times)


def created(anna: OutlookUser, **values: Any) -> str:
    return anna.create(**{"subject": "Palaveri", "start": START, "end": START + timedelta(hours=1)} | values)


def shown(calendar: Calendar, item_id: str) -> Event:
    return calendar.fetch([item_id]).items[item_id].event
