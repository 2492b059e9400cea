"""Which operation an address means ("calendar resource type", "event resource type", methods)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from vfadmin.simulator.graph import calendars, delta, directory, events, lists, responding, translating
from vfadmin.simulator.graph.context import Reply
from vfadmin.simulator.graph.errors import GraphError, bad_request

Operation = Callable[..., Reply]
_KEY = re.compile(r"\('((?:[^']|'')*)'\)")
_FUNCTION = re.compile(r"(?:microsoft\.graph\.)?(\w+)(?:\(\))?")
# Any calendar of a person, his default one, or one by its id (`calendar` in the operations).
_SCOPES: tuple[tuple[str, ...], ...] = ((), ("calendar",), ("calendars", "{calendar}"))
_EVENT = ("events", "{event}")
_ACTIONS: dict[str, tuple[str, Operation]] = {
    "accept": ("GraphAccept", responding.accept),
    "tentativelyaccept": ("GraphTentativelyAccept", responding.tentatively_accept),
    "decline": ("GraphDecline", responding.decline),
    "cancel": ("GraphCancel", responding.cancel),
    "forward": ("GraphForward", responding.forward),
    "permanentdelete": ("GraphRemoveEvent", events.remove_event),
}


@dataclass(frozen=True, slots=True)
class Route:
    """A method on a form of address, and what it does."""

    method: str
    segments: tuple[str, ...]
    name: str
    operation: Operation


@dataclass(frozen=True, slots=True)
class Target:
    """What an address means: an operation on what belongs to a user, with the ids in it."""

    route: Route
    user: str
    ids: dict[str, str]


def _routes() -> tuple[Route, ...]:
    found = [
        Route("GET", (), "GraphUser", directory.get_user),
        Route("GET", ("mailboxsettings",), "GraphMailboxSettings", directory.get_mailbox_settings),
        Route(
            "GET", ("mailboxsettings", "{setting}"), "GraphMailboxSettings", directory.get_mailbox_settings
        ),
        Route("POST", ("translateexchangeids",), "GraphTranslateIds", translating.translate_ids),
        Route("GET", ("calendars",), "GraphListCalendars", calendars.list_calendars),
        Route("POST", ("calendars",), "GraphCreateCalendar", calendars.create_calendar),
        Route("DELETE", ("calendars", "{calendar}"), "GraphDeleteCalendar", calendars.delete_calendar),
    ]
    for scope in _SCOPES[1:]:
        found.append(Route("GET", scope, "GraphGetCalendar", calendars.get_calendar))
        found.append(Route("PATCH", scope, "GraphUpdateCalendar", calendars.update_calendar))
    for scope in _SCOPES:
        found += [
            Route("GET", (*scope, "events"), "GraphListEvents", lists.list_events),
            Route("POST", (*scope, "events"), "GraphCreateEvent", events.create_event),
            Route("GET", (*scope, "calendarview"), "GraphCalendarView", lists.calendar_view),
            Route("GET", (*scope, "calendarview", "delta"), "GraphDelta", delta.delta),
            Route("GET", (*scope, *_EVENT), "GraphGetEvent", events.get_event),
            Route("PATCH", (*scope, *_EVENT), "GraphUpdateEvent", events.update_event),
            Route("DELETE", (*scope, *_EVENT), "GraphDeleteEvent", events.delete_event),
            Route("GET", (*scope, *_EVENT, "instances"), "GraphListInstances", lists.list_instances),
            Route("GET", (*scope, *_EVENT, "calendar"), "GraphGetCalendar", events.get_calendar_of),
        ]
        found += [
            Route("POST", (*scope, *_EVENT, action), name, operation)
            for action, (name, operation) in _ACTIONS.items()
        ]
    return tuple(found)


ROUTES = _routes()


def find_target(method: str, path: str) -> Target:
    """What a path below the version means; 400, 404 or 405 where it means nothing.

    Keys may stand in brackets (`users('x')`), functions with theirs (`delta()`).
    """
    segments = [unquote(part) for part in _KEY.sub(_as_segment, path).strip("/").split("/")]
    if segments[0].lower() == "me":
        raise bad_request("/me request is only valid with delegated authentication flow.")
    if segments[0].lower() != "users":
        raise bad_request(f"Resource not found for the segment '{segments[0]}'.")
    if len(segments) < 2 or not segments[1]:  # noqa: PLR2004 (users and whose)
        raise GraphError(
            403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation."
        )
    rest = segments[2:]
    methods = set()
    for route in ROUTES:
        ids = _match(route.segments, rest)
        if ids is None:
            continue
        methods.add(route.method)
        if route.method == method:
            # The default calendar has a place in addresses of its own, but no id there.
            scope = {"calendar": "default"} if route.segments[:1] == ("calendar",) else {}
            return Target(route, segments[1], scope | ids)
    if methods:
        raise GraphError(
            405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target."
        )
    raise bad_request(f"Resource not found for the segment '{rest[-1] if rest else segments[0]}'.")


def _as_segment(match: re.Match[str]) -> str:
    return f"/{match[1].replace(chr(39) * 2, chr(39))}"


def _match(form: tuple[str, ...], segments: list[str]) -> dict[str, str] | None:
    if len(form) != len(segments):
        return None
    ids = {}
    for wanted, given in zip(form, segments, strict=True):
        if wanted.startswith("{"):
            ids[wanted[1:-1]] = given
            continue
        function = _FUNCTION.fullmatch(given)
        if function is None or function[1].lower() != wanted:
            return None
    return ids
