"""Subscribe, GetEvents, Unsubscribe (MS-OXWSNTIF 3.1.4): what happens to items, told to who asked for it."""

from __future__ import annotations

from datetime import timedelta

from lxml import etree

from vfadmin.simulator import soap
from vfadmin.simulator.call import Call
from vfadmin.simulator.errors import ExchangeError, schema_violation
from vfadmin.simulator.journal import Event
from vfadmin.simulator.mailbox import Mailbox
from vfadmin.simulator.names import T, esc, local, whole
from vfadmin.simulator.subscriptions import Subscription, read_watermark, watermark
from vfadmin.simulator.times import iso
from vfadmin.simulator.versions import SchemaVersion

# NewMailEvent and FreeBusyChangedEvent may be asked for, and never come: mail is not kept here.
EVENT_TYPES = frozenset(
    (
        "CopiedEvent", "CreatedEvent", "DeletedEvent", "ModifiedEvent", "MovedEvent", "NewMailEvent",
        "FreeBusyChangedEvent",
    )
)  # fmt: skip
_LONGEST = 1440
_PAGE = 50


def subscribe(call: Call) -> list[str]:
    """Begin a pull or a streaming subscription; push is refused."""
    if len(call.element) != 1:
        raise schema_violation("The element 'Subscribe' has incomplete content.")
    try:
        content = _subscribed(call, call.element[0])
    except ExchangeError as error:
        return [soap.failure("Subscribe", error)]
    return [soap.success("Subscribe", content)]


def _check_kind(call: Call, kind: str) -> None:
    if kind == "PushSubscriptionRequest":
        text = "Push notifications are not sent from here."
        raise ExchangeError("ErrorInvalidSubscriptionRequest", text)
    if kind == "StreamingSubscriptionRequest" and call.version < SchemaVersion.EXCHANGE_2010_SP1:
        text = "Streaming subscriptions need a newer schema version."
        raise ExchangeError("ErrorIncorrectSchemaVersion", text)
    if kind not in ("PullSubscriptionRequest", "StreamingSubscriptionRequest"):
        raise schema_violation(f"The element 'Subscribe' has invalid child element '{kind}'.")


def _subscribed(call: Call, request: etree._Element) -> str:
    _check_kind(call, local(request.tag))
    kinds = _kinds(request)
    lasts = _timeout(request) if local(request.tag) == "PullSubscriptionRequest" else None
    mailbox, folders = _folders(call, request)
    position = mailbox.journal.last
    given = request.findtext(f"{T}Watermark")
    if given is not None:
        position = _position(call, mailbox, given)
    made = call.store.subscriptions.add(mailbox, folders, kinds, position, lasts, call.now)
    content = f"<m:SubscriptionId>{esc(made.id)}</m:SubscriptionId>"
    if made.is_streaming:
        return content
    return f"{content}<m:Watermark>{watermark(mailbox, position, call.store.secret)}</m:Watermark>"


def _kinds(request: etree._Element) -> frozenset[str]:
    kinds = frozenset((element.text or "").strip() for element in request.iterfind(f"{T}EventTypes/*"))
    wrong = next(iter(kinds - EVENT_TYPES), None)
    if wrong is not None or not kinds:
        raise schema_violation(f"The 'EventType' element is invalid - The value '{wrong or ''}' is invalid.")
    return kinds


def _timeout(request: etree._Element) -> timedelta:
    return timedelta(minutes=minutes(request.findtext(f"{T}Timeout"), "Timeout", _LONGEST))


def minutes(text: str | None, name: str, longest: int) -> int:
    """A number of minutes from 1 to `longest`."""
    given = whole(text)
    if given is None or not 1 <= given <= longest:
        raise schema_violation(f"The '{name}' element is invalid - The value '{text or ''}' is invalid.")
    return given


