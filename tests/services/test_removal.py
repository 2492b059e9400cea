"""Removing an integration: both calendars left as they are, or what ValueFrame brought taken out (R30)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from tests.services.customer import ANNA, PEKKA, Customer, codes
from vfadmin.errors import UsageError
from vfadmin.models import Connection, Intent, Pair, Run, State
from vfadmin.simulator.faults import FaultRule
from vfadmin.sync import removal


@pytest.fixture
def paired(customer: Customer) -> Customer:
    """Anna's calendars in step: two events from ValueFrame, one from Outlook, one copied there by her."""
    customer.activate(ANNA)
    customer.in_valueframe(ANNA, "Palaveri")
    customer.in_valueframe(ANNA, "Katselmus", 2)
    customer.in_outlook(ANNA, "Hammaslääkäri", 4)
    customer.in_step()
    copied = customer.outlook(ANNA).copy(outlook_id(customer, "Palaveri"))
    customer.outlook(ANNA).edit(copied, subject="Oma kopio")
    customer.in_step()
    return customer


ALL = ["Hammaslääkäri", "Katselmus", "Oma kopio", "Palaveri"]


def outlook_id(customer: Customer, title: str, person: int = ANNA) -> str:
    (found,) = [item.id for item in customer.outlook(person).items() if item.subject == title]
    return found


def remembered(customer: Customer) -> int:
    with customer.store.read() as session:
        return sum(session.scalar(select(func.count()).select_from(table)) or 0 for table in (Pair, Intent))


def test_r30_by_default_both_calendars_stay_as_they_are(paired: Customer) -> None:
    (result,) = paired.services.activation.remove([ANNA])
    assert (result.ok, result.state) == (True, State.UNUSED)
    paired.sync()
    assert paired.valueframe_titles(ANNA) == paired.outlook_titles(ANNA) == ALL
    assert paired.outlook(ANNA).deleted_items() == []
    assert remembered(paired) == 0


def test_r30_what_valueframe_brought_is_counted_before(paired: Customer) -> None:
    before = len(paired.simulator.requests)
    assert paired.services.activation.preview([ANNA, PEKKA], "remove").brought == 2
    assert len(paired.simulator.requests) == before, "the count needs no server"
    assert paired.services.activation.preview([ANNA], "passivate").brought == 0
    (seen,) = paired.synchronise.preview_removal([ANNA])
    assert (seen.taken, seen.left, seen.failure) == (2, (), None)
    assert paired.outlook_titles(ANNA) == ALL


def test_r30_what_valueframe_brought_goes_to_deleted_items_and_nothing_else(paired: Customer) -> None:
    (result,) = paired.services.activation.remove([ANNA], take_out=True)
    assert (result.ok, result.changed, result.state) == (True, True, State.PASSIVE)
    assert paired.outlook_titles(ANNA) == ALL, "the window's call does not wait for a server"

    (done,) = paired.synchronise.take_out([ANNA])

    assert (done.taken, done.left, done.failure) == (2, (), None)
    assert paired.outlook_titles(ANNA) == ["Hammaslääkäri", "Oma kopio"]
    assert sorted(item.subject for item in paired.outlook(ANNA).deleted_items()) == ["Katselmus", "Palaveri"]
    assert paired.valueframe_titles(ANNA) == ALL
    assert paired.simulator.outbox == []
    assert (paired.row(ANNA).state, paired.row(ANNA).login) == (State.UNUSED, "EXAMPLE\\anna")
    assert remembered(paired) == 0
    assert paired.history(ANNA)[-2:] == [("exchange", "delete", "taken-out")] * 2
    with paired.store.read() as session:
        assert session.scalars(select(Run.deleted).order_by(Run.id.desc())).first() == 2
    assert paired.services.history.audit(ANNA)[0].action == "integration.remove"


def test_r30_an_own_calendar_is_cleared_and_stays(customer: Customer) -> None:
    customer.activate(ANNA, calendar="new", calendar_name="Työt")
    customer.in_valueframe(ANNA, "Palaveri")
    customer.in_outlook(ANNA, "Ei koske")
    customer.in_step()
    customer.services.activation.remove([ANNA], take_out=True)
    (done,) = customer.synchronise.take_out([ANNA])
    assert (done.taken, done.failure) == (1, None)
    assert (customer.outlook_titles(ANNA, "Työt"), customer.outlook_titles(ANNA)) == ([], ["Ei koske"])


