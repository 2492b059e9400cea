"""GetServerTimeZones (MS-OXWSGTZ): the zones this server knows, with their rules."""

from __future__ import annotations

from functools import lru_cache

from vfadmin.simulator import soap, zones
from vfadmin.simulator.call import Call
from vfadmin.simulator.names import M, T, esc
from vfadmin.simulator.zone_elements import rules_xml


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
    rules = rules_xml(found) if full else ""
    return (
        f'<t:TimeZoneDefinition Id="{esc(zone_id)}" Name="{esc(found.name)}">{rules}</t:TimeZoneDefinition>'
    )
