"""DeleteItem, MoveItem and CopyItem."""

from __future__ import annotations

import pytest

from tests.simulator.wire import Answer, Wire, distinguished, times
from vfadmin.simulator import OutlookUser


def made(wire: Wire) -> tuple[str, str]:
    return wire.create(f"<ty:Subject>x</ty:Subject>{times()}").item_ids()[0]


def transfer(wire: Wire, operation: str, item_id: str, folder: str) -> Answer:
    return wire.post(
        f"<{operation}><ToFolderId>{folder}</ToFolderId><ItemIds><ty:ItemId "
        f'Id="{item_id}"/></ItemIds></{operation}>'
    )


def test_a_deleted_item_lies_in_deleted_items_under_a_new_id(wire: Wire, anna: OutlookUser) -> None:
    item_id, _ = made(wire)

    assert wire.delete(item_id).codes == ["NoError"]

    assert wire.get(item_id).codes == ["ErrorItemNotFound"]
    (deleted,) = anna.deleted_items()
    assert (deleted.subject, deleted.id != item_id, anna.items()) == ("x", True, [])


@pytest.mark.parametrize("how", ["HardDelete", "SoftDelete"])
def test_other_deletes_leave_nothing_in_deleted_items(wire: Wire, anna: OutlookUser, how: str) -> None:
    item_id, _ = made(wire)

    wire.delete(item_id, how=how)

    assert (anna.items(), anna.deleted_items()) == ([], [])
    assert len(anna.items("recoverableitemsdeletions")) == (how == "SoftDelete")


def test_a_delete_does_not_look_at_the_change_key(wire: Wire, anna: OutlookUser) -> None:
    item_id, key = made(wire)
    anna.edit(item_id, subject="edited since")

    assert wire.delete(item_id, key=key).codes == ["NoError"]
    assert [item.subject for item in anna.deleted_items()] == ["edited since"]


def test_a_second_delete_finds_nothing(wire: Wire) -> None:
    item_id, _ = made(wire)

    assert (wire.delete(item_id).codes, wire.delete(item_id).codes) == (["NoError"], ["ErrorItemNotFound"])


def test_a_delete_says_who_is_told(wire: Wire, anna: OutlookUser) -> None:
    item_id, _ = made(wire)

    answer = wire.post(
        f'<DeleteItem DeleteType="HardDelete"><ItemIds><ty:ItemId Id="{item_id}"/></ItemIds></DeleteItem>'
    )

    assert (answer.codes, len(anna.items())) == (["ErrorSendMeetingCancellationsRequired"], 1)


def test_a_move_gives_a_new_id_and_a_way_back(wire: Wire, anna: OutlookUser) -> None:
    item_id, _ = made(wire)
    uid = anna.item(item_id).uid

    there = transfer(wire, "MoveItem", item_id, distinguished("deleteditems")).item_ids()[0][0]
    back = transfer(wire, "MoveItem", there, distinguished("calendar")).item_ids()[0][0]

    assert len({item_id, there, back}) == 3
    assert (anna.item(back).uid, anna.item(back).folder) == (uid, "calendar")


def test_a_copy_leaves_the_original(wire: Wire, anna: OutlookUser) -> None:
    item_id, _ = made(wire)

    copied = transfer(wire, "CopyItem", item_id, distinguished("calendar")).item_ids()[0][0]

    assert {item.id for item in anna.items()} == {item_id, copied}


def test_a_folder_that_is_not_there_takes_nothing(wire: Wire, anna: OutlookUser) -> None:
    item_id, _ = made(wire)

    assert transfer(wire, "MoveItem", item_id, distinguished("voicemail")).codes == ["ErrorToFolderNotFound"]
    assert len(anna.items()) == 1
