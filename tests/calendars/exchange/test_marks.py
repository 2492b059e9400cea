from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from vfadmin.calendars.exchange import marks

NOW = datetime(2026, 3, 2, 7, 0, 0, tzinfo=UTC)
ORIGIN = datetime(2024, 5, 6, 7, 8, tzinfo=UTC)


def test_the_uid_is_the_keys_in_outlooks_form() -> None:
    key = str(uuid.uuid4())
    uid = marks.uid_for(key)
    assert uid == marks.uid_for(key)
    assert uid != marks.uid_for(str(uuid.uuid4()))
    data = bytes.fromhex(uid)
    assert len(data) == 56
    assert data[:16].hex().upper() == "040000008200E00074C5B7101A82E008"
    assert int.from_bytes(data[36:40], "little") == 16
    assert uuid.UUID(bytes=data[40:]) == uuid.UUID(key)


def test_any_key_has_a_uid() -> None:
    assert len(marks.uid_for("oma avain")) == len(marks.uid_for(str(uuid.uuid4())))


def test_a_uid_is_known_as_ours_in_any_letters_and_never_supposed() -> None:
    ours = marks.uid_for("k")
    marked = {marks.KEY: "k"}
    assert [marks.uid_of(shown, marked) for shown in (ours, f" {ours.lower()}\n")] == [ours] * 2
    assert [marks.uid_of(shown, marked) for shown in (None, "", "abc")] == [None, None, "abc"]
    assert [marks.uid_of(shown, {}) for shown in (None, ours.lower())] == [None, ours.lower()]


def test_the_origins_time_counts_until_somebody_writes_after_us() -> None:
    """R7, and an Outlook user's edit still travels with its own time."""
    own = {marks.MODIFIED: "2024-05-06T07:08:00Z", marks.WRITTEN: "2026-03-02T07:00:00Z"}
    assert marks.modified_at_origin(own, NOW + timedelta(seconds=2)) == ORIGIN
    later = NOW + timedelta(minutes=5)
    assert marks.modified_at_origin(own, later) == later
    assert marks.modified_at_origin({}, later) == later
    assert marks.modified_at_origin({marks.MODIFIED: "x", marks.WRITTEN: "y"}, later) == later
    assert marks.modified_at_origin(own, None) is None


def test_a_time_without_an_offset_is_utc() -> None:
    """Another server's habit; naive times could not be compared with the others, nor stored."""
    own = {marks.MODIFIED: "2026-03-02T07:00:00", marks.WRITTEN: "2026-03-02T08:00:00"}
    last = datetime(2026, 3, 2, 8, 0, 30, tzinfo=UTC)
    assert marks.modified_at_origin(own, last) == datetime(2026, 3, 2, 7, tzinfo=UTC)
