"""A run that is undone leaves both calendars as they were before it, whatever it did."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from tests.stores import examples
from tests.strategies import plain
from tests.sync.world import Fault, Killed, World
from vfadmin.calendars.base import Side
from vfadmin.models import History
from vfadmin.sync.lease import LENGTH
from vfadmin.sync.undo_run import Wish, undo_run

TITLES = ("Aamu", "Ilta", "Päivä")
DEED = st.tuples(st.sampled_from(Side), st.sampled_from(("edit", "remove", "none")))


def shown(world: World, side: Side) -> list[tuple[str, str]]:
    return sorted((event.title, event.location) for event in world.shown(side))


def one_run(world: World, deeds: dict[str, tuple[Side, str]]) -> int:
    """Somebody does these to the events, and adds one on either side; the run that carries it over."""
    for title, (side, deed) in deeds.items():
        user = world.valueframe if side is Side.VALUEFRAME else world.exchange
        number = user.ids()[title]
        if deed == "edit":
            user.edit(number, location="Muualla")
        elif deed == "remove":
            user.remove(number)
    world.valueframe.add(replace(plain(), title="Uusi"))
    world.exchange.add(replace(plain(), title="Vieras"))
    world.sync()
    with world.store.read() as session:
        return session.scalar(select(func.max(History.run_id))) or 0


def struck(world: World, run: int, fault: Fault) -> None:
    """An undo in which the process dies, if it comes that far."""
    world.fault = fault
    try:
        undo_run(world.bench, Wish(run))
    except Killed:
        world.now += LENGTH  # the dead process's lease has to run out
    finally:
        world.fault = None


def undone(world: World, deeds: dict[str, tuple[Side, str]], fault: Fault | None = None) -> None:
    for title in TITLES:
        world.valueframe.add(replace(plain(), title=title, location="Täällä"))
    world.settle()
    run = one_run(world, deeds)
    if fault is not None:
        struck(world, run, fault)
    done = undo_run(world.bench, Wish(run))
    assert done.failure is None
    assert fault is not None or {one.outcome for one in done.events} == {"undone"}
    world.settle()
    before = [(title, "Täällä") for title in TITLES]
    assert shown(world, Side.VALUEFRAME) == sorted([*before, ("Uusi", plain().location)])
    assert shown(world, Side.EXCHANGE) == sorted([*before, ("Vieras", plain().location)])
    assert world.exchange.mails() == 0
    again = undo_run(world.bench, Wish(run))
    assert fault is not None or {one.outcome for one in again.events} == {"already"}


@settings(
    max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.fixed_dictionaries(dict.fromkeys(TITLES, DEED)))
def test_an_undone_run_leaves_both_calendars_as_before(
    world: World, deeds: dict[str, tuple[Side, str]]
) -> None:
    world.reset()
    undone(world, deeds)


@settings(
    max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.fixed_dictionaries(dict.fromkeys(TITLES, DEED)),
    st.sampled_from(("before-write", "after-write", "before-commit", "after-commit")),
    st.integers(1, 12),
)
def test_an_undo_in_which_the_process_dies_is_done_again_and_converges(
    world: World, deeds: dict[str, tuple[Side, str]], place: str, nth: int
) -> None:
    world.reset()
    undone(world, deeds, Fault(place, nth, kill=True))


def test_over_graph_too(graph_world: World) -> None:
    deeds = {"Aamu": (Side.EXCHANGE, "edit"), "Ilta": (Side.EXCHANGE, "remove")}
    undone(graph_world, {**deeds, "Päivä": (Side.VALUEFRAME, "edit")})
