"""Delays after transient failures: from a minute to six hours, never less than the server asked (R24)."""

from __future__ import annotations

import random
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from vfadmin.sync.backoff import delay


@given(attempts=st.integers(0, 500), seed=st.integers())
def test_a_delay_stays_between_a_minute_and_six_hours_give_or_take_a_fifth(attempts: int, seed: int) -> None:
    wait = delay(attempts, rng=random.Random(seed))
    assert timedelta(seconds=48) <= wait <= timedelta(hours=7, minutes=12)


def test_each_failure_doubles_the_delay_until_six_hours() -> None:
    waits = [delay(attempts, rng=random.Random(1)) for attempts in range(1, 12)]
    assert waits[1] == 2 * waits[0]
    assert waits[-1] == waits[-2]


@given(attempts=st.integers(1, 3), asked=st.floats(300, 86_400))
def test_the_server_is_given_the_time_it_asked_for(attempts: int, asked: float) -> None:
    assert delay(attempts, retry_after=asked) >= timedelta(seconds=min(asked, 300))
    assert delay(1, retry_after=asked) == timedelta(seconds=asked)
