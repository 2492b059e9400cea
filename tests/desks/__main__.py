"""python -m tests.desks: twenty windows in processes of their own edit the same persons on a PostgreSQL.

What was accepted must be a chain: each change in the audit trail begins where the one before it ended, and
the last one is what is stored. Nothing may be stuck. How soon others see a change, how long a saving takes
and how long the windows stand still is measured and printed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.desks.desk import PATIENCE
from tests.postgresql import start_server, take_away
from vfadmin.models.store import open_store
from vfadmin.services.context import Actor, Services, build_services
from vfadmin.services.credentials import MemorySecrets
from vfadmin.services.search import PersonQuery
from vfadmin.ui.run import utc_now

STARTING = 30.0
"""Seconds a desk is given to open its window; more where eight or more share a core."""
DESKS_A_CORE = 4
"""With more of them each edits less often: at the desks of people each has a machine of its own."""


def main() -> int:
    """Run it and print what came of it; 1 if anything was lost or stuck."""
    parser = argparse.ArgumentParser(prog="python -m tests.desks", description=__doc__)
    parser.add_argument("--desks", type=int, default=20)
    parser.add_argument("--persons", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=60.0)
    told = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    server = start_server()
    try:
        server.sql("CREATE DATABASE desks TEMPLATE template0")
        return run(server.url("desks"), told.desks, told.persons, told.seconds)
    finally:
        take_away(server)


def run(url: str, desks: int, persons: int, seconds: float) -> int:
    """Let so many desks edit so many persons for so long."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(url)
        services = build_services(
            store, Path(folder), clock=utc_now, actor=Actor("support", "here"), secrets=MemorySecrets()
        )
        for number in range(persons):
            services.directory.add_person(name=f"Person {number}", email=f"p{number}@e.fi", company="Oy")
        crowd = max(1.0, desks / DESKS_A_CORE / (os.cpu_count() or 1))
        until = time.time() + STARTING * max(1.0, crowd / 2) + seconds
        command = [sys.executable, "-m", "tests.desks.desk"]
        running = [
            subprocess.Popen(
                [*command, f"{one}", url, folder, f"{until}", f"{crowd}"], stdout=subprocess.PIPE, text=True
            )
            for one in range(desks)
        ]
        deadline = until - time.time() + 3 * PATIENCE
        told = [one.communicate(timeout=deadline)[0] for one in running]
        accounts = [json.loads(one) for one in told if one]
        broken = [f"desk {number} did not come to its end" for number, one in enumerate(told) if not one]
        broken += [
            f"desk {one['desk']} waited in vain for {one['stuck']}" for one in accounts if one["stuck"]
        ]
        broken += lost(services)
        tell(accounts, broken)
        store.close()
    return 1 if broken else 0


def lost(services: Services) -> list[str]:
    """Where a change does not begin at what the former one made of the name, or is not what is stored."""
    found = []
    for row in services.search.rows(services.search.ids(PersonQuery())):
        trail = services.history.trail(row.id, limit=1_000_000)
        names = [((one.before or {}).get("name"), (one.after or {}).get("name")) for one in trail]
        cut = [(former[1], later[0]) for former, later in pairwise(names) if former[1] != later[0]]
        found += [f"person {row.id}: {made} was accepted, the next began at {begun}" for made, begun in cut]
        if names[-1][1] != row.name:
            found.append(f"person {row.id}: {names[-1][1]} was accepted and {row.name} is stored")
    return found


def tell(accounts: Sequence[dict[str, Any]], broken: Sequence[str]) -> None:
    """Print what was measured."""
    saved, refused = (sum(one[name] for one in accounts) for name in ("saved", "refused"))
    lines = [f"{len(accounts)} windows: {saved} changes accepted, {refused} refused with a difference"]
    for name, unit, what in (
        ("seen_after", "s ", "another's change seen after"),
        ("save_took", "s ", "a saving took"),
        ("late_ms", "ms", "event loop late"),
    ):
        all_of_them = sorted(value for one in accounts for value in one[name])
        if all_of_them:
            parts = [all_of_them[int(len(all_of_them) * share)] for share in (0.5, 0.95, 0.99)]
            said = "  ".join(f"{part:8.2f}" for part in (*parts, all_of_them[-1]))
            lines.append(f"{what:28} {said} {unit} (half, 95 %, 99 %, worst of {len(all_of_them):,})")
    lines += broken or ["nothing lost, nothing stuck"]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main())
