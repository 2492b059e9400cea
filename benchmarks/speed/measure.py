"""What a measurement is: seconds of CPU and of the clock, and rows of a table with a goal each."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import resource
import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, Self

PACKAGES = ("exchangelib", "lxml", "requests", "SQLAlchemy", "psycopg")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds: of CPU in this process, of CPU in processes it waited for, and of the clock."""

    cpu: float
    children: float
    wall: float

    @classmethod
    def now(cls) -> Self:
        """The readings of this moment."""
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return cls(time.process_time(), used.ru_utime + used.ru_stime, time.perf_counter())


def cost(work: Callable[[], object]) -> Cost:
    """What the work costs."""
    before = Cost.now()
    work()
    after = Cost.now()
    return Cost(after.cpu - before.cpu, after.children - before.children, after.wall - before.wall)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: two figures, what one is to the other, and the goal for it.

    ``least`` says that the ratio must not be smaller than the goal; otherwise it must not be larger.
    """

    what: str
    ours: float
    other: float
    unit: str
    ratio: float
    goal: float | None
    least: bool = False
    note: str = ""

    @property
    def holds(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        if self.goal is None:
            return None
        return self.ratio >= self.goal if self.least else self.ratio <= self.goal

    def line(self) -> str:
        """As it is printed."""
        sign = ">=" if self.least else "<="
        goal = "" if self.goal is None else f"{sign} {self.goal:g}"
        said = {None: "", True: "holds", False: "MISSED"}[self.holds]
        figures = f"{self.ours:10.4g} {self.other:10.4g} {self.unit:<9} {self.ratio:8.2f}"
        return f"{self.what:<58} {figures}  {goal:<7} {said:<7} {self.note}".rstrip()

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self) | {"holds": self.holds}


HEADER = f"{'':<58} {'ours':>10} {'other':>10} {'unit':<9} {'ratio':>8}  goal"


def medians(rounds: int, kinds: Mapping[str, Callable[[], float]]) -> dict[str, float]:
    """The median of each kind's figure, all kinds measured in turn in each round."""
    found: dict[str, list[float]] = {name: [] for name in kinds}
    for _ in range(rounds):
        for name, kind in kinds.items():
            found[name].append(kind())
    return {name: median(figures) for name, figures in found.items()}


def machine() -> dict[str, str]:
    """On what it was measured."""
    versions = {name: importlib.metadata.version(name) for name in PACKAGES}
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": str(os.cpu_count()),
        "load": f"{os.getloadavg()[0]:.1f}",
        "SQLite": sqlite3.sqlite_version,
        **versions,
    }
