"""CreateItem and UpdateItem for calendar items (MS-OXWSCORE 3.1.4.2, 3.1.4.9; MS-OXWSMTGS)."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

from lxml import etree

from vfadmin.simulator import composing, elements, fields, ids, soap
from vfadmin.simulator import shape as shapes
from vfadmin.simulator.bodies import html_from_text, text_from_html
from vfadmin.simulator.call import Call
from vfadmin.simulator.errors import ExchangeError, schema_violation
from vfadmin.simulator.extended import parse_path
from vfadmin.simulator.ical_reading import read_mime
from vfadmin.simulator.item import Item
from vfadmin.simulator.mailbox import Folder, Mailbox
from vfadmin.simulator.names import M, T, local
from vfadmin.simulator.operations import meetings, responses

_EMPTY = "<m:Items/>"
_DISPOSITIONS = ("SaveOnly", "SendOnly", "SendAndSaveCopy")
_ID_ONLY = shapes.id_only()
_DEFAULTS: dict[str, dict[str, Any]] = {
    "Subject": {"subject": ""},
    "Sensitivity": {"sensitivity": "Normal"},
    "Body": {"body_html": ""},
    "Categories": {"categories": ()},
    "Importance": {"importance": "Normal"},
    "ReminderIsSet": {"reminder_set": False},
    "ReminderMinutesBeforeStart": {"reminder_minutes": 0},
    "IsAllDayEvent": {"all_day": False},
    "LegacyFreeBusyStatus": {"show_as": "Busy"},
    "Location": {"location": ""},
    "IsResponseRequested": {"response_requested": False},
    "RequiredAttendees": {"required": ()},
    "OptionalAttendees": {"optional": ()},
    "Resources": {"resources": ()},
    "Recurrence": {"recurrence": None},
    "AllowNewTimeProposal": {"allow_new_time": False},
}


def create_item(call: Call) -> list[str]:
    """Make calendar items and answer invitations; each stands or falls on its own."""
    disposition = call.attribute("MessageDisposition", _DISPOSITIONS)
    mode = call.attribute("SendMeetingInvitations", meetings.CREATE_OR_DELETE)
    given = call.child("Items")
    messages = []
    for element in given:
        try:
            if responses.is_response(element):
                mailbox, item = responses.respond(call, element, disposition)
            else:
                mailbox, folder = _save_folder(call)
                item = _created(call, mailbox, folder, element, mode)
            content = f"<m:Items>{_ID_ONLY.render(item, mailbox)}</m:Items>"
            messages.append(soap.success("CreateItem", content))
        except ExchangeError as error:
            messages.append(soap.failure("CreateItem", error, _EMPTY))
    return messages


def _save_folder(call: Call) -> tuple[Mailbox, Folder]:
    target = call.element.find(f"{M}SavedItemFolderId")
    if target is not None:
        return call.target_folder(target)
    mailbox = call.own_mailbox()
    folder = mailbox.distinguished("calendar")
    assert folder is not None  # noqa: S101 (every mailbox has one)
    return mailbox, folder


def _created(call: Call, mailbox: Mailbox, folder: Folder, element: etree._Element, mode: str | None) -> Item:
    if local(element.tag) != "CalendarItem":
        raise ExchangeError("ErrorInvalidItemForOperationCreateItem", "Only calendar items are kept here.")
    if mode is None:
        raise ExchangeError("ErrorSendMeetingInvitationsRequired")
    if not folder.is_calendar:
        raise ExchangeError("ErrorCannotCreateCalendarItemInNonCalendarFolder")
    values = _read_item(call, element)
    item_id, change_key = mailbox.next_item_id(folder)
    item = composing.compose((item_id, change_key, folder.id), mailbox.owner, call.now, values)
    mails = meetings.invitations(item, mode)
    call.store.outbox.extend(mails)
    return mailbox.add_item(replace(item, request_sent=bool(mails)))


def _read_item(call: Call, element: etree._Element) -> dict[str, Any]:
    """The attributes a CalendarItem element gives; its MIME content first, so that elements win over it."""
    reading = call.reading
    values: dict[str, Any] = {}
    if reading.zone is not None:
        values["start_zone"] = reading.zone
    mime = element.find(f"{T}MimeContent")
    if mime is not None:
        values |= composing.mime_values(read_mime(mime.text or ""))
    properties: dict[Any, Any] = {}
    for child in element:
        name = local(child.tag)
        if name == "ExtendedProperty":
            key, value = elements.read_extended(child)
            properties[key] = value
        elif name not in ("", "MimeContent"):
            _check_version(call, name)
            values |= elements.read_field(child, reading)
    if "end_zone" in values and "start_zone" not in values:
        values["start_zone"] = values["end_zone"]
    if properties:
        values["extended"] = MappingProxyType(properties)
    return values


def _check_version(call: Call, name: str) -> None:
    index = fields.ORDER.get(name)
    if index is not None and call.version < fields.FIELDS[index].since:
        raise ExchangeError("ErrorIncorrectSchemaVersion", f"{name} needs a newer schema version.")


def update_item(call: Call) -> list[str]:
    """Change items; a stale change key is refused where the request says NeverOverwrite."""
    conflict = call.attribute(
        "ConflictResolution", ("NeverOverwrite", "AutoResolve", "AlwaysOverwrite"), required=True
    )
    call.attribute("MessageDisposition", _DISPOSITIONS)
    mode = call.attribute("SendMeetingInvitationsOrCancellations", meetings.UPDATE)
    messages = []
    for change in call.child("ItemChanges"):
        try:
            mailbox, item = _updated(call, change, str(conflict), mode)
            content = f"<m:Items>{_ID_ONLY.render(item, mailbox)}</m:Items>"
            content += "<m:ConflictResults><t:Count>0</t:Count></m:ConflictResults>"
            messages.append(soap.success("UpdateItem", content))
        except ExchangeError as error:
            messages.append(soap.failure("UpdateItem", error, _EMPTY))
    return messages


def _updated(call: Call, change: etree._Element, conflict: str, mode: str | None) -> tuple[Mailbox, Item]:
    updates = change.find(f"{T}Updates")
    if not len(change) or updates is None or not len(updates):
        raise schema_violation("The element 'ItemChange' has incomplete content.")
    mailbox, item = call.item(change[0])
    if mode is None:
        raise ExchangeError("ErrorSendMeetingInvitationsOrCancellationsRequired")
    _check_change_key(item, change[0].get("ChangeKey"), conflict)
    deleted = mailbox.distinguished("deleteditems")
    if mode != "SendToNone" and deleted is not None and item.folder_id == deleted.id:
        raise ExchangeError("ErrorCalendarCannotUpdateDeletedItem")
    values: dict[str, Any] = {}
    for update in updates:
        _apply(call, item, update, values)
    revised = composing.revise(item, mailbox.owner, call.now, values)
    mails = meetings.updates(item, revised, mode)
    saved = mailbox.save(replace(revised, request_sent=revised.request_sent or bool(mails)))
    call.store.outbox.extend(mails)
    return mailbox, saved


def _check_change_key(item: Item, given: str | None, conflict: str) -> None:
    if conflict == "AlwaysOverwrite":
        return
    if not given:
        raise ExchangeError("ErrorChangeKeyRequiredForWriteOperations")
    if not ids.is_change_key(given):
        raise ExchangeError("ErrorInvalidChangeKey")
    if given != item.change_key and conflict == "NeverOverwrite":
        raise ExchangeError("ErrorIrresolvableConflict")


def _apply(call: Call, item: Item, update: etree._Element, values: dict[str, Any]) -> None:
    """Add what one change description does to `values`."""
    action = local(update.tag)
    if action not in ("SetItemField", "AppendToItemField", "DeleteItemField") or not len(update):
        raise schema_violation(f"The element 'Updates' has invalid child element '{action}'.")
    path = update[0]
    if local(path.tag) == "ExtendedFieldURI":
        _apply_extended(item, update, action, values)
        return
    uri = path.get("FieldURI") or ""
    spec = fields.BY_URI.get(uri)
    if spec is not None:
        _check_version(call, spec.name)
        values |= _change(call, item, spec, update, values)
    elif uri not in fields.SILENT_URIS:
        raise schema_violation(f"The 'FieldURI' attribute is invalid - The value '{uri}' is invalid.")
    elif not elements.is_ignored(uri.partition(":")[2]):
        raise ExchangeError("ErrorInvalidPropertySet", values={"InvalidProperty": uri})


def _change(
    call: Call, item: Item, spec: fields.FieldSpec, update: etree._Element, values: dict[str, Any]
) -> dict[str, Any]:
    """The attributes that one change description sets; `values` are those set before it."""
    action = local(update.tag)
    if item.slot is not None and spec.name == "Recurrence":
        # An occurrence has no rule of its own.
        raise ExchangeError("ErrorInvalidPropertySet", values={"InvalidProperty": spec.uri})
    if action == "DeleteItemField":
        if not spec.deletable:
            raise ExchangeError("ErrorInvalidPropertyDelete", values={"InvalidProperty": spec.uri})
        return _DEFAULTS.get(spec.name, {})
    child = _single(update)
    if local(child.tag) != spec.name:
        text = f"The property {spec.uri} does not match {local(child.tag)}."
        raise ExchangeError("ErrorUpdatePropertyMismatch", text)
    if action == "AppendToItemField":
        return _appended(item, spec, child, values)
    if not spec.settable:
        raise ExchangeError("ErrorInvalidPropertySet", values={"InvalidProperty": spec.uri})
    if spec.name == "MimeContent":
        given = composing.mime_values(read_mime(child.text or ""))
        return {name: value for name, value in given.items() if name != "uid"}
    return elements.read_field(child, call.reading)


def _single(update: etree._Element) -> etree._Element:
    """The one property inside a change description."""
    if len(update) != 2 or len(update[1]) != 1:  # noqa: PLR2004 (a path and an item)
        raise ExchangeError("ErrorIncorrectUpdatePropertyCount", "A change sets exactly one property.")
    return update[1][0]


def _appended(
    item: Item, spec: fields.FieldSpec, child: etree._Element, values: dict[str, Any]
) -> dict[str, Any]:
    if not spec.appendable:
        raise ExchangeError("ErrorInvalidPropertyAppend", values={"InvalidProperty": spec.uri})
    if spec.name == "Body":
        before = values.get("body_html", item.body_html)
        added = elements.read_body(child)
        joined = text_from_html(before) + text_from_html(added)
        return {"body_html": html_from_text(joined)}
    name = {"RequiredAttendees": "required", "OptionalAttendees": "optional", "Resources": "resources"}[
        spec.name
    ]
    present = values.get(name, getattr(item, name))
    known = {attendee.address.email.lower() for attendee in present}
    new = tuple(a for a in elements.read_attendees(child) if a.address.email.lower() not in known)
    return {name: present + new}


def _apply_extended(item: Item, update: etree._Element, action: str, values: dict[str, Any]) -> None:
    properties = dict(values.get("extended", item.extended))
    path = parse_path(update[0])
    if action == "DeleteItemField":
        properties.pop(path.key, None)
    elif action == "AppendToItemField":
        raise ExchangeError("ErrorInvalidPropertyAppend")
    else:
        child = _single(update)
        if local(child.tag) != "ExtendedProperty":
            raise ExchangeError(
                "ErrorUpdatePropertyMismatch", "An extended property was named and another was set."
            )
        key, value = elements.read_extended(child)
        if key != path.key:
            raise ExchangeError("ErrorUpdatePropertyMismatch", "The property named is not the property set.")
        properties[key] = value
    values["extended"] = MappingProxyType(properties)
