"""R2: the default calendar, or one made at activation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.calendars.ews import people
from tests.calendars.ews.canned import Canned, answer, message, serving
from vfadmin.calendars.ews import EwsServer, folders
from vfadmin.calendars.ews.errors import Context
from vfadmin.calendars.ews.session import EwsSession
from vfadmin.errors import CalendarError
from vfadmin.simulator import Simulator


def test_the_default_calendar(server: EwsServer) -> None:
    identity = server.prepare_calendar(people.ANNA, "default", "")
    assert identity == server.calendar(people.ANNA, "default", None).identity()
    assert identity.mailbox == people.ANNA


def test_a_new_calendar_is_made_once_inside_calendar(exchange: Simulator, server: EwsServer) -> None:
    made = server.prepare_calendar(people.ANNA, "new", "ValueFrame")
    assert made == server.prepare_calendar(people.ANNA, "new", "valueframe")
    assert exchange.request_counts()["CreateFolder"] == 1
    named = server.calendar(people.ANNA, "ValueFrame", None)
    assert named.identity() == made
    assert made != server.prepare_calendar(people.ANNA, "default", "")
    assert exchange.outlook(people.ANNA).items("ValueFrame") == []


def test_a_calendar_made_by_hand_is_taken(exchange: Simulator, server: EwsServer) -> None:
    folder = exchange.outlook(people.ANNA).add_folder("ValueFrame")
    assert server.prepare_calendar(people.ANNA, "new", "ValueFrame").folder == folder


def test_a_calendar_of_that_name_that_is_gone(server: EwsServer) -> None:
    with pytest.raises(CalendarError) as raised:
        server.calendar(people.ANNA, "ValueFrame", None).identity()
    assert (raised.value.failure.code, raised.value.failure.params["name"]) == ("EX-CAL-01", "ValueFrame")


def test_a_folder_id_that_is_gone(exchange: Simulator, server: EwsServer) -> None:
    made = server.prepare_calendar(people.ANNA, "new", "ValueFrame")
    exchange.move_mailbox(people.ANNA)
    with pytest.raises(CalendarError) as raised:
        list(server.calendar(people.ANNA, "ValueFrame", made.folder).changes(None))
    assert (raised.value.failure.code, raised.value.failure.params["name"]) == ("EX-CAL-01", "ValueFrame")


FOUND = (
    '<m:RootFolder><t:Folders><t:CalendarFolder><t:FolderId Id="made"/><t:FolderClass>IPF.Appointment'
    "</t:FolderClass><t:DisplayName>ValueFrame</t:DisplayName></t:CalendarFolder></t:Folders></m:RootFolder>"
)
EMPTY = "<m:RootFolder><t:Folders/></m:RootFolder>"


@pytest.mark.parametrize(("second", "expected"), [(FOUND, "made"), (EMPTY, None)])
def test_somebody_else_makes_it_at_the_same_moment(
    tmp_path: Path, session_at: Callable[..., EwsSession], second: str, expected: str | None
) -> None:
    answers = [
        Canned(answer("FindFolder", message("FindFolder", EMPTY))),
        Canned(answer("CreateFolder", message("CreateFolder", "<m:Folders/>", "ErrorFolderExists"))),
        Canned(answer("FindFolder", message("FindFolder", second))),
    ]
    with serving(tmp_path, *answers) as server:
        session = session_at(server.url, server.ca_file)
        if expected is None:
            with pytest.raises(CalendarError) as raised:
                folders.prepare_calendar(session, people.ANNA, "new", "ValueFrame")
            assert raised.value.failure.code == "EX-UNKNOWN-01"
        else:
            assert folders.prepare_calendar(session, people.ANNA, "new", "ValueFrame").folder == expected


def test_a_refused_creation(tmp_path: Path, session_at: Callable[..., EwsSession]) -> None:
    refused = Canned(answer("CreateFolder", message("CreateFolder", "", "ErrorCreateSubfolderAccessDenied")))
    with serving(tmp_path, Canned(answer("FindFolder", message("FindFolder", EMPTY))), refused) as server:
        session = session_at(server.url, server.ca_file)
        with pytest.raises(CalendarError) as raised:
            folders.prepare_calendar(session, people.ANNA, "new", "ValueFrame")
    assert raised.value.failure.code == "EX-IMP-01"


def test_an_answer_without_a_folder_id(tmp_path: Path, session_at: Callable[..., EwsSession]) -> None:
    content = "<m:Folders><t:CalendarFolder/></m:Folders>"
    with serving(tmp_path, Canned(answer("GetFolder", message("GetFolder", content)))) as server:
        session = session_at(server.url, server.ca_file)
        with pytest.raises(CalendarError) as raised:
            folders.default_identity(session, Context(session.connection, mailbox=people.ANNA))
    assert raised.value.failure.code == "EX-UNKNOWN-01"


def test_other_folders_of_that_name_do_not_count(
    tmp_path: Path, session_at: Callable[..., EwsSession]
) -> None:
    tasks = FOUND.replace("IPF.Appointment", "IPF.Task")
    with serving(tmp_path, Canned(answer("FindFolder", message("FindFolder", tasks)))) as server:
        session = session_at(server.url, server.ca_file)
        context = Context(session.connection, mailbox=people.ANNA, calendar="ValueFrame")
        with pytest.raises(CalendarError) as raised:
            folders.named_identity(session, context)
    assert raised.value.failure.code == "EX-CAL-01"
