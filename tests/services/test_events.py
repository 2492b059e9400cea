from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.clock import FakeClock
from tests.services.scenes import person
from vfadmin import assets
from vfadmin.errors import UsageError
from vfadmin.models import CalendarEvent, ChangeLog, EventLink, EventParticipant
from vfadmin.models.store import Store
from vfadmin.services.context import Services
from vfadmin.services.event_form import KEYS, parsed

MEETING = {"owner": 1, "title": "Palaveri", "start": "2026-03-02T10:00", "end": "2026-03-02T11:30"}


@pytest.fixture(autouse=True)
def owner(services: Services) -> int:
    return person(services, "Anna").id


def code_of(error: pytest.ExceptionInfo[UsageError]) -> str:
    return error.value.failure.code


def test_an_event_comes_back_under_the_keys_of_the_command_line(
    services: Services, fake_clock: FakeClock
) -> None:
    kind = services.directory.add_event_type("Asiakaskäynti")

    row = services.events.add(
        MEETING
        | {
            "type": "asiakaskäynti",
            "location": "Neukkari\r\n2",
            "text": "Rivi 1\r\nRivi 2  ",
            "show_as": "oof",
            "reminder_minutes": 15,
            "acknowledged": False,
        }
    )

    assert row.as_json() == {
        "id": 1,
        "owner": 1,
        "type": "Asiakaskäynti",
        "title": "Palaveri",
        "location": "Neukkari 2",
        "text": "Rivi 1\nRivi 2",
        "start": "2026-03-02T10:00:00+02:00",
        "end": "2026-03-02T11:30:00+02:00",
        "all_day": False,
        "timezone": "Europe/Helsinki",
        "private": False,
        "show_as": "oof",
        "acknowledged": False,
        "reminder_minutes": 15,
        "participants": [],
        "links_kept": 0,
        "recurrence": None,
        "created": fake_clock.now.isoformat(),
        "modified": fake_clock.now.isoformat(),
    }
    assert row.type_id == kind.id
    assert services.events.show(1) == row


@pytest.mark.parametrize(
    ("times", "start", "end"),
    [
        (
            {"start": "2026-03-02T10:00Z", "end": "2026-03-02T12:00+01:00"},
            "T12:00:00+02:00",
            "T13:00:00+02:00",
        ),
        ({"timezone": "Asia/Tokyo"}, "T10:00:00+09:00", "T11:30:00+09:00"),
        ({"start": "2026-03-02T10:00:59"}, "T10:00:00+02:00", "T11:30:00+02:00"),
        ({"end": "2026-03-02T10:00"}, "T10:00:00+02:00", "T10:00:00+02:00"),
    ],
)
def test_times_are_kept_in_their_zone(
    services: Services, times: dict[str, str], start: str, end: str
) -> None:
    row = services.events.add(MEETING | times)

    assert row.as_json()["start"] == f"2026-03-02{start}"
    assert row.as_json()["end"] == f"2026-03-02{end}"


def test_the_wall_clock_holds_across_the_change_of_the_clocks(services: Services) -> None:
    summer = services.events.add(MEETING | {"start": "2026-03-30T10:00", "end": "2026-03-30T11:00"})

    assert summer.as_json()["start"] == "2026-03-30T10:00:00+03:00"


