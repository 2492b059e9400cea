"""Both calendars side by side: what differs, and what the plan will do about it (R28)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from tests.quick_folder import quick_folder
from tests.strategies import plain
from tests.sync.world import PERSON, Fault, StoreUser, World, store_at
from vfadmin.calendars.base import Side
from vfadmin.calendars.sql.calendar import SqlCalendar
from vfadmin.errors import CalendarError, failure
from vfadmin.models import Base, CalendarEvent, Connection, Integration, Pair, PairStatus
from vfadmin.sync.compare import Compared, Resolution, compare
from vfadmin.sync.values import GuardLimits, Policy


@pytest.fixture
def world() -> Iterator[World]:
    with quick_folder() as folder:
        store, far = store_at(folder / "valueframe.db"), store_at(folder / "exchange.db")
        yield World(store, StoreUser(far, Side.EXCHANGE))
        store.close()
        far.close()


def rows(world: World) -> dict[str, Compared]:
    """The rows by title, of a comparison that writes nothing anywhere."""
    before = everything(world)
    found = compare(world.bench, PERSON)
    assert everything(world) == before
    assert found.failure is None
    return {event.title: one for one in found.rows if (event := one.valueframe or one.exchange)}


def everything(world: World) -> list[list[Any]]:
    """Every row of every table of both stores."""
    told = []
    for store in (world.store, world.exchange._store):  # type: ignore[attr-defined] # a far side that is one
        with store.read() as session:
            told += [list(session.execute(select(table))) for table in Base.metadata.sorted_tables]
    return told


def settled(world: World, *names: str) -> dict[str, str]:
    """Events of these titles, on both sides; their ids in ValueFrame."""
    for number, name in enumerate(names):
        world.valueframe.add(plain(name, days=1 + number))
    world.settle()
    return world.valueframe.ids()


def change_pair(world: World, **values: Any) -> None:
    with world.store.write() as session:
        session.execute(update(Pair).values(**values))


def agree_after(world: World, cycles: Callable[[], object]) -> None:
    cycles()
    assert {one.resolution for one in rows(world).values()} == {Resolution.NOTHING}


def test_equal_calendars_have_nothing_to_resolve(world: World) -> None:
    settled(world, "a", "b")
    found = rows(world)
    assert {name: (one.resolution, one.fields, one.writes) for name, one in found.items()} == {
        "a": (Resolution.NOTHING, (), ()),
        "b": (Resolution.NOTHING, (), ()),
    }


def test_each_side_gets_what_the_other_changed_and_the_sync_does_it(world: World) -> None:
    ids = settled(world, "a")
    world.valueframe.edit(ids["a"], location="Turku")
    world.exchange.edit(world.exchange.ids()["a"], text="Muistio")
    one = rows(world)["a"]
    assert (one.resolution, one.fields) == (Resolution.SYNC, ("location", "text"))
    assert {(write.side, write.act, *write.names) for write in one.writes} == {
        (Side.EXCHANGE, "update", "location"),
        (Side.VALUEFRAME, "update", "text"),
    }
    assert one.agreed is not None
    assert (one.agreed.location, one.agreed.text) == ("Turku", "Muistio")
    agree_after(world, world.settle)
    assert rows(world)["a"].valueframe == one.agreed


def test_what_is_on_one_side_only_is_created_or_deleted(world: World) -> None:
    ids = settled(world, "a", "b")
    world.valueframe.add(plain("uusi", days=5))
    world.valueframe.remove(ids["a"])
    found = rows(world)
    assert {name: [(w.side, w.act) for w in one.writes] for name, one in found.items()} == {
        "a": [(Side.EXCHANGE, "delete")],
        "b": [],
        "uusi": [(Side.EXCHANGE, "create")],
    }
    assert (found["a"].valueframe, found["uusi"].exchange) == (None, None)
    agree_after(world, world.settle)


def test_before_a_first_cycle_both_are_matched(world: World) -> None:
    world.valueframe.add(plain("a", days=1))
    world.exchange.add(replace(plain("a", days=1), location="Turku"))
    found = compare(world.bench, PERSON)
    assert found.first
    (one,) = found.rows
    assert (one.resolution, one.fields, one.writes[0].reason) == (Resolution.SYNC, ("location",), "matched")


def test_a_difference_that_went_unnoticed_is_repaired_by_a_complete_comparison(world: World) -> None:
    settled(world, "a")
    with world.exchange._store.write() as session:  # type: ignore[attr-defined]
        session.execute(update(CalendarEvent).values(location="Turku"))
    with world.store.write() as session:
        pair = session.scalars(select(Pair)).one()
        pair.seen_exchange = {**(pair.seen_exchange or {}), "location": "Turku"}
    world.sync()
    one = rows(world)["a"]
    assert (one.resolution, one.fields) == (Resolution.VERIFY, ("location",))
    assert [(write.side, write.reason) for write in one.writes] == [(Side.EXCHANGE, "verified")]
    agree_after(world, lambda: world.sync(complete=True))


def test_a_silent_deletion_is_left_to_a_complete_comparison(world: World) -> None:
    settled(world, "a", "b", "c", "d")
    with world.exchange._store.write() as session:  # type: ignore[attr-defined]
        session.execute(delete(CalendarEvent).where(CalendarEvent.title == "a"))
    one = rows(world)["a"]
    assert one.exchange is None
    assert [write.act for write in one.writes] == ["delete"]


def test_held_deletions_wait_for_an_admin(world: World) -> None:
    world.policy = Policy(guard=GuardLimits(minimum=0, maximum=0, share=0))
    ids = settled(world, "a", "b")
    world.valueframe.remove(ids["a"])
    assert rows(world)["a"].resolution is Resolution.HELD
    world.sync()
    assert rows(world)["a"].resolution is Resolution.HELD
    assert "a" in world.exchange.ids()


def test_quarantined_until_its_time_or_until_it_is_touched(world: World) -> None:
    ids = settled(world, "a")
    until = world.now + timedelta(hours=3)
    change_pair(world, next_try_at=until, status=PairStatus.QUARANTINED)
    one = rows(world)["a"]
    assert (one.resolution, one.until) == (Resolution.QUARANTINED, until)
    world.valueframe.edit(ids["a"], location="Turku")
    assert rows(world)["a"].resolution is Resolution.SYNC


def test_an_interrupted_write_is_in_doubt(world: World) -> None:
    ids = settled(world, "a")
    world.valueframe.edit(ids["a"], location="Turku")
    assert world.sync(Fault("after-write", 1, kill=True)) is None
    one = rows(world)["a"]
    assert (one.resolution, one.writes) == (Resolution.IN_DOUBT, ())
    agree_after(world, world.settle)


def test_what_is_old_or_far_away_is_told_as_such(world: World) -> None:
    settled(world, "vanha")
    world.valueframe.add(plain("kaukana", days=3000))
    world.now += timedelta(days=400)
    found = rows(world)
    assert found["vanha"].resolution is Resolution.TOO_OLD
    assert found["kaukana"].resolution is Resolution.LATER
    assert found["kaukana"].until is not None


def test_an_old_event_that_was_never_paired_is_left_out(world: World) -> None:
    settled(world, "a")
    world.valueframe.add(plain("vanha", days=-300))
    assert set(rows(world)) == {"a"}


def test_an_event_that_cannot_be_read_says_why(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(world, "a")
    world.exchange.add(plain("b", days=4))
    fetch = SqlCalendar.fetch

    def broken(self: SqlCalendar, ids: Collection[str]) -> Any:
        found = fetch(self, ids)
        if self.side is Side.EXCHANGE:
            fault = failure("EX-ITEM-02")
            return type(found)({}, dict.fromkeys(ids, fault))
        return found

    monkeypatch.setattr(SqlCalendar, "fetch", broken)
    found = compare(world.bench, PERSON)
    by_key: Mapping[bool, Compared] = {bool(one.key): one for one in found.rows}
    assert {one.resolution for one in found.rows} == {Resolution.UNREADABLE}
    assert (by_key[True].valueframe or plain("")).title == "a"
    assert by_key[False].valueframe is None
    assert by_key[False].failure == failure("EX-ITEM-02")


def test_without_an_answer_valueframe_is_shown_and_the_reason(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(world, "a")
    world.valueframe.add(plain("uusi", days=3))

    def refused(_self: object, _mailbox: object) -> None:
        raise CalendarError(failure("EX-CONN-05", host="exchange.example.test"))

    monkeypatch.setattr(type(world.bench.doors), "exchange", refused)
    found = compare(world.bench, PERSON)
    assert found.failure is not None
    assert found.failure.code == "EX-CONN-05"
    assert [(one.resolution, (one.valueframe or plain("")).title) for one in found.rows] == [
        (Resolution.UNREADABLE, "a"),
        (Resolution.UNREADABLE, "uusi"),
    ]


def test_a_closed_connection_is_not_tried(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(world, "a")
    with world.store.write() as session:
        session.add(
            Connection(
                name="ews",
                protocol="ews",
                version=1,
                options={},
                blocked_code="EX-AUTH-01",
                blocked_params={},
            )
        )
        session.execute(update(Integration).values(connection="ews"))
    monkeypatch.setattr(type(world.bench.doors), "exchange", lambda *_: pytest.fail("it was tried"))
    found = compare(world.bench, PERSON)
    assert found.failure is not None
    assert found.failure.code == "EX-AUTH-01"


@pytest.mark.parametrize("state", ["passive", "error"])
def test_a_mailbox_that_is_not_at_work_is_compared_too(world: World, state: str) -> None:
    ids = settled(world, "a")
    world.valueframe.edit(ids["a"], location="Turku")
    with world.store.write() as session:
        code = "EX-MBX-01" if state == "error" else None
        session.execute(update(Integration).values(state=state, error_code=code))
    assert rows(world)["a"].resolution is Resolution.SYNC


def test_a_held_mailbox_is_matched_anew_as_if_it_had_been_accepted_r30(world: World) -> None:
    settled(world, "a")
    with world.store.write() as session:
        session.execute(update(Integration).values(state="error", error_code="EX-MBX-07"))
    found = compare(world.bench, PERSON)
    assert found.first
    assert [(one.resolution, one.fields) for one in found.rows] == [(Resolution.NOTHING, ())]


def test_what_was_private_on_either_side_is_marked_r31(world: World) -> None:
    ids = settled(world, "a", "b")
    world.valueframe.edit(ids["a"], private=True)
    found = rows(world)
    assert (found["a"].private, found["b"].private) == (True, False)


def test_an_empty_pair_of_calendars_has_no_rows(world: World) -> None:
    world.settle()
    assert compare(world.bench, PERSON).rows == ()
