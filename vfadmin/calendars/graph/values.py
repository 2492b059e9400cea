"""Graph's simple values: moments, days, and times in a zone (*dateTimeTimeZone*)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from vfadmin.calendars.exchange.zones import iana_zone, windows_zone

_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)
"""With up to seven digits behind the second, of which nobody here needs one."""


def read_time(shown: object) -> datetime | None:
    """A time in a zone, in UTC; None for what is none.

    Every request asks for UTC; a server that answers in another zone all the same is taken at its word.
    """
    if not isinstance(shown, Mapping):
        return None
    match = _MOMENT.fullmatch(str(shown.get("dateTime")))
    if match is None:
        return None
    try:
        local = datetime.fromisoformat(match[1])
        return local.replace(tzinfo=_zone(shown.get("timeZone"))).astimezone(UTC)
    except (ValueError, KeyError, OverflowError):
        return None


def time_in(moment: datetime, zone: str) -> dict[str, Any]:
    """A moment by the clock of a zone; of an hour that comes twice, the second one by the clock of UTC.

    The format has no word for which of the two is meant, and a reader takes the first.
    """
    local = moment.astimezone(ZoneInfo(zone))
    if local.fold:
        local, zone = moment.astimezone(UTC), "UTC"
    return {"dateTime": local.strftime("%Y-%m-%dT%H:%M:%S"), "timeZone": windows_zone(zone)}


def _zone(name: object) -> ZoneInfo:
    known = iana_zone(name) if isinstance(name, str) else None
    return ZoneInfo(known or "UTC")