@pytest.mark.parametrize(
    ("times", "end"),
    [
        ({"start": "2026-03-02", "end": "2026-03-04"}, "2026-03-04"),
        ({"start": "2026-03-02", "end": None}, "2026-03-03"),
        ({"start": "2026-03-02T00:00", "end": "2026-03-03T00:00", "all_day": True}, "2026-03-03"),
        ({"start": "2026-03-02", "end": "2026-03-02"}, "2026-03-03"),
    ],
)
def test_whole_days_are_dates_and_end_on_the_day_after(
    services: Services, times: dict[str, Any], end: str
) -> None:
    row = services.events.add(MEETING | times)

    assert (row.all_day, row.start, row.end) == (True, date(2026, 3, 2), date.fromisoformat(end))
    assert row.as_json()["end"] == end


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"start": None}, "start"),
        ({"start": 5}, "start"),
        ({"end": None}, "end"),
        ({"start": "huomenna"}, "start"),
        ({"start": "0001-01-01T00:00"}, "start"),
        ({"end": "9999-12-31T23:59"}, "end"),
        ({"timezone": "Helsinki"}, "timezone"),
        ({"timezone": "../etc/passwd"}, "timezone"),
        ({"timezone": 3}, "timezone"),
        ({"show_as": "away"}, "show_as"),
        ({"private": "yes"}, "private"),
        ({"all_day": 1}, "all_day"),
        ({"title": 7}, "title"),
        ({"text": "x" * 1_000_001}, "text"),
        ({"reminder_minutes": -1}, "reminder_minutes"),
        ({"reminder_minutes": 2_629_801}, "reminder_minutes"),
        ({"reminder_minutes": "15"}, "reminder_minutes"),
        ({"reminder_minutes": True}, "reminder_minutes"),
        ({"owner": None}, "owner"),
        ({"owner": "Anna"}, "owner"),
        ({"type": "no such"}, "type"),
        ({"type": True}, "type"),
        ({"type": 1.5}, "type"),
        ({"participants": "2"}, "participants"),
        ({"participants": ["2"]}, "participants"),
        ({"participants": [{"person": "2"}]}, "participants"),
        ({"participants": [{"person": 2, "declined": True}]}, "participants"),
        ({"participants": [True]}, "participants"),
        ({"participants": [{"person": 1, "acknowledged": 1}]}, "acknowledged"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_bad_value_is_named_and_nothing_is_stored(
    services: Services, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(UsageError) as error:
        services.events.add(MEETING | values)

    assert code_of(error) == "VF-EVENT-02"
    assert error.value.failure.params["field"] == field
    assert len(str(error.value.failure.params["value"])) <= 80
    assert services.events.list(1) == []


@pytest.mark.parametrize(
    "times",
    [{"end": "2026-03-02T09:00"}, {"start": "2026-03-02", "end": "2026-03-01"}],
)
def test_an_event_cannot_end_before_it_starts(services: Services, times: dict[str, str]) -> None:
    with pytest.raises(UsageError) as error:
        services.events.add(MEETING | times)

    assert code_of(error) == "VF-EVENT-03"


@pytest.mark.parametrize("values", [{"owner": 99}, {"participants": [99]}])
def test_persons_must_exist(services: Services, values: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as error:
        services.events.add(MEETING | values)

    assert code_of(error) == "VF-PERSON-01"
    assert services.events.list(1) == []


def test_an_edit_changes_the_given_keys_only_and_moves_the_version(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    row = services.events.add(MEETING | {"text": "Esityslista", "private": False})
    fake_clock.advance(timedelta(hours=1))

    changed = services.events.edit(row.id, {"title": "Siirretty", "start": "2026-03-02T11:00"})

    assert changed.title == "Siirretty"
    assert (changed.text, changed.end) == (row.text, row.end)
    assert (changed.created, changed.modified) == (row.created, fake_clock.now)
    with store.read() as session:
        stored = session.get(CalendarEvent, row.id)
        assert stored is not None
        assert stored.version > 1
        assert session.query(ChangeLog).filter_by(person_id=1, event_id=row.id).count() >= 2
    entry = services.history.audit()[0]
    assert entry.action == "event.edit"
    assert entry.after is not None
    assert set(entry.after) == {"title", "start", "modified"}


def test_an_edit_that_cannot_be_leaves_the_event_as_it_was(services: Services) -> None:
    row = services.events.add(MEETING)

    for changes in ({"end": "2026-03-02T09:00"}, {"owner": 99}, {"nonsense": 1}):
        with pytest.raises(UsageError):
            services.events.edit(row.id, changes)

    assert services.events.show(row.id) == row


def test_what_somebody_else_changed_meanwhile_is_neither_overwritten_nor_deleted(services: Services) -> None:
    seen = services.events.add(MEETING)
    theirs = services.events.edit(seen.id, {"location": "Neukkari 3"}, seen.version)
    assert theirs.version > seen.version

    for stale in (
        lambda: services.events.edit(seen.id, {"location": "Neukkari 4"}, seen.version),
        lambda: services.events.delete(seen.id, seen.version),
    ):
        with pytest.raises(UsageError) as error:
            stale()
        assert code_of(error) == "VF-EVENT-05"

    assert services.events.show(seen.id) == theirs
    assert services.events.delete(seen.id, theirs.version) == theirs


def test_what_is_shown_can_be_edited_and_added_again(services: Services) -> None:
    row = services.events.add(MEETING | {"start": "2026-03-02", "end": "2026-03-05"})

    again = services.events.add(services.events.show(row.id).as_json())
    same = services.events.edit(row.id, row.as_json())

    assert {**again.as_json(), "id": row.id} == row.as_json()
    assert same.as_json() == row.as_json()


def test_links_to_persons_are_kept_as_they_set_them(services: Services, store: Store) -> None:
    bertta, cecilia = person(services, "Bertta").id, person(services, "Cecilia").id
    row = services.events.add(MEETING | {"participants": [bertta, {"person": cecilia, "acknowledged": True}]})
    with store.write() as session:
        link = session.get(EventParticipant, (row.id, bertta))
        assert link is not None
        link.reminder_minutes = 5

    changed = services.events.edit(row.id, {"participants": [{"person": bertta, "acknowledged": True}, 1]})

    assert [(one.person, one.acknowledged) for one in row.participants] == [(bertta, False), (cecilia, True)]
    assert [(one.person, one.acknowledged) for one in changed.participants] == [(1, False), (bertta, True)]
    with store.read() as session:
        link = session.get(EventParticipant, (row.id, bertta))
        assert link is not None
        assert link.reminder_minutes == 5


def test_r11_links_to_customers_are_counted_and_never_touched(services: Services, store: Store) -> None:
    row = services.events.add(MEETING)
    with store.write() as session:
        session.add_all(EventLink(event_id=row.id, kind=kind, ref=7) for kind in ("customer", "contact"))

    assert services.events.edit(row.id, {"title": "Toinen"}).links_kept == 2


def test_a_deleted_event_is_gone_from_every_list_and_kept_in_the_store(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    row = services.events.add(MEETING)

    assert services.events.delete(row.id) == row

    assert services.events.list(1) == []
    for call in (services.events.show, services.events.delete, lambda one: services.events.edit(one, {})):
        with pytest.raises(UsageError) as error:
            call(row.id)
        assert code_of(error) == "VF-EVENT-01"
    with store.read() as session:
        stored = session.get(CalendarEvent, row.id)
        assert stored is not None
        assert stored.deleted_at == fake_clock.now


def test_a_person_sees_own_and_linked_events_in_order(services: Services, store: Store) -> None:
    bertta = person(services, "Bertta").id
    late = services.events.add(MEETING | {"start": "2026-03-05T10:00", "end": "2026-03-05T11:00"})
    linked = services.events.add(MEETING | {"owner": bertta, "participants": [1]})
    services.events.add(MEETING | {"owner": bertta})
    declined = services.events.add(MEETING | {"owner": bertta, "participants": [1]})
    with store.write() as session:
        link = session.get(EventParticipant, (declined.id, 1))
        assert link is not None
        link.declined = True

    assert [one.id for one in services.events.list(1)] == [linked.id, late.id]
    with pytest.raises(UsageError) as error:
        services.events.list(99)
    assert code_of(error) == "VF-PERSON-01"


@pytest.mark.parametrize(
    ("from_", "to", "found"),
    [
        (None, None, True),
        (date(2026, 3, 2), date(2026, 3, 3), True),
        (date(2026, 3, 3), None, False),
        (None, date(2026, 3, 2), False),
        (datetime(2026, 3, 2, 9, 29, tzinfo=UTC), None, True),
        (datetime(2026, 3, 2, 9, 30, tzinfo=UTC), None, False),
        (None, datetime(2026, 3, 2, 10, 0), False),  # noqa: DTZ001 - a naive one means Finnish time
        (None, datetime(2026, 3, 2, 10, 1), True),  # noqa: DTZ001 - likewise
    ],
)
def test_a_list_holds_what_overlaps_its_bounds(
    services: Services, from_: datetime | date | None, to: datetime | date | None, found: bool
) -> None:
    services.events.add(MEETING)

    assert bool(services.events.list(1, from_, to)) is found


CANARIES = ("Leikkaus", "Sairaala", "Ota paperit mukaan")


def test_r31_of_a_private_event_readers_see_its_time_and_yksityinen(services: Services) -> None:
    bertta = person(services, "Bertta").id
    kind = services.directory.add_event_type("Lääkäri")
    title, location, text = CANARIES
    secret = MEETING | {
        "title": title,
        "location": location,
        "text": text,
        "private": True,
        "type": kind.id,
        "participants": [bertta],
        "reminder_minutes": 30,
    }

    added = services.events.add(secret)
    edited = services.events.edit(added.id, {"location": location + " 2"})
    rows = [
        added,
        edited,
        services.events.show(added.id),
        *services.events.list(1),
        *services.events.list(bertta),
    ]
    deleted = services.events.delete(services.events.add(secret).id)

    for row in [*rows, deleted]:
        assert (row.title, row.location, row.text, row.type, row.participants) == (
            "Yksityinen",
            "",
            "",
            None,
            (),
        )
        assert (row.reminder_minutes, row.private, row.redacted) == (None, True, True)
        assert row.as_json()["start"] == "2026-03-02T10:00:00+02:00"
    assert services.events.show(added.id, redact=False).title == title
    trail = str(services.history.audit())
    assert not any(canary in trail for canary in CANARIES)


def test_r31_what_became_private_is_no_longer_told_by_the_audit_trail(services: Services) -> None:
    row = services.events.add(MEETING | {"title": CANARIES[0]})
    services.events.edit(row.id, {"private": True})

    assert CANARIES[0] not in str(services.history.audit())


def test_an_event_of_another_program_with_an_unknown_zone_is_shown_in_utc(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    with store.write() as session:
        session.add(
            CalendarEvent(
                owner_id=1,
                starts_at=fake_clock.now,
                ends_at=fake_clock.now,
                zone="Atlantis/Capital",
                rrule="FREQ=DAILY",
                exceptions=[],
                deleted_occurrences=["2026-03-11"],
                created_at=fake_clock.now,
                modified_at=fake_clock.now,
            )
        )

    (row,) = services.events.list(1)

    assert row.as_json()["start"] == "2026-03-10T09:30:00+00:00"
    assert row.as_json()["recurrence"] == {"rrule": "FREQ=DAILY", "exceptions": [], "deleted": ["2026-03-11"]}
    with pytest.raises(UsageError) as error:
        services.events.edit(row.id, {"title": "x"})
    assert error.value.failure.params["field"] == "timezone"
    assert (
        services.events.edit(row.id, {"title": "x", "timezone": "Europe/Helsinki"}).recurrence
        == row.recurrence
    )


def test_a_series_is_added_shown_and_made_a_single_event_r17(services: Services) -> None:
    exception = {"original": "2026-03-16", "start": "2026-03-17T09:00", "end": "2026-03-17T10:00"}
    given = {"rrule": "RRULE:FREQ=WEEKLY;COUNT=5", "exceptions": [exception], "deleted": ["2026-03-23T09:00"]}
    start = {"start": "2026-03-09T09:00", "end": "2026-03-09T10:00", "all_day": False}

    row = services.events.add(MEETING | start | {"timezone": "Europe/Helsinki", "recurrence": given})

    moved = {"start": "2026-03-17T07:00:00+00:00", "end": "2026-03-17T08:00:00+00:00"}
    shown = {
        "rrule": "FREQ=WEEKLY;BYDAY=MO;COUNT=5",
        "exceptions": [{"original": "2026-03-16"} | moved],
        "deleted": ["2026-03-23"],
    }
    assert row.recurrence == shown
    assert services.events.edit(row.id, {"title": "x"}).recurrence == shown
    assert services.events.edit(row.id, {"recurrence": None}).recurrence is None


@pytest.mark.parametrize(("rule", "listed"), [("FREQ=WEEKLY;COUNT=5", 0), ("FREQ=WEEKLY", 1)])
def test_a_series_is_listed_until_its_last_occurrence_r17(services: Services, rule: str, listed: int) -> None:
    start = {"start": "2026-03-09T09:00", "end": "2026-03-09T10:00", "all_day": False}
    services.events.add(MEETING | start | {"recurrence": {"rrule": rule}})
    assert len(services.events.list(1, date(2026, 4, 6), date(2026, 4, 7))) == 1
    assert len(services.events.list(1, date(2026, 4, 7), date(2026, 4, 8))) == listed


@pytest.mark.parametrize(
    "given",
    [
        "FREQ=DAILY",
        {},
        {"rrule": 5},
        {"rrule": "FREQ=MONTHLY;BYMONTHDAY=31"},
        {"rrule": "FREQ=DAILY", "exceptions": "x"},
        {"rrule": "FREQ=DAILY", "exceptions": [{"title": "x"}]},
        {"rrule": "FREQ=DAILY", "deleted": ["eilen"]},
        {"rrule": "FREQ=DAILY", "interval": 2},
    ],
)
def test_a_recurrence_that_cannot_be_used_is_named_r17(services: Services, given: Any) -> None:
    with pytest.raises(UsageError) as error:
        services.events.add(MEETING | {"recurrence": given})
    assert code_of(error) == "VF-EVENT-04"
    assert services.events.list(1) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(sorted(KEYS)), JSON, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_document_says_it_is_an_event_or_a_named_refusal(data: dict[str, Any]) -> None:
    refused = None
    try:
        draft = parsed(MEETING | data)
    except UsageError as error:
        refused = error.failure
    else:
        assert draft.event.when.start <= draft.event.when.end

    assert refused is None or refused.code in {"VF-EVENT-02", "VF-EVENT-03", "VF-EVENT-04"}


def test_r7_over_rest_the_database_s_events_are_neither_shown_nor_written(
    services: Services, store: Store, tmp_path: Path
) -> None:
    number = services.events.add(MEETING).id
    field_map = tmp_path / "field-map.toml"
    field_map.write_text(assets.read_text("valueframe/field-map.toml"), "utf-8")
    services.valueframe.use_rest(field_map)
    for refused in (
        lambda: services.events.list(1),
        lambda: services.events.show(number),
        lambda: services.events.add(MEETING),
        lambda: services.events.edit(number, {"title": "Toinen"}),
        lambda: services.events.delete(number),
    ):
        with pytest.raises(UsageError) as error:
            refused()
        assert code_of(error) == "VF-REST-17"
    with store.read() as session:
        (row,) = session.scalars(select(CalendarEvent))
        assert (row.title, row.deleted_at) == ("Palaveri", None)
    services.valueframe.use_sql()
    assert [one.title for one in services.events.list(1)] == ["Palaveri"]
