"""How many operations a plan holds, for ``sync --dry-run`` and ``integration preview`` (R29)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vfadmin.cli import faults
from vfadmin.cli.call import Call

if TYPE_CHECKING:  # see `wiring`
    from vfadmin.services.synchronise import DryRun

_ACTS = ("create", "update", "delete")
_SIDES = ("valueframe", "exchange")


def counted(one: DryRun, call: Call) -> dict[str, Any]:
    """The plan of one mailbox in figures: what a first cycle would match, and the operations by side."""
    return {
        "id": one.person_id,
        "first_cycle": one.first,
        "matched": one.matched,
        "counts": {act: {side: one.count(act, side) for side in _SIDES} for act in _ACTS},
        "error": None if one.failure is None else faults.as_json(one.failure, call),
    }


def tell(one: DryRun, call: Call) -> None:
    """The same in a sentence."""
    figures = {f"{act}_{side}": one.count(act, side) for act in _ACTS for side in _SIDES}
    key = "sync.would_first" if one.first else "sync.would"
    call.out.say(key, id=one.person_id, matched=one.matched, count=len(one.operations), **figures)
