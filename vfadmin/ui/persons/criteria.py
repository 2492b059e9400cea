"""What the search view asks for, as a value; and what one search brings back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the store behind the services costs more start-up than Qt; threads import it
    from vfadmin.services.context import Services
    from vfadmin.services.rows import PersonRow
    from vfadmin.services.search import CauseCount, PersonQuery, StateCounts

Sort = tuple[tuple[str, bool], ...]
"""What orders the list, by precedence: column, and whether descending."""

FIRST_PAGE = 120
"""How many rows come with the ids: more than a tall screen shows, so that nothing is painted twice."""


@dataclass(frozen=True, slots=True)
class Criteria:
    """The filters and the order. An empty ``states`` means all; the default is R20's.

    ``error_code`` leaves only those that this cause has stopped.
    """

    text: str = ""
    company_id: int | None = None
    states: frozenset[str] = field(default_factory=frozenset)
    include_inactive: bool = False
    mobile_only: bool = False
    error_code: str | None = None
    sort: Sort = (("name", False),)

    @property
    def narrowed(self) -> bool:
        """Whether anything is filtered away beyond the default."""
        return replace(self, sort=(), include_inactive=False) != Criteria(sort=())

    def cleared(self) -> Criteria:
        """The default filters in the same order."""
        return Criteria(sort=self.sort)

    def query(self) -> PersonQuery:
        """The same as the services understand it. Called in their threads."""
        from vfadmin.services.search import PersonQuery, parse_states  # noqa: PLC0415 - see above

        return PersonQuery(
            text=self.text,
            company_id=self.company_id,
            states=parse_states(self.states),
            include_inactive=self.include_inactive,
            mobile_only=self.mobile_only,
            error_code=self.error_code,
            sort=self.sort,
        )


def sorted_by(sort: Sort, column: str) -> Sort:
    """The order when a heading is clicked: by that column, or the other way round if it was by it."""
    first = sort[:1]
    return ((column, first == ((column, False),)),)


def then_by(sort: Sort, column: str) -> Sort:
    """The order with a second column, or with one of the two turned round."""
    turned = tuple((name, descending != (name == column)) for name, descending in sort)
    return turned if turned != sort else (*sort[:1], (column, False))


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search: all ids in order and the rows of the first screenful."""

    criteria: Criteria
    ids: tuple[int, ...]
    rows: tuple[PersonRow, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures on the state chips, how many persons there are without any filter, and the causes.

    The causes are empty unless rows in error are asked for: nobody sees them.
    """

    counts: StateCounts
    everybody: int
    causes: tuple[CauseCount, ...] = ()


def find(services: Services, criteria: Criteria, at: int = 0) -> Found:
    """Search, and read the page that begins at row ``at``."""
    ids = services.search.ids(criteria.query())
    start = min(at, max(0, len(ids) - FIRST_PAGE))
    return Found(criteria, tuple(ids), tuple(services.search.rows(ids[start : start + FIRST_PAGE])))


def count(services: Services, criteria: Criteria, everybody: int | None = None) -> Counted:
    """Count for the chips; how many there are without a filter is counted only when it is not known."""
    query = replace(criteria, error_code=None).query()  # one cause must not empty the other states' chips
    counts = services.search.counts(query)
    causes = services.search.causes(query) if "error" in criteria.states else ()
    if everybody is None:
        everybody = services.search.counts(Criteria(include_inactive=True).query()).total
    return Counted(counts, everybody, tuple(causes))


def read_rows(services: Services, ids: Sequence[int]) -> tuple[tuple[int, ...], tuple[PersonRow, ...]]:
    """The rows of those ids, beside the ids that were asked for."""
    return tuple(ids), tuple(services.search.rows(ids))
