"""Every change of an event is noticed, whoever makes it and however; nothing else is."""

# ruff: noqa: S608 - the statements are made of this module's constants

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.outsider import Outsider
from vfadmin.models import CalendarEvent, triggers
from vfadmin.models.store import Store

pytestmark = pytest.mark.both_stores
OWNER, OTHER, GUEST, SECOND_GUEST = 1, 2, 3, 4

CONTENT = {
    "title": "'Uusi'",
    "location": "'Muualla'",
    "body": "'Teksti'",
    "starts_at": "'2026-03-02 06:00:00.000000'",
    "ends_at": "'2026-03-02 11:00:00.000000'",
    "all_day": "true",
    "zone": "'Asia/Tokyo'",
    "private": "true",
    "show_as": "'free'",
    "reminder_minutes": "15",
    "acknowledged": "false",
    "rrule": "'FREQ=DAILY'",
    "exceptions": "'[\"x\"]'",
    "deleted_occurrences": "'[\"x\"]'",
    "owner_id": str(OTHER),
    "deleted_at": "'2026-03-02 06:00:00.000000'",
}
ASIDE = {
    "provisional": "true",
    "type_id": "1",
    "uid": "'uid'",
    "original_start": "'2026-03-02 06:00:00.000000'",
    "external_organizer": "'x@y'",
    "created_at": "'2020-03-02 06:00:00.000000'",
    "modified_at": "'2020-03-02 06:00:00.000000'",
    "sync_key": "'k'",
    "sync_stamp": "'s'",
}


class Plain(Outsider):
    """Another program, that makes events."""

    def insert(self, **more: str) -> int:
        values = {
            "owner_id": str(OWNER),
            "starts_at": "'2026-03-02 07:00:00.000000'",
            "ends_at": "'2026-03-02 08:00:00.000000'",
            "created_at": "'2026-03-01 07:00:00.000000'",
            "modified_at": "'2026-03-01 07:00:00.000000'",
        } | more
        names = ", ".join(values)
        return self.number(f"INSERT INTO event ({names}) VALUES ({', '.join(values.values())}) RETURNING id")

    def version(self, event: int) -> int:
        return self.number("SELECT version FROM event WHERE id = ?", event)

    def news(self) -> list[tuple[Any, ...]]:
        """(person, event) of each new change since the last call, sorted."""
        rows = self.rows("SELECT person_id, event_id FROM change_log ORDER BY 1, 2")
        self.run("DELETE FROM change_log")
        return rows


@pytest.fixture
def plain(store: Store) -> Iterator[Plain]:
    plain = Plain(store)
    with closing(plain.connection):
        for person in (OWNER, OTHER, GUEST, SECOND_GUEST):
            plain.run(f"INSERT INTO person (id, name, sort_name) VALUES ({person}, 'x', 'x')")
        plain.run("INSERT INTO event_type (id, name) VALUES (1, 'x')")
        yield plain
    store.close()


def test_an_insertion_is_logged_for_its_owner(plain: Plain) -> None:
    event = plain.insert()
    assert plain.news() == [(OWNER, event)]
    assert plain.version(event) == 1


@pytest.mark.parametrize("column", CONTENT)
def test_a_change_of_content_is_logged_and_moves_the_version(plain: Plain, column: str) -> None:
    event = plain.insert()
    plain.news()
    plain.run(f"UPDATE event SET {column} = {CONTENT[column]}")
    expected = [(OWNER, event)] if column != "owner_id" else [(OWNER, event), (OTHER, event)]
    assert plain.news() == expected
    assert plain.version(event) == 2


@pytest.mark.parametrize("column", CONTENT)
def test_the_same_again_is_no_change(plain: Plain, column: str) -> None:
    event = plain.insert(**{column: CONTENT[column]})
    plain.news()
    plain.run(f"UPDATE event SET {column} = {CONTENT[column]}")
    plain.run(f"UPDATE event SET {column} = {column}")
    assert plain.news() == []
    assert plain.version(event) == 1


@pytest.mark.parametrize("column", ASIDE)
def test_what_is_no_content_is_no_change(plain: Plain, column: str) -> None:
    event = plain.insert()
    plain.news()
    plain.run(f"UPDATE event SET {column} = {ASIDE[column]}")
    assert plain.news() == []
    assert plain.version(event) == 1


@pytest.mark.sqlite
def test_every_column_is_content_or_is_not() -> None:
    named = {column.name for column in CalendarEvent.__table__.columns}
    assert {*CONTENT} == {*triggers.EVENT_CONTENT, "deleted_at"}
    assert named == {*CONTENT, *ASIDE, "id", "version"}


def test_deleting_softly_and_restoring_are_changes(plain: Plain) -> None:
    event = plain.insert()
    plain.news()
    plain.run("UPDATE event SET deleted_at = '2026-03-02 06:00:00.000000'")
    assert (plain.news(), plain.version(event)) == ([(OWNER, event)], 2)
    plain.run("UPDATE event SET deleted_at = '2027-01-01 06:00:00.000000'")
    assert (plain.news(), plain.version(event)) == ([], 2)
    plain.run("UPDATE event SET deleted_at = NULL")
    assert (plain.news(), plain.version(event)) == ([(OWNER, event)], 3)


def test_a_version_written_by_others_only_ever_moves_forward(plain: Plain) -> None:
    event = plain.insert(version="5")
    plain.run("UPDATE event SET title = 'a', version = 1")
    assert plain.version(event) == 6
    plain.run("UPDATE event SET title = 'b', version = 20")
    assert plain.version(event) == 21