def test_r30_the_engines_next_round_takes_out_what_was_agreed_to(paired: Customer) -> None:
    paired.services.activation.remove([ANNA], take_out=True)
    engine = paired.synchronise.engine()
    assert engine.due() == [ANNA]
    (result,) = engine.sync([ANNA])
    assert (result.ok, result.deleted) == (True, 2)
    assert paired.row(ANNA).state == State.UNUSED
    assert engine.due() == []
    assert paired.outlook_titles(ANNA) == ["Hammaslääkäri", "Oma kopio"]


def test_r30_an_activation_that_ends_a_removal_cannot_be_undone(paired: Customer) -> None:
    """Nobody could begin the removal again without being asked."""
    paired.services.activation.remove([ANNA], take_out=True)
    (result,) = paired.services.activation.activate([ANNA])
    assert (result.ok, result.state, result.trace) == (True, State.ACTIVE, None)


def test_r30_what_a_person_edited_stays_and_is_named(paired: Customer) -> None:
    paired.outlook(ANNA).edit(outlook_id(paired, "Palaveri"), location="Turku")
    (seen,) = paired.synchronise.preview_removal([ANNA])
    paired.services.activation.remove([ANNA], take_out=True)
    (done,) = paired.synchronise.take_out([ANNA])
    assert (done.taken, [(one.title, one.why) for one in done.left]) == (1, [("Palaveri", "edited")])
    assert (seen.taken, seen.left) == (done.taken, done.left)
    assert "Palaveri" in paired.outlook_titles(ANNA)
    assert paired.row(ANNA).state == State.UNUSED
    assert ("exchange", "skip", "left-alone") in paired.history(ANNA)


def test_r31_of_a_private_event_that_stays_the_time_alone_is_told(customer: Customer) -> None:
    customer.activate(ANNA)
    customer.in_valueframe(ANNA, "Lääkäri", private=True)
    customer.in_step()
    customer.outlook(ANNA).edit(outlook_id(customer, "Lääkäri"), location="Turku")
    (seen,) = customer.synchronise.preview_removal([ANNA])
    assert [(one.title, one.private) for one in seen.left] == [("", True)]
    assert seen.left[0].start is not None


def test_r30_an_edit_at_the_last_moment_is_kept(paired: Customer, monkeypatch: pytest.MonkeyPatch) -> None:
    paired.services.activation.remove([ANNA], take_out=True)
    item = outlook_id(paired, "Katselmus")

    def edit(found: Any) -> None:
        if found.id == item:
            paired.outlook(ANNA).edit(item, location="Vaasa")

    meddling(monkeypatch, edit)
    (done,) = paired.synchronise.take_out([ANNA])
    assert (done.taken, [one.title for one in done.left]) == (1, ["Katselmus"])
    assert "Katselmus" in paired.outlook_titles(ANNA)


