"""An event as Graph answers it ("event resource type")."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from vfadmin.simulator import series, zones
from vfadmin.simulator.bodies import text_from_html
from vfadmin.simulator.graph import properties
from vfadmin.simulator.graph.context import GraphCall
from vfadmin.simulator.graph.moments import NEVER, day_json, moment_json
from vfadmin.simulator.graph.names import (
    GROUPS,
    IMPORTANCE,
    RESPONSES,
    SENSITIVITY,
    SHOW_AS,
    TYPES,
    instance_uid,
)
from vfadmin.simulator.graph.patterns import recurrence_json
from vfadmin.simulator.graph.query import Expansions
from vfadmin.simulator.item import Address, Attendee, Item
from vfadmin.simulator.times import iso

_PREVIEW = 255
_Write = Callable[[Item, GraphCall], Any]
_NO_EXPANSIONS = Expansions()


def _moment(name: str) -> _Write:
    def write(item: Item, call: GraphCall) -> dict[str, str]:
        instant, shown = getattr(item, name), call.prefer.zone_name
        if item.all_day:
            return day_json(instant, series.clock(item), shown)
        return moment_json(instant, call.prefer.zone, shown)

    return write


def _body(item: Item, call: GraphCall) -> dict[str, str]:
    if call.prefer.text:
        return {"contentType": "text", "content": text_from_html(item.body_html)}
    return {"contentType": "html", "content": item.body_html}


def _preview(item: Item, _: GraphCall) -> str:
    return text_from_html(item.body_html).strip()[:_PREVIEW]


def _place(name: str) -> dict[str, Any]:
    return {
        "displayName": name,
        "locationType": "default",
        "uniqueId": name,
        "uniqueIdType": "private",
    }


def _location(item: Item, _: GraphCall) -> dict[str, Any]:
    if not item.location:
        return {
            "displayName": "", "locationType": "default", "uniqueIdType": "unknown", "address": {},
            "coordinates": {},
        }  # fmt: skip
    return _place(item.location)


def _locations(item: Item, _: GraphCall) -> list[dict[str, Any]]:
    return [_place(name) for name in item.location.split("; ") if name]


def _mail_address(address: Address) -> dict[str, str]:
    return {"name": address.name, "address": address.email}


def _attendees(item: Item, _: GraphCall) -> list[dict[str, Any]]:
    return [_attendee(attendee, kind) for group, kind in GROUPS.items() for attendee in getattr(item, group)]


def _attendee(attendee: Attendee, kind: str) -> dict[str, Any]:
    time = iso(attendee.responded) if attendee.responded else NEVER
    return {
        "type": kind,
        "status": {"response": RESPONSES.get(attendee.response, "none"), "time": time},
        "emailAddress": _mail_address(attendee.address),
    }


def _response(item: Item, _: GraphCall) -> dict[str, str]:
    time = iso(item.replied) if item.replied else NEVER
    return {"response": RESPONSES.get(item.my_response, "none"), "time": time}


def _recurrence(item: Item, _: GraphCall) -> dict[str, Any] | None:
    if item.recurrence is None:
        return None
    return recurrence_json(item.recurrence, zones.zone_id(item.start_zone))


def _web_link(item: Item, call: GraphCall) -> str:
    link = quote(call.id_of(item), safe="")
    return f"https://outlook.office365.com/owa/?itemid={link}&exvsurl=1&path=/calendar/item"


# In the order the service writes them.
WRITERS: dict[str, _Write] = {
    "createdDateTime": lambda item, _: iso(item.created),
    "lastModifiedDateTime": lambda item, _: iso(item.modified),
    "changeKey": lambda item, _: item.change_key,
    "categories": lambda item, _: list(item.categories),
    "transactionId": lambda item, _: item.transaction or None,
    "originalStartTimeZone": lambda item, _: zones.zone_id(item.start_zone),
    "originalEndTimeZone": lambda item, _: zones.zone_id(item.end_zone),
    "iCalUId": lambda item, _: instance_uid(item),
    "reminderMinutesBeforeStart": lambda item, _: item.reminder_minutes,
    "isReminderOn": lambda item, _: item.reminder_set,
    "hasAttachments": lambda *_: False,
    "subject": lambda item, _: item.subject,
    "bodyPreview": _preview,
    "importance": lambda item, _: IMPORTANCE.get(item.importance, "normal"),
    "sensitivity": lambda item, _: SENSITIVITY.get(item.sensitivity, "normal"),
    "isAllDay": lambda item, _: item.all_day,
    "isCancelled": lambda item, _: item.is_cancelled,
    "isOrganizer": lambda item, _: item.my_response == "Organizer",
    "responseRequested": lambda item, _: item.response_requested,
    "seriesMasterId": lambda item, call: call.master_id_of(item),
    "showAs": lambda item, _: SHOW_AS.get(item.show_as, "unknown"),
    "type": lambda item, _: TYPES[item.type],
    "webLink": _web_link,
    "onlineMeetingUrl": lambda *_: None,
    "isOnlineMeeting": lambda *_: False,
    "onlineMeetingProvider": lambda *_: "unknown",
    "allowNewTimeProposals": lambda item, _: item.allow_new_time,
    "isDraft": lambda *_: False,
    "hideAttendees": lambda item, _: item.hide_attendees,
    "responseStatus": _response,
    "body": _body,
    "start": _moment("start"),
    "end": _moment("end"),
    "location": _location,
    "locations": _locations,
    "recurrence": _recurrence,
    "attendees": _attendees,
    "organizer": lambda item, _: {"emailAddress": _mail_address(item.organizer)},
    "onlineMeeting": lambda *_: None,
}
# Only on $select, and only of a master ("Get event", exceptions and cancelled occurrences of a series).
ON_SELECT = frozenset(("cancelledOccurrences", "exceptionOccurrences", "originalStart"))
PROPERTIES = frozenset((*WRITERS, *ON_SELECT, "id", "singleValueExtendedProperties",
                        "multiValueExtendedProperties", "attachments", "extensions", "calendar",
                        "instances"))  # fmt: skip


def event_json(
    item: Item,
    call: GraphCall,
    select: frozenset[str] | None = None,
    expand: Expansions = _NO_EXPANSIONS,
) -> dict[str, Any]:
    """An event with the properties asked for; all where none were named."""
    value: dict[str, Any] = {"@odata.etag": etag(item), "id": call.id_of(item)}
    for name, write in WRITERS.items():
        if select is None or name in select:
            value[name] = write(item, call)
    if item.slot is not None and (select is None or "originalStart" in select):
        value["originalStart"] = iso(item.slot.start)
    if select is not None:
        value |= _series(item, call, select)
    return value | _expanded(item, call, select, expand)


def abbreviated(item: Item, call: GraphCall) -> dict[str, Any]:
    """An occurrence in a delta, which tells where it is and no more ("event: delta")."""
    return {
        "@odata.type": "#microsoft.graph.event",
        "@odata.etag": etag(item),
        "id": call.id_of(item),
        "seriesMasterId": call.master_id_of(item),
        "type": TYPES[item.type],
        "start": WRITERS["start"](item, call),
        "end": WRITERS["end"](item, call),
    }


def etag(item: Item) -> str:
    """An event's version; an occurrence has its series'."""
    return f'W/"{item.change_key}"'


def _series(item: Item, call: GraphCall, select: frozenset[str]) -> dict[str, Any]:
    """What only a master tells, and only where it is asked for."""
    if "cancelledOccurrences" not in select:
        return {}
    days = sorted(item.removed) if item.recurrence else []
    return {"cancelledOccurrences": [f"OID.{call.id_of(item)}.{day.isoformat()}" for day in days]}


def _expanded(
    item: Item, call: GraphCall, select: frozenset[str] | None, expand: Expansions
) -> dict[str, Any]:
    value: dict[str, Any] = {}
    # A relationship without members is left out, so a property nobody set is simply not there.
    stored = {**item.extended, **properties.of_itself(item)}
    if expand.single and (found := properties.single_json(stored, expand.single)):
        value["singleValueExtendedProperties"] = found
    if expand.multi and (found := properties.multi_json(item.extended, expand.multi)):
        value["multiValueExtendedProperties"] = found
    for name in expand.empty:
        value[name] = []
    if expand.exceptions:
        nested = select - {"cancelledOccurrences", "exceptionOccurrences"} if select else None
        value["exceptionOccurrences"] = [event_json(one, call, nested) for one in series.exceptions(item)]
    return value
