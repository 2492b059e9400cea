"""A create over Graph that is under way still while it is repeated, or whose event nobody has seen.

Nothing shows its event, and the repetition is refused. A create under another transaction would make a second
event, so it is waited for, and an admin is asked in the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.sync.scenarios.fleet import Fleet, address, running_fleet
from tests.sync.scenarios.meetings import edit, events, in_step, meeting, only
from vfadmin.models import Pair, PairStatus
from vfadmin.services.held import Decision, Kind
from vfadmin.simulator.faults import FaultRule
from vfadmin.sync.compare import Resolution

CREATES = "GraphCreateEvent"


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[Fleet]:
    """An owner and one who takes part, both in Office 365."""
    with running_fleet(tmp_path, 2, in_process=True, cloud=(1, 2)) as fleet:
        yield fleet


def pair_of(fleet: Fleet, person: int) -> Pair:
    with fleet.store.read() as session:
        return session.scalars(select(Pair).where(Pair.person_id == person)).one()


def under_way(cloud: Fleet, person: int) -> int:
    """An event whose create for the person does not come to its end, tried until it is refused."""
    number = meeting(cloud, 1, 2)
    for one in {1, person} - {person}:
        assert cloud.sync(one)[0].ok
    cloud.simulator.set_faults([FaultRule(kind="late_create", times=None)])
    assert not cloud.sync(person)[0].ok
    assert cloud.sync(person)[0].ok
    pair = pair_of(cloud, person)
    assert (pair.status, pair.error_code, pair.exchange_id) == ("quarantined", "EX-ITEM-06", None)
    assert cloud.outlook(person).items() == []
    return number


@pytest.mark.parametrize("person", [1, 2], ids=["owner", "participant"])
def test_scenario_03_what_lands_late_is_one_event(cloud: Fleet, person: int) -> None:
    number = under_way(cloud, person)
    cloud.simulator.set_faults([])
    in_step(cloud)
    assert [one.id for one in events(cloud)] == [number]
    assert only(cloud, person).subject == "Palaveri"
    pair = pair_of(cloud, person)
    assert (pair.exchange_id is not None, pair.status) == (True, "ok")


def test_it_is_looked_for_again_ever_more_rarely_and_never_made_anew(cloud: Fleet) -> None:
    under_way(cloud, 1)
    cloud.simulator.clear_requests()
    for _ in range(24):
        cloud.clock.advance(timedelta(hours=1))
        assert cloud.sync(1)[0].ok
    tries = cloud.simulator.request_counts()[CREATES]
    assert 3 <= tries < 24
    cloud.simulator.set_faults([])
    in_step(cloud)
    assert only(cloud, 1).subject == "Palaveri"
    assert len(events(cloud)) == 1


def test_scenario_03_what_lands_late_is_one_event_whatever_uid_valueframe_has_for_it(cloud: Fleet) -> None:
    number = meeting(cloud, 1)
    edit(cloud, number, uid="of-another-program@example.test")
    cloud.simulator.set_faults([FaultRule(kind="late_create", times=None)])
    assert not cloud.sync(1)[0].ok
    assert cloud.sync(1)[0].ok
    cloud.simulator.set_faults([])
    in_step(cloud)
    assert [one.id for one in events(cloud)] == [number]
    assert only(cloud, 1).subject == "Palaveri"
    assert pair_of(cloud, 1).status == PairStatus.OK


@pytest.mark.parametrize("again", [False, True], ids=["before the next try", "after the next try"])
def test_scenario_03_an_edit_made_while_a_create_is_under_way_is_not_undone_by_it(
    cloud: Fleet, again: bool
) -> None:
    """What lands is what the first try meant, not the last."""
    in_step(cloud)
    number = under_way(cloud, 1)
    edit(cloud, number, location="Neuvotteluhuone")
    if again:
        cloud.clock.advance(timedelta(hours=1))
        assert cloud.sync(1)[0].ok
    cloud.simulator.set_faults([])
    cloud.clock.advance(timedelta(hours=2))
    in_step(cloud)
    assert only(cloud, 1).location == "Neuvotteluhuone"
    assert [one.location for one in events(cloud)] == ["Neuvotteluhuone"]


def later(cloud: Fleet, span: timedelta) -> None:
    """The server's clock goes on."""
    now = cloud.simulator._store.clock() + span
    cloud.simulator._store.clock = lambda: now


@pytest.mark.parametrize("span", [timedelta(seconds=10), timedelta(minutes=5)], ids=["at once", "later"])
def test_scenario_10_what_lands_late_and_is_copied_while_it_waits_for_its_turn_is_one(
    cloud: Fleet, span: timedelta
) -> None:
    in_step(cloud)
    number = under_way(cloud, 1)
    cloud.simulator.set_faults([])
    cloud.preview(1)  # it lands
    later(cloud, span)
    copied = cloud.outlook(1).copy(only(cloud, 1).id)
    cloud.outlook(1).edit(copied, subject="Kopio")
    in_step(cloud)
    assert cloud.titles(1) == (["Kopio", "Palaveri"], ["Kopio", "Palaveri"])
    assert number in [one.id for one in events(cloud)]


