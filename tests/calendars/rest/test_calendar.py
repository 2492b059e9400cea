"""What the REST keeper does beyond the contract: other maps, torn lists, whoever is quicker, doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest

from tests.contract.keeper import ORIGIN, drained, mark, read, timed
from tests.contract.rest_keeper import EVENTS, OWNER, RestKeeper
from vfadmin import assets
from vfadmin.calendars.base import RECURRENCE, Naming
from vfadmin.calendars.event import Participant, Recurrence, ShowAs, When, all_day
from vfadmin.calendars.rest.cursor import RestCursor
from vfadmin.errors import CalendarError, CursorLost, ItemGone, Refused, StaleVersion
from vfadmin.simulator.valueframe import RestFault

SMALL = {"limit = 200": "limit = 4"}
KEYLESS = {'key = "vfadminKey"\n': "", 'stamp = "vfadminStamp"\n': ""}


def faults(keeper: RestKeeper, *rules: RestFault) -> None:
    keeper.simulator.set_faults(rules)


def row_of(keeper: RestKeeper, item_id: str) -> Mapping[str, Any]:
    return next(row for row in keeper.simulator.rows(EVENTS) if row["id"] == int(item_id))


def code_of(raised: pytest.ExceptionInfo[CalendarError]) -> str:
    return raised.value.failure.code


@pytest.mark.parametrize("kind", ["partial_list", "repeated_list"])
def test_a_list_with_gaps_or_repetitions_is_no_deletion(keeper: RestKeeper, kind: Any) -> None:
    """Scenarios 4, 5 and 27 on ValueFrame's side."""
    for number in range(10):
        keeper.outside.create(f"Palaveri {number}")
    calendar = keeper.calendar()
    everything, _, cursor = drained(calendar, None)
    faults(keeper, RestFault(kind, resource=EVENTS, single=False, skip=1, times=None))
    deleted, torn = deletions_told(keeper, cursor)
    assert (deleted, torn) == (set(), kind == "repeated_list")
    faults(keeper)
    assert drained(calendar, cursor)[:2] == (set(), set())
    assert drained(calendar, None)[0] == everything


def deletions_told(keeper: RestKeeper, cursor: str) -> tuple[set[str], bool]:
    """What is told as deleted, and whether the list was found to be torn."""
    try:
        return drained(keeper.calendar(), cursor)[1], False
    except CalendarError as error:
        return set(), error.failure.code == "VF-REST-13"


def test_an_empty_list_is_no_deletion_and_what_is_gone_is_one(keeper: RestKeeper) -> None:
    kept, gone = keeper.outside.create("Pysyy"), keeper.outside.create("Poistuu")
    _, _, cursor = drained(keeper.calendar(), None)
    keeper.outside.delete(gone)
    faults(keeper, RestFault("partial_list", share=0))
    assert drained(keeper.calendar(), cursor)[:2] == (set(), {gone})
    assert kept in drained(keeper.calendar(), None)[0]


def test_a_row_that_slips_between_two_pages_has_the_list_read_again(keeper: RestKeeper) -> None:
    ids = [keeper.outside.create(f"Palaveri {number}") for number in range(9)]
    first = keeper.simulator.rows(EVENTS)[1]["id"]
    calls = []
    original = keeper.simulator.handle

    def handle(request: Any, state: Any = None) -> Any:
        response = original(request, state)
        calls.append(request.path)
        if len(calls) == 1:
            keeper.simulator.remove(EVENTS, first)
        return response

    keeper.simulator._server.handle = handle  # type: ignore[union-attr, method-assign] # it is started
    try:
        changed, _, _ = drained(keeper.calendar(), None)
    finally:
        keeper.simulator._server.handle = original  # type: ignore[union-attr, method-assign] # see above
    assert changed == set(ids) - {str(first)}


def test_a_resource_without_paging_is_read_at_once(keeper: RestKeeper) -> None:
    ids = {keeper.outside.create(f"Palaveri {number}") for number in range(9)}
    keeper.use({"paging = true": "paging = false"})
    calendar = keeper.calendar()
    assert drained(calendar, None)[0] == ids
    assert calendar.requests == 1


