"""Reading items by id: in batches, and of a series its exceptions along with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from vfadmin.calendars.base import Item
from vfadmin.calendars.ews import read
from vfadmin.calendars.ews.errors import (
    Context,
    EwsFault,
    build,
    error_for,
    failure_for,
    stops_mailbox,
    translated,
)
from vfadmin.calendars.ews.session import EwsSession
from vfadmin.calendars.ews.soap import Message
from vfadmin.errors import CalendarError, Failure

NONSENSE = (ValueError, TypeError, OverflowError)
"""What values raise that no calendar can hold, such as a year 10000."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An item as it was read, with what the interface does not carry."""

    item: Item
    sensitivity: str


class ItemReader:
    """Reads the items of one mailbox. Used by one thread at a time."""

    def __init__(
        self,
        session: EwsSession,
        reader: read.Reader,
        context: Context,
        item_context: Context,
        count: Callable[[], None],
    ) -> None:
        self._session = session
        self._reader = reader
        self._context = context
        self._item_context = item_context
        self._count = count

    def get(self, ids: Collection[str]) -> list[Shown | Failure | None]:
        """Each item, its own failure, or None where there is none, in one GetItem and one more for series."""
        elements = self._elements(ids)
        masters = [one for one in elements if one is not None and not isinstance(one, Failure)]
        exceptions = [id_ for one in masters for id_ in read.exception_ids(one)]
        changed: dict[str, etree._Element | Failure] = {}
        for batch in batches(exceptions):
            pairs = zip(batch, self._elements(batch), strict=True)
            # One that is gone meanwhile belongs to a change that will be reported.
            changed |= {id_: one for id_, one in pairs if one is not None}
        return [
            one if one is None or isinstance(one, Failure) else self._read(one, changed) for one in elements
        ]

    def one(self, item_id: str) -> Shown | None:
        """The item, or None where there is none; raises CalendarError where it cannot be read."""
        (found,) = self.get([item_id])
        if isinstance(found, Failure):
            raise error_for(found)
        return found

    def lying_in(self, folder: str, ids: Collection[str]) -> frozenset[str]:
        """Those whose parent is that folder; an item that cannot be asked lies nowhere."""
        found = set()
        for batch in batches(list(dict.fromkeys(ids))):
            with translated(self._context):
                request = read.parent_request(batch)
                messages = self._session.send(request, self._context, on_request=self._count)
            for item_id, message in zip(batch, messages, strict=False):
                if message.fault is None and read.parent_of(message.first()) == folder:
                    found.add(item_id)
        return frozenset(found)

    def _elements(self, ids: Collection[str]) -> list[etree._Element | Failure | None]:
        # A fault of the whole request is not about an item, whatever its code.
        with translated(self._context):
            messages = self._session.send(read.get_request(ids), self._context, on_request=self._count)
        if len(messages) != len(ids):
            raise CalendarError(build("EX-UNKNOWN-01", self._context, detail="EmptyAnswer"))
        found = [self._element(message) for message in messages]
        for asked, one in zip(ids, found, strict=True):
            if one is None or isinstance(one, Failure):
                continue
            shown = read.item_identity(one)[0]
            if shown != asked and shown in ids:
                # Out of order: an error could then be any item's, and what is gone be the wrong one.
                raise CalendarError(build("EX-UNKNOWN-01", self._context, detail="Order"))
        return found

    def _element(self, message: Message) -> etree._Element | Failure | None:
        """The item in one GetItem message; raises what concerns more than the item."""
        try:
            return message.first()
        except EwsFault as fault:
            found = failure_for(fault, self._item_context)
            if found.code == "EX-ITEM-01":
                return None
            if stops_mailbox(found):
                raise error_for(found) from fault
            return found

    def _read(
        self, shown: etree._Element, changed: Mapping[str, etree._Element | Failure]
    ) -> Shown | Failure:
        occurrences: dict[str, etree._Element] = {}
        try:
            for id_ in read.exception_ids(shown):
                one = changed.get(id_)
                if isinstance(one, Failure):
                    return one
                if one is not None:
                    occurrences[id_] = one
            item = self._reader.item(shown, occurrences)
            if not item.id:
                return build("EX-ITEM-03", self._item_context, detail="ItemId")
            return Shown(item, read.sensitivity_of(shown))
        except NONSENSE as error:
            return build("EX-ITEM-03", self._item_context, detail=type(error).__name__)


def batches(ids: list[str]) -> Iterator[list[str]]:
    """The ids, as many to a GetItem as make a small answer."""
    for start in range(0, len(ids), read.BATCH):
        yield ids[start : start + read.BATCH]
