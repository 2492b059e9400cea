"""What a request says of an event, as the store's attributes ("Create event", "Update event")."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import time
from types import MappingProxyType
from typing import Any

from vfadmin.simulator import series
from vfadmin.simulator.bodies import html_from_text, legal, normal_html
from vfadmin.simulator.graph import properties
from vfadmin.simulator.graph.errors import GraphError, bad_request, check_names, invalid_request
from vfadmin.simulator.graph.moments import Moment, read_moment
from vfadmin.simulator.graph.names import GROUPS, IMPORTANCE, SENSITIVITY, SHOW_AS
from vfadmin.simulator.graph.patterns import read_recurrence
from vfadmin.simulator.item import LOCATION_LIMIT, SUBJECT_LIMIT, Address, Attendee, Item
from vfadmin.simulator.store import Store

# What is read-only, or belongs to what is not kept here; a client that sends a whole event back may name it.
_IGNORED = frozenset(
    (
        "id", "createdDateTime", "lastModifiedDateTime", "changeKey", "iCalUId", "hasAttachments",
        "bodyPreview", "isCancelled", "isOrganizer", "isDraft", "responseStatus", "seriesMasterId", "type",
        "webLink", "onlineMeetingUrl", "onlineMeeting", "isOnlineMeeting", "onlineMeetingProvider",
        "organizer", "originalStart", "originalStartTimeZone", "originalEndTimeZone", "transactionId",
        "attachments", "extensions", "calendar", "instances", "exceptionOccurrences",
        "cancelledOccurrences",
    )
)  # fmt: skip
_LOCATION = frozenset(
    (
        "displayName", "locationEmailAddress", "locationUri", "locationType", "uniqueId", "uniqueIdType",
        "address", "coordinates",
    )
)  # fmt: skip
_MOST_ATTENDEES = 500
_LONGEST_REMINDER = 2**31 - 1


@dataclass(slots=True)
class Given:
    """What a request gives: attributes, the times as their own clocks show them, and extended properties."""

    attributes: dict[str, Any] = field(default_factory=dict)
    start: Moment | None = None
    end: Moment | None = None
    names: frozenset[str] = frozenset()


def read_event(value: dict[str, Any], store: Store, before: Item | None = None) -> Given:
    """The attributes that an event in JSON sets; `before` is what is changed, None for a new one.

    400 for a property that an event has not, and for a value that does not fit.
    """
    check_names(value, _IGNORED | _READERS.keys(), "event")
    names = frozenset(name for name in value if "@" not in name)
    given = Given(names=names)
    for name in sorted(names - _IGNORED):
        given.attributes |= _READERS[name](value[name])
    _read_times(value, given)
    if "attendees" in names:
        given.attributes |= _attendees(value["attendees"], store, before)
    if "recurrence" in names:
        _read_rule(value["recurrence"], given)
    _read_extended(value, given, before)
    _check_days(given, before)
    return given


def _read_times(value: dict[str, Any], given: Given) -> None:
    if value.get("start") is not None:
        given.start = read_moment(value["start"], "start")
        given.attributes |= {"start": given.start.instant, "start_zone": given.start.zone}
    if value.get("end") is not None:
        given.end = read_moment(value["end"], "end")
        given.attributes |= {"end": given.end.instant, "end_zone": given.end.zone}


def _read_rule(value: Any, given: Given) -> None:  # noqa: ANN401 (a JSON value)
    if value is None:
        given.attributes["recurrence"] = None
        return
    rule, zone = read_recurrence(value)
    given.attributes["recurrence"] = rule
    if zone is not None:
        # The days of a rule are those of its own zone, and a series keeps one zone's wall clock.
        given.attributes["start_zone"] = zone


def _check_days(given: Given, before: Item | None) -> None:
    """An all-day event goes from midnight to midnight of one zone, whole days."""
    if not given.attributes.get("all_day", before.all_day if before else False):
        return
    if before is not None and not before.all_day:
        _check_kept(given, before)
    for name, moment in (("Start", given.start), ("End", given.end)):
        if moment is not None and not moment.is_midnight:
            raise invalid_request(
                f"The Event.{name} property for an all-day event needs to be set to midnight."
            )
    if given.start is not None and given.end is not None:
        if given.start.zone != given.end.zone:
            raise invalid_request("The start and end of an all-day event need to be in the same time zone.")
        if given.end.wall <= given.start.wall:
            raise invalid_request("The duration of an event marked as All day must be at least 24 hours.")


def _check_kept(given: Given, before: Item) -> None:
    """The times that an event keeps as it becomes an all-day one must be midnights as well."""
    clock = series.clock(before)
    for name, moment in (("Start", given.start), ("End", given.end)):
        kept = getattr(before, name.lower()).astimezone(clock)
        if moment is None and kept.time() != time():
            raise invalid_request(
                f"The Event.{name} property for an all-day event needs to be set to midnight."
            )


def _read_extended(value: dict[str, Any], given: Given, before: Item | None) -> None:
    found: dict[Any, Any] = {}
    if "singleValueExtendedProperties" in value:
        found |= properties.read_single(value["singleValueExtendedProperties"])
    if "multiValueExtendedProperties" in value:
        found |= properties.read_multi(value["multiValueExtendedProperties"])
    if found:
        merged = {**(before.extended if before else {}), **found}
        given.attributes["extended"] = MappingProxyType({k: v for k, v in merged.items() if v is not None})


def read_address(value: Any) -> Address:  # noqa: ANN401 (a JSON value)
    """The emailAddress of a recipient; 400 where there is none."""
    entry = value.get("emailAddress") if isinstance(value, dict) else None
    if (
        not isinstance(entry, dict)
        or not isinstance(entry.get("address"), str)
        or not entry["address"].strip()
    ):
        raise GraphError(400, "ErrorInvalidRecipients", "At least one recipient is not valid.")
    name = entry.get("name")
    return Address(name if isinstance(name, str) and name else entry["address"], entry["address"].strip())


def _attendees(value: Any, store: Store, before: Item | None) -> dict[str, Any]:  # noqa: ANN401 (a JSON value)
    if not isinstance(value, list):
        raise bad_request("A collection of attendees is expected.", "RequestBodyRead")
    if len(value) > _MOST_ATTENDEES:
        raise GraphError(400, "ErrorExceededMaxRecipientLimit", "There are too many attendees.")
    known = {one.address.email.lower(): one for one in before.attendees} if before else {}
    kinds = {kind: group for group, kind in GROUPS.items()}
    groups: dict[str, list[Attendee]] = {group: [] for group in GROUPS}
    for entry in value:
        address = read_address(entry)
        kind = entry.get("type") or "required"
        if not isinstance(kind, str) or kind.lower() not in kinds:
            raise bad_request(f"Requested value '{kind}' was not found.", "RequestBodyRead")
        mailbox = store.by_email(address.email)
        attendee = Attendee(mailbox.owner if mailbox and address.name == address.email else address)
        # Whoever was asked already keeps his answer.
        groups[kinds[kind.lower()]].append(known.get(address.email.lower(), attendee))
    return {group: tuple(found) for group, found in groups.items()}


# --- single properties


def _text(name: str, limit: int | None = None) -> Callable[[Any], dict[str, Any]]:
    def read(value: Any) -> dict[str, Any]:  # noqa: ANN401 (a JSON value)
        if value is not None and not isinstance(value, str):
            raise _wrong(name, "Edm.String")
        text = legal(value or "")
        if limit is not None and len(text) > limit:
            raise GraphError(
                400, "ErrorPropertyValidationFailure", "At least one property failed validation."
            )
        return {name: text}

    return read


def _flag(name: str, *, default: bool) -> Callable[[Any], dict[str, Any]]:
    def read(value: Any) -> dict[str, Any]:  # noqa: ANN401 (a JSON value)
        if value is not None and not isinstance(value, bool):
            raise _wrong(name, "Edm.Boolean")
        return {name: default if value is None else value}

    return read


def _one_of(name: str, words: dict[str, str], default: str) -> Callable[[Any], dict[str, Any]]:
    known = {word.lower(): kept for kept, word in words.items()}

    def read(value: Any) -> dict[str, Any]:  # noqa: ANN401 (a JSON value)
        found = known.get(value.lower()) if isinstance(value, str) else default if value is None else None
        if found is None:
            raise bad_request(f"Requested value '{value}' was not found.", "RequestBodyRead")
        return {name: found}

    return read


def _read_body(value: Any) -> dict[str, Any]:  # noqa: ANN401 (a JSON value)
    if value is None:
        return {"body_html": ""}
    if not isinstance(value, dict):
        raise _wrong("body", "microsoft.graph.itemBody")
    check_names(value, ("contentType", "content"), "itemBody")
    content, kind = value.get("content"), value.get("contentType")
    content, kind = "" if content is None else content, "text" if kind is None else kind
    if not isinstance(content, str):
        raise _wrong("content", "Edm.String")
    if not isinstance(kind, str) or kind.lower() not in ("text", "html"):
        raise bad_request(f"Requested value '{kind}' was not found.", "RequestBodyRead")
    return {"body_html": normal_html(content) if kind.lower() == "html" else html_from_text(content)}


def _read_location(value: Any) -> dict[str, Any]:  # noqa: ANN401 (a JSON value)
    if value is not None and not isinstance(value, dict):
        raise _wrong("location", "microsoft.graph.location")
    check_names(value or {}, _LOCATION, "location")
    return _text("location", LOCATION_LIMIT)((value or {}).get("displayName"))


def _read_locations(value: Any) -> dict[str, Any]:  # noqa: ANN401 (a JSON value)
    if not (isinstance(value, list) and all(isinstance(one, dict) for one in value)):
        raise _wrong("locations", "Collection(microsoft.graph.location)")
    names = [_read_location(entry)["location"] for entry in value]
    return _text("location", LOCATION_LIMIT)("; ".join(name for name in names if name))


def _read_categories(value: Any) -> dict[str, Any]:  # noqa: ANN401 (a JSON value)
    if not (isinstance(value, list) and all(isinstance(name, str) for name in value)):
        raise _wrong("categories", "Collection(Edm.String)")
    return {"categories": tuple(dict.fromkeys(value))}


def _read_reminder(value: Any) -> dict[str, Any]:  # noqa: ANN401 (a JSON value)
    if value is None:
        return {"reminder_minutes": 0}
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _LONGEST_REMINDER:
        raise _wrong("reminderMinutesBeforeStart", "Edm.Int32")
    return {"reminder_minutes": value}


def _nothing(_: Any) -> dict[str, Any]:  # noqa: ANN401 (a JSON value)
    """Read together with what it hangs together with."""
    return {}


def _wrong(name: str, kind: str) -> GraphError:
    return bad_request(
        f"Cannot convert the value of '{name}' to the expected type '{kind}'.", "RequestBodyRead"
    )


_READERS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "subject": _text("subject", SUBJECT_LIMIT),
    "body": _read_body,
    "start": _nothing,
    "end": _nothing,
    "isAllDay": _flag("all_day", default=False),
    "location": _read_location,
    "locations": _read_locations,
    "attendees": _nothing,
    "showAs": _one_of("show_as", SHOW_AS, "Busy"),
    "sensitivity": _one_of("sensitivity", SENSITIVITY, "Normal"),
    "importance": _one_of("importance", IMPORTANCE, "Normal"),
    "isReminderOn": _flag("reminder_set", default=False),
    "reminderMinutesBeforeStart": _read_reminder,
    "categories": _read_categories,
    "allowNewTimeProposals": _flag("allow_new_time", default=True),
    "responseRequested": _flag("response_requested", default=True),
    "hideAttendees": _flag("hide_attendees", default=False),
    "recurrence": _nothing,
    "singleValueExtendedProperties": _nothing,
    "multiValueExtendedProperties": _nothing,
}
