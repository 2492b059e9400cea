"""What somebody changed by hand, in words: what, who and from where, and each field before and after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from vfadmin.errors.texts import outcome
from vfadmin.ui.texts import absolute
from vfadmin.ui.translations import current

if TYPE_CHECKING:
    from vfadmin.services.history import AuditRow

_TIMES = ("delayed_since", "mobile_sync_used")


def title(change: AuditRow) -> str:
    """What was done."""
    return outcome(f"trail.{change.action}", current()).removeprefix("trail.")


def who(change: AuditRow) -> str:
    """Who did it, on which machine and through what, as far as that is known."""
    face = outcome(f"face.{change.face}", current()) if change.face else ""
    return outcome("trail.by", current(), actor=change.actor, host=change.host, face=face)


def lines(change: AuditRow) -> list[str]:
    """Each field that was changed, on a line of its own."""
    before, after = change.before or {}, change.after or {}
    names = [*after, *(name for name in before if name not in after)]
    return [line for name in names if (line := _line(name, before, after))]


def _line(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    word = outcome(f"trail-field.{name}", current()).removeprefix("trail-field.")
    old, new = _value(name, before.get(name)), _value(name, after.get(name))
    if name not in before:
        return f"{word}: {new}" if new else ""
    return f"{word}: {old or '-'} → {new or '-'}"


def _value(name: str, value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return outcome("trail-value.yes" if value else "trail-value.no", current())
    if name == "state":
        return outcome(f"state.{value}", current()).removeprefix("state.")
    if name in ("calendar", "kind", "mobile_sync"):
        return outcome(f"trail-value.{value}", current()).removeprefix("trail-value.")
    if name in _TIMES:
        return absolute(datetime.fromisoformat(str(value)))
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
