"""The contract of reading single items and of writing: conditional, recognisable, never twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.contract.keeper import Keeper, mark, read, timed
from vfadmin.calendars.base import Calendar
from vfadmin.errors import ItemGone, StaleVersion

UNKNOWN = ["", "olematon", "999999999", "99999999999999999999999", "-1", "AAMkAD=="]


def test_what_was_created_is_there_with_its_key_and_stamp(keeper: Keeper, calendar: Calendar) -> None:
    event, key = timed(location="Neuvotteluhuone 3", text="Asialista"), mark()
    written = calendar.create(event, key)
    item = read(keeper.calendar(), written.id)
    assert item.version == written.version
    assert (item.key, item.stamp) == (key.key, key.stamp)
    assert item.event == calendar.capabilities.project(event)
    assert written.shown in {None, item.event}
    assert written.uid in {None, item.uid}
    assert item.unsupported is None


def test_create_with_a_key_twice_leaves_one_event(keeper: Keeper, calendar: Calendar) -> None:
    key = mark()
    first = calendar.create(timed(), key)
    second = keeper.calendar().create(timed(), key)
    assert second.id == first.id
    assert len(calendar.find(key.key)) == 1
    assert keeper.outside.titles() == ["Palaveri"]


def test_a_create_is_found_at_once_after_a_restart(keeper: Keeper, calendar: Calendar) -> None:
    """What the engine rests on when it was killed between a create and its record (scenario 1)."""
    key = mark()
    assert calendar.find(key.key) == ()
    written = calendar.create(timed(), key)
    calendar.close()
    (found,) = keeper.calendar().find(key.key)
    assert (found.id, found.version, found.stamp) == (written.id, written.version, key.stamp)


def test_find_by_key(keeper: Keeper, calendar: Calendar) -> None:
    keys = [mark() for _ in range(3)]
    written = [calendar.create(timed(f"Palaveri {n}"), key) for n, key in enumerate(keys)]
    (found,) = keeper.calendar().find(keys[1].key)
    assert (found.id, found.key, found.stamp) == (written[1].id, keys[1].key, keys[1].stamp)
    assert found.event.title == "Palaveri 1"
    assert found == read(calendar, found.id)
    assert calendar.find(mark().key) == ()


def test_a_deleted_event_is_not_found_by_its_key(calendar: Calendar) -> None:
    key = mark()
    written = calendar.create(timed(), key)
    calendar.delete(written.id, written.version)
    assert calendar.find(key.key) == ()


def test_a_copy_is_an_item_of_its_own(keeper: Keeper, calendar: Calendar) -> None:
    key = mark()
    written = calendar.create(timed(), key)
    copy = keeper.outside.copy(written.id)
    assert copy != written.id
    carriers = {item.id for item in calendar.find(key.key)}
    assert written.id in carriers
    assert carriers <= {written.id, copy}
    assert read(calendar, copy).event.title == "Palaveri"
    assert keeper.outside.titles() == ["Palaveri", "Palaveri"]


def test_a_copy_can_be_marked_anew(keeper: Keeper, calendar: Calendar) -> None:
    """A carrier of somebody else's key becomes a pair of its own (R29, scenario 10)."""
    key, other = mark(), mark()
    written = calendar.create(timed(), key)
    copy = read(calendar, keeper.outside.copy(written.id))
    calendar.update(copy.id, copy.event, frozenset({"title"}), copy.version, other)
    assert [item.id for item in calendar.find(other.key)] == [copy.id]
    assert [item.id for item in calendar.find(key.key)] == [written.id]


def test_fetch_answers_what_is_there_and_leaves_out_what_is_not(keeper: Keeper, calendar: Calendar) -> None:
    ids = [keeper.outside.create(f"Palaveri {n}") for n in range(2 * keeper.page + 1)]
    gone = keeper.outside.create("Poistuva")
    keeper.outside.delete(gone)
    fetched = calendar.fetch([*ids, gone, *UNKNOWN, ids[0]])
    assert {one: item.event.title for one, item in fetched.items.items()} == {
        one: f"Palaveri {n}" for n, one in enumerate(ids)
    }
    assert all(one == item.id and item.version for one, item in fetched.items.items())
    assert fetched.failures == {}
    assert calendar.fetch([]).items == {}


def test_update_writes_only_the_named_fields(keeper: Keeper, calendar: Calendar) -> None:
    key = mark()
    written = calendar.create(timed(location="Sali", text="Asialista", reminder_minutes=15), key)
    other = timed("Uusi nimi", location="Muualla", text="Muuta", reminder_minutes=None, private=True)
    stamped = replace(key, stamp=mark().stamp)
    after = calendar.update(written.id, other, frozenset({"title", "private"}), written.version, stamped)
    item = read(keeper.calendar(), written.id)
    assert after.id == written.id
    assert after.version == item.version != written.version
    assert item.event == replace(
        calendar.capabilities.project(timed(location="Sali", text="Asialista", reminder_minutes=15)),
        title="Uusi nimi",
        private=True,
    )
    assert (item.key, item.stamp) == (stamped.key, stamped.stamp)
    assert after.shown in {None, item.event}


def test_update_with_a_stale_version_writes_nothing(keeper: Keeper, calendar: Calendar) -> None:
    key = mark()
    written = calendar.create(timed(text="Alku"), key)
    keeper.outside.edit(written.id, "Käyttäjän nimi")
    later = replace(key, stamp=mark().stamp)
    with pytest.raises(StaleVersion) as stale:
        calendar.update(written.id, timed(text="Loppu"), frozenset({"text"}), written.version, later)
    assert stale.value.failure.code == "EX-ITEM-02"
    item = read(calendar, written.id)
    assert (item.event.title, item.event.text, item.stamp) == ("Käyttäjän nimi", "Alku", key.stamp)


