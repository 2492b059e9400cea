"""Creates of which nobody knows the outcome, where no field holds a key."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.contract.rest_keeper import EVENTS
from tests.strategies import plain
from tests.sync.rest_world import RestUser
from tests.sync.world import PERSON, Fault, World
from vfadmin.calendars.base import Side
from vfadmin.models import History, Intent, Pair
from vfadmin.services.audit import Actor
from vfadmin.services.context import build_services
from vfadmin.services.credentials import MemorySecrets
from vfadmin.services.held import Decision, Kind
from vfadmin.simulator.valueframe import RestFault

VF, EX = Side.VALUEFRAME, Side.EXCHANGE
KEYLESS = {'key = "vfadminKey"\n': "", 'stamp = "vfadminStamp"\n': ""}


@pytest.fixture
def world(rest_world: World) -> World:
    """A person whose events carry no key in ValueFrame."""
    user(rest_world).use(KEYLESS)
    return rest_world


def user(world: World) -> RestUser:
    found = world.valueframe
    assert isinstance(found, RestUser)
    return found


def statuses(world: World) -> list[tuple[str, str | None]]:
    with world.store.read() as session:
        rows = session.execute(select(Pair.status, Pair.error_code).order_by(Pair.id))
        return [(row.status, row.error_code) for row in rows]


def held(world: World) -> int:
    with world.store.read() as session:
        chosen = select(func.count()).select_from(History).where(History.operation == "hold")
        return session.scalar(chosen) or 0


def posts(world: World) -> int:
    return sum(one.method == "POST" for one in user(world).simulator.requests)


def intents(world: World) -> int:
    with world.store.read() as session:
        return session.scalar(select(func.count()).select_from(Intent)) or 0


def test_without_a_key_everything_else_is_as_with_one(world: World) -> None:
    world.valueframe.add(plain("ValueFramesta"))
    world.exchange.add(plain("Outlookista", days=2))
    world.settle()
    (near, far) = (world.valueframe.ids(), world.exchange.ids())
    world.valueframe.edit(near["Outlookista"], location="ValueFramesta")
    world.exchange.edit(far["ValueFramesta"], location="Outlookista")
    world.settle()
    assert world.shown(VF) == world.shown(EX)
    assert {event.title: event.location for event in world.shown(VF)} == {
        "Outlookista": "ValueFramesta",
        "ValueFramesta": "Outlookista",
    }


def test_a_create_that_was_lost_waits_and_is_not_repeated(world: World) -> None:
    world.exchange.add(plain("Palaveri"))
    user(world).simulator.set_faults([RestFault(method="POST", status=0)])
    result = world.sync()
    assert result is not None
    assert result.failure is not None
    assert result.failure.code == "VF-REST-04"
    for _ in range(3):
        again = world.sync()
        assert again is not None
        assert again.ok
    assert posts(world) == 1
    assert statuses(world) == [("held", "VF-REST-12")]
    assert held(world) == 1


def test_an_edit_in_outlook_does_not_repeat_it_either(world: World) -> None:
    far = world.exchange.add(plain("Palaveri"))
    user(world).simulator.set_faults([RestFault(method="POST", status=502)])
    world.sync()
    world.exchange.edit(far, location="Oulu")
    world.settle()
    world.now += timedelta(days=1)
    world.settle()
    assert posts(world) == 1
    assert statuses(world) == [("held", "VF-REST-12")]


@pytest.mark.parametrize("place", ["after-write", "after-commit"])
def test_a_create_that_landed_is_known_by_its_time_and_title(world: World, place: str) -> None:
    world.exchange.add(plain("Palaveri", text="esityslista"))
    nth = 1 if place == "after-write" else commits_until_written(world)
    world.sync(Fault(place, nth, kill=place == "after-commit"))
    world.settle()
    assert [event.title for event in world.shown(VF)] == ["Palaveri"]
    assert world.shown(VF) == world.shown(EX)
    assert statuses(world) == [("ok", None)]
    assert intents(world) == 0


def commits_until_written(world: World) -> int:
    """After which commit of a cycle with one create its intent stands and its event is not written yet."""
    commits: list[str] = []
    strike = world.store.strike
    world.store.strike = commits.append
    seen: list[int] = []
    user(world).simulator.on_write = lambda _: seen.append(commits.count("after-commit"))
    world.exchange.add(plain("Koe", days=9))
    world.sync()
    world.store.strike = strike
    user(world).simulator.on_write = lambda _: None
    far = world.exchange.ids()["Koe"]
    world.exchange.remove(far)
    world.settle()
    return seen[0] + 1


def test_what_an_admin_adds_by_hand_is_the_one(world: World) -> None:
    world.exchange.add(plain("Palaveri", text="esityslista"))
    user(world).simulator.set_faults([RestFault(method="POST", status=0)])
    world.sync()
    world.settle()
    assert statuses(world) == [("held", "VF-REST-12")]
    world.valueframe.add(plain("Palaveri", text="käsin lisätty"))
    world.settle()
    assert [event.text for event in world.shown(VF)] == ["käsin lisätty"]
    assert world.shown(VF) == world.shown(EX)
    assert statuses(world) == [("ok", None)]


def test_of_two_that_look_alike_neither_is_taken_for_the_one(world: World) -> None:
    world.exchange.add(plain("Palaveri"))
    user(world).simulator.set_faults([RestFault(method="POST", status=0)])
    world.sync()
    twin = plain("Palaveri")
    world.valueframe.add(twin)
    world.valueframe.add(replace(twin, location="Oulu"))
    world.settle()
    assert len(world.shown(VF)) == 2
    assert ("held", "VF-REST-12") in statuses(world)


@pytest.mark.parametrize("status", [429, 400, 401])
def test_a_create_that_was_refused_is_in_no_doubt(world: World, status: int) -> None:
    world.exchange.add(plain("Palaveri"))
    user(world).simulator.set_faults([RestFault(method="POST", status=status)])
    world.sync()
    assert intents(world) == 0
    user(world).use({**KEYLESS, "# timeout_seconds = 60": "timeout_seconds = 30"})
    world.now += timedelta(hours=7)
    world.settle()
    assert [event.title for event in world.shown(VF)] == ["Palaveri"]
    assert [row["title"] for row in user(world).simulator.rows(EVENTS)] == ["Palaveri"]


@pytest.mark.parametrize(("word", "there"), [(Decision.PROCESS, ["Palaveri"]), (Decision.SKIP, [])])
def test_r24_an_admin_has_it_created_again_or_left(
    world: World, tmp_path: Path, word: Decision, there: list[str]
) -> None:
    far = world.exchange.add(plain("Palaveri"))
    user(world).simulator.set_faults([RestFault(method="POST", status=0)])
    world.sync()
    world.settle()
    actor, secrets = Actor("tuki", "kone"), MemorySecrets()
    service = build_services(
        world.store, tmp_path, clock=lambda: world.now, actor=actor, secrets=secrets
    ).held
    assert service.mailboxes()[0].doubtful == 1
    (one,) = service.events(PERSON)
    assert (one.kind, one.code, one.title, one.side) == (
        Kind.CREATION,
        "VF-REST-12",
        "Palaveri",
        "valueframe",
    )
    assert [done.error for done in service.decide(word, PERSON)] == [None]
    assert intents(world) == 0
    world.settle()
    assert [event.title for event in world.shown(VF)] == there
    world.exchange.edit(far, location="Oulu")
    world.settle()
    assert [event.location for event in world.shown(VF)] == ["Oulu"] * len(there)
    assert service.mailboxes() == ()
