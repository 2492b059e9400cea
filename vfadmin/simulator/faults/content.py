"""Answers that are well-formed and wrong: lists with gaps, clocks that are off. Pure functions on XML."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from lxml import etree

from vfadmin.simulator import ids
from vfadmin.simulator.faults.rule import FaultRule
from vfadmin.simulator.faults.selection import drawn
from vfadmin.simulator.names import M, T, local
from vfadmin.simulator.times import iso, parse_time

# Times that a server takes from its own clock.
_OWN_TIMES = frozenset(
    (
        "DateTimeCreated", "DateTimeReceived", "DateTimeSent", "DateTimeStamp", "LastModifiedTime",
        "AppointmentReplyTime", "LastResponseTime", "TimeStamp",
    )
)  # fmt: skip


def altered(rule: FaultRule, body: bytes, held_back: Callable[[str], str]) -> bytes:
    """An answer as a rule wants it; `held_back` gives the state a list goes on from, for the one it tells."""
    root = etree.fromstring(body)
    if rule.kind == "clock_skew":
        _skew(root, timedelta(seconds=rule.skew_s))
    else:
        share = 0.0 if rule.kind == "empty_list" else rule.share
        _narrow(root, lambda item_id: drawn(rule.seed, ids.item_number(item_id), share), held_back)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _skew(root: etree._Element, by: timedelta) -> None:
    for element in root.iter(f"{T}*"):
        if local(element.tag) in _OWN_TIMES and element.text:
            element.text = iso(parse_time(element.text) + by)


def _narrow(root: etree._Element, keeps: Callable[[str], bool], held_back: Callable[[str], str]) -> None:
    for changes in root.iter(f"{M}Changes"):
        _drop(changes, keeps)
    for state in root.iter(f"{M}SyncState"):
        state.text = held_back(state.text or "")
    # The state does not move, so a list that promised more would never end.
    for last in root.iter(f"{M}IncludesLastItemInRange"):
        last.text = "true"
    for folder in root.iter(f"{M}RootFolder"):
        for items in folder.iterfind(f"{T}Items"):
            dropped = _drop(items, keeps)
            total = int(folder.get("TotalItemsInView") or dropped)
            folder.set("TotalItemsInView", str(total - dropped))


def _drop(parent: etree._Element, keeps: Callable[[str], bool]) -> int:
    """Take out the items that are not kept; how many they were."""
    dropped = 0
    for child in tuple(parent):
        found = next(child.iter(f"{T}ItemId"), None)
        if found is not None and not keeps(found.get("Id") or ""):
            parent.remove(child)
            dropped += 1
    return dropped
