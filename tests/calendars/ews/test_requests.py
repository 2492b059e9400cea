"""What the keeper sends is what a server of the announced version understands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.calendars.ews import people
from tests.calendars.ews.canned import Canned, fault
from tests.calendars.ews.foreign import relayed
from tests.calendars.ews.request_check import complaints, version_of
from tests.calendars.ews.scene import EVENT, mark
from vfadmin.calendars.event import FIELDS, ShowAs, all_day
from vfadmin.calendars.ews import EwsCalendar, folders
from vfadmin.calendars.ews.calendar import Place
from vfadmin.calendars.ews.connection import API_LADDER
from vfadmin.calendars.ews.resolve import resolve
from vfadmin.calendars.ews.session import EwsSession
from vfadmin.calendars.ews.xml import SOAP, M, T
from vfadmin.simulator import OutlookUser, Simulator

SessionAt = Callable[..., EwsSession]


@pytest.mark.parametrize("spoken", API_LADDER)
@pytest.mark.parametrize("setting", ["auto", "2013"])
def test_every_request_is_in_the_words_of_its_version(
    exchange: Simulator, anna: OutlookUser, tmp_path: Path, session_at: SessionAt, spoken: str, setting: str
) -> None:
    """A server that knows `spoken` at most is spoken to in that, from the first to the last request."""
    known = API_LADDER[API_LADDER.index(spoken) :]

    def understood(body: bytes) -> Canned | None:
        return None if version_of(body) in known else Canned(fault("ErrorInvalidServerVersion"), status=500)

    with relayed(exchange, tmp_path, understood) as server:
        session = session_at(server.url, server.ca_file, server_version=setting)
        resolve(session, "EXAMPLE\\liisa")
        resolve(session, people.MATTI)
        folders.prepare_calendar(session, people.ANNA, "new", "ValueFrame")
        calendar = EwsCalendar(session, Place(people.ANNA, "ValueFrame"))
        event = replace(EVENT, show_as=ShowAs.ELSEWHERE, reminder_minutes=15, location="Sali", private=True)
        made = mark()
        written = calendar.create(event, made)
        day = replace(event, when=all_day(EVENT.when.start.date(), EVENT.when.start.date().replace(day=5)))
        written = calendar.update(written.id, day, frozenset(FIELDS), written.version, made)
        (page,) = calendar.changes(None)
        list(calendar.changes(page.cursor))
        (item,) = calendar.find(made.key)
        calendar.delete(item.id, item.version)
        sent = [body for _, body in server.requests]
    assert [text for body in sent for text in complaints(body)] == []
    first = API_LADDER.index(session.connection.first_api)
    assert version_of(sent[-1]) == API_LADDER[max(first, API_LADDER.index(spoken))]
    assert anna.items() == []


def test_the_check_sees_what_is_too_new_and_what_is_no_request() -> None:
    head = (
        f'<s:Envelope xmlns:s="{SOAP}" xmlns:t="{T}" xmlns:m="{M}"><s:Header>'
        '<t:RequestServerVersion Version="{}"/></s:Header><s:Body>'
        '<m:ResolveNames ReturnFullContactData="true" ContactDataShape="Default">'
        "<m:UnresolvedEntry>a</m:UnresolvedEntry></m:ResolveNames></s:Body></s:Envelope>"
    )
    assert complaints(head.format("Exchange2010_SP2").encode()) == []
    assert complaints(head.format("Exchange2010_SP1").encode()) == ["ContactDataShape in Exchange2010_SP1"]
    assert complaints(head.format("Exchange2099").encode()) == ["announces 'Exchange2099'"]
