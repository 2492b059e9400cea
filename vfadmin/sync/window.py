"""Which events are synchronised by their age (R8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from vfadmin.calendars.event import Event, ends_at
from vfadmin.sync.values import Policy

_DAYS_A_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class Window:
    """From ``after`` (what ended earlier is old) to ``before`` (what starts later waits)."""

    after: datetime
    before: datetime

    def too_old(self, event: Event) -> bool:
        """Whether the event ended before the window; a series ends with its last occurrence (R8)."""
        end = ends_at(event)
        return end is not None and end < self.after

    def too_far(self, event: Event) -> bool:
        """Whether the event starts beyond the horizon."""
        return event.when.start >= self.before

    def covers(self, event: Event) -> bool:
        """Whether the event is synchronised."""
        return not self.too_old(event) and not self.too_far(event)


def window_at(now: datetime, policy: Policy) -> Window:
    """The window of that moment."""
    return Window(
        now - timedelta(days=policy.days_back),
        now + timedelta(days=policy.horizon_months * _DAYS_A_MONTH),
    )


def enters_at(event: Event, window: Window, now: datetime) -> datetime:
    """When an event beyond the horizon comes into the window."""
    return event.when.start - (window.before - now)
