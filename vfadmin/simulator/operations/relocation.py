"""DeleteItem, MoveItem, CopyItem (MS-OXWSCORE 3.1.4.3, 3.1.4.7, 3.1.4.1)."""

from __future__ import annotations

from dataclasses import replace

from vfadmin.simulator import shape as shapes
from vfadmin.simulator import soap
from vfadmin.simulator.call import Call
from vfadmin.simulator.errors import ExchangeError
from vfadmin.simulator.item import Item
from vfadmin.simulator.mailbox import Folder, Mailbox
from vfadmin.simulator.operations import meetings

_EMPTY = "<m:Items/>"
_ID_ONLY = shapes.id_only()


def delete_item(call: Call) -> list[str]:
    """Delete items, for good or to Deleted Items. The change key is not looked at, as on a real server."""
    how = call.attribute("DeleteType", ("HardDelete", "SoftDelete", "MoveToDeletedItems"), required=True)
    mode = call.attribute("SendMeetingCancellations", meetings.CREATE_OR_DELETE)
    messages = []
    for element in call.child("ItemIds"):
        try:
            _delete(call, *call.item(element), str(how), mode)
            messages.append(soap.success("DeleteItem", ""))
        except ExchangeError as error:
            messages.append(soap.failure("DeleteItem", error))
    return messages


def _delete(call: Call, mailbox: Mailbox, item: Item, how: str, mode: str | None) -> None:
    if mode is None:
        raise ExchangeError("ErrorSendMeetingCancellationsRequired")
    call.store.outbox.extend(meetings.cancellations(item, mode))
    discard(mailbox, item, how)


def discard(mailbox: Mailbox, item: Item, how: str) -> Item | None:
    """Delete an item in one of the three ways; where it went, or None if it is gone."""
    deleted = mailbox.distinguished("deleteditems")
    dumpster = mailbox.distinguished("recoverableitemsdeletions")
    assert deleted is not None  # noqa: S101 (every mailbox has both)
    assert dumpster is not None  # noqa: S101
    if item.slot is not None:
        # The last occurrence takes the series with it.
        if mailbox.drop_occurrence(item):
            return None
        item = mailbox.item(item.slot.master_id)
    if how == "MoveToDeletedItems" and item.folder_id != deleted.id:
        return mailbox.move(item, deleted)
    if how != "HardDelete" and item.folder_id != dumpster.id:
        return mailbox.move(item, dumpster)
    mailbox.remove(item)
    return None


def move_item(call: Call) -> list[str]:
    """Move items to a folder; their ids change."""
    return _relocated(call, "MoveItem")


def copy_item(call: Call) -> list[str]:
    """Copy items to a folder."""
    return _relocated(call, "CopyItem")


def _relocated(call: Call, operation: str) -> list[str]:
    messages = []
    for element in call.child("ItemIds"):
        try:
            target, folder = _target(call)
            mailbox, item = call.item(element)
            moved = _transferred(mailbox, item, target, folder, keep=operation == "CopyItem")
            content = f"<m:Items>{_ID_ONLY.render(moved, target)}</m:Items>" if target is mailbox else _EMPTY
            messages.append(soap.success(operation, content))
        except ExchangeError as error:
            messages.append(soap.failure(operation, error, _EMPTY))
    return messages


def _target(call: Call) -> tuple[Mailbox, Folder]:
    try:
        return call.target_folder(call.child("ToFolderId"))
    except ExchangeError as error:
        raise (
            ExchangeError("ErrorToFolderNotFound") if error.code == "ErrorFolderNotFound" else error
        ) from None


def _transferred(mailbox: Mailbox, item: Item, target: Mailbox, folder: Folder, *, keep: bool) -> Item:
    if item.slot is not None:
        raise ExchangeError("ErrorCalendarCannotMoveOrCopyOccurrence")
    if target is mailbox and not keep:
        return mailbox.move(item, folder)
    if not keep:
        mailbox.remove(item)
    item_id, change_key = target.next_item_id(folder)
    placed = replace(item, id=item_id, change_key=change_key, folder_id=folder.id)
    return target.add_item(placed, copy_of=item if target is mailbox else None)
