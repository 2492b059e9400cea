"""Holds the packages that decide about somebody's calendar to their branch coverage.

Reads the data of the last test run (`.coverage`) and fails when one of them falls below the gate.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

GATE = 95.0
GATED = ("sync", "calendars", "services")


@dataclass(slots=True)
class Branches:
    """How many ways there are through a package's code, and how many the tests went."""

    all: int = 0
    covered: int = 0

    @property
    def percent(self) -> float:
        """Share of the branches taken; code without any is fully covered."""
        return 100.0 * self.covered / self.all if self.all else 100.0


def by_package(files: Mapping[str, Mapping[str, Any]]) -> dict[str, Branches]:
    """The branches of each package below `vfadmin`, from the files of coverage's JSON report."""
    found: dict[str, Branches] = defaultdict(Branches)
    for name, report in files.items():
        parts = PurePath(name.replace("\\", "/")).parts
        inside = parts[parts.index("vfadmin") + 1 :] if "vfadmin" in parts else ()
        if len(inside) > 1:
            found[inside[0]].all += report["summary"]["num_branches"]
            found[inside[0]].covered += report["summary"]["covered_branches"]
    return dict(found)


def below(packages: Mapping[str, Branches], gated: Iterable[str] = GATED) -> list[str]:
    """The gated packages that miss the gate, or were not measured at all."""
    return [name for name in gated if name not in packages or packages[name].percent < GATE]


def main() -> int:
    """Print each package's figure; 1 when a gated one is too low."""
    command = [sys.executable, "-m", "coverage", "json", "--quiet", "-o", "-"]
    report = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    packages = by_package(report["files"])
    for name, branches in sorted(packages.items()):
        gate = f"at least {GATE:.0f} %" if name in GATED else ""
        print(f"{name:12} {branches.percent:6.1f} % of {branches.all:5} branches  {gate}".rstrip())
    missed = below(packages)
    if missed:
        print(f"below the gate: {', '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
