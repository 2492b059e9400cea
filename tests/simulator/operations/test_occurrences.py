"""Finding, changing and deleting one occurrence of a series."""

from __future__ import annotations

import pytest

from tests.simulator.recurring import (
    COUNT,
    ENDLESS,
    ONE,
    SERIES,
    daily,
    infos,
    key_of,
    made,
    nth,
    view,
    weekly,
)
from tests.simulator.wire import Wire, master_of, occurrence_of, setting, times
from vfadmin.simulator import OutlookUser, Simulator
from vfadmin.simulator.names import T

# --- finding occurrences


def test_a_calendar_view_shows_occurrences_with_ids_of_their_own(wire: Wire) -> None:
    master = made(wire)

    answer = view(wire)

    assert answer.texts("CalendarItemType") == ["Occurrence"] * 4
    assert answer.texts("IsRecurring") == ["true"] * 4
    starts = [
        "2026-03-11T08:00:00Z",
        "2026-03-18T08:00:00Z",
        "2026-03-25T08:00:00Z",
        "2026-04-01T07:00:00Z",
    ]
    assert answer.texts("Start") == answer.texts("RecurrenceId") == answer.texts("OriginalStart") == starts
    assert len({item_id for item_id, _ in answer.item_ids()} | {master[0]}) == 5
    assert {key for _, key in answer.item_ids()} == {master[1]}
    assert len(set(answer.texts("UID"))) == 1


def test_a_window_cuts_a_series_without_end(wire: Wire) -> None:
    made(wire, daily(ENDLESS.format("2026-03-11")))

    answer = view(wire, "2026-10-24T00:00:00Z", "2026-10-27T00:00:00Z")

    # Winter time begins on 25 October.
    assert answer.texts("Start") == ["2026-10-24T07:00:00Z", "2026-10-25T08:00:00Z", "2026-10-26T08:00:00Z"]


def test_an_all_day_series_stays_on_its_days(wire: Wire) -> None:
    made(
        wire,
        weekly(COUNT.format("2026-03-25", 2)),
        times("2026-03-24T22:00:00Z", "2026-03-25T22:00:00Z") + "<ty:IsAllDayEvent>true</ty:IsAllDayEvent>",
    )

    answer = view(wire)

    assert answer.texts("Start") == ["2026-03-24T22:00:00Z", "2026-03-31T21:00:00Z"]
    assert answer.texts("End") == ["2026-03-25T22:00:00Z", "2026-04-01T21:00:00Z"]


def test_other_lists_show_the_master_alone(wire: Wire) -> None:
    master = made(wire)
    wire.update(nth(wire, master[0], 2), setting("item:Subject", "<ty:Subject>Muu</ty:Subject>"))

    assert [item_id for item_id, _ in wire.find().item_ids()] == [master[0]]
    assert [item_id for item_id, _ in wire.sync().item_ids()] == [master[0]]
    listed = wire.find("", *SERIES)
    assert listed.text("CalendarItemType") == "RecurringMaster"
    assert listed.root.find(f".//{T}Recurrence") is None


def test_an_occurrence_is_found_by_number_and_leads_to_its_master(wire: Wire) -> None:
    master = made(wire)

    answer = wire.get(occurrence_of(master, 2), *ONE)
    occurrence_id = answer.item_ids()[0][0]

    assert (answer.text("Start"), answer.text("Subject")) == ("2026-03-18T08:00:00Z", "Viikko")
    assert wire.get(occurrence_id, *ONE).texts("Start") == ["2026-03-18T08:00:00Z"]
    assert wire.get(master_of(occurrence_id)).item_ids() == [master]


@pytest.mark.parametrize("index", [0, -1, 5])
def test_a_number_outside_the_series_is_refused(wire: Wire, index: int) -> None:
    answer = wire.get(occurrence_of(made(wire), index))

    assert answer.codes == ["ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange"]


@pytest.mark.parametrize(
    "named",
    [
        '<ty:OccurrenceItemId RecurringMasterId="{0}" InstanceIndex="first"/>',
        '<ty:OccurrenceRange Id="{0}"/>',
    ],
)
def test_an_id_that_the_schema_does_not_know_is_a_fault(wire: Wire, named: str) -> None:
    assert wire.get(named.format(made(wire)[0])).fault == "ErrorSchemaValidation"


