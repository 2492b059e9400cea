"""SyncFolderItems and SyncFolderHierarchy (MS-OXWSSYNC): what changed since an opaque state."""

from __future__ import annotations

from vfadmin.simulator import shape as shapes
from vfadmin.simulator import soap
from vfadmin.simulator.call import Call
from vfadmin.simulator.errors import ExchangeError, schema_violation
from vfadmin.simulator.ids import SyncCursor
from vfadmin.simulator.mailbox import Change, Mailbox
from vfadmin.simulator.names import M, T, whole
from vfadmin.simulator.operations.folders import folder_shape

PAGE_LIMIT = 512
_HIERARCHY = 0


def sync_folder_items(call: Call) -> list[str]:
    """Items created, changed and gone since a state; at most 512 in one answer."""
    shape = shapes.parse_shape(call.child("ItemShape"), call.version, listing=True)
    limit = _limit(call)
    ignored = {element.get("Id") for element in call.element.iterfind(f"{M}Ignore/{T}ItemId")}
    try:
        mailbox, folder = call.target_folder(call.child("SyncFolderId"))
        position = _position(call, mailbox, folder.number)
    except ExchangeError as error:
        return [_failed("SyncFolderItems", "Item", error)]
    pending = Mailbox.changes_since(folder.changes, position)
    page = pending[:limit]
    parts = []
    for item_id, change in page:
        if item_id in ignored:
            continue
        if change.deleted:
            parts.append(f'<t:Delete><t:ItemId Id="{item_id}"/></t:Delete>')
        else:
            kind = _kind(change, position)
            parts.append(f"<t:{kind}>{shape.render(mailbox.items[item_id], mailbox)}</t:{kind}>")
    reached = page[-1][1].position if page else max(position, _latest(folder.changes))
    state = _state(call, mailbox, folder.number, reached)
    last = str(len(page) == len(pending)).lower()
    content = (
        f"<m:SyncState>{state}</m:SyncState><m:IncludesLastItemInRange>{last}</m:IncludesLastItemInRange>"
    )
    return [soap.success("SyncFolderItems", f"{content}<m:Changes>{''.join(parts)}</m:Changes>")]


def sync_folder_hierarchy(call: Call) -> list[str]:
    """Folders created, changed and gone since a state, in the whole mailbox or below one folder."""
    shape = folder_shape(call)
    element = call.element.find(f"{M}SyncFolderId")
    try:
        if element is not None:
            mailbox, root = call.target_folder(element)
        else:
            mailbox = call.own_mailbox()
            found = mailbox.distinguished("msgfolderroot")
            assert found is not None  # noqa: S101 (every mailbox has one)
            root = found
        position = _position(call, mailbox, _HIERARCHY)
    except ExchangeError as error:
        return [_failed("SyncFolderHierarchy", "Folder", error)]
    below = {folder.id for folder in mailbox.descendants(root.id)}
    parts = []
    for folder_id, change in Mailbox.changes_since(mailbox.folder_changes, position):
        if change.deleted:
            parts.append(f'<t:Delete><t:FolderId Id="{folder_id}"/></t:Delete>')
        elif folder_id in below:
            kind = _kind(change, position)
            parts.append(f"<t:{kind}>{shape.render(mailbox.folders[folder_id], mailbox)}</t:{kind}>")
    state = _state(call, mailbox, _HIERARCHY, max(position, _latest(mailbox.folder_changes)))
    content = (
        f"<m:SyncState>{state}</m:SyncState><m:IncludesLastFolderInRange>true</m:IncludesLastFolderInRange>"
    )
    return [soap.success("SyncFolderHierarchy", f"{content}<m:Changes>{''.join(parts)}</m:Changes>")]


def _kind(change: Change, position: int) -> str:
    return "Create" if change.created > position else "Update"


def _latest(log: dict[str, Change]) -> int:
    return log[next(reversed(log))].position if log else 0


def _limit(call: Call) -> int:
    text = call.child("MaxChangesReturned").text or ""
    asked = whole(text)
    if asked is None or not 1 <= asked <= PAGE_LIMIT:
        raise schema_violation(
            f"The 'MaxChangesReturned' element is invalid - The value '{text}' is invalid."
        )
    return asked


def _position(call: Call, mailbox: Mailbox, number: int) -> int:
    text = "".join((call.element.findtext(f"{M}SyncState") or "").split())
    if not text:
        return 0
    cursor = SyncCursor.decode(text, call.store.secret)
    expected = (mailbox.epoch, mailbox.guid, number)
    if cursor is None or (cursor.epoch, cursor.mailbox, cursor.folder) != expected:
        raise ExchangeError("ErrorInvalidSyncStateData")
    return cursor.position


def _state(call: Call, mailbox: Mailbox, number: int, position: int) -> str:
    return SyncCursor(mailbox.epoch, mailbox.guid, number, position).encode(call.store.secret)


def _failed(operation: str, unit: str, error: ExchangeError) -> str:
    if error.code == "ErrorFolderNotFound":
        error = ExchangeError("ErrorSyncFolderNotFound")
    last = f"<m:IncludesLast{unit}InRange>true</m:IncludesLast{unit}InRange>"
    return soap.failure(operation, error, f"<m:SyncState/>{last}")
