"""Conflicts that were settled, in the list of what waits: let stand, or the loser restored (R24, R31)."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, select, text, update

from tests.clock import FakeClock
from tests.services.customer import ANNA, PEKKA, Customer
from tests.services.scenes import active
from tests.services.test_held import PROCESS, RESTORE, SKIP, refused
from tests.services.test_removal import outlook_id
from tests.services.test_run_undo import edit
from vfadmin.models import Audit, CalendarEvent, History
from vfadmin.models.store import Store
from vfadmin.services import conflicts
from vfadmin.services.context import Services
from vfadmin.services.held import Kind, WaitingEvent
from vfadmin.services.patience import Patience
from vfadmin.services.settings import PAUSED
from vfadmin.sync import lease


@pytest.fixture
def contested(customer: Customer) -> Customer:
    """Both sides have edited where Anna's meeting is, and ValueFrame won."""
    customer.activate(ANNA)
    customer.in_valueframe(ANNA, "Palaveri", location="Sali")
    customer.in_step()
    collide(customer)
    return customer


def collide(customer: Customer, mine: str = "Auditorio", theirs: str = "Verkko") -> None:
    edit(customer, "Palaveri", location=mine, version=CalendarEvent.version + 1)
    customer.outlook(ANNA).edit(outlook_id(customer, "Palaveri"), location=theirs)
    customer.in_step()
    assert locations(customer) == [mine, mine]


def locations(customer: Customer) -> list[str | None]:
    with customer.store.read() as session:
        mine = session.scalars(select(CalendarEvent.location).where(CalendarEvent.title == "Palaveri")).one()
    (item,) = [item for item in customer.outlook(ANNA).items() if item.subject == "Palaveri"]
    return [mine, item.location]


def only(customer: Customer) -> WaitingEvent:
    (one,) = customer.services.held.events(ANNA)
    return one


def listed(customer: Customer) -> list[object]:
    held = customer.services.held
    return [*held.mailboxes(), *held.events(ANNA)]


def audited(customer: Customer) -> list[tuple[str, Any]]:
    with customer.store.read() as session:
        wanted = Audit.action.in_(["held.skip", "held.restore", "history.undo"])
        return [(row.action, row.after) for row in session.scalars(select(Audit).where(wanted))]


def test_r24_a_settled_conflict_is_listed_and_nothing_stands_still_for_it(contested: Customer) -> None:
    (mailbox,) = contested.services.held.mailboxes()
    assert (mailbox.person_id, mailbox.conflicts, mailbox.total) == (ANNA, 1, 0)
    one = only(contested)
    assert (one.kind, one.title, one.side, one.fields) == (
        Kind.CONFLICT,
        "Palaveri",
        "exchange",
        ("location",),
    )
    assert one.ways == (SKIP, RESTORE)
    assert one.since is not None
    assert contested.row(ANNA).waiting == 0, "the banner does not call for anybody"
    assert contested.services.held.mailboxes([PEKKA]) == ()


def test_r24_what_is_let_stand_leaves_the_list_though_the_mailbox_is_at_work(contested: Customer) -> None:
    one = only(contested)
    with contested.store.write() as session:
        lease.acquire(session, ANNA, "toinen", contested.now)
    assert refused(contested.services.held.decide(SKIP, ANNA, [one.ref])) == []
    assert listed(contested) == []
    assert audited(contested) == [("held.skip", {"events": [one.ref], "count": 1})]
    assert locations(contested) == ["Auditorio", "Auditorio"]
    with contested.store.read() as session:
        kept = session.get_one(History, one.operation)
    assert kept.before is not None
    assert kept.before["location"] == "Verkko", "what lost stays in the history for as long as all does"


def test_r24_the_loser_is_restored_on_both_sides_and_no_mail_goes_out(contested: Customer) -> None:
    contested.simulator.outbox.clear()
    one = only(contested)
    assert refused(contested.services.held.decide(RESTORE, ANNA, [one.ref])) == []
    assert locations(contested) == ["Verkko", "Verkko"]
    assert contested.services.held.mailboxes() == ()
    ((action, after),) = audited(contested)
    assert (action, after["operation"], after["undone"]) == ("history.undo", one.operation, 1)
    contested.in_step()
    assert contested.simulator.outbox == []
    collide(contested, "Sali 2", "Sali 3")
    assert only(contested).operation != one.operation, "a later conflict is another one"


def test_r24_a_loser_restored_from_the_history_is_no_longer_listed(contested: Customer) -> None:
    one = only(contested)
    for _ in range(2):
        contested.services.run_undo.restore(one.run or 0, one.operation or 0)
        assert contested.services.held.mailboxes() == ()
        with contested.store.write() as session:  # as after a crash between the write and its mark
            session.execute(update(History).where(History.id == one.operation).values(contested=True))
    assert locations(contested) == ["Verkko", "Verkko"]


