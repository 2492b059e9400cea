"""What becomes of writes to which ValueFrame's REST interface is not open."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from tests.strategies import plain
from tests.sync.rest_world import RestUser
from tests.sync.world import PERSON, World
from vfadmin.calendars.base import READ_ONLY, Side
from vfadmin.models import History, Pair
from vfadmin.services.audit import Actor
from vfadmin.services.context import build_services
from vfadmin.services.credentials import MemorySecrets
from vfadmin.sync.values import GuardLimits, Policy

VF, EX = Side.VALUEFRAME, Side.EXCHANGE
ALL = 'verbs = ["GET", "POST", "PUT", "DELETE"]'


def open_only(world: World, *verbs: str) -> None:
    named = ", ".join(f'"{verb}"' for verb in ("GET", *verbs))
    user = world.valueframe
    assert isinstance(user, RestUser)
    user.use({ALL: f"verbs = [{named}]"})


def told(world: World) -> list[tuple[str, str]]:
    """What the history says was left alone: on which side, and why."""
    with world.store.read() as session:
        rows = session.execute(
            select(History.side, History.detail).where(History.operation == "skip").order_by(History.id)
        ).all()
    return [(side, detail["note"]) for side, detail in rows]


def titles(world: World, side: Side) -> list[str]:
    return [event.title for event in world.shown(side)]


def test_a_calendar_that_can_only_be_read_goes_one_way(rest_world: World) -> None:
    open_only(rest_world)
    rest_world.valueframe.add(plain("ValueFramesta"))
    rest_world.exchange.add(plain("Outlookista", days=2))
    rest_world.settle()
    assert titles(rest_world, VF) == ["ValueFramesta"]
    assert titles(rest_world, EX) == ["Outlookista", "ValueFramesta"]
    assert told(rest_world) == [("exchange", READ_ONLY)]
    # Nothing of it is tried again, and nothing waits.
    rest_world.settle()
    assert len(told(rest_world)) == 1
    assert rest_world.set_aside() == 0


def test_an_edit_that_cannot_follow_stays_and_what_comes_from_valueframe_goes_on(rest_world: World) -> None:
    open_only(rest_world)
    near = rest_world.valueframe.add(plain("Palaveri"))
    rest_world.settle()
    (far,) = rest_world.exchange.ids().values()
    rest_world.exchange.edit(far, location="Outlookista")
    rest_world.settle()
    assert [event.location for event in rest_world.shown(VF)] == [""]
    assert [side for side, _ in told(rest_world)] == ["valueframe", "exchange"]
    rest_world.valueframe.edit(near, text="esityslista")
    rest_world.settle()
    (event,) = rest_world.shown(EX)
    assert (event.text, event.location) == ("esityslista", "Outlookista")
    assert rest_world.shown(VF)[0].location == ""


def test_a_deletion_that_cannot_follow_comes_back_with_the_next_edit(rest_world: World) -> None:
    open_only(rest_world, "POST", "PUT")
    near = rest_world.valueframe.add(plain("Palaveri"))
    rest_world.settle()
    (far,) = rest_world.exchange.ids().values()
    rest_world.exchange.remove(far)
    rest_world.settle()
    assert (titles(rest_world, VF), titles(rest_world, EX)) == (["Palaveri"], [])
    assert told(rest_world) == [("valueframe", READ_ONLY)]
    rest_world.valueframe.edit(near, text="yhä voimassa")
    rest_world.settle()
    assert titles(rest_world, EX) == ["Palaveri"]


@pytest.mark.parametrize("side", [VF, EX])
def test_a_copy_whose_key_cannot_be_written_anew_is_made_all_the_same(rest_world: World, side: Side) -> None:
    rest_world.valueframe.add(plain("Palaveri"))
    rest_world.settle()
    open_only(rest_world, "POST")
    user = rest_world.valueframe if side is VF else rest_world.exchange
    (item_id,) = user.ids().values()
    user.copy(item_id, "Kopio")
    rest_world.settle()
    assert titles(rest_world, VF) == titles(rest_world, EX) == ["Kopio", "Palaveri"]


def test_a_verb_that_is_closed_though_the_map_says_otherwise_is_said_of_the_event(rest_world: World) -> None:
    user = rest_world.valueframe
    assert isinstance(user, RestUser)
    user.close_verb("POST")
    rest_world.exchange.add(plain("Outlookista"))
    result = rest_world.sync()
    user.open_verbs()
    assert result is not None
    assert (result.ok, result.skipped) == (True, 1)
    with rest_world.store.read() as session:
        assert list(session.scalars(select(Pair.error_code))) == ["VF-REST-09"]


def test_r24_what_cannot_be_restored_waits_as_before(rest_world: World, tmp_path: Path) -> None:
    rest_world.policy = Policy(guard=GuardLimits(minimum=0, maximum=0))
    near = rest_world.valueframe.add(plain("Palaveri"))
    rest_world.settle()
    rest_world.valueframe.remove(near)
    rest_world.sync()
    open_only(rest_world)
    actor, secrets = Actor("tuki", "kone"), MemorySecrets()
    services = build_services(
        rest_world.store, tmp_path, clock=lambda: rest_world.now, actor=actor, secrets=secrets
    )
    (done,) = services.held.decide("restore", PERSON)
    assert done.error is None
    rest_world.sync()
    (one,) = services.held.events(PERSON)
    assert (one.kind, one.side, one.decision) == ("delete", "exchange", None)
