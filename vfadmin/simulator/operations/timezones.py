"""GetServerTimeZones (MS-OXWSGTZ): the zones this server knows, with their rules."""

from __future__ import annotations

from functools import lru_cache

from vfadmin.simulator import soap, zones
from vfadmin.simulator.call import Call
from vfadmin.simulator.names import M, T, esc
from vfadmin.simulator.times import duration


def get_server_time_zones(call: Call) -> list[str]:
    """All zones, or those asked for by id; ids that are not known are left out."""
    asked = call.element.find(f"{M}Ids")
    full = call.attribute("ReturnFullTimeZoneData", ("true", "false", "1", "0")) not in ("false", "0")
    if asked is None:
        wanted = zones.known_ids()
    else:
        given = ((element.text or "").strip() for element in asked.iterfind(f"{T}Id"))
        wanted = tuple(zone_id for zone_id in given if zones.zone_info(zone_id) is not None)
    inner = "".join(definition_xml(zone_id, full=full) for zone_id in wanted)
    return [soap.success("GetServerTimeZones", f"<m:TimeZoneDefinitions>{inner}</m:TimeZoneDefinitions>")]


@lru_cache(maxsize=512)
def definition_xml(zone_id: str, *, full: bool) -> str:
    """A TimeZoneDefinition element."""
    found = zones.definition(zone_id)
    head = f'<t:TimeZoneDefinition Id="{esc(zone_id)}" Name="{esc(found.name)}"'
    if not full:
        return f"{head}/>"
    prefix = f"trule:Microsoft/Registry/{esc(zone_id)}/1"
    standard, daylight = f"{prefix}-Standard", f"{prefix}-Daylight"
    periods = f'<t:Period Bias="{duration(-found.standard)}" Name="Standard" Id="{standard}"/>'
    if found.to_daylight is None or found.to_standard is None:
        changes = f'<t:Transition><t:To Kind="Period">{standard}</t:To></t:Transition>'
    else:
        bias = duration(-found.to_daylight.offset)
        periods += f'<t:Period Bias="{bias}" Name="Daylight" Id="{daylight}"/>'
        changes = _transition(found.to_daylight, daylight) + _transition(found.to_standard, standard)
    return (
        f'{head}><t:Periods>{periods}</t:Periods><t:TransitionsGroups><t:TransitionsGroup Id="0">{changes}'
        '</t:TransitionsGroup></t:TransitionsGroups><t:Transitions><t:Transition><t:To Kind="Group">0</t:To>'
        "</t:Transition></t:Transitions></t:TimeZoneDefinition>"
    )


def _transition(rule: zones.ZoneRule, period: str) -> str:
    return (
        f'<t:RecurringDayTransition><t:To Kind="Period">{period}</t:To>'
        f"<t:TimeOffset>{duration(rule.at)}</t:TimeOffset>"
        f"<t:Month>{rule.month}</t:Month><t:DayOfWeek>{rule.weekday}</t:DayOfWeek>"
        f"<t:Occurrence>{rule.occurrence}</t:Occurrence></t:RecurringDayTransition>"
    )
