"""The calendars of a mailbox over Graph: found, made, and events taken from one to another (R2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import httpx
import pytest

from tests.calendars.graph.canned import CONNECTION, Canned
from tests.contract.graph_keeper import MAILBOX, GraphKeeper, running_graph_keeper
from tests.contract.keeper import mark, timed
from vfadmin.calendars.base import Mark, Naming
from vfadmin.calendars.graph import GraphCalendar, GraphServer
from vfadmin.errors import CalendarError

NAME = "ValueFrame"


@pytest.fixture(scope="module")
def tenant() -> Iterator[GraphKeeper]:
    with running_graph_keeper() as keeper:
        yield keeper


@pytest.fixture
def keeper(tenant: GraphKeeper) -> Iterator[GraphKeeper]:
    tenant.simulator.reset()
    yield tenant
    assert tenant.simulator.outbox == []


def own(keeper: GraphKeeper) -> GraphCalendar:
    identity = keeper.server.prepare_calendar(MAILBOX, "new", NAME)
    return keeper.server.calendar(MAILBOX, NAME, identity.folder)


def brought(**more: Any) -> Mark:
    return replace(mark(), brought=True, **more)


def test_r2_a_calendar_is_made_once_whatever_letters_it_is_asked_for_in(keeper: GraphKeeper) -> None:
    for number in range(12):
        keeper.server.prepare_calendar(MAILBOX, "new", f"Muu {number}")
    made = keeper.server.prepare_calendar(MAILBOX, "new", NAME)
    assert keeper.server.prepare_calendar(MAILBOX, "new", NAME.upper()) == made
    assert keeper.server.calendar(MAILBOX, NAME.lower(), None).identity() == made
    default = keeper.server.prepare_calendar(MAILBOX, "default", "")
    assert default == keeper.calendar().identity() != made


def test_r2_a_calendar_that_is_not_there_is_said(keeper: GraphKeeper) -> None:
    with pytest.raises(CalendarError) as error:
        keeper.server.calendar(MAILBOX, "Poissa", None).identity()
    assert error.value.failure.code == "EX-CAL-01"


def test_r2_what_was_brought_goes_to_another_calendar_and_is_one(keeper: GraphKeeper) -> None:
    here, there = keeper.calendar(), own(keeper)
    told = brought()
    written = here.create(timed(text="Esityslista"), told)
    assert there.holds([written.id]) == frozenset()
    assert there.fetch([written.id]).items == {}
    moved = there.bring(written.id)
    assert moved is not None
    item = there.fetch([moved]).items[moved]
    assert (item.event.text, item.key, item.brought) == ("Esityslista", told.key, True)
    assert here.fetch([written.id]).items == {}
    assert keeper.outside.titles() == []  # of the default calendar
    assert there.bring(written.id) is None


def test_r2_a_move_that_was_killed_in_the_middle_makes_no_second_one(
    keeper: GraphKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = keeper.calendar(), own(keeper)
    written = here.create(timed(), brought())
    with monkeypatch.context() as patch:
        patch.setattr(there._writer, "delete", lambda *_: None)  # the process ended before it
        first = there.bring(written.id)
    again = own(keeper).bring(written.id)
    assert again == first
    assert here.fetch([written.id]).items == {}


def test_r2_an_edit_made_in_the_middle_of_a_move_goes_along(
    keeper: GraphKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the copy that was made before it would be all that is left."""
    here, there = keeper.calendar(), own(keeper)
    written = here.create(timed(), brought())
    with monkeypatch.context() as patch:
        patch.setattr(there._writer, "delete", lambda *_: None)  # the process ended before it
        there.bring(written.id)
    keeper.outside.edit(written.id, "Muutettu kesken siirron")
    again = own(keeper)
    moved = again.bring(written.id)
    assert moved is not None
    assert again.fetch([moved]).items[moved].event.title == "Muutettu kesken siirron"
    assert here.fetch([written.id]).items == {}


