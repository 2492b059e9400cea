"""The search view's questions (R20-R22): which rows, in which order, and how many in each state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from vfadmin.models import State
from vfadmin.models.store import Store
from vfadmin.services.rows import ErrorInfo, PersonRow

__all__ = ["CauseCount", "ErrorInfo", "PersonQuery", "PersonRow", "Search", "StateCounts"]

SORT_COLUMNS = ("state", "mobile_sync", "id", "name", "email", "company", "login", "last_synced")


@dataclass(frozen=True, slots=True)
class PersonQuery:
    """What is searched for. The default is R20's: active persons, whatever their integration's state.

    ``text`` is split at blanks and every word must occur in the name, e-mail, login or id. An empty
    ``states`` means all of them. ``sort`` is (column, descending) by precedence, columns as in SORT_COLUMNS.
    """

    text: str = ""
    company_id: int | None = None
    states: frozenset[State] = field(default_factory=frozenset)
    include_inactive: bool = False
    mobile_only: bool = False
    error_code: str | None = None
    sort: tuple[tuple[str, bool], ...] = (("name", False),)


@dataclass(frozen=True, slots=True)
class StateCounts:
    """How many rows stand in each state; ``mobile`` of all of them use a mobile sync of ValueFrame's."""

    active: int = 0
    passive: int = 0
    error: int = 0
    unused: int = 0
    mobile: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class CauseCount:
    """How many integrations one cause has stopped."""

    code: str
    count: int


class Search:
    """Answers the search view from the store, in a few milliseconds at 100,000 persons."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def ids(self, query: PersonQuery) -> list[int]:
        """The ids of all matching rows in the order asked for; ties fall to the name and the id.

        Raises UsageError VF-USAGE-01 for an unknown sort column.
        """
        raise NotImplementedError

    def rows(self, ids: Sequence[int]) -> list[PersonRow]:
        """The rows of one page, in the order of ``ids``; an id that is gone is left out."""
        raise NotImplementedError

    def counts(self, query: PersonQuery) -> StateCounts:
        """How many rows the query finds in each state if its own state filter is not applied."""
        raise NotImplementedError

    def causes(self) -> list[CauseCount]:
        """What has stopped integrations, the most frequent first."""
        raise NotImplementedError


def parse_states(names: Iterable[str]) -> frozenset[State]:
    """The states of those names, in English or Finnish. Raises UsageError VF-STATE-02 for another word."""
    raise NotImplementedError
