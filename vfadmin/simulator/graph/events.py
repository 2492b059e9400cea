"""One event: made, read, changed, deleted ("Create event", "Get event", "Update event", "Delete event")."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import partial
from typing import Any

from vfadmin.simulator import composing
from vfadmin.simulator.bodies import rewritten
from vfadmin.simulator.graph.calendars import calendar_json
from vfadmin.simulator.graph.context import GraphCall, Reply
from vfadmin.simulator.graph.errors import GraphError, invalid_request
from vfadmin.simulator.graph.mails import cancellations, invitations, updates
from vfadmin.simulator.graph.query import parse_expand, parse_select
from vfadmin.simulator.graph.reading import read_event
from vfadmin.simulator.graph.rendering import PROPERTIES, etag, event_json
from vfadmin.simulator.item import Item
from vfadmin.simulator.mailbox import Folder
from vfadmin.simulator.operations.relocation import discard

_LONGEST_TRANSACTION = 255


def get_event(call: GraphCall, calendar: str | None = None, event: str = "") -> Reply:
    """One event, or an occurrence of a series."""
    item = call.event(event, _folder(call, calendar))
    select = parse_select(call.query, PROPERTIES, "event")
    value = event_json(item, call, select, parse_expand(call.query))
    chosen = f"({','.join(sorted(select))})" if select is not None else ""
    return Reply(200, {"@odata.context": call.context(f"{_collection(calendar)}{chosen}/$entity"), **value})


def create_event(call: GraphCall, calendar: str | None = None) -> Reply:
    """A new event; whom it invites is told at once.

    A `transactionId` makes it happen once: the same request again answers the event that it made, another
    one under the same id is refused with ErrorDuplicateTransactionId. The pages promise no more than that
    there is no second event; a fault lets the service refuse the same request too.
    """
    folder = call.calendar(calendar)
    value = call.json()
    transaction = value.get("transactionId")
    if transaction is not None and (
        not isinstance(transaction, str) or not 0 < len(transaction) <= _LONGEST_TRANSACTION
    ):
        raise invalid_request("The transactionId is invalid.")
    digest = _digest(value)
    if transaction and transaction in call.mailbox.late:
        raise _repetition({})
    if "late_create" in call.faults:
        late = partial(_created, call, folder, value, transaction or "", digest)
        call.mailbox.late[transaction or digest] = late
        raise GraphError(504, "UnknownError")
    if transaction:
        made = _made_before(call, transaction)
        if made is not None:
            return _repeated(call, made, folder, digest, calendar)
    return _made(call, _created(call, folder, value, transaction or "", digest), calendar)


def _created(call: GraphCall, folder: Folder, value: dict[str, Any], transaction: str, digest: str) -> Item:
    given = read_event(value, call.store)
    if given.start is None or given.end is None:
        name = "Start" if given.start is None else "End"
        raise GraphError(
            400, "ErrorPropertyValidationFailure", f"At least one property failed validation: Event.{name}."
        )
    identity = (*call.mailbox.next_item_id(folder), folder.id)
    item = composing.compose(identity, call.mailbox.owner, call.now, given.attributes)
    mails = invitations(item)
    call.store.outbox.extend(mails)
    if "rewritten_body" in call.faults:
        item = replace(item, body_html=rewritten(item.body_html))
    item = replace(item, request_sent=bool(mails), transaction=transaction, transaction_digest=digest)
    return call.mailbox.add_item(item)


def _made_before(call: GraphCall, transaction: str) -> Item | None:
    """The event that a transaction made; one in Deleted Items only where a fault has repetitions refused."""
    deleted_too = "refused_repeat" in call.faults
    for item in call.mailbox.items.values():
        if item.transaction == transaction and (
            deleted_too or call.is_calendar(call.mailbox.folders[item.folder_id])
        ):
            return item
    return None


def _repeated(call: GraphCall, made: Item, folder: Folder, digest: str, calendar: str | None) -> Reply:
    is_same = made.transaction_digest == digest and made.folder_id == folder.id
    if is_same and "refused_repeat" not in call.faults:
        return _made(call, made, calendar)
    raise _repetition({"@event.existingEventId": call.id_of(made)})


def _repetition(told: dict[str, str]) -> GraphError:
    """Not 409: this is what clients in the field report, with the event's id beside the code."""
    return GraphError(
        400,
        "ErrorDuplicateTransactionId",
        "Your request can't be completed. The TransactionId specified in the request has already been used "
        "to create a different event.",
        told,
    )


