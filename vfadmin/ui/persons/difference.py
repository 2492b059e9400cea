"""How one list of ids becomes another, told in the few steps a view can follow without losing its place."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)
LIMIT = 64
"""More steps than this cost a view more than a reset does."""

APART = 2000


@dataclass(frozen=True, slots=True)
class Step(Generic[T]):
    """Rows ``first`` to ``last`` go, or, with ``inserted``, come; counted as the list is at that step."""

    first: int
    last: int
    inserted: tuple[T, ...] = ()


def steps(old: Sequence[T], new: Sequence[T]) -> list[Step[T]] | None:
    """Removals, then insertions; None when the order changed or there are more than `LIMIT`.

    Lists whose lengths are further apart than `APART` are not compared at all: typing a letter does that,
    and comparing them would take longer than painting the result.
    """
    if abs(len(old) - len(new)) > APART:
        return None
    old, new = list(old), list(new)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    staying = set(before) & set(after)
    if [one for one in before if one in staying] != [one for one in after if one in staying]:
        return None
    gone = runs([place for place, one in enumerate(before) if one not in staying])
    come = runs([place for place, one in enumerate(after) if one not in staying])
    if len(gone) + len(come) > LIMIT:
        return None
    removals: list[Step[T]] = [Step(head + first, head + last) for first, last in reversed(gone)]
    insertions = [Step(head + first, head + last, tuple(after[first : last + 1])) for first, last in come]
    return removals + insertions


def gathered(old: Sequence[T], new: Sequence[T]) -> list[T]:
    """Those of the old that stay, in their order, then those that come: sorting them is left to do."""
    if abs(len(old) - len(new)) > APART:
        return list(new)
    known, staying = set(old), set(new)
    return [one for one in old if one in staying] + [one for one in new if one not in known]


def _common(one: Sequence[T], other: Sequence[T]) -> int:
    """How many leading ids are the same; halving lets slices compare at C's speed."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """The places, which ascend, as spans of neighbours."""
    found: list[tuple[int, int]] = []
    for place in places:
        if found and found[-1][1] == place - 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found