def test_a_list_is_compared_with_how_many_rows_there_are(keeper: RestKeeper) -> None:
    ids = {keeper.outside.create(f"Palaveri {number}") for number in range(3)}
    keeper.use({"count = false": "count = true"})
    assert drained(keeper.calendar(), None)[0] == ids
    faults(keeper, RestFault("partial_list", single=False, times=None, skip=0))
    with pytest.raises(CalendarError) as torn:
        drained(keeper.calendar(), None)
    assert code_of(torn) == "VF-REST-13"


def test_rows_may_stand_under_a_name_and_must_be_rows(keeper: RestKeeper) -> None:
    keeper.use({'# rows_in = "data"': 'rows_in = "data"'})
    keeper.outside.create("Palaveri")
    assert len(drained(keeper.calendar(), None)[0]) == 1
    keeper.use({'id = "id"\nperson': 'id = "tunnus"\nperson'})
    with pytest.raises(CalendarError) as foreign:
        drained(keeper.calendar(), None)
    assert (code_of(foreign), foreign.value.failure.params["detail"]) == ("VF-REST-10", "tunnus")


def test_one_list_serves_several_persons(keeper: RestKeeper) -> None:
    keeper.use({"share_seconds = 0": "share_seconds = 300"})
    server = keeper.servers[-1]
    mine, theirs = server.calendar(OWNER), server.calendar(OWNER + 1)
    own = keeper.outside.create("Oma")
    assert drained(mine, None)[0] == {own}
    assert len(drained(theirs, None)[0]) == 1
    assert (mine.requests, theirs.requests) == (2, 0)


def test_lists_can_be_limited_to_a_person_and_to_what_changed(keeper: RestKeeper) -> None:
    keeper.use(
        {
            **SMALL,
            "# [events.parameters]": "[events.parameters]",
            '# ownerId = "{person}"': 'ownerId = "{person}"',
            '# changed_since = "since"': 'changed_since = "since"',
            "share_seconds = 0": "share_seconds = 300",
        }
    )
    kept, gone = keeper.outside.create("Pysyy"), keeper.outside.create("Poistuu")
    calendar = keeper.calendar()
    _, _, cursor = drained(calendar, None)
    keeper.simulator.requests.clear()
    keeper.outside.edit(kept, "Muuttui")
    keeper.outside.delete(gone)
    changed, deleted, later = drained(calendar, cursor)
    # Deletions are seen in the next list of everything only.
    assert (changed, deleted) == ({kept}, set())
    request = keeper.simulator.requests[0]
    assert f"ownerId={OWNER}" in request.query
    since = datetime.fromisoformat(parse_qs(request.query)["since"][0])
    assert since < datetime.now(UTC) - timedelta(minutes=4)
    idle = drained(calendar, later)
    assert idle == (set(), set(), later), "an idle poll leaves the cursor alone"
    parsed = RestCursor.parse(later)
    assert parsed.whole is not None
    due = replace(parsed, whole=parsed.whole - timedelta(minutes=20)).token()
    assert drained(calendar, due)[:2] == (set(), {gone})


def test_a_cursor_is_one_persons_and_one_maps(keeper: RestKeeper) -> None:
    _, _, cursor = drained(keeper.calendar(), None)
    with pytest.raises(CursorLost):
        drained(keeper.servers[-1].calendar(OWNER + 1), cursor)


def test_a_list_that_shows_less_than_a_row_has_it_read_alone(keeper: RestKeeper) -> None:
    ids = [keeper.outside.create(f"Palaveri {number}") for number in range(25)]
    calendar = keeper.calendar()
    keeper.simulator.requests.clear()
    assert set(calendar.fetch(ids).items) == set(ids)
    assert all(not one.row for one in keeper.simulator.requests)
    with keeper.simulator._lock:
        for row in keeper.simulator._rows[EVENTS]:
            row.pop("location")
    assert set(calendar.fetch(ids).items) == set(ids)
    assert sum(bool(one.row) for one in keeper.simulator.requests) == 25


