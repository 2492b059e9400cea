"""What several writes look like in one request: each an element of its own, key and stamp inside."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass

from lxml import etree

from vfadmin.calendars.base import Draft, People, Written
from vfadmin.calendars.event import Event
from vfadmin.calendars.ews import write
from vfadmin.calendars.ews.errors import Context
from vfadmin.calendars.ews.items import representable
from vfadmin.calendars.ews.keys import Keys
from vfadmin.calendars.ews.session import EwsSession
from vfadmin.calendars.ews.soap import Message
from vfadmin.calendars.ews.together import named
from vfadmin.calendars.exchange.marks import uid_for
from vfadmin.calendars.exchange.occurrences import deviates
from vfadmin.calendars.series import OVERRIDABLE

OF_SERIES = frozenset({"when", "recurrence", *OVERRIDABLE})
"""The fields whose change may take several requests where an event comes again."""


@dataclass(frozen=True, slots=True)
class Drafter:
    """Makes and sends the writes of one calendar that take a single request.

    ``sensitivities`` are those last read, by id; see `to_write`.
    """

    session: EwsSession
    keys: Keys
    place: Callable[[], etree._Element]
    home: Callable[[], write.Home]
    people: Callable[[], People]
    project: Callable[[Event], Event]
    sensitivities: MutableMapping[str, str]
    context: Context
    count: Callable[[], None]

    def make(self, draft: Draft) -> etree._Element | None:
        """The write's element; None where it takes more than a request, or its key is there already."""
        shown = self.project(draft.event)
        with representable(self.context):
            if draft.id is None:
                if deviates(shown.recurrence) or self.keys.ids(draft.mark.key):
                    return None
                return write.new_item(shown, draft.mark, self.home(), people=self.people())
            of_series = shown.recurrence is not None and draft.names & OF_SERIES
            if not draft.id or of_series or "participants" in draft.names:
                return None
            names = to_write(self.sensitivities, draft.id, draft.event, draft.names)
            changes = write.parts(shown, names, draft.mark, self.home())
            return write.item_change(draft.id, draft.version, changes)

    def send(self, drafts: Sequence[Draft], made: Sequence[etree._Element]) -> Sequence[Message]:
        """One request with all of them, which are of one kind."""
        if drafts[0].id is not None:
            return self._sent(write.update_request(made))
        known = self.keys.doubt()
        messages = self._sent(write.create_request(self.place(), made))
        ids = [named(one) for one in messages]
        if len(ids) == len(drafts) and all(ids):
            self.keys.settle(known, {one.mark.key: id_ for one, id_ in zip(drafts, ids, strict=True)})
        return messages

    def _sent(self, request: etree._Element) -> Sequence[Message]:
        return self.session.send(request, self.context, on_request=self.count)


def left(draft: Draft, item_id: str, version: str) -> Written:
    """What a write of several left behind."""
    uid = draft.mark.uid or uid_for(draft.mark.key)
    return Written(item_id, version, uid=uid if draft.id is None else None)


def to_write(
    sensitivities: MutableMapping[str, str], item_id: str, event: Event, names: frozenset[str]
) -> frozenset[str]:
    """The named fields but a sensitivity that says the same already."""
    current = sensitivities.pop(item_id, None)
    keeps = current is not None and write.keeps_sensitivity(current, event)
    return names - {"private"} if keeps else names
