"""The Outlook user."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.clock import FakeClock
from tests.simulator.wire import Wire, times
from vfadmin.simulator import ItemView, OutlookUser, Recurrence, Simulator, named

HELSINKI = ZoneInfo("Europe/Helsinki")
START = datetime(2026, 3, 11, 10, 0, tzinfo=HELSINKI)
HOUR = timedelta(hours=1)
GUID = "6f6bd32b-1c1b-4c6e-9f0f-1a8a0a1b2c3d"


def test_an_event_is_kept_as_it_was_made(anna: OutlookUser) -> None:
    item_id = anna.create(
        subject="Palaveri", start=START, end=START + HOUR, body_html="<p>Hei</p>", location="Sali",
        reminder_minutes=30, show_as="Tentative", sensitivity="Private", categories=("Sininen",),
    )  # fmt: skip

    item = anna.item(item_id)

    assert (item.subject, item.body_text, item.location) == ("Palaveri", "Hei\r\n", "Sali")
    assert (item.start, item.end) == (START, START + HOUR)
    assert (item.start_zone, item.reminder_minutes, item.show_as) == ("FLE Standard Time", 30, "Tentative")
    assert (item.sensitivity, item.categories, item.folder) == ("Private", ("Sininen",), "calendar")


def test_no_reminder_means_none(anna: OutlookUser) -> None:
    item_id = anna.create(start=START, end=START + HOUR)

    assert anna.item(item_id).reminder_minutes is None


def test_an_all_day_event_stays_on_its_day(anna: OutlookUser) -> None:
    item_id = anna.create(start=START, end=START, all_day=True)

    item = anna.item(item_id)
    assert item.start.astimezone(HELSINKI).isoformat() == "2026-03-11T00:00:00+02:00"
    assert item.end.astimezone(HELSINKI).isoformat() == "2026-03-12T00:00:00+02:00"


def test_an_edit_changes_what_it_names(anna: OutlookUser) -> None:
    item_id = anna.create(subject="a", start=START, end=START + HOUR, location="x")
    before = anna.item(item_id)

    anna.edit(item_id, subject="b", body_text="uusi")

    after = anna.item(item_id)
    assert (after.subject, after.location, after.body_text) == ("b", "x", "uusi\r\n")
    assert (after.uid, after.change_key != before.change_key) == (before.uid, True)


def test_a_touch_changes_the_change_key_alone(anna: OutlookUser) -> None:
    item_id = anna.create(subject="a", start=START, end=START + HOUR)
    before = anna.item(item_id)

    anna.touch(item_id)

    after = anna.item(item_id)
    assert (after.change_key != before.change_key, after.subject, after.body_html) == (
        True,
        "a",
        before.body_html,
    )


def test_a_copy_has_own_properties_and_a_uid_of_its_own(wire: Wire, anna: OutlookUser) -> None:
    key = f'<ty:ExtendedFieldURI PropertySetId="{GUID}" PropertyName="key" PropertyType="String"/>'
    item_id = wire.create(
        f"<ty:ExtendedProperty>{key}<ty:Value>k</ty:Value></ty:ExtendedProperty>{times()}"
    ).item_ids()[0][0]

    copy = anna.item(anna.copy(item_id))

    assert named(copy.extended, "key", GUID) == "k"
    assert copy.uid != anna.item(item_id).uid


def test_an_invitation_meets_what_has_its_uid_already(wire: Wire, anna: OutlookUser) -> None:
    key = f'<ty:ExtendedFieldURI PropertySetId="{GUID}" PropertyName="key" PropertyType="String"/>'
    item_id, change_key = wire.create(
        f"<ty:ExtendedProperty>{key}<ty:Value>k</ty:Value></ty:ExtendedProperty>{times()}"
    ).item_ids()[0]
    uid = anna.item(item_id).uid

    anna.learn_of_invitation(item_id, "maija@elsewhere.test")

    (item,) = anna.items()
    assert (item.id, item.uid, named(item.extended, "key", GUID)) == (item_id, uid, "k")
    assert (item.is_meeting, item.my_response) == (True, "NoResponseReceived")
    assert item.change_key != change_key


def test_a_delete_goes_to_deleted_items_and_back(anna: OutlookUser) -> None:
    item_id = anna.create(subject="a", start=START, end=START + HOUR)

    anna.delete(item_id)
    (deleted,) = anna.deleted_items()
    back = anna.restore(deleted.id)

    assert [item.id for item in anna.items()] == [back]
    with pytest.raises(KeyError):
        anna.item(item_id)


WEEKLY = Recurrence("Weekly", date(2026, 3, 11), days=("Wednesday",), count=4)
SECOND = date(2026, 3, 18)
WEEK = timedelta(days=7)


def series_of(anna: OutlookUser, rule: Recurrence = WEEKLY) -> str:
    return anna.create(subject="Viikko", start=START, end=START + HOUR, recurrence=rule)


def spring(anna: OutlookUser) -> list[ItemView]:
    return anna.calendar(START - WEEK, START + 10 * WEEK)


def test_a_series_is_one_event_with_occurrences_in_the_calendar(anna: OutlookUser) -> None:
    master_id = series_of(anna)

    (master,) = anna.items()

    assert (master.id, master.type, master.recurrence) == (master_id, "RecurringMaster", WEEKLY)
    shown = spring(anna)
    assert [one.start.astimezone(HELSINKI).isoformat() for one in shown] == [
        "2026-03-11T10:00:00+02:00",
        "2026-03-18T10:00:00+02:00",
        "2026-03-25T10:00:00+02:00",
        "2026-04-01T10:00:00+03:00",
    ]
    assert {(one.master_id, one.type, one.original_start == one.start) for one in shown} == {
        (master_id, "Occurrence", True)
    }
    assert anna.occurrence(master_id, SECOND) == shown[1]


def test_one_occurrence_is_moved_and_another_deleted(anna: OutlookUser) -> None:
    master_id = series_of(anna)

    moved = anna.occurrence(master_id, SECOND).id
    anna.edit(moved, start=START + WEEK + HOUR, end=START + WEEK + 2 * HOUR, subject="Tuntia myöhemmin")
    anna.delete(anna.occurrence(master_id, SECOND + WEEK).id)

    one, master = anna.item(moved), anna.item(master_id)
    assert (one.type, one.subject, one.start) == ("Exception", "Tuntia myöhemmin", START + WEEK + HOUR)
    assert (one.original_start, anna.occurrence(master_id, SECOND)) == (START + WEEK, one)
    assert (master.exceptions, master.deletions) == ((START + WEEK,), (START + 2 * WEEK,))
    assert anna.deleted_items() == []
    with pytest.raises(KeyError):
        anna.occurrence(master_id, SECOND + WEEK)


def test_another_rule_begins_the_series_anew(anna: OutlookUser) -> None:
    master_id = series_of(anna)
    anna.edit(anna.occurrence(master_id, SECOND).id, subject="Muu")

    anna.edit(master_id, recurrence=replace(WEEKLY, days=("Wednesday", "Friday")))

    assert anna.item(master_id).exceptions == ()
    assert [one.subject for one in spring(anna)] == ["Viikko"] * 4


def test_a_series_ends_early(anna: OutlookUser) -> None:
    master_id = series_of(anna, replace(WEEKLY, count=None))
    anna.edit(anna.occurrence(master_id, SECOND).id, subject="Muu")

    anna.end_series(master_id, SECOND)

    assert [one.subject for one in spring(anna)] == ["Viikko", "Muu"]
    assert anna.item(master_id).recurrence == replace(WEEKLY, count=None, end=SECOND)


def test_a_series_becomes_a_single_event_and_back(anna: OutlookUser) -> None:
    master_id = series_of(anna)

    anna.edit(master_id, recurrence=None)
    single = [(one.id, one.type, one.start) for one in spring(anna)]
    anna.edit(master_id, recurrence=WEEKLY)

    assert single == [(master_id, "Single", START)]
    assert len(spring(anna)) == 4


def test_what_a_series_cannot_be_is_refused(anna: OutlookUser) -> None:
    master_id = series_of(anna)
    second = anna.occurrence(master_id, SECOND).id

    with pytest.raises(ValueError, match="ErrorOccurrenceCrossingBoundary"):
        anna.edit(second, start=START + 2 * WEEK, end=START + 2 * WEEK + HOUR)
    with pytest.raises(ValueError, match="ErrorCalendarInvalidRecurrence"):
        series_of(anna, replace(WEEKLY, interval=0))
    with pytest.raises(ValueError, match="no rule of its own"):
        anna.edit(second, recurrence=WEEKLY)
    with pytest.raises(ValueError, match="stays with its series"):
        anna.move(second, "deleteditems")
    with pytest.raises(ValueError, match="no series"):
        anna.end_series(anna.create(start=START, end=START + HOUR), SECOND)


def test_meetings_tell_their_people(sim: Simulator, anna: OutlookUser) -> None:
    item_id = anna.create(
        subject="m", start=START, end=START + HOUR, attendees=("b@example.test", "x@other.test")
    )
    anna.edit(item_id, location="Sali")
    anna.delete(item_id)

    assert [(mail.kind, mail.recipients) for mail in sim.outbox] == [
        (kind, ("b@example.test", "x@other.test"))
        for kind in ("MeetingRequest", "MeetingUpdate", "MeetingCancellation")
    ]


@pytest.mark.parametrize(
    "values",
    [
        {"show_as": "Away"},
        {"sensitivity": "Secret"},
        {"time_zone": "Mars"},
        {"colour": "red"},
        {"subject": "x" * 256},
    ],
)
def test_wrong_values_are_refused(anna: OutlookUser, values: dict[str, str]) -> None:
    item_id = anna.create(start=START, end=START + HOUR)

    with pytest.raises(ValueError, match=r".+"):
        anna.edit(item_id, **values)


def test_times_are_aware(anna: OutlookUser) -> None:
    with pytest.raises(ValueError, match="aware"):
        anna.create(start=datetime(2026, 3, 11, 10), end=datetime(2026, 3, 11, 11))  # noqa: DTZ001 (the point)


def test_the_clock_is_the_servers(anna: OutlookUser, wire: Wire, clock: FakeClock) -> None:
    item_id = anna.create(start=START, end=START + HOUR)
    clock.advance(timedelta(minutes=5))
    anna.touch(item_id)

    answer = wire.get(item_id, "item:LastModifiedTime", "item:DateTimeCreated")

    modified = datetime.fromisoformat(answer.text("LastModifiedTime") or "")
    created = datetime.fromisoformat(answer.text("DateTimeCreated") or "")
    assert (modified - created, modified.tzinfo) == (timedelta(minutes=5), UTC)
