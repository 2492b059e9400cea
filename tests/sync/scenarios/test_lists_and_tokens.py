"""Scenarios in which a list has gaps, a token is lost, or an event leaves the sight of it."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.strategies import NOW, plain
from tests.sync.looking import integration
from tests.sync.scenarios.fleet import running_fleet
from tests.sync.scenarios.playing import (
    EX,
    NOTHING,
    VF,
    Meanwhile,
    assert_in_step,
    fill_in_step,
    outlook,
    set_faults,
    synced,
    titles_of,
    void_sync_state,
    writes,
)
from tests.sync.world import PERSON, Fault, World
from vfadmin.calendars.base import Side
from vfadmin.calendars.event import When
from vfadmin.simulator.faults import FaultRule
from vfadmin.sync.cycle import sync_mailbox
from vfadmin.sync.values import MailboxResult


def test_scenario_04_a_list_of_0_then_everything(world: World) -> None:
    titles = fill_in_step(world, 12)
    void_sync_state(world)
    set_faults(world, FaultRule(kind="empty_list", operation="SyncFolderItems", times=1))
    empty = synced(world)
    assert (writes(empty), empty.held) == (NOTHING, 0)
    full = synced(world)
    assert (writes(full), full.held) == (NOTHING, 0)
    assert_in_step(world, titles)


def test_scenario_05_60_percent_of_a_list_twice(world: World) -> None:
    titles = fill_in_step(world, 30)
    for seed in (1, 2):
        void_sync_state(world)
        set_faults(world, FaultRule(kind="partial_list", share=0.6, seed=seed, times=1))
        partial = synced(world)
        assert (writes(partial), partial.held) == (NOTHING, 0)
    assert_in_step(world, titles)


def test_scenario_06_the_exchange_token_is_lost_while_3_were_deleted(world: World) -> None:
    titles = fill_in_step(world, 30)
    ids = world.exchange.ids()
    for title in titles[:3]:
        world.exchange.remove(ids[title])
    void_sync_state(world)
    assert writes(synced(world)) == (0, 0, 3)
    assert_in_step(world, titles[3:])


def test_scenario_06_the_valueframe_cursor_is_lost_while_3_were_deleted(world: World) -> None:
    titles = fill_in_step(world, 30)
    ids = world.valueframe.ids()
    for title in titles[:3]:
        world.valueframe.remove(ids[title])
    world.lose_cursor(VF)
    assert writes(synced(world)) == (0, 0, 3)
    assert_in_step(world, titles[3:])


@pytest.mark.parametrize("commit", range(3, 8))
def test_scenario_07_a_resync_is_killed_halfway(world: World, commit: int) -> None:
    titles = fill_in_step(world, 8)
    ids = world.exchange.ids()
    world.exchange.remove(ids[titles[0]])
    world.exchange.edit(ids[titles[5]], location="muutettu")
    void_sync_state(world)
    assert world.sync(Fault("before-commit", commit, kill=True)) is None
    assert_in_step(world, titles[1:])
    assert world.shown(VF)[4].location == "muutettu"


def test_scenario_07_a_resync_breaks_off_between_its_reads(world: World) -> None:
    titles = fill_in_step(world, 51)
    ids = world.exchange.ids()
    world.exchange.remove(ids[titles[0]])
    void_sync_state(world)
    set_faults(world, FaultRule(operation="GetItem", status=0, skip=1))
    assert not synced(world).ok
    assert len(titles_of(world, VF)) == 51
    assert_in_step(world, titles[1:])


@pytest.mark.parametrize("side", Side)
def test_scenario_08_an_event_is_moved_out_of_the_window_and_returns(world: World, side: Side) -> None:
    (title,) = fill_in_step(world, 1)
    user = world.exchange if side is EX else world.valueframe
    before = (world.valueframe.ids(), world.exchange.ids())
    for day in (NOW - timedelta(days=400), NOW + timedelta(days=880), NOW + timedelta(days=3)):
        (item_id,) = user.ids().values()
        moved = When(day, day + timedelta(hours=1), zone="Europe/Helsinki")
        user.edit(item_id, **({"start": moved.start, "end": moved.end} if side is EX else {"when": moved}))
        assert synced(world).deleted == 0
        assert len(world.shown(VF)) == len(world.shown(EX)) == 1
    assert_in_step(world, [title])
    assert world.shown(VF)[0].when.start == NOW + timedelta(days=3)
    assert (world.valueframe.ids(), world.exchange.ids()) == before


def test_scenario_08_an_event_ages_out_is_frozen_and_returns(world: World) -> None:
    (title,) = fill_in_step(world, 1)
    (near,) = world.valueframe.ids().values()
    world.now += timedelta(days=30)
    world.valueframe.edit(near, location="jälkikäteen")
    void_sync_state(world)
    assert writes(synced(world)) == NOTHING
    assert (len(world.shown(VF)), world.shown(EX)[0].location) == (1, "")
    start = world.now + timedelta(days=1)
    world.valueframe.edit(near, when=When(start, start + timedelta(hours=1), zone="Europe/Helsinki"))
    assert_in_step(world, [title])
    assert world.shown(EX)[0].location == "jälkikäteen"


def test_scenario_09_an_item_is_made_and_edited_across_pages(world: World) -> None:
    outlook(world).page = 2
    titles = [f"Tapahtuma {number}" for number in range(7)]
    for number, title in enumerate(titles):
        world.exchange.add(plain(title, days=1 + number))
    first = world.exchange.ids()[titles[0]]
    # The first page's commit is the third of a cycle: the lease and the mailbox come before it.
    edit = Meanwhile("after-commit", 3, kill=False, action=lambda: world.exchange.edit(first, location="X"))
    synced(world, edit)
    assert edit.nth <= 0
    assert_in_step(world, titles)
    assert world.shown(VF)[0].location == "X"


def test_scenario_09_two_syncs_at_once_make_one_event(world: World) -> None:
    world.exchange.add(plain("Exchangesta"))
    world.valueframe.add(plain("ValueFramesta"))
    start, results = threading.Barrier(2), list[MailboxResult]()

    def one(owner: str) -> None:
        start.wait()
        results.append(sync_mailbox(replace(world.bench, owner=owner), PERSON))

    threads = [threading.Thread(target=one, args=(owner,)) for owner in ("yksi", "kaksi")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = [result.failure.code for result in results if result.failure is not None]
    assert any(result.ok for result in results)
    assert set(refused) <= {"VF-LEASE-01"}
    assert_in_step(world, ["Exchangesta", "ValueFramesta"])


def test_scenario_27_a_filter_hides_rows_from_every_list(world: World) -> None:
    titles = fill_in_step(world, 20)
    void_sync_state(world)
    set_faults(world, FaultRule(kind="partial_list", share=0.2, seed=3, times=None))
    for _ in range(3):
        hidden = synced(world)
        assert (writes(hidden), hidden.held) == (NOTHING, 0)
    set_faults(world)
    assert_in_step(world, titles)


def test_scenario_27_a_permission_hides_rows_from_every_reading(world: World) -> None:
    titles = fill_in_step(world, 20)
    denied = [
        FaultRule(kind="quarantined", subject=title, code="ErrorAccessDenied", times=None)
        for title in titles[:8]
    ]
    void_sync_state(world)
    set_faults(world, *denied)
    for _ in range(2):
        assert synced(world).deleted == 0
    assert len(world.shown(VF)) == 20
    set_faults(world)
    world.now += timedelta(hours=7)
    assert_in_step(world, titles)
    assert integration(world).waiting == 0


def test_scenario_27_rows_that_read_as_gone_after_a_lost_token_are_held(world: World) -> None:
    titles = fill_in_step(world, 20)
    hidden = [
        FaultRule(kind="quarantined", subject=title, code="ErrorItemNotFound", times=None)
        for title in titles[:8]
    ]
    void_sync_state(world)
    set_faults(world, FaultRule(kind="partial_list", share=0.4, seed=1, times=None), *hidden)
    result = synced(world)
    assert (result.deleted, result.held) == (0, 8)
    assert len(world.shown(VF)) == 20
    set_faults(world)
    void_sync_state(world)
    assert_in_step(world, titles)
    assert integration(world).waiting == 0


def test_a_few_deletions_in_each_of_many_mailboxes_are_held_for_everybody(tmp_path: Path) -> None:
    """What goes wrong for all at once takes no more than 5 from anybody, and must be stopped all the same."""
    with running_fleet(tmp_path, 15) as fleet:
        for person in range(1, 16):
            for number in range(4):
                fleet.add(person, plain(f"Tapahtuma {number}", days=1 + number))
        assert all(one.ok for one in fleet.sync(*range(1, 16)))
        for person in range(1, 16):
            for item in fleet.outlook(person).items():
                fleet.outlook(person).delete(item.id)
        results = [result for person in range(1, 16) for result in fleet.sync(person)]
        assert sum(one.deleted for one in results) == 48
        assert [one.held for one in results] == [0] * 12 + [4] * 3
        assert [len(fleet.titles(person)[0]) for person in range(1, 16)] == [0] * 12 + [4] * 3
