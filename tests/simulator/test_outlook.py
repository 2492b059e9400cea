"""The Outlook user."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.clock import FakeClock
from tests.simulator.wire import Wire, times
from vfadmin.simulator import OutlookUser, Simulator, named

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


def test_a_delete_goes_to_deleted_items_and_back(anna: OutlookUser) -> None:
    item_id = anna.create(subject="a", start=START, end=START + HOUR)

    anna.delete(item_id)
    (deleted,) = anna.deleted_items()
    back = anna.restore(deleted.id)

    assert [item.id for item in anna.items()] == [back]
    with pytest.raises(KeyError):
        anna.item(item_id)


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
