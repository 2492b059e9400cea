"""One request under way, and its answer before it becomes HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from vfadmin.simulator import ids, series
from vfadmin.simulator.errors import ExchangeError
from vfadmin.simulator.graph import identifiers
from vfadmin.simulator.graph.delta_state import DeltaStates
from vfadmin.simulator.graph.errors import GraphError, bad_request, not_found
from vfadmin.simulator.graph.prefer import Prefer
from vfadmin.simulator.graph.query import Query
from vfadmin.simulator.item import Item
from vfadmin.simulator.mailbox import Folder, Mailbox
from vfadmin.simulator.store import Store


@dataclass(frozen=True, slots=True)
class Reply:
    """What a request is answered: a status, a JSON value (None: no body) and headers of its own."""

    status: int
    value: Any = None
    headers: tuple[tuple[str, str], ...] = ()


def _nothing(_: Item) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class GraphCall:
    """A request with the mailbox it is about.

    `root` is the address of the version (`https://host/v1.0`), `path` what follows it, `user` how the client
    named the person. `zone` is the mailbox's own zone (Windows id). `refusal` gives the code that an item
    answers instead of being served (a fault), or nothing.
    """

    store: Store
    mailbox: Mailbox
    states: DeltaStates
    root: str
    path: str
    user: str
    query: Query
    prefer: Prefer
    headers: dict[str, str]
    body: bytes
    now: datetime
    zone: str = "UTC"
    faults: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    refusal: Callable[[Item], str] = field(default=_nothing)

    # --- the request

    def json(self) -> dict[str, Any]:
        """The object in the body; 400 where there is none."""
        kind = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in ("application/json", "text/json"):
            raise bad_request(
                "A valid Content-Type header is needed: the body must be application/json.", "RequestBodyRead"
            )
        return parse_object(self.body)

    def need_role(self, *roles: str) -> None:
        """403 unless the application was granted one of these permissions."""
        if not self.roles.intersection(roles):
            raise GraphError(403, "ErrorAccessDenied")

    # --- what it is about

    def calendar(self, calendar_id: str | None) -> Folder:
        """A calendar by its id, the default one for None; 404 where there is none, or it was deleted."""
        if calendar_id is None:
            found = self.mailbox.distinguished("calendar")
            assert found is not None  # noqa: S101 (every mailbox has one)
            return found
        ews_id = identifiers.from_rest(calendar_id)
        parsed = ids.parse_id(ews_id)
        if parsed is None or not parsed.is_folder:
            raise GraphError(400, "ErrorInvalidIdMalformed", "Id is malformed.")
        folder = self.mailbox.folders.get(ews_id)
        if folder is None or not self.is_calendar(folder):
            raise not_found()
        return folder

    def is_calendar(self, folder: Folder) -> bool:
        """Whether a folder is a calendar that its owner still has."""
        if not folder.is_calendar:
            return False
        above: Folder | None = folder
        while above is not None:
            if above.distinguished in ("deleteditems", "recoverableitemsroot"):
                return False
            above = self.mailbox.folders[above.parent_id] if above.parent_id else None
        return True

    def event(self, event_id: str, folder: Folder | None = None) -> Item:
        """An event or occurrence in a calendar (any for None), by an id of either kind.

        404 where there is none: what lies in Deleted Items is no event of a calendar's any more.
        """
        item = self._found(event_id)
        if folder is not None and item.folder_id != folder.id:
            raise not_found()
        if not self.is_calendar(self.mailbox.folders[item.folder_id]):
            raise not_found()
        code = self.refusal(item)
        if code:
            raise GraphError(500, code)
        return item

    def _found(self, event_id: str) -> Item:
        immutable = identifiers.parse_immutable(event_id)
        try:
            if immutable is not None:
                item = self.mailbox.by_birth(immutable.birth)
                if item is None or immutable.mailbox != self.mailbox.guid:
                    raise not_found()
                return series.occurrence(item, immutable.day) if immutable.day else item
            ews_id = identifiers.from_rest(event_id)
            parsed = ids.parse_id(ews_id)
            if parsed is None or parsed.is_folder:
                raise GraphError(400, "ErrorInvalidIdMalformed", "Id is malformed.")
            return self.mailbox.item(ews_id)
        except ExchangeError:
            raise not_found() from None

    # --- ids in answers

    def id_of(self, item: Item) -> str:
        """An event's id in the form the client prefers."""
        if self.prefer.immutable:
            return identifiers.immutable_of(item, self.mailbox).text
        return identifiers.to_rest(item.id)

    def master_id_of(self, item: Item) -> str | None:
        """The id of an occurrence's series."""
        if item.slot is None:
            return None
        if self.prefer.immutable:
            return identifiers.ImmutableId(self.mailbox.guid, item.birth).text
        return identifiers.to_rest(item.slot.master_id)

    def context(self, collection: str) -> str:
        """The address of the metadata of a collection of this user's."""
        return f"{self.root}/$metadata#users('{self.user}')/{collection}"


def parse_object(body: bytes) -> dict[str, Any]:
    """A JSON object; 400 for anything else."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise bad_request(
            "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of "
            "valid JSON format."
        )
    return value
