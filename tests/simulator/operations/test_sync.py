"""SyncFolderItems and SyncFolderHierarchy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.simulator.wire import Answer, Wire, distinguished
from vfadmin.simulator import OutlookUser, Simulator

START = datetime(2026, 3, 11, 8, 0, tzinfo=UTC)


def event(anna: OutlookUser, subject: str) -> str:
    return anna.create(subject=subject, start=START, end=START + timedelta(hours=1), body_text="b")


def changes(answer: Answer) -> list[tuple[str, str]]:
    found = answer.root.find(".//{*}Changes")
    assert found is not None
    return [(change.tag.rpartition("}")[2], change.find(".//{*}ItemId").get("Id")) for change in found]


def state(answer: Answer) -> str:
    return answer.message("SyncState") or ""


def is_last(answer: Answer) -> bool:
    return answer.message("IncludesLastItemInRange") == "true"


def test_an_empty_calendar_has_a_state_and_no_changes(wire: Wire) -> None:
    answer = wire.sync()

    assert (changes(answer), is_last(answer), bool(state(answer))) == ([], True, True)


def test_each_kind_of_change_comes_once(wire: Wire, anna: OutlookUser) -> None:
    kept, edited, gone = (event(anna, name) for name in ("kept", "edited", "gone"))
    first = wire.sync()
    assert changes(first) == [("Create", kept), ("Create", edited), ("Create", gone)]

    anna.edit(edited, subject="now")
    anna.delete(gone)
    new = event(anna, "new")
    second = wire.sync(state(first))

    assert changes(second) == [("Update", edited), ("Delete", gone), ("Create", new)]
    assert changes(wire.sync(state(second))) == []


def test_what_came_and_went_between_two_syncs_is_not_told(wire: Wire, anna: OutlookUser) -> None:
    before = state(wire.sync())

    anna.delete(event(anna, "short"))

    assert changes(wire.sync(before)) == []


def test_several_changes_of_one_item_are_one(wire: Wire, anna: OutlookUser) -> None:
    item_id = event(anna, "x")
    before = state(wire.sync())
    for number in range(3):
        anna.edit(item_id, subject=str(number))

    answer = wire.sync(before, uris=("item:Subject",))

    assert (changes(answer), answer.texts("Subject")) == ([("Update", item_id)], ["2"])


def test_a_touched_item_is_an_update_with_another_change_key(wire: Wire, anna: OutlookUser) -> None:
    item_id = event(anna, "x")
    first = wire.sync()

    anna.touch(item_id)
    second = wire.sync(state(first))

    assert changes(second) == [("Update", item_id)]
    assert first.item_ids()[0][1] != second.item_ids()[0][1]


def test_an_item_that_is_moved_away_is_deleted_here(wire: Wire, anna: OutlookUser) -> None:
    item_id = event(anna, "x")
    before = state(wire.sync())

    back = anna.restore(anna.move(item_id, "deleteditems"))

    assert changes(wire.sync(before)) == [("Delete", item_id), ("Create", back)]


def test_pages_cover_everything_once_though_things_change_between_them(wire: Wire, anna: OutlookUser) -> None:
    ids = [event(anna, str(number)) for number in range(5)]
    first = wire.sync(limit=2)
    anna.edit(ids[0], subject="again")
    second = wire.sync(state(first), limit=2)
    third = wire.sync(state(second), limit=2)

    assert [is_last(page) for page in (first, second, third)] == [False, False, True]
    assert changes(first) + changes(second) == [("Create", item_id) for item_id in ids[:4]]
    assert changes(third) == [("Create", ids[4]), ("Update", ids[0])]


def test_512_changes_fill_a_page(wire: Wire, anna: OutlookUser) -> None:
    for number in range(513):
        event(anna, str(number))

    first = wire.sync()
    rest = wire.sync(state(first))

    assert (len(changes(first)), is_last(first)) == (512, False)
    assert (len(changes(rest)), is_last(rest)) == (1, True)


@pytest.mark.parametrize("limit", [0, 513])
def test_a_page_has_its_limits(wire: Wire, limit: int) -> None:
    assert wire.sync(limit=limit).fault == "ErrorSchemaValidation"


def test_bodies_never_come_with_changes(wire: Wire, anna: OutlookUser) -> None:
    event(anna, "x")

    answer = wire.sync(uris=("item:Subject", "item:Body", "calendar:Start"))

    assert (answer.text("Subject"), answer.text("Start"), answer.text("Body")) == (
        "x",
        "2026-03-11T08:00:00Z",
        None,
    )


@pytest.mark.parametrize("given", ["bm90IGEgc3RhdGU=", "%%%"])
def test_a_state_that_is_none_is_an_error_with_an_empty_state(wire: Wire, given: str) -> None:
    answer = wire.sync(given)

    assert (answer.status, answer.codes) == (200, ["ErrorInvalidSyncStateData"])
    assert (answer.message("SyncState"), is_last(answer)) == ("", True)


def test_states_are_void_once_the_mailbox_lost_or_left_them(
    wire: Wire, sim: Simulator, anna: OutlookUser
) -> None:
    event(anna, "x")
    before = state(wire.sync())
    sim.invalidate_sync_states("a@example.test")
    lost = wire.sync(before)
    again = wire.sync()
    sim.move_mailbox("a@example.test")

    assert lost.codes == ["ErrorInvalidSyncStateData"]
    assert wire.sync(state(again)).codes == ["ErrorInvalidSyncStateData"]
    assert len(changes(wire.sync())) == 1


def test_a_state_belongs_to_one_folder(wire: Wire) -> None:
    assert wire.sync(state(wire.sync()), folder=distinguished("deleteditems")).codes == [
        "ErrorInvalidSyncStateData"
    ]


def test_a_folder_that_is_not_there_is_named(wire: Wire) -> None:
    assert wire.sync(folder=distinguished("voicemail")).codes == ["ErrorSyncFolderNotFound"]


def test_ignored_items_are_left_out(wire: Wire, anna: OutlookUser) -> None:
    one, two = event(anna, "1"), event(anna, "2")
    answer = wire.post(
        "<SyncFolderItems><ItemShape><ty:BaseShape>IdOnly</ty:BaseShape></ItemShape><SyncFolderId>"
        f'{distinguished("calendar")}</SyncFolderId><Ignore><ty:ItemId Id="{one}"/></Ignore>'
        "<MaxChangesReturned>10</MaxChangesReturned></SyncFolderItems>"
    )

    assert changes(answer) == [("Create", two)]


def hierarchy(wire: Wire, given: str = "", inner: str = "") -> Answer:
    return wire.post(
        "<SyncFolderHierarchy><FolderShape><ty:BaseShape>AllProperties</ty:BaseShape></FolderShape>"
        f"{inner}{f'<SyncState>{given}</SyncState>' if given else ''}</SyncFolderHierarchy>"
    )


def test_the_hierarchy_tells_folders_that_come_and_go(wire: Wire, anna: OutlookUser) -> None:
    first = hierarchy(wire)
    assert "Calendar" in first.texts("DisplayName")
    folder_id = anna.add_folder("Uusi")
    second = hierarchy(wire, state(first))
    assert second.texts("DisplayName") == ["Uusi"]
    wire.post(
        '<DeleteFolder DeleteType="HardDelete"><FolderIds><ty:FolderId '
        f'Id="{folder_id}"/></FolderIds></DeleteFolder>'
    )

    third = hierarchy(wire, state(second))

    gone = third.root.find(".//{*}Delete/{*}FolderId")
    assert gone is not None
    assert gone.get("Id") == folder_id
    assert hierarchy(wire, "bm90IGEgc3RhdGU=").codes == ["ErrorInvalidSyncStateData"]


def test_an_idle_mailbox_costs_one_request(wire: Wire, sim: Simulator) -> None:
    before = state(wire.sync())
    sim.clear_requests()

    wire.sync(before)

    assert sim.request_counts() == {"SyncFolderItems": 1}
