"""The Prefer header ("Use query parameters to customize responses", "Get event", "immutable identifiers")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vfadmin.simulator.graph.errors import GraphError
from vfadmin.simulator.graph.moments import read_zone

_PART = re.compile(r"""\s*([\w.\-]+)\s*(?:=\s*(?:"([^"]*)"|([^,;\s"]+)))?\s*(?:[,;]|$)""")
_LARGEST_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Prefer:
    """What a client would like. `zone` is a Windows id, `zone_name` what the client called it."""

    immutable: bool = False
    zone: str = "UTC"
    zone_name: str = "UTC"
    text: bool = False
    page: int | None = None
    minimal: bool = False
    applied: tuple[str, ...] = ()


def parse_prefer(header: str) -> Prefer:
    """The preferences of a header; what is not known is passed over, as RFC 7240 has it.

    TimeZoneNotSupportedException for a zone nobody knows.
    """
    found: dict[str, str] = {}
    for match in _PART.finditer(header):
        found.setdefault(match[1].lower(), match[2] if match[2] is not None else match[3] or "")
    applied = []
    values: dict[str, object] = {}
    if found.get("idtype", "").lower() == "immutableid":
        values["immutable"] = True
        applied.append('IdType="ImmutableId"')
    if "outlook.timezone" in found:
        name = found["outlook.timezone"]
        values |= {"zone": read_zone(name), "zone_name": name}
        applied.append(f'outlook.timezone="{name}"')
    if found.get("outlook.body-content-type", "").lower() in ("text", "html"):
        kind = found["outlook.body-content-type"].lower()
        values["text"] = kind == "text"
        applied.append(f'outlook.body-content-type="{kind}"')
    if "odata.maxpagesize" in found:
        values["page"] = _page(found["odata.maxpagesize"])
        applied.append(f"odata.maxpagesize={found['odata.maxpagesize']}")
    if found.get("return", "").lower() in ("minimal", "representation"):
        values["minimal"] = found["return"].lower() == "minimal"
        applied.append(f"return={found['return'].lower()}")
    return Prefer(applied=tuple(applied), **values)  # type: ignore[arg-type]  # each is put in with its type


def _page(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) < 1:
        raise GraphError(400, "ErrorInvalidRequest", "The odata.maxpagesize preference must be positive.")
    return min(int(text), _LARGEST_PAGE)
