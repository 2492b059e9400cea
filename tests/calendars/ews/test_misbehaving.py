"""The keeper at servers that lose count, turn in circles or stop halfway: no loss, no endless loop."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from tests.calendars.ews import people
from tests.calendars.ews.canned import Canned, Server, answer, fault, message, serving
from tests.calendars.ews.scene import EVENT, mark
from vfadmin.calendars.ews import EwsCalendar
from vfadmin.calendars.ews.calendar import Place
from vfadmin.calendars.ews.paging import PATIENCE
from vfadmin.calendars.ews.session import EwsSession
from vfadmin.calendars.exchange import marks
from vfadmin.errors import CalendarError

SessionAt = Callable[..., EwsSession]
At = Callable[[Callable[[bytes], bytes]], tuple[EwsCalendar, Server]]
TIMES = "<t:Start>2026-03-02T07:00:00Z</t:Start><t:End>2026-03-02T08:00:00Z</t:End>"


@pytest.fixture
def at(tmp_path: Path, session_at: SessionAt, stack: ExitStack) -> At:
    """A calendar at a server that answers each request by a function."""

    def made(respond: Callable[[bytes], bytes]) -> tuple[EwsCalendar, Server]:
        canned = Canned(made=lambda _headers, body: Canned(respond(body)))
        server = stack.enter_context(serving(tmp_path, canned))
        return EwsCalendar(session_at(server.url, server.ca_file), Place(people.ANNA, "default", "f")), server

    return made


def item(name: str, more: str = "") -> str:
    return f'<t:CalendarItem><t:ItemId Id="{name}" ChangeKey="1"/>{more or TIMES}</t:CalendarItem>'


def got(name: str) -> str:
    return message("GetItem", f"<m:Items>{item(name)}</m:Items>")


def asked(request: bytes) -> list[str]:
    return re.findall(r'ItemId Id="(\w+)"', request.decode())


GONE = message("GetItem", "<m:Items/>", "ErrorItemNotFound")
STOPPED = message("GetItem", "<m:Items/>", "ErrorBatchProcessingStopped").replace('"Error"', '"Warning"')


def in_another_order(ids: list[str]) -> list[str]:
    return [GONE if one == "gone" else got(one) for one in reversed(ids)]


def at_most_two(ids: list[str]) -> list[str]:
    return [GONE if one == "gone" else got(one) for one in ids[:2]]


def without_the_gone(ids: list[str]) -> list[str]:
    return [got(one) for one in ids if one != "gone"] or [GONE]


def one_in_the_place_of_another(ids: list[str]) -> list[str]:
    """The same item twice, as if it were two."""
    found = [GONE if one == "gone" else got(one) for one in ids]
    return [found[0], *found[:1], *found[2:]] if len(ids) > 1 else found


def each_twice(ids: list[str]) -> list[str]:
    found = [GONE if one == "gone" else got(one) for one in ids]
    return found * 2 if len(ids) > 1 else found


def until_something_is_gone(ids: list[str]) -> list[str]:
    reached = ids.index("gone") if "gone" in ids[1:] else len(ids)
    return [(GONE if one == "gone" else got(one)) if n < reached else STOPPED for n, one in enumerate(ids)]


@pytest.mark.parametrize(
    "manner",
    [
        in_another_order,
        at_most_two,
        without_the_gone,
        one_in_the_place_of_another,
        each_twice,
        until_something_is_gone,
    ],
)
def test_no_answer_is_taken_for_another_items(at: At, manner: Callable[[list[str]], list[str]]) -> None:
    """An answer that stands elsewhere, or is missing, neither deletes an item nor overwrites it."""
    calendar, server = at(lambda request: answer("GetItem", *manner(asked(request))))
    fetched = calendar.fetch(["a", "b", "gone", "c", "d"])
    assert {one: found.id for one, found in fetched.items.items()} == {one: one for one in "abcd"}
    assert fetched.failures == {}
    assert len(server.requests) <= 6


@pytest.mark.parametrize(
    "manner", [lambda _: [], lambda _: [STOPPED], lambda _: [got("x"), got("y"), got("z")]]
)
def test_items_nobody_answers_for_are_not_gone(at: At, manner: Callable[[list[str]], list[str]]) -> None:
    calendar, server = at(lambda request: answer("GetItem", *manner(asked(request))))
    with pytest.raises(CalendarError) as raised:
        calendar.fetch(["a", "b"])
    assert raised.value.failure.code == "EX-UNKNOWN-01"
    assert len(server.requests) <= 2


def test_a_busy_server_is_told_although_it_stopped_halfway(at: At) -> None:
    wait = '<m:MessageXml><t:Value Name="BackOffMilliseconds">30000</t:Value></m:MessageXml>'
    busy = message("GetItem", wait, "ErrorServerBusy")
    calendar, server = at(lambda _: answer("GetItem", busy, STOPPED))
    with pytest.raises(CalendarError) as raised:
        calendar.fetch(["a", "b"])
    assert (raised.value.failure.code, raised.value.failure.retry_after) == ("EX-BUSY-01", 30)
    assert len(server.requests) == 1


def test_a_known_id_in_another_form_keeps_the_form_it_was_asked_by(at: At) -> None:
    calendar, _ = at(lambda _: answer("GetItem", got("A")))
    assert calendar.fetch(["a"]).items["a"].id == "a"


# --- pages


def page(state: str, *changes: str, last: str = "false") -> bytes:
    held = f"<m:Changes>{''.join(changes)}</m:Changes>"
    more = f"<m:IncludesLastItemInRange>{last}</m:IncludesLastItemInRange>"
    content = f"<m:SyncState>{state}</m:SyncState>{more}{held}"
    return answer("SyncFolderItems", message("SyncFolderItems", content))


def new(name: str) -> str:
    return f"<t:Create>{item(name)}</t:Create>"


def numbered(pages: Callable[[int], bytes]) -> Callable[[bytes], bytes]:
    count = iter(range(10_000))
    return lambda _request: pages(next(count))


@pytest.mark.parametrize(
    ("pages", "most"),
    [
        (lambda n: page(f"s{n % 2}", new(f"i{n}")), 4),
        (lambda n: page(f"s{n}"), PATIENCE + 1),
        (lambda n: page(f"s{n}", new("same")), PATIENCE + 2),
        (lambda n: page(f"s{n}", '<t:Delete><t:ItemId Id="same"/></t:Delete>'), PATIENCE + 2),
    ],
    ids=["states in a circle", "empty pages", "one item again and again", "one deletion again and again"],
)
def test_a_server_that_never_comes_to_an_end_is_left(
    at: At, pages: Callable[[int], bytes], most: int
) -> None:
    calendar, server = at(numbered(pages))
    with pytest.raises(CalendarError) as raised:
        list(calendar.changes(None))
    assert raised.value.failure.code == "EX-UNKNOWN-01"
    assert len(server.requests) <= most


def test_pages_without_events_are_passed_through(at: At) -> None:
    """Exchange filters a page after it is cut, so an empty one may stand before full ones."""
    other = "<t:ReadFlagChange><t:ItemId Id='r'/><t:IsRead>true</t:IsRead></t:ReadFlagChange>"
    meeting = '<t:Create><t:MeetingRequest><t:ItemId Id="m"/></t:MeetingRequest></t:Create>'
    script = [page("1", other), page("2", meeting), page("3"), page("4", new("a"), last="true")]
    calendar, _ = at(numbered(lambda n: script[n]))
    assert [[one.id for one in found.changed] for found in calendar.changes(None)] == [[], [], [], ["a"]]


def test_of_an_item_named_twice_the_last_word_holds(at: At) -> None:
    gone = '<t:Delete><t:ItemId Id="{}"/></t:Delete>'
    told = (new("a"), new("b"), new("a").replace('"1"', '"2"'), gone.format("b"), gone.format("c"), new("c"))
    calendar, _ = at(lambda _: page("1", *told, last="true"))
    (found,) = calendar.changes(None)
    assert [(one.id, one.version) for one in found.changed] == [("a", "2"), ("c", "1")]
    assert found.deleted == ("b",)


def test_a_change_without_an_id_is_nothing(at: At) -> None:
    calendar, _ = at(lambda _: page("1", "<t:Create><t:CalendarItem/></t:Create>", new("a"), last="true"))
    assert [one.id for found in calendar.changes(None) for one in found.changed] == ["a"]


@pytest.mark.parametrize("state", ["", "<m:SyncState/>"])
def test_a_page_without_its_state_counts_as_unread(at: At, state: str) -> None:
    held = (
        f"{state}<m:IncludesLastItemInRange>true</m:IncludesLastItemInRange><m:Changes>{new('a')}</m:Changes>"
    )
    calendar, _ = at(lambda _: answer("SyncFolderItems", message("SyncFolderItems", held)))
    with pytest.raises(CalendarError) as raised:
        list(calendar.changes("s"))
    assert raised.value.failure.code == "EX-UNKNOWN-01"


def test_an_error_whose_class_is_missing_is_no_empty_page(at: At) -> None:
    plain = message("SyncFolderItems", "", "ErrorInternalServerTransientError").replace(
        ' ResponseClass="Error"', ""
    )
    calendar, _ = at(lambda _: answer("SyncFolderItems", plain))
    with pytest.raises(CalendarError) as raised:
        list(calendar.changes("s"))
    assert raised.value.failure.code == "EX-BUSY-02"


# --- finding


def carrier(key: str, name: str) -> str:
    uri = f'PropertySetId="{marks.PROPERTY_SET}" PropertyName="{marks.KEY}" PropertyType="String"'
    own = f"<t:ExtendedProperty><t:ExtendedFieldURI {uri}/><t:Value>{key}</t:Value></t:ExtendedProperty>"
    return item(name, own)


def found(*items: str, last: str = "false", **told: str) -> bytes:
    said = " ".join(f'{name}="{value}"' for name, value in told.items())
    held = f"<t:Items>{''.join(items)}</t:Items>"
    root = f'<m:RootFolder IncludesLastItemInRange="{last}" {said}>{held}</m:RootFolder>'
    return answer("FindItem", message("FindItem", root))


def finding(pages: Callable[[int], bytes]) -> Callable[[bytes], bytes]:
    """Pages of FindItem, and every item that is asked for."""
    find = numbered(pages)

    def respond(request: bytes) -> bytes:
        if b"FindItem" in request:
            return find(request)
        shown = [
            carrier("k", one).replace("</t:CalendarItem>", f"{TIMES}</t:CalendarItem>")
            for one in asked(request)
        ]
        return answer("GetItem", *(message("GetItem", f"<m:Items>{one}</m:Items>") for one in shown))

    return respond


@pytest.mark.parametrize(
    "pages",
    [
        lambda n: [found(carrier("k", "a"), IndexedPagingOffset="0"), found(last="1")][min(n, 1)],
        lambda n: [found(carrier("k", "a"), IndexedPagingOffset="x"), found()][min(n, 1)],
        lambda n: [found(IndexedPagingOffset="512"), found(carrier("k", "a"), last="true")][min(n, 1)],
    ],
    ids=["an offset that stands still", "an offset that is no number", "an empty page in front"],
)
def test_a_list_is_followed_to_its_end(at: At, pages: Callable[[int], bytes]) -> None:
    calendar, server = at(finding(pages))
    assert [one.id for one in calendar.find("k")] == ["a"]
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    "pages",
    [
        lambda n: found(carrier("k", "a"), IndexedPagingOffset=str(n + 1)),
        lambda n: found(IndexedPagingOffset=str(n + 1)),
    ],
    ids=["the first page again and again", "empty pages"],
)
def test_a_list_without_an_end_is_left_and_nothing_is_created(at: At, pages: Callable[[int], bytes]) -> None:
    """Half a list would look as if the key were free: the event would be there twice."""
    calendar, server = at(finding(pages))
    with pytest.raises(CalendarError) as raised:
        calendar.create(EVENT, replace(mark(), key="k"))
    assert raised.value.failure.code == "EX-UNKNOWN-01"
    assert len(server.requests) <= PATIENCE + 2
    assert not any(b"CreateItem" in body for _, body in server.requests)


# --- writing and reading


@pytest.mark.parametrize("items", ["", "<m:Items/>", "<m:Items><t:CalendarItem/></m:Items>"])
def test_a_write_whose_item_is_not_named_is_in_doubt(at: At, items: str) -> None:
    def respond(request: bytes) -> bytes:
        if b"FindItem" in request:
            return found(last="true")
        return answer("CreateItem", message("CreateItem", items))

    calendar, _ = at(respond)
    with pytest.raises(CalendarError) as raised:
        calendar.create(EVENT, mark())
    assert raised.value.failure.code == "EX-UNKNOWN-01"


@pytest.mark.parametrize(
    "start", ["<t:End>2026-03-02T07:00:00Z</t:End>", TIMES.replace("2026-03-02T07:00:00Z", "soon")]
)
def test_an_event_without_a_time_is_not_moved_to_another_time(at: At, start: str) -> None:
    calendar, _ = at(
        lambda _: answer("GetItem", message("GetItem", f"<m:Items>{item('a', start)}</m:Items>"))
    )
    fetched = calendar.fetch(["a"])
    assert (fetched.items, fetched.failures["a"].code) == ({}, "EX-ITEM-03")


@pytest.mark.parametrize(
    ("class_told", "element_name", "known"),
    [
        ("<t:FolderClass>IPF.Appointment.Team</t:FolderClass>", "CalendarFolder", True),
        ("", "CalendarFolder", True),
        ("", "Folder", False),
        ("<t:FolderClass>IPF.Task</t:FolderClass>", "CalendarFolder", False),
    ],
)
def test_a_calendar_is_known_by_its_class_or_its_kind(
    at: At, class_told: str, element_name: str, known: bool
) -> None:
    inside = f'<t:FolderId Id="own"/>{class_told}<t:DisplayName>Työ</t:DisplayName>'
    folder = f"<t:{element_name}>{inside}</t:{element_name}>"
    listed = f'<m:RootFolder IncludesLastItemInRange="true"><t:Folders>{folder}</t:Folders></m:RootFolder>'
    calendar, server = at(lambda _: answer("FindFolder", message("FindFolder", listed)))
    own = EwsCalendar(calendar._session, Place(people.ANNA, "Työ"))
    if known:
        assert own.identity().folder == "own"
        return
    with pytest.raises(CalendarError) as raised:
        own.identity()
    assert raised.value.failure.code == "EX-CAL-01"
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_elsewhere_takes_nothing_along(tmp_path: Path, session_at: SessionAt, status: int) -> None:
    """Name and password are for the host that is configured, and for no other."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with serving(elsewhere, Canned(answer("GetItem", GONE))) as other:
        away = Canned(status=status, headers=(("Location", other.url),))
        with serving(tmp_path, away) as server:
            calendar = EwsCalendar(session_at(server.url, server.ca_file), Place(people.ANNA, "default"))
            with pytest.raises(CalendarError) as raised:
                calendar.fetch(["a"])
        assert raised.value.failure.code == "EX-CONN-06"
        assert other.requests == []


