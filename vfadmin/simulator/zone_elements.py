"""Time zones in requests and answers (Types.xsd, TimeZoneDefinitionType)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from lxml import etree

from vfadmin.simulator import zones
from vfadmin.simulator.errors import ExchangeError, SoapFault, schema_violation
from vfadmin.simulator.names import TYPES_NS, T, esc, local
from vfadmin.simulator.times import duration
from vfadmin.simulator.zone_rules import WEEK, Stage, ZoneDefinition, ZoneRule
from vfadmin.simulator.zones import Zone

_DURATION = re.compile(
    r"(-)?P(?:T(?:(\d{1,4})H)?(?:(\d{1,4})M)?(?:(\d{1,5})(?:\.(\d{1,6})\d*)?S)?)?", re.ASCII
)
_DAY = timedelta(days=1)
_OCCURRENCES = (1, 2, 3, 4, -1)
_MONTHS, _MONTH_DAYS = range(1, 13), range(1, 32)


def read_zone(element: etree._Element) -> Zone:
    """The zone of an element: a known one by its id, another by its own rules.

    ErrorTimeZone for an unknown id without rules, and for rules that do not make a zone.
    """
    zone_id = element.get("Id") or ""
    if zones.zone_info(zone_id) is not None:
        return "UTC" if zone_id == "tzone://Microsoft/Utc" else zone_id
    if element.find(f"{T}Periods") is None:
        raise ExchangeError("ErrorTimeZone")
    try:
        # What an item keeps of a zone has room for one name (MS-OXOCAL 2.2.1.41): its id, and no other.
        return ZoneDefinition(zone_id, "", _stages(element))
    except (ValueError, KeyError):
        raise ExchangeError("ErrorTimeZone", "A referenced period is missing or unusable.") from None


def write_zone(name: str, zone: Zone) -> str:
    """The element of an item's zone."""
    if isinstance(zone, str):
        return f'<t:{name} Id="{esc(zone)}" Name="{esc(zones.display_name(zone))}"/>'
    return f'<t:{name} Id="{esc(zone.id)}" Name="{esc(zone.name)}">{rules_xml(zone)}</t:{name}>'


def zone_document(zone: ZoneDefinition) -> str:
    """A definition as a document of its own, which `read_zone` reads."""
    return f'<t:Zone xmlns:t="{TYPES_NS}" Id="{esc(zone.id)}">{rules_xml(zone)}</t:Zone>'


def rules_xml(zone: ZoneDefinition) -> str:
    """The children of a definition, in names of the server's own."""
    periods, groups, transitions = "", "", ""
    for number, stage in enumerate(zone.stages):
        prefix = f"trule:Microsoft/Registry/{esc(zone.id)}/{_year(stage)}"
        standard, daylight = f"{prefix}-Standard", f"{prefix}-Daylight"
        periods += f'<t:Period Bias="{duration(-stage.standard)}" Name="Standard" Id="{standard}"/>'
        if stage.to_daylight is None or stage.to_standard is None:
            changes = f'<t:Transition><t:To Kind="Period">{standard}</t:To></t:Transition>'
        else:
            bias = duration(-stage.to_daylight.offset)
            periods += f'<t:Period Bias="{bias}" Name="Daylight" Id="{daylight}"/>'
            changes = _yearly(stage.to_daylight, daylight) + _yearly(stage.to_standard, standard)
        groups += f'<t:TransitionsGroup Id="{number}">{changes}</t:TransitionsGroup>'
        target = f'<t:To Kind="Group">{number}</t:To>'
        transitions += (
            f"<t:Transition>{target}</t:Transition>"
            if stage.since is None
            else f"<t:AbsoluteDateTransition>{target}<t:DateTime>{stage.since.isoformat()}</t:DateTime>"
            "</t:AbsoluteDateTransition>"
        )
    return (
        f"<t:Periods>{periods}</t:Periods><t:TransitionsGroups>{groups}</t:TransitionsGroups>"
        f"<t:Transitions>{transitions}</t:Transitions>"
    )


def _year(stage: Stage) -> int:
    """The year by which a stage goes; no two begin in one (MS-OXOCAL 2.2.1.41.1)."""
    return 1 if stage.since is None else stage.since.year


