"""Misbehaviour that the store takes part in. Callers hold the store's lock."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from vfadmin.simulator.bodies import rewritten
from vfadmin.simulator.errors import SoapFault
from vfadmin.simulator.faults.rule import FaultRule
from vfadmin.simulator.faults.selection import FaultRules
from vfadmin.simulator.ids import SyncCursor
from vfadmin.simulator.item import Item
from vfadmin.simulator.mailbox import Mailbox
from vfadmin.simulator.names import M
from vfadmin.simulator.soap import SoapRequest
from vfadmin.simulator.store import Store

_ITEM_ID = re.compile(r'<t:ItemId Id="([^"]+)"')
_CORRUPT = "ErrorItemCorrupt"


def strike(faults: FaultRules, store: Store, request: SoapRequest, acting: Mailbox | None) -> None:
    """Move the mailbox, or spoil the state a request brings; SoapFault where it is refused besides."""
    target = acting.spec.email if acting is not None else ""
    state = request.element.find(f"{M}SyncState")
    has_state = state is not None and bool((state.text or "").strip())
    rules = faults.every(
        "during", request.operation, target, lambda rule: has_state or rule.kind != "lost_state"
    )
    for rule in rules:
        if rule.kind == "lost_state" and state is not None:
            # No state of ours reads like this, so the operation answers as it does to any stranger's.
            state.text = "lost"
        elif rule.kind == "moved_mailbox":
            store.relocate(target)
            if rule.code:
                raise SoapFault(rule.code)


def quarantine(faults: FaultRules, operation: str, mailbox: str) -> Callable[[Item], str]:
    """Tells the code that an item answers instead of being served; empty where it is sound."""

    def code(item: Item) -> str:
        rule = faults.first("item", operation, mailbox, lambda rule: _meant(rule, item))
        return "" if rule is None else rule.code or _CORRUPT

    return code


def _meant(rule: FaultRule, item: Item) -> bool:
    return item.id == rule.item_id or (bool(rule.subject) and item.subject == rule.subject)


def rewrite(store: Store, messages: list[str]) -> None:
    """Rewrite the bodies of the items that an answer names. Change keys stay: it happens within the write."""
    for item_id in _ITEM_ID.findall("".join(messages)):
        mailbox = store.by_item_id(item_id)
        item = mailbox.item(item_id)
        mailbox.amend(replace(item, body_html=rewritten(item.body_html)))


def held_back(secret: bytes, request: SoapRequest, told: str) -> str:
    """The state that an answer tells, set back to where the request's was (the start, where it had none)."""
    reached = SyncCursor.decode(told, secret)
    if reached is None:
        return told
    given = "".join((request.element.findtext(f"{M}SyncState") or "").split())
    before = SyncCursor.decode(given, secret)
    return replace(reached, position=before.position if before is not None else 0).encode(secret)
