"""Figures for a monitoring system, in the text format of Prometheus (exposition format 0.0.4).

Labels are states, codes and names of connections: nothing of a person's, and nothing of an event's.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from vfadmin.services.health import Health
from vfadmin.sync.hung import HUNG
from vfadmin.sync.values import MailboxResult

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BUCKETS = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)
"""Seconds that a cycle may take; the last bucket is without a limit."""
_OPERATIONS = ("pulled", "pushed", "deleted", "conflicts", "skipped", "held")

Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Counted:
    """What cycles of this process have come to since it began.

    ``durations`` counts the cycles of each bucket, the last of those longer than any.
    """

    cycles: Mapping[str, int]
    requests: Mapping[str, int]
    operations: Mapping[str, int]
    failures: Mapping[str, int]
    durations: tuple[int, ...]
    seconds: float


class Meter:
    """Counts what cycles come to; from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cycles, self._requests = Counter(ok=0, failed=0), Counter(ok=0, failed=0)
        self._operations = Counter(dict.fromkeys(_OPERATIONS, 0))
        self._failures: Counter[str] = Counter({HUNG: 0})
        self._durations = [0] * (len(BUCKETS) + 1)
        self._seconds = 0.0

    def note(self, result: MailboxResult) -> None:
        """Count one cycle."""
        outcome, seconds = "ok" if result.ok else "failed", result.duration_ms / 1000
        with self._lock:
            self._cycles[outcome] += 1
            self._requests[outcome] += result.requests
            for name in _OPERATIONS:
                self._operations[name] += getattr(result, name)
            if result.failure is not None:
                self._failures[result.failure.code] += 1
            self._durations[_bucket(seconds)] += 1
            self._seconds += seconds

    def counted(self) -> Counted:
        """What there is so far."""
        with self._lock:
            return Counted(
                dict(self._cycles),
                dict(self._requests),
                dict(self._operations),
                dict(self._failures),
                tuple(self._durations),
                self._seconds,
            )


class Scrape:
    """Answers what a monitoring system asks, from the store and from what this process counted."""

    def __init__(self, health: Callable[[], Health], meter: Meter, clock: Callable[[], datetime]) -> None:
        self._health, self._meter, self._clock = health, meter, clock

    def __call__(self) -> str:
        """The page. Raises StoreError."""
        return exposition(self._health(), self._meter.counted(), self._clock())


def exposition(health: Health, counted: Counted, now: datetime) -> str:
    """The page that says all of it; its lines end with a line feed each."""
    return "".join(f"{line}\n" for line in [*_gauges(health, now), *_counters(counted), *_durations(counted)])


def _gauges(health: Health, now: datetime) -> Iterator[str]:
    counts = health.summary.counts
    states = {"active": counts.active, "passive": counts.passive, "error": counts.error}
    yield from _family("mailboxes", "gauge", "Mailboxes by state.", _by("state", states))
    stopped = {one.code: one.stopped for one in health.stopped}
    yield from _family("mailboxes_stopped", "gauge", "Mailboxes stopped, by cause.", _by("code", stopped))
    for name, text, value in (
        ("mailboxes_delayed", "Active mailboxes that fail for the time being.", health.summary.delayed),
        ("mailboxes_silent", "Mailboxes without a success for long, with no failure.", health.silent),
        ("mailboxes_due", "Mailboxes that wait for their turn.", health.due),
        ("events_waiting", "Events that wait for an administrator.", health.summary.waiting),
        ("processes", "Processes that have a mailbox at work.", health.summary.workers),
        ("synchronising", "1 while anything is synchronised at all.", int(health.summary.synchronising)),
        ("paused", "1 while somebody has stopped all of it.", int(health.summary.paused)),
    ):
        yield from _family(name, "gauge", text, [({}, value)])
    shut = {one.name: int(one.blocked is not None) for one in health.summary.connections}
    yield from _family(
        "connection_blocked", "gauge", "1 while its circuit breaker is open.", _by("connection", shut)
    )
    left = {
        one.name: one.secret_days_left or 0
        for one in health.summary.connections
        if one.secret_days_left is not None
    }
    yield from _family(
        "secret_days_left",
        "gauge",
        "Days until a secret ends, from a month down.",
        _by("connection", left),
    )
    for name, text, at in (
        ("last_success_age_seconds", "Of the mailbox whose last success is oldest.", health.oldest_success),
        ("last_cycle_age_seconds", "Since a cycle ended last, of any process.", health.last_cycle),
    ):
        age: list[tuple[Labels, float]] = [] if at is None else [({}, max(0.0, (now - at).total_seconds()))]
        yield from _family(name, "gauge", text, age)


def _counters(counted: Counted) -> Iterator[str]:
    for name, text, label, values in (
        ("cycles_total", "Cycles of this process.", "result", counted.cycles),
        (
            "requests_total",
            "Requests, by the result of their cycle.",
            "result",
            counted.requests,
        ),
        ("operations_total", "What cycles of this process did to events.", "operation", counted.operations),
        ("failures_total", "Failed cycles of this process.", "code", counted.failures),
    ):
        yield from _family(name, "counter", text, _by(label, values))
    hung = counted.failures.get(HUNG, 0)
    yield from _family("hung_threads_total", "counter", "Threads that were given up.", [({}, hung)])


def _durations(counted: Counted) -> Iterator[str]:
    name = "vfadmin_cycle_seconds"
    yield f"# HELP {name} Seconds that a cycle of this process took."
    yield f"# TYPE {name} histogram"
    so_far = 0
    for limit, count in zip((*map(str, BUCKETS), "+Inf"), counted.durations, strict=True):
        so_far += count
        yield f'{name}_bucket{{le="{limit}"}} {so_far}'
    yield f"{name}_sum {counted.seconds}"
    yield f"{name}_count {so_far}"


def _by(label: str, values: Mapping[str, float]) -> list[tuple[Labels, float]]:
    return [({label: value}, count) for value, count in values.items()]


def _family(name: str, kind: str, text: str, samples: Iterable[tuple[Labels, float]]) -> Iterator[str]:
    yield f"# HELP vfadmin_{name} {text}"
    yield f"# TYPE vfadmin_{name} {kind}"
    for labels, value in samples:
        said = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
        yield f"vfadmin_{name}{{{said}}} {value}" if said else f"vfadmin_{name} {value}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _bucket(seconds: float) -> int:
    return next((number for number, limit in enumerate(BUCKETS) if seconds <= limit), len(BUCKETS))
