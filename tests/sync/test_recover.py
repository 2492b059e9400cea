"""What a broken connection or a killed process left behind, settled by asking the items themselves."""

from __future__ import annotations

import pytest

from tests.strategies import plain
from tests.sync.looking import fill
from tests.sync.world import Fault, World
from vfadmin.calendars.base import Side
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
