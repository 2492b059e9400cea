"""GetFolder, FindFolder, CreateFolder and DeleteFolder."""

from __future__ import annotations

import pytest
from lxml import etree

from tests.simulator.wire import Answer, Wire, distinguished, folder
from vfadmin.simulator import Simulator

SHAPE = "<FolderShape><ty:BaseShape>{base}</ty:BaseShape></FolderShape>"


def get(wire: Wire, *ids: str, base: str = "IdOnly", person: str | None = "a@example.test") -> Answer:
    shape = SHAPE.format(base=base)
    return wire.post(f"<GetFolder>{shape}<FolderIds>{''.join(ids)}</FolderIds></GetFolder>", person=person)


def find(wire: Wire, parent: str, *, traversal: str = "Shallow", inner: str = "") -> Answer:
    shape = SHAPE.format(base="AllProperties")
    return wire.post(
        f'<FindFolder Traversal="{traversal}">{shape}{inner}<ParentFolderIds>{parent}'
        "</ParentFolderIds></FindFolder>"
    )


def create(wire: Wire, name: str, parent: str = "calendar") -> Answer:
    return wire.post(
        f"<CreateFolder><ParentFolderId>{distinguished(parent)}</ParentFolderId><Folders><ty:CalendarFolder>"
        f"<ty:DisplayName>{name}</ty:DisplayName></ty:CalendarFolder></Folders></CreateFolder>"
    )


def delete(wire: Wire, folder_id: str, how: str = "HardDelete") -> Answer:
    return wire.post(f'<DeleteFolder DeleteType="{how}"><FolderIds>{folder_id}</FolderIds></DeleteFolder>')


def names(answer: Answer) -> list[str]:
    return answer.texts("DisplayName")


def test_the_calendar_is_found_by_name_and_by_its_id(wire: Wire) -> None:
    by_name = get(wire, distinguished("calendar"), base="AllProperties")
    by_id = get(wire, folder(by_name.folder_id()), base="Default")

    assert (names(by_name), names(by_id), len(by_name.folder_id())) == (["Calendar"], ["Calendar"], 120)
    assert by_name.text("FolderClass") == "IPF.Appointment"
    assert by_id.text("ChildFolderCount") == "0"


@pytest.mark.parametrize(
    ("folder_id", "code"),
    [
        (distinguished("voicemail"), "ErrorFolderNotFound"),
        ('<ty:FolderId Id="AAAA"/>', "ErrorInvalidIdMalformed"),
        ('<ty:FolderId Id=""/>', "ErrorInvalidIdEmpty"),
        (distinguished("calendar", "nobody@example.test"), "ErrorNonExistentMailbox"),
        (distinguished("calendar", "b@example.test"), "ErrorAccessDenied"),
    ],
)
def test_a_folder_that_is_not_there_is_an_error_of_its_own(wire: Wire, folder_id: str, code: str) -> None:
    assert get(wire, folder_id, distinguished("calendar")).codes == [code, "NoError"]


def test_a_folder_name_the_schema_does_not_know_is_a_fault(wire: Wire) -> None:
    assert get(wire, distinguished("kalenteri")).fault == "ErrorSchemaValidation"


def test_an_item_id_is_no_folder_id(wire: Wire) -> None:
    item_id = wire.create("<ty:Subject>x</ty:Subject>").item_ids()[0][0]

    assert get(wire, folder(item_id)).codes == ["ErrorCannotUseItemIdForFolderId"]


def test_ids_are_case_sensitive(wire: Wire) -> None:
    folder_id = get(wire, distinguished("calendar")).folder_id()

    assert get(wire, folder(folder_id.swapcase())).codes == ["ErrorInvalidIdMalformed"]


def test_a_calendar_is_made_once_per_name(wire: Wire) -> None:
    first = create(wire, "ValueFrame")
    again = create(wire, "VALUEFRAME")

    assert (first.codes, again.codes) == (["NoError"], ["ErrorFolderExists"])
    found = find(wire, distinguished("calendar"))
    assert (names(found), [local(e) for e in found.root.iter("{*}CalendarFolder")]) == (
        ["ValueFrame"],
        ["CalendarFolder"],
    )


def local(element: etree._Element) -> str:
    return etree.QName(element).localname


def test_a_folder_is_deleted_with_what_is_in_it(wire: Wire, sim: Simulator) -> None:
    folder_id = create(wire, "Vanha").folder_id()
    anna = sim.outlook("a@example.test")
    item_id = wire.post(
        '<CreateItem SendMeetingInvitations="SendToNone">'
        f"<SavedItemFolderId>{folder(folder_id)}</SavedItemFolderId>"
        "<Items><ty:CalendarItem/></Items></CreateItem>"
    ).item_ids()[0][0]
    assert anna.item(item_id).folder == "Vanha"

    assert delete(wire, folder(folder_id)).codes == ["NoError"]
    assert get(wire, folder(folder_id)).codes == ["ErrorFolderNotFound"]
    assert wire.get(item_id).codes == ["ErrorItemNotFound"]


def test_a_folder_goes_to_deleted_items(wire: Wire) -> None:
    folder_id = create(wire, "Vanha").folder_id()

    delete(wire, folder(folder_id), "MoveToDeletedItems")

    assert names(find(wire, distinguished("deleteditems"))) == ["Vanha"]


def test_well_known_folders_stay(wire: Wire) -> None:
    assert delete(wire, distinguished("calendar")).codes == ["ErrorDeleteDistinguishedFolder"]


def test_a_deep_search_finds_grandchildren_and_filters(wire: Wire) -> None:
    create(wire, "Alla")
    restriction = (
        '<Restriction><ty:IsEqualTo><ty:FieldURI FieldURI="folder:FolderClass"/><ty:FieldURIOrConstant>'
        '<ty:Constant Value="IPF.Appointment"/></ty:FieldURIOrConstant></ty:IsEqualTo></Restriction>'
    )

    found = find(wire, distinguished("root"), traversal="Deep", inner=restriction)

    assert sorted(names(found)) == ["Alla", "Calendar"]


def test_folders_come_in_pages(wire: Wire) -> None:
    view = '<IndexedPageFolderView MaxEntriesReturned="4" Offset="{}" BasePoint="Beginning"/>'

    first = find(wire, distinguished("msgfolderroot"), inner=view.format(0))
    last = find(wire, distinguished("msgfolderroot"), inner=view.format(8))

    root = first.root.find(".//{*}RootFolder")
    end = last.root.find(".//{*}RootFolder")
    assert root is not None
    assert end is not None
    assert (root.get("IndexedPagingOffset"), root.get("TotalItemsInView")) == ("4", "11")
    assert (root.get("IncludesLastItemInRange"), end.get("IncludesLastItemInRange")) == ("false", "true")
    assert len(names(last)) == 3