def test_each_row_of_a_bulk_change_is_logged(plain: Plain) -> None:
    events = [plain.insert(title=f"'{n}'") for n in range(3)]
    plain.news()
    plain.run("UPDATE event SET title = '1'")
    assert plain.news() == [(OWNER, events[0]), (OWNER, events[2])]


def test_a_removed_row_is_logged_for_everybody(plain: Plain) -> None:
    event = plain.insert()
    plain.run(f"INSERT INTO participant (event_id, person_id) VALUES ({event}, {GUEST})")
    plain.news()
    plain.run(f"DELETE FROM event WHERE id = {event}")
    assert set(plain.news()) == {(OWNER, event), (GUEST, event)}
    assert plain.insert() > event  # its id is not given to another event


def test_participants_are_changes_for_all_of_them(plain: Plain) -> None:
    event = plain.insert()
    plain.news()
    everybody = [(OWNER, event), (GUEST, event)]
    plain.run(f"INSERT INTO participant (event_id, person_id) VALUES ({event}, {GUEST})")
    assert (plain.news(), plain.version(event)) == (everybody, 2)
    plain.run("UPDATE participant SET acknowledged = true")
    assert (plain.news(), plain.version(event)) == (everybody, 3)
    plain.run("UPDATE participant SET acknowledged = true, private = private")
    assert (plain.news(), plain.version(event)) == ([], 3)
    plain.run(f"UPDATE participant SET person_id = {SECOND_GUEST}")
    assert plain.news() == [(OWNER, event), (GUEST, event), (SECOND_GUEST, event)]
    plain.run("DELETE FROM participant")
    assert plain.news() == [(OWNER, event), (SECOND_GUEST, event)]
    assert plain.version(event) == 5


def test_a_participant_moved_to_another_event_changes_both(plain: Plain) -> None:
    first, second = plain.insert(), plain.insert(owner_id=str(OTHER))
    plain.run(f"INSERT INTO participant (event_id, person_id) VALUES ({first}, {GUEST})")
    plain.news()
    versions = plain.version(first), plain.version(second)
    plain.run(f"UPDATE participant SET event_id = {second}")
    assert {*plain.news()} == {(OWNER, first), (GUEST, first), (OTHER, second), (GUEST, second)}
    assert (plain.version(first), plain.version(second)) == (versions[0] + 1, versions[1] + 1)


def test_a_change_of_the_event_concerns_its_participants(plain: Plain) -> None:
    event = plain.insert()
    for guest in (GUEST, SECOND_GUEST):
        plain.run(f"INSERT INTO participant (event_id, person_id) VALUES ({event}, {guest})")
    plain.news()
    plain.run("UPDATE event SET title = 'Uusi'")
    assert plain.news() == [(OWNER, event), (GUEST, event), (SECOND_GUEST, event)]


@pytest.mark.sqlite
def test_insert_or_replace_is_noticed_and_repeats_no_version(plain: Plain) -> None:
    """It fires no trigger of a deletion; a writer that read the old row must still be refused."""
    event = plain.insert()
    plain.run("UPDATE event SET title = 'Luettu'")
    read = plain.version(event)
    plain.connection.execute(
        "INSERT OR REPLACE INTO event (id, owner_id, starts_at, ends_at, created_at, modified_at)"
        " SELECT id, owner_id, starts_at, ends_at, created_at, modified_at FROM event"
    )
    assert plain.version(event) > read
    assert plain.news()[-1] == (OWNER, event)


def test_the_orm_does_not_keep_an_old_version(store: Store, plain: Plain) -> None:
    event = plain.insert()
    with store.write() as session:
        row = session.scalars(select(CalendarEvent)).one()
        row.title = "Uusi"
        session.flush()
        assert row.version == 2
    assert plain.version(event) == 2


@pytest.mark.sqlite
@settings(max_examples=30)
@given(st.lists(st.sampled_from(sorted(CONTENT)), min_size=1, unique=True))
def test_one_statement_is_one_change_however_much_it_changes(columns: list[str]) -> None:
    with closing(_bare()) as connection:
        assignments = ", ".join(f"{column} = {CONTENT[column]}" for column in columns)
        connection.execute(f"UPDATE event SET {assignments}")
        assert connection.execute("SELECT version FROM event").fetchall() == [(2,)]
        logged = connection.execute("SELECT person_id FROM change_log ORDER BY 1").fetchall()
        assert logged == ([(OWNER,), (OTHER,)] if "owner_id" in columns else [(OWNER,)])


def _bare() -> sqlite3.Connection:
    """The two tables and their triggers alone, in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    columns = ", ".join(column for column in {**CONTENT, **ASIDE})
    connection.executescript(
        f"CREATE TABLE event (id INTEGER PRIMARY KEY, version INTEGER DEFAULT 1, {columns});"
        "CREATE TABLE participant (event_id, person_id, acknowledged, declined, private, show_as,"
        " reminder_minutes);"
        "CREATE TABLE change_log (seq INTEGER PRIMARY KEY, person_id, event_id, at);"
    )
    for name in ("event_inserted", "event_updated"):
        connection.execute(f"CREATE TRIGGER {name} {triggers._SQLITE[name]}")
    connection.execute(f"INSERT INTO event (owner_id) VALUES ({OWNER})")
    connection.execute("DELETE FROM change_log")
    return connection
