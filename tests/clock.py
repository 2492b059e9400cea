"""A clock for tests: time passes when the test says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

# A Tuesday before noon, away from midnight, month ends and clock changes in every zone we use.
START = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)


class FakeClock:
    """Answers the same moment until `advance` moves it. Aware, in UTC."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta) -> datetime:
        """Let time pass, and answer what it is then. It never runs backwards."""
        if by < timedelta(0):
            raise ValueError(f"time does not go back by {-by}")
        self.now += by
        return self.now
