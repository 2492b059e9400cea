"""One shard of a soak: some hundred examples of one seed in a process of its own.

Hypothesis's memory grows with the examples of a process, and a seed of its own makes a shard repeatable.
"""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.quick_folder import quick_folder
from tests.soak.in_process import in_process_outlook_side
from tests.soak.in_process_graph import in_process_graph_side
from tests.sync.foretold import Foretold
from tests.sync.machine import Calendars
from tests.sync.world import World, store_at

SIDES = {"ews": in_process_outlook_side, "graph": in_process_graph_side}


def run(number: int, examples: int, steps: int, protocol: str, *, foretold: bool = False) -> None:
    """Run the examples of seed ``number``; a violation raises, with the smallest story in its notes.

    With ``foretold`` each clean cycle is compared with the dry run before it.
    """
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        derandomize=False,
        print_blob=True,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )
    with quick_folder() as folder, SIDES[protocol]() as side:
        store = store_at(folder / "valueframe.db")
        world = World(store, side)

        class Soaked(Foretold if foretold else Calendars):  # type: ignore[misc] # either is a machine
            def make_world(self) -> World:
                return world

        try:
            run_state_machine_as_test(seed(number)(Soaked), settings=chosen)
        finally:
            store.close()
