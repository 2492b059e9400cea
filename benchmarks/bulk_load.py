"""A bulk load of 100,000 rows: read, checked, applied; beside openpyxl and pandas reading the same file.

Run: python -m benchmarks.bulk_load [rows]. CPU seconds of this process and those it starts for reading; the
files are ones that openpyxl wrote, all rows are activated. Memory is the most that this process ever had.
pandas is no dependency of ours: where it is not installed, its lines are left out, and that is said.
"""

from __future__ import annotations

import importlib.util
import resource
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from openpyxl import Workbook, load_workbook

from tests.clock import START
from tests.empty_database import opened_empty
from vfadmin.services.bulk_import import BulkImport, ImportPlan, ImportResult
from vfadmin.services.context import Actor
from vfadmin.services.sheets.apart import read_grid_apart
from vfadmin.services.sheets.reader import read_grid

HEADER = ("ValueFrame ID", "Nimi", "Sähköposti", "Yhtiö", "Integraatiotunnus")
ROUNDS = 3


def write(path: Path, rows: int, login: str = "henkilo") -> None:
    """A list of so many persons, their logins beginning so."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Henkilöt")
    sheet.append(HEADER)
    for number in range(1, rows + 1):
        address = f"henkilo{number}@esimerkki.fi"
        sheet.append(
            (number, f"Henkilö {number}", address, f"Yhtiö {number % 40}", f"{login}{number}@esimerkki.fi")
        )
    book.save(path)


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds the work takes, here and in the processes it starts."""
    before = sum(resource.getrusage(who).ru_utime + resource.getrusage(who).ru_stime for who in _BOTH)
    work()
    return sum(resource.getrusage(who).ru_utime + resource.getrusage(who).ru_stime for who in _BOTH) - before


_BOTH = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def other(path: Path) -> int:
    """Every cell as openpyxl's read-only mode brings it."""
    sheet = load_workbook(path, read_only=True, data_only=True).worksheets[0]
    return sum(len(row) for row in sheet.iter_rows(values_only=True))


def pandas_kinds(path: Path) -> dict[str, Callable[[], object]]:
    """The same file by pandas, with our native reader and as it reads by itself; none without pandas."""
    try:
        pandas: Any = importlib.import_module("pandas")
    except ImportError:
        return {}
    return {
        "pandas, calamine": lambda: pandas.read_excel(path, engine="calamine"),
        "pandas, by default": partial(_quietly, lambda: pandas.read_excel(path)),
    }


def _quietly(read: Callable[[], object]) -> object:
    """Pandas 3 warns that its default will be another reader one day."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return read()


def start_as_the_program_does() -> None:
    """A process of its own begins with importing the main module: let it be vfadmin's, which is light."""
    sys.modules["__main__"].__spec__ = importlib.util.find_spec("vfadmin.__main__")


def main(rows: int) -> int:
    """Measure and print."""
    start_as_the_program_does()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lista.xlsx"
        write(path, rows)
        content = path.read_bytes()
        kinds: dict[str, Callable[[], object]] = {
            "read": lambda: read_grid(content),
            "read in its own process": lambda: read_grid_apart(content),
            "openpyxl, read-only": lambda: other(path),
            **pandas_kinds(path),
        }
        rounds = [[cpu(kind) for kind in kinds.values()] for _ in range(ROUNDS)]
        found = {name: median(column) for name, column in zip(kinds, zip(*rounds, strict=True), strict=True)}
        apart, openpyxl = found["read in its own process"], found["openpyxl, read-only"]
        print(f"{rows:,} rows of {len(HEADER)} cells, {len(content) / 1e6:.1f} MB")
        for name, spent in found.items():
            beside = "(goal 1.5)" if spent == apart else "" if name == "read" else f"{spent / apart:4.1f} x"
            print(f"{name:<26} {spent:6.2f} s CPU   {beside}".rstrip())
        if len(found) == 3:
            print("pandas is not installed and left out; to have it: pip install pandas")
        _load(Path(folder), path, openpyxl)
    return 0


def _load(folder: Path, path: Path, openpyxl: float) -> None:
    """Everybody is new; then all are known and have another login; then nothing has changed."""
    store = opened_empty(folder / "vfadmin.db")
    service = BulkImport(store, clock=lambda: START, actor=Actor("mittaus", "kone"))
    first = _both("new", service, path, openpyxl)
    other = folder / "toinen.xlsx"
    write(other, first[1], "toinen")
    second = _both("known", service, other, openpyxl)
    assert (second[1], _both("same", service, other, openpyxl)[1]) == (first[1], 0)
    beside = "goal 400" + ", without pandas' own" * ("pandas" in sys.modules)
    print(f"memory                     {_memory():6.0f} MB      ({beside})")
    for batch, _ in (second, first):
        spent = cpu(partial(service.undo, batch))
        print(f"undone again               {spent:6.2f} s CPU")
    print(f"memory with the undo       {_memory():6.0f} MB")
    store.close()


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _both(what: str, service: BulkImport, path: Path, openpyxl: float) -> tuple[int, int]:
    """The batch and how many rows it changed. The rows themselves go: nobody keeps those of three loads."""
    plans: list[ImportPlan] = []
    results: list[ImportResult] = []
    began = time.perf_counter()
    checked = cpu(lambda: plans.append(service.check(path, activate=True)))
    applied = cpu(lambda: results.append(service.apply(plans[0])))
    both, wall = checked + applied, time.perf_counter() - began
    print(f"{what + ', checked':<26} {checked:6.2f} s CPU")
    print(f"{what + ', applied':<26} {applied:6.2f} s CPU")
    ratio = f"{both / openpyxl:.1f} x openpyxl; {wall:.1f} s wall; {_memory():.0f} MB"
    print(f"{what + ', both':<26} {both:6.2f} s CPU   (goal 15; {ratio})")
    return results[0].batch or 0, results[0].created + results[0].updated


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
