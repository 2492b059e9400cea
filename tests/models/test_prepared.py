"""Rows that are added together get ids of their own, in their order."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, insert, select

from vfadmin.models import CalendarEvent, Company, EventType, Person
from vfadmin.models.prepared import add_each
from vfadmin.models.store import Store

_TYPE, _COMPANY, _EVENT = insert(EventType), insert(Company), insert(CalendarEvent)
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.mark.both_stores
def test_each_row_has_the_id_that_is_told_of_it(store: Store) -> None:
    with store.write() as session:
        session.add(EventType(name="ensin"))
    names = [f"laji {number}" for number in range(250)]
    with store.write() as session:
        assert add_each(session, _TYPE, []) == []
        ids = add_each(session, _TYPE, [{"name": name} for name in names[:200]])
        ids += add_each(session, _TYPE, [{"name": name} for name in names[200:]])
    with store.read() as session:
        found = {row.name: row.id for row in session.execute(select(EventType.name, EventType.id))}
    assert [found.pop(name) for name in names] == ids == sorted(ids)
    assert set(found) == {"ensin"}


@pytest.mark.both_stores
def test_what_comes_later_alone_gets_an_id_nobody_has(store: Store) -> None:
    with store.write() as session:
        ids = add_each(session, _COMPANY, [{"name": "A"}, {"name": "B"}])
    with store.write() as session:
        company = Company(name="C")
        session.add(company)
        session.flush()
        assert company.id not in ids


@pytest.mark.both_stores
def test_the_id_of_an_event_that_was_removed_is_not_given_out_again(store: Store) -> None:
    with store.write() as session:
        session.add(Person(id=7, name="Virtanen", sort_name="virtanen"))
    row = {"owner_id": 7, "starts_at": NOON, "ends_at": NOON, "created_at": NOON, "modified_at": NOON}
    with store.write() as session:
        first, second = add_each(session, _EVENT, [row, row])
        session.execute(delete(CalendarEvent).where(CalendarEvent.id == second))
    with store.write() as session:
        (third,) = add_each(session, _EVENT, [row])
    assert first < second < third
