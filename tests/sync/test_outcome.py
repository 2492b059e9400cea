"""What delays an integration, what stops it, and what it is never synchronised for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from tests.foreign import kinds, made
from tests.strategies import NOW, plain
from tests.sync.looking import fill, integration, set_integration
from tests.sync.world import PERSON, Fault, World
from vfadmin.calendars.base import Side
from vfadmin.calendars.sql.calendar import SqlCalendar
from vfadmin.errors import CalendarError, UsageError, failure
from vfadmin.models import (
    Connection,
    Integration,
    Person,
    State,
)
from vfadmin.sync.cycle import sync_mailbox

VF, EX = Side.VALUEFRAME, Side.EXCHANGE


def test_a_broken_connection_delays_and_never_stops_r24(world: World) -> None:
    world.valueframe.add(plain())
    for attempt in (1, 2, 3):
        result = world.sync(Fault("before-write", 1, kill=False))
        assert result is not None
        assert result.failure is not None
        row = integration(world)
        assert (row.state, row.attempts) == (State.ACTIVE, attempt)
        assert row.failing_since == NOW + timedelta(seconds=1)
        assert row.next_run_at is not None
        assert row.next_run_at > world.now
    world.settle()
    healed = integration(world)
    assert (healed.attempts, healed.failing_since) == (0, None)


def failing(world: World, monkeypatch: pytest.MonkeyPatch, code: str, **more: Any) -> None:
    def refuse(*_: Any) -> Any:
        raise CalendarError(failure(code, **more))

    monkeypatch.setattr(world.exchange, "calendar", refuse)


def test_a_permanent_mailbox_failure_stops_the_integration_r12(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(world, monkeypatch, "EX-IMP-01", account="svc", mailbox="aijo@example.test")
    result = world.sync()
    assert result is not None
    assert result.failure is not None
    row = integration(world)
    assert (row.state, row.error_code, row.error_since) == (State.ERROR, "EX-IMP-01", world.now)
    assert row.error_params["mailbox"] == "aijo@example.test"
    assert row.lease_owner is None
    with pytest.raises(UsageError) as refused:
        sync_mailbox(world.bench, PERSON)
    assert refused.value.failure.code == "VF-STATE-01"


def test_a_refused_account_opens_one_breaker_and_stops_nobody(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world.store.write() as session:
        session.add(Connection(name="ews", protocol="ews"))
    failing(world, monkeypatch, "EX-AUTH-01", account="svc", offers="NTLM")
    world.sync()
    assert integration(world).state == State.ACTIVE
    with world.store.read() as session:
        breaker = session.get_one(Connection, "ews")
    assert (breaker.blocked_code, breaker.blocked_until) == ("EX-AUTH-01", None)
    monkeypatch.undo()
    closed = world.sync()
    assert closed is not None
    assert closed.failure is not None
    assert closed.failure.code == "EX-AUTH-01", "nothing was sent: the account is not tried again"


def test_a_passing_trouble_closes_its_breaker_by_itself(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world.store.write() as session:
        session.add(Connection(name="ews", protocol="ews"))
    failing(world, monkeypatch, "EX-CONN-03", host="exchange.example.test", port=443)
    world.sync()
    with world.store.read() as session:
        assert session.get_one(Connection, "ews").blocked_until is not None
    monkeypatch.undo()
    world.settle()
    with world.store.read() as session:
        assert session.get_one(Connection, "ews").blocked_code is None


@pytest.mark.expected_log("unforeseen fault while synchronising")
def test_a_fault_of_our_own_delays_one_mailbox(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(world.exchange, "calendar", broken)
    result = world.sync()
    assert result is not None
    assert result.failure is not None
    assert (result.failure.code, integration(world).state) == ("VF-INTERNAL-01", State.ACTIVE)


@pytest.mark.expected_log("unforeseen fault while synchronising")
def test_r24_whatever_a_library_raises_delays_one_mailbox_and_is_told_by_the_name_of_its_class(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of each library is enough here: the door knows none of their classes."""
    for kind in {kind.__module__.partition(".")[0]: kind for kind in kinds()}.values():
        error = made(kind)

        def broken(error: Exception = error) -> Any:
            raise error

        monkeypatch.setattr(world.exchange, "calendar", broken)
        result = world.sync()
        assert result is not None
        assert result.failure is not None
        assert (result.failure.code, integration(world).state) == ("VF-INTERNAL-01", State.ACTIVE)
        assert result.failure.params == {"detail": type(error).__name__}


