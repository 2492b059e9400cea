"""Which items share a UID: the living ones of Exchange, whatever of them is paired."""

from __future__ import annotations

from tests.strategies import plain
from vfadmin.calendars.base import Capabilities, Item, Side
from vfadmin.sync.doubles import FEW, sharing_a_uid
from vfadmin.sync.values import PairView, Reading, Snapshot, Twin

VF, EX = Side.VALUEFRAME, Side.EXCHANGE


def sharing(*pairs: PairView, **uids: str | None) -> set[str]:
    """The ids that share a UID, of items named by their ids with these UIDs; ``gone`` for one that is."""
    readings = {
        id_: Reading(gone=True) if uid == "gone" else Reading(Item(id_, "1", plain(), uid=uid))
        for id_, uid in uids.items()
    }
    return set(sharing_a_uid(Snapshot(pairs, {VF: {}, EX: readings}, {EX: Capabilities()}), pairs, few=1))


def pair(id_: str, uid: str | None) -> PairView:
    return PairView("k1", Twin("7", "1", plain()), Twin(id_, "1", plain()), plain(), uid)


def test_only_those_that_share_one_are_meant() -> None:
    assert sharing(a="u", b="u", c="v", d=None, e=None, f="", g="") == {"a", "b"}


def test_lone_occurrences_of_one_series_may_share_its_uid() -> None:
    assert sharing_a_uid(_many(FEW), ()) == frozenset()
    assert len(sharing_a_uid(_many(FEW + 1), ())) == FEW + 1


def _many(count: int) -> Snapshot:
    items = [Item(str(number), "1", plain(days=number), uid="u") for number in range(count)]
    return Snapshot((), {VF: {}, EX: {one.id: Reading(one) for one in items}}, {EX: Capabilities()})


def test_a_paired_item_is_never_meant_but_counts() -> None:
    assert sharing(pair("a", "u"), b="u") == {"b"}
    assert sharing(pair("a", "u"), a="u", b="u") == {"b"}
    assert sharing(pair("a", "u"), a="u") == set()


def test_an_item_that_is_gone_counts_no_more() -> None:
    assert sharing(pair("a", "u"), a="gone", b="u") == set()


def test_what_a_create_of_ours_left_is_judged_by_its_key() -> None:
    items = [Item(id_, "1", plain(), key="k1", uid="uid-k1") for id_ in "ab"]
    readings = {item.id: Reading(item) for item in items}
    ours = Capabilities(uid_of=lambda key: f"uid-{key}")
    assert sharing_a_uid(Snapshot((), {VF: {}, EX: readings}, {EX: ours}), (), few=1) == frozenset()


def test_a_pair_without_an_exchange_item_counts_not() -> None:
    assert sharing(PairView("k1", Twin("7"), uid="u"), b="u") == set()
