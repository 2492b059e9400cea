"""Cursors and pruning: what may be thrown away, and who has to list everything again because of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from tests.contract.keeper import drained, mark, timed
from tests.contract.sql_keeper import OWNER, SOMEBODY, SqlKeeper, opened_sql_keeper
from vfadmin.calendars.sql import prune_changes
from vfadmin.calendars.sql.changes import SqlCursor, unmoved
from vfadmin.errors import CursorLost
from vfadmin.models import ChangeLog

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
NEVER = datetime(2999, 1, 1, tzinfo=UTC)


pytestmark = pytest.mark.both_stores


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[SqlKeeper]:
    with opened_sql_keeper(tmp_path) as keeper:
        yield keeper


def _logged(keeper: SqlKeeper) -> int:
    with keeper.store.read() as session:
        return session.scalar(select(func.count()).select_from(ChangeLog)) or 0


def _age(keeper: SqlKeeper, upto: int, at: datetime = LONG_AGO) -> None:
    with keeper.store.write() as session:
        session.query(ChangeLog).where(ChangeLog.seq <= upto).update({"at": at})


def test_superseded_rows_go_and_every_cursor_stays_good(keeper: SqlKeeper) -> None:
    calendar = keeper.calendar()
    _, _, start = drained(calendar, None)
    edited = keeper.outside.create("Alku")
    for n in range(5):
        keeper.outside.edit(edited, f"Muutos {n}")
    _age(keeper, 5)
    assert prune_changes(keeper.store, LONG_AGO + timedelta(days=1)) == 5
    assert _logged(keeper) == 1
    assert drained(calendar, start)[0] == {edited}


def test_who_had_read_what_was_pruned_goes_on(keeper: SqlKeeper) -> None:
    calendar = keeper.calendar()
    keeper.outside.create("Vanha")
    _, _, cursor = drained(calendar, None)
    assert prune_changes(keeper.store, NEVER) == 1
    assert drained(calendar, cursor)[:2] == (set(), set())
    added = keeper.outside.create("Uusi")
    assert drained(calendar, cursor)[0] == {added}


def test_who_had_not_read_what_was_pruned_has_lost_the_cursor(keeper: SqlKeeper) -> None:
    calendar = keeper.calendar()
    _, _, cursor = drained(calendar, None)
    kept = keeper.outside.create("Lukematta")
    prune_changes(keeper.store, NEVER)
    with pytest.raises(CursorLost):
        list(calendar.changes(cursor))
    changed, _, cursor = drained(calendar, None)
    assert changed == {kept}
    assert drained(calendar, cursor)[:2] == (set(), set())


def test_pruning_one_persons_changes_is_nothing_to_another(keeper: SqlKeeper) -> None:
    other = keeper.of(SOMEBODY)
    _, _, cursor = drained(other, None)
    keeper.calendar().create(timed(), mark())
    prune_changes(keeper.store, NEVER)
    assert drained(other, cursor)[:2] == (set(), set())


def test_nothing_young_is_pruned(keeper: SqlKeeper) -> None:
    edited = keeper.outside.create("Alku")
    keeper.outside.edit(edited, "Muutos")
    assert prune_changes(keeper.store, LONG_AGO) == 0
    assert _logged(keeper) == 2


def test_a_floor_never_sinks(keeper: SqlKeeper) -> None:
    calendar = keeper.calendar()
    _, _, cursor = drained(calendar, None)
    keeper.outside.create("Yksi")
    prune_changes(keeper.store, NEVER)
    keeper.outside.create("Kaksi")
    prune_changes(keeper.store, NEVER)
    prune_changes(keeper.store, NEVER)
    with pytest.raises(CursorLost):
        list(calendar.changes(cursor))
    with keeper.store.read() as session:
        assert session.execute(text("SELECT person_id, seq FROM change_floor")).all() == [(OWNER, 2)]


def test_change_numbers_are_not_given_out_twice(keeper: SqlKeeper) -> None:
    keeper.outside.create("Yksi")
    prune_changes(keeper.store, NEVER)
    keeper.outside.create("Kaksi")
    with keeper.store.read() as session:
        assert session.scalars(select(ChangeLog.seq)).all() == [2]


def test_a_cursor_from_the_future_of_a_restored_copy_is_lost(keeper: SqlKeeper) -> None:
    calendar = keeper.calendar()
    _, _, cursor = drained(calendar, None)
    ahead = SqlCursor.parse(cursor)
    with pytest.raises(CursorLost):
        list(calendar.changes(SqlCursor(ahead.store, OWNER, ahead.seq + 1).token()))


def test_a_token_says_the_same_after_parsing() -> None:
    for cursor in (SqlCursor("s", 1, 2), SqlCursor("s", 1, 2, 0), SqlCursor("s", 1, 2, 99)):
        assert SqlCursor.parse(cursor.token()) == cursor


@pytest.mark.parametrize("token", ["", "s:1", "s:1:x", "s:1:2:3:4", "s::2"])
def test_a_malformed_token_is_lost(token: str) -> None:
    with pytest.raises(CursorLost):
        SqlCursor.parse(token)


def test_a_listing_costs_no_open_transaction_between_pages(keeper: SqlKeeper) -> None:
    for n in range(2 * keeper.page):
        keeper.outside.create(f"Palaveri {n}")
    pages = keeper.calendar().changes(None)
    next(pages)
    with keeper.store.write() as session:
        session.execute(text("DELETE FROM event WHERE id > 6"))
    assert [one.id for page in pages for one in page.changed] == ["5", "6"]


def test_of_many_cursors_those_are_unmoved_that_a_page_would_show_nothing_behind(keeper: SqlKeeper) -> None:
    def asked(**changed: str) -> bool:
        tokens = {OWNER: cursor, **{int(name[1:]): token for name, token in changed.items()}}
        with keeper.store.read() as session:
            return OWNER in unmoved(session, tokens)

    keeper.outside.create("Alku")
    _, _, cursor = drained(keeper.calendar(), None)
    assert asked()
    with keeper.store.write() as session:
        session.add(ChangeLog(person_id=SOMEBODY, event_id=1, at=LONG_AGO))
    assert asked(), "somebody else's change is nothing to the owner"
    keeper.outside.create("Uusi")
    assert not asked()
    _, _, cursor = drained(keeper.calendar(), cursor)
    assert asked()
    parsed = SqlCursor.parse(cursor)
    for other in (
        replace(parsed, store="toinen"),
        replace(parsed, person=SOMEBODY),
        replace(parsed, seq=parsed.seq + 1),
        replace(parsed, listed=0),
    ):
        assert not asked(**{f"p{OWNER}": other.token()}), other
    assert not asked(**{f"p{OWNER}": "turha"})


def test_a_cursor_below_what_was_pruned_is_not_unmoved(keeper: SqlKeeper) -> None:
    calendar = keeper.calendar()
    _, _, cursor = drained(calendar, None)
    keeper.outside.create("Vanha")
    assert prune_changes(keeper.store, NEVER) == 1
    with keeper.store.read() as session:
        assert unmoved(session, {OWNER: cursor}) == set()
    with pytest.raises(CursorLost):
        drained(calendar, cursor)
