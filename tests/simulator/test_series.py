"""A series as a whole: its master, and what becomes of its occurrences when that changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.simulator.recurring import (
    COUNT,
    ENDLESS,
    SERIES,
    UNTIL,
    ZONE,
    daily,
    excepted,
    infos,
    key_of,
    made,
    nth,
    view,
    weekly,
)
from tests.simulator.wire import Wire, setting, times
from vfadmin.simulator import OutlookUser, Recurrence, Simulator
from vfadmin.simulator.names import T

# --- the master


def test_a_master_tells_its_rule_and_its_ends(wire: Wire) -> None:
    answer = wire.get(made(wire)[0], *SERIES)

    assert answer.text("CalendarItemType") == "RecurringMaster"
    assert (answer.text("Interval"), answer.text("DaysOfWeek")) == ("1", "Wednesday")
    assert answer.text("FirstDayOfWeek") == "Sunday"
    # In the item's own zone.
    assert (answer.text("StartDate"), answer.text("NumberOfOccurrences")) == ("2026-03-11+02:00", "4")
    first, last = (answer.root.find(f".//{T}{name}Occurrence") for name in ("First", "Last"))
    assert first is not None
    assert last is not None
    assert first.findtext(f"{T}Start") == "2026-03-11T08:00:00Z"
    # Summer time began on 29 March: ten o'clock stays ten o'clock.
    assert (last.findtext(f"{T}Start"), last.findtext(f"{T}End")) == (
        "2026-04-01T07:00:00Z",
        "2026-04-01T08:00:00Z",
    )
    assert answer.root.find(f".//{T}ModifiedOccurrences") is None
    assert answer.root.find(f".//{T}DeletedOccurrences") is None


def test_a_series_without_end_has_no_last_occurrence(wire: Wire) -> None:
    answer = wire.get(made(wire, weekly(ENDLESS.format("2026-03-11")))[0], *SERIES)

    assert answer.root.find(f".//{T}NoEndRecurrence") is not None
    assert answer.root.find(f".//{T}FirstOccurrence") is not None
    assert answer.root.find(f".//{T}LastOccurrence") is None


def test_the_rule_says_the_days_and_the_start_the_hour(wire: Wire) -> None:
    # The rule begins on a Monday, the first Wednesday after it is the series' start.
    master_id, _ = made(wire, weekly(COUNT.format("2026-03-16", 2)))

    answer = wire.get(master_id, "calendar:Start", "calendar:End", "calendar:Recurrence")

    assert (answer.text("Start"), answer.text("End")) == ("2026-03-18T08:00:00Z", "2026-03-18T09:00:00Z")
    assert answer.text("StartDate") == "2026-03-18+02:00"


@pytest.mark.parametrize(
    ("given", "recurrence", "code"),
    [
        (times(), weekly(days=""), "ErrorCalendarInvalidRecurrence"),
        (times(), weekly(days="Weekday"), "ErrorCalendarInvalidDayForWeeklyRecurrence"),
        (times(), weekly(COUNT.format("2026-03-11", 0)), "ErrorCalendarInvalidRecurrence"),
        (times(), weekly(interval=0), "ErrorCalendarInvalidRecurrence"),
        (
            times(),
            weekly(UNTIL.format("2026-03-11", "2026-03-10")),
            "ErrorCalendarEndDateIsEarlierThanStartDate",
        ),
        (times(), weekly(UNTIL.format("2026-03-12", "2026-03-13")), "ErrorRecurrenceHasNoOccurrence"),
        (
            times("2026-03-11T08:00:00Z", "2026-03-12T09:00:00Z"),
            daily(ENDLESS.format("2026-03-11")),
            "ErrorOccurrenceTimeSpanTooBig",
        ),
        (times("2026-03-11T08:00:00Z", "2036-03-12T09:00:00Z"), weekly(), "ErrorCalendarDurationIsTooLong"),
    ],
)
def test_an_impossible_series_is_refused_and_not_kept(
    wire: Wire, anna: OutlookUser, given: str, recurrence: str, code: str
) -> None:
    assert wire.create(given + recurrence + ZONE).codes == [code]
    assert anna.items() == []


def test_without_its_rule_a_series_is_a_single_event(wire: Wire) -> None:
    master = made(wire)
    occurrence = nth(wire, master[0], 2)
    changed = wire.update(
        master, '<ty:DeleteItemField><ty:FieldURI FieldURI="calendar:Recurrence"/></ty:DeleteItemField>'
    )

    answer = wire.get(master[0], *SERIES, "calendar:Start")

    assert changed.codes == ["NoError"]
    assert (answer.text("CalendarItemType"), answer.text("Start")) == ("Single", "2026-03-11T08:00:00Z")
    assert answer.root.find(f".//{T}Recurrence") is None
    assert wire.get(occurrence[0]).codes == ["ErrorItemNotFound"]


def test_a_rule_makes_a_series_of_a_single_event(wire: Wire) -> None:
    item = wire.create(times() + ZONE).item_ids()[0]

    wire.update(item, setting("calendar:Recurrence", weekly()))

    assert wire.get(item[0], *SERIES).text("CalendarItemType") == "RecurringMaster"
    assert len(view(wire).items) == 4


# --- changing the series


def test_what_a_master_says_flows_to_occurrences_that_do_not_say_it(wire: Wire) -> None:
    master = excepted(wire)

    wire.update(
        master,
        setting("item:Subject", "<ty:Subject>Uusi</ty:Subject>")
        + setting("calendar:Location", "<ty:Location>Toinen</ty:Location>"),
    )

    answer = view(wire)
    assert answer.texts("Subject") == ["Uusi", "Muu", "Uusi"]
    assert answer.texts("Location") == ["Toinen"] * 3


@pytest.mark.parametrize(
    "change",
    [
        setting("calendar:Recurrence", weekly(COUNT.format("2026-03-11", 4), days="Wednesday Friday")),
        setting("calendar:Recurrence", weekly(COUNT.format("2026-03-18", 4))),
        setting("calendar:Start", "<ty:Start>2026-03-11T08:30:00Z</ty:Start>"),
        setting("calendar:End", "<ty:End>2026-03-11T09:30:00Z</ty:End>"),
    ],
)
def test_another_pattern_or_time_ends_exceptions_and_deletions(wire: Wire, change: str) -> None:
    master = excepted(wire)

    assert wire.update(master, change).codes == ["NoError"]

    answer = wire.get(master[0], *SERIES)
    assert infos(answer, "ModifiedOccurrences") == []
    assert list(answer.root.iter(f"{T}DeletedOccurrence")) == []
    assert view(wire).texts("CalendarItemType") == ["Occurrence"] * 4


def test_the_same_rule_again_changes_nothing(wire: Wire) -> None:
    master = excepted(wire)

    wire.update(master, setting("calendar:Recurrence", weekly()) + setting("calendar:Start", times()[:45]))

    answer = wire.get(master[0], *SERIES)
    assert len(infos(answer, "ModifiedOccurrences")) == 1
    assert len(list(answer.root.iter(f"{T}DeletedOccurrence"))) == 1


def test_another_end_keeps_the_exceptions_before_it(wire: Wire) -> None:
    master = excepted(wire)

    wire.update(master, setting("calendar:Recurrence", weekly(UNTIL.format("2026-03-11", "2026-03-20"))))

    answer = wire.get(master[0], *SERIES)
    assert len(infos(answer, "ModifiedOccurrences")) == 1
    assert list(answer.root.iter(f"{T}DeletedOccurrence")) == []
    assert view(wire).texts("Subject") == ["Viikko", "Muu"]


def test_a_series_does_not_end_before_all_that_is_left_of_it(wire: Wire) -> None:
    master = made(wire)
    wire.delete(nth(wire, master[0], 1)[0])

    answer = wire.update(
        key_of(wire, master[0]),
        setting("calendar:Recurrence", weekly(UNTIL.format("2026-03-11", "2026-03-12"))),
    )

    assert answer.codes == ["ErrorRecurrenceHasNoOccurrence"]
    assert len(view(wire).items) == 3


def test_a_start_on_another_day_moves_the_rule(wire: Wire) -> None:
    master = made(wire, daily(COUNT.format("2026-03-11", 2)))

    wire.update(
        master,
        setting("calendar:Start", "<ty:Start>2026-03-13T08:00:00Z</ty:Start>")
        + setting("calendar:End", "<ty:End>2026-03-13T09:00:00Z</ty:End>"),
    )

    assert view(wire).texts("Start") == ["2026-03-13T08:00:00Z", "2026-03-14T08:00:00Z"]
    assert wire.get(master[0], "calendar:Recurrence").text("StartDate") == "2026-03-13+02:00"


def test_own_properties_of_an_exception_lie_over_the_masters(wire: Wire) -> None:
    def extended(name: str, value: str = "") -> str:
        path = (
            f'<ty:ExtendedFieldURI DistinguishedPropertySetId="PublicStrings" PropertyName="{name}" '
            'PropertyType="String"/>'
        )
        if not value:
            return path
        own = f"<ty:ExtendedProperty>{path}<ty:Value>{value}</ty:Value></ty:ExtendedProperty>"
        return f"<ty:SetItemField>{path}<ty:CalendarItem>{own}</ty:CalendarItem></ty:SetItemField>"

    master = made(wire)
    wire.update(master, extended("a", "1") + extended("b", "1"))
    gone = f"<ty:DeleteItemField>{extended('b')}</ty:DeleteItemField>"
    wire.update(nth(wire, master[0], 2), extended("c", "2") + gone)
    wire.update(key_of(wire, master[0]), extended("a", "3"))

    asked = "".join(extended(name) for name in "abc")
    assert wire.get(nth(wire, master[0], 2)[0], extended=asked).texts("Value") == ["3", "2"]
    assert wire.get(nth(wire, master[0], 1)[0], extended=asked).texts("Value") == ["3", "1"]


def test_a_series_moves_as_a_whole(wire: Wire, anna: OutlookUser) -> None:
    master = excepted(wire)

    moved = anna.move(master[0], anna.add_folder("Muu"))

    assert anna.occurrence(moved, date(2026, 3, 18)).subject == "Muu"
    with pytest.raises(KeyError):
        anna.occurrence(moved, date(2026, 3, 25))


def test_series_of_other_zones_keep_their_own_clock(wire: Wire, anna: OutlookUser) -> None:
    tokyo, york = ZoneInfo("Asia/Tokyo"), ZoneInfo("America/New_York")
    rule = Recurrence("Weekly", date(2026, 3, 4), days=("Wednesday",), count=2)
    for zone in (tokyo, york):
        start = datetime(2026, 3, 4, 9, tzinfo=zone)
        anna.create(start=start, end=start + timedelta(hours=1), time_zone=zone.key, recurrence=rule)

    # New York changes its clocks on 8 March.
    assert view(wire).texts("Start") == [
        "2026-03-04T00:00:00Z",
        "2026-03-04T14:00:00Z",
        "2026-03-11T00:00:00Z",
        "2026-03-11T13:00:00Z",
    ]


def test_a_meeting_series_tells_its_people_of_one_occurrence(wire: Wire, sim: Simulator) -> None:
    guests = (
        "<ty:RequiredAttendees><ty:Attendee><ty:Mailbox><ty:EmailAddress>b@example.test</ty:EmailAddress>"
        "</ty:Mailbox></ty:Attendee></ty:RequiredAttendees>"
    )
    master = wire.create(times() + guests + weekly(), send="SendToAllAndSaveCopy").item_ids()[0]

    wire.update(
        nth(wire, master[0], 2),
        setting("calendar:Location", "<ty:Location>x</ty:Location>"),
        send="SendToAllAndSaveCopy",
    )
    wire.delete(nth(wire, master[0], 3)[0], send="SendToAllAndSaveCopy")

    assert [mail.kind for mail in sim.outbox] == ["MeetingRequest", "MeetingUpdate", "MeetingCancellation"]


def test_a_moved_mailbox_keeps_its_series(wire: Wire, sim: Simulator, anna: OutlookUser) -> None:
    excepted(wire)

    sim.move_mailbox("a@example.test")

    shown = anna.calendar(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC))
    assert [(one.subject, one.type) for one in shown] == [
        ("Viikko", "Occurrence"),
        ("Muu", "Exception"),
        ("Viikko", "Occurrence"),
    ]
