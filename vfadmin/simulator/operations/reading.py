"""GetItem and FindItem (MS-OXWSCORE 3.1.4.4, MS-OXWSSRCH 3.1.4.2)."""

from __future__ import annotations

from vfadmin.simulator import paging, restriction, soap
from vfadmin.simulator import shape as shapes
from vfadmin.simulator.call import Call
from vfadmin.simulator.errors import ExchangeError
from vfadmin.simulator.item import Item
from vfadmin.simulator.mailbox import Folder
from vfadmin.simulator.names import M, words

_EMPTY = "<m:Items/>"
_NOT_SERVED = words(
    """
    FractionalPageItemView SeekToConditionPageItemView ContactsView GroupBy DistinguishedGroupBy QueryString
    """
)


def get_item(call: Call) -> list[str]:
    """Items by id, bodies included."""
    shape = shapes.parse_shape(call.child("ItemShape"), call.version)
    messages = []
    for element in call.child("ItemIds"):
        try:
            mailbox, item = call.item(element)
            messages.append(soap.success("GetItem", f"<m:Items>{shape.render(item, mailbox)}</m:Items>"))
        except ExchangeError as error:
            messages.append(soap.failure("GetItem", error, _EMPTY))
    return messages


def find_item(call: Call) -> list[str]:
    """Items of folders, filtered, sorted and paged; never with bodies."""
    shape = shapes.parse_shape(call.child("ItemShape"), call.version, listing=True)
    traversal = call.attribute("Traversal", ("Shallow", "SoftDeleted", "Associated"), required=True)
    call.refuse(_NOT_SERVED)
    messages = []
    for element in call.child("ParentFolderIds"):
        try:
            mailbox, folder = call.folder(element)
            items = list(mailbox.in_folder(folder)) if traversal == "Shallow" else []
            page = _found(call, folder, items)
            inner = "".join(shape.render(item, mailbox) for item in page.members)
            content = f"<m:RootFolder{page.attributes}><t:Items>{inner}</t:Items></m:RootFolder>"
            messages.append(soap.success("FindItem", content))
        except ExchangeError as error:
            messages.append(soap.failure("FindItem", error))
    return messages


def _found(call: Call, folder: Folder, items: list[Item]) -> paging.Page[Item]:
    wanted, order = call.element.find(f"{M}Restriction"), call.element.find(f"{M}SortOrder")
    window = call.element.find(f"{M}CalendarView")
    if window is not None:
        if not folder.is_calendar:
            raise ExchangeError(
                "ErrorCalendarFolderIsInvalidForCalendarView", "The folder is not a calendar."
            )
        if wanted is not None or order is not None:
            raise ExchangeError(
                "ErrorInvalidRestriction", "A CalendarView takes no restriction and no sort order."
            )
        return paging.in_calendar_view(items, window)
    if wanted is not None and len(wanted):
        test = restriction.predicate(wanted[0], restriction.item_getter)
        items = [item for item in items if test(item)]
    if order is not None:
        items = restriction.sort_items(items, order)
    else:
        items.reverse()
    return paging.paged(items, call.element.find(f"{M}IndexedPageItemView"))
