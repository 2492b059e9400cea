"""What a broken connection or a killed process left behind, settled by asking the items themselves."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from tests.strategies import plain
from tests.sync.looking import fill
from tests.sync.world import PERSON, Fault, Killed, World
from vfadmin.calendars.base import Side
from vfadmin.calendars.ews.calendar import EwsCalendar
from vfadmin.models import Pair
from vfadmin.sync import recover

VF, EX = Side.VALUEFRAME, Side.EXCHANGE


@pytest.mark.parametrize("place", ["before-write", "after-write"])
@pytest.mark.parametrize("kill", [True, False])
def test_a_deletion_cut_off_is_done_once(ews_world: World, place: str, kill: bool) -> None:
    fill(ews_world, 2)
    ids = ews_world.valueframe.ids()
    ews_world.valueframe.remove(ids["Tapahtuma 00"])
    ews_world.sync(Fault(place, 1, kill=kill))
    ews_world.settle()
    assert [event.title for event in ews_world.shown(EX)] == ["Tapahtuma 01"]
    assert ews_world.shown(VF) == ews_world.shown(EX)


def interrupt_the_next_move(patch: pytest.MonkeyPatch, world: World, **edit: str) -> None:
    """Somebody edits an item right before it is moved, and the process ends right behind the move."""
    moves = count()
    original = EwsCalendar._move

    def move(self: EwsCalendar, item_id: str, target: Any) -> str | None:
        if next(moves):
            raise Killed
        if edit:
            world.exchange.edit(item_id, **edit)
        return original(self, item_id, target)

    patch.setattr(EwsCalendar, "_move", move)


@pytest.mark.parametrize("born", [VF, EX])
@pytest.mark.parametrize("edit", [{"location": "käyttäjältä"}, {"title": "Vielä tarpeen"}], ids=str)
def test_an_edit_that_went_with_a_deletion_cut_off_is_fetched_back(
    ews_world: World, monkeypatch: pytest.MonkeyPatch, born: Side, edit: dict[str, str]
) -> None:
    """EWS deletes without looking at the change key, so the edit lies in Deleted Items for a moment."""
    user = ews_world.valueframe if born is VF else ews_world.exchange
    user.add(plain("Poistuu"))
    user.add(plain("Pysyy"))
    ews_world.settle()
    ews_world.valueframe.remove(ews_world.valueframe.ids()["Poistuu"])
    with monkeypatch.context() as patch:
        interrupt_the_next_move(patch, ews_world, **edit)
        assert ews_world.sync() is None
    assert [event.title for event in ews_world.shown(EX)] == ["Pysyy"]
    ews_world.settle()
    shown = ews_world.shown(VF)
    assert shown == ews_world.shown(EX)
    assert len(shown) == 2
    assert {name: getattr(event, name) for event in shown for name in edit if event.title != "Pysyy"} == edit
    assert ews_world.exchange.mails() == 0


def test_what_other_events_lie_in_deleted_items_stays_there(
    ews_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person deletes an edited event, and the process ends in the deletion of another."""
    fill(ews_world, 2)
    for name in ("Tapahtuma 00", "Tapahtuma 01"):
        ews_world.valueframe.remove(ews_world.valueframe.ids()[name])
    (ex_id, other) = sorted(ews_world.exchange.ids().values())
    ews_world.exchange.edit(other, location="muualla")
    ews_world.exchange.remove(other)
    with monkeypatch.context() as patch:
        interrupt_the_next_move(patch, ews_world, location="muualla")
        assert ews_world.sync() is None
    ews_world.settle()
    assert len(ews_world.shown(EX)) == 1
    assert ews_world.shown(VF) == ews_world.shown(EX)
    assert ex_id not in ews_world.exchange.ids().values()


@pytest.mark.parametrize("kill", [True, False])
def test_an_edit_deleted_before_the_event_was_made_anew_stays_deleted(ews_world: World, kill: bool) -> None:
    """What was deleted with an edit lies under the same UID as what was made anew and is deleted now."""
    fill(ews_world, 1)
    (vf_id,) = ews_world.valueframe.ids().values()
    (ex_id,) = ews_world.exchange.ids().values()
    ews_world.exchange.edit(ex_id, location="käyttäjältä")
    ews_world.exchange.remove(ex_id)
    ews_world.valueframe.edit(vf_id, title="Vielä tarpeen")
    ews_world.settle()
    assert [event.title for event in ews_world.shown(EX)] == ["Vielä tarpeen"]
    ews_world.valueframe.remove(vf_id)
    ews_world.sync(Fault("after-write", 1, kill=kill))
    ews_world.settle()
    assert ews_world.shown(VF) == ews_world.shown(EX) == []


def test_an_update_that_landed_keeps_the_users_later_edit_of_the_same_field(ews_world: World) -> None:
    fill(ews_world, 1)
    (vf_id,) = ews_world.valueframe.ids().values()
    ews_world.valueframe.edit(vf_id, location="ValueFramesta")
    ews_world.sync(Fault("after-write", 1, kill=False))
    (ex_id,) = ews_world.exchange.ids().values()
    ews_world.exchange.edit(ex_id, location="käyttäjältä")
    ews_world.settle()
    assert [event.location for event in ews_world.shown(VF)] == ["käyttäjältä"]
    assert ews_world.shown(VF) == ews_world.shown(EX)


def test_a_create_that_lands_late_is_met_again_with_what_was_done_to_it(
    ews_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ews_world.valueframe.add(plain("Hidas"))
    ews_world.sync(Fault("after-write", 1, kill=False))
    (ex_id,) = ews_world.exchange.ids().values()
    ews_world.exchange.edit(ex_id, location="käyttäjältä")
    # The server did not show it yet when the leftovers were settled.
    with monkeypatch.context() as patch:
        patch.setattr(recover, "_landed", lambda *_: None)
        ews_world.sync()
    ews_world.settle()
    assert len(ews_world.shown(EX)) == 1
    assert [event.location for event in ews_world.shown(VF)] == ["käyttäjältä"]


def test_what_was_created_and_deleted_at_once_is_deleted(ews_world: World) -> None:
    ews_world.valueframe.add(plain("Lyhytikäinen"))
    ews_world.sync()
    (ex_id,) = ews_world.exchange.ids().values()
    ews_world.exchange.remove(ex_id)
    result = ews_world.sync()
    assert result is not None
    assert result.deleted == 1
    assert ews_world.shown(VF) == []


def test_what_another_pair_has_by_now_is_left_to_it(ews_world: World) -> None:
    """Else the mailbox would stop at this intent in every cycle."""
    ews_world.settle()
    ews_world.valueframe.add(plain("Palaveri"))
    ews_world.sync(Fault("after-write", 1, kill=False))
    (ex_id,) = ews_world.exchange.ids().values()
    other = ews_world.valueframe.add(plain("Toinen", days=2))
    with ews_world.store.write() as session:
        session.add(Pair(key="another", person_id=PERSON, valueframe_id=other, exchange_id=ex_id))
    ews_world.settle()
    assert ews_world.shown(VF) == ews_world.shown(EX)
    assert {event.title for event in ews_world.shown(EX)} == {"Palaveri", "Toinen"}
