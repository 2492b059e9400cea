"""GetFolder, FindFolder, CreateFolder, DeleteFolder (MS-OXWSFOLD)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from vfadmin.simulator import paging, restriction, soap, writers
from vfadmin.simulator.call import Call
from vfadmin.simulator.errors import ExchangeError, schema_violation
from vfadmin.simulator.mailbox import Folder, Mailbox
from vfadmin.simulator.names import M, T, esc, local, words
from vfadmin.simulator.versions import SchemaVersion

_EMPTY = "<m:Folders/>"
_ELEMENTS = (
    ("IPF.Appointment", "CalendarFolder"),
    ("IPF.Contact", "ContactsFolder"),
    ("IPF.Task", "TasksFolder"),
)
_CLASSES = {
    "CalendarFolder": "IPF.Appointment",
    "ContactsFolder": "IPF.Contact",
    "TasksFolder": "IPF.Task",
    "Folder": "IPF.Note",
}
_BASE = {
    "IdOnly": frozenset[str](),
    "Default": frozenset(("DisplayName", "TotalCount", "ChildFolderCount", "UnreadCount")),
    "AllProperties": frozenset(
        words(
            """
    ParentFolderId FolderClass DisplayName TotalCount ChildFolderCount EffectiveRights UnreadCount
    DistinguishedFolderId
    """
        )
    ),
}
_KEPT = ("FolderClass", "DisplayName", "ExtendedProperty")
"""What a new folder may be given; extended properties are not shown again."""
_DELETE_TYPES = ("HardDelete", "SoftDelete", "MoveToDeletedItems")


@dataclass(frozen=True, slots=True)
class FolderShape:
    """Which properties of folders an answer carries."""

    chosen: frozenset[str]

    def render(self, folder: Folder, mailbox: Mailbox) -> str:
        """The folder's element, its properties in schema order."""
        element = element_name(folder)
        parts = [f'<t:FolderId Id="{folder.id}" ChangeKey="{folder.change_key}"/>']
        if "ParentFolderId" in self.chosen and folder.parent_id is not None:
            parent = mailbox.folders[folder.parent_id]
            parts.append(f'<t:ParentFolderId Id="{parent.id}" ChangeKey="{parent.change_key}"/>')
        if "FolderClass" in self.chosen and folder.folder_class:
            parts.append(f"<t:FolderClass>{esc(folder.folder_class)}</t:FolderClass>")
        if "DisplayName" in self.chosen:
            parts.append(f"<t:DisplayName>{esc(folder.name)}</t:DisplayName>")
        if "TotalCount" in self.chosen:
            parts.append(f"<t:TotalCount>{len(folder.items)}</t:TotalCount>")
        if "ChildFolderCount" in self.chosen:
            count = sum(1 for _ in mailbox.children(folder.id))
            parts.append(f"<t:ChildFolderCount>{count}</t:ChildFolderCount>")
        if "EffectiveRights" in self.chosen:
            parts.append(writers.EFFECTIVE_RIGHTS)
        if "DistinguishedFolderId" in self.chosen and folder.distinguished:
            parts.append(f"<t:DistinguishedFolderId>{folder.distinguished}</t:DistinguishedFolderId>")
        if "UnreadCount" in self.chosen and element in ("Folder", "TasksFolder"):
            parts.append("<t:UnreadCount>0</t:UnreadCount>")
        return f"<t:{element}>{''.join(parts)}</t:{element}>"


def element_name(folder: Folder) -> str:
    """The element a folder of this class has."""
    return next((name for prefix, name in _ELEMENTS if folder.folder_class.startswith(prefix)), "Folder")


def folder_shape(call: Call) -> FolderShape:
    """The shape a request's FolderShape asks for."""
    element = call.child("FolderShape")
    base = element.findtext(f"{T}BaseShape")
    if base not in _BASE:
        raise schema_violation(f"The 'BaseShape' element is invalid - The value '{base}' is invalid.")
    asked = [path.get("FieldURI") or "" for path in element.iterfind(f"{T}AdditionalProperties/{T}FieldURI")]
    if not all(uri.startswith("folder:") for uri in asked):
        raise ExchangeError("ErrorInvalidPropertyRequest")
    chosen = _BASE[base] | {uri.removeprefix("folder:") for uri in asked}
    if call.version < SchemaVersion.EXCHANGE_2013:
        chosen -= {"DistinguishedFolderId"}
    return FolderShape(chosen)


