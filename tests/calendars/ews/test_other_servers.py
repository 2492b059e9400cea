"""Answers that are not like Exchange's own: other servers, gateways, and mistakes of theirs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.calendars.ews import people
from tests.calendars.ews.canned import SOAP_HEAD, Canned, answer, message, serving
from tests.calendars.ews.scene import EVENT, mark
from vfadmin.calendars.ews import EwsCalendar
from vfadmin.calendars.ews.calendar import Place
from vfadmin.calendars.ews.errors import Context, EwsFault, Subject, failure_for
from vfadmin.calendars.ews.session import EwsSession
from vfadmin.calendars.ews.soap import read_reply
from vfadmin.errors import CalendarError

SessionAt = Callable[..., EwsSession]
TIMES = "<t:Start>2026-03-02T07:00:00Z</t:Start><t:End>2026-03-02T08:00:00Z</t:End>"


def item(item_id: str, inside: str = TIMES) -> str:
    identity = f'<t:ItemId Id="{item_id}" ChangeKey="1"/>' if item_id else ""
    return f"<m:Items><t:CalendarItem>{identity}{inside}</t:CalendarItem></m:Items>"


def changes(state: str, inside: str = "", last: str = "false") -> Canned:
    content = (
        f"<m:SyncState>{state}</m:SyncState><m:IncludesLastItemInRange>{last}</m:IncludesLastItemInRange>"
        f"<m:Changes>{inside}</m:Changes>"
    )
    return Canned(answer("SyncFolderItems", message("SyncFolderItems", content)))


def found(offset: str) -> Canned:
    content = (
        f'<m:RootFolder IncludesLastItemInRange="false" IndexedPagingOffset="{offset}"><t:Items>'
        '<t:CalendarItem><t:ItemId Id="A" ChangeKey="1"/></t:CalendarItem></t:Items></m:RootFolder>'
    )
    return Canned(answer("FindItem", message("FindItem", content)))


def code_of(work: Callable[[], object]) -> str:
    with pytest.raises(CalendarError) as raised:
        work()
    return raised.value.failure.code


def calendar_at(session: EwsSession) -> EwsCalendar:
    return EwsCalendar(session, Place(people.ANNA, "default"))


def test_states_that_go_round_end_the_listing(tmp_path: Path, session_at: SessionAt) -> None:
    with serving(tmp_path, *[changes("a"), changes("b")] * 20) as server:
        calendar = calendar_at(session_at(server.url, server.ca_file))
        assert code_of(lambda: list(calendar.changes(None))) == "EX-UNKNOWN-01"
        assert calendar.requests == 3


def test_a_page_without_a_state_is_no_page(tmp_path: Path, session_at: SessionAt) -> None:
    """Its cursor would be lost, and the whole calendar listed anew each time."""
    with serving(tmp_path, changes("", last="true")) as server:
        calendar = calendar_at(session_at(server.url, server.ca_file))
        assert code_of(lambda: list(calendar.changes(None))) == "EX-UNKNOWN-01"


def test_of_several_changes_of_one_item_the_last_counts(tmp_path: Path, session_at: SessionAt) -> None:
    def shows(kind: str, item_id: str, version: str) -> str:
        identity = f'<t:ItemId Id="{item_id}" ChangeKey="{version}"/>'
        return f"<t:{kind}><t:CalendarItem>{identity}</t:CalendarItem></t:{kind}>"

    def gone(item_id: str) -> str:
        return f'<t:Delete><t:ItemId Id="{item_id}"/></t:Delete>'

    told = shows("Create", "a", "1") + shows("Update", "a", "2") + gone("b") + shows("Create", "b", "1")
    told += shows("Create", "c", "1") + gone("c") + gone("c")
    with serving(tmp_path, changes("s", told, last="1")) as server:
        (page,) = calendar_at(session_at(server.url, server.ca_file)).changes(None)
    assert [(one.id, one.version) for one in page.changed] == [("a", "2"), ("b", "1")]
    assert page.deleted == ("c",)


@pytest.mark.parametrize("offset", ["0", "x"])
def test_a_search_that_does_not_move_on_ends(tmp_path: Path, session_at: SessionAt, offset: str) -> None:
    last = Canned(found("9").body.replace(b'"false"', b'"1"'))
    with serving(tmp_path, found(offset), last) as server:
        calendar = calendar_at(session_at(server.url, server.ca_file))
        if offset == "0":
            assert code_of(lambda: calendar.find("key")) == "EX-UNKNOWN-01"
        else:
            # The fetch that follows is answered with a search's answer, which shows no item.
            assert code_of(lambda: calendar.find("key")) == "EX-UNKNOWN-01"
            assert [b"FindItem" in body for _, body in server.requests] == [True, True, False]


def test_an_item_without_an_id_fails_alone(tmp_path: Path, session_at: SessionAt) -> None:
    told = [message("GetItem", content) for content in (item(""), item("c"))]
    with serving(tmp_path, Canned(answer("GetItem", *told))) as server:
        fetched = calendar_at(session_at(server.url, server.ca_file)).fetch(["b", "c"])
    assert {item_id: one.code for item_id, one in fetched.failures.items()} == {"b": "EX-ITEM-03"}
    assert fetched.items.keys() == {"c"}


def test_a_write_that_tells_no_id_is_not_taken_for_done(tmp_path: Path, session_at: SessionAt) -> None:
    with serving(tmp_path, Canned(answer("UpdateItem", message("UpdateItem", item(""))))) as server:
        calendar = calendar_at(session_at(server.url, server.ca_file))
        names = frozenset({"title"})
        assert code_of(lambda: calendar.update("a", EVENT, names, "1", mark())) == "EX-UNKNOWN-01"


def test_remarks_in_an_answer_are_no_messages() -> None:
    told = answer("GetItem", "<!-- gateway -->", message("GetItem", item("a")), "<?gateway x?>")
    reply = read_reply(told.replace(b"<s:Body>", b"<s:Body><!-- gateway -->"))
    assert len(reply.messages) == 1


def test_an_error_without_a_class_is_an_error() -> None:
    told = answer("GetItem", message("GetItem", "<m:Items/>", "ErrorItemNotFound"))
    (one,) = read_reply(told.replace(b' ResponseClass="Error"', b"")).messages
    assert one.fault is not None
    assert one.fault.code == "ErrorItemNotFound"


def test_a_fault_whose_parts_are_in_soaps_namespace() -> None:
    inside = "<s:faultcode>s:Server</s:faultcode><s:detail><e:ResponseCode>ErrorServerBusy</e:ResponseCode>"
    told = f"{SOAP_HEAD}<s:Body><s:Fault>{inside}</s:detail></s:Fault></s:Body></s:Envelope>"
    fault = read_reply(told.encode()).fault
    assert fault is not None
    assert fault.code == "ErrorServerBusy"


@pytest.mark.parametrize(
    ("told", "seconds"), [("1500", 1.5), ("inf", 86400.0), ("1e300", 86400.0), ("nan", None), ("-5", None)]
)
def test_no_wait_is_longer_than_a_day(session_at: SessionAt, told: str, seconds: float | None) -> None:
    session = session_at("https://127.0.0.1:1/ews/exchange.asmx", None)
    context = Context(session.connection, mailbox=people.ANNA, subject=Subject.ITEM)
    busy = EwsFault("ErrorServerBusy", {"BackOffMilliseconds": told})
    assert failure_for(busy, context).retry_after == seconds
