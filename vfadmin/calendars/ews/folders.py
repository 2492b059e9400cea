"""The calendar folders of a mailbox: the default one, and those made for vfadmin (R2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lxml import etree

from vfadmin.calendars.base import Identity
from vfadmin.calendars.ews.errors import Context, EwsFault, build, error_for, translated
from vfadmin.calendars.ews.session import EwsSession
from vfadmin.calendars.ews.xml import branch, element, find, tag, text_at
from vfadmin.errors import CalendarError

DEFAULT = "default"
_CALENDAR_CLASS = "IPF.Appointment"


def distinguished(name: str, mailbox: str | None) -> etree._Element:
    """``calendar`` or ``deleteditems`` of that very mailbox; of the impersonated one without an address.

    Named directly: exchangelib's ``account.calendar`` walks the folder tree first, holding a lock
    that all accounts of the process share while the network answers.
    """
    named = branch("t:DistinguishedFolderId", Id=name)
    if mailbox is not None:
        named.append(branch("t:Mailbox", element("t:EmailAddress", mailbox)))
    return named


def by_id(folder_id: str) -> etree._Element:
    """A folder by its id."""
    return element("t:FolderId", Id=folder_id)


def default_identity(
    session: EwsSession, context: Context, on_request: Callable[[], None] = lambda: None
) -> Identity:
    """The default calendar of the context's mailbox, asked from the session."""
    # A principal name is no address; the header says whose calendar it is.
    owner = None if context.principal else context.mailbox
    request = branch(
        "m:GetFolder",
        branch("m:FolderShape", element("t:BaseShape", "IdOnly")),
        branch("m:FolderIds", distinguished("calendar", owner)),
    )
    with translated(context):
        return _first_identity(session, request, context, on_request)


def named_identity(
    session: EwsSession, context: Context, on_request: Callable[[], None] = lambda: None
) -> Identity:
    """The calendar of that name; raises CalendarError EX-CAL-01 when there is none."""
    with translated(context):
        found = _find(session, context, on_request)
    if found is None:
        raise CalendarError(build("EX-CAL-01", context))
    return found


def prepare_calendar(session: EwsSession, mailbox: str, choice: str, name: str) -> Identity:
    """The calendar an activation chose; a ``new`` one is made when missing.

    It is made inside *Calendar*, where Outlook puts a new calendar too, so that it stands in the
    user's own list from the first moment.
    """
    context = Context(session.connection, mailbox=mailbox)
    if choice == DEFAULT:
        return default_identity(session, context)
    context = replace(context, calendar=name)
    with translated(context):
        return _find(session, context, _ignore) or _create(session, context)


def _ignore() -> None:
    """Nobody counts."""


def _create(session: EwsSession, context: Context) -> Identity:
    folder = branch("t:CalendarFolder", element("t:DisplayName", context.calendar))
    request = branch(
        "m:CreateFolder",
        branch("m:ParentFolderId", distinguished("calendar", context.mailbox)),
        branch("m:Folders", folder),
    )
    try:
        return _first_identity(session, request, context, _ignore)
    except EwsFault as fault:
        # Somebody made it between the look and the making.
        found = _find(session, context, _ignore) if fault.code == "ErrorFolderExists" else None
        if found is None:
            raise
        return found


def _find(session: EwsSession, context: Context, on_request: Callable[[], None]) -> Identity | None:
    shape = branch(
        "m:FolderShape",
        element("t:BaseShape", "IdOnly"),
        branch(
            "t:AdditionalProperties",
            element("t:FieldURI", FieldURI="folder:DisplayName"),
            element("t:FieldURI", FieldURI="folder:FolderClass"),
        ),
    )
    request = branch(
        "m:FindFolder",
        shape,
        branch("m:ParentFolderIds", distinguished("calendar", context.mailbox)),
        Traversal="Shallow",
    )
    message = session.ask(request, context, on_request=on_request)
    for folder in message.items("m:RootFolder/t:Folders"):
        # Exchange does not distinguish names by case among siblings.
        same = (text_at(folder, "t:DisplayName") or "").casefold() == context.calendar.casefold()
        if same and _holds_events(folder):
            return _identity(folder, context)
    return None


def _holds_events(folder: etree._Element) -> bool:
    """By its class; by its element where a server leaves the class out."""
    named = text_at(folder, "t:FolderClass")
    return named.startswith(_CALENDAR_CLASS) if named else folder.tag == tag("t:CalendarFolder")


def _first_identity(
    session: EwsSession, request: etree._Element, context: Context, on_request: Callable[[], None]
) -> Identity:
    message = session.ask(request, context, on_request=on_request)
    return _identity(message.first("m:Folders"), context)


def _identity(folder: etree._Element, context: Context) -> Identity:
    found = find(folder, "t:FolderId")
    folder_id = None if found is None else found.get("Id")
    if not folder_id:
        raise error_for(build("EX-UNKNOWN-01", context, detail="FolderId"))
    return Identity(mailbox=context.mailbox.casefold(), folder=folder_id)
