from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / ".ci" / "coverage_gate.py"


@pytest.fixture(scope="module")
def gate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("coverage_gate", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["coverage_gate"] = module
    spec.loader.exec_module(module)
    return module


def summary(branches: int, covered: int) -> dict[str, dict[str, int]]:
    return {"summary": {"num_branches": branches, "covered_branches": covered}}


def test_branches_add_up_over_a_package_and_all_below_it(gate: ModuleType) -> None:
    packages = gate.by_package(
        {
            "vfadmin/sync/plan.py": summary(90, 90),
            "vfadmin/sync/far/away.py": summary(10, 5),
            "vfadmin\\calendars\\base.py": summary(0, 0),
            "vfadmin/app.py": summary(10, 0),
        }
    )

    assert packages == {"sync": gate.Branches(100, 95), "calendars": gate.Branches(0, 0)}


@pytest.mark.parametrize(("covered", "missed"), [(949, ["sync"]), (950, []), (1000, [])])
def test_the_gate_is_95_per_cent(gate: ModuleType, covered: int, missed: list[str]) -> None:
    assert gate.below({"sync": gate.Branches(1000, covered)}, ["sync"]) == missed


def test_a_package_that_was_not_measured_misses_the_gate(gate: ModuleType) -> None:
    assert gate.below({}, ["sync"]) == ["sync"]