def test_only_masters_have_occurrences_and_only_occurrences_have_masters(wire: Wire) -> None:
    single, master = wire.create(times()).item_ids()[0], made(wire)

    assert wire.get(occurrence_of(single, 1)).codes == ["ErrorCalendarCannotUseIdForRecurringMasterId"]
    assert wire.get(master_of(master[0])).codes == ["ErrorCalendarCannotUseIdForOccurrenceId"]


# --- changing one


def test_a_changed_occurrence_is_an_exception_of_its_master(wire: Wire) -> None:
    master = made(wire)
    before = nth(wire, master[0], 2)

    changed = wire.update(
        before,
        setting("item:Subject", "<ty:Subject>Siirretty</ty:Subject>")
        + setting("calendar:Start", "<ty:Start>2026-03-19T10:00:00Z</ty:Start>")
        + setting("calendar:End", "<ty:End>2026-03-19T11:30:00Z</ty:End>"),
    ).item_ids()[0]

    one, whole = wire.get(changed[0], *ONE), wire.get(master[0], *SERIES)
    assert (one.text("CalendarItemType"), one.text("Subject")) == ("Exception", "Siirretty")
    assert (one.text("Location"), one.text("IsRecurring")) == ("Sali", "true")
    assert (one.text("Start"), one.text("OriginalStart")) == ("2026-03-19T10:00:00Z", "2026-03-18T08:00:00Z")
    assert infos(whole, "ModifiedOccurrences") == [
        ("2026-03-19T10:00:00Z", "2026-03-19T11:30:00Z", "2026-03-18T08:00:00Z")
    ]
    listed = whole.root.find(f".//{T}ModifiedOccurrences/{T}Occurrence/{T}ItemId")
    assert listed is not None
    assert (listed.get("Id"), listed.get("ChangeKey")) == changed
    assert view(wire).texts("CalendarItemType") == ["Occurrence", "Exception", "Occurrence", "Occurrence"]


def test_the_master_changes_with_its_occurrences(wire: Wire) -> None:
    master = made(wire)
    state = wire.sync().message("SyncState") or ""

    wire.update(nth(wire, master[0], 2), setting("item:Subject", "<ty:Subject>Muu</ty:Subject>"))
    edited = wire.sync(state)
    wire.delete(nth(wire, master[0], 3)[0])
    deleted = wire.sync(edited.message("SyncState") or "")

    keys = [master[1], edited.item_ids()[0][1], deleted.item_ids()[0][1]]
    assert [edited.item_ids()[0][0], deleted.item_ids()[0][0]] == [master[0]] * 2
    assert len(set(keys)) == 3
    assert [len(list(answer.root.iter(f"{T}Update"))) for answer in (edited, deleted)] == [1, 1]
    assert list(deleted.root.iter(f"{T}Delete")) == []


def test_a_stale_change_key_of_an_occurrence_is_refused(wire: Wire) -> None:
    master = made(wire)
    stale = nth(wire, master[0], 2)
    wire.update(stale, setting("item:Subject", "<ty:Subject>a</ty:Subject>"))

    again = wire.update(stale, setting("item:Subject", "<ty:Subject>b</ty:Subject>"))

    assert again.codes == ["ErrorIrresolvableConflict"]


def test_an_occurrence_is_changed_by_its_number(wire: Wire) -> None:
    master = made(wire)

    answer = wire.update(
        (occurrence_of(master, 3), ""), setting("item:Subject", "<ty:Subject>Kolmas</ty:Subject>")
    )

    assert answer.item_ids() == [nth(wire, master[0], 3)]
    assert view(wire).texts("Subject") == ["Viikko", "Viikko", "Kolmas", "Viikko"]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-26T08:00:00Z", "2026-03-26T09:00:00Z"),
        ("2026-03-25T12:00:00Z", "2026-03-25T13:00:00Z"),
        ("2026-03-24T08:00:00Z", "2026-03-25T09:00:00Z"),
        ("2026-03-11T12:00:00Z", "2026-03-11T13:00:00Z"),
        ("2026-03-04T08:00:00Z", "2026-03-04T09:00:00Z"),
    ],
)
def test_an_occurrence_stays_between_its_neighbours(wire: Wire, sim: Simulator, start: str, end: str) -> None:
    master = made(wire)
    moved = setting("calendar:Start", f"<ty:Start>{start}</ty:Start>") + setting(
        "calendar:End", f"<ty:End>{end}</ty:End>"
    )

    answer = wire.update(nth(wire, master[0], 2), moved, send="SendToAllAndSaveCopy")

    assert answer.codes == ["ErrorOccurrenceCrossingBoundary"]
    assert key_of(wire, master[0]) == master
    assert sim.outbox == []


