"""Events in time zones that came with rules and without a known name (R17)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.simulator.custom_zones import both, defined
from tests.simulator.recurring import COUNT, weekly
from tests.simulator.wire import Wire, times
from tests.sync.ews_world import MAILBOX
from tests.sync.looking import history
from tests.sync.world import World
from vfadmin.calendars.base import Side
from vfadmin.calendars.event import Event, Recurrence, When

VF, EX = Side.VALUEFRAME, Side.EXCHANGE
START, END = datetime(2026, 12, 2, 8, tzinfo=UTC), datetime(2026, 12, 2, 9, tzinfo=UTC)
THIRTY = weekly(COUNT.format("2026-12-02", 30))
MEETING = Event("Palaveri", When(START, END, zone="Europe/Helsinki"))
KNOWN, ODD = defined("Customized Time Zone"), defined(periods={"winter": "-PT2H", "summer": "-PT3H30M"})


@pytest.fixture
def client(ews_world: World) -> Iterator[Wire]:
    """Another program of the mailbox's owner."""
    wire = Wire(ews_world.exchange.simulator)  # type: ignore[attr-defined]
    yield wire
    wire.close()


def made(client: Wire, zone: str, recurrence: str = "") -> str:
    content = f"<ty:Subject>Palaveri</ty:Subject>{times('2026-12-02T08:00:00Z', '2026-12-02T09:00:00Z')}"
    answer = client.create(content + recurrence + both(zone), person=MAILBOX)
    assert answer.codes == ["NoError"]
    return answer.item_ids()[0][0]


def test_a_series_whose_zone_has_a_known_clock_stands_in_valueframe_in_that_zone_r17(
    ews_world: World, client: Wire
) -> None:
    item_id = made(client, KNOWN, THIRTY)
    ews_world.sync()
    assert ews_world.settle(cycles=0).ok

    (event,) = ews_world.shown(VF)
    assert event.when == When(START, END, zone="Europe/Helsinki")
    assert event.recurrence is not None

    (number,) = ews_world.valueframe.ids().values()
    ews_world.valueframe.edit(number, title="Muu")
    ews_world.sync()
    assert ews_world.settle(cycles=0).ok
    user = ews_world.exchange.simulator.outlook(MAILBOX)  # type: ignore[attr-defined]
    assert (user.item(item_id).subject, user.item(item_id).start_zone) == ("Muu", "Customized Time Zone")
    summer = user.calendar(datetime(2027, 6, 1, tzinfo=UTC), datetime(2027, 6, 5, tzinfo=UTC))
    assert [one.start.hour for one in summer] == [7]
    assert ews_world.exchange.mails() == 0


def test_a_series_whose_zone_has_a_clock_of_its_own_is_left_alone_and_named_r17(
    ews_world: World, client: Wire
) -> None:
    made(client, ODD, THIRTY)
    for _ in range(3):
        ews_world.sync()
    assert ews_world.shown(VF) == []
    assert history(ews_world) == [("exchange", "skip", "left-alone")]


def test_a_single_event_in_such_a_zone_is_at_its_moment_and_keeps_the_zone_r17(
    ews_world: World, client: Wire
) -> None:
    item_id = made(client, ODD)
    user = ews_world.exchange.simulator.outlook(MAILBOX)  # type: ignore[attr-defined]
    before = user.item(item_id)
    ews_world.sync()
    assert ews_world.settle(cycles=0).ok
    assert user.item(item_id) == before
    (event,) = ews_world.shown(VF)
    assert event.when == When(START, END, zone="UTC")

    user.edit(item_id, start=START + timedelta(days=1), end=END + timedelta(days=1))
    ews_world.sync()
    assert ews_world.settle(cycles=0).ok
    (event,) = ews_world.shown(VF)
    assert (event.when.start, event.when.end) == (START + timedelta(days=1), END + timedelta(days=1))

    (number,) = ews_world.valueframe.ids().values()
    ews_world.valueframe.edit(number, title="Muu")
    ews_world.sync()
    assert ews_world.settle(cycles=0).ok
    after = user.item(item_id)
    assert (after.subject, after.start_zone) == ("Muu", "Oma")


def test_a_series_left_alone_meets_its_own_series_and_is_not_made_again_r29(
    ews_world: World, client: Wire
) -> None:
    item_id = made(client, ODD, THIRTY)
    ews_world.valueframe.add(replace(MEETING, recurrence=Recurrence("FREQ=WEEKLY;BYDAY=WE;COUNT=30")))
    for _ in range(3):
        ews_world.sync()
    user = ews_world.exchange.simulator.outlook(MAILBOX)  # type: ignore[attr-defined]
    assert [one.subject for one in user.items()] == ["Palaveri"]
    assert len(ews_world.shown(VF)) == 1

    user.edit(item_id, time_zone="Europe/Helsinki", location="Turku")
    ews_world.sync()
    assert ews_world.settle(cycles=0).ok
    assert [one.subject for one in user.items()] == ["Palaveri"]
    assert len(ews_world.shown(VF)) == 1


def test_a_series_left_alone_is_no_single_event_that_happens_to_be_at_its_time_r29(
    ews_world: World, client: Wire
) -> None:
    """Taken for one, it would lose all its other occurrences as soon as its zone is a usual one."""
    item_id = made(client, ODD, THIRTY)
    ews_world.valueframe.add(MEETING)
    ews_world.sync()
    user = ews_world.exchange.simulator.outlook(MAILBOX)  # type: ignore[attr-defined]
    assert len(user.items()) == 2

    user.edit(item_id, time_zone="Europe/Helsinki")
    ews_world.sync()
    assert ews_world.settle(cycles=0).ok
    assert len(user.items()) == len(ews_world.shown(VF)) == 2
    window = datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 12, 1, tzinfo=UTC)
    assert len(user.calendar(*window)) == 30 + 1
