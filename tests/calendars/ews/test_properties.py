from __future__ import annotations

import uuid
from datetime import UTC, datetime

from vfadmin.calendars.base import Mark
from vfadmin.calendars.ews import properties
from vfadmin.calendars.ews.fields import Fields
from vfadmin.calendars.ews.xml import branch, element
from vfadmin.calendars.exchange import marks

NOW = datetime(2026, 3, 2, 7, 0, 0, tzinfo=UTC)
ORIGIN = datetime(2024, 5, 6, 7, 8, tzinfo=UTC)


def test_r30_what_a_create_said_counts_and_where_it_said_nothing_a_uid_of_ours() -> None:
    ours, theirs, marked = marks.uid_for("k"), "0400AB", {marks.KEY: "k"}
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
    stored = marks.of_mark(Mark("k", "s", ORIGIN, None), NOW) | properties.of_acknowledgement(False)
    item = branch("t:CalendarItem", *(properties.value_element(name, text) for name, text in stored.items()))
    assert properties.read_properties(Fields(item)) == {
        marks.KEY: "k",
        marks.STAMP: "s",
        marks.CREATED: "2024-05-06T07:08:00Z",
        marks.WRITTEN: "2026-03-02T07:00:00Z",
        marks.ACKNOWLEDGED: "false",
    }


def test_other_peoples_properties_are_not_ours() -> None:
    foreign = branch(
        "t:ExtendedProperty",
        element(
            "t:ExtendedFieldURI",
            PropertySetId=str(uuid.uuid4()),
            PropertyName=marks.KEY,
            PropertyType="String",
        ),
        element("t:Value", "x"),
    )
    tagged = branch(
        "t:ExtendedProperty", element("t:ExtendedFieldURI", PropertyTag="0x1000", PropertyType="String")
    )
    item = branch("t:CalendarItem", foreign, tagged, element("t:ExtendedProperty"))
    assert properties.read_properties(Fields(item)) == {}
