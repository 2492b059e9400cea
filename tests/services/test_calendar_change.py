"""Default calendar to one of its own and back, with what is synchronised already (R2)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.services.customer import ANNA, PEKKA, Customer, codes
from tests.services.test_removal import outlook_id
from vfadmin.calendars.ews.calendar import EwsCalendar
from vfadmin.errors import UsageError
from vfadmin.models import CalendarEvent, Cursor, Pair, State
from vfadmin.simulator.faults import FaultRule
from vfadmin.sync import relocation

NEW = {"calendar": "new", "calendar_name": "Työt"}
BACK = {"calendar": "default"}


@pytest.fixture
def resting(customer: Customer) -> Customer:
    """See `rest`; over EWS."""
    return rest(customer)


def rest(customer: Customer) -> Customer:
    """Anna, in step and then passivated: two events from ValueFrame, one from Outlook."""
    customer.activate(ANNA)
    customer.in_valueframe(ANNA, "Palaveri")
    customer.in_valueframe(ANNA, "Katselmus", 2)
    customer.in_outlook(ANNA, "Hammaslääkäri", 4)
    customer.in_step()
    customer.services.activation.passivate([ANNA])
    return customer


ALL = ["Hammaslääkäri", "Katselmus", "Palaveri"]
OURS = ["Katselmus", "Palaveri"]


def places(customer: Customer) -> tuple[list[str], list[str]]:
    return customer.outlook_titles(ANNA), customer.outlook_titles(ANNA, "Työt")


def statuses(customer: Customer) -> list[str]:
    with customer.store.read() as session:
        return sorted(session.scalars(select(Pair.status)))


def move(customer: Customer, **choice: str) -> None:
    customer.services.activation.passivate([ANNA])
    customer.activate(ANNA, move_events=True, **choice)
    customer.in_step()


def test_r2_without_saying_so_a_calendar_with_events_is_kept(resting: Customer) -> None:
    (refused,) = resting.services.activation.activate([ANNA], **NEW)
    assert refused.error is not None
    assert refused.error.code == "VF-CALENDAR-02"
    assert resting.row(ANNA).folder_identity is not None


def test_r2_what_would_move_and_what_would_stay_is_counted_before(resting: Customer) -> None:
    (seen,) = resting.services.activation.preview_calendar([ANNA, PEKKA, 99], "new", "Työt")
    assert (seen.id, seen.moves, seen.stays) == (ANNA, 2, 1)
    assert resting.services.activation.preview_calendar([ANNA], "default") == []
    with pytest.raises(UsageError, match="VF-CALENDAR-01"):
        resting.services.activation.preview_calendar([ANNA], "own")


def test_r2_what_valueframe_brought_moves_and_what_was_born_in_outlook_stays(resting: Customer) -> None:
    resting.simulator.clear_requests()
    move(resting, **NEW)
    assert places(resting) == (["Hammaslääkäri"], OURS)
    assert resting.valueframe_titles(ANNA) == ALL
    assert statuses(resting) == ["closed", "ok", "ok"]
    assert not {"CreateItem", "DeleteItem"} & set(resting.simulator.request_counts())
    assert resting.outlook(ANNA).deleted_items() == []
    assert resting.simulator.outbox == []
    assert [one for one in resting.history(ANNA) if one[2] == "calendar-changed"] == [
        ("exchange", "move", "calendar-changed"),
        ("exchange", "move", "calendar-changed"),
        ("exchange", "close", "calendar-changed"),
    ]


def test_r2_after_the_change_both_calendars_go_on_and_the_closed_pair_rests(resting: Customer) -> None:
    move(resting, **NEW)
    item = next(one for one in resting.outlook(ANNA).items("Työt") if one.subject == "Palaveri")
    resting.outlook(ANNA).edit(item.id, subject="Palaveri siirretty")
    resting.in_outlook(ANNA, "Ei synkronoida", 30)
    resting.outlook(ANNA).edit(outlook_id(resting, "Hammaslääkäri"), subject="Hammashoitaja")
    resting.in_valueframe(ANNA, "Uusi", 40)
    resting.in_step()
    assert resting.valueframe_titles(ANNA) == ["Hammaslääkäri", "Katselmus", "Palaveri siirretty", "Uusi"]
    assert places(resting) == (
        ["Ei synkronoida", "Hammashoitaja"],
        ["Katselmus", "Palaveri siirretty", "Uusi"],
    )


def test_r2_what_rests_is_not_brought_anew_when_it_is_edited_or_a_cursor_is_lost(resting: Customer) -> None:
    move(resting, **NEW)
    with resting.store.write() as session:
        event = session.scalars(select(CalendarEvent).where(CalendarEvent.title == "Hammaslääkäri")).one()
        event.location = "Turku"
        for cursor in session.scalars(select(Cursor)):
            cursor.token = "forgotten"
    resting.in_step()
    assert places(resting) == (["Hammaslääkäri"], OURS)
    assert resting.outlook(ANNA).items()[0].location == ""
    with resting.store.write() as session:
        session.get_one(CalendarEvent, event.id).deleted_at = resting.now
    resting.in_step()
    assert places(resting) == (["Hammaslääkäri"], OURS)
    assert statuses(resting) == ["ok", "ok"]


def test_r2_back_in_the_default_calendar_what_rested_goes_on_without_doubles(resting: Customer) -> None:
    move(resting, **NEW)
    resting.outlook(ANNA).edit(outlook_id(resting, "Hammaslääkäri"), location="Turku")
    move(resting, **BACK)
    assert places(resting) == (ALL, [])
    assert resting.valueframe_titles(ANNA) == ALL
    assert statuses(resting) == ["ok", "ok", "ok"]
    with resting.store.read() as session:
        places_in = {one.title: one.location for one in session.scalars(select(CalendarEvent))}
    assert places_in["Hammaslääkäri"] == "Turku"


@pytest.mark.parametrize("when", [1, 2])
def test_r2_a_change_cut_off_is_finished_by_the_next_cycle(
    resting: Customer, monkeypatch: pytest.MonkeyPatch, when: int
) -> None:
    class Killed(BaseException):
        pass

    passed = []

    def die(place: str) -> None:
        passed.append(place)
        if len(passed) == when:
            raise Killed

    resting.activate(ANNA, move_events=True, **NEW)
    with monkeypatch.context() as patched:
        patched.setattr(relocation, "failpoint", die)
        with pytest.raises(Killed):
            resting.sync(ANNA)
    resting.set_row(ANNA, lease_owner=None, lease_until=None)
    resting.in_step()
    assert places(resting) == (["Hammaslääkäri"], OURS)
    assert resting.valueframe_titles(ANNA) == ALL
    assert statuses(resting) == ["closed", "ok", "ok"]


def test_r2_a_server_out_of_order_delays_the_change(resting: Customer) -> None:
    resting.activate(ANNA, move_events=True, **NEW)
    resting.simulator.set_faults([FaultRule(operation="MoveItem", code="ErrorServerBusy", status=500)])
    assert codes(resting.sync(ANNA)) == ["EX-BUSY-01"]
    assert (resting.row(ANNA).state, resting.row(ANNA).folder_identity) == (State.ACTIVE, None)
    resting.in_step(ANNA)
    assert places(resting) == (["Hammaslääkäri"], OURS)


def test_r2_what_was_deleted_meanwhile_is_deleted_and_not_moved(resting: Customer) -> None:
    resting.outlook(ANNA).delete(outlook_id(resting, "Katselmus"))
    move(resting, **NEW)
    assert places(resting) == (["Hammaslääkäri"], ["Palaveri"])
    assert resting.valueframe_titles(ANNA) == ["Hammaslääkäri", "Palaveri"]


def test_r2_from_one_own_calendar_to_another(resting: Customer) -> None:
    move(resting, **NEW)
    move(resting, calendar="new", calendar_name="Asiakkaat")
    assert places(resting) == (["Hammaslääkäri"], [])
    assert resting.outlook_titles(ANNA, "Asiakkaat") == OURS
    assert statuses(resting) == ["closed", "ok", "ok"]


def test_r2_what_cannot_be_read_stays_and_rests(resting: Customer) -> None:
    resting.simulator.set_faults([FaultRule(kind="quarantined", subject="Palaveri", times=None)])
    move(resting, **NEW)
    resting.simulator.set_faults([])
    assert places(resting) == (["Hammaslääkäri", "Palaveri"], ["Katselmus"])
    assert statuses(resting) == ["closed", "closed", "ok"]


def test_r2_what_vanishes_at_the_last_moment_is_not_moved(
    resting: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring = EwsCalendar.bring

    def late(calendar: EwsCalendar, item_id: str) -> str | None:
        if item_id == outlook_id(resting, "Katselmus"):
            resting.outlook(ANNA).delete(item_id)
            monkeypatch.setattr(EwsCalendar, "bring", bring)
        return bring(calendar, item_id)

    monkeypatch.setattr(EwsCalendar, "bring", late)
    move(resting, **NEW)
    assert places(resting) == (["Hammaslääkäri"], ["Palaveri"])
    assert resting.valueframe_titles(ANNA) == ["Hammaslääkäri", "Palaveri"]