def _yearly(rule: ZoneRule, period: str) -> str:
    if rule.weekday:
        kind = "RecurringDayTransition"
        day = f"<t:DayOfWeek>{rule.weekday}</t:DayOfWeek><t:Occurrence>{rule.occurrence}</t:Occurrence>"
    else:
        kind, day = "RecurringDateTransition", f"<t:Day>{rule.day}</t:Day>"
    return (
        f'<t:{kind}><t:To Kind="Period">{period}</t:To><t:TimeOffset>{duration(rule.at)}</t:TimeOffset>'
        f"<t:Month>{rule.month}</t:Month>{day}</t:{kind}>"
    )


# --- reading


def _stages(element: etree._Element) -> tuple[Stage, ...]:
    """The stages of a definition, in their order; ValueError and KeyError where they make no zone."""
    offsets = {one.get("Id"): -span(one.get("Bias")) for one in element.iterfind(f"{T}Periods/{T}Period")}
    groups = {one.get("Id"): one for one in element.iterfind(f"{T}TransitionsGroups/{T}TransitionsGroup")}
    found: list[Stage] = []
    for transition in element.iterfind(f"{T}Transitions/*"):
        since = _since(transition)
        if (since is None) == bool(found) or (since is not None and since.year <= _year(found[-1])):
            raise ValueError("a stage out of order")
        kind, target = _target(transition)
        found.append(
            Stage(offsets[target], since=since)
            if kind == "Period"
            else _stage(groups[target], offsets, since)
        )
    if not found:
        (only,) = offsets.values()
        found.append(Stage(only))
    return tuple(found)


def _stage(group: etree._Element, offsets: Mapping[str | None, timedelta], since: datetime | None) -> Stage:
    """A stage of one period, or of a summer and a winter."""
    children = [(child, *_target(child)) for child in group]
    if any(kind != "Period" for _, kind, _ in children):
        raise ValueError("a group leads to periods only")
    if len(children) == 1:
        return Stage(offsets[children[0][2]], since=since)
    # What an item keeps has room for one summer a year (MS-OXOCAL 2.2.1.41.1).
    winter, summer = sorted((_rule(child, offsets[to]) for child, _, to in children), key=_by_offset)
    return Stage(winter.offset, summer, winter, since)


def _by_offset(rule: ZoneRule) -> timedelta:
    return rule.offset


def _rule(transition: etree._Element, offset: timedelta) -> ZoneRule:
    at = span(transition.findtext(f"{T}TimeOffset"))
    month = _number(transition, "Month", _MONTHS)
    if at < timedelta():
        raise ValueError("a time before midnight")
    if local(transition.tag) == "RecurringDateTransition":
        return ZoneRule(month, at, offset, day=_number(transition, "Day", _MONTH_DAYS))
    weekday = (transition.findtext(f"{T}DayOfWeek") or "").strip()
    if weekday not in WEEK:
        raise ValueError(weekday)
    return ZoneRule(month, at, offset, weekday, _number(transition, "Occurrence", _OCCURRENCES))


def _number(transition: etree._Element, name: str, allowed: range | tuple[int, ...]) -> int:
    text = transition.findtext(f"{T}{name}") or ""
    try:
        value = int(text)
    except ValueError:
        raise _not_a(name, text) from None
    if value not in allowed:
        raise ValueError(f"{name}: {value}")
    return value


def _target(transition: etree._Element) -> tuple[str, str]:
    to = transition.find(f"{T}To")
    if to is None:
        raise ValueError("a transition to nowhere")
    return to.get("Kind") or "", to.text or ""


def _since(transition: etree._Element) -> datetime | None:
    """When a stage begins, by its own clock; an offset would mean nothing."""
    if local(transition.tag) != "AbsoluteDateTransition":
        return None
    text = transition.findtext(f"{T}DateTime") or ""
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        raise _not_a("DateTime", text) from None


def _not_a(name: str, text: str) -> SoapFault:
    return schema_violation(f"The '{name}' element is invalid - The value '{text}' is invalid.")


def span(text: str | None) -> timedelta:
    """An xs:duration of less than a day."""
    match = _DURATION.fullmatch((text or "").strip())
    if match is None:
        raise ValueError(text)
    hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:4])
    micro = int((match[5] or "0").ljust(6, "0"))
    span = timedelta(hours=hours, minutes=minutes, seconds=seconds, microseconds=micro)
    if span >= _DAY:
        raise ValueError(text)
    return -span if match[1] else span
