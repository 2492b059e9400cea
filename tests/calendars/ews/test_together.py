"""Several writes in one request: each with its own condition, mark and outcome, and none done twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from tests.calendars.ews import people
from tests.calendars.ews.canned import Canned, answer, fault, message, serving
from tests.calendars.ews.scene import EVENT, created, mark, shown
from vfadmin.calendars.base import Draft, Together, Written
from vfadmin.calendars.event import Participant, Recurrence
from vfadmin.calendars.ews import EwsCalendar, EwsServer
from vfadmin.calendars.ews.calendar import Place
from vfadmin.calendars.ews.session import EwsSession
from vfadmin.errors import CalendarError, ItemGone, StaleVersion
from vfadmin.simulator import FaultRule, OutlookUser, Simulator

SERIES = replace(EVENT, recurrence=Recurrence("FREQ=DAILY;COUNT=5", deleted=(EVENT.when.start.date(),)))
TITLE = frozenset({"title"})


def new(title: str = "Palaveri", **fields: object) -> Draft:
    return Draft(replace(EVENT, title=title, **fields), mark())


def written(outcomes: Sequence[Written | CalendarError]) -> list[Written]:
    assert all(isinstance(one, Written) for one in outcomes), outcomes
    return [one for one in outcomes if isinstance(one, Written)]


def codes(outcomes: Sequence[Written | CalendarError]) -> list[str]:
    return ["" if isinstance(one, Written) else one.failure.code for one in outcomes]


def drafts_to(calendar: EwsCalendar, ids: Sequence[str], title: str) -> list[Draft]:
    """Give each of the items that title, at the version it has now."""
    items = calendar.fetch(ids).items
    return [
        Draft(replace(EVENT, title=title), mark(), item_id, TITLE, items[item_id].version) for item_id in ids
    ]


def test_many_creates_take_one_request_and_each_has_its_own_key(
    exchange: Simulator, calendar: EwsCalendar
) -> None:
    assert isinstance(calendar, Together)
    calendar.identity()
    drafts = [new(f"Palaveri {number}") for number in range(3)]
    exchange.clear_requests()
    made = written(calendar.write_together(drafts))
    assert exchange.request_counts() == {"FindItem": 1, "CreateItem": 1}
    items = calendar.fetch([one.id for one in made]).items
    for draft, one in zip(drafts, made, strict=True):
        item = items[one.id]
        assert (item.event.title, item.key, item.stamp) == (
            draft.event.title,
            draft.mark.key,
            draft.mark.stamp,
        )
        assert (item.version, item.uid) == (one.version, one.uid)
    exchange.clear_requests()
    written(calendar.write_together([new(), new()]))
    assert exchange.request_counts() == {"CreateItem": 1}, "the keys are known from before"


def test_more_than_fifty_and_long_texts_are_shared_out(exchange: Simulator, calendar: EwsCalendar) -> None:
    calendar.identity()
    exchange.clear_requests()
    written(calendar.write_together([new() for _ in range(calendar.most + 1)]))
    assert exchange.request_counts()["CreateItem"] == 2
    exchange.clear_requests()
    written(calendar.write_together([new(text="x" * 100_000) for _ in range(5)]))
    assert exchange.request_counts()["CreateItem"] == 3


def test_what_is_there_already_and_what_takes_several_requests_goes_alone(
    server: EwsServer, calendar: EwsCalendar, anna: OutlookUser
) -> None:
    there = new("Entinen")
    first = written(calendar.write_together([there]))[0]
    other = server.calendar(people.ANNA, "default", None)
    found, series, plain = written(other.write_together([there, Draft(SERIES, mark()), new()]))
    assert (found.id, found.existing, plain.existing) == (first.id, True, False)
    assert shown(calendar, series.id).recurrence is not None
    assert len(anna.items()) == 3


def test_updates_are_conditional_one_by_one(
    exchange: Simulator, calendar: EwsCalendar, anna: OutlookUser
) -> None:
    ids = [created(anna) for _ in range(4)]
    drafts = drafts_to(calendar, ids, "Uusi")
    anna.edit(ids[1], subject="Käyttäjän")
    anna.delete(ids[2])
    exchange.clear_requests()
    outcomes = calendar.write_together(drafts)
    assert exchange.request_counts() == {"UpdateItem": 1}
    assert isinstance(outcomes[1], StaleVersion)
    assert isinstance(outcomes[2], ItemGone)
    items = calendar.fetch(ids).items
    assert [items[one].event.title for one in (ids[0], ids[1], ids[3])] == ["Uusi", "Käyttäjän", "Uusi"]
    assert [items[ids[0]].version, items[ids[3]].version] == [
        one.version for one in (outcomes[0], outcomes[3]) if isinstance(one, Written)
    ]
    assert items[ids[3]].stamp == drafts[3].mark.stamp


def test_an_update_of_a_series_of_links_or_of_nothing_goes_alone(
    calendar: EwsCalendar, anna: OutlookUser
) -> None:
    plain = created(anna)
    series = written(calendar.write_together([Draft(SERIES, mark())]))[0]
    version = calendar.fetch([series.id]).items[series.id].version
    linked = replace(EVENT, participants=frozenset({Participant(4711)}))
    drafts = [
        *drafts_to(calendar, [plain], "Uusi"),
        Draft(replace(SERIES, title="Sarja"), mark(), series.id, TITLE, version),
        Draft(EVENT, mark(), "", TITLE, "1"),
        *(
            replace(one, event=linked, names=frozenset({"participants"}))
            for one in drafts_to(calendar, [created(anna)], "")
        ),
    ]
    outcomes = calendar.write_together(drafts)
    assert codes(outcomes) == ["", "", "EX-ITEM-01", ""]
    assert shown(calendar, series.id).title == "Sarja"


def test_creates_and_updates_do_not_mix_in_a_request(calendar: EwsCalendar, anna: OutlookUser) -> None:
    drafts = [new("Uusi"), *drafts_to(calendar, [created(anna)], "Muutettu"), new("Toinen uusi")]
    written(calendar.write_together(drafts))
    assert sorted(item.subject for item in anna.items()) == ["Muutettu", "Toinen uusi", "Uusi"]


def test_one_that_no_calendar_can_hold_leaves_the_others_their_way(calendar: EwsCalendar) -> None:
    late = replace(EVENT.when, end=EVENT.when.end.replace(year=9999, month=12, day=31), zone="Ei/Mikään")
    outcomes = calendar.write_together([new(), new("Kelvoton", when=late), new()])
    assert codes(outcomes) == ["", "EX-ITEM-03", ""]


@pytest.mark.parametrize("status", [413, 500], ids=["too-large", "refused-as-a-whole"])
def test_a_request_refused_for_one_of_many_is_tried_with_less(
    exchange: Simulator, calendar: EwsCalendar, anna: OutlookUser, status: int
) -> None:
    calendar.identity()
    code = "" if status == 413 else "ErrorInvalidPropertyRequest"
    exchange.set_faults([FaultRule(operation="CreateItem", status=status, code=code)])
    drafts = [new(f"Palaveri {number}") for number in range(4)]
    assert len(written(calendar.write_together(drafts))) == 4
    assert len(anna.items()) == 4


def test_a_broken_connection_is_the_outcome_of_all_and_their_keys_tell_what_landed(
    exchange: Simulator, calendar: EwsCalendar, anna: OutlookUser
) -> None:
    drafts = [new(f"Palaveri {number}") for number in range(3)]
    exchange.set_faults([FaultRule(moment="after", operation="CreateItem", status=0)])
    outcomes = calendar.write_together(drafts)
    assert len({code for code in codes(outcomes) if code}) == 1
    assert all(isinstance(one, CalendarError) and one.failure.transient for one in outcomes)
    assert [len(calendar.find(one.mark.key)) for one in drafts] == [1, 1, 1]
    again = written(calendar.write_together(drafts))
    assert {one.existing for one in again} == {True}
    assert len(anna.items()) == 3


SessionAt = Callable[..., EwsSession]


def at(
    tmp_path: Path, session_at: SessionAt, stack: ExitStack, respond: Callable[[bytes], bytes]
) -> EwsCalendar:
    tmp_path.mkdir(exist_ok=True)
    canned = Canned(made=lambda _headers, body: Canned(respond(body)))
    server = stack.enter_context(serving(tmp_path, canned))
    return EwsCalendar(session_at(server.url, server.ca_file), Place(people.ANNA, "default", "f"))


def updates(count: int) -> list[Draft]:
    return [Draft(EVENT, mark(), f"A{number}", TITLE, "1") for number in range(count)]


def told(name: str) -> str:
    identity = f'<t:CalendarItem><t:ItemId Id="{name}" ChangeKey="2"/></t:CalendarItem>'
    return message("UpdateItem", f"<m:Items>{identity if name else ''}</m:Items>")


def test_what_a_server_did_not_come_to_is_asked_again(
    tmp_path: Path, session_at: SessionAt, stack: ExitStack
) -> None:
    asked: list[int] = []

    def respond(body: bytes) -> bytes:
        names = [f"A{number}" for number in range(4) if f'Id="A{number}"'.encode() in body]
        asked.append(len(names))
        left = message("UpdateItem", code="ErrorBatchProcessingStopped")
        first = [told(names[0])] if len(names) < 4 or len(asked) == 1 else []
        return answer("UpdateItem", *first, *([left] * (len(names) - len(first))))

    outcomes = at(tmp_path, session_at, stack, respond).write_together(updates(4))
    assert [one.id for one in written(outcomes)] == ["A0", "A1", "A2", "A3"]
    assert asked == [4, 3, 2, 1]


@pytest.mark.parametrize(
    "answers",
    [["A0"], ["A0", "A1", "A1"], ["A1", "A0"]],
    ids=["too-few", "too-many", "in-another-order"],
)
def test_answers_that_cannot_be_told_apart_leave_all_in_doubt(
    tmp_path: Path, session_at: SessionAt, stack: ExitStack, answers: list[str]
) -> None:
    given = answer("UpdateItem", *map(told, answers))
    outcomes = at(tmp_path, session_at, stack, lambda _: given).write_together(updates(2))
    assert codes(outcomes) == ["EX-UNKNOWN-01", "EX-UNKNOWN-01"]


def test_an_answer_without_an_id_and_one_that_stops_the_mailbox_are_in_doubt(
    tmp_path: Path, session_at: SessionAt, stack: ExitStack
) -> None:
    nameless = answer("UpdateItem", told("A0"), told(""))
    outcomes = at(tmp_path, session_at, stack, lambda _: nameless).write_together(updates(2))
    assert codes(outcomes) == ["", "EX-UNKNOWN-01"]
    busy = fault("ErrorServerBusy")
    outcomes = at(tmp_path / "toinen", session_at, stack, lambda _: busy).write_together(updates(2))
    assert codes(outcomes) == ["EX-BUSY-01", "EX-BUSY-01"]