def test_a_deleted_neighbour_makes_room(wire: Wire) -> None:
    master = made(wire)
    wire.delete(nth(wire, master[0], 3)[0])

    answer = wire.update(
        nth(wire, master[0], 2),
        setting("calendar:End", "<ty:End>2026-03-26T09:00:00Z</ty:End>")
        + setting("calendar:Start", "<ty:Start>2026-03-26T08:00:00Z</ty:Start>"),
    )

    assert answer.codes == ["NoError"]


def test_an_occurrence_has_no_rule_and_no_other_folder(wire: Wire) -> None:
    master = made(wire)
    one = nth(wire, master[0], 2)
    moving = (
        '<{0}><ToFolderId><ty:DistinguishedFolderId Id="deleteditems"/></ToFolderId><ItemIds>'
        f'<ty:ItemId Id="{one[0]}"/></ItemIds></{{0}}>'
    )

    assert wire.update(one, setting("calendar:Recurrence", weekly())).codes == ["ErrorInvalidPropertySet"]
    assert wire.post(moving.format("MoveItem")).codes == ["ErrorCalendarCannotMoveOrCopyOccurrence"]
    assert wire.post(moving.format("CopyItem")).codes == ["ErrorCalendarCannotMoveOrCopyOccurrence"]


# --- deleting one


def test_a_deleted_occurrence_is_listed_and_gone(wire: Wire, anna: OutlookUser) -> None:
    master = made(wire)
    second = nth(wire, master[0], 2)[0]

    assert wire.delete(occurrence_of(master, 2)).codes == ["NoError"]

    answer = wire.get(master[0], *SERIES)
    deleted = answer.root.find(f".//{T}DeletedOccurrences/{T}DeletedOccurrence/{T}Start")
    assert deleted is not None
    assert deleted.text == "2026-03-18T08:00:00Z"
    assert wire.get(second).codes == ["ErrorItemNotFound"]
    assert wire.get(occurrence_of(master, 2)).codes == ["ErrorCalendarOccurrenceIsDeletedFromRecurrence"]
    assert len(view(wire).items) == 3
    assert anna.deleted_items() == []


def test_the_ends_of_a_series_are_those_that_are_left(wire: Wire) -> None:
    master = made(wire)
    wire.delete(nth(wire, master[0], 1)[0])
    wire.delete(nth(wire, master[0], 4)[0])

    answer = wire.get(master[0], *SERIES)

    ends = [answer.root.findtext(f".//{T}{name}Occurrence/{T}OriginalStart") for name in ("First", "Last")]
    assert ends == ["2026-03-18T08:00:00Z", "2026-03-25T08:00:00Z"]


def test_a_deleted_exception_is_no_longer_one(wire: Wire) -> None:
    master = made(wire)
    wire.update(nth(wire, master[0], 2), setting("item:Subject", "<ty:Subject>Muu</ty:Subject>"))

    wire.delete(nth(wire, master[0], 2)[0])

    answer = wire.get(master[0], *SERIES)
    assert infos(answer, "ModifiedOccurrences") == []
    assert len(list(answer.root.iter(f"{T}DeletedOccurrence"))) == 1


def test_the_last_occurrence_takes_the_series_with_it(wire: Wire, anna: OutlookUser) -> None:
    master = made(wire, weekly(COUNT.format("2026-03-11", 2)))
    wire.delete(nth(wire, master[0], 1)[0])

    wire.delete(nth(wire, master[0], 2)[0])

    assert wire.get(master[0]).codes == ["ErrorItemNotFound"]
    assert [item.subject for item in anna.deleted_items()] == ["Viikko"]
