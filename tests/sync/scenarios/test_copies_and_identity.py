"""Scenarios of items that look alike: copies, shared UIDs, none at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from tests.strategies import plain
from tests.sync.looking import integration
from tests.sync.scenarios.playing import (
    EX,
    NOTHING,
    VF,
    Meanwhile,
    assert_in_step,
    change_items,
    fill_in_step,
    outlook,
    synced,
    titles_of,
    writes,
)
from tests.sync.world import PERSON, Fault, World
from vfadmin.calendars.base import Side
from vfadmin.calendars.codec import from_json
from vfadmin.calendars.event import Event, canonical
from vfadmin.calendars.exchange.marks import BROUGHT, KEY
from vfadmin.models import History, Pair
from vfadmin.simulator import ids
from vfadmin.simulator.item import Item
from vfadmin.sync import recover, rows
from vfadmin.sync.engine import Engine


@pytest.mark.parametrize("side", Side)
def test_scenario_10_a_user_copies_a_synchronised_event(world: World, side: Side) -> None:
    world.valueframe.add(plain("Palaveri"))
    world.settle()
    user = world.exchange if side is EX else world.valueframe
    user.copy(user.ids()["Palaveri"], "Kopio")
    assert_in_step(world, ["Palaveri", "Kopio"])


def test_scenario_10_a_copy_under_the_same_title_stays_two_events(world: World) -> None:
    world.valueframe.add(plain("Palaveri"))
    world.settle()
    world.exchange.copy(world.exchange.ids()["Palaveri"], "Palaveri")
    assert_in_step(world, ["Palaveri", "Palaveri"])


@pytest.mark.parametrize("title", ["Palaveri", "Kopio"])
def test_scenario_10_a_user_copies_in_the_crash_window(world: World, title: str) -> None:
    world.valueframe.add(plain("Palaveri"))
    assert world.sync(Fault("after-write", 1, kill=True)) is None
    world.exchange.copy(world.exchange.ids()["Palaveri"], title)
    assert_in_step(world, ["Palaveri", title])


def test_scenario_10_a_copy_is_edited_and_its_original_deleted(world: World) -> None:
    world.valueframe.add(plain("Palaveri"))
    world.settle()
    original = world.exchange.ids()["Palaveri"]
    world.exchange.copy(original, "Kopio")
    world.exchange.remove(original)
    assert_in_step(world, ["Kopio"])


def multiplied(count: int) -> list[Event]:
    return [canonical(plain(f"Sama {number:03}", days=1 + number / 24)) for number in range(count)]


def multiply(world: World, count: int, uid: str = "040000008200E00074C5B7101A82E008") -> list[str]:
    """Put so many items under one UID into Outlook; answers their titles."""
    titles = []
    for event in multiplied(count):
        world.exchange.add(event)
        titles.append(event.title)
    change_items(world, lambda item: replace(item, uid=uid) if item.subject in titles else item)
    return titles


def set_aside(world: World) -> list[tuple[str, datetime]]:
    """Title and start of what the history says was set aside."""
    with world.store.read() as session:
        rows = session.scalars(select(History).where(History.operation == "quarantine").order_by(History.id))
        told = [(from_json(row.before or {}), row.detail["code"]) for row in rows]
    assert {code for _, code in told} == {"EX-ITEM-05"}
    return sorted((event.title, event.when.start) for event, _ in told)


@pytest.mark.parametrize("again", [False, True], ids=["copy", "copy of a copy"])
def test_scenario_10_an_edit_beats_the_deletion_of_what_was_copied_in_outlook(
    world: World, again: bool
) -> None:
    """What ValueFrame edits is made anew, and the copy, which carries its key, is not taken for it."""
    world.exchange.add(plain("Palaveri"))
    world.settle()
    world.valueframe.edit(world.valueframe.ids()["Palaveri"], location="Sali")
    world.settle()
    original = "Palaveri"
    if again:
        world.exchange.copy(world.exchange.ids()["Palaveri"], "Kopio")
        world.settle()
        world.valueframe.edit(world.valueframe.ids()["Kopio"], location="Aula")
        world.settle()
        original = "Kopio"
    world.exchange.copy(world.exchange.ids()[original], "Uusi")
    world.valueframe.edit(world.valueframe.ids()[original], location="Kirjasto")
    world.exchange.remove(world.exchange.ids()[original])
    assert_in_step(world, [*(["Palaveri"] if again else []), original, "Uusi"])
    assert {one.title: one.location for one in world.shown(EX)}[original] == "Kirjasto"


def test_scenario_10_what_was_made_anew_over_ews_is_told_from_its_copy_over_graph(graph_world: World) -> None:
    """Over EWS nothing was noted down of an event that was born in Exchange but the time of each write."""
    world = graph_world
    world.exchange.add(plain("Palaveri"))
    world.settle()
    world.valueframe.edit(world.valueframe.ids()["Palaveri"], location="Sali")
    world.settle()
    change_items(world, made_anew_over_ews)
    world.settle()
    world.exchange.copy(world.exchange.ids()["Palaveri"], "Uusi")
    world.valueframe.edit(world.valueframe.ids()["Palaveri"], location="Kirjasto")
    world.exchange.remove(world.exchange.ids()["Palaveri"])
    assert_in_step(world, ["Palaveri", "Uusi"])
    assert {one.title: one.location for one in world.shown(EX)}["Palaveri"] == "Kirjasto"


def made_anew_over_ews(item: Item) -> Item:
    name, _ = next(one for one in item.extended.items() if one[0].name == KEY)
    return replace(item, extended={**item.extended, replace(name, name=BROUGHT): "-"})


def edited_and_deleted(world: World, born: Side) -> None:
    """An event that carries our key is deleted in Outlook while ValueFrame edits it."""
    (world.exchange if born is EX else world.valueframe).add(plain("Palaveri"))
    world.settle()
    for location in ("Sali", "Kirjasto"):
        world.settle()
        world.valueframe.edit(world.valueframe.ids()["Palaveri"], location=location)
    world.exchange.remove(world.exchange.ids()["Palaveri"])


@pytest.mark.parametrize("born", Side)
def test_scenario_10_what_is_taken_out_of_deleted_items_before_it_is_made_anew_is_the_one(
    world: World, born: Side
) -> None:
    edited_and_deleted(world, born)
    assert not synced(world, Fault("before-write", 1, kill=False)).ok
    outlook(world).restore("Palaveri")
    assert_in_step(world, ["Palaveri"])
    assert world.shown(EX)[0].location == "Kirjasto"


@pytest.mark.parametrize("born", Side)
def test_scenario_10_what_is_taken_out_of_deleted_items_while_it_is_made_anew_is_the_one(
    world: World, born: Side
) -> None:
    edited_and_deleted(world, born)
    restored = Meanwhile("before-write", 1, kill=False, action=lambda: outlook(world).restore("Palaveri"))
    assert synced(world, restored).ok
    assert_in_step(world, ["Palaveri"])
    assert world.shown(EX)[0].location == "Kirjasto"


@pytest.mark.parametrize("title", ["Palaveri", "Kopio"])
def test_scenario_10_what_lands_late_and_is_copied_before_it_is_seen_is_one(
    world: World, monkeypatch: pytest.MonkeyPatch, title: str
) -> None:
    """Which of the two is ours does not matter, only that one of them is."""
    world.settle()
    world.valueframe.add(plain("Palaveri"))
    assert not synced(world, Fault("after-write", 1, kill=False)).ok
    world.exchange.copy(world.exchange.ids()["Palaveri"], title)
    with monkeypatch.context() as patch:  # the server did not show it yet when the leftovers were settled
        patch.setattr(recover, "_landed", lambda *_: None)
        assert synced(world).ok
    assert_in_step(world, ["Palaveri", title])


def test_scenario_10_an_older_database_meets_what_was_made_anew_since_while_it_makes_it_anew(
    world: World,
) -> None:
    """Over Graph it has a UID that the database does not know, and is met by its key alone."""
    world.valueframe.add(plain("Palaveri"))
    world.settle()
    with world.store.read() as session:
        older = rows.columns(rows.view(session.scalars(select(Pair)).one()))
    for location in ("Sali", "Kirjasto"):
        world.valueframe.edit(world.valueframe.ids()["Palaveri"], location=location)
        if location == "Sali":
            world.exchange.remove(world.exchange.ids()["Palaveri"])
            world.settle()
    with world.store.write() as session:
        session.execute(update(Pair).values(older))
    world.lose_cursor(EX)
    assert synced(world).ok
    assert_in_step(world, ["Palaveri"])
    assert world.shown(EX)[0].location == "Kirjasto"


def test_scenario_11_700_items_with_one_uid_are_set_aside_and_the_rest_proceeds(world: World) -> None:
    multiply(world, 700)
    world.exchange.add(plain("Outlookista"))
    world.valueframe.add(plain("ValueFramesta", days=2))
    result = synced(world)
    assert (result.ok, writes(result), result.skipped) == (True, (1, 1, 0), 700)
    assert integration(world).waiting == 700
    assert integration(world).matched
    assert set_aside(world) == [(event.title, event.when.start) for event in multiplied(700)]
    assert writes(synced(world)) == NOTHING
    assert titles_of(world, VF) == ["Outlookista", "ValueFramesta"]
    assert world.exchange.mails() == 0


def test_scenario_11_a_dry_run_names_them_as_skipped(world: World) -> None:
    titles = multiply(world, 12)
    (dry,) = Engine(world.bench, enabled=lambda: True).preview([PERSON])
    assert [(one.title, one.operation, one.reason) for one in dry.operations] == [
        (title, "skip", "shared-uid") for title in titles
    ]


def test_scenario_11_the_few_that_are_left_arrive_by_themselves(world: World) -> None:
    titles = multiply(world, 13)
    synced(world)
    for title in titles[11:]:
        world.exchange.remove(world.exchange.ids()[title])
    assert writes(synced(world)) == NOTHING
    assert integration(world).waiting == 11
    world.exchange.remove(world.exchange.ids()[titles[10]])
    world.now += timedelta(hours=7)
    assert_in_step(world, titles[:10])
    assert integration(world).waiting == 0


def test_scenario_11_touching_one_of_them_does_not_let_it_through(world: World) -> None:
    titles = multiply(world, 12)
    synced(world)
    for title in titles[:3]:
        world.exchange.touch(world.exchange.ids()[title])
        assert writes(synced(world)) == NOTHING
    world.now += timedelta(hours=1)
    assert writes(synced(world)) == NOTHING
    assert titles_of(world, VF) == []
    assert len(set_aside(world)) >= 12


def test_scenario_11_what_comes_under_the_uid_of_a_synchronised_event_leaves_that_alone(world: World) -> None:
    (title,) = fill_in_step(world, 1)
    with world.store.read() as session:
        uid = session.scalars(select(Pair.uid)).one()
    assert uid
    copies = multiply(world, 12, uid)
    world.exchange.edit(world.exchange.ids()[title], location="muutettu")
    result = synced(world)
    assert (writes(result), result.skipped) == ((1, 0, 0), 12)
    assert [event.location for event in world.shown(VF)] == ["muutettu"]
    for copied in copies:
        world.exchange.remove(world.exchange.ids()[copied])
    assert_in_step(world, [title])
    assert integration(world).waiting == 0


def test_scenario_12_an_item_without_a_uid(world: World) -> None:
    world.exchange.add(plain("Palaveri"))
    world.valueframe.add(plain("Toinen", days=2))
    change_items(world, lambda item: replace(item, uid=""))
    world.settle()
    world.exchange.edit(world.exchange.ids()["Palaveri"], location="A")
    world.valueframe.edit(world.valueframe.ids()["Palaveri"], text="B")
    assert_in_step(world, ["Palaveri", "Toinen"])


def test_scenario_12_change_keys_beyond_65000_characters(
    ews_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over EWS: over Graph a version travels in a header, which no server takes that long."""
    world = ews_world
    short = ids.change_key
    monkeypatch.setattr(ids, "change_key", lambda *parts: short(*parts) + "A" * 70_000)
    monkeypatch.setattr(ids, "is_change_key", lambda _text: True)
    titles = fill_in_step(world, 2)
    world.valueframe.edit(world.valueframe.ids()[titles[0]], location="ValueFramesta")
    world.exchange.edit(world.exchange.ids()[titles[1]], location="Exchangesta")
    assert writes(synced(world)) == (1, 1, 0)
    assert_in_step(world, titles)


def test_scenario_29_both_calendars_full_of_the_same_events_and_no_key_anywhere_r29(world: World) -> None:
    titles = [f"Tapahtuma {number:02}" for number in range(20)]
    for number, title in enumerate(titles):
        world.exchange.add(plain(title, days=1 + number / 24))
        world.valueframe.add(plain(title, days=1 + number / 24))
    before = (world.valueframe.ids(), world.exchange.ids())
    result = synced(world)
    assert (writes(result)[2], len(world.shown(VF)), len(world.shown(EX))) == (0, 20, 20)
    assert_in_step(world, titles)
    assert (world.valueframe.ids(), world.exchange.ids()) == before
    assert writes(synced(world)) == NOTHING