def test_scenario_03_what_took_longer_than_anybody_waits_for_is_known_by_its_stamp(cloud: Fleet) -> None:
    """It was made so long after its record was written as nothing but a copy else is."""
    in_step(cloud)
    number = meeting(cloud, 1)
    lost = FaultRule(kind="answer", operation=CREATES, status=504, moment="after", times=1)
    cloud.simulator.set_faults([lost])
    assert not cloud.sync(1)[0].ok
    later(cloud, timedelta(minutes=5))
    store = cloud.simulator._store
    with store.lock:
        mailbox = store.by_email(address(1))
        assert mailbox is not None
        for item in tuple(mailbox.items.values()):
            mailbox.save(replace(item, created=store.clock()))
    in_step(cloud)
    assert only(cloud, 1).subject == "Palaveri"
    assert [one.id for one in events(cloud)] == [number]


def made_and_deleted(cloud: Fleet) -> int:
    """An event that was made although the answer was lost, and deleted in Outlook before we saw it."""
    number = meeting(cloud, 1)
    lost = FaultRule(kind="answer", operation=CREATES, status=504, moment="after", times=1)
    cloud.simulator.set_faults([lost])
    assert not cloud.sync(1)[0].ok
    cloud.outlook(1).delete(only(cloud, 1).id)
    cloud.simulator.set_faults([FaultRule(kind="refused_repeat", operation=CREATES, times=None)])
    return number


def waiting_for_a_word(cloud: Fleet) -> str:
    """Hour by hour until an admin is asked; the name of what waits."""
    for _ in range(48):
        cloud.clock.advance(timedelta(hours=1))
        assert cloud.sync(1)[0].ok
        found = [one for one in cloud.services.held.events(1) if one.kind is Kind.CREATION]
        if found:
            (one,) = found
            assert (one.title, one.side, one.code) == ("Palaveri", "exchange", "EX-ITEM-06")
            assert one.ways == (Decision.PROCESS, Decision.SKIP)
            return one.ref
    raise AssertionError("nobody is asked")


def test_r24_what_landed_and_was_deleted_unseen_waits_for_an_admin_within_two_days(cloud: Fleet) -> None:
    number = made_and_deleted(cloud)
    waiting_for_a_word(cloud)
    cloud.simulator.clear_requests()
    edit(cloud, number, location="Neuvotteluhuone")
    for _ in range(3):
        cloud.clock.advance(timedelta(hours=8))
        assert cloud.sync(1)[0].ok
    assert CREATES not in cloud.simulator.request_counts()
    (waiting,) = cloud.services.held.events(1)
    assert (waiting.kind, waiting.code) == (Kind.CREATION, "EX-ITEM-06")
    assert [row.resolution for row in cloud.synchronise.compare(1).rows] == [Resolution.HELD]


def test_r24_it_is_made_anew_by_an_admins_word_once(cloud: Fleet) -> None:
    number = made_and_deleted(cloud)
    (done,) = cloud.services.held.decide(Decision.PROCESS, 1, [waiting_for_a_word(cloud)])
    assert done.error is None
    in_step(cloud)
    assert only(cloud, 1).subject == "Palaveri"
    assert [one.id for one in events(cloud)] == [number]
    pair = pair_of(cloud, 1)
    assert (pair.status, pair.decision, pair.attempts) == (PairStatus.OK, None, 0)
    assert cloud.services.held.events(1) == ()


def test_r24_made_anew_with_its_answer_lost_it_is_still_one(cloud: Fleet) -> None:
    number = made_and_deleted(cloud)
    cloud.services.held.decide(Decision.PROCESS, 1, [waiting_for_a_word(cloud)])
    lost = FaultRule(kind="answer", operation=CREATES, status=504, moment="after", times=1)
    cloud.simulator.set_faults([lost, FaultRule(kind="refused_repeat", operation=CREATES, times=None)])
    assert not cloud.sync(1)[0].ok
    in_step(cloud)
    assert only(cloud, 1).subject == "Palaveri"
    assert [one.id for one in events(cloud)] == [number]


def test_r24_left_alone_it_stays_in_valueframe_until_it_comes_back_in_outlook(cloud: Fleet) -> None:
    number = made_and_deleted(cloud)
    cloud.services.held.decide(Decision.SKIP, 1, [waiting_for_a_word(cloud)])
    edit(cloud, number, location="Neuvotteluhuone")
    in_step(cloud)
    assert cloud.outlook(1).items() == []
    assert [one.id for one in events(cloud)] == [number]
    assert cloud.services.held.events(1) == ()


@pytest.mark.parametrize("word", [None, Decision.SKIP], ids=["undecided", "left alone"])
def test_r24_one_that_comes_to_light_after_all_is_the_one(cloud: Fleet, word: Decision | None) -> None:
    number = under_way(cloud, 1)
    ref = waiting_for_a_word(cloud)
    if word is not None:
        cloud.services.held.decide(word, 1, [ref])
    cloud.simulator.set_faults([])
    in_step(cloud)
    assert only(cloud, 1).subject == "Palaveri"
    assert [one.id for one in events(cloud)] == [number]
    assert pair_of(cloud, 1).status == PairStatus.OK


def test_r24_deleted_in_valueframe_too_nothing_is_left_to_decide(cloud: Fleet) -> None:
    number = made_and_deleted(cloud)
    waiting_for_a_word(cloud)
    edit(cloud, number, deleted_at=cloud.clock())
    in_step(cloud)
    assert events(cloud) == []
    assert cloud.services.held.events(1) == ()
    with cloud.store.read() as session:
        assert session.scalars(select(Pair)).all() == []