def test_r24_no_winner_is_taken_back_unless_it_is_named(contested: Customer) -> None:
    held = contested.services.held
    assert held.decide(RESTORE, ANNA) == held.decide(PROCESS, ANNA) == []
    assert held.preview(RESTORE, ANNA).fitting == ()
    one = only(contested)
    assert held.preview(RESTORE, ANNA, [one.ref]).fitting == (one,)
    assert refused(held.decide(PROCESS, ANNA, [one.ref])) == ["VF-HELD-01"]
    assert refused(held.decide(SKIP, ANNA)) == []
    assert held.events(ANNA) == ()


def test_r24_a_loser_whose_event_has_changed_since_is_left_and_stays_listed(contested: Customer) -> None:
    one = only(contested)
    edit(contested, "Palaveri", location="Piha", version=CalendarEvent.version + 1)
    assert refused(contested.services.held.decide(RESTORE, ANNA, [one.ref])) == ["VF-HELD-04"]
    assert only(contested) == one
    contested.in_step()
    assert locations(contested) == ["Piha", "Piha"]


def test_r24_a_loser_is_restored_once_the_mailbox_is_free(contested: Customer) -> None:
    one = only(contested)
    with contested.store.write() as session:
        at_work = lease.acquire(session, ANNA, "toinen", contested.now)
    held = contested.services.held
    assert refused(held.decide(RESTORE, ANNA, [one.ref])) == ["VF-HELD-03"]

    def rest(_seconds: float) -> None:
        with contested.store.write() as session:
            lease.release(session, at_work)

    assert refused(held.decide(RESTORE, ANNA, [one.ref], again=Patience(rest=rest))) == []
    assert locations(contested) == ["Verkko", "Verkko"]


def test_r24_while_all_is_paused_no_loser_is_restored(contested: Customer) -> None:
    contested.services.settings.set(PAUSED, True)
    one = only(contested)
    assert refused(contested.services.held.decide(RESTORE, ANNA, [one.ref])) == ["VF-PAUSE-01"]
    assert only(contested) == one


def test_r31_of_a_contested_event_that_is_private_by_now_its_time_alone_is_told(contested: Customer) -> None:
    edit(contested, "Palaveri", private=True, version=CalendarEvent.version + 1)
    contested.in_step()
    one = only(contested)
    assert (one.title, one.private) == ("Yksityinen", True)
    assert one.start is not None
    contested.services.held.decide(SKIP, ANNA)
    assert "Palaveri" not in str(audited(contested))


def test_r31_a_loser_whose_texts_were_removed_can_only_be_let_stand(contested: Customer) -> None:
    contested.services.forget_texts.forget(ANNA)
    assert (only(contested).title, only(contested).ways) == ("", (SKIP,))


def test_r24_with_the_integration_its_conflicts_leave_the_list(contested: Customer) -> None:
    contested.services.activation.remove([ANNA])
    assert listed(contested) == []


@pytest.mark.both_stores
def test_r24_thousands_of_conflicts_are_found_by_their_own_index_and_let_stand(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    anna, pekka = active(services, "Anna").id, active(services, "Pekka").id
    shown = {"title": "Palaveri", "start": "2026-03-02T09:00:00+02:00", "private": False}
    common = {"side": "exchange", "operation": "update", "reason": "conflict", "at": fake_clock.now}
    rows = [
        {
            **common,
            "person_id": pekka if number == 0 else anna,
            "pair_key": f"key-{number}",
            "after": shown | {"private": number == 1},
            "detail": {"lost": ["title"]},
            "contested": True,
        }
        for number in range(3_001)
    ]
    with store.write() as session:
        session.execute(insert(History), rows)
        session.execute(insert(History), [{**common, "person_id": anna, "contested": False}])
    held = services.held
    assert [(one.person_id, one.conflicts) for one in held.mailboxes()] == [(anna, 3_000), (pekka, 1)]
    events = held.events(anna)
    assert {one.person_id: found for one, found in held.everything()} == {
        anna: events,
        pekka: held.events(pekka),
    }
    assert [one.title for one in events] == ["Yksityinen", *["Palaveri"] * 2_999]
    assert "ix_history_contested" in plan_of(store)
    assert refused(held.decide(SKIP, anna, [one.ref for one in events])) == []
    assert [one.person_id for one in held.mailboxes()] == [pekka]


def plan_of(store: Store) -> str:
    """How the database finds them; a server may read so small a table from end to end unless it may not."""
    with store.read() as session:
        on_server = store.engine.dialect.name == "postgresql"
        if on_server:
            session.execute(text("SET LOCAL enable_seqscan = off"))
        asked = str(conflicts.count_by_mailbox().compile(store.engine))
        how = "EXPLAIN " if on_server else "EXPLAIN QUERY PLAN "
        return "\n".join(str(row) for row in session.connection().exec_driver_sql(how + asked))
