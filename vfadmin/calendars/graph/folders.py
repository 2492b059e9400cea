"""The calendars of a mailbox: the default one, and those made for vfadmin (R2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from vfadmin.calendars.base import Identity
from vfadmin.calendars.graph import properties
from vfadmin.calendars.graph.errors import Context, build, error_for
from vfadmin.calendars.graph.session import GraphSession, Request
from vfadmin.errors import CalendarError

DEFAULT = "default"
_CONFLICT = 409
_SELECT = "$select=id,name"


def user(mailbox: str) -> str:
    """The path of a mailbox."""
    return f"/users/{quote(mailbox, safe='@')}"


def path(mailbox: str, folder: str) -> str:
    """The path of a calendar by its id."""
    return f"{user(mailbox)}/calendars/{quote(folder, safe='')}"


def _nobody() -> None:
    """Nobody counts."""


def default_calendar(
    session: GraphSession, context: Context, on_request: Callable[[], None] = _nobody
) -> str:
    """The id of the default calendar of the context's mailbox."""
    request = Request("GET", f"{user(context.mailbox)}/calendar?{_SELECT}")
    return _id(session.send(request, context, on_request=on_request).check(context), context)


def owner(session: GraphSession, context: Context) -> str:
    """The primary address of the mailbox that the context names in some way.

    Its calendar is asked before the directory is: for that the one permission is enough, and a mailbox that
    is elsewhere says so.
    """
    request = Request("GET", f"{user(context.mailbox)}/calendar?$select=id,owner")
    told = session.send(request, context).check(context).get("owner")
    address = told.get("address") if isinstance(told, Mapping) else None
    if not isinstance(address, str) or not address:
        request = Request("GET", f"{user(context.mailbox)}?$select=id,mail,userPrincipalName")
        person = session.send(request, context).check(context)
        address = person.get("mail") or person.get("userPrincipalName")
    if not isinstance(address, str) or not address:
        raise CalendarError(build("EX-MBX-01", context))
    return address


def named_calendar(session: GraphSession, context: Context, on_request: Callable[[], None] = _nobody) -> str:
    """The id of the calendar of the context's name; raises CalendarError EX-CAL-01 when there is none."""
    found = _find(session, context, on_request)
    if found is None:
        raise CalendarError(build("EX-CAL-01", context))
    return found


def entry_of(
    session: GraphSession, context: Context, folder: str, on_request: Callable[[], None] = _nobody
) -> str | None:
    """A calendar's own name as its items show it; None where Graph does not tell."""
    query = f"$select=id&$expand={properties.expand_entry()}"
    request = Request("GET", f"{path(context.mailbox, folder)}?{query}")
    reply = session.send(request, context, on_request=on_request)
    return properties.entry(reply.body) if reply.ok else None


def prepare_calendar(session: GraphSession, mailbox: str, choice: str, name: str) -> Identity:
    """The calendar an activation chose; a ``new`` one is made when missing."""
    if choice == DEFAULT:
        found = default_calendar(session, Context(session.connection, mailbox))
    else:
        context = Context(session.connection, mailbox, calendar=name)
        found = _find(session, context, _nobody) or _create(session, context)
    return Identity(mailbox.casefold(), found)


def _create(session: GraphSession, context: Context) -> str:
    request = Request("POST", f"{user(context.mailbox)}/calendars", {"name": context.calendar})
    reply = session.send(request, context)
    if reply.status == _CONFLICT or reply.code == "ErrorFolderExists":
        # Somebody made it between the look and the making.
        found = _find(session, context, _nobody)
        if found is not None:
            return found
    return _id(reply.check(context), context)


def _find(session: GraphSession, context: Context, on_request: Callable[[], None]) -> str | None:
    request = Request("GET", f"{user(context.mailbox)}/calendars?{_SELECT}&$top=100")
    for one in session.listed(request, context, on_request=on_request):
        # Exchange does not distinguish names by case among siblings.
        if str(one.get("name") or "").casefold() == context.calendar.casefold():
            return _id(one, context)
    return None


def _id(shown: Mapping[str, Any], context: Context) -> str:
    folder_id = shown.get("id")
    if not isinstance(folder_id, str) or not folder_id:
        raise error_for(build("EX-UNKNOWN-01", context, detail="calendar"))
    return folder_id
