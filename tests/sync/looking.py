"""Looking into a world: what the store holds after a cycle."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from tests.strategies import plain
from tests.sync.world import PERSON, World
from vfadmin.calendars.base import Side
from vfadmin.models import (
    History,
    Integration,
)

VF, EX = Side.VALUEFRAME, Side.EXCHANGE


def integration(world: World) -> Integration:
    with world.store.read() as session:
        return session.get_one(Integration, PERSON)


def set_integration(world: World, **values: Any) -> None:
    with world.store.write() as session:
        session.execute(update(Integration).values(**values))


def history(world: World) -> list[tuple[str, str, str]]:
    with world.store.read() as session:
        rows = session.scalars(select(History).order_by(History.id))
        return [(row.side, row.operation, row.reason) for row in rows]


def fill(world: World, count: int, user: str = "valueframe") -> None:
    for number in range(count):
        getattr(world, user).add(plain(f"Tapahtuma {number:02}", days=1 + number / 24))
    world.settle()
