"""What one misbehaviour is: a plain value, checked when it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from vfadmin.simulator.faults.graph_operations import GRAPH_LISTS, GRAPH_OPERATIONS
from vfadmin.simulator.operations import OPERATIONS, STREAMED

Stage = Literal["instead", "during", "item", "kept", "told", "content", "slow", "transport"]
MOMENTS = ("before", "middle", "after")
# Kinds that put something in the answer's place, before the effect or after it.
REPLACING = ("answer", "foreign_xml", "login_page")
STAGES: dict[str, Stage] = {
    "truncated_xml": "transport",
    "truncated_json": "transport",
    "drip": "transport",
    "moved_mailbox": "during",
    "lost_state": "during",
    "quarantined": "item",
    "rewritten_body": "kept",
    "empty_list": "content",
    "partial_list": "content",
    "clock_skew": "content",
    "slow": "slow",
    "replayed": "told",
    "duplicated": "told",
    "touched": "told",
    "refused_repeat": "told",
    "late_create": "told",
}
KINDS = (*REPLACING, *STAGES)
_LISTS = frozenset(("SyncFolderItems", "FindItem", *GRAPH_LISTS))
_DELTA = frozenset(("GraphDelta",))
# Where a kind means something; a rule does not count requests it cannot touch.
_ONLY: dict[str, frozenset[str]] = {
    "lost_state": frozenset(("SyncFolderItems", "SyncFolderHierarchy", "GraphDelta")),
    "empty_list": _LISTS,
    "partial_list": _LISTS,
    "rewritten_body": frozenset(("CreateItem", "UpdateItem", "GraphCreateEvent", "GraphUpdateEvent")),
    "truncated_json": frozenset(GRAPH_OPERATIONS),
    "slow": frozenset(GRAPH_OPERATIONS),
    "replayed": _DELTA,
    "duplicated": _DELTA,
    "touched": _DELTA,
    "refused_repeat": frozenset(("GraphCreateEvent",)),
}
_TEXTS = ("kind", "moment", "operation", "mailbox", "code", "subject", "item_id")
_COUNTS = ("status", "cut", "skip", "seed", "pause_ms", "piece")
_OPTIONAL_COUNTS = ("times", "back_off_ms", "retry_after")
_SHARES = ("probability", "share")


class RuleError(ValueError):
    """A rule that is none; `key` is what is wrong in it."""

    def __init__(self, key: str, problem: str) -> None:
        self.key = key
        super().__init__(f"the key '{key}' of a fault rule {problem}")


@dataclass(frozen=True, slots=True)
class FaultRule:
    """One misbehaviour. It strikes where `operation` and `mailbox` fit (empty: any).

    `skip` fitting requests pass before the first strike; `times` None: for ever. Of the rest, `probability`
    are struck; which ones follows from `seed` and the request's number alone.

    Kinds, and what they read besides:

    - `answer`: `status` with `code` (and `back_off_ms`) makes a SOAP fault, without it an empty answer, with
      `retry_after` in seconds; status 0 resets the connection. `moment`: "before" (no effect), "after" (the
      effect is there, the answer is not), "middle" (likewise, but `cut` bytes go out before the reset).
    - `foreign_xml`, `login_page`: XML that is not SOAP, or an HTML page, with status 200; `moment`.
    - `truncated_xml`: a whole HTTP answer whose XML ends after `cut` bytes.
    - `drip`: `piece` bytes at a time, `pause_ms` apart.
    - `moved_mailbox`: the mailbox gets new ids throughout; the request is refused with `code`, if any.
    - `lost_state`: ErrorInvalidSyncStateData to a request that brings a state.
    - `empty_list`, `partial_list`: SyncFolderItems and FindItem show nothing, or a `share` that follows from
      `seed` and the items' numbers. The sync state stays where it was, so what was held back comes later.
    - `clock_skew`: all times of the server's own are `skew_s` seconds ahead (negative: behind).
    - `rewritten_body`: what was written is kept with one more line in its body, once.
    - `quarantined`: reading or writing the item of this `subject` or `item_id` answers `code` instead.

    Operations whose names begin with Graph are those of the other half. There a `code` makes an error in
    JSON, `AADSTS` with a number one of Entra's (GraphToken, GraphDiscovery); `lost_state` answers 410 with
    `code` (SyncStateNotFound if none). It has kinds of its own:

    - `truncated_json`: what `truncated_xml` is here.
    - `slow`: the answer waits `pause_ms`, and the mailbox is busy meanwhile.
    - `replayed`: a delta tells what it told before once more; `duplicated`: all of a page twice; `touched`:
      everything in the window has a new version and modification time, with nothing changed in it.
    - `refused_repeat`: a create that is repeated under its transactionId is refused, though it is the same,
      or its event lies in Deleted Items.
    - `late_create`: a create is answered by 504 and happens once the rule is gone; until then its
      transactionId is taken, and nothing shows the event. For every operation, so `times` is best None.

    A stream of events knows the kinds `answer`, `foreign_xml`, `login_page` and `truncated_xml` alone.
    """

    moment: str = "before"
    operation: str = ""
    mailbox: str = ""
    status: int = 503
    code: str = ""
    back_off_ms: int | None = None
    cut: int = 100
    skip: int = 0
    times: int | None = 1
    kind: str = "answer"
    retry_after: int | None = None
    probability: float = 1.0
    seed: int = 0
    piece: int = 64
    pause_ms: int = 50
    share: float = 0.5
    skew_s: int = 0
    subject: str = ""
    item_id: str = ""

    def __post_init__(self) -> None:
        for field in fields(self):
            _check_type(field.name, getattr(self, field.name))
        if self.kind not in KINDS:
            raise RuleError("kind", f"must be one of {', '.join(KINDS)}")
        if self.moment not in MOMENTS:
            raise RuleError("moment", f"must be one of {', '.join(MOMENTS)}")
        if self.moment == "middle" and self.kind != "answer":
            raise RuleError("moment", "may be 'middle' for the kind 'answer' only")
        if self.piece == 0:
            raise RuleError("piece", "must be 1 or more")
        if self.kind == "quarantined" and not self.subject and not self.item_id:
            raise RuleError("subject", "or 'item_id' must say which item is quarantined")

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> FaultRule:
        """A rule from a JSON object; RuleError names the key that is wrong."""
        known = {field.name for field in fields(cls)}
        unknown = next((key for key in value if key not in known), None)
        if unknown is not None:
            raise RuleError(unknown, f"is not known; known are {', '.join(sorted(known))}")
        rule = cls(**value)
        operations = sorted((*OPERATIONS, STREAMED, *GRAPH_OPERATIONS))
        if rule.operation and rule.operation not in operations:
            raise RuleError("operation", f"must be one of {', '.join(operations)}")
        return rule

    @property
    def stage(self) -> Stage:
        """Where in a request's way the rule strikes."""
        if self.kind in REPLACING:
            return "instead" if self.moment == "before" else "transport"
        return STAGES[self.kind]

    def fits(self, operation: str, mailbox: str) -> bool:
        """Whether the rule is about such a request."""
        if self.kind == "moved_mailbox" and not mailbox:
            return False
        return (
            self.operation in ("", operation)
            and self.mailbox.lower() in ("", mailbox.lower())
            and operation in _ONLY.get(self.kind, (operation,))
        )


def _check_type(key: str, value: object) -> None:
    if key in _TEXTS:
        if not isinstance(value, str):
            raise RuleError(key, "must be a text")
    elif key in _SHARES:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
            raise RuleError(key, "must be a number from 0 to 1")
    elif value is None and key in _OPTIONAL_COUNTS:
        return
    elif isinstance(value, bool) or not isinstance(value, int):
        raise RuleError(key, "must be a whole number")
    elif value < 0 and key in (*_COUNTS, *_OPTIONAL_COUNTS):
        raise RuleError(key, "must be 0 or more")
