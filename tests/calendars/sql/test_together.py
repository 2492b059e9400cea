"""Several writes in one transaction: what each leaves is what it would leave by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event, select

from tests.contract.keeper import mark, read, timed
from tests.contract.sql_keeper import OWNER, SOMEBODY, SqlKeeper, opened_sql_keeper
from vfadmin.calendars.base import Draft, Mark, Together, Written
from vfadmin.calendars.event import Participant, When
from vfadmin.errors import CalendarError, ItemGone, StaleVersion, StoreError, failure
from vfadmin.models import CalendarEvent, Integration

pytestmark = pytest.mark.both_stores
TITLE = frozenset({"title"})


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[SqlKeeper]:
    with opened_sql_keeper(tmp_path) as keeper:
        yield keeper


def written(outcomes: Sequence[Written | CalendarError]) -> list[Written]:
    assert all(isinstance(one, Written) for one in outcomes), outcomes
    return [one for one in outcomes if isinstance(one, Written)]


def uid(number: int) -> Mark:
    return replace(mark(), uid=f"tunniste {number}")


def test_many_creates_leave_what_single_ones_leave(keeper: SqlKeeper) -> None:
    calendar = keeper.calendar()
    assert isinstance(calendar, Together)
    marks = [uid(number) for number in range(6)]
    drafts = [Draft(timed(f"Palaveri {n}", text="Asialista"), one) for n, one in enumerate(marks)]
    together = written(calendar.write_together(drafts[:3]))
    alone = [calendar.create(one.event, one.mark) for one in drafts[3:]]
    with keeper.store.read() as session:
        rows = {str(row.id): row for row in session.scalars(select(CalendarEvent))}
    same = ("owner_id", "type_id", "created_at", "modified_at", "zone", "body", "provisional", "version")
    first, last = rows[together[0].id], rows[alone[0].id]
    assert [getattr(first, name) for name in same] == [getattr(last, name) for name in same]
    for draft, one in zip(drafts, [*together, *alone], strict=True):
        item = read(calendar, one.id)
        assert (item.event, item.key, item.uid) == (one.shown, draft.mark.key, draft.mark.uid)
        assert (item.version, one.existing) == (one.version, False)
        assert item.event.title == draft.event.title


def test_many_take_one_commit(keeper: SqlKeeper) -> None:
    commits: list[object] = []
    event.listen(keeper.store.engine, "commit", commits.append)
    written(keeper.calendar().write_together([Draft(timed(), mark()) for _ in range(20)]))
    assert len(commits) == 1


def test_what_is_there_what_comes_back_and_what_has_links_is_written_as_ever(keeper: SqlKeeper) -> None:
    calendar, there, gone = keeper.calendar(), mark(), mark()
    with keeper.store.write() as session:
        session.add(Integration(person_id=SOMEBODY, login="joku@example.test", state="active"))
    first, second = written(calendar.write_together([Draft(timed(), there), Draft(timed(), gone)]))
    calendar.delete(second.id, second.version)
    invited = timed("Kutsu", participants=frozenset({Participant(SOMEBODY)}))
    twice = uid(1)
    outcomes = written(
        keeper.calendar().write_together(
            [
                Draft(timed("Toisin"), there),
                Draft(timed("Takaisin"), gone),
                Draft(invited, mark()),
                Draft(timed("Yksi"), twice),
                Draft(timed("Kaksi"), replace(mark(), uid=twice.uid)),
                Draft(timed("Vieraan"), replace(mark(), organizer="vieras@muualla.test")),
                Draft(timed("Herätetty"), mark(), revive="olematon"),
            ]
        )
    )
    assert (outcomes[0].id, outcomes[0].existing) == (first.id, True)
    assert outcomes[1].id == second.id
    assert read(calendar, outcomes[2].id).event.participants == {Participant(SOMEBODY)}
    assert len({one.id for one in outcomes}) == 7
    assert sorted(keeper.outside.titles()) == sorted(
        ["Palaveri", "Takaisin", "Kutsu", "Yksi", "Kaksi", "Vieraan", "Herätetty"]
    )


def test_updates_are_conditional_one_by_one(keeper: SqlKeeper) -> None:
    calendar = keeper.calendar()
    made = written(calendar.write_together([Draft(timed(), mark()) for _ in range(4)]))
    keeper.outside.edit(made[1].id, "Muun ohjelman")
    keeper.outside.delete(made[2].id)
    outcomes = calendar.write_together(
        [
            *(Draft(timed("Uusi"), mark(), one.id, TITLE, one.version) for one in made),
            Draft(timed(), mark(), "ei mikään", TITLE, "1"),
            Draft(timed("Kahdesti"), mark(), made[0].id, TITLE, made[0].version),
        ]
    )
    kinds = [type(one) for one in outcomes]
    assert kinds == [Written, StaleVersion, ItemGone, Written, ItemGone, StaleVersion]
    assert keeper.outside.titles() == ["Muun ohjelman", "Uusi", "Uusi"]
    third = outcomes[3]
    assert isinstance(third, Written)
    assert read(calendar, made[3].id).version == third.version != made[3].version


def test_a_participant_writes_what_is_his(keeper: SqlKeeper) -> None:
    with keeper.store.write() as session:
        session.add(Integration(person_id=SOMEBODY, login="joku@example.test", state="active"))
    invited = timed(participants=frozenset({Participant(SOMEBODY)}))
    (made,) = written(keeper.calendar().write_together([Draft(invited, mark())]))
    his = keeper.of(SOMEBODY)
    draft = Draft(timed(private=True), mark(), made.id, frozenset({"private"}), made.version)
    (one,) = written(his.write_together([draft]))
    assert one.participating
    assert not read(keeper.calendar(), made.id).event.private
    with keeper.store.read() as session:
        assert session.get_one(CalendarEvent, int(made.id)).owner_id == OWNER


def test_one_that_the_store_cannot_hold_leaves_the_others_their_way(keeper: SqlKeeper) -> None:
    calendar = keeper.calendar()
    last = datetime(9999, 12, 31, tzinfo=UTC)
    nothing = timed(when=When(last, last.replace(hour=1), all_day=True))  # it would end in the year 10000
    outcomes = calendar.write_together([Draft(timed("Kaksi"), mark()), Draft(nothing, mark())])
    assert isinstance(outcomes[0], Written)
    assert isinstance(outcomes[1], CalendarError)
    assert outcomes[1].failure.code == "EX-ITEM-03"
    (again,) = written(calendar.write_together([Draft(timed("Kolme"), mark())]))
    both = [
        Draft(timed("Neljä"), mark(), again.id, TITLE, again.version),
        Draft(nothing, mark(), outcomes[0].id, TITLE, outcomes[0].version),
    ]
    assert [isinstance(one, Written) for one in calendar.write_together(both)] == [True, False]
    assert "Neljä" in keeper.outside.titles()


def test_trouble_of_the_database_is_the_outcome_of_all(
    keeper: SqlKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    calendar = keeper.calendar()

    def full() -> None:
        raise StoreError(failure("VF-STORE-04"))

    monkeypatch.setattr(keeper.store, "write", full)
    outcomes = calendar.write_together([Draft(timed(), mark()) for _ in range(3)])
    assert [one.failure.code for one in outcomes if isinstance(one, CalendarError)] == ["VF-STORE-04"] * 3