def test_a_map_with_the_least_carries_title_and_time_alone(keeper: RestKeeper) -> None:
    keeper.use(_least())
    calendar = keeper.calendar()
    assert calendar.capabilities.fields == {"title", "when"}
    assert not calendar.capabilities.recurrence
    assert not calendar.capabilities.keyed
    event = timed(location="Oulu", private=True, recurrence=Recurrence("FREQ=DAILY"))
    shown = read(calendar, calendar.create(event, mark()).id).event
    assert shown == calendar.capabilities.project(event) == timed()
    assert calendar.find(mark().key) == ()


def test_whole_days_without_a_field_for_them_are_times(keeper: RestKeeper) -> None:
    keeper.use(_least())
    calendar = keeper.calendar()
    event = timed(when=all_day(date(2026, 3, 29), date(2026, 3, 30)))
    shown = read(calendar, calendar.create(event, mark()).id).event
    assert shown == calendar.capabilities.project(event)
    assert (shown.when.all_day, shown.when.end - shown.when.start) == (False, timedelta(hours=23))


def _least() -> dict[str, str]:
    text = assets.read_text("valueframe/field-map.toml")
    fields = text[text.index("# What is not mapped") : text.index("[companies]")]
    return {fields: ""}


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ('time_format = "iso-local"', "2026-03-02T09:00:00", "2026-03-02T10:00:00"),
        ('time_format = "%d.%m.%Y %H:%M"', "02.03.2026 09:00", "02.03.2026 10:00"),
    ],
)
def test_times_are_written_as_the_map_says(keeper: RestKeeper, line: str, start: str, end: str) -> None:
    keeper.use({'time_format = "iso" ': f"{line} "})
    calendar = keeper.calendar()
    written = calendar.create(timed(), mark())
    row = row_of(keeper, written.id)
    assert (row["startDateTime"], row["endDateTime"]) == (start, end)
    assert read(calendar, written.id).event == timed()
    twice = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    event = timed(when=When(twice, twice + timedelta(hours=1), zone="Europe/Helsinki"))
    assert read(calendar, calendar.create(event, mark()).id).event == calendar.capabilities.project(event)


def test_whole_days_may_end_on_their_last_day(keeper: RestKeeper) -> None:
    keeper.use({'all_day_end = "exclusive"': 'all_day_end = "inclusive"'})
    calendar = keeper.calendar()
    event = timed(when=all_day(date(2026, 3, 28), date(2026, 3, 30)))
    written = calendar.create(event, mark())
    assert row_of(keeper, written.id)["endDateTime"] == "2026-03-29T00:00:00+02:00"
    assert read(calendar, written.id).event.when == event.when
    keeper.simulator.edit(EVENTS, int(written.id), {"endDateTime": "2026-03-29T23:59:00+03:00"})
    assert read(calendar, written.id).event.when == event.when


def test_words_that_are_not_mapped_become_the_first_that_is(keeper: RestKeeper) -> None:
    keeper.use({'"Muualla" = "elsewhere"': '"1" = "elsewhere"', '"Poissa" = "oof"\n': ""})
    calendar = keeper.calendar()
    written = calendar.create(timed(show_as=ShowAs.OOF), mark())
    assert written.shown is not None
    assert written.shown.show_as is ShowAs.FREE
    numbered = calendar.create(timed(show_as=ShowAs.ELSEWHERE), mark())
    assert row_of(keeper, numbered.id)["showAs"] == 1
    assert read(calendar, numbered.id).event.show_as is ShowAs.ELSEWHERE


def test_links_travel_where_there_is_a_field_for_them(keeper: RestKeeper) -> None:
    calendar = keeper.calendar()
    event = timed(participants=frozenset({Participant(7), Participant(1003)}))
    written = calendar.create(event, mark())
    assert row_of(keeper, written.id)["participantIds"] == [7, 1003]
    assert read(calendar, written.id).event.participants == event.participants
    keeper.simulator.edit(EVENTS, int(written.id), {"participantIds": ["Äijö"]})
    assert calendar.fetch([written.id]).failures[written.id].params["field"] == "participantIds"