def _folders(call: Call, request: etree._Element) -> tuple[Mailbox, frozenset[str] | None]:
    """The mailbox a subscription is about, and its folders; None: all of them."""
    named = request.findall(f"{T}FolderIds/*")
    if (request.get("SubscribeToAllFolders") in ("true", "1")) == bool(named):
        text = "Either folders or all folders are subscribed to."
        raise ExchangeError("ErrorInvalidSubscriptionRequest", text)
    if not named:
        return call.own_mailbox(), None
    found = [call.folder(element) for element in named]
    mailbox = found[0][0]
    if any(other is not mailbox for other, _ in found):
        text = "All folders of a subscription are in one mailbox."
        raise ExchangeError("ErrorInvalidSubscriptionRequest", text)
    return mailbox, frozenset(folder.id for _, folder in found)


def get_events(call: Call) -> list[str]:
    """The events of a pull subscription after a watermark; a StatusEvent where there are none."""
    try:
        content = _notified(call, _subscription(call), call.child("Watermark").text or "")
    except ExchangeError as error:
        return [soap.failure("GetEvents", error)]
    return [soap.success("GetEvents", content)]


def _notified(call: Call, subscription: Subscription, given: str) -> str:
    if subscription.is_streaming:
        text = "The subscription is not one to pull from."
        raise ExchangeError("ErrorInvalidPullSubscriptionId", text)
    mailbox, secret = subscription.mailbox, call.store.secret
    events = subscription.matching(_position(call, mailbox, given))
    if events is None:
        raise ExchangeError("ErrorEventNotFound", "The event of the watermark is no longer kept.")
    subscription.used = call.now
    content = "".join(event_xml(event, mailbox, secret) for event in events[:_PAGE])
    if not events:
        mark = watermark(mailbox, mailbox.journal.last, secret)
        content = f"<t:StatusEvent><t:Watermark>{mark}</t:Watermark></t:StatusEvent>"
    more = str(len(events) > _PAGE).lower()
    return (
        f"<m:Notification><t:SubscriptionId>{esc(subscription.id)}</t:SubscriptionId>"
        f"<t:PreviousWatermark>{esc(given.strip())}</t:PreviousWatermark><t:MoreEvents>{more}</t:MoreEvents>"
        f"{content}</m:Notification>"
    )


def unsubscribe(call: Call) -> list[str]:
    """End a subscription."""
    try:
        call.store.subscriptions.remove(_subscription(call))
    except ExchangeError as error:
        return [soap.failure("Unsubscribe", error)]
    return [soap.success("Unsubscribe", "")]


def _subscription(call: Call) -> Subscription:
    found = call.store.subscriptions.find((call.child("SubscriptionId").text or "").strip(), call.now)
    if found is None:
        raise ExchangeError("ErrorSubscriptionNotFound")
    call.open(found.mailbox, "ErrorSubscriptionAccessDenied")
    return found


def _position(call: Call, mailbox: Mailbox, text: str) -> int:
    position = read_watermark(text, mailbox, call.store.secret)
    if position is None:
        raise ExchangeError("ErrorInvalidWatermark", "The watermark is invalid.")
    return position


def event_xml(event: Event, mailbox: Mailbox, secret: bytes) -> str:
    """One event, as the schema orders it."""
    content = (
        f"<t:Watermark>{watermark(mailbox, event.number, secret)}</t:Watermark>"
        f"<t:TimeStamp>{iso(event.at)}</t:TimeStamp>"
        f'<t:ItemId Id="{event.item_id}" ChangeKey="{event.change_key}"/>'
        f'<t:ParentFolderId Id="{event.folder_id}"{_folder_key(mailbox, event.folder_id)}/>'
    )
    if event.old_item_id:
        content += (
            f'<t:OldItemId Id="{event.old_item_id}" ChangeKey="{event.old_change_key}"/>'
            f'<t:OldParentFolderId Id="{event.old_folder_id}"{_folder_key(mailbox, event.old_folder_id)}/>'
        )
    return f"<t:{event.kind}>{content}</t:{event.kind}>"


def _folder_key(mailbox: Mailbox, folder_id: str) -> str:
    folder = mailbox.folders.get(folder_id)
    return f' ChangeKey="{folder.change_key}"' if folder is not None else ""