def test_a_stop_ends_between_two_writes_and_the_rest_follows(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SqlCalendar, "most", 2)
    for number in range(4):
        world.valueframe.add(plain(f"T{number}", days=1 + number))
    asked = iter([False] * 4 + [True] * 100)
    result = sync_mailbox(world.bench, PERSON, lambda: next(asked))
    assert result.failure is not None
    assert result.failure.code == "VF-STOP-01"
    assert 0 < result.pushed < 4
    row = integration(world)
    assert (row.attempts, row.failing_since, row.next_run_at) == (0, None, world.now)
    world.settle()
    assert len(world.shown(EX)) == 4


def test_another_process_at_work_is_left_alone(world: World) -> None:
    set_integration(world, lease_owner="other", lease_until=NOW + timedelta(minutes=3))
    result = world.sync()
    assert result is not None
    assert result.failure is not None
    assert result.failure.code == "VF-LEASE-01"


def test_a_process_that_lost_its_lease_writes_nothing_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(world, 1)
    world.valueframe.add(plain("Myöhäinen", days=4))
    original = world.exchange.calendar

    def taken_over() -> Any:
        set_integration(world, lease_owner="other", fence=Integration.fence + 1)
        return original()

    monkeypatch.setattr(world.exchange, "calendar", taken_over)
    result = world.sync()
    assert result is not None
    assert result.failure is not None
    assert result.failure.code == "VF-LEASE-02"
    assert len(world.shown(EX)) == 1
    assert integration(world).lease_owner == "other"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"state": "passive"}, "VF-STATE-01"),
        ({"state": "unused"}, "VF-STATE-01"),
    ],
)
def test_only_active_integrations_are_synchronised_r12(
    world: World, change: dict[str, str], code: str
) -> None:
    set_integration(world, **change)
    with pytest.raises(UsageError) as refused:
        world.sync()
    assert refused.value.failure.code == code


def test_resources_and_strangers_are_refused_r10(world: World) -> None:
    with world.store.write() as session:
        session.execute(update(Person).values(kind="resource"))
    with pytest.raises(UsageError) as resource:
        world.sync()
    assert resource.value.failure.code == "VF-STATE-03"
    with pytest.raises(UsageError) as stranger:
        sync_mailbox(world.bench, 999)
    assert stranger.value.failure.code == "VF-PERSON-01"


def test_a_mailbox_belongs_to_one_person_r30(world: World) -> None:
    with world.store.write() as session:
        session.add(Person(id=7, name="Toinen", sort_name="toinen"))
        session.flush()
        session.add(Integration(person_id=7, login="muu", mailbox="aijo@example.test"))
    result = world.sync()
    assert result is not None
    assert result.failure is not None
    assert (result.failure.code, result.failure.params["person"]) == ("EX-MBX-06", 7)
    assert integration(world).state == State.ERROR


def test_another_mailbox_behind_the_login_is_held_r30(world: World) -> None:
    fill(world, 2)
    set_integration(world, mailbox=None, mailbox_identity="somebody-elses")
    result = world.sync()
    assert result is not None
    assert result.failure is not None
    assert result.failure.code == "EX-MBX-07"
    assert len(world.shown(VF)) == len(world.shown(EX)) == 2


def test_an_inactive_person_is_refused_by_hand_too_r30(world: World) -> None:
    with world.store.write() as session:
        session.execute(update(Person).values(active=False))
    with pytest.raises(UsageError, match="VF-LOGIN-04"):
        world.sync()
