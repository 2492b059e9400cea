"""An owner invites in Outlook somebody who has our plain copy of that event already (R9).

Exchange then puts the invitation beside the copy: where every item has a UID of its own it knows nothing of
it. The invitation stays, since the answer to it is the person's own, and the copy goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Never

import pytest
from sqlalchemy import select

from tests.strategies import NOW
from tests.sync.scenarios.fleet import Fleet, address, running_fleet
from tests.sync.scenarios.meetings import edit, events, in_step, invite, links, meeting, only
from vfadmin.calendars.ews.calendar import EwsCalendar
from vfadmin.calendars.graph import GraphCalendar
from vfadmin.errors import CalendarError, failure
from vfadmin.models import Pair


@pytest.fixture(params=[(), (1, 2), (1,), (2,)], ids=["ews", "graph", "owner-in-cloud", "invited-in-cloud"])
def fleet(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Fleet]:
    """The owner and one who takes part, on the same server or on two."""
    with running_fleet(tmp_path, 2, in_process=True, cloud=request.param) as fleet:
        yield fleet


def invited_beside_his_copy(fleet: Fleet) -> tuple[int, str]:
    """The event that both have, and the invitation to it that the second person receives as well."""
    number = meeting(fleet, 1, 2, title="Kokous")
    in_step(fleet)
    assert only(fleet, 2).subject == "Kokous"
    return number, invited(fleet)


def invited(fleet: Fleet) -> str:
    """The owner invites the second person in Outlook."""
    mine = only(fleet, 1)
    fleet.outlook(1).edit(mine.id, attendees=[address(2)])
    received = invite(fleet, 2, address(1), mine.uid)
    fleet.simulator.outbox.clear()  # Outlook's own
    return received


def pairs_of(fleet: Fleet, person: int) -> list[Pair]:
    with fleet.store.read() as session:
        return list(session.scalars(select(Pair).where(Pair.person_id == person)))


def assert_one(fleet: Fleet, number: int, received: str) -> None:
    """One event, one item of each person's and one pair for each; nobody got a mail."""
    in_step(fleet)
    assert [one.id for one in events(fleet)] == [number]
    assert set(links(fleet, number)) == {2}
    assert only(fleet, 2).id == received
    for person in (1, 2):
        assert [(one.exchange_id is not None, one.status) for one in pairs_of(fleet, person)] == [
            (True, "ok")
        ]
    assert fleet.simulator.outbox == []


@pytest.mark.parametrize("first", [(1, 2), (2, 1)])
def test_r9_he_is_left_with_one_event_and_one_pair(fleet: Fleet, first: tuple[int, int]) -> None:
    number, received = invited_beside_his_copy(fleet)
    for person in first:
        assert fleet.sync(person)[0].ok
    assert_one(fleet, number, received)


@pytest.mark.parametrize("first", [1, 2])
def test_r9_whose_copy_was_made_first_makes_no_difference(fleet: Fleet, first: int) -> None:
    """Made before the owner's, a copy has a UID of its own; made after it, that of the owner's event."""
    number = meeting(fleet, 1, 2, title="Kokous")
    for person in (first, 3 - first):
        assert fleet.sync(person)[0].ok
    received = invited(fleet)
    assert_one(fleet, number, received)


def test_r15_what_he_had_set_in_his_copy_stays_his(fleet: Fleet) -> None:
    """Before and after the invitation came: it is in ValueFrame before the copy goes, private too (R31)."""
    number = meeting(fleet, 1, 2, title="Kokous")
    in_step(fleet)
    copy = only(fleet, 2).id
    fleet.outlook(2).edit(copy, sensitivity="Private")
    in_step(fleet)
    received = invited(fleet)
    fleet.outlook(2).edit(copy, reminder_minutes=45)
    assert_one(fleet, number, received)
    his = links(fleet, number)[2]
    assert (his.private, his.reminder_minutes) == (True, 45)
    if not fleet.over_graph(2):  # there an invitation cannot be written to
        assert (only(fleet, 2).sensitivity, only(fleet, 2).reminder_minutes) == ("Private", 45)


def test_the_copy_that_could_not_be_deleted_at_once_makes_no_second_event(
    fleet: Fleet, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, received = invited_beside_his_copy(fleet)

    def cut_off(*_: Any) -> Never:
        raise CalendarError(failure("EX-CONN-05"))

    with monkeypatch.context() as patched:
        for calendar in (EwsCalendar, GraphCalendar):
            patched.setattr(calendar, "delete", cut_off)
        assert not fleet.sync(2)[0].ok
    assert_one(fleet, number, received)


def test_who_has_deleted_the_copy_himself_has_not_declined(fleet: Fleet) -> None:
    number = meeting(fleet, 1, 2, title="Kokous")
    in_step(fleet)
    copy = only(fleet, 2).id
    received = invited(fleet)
    fleet.outlook(2).delete(copy)
    assert_one(fleet, number, received)


def test_an_item_of_his_own_that_was_found_to_be_the_event_is_his_and_so_is_his_copy_of_it(
    tmp_path: Path,
) -> None:
    """Both carry the key of the pair that is bound to the invitation by then, and neither is deleted."""
    with running_fleet(tmp_path, 2, in_process=True, cloud=(1, 2)) as cloud:
        start = NOW + timedelta(days=1)
        cloud.outlook(2).create(subject="Kokous", start=start, end=start + timedelta(hours=1))
        number = meeting(cloud, 1, 2, title="Kokous")
        for person in (1, 2):
            assert cloud.sync(person)[0].ok
        edit(cloud, number, location="Sali")
        in_step(cloud)
        mine = only(cloud, 2).id
        copied = cloud.outlook(2).copy(mine)
        received = invited(cloud)
        in_step(cloud)
        assert {one.id for one in cloud.outlook(2).items()} == {mine, copied, received}
        assert {one.id for one in events(cloud) if one.owner_id == 1} == {number}
        assert cloud.titles(2)[0] == ["Kokous", "Kokous"]
        assert cloud.simulator.outbox == []
