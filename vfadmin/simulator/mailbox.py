"""One mailbox: folders, items and what changed when. Plain state; the store's lock protects it.

Every write takes the next number of the mailbox; change keys and sync positions come from it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from vfadmin.simulator import ids, series
from vfadmin.simulator.config import MailboxSpec
from vfadmin.simulator.errors import ExchangeError
from vfadmin.simulator.item import Address, Item
from vfadmin.simulator.journal import Journal

CALENDAR_CLASS = "IPF.Appointment"
_ITEM_KEY = b"\x0f"
_CALENDAR_KEY = b"\x02"
_FOLDER_KEY = b"\x01"
# distinguished name, parent, display name, folder class
DEFAULT_FOLDERS = (
    ("root", None, "Root", ""),
    ("msgfolderroot", "root", "Top of Information Store", ""),
    ("searchfolders", "root", "Finder", ""),
    ("recoverableitemsroot", "root", "Recoverable Items", ""),
    ("recoverableitemsdeletions", "recoverableitemsroot", "Deletions", ""),
    ("calendar", "msgfolderroot", "Calendar", CALENDAR_CLASS),
    ("contacts", "msgfolderroot", "Contacts", "IPF.Contact"),
    ("deleteditems", "msgfolderroot", "Deleted Items", "IPF.Note"),
    ("drafts", "msgfolderroot", "Drafts", "IPF.Note"),
    ("inbox", "msgfolderroot", "Inbox", "IPF.Note"),
    ("journal", "msgfolderroot", "Journal", "IPF.Journal"),
    ("junkemail", "msgfolderroot", "Junk Email", "IPF.Note"),
    ("notes", "msgfolderroot", "Notes", "IPF.StickyNote"),
    ("outbox", "msgfolderroot", "Outbox", "IPF.Note"),
    ("sentitems", "msgfolderroot", "Sent Items", "IPF.Note"),
    ("tasks", "msgfolderroot", "Tasks", "IPF.Task"),
)


@dataclass(frozen=True, slots=True)
class Change:
    """The last thing that happened to an item or folder, as the change log keeps it."""

    position: int
    created: int
    deleted: bool = False


@dataclass(slots=True)
class Folder:
    """A folder with its change log; the log is kept in order of position, latest last."""

    id: str
    change_key: str
    number: int
    parent_id: str | None
    name: str
    folder_class: str = ""
    distinguished: str | None = None
    items: dict[str, None] = field(default_factory=dict)
    changes: dict[str, Change] = field(default_factory=dict)

    @property
    def is_calendar(self) -> bool:
        """Whether calendar items may be created here."""
        return self.folder_class.startswith(CALENDAR_CLASS)


class Mailbox:
    """Folders and items of one person, with the change logs that sync states point into."""

    def __init__(self, spec: MailboxSpec) -> None:
        self.spec = spec
        self.sid = (
            f"S-1-5-21-{uuid.uuid4().int % 10**9}-{uuid.uuid4().int % 10**9}-1{uuid.uuid4().int % 10**3:03d}"
        )
        self.guid = uuid.uuid4()
        self.epoch = uuid.uuid4()
        self.sequence = 0
        self.journal = Journal()
        self.folders: dict[str, Folder] = {}
        self.items: dict[str, Item] = {}
        # Creates that a client was told nothing of and that nothing shows yet, by their transactions.
        self.late: dict[str, Callable[[], object]] = {}
        self.folder_changes: dict[str, Change] = {}
        self._by_name: dict[str, Folder] = {}
        self._by_birth: dict[int, str] = {}
        for name, parent, display, folder_class in DEFAULT_FOLDERS:
            parent_id = self._by_name[parent].id if parent else None
            self._by_name[name] = self.add_folder(parent_id, display, folder_class, distinguished=name)

    @classmethod
    def restored(
        cls,
        spec: MailboxSpec,
        sid: str,
        identity: tuple[uuid.UUID, uuid.UUID],
        sequence: int,
        folders: list[Folder],
        items: list[Item],
        folder_changes: dict[str, Change],
    ) -> Mailbox:
        """A mailbox as it was when it was kept; `identity` is its id and its generation of sync states."""
        mailbox = cls(spec)
        mailbox.sid, mailbox.sequence, mailbox.folder_changes = sid, sequence, folder_changes
        mailbox.guid, mailbox.epoch = identity
        mailbox.folders = {folder.id: folder for folder in folders}
        mailbox._by_name = {folder.distinguished: folder for folder in folders if folder.distinguished}
        mailbox.items = {item.id: item for item in items}
        mailbox._by_birth = {item.birth: item.id for item in items}
        return mailbox

    @property
    def owner(self) -> Address:
        """The mailbox's person."""
        return Address(self.spec.display_name, self.spec.email)

    def tick(self) -> int:
        """The number of the next write."""
        self.sequence += 1
        return self.sequence

    # --- folders

    def add_folder(
        self, parent_id: str | None, name: str, folder_class: str, *, distinguished: str | None = None
    ) -> Folder:
        """Add a folder; a name taken under the same parent is refused with ErrorFolderExists."""
        if parent_id is not None and any(
            f.name.casefold() == name.casefold() for f in self.children(parent_id)
        ):
            raise ExchangeError("ErrorFolderExists")
        number = self.tick()
        kind = _CALENDAR_KEY if folder_class.startswith(CALENDAR_CLASS) else _FOLDER_KEY
        key = ids.change_key(kind, self.guid, number)
        folder = Folder(
            ids.folder_id(self.guid, number), key, number, parent_id, name, folder_class, distinguished
        )
        self.folders[folder.id] = folder
        self._log(self.folder_changes, folder.id, number)
        return folder

    def distinguished(self, name: str) -> Folder | None:
        """A well-known folder; None where this mailbox has none by that name."""
        return self._by_name.get(name)

    def folder(self, folder_id: str) -> Folder:
        """A folder by id, or ErrorFolderNotFound."""
        try:
            return self.folders[folder_id]
        except KeyError:
            raise ExchangeError("ErrorFolderNotFound") from None

    def children(self, folder_id: str) -> Iterator[Folder]:
        """The folders directly below one."""
        return (folder for folder in self.folders.values() if folder.parent_id == folder_id)

    def descendants(self, folder_id: str) -> Iterator[Folder]:
        """All folders below one, parents first."""
        for child in self.children(folder_id):
            yield child
            yield from self.descendants(child.id)

    def drop_folder(self, folder: Folder) -> None:
        """Take a folder away with all that is in it."""
        for child in tuple(self.children(folder.id)):
            self.drop_folder(child)
        for item_id in folder.items:
            del self.items[item_id]
        del self.folders[folder.id]
        self._log(self.folder_changes, folder.id, self.tick(), deleted=True)

    def move_folder(self, folder: Folder, parent_id: str) -> None:
        """Put a folder under another parent; its id stays."""
        folder.parent_id = parent_id
        number = self.tick()
        folder.change_key = ids.change_key(_CALENDAR_KEY, self.guid, number)
        self._log(self.folder_changes, folder.id, number)

    def rename_folder(self, folder: Folder, name: str) -> None:
        """Give a folder another name; ErrorFolderExists where a neighbour has it."""
        beside = self.children(folder.parent_id) if folder.parent_id else ()
        if any(other is not folder and other.name.casefold() == name.casefold() for other in beside):
            raise ExchangeError("ErrorFolderExists")
        folder.name = name
        number = self.tick()
        folder.change_key = ids.change_key(_CALENDAR_KEY, self.guid, number)
        self._log(self.folder_changes, folder.id, number)

    # --- items

    def next_item_id(self, folder: Folder) -> tuple[str, str]:
        """A fresh id and change key for an item about to be put in a folder."""
        number = self.tick()
        return ids.item_id(self.guid, folder.number, number), ids.change_key(_ITEM_KEY, self.guid, number)

    def add_item(self, item: Item, *, copy_of: Item | None = None) -> Item:
        """Put a new item where its folder id says; `copy_of` is what it was made from in this mailbox."""
        # What came from elsewhere is born here: only a move within a mailbox keeps an item's number.
        item = replace(item, born=0)
        self._put(item)
        self.journal.record("CopiedEvent" if copy_of else "CreatedEvent", item, copy_of)
        return item

    def _put(self, item: Item) -> None:
        folder = self.folders[item.folder_id]
        self.items[item.id] = item
        folder.items[item.id] = None
        self._by_birth[item.birth] = item.id
        self._log(folder.changes, item.id, self.sequence)

    def item(self, item_id: str) -> Item:
        """An item or a series' occurrence by id, or ErrorItemNotFound."""
        item = self.items.get(item_id)
        if item is not None:
            return item
        parts = ids.split_occurrence(item_id)
        if parts is None or parts[0] not in self.items:
            raise ExchangeError("ErrorItemNotFound")
        return series.occurrence(self.items[parts[0]], parts[1])

    def by_birth(self, birth: int) -> Item | None:
        """The item that was made by a write, wherever it is now; None where it is gone."""
        return self.items.get(self._by_birth.get(birth, ""))

    def save(self, item: Item) -> Item:
        """Replace an item's content; its change key moves. An occurrence's are its master's."""
        if item.slot is not None:
            master = self.save(series.with_exception(self.items[item.slot.master_id], item))
            return series.occurrence(master, item.slot.day)
        number = self.tick()
        saved = replace(item, change_key=ids.change_key(_ITEM_KEY, self.guid, number))
        self.items[item.id] = saved
        self._log(self.folders[item.folder_id].changes, item.id, number)
        self.journal.record("ModifiedEvent", saved)
        return saved

    def amend(self, item: Item) -> None:
        """Replace an item's content with nothing to tell of it."""
        if item.slot is not None:
            item = series.with_exception(self.items[item.slot.master_id], item)
        self.items[item.id] = item

    def drop_occurrence(self, item: Item) -> bool:
        """Delete an occurrence from its series; False, and nothing done, where it is the last one."""
        assert item.slot is not None  # noqa: S101 (an occurrence)
        master = series.without(self.items[item.slot.master_id], item.slot.day)
        if master is None:
            return False
        self.save(replace(master, modified=self.journal.clock().replace(microsecond=0)))
        return True

    def remove(self, item: Item) -> None:
        """Take an item away for good."""
        self._take(item)
        self.journal.record("DeletedEvent", item)

    def _take(self, item: Item) -> None:
        folder = self.folders[item.folder_id]
        del self.items[item.id]
        del folder.items[item.id]
        self._log(folder.changes, item.id, self.tick(), deleted=True)

    def move(self, item: Item, folder: Folder) -> Item:
        """Move an item; it gets a new id, as EWS ids name their folder."""
        self._take(item)
        new_id, key = self.next_item_id(folder)
        moved = replace(item, id=new_id, change_key=key, folder_id=folder.id, born=item.birth)
        self._put(moved)
        self.journal.record("MovedEvent", moved, item)
        return moved

    def in_folder(self, folder: Folder) -> Iterator[Item]:
        """The items of a folder, oldest first."""
        return (self.items[item_id] for item_id in folder.items)

    # --- change logs

    @staticmethod
    def _log(log: dict[str, Change], key: str, position: int, *, deleted: bool = False) -> None:
        previous = log.pop(key, None)
        created = previous.created if previous is not None else position
        log[key] = Change(position, created, deleted)

    @staticmethod
    def changes_since(log: dict[str, Change], position: int) -> list[tuple[str, Change]]:
        """What changed after a position, in order; the log is read from its end, so an idle one is free."""
        found = []
        for key in reversed(log):
            change = log[key]
            if change.position <= position:
                break
            if not (change.deleted and change.created > position):
                found.append((key, change))
        found.reverse()
        return found

    # --- what happens to whole mailboxes

    def clear(self) -> None:
        """Drop all items and own folders; the well-known folders keep their ids, old sync states are void."""
        for folder in tuple(self.folders.values()):
            if folder.distinguished is None and folder.id in self.folders:
                self.drop_folder(folder)
            folder.items.clear()
            folder.changes.clear()
        self.items.clear()
        self.folder_changes = {folder_id: self.folder_changes[folder_id] for folder_id in self.folders}
        self.epoch = uuid.uuid4()
        self.journal.renew()

    def renew_epoch(self) -> None:
        """Make all sync states of this mailbox void."""
        self.epoch = uuid.uuid4()

    def relocate(self) -> None:
        """Give the mailbox, its folders and items new identities, as a move to another store does."""
        self.guid, self.epoch = uuid.uuid4(), uuid.uuid4()
        new_ids: dict[str, str] = {}
        for folder in self.folders.values():
            new_ids[folder.id] = ids.folder_id(self.guid, folder.number)
        folders, items = tuple(self.folders.values()), tuple(self.items.values())
        self.folders, self.items, self.folder_changes, self._by_birth = {}, {}, {}, {}
        for folder in folders:
            folder.id = new_ids[folder.id]
            folder.parent_id = new_ids[folder.parent_id] if folder.parent_id else None
            folder.items, folder.changes = {}, {}
            self.folders[folder.id] = folder
            self._log(self.folder_changes, folder.id, self.tick())
        for item in items:
            folder = self.folders[new_ids[item.folder_id]]
            item_id, key = self.next_item_id(folder)
            self._put(replace(item, id=item_id, change_key=key, folder_id=folder.id))
        self.journal.renew()
