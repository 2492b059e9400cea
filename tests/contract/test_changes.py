"""The contract of `Calendar.changes`: nothing that changed is missed, whatever happens in between."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.contract.keeper import Keeper, check_pages, drained, mark, read, timed
from vfadmin.calendars.base import Calendar, ChangedId
from vfadmin.errors import CursorLost


def test_an_empty_calendar_is_one_last_listing_page(calendar: Calendar) -> None:
    (page,) = calendar.changes(None)
    assert (page.changed, page.deleted, page.last, page.listing) == ((), (), True, True)
    assert page.cursor


def test_nothing_changed_is_one_empty_last_page(keeper: Keeper, calendar: Calendar) -> None:
    keeper.outside.create("Palaveri")
    _, _, cursor = drained(calendar, None)
    for _ in range(2):
        (page,) = keeper.calendar().changes(cursor)
        assert (page.changed, page.deleted, page.last, page.listing) == ((), (), True, False)
        cursor = page.cursor


def test_a_listing_names_everything_over_several_pages(keeper: Keeper, calendar: Calendar) -> None:
    ids = {keeper.outside.create(f"Palaveri {n}") for n in range(2 * keeper.page + 1)}
    pages = list(calendar.changes(None))
    check_pages(pages)
    assert len(pages) > 1
    assert all(len(page.changed) <= keeper.page for page in pages)
    assert all(page.listing for page in pages)
    assert sorted(one.id for page in pages for one in page.changed) == sorted(ids)


def test_a_listing_that_was_interrupted_goes_on_where_it_stopped(keeper: Keeper, calendar: Calendar) -> None:
    ids = {keeper.outside.create(f"Palaveri {n}") for n in range(3 * keeper.page)}
    first = next(iter(calendar.changes(None)))
    assert not first.last
    rest, _, _ = drained(keeper.calendar(), first.cursor)
    assert {one.id for one in first.changed} | rest == ids
    assert {one.id for one in first.changed} != ids


def test_what_changes_during_a_listing_is_reported_in_it_or_after_it(
    keeper: Keeper, calendar: Calendar
) -> None:
    for n in range(2 * keeper.page):
        keeper.outside.create(f"Palaveri {n}")
    pages = calendar.changes(None)
    edited = next(pages).changed[0].id
    keeper.outside.edit(edited, "Muutettu")
    added = keeper.outside.create("Uusi")
    rest = list(pages)
    check_pages(rest)
    during = {one.id for page in rest for one in page.changed}
    after, _, _ = drained(calendar, rest[-1].cursor)
    assert {edited, added} <= during | after


def test_somebody_elses_additions_edits_and_deletions_are_reported(
    keeper: Keeper, calendar: Calendar
) -> None:
    kept, edited, removed = (keeper.outside.create(title) for title in ("Pysyy", "Muuttuu", "Poistuu"))
    _, _, cursor = drained(calendar, None)
    keeper.outside.edit(edited, "Muuttui")
    keeper.outside.delete(removed)
    added = keeper.outside.create("Uusi")
    changed, deleted, after = drained(calendar, cursor)
    assert changed == {edited, added}
    assert deleted == {removed}
    assert kept not in changed
    assert drained(calendar, after)[:2] == (set(), set())


def test_a_cursor_may_be_used_again_after_a_crash(keeper: Keeper, calendar: Calendar) -> None:
    _, _, cursor = drained(calendar, None)
    added = keeper.outside.create("Uusi")
    assert drained(calendar, cursor)[0] == {added}
    assert drained(keeper.calendar(), cursor)[0] == {added}


def test_more_changes_than_a_page_holds_come_in_several(keeper: Keeper, calendar: Calendar) -> None:
    _, _, cursor = drained(calendar, None)
    ids = {keeper.outside.create(f"Palaveri {n}") for n in range(keeper.page + 1)}
    pages = list(calendar.changes(cursor))
    check_pages(pages)
    assert len(pages) > 1
    assert not any(page.listing for page in pages)
    assert {one.id for page in pages for one in page.changed} == ids
    halfway, _, _ = drained(keeper.calendar(), pages[0].cursor)
    assert halfway == ids - {one.id for one in pages[0].changed}


def test_a_page_is_exactly_full(keeper: Keeper, calendar: Calendar) -> None:
    ids = {keeper.outside.create(f"Palaveri {n}") for n in range(keeper.page)}
    changed, _, cursor = drained(calendar, None)
    assert changed == ids
    more = {keeper.outside.create(f"Lisää {n}") for n in range(keeper.page)}
    assert drained(calendar, cursor)[0] == more


def test_created_and_deleted_in_between_is_no_live_id(keeper: Keeper, calendar: Calendar) -> None:
    _, _, cursor = drained(calendar, None)
    brief = keeper.outside.create("Hetki")
    keeper.outside.delete(brief)
    changed, _, _ = drained(calendar, cursor)
    assert brief not in changed
    assert calendar.fetch([brief]).items == {}


def test_own_writes_are_reported_with_the_version_they_left(calendar: Calendar) -> None:
    _, _, cursor = drained(calendar, None)
    key = mark()
    written = calendar.create(timed(), key)
    (created,) = _reported(calendar, cursor)
    assert created.id == written.id
    assert created.version in {None, written.version}
    _, _, cursor = drained(calendar, cursor)
    changed = calendar.update(
        written.id, timed("Toinen"), frozenset({"title"}), written.version, replace(key, stamp="toinen")
    )
    (updated,) = _reported(calendar, cursor)
    assert updated.id == written.id
    assert updated.version in {None, changed.version}
    assert read(calendar, written.id).version == changed.version


def test_own_deletion_is_reported(calendar: Calendar) -> None:
    written = calendar.create(timed(), mark())
    _, _, cursor = drained(calendar, None)
    calendar.delete(written.id, written.version)
    changed, deleted, _ = drained(calendar, cursor)
    assert (changed, deleted) == (set(), {written.id})


def test_a_forgotten_cursor_is_lost_and_a_new_listing_works(keeper: Keeper, calendar: Calendar) -> None:
    kept = keeper.outside.create("Palaveri")
    _, _, cursor = drained(calendar, None)
    keeper.lose_cursor()
    with pytest.raises(CursorLost) as lost:
        list(keeper.calendar().changes(cursor))
    assert lost.value.failure.code == "EX-CAL-02"
    changed, _, cursor = drained(keeper.calendar(), None)
    assert changed == {kept}
    assert drained(keeper.calendar(), cursor)[:2] == (set(), set())


@pytest.mark.parametrize("cursor", ["roska", "H4sIAAAAAAAA", "a:b:c", "1:2:3", ":"])
def test_a_cursor_nobody_gave_out_is_lost(calendar: Calendar, cursor: str) -> None:
    with pytest.raises(CursorLost):
        list(calendar.changes(cursor))


def test_the_identity_is_stable(keeper: Keeper, calendar: Calendar) -> None:
    first = calendar.identity()
    calendar.create(timed(), mark())
    assert calendar.identity() == first == keeper.calendar().identity()
    assert first.mailbox
    assert first.folder


def _reported(calendar: Calendar, cursor: str) -> list[ChangedId]:
    return [one for page in calendar.changes(cursor) for one in page.changed]