def test_a_rule_alone_is_read_and_its_series_left_alone(keeper: RestKeeper) -> None:
    keeper.use(
        {
            'exceptions = "recurrenceExceptions"             # JSON, as in docs/STORE.md\n': "",
            'deleted_occurrences = "recurrenceDeleted"       # JSON, a list of dates\n': "",
        }
    )
    calendar = keeper.calendar()
    assert not calendar.capabilities.recurrence
    item_id = keeper.outside.create("Palaveri")
    keeper.simulator.edit(EVENTS, int(item_id), {"recurrenceRule": "FREQ=DAILY"})
    assert read(calendar, item_id).unsupported == RECURRENCE


@pytest.mark.parametrize(
    "values",
    [
        {"recurrenceRule": "FREQ=SECONDLY"},
        {"recurrenceRule": "FREQ=DAILY", "recurrenceExceptions": '[{"original": "eilen"}]'},
        {"recurrenceRule": "FREQ=DAILY", "recurrenceDeleted": '["eilen"]'},
        {"recurrenceRule": "FREQ=DAILY", "recurrenceDeleted": "{"},
    ],
)
def test_a_series_that_cannot_be_read_is_left_alone(keeper: RestKeeper, values: dict[str, Any]) -> None:
    item_id = keeper.outside.create("Palaveri")
    keeper.simulator.edit(EVENTS, int(item_id), values)
    assert read(keeper.calendar(), item_id).unsupported == RECURRENCE


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"startDateTime": None}, "startDateTime"),
        ({"endDateTime": ""}, "endDateTime"),
        ({"startDateTime": "eilen"}, "startDateTime"),
        ({"startDateTime": 7}, "startDateTime"),
        ({"showAs": "Kenties"}, "showAs"),
        ({"private": "Ehkä"}, "private"),
        ({"allDay": "ehkä"}, "allDay"),
        ({"reminderMinutes": "pian"}, "reminderMinutes"),
        ({"title": ["lista"]}, "title"),
        ({"participantIds": 7}, "participantIds"),
    ],
)
def test_a_row_with_nonsense_is_a_failure_of_its_own(
    keeper: RestKeeper, values: dict[str, Any], field: str
) -> None:
    good, bad = keeper.outside.create("Hyvä"), keeper.outside.create("Huono")
    keeper.simulator.edit(EVENTS, int(bad), values)
    calendar = keeper.calendar()
    fetched = calendar.fetch([good, bad])
    assert set(fetched.items) == {good}
    assert (fetched.failures[bad].code, fetched.failures[bad].params["field"]) == ("VF-REST-11", field)
    assert drained(calendar, None)[0] == {good, bad}


def test_what_the_year_9999_cannot_hold_is_a_failure_of_its_own(keeper: RestKeeper) -> None:
    item_id = keeper.outside.create("Palaveri")
    late = {"startDateTime": "9999-12-31T00:00:00+02:00", "endDateTime": "9999-12-31T00:00:00+02:00"}
    keeper.simulator.edit(EVENTS, int(item_id), {**late, "allDay": True})
    assert keeper.calendar().fetch([item_id]).failures[item_id].code == "EX-ITEM-03"
    ancient = datetime(1, 1, 1, tzinfo=UTC)
    keeper.use({'time_zone = "Europe/Helsinki"': 'time_zone = "America/New_York"'})
    with pytest.raises(CalendarError) as refused:
        keeper.calendar().create(timed(when=When(ancient, ancient)), mark())
    assert code_of(refused) == "EX-ITEM-03"


def test_values_without_real_json_types_are_read_all_the_same(keeper: RestKeeper) -> None:
    item_id = keeper.outside.create("Palaveri")
    texts = {
        "allDay": "0",
        "acknowledged": "1",
        "reminderMinutes": "-5",
        "title": 42,
        "participantIds": "[7]",
    }
    keeper.simulator.edit(EVENTS, int(item_id), texts)
    event = read(keeper.calendar(), item_id).event
    assert (event.title, event.acknowledged, event.reminder_minutes) == ("42", True, 0)
    assert event.participants == {Participant(7)}


