"""Calendars ("calendar resource type", "List calendars", "Create calendar", "Update calendar")."""

from __future__ import annotations

from typing import Any

from vfadmin.simulator.graph import properties
from vfadmin.simulator.graph.context import GraphCall, Reply
from vfadmin.simulator.graph.errors import GraphError, bad_request, check_names, invalid_request
from vfadmin.simulator.graph.identifiers import to_rest
from vfadmin.simulator.graph.query import parse_expand, parse_select
from vfadmin.simulator.mailbox import CALENDAR_CLASS, Folder

_PAGE = 10
_PROPERTIES = frozenset(
    (
        "id", "name", "color", "hexColor", "isDefaultCalendar", "changeKey", "canShare",
        "canViewPrivateItems", "canEdit", "allowedOnlineMeetingProviders", "defaultOnlineMeetingProvider",
        "isTallyingResponses", "isRemovable", "owner",
    )
)  # fmt: skip
_SETTABLE = frozenset(("name", "color", "hexColor", "isDefaultCalendar"))


def calendar_json(folder: Folder, call: GraphCall, select: frozenset[str] | None = None) -> dict[str, Any]:
    """A calendar; its id does not depend on the kind of ids that is preferred."""
    is_default = folder.distinguished == "calendar"
    owner = call.mailbox.owner
    value = {
        "id": to_rest(folder.id),
        "name": folder.name,
        "color": "auto",
        "hexColor": "",
        "isDefaultCalendar": is_default,
        "changeKey": folder.change_key,
        "canShare": True,
        "canViewPrivateItems": True,
        "canEdit": True,
        "allowedOnlineMeetingProviders": ["teamsForBusiness"],
        "defaultOnlineMeetingProvider": "teamsForBusiness",
        "isTallyingResponses": is_default,
        "isRemovable": not is_default,
        "owner": {"name": owner.name, "address": owner.email},
    }
    if select is None:
        return value
    return {name: content for name, content in value.items() if name in select or name == "id"}


def get_calendar(call: GraphCall, calendar: str | None = None) -> Reply:
    """One calendar."""
    folder = call.calendar(None if calendar == "default" else calendar)
    value = calendar_json(folder, call, parse_select(call.query, _PROPERTIES, "calendar"))
    if wanted := parse_expand(call.query).single:
        value["singleValueExtendedProperties"] = properties.folder_json(folder.id, wanted)
    place = "calendar" if calendar in (None, "default") else "calendars"
    return Reply(200, {"@odata.context": call.context(f"{place}/$entity"), **value})


def list_calendars(call: GraphCall) -> Reply:
    """All calendars of a person, the default one first."""
    folders = [folder for folder in call.mailbox.folders.values() if call.is_calendar(folder)]
    folders.sort(key=lambda folder: folder.distinguished != "calendar")
    if text := call.query.get("$filter"):
        name = text.strip().removeprefix("name eq ").strip()
        if name == text.strip() or len(name) < 2 or name[0] != "'" or name[-1] != "'":  # noqa: PLR2004 (two quotes)
            raise bad_request("Only the name of a calendar can be filtered by.", "ErrorInvalidProperty")
        folders = [folder for folder in folders if folder.name == name[1:-1].replace("''", "'")]
    skip = call.query.number("$skip") or 0
    size = call.query.top() or call.prefer.page or _PAGE
    select = parse_select(call.query, _PROPERTIES, "calendar")
    value: dict[str, Any] = {
        "@odata.context": call.context("calendars"),
        "value": [calendar_json(folder, call, select) for folder in folders[skip : skip + size]],
    }
    if skip + size < len(folders):
        value["@odata.nextLink"] = f"{call.root}{call.path}?{call.query.with_skip(skip + size)}"
    return Reply(200, value)


def create_calendar(call: GraphCall) -> Reply:
    """A calendar beside the default one; ErrorFolderExists where the name is taken."""
    name = _name(_settable(call).get("name"))
    folder = call.mailbox.add_folder(call.calendar(None).id, name, CALENDAR_CLASS)
    return Reply(201, {"@odata.context": call.context("calendars/$entity"), **calendar_json(folder, call)})


def update_calendar(call: GraphCall, calendar: str = "") -> Reply:
    """A calendar under another name."""
    folder = call.calendar(None if calendar == "default" else calendar)
    value = _settable(call)
    if "name" in value:
        if folder.distinguished is not None:
            raise invalid_request("The default calendar cannot be renamed.")
        call.mailbox.rename_folder(folder, _name(value["name"]))
    return Reply(200, {"@odata.context": call.context("calendars/$entity"), **calendar_json(folder, call)})


def delete_calendar(call: GraphCall, calendar: str = "") -> Reply:
    """Move a calendar with all that is in it to Deleted Items."""
    folder = call.calendar(None if calendar == "default" else calendar)
    if folder.distinguished is not None:
        raise GraphError(400, "ErrorDeleteDistinguishedFolder", "Distinguished folders cannot be deleted.")
    deleted = call.mailbox.distinguished("deleteditems")
    assert deleted is not None  # noqa: S101 (every mailbox has one)
    call.mailbox.move_folder(folder, deleted.id)
    return Reply(204)


def _settable(call: GraphCall) -> dict[str, Any]:
    value = call.json()
    check_names(value, _PROPERTIES, "calendar")
    return {name: content for name, content in value.items() if name in _SETTABLE}


def _name(value: Any) -> str:  # noqa: ANN401 (a JSON value)
    if not isinstance(value, str) or not value.strip():
        raise invalid_request("A calendar needs a name.")
    return value.strip()
