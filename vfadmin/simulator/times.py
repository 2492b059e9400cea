"""Times as the protocol writes them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache

_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d)?", re.ASCII)


@lru_cache(maxsize=8192)
def parse_time(text: str, zone: tzinfo = UTC) -> datetime:
    """An xs:dateTime (or xs:date) as an instant in UTC.

    Without an offset it is in `zone`. ValueError otherwise, and for an instant
    in no year from 1 to 9999.
    """
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not a date and time: {text}")
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    micro = int((fraction or "0")[:6].ljust(6, "0"))
    given = int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), micro
    try:
        if offset is None:
            return datetime(*given, tzinfo=zone).astimezone(UTC)
        moment = datetime(*given, tzinfo=UTC)
        if offset == "Z":
            return moment
        shift = timedelta(hours=int(offset[1:3]), minutes=int(offset[4:6]))
        return moment - shift if offset[0] == "+" else moment + shift
    except OverflowError as error:
        raise ValueError(f"not a date and time: {text}") from error


@lru_cache(maxsize=8192)
def iso(instant: datetime) -> str:
    """An instant as the server writes it: UTC with Z, whole seconds."""
    # Not strftime: on some systems it leaves the zeros of an early year out.
    return f"{instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def whole_minute(instant: datetime) -> datetime:
    """An instant in UTC without its seconds."""
    return instant.astimezone(UTC).replace(second=0, microsecond=0)


def duration(span: timedelta) -> str:
    """An xs:duration, as the protocol writes offsets and lengths."""
    sign, span = ("-", -span) if span < timedelta() else ("", span)
    days, seconds = span.days, span.seconds
    hours, seconds = divmod(seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    second = f"{seconds}.{span.microseconds:06}".rstrip("0") if span.microseconds else seconds
    clock = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (second, "S")) if n)
    if days or clock:
        return f"{sign}P{f'{days}D' if days else ''}{f'T{clock}' if clock else ''}"
    return "PT0S"


def offset_text(offset: timedelta) -> str:
    """A zone's offset as xs:date and xs:dateTime carry it; Z for none."""
    minutes = int(offset.total_seconds() // 60)
    if not minutes:
        return "Z"
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
