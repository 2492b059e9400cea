from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from vfadmin.calendars.base import Mark
from vfadmin.calendars.ews import properties
from vfadmin.calendars.ews.xml import branch, element

NOW = datetime(2026, 3, 2, 7, 0, 0, tzinfo=UTC)
ORIGIN = datetime(2024, 5, 6, 7, 8, tzinfo=UTC)


def test_the_uid_is_the_keys_in_outlooks_form() -> None:
    key = str(uuid.uuid4())
    uid = properties.uid_for(key)
    assert uid == properties.uid_for(key)
    assert uid != properties.uid_for(str(uuid.uuid4()))
    data = bytes.fromhex(uid)
    assert len(data) == 56
    assert data[:16].hex().upper() == "040000008200E00074C5B7101A82E008"
    assert int.from_bytes(data[36:40], "little") == 16
    assert uuid.UUID(bytes=data[40:]) == uuid.UUID(key)


def test_any_key_has_a_uid() -> None:
    assert len(properties.uid_for("oma avain")) == len(properties.uid_for(str(uuid.uuid4())))


def test_a_uid_is_known_as_ours_in_any_letters_and_never_supposed() -> None:
    ours = properties.uid_for("k")
    marked = {properties.KEY: "k"}
    assert [properties.uid_of(shown, marked) for shown in (ours, f" {ours.lower()}\n")] == [ours] * 2
    assert [properties.uid_of(shown, marked) for shown in (None, "", "abc")] == [None, None, "abc"]
    assert [properties.uid_of(shown, {}) for shown in (None, ours.lower())] == [None, ours.lower()]


def test_r30_what_a_create_said_counts_and_where_it_said_nothing_a_uid_of_ours() -> None:
    ours, theirs, marked = properties.uid_for("k"), "0400AB", {properties.KEY: "k"}
    brought, born_here = Mark("k", "s", brought=True), Mark("k", "s")
    said = [properties.of_creation(brought, one) for one in (ours, theirs)]
    assert [
        properties.is_brought(marked | one, uid) for one in said for uid in (ours, theirs, "0400ab", None)
    ] == [True, False, False, False, False, True, True, False]
    silent = properties.of_creation(born_here, ours)
    assert not properties.is_brought(marked | silent, ours)
    assert [properties.is_brought(marked, uid) for uid in (ours, theirs, None)] == [True, False, False]
    assert not properties.is_brought({}, ours)


def test_what_a_mark_stores_can_be_read_again() -> None:
    stored = properties.of_mark(Mark("k", "s", ORIGIN, None), NOW) | properties.of_acknowledgement(False)
    item = branch("t:CalendarItem", *(properties.value_element(name, text) for name, text in stored.items()))
    assert properties.read_properties(item) == {
        properties.KEY: "k",
        properties.STAMP: "s",
        properties.CREATED: "2024-05-06T07:08:00Z",
        properties.WRITTEN: "2026-03-02T07:00:00Z",
        properties.ACKNOWLEDGED: "false",
    }


def test_other_peoples_properties_are_not_ours() -> None:
    foreign = branch(
        "t:ExtendedProperty",
        element(
            "t:ExtendedFieldURI",
            PropertySetId=str(uuid.uuid4()),
            PropertyName=properties.KEY,
            PropertyType="String",
        ),
        element("t:Value", "x"),
    )
    tagged = branch(
        "t:ExtendedProperty", element("t:ExtendedFieldURI", PropertyTag="0x1000", PropertyType="String")
    )
    assert (
        properties.read_properties(branch("t:CalendarItem", foreign, tagged, element("t:ExtendedProperty")))
        == {}
    )


def test_the_origins_time_counts_until_somebody_writes_after_us() -> None:
    """R7, and an Outlook user's edit still travels with its own time."""
    own = {properties.MODIFIED: "2024-05-06T07:08:00Z", properties.WRITTEN: "2026-03-02T07:00:00Z"}
    assert properties.modified_at_origin(own, NOW + timedelta(seconds=2)) == ORIGIN
    later = NOW + timedelta(minutes=5)
    assert properties.modified_at_origin(own, later) == later
    assert properties.modified_at_origin({}, later) == later
    assert properties.modified_at_origin({properties.MODIFIED: "x", properties.WRITTEN: "y"}, later) == later
    assert properties.modified_at_origin(own, None) is None


def test_a_time_without_an_offset_is_utc() -> None:
    """Another server's habit; naive times could not be compared with the others, nor stored."""
    own = {properties.MODIFIED: "2026-03-02T07:00:00", properties.WRITTEN: "2026-03-02T08:00:00"}
    last = datetime(2026, 3, 2, 8, 0, 30, tzinfo=UTC)
    assert properties.modified_at_origin(own, last) == datetime(2026, 3, 2, 7, tzinfo=UTC)
