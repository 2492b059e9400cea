"""What waits for an admin: listed, and his three ways out, over a real server (R24)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, select, update

from tests.services.customer import ANNA, PEKKA, Customer
from tests.strategies import UNREADABLE_END
from vfadmin.errors import UsageError
from vfadmin.models import Audit, CalendarEvent
from vfadmin.services.held import Decided, Decision, Kind
from vfadmin.services.patience import Patience
from vfadmin.simulator.faults import FaultRule
from vfadmin.sync import lease

TITLES = [f"Tapahtuma {number:03}" for number in range(100)]
PROCESS, SKIP, RESTORE = Decision.PROCESS, Decision.SKIP, Decision.RESTORE


def fill(customer: Customer, count: int, person: int = ANNA) -> list[str]:
    """So many events of ValueFrame, in both calendars."""
    titles = TITLES[:count]
    for number, title in enumerate(titles):
        customer.in_valueframe(person, title, number)
    customer.activate(person)
    customer.in_step(person)
    assert customer.outlook_titles(person) == titles
    return titles


def delete_in_outlook(customer: Customer, titles: list[str], person: int = ANNA) -> None:
    user = customer.outlook(person)
    ids = {item.subject: item.id for item in user.items()}
    for title in titles:
        user.delete(ids[title])


def delete_in_valueframe(customer: Customer, titles: list[str]) -> None:
    with customer.store.write() as session:
        gone = update(CalendarEvent).where(CalendarEvent.title.in_(titles))
        session.execute(gone.values(deleted_at=customer.now))


DELETE = {"exchange": delete_in_outlook, "valueframe": delete_in_valueframe}


def shown(customer: Customer, side: str) -> list[str]:
    return customer.outlook_titles(ANNA) if side == "exchange" else customer.valueframe_titles(ANNA)


def other(side: str) -> str:
    return "valueframe" if side == "exchange" else "exchange"


def refused(results: list[Decided]) -> list[str]:
    return [one.error.code for one in results if one.error is not None]


def still(customer: Customer, cycles: int = 3) -> None:
    """So many cycles write nothing, and the last is a complete comparison."""
    for _ in range(cycles):
        (result,) = customer.sync(ANNA)
        assert (result.ok, result.pulled, result.pushed, result.deleted, result.held) == (True, 0, 0, 0, 0)
    customer.now += timedelta(minutes=1)
    (result,) = customer.synchronise.run([ANNA], verify=True)
    assert (result.ok, result.pulled, result.pushed, result.deleted, result.held) == (True, 0, 0, 0, 0)


@pytest.mark.postgresql
def test_the_list_is_read_within_its_session(customer: Customer) -> None:
    """A connection that is out when nobody reads any more keeps its transaction on the server open."""
    out: set[int] = set()
    event.listen(customer.store.engine, "checkout", lambda one, *_: out.add(id(one)))
    event.listen(customer.store.engine, "checkin", lambda one, _: out.discard(id(one)))
    assert customer.services.held.mailboxes() == ()
    assert out == set()


@pytest.fixture(params=["exchange", "valueframe"])
def deleted_on(request: pytest.FixtureRequest) -> str:
    """The side on which somebody deleted."""
    side: str = request.param
    return side


def hold(customer: Customer, side: str, count: int = 7, of: int = 12) -> tuple[list[str], list[str]]:
    """So many were deleted on that side and are held; answers them and those that are left."""
    titles = fill(customer, of)
    DELETE[side](customer, titles[:count])
    (result,) = customer.sync(ANNA)
    assert (result.held, result.deleted) == (count, 0)
    return titles[:count], titles[count:]


def test_r24_64_of_100_deletions_wait_and_exactly_those_are_processed(customer: Customer) -> None:
    gone, left = hold(customer, "exchange", 64, 100)
    (waiting,) = customer.services.held.mailboxes()
    assert (waiting.person_id, waiting.deletions, waiting.limit, waiting.total) == (ANNA, 64, 10, 64)
    events = customer.services.held.events(ANNA)
    assert [(one.title, one.kind, one.side) for one in events] == [
        (title, Kind.DELETION, "valueframe") for title in gone
    ]
    assert {one.ways for one in events} == {(PROCESS, SKIP, RESTORE)}
    assert refused(customer.services.held.decide(PROCESS, ANNA)) == []
    assert customer.valueframe_titles(ANNA) == [*gone, *left], "the next sync does it"
    delete_in_outlook(customer, left[:1])
    (result,) = customer.sync(ANNA)
    assert (result.ok, result.deleted, result.held) == (True, 64, 1), "the word is not about a later deletion"
    assert customer.valueframe_titles(ANNA) == left
    assert [one.title for one in customer.services.held.events(ANNA)] == left[:1]
    assert customer.simulator.outbox == []


def test_r24_what_an_admin_let_through_does_not_hold_up_the_next_deletion(customer: Customer) -> None:
    _, left = hold(customer, "exchange")
    customer.services.held.decide(PROCESS, ANNA)
    customer.sync(ANNA)
    delete_in_outlook(customer, left[:1])
    (result,) = customer.sync(ANNA)
    assert (result.deleted, result.held) == (1, 0)


def test_r24_processed_on_either_side(customer: Customer, deleted_on: str) -> None:
    _, left = hold(customer, deleted_on)
    customer.services.held.decide(PROCESS, ANNA)
    (result,) = customer.sync(ANNA)
    assert (result.deleted, result.held) == (7, 0)
    assert customer.outlook_titles(ANNA) == customer.valueframe_titles(ANNA) == left
    assert customer.services.held.mailboxes() == ()
    still(customer, 1)


def test_r24_what_is_skipped_stays_alone_and_nothing_is_written_any_more(
    customer: Customer, deleted_on: str
) -> None:
    gone, left = hold(customer, deleted_on)
    assert refused(customer.services.held.decide(SKIP, ANNA)) == []
    assert customer.services.held.mailboxes() == ()
    assert customer.row(ANNA).waiting == 0
    still(customer)
    assert shown(customer, deleted_on) == left
    assert shown(customer, other(deleted_on)) == [*gone, *left]
    edit(customer, other(deleted_on), gone[0], "Muokattu")
    still(customer)
    assert shown(customer, deleted_on) == left, "an edit does not make a new event of it"
    DELETE[other(deleted_on)](customer, ["Muokattu", *gone[1:]])
    still(customer)
    assert customer.outlook_titles(ANNA) == customer.valueframe_titles(ANNA) == left


def edit(customer: Customer, side: str, title: str, new: str) -> None:
    if side == "exchange":
        user = customer.outlook(ANNA)
        (item_id,) = [item.id for item in user.items() if item.subject == title]
        user.edit(item_id, subject=new)
    else:
        with customer.store.write() as session:
            session.execute(update(CalendarEvent).where(CalendarEvent.title == title).values(title=new))


def test_r24_what_is_restored_stands_on_both_sides_once(customer: Customer, deleted_on: str) -> None:
    gone, left = hold(customer, deleted_on)
    edit(customer, other(deleted_on), gone[0], "Tapahtuma 000 b")
    assert refused(customer.services.held.decide(RESTORE, ANNA)) == []
    (result,) = customer.sync(ANNA)
    assert (result.ok, result.deleted, result.held, result.pulled + result.pushed) == (True, 0, 0, 7)
    assert customer.outlook_titles(ANNA) == customer.valueframe_titles(ANNA)
    assert shown(customer, deleted_on) == ["Tapahtuma 000 b", *gone[1:], *left]
    assert customer.simulator.outbox == []
    still(customer)
    edit(customer, deleted_on, gone[1], "Elossa taas")
    customer.in_step(ANNA)
    assert "Elossa taas" in shown(customer, other(deleted_on))


def test_r24_a_skipped_event_that_comes_back_is_synchronised_again(customer: Customer) -> None:
    gone, _ = hold(customer, "valueframe")
    customer.services.held.decide(SKIP, ANNA)
    still(customer, 1)
    with customer.store.write() as session:
        session.execute(update(CalendarEvent).values(deleted_at=None))
    customer.in_step(ANNA)
    edit(customer, "valueframe", gone[0], "Palasi")
    customer.in_step(ANNA)
    assert customer.outlook_titles(ANNA) == customer.valueframe_titles(ANNA)
    assert "Palasi" in customer.outlook_titles(ANNA)


@pytest.mark.both_stores
def test_r24_each_event_is_decided_by_itself(customer: Customer) -> None:
    gone, left = hold(customer, "exchange")
    one, two, three, *_ = customer.services.held.events(ANNA)
    held = customer.services.held
    assert refused(held.decide(PROCESS, ANNA, [one.ref])) == []
    assert refused(held.decide(SKIP, ANNA, [two.ref])) == []
    assert refused(held.decide(RESTORE, ANNA, [three.ref])) == []
    waiting = held.mailboxes()[0]
    assert (waiting.deletions, waiting.decided) == (6, 2)
    (result,) = customer.sync(ANNA)
    assert (result.deleted, result.pushed, result.held) == (1, 1, 0)
    assert customer.valueframe_titles(ANNA) == [*gone[1:], *left]
    assert customer.outlook_titles(ANNA) == [gone[2], *left]
    assert [one.title for one in held.events(ANNA)] == gone[3:]
    with customer.store.read() as session:
        told = session.scalars(select(Audit).where(Audit.action.like("held.%")).order_by(Audit.id)).all()
    assert [(row.action, row.subject, (row.after or {})["count"]) for row in told] == [
        (f"held.{word}", "person:1", 1) for word in ("process", "skip", "restore")
    ]


def test_r24_an_edit_after_the_word_outweighs_the_deletion(customer: Customer) -> None:
    gone, left = hold(customer, "exchange")
    customer.services.held.decide(PROCESS, ANNA)
    edit(customer, "valueframe", gone[0], "Tapahtuma 000 b")
    customer.in_step(ANNA)
    assert customer.outlook_titles(ANNA) == customer.valueframe_titles(ANNA) == ["Tapahtuma 000 b", *left]


def test_r24_a_word_wakes_the_mailbox_and_waits_for_a_cycle_under_way(customer: Customer) -> None:
    hold(customer, "exchange")
    before = customer.services.held.events(ANNA)
    with customer.store.write() as session:
        at_work = lease.acquire(session, ANNA, "toinen", customer.now)
    results = customer.services.held.decide(PROCESS, ANNA)
    assert refused(results) == ["VF-HELD-03"] * 7
    assert customer.services.held.events(ANNA) == before
    with customer.store.write() as session:
        lease.release(session, at_work)
    assert refused(customer.services.held.decide(PROCESS, ANNA)) == []
    assert customer.row(ANNA).next_run_at == customer.now
    assert customer.row(ANNA).lease_owner is None


def test_r24_a_word_waits_for_a_cycle_under_way_and_is_stored_when_it_ends(customer: Customer) -> None:
    hold(customer, "exchange")
    with customer.store.write() as session:
        at_work = lease.acquire(session, ANNA, "toinen", customer.now)
    moments: list[float] = []

    def rest(seconds: float) -> None:
        moments.append(seconds)
        if len(moments) == 3:
            with customer.store.write() as session:
                lease.release(session, at_work)

    again = Patience(10, clock=lambda: sum(moments), rest=rest)
    assert refused(customer.services.held.decide(PROCESS, ANNA, again=again)) == []
    assert len(moments) == 3
    assert customer.row(ANNA).lease_owner is None
    (result,) = customer.sync(ANNA)
    assert result.deleted == 7


@pytest.mark.parametrize("cancelled_after", [None, 2])
def test_r24_a_word_is_refused_when_the_time_is_out_or_nobody_waits_any_more(
    customer: Customer, cancelled_after: int | None
) -> None:
    hold(customer, "exchange")
    before = customer.services.held.events(ANNA)
    with customer.store.write() as session:
        lease.acquire(session, ANNA, "toinen", customer.now)
    moments: list[float] = []
    again = Patience(
        1, lambda: len(moments) == cancelled_after, clock=lambda: sum(moments), rest=moments.append
    )
    assert refused(customer.services.held.decide(PROCESS, ANNA, again=again)) == ["VF-HELD-03"] * 7
    assert customer.services.held.events(ANNA) == before
    assert len(moments) == (5 if cancelled_after is None else cancelled_after)


@pytest.mark.both_stores
def test_r24_what_does_not_fit_or_wait_any_more_is_refused(customer: Customer) -> None:
    hold(customer, "exchange")
    held = customer.services.held
    ref = held.events(ANNA)[0].ref
    assert refused(held.decide(SKIP, ANNA, [ref, "999"])) == ["VF-HELD-02"]
    assert refused(held.decide(PROCESS, ANNA, [ref])) == ["VF-HELD-02"]
    with pytest.raises(UsageError) as unknown:
        held.decide(PROCESS, 99)
    assert unknown.value.failure.code == "VF-PERSON-01"


def test_r30_another_mailbox_waits_in_the_same_list_and_is_accepted_there(customer: Customer) -> None:
    titles = fill(customer, 3)
    customer.services.activation.set_login(ANNA, "EXAMPLE\\pekka")
    (result,) = customer.sync(ANNA)
    assert not result.ok
    held = customer.services.held
    (waiting,) = held.mailboxes()
    assert (waiting.moved, waiting.total) == (True, 1)
    (one,) = held.events(ANNA)
    assert (one.kind, one.code, one.ways) == (Kind.MAILBOX, "EX-MBX-07", (PROCESS,))
    assert refused(held.decide(RESTORE, ANNA, [one.ref])) == ["VF-HELD-01"]
    assert held.preview(PROCESS, ANNA).fitting == (one,)
    assert refused(held.decide(PROCESS, ANNA)) == []
    customer.in_step(ANNA)
    assert customer.outlook_titles(PEKKA) == customer.valueframe_titles(ANNA) == titles


def poison(customer: Customer, title: str) -> None:
    """Exchange refuses that item, and no other."""
    rule = FaultRule(kind="quarantined", subject=title, code="ErrorItemCorrupt", times=None)
    customer.simulator.set_faults([rule])


def failing(customer: Customer) -> str:
    """One event whose edit Exchange refuses; answers its reference."""
    first, _ = fill(customer, 2)
    poison(customer, first)
    move(customer, "Oulu")
    (result,) = customer.sync(ANNA)
    assert (result.ok, result.skipped, result.pushed) == (True, 1, 0)
    (one,) = customer.services.held.events(ANNA)
    assert (one.title, one.kind, one.side) == (first, Kind.FAILING, "exchange")
    assert one.ways == (PROCESS, SKIP)
    assert one.code == "EX-ITEM-03"
    customer.simulator.set_faults([])
    return one.ref


def move(customer: Customer, location: str) -> None:
    """The first event takes place elsewhere, says somebody in ValueFrame."""
    with customer.store.write() as session:
        first = update(CalendarEvent).where(CalendarEvent.title == TITLES[0])
        session.execute(first.values(location=location))


def place(customer: Customer) -> str:
    (found,) = [one.location for one in customer.outlook(ANNA).items() if one.subject == TITLES[0]]
    return found or ""


def test_r24_what_fails_is_tried_again_at_once_by_an_admins_word(customer: Customer) -> None:
    ref = failing(customer)
    assert refused(customer.services.held.decide(PROCESS, ANNA, [ref])) == []
    (result,) = customer.sync(ANNA)
    assert (result.pushed, place(customer)) == (1, "Oulu")
    assert customer.services.held.mailboxes() == ()


def test_r24_what_fails_and_is_skipped_is_left_until_it_is_edited(customer: Customer) -> None:
    ref = failing(customer)
    assert refused(customer.services.held.decide(RESTORE, ANNA, [ref])) == ["VF-HELD-01"]
    assert refused(customer.services.held.decide(SKIP, ANNA, [ref])) == []
    assert customer.row(ANNA).waiting == 0
    customer.now += timedelta(days=1)
    (result,) = customer.sync(ANNA)
    assert (result.pushed, result.skipped, place(customer)) == (0, 0, "")
    move(customer, "Turku")
    customer.in_step(ANNA)
    assert place(customer) == "Turku"


@pytest.mark.parametrize("word", [PROCESS, SKIP])
def test_r24_an_item_that_cannot_be_read_is_read_again_or_left_until_it_is_edited(
    customer: Customer, word: Decision
) -> None:
    fill(customer, 2)
    customer.in_outlook(ANNA, "Lukukelvoton", 50)
    poison(customer, "Lukukelvoton")
    (result,) = customer.sync(ANNA)
    assert (result.ok, result.skipped) == (True, 1)
    (one,) = customer.services.held.events(ANNA)
    assert (one.kind, one.side, one.pair) == (Kind.FAILING, "exchange", None)
    assert customer.services.held.mailboxes()[0].failing == 1
    assert refused(customer.services.held.decide(word, ANNA)) == []
    customer.simulator.set_faults([])
    (result,) = customer.sync(ANNA)
    assert result.pulled == (word is PROCESS)
    assert customer.services.held.mailboxes() == ()
    edit(customer, "exchange", "Lukukelvoton", "Luettava")
    customer.in_step(ANNA)
    assert "Luettava" in customer.valueframe_titles(ANNA)


def test_r31_of_a_private_event_that_waits_its_time_alone_is_told(customer: Customer) -> None:
    for number in range(12):
        customer.in_valueframe(ANNA, f"Salaisuus {number}", number, private=True)
    customer.activate(ANNA)
    customer.in_step(ANNA)
    delete_in_outlook(customer, [f"Salaisuus {number}" for number in range(7)])
    customer.sync(ANNA)
    events = customer.services.held.events(ANNA)
    assert {one.title for one in events} == {"Yksityinen"}
    assert all(one.private and one.start is not None for one in events)
    customer.services.held.decide(SKIP, ANNA)
    with customer.store.read() as session:
        assert "Salaisuus" not in str([row.after for row in session.scalars(select(Audit))])


def test_r24_a_mailbox_removed_and_added_again_is_matched_and_nothing_is_doubled(customer: Customer) -> None:
    """The last resort: what was paired is forgotten, and the first cycle finds it again (R29)."""
    gone, left = hold(customer, "exchange")
    services = customer.services
    assert [one.ok for one in services.activation.remove([ANNA])] == [True]
    assert services.held.mailboxes() == ()
    (seen,) = services.rehearsal.first_cycle([ANNA])
    assert (seen.first, seen.matched) == (True, len(left))
    assert (seen.count("create", "exchange"), seen.count("create", "valueframe")) == (len(gone), 0)
    assert (seen.count("delete", "exchange"), seen.count("delete", "valueframe")) == (0, 0)
    customer.activate(ANNA)
    customer.in_step(ANNA)
    assert customer.outlook_titles(ANNA) == customer.valueframe_titles(ANNA) == [*gone, *left]
    assert customer.simulator.outbox == []


def test_r24_an_event_of_valueframe_that_cannot_be_read_waits_with_its_title(customer: Customer) -> None:
    fill(customer, 2)
    with customer.store.write() as session:
        row = session.scalars(select(CalendarEvent).where(CalendarEvent.title == TITLES[0])).one()
        sound = {"all_day": row.all_day, "ends_at": row.ends_at}
        row.all_day, row.ends_at = True, UNREADABLE_END
    customer.sync(ANNA)
    (one,) = customer.services.held.events(ANNA)
    assert (one.title, one.kind, one.side, one.code) == (
        TITLES[0],
        Kind.FAILING,
        "valueframe",
        "EX-ITEM-03",
    )
    with customer.store.write() as session:
        session.execute(update(CalendarEvent).where(CalendarEvent.title == TITLES[0]).values(sound))
    assert refused(customer.services.held.decide(PROCESS, ANNA, [one.ref])) == []
    customer.in_step(ANNA)
    assert customer.services.held.mailboxes() == ()
    assert customer.services.held.events(PEKKA) == (), "nobody was ever activated there"