@pytest.mark.parametrize("auth", ["basic", "ntlm"])
def test_offers_on_several_lines_are_all_read(tmp_path: Path, session_at: SessionAt, auth: str) -> None:
    lines = ("Negotiate", "NTLM", 'Basic realm="mail, inside"')
    refused = Canned(status=401, headers=tuple(("WWW-Authenticate", line) for line in lines))
    with serving(tmp_path, refused) as server:
        session = session_at(server.url, server.ca_file, auth=auth)
        with pytest.raises(CalendarError) as raised:
            EwsCalendar(session, Place(people.ANNA, "default")).fetch(["a"])
    found = raised.value.failure
    assert found.code in ("EX-AUTH-01", "EX-AUTH-02")


@pytest.mark.parametrize(
    ("canned", "code"),
    [
        (Canned(b""), "EX-CONN-07"),
        (Canned(b"<html><body>Runtime Error</body></html>", status=500), "EX-BUSY-02"),
        (Canned(b"plain", status=500), "EX-UNKNOWN-01"),
        (Canned(b"<?xml version='1.0'?><problem/>"), "EX-CONN-05"),
        (Canned(b"no gzip", headers=(("Content-Encoding", "gzip"),)), "EX-CONN-05"),
        (Canned(answer("GetItem")[:-30], chunked=True), "EX-CONN-05"),
        (Canned(fault("ErrorNobodyHasHeardOf"), status=500), "EX-UNKNOWN-01"),
        (Canned(b"", status=503, headers=(("Retry-After", "²"),)), "EX-BUSY-02"),
        (Canned(answer("GetItem", GONE), dateless=True, headers=(("Date", "?"),)), None),
        (Canned(answer("GetItem", GONE), headers=(("Date", "Fri, 31 Dec 9999 23:59:59 -0500"),)), None),
    ],
    ids=[
        "an empty answer",
        "HTML with 500",
        "text with 500",
        "other XML",
        "broken gzip",
        "half a document in whole chunks",
        "an unknown fault",
        "a wait that is no number",
        "a date that is none",
        "a date beyond the calendar",
    ],
)
def test_whatever_comes_is_an_answer_or_a_failure_with_a_code(
    tmp_path: Path, session_at: SessionAt, canned: Canned, code: str | None
) -> None:
    with serving(tmp_path, canned) as server:
        calendar = EwsCalendar(session_at(server.url, server.ca_file), Place(people.ANNA, "default"))
        if code is None:
            assert calendar.fetch(["a"]).items == {}
            return
        with pytest.raises(CalendarError) as raised:
            calendar.fetch(["a"])
        assert raised.value.failure.code == code
