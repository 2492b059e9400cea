"""Which rule strikes which request: counted, and drawn so that the same seed strikes the same requests."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from vfadmin.simulator.faults.rule import FaultRule, Stage


def drawn(seed: int, number: int, share: float) -> bool:
    """Whether a number is among the share that a seed draws; the same in every process."""
    digest = hashlib.sha256(f"{seed}:{number}".encode()).digest()
    return int.from_bytes(digest[:8], "big") < share * 2**64


@dataclass(slots=True)
class _Armed:
    """A rule in force, and what it has counted."""

    rule: FaultRule
    seen: int = 0
    struck: int = 0

    def strikes(self) -> bool:
        """Count one fitting request, and say whether it is struck."""
        rule = self.rule
        if rule.times is not None and self.struck >= rule.times:
            return False
        self.seen += 1
        if self.seen <= rule.skip or not drawn(rule.seed, self.seen, rule.probability):
            return False
        self.struck += 1
        return True


class FaultRules:
    """The rules in force. Safe to replace while requests are under way."""

    def __init__(self) -> None:
        self._armed: list[_Armed] = []
        self._lock = threading.Lock()

    def replace(self, rules: Iterable[FaultRule]) -> None:
        """Put other rules in force; none end all misbehaviour."""
        with self._lock:
            self._armed = [_Armed(rule) for rule in rules]

    def first(
        self, stage: Stage, operation: str, mailbox: str, fits: Callable[[FaultRule], bool] | None = None
    ) -> FaultRule | None:
        """The first rule of a stage that strikes a request; those after it do not count it."""
        if not self._armed:
            return None
        with self._lock:
            for armed in self._armed:
                if _fits(armed.rule, stage, operation, mailbox, fits) and armed.strikes():
                    return armed.rule
        return None

    def every(
        self, stage: Stage, operation: str, mailbox: str, fits: Callable[[FaultRule], bool] | None = None
    ) -> list[FaultRule]:
        """All rules of a stage that strike a request, in their order."""
        if not self._armed:
            return []
        with self._lock:
            fitting = [armed for armed in self._armed if _fits(armed.rule, stage, operation, mailbox, fits)]
            return [armed.rule for armed in fitting if armed.strikes()]


def _fits(
    rule: FaultRule, stage: Stage, operation: str, mailbox: str, fits: Callable[[FaultRule], bool] | None
) -> bool:
    return rule.stage == stage and rule.fits(operation, mailbox) and (fits is None or fits(rule))