@pytest.mark.parametrize("answers_rows", [True, False])
@pytest.mark.parametrize("whole", [True, False])
def test_an_edit_made_while_we_write_is_found_out(
    keeper: RestKeeper, answers_rows: bool, whole: bool
) -> None:
    """R7: what somebody else wrote in between is never taken for seen."""
    spec = keeper.simulator._rows[EVENTS].spec
    keeper.simulator._rows[EVENTS].spec = replace(spec, answers_rows=answers_rows)
    if whole:
        keeper.use({'update = "fields"': 'update = "whole"'})
    calendar = keeper.calendar()
    written = calendar.create(timed(), mark())
    number = int(written.id)

    def quick(method: str) -> None:
        if method == "PUT":
            keeper.simulator.on_write = lambda _: None
            keeper.simulator.edit(EVENTS, number, {"location": "käyttäjältä"})

    keeper.simulator.on_write = quick
    try:
        if answers_rows:
            # The answer is the row as we left it, so the edit is a later change.
            after = calendar.update(written.id, timed("Uusi"), frozenset({"title"}), written.version, mark())
            assert after.shown == timed("Uusi")
            assert read(calendar, written.id).version != after.version
        else:
            with pytest.raises(StaleVersion):
                calendar.update(written.id, timed("Uusi"), frozenset({"title"}), written.version, mark())
    finally:
        keeper.simulator.on_write = lambda _: None
        keeper.simulator._rows[EVENTS].spec = spec
    shown = read(calendar, written.id).event
    assert (shown.title, shown.location) == ("Uusi", "käyttäjältä")


def test_a_resource_that_resets_what_it_is_not_given_is_given_everything(keeper: RestKeeper) -> None:
    spec = keeper.simulator._rows[EVENTS].spec
    keeper.simulator._rows[EVENTS].spec = replace(spec, replaces=True)
    keeper.use({'update = "fields"': 'update = "whole"'})
    try:
        calendar, key = keeper.calendar(), mark()
        written = calendar.create(timed(location="Oulu", private=True), key)
        calendar.update(written.id, timed("Uusi"), frozenset({"title"}), written.version, key)
        item = read(calendar, written.id)
    finally:
        keeper.simulator._rows[EVENTS].spec = spec
    assert (item.event.location, item.event.private, item.event.title) == ("Oulu", True, "Uusi")


def test_what_the_server_makes_of_what_it_is_given_is_its_own_way(keeper: RestKeeper) -> None:
    calendar, key = keeper.calendar(), mark()
    written = calendar.create(timed(), key)
    faults(keeper, RestFault("rewritten", method="PUT", field="title", value="LYHYT"))
    after = calendar.update(written.id, timed("Pitkä"), frozenset({"title"}), written.version, key)
    assert after.shown is not None
    assert after.shown.title == "LYHYT"


def test_a_create_that_tells_an_id_alone_or_nothing_is_found(keeper: RestKeeper) -> None:
    faults(keeper, RestFault("truncated_json", method="POST", cut=0))
    calendar, key = keeper.calendar(), mark()
    written = calendar.create(timed(), key)
    assert read(calendar, written.id).key == key.key


def test_a_create_whose_answer_names_no_row_is_in_doubt_without_a_key(keeper: RestKeeper) -> None:
    keeper.use(KEYLESS)
    faults(keeper, RestFault("truncated_json", method="POST", cut=0))
    with pytest.raises(CalendarError) as doubt:
        keeper.calendar().create(timed(), mark())
    assert not isinstance(doubt.value, Refused)
    assert code_of(doubt) == "VF-REST-10"


