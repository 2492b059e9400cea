"""Lists of events ("List events", "List calendarView", "List instances")."""

from __future__ import annotations

from datetime import datetime
from functools import cmp_to_key
from typing import Any

from vfadmin.simulator import series
from vfadmin.simulator.graph.context import GraphCall, Reply
from vfadmin.simulator.graph.errors import GraphError, bad_request, invalid_request
from vfadmin.simulator.graph.filtering import FIELDS, parse_filter
from vfadmin.simulator.graph.moments import YEARS, read_instant
from vfadmin.simulator.graph.query import parse_expand, parse_select
from vfadmin.simulator.graph.rendering import PROPERTIES, event_json
from vfadmin.simulator.item import Item

_PAGE = 10
_LONGEST_VIEW_DAYS = 1825
_UNORDERED = frozenset(("categories",))


def list_events(call: GraphCall, calendar: str | None = None) -> Reply:
    """Single events and series masters of a calendar."""
    folder = call.calendar(_named(calendar))
    found = list(call.mailbox.in_folder(folder))
    return _answer(call, found, _place(calendar, "events"))


def calendar_view(call: GraphCall, calendar: str | None = None) -> Reply:
    """What a calendar shows in a window: single events, occurrences and exceptions, by start."""
    folder = call.calendar(_named(calendar))
    start, end = window(call)
    found = series.touching(call.mailbox.in_folder(folder), start, end)
    return _answer(call, found, _place(calendar, "calendarView"))


def list_instances(call: GraphCall, calendar: str | None = None, event: str = "") -> Reply:
    """The occurrences and exceptions of a series in a window."""
    item = call.event(event, call.calendar(_named(calendar)) if calendar else None)
    start, end = window(call)
    if item.recurrence is None:
        raise invalid_request("Your request can't be completed. The event isn't a recurring series.")
    return _answer(call, series.touching([item], start, end), f"events('{event}')/instances")


def window(call: GraphCall) -> tuple[datetime, datetime]:
    """The window a request asks for; ErrorInvalidParameter where it is missing or reversed."""
    start, end = call.query.get("startdatetime"), call.query.get("enddatetime")
    if not start or not end:
        raise bad_request(
            "This request requires a time window specified by the query string parameters StartDateTime and "
            "EndDateTime.",
            "ErrorInvalidParameter",
        )
    moments = read_instant(start, "startDateTime"), read_instant(end, "endDateTime")
    if any(moment.year not in YEARS for moment in moments):
        raise bad_request("The time window is outside what a calendar can keep.", "ErrorInvalidParameter")
    if moments[1] < moments[0]:
        raise bad_request("The start of the time window is later than its end.", "ErrorInvalidParameter")
    if (moments[1] - moments[0]).days > _LONGEST_VIEW_DAYS:
        raise GraphError(
            400, "ErrorCalendarViewRangeTooBig", "The requested time window is longer than 1825 days."
        )
    return moments


def _answer(call: GraphCall, found: list[Item], place: str) -> Reply:
    """The page of a list that a request asks for."""
    query = call.query
    if query.get("$search") is not None:
        raise bad_request("The query parameter '$search' is not supported for events.")
    if text := query.get("$filter"):
        test = parse_filter(text)
        found = [item for item in found if test(item)]
    found = _ordered(found, query.get("$orderby"))
    select, expand = parse_select(query, PROPERTIES, "event"), parse_expand(query)
    top, skip = query.top(), query.number("$skip") or 0
    size = top or call.prefer.page or _PAGE
    members = found[skip : skip + size]
    context = place if select is None else f"{place}({','.join(sorted(select))})"
    value: dict[str, Any] = {"@odata.context": call.context(context)}
    if query.flag("$count"):
        value["@odata.count"] = len(found)
    value["value"] = [event_json(item, call, select, expand) for item in members]
    if skip + size < len(found):
        value["@odata.nextLink"] = f"{call.root}{call.path}?{query.with_skip(skip + size)}"
    return Reply(200, value)


def _ordered(found: list[Item], text: str | None) -> list[Item]:
    if not text:
        return found
    orders = []
    for part in text.split(","):
        name, _, direction = part.strip().partition(" ")
        get = FIELDS.get(name.lower())
        if get is None or name.lower() in _UNORDERED or direction.strip().lower() not in ("", "asc", "desc"):
            raise GraphError(400, "ErrorInvalidProperty", f"The property '{name}' does not support ordering.")
        orders.append((get, direction.strip().lower() == "desc"))

    def compare(one: Item, other: Item) -> int:
        for get, falling in orders:
            first, second = get(one), get(other)
            if first != second:
                return -1 if (first < second) != falling else 1
        return 0

    return sorted(found, key=cmp_to_key(compare))


def _named(calendar: str | None) -> str | None:
    return None if calendar == "default" else calendar


def _place(calendar: str | None, collection: str) -> str:
    if calendar is None:
        return collection
    return f"calendar/{collection}" if calendar == "default" else f"calendars('{calendar}')/{collection}"
