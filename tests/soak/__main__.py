"""python -m tests.soak: the state machine for hours, in shards, and again from where it was stopped.

It ends with 0 when every shard has passed, with 1 and the shard's seed and smallest story at the first
violation, and with 3 when the minutes ran out before the end.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from tests.soak import shard
from tests.soak.ledger import Ledger, Plan

PASSED, VIOLATED, UNFINISHED = 0, 1, 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one shard."""

    seed: int
    seconds: float
    story: str | None


def main(arguments: list[str] | None = None) -> int:
    """Run what is left and print figures; returns the exit code."""
    chosen = _parser().parse_args(arguments)
    if chosen.only is not None:
        shard.run(chosen.only, chosen.shard_size, chosen.steps, chosen.protocol, foretold=chosen.foretold)
        return PASSED
    plan = Plan(chosen.examples, chosen.steps, chosen.shard_size, chosen.seed)
    ledger = Ledger(chosen.ledger or Path(f"soak-{chosen.protocol}.json"), plan)
    stop = time.monotonic() + 60 * chosen.minutes if chosen.minutes else None
    violated = _run(ledger, chosen.jobs, stop, chosen.protocol, foretold=chosen.foretold)
    seconds = sum(ledger.done.values())
    print(f"{ledger.examples_done():,} of {plan.examples:,} examples of {plan.steps} steps passed", end=" ")
    print(f"in {seconds:,.0f} s of {chosen.jobs} processes; seeds {plan.first_seed} and on")
    if violated is not None:
        print(f"\nVIOLATION in the shard of seed {violated.seed}\n{violated.story}")
        print(
            f"again: python -m tests.soak --only {violated.seed}"
            f" --shard-size {plan.shards()[violated.seed]} --steps {plan.steps} --protocol {chosen.protocol}"
            + (" --foretold" if chosen.foretold else "")
        )
        return VIOLATED
    return UNFINISHED if ledger.left() else PASSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--examples", type=int, default=20_000, help="how many in all")
    parser.add_argument("--steps", type=int, default=30, help="of each example")
    parser.add_argument("--shard-size", type=int, default=250, help="examples of one seed, in one process")
    parser.add_argument("--seed", type=int, default=1, help="of the first shard; the next has the next")
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time")
    parser.add_argument("--minutes", type=float, help="begin no shard after so long")
    parser.add_argument(
        "--protocol", choices=sorted(shard.SIDES), default="ews", help="how Exchange is reached"
    )
    parser.add_argument(
        "--foretold", action="store_true", help="compare each clean cycle with the dry run before it"
    )
    parser.add_argument("--ledger", type=Path, help="what has passed so far; soak-PROTOCOL.json by default")
    parser.add_argument("--only", type=int, metavar="SEED", help="run one shard here, and show its story")
    return parser


def _run(ledger: Ledger, jobs: int, stop: float | None, protocol: str, *, foretold: bool) -> Outcome | None:
    """Run shards until all are done, time is up, or one is violated, which is returned."""
    waiting = list(ledger.left().items())
    running: set[Future[Outcome]] = set()
    violated = None
    with ThreadPoolExecutor(jobs) as pool:
        while True:
            in_time = stop is None or time.monotonic() < stop
            while waiting and len(running) < jobs and in_time and violated is None:
                seed, size = waiting.pop(0)
                running.add(pool.submit(_shard, seed, size, ledger.plan.steps, protocol, foretold=foretold))
            if not running:
                return violated
            ended, running = wait(running, return_when=FIRST_COMPLETED)
            for outcome in (one.result() for one in ended):
                if outcome.story is not None:
                    violated = violated or outcome
                    continue
                ledger.note(outcome.seed, outcome.seconds)
                print(f"seed {outcome.seed}: passed in {outcome.seconds:.0f} s", flush=True)


def _shard(seed: int, size: int, steps: int, protocol: str, *, foretold: bool) -> Outcome:
    command = [sys.executable, "-m", "tests.soak", "--only", str(seed)]
    command += ["--shard-size", str(size), "--steps", str(steps), "--protocol", protocol]
    command += ["--foretold"] if foretold else []
    began = time.monotonic()
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    story = None if ended.returncode == 0 else ended.stdout + ended.stderr
    return Outcome(seed, time.monotonic() - began, story)


if __name__ == "__main__":
    sys.exit(main())
