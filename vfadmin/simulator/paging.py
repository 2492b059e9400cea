"""Views of FindItem and FindFolder.

Which part of a result an answer carries (MS-OXWSSRCH 2.2.4.16).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeVar

from lxml import etree

from vfadmin.simulator import series
from vfadmin.simulator.errors import ExchangeError, schema_violation
from vfadmin.simulator.item import Item
from vfadmin.simulator.times import parse_time

X = TypeVar("X")
# The EWSFindCountLimit of the default throttling policy.
FIND_LIMIT = 1000
_WIDEST_VIEW = timedelta(days=2 * 366)


@dataclass(frozen=True, slots=True)
class Page(Generic[X]):
    """Part of a result, with the attributes that tell where it stands in the whole."""

    members: list[X]
    attributes: str


def paged(found: list[X], view: etree._Element | None) -> Page[X]:
    """The page an IndexedPage view (or none) asks for."""
    total = len(found)
    limit = _limit(view)
    if view is None:
        members = found[:limit]
        last = str(len(members) == total).lower()
        return Page(members, f' TotalItemsInView="{total}" IncludesLastItemInRange="{last}"')
    offset = _integer(view, "Offset")
    if offset < 0:
        raise ExchangeError("ErrorInvalidIndexedPagingParameters", "The paging offset is invalid.")
    if view.get("BasePoint") == "End":
        stop = max(0, total - offset)
        start = max(0, stop - limit)
        following, is_last = total - start, start == 0
    elif view.get("BasePoint") == "Beginning":
        start, stop = min(offset, total), min(offset + limit, total)
        following, is_last = stop, stop >= total
    else:
        raise schema_violation("The 'BasePoint' attribute is invalid.")
    last = str(is_last).lower()
    attributes = (
        f' IndexedPagingOffset="{following}" TotalItemsInView="{total}" IncludesLastItemInRange="{last}"'
    )
    return Page(found[start:stop], attributes)


def in_calendar_view(items: list[Item], view: etree._Element) -> Page[Item]:
    """The items and occurrences that touch a time window, by start (MS-OXWSMTGS 2.2.4.9)."""
    try:
        start, end = parse_time(view.get("StartDate") or ""), parse_time(view.get("EndDate") or "")
    except ValueError:
        raise schema_violation("The 'StartDate' attribute is invalid.") from None
    if end < start:
        raise ExchangeError("ErrorCalendarEndDateIsEarlierThanStartDate")
    if end - start > _WIDEST_VIEW:
        raise ExchangeError("ErrorCalendarViewRangeTooBig", "The specified view range exceeds two years.")
    touching = series.touching(items, start, end)
    members = touching[: _limit(view)]
    last = str(len(members) == len(touching)).lower()
    return Page(members, f' TotalItemsInView="{len(touching)}" IncludesLastItemInRange="{last}"')


def _limit(view: etree._Element | None) -> int:
    if view is None or view.get("MaxEntriesReturned") is None:
        return FIND_LIMIT
    asked = _integer(view, "MaxEntriesReturned")
    if asked < 1:
        raise ExchangeError(
            "ErrorInvalidPagingMaxRows", "The maximum number of entries must be at least one."
        )
    return min(asked, FIND_LIMIT)


def _integer(view: etree._Element, name: str) -> int:
    try:
        return int(view.get(name) or "")
    except ValueError:
        raise schema_violation(f"The '{name}' attribute is invalid.") from None
