"""Which events are synchronised by their age (R8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.strategies import NOW, plain
from vfadmin.calendars.event import Recurrence
from vfadmin.sync.values import Policy
from vfadmin.sync.window import enters_at, window_at

WINDOW = window_at(NOW, Policy())


@pytest.mark.parametrize(
    ("days", "covered"), [(-7.5, False), (-6.9, True), (0, True), (720, True), (740, False)]
)
def test_from_seven_days_back_to_24_months_ahead_r8(days: float, covered: bool) -> None:
    assert WINDOW.covers(plain(days=days)) is covered


def test_an_event_that_began_long_ago_but_goes_on_is_not_old_r8() -> None:
    assert not WINDOW.too_old(plain(days=-30, hours=24 * 25))


def test_a_series_does_not_age_with_its_first_occurrence_r8() -> None:
    series = replace(plain(days=-400), recurrence=Recurrence("FREQ=WEEKLY"))
    assert not WINDOW.too_old(series)
    assert WINDOW.too_old(replace(series, recurrence=Recurrence("FREQ=WEEKLY;COUNT=3")))
    assert not WINDOW.too_old(replace(series, recurrence=Recurrence("FREQ=WEEKLY;COUNT=60")))


def test_days_back_is_a_setting_r8() -> None:
    assert window_at(NOW, Policy(days_back=30)).covers(plain(days=-20))


def test_what_is_far_ahead_comes_into_the_window_when_its_time_has_come() -> None:
    far = plain(days=800)
    when = enters_at(far, WINDOW, NOW)
    assert window_at(when, Policy()).too_far(far)
    assert window_at(when + timedelta(minutes=1), Policy()).covers(far)
