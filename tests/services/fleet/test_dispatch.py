"""What there is to do for all workers together."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.clock import FakeClock
from tests.services.scenes import active, change
from vfadmin.models import Intent, Pair
from vfadmin.models.store import Store
from vfadmin.services.context import Services
from vfadmin.services.fleet.dispatch import Dispatch, Wanted
from vfadmin.services.fleet.pace import Pace
from vfadmin.sync.schedule import Stretch
from vfadmin.sync.takeout import TAKE_OUT

PACE = Pace(smallest=2, largest=2)
LATER = timedelta(minutes=2)


class Switch:
    """Whether anything is to be synchronised."""

    on = True

    def __call__(self) -> bool:
        return self.on


@pytest.fixture
def switch() -> Switch:
    return Switch()


@pytest.fixture
def ids(services: Services) -> list[int]:
    services.connections.set(url="https://mail.firma.fi/ews/exchange.asmx", account="svc@firma.fi")
    return [active(services, f"P{number}").id for number in range(5)]


@pytest.fixture
def dispatch(store: Store, fake_clock: FakeClock, switch: Switch) -> Dispatch:
    return Dispatch(store, fake_clock, switch, PACE)


def test_a_stretch_is_wanted_where_anybody_is_due(
    dispatch: Dispatch, ids: list[int], store: Store, fake_clock: FakeClock
) -> None:
    for one in (ids[0], ids[1], ids[3]):
        change(store, one, next_run_at=fake_clock.now + LATER)
    assert dispatch.wanted() == Wanted((Stretch(ids[2], ids[4]), Stretch(ids[4])))
    for one in (ids[2], ids[4]):
        change(store, one, next_run_at=fake_clock.now + LATER)
    assert dispatch.wanted() == Wanted()


def test_who_is_in_a_hurry_is_in_no_stretch(dispatch: Dispatch, ids: list[int], store: Store) -> None:
    del store
    dispatch.hurry(ids[:4])
    assert dispatch.wanted() == Wanted((Stretch(ids[4]),), hurried=True)
    claimed = dispatch.claim(3)
    assert claimed == ids[:3]
    dispatch.unclaim([])
    dispatch.unclaim(claimed[:1])
    assert dispatch.wanted().stretches == (Stretch(ids[0], ids[2]), Stretch(ids[4]))
    assert dispatch.behind([]) == []


def test_r14_while_all_is_paused_nothing_is_wanted(
    dispatch: Dispatch, ids: list[int], switch: Switch
) -> None:
    dispatch.hurry(ids)
    switch.on = False
    assert dispatch.wanted() == Wanted()
    assert dispatch.claim(9) == []


def test_r30_a_mailbox_that_is_to_be_cleared_has_a_stretch_of_its_own(
    dispatch: Dispatch, services: Services, store: Store, fake_clock: FakeClock
) -> None:
    """It is synchronised no more, so it is in no other."""
    gone = active(services).id
    with store.write() as session:
        pair = Pair(key="k", person_id=gone, valueframe_id="1", exchange_id="x")
        session.add(pair)
        session.flush()
        session.add(
            Intent(
                pair_id=pair.id,
                person_id=gone,
                side="exchange",
                operation=TAKE_OUT,
                stamp="s",
                payload={},
                created_at=fake_clock.now,
            )
        )
    change(store, gone, state="passive", next_run_at=None)
    assert dispatch.wanted() == Wanted((Stretch(gone, gone + 1),))
