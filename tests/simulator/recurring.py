"""Series as these tests make them over the wire, and what they look at."""

from __future__ import annotations

from tests.simulator.wire import Answer, Wire, occurrence_of, setting, times
from vfadmin.simulator.names import T

ZONE = '<ty:StartTimeZone Id="FLE Standard Time"/>'
SERIES = (
    "calendar:CalendarItemType",
    "calendar:Recurrence",
    "calendar:FirstOccurrence",
    "calendar:LastOccurrence",
    "calendar:ModifiedOccurrences",
    "calendar:DeletedOccurrences",
)
ONE = (
    "calendar:CalendarItemType",
    "item:Subject",
    "calendar:Location",
    "calendar:Start",
    "calendar:End",
    "calendar:IsRecurring",
    "calendar:RecurrenceId",
    "calendar:OriginalStart",
    "calendar:UID",
)


def nested(name: str, **children: str) -> str:
    """An element with others in it, in their order."""
    inner = "".join(f"<ty:{child}>{value}</ty:{child}>" for child, value in children.items())
    return f"<ty:{name}>{inner}</ty:{name}>"


COUNT = nested("NumberedRecurrence", StartDate="{0}", NumberOfOccurrences="{1}")
UNTIL = nested("EndDateRecurrence", StartDate="{0}", EndDate="{1}")
ENDLESS = nested("NoEndRecurrence", StartDate="{0}")


def ruled(pattern: str, span: str) -> str:
    return f"<ty:Recurrence>{pattern}{span}</ty:Recurrence>"


def weekly(span: str = COUNT.format("2026-03-11", 4), days: str = "Wednesday", interval: int = 1) -> str:
    return ruled(nested("WeeklyRecurrence", Interval=str(interval), DaysOfWeek=days), span)


def daily(span: str) -> str:
    return ruled(nested("DailyRecurrence", Interval="1"), span)


def made(wire: Wire, recurrence: str | None = None, given: str | None = None) -> tuple[str, str]:
    """A series of four Wednesdays from 11 March 2026, 10 to 11 o'clock in Helsinki, or another one."""
    return wire.create(
        f"<ty:Subject>Viikko</ty:Subject>{given or times()}<ty:Location>Sali</ty:Location>"
        f"{recurrence or weekly()}{ZONE}"
    ).item_ids()[0]


def key_of(wire: Wire, item_id: str) -> tuple[str, str]:
    return wire.get(item_id).item_ids()[0]


def nth(wire: Wire, master_id: str, index: int) -> tuple[str, str]:
    return wire.get(occurrence_of(key_of(wire, master_id), index)).item_ids()[0]


def infos(answer: Answer, name: str) -> list[tuple[str | None, ...]]:
    """Start, end and original start of the occurrences in a list."""
    return [
        tuple(one.findtext(f"{T}{part}") for part in ("Start", "End", "OriginalStart"))
        for one in answer.root.findall(f".//{T}{name}/{T}Occurrence")
    ]


def view(wire: Wire, start: str = "2026-03-01T00:00:00Z", end: str = "2026-05-01T00:00:00Z") -> Answer:
    return wire.find(f'<CalendarView StartDate="{start}" EndDate="{end}"/>', *ONE)


def excepted(wire: Wire) -> tuple[str, str]:
    """A series whose second occurrence has another subject and whose third is deleted."""
    master = made(wire)
    wire.update(nth(wire, master[0], 2), setting("item:Subject", "<ty:Subject>Muu</ty:Subject>"))
    wire.delete(nth(wire, master[0], 3)[0])
    return key_of(wire, master[0])