def land(call: GraphCall) -> None:
    """Let the creates happen that were under way, unless something still holds them up."""
    if "late_create" not in call.faults:
        late, call.mailbox.late = call.mailbox.late, {}
        for create in late.values():
            create()


def _digest(value: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _made(call: GraphCall, item: Item, calendar: str | None) -> Reply:
    collection = _collection(calendar)
    place = f"{call.root}/users('{call.user}')/events('{call.id_of(item)}')"
    headers = (("Location", place), ("ETag", etag(item)))
    if call.prefer.minimal:
        return Reply(204, None, (*headers, ("OData-EntityId", place)))
    value = event_json(item, call)
    return Reply(201, {"@odata.context": call.context(f"{collection}/$entity"), **value}, headers)


def update_event(call: GraphCall, calendar: str | None = None, event: str = "") -> Reply:
    """An event with other values; an occurrence's are its own from then on. Attendees are told."""
    item = call.event(event, _folder(call, calendar))
    check_version(call, item)
    given = read_event(call.json(), call.store, item)
    if item.slot is not None and "recurrence" in given.attributes:
        raise invalid_request("An occurrence has no recurrence of its own.")
    revised = composing.revise(item, call.mailbox.owner, call.now, given.attributes)
    if "rewritten_body" in call.faults:
        revised = replace(revised, body_html=rewritten(revised.body_html))
    mails = updates(item, revised, only_changed=given.names == {"attendees"})
    saved = call.mailbox.save(replace(revised, request_sent=revised.request_sent or bool(mails)))
    call.store.outbox.extend(mails)
    if call.prefer.minimal:
        return Reply(204, None, (("ETag", etag(saved)),))
    value = event_json(saved, call)
    context = call.context(f"{_collection(calendar)}/$entity")
    return Reply(200, {"@odata.context": context, **value}, (("ETag", etag(saved)),))


def delete_event(call: GraphCall, calendar: str | None = None, event: str = "") -> Reply:
    """Move an event to Deleted Items; the organizer's deletion cancels it for those invited."""
    item = call.event(event, _folder(call, calendar))
    check_version(call, item)
    call.store.outbox.extend(cancellations(item))
    discard(call.mailbox, item, "MoveToDeletedItems")
    return Reply(204)


def remove_event(call: GraphCall, calendar: str | None = None, event: str = "") -> Reply:
    """Take an event away for good ("event: permanentDelete")."""
    item = call.event(event, _folder(call, calendar))
    call.store.outbox.extend(cancellations(item))
    discard(call.mailbox, item, "HardDelete")
    return Reply(204)


def check_version(call: GraphCall, item: Item) -> None:
    """412 where the request is for a version that is not the current one (If-Match)."""
    wanted = call.headers.get("if-match")
    if wanted is None or wanted.strip() == "*":
        return
    given = [part.strip().removeprefix("W/").strip('"') for part in wanted.split(",")]
    if item.change_key not in given:
        raise GraphError(
            412,
            "ErrorIrresolvableConflict",
            "The send or update operation could not be performed because the change key passed in the "
            "request does not match the current change key for the item.",
        )


def get_calendar_of(call: GraphCall, calendar: str | None = None, event: str = "") -> Reply:
    """The calendar that an event is in."""
    item = call.event(event, _folder(call, calendar))
    value = calendar_json(call.mailbox.folders[item.folder_id], call)
    return Reply(200, {"@odata.context": call.context("calendar/$entity"), **value})


def _folder(call: GraphCall, calendar: str | None) -> Folder | None:
    """The calendar that an address names; None: any calendar of the mailbox."""
    if calendar is None:
        return None
    return call.calendar(None if calendar == "default" else calendar)


def _collection(calendar: str | None) -> str:
    return "events" if calendar in (None, "default") else f"calendars('{calendar}')/events"