def test_a_create_that_landed_unheard_is_found_at_once(keeper: RestKeeper) -> None:
    calendar, key = keeper.calendar(), mark()
    faults(keeper, RestFault(method="POST", moment="after", status=0))
    with pytest.raises(CalendarError) as lost:
        calendar.create(timed(), key)
    assert code_of(lost) == "VF-REST-04"
    again = calendar.create(timed(), key)
    assert again.existing
    assert [row["vfadminKey"] for row in keeper.simulator.rows(EVENTS)][1:] == [key.key]


def test_many_creates_read_the_list_once(keeper: RestKeeper) -> None:
    calendar = keeper.calendar()
    for _ in range(5):
        calendar.create(timed(), mark())
    lists = [one for one in keeper.simulator.requests if one.method == "GET" and not one.row]
    assert len(lists) <= 3


def test_another_persons_event_is_not_there(keeper: RestKeeper) -> None:
    theirs = str(keeper.simulator.rows(EVENTS)[0]["id"])
    calendar = keeper.calendar()
    assert calendar.fetch([theirs]).items == {}
    with pytest.raises(ItemGone):
        calendar.update(theirs, timed(), frozenset({"title"}), "1", mark())
    calendar.delete(theirs, "1")
    assert len(keeper.simulator.rows(EVENTS)) == 1


def test_a_row_that_goes_while_it_is_written_is_gone(keeper: RestKeeper) -> None:
    calendar = keeper.calendar()
    written = calendar.create(timed(), mark())
    faults(keeper, RestFault(method="PUT", status=410))
    with pytest.raises(ItemGone):
        calendar.update(written.id, timed("x"), frozenset({"title"}), written.version, mark())
    faults(keeper, RestFault(method="PUT", status=409))
    with pytest.raises(StaleVersion):
        calendar.update(written.id, timed("x"), frozenset({"title"}), written.version, mark())


def test_an_event_is_named_where_there_is_a_field_for_it(keeper: RestKeeper) -> None:
    calendar = keeper.calendar()
    item_id = keeper.outside.create("Palaveri")
    version = read(calendar, item_id).version
    assert calendar.name([Naming(item_id, "tunniste")])[item_id] == "tunniste"
    assert calendar.name([Naming(item_id, "toinen")])[item_id] == "tunniste"
    assert calendar.name([Naming(item_id, "toinen", "muu")])[item_id] == "tunniste"
    assert calendar.name([Naming(item_id, "toinen", "tunniste")])[item_id] == "toinen"
    item = read(calendar, item_id)
    assert (item.uid, item.version) == ("toinen", version), "a name is no change of the event"
    assert calendar.name([Naming("999999", "tunniste")]) == {}
    assert calendar.create(timed(), replace(mark(), uid="oma")).uid == "oma"
    keeper.use({'uid = "vfadminUid"\n': ""})
    assert keeper.calendar().name([Naming(item_id, "muu")])[item_id] == "muu"


def test_the_times_of_the_origin_count_until_somebody_else_writes(keeper: RestKeeper) -> None:
    """R7."""
    made = datetime(2024, 5, 6, 7, 8, tzinfo=UTC)
    calendar = keeper.calendar()
    written = calendar.create(timed(), mark(created=made, modified=made))
    assert read(calendar, written.id).modified == made
    keeper.simulator.skew = timedelta(minutes=4)
    keeper.outside.edit(written.id, "Käyttäjän")
    item = read(calendar, written.id)
    assert item.created == made
    assert item.modified is not None
    assert item.modified > ORIGIN


def test_an_answer_that_is_another_row_is_none(keeper: RestKeeper) -> None:
    first, second = keeper.outside.create("Eka"), keeper.outside.create("Toka")
    with keeper.simulator._lock:
        rows = keeper.simulator._rows[EVENTS]
        rows._rows[int(first)] = rows._rows[int(second)]
    with pytest.raises(CalendarError) as foreign:
        keeper.calendar().fetch([first])
    assert code_of(foreign) == "VF-REST-10"


def test_nothing_that_was_deleted_is_put_back(keeper: RestKeeper) -> None:
    calendar = keeper.calendar()
    item = read(calendar, calendar.create(timed(), mark()).id)
    assert not calendar.rescue(item, ORIGIN)
