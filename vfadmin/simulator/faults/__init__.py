"""Misbehaviour on demand: what a rule says, when it strikes, and what it does to an answer."""

from __future__ import annotations

from vfadmin.simulator.faults.rule import FaultRule, RuleError
from vfadmin.simulator.faults.selection import FaultRules

__all__ = ["FaultRule", "FaultRules", "RuleError"]
