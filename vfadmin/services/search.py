"""The search view's questions (R20-R22): which rows, in which order, and how many in each state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, case, collate, func, or_, select, true
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import UnaryExpression
from sqlalchemy.sql.operators import custom_op

from vfadmin.errors import UsageError, failure
from vfadmin.models import Company, Integration, MobileSync, Person, PersonKind, State
from vfadmin.models.people import fold, mentions, sort_name
from vfadmin.models.store import Store
from vfadmin.services.rows import ErrorInfo, PersonRow, rows_of

__all__ = ["SORT_COLUMNS", "CauseCount", "ErrorInfo", "PersonQuery", "PersonRow", "Search", "StateCounts"]

SORT_COLUMNS = ("state", "mobile_sync", "id", "name", "email", "company", "login", "last_synced")

SelectT = TypeVar("SelectT", bound=Select[*tuple[Any, ...]])

_NEEDS_INTEGRATION = frozenset({"state", "login", "last_synced"})
_TEXTS = frozenset({"email", "login"})
_NEVER_NULL = frozenset({"state", "id", "name"})
_WORDS_LIMIT = 8
"""More words than anybody types; each is one more condition."""

# What needs a hand comes first: stopped, delayed, then what works, what rests, what was never on.
_STATE_RANK = case(
    (Integration.state == State.ERROR, 0),
    (and_(Integration.state == State.ACTIVE, Integration.failing_since.is_not(None)), 1),
    (Integration.state == State.ACTIVE, 2),
    (Integration.state == State.PASSIVE, 3),
    else_=4,
)

_STATE_WORDS = {
    "aktiivinen": State.ACTIVE,
    "aktiiviset": State.ACTIVE,
    "passiivinen": State.PASSIVE,
    "passiiviset": State.PASSIVE,
    "virheellinen": State.ERROR,
    "virheelliset": State.ERROR,
    "ei käytössä": State.UNUSED,
    **{state.value: state for state in State},
}


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
        with self._store.read() as session:
            wanted = _filtered(select(Person.id), query)
            wanted = wanted.order_by(*_order(session, query, self._store.scheme))
            return _all_ids(session, wanted, self._store.scheme)

    def rows(self, ids: Sequence[int]) -> list[PersonRow]:
        """The rows of one page, in the order of ``ids``; an id that is gone is left out."""
        with self._store.read() as session:
            return rows_of(session, ids)

    def counts(self, query: PersonQuery) -> StateCounts:
        """How many rows the query finds in each state if its own state filter is not applied."""
        with self._store.read() as session:
            return count_states(session, query)

    def causes(self, query: PersonQuery | None = None) -> list[CauseCount]:
        """What has stopped integrations, the most frequent first.

        With a query, those of the rows it would find in error, whatever states and cause it asks for.
        """
        number = func.count()
        counted = select(Integration.error_code, number)
        if query is not None:
            asked = replace(query, states=frozenset(), error_code=None)
            counted = _filtered(counted, asked, join=True)
        wanted = (
            counted.where(Integration.state == State.ERROR, Integration.error_code.is_not(None))
            .group_by(Integration.error_code)
            .order_by(number.desc(), Integration.error_code)
        )
        with self._store.read() as session:
            return [CauseCount(str(code), count) for code, count in session.execute(wanted)]


def parse_states(names: Iterable[str]) -> frozenset[State]:
    """The states of those names, in English or Finnish. Raises UsageError VF-STATE-02 for another word."""
    found = set()
    for name in names:
        state = _STATE_WORDS.get(" ".join(name.casefold().split()))
        if state is None:
            raise UsageError(failure("VF-STATE-02", value=name))
        found.add(state)
    return frozenset(found)


def count_states(session: Session, query: PersonQuery) -> StateCounts:
    """How many rows the query finds in each state, whatever states it filters by."""
    state = func.coalesce(Integration.state, State.UNUSED.value)
    mobile = func.sum(case((Person.mobile_sync != MobileSync.NONE, 1), else_=0))
    asked = replace(query, states=frozenset())
    wanted = _filtered(select(state, func.count(), mobile), asked, join=True).group_by(state)
    counts = {State(name): (number, used) for name, number, used in session.execute(wanted)}
    return StateCounts(
        **{state.value: counts.get(state, (0, 0))[0] for state in State},
        mobile=sum(used for _, used in counts.values()),
        total=sum(number for number, _ in counts.values()),
    )


def _all_ids(session: Session, wanted: Select[int], dialect: str) -> list[int]:
    """The ids in the query's order.

    SQLite gives its rows one by one and lets another thread run between any two; a hundred thousand of
    them cost more than the query. In one row there is nothing to wait for. `group_concat` keeps the order
    of the query below it (SQLite leaves out an ORDER BY only where no aggregate could tell).
    """
    connection = session.connection()
    if dialect != "sqlite":
        return [row[0] for row in connection.execute(wanted)]
    joined = connection.execute(select(func.group_concat(wanted.subquery().c.id))).scalar_one()
    return [int(one) for one in joined.split(",")] if joined else []


def _filtered(statement: SelectT, query: PersonQuery, *, join: bool = False) -> SelectT:
    if join or query.states or query.error_code or _NEEDS_INTEGRATION & {name for name, _ in query.sort}:
        statement = statement.select_from(Person).outerjoin(Integration, Integration.person_id == Person.id)
    if not query.include_inactive:
        # Spelled as a comparison: a bare column does not let SQLite use the index on it.
        statement = statement.where(Person.active == true())
    if query.company_id is not None:
        statement = statement.where(Person.company_id == query.company_id)
    if query.mobile_only:
        statement = statement.where(Person.mobile_sync != MobileSync.NONE)
    if query.error_code is not None:
        statement = statement.where(
            Integration.error_code == query.error_code, Integration.state == State.ERROR
        )
    if query.states and query.states != frozenset(State):
        statement = statement.where(_in_states(query.states))
    for word in fold(query.text).split()[:_WORDS_LIMIT]:
        statement = statement.where(mentions(word))
    return statement


def _in_states(states: frozenset[State]) -> ColumnElement[bool]:
    stored = Integration.state.in_(sorted(states))
    return or_(stored, Integration.state.is_(None)) if State.UNUSED in states else stored


def _order(session: Session, query: PersonQuery, dialect: str) -> list[ColumnElement[Any]]:
    """The sort keys; whatever was asked for, equal rows keep the order of their names."""
    keys: dict[str, ColumnElement[Any]] = {}
    for column, descending in (*query.sort, ("name", False), ("id", False)):
        if column not in SORT_COLUMNS:
            raise UsageError(failure("VF-USAGE-01", detail=f"sort: {column}"))
        if column not in keys:
            key = _sort_key(session, column, plain=dialect == "sqlite" and _is_narrow(query))
            if dialect != "sqlite" and column in _TEXTS:
                key = collate(key, "C")  # whatever order the server's administrator chose
            directed = key.desc() if descending else key.asc()
            # Without the clause where nothing can be null: it would keep the planner off the index.
            keys[column] = directed if column in _NEVER_NULL else directed.nulls_last()
    return list(keys.values())


def _is_narrow(query: PersonQuery) -> bool:
    """Whether more is asked than the view's index holds: each person would be visited, in random order."""
    text = query.text if query.include_inactive else ""
    return replace(query, text=text) != PersonQuery(include_inactive=query.include_inactive, sort=query.sort)


def _sort_key(session: Session, column: str, *, plain: bool) -> ColumnElement[Any]:
    if column == "company":
        return _company_rank(session)
    if column == "last_synced":
        return case((Person.kind == PersonKind.PERSON, Integration.last_synced_at))
    keys: dict[str, ColumnElement[Any]] = {
        "state": _STATE_RANK,
        "mobile_sync": case((Person.mobile_sync == MobileSync.NONE, None), else_=Person.mobile_sync),
        "id": Person.id.expression,
        "name": Person.sort_name.expression,
        "email": func.nullif(func.lower(Person.email), ""),
        "login": func.nullif(Integration.login_key, ""),
    }
    key = keys[column]
    # The plus keeps SQLite's planner off the name index (it would visit every person in order).
    return UnaryExpression(key, operator=custom_op("+")) if plain and column == "name" else key


def _company_rank(session: Session) -> ColumnElement[Any]:
    """The place of the row's company in the Finnish alphabet, which SQL does not know."""
    companies = session.execute(select(Company.id, Company.name)).all()
    ranked = sorted(companies, key=lambda row: sort_name(row.name))
    if not ranked:
        return Person.company_id.expression
    return case({row.id: place for place, row in enumerate(ranked)}, value=Person.company_id)
