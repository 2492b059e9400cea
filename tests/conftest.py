"""What every test runs under: no display, no setting from outside, no unexpected log line."""

from __future__ import annotations

import gc
import logging
import os
import re
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.clock import FakeClock
from tests.few_authorities import believe_in_one
from tests.quick_folder import memory
from tests.quick_readers import read_in_forks
from tests.shared_statements import share_statements
from tests.stores import STORES, VARIABLE, kinds_for, use_as_told
from tests.typed_times import refuse_untyped
from vfadmin.services.collecting import CycleCollector
from vfadmin.simulator import Simulator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
use_as_told()
for _name in [name for name in os.environ if name.startswith("VFADMIN_") and name != VARIABLE]:
    del os.environ[_name]  # a developer's own settings decide nothing here
# Two processes and a hundred commands read the same modules: they are compiled once, whatever is set outside.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
share_statements()
refuse_untyped()
believe_in_one()
read_in_forks()
# The folders of `tmp_path`. An environment with everything in it (bootstrap's tests) takes half of that.
if _memory := memory(2 * 1024**3):
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_memory))

# No health check by the wall clock: how busy the machine is says nothing about the code.
_ALWAYS = settings(deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
# The same examples at every run, so that red means that this change broke something.
settings.register_profile("ci", _ALWAYS, derandomize=True, database=None)
# Other examples at every run, and what failed is tried again first.
settings.register_profile("dev", _ALWAYS)
settings.register_profile("long", _ALWAYS, max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test on each kind of store it is marked for."""
    kinds = kinds_for(metafunc.definition)
    if kinds != [STORES.usual]:
        metafunc.parametrize("store_kind", kinds, indirect=True)


@pytest.fixture(autouse=True)
def store_kind(request: pytest.FixtureRequest) -> Iterator[str]:
    """The kind of database this test's stores are kept in; what it made there is gone afterwards."""
    kind = getattr(request, "param", STORES.usual)
    with STORES.using(kind):
        yield kind


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what may take longest: begun last, it would leave the other process without work."""
    items.sort(key=_patience, reverse=True)


def pytest_collection_finish() -> None:
    """Let the collector leave alone what stays to the end: looking it through took a twelfth of the time."""
    gc.collect()
    gc.freeze()


@cache
def _collector() -> CycleCollector:
    return CycleCollector()


@pytest.fixture(autouse=True)
def cycles_go_between_tests() -> Iterator[None]:
    """Once a window was there, nobody else collects them; its own event loop is seldom at leisure here."""
    yield
    if not gc.isenabled():
        _collector().collect()


def _patience(item: pytest.Item) -> float:
    """The seconds a test has been given beyond what every test has."""
    mark = item.get_closest_marker("timeout")
    return float(mark.args[0]) if mark else 0.0


@pytest.fixture
def fake_clock() -> FakeClock:
    """The time, standing still until the test moves it."""
    return FakeClock()


@pytest.fixture(autouse=True)
def nobody_gets_a_mail(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """R9: after any test the outbox of every server it started is empty.

    The simulator's own tests send mails on purpose. What a test's Outlook users send it clears itself.
    """
    started: list[Simulator] = []
    begin = Simulator.__init__

    def noted(simulator: Simulator, *given: Any, **named: Any) -> None:
        begin(simulator, *given, **named)
        started.append(simulator)

    monkeypatch.setattr(Simulator, "__init__", noted)
    yield
    if "simulator" not in request.path.parts:
        assert [mail for simulator in started for mail in simulator.outbox] == []


class LogGuard:
    """What was logged at WARNING or above, and what of it was meant to be."""

    def __init__(self) -> None:
        self.handler = _Collector()
        self._expected: dict[str, bool] = {}

    def __call__(self, pattern: str, *, optional: bool = False) -> None:
        """Expect a line `logger: text` in which the pattern is found. It must come, unless `optional`."""
        self._expected[pattern] = optional

    def complaints(self) -> list[str]:
        """Every line nobody expected, and every expectation that no line met."""
        lines, expected = self.handler.lines, self._expected
        unexpected = [line for line in lines if not any(re.search(pattern, line) for pattern in expected)]
        missing = [
            pattern
            for pattern, optional in expected.items()
            if not optional and not any(re.search(pattern, line) for line in lines)
        ]
        return [f"unexpected log line: {line}" for line in unexpected] + [
            f"expected a log line like {pattern!r}, none came" for pattern in missing
        ]


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def expected_log(request: pytest.FixtureRequest) -> Iterator[LogGuard]:
    """Fails the test for every WARNING or worse it did not announce; call it to announce one.

    Where the pattern is known beforehand, `@pytest.mark.expected_log("pattern")` says the same.
    """
    guard = LogGuard()
    for mark in request.node.iter_markers("expected_log"):
        guard(*mark.args, **mark.kwargs)
    root = logging.getLogger()
    root.addHandler(guard.handler)
    try:
        yield guard
    finally:
        root.removeHandler(guard.handler)
    if complaints := guard.complaints():
        pytest.fail("\n".join(complaints), pytrace=False)
