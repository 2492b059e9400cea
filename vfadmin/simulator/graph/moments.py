"""Times as Graph reads and writes them ("dateTimeTimeZone resource type")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from vfadmin.simulator import zones
from vfadmin.simulator.graph.errors import GraphError, bad_request, check_names, invalid_request
from vfadmin.simulator.times import parse_time

_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,12}))?)?)?(Z|[+-]\d\d:\d\d)?", re.ASCII
)
_UTC_NAMES = frozenset(("utc", "etc/utc", "tzone://microsoft/utc", "gmt", "etc/gmt"))
NEVER = "0001-01-01T00:00:00Z"
# What a mailbox can keep: MAPI's time begins with 1601, and a calendar ends in 4500 (MS-OXOCAL).
YEARS = range(1602, 4501)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time that a request gave: the instant, the Windows id of its zone, and what the clock there shows."""

    instant: datetime
    zone: str
    wall: datetime

    @property
    def is_midnight(self) -> bool:
        """Whether the clock there shows midnight."""
        return self.wall.time() == time()


def read_zone(name: Any) -> str:  # noqa: ANN401 (a JSON value)
    """The Windows id of a Windows or IANA zone; TimeZoneNotSupportedException for any other name."""
    text = str(name)
    if text.lower() in _UTC_NAMES:
        return "UTC"
    found = zones.windows_id(text)
    if found is None or zones.zone_info(found) is None:
        raise GraphError(
            400,
            "TimeZoneNotSupportedException",
            "A valid TimeZone value must be specified. The following TimeZone value is not supported: "
            f"'{text}'.",
        )
    return found


def clock_of(zone: str) -> tzinfo:
    """The clock of a zone that was read; UTC where a client of another protocol named one nobody knows."""
    return zones.zone_info(zone) or UTC


def read_moment(value: Any, name: str) -> Moment:  # noqa: ANN401 (a JSON value)
    """A dateTimeTimeZone; 400 where it is none."""
    if not isinstance(value, dict) or not isinstance(value.get("dateTime"), str):
        raise invalid_request(f"The property '{name}' needs a dateTime and a timeZone.")
    check_names(value, ("dateTime", "timeZone"), "dateTimeTimeZone")
    zone = read_zone(value.get("timeZone") or "UTC")
    try:
        wall, offset = _parts(value["dateTime"])
        if wall.year not in YEARS:
            raise GraphError(
                400, "ErrorPropertyValidationFailure", "At least one property failed validation."
            )
        if offset:
            instant = parse_time(f"{wall.isoformat()}{offset}")
            return Moment(instant, zone, instant.astimezone(clock_of(zone)).replace(tzinfo=None))
        return Moment(wall.replace(tzinfo=clock_of(zone)).astimezone(UTC), zone, wall)
    except (ValueError, OverflowError):
        raise invalid_request(
            f"Cannot convert the literal '{value['dateTime']}' to the expected type 'Edm.DateTime'."
        ) from None


def read_instant(text: str, name: str) -> datetime:
    """A time in a query, in UTC where it has no offset; ErrorInvalidParameter where it is none."""
    try:
        # A plus sign that was not encoded arrives as a blank.
        wall, offset = _parts(f"{text[:11]}{text[11:].strip().replace(' ', '+')}")
        return parse_time(f"{wall.isoformat()}{offset or 'Z'}")
    except (ValueError, OverflowError):
        raise bad_request(
            f"The value '{text}' of parameter '{name}' is invalid.", "ErrorInvalidParameter"
        ) from None


def _parts(text: str) -> tuple[datetime, str | None]:
    """What the clock shows, to the second, and the offset if one is given; ValueError for anything else."""
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    day, hour, minute, second, _, offset = match.groups()
    at = time(int(hour or 0), int(minute or 0), int(second or 0))
    return datetime.combine(date.fromisoformat(day), at), offset


def moment_json(instant: datetime, zone: str, shown: str) -> dict[str, str]:
    """An instant on the clock of a zone; `shown` is the name that the client gave the zone."""
    local = instant.astimezone(clock_of(zone)).replace(tzinfo=None, microsecond=0)
    return {"dateTime": f"{local.isoformat()}.0000000", "timeZone": shown}


def day_json(instant: datetime, own: tzinfo, shown: str) -> dict[str, str]:
    """The midnight of an all-day event: a day is the same day on every clock."""
    local = instant.astimezone(own)
    # Where the clock skips midnight a day begins an hour late.
    day = (local + timedelta(hours=2)).date()
    return {"dateTime": f"{day.isoformat()}T00:00:00.0000000", "timeZone": shown}
