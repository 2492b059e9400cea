"""What the SQL keeper does beyond the contract: rows come back, links stay, types follow the setting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from tests.contract.keeper import drained, mark, read, timed
from tests.contract.sql_keeper import DEFAULT_TYPE, NOW, OWNER, SOMEBODY, SqlKeeper, opened_sql_keeper
from tests.contract.strategies import events
from tests.outsider import outsider
from vfadmin.calendars.base import Mark, Naming
from vfadmin.calendars.event import LONGEST_REMINDER, NO_REMINDER, Event, Override, Recurrence
from vfadmin.calendars.sql.rows import project, values_of
from vfadmin.errors import CalendarError, ItemGone, StaleVersion
from vfadmin.models import CalendarEvent, EventLink, EventParticipant

pytestmark = pytest.mark.both_stores


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[SqlKeeper]:
    with opened_sql_keeper(tmp_path) as keeper:
        yield keeper


def _row(keeper: SqlKeeper, item_id: str) -> CalendarEvent:
    with keeper.store.read() as session:
        return session.scalars(select(CalendarEvent).where(CalendarEvent.id == int(item_id))).one()


def test_r13_arrivals_get_the_default_type_of_that_moment(keeper: SqlKeeper) -> None:
    calendar = keeper.calendar()
    first = calendar.create(timed(), mark())
    keeper.default_type = 8
    second = calendar.create(timed(), mark())
    keeper.default_type = None
    third = calendar.create(timed(), mark())
    assert [_row(keeper, one.id).type_id for one in (first, second, third)] == [DEFAULT_TYPE, 8, None]


def test_an_event_takes_another_uid_only_in_place_of_the_one_that_is_known(keeper: SqlKeeper) -> None:
    calendar = keeper.calendar()
    made = calendar.create(timed(), replace(mark(), uid=None))
    assert calendar.name([Naming(made.id, "tunniste")])[made.id] == "tunniste"
    assert calendar.name([Naming(made.id, "toinen")])[made.id] == "tunniste"
    assert calendar.name([Naming(made.id, "toinen", "muu")])[made.id] == "tunniste"
    assert calendar.name([Naming(made.id, "toinen", "tunniste")])[made.id] == "toinen"
    assert _row(keeper, made.id).uid == "toinen"


def test_r13_an_update_leaves_the_type_alone(keeper: SqlKeeper) -> None:
    calendar, key = keeper.calendar(), mark()
    written = calendar.create(timed(), key)
    keeper.default_type = 8
    calendar.update(written.id, timed("x"), frozenset({"title"}), written.version, key)
    assert _row(keeper, written.id).type_id == DEFAULT_TYPE


def test_r11_a_revived_row_keeps_its_links_and_its_type(keeper: SqlKeeper) -> None:
    calendar, key = keeper.calendar(), mark()
    written = calendar.create(timed(), key)
    with keeper.store.write() as session:
        session.add(EventLink(event_id=int(written.id), kind="customer", ref=42, label="Asiakas Oy"))
        session.add(EventParticipant(event_id=int(written.id), person_id=SOMEBODY))
    version = read(calendar, written.id).version
    calendar.delete(written.id, version)
    keeper.default_type = 8
    again = calendar.create(timed("Takaisin"), replace(key, key=mark().key), revive=written.id)
    assert again.id == written.id
    assert int(again.version) > int(version)
    row = _row(keeper, again.id)
    assert (row.title, row.deleted_at, row.type_id) == ("Takaisin", None, DEFAULT_TYPE)
    with keeper.store.read() as session:
        assert session.scalars(select(EventLink.ref)).all() == [42]
        assert session.scalars(select(EventParticipant.person_id)).all() == [SOMEBODY]


def test_the_deleted_row_of_the_key_comes_back_even_unnamed(keeper: SqlKeeper) -> None:
    calendar, key = keeper.calendar(), mark()
    written = calendar.create(timed(), key)
    keeper.outside.delete(written.id)
    assert calendar.create(timed("Takaisin"), key).id == written.id


def test_revive_takes_neither_a_live_row_nor_somebody_elses(keeper: SqlKeeper) -> None:
    calendar = keeper.calendar()
    live = calendar.create(timed("Elää"), mark())
    other = keeper.of(SOMEBODY).create(timed("Toisen"), mark())
    keeper.of(SOMEBODY).delete(other.id, other.version)
    added = [calendar.create(timed("Uusi"), mark(), revive=one) for one in (live.id, other.id)]
    assert {live.id, other.id}.isdisjoint(one.id for one in added)
    assert read(calendar, live.id).event.title == "Elää"
    assert _row(keeper, other.id).deleted_at == NOW


def test_a_create_that_is_repeated_answers_what_stands(keeper: SqlKeeper) -> None:
    calendar, key = keeper.calendar(), mark()
    first = calendar.create(timed(), key)
    keeper.outside.edit(first.id, "Muutettu")
    second = calendar.create(timed(), key)
    assert second.id == first.id
    assert second.shown is not None
    assert second.shown.title == "Muutettu"
    assert second.version == read(calendar, first.id).version
    assert keeper.outside.titles() == ["Muutettu"]


def test_a_create_without_times_of_origin_takes_the_clock(keeper: SqlKeeper) -> None:
    calendar, key = keeper.calendar(), mark()
    written = calendar.create(timed(), key)
    item = read(calendar, written.id)
    assert (item.created, item.modified) == (NOW, NOW)
    keeper.now = datetime(2026, 4, 1, tzinfo=UTC)
    calendar.update(written.id, timed("x"), frozenset({"title"}), written.version, key)
    item = read(calendar, written.id)
    assert (item.created, item.modified) == (NOW, keeper.now)


def test_only_ones_own_events_are_there(keeper: SqlKeeper) -> None:
    mine, other = keeper.calendar(), keeper.of(SOMEBODY)
    key = mark()
    theirs = other.create(timed("Toisen"), key)
    assert drained(mine, None)[0] == set()
    assert mine.fetch([theirs.id]).items == {}
    assert mine.find(key.key) == ()
    with pytest.raises(ItemGone):
        mine.update(theirs.id, timed("x"), frozenset({"title"}), theirs.version, mark())
    mine.delete(theirs.id, theirs.version)
    assert read(other, theirs.id).event.title == "Toisen"


def test_an_event_that_changes_its_owner_leaves_one_calendar_and_enters_the_other(keeper: SqlKeeper) -> None:
    mine, other = keeper.calendar(), keeper.of(SOMEBODY)
    written = mine.create(timed(), mark())
    _, _, my_cursor = drained(mine, None)
    _, _, their_cursor = drained(other, None)
    with keeper.store.write() as session:
        session.execute(text("UPDATE event SET owner_id = :who"), {"who": SOMEBODY})
    assert drained(mine, my_cursor)[:2] == (set(), {written.id})
    assert drained(other, their_cursor)[:2] == ({written.id}, set())


def test_one_cursor_is_of_no_use_for_another_person(keeper: SqlKeeper) -> None:
    _, _, cursor = drained(keeper.calendar(), None)
    with pytest.raises(CalendarError) as lost:
        list(keeper.of(SOMEBODY).changes(cursor))
    assert lost.value.failure.code == "EX-CAL-02"


def test_a_series_keeps_its_rule_and_what_deviates(keeper: SqlKeeper) -> None:
    calendar, key = keeper.calendar(), mark()
    changed = Override(date(2026, 3, 9), title="Muu", reminder_minutes=NO_REMINDER)
    rule = Recurrence("FREQ=WEEKLY;BYDAY=MO", (changed,), (date(2026, 3, 16), date(2026, 3, 23)))
    written = calendar.create(timed(recurrence=rule, reminder_minutes=5), key)
    assert read(calendar, written.id).event.recurrence == rule
    calendar.update(written.id, timed(), frozenset({"recurrence"}), written.version, key)
    assert read(calendar, written.id).event.recurrence is None
    assert _row(keeper, written.id).exceptions == []


def test_what_another_program_wrote_raw_is_read_in_canonical_form(keeper: SqlKeeper) -> None:
    item_id = keeper.outside.create("  Rivi\r\ntoinen\xa0 ")
    with keeper.store.write() as session:
        session.execute(text("UPDATE event SET body = :body"), {"body": "a\r\nb  \r\n\r\n"})
    event = read(keeper.calendar(), item_id).event
    assert (event.title, event.text) == ("Rivi toinen", "a\nb")


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("ends_at", "ylihuomenna"),
        ("created_at", "12.3.2026"),
        ("exceptions", "{"),
        ("reminder_minutes", ""),
        ("reminder_minutes", "abc"),
        ("reminder_minutes", 1.5),
        ("title", b"\x00\xff"),
        ("zone", b"\x00\xff"),
    ],
)
def test_a_row_of_nonsense_fails_alone(keeper: SqlKeeper, column: str, value: object) -> None:
    """One poisonous event is a failure of its own; the others go on. PostgreSQL takes none of this."""
    good = [keeper.outside.create(f"Kunnossa {n}") for n in range(3)]
    bad = keeper.outside.create("Rikki")
    with keeper.store.write() as session:
        session.execute(text(f"UPDATE event SET rrule = 'FREQ=DAILY' WHERE id = {bad}"))  # noqa: S608 - an id
        session.execute(text(f"UPDATE event SET {column} = :value WHERE id = {bad}"), {"value": value})  # noqa: S608 - constants
    calendar = keeper.calendar()
    fetched = calendar.fetch([*good, bad])
    assert set(fetched.items) == set(good)
    assert {one: known.code for one, known in fetched.failures.items()} == {bad: "EX-ITEM-03"}
    assert "Rikki" not in str(fetched.failures)
    assert drained(calendar, None)[0] == {*good, bad}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("rrule", "FREQ=MONTHLY;BYMONTHDAY=31"),
        ("rrule", "viikoittain"),
        ("exceptions", "[1]"),
        ("exceptions", "{}"),
        ("deleted_occurrences", '["eilen"]'),
    ],
)
def test_a_series_that_cannot_be_expressed_is_named_and_left_alone_r17(
    keeper: SqlKeeper, column: str, value: str
) -> None:
    item_id = keeper.calendar().create(timed(recurrence=Recurrence("FREQ=DAILY")), mark()).id
    with keeper.store.write() as session:
        session.execute(text(f"UPDATE event SET {column} = :value"), {"value": value})  # noqa: S608 - constants
    item = read(keeper.calendar(), item_id)
    assert item.unsupported == "recurrence"
    assert item.event.recurrence is not None


def test_a_series_in_a_zone_that_does_not_exist_is_named_and_left_alone_r17(keeper: SqlKeeper) -> None:
    item_id = keeper.calendar().create(timed(recurrence=Recurrence("FREQ=DAILY")), mark()).id
    with keeper.store.write() as session:
        session.execute(text("UPDATE event SET zone = 'Mars/Olympus'"))
    assert read(keeper.calendar(), item_id).unsupported == "zone"


def test_what_another_program_wrote_of_a_series_is_read_in_canonical_form_r17(keeper: SqlKeeper) -> None:
    item_id = keeper.calendar().create(timed(recurrence=Recurrence("FREQ=DAILY")), mark()).id
    values = {
        "rule": "RRULE:FREQ=WEEKLY;UNTIL=20260401",
        "exceptions": '[{"original": "2026-03-09T07:00:00Z", "title": " Muu "}]',
        "deleted": '["2026-03-16", "2026-03-17"]',
    }
    with keeper.store.write() as session:
        session.execute(
            text("UPDATE event SET rrule = :rule, exceptions = :exceptions, deleted_occurrences = :deleted"),
            values,
        )
    assert read(keeper.calendar(), item_id).event.recurrence == Recurrence(
        "FREQ=WEEKLY;BYDAY=MO;UNTIL=20260330T205959Z",
        (Override(date(2026, 3, 9), title="Muu"),),
        (date(2026, 3, 16),),
    )


def test_a_series_does_not_end_with_its_first_occurrence_r8(keeper: SqlKeeper) -> None:
    keeper.calendar().create(timed(recurrence=Recurrence("FREQ=DAILY")), mark())
    (page,) = keeper.calendar().changes(None)
    assert [one.ends for one in page.changed] == [None]


@pytest.mark.sqlite
def test_an_end_of_nonsense_does_not_hide_the_page(keeper: SqlKeeper) -> None:
    bad = keeper.outside.create("Rikki")
    with keeper.store.write() as session:
        session.execute(text("UPDATE event SET ends_at = 'ylihuomenna'"))
    (page,) = keeper.calendar().changes(None)
    assert [(one.id, one.ends) for one in page.changed] == [(bad, None)]


def test_pages_tell_when_an_event_ends(keeper: SqlKeeper) -> None:
    keeper.calendar().create(timed(), mark())
    (page,) = keeper.calendar().changes(None)
    assert [one.ends for one in page.changed] == [timed().when.end]


def test_a_type_that_does_not_exist_is_a_failure_of_the_item(keeper: SqlKeeper) -> None:
    keeper.default_type = 404
    with pytest.raises(CalendarError) as refused:
        keeper.calendar().create(timed("Salaisuus"), mark())
    assert refused.value.failure.code == "EX-ITEM-03"
    assert "Salaisuus" not in str(refused.value.failure)
    assert keeper.outside.titles() == []


@pytest.mark.parametrize("version", ["", "x", "01", "9" * 30, "-1", "2"])
def test_a_version_that_was_never_given_out_is_stale(keeper: SqlKeeper, version: str) -> None:
    calendar = keeper.calendar()
    written = calendar.create(timed(), mark())
    with pytest.raises(StaleVersion):
        calendar.update(written.id, timed("x"), frozenset({"title"}), version, mark())
    with pytest.raises(StaleVersion):
        calendar.delete(written.id, version)
    assert keeper.outside.titles() == ["Palaveri"]


def test_a_write_of_the_same_again_is_no_change(keeper: SqlKeeper) -> None:
    calendar, key = keeper.calendar(), mark()
    written = calendar.create(timed(), key)
    _, _, cursor = drained(calendar, None)
    stamped = replace(key, stamp=mark().stamp)
    again = calendar.update(written.id, timed(), calendar.capabilities.fields, written.version, stamped)
    assert again.version == written.version
    assert read(calendar, written.id).stamp == stamped.stamp
    assert drained(calendar, cursor)[:2] == (set(), set())


@pytest.mark.sqlite
def test_a_database_that_is_out_of_reach_is_a_failure_of_the_calendar(keeper: SqlKeeper) -> None:
    with keeper.store.write() as session:
        session.execute(text("DROP TABLE store_identity"))
    keeper.store.close()
    Path(keeper.store.place).write_bytes(b"no database at all" * 100)
    with pytest.raises(CalendarError) as broken:
        keeper.calendar().fetch(["1"])
    assert broken.value.failure.code == "VF-STORE-03"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(event=events(recurring=True))
def test_any_event_survives_its_row(keeper: SqlKeeper, event: Event) -> None:
    calendar = keeper.calendar()
    event = replace(event, participants=frozenset())  # who would have to be there
    written = calendar.create(event, mark())
    assert written.shown == project(event) == project(project(event))
    assert values_of(written.shown) == values_of(event)


def test_it_costs_no_requests_and_stands_on_the_valueframe_side(keeper: SqlKeeper) -> None:
    calendar = keeper.calendar()
    calendar.create(timed(), mark())
    assert (calendar.requests, calendar.side.value) == (0, "valueframe")
    assert calendar.identity().folder == str(OWNER)


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("column", "when"),
    [
        ("ends_at", "infinity"),
        ("ends_at", "20000-01-01 08:00+00"),
        ("starts_at", "4000-01-01 08:00+00 BC"),
        ("created_at", "-infinity"),
    ],
)
def test_a_time_that_python_does_not_know_fails_alone(keeper: SqlKeeper, column: str, when: str) -> None:
    """A PostgreSQL server takes it."""
    good, bad = (keeper.outside.create(title) for title in ("Kunnossa", "Ikuinen"))
    with outsider(keeper.store) as other:
        other.run(f"UPDATE event SET {column} = '{when}' WHERE id = {bad}")  # noqa: S608 - constants
    calendar = keeper.calendar()
    fetched = calendar.fetch([good, bad])
    assert fetched.items.keys() == {good}
    assert {one: known.code for one, known in fetched.failures.items()} == {bad: "EX-ITEM-03"}
    assert drained(calendar, None)[0] == {good, bad}


def test_a_day_behind_the_last_one_fails_alone(keeper: SqlKeeper) -> None:
    good, bad = (keeper.outside.create(title) for title in ("Kunnossa", "Ikuinen"))
    with keeper.store.write() as session:
        session.execute(
            text(f"UPDATE event SET all_day = true, ends_at = '9999-12-31 23:59:00.000000' WHERE id = {bad}")  # noqa: S608 - an id
        )
    fetched = keeper.calendar().fetch([good, bad])
    assert fetched.items.keys() == {good}
    assert {one: known.code for one, known in fetched.failures.items()} == {bad: "EX-ITEM-03"}


def test_a_reminder_of_a_thousand_years_is_the_longest_there_is(keeper: SqlKeeper) -> None:
    far, negative = (keeper.outside.create(title) for title in ("Kaukana", "Jälkeen"))
    with keeper.store.write() as session:
        for item_id, minutes in ((far, 2**31 - 1), (negative, -5)):
            session.execute(
                text("UPDATE event SET reminder_minutes = :minutes WHERE id = :id"),
                {"minutes": minutes, "id": int(item_id)},
            )
    shown = [read(keeper.calendar(), one).event.reminder_minutes for one in (far, negative)]
    assert shown == [LONGEST_REMINDER, 0]


def test_r31_a_refused_row_tells_nothing_but_the_kind_of_refusal(keeper: SqlKeeper) -> None:
    """A trigger's own words may quote the row, as PostgreSQL's do."""
    with keeper.store.write() as session:
        session.execute(
            text(
                "CREATE TRIGGER closed BEFORE INSERT ON event"
                " BEGIN SELECT RAISE(ABORT, 'Failing row contains Salaisuus'); END"
                if keeper.store.scheme == "sqlite"
                else "ALTER TABLE event ADD CONSTRAINT closed CHECK (title = '')"
            )
        )
    with pytest.raises(CalendarError) as refused:
        keeper.calendar().create(timed("Salaisuus"), mark())
    assert refused.value.failure.code == "EX-ITEM-03"
    named = "IntegrityError" if keeper.store.scheme == "sqlite" else "closed"
    assert refused.value.failure.params == {"detail": named}
    if keeper.store.scheme == "postgresql":
        driver = refused.value.__cause__
        assert isinstance(driver, IntegrityError)
        assert "Salaisuus" not in f"{driver} {driver.orig} {driver.orig!r}"


@pytest.mark.postgresql
def test_a_uid_too_long_for_the_index_is_a_failure_of_the_item(keeper: SqlKeeper) -> None:
    made = mark()
    uid = "".join(chr(0x4E00 + 7919 * n % 20_000) for n in range(2_000))
    with pytest.raises(CalendarError) as refused:
        keeper.calendar().create(timed(), Mark(made.key, made.stamp, uid=uid))
    assert refused.value.failure.code == "EX-ITEM-03"
    assert keeper.outside.titles() == []
