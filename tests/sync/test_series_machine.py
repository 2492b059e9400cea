"""One series, edited on both sides while the connection breaks at any request; the oracle follows it.

Whatever happens, both sides end up the same and there is one event. What only one side edited since both last
agreed is exactly what stands in the end, broken writes or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.quick_folder import quick_folder
from tests.stores import examples
from tests.sync.ews_world import MAILBOX, running_outlook_side
from tests.sync.world import World, store_at
from vfadmin.calendars.base import Side
from vfadmin.calendars.event import Event, Override, Recurrence, When, canonical
from vfadmin.calendars.series import occurrence
from vfadmin.simulator import FaultRule, ItemView, OutlookUser
from vfadmin.simulator import Recurrence as Pattern

VF, EX = Side.VALUEFRAME, Side.EXCHANGE
START = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
WHEN = When(START, START + timedelta(hours=1), zone="Europe/Helsinki")
MONDAYS = tuple(START.date() + timedelta(weeks=week) for week in range(5))
RULE = Recurrence("FREQ=WEEKLY;BYDAY=MO;COUNT=5")
PATTERN = Pattern("Weekly", MONDAYS[0], days=("Monday",), count=5)
SETTINGS = settings(
    max_examples=examples(20),
    stateful_step_count=10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate, Phase.shrink),
)
FAR = timedelta(days=3)
mondays = st.sampled_from(MONDAYS)
hours = st.sampled_from([-5, -1, 2, 30])


@dataclass(frozen=True)
class Break:
    """Where a connection breaks: before or after how many requests, and whether it is judged at once."""

    moment: str
    skip: int
    judged: bool


breaks = st.builds(Break, st.sampled_from(["before", "after"]), st.integers(0, 1), st.booleans())


class OneSeries(RuleBasedStateMachine):
    """One series in step. A subclass gives the world."""

    world: World

    @initialize(side=st.sampled_from([VF, EX]))
    def start(self, side: Side) -> None:
        self.world.reset()
        self.values = count()
        self.edited: set[Side] = set()
        if side is VF:
            self.world.valueframe.add(Event("Palaveri", WHEN, recurrence=RULE))
        else:
            self.user.create(
                subject="Palaveri", start=START, end=WHEN.end, time_zone=WHEN.zone, recurrence=PATTERN
            )
        self.agree()

    @property
    def user(self) -> OutlookUser:
        found: OutlookUser = self.world.exchange.simulator.outlook(MAILBOX)  # type: ignore[attr-defined]
        return found

    @rule(day=mondays)
    def name_an_occurrence_in_valueframe(self, day: date) -> None:
        self.override(day, title=f"v{next(self.values)}")

    @rule(day=mondays, by=hours)
    def move_an_occurrence_in_valueframe(self, day: date, by: int) -> None:
        self.override(day, by=by)

    @rule(day=mondays)
    def delete_an_occurrence_in_valueframe(self, day: date) -> None:
        found = self.stored().recurrence
        if found is not None and len(found.deleted) < 3:
            self.store(recurrence=replace(found, deleted=(*found.deleted, day)))

    @rule()
    def take_all_deviations_back_in_valueframe(self) -> None:
        if self.stored().recurrence is not None:
            self.store(recurrence=RULE)

    @rule()
    def rename_in_valueframe(self) -> None:
        self.store(title=f"v{next(self.values)}")

    @rule(by=st.sampled_from([-1, 1]))
    def shift_in_valueframe(self, by: int) -> None:
        when = self.stored().when
        shift = timedelta(hours=by)
        if 4 < (when.start + shift).hour < 12:
            self.store(when=replace(when, start=when.start + shift, end=when.end + shift))

    @rule(recurring=st.booleans())
    def single_or_series_in_valueframe(self, recurring: bool) -> None:
        if (self.stored().recurrence is not None) is not recurring:
            self.store(recurrence=RULE if recurring else None)

    @rule(day=mondays)
    def name_an_occurrence_in_outlook(self, day: date) -> None:
        self.in_outlook(day, subject=f"o{next(self.values)}")

    @rule(day=mondays, by=hours)
    def move_an_occurrence_in_outlook(self, day: date, by: int) -> None:
        one = self.shown(day)
        shift = timedelta(hours=by)
        # Never so far that a neighbour whose deletion is taken back would be in the way.
        if (
            one is not None
            and one.original_start is not None
            and abs(one.start + shift - one.original_start) < FAR
        ):
            self.in_outlook(day, start=one.start + shift, end=one.end + shift)

    @rule(day=mondays)
    def delete_an_occurrence_in_outlook(self, day: date) -> None:
        one = self.shown(day)
        if one is not None and len(self.item().deletions) < 3:
            self.user.delete(one.id)
            self.edited.add(EX)

    @rule()
    def rename_in_outlook(self) -> None:
        self.in_outlook(None, subject=f"o{next(self.values)}")

    @rule(recurring=st.booleans())
    def single_or_series_in_outlook(self, recurring: bool) -> None:
        if (self.item().recurrence is not None) is not recurring:
            self.in_outlook(None, recurrence=PATTERN if recurring else None)

    @rule(day=mondays, broken=breaks)
    def name_an_occurrence_over_a_broken_connection(self, day: date, broken: Break) -> None:
        self.agree()
        self.name_an_occurrence_in_valueframe(day)
        self.sync_broken(broken, "UpdateItem")

    @rule(day=mondays, broken=breaks)
    def delete_an_occurrence_over_a_broken_connection(self, day: date, broken: Break) -> None:
        self.agree()
        self.delete_an_occurrence_in_valueframe(day)
        self.sync_broken(broken, "DeleteItem")

    @rule(broken=breaks, by=st.sampled_from([-1, 1]))
    def shift_over_a_broken_connection(self, broken: Break, by: int) -> None:
        self.agree()
        self.shift_in_valueframe(by)
        self.sync_broken(broken, "UpdateItem")

    @rule(by=st.sampled_from([-1, 1]))
    def shift_in_outlook(self, by: int) -> None:
        shift, item = timedelta(hours=by), self.item()
        if 4 < (item.start + shift).hour < 12:
            self.in_outlook(None, start=item.start + shift, end=item.end + shift)

    @rule()
    def agree(self) -> None:
        """The oracle."""
        (mine,), theirs = self.world.shown(VF) or [None], self.world.shown(EX)
        self.world.now += timedelta(hours=8)  # what was set aside has its turn again
        self.world.settle()
        (one,), (other,) = self.world.shown(VF), self.world.shown(EX)
        assert self.world.exchange.calendar().capabilities.project(one) == other
        assert self.world.exchange.mails() == 0
        if self.edited == {VF}:
            assert one == mine
        if self.edited == {EX}:
            assert [other] == theirs
        self.edited = set()

    def teardown(self) -> None:
        if hasattr(self, "values"):
            self.agree()

    def sync_broken(self, broken: Break, operation: str) -> None:
        simulator = self.world.exchange.simulator  # type: ignore[attr-defined]
        skip = 0 if operation == "DeleteItem" else broken.skip
        simulator.set_faults(
            [FaultRule(operation=operation, moment=broken.moment, status=0, skip=skip, times=1)]
        )
        self.world.sync()
        simulator.set_faults([])
        if broken.judged:
            self.agree()

    def stored(self) -> Event:
        (event,) = self.world.shown(VF)
        return event

    def store(self, **changes: Any) -> None:
        (item_id,) = self.world.valueframe.ids().values()
        before = self.stored()
        after = canonical(replace(before, **changes))
        if after != before:
            self.world.valueframe.edit(item_id, **changes)
            self.edited.add(VF)

    def override(self, day: date, by: int | None = None, **own: Any) -> None:
        event = self.stored()
        found = event.recurrence
        if found is None or day in found.deleted:
            return
        if by is not None:
            plain, shift = occurrence(event.when, day), timedelta(hours=by)
            own["when"] = replace(plain, start=plain.start + shift, end=plain.end + shift)
        others = tuple(one for one in found.exceptions if one.original != day)
        mine = next((one for one in found.exceptions if one.original == day), Override(day))
        self.store(recurrence=replace(found, exceptions=(*others, replace(mine, **own))))

    def item(self) -> ItemView:
        (item,) = self.user.items()
        return item

    def shown(self, day: date) -> ItemView | None:
        """The occurrence of that day, if the series has one."""
        item = self.item()
        try:
            return None if item.recurrence is None else self.user.occurrence(item.id, day)
        except KeyError:
            return None

    def in_outlook(self, day: date | None, **values: Any) -> None:
        one = self.item() if day is None else self.shown(day)
        if one is None:
            return
        before = self.world.shown(EX)
        try:
            self.user.edit(one.id, **values)
        except ValueError:
            return  # Outlook lets no occurrence cross its neighbour
        if self.world.shown(EX) != before:
            self.edited.add(EX)


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with quick_folder() as folder, running_outlook_side() as side:
        store = store_at(folder / "valueframe.db")
        yield World(store, side)
        store.close()


@pytest.mark.timeout(600)
def test_no_edit_of_a_series_is_lost_whatever_request_breaks_r17(world: World) -> None:
    class Bound(OneSeries):
        def __init__(self) -> None:
            self.world = world
            super().__init__()

    run_state_machine_as_test(Bound, settings=SETTINGS)