def test_r30_a_removal_cut_off_is_finished_by_the_next_round(
    paired: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(place: str) -> None:
        if place == "taken-out":
            raise Killed

    paired.services.activation.remove([ANNA], take_out=True)
    with monkeypatch.context() as patched:
        patched.setattr(removal, "failpoint", die)
        with pytest.raises(Killed):
            paired.synchronise.take_out([ANNA])
    assert len(paired.outlook(ANNA).deleted_items()) == 1
    assert paired.row(ANNA).state == State.PASSIVE
    engine = paired.synchronise.engine()
    assert engine.due() == [], "the lease of the dead has to run out"
    paired.now += timedelta(minutes=11)
    assert engine.due() == [ANNA]
    assert codes(engine.sync([ANNA])) == [None]
    assert paired.row(ANNA).state == State.UNUSED
    assert paired.outlook_titles(ANNA) == ["Hammaslääkäri", "Oma kopio"]
    assert len(paired.outlook(ANNA).deleted_items()) == 2


def test_r30_a_server_out_of_order_delays_the_removal(paired: Customer) -> None:
    paired.services.activation.remove([ANNA], take_out=True)
    paired.simulator.set_faults([FaultRule(operation="MoveItem", code="ErrorServerBusy", status=500)])
    (failed,) = paired.synchronise.take_out([ANNA])
    assert failed.failure is not None
    assert failed.failure.code == "EX-BUSY-01"
    assert paired.row(ANNA).state == State.PASSIVE
    engine = paired.synchronise.engine()
    assert engine.due() == [], "it does not hammer"
    paired.now += timedelta(hours=1)
    assert engine.due() == [ANNA]
    assert codes(engine.sync([ANNA])) == [None]
    assert paired.outlook_titles(ANNA) == ["Hammaslääkäri", "Oma kopio"]


def test_r30_activating_again_ends_a_removal_that_is_not_done(paired: Customer) -> None:
    paired.services.activation.remove([ANNA], take_out=True)
    written = len(paired.history(ANNA))
    paired.activate(ANNA)
    paired.in_step()
    assert paired.valueframe_titles(ANNA) == paired.outlook_titles(ANNA) == ALL
    assert len(paired.history(ANNA)) == written
    (refused,) = paired.synchronise.take_out([ANNA])
    assert refused.failure is not None
    assert refused.failure.code == "VF-STATE-01"


def meddling(monkeypatch: pytest.MonkeyPatch, meddle: Callable[[Any], None]) -> None:
    """Do something right before each item is taken."""
    looked_at = removal._looked_at

    def meddled(calendar: Any, wanted: Any) -> Iterator[Any]:
        for one, found in looked_at(calendar, wanted):
            meddle(found)
            yield one, found

    monkeypatch.setattr(removal, "_looked_at", meddled)


def test_r30_activated_while_it_is_taken_out_everything_comes_back(
    paired: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    paired.services.activation.remove([ANNA], take_out=True)
    with monkeypatch.context() as patched:
        met: list[Any] = []

        def activate(found: Any) -> None:
            met.append(found)
            if len(met) == 2:
                paired.activate(ANNA)

        meddling(patched, activate)
        (cut,) = paired.synchronise.take_out([ANNA])
    assert cut.failure is not None
    assert cut.failure.code == "VF-LEASE-02"
    assert paired.row(ANNA).state == State.ACTIVE
    assert len(paired.outlook_titles(ANNA)) == 2, "one was out, and one was in hand"
    paired.now += timedelta(minutes=11)
    paired.in_step()
    assert paired.valueframe_titles(ANNA) == paired.outlook_titles(ANNA) == ALL


def test_r30_stopping_ends_it_between_two_items(paired: Customer, monkeypatch: pytest.MonkeyPatch) -> None:
    paired.services.activation.remove([ANNA], take_out=True)
    engine = paired.synchronise.engine()
    with monkeypatch.context() as patched:
        meddling(patched, lambda _found: engine.stop())
        (stopped,) = engine.take_out([ANNA])
    assert stopped.failure is not None
    assert (stopped.failure.code, stopped.taken) == ("VF-STOP-01", 0)
    assert paired.synchronise.engine().due() == [ANNA], "at once, not after a delay"


def test_r30_what_cannot_be_read_or_moved_stays_and_is_named(paired: Customer) -> None:
    paired.services.activation.remove([ANNA], take_out=True)
    paired.simulator.set_faults([FaultRule(kind="quarantined", subject="Palaveri", times=None)])
    (done,) = paired.synchronise.take_out([ANNA])
    assert (done.taken, [(one.title, one.why) for one in done.left]) == (1, [("Palaveri", "unreadable")])
    paired.simulator.set_faults([])
    assert "Palaveri" in paired.outlook_titles(ANNA)


def test_r30_a_refused_move_of_one_item_does_not_keep_the_others(paired: Customer) -> None:
    paired.services.activation.remove([ANNA], take_out=True)
    denied = FaultRule(operation="MoveItem", kind="quarantined", subject="Palaveri", code="ErrorAccessDenied")
    paired.simulator.set_faults([denied])
    (done,) = paired.synchronise.take_out([ANNA])
    assert (done.taken, [(one.title, one.why) for one in done.left]) == (1, [("Palaveri", "unreadable")])
    assert "Palaveri" in paired.outlook_titles(ANNA)
    assert paired.row(ANNA).state == State.UNUSED


def test_r30_without_a_known_calendar_nothing_is_taken(paired: Customer) -> None:
    paired.services.activation.remove([ANNA], take_out=True)
    paired.set_row(ANNA, folder_identity=None)
    (held,) = paired.synchronise.take_out([ANNA])
    assert held.failure is not None
    assert held.failure.code == "EX-MBX-07"


def test_r30_nobody_works_on_a_mailbox_that_another_process_has(paired: Customer) -> None:
    paired.services.activation.remove([ANNA], take_out=True)
    paired.set_row(ANNA, lease_owner="muu", lease_until=paired.now + timedelta(minutes=5))
    (busy,) = paired.synchronise.take_out([ANNA])
    assert busy.failure is not None
    assert busy.failure.code == "VF-LEASE-01"
    assert paired.synchronise.engine().due() == []


def test_r30_behind_a_closed_connection_it_waits(paired: Customer) -> None:
    paired.services.activation.remove([ANNA], take_out=True)
    with paired.store.write() as session:
        session.execute(
            update(Connection).values(blocked_code="EX-AUTH-01", blocked_params={"account": "svc"})
        )
    before = len(paired.simulator.requests)
    (closed,) = paired.synchronise.take_out([ANNA])
    assert closed.failure is not None
    assert (closed.failure.code, len(paired.simulator.requests)) == ("EX-AUTH-01", before)
    assert paired.row(ANNA).state == State.PASSIVE


def test_r30_a_preview_of_a_mailbox_out_of_reach_says_why(paired: Customer) -> None:
    paired.simulator.deny_impersonation("anna@example.test")
    unknown, nothing, denied = paired.synchronise.preview_removal([99, PEKKA, ANNA])
    assert [one.failure and one.failure.code for one in (unknown, nothing, denied)] == [
        "VF-PERSON-01",
        "VF-PERSON-01",
        "EX-IMP-01",
    ]
    paired.activate(PEKKA)
    (nothing,) = paired.synchronise.preview_removal([PEKKA])
    assert (nothing.taken, nothing.failure) == (0, None)


def test_r30_in_a_mailbox_that_was_moved_nothing_is_taken_for_gone(paired: Customer) -> None:
    paired.services.activation.remove([ANNA], take_out=True)
    paired.simulator.move_mailbox("anna@example.test")
    (failed,) = paired.synchronise.take_out([ANNA])
    assert failed.failure is not None
    assert failed.failure.code == "EX-MBX-07"
    assert (paired.row(ANNA).state, paired.row(ANNA).error_code) == (State.ERROR, "EX-MBX-07")
    assert paired.outlook_titles(ANNA) == ALL


def test_r30_nothing_brought_is_removed_at_once(customer: Customer) -> None:
    customer.activate(ANNA)
    customer.in_outlook(ANNA, "Oma")
    customer.in_step()
    (result,) = customer.services.activation.remove([ANNA], take_out=True)
    assert (result.ok, result.state) == (True, State.UNUSED)
    assert customer.outlook_titles(ANNA) == ["Oma"]


def test_r30_r14_with_the_module_off_nothing_is_taken_out(paired: Customer) -> None:
    paired.services.activation.remove([ANNA], take_out=True)
    paired.services.settings.set_module(on=False)
    assert paired.synchronise.engine().due() == []
    with pytest.raises(UsageError, match="VF-MODULE-01"):
        paired.synchronise.take_out([ANNA])
    assert paired.outlook_titles(ANNA) == ALL


def test_r30_a_create_whose_answer_never_came_is_taken_out_too(customer: Customer) -> None:
    customer.activate(ANNA)
    customer.in_step()
    customer.in_valueframe(ANNA, "Palaveri")
    rule = FaultRule(operation="CreateItem", moment="after", status=0, times=None)
    customer.simulator.set_faults([rule])
    assert codes(customer.sync(ANNA)) == ["EX-CONN-05"]
    customer.simulator.set_faults([])
    assert customer.outlook_titles(ANNA) == ["Palaveri"]
    customer.services.activation.remove([ANNA], take_out=True)
    (done,) = customer.synchronise.take_out([ANNA])
    assert (done.taken, done.left, done.failure) == (1, (), None)
    assert customer.outlook_titles(ANNA) == []
