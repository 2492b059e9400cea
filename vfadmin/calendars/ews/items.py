"""Reading items by id: in batches, and of a series its exceptions along with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from lxml import etree

from vfadmin.calendars.base import Fetched, Item
from vfadmin.calendars.ews import read
from vfadmin.calendars.ews.attendees import Invited, invited, is_cancelled
from vfadmin.calendars.ews.errors import (
    Context,
    EwsFault,
    build,
    error_for,
    failure_for,
    stops_mailbox,
    translated,
)
from vfadmin.calendars.ews.fields import Fields
from vfadmin.calendars.ews.session import EwsSession
from vfadmin.calendars.ews.soap import UNPROCESSED, Message
from vfadmin.calendars.exchange.cancelled import Cancelled
from vfadmin.errors import CalendarError, Failure

NONSENSE = (ValueError, TypeError, OverflowError)
"""What values raise that no calendar can hold, such as a year 10000."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An item as it was read, with what the interface does not carry."""

    item: Item
    sensitivity: str
    invited: tuple[Invited, ...] = ()


_Told = Fields | Failure | None
"""What is said of one id; None when nothing has that id."""
_Request = Callable[[Iterable[str]], etree._Element]  # noqa: SLF001 - what lxml calls its elements
"""What asks for ids."""


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

    def get(self, ids: Sequence[str]) -> list[Shown | Failure | Cancelled | None]:
        """Each item, its own failure, or None where there is none, in one GetItem and one more for series."""
        elements = self._elements(ids, read.get_request)
        masters = [one for one in elements if one is not None and not isinstance(one, Failure)]
        exceptions = [id_ for one in masters for id_ in read.exception_ids(one)]
        changed: dict[str, Fields | Failure] = {}
        for batch in batches(exceptions):
            pairs = zip(batch, self._elements(batch, read.get_request), strict=True)
            # One that is gone meanwhile belongs to a change that will be reported.
            changed |= {id_: one for id_, one in pairs if one is not None}
        return [
            one if one is None or isinstance(one, Failure) else self._read(asked, one, changed)
            for asked, one in zip(ids, elements, strict=True)
        ]

    def fetch(self, ids: Iterable[str]) -> tuple[Fetched, dict[str, str]]:
        """The items, in batches, and the sensitivity of each as the server names it."""
        items: dict[str, Item] = {}
        failures: dict[str, Failure] = {}
        sensitivities: dict[str, str] = {}
        cancelled = set()
        # An empty id would make the whole request malformed; it names nothing anyway.
        for batch in batches([one for one in dict.fromkeys(ids) if one]):
            for item_id, found in zip(batch, self.get(batch), strict=True):
                if isinstance(found, Failure):
                    failures[item_id] = found
                elif isinstance(found, Cancelled):
                    cancelled.add(item_id)
                elif found is not None:
                    items[item_id] = found.item
                    sensitivities[item_id] = found.sensitivity
        return Fetched(items, failures, frozenset(cancelled)), sensitivities

    def one(self, item_id: str) -> Shown | None:
        """The item, or None where there is none; raises CalendarError where it cannot be read.

        A meeting that was cancelled is none any more.
        """
        (found,) = self.get([item_id])
        if isinstance(found, Failure):
            raise error_for(found)
        return None if found is Cancelled.CANCELLED else found

    def current(self, item_id: str, version: str | None = None) -> Shown:
        """The item, if the version still stands. Raises ItemGone, StaleVersion and as `one` does."""
        found = self.one(item_id)
        if found is None:
            raise error_for(build("EX-ITEM-01", self._item_context))
        if version not in (None, found.item.version):
            raise error_for(build("EX-ITEM-02", self._item_context))
        return found

    def lying_in(self, folder: str, ids: Sequence[str]) -> frozenset[str]:
        """Those whose parent is that folder; an item that cannot be asked lies nowhere."""
        found = set()
        for batch in batches(list(dict.fromkeys(ids))):
            for item_id, one in zip(batch, self._elements(batch, read.parent_request), strict=True):
                if one is not None and not isinstance(one, Failure) and read.parent_of(one) == folder:
                    found.add(item_id)
        return frozenset(found)

    def _elements(self, ids: Sequence[str], request: _Request) -> list[_Told]:
        """What is said of each id. For what a server left out it is asked again, if need be one by one."""
        found: dict[str, _Told] = {}
        most = len(ids)
        while rest := [one for one in ids if one not in found]:
            asked = rest[:most]
            answered, in_place = self._answers(asked, request)
            if not answered and len(asked) == 1:
                raise CalendarError(build("EX-UNKNOWN-01", self._context, detail="EmptyAnswer"))
            if not answered or not in_place:
                most = 1
            found |= answered
        return [found[one] for one in ids]

    def _answers(self, ids: Sequence[str], request: _Request) -> tuple[dict[str, _Told], bool]:
        """One request's answers by the id asked for, and whether each stood at its id's place."""
        # A fault of the whole request is not about an item, whatever its code.
        with translated(self._context):
            messages = self._session.send(request(ids), self._context, on_request=self._count)
        told = {
            place: self._element(message)
            for place, message in enumerate(messages)
            if message.fault is None or message.fault.code != UNPROCESSED
        }
        if len(messages) > len(ids):
            # Which of several answers to one question holds, nobody can say.
            return {}, False
        names = {place: _name(one) for place, one in told.items()}
        astray = any(name in ids and name != ids[place] for place, name in names.items())
        if astray or len(messages) < len(ids):
            # Taken for another's, an answer would overwrite or delete that other one.
            return {name: told[place] for place, name in names.items() if name in ids}, False
        return {ids[place]: one for place, one in told.items()}, True

    def _element(self, message: Message) -> _Told:
        """The item in one GetItem message; raises what concerns more than the item."""
        try:
            return Fields(message.first())
        except EwsFault as fault:
            found = failure_for(fault, self._item_context)
            if found.code == "EX-ITEM-01":
                return None
            if stops_mailbox(found):
                raise error_for(found) from fault
            return found

    def _read(
        self, asked: str, shown: Fields, changed: Mapping[str, Fields | Failure]
    ) -> Shown | Failure | Cancelled:
        if is_cancelled(shown, self._reader.mailbox):
            return Cancelled.CANCELLED
        occurrences: dict[str, Fields] = {}
        try:
            for id_ in read.exception_ids(shown):
                one = changed.get(id_)
                if isinstance(one, Failure):
                    return one
                if one is not None:
                    occurrences[id_] = one
            if not read.identity(shown)[0]:
                return build("EX-ITEM-03", self._item_context, detail="ItemId")
            entries = invited(shown)
            # Under the id asked for, in whose form everybody else knows the item.
            item = self._reader.item(asked, shown, entries, occurrences)
            return Shown(item, read.sensitivity_of(shown), entries)
        except NONSENSE as error:
            return build("EX-ITEM-03", self._item_context, detail=type(error).__name__)


def batches(ids: list[str]) -> Iterator[list[str]]:
    """The ids, as many to a GetItem as make a small answer."""
    for start in range(0, len(ids), read.BATCH):
        yield ids[start : start + read.BATCH]


@contextmanager
def representable(context: Context) -> Iterator[None]:
    """What cannot be put into a request at all is a failure of the item, as if the server refused it."""
    try:
        yield
    except NONSENSE as error:
        raise CalendarError(build("EX-ITEM-03", context, detail=type(error).__name__)) from error


def _name(told: _Told) -> str:
    return "" if told is None or isinstance(told, Failure) else read.identity(told)[0]
