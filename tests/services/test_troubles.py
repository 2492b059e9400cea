"""R24: what is stuck is grouped by its cause, with whom it concerns and how they stand once put back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import event

from tests.clock import FakeClock
from tests.services.scenes import active, change, person, stop
from vfadmin.models import Connection, Run
from vfadmin.models.store import Store
from vfadmin.services.context import Services
from vfadmin.services.troubles import Aftermath, Cause


def delay(store: Store, person_id: int, since: datetime, code: str | None = "EX-CONN-05") -> None:
    """The engine fails for the time being, once before and once now."""
    next_try = since + timedelta(minutes=5)
    change(store, person_id, failing_since=since, next_run_at=next_try, attempts=1)
    with store.write() as session:
        session.add(Run(person_id=person_id, started_at=since - timedelta(days=1), error_code="EX-MBX-01"))
        if code is not None:
            params = {"host": "mail.firma.fi"}
            session.add(Run(person_id=person_id, started_at=since, error_code=code, error_params=params))
        session.add(Run(person_id=person_id, started_at=since + timedelta(seconds=1)))


def test_nothing_is_stuck(services: Services) -> None:
    active(services)
    assert services.troubles.causes() == ()
    assert services.troubles.sufferers("EX-IMP-01") == ()


def test_r24_causes_with_their_numbers_and_the_first_time(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    now = fake_clock.now
    anna, bertta, cecilia = (active(services, name) for name in ("Anna", "Bertta", "Cecilia"))
    stop(store, anna.id, now)
    stop(store, bertta.id, now - timedelta(hours=2))
    delay(store, cecilia.id, now - timedelta(minutes=1))
    active(services, "Daavid")
    assert services.troubles.causes() == (
        Cause("EX-IMP-01", 2, 0, now - timedelta(hours=2)),
        Cause("EX-CONN-05", 0, 1, now - timedelta(minutes=1)),
    )


@pytest.mark.postgresql
def test_three_hundred_are_read_in_as_many_sessions_as_two(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    """Each is a way to the server and back, and the window shows the cause after all of them."""
    opened: list[int] = []
    for name in ("Anna", "Bertta", "Cecilia", "Daavid"):
        stop(store, active(services, name).id, fake_clock.now)
        event.listen(store.engine, "checkout", count := Counter())
        assert services.troubles.sufferers("EX-IMP-01")
        event.remove(store.engine, "checkout", count)
        opened.append(count.seen)
    assert len(set(opened)) == 1


class Counter:
    """Counts how often it is called."""

    def __init__(self) -> None:
        self.seen = 0

    def __call__(self, *_: object) -> None:
        self.seen += 1


def test_the_same_cause_may_stop_one_and_delay_another(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    now = fake_clock.now
    zoe, anna = active(services, "Zoe"), active(services, "Anna")
    stop(store, zoe.id, now, "EX-CONN-05")
    delay(store, anna.id, now)
    assert services.troubles.causes() == (Cause("EX-CONN-05", 1, 1, now),)
    first, second = services.troubles.sufferers("EX-CONN-05")
    assert (first.name, first.stopped, first.next_try) == ("Zoe", True, None)
    assert (second.name, second.stopped) == ("Anna", False)
    assert second.next_try == now + timedelta(minutes=5)
    assert second.error.params == {"host": "mail.firma.fi"}
    assert (second.login, second.company) == (anna.login, "")


def test_r10_r30_leavers_resources_and_the_passive_are_nobodys_trouble(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    leaver, passive = active(services, "Lähtijä"), active(services, "Passiivi")
    room = person(services, "Huone", resource=True)
    services.activation.activate([room.id], login="huone@firma.fi")
    for one in (leaver, passive, room):
        stop(store, one.id, fake_clock.now)
    services.activation.passivate([passive.id])
    services.directory.change_person(leaver.id, active=False)
    assert services.troubles.causes() == ()


def test_a_delay_without_a_known_cause_is_told_as_unknown(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    anna = active(services)
    change(store, anna.id, failing_since=fake_clock.now)
    (cause,) = services.troubles.causes()
    assert (cause.code, cause.delayed) == ("EX-UNKNOWN-01", 1)
    (one,) = services.troubles.sufferers("EX-UNKNOWN-01")
    assert one.error.params == {}


def test_who_waits_for_a_connection_that_a_person_must_mend_has_no_next_try(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    anna, bertta = active(services, "Anna"), active(services, "Bertta")
    for one, name in ((anna, "ews"), (bertta, "toinen")):
        services.connections.set(
            name=name, url="https://mail.firma.fi/ews/exchange.asmx", account="svc@firma.fi"
        )
        delay(store, one.id, fake_clock.now, "EX-AUTH-01")
        change(store, one.id, connection=name)
    with store.write() as session:
        shut = session.get_one(Connection, "ews")
        shut.blocked_code, shut.blocked_since = "EX-AUTH-01", fake_clock.now
        later = session.get_one(Connection, "toinen")
        later.blocked_code, later.blocked_until = "EX-CONN-05", fake_clock.now
    first, second = services.troubles.sufferers("EX-AUTH-01")
    assert (first.waits_for, first.next_try) == ("ews", None)
    assert (second.waits_for, second.next_try) == ("", fake_clock.now + timedelta(minutes=5))


def test_no_success_for_long_is_told_though_nothing_failed(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    now = fake_clock.now
    silent, never, lately, shut = (active(services, name) for name in ("Ada", "Bea", "Cia", "Dea"))
    change(
        store,
        silent.id,
        last_synced_at=now - timedelta(hours=25),
        next_run_at=now - timedelta(hours=2),
    )
    change(store, never.id, last_synced_at=None, next_run_at=now - timedelta(hours=30))
    change(
        store,
        lately.id,
        last_synced_at=now - timedelta(hours=23),
        next_run_at=now - timedelta(hours=2),
    )
    resumed = active(services, "Eea")
    change(store, resumed.id, last_synced_at=now - timedelta(hours=70), next_run_at=now)
    services.connections.set(url="https://mail.firma.fi/ews/exchange.asmx", account="svc@firma.fi")
    change(
        store,
        shut.id,
        last_synced_at=now - timedelta(hours=99),
        next_run_at=now - timedelta(hours=98),
        connection="ews",
    )
    with store.write() as session:
        session.get_one(Connection, "ews").blocked_code = "EX-AUTH-01"
    assert services.troubles.causes() == (Cause("VF-SILENT-01", 0, 2, now - timedelta(hours=30)),)
    first, second = services.troubles.sufferers("VF-SILENT-01")
    assert (first.name, first.stopped, first.error.params) == ("Ada", False, {"hours": 24})
    assert second.error.since == now - timedelta(hours=30)
    services.settings.set("silent_hours", 26)
    assert [one.name for one in services.troubles.sufferers("VF-SILENT-01")] == ["Bea"]
    services.settings.set_module(on=False)
    assert services.troubles.causes() == ()


def test_r24_how_those_stand_who_were_put_back(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    now = fake_clock.now
    works, waits, late, again, over = (active(services, f"Henkilö {n}") for n in range(5))
    change(store, works.id, last_synced_at=now)
    change(store, waits.id, last_synced_at=now - timedelta(hours=1))
    delay(store, late.id, now)
    stop(store, again.id, now, "EX-MBX-01")
    services.activation.passivate([over.id])
    ids = [one.id for one in (works, waits, late, again, over)]
    assert services.troubles.aftermath(ids, now) == Aftermath(1, 1, 1, 1, ("EX-MBX-01",))
    assert services.troubles.aftermath([], now) == Aftermath()
