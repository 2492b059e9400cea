"""How fast the exchange with Exchange is, beside the alternatives, in one run.

    python -m benchmarks.speed [--parts wire,sync,distant,fleet,store,slope] [--events 1000 5000] [--rounds 3]

Everything talks to one simulated server over HTTPS on a real socket, in a process of its own. What is
compared takes turns; figures are medians. Beside the product stand exchangelib as it comes, one item at a
time; the floor, which is requests with lxml's `iterparse`; and vdirsyncer between Radicale and a folder,
installed into an environment in build/ of its own. Goals are ratios: seconds say nothing on another
machine. They are kept as JSON in build/speed/. It ends with 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.speed import far_side, first, fleet, others, slope, storing, wire
from benchmarks.speed.measure import HEADER, Row, machine

PARTS = ("wire", "sync", "distant", "fleet", "store", "slope")
_BUILD = Path(__file__).parents[2] / "build"
_FLEET, _POLLED = 20, 200


def main() -> int:
    """Measure, print and keep."""
    arguments = _arguments()
    parts = arguments.parts.split(",")
    about = machine()
    print(", ".join(f"{name} {value}" for name, value in about.items()))
    print(HEADER)
    rows = [*_printed(_rows(parts, arguments))]
    _BUILD.joinpath("speed").mkdir(parents=True, exist_ok=True)
    kept = _BUILD / "speed" / f"{time.strftime('%Y%m%d-%H%M%S')}.json"
    kept.write_text(json.dumps({"machine": about, "rows": [row.as_json() for row in rows]}, indent=1))
    missed = [row.what for row in rows if row.holds is False]
    print(f"{len(missed)} of {sum(row.holds is not None for row in rows)} goals missed; kept in {kept}")
    return 1 if missed else 0


def _rows(parts: list[str], arguments: argparse.Namespace) -> Iterator[Row]:
    rounds = arguments.rounds
    if "wire" in parts:
        with far_side.running(2) as far:
            yield from wire.rows(far, far.mailboxes[0], far.mailboxes[1], rounds)
    if "sync" in parts:
        programs = None if arguments.without_vdirsyncer else others.tools(_BUILD / "vdirsyncer")
        with far_side.running(4 * rounds * len(arguments.events)) as far:
            boxes = first.Boxes(far)
            for events in arguments.events:
                yield from first.rows(boxes, programs, events, rounds)
    if "distant" in parts:
        with far_side.running(4 * rounds * len(arguments.events)) as far:
            boxes = first.Boxes(far)
            for events in arguments.events:
                yield from first.distant(boxes, events, rounds, arguments.latency / 1000)
    if "fleet" in parts:
        with far_side.running(_POLLED) as far:
            yield from fleet.polls(far, list(far.mailboxes), rounds)
        with far_side.running(_FLEET) as far:
            yield from fleet.first(far, list(far.mailboxes), 1_000)
    if "store" in parts:
        yield from storing.rows(5_000, rounds)
    if "slope" in parts:
        with far_side.running(2 * len(arguments.sizes)) as far:
            yield from slope.rows(first.Boxes(far), arguments.sizes)


def _printed(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        print(row.line(), flush=True)
        yield row


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.speed", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--parts", default="wire,sync,fleet,store", help=f"some of {', '.join(PARTS)}")
    parser.add_argument("--events", type=int, nargs="+", default=[1_000, 5_000], help="of a first sync")
    parser.add_argument("--sizes", type=int, nargs="+", default=[5_000, 20_000, 50_000], help="of the slope")
    parser.add_argument("--latency", type=float, default=10, help="ms of each answer of the distant part")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--without-vdirsyncer", action="store_true", help="Radicale takes very long for many events"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
