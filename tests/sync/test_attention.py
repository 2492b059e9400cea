"""What wakes a mailbox before its time, and what does not."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from tests.strategies import NOW
from tests.sync.office import PEOPLE, Office
from vfadmin.calendars.base import Notifier
from vfadmin.errors import CalendarError, failure
from vfadmin.models import CalendarEvent, ChangeLog, Connection, EventParticipant, Integration
from vfadmin.sync import attention as module
from vfadmin.sync.attention import Attention, ChangeWatch, MailboxWatch
from vfadmin.sync.engine import Engine
from vfadmin.sync.wakes import Wakes


@pytest.fixture(autouse=True)
def _looks_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LOOK_EVERY", 0.0)
    monkeypatch.setattr(module, "_FOLLOW_EVERY", 0.0)


@pytest.fixture
def wakes() -> Wakes:
    return Wakes(0.0)


@pytest.fixture
def looking(office: Office, wakes: Wakes) -> Attention:
    return Attention(office.store, lambda: office.now, wakes, [ChangeWatch(wakes)])


def change(office: Office, person_id: int, **values: Any) -> None:
    with office.store.write() as session:
        session.execute(update(Integration).where(Integration.person_id == person_id).values(**values))


def test_a_change_in_valueframe_wakes_exactly_the_persons_it_touches(
    office: Office, looking: Attention
) -> None:
    office.add(9, "Vanha")
    assert looking.ready() == [], "what was there before is polling's"
    office.add(3, "Palaveri")
    assert looking.ready() == [3]
    assert looking.ready() == []
    with office.store.write() as session:
        event = session.scalars(select(CalendarEvent.id).where(CalendarEvent.owner_id == 3)).one()
        session.add(EventParticipant(event_id=event, person_id=5))
    assert sorted(looking.ready()) == [3, 5]


def test_a_store_that_was_put_back_is_followed_on(office: Office, looking: Attention) -> None:
    office.add(3, "Palaveri")
    looking.ready()
    with office.store.write() as session:
        session.execute(delete(ChangeLog))
    assert looking.ready() == []
    office.add(4, "Toinen")
    assert looking.ready() == [4]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"failing_since": NOW, "next_run_at": NOW + timedelta(minutes=5)}, "throttled or backing off"),
        ({"state": "passive"}, "passive"),
        ({"state": "error"}, "stopped by an error"),
    ],
)
def test_who_has_to_wait_is_not_woken(
    office: Office, looking: Attention, wakes: Wakes, values: dict[str, Any], why: str
) -> None:
    change(office, 3, **values)
    wakes.wake([3, 4])
    assert looking.ready() == [4], why
    assert looking.ready() == [], why


def test_nobody_behind_an_open_breaker_is_woken(office: Office, looking: Attention, wakes: Wakes) -> None:
    with office.store.write() as session:
        session.add(Connection(name="ews", protocol="ews", blocked_code="EX-AUTH-01", blocked_since=NOW))
    wakes.wake(PEOPLE)
    assert looking.ready() == []


def test_a_mailbox_at_work_runs_again_afterwards(office: Office, looking: Attention, wakes: Wakes) -> None:
    change(office, 3, lease_owner="other", lease_until=NOW + timedelta(minutes=1), next_run_at=NOW)
    wakes.wake([3])
    assert looking.ready() == []
    change(office, 3, lease_owner=None, lease_until=None, next_run_at=NOW + timedelta(minutes=2))
    assert looking.ready() == [3]


class Notes:
    """A notifier that notes what it is to follow."""

    def __init__(self, changed: Callable[[str], None]) -> None:
        self.changed = changed
        self.mailboxes: Mapping[str, str] = {}
        self.closed = False

    def follow(self, mailboxes: Mapping[str, str]) -> None:
        self.mailboxes = mailboxes

    def close(self) -> None:
        self.closed = True


class Connections:
    """Notifiers by connection, in the order they were opened."""

    def __init__(self) -> None:
        self.opened: list[tuple[str, Notes]] = []
        self.broken = False

    def open(self, name: str, changed: Callable[[str], None]) -> Notifier:
        if self.broken:
            raise CalendarError(failure("EX-CONN-10", field="url", value="x"))
        self.opened.append((name, Notes(changed)))
        return self.opened[-1][1]


@pytest.fixture
def connections(office: Office) -> Connections:
    with office.store.write() as session:
        session.add_all([Connection(name="ews", protocol="ews"), Connection(name="toinen", protocol="ews")])
        session.execute(
            update(Integration)
            .where(Integration.person_id < 5)
            .values(mailbox=Integration.login, folder_identity="F")
        )
    change(office, 4, connection="toinen")
    return Connections()


@pytest.fixture
def following(office: Office, wakes: Wakes, connections: Connections) -> Iterator[Attention]:
    watch = MailboxWatch(wakes, connections.open)
    made = Attention(office.store, lambda: office.now, wakes, [watch])
    yield made
    made.close()


def test_each_connection_follows_its_mailboxes_that_were_found(
    following: Attention, connections: Connections
) -> None:
    assert following.ready() == []
    followed = {name: sorted(notes.mailboxes) for name, notes in connections.opened}
    assert followed == {
        "ews": ["p1@example.test", "p2@example.test", "p3@example.test"],
        "toinen": ["p4@example.test"],
    }


def test_what_is_told_wakes_the_person_behind_the_address(
    following: Attention, connections: Connections
) -> None:
    following.ready()
    ((_, notes),) = [one for one in connections.opened if one[0] == "ews"]
    notes.changed("p2@example.test")
    notes.changed("nobody@example.test")
    assert following.ready() == [2]


def test_a_changed_connection_is_followed_through_a_new_notifier(
    office: Office, following: Attention, connections: Connections
) -> None:
    following.ready()
    with office.store.write() as session:
        session.execute(update(Connection).where(Connection.name == "ews").values(version=2))
    change(office, 1, state="passive")
    following.ready()
    names = [(name, notes.closed, len(notes.mailboxes)) for name, notes in connections.opened]
    assert sorted(names) == [("ews", False, 2), ("ews", True, 3), ("toinen", False, 1)]


def test_behind_an_open_breaker_nothing_is_followed(
    office: Office, following: Attention, connections: Connections
) -> None:
    following.ready()
    with office.store.write() as session:
        blocked = update(Connection).where(Connection.name == "ews")
        session.execute(blocked.values(blocked_code="EX-AUTH-01", blocked_since=NOW))
    following.ready()
    assert {(name, notes.closed) for name, notes in connections.opened} == {("ews", True), ("toinen", False)}


def test_a_connection_that_cannot_be_opened_is_left_to_polling(
    following: Attention, connections: Connections
) -> None:
    connections.broken = True
    assert following.ready() == []
    connections.broken = False
    following.ready()
    assert len(connections.opened) == 2


def test_following_is_looked_at_now_and_then_only(
    office: Office, following: Attention, connections: Connections, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_FOLLOW_EVERY", 1000.0)
    following.ready()
    change(office, 1, state="passive")
    following.ready()
    assert sum(len(notes.mailboxes) for _, notes in connections.opened) == 4


def test_whoever_was_closed_begins_anew(following: Attention, connections: Connections) -> None:
    following.ready()
    following.close()
    following.ready()
    assert [notes.closed for _, notes in connections.opened] == [True, True, False, False]


# In the engine


def settled(engine: Engine) -> list[int]:
    """Who is woken, after the time a change takes to settle."""
    found = engine.woken()
    if not found:
        engine.rest(20)
        found = engine.woken()
    return found


def test_while_the_module_is_off_nobody_is_woken_r14(office: Office) -> None:
    engine = office.engine(enabled=False)
    engine._wakes.wake([3])
    assert engine.woken() == []
    assert engine._wakes._ready_at == {}, "it would not rest while somebody is ready"


def test_the_engines_own_writes_cost_at_most_one_more_look(office: Office) -> None:
    engine = office.engine()
    list(engine.sync(PEOPLE))
    engine.woken()
    office.add(3, "Outlookista", office.far)
    (pulled,) = engine.sync([3])
    assert pulled.pulled == 1
    assert settled(engine) == [3], "what it wrote into ValueFrame"
    (again,) = engine.sync([3])
    assert (again.pulled, again.pushed) == (0, 0)
    assert engine.woken() == []
    assert engine._wakes._ready_at == {}, "and that is all"


def test_a_change_told_by_both_sides_costs_one_look(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = office.engine()
    engine.woken()
    monkeypatch.setattr(module, "_LOOK_EVERY", 1000.0)
    engine.woken()
    office.add(3, "Palaveri")
    engine._wakes.wake([3])
    assert settled(engine) == [3]
    list(engine.sync([3]))
    monkeypatch.setattr(module, "_LOOK_EVERY", 0.0)
    assert engine.woken() == []
    assert engine._wakes._ready_at == {}


def test_a_mailbox_that_is_polled_anyway_is_not_woken_for_what_the_poll_has_seen(office: Office) -> None:
    engine = office.engine()
    engine._wakes.wake([3])
    list(engine.sync([3]))
    assert engine._wakes._ready_at == {}


def test_who_is_woken_does_not_wait_for_the_end_of_a_batch(office: Office) -> None:
    done: list[int] = []
    woken = [[7, 3]]
    results = office.engine(workers=1).sync([1, 2, 3], more=lambda: woken.pop() if done and woken else [])
    done.extend(one.person_id for one in results)
    assert done == [1, 7, 2, 3]


def test_who_is_woken_while_at_work_runs_again_afterwards(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, told = office.engine(), threading.Event()
    original = office.exchange

    def slow(mailbox: Any) -> Any:
        assert told.wait(20)
        return original(mailbox)

    def more() -> list[int]:
        first = not told.is_set()
        told.set()
        return [1] if first else []

    monkeypatch.setattr(office, "exchange", slow)
    assert [one.person_id for one in engine.sync([1], more=more)] == [1]
    assert settled(engine) == [1]


def test_a_mailbox_that_another_process_took_first_is_no_news(office: Office) -> None:
    engine = office.engine()
    engine._wakes.wake([3])
    assert settled(engine) == [3]
    change(office, 3, lease_owner="other", lease_until=NOW + timedelta(minutes=1))
    assert list(engine.sync([3])) == []
    change(office, 3, lease_owner=None, lease_until=None)
    assert settled(engine) == [3]
    (result,) = engine.sync([3])
    assert result.ok
