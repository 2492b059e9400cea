"""The zone of an item in the schema of 2007 (Types.xsd, TimeZoneType): a name, or an offset with two changes.

Offsets count as Windows' biases do, westwards; those of the two changes are added to the base (MS-OXWSMTGS
2.2.4.41). A name that the server knows says all; any other is only what the zone is called.
"""

from __future__ import annotations

from datetime import date, time, timedelta

from lxml import etree

from vfadmin.simulator import zones
from vfadmin.simulator.errors import ExchangeError
from vfadmin.simulator.names import T, esc, words
from vfadmin.simulator.times import duration
from vfadmin.simulator.zone_elements import span
from vfadmin.simulator.zone_rules import WEEK, Stage, ZoneDefinition, ZoneRule
from vfadmin.simulator.zones import Zone

_UNNAMED = "tzone://Microsoft/Custom"
_INDEXES = {"First": 1, "Second": 2, "Third": 3, "Fourth": 4, "Last": -1}
_INDEX_OF = {number: name for name, number in _INDEXES.items()}
_MONTHS = words(
    """
    January February March April May June July August September October November December
    """
)
_ANY_YEAR = 2026


def read(element: etree._Element) -> Zone:
    """The zone that is meant; ErrorCalendarInvalidTimeZone where nobody could tell its clock."""
    name = element.get("TimeZoneName") or ""
    if zones.zone_info(name) is not None:
        return name
    base = element.findtext(f"{T}BaseOffset")
    try:
        return ZoneDefinition(name or _UNNAMED, "", (_stage(element, span(base)),))
    except (ValueError, KeyError):
        raise ExchangeError("ErrorCalendarInvalidTimeZone") from None


def write(zone: Zone) -> str:
    """The element of an item's zone; of one that is not known by its name with its rules, the latest ones."""
    name = f'TimeZoneName="{esc(zones.zone_id(zone))}"'
    if isinstance(zone, str):
        return f"<t:MeetingTimeZone {name}/>"
    stage = zone.stages[-1]
    inner = f"<t:BaseOffset>{duration(-stage.standard)}</t:BaseOffset>"
    if stage.to_standard is not None and stage.to_daylight is not None:
        inner += _written("Standard", stage.to_standard, stage.standard)
        inner += _written("Daylight", stage.to_daylight, stage.standard)
    return f"<t:MeetingTimeZone {name}>{inner}</t:MeetingTimeZone>"


def _stage(element: etree._Element, base: timedelta) -> Stage:
    changes = [element.find(f"{T}{name}") for name in ("Standard", "Daylight")]
    if any(change is None for change in changes):
        return Stage(-base)
    standard, daylight = (change for change in changes if change is not None)
    offsets = [-(base + span(change.findtext(f"{T}Offset"))) for change in (standard, daylight)]
    rules = [_rule(change, offset) for change, offset in zip((standard, daylight), offsets, strict=True)]
    winter, summer = rules
    if winter is None or summer is None:
        if winter is not summer:
            raise ValueError("one change alone")
        return Stage(offsets[0])
    return Stage(winter.offset, summer, winter)


def _rule(change: etree._Element, offset: timedelta) -> ZoneRule | None:
    """One change; None where it never comes."""
    clock = time.fromisoformat((change.findtext(f"{T}Time") or "").strip().removesuffix("Z"))
    at = timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)
    given = change.findtext(f"{T}AbsoluteDate")
    if given is not None:
        day = date.fromisoformat(given.strip()[: len("2026-01-31")])
        return ZoneRule(day.month, at, offset, day=day.day)
    pattern = change.find(f"{T}RelativeYearlyRecurrence")
    if pattern is None:
        return None
    weekday, index, month = (
        pattern.findtext(f"{T}{name}") or "" for name in ("DaysOfWeek", "DayOfWeekIndex", "Month")
    )
    if weekday not in WEEK:
        raise ValueError("not one day of the week")
    return ZoneRule(_MONTHS.index(month) + 1, at, offset, weekday, _INDEXES[index])


def _written(name: str, rule: ZoneRule, base: timedelta) -> str:
    if rule.weekday:
        pattern = (
            f"<t:RelativeYearlyRecurrence><t:DaysOfWeek>{rule.weekday}</t:DaysOfWeek><t:DayOfWeekIndex>"
            f"{_INDEX_OF[rule.occurrence]}</t:DayOfWeekIndex><t:Month>{_MONTHS[rule.month - 1]}</t:Month>"
            "</t:RelativeYearlyRecurrence>"
        )
    else:
        day = rule.moment(_ANY_YEAR).date()
        pattern = f"<t:AbsoluteDate>{day.isoformat()}</t:AbsoluteDate>"
    minutes, seconds = divmod(int(rule.at.total_seconds()), 60)
    clock = f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    offset = f"<t:Offset>{duration(base - rule.offset)}</t:Offset>"
    return f"<t:{name}>{offset}{pattern}<t:Time>{clock}</t:Time></t:{name}>"