def test_update_after_reading_again_keeps_both_edits(keeper: Keeper, calendar: Calendar) -> None:
    key = mark()
    written = calendar.create(timed(), key)
    keeper.outside.edit(written.id, "Käyttäjän nimi")
    item = read(calendar, written.id)
    calendar.update(written.id, timed(text="Loppu"), frozenset({"text"}), item.version, key)
    after = read(calendar, written.id).event
    assert (after.title, after.text) == ("Käyttäjän nimi", "Loppu")


@pytest.mark.parametrize("item_id", UNKNOWN)
def test_update_of_an_unknown_id(calendar: Calendar, item_id: str) -> None:
    with pytest.raises(ItemGone):
        calendar.update(item_id, timed(), frozenset({"title"}), "1", mark())


def test_update_of_a_deleted_item(keeper: Keeper, calendar: Calendar) -> None:
    written = calendar.create(timed(), mark())
    keeper.outside.delete(written.id)
    with pytest.raises(ItemGone) as gone:
        calendar.update(written.id, timed("x"), frozenset({"title"}), written.version, mark())
    assert gone.value.failure.code == "EX-ITEM-01"
    assert keeper.outside.titles() == []


def test_delete(keeper: Keeper, calendar: Calendar) -> None:
    written = calendar.create(timed(), mark())
    kept = keeper.outside.create("Pysyy")
    calendar.delete(written.id, written.version)
    assert set(calendar.fetch([written.id, kept]).items) == {kept}
    assert keeper.outside.titles() == ["Pysyy"]


def test_delete_of_what_is_gone_is_no_error(keeper: Keeper, calendar: Calendar) -> None:
    written = calendar.create(timed(), mark())
    keeper.outside.create("Pysyy")
    calendar.delete(written.id, written.version)
    calendar.delete(written.id, written.version)
    for unknown in UNKNOWN:
        calendar.delete(unknown, "1")
    assert keeper.outside.titles() == ["Pysyy"]


def test_delete_with_a_stale_version_keeps_the_edit(keeper: Keeper, calendar: Calendar) -> None:
    written = calendar.create(timed(), mark())
    keeper.outside.edit(written.id, "Vielä tarpeen")
    with pytest.raises(StaleVersion):
        calendar.delete(written.id, written.version)
    assert keeper.outside.titles() == ["Vielä tarpeen"]
    assert read(calendar, written.id).event.title == "Vielä tarpeen"


def test_what_comes_back_after_a_deletion_is_one_event_again(keeper: Keeper, calendar: Calendar) -> None:
    """Edit beats delete: the engine creates again, naming the id the event had."""
    key = mark()
    written = calendar.create(timed(), key)
    keeper.outside.delete(written.id)
    again = calendar.create(timed("Takaisin"), replace(key, stamp=mark().stamp), revive=written.id)
    (found,) = calendar.find(key.key)
    assert found.id == again.id
    assert keeper.outside.titles() == ["Takaisin"]


def test_revive_of_an_unknown_id_creates(keeper: Keeper, calendar: Calendar) -> None:
    for unknown in UNKNOWN:
        written = calendar.create(timed(f"Uusi {unknown}"), mark(), revive=unknown)
        assert read(calendar, written.id).event.title == f"Uusi {unknown}".strip()
    assert len(keeper.outside.titles()) == len(UNKNOWN)


def test_created_and_modified_times_of_the_origin_are_kept(keeper: Keeper, calendar: Calendar) -> None:
    """R7: the times at the event's origin travel, whatever the far side's own clock says."""
    made, changed = datetime(2024, 5, 6, 7, 8, tzinfo=UTC), datetime(2025, 1, 2, 3, 4, tzinfo=UTC)
    key = mark(created=made, modified=changed)
    written = calendar.create(timed(), key)
    item = read(keeper.calendar(), written.id)
    assert (item.created, item.modified) == (made, changed)
    later = datetime(2025, 6, 7, 8, 9, tzinfo=UTC)
    calendar.update(
        written.id, timed("x"), frozenset({"title"}), written.version, replace(key, modified=later)
    )
    item = read(calendar, written.id)
    assert (item.created, item.modified) == (made, later)


def test_outside_items_have_no_key(keeper: Keeper, calendar: Calendar) -> None:
    item = read(calendar, keeper.outside.create("Palaveri"))
    assert (item.key, item.stamp) == (None, None)
    assert item.event.title == "Palaveri"
    assert item.created is not None


def test_r2_what_lies_here_is_held_and_nothing_else(keeper: Keeper, calendar: Calendar) -> None:
    here, gone = calendar.create(timed(), mark()), keeper.outside.create("Poistettu")
    keeper.outside.delete(gone)
    assert calendar.holds([here.id, gone]) == {here.id}
    assert calendar.holds([]) == frozenset()


def test_r2_what_is_brought_is_here_as_it_was(keeper: Keeper, calendar: Calendar) -> None:
    written = calendar.create(timed(), mark())
    (before,) = calendar.fetch([written.id]).items.values()
    brought = calendar.bring(written.id)
    assert brought is not None
    (after,) = calendar.fetch([brought]).items.values()
    assert (after.event, after.key, after.stamp) == (before.event, before.key, before.stamp)
    assert calendar.holds([brought]) == {brought}
    keeper.outside.delete(brought)
    assert calendar.bring(brought) is None
