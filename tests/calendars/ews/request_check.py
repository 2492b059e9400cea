"""Holds requests against Microsoft's schema, and against the schema version they announce."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from lxml import etree

from tests.simulator.schema_check import load_schema
from vfadmin.calendars.ews.connection import API_LADDER
from vfadmin.calendars.ews.xml import find, tag

_schema = cache(load_schema)

_NEWER: dict[str, frozenset[str]] = {
    "Exchange2010_SP2": frozenset({"ContactDataShape"}),
    "Exchange2013": frozenset(
        {"item:TextBody", "item:Preview", "item:Flag", "item:ConversationId", "item:InstanceKey"}
        | {"calendar:EnhancedLocation", "calendar:StartWallClock", "calendar:EndWallClock"}
        | {"calendar:StartTimeZoneId", "calendar:EndTimeZoneId", "calendar:JoinOnlineMeetingUrl"}
        | {"TextBody", "EnhancedLocation", "WorkingElsewhere", "MaximumBodySize", "CalendarActivityData"}
    ),
    "Exchange2013_SP1": frozenset({"calendar:IsOrganizer", "PrimarySmtpAddressOfArchive"}),
    "Exchange2016": frozenset({"item:ReminderNextTime", "calendar:InboxReminders"}),
}
"""Names and values by the version whose schema has them first, as Microsoft's reference tells of each."""


def version_of(request: bytes) -> str:
    """The schema version a request announces."""
    found = find(etree.fromstring(request), "s:Header/t:RequestServerVersion")
    return "" if found is None else found.get("Version") or ""


def complaints(request: bytes) -> list[str]:
    """What a server of the announced version would refuse; where the schema is not at hand, less of it."""
    envelope = etree.fromstring(request)
    version = version_of(request)
    if version not in API_LADDER:
        return [f"announces {version!r}"]
    later = API_LADDER[: API_LADDER.index(version)]
    too_new = frozenset[str]().union(*(_NEWER.get(one, frozenset()) for one in later))
    found = [f"{word} in {version}" for word in _words(envelope) if word in too_new]
    return [*found, *_invalid(envelope)]


def _invalid(envelope: etree._Element) -> Iterator[str]:
    schema = _schema()
    for part in envelope.iterfind("*/*") if schema is not None else ():
        if not schema.validate(etree.ElementTree(part)):
            yield str(schema.error_log.last_error)


def _words(envelope: etree._Element) -> Iterator[str]:
    """Every name and every value that the schema may have an opinion on."""
    for one in envelope.iter():
        yield etree.QName(one).localname
        yield from map(str, one.attrib)
        yield str(one.get("FieldURI"))
        if one.tag == tag("t:LegacyFreeBusyStatus"):
            yield one.text or ""