def test_r2_a_persons_copy_in_the_other_calendar_is_not_taken_for_what_was_moved(
    keeper: GraphKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = keeper.calendar(), own(keeper)
    written = here.create(timed(), brought())
    user, store = keeper.outside.user, keeper.simulator._store
    later = store.clock() + timedelta(minutes=5)
    monkeypatch.setattr(store, "clock", lambda: later)
    (original,) = user.items()
    copied = user.copy(original.id)
    user.edit(copied, subject="Kopio")
    user.move(copied, NAME)
    moved = there.bring(written.id)
    assert moved is not None
    assert there.fetch([moved]).items[moved].event.title == timed().title
    assert sorted(item.subject for item in user.items(NAME)) == sorted(["Kopio", timed().title])
    assert user.items() == []


def test_r2_what_is_no_creation_of_ours_is_not_moved(keeper: GraphKeeper) -> None:
    with pytest.raises(CalendarError) as error:
        own(keeper).bring(keeper.outside.create("Oma"))
    assert error.value.failure.code == "EX-ITEM-03"


def shown(item_id: str, **more: Any) -> dict[str, Any]:
    """An event as a tenant might show it."""
    moment = {"dateTime": "2026-12-01T10:00:00.0000000", "timeZone": "UTC"}
    return {
        "id": item_id,
        "type": "singleInstance",
        "subject": "Palaveri",
        "start": moment,
        "end": moment,
    } | more


def lying_in(folder: str) -> dict[str, Any]:
    return {"singleValueExtendedProperties": [{"id": "Binary 0xe09", "value": folder}]}


def canned_calendar(events: dict[str, dict[str, Any]], listed: list[str]) -> tuple[GraphCalendar, Canned]:
    """A calendar whose own name is FOLDER, and which lists those events by their UID."""

    def answer(request: httpx.Request) -> httpx.Response:
        path = unquote(request.url.path)
        if "$filter" in request.url.params:
            return httpx.Response(200, json={"value": [{"id": one} for one in listed]})
        if "/events/" in path:
            found = events.get(path.rpartition("/")[2])
            return httpx.Response(404, json={}) if found is None else httpx.Response(200, json=found)
        entry = {"singleValueExtendedProperties": [{"id": "Binary 0xfff", "value": "FOLDER"}]}
        return httpx.Response(200, json={"id": "C"} | entry)

    canned = Canned(answer)
    server = GraphServer(CONNECTION, lambda: "s", transport=canned)
    return server.calendar("anna@firma.test", "default", "C"), canned


def test_an_event_in_another_folder_is_gone_though_its_id_still_answers() -> None:
    """An immutable id outlasts the way into Deleted Items."""
    calendar, _ = canned_calendar({"A": shown("A") | lying_in("ELSEWHERE")}, [])
    assert calendar.fetch(["A"]).items == {}


def test_an_event_is_not_gone_on_the_word_of_a_folder_alone() -> None:
    calendar, _ = canned_calendar({"A": shown("A") | lying_in("ANOTHER WORD FOR IT")}, ["A"])
    assert list(calendar.fetch(["A"]).items) == ["A"]


def test_where_nothing_is_told_of_folders_nothing_more_is_asked() -> None:
    calendar, canned = canned_calendar({"A": shown("A")}, [])
    assert list(calendar.fetch(["A"]).items) == ["A"]
    assert len(canned.asked) == 1


def test_an_event_that_cannot_be_read_is_a_failure_of_its_own() -> None:
    broken = shown("A", start={"dateTime": "huomenna", "timeZone": "UTC"})
    calendar, _ = canned_calendar({"A": broken}, [])
    assert calendar.fetch(["A"]).failures["A"].code == "EX-ITEM-03"


def test_what_is_left_of_a_cancelled_meeting_is_gone_r15() -> None:
    host = {"emailAddress": {"address": "jarjestaja@firma.test", "name": "J"}}
    meeting = shown("A", isCancelled=True, isOrganizer=False, organizer=host)
    calendar, _ = canned_calendar({"A": meeting}, [])
    assert calendar.fetch(["A"]).items == {}


def test_r9_what_somebody_was_invited_to_is_neither_changed_nor_deleted() -> None:
    guest = {"emailAddress": {"address": "vieras@muualla.test", "name": "V"}, "type": "required"}
    meeting = shown("A", attendees=[guest], isOrganizer=True) | {"@odata.etag": 'W/"1"'}
    calendar, canned = canned_calendar({"A": meeting}, [])
    assert calendar.fetch(["A"]).items["A"].sealed
    for write in (
        lambda: calendar.update("A", timed(), frozenset({"title"}), 'W/"1"', mark()),
        lambda: calendar.delete("A", 'W/"1"'),
    ):
        with pytest.raises(CalendarError) as error:
            write()
        assert error.value.failure.code == "EX-ITEM-02"
    assert {one.method for one in canned.asked} == {"GET"}


def answering(status: int, body: dict[str, Any]) -> GraphCalendar:
    """A calendar of a tenant that gives this answer to everything."""
    server = GraphServer(
        CONNECTION, lambda: "s", transport=Canned(lambda _: httpx.Response(status, json=body))
    )
    return server.calendar("anna@firma.test", "default", "C")


def test_an_answer_without_an_id_is_none() -> None:
    for ask in (
        lambda: GraphServer(
            CONNECTION, lambda: "s", transport=Canned(lambda _: httpx.Response(200, json={}))
        ).prepare_calendar("anna@firma.test", "default", ""),
        lambda: answering(200, {"value": []}).create(timed(), mark()),
    ):
        with pytest.raises(CalendarError) as error:
            ask()
        assert error.value.failure.code == "EX-UNKNOWN-01"


def test_an_empty_id_names_nothing() -> None:
    calendar = answering(200, {})
    calendar.delete("", "1")
    with pytest.raises(CalendarError) as error:
        calendar.update("", timed(), frozenset({"title"}), "1", mark())
    assert error.value.failure.code == "EX-ITEM-01"


def test_one_event_that_cannot_be_had_is_its_own_failure_and_a_busy_mailbox_is_everybody_s() -> None:
    corrupt = answering(500, {"error": {"code": "ErrorItemCorrupt"}})
    assert corrupt.fetch(["A"]).failures["A"].code == "EX-ITEM-03"
    for ask in (lambda: corrupt.name([Naming("A", "uid")]), lambda: corrupt.bring("A")):
        with pytest.raises(CalendarError) as error:
            ask()
        assert error.value.failure.code == "EX-ITEM-03"
    with pytest.raises(CalendarError) as error:
        answering(429, {}).fetch(["A"])
    assert error.value.failure.code == "EX-BUSY-01"


def test_changes_that_lead_in_a_circle_end() -> None:
    link = "https://graph.example.test/v1.0/users/a/calendars/C/calendarView/delta?$skiptoken=1"
    circle = answering(200, {"value": [], "@odata.nextLink": link})
    with pytest.raises(CalendarError) as error:
        list(circle.changes(None))
    assert error.value.failure.code == "EX-UNKNOWN-01"
    with pytest.raises(CalendarError) as error:
        list(answering(200, {"value": []}).changes(None))
    assert error.value.failure.code == "EX-UNKNOWN-01"


def test_r17_a_lone_occurrence_and_a_series_by_an_unknown_clock_are_left_alone() -> None:
    rule = {
        "pattern": {"type": "daily", "interval": 1},
        "range": {"type": "noEnd", "startDate": "2026-12-01"},
    }
    master = {"type": "seriesMaster", "recurrence": rule}
    series = shown("S", originalStartTimeZone="FLE Standard Time") | master
    events = {
        "A": shown("A", type="exception", originalStartTimeZone="FLE Standard Time"),
        "B": shown("B", originalStartTimeZone="tzone://Microsoft/Custom") | master,
        "C": series | {"recurrence": {"pattern": {"type": "hourly"}, "range": {"type": "noEnd"}}},
        "D": series | {"exceptionOccurrences": [{"id": "O", "type": "exception"}]},
    }
    calendar, _ = canned_calendar(events, [])
    told = {one: calendar.fetch([one]) for one in events}
    left = {one: found.items[one].unsupported for one, found in told.items() if one in found.items}
    assert left == {"A": "recurrence", "B": "zone", "C": "recurrence"}
    assert told["D"].failures["D"].code == "EX-ITEM-03"


def test_r2_a_calendar_that_somebody_makes_at_the_same_moment_is_the_one() -> None:
    made = {"id": "C2", "name": NAME}
    there: list[dict[str, str]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            there.append(made)
            return httpx.Response(409, json={"error": {"code": "ErrorFolderExists"}})
        return httpx.Response(200, json={"value": there})

    server = GraphServer(CONNECTION, lambda: "s", transport=Canned(answer))
    assert server.prepare_calendar("anna@firma.test", "new", NAME).folder == "C2"


def test_a_calendar_that_cannot_be_made_is_said() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        refused = {"error": {"code": "ErrorFolderExists"}}
        is_list = request.method == "GET"
        return httpx.Response(200, json={"value": []}) if is_list else httpx.Response(409, json=refused)

    with pytest.raises(CalendarError):
        GraphServer(CONNECTION, lambda: "s", transport=Canned(answer)).prepare_calendar("a@f.fi", "new", NAME)