def get_folder(call: Call) -> list[str]:
    """Folders by id."""
    shape = folder_shape(call)
    messages = []
    for element in call.child("FolderIds"):
        try:
            mailbox, folder = call.folder(element)
            content = f"<m:Folders>{shape.render(folder, mailbox)}</m:Folders>"
            messages.append(soap.success("GetFolder", content))
        except ExchangeError as error:
            messages.append(soap.failure("GetFolder", error, _EMPTY))
    return messages


def find_folder(call: Call) -> list[str]:
    """Folders below others, filtered and paged."""
    shape = folder_shape(call)
    traversal = call.attribute("Traversal", ("Shallow", "Deep", "SoftDeleted"), required=True)
    call.refuse(("FractionalPageFolderView",))
    view = call.element.find(f"{M}IndexedPageFolderView")
    wanted = call.element.find(f"{M}Restriction")
    messages = []
    for element in call.child("ParentFolderIds"):
        try:
            mailbox, parent = call.folder(element)
            found = _below(mailbox, parent, traversal)
            if wanted is not None and len(wanted):
                test = restriction.predicate(wanted[0], restriction.folder_getter)
                found = [folder for folder in found if test(folder)]
            page = paging.paged(found, view)
            inner = "".join(shape.render(folder, mailbox) for folder in page.members)
            content = f"<m:RootFolder{page.attributes}><t:Folders>{inner}</t:Folders></m:RootFolder>"
            messages.append(soap.success("FindFolder", content))
        except ExchangeError as error:
            messages.append(soap.failure("FindFolder", error))
    return messages


def _below(mailbox: Mailbox, parent: Folder, traversal: str | None) -> list[Folder]:
    if traversal == "SoftDeleted":
        return []
    found: Iterable[Folder] = (
        mailbox.descendants(parent.id) if traversal == "Deep" else mailbox.children(parent.id)
    )
    return sorted(found, key=lambda folder: folder.name.casefold()) if traversal == "Shallow" else list(found)


def create_folder(call: Call) -> list[str]:
    """New folders under one parent; a name that is taken is refused."""
    messages = []
    for element in call.child("Folders"):
        try:
            mailbox, parent = call.target_folder(call.child("ParentFolderId"))
            messages.append(soap.success("CreateFolder", _created(mailbox, parent, element)))
        except ExchangeError as error:
            messages.append(soap.failure("CreateFolder", _as_parent(error), _EMPTY))
    return messages


def _created(mailbox: Mailbox, parent: Folder, element: etree._Element) -> str:
    kind = local(element.tag)
    if kind not in _CLASSES:
        raise schema_violation(f"The element 'Folders' has invalid child element '{kind}'.")
    unkept = next((one for one in map(local, (c.tag for c in element)) if one not in _KEPT), None)
    if unkept is not None:
        raise ExchangeError("ErrorInvalidPropertySet", values={"InvalidProperty": f"folder:{unkept}"})
    name = (element.findtext(f"{T}DisplayName") or "").strip()
    if not name:
        raise ExchangeError("ErrorFolderSavePropertyError", "The folder name is required.")
    folder_class = element.findtext(f"{T}FolderClass") or _CLASSES[kind]
    folder = mailbox.add_folder(parent.id, name, folder_class)
    return f"<m:Folders>{FolderShape(frozenset()).render(folder, mailbox)}</m:Folders>"


def _as_parent(error: ExchangeError) -> ExchangeError:
    return ExchangeError("ErrorParentFolderNotFound") if error.code == "ErrorFolderNotFound" else error


def delete_folder(call: Call) -> list[str]:
    """Delete folders with what is in them, or move them to Deleted Items."""
    how = call.attribute("DeleteType", _DELETE_TYPES, required=True)
    messages = []
    for element in call.child("FolderIds"):
        try:
            _discard(*call.folder(element), to_deleted_items=how == "MoveToDeletedItems")
            messages.append(soap.success("DeleteFolder", ""))
        except ExchangeError as error:
            messages.append(soap.failure("DeleteFolder", error))
    return messages


def _discard(mailbox: Mailbox, folder: Folder, *, to_deleted_items: bool) -> None:
    if folder.distinguished is not None:
        raise ExchangeError("ErrorDeleteDistinguishedFolder")
    deleted = mailbox.distinguished("deleteditems")
    if to_deleted_items and deleted is not None:
        mailbox.move_folder(folder, deleted.id)
    else:
        mailbox.drop_folder(folder)
