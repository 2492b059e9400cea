"""The keeper at EWS servers that are not the simulator: the same figures in other words."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.calendars.ews import people
from tests.calendars.ews.canned import Canned
from tests.calendars.ews.foreign import (
    Answered,
    Change,
    both,
    by_long_names,
    plain,
    speaking_otherwise,
    with_additions,
    with_html_bodies,
    with_long_names,
    with_prefixes,
    with_text,
    without,
    without_attribute,
)
from tests.calendars.ews.scene import EVENT, mark
from vfadmin.calendars.ews import EwsCalendar
from vfadmin.calendars.ews.calendar import Place
from vfadmin.calendars.ews.session import EwsSession
from vfadmin.calendars.ews.xml import SOAP, M, T, tag
from vfadmin.errors import StaleVersion
from vfadmin.simulator import OutlookUser, Simulator

SessionAt = Callable[..., EwsSession]


@dataclass(frozen=True)
class Manner:
    """How a server answers, and what it makes of the names in a request."""

    change: Change = lambda _: None
    answered: Answered = plain
    understood: Callable[[bytes], bytes] = lambda request: request
    shows_uid: bool = True


def sent(**how: object) -> Answered:
    return lambda envelope: replace(Canned(envelope), **how)  # type: ignore[arg-type]  # Canned's own fields


def zipped(envelope: bytes) -> Canned:
    return Canned(gzip.compress(envelope), headers=(("Content-Encoding", "gzip"),))


def wide(envelope: bytes) -> Canned:
    return Canned(envelope.decode().replace("utf-8", "utf-16", 1).encode("utf-16"))


def remarked(envelope: bytes) -> Canned:
    declaration, _, rest = envelope.partition(b"?>")
    return Canned(declaration + b"?>\n<!-- proxy 7 -->\n<?proxy 7?>\n" + rest)


def bare(envelope: bytes) -> Canned:
    return Canned(b"\xef\xbb\xbf\r\n" + envelope.partition(b"?>")[2])


def times(rewritten: Callable[[str], str]) -> Change:
    names = ("t:Start", "t:End", "t:DateTimeCreated", "t:LastModifiedTime")
    return both(*(with_text(name, rewritten) for name in names))


MANNERS = {
    "types as the default namespace": Manner(answered=with_prefixes({None: T, "a": M, "env": SOAP})),
    "messages as the default namespace": Manner(answered=with_prefixes({None: M, "b": T, "SOAP-ENV": SOAP})),
    "SOAP as the default namespace": Manner(answered=with_prefixes({None: SOAP, "ns1": M, "ns2": T})),
    "additions from later schemas": Manner(with_additions),
    "a remark before the envelope": Manner(answered=remarked),
    "no declaration, but a mark and a line": Manner(answered=bare),
    "UTF-16": Manner(answered=wide),
    "gzip": Manner(answered=zipped),
    "chunks": Manner(answered=sent(chunked=True)),
    "a connection for each answer": Manner(answered=sent(headers=(("Connection", "close"),))),
    "no version": Manner(without("t:ServerVersionInfo")),
    "no classes of answers": Manner(
        both(
            without_attribute(tag("m:GetItemResponseMessage"), "ResponseClass"),
            without_attribute(tag("m:SyncFolderItemsResponseMessage"), "ResponseClass"),
        )
    ),
    "no word on whether more follows": Manner(without("m:IncludesLastItemInRange")),
    "offsets": Manner(times(lambda text: text.replace("T07:00:00Z", "T09:00:00+02:00"))),
    "fractions of seconds": Manner(times(lambda text: text.replace("Z", ".1234567Z"))),
    "no offsets and blanks": Manner(times(lambda text: f"\n {text.removesuffix('Z')} ")),
    "long names": Manner(with_long_names, understood=by_long_names),
    "texts as HTML": Manner(with_html_bodies),
    "no UID": Manner(without("t:UID"), shows_uid=False),
    "UIDs in small letters": Manner(with_text("t:UID", str.lower)),
    "no times of its own": Manner(without("t:DateTimeCreated", "t:LastModifiedTime")),
    "little else": Manner(without("t:CalendarItemType", "t:IsMeeting", "t:MyResponseType", "t:Organizer")),
}


@pytest.mark.parametrize("manner", MANNERS.values(), ids=MANNERS)
def test_the_keeper_understands_a_server_with(
    exchange: Simulator, anna: OutlookUser, tmp_path: Path, session_at: SessionAt, manner: Manner
) -> None:
    """Creating, listing, reading, finding, changing and deleting come out as with the simulator."""
    event = replace(EVENT, text="Asialista\n\nToinen kohta")
    made = mark()
    with speaking_otherwise(exchange, tmp_path, manner.change, manner.answered, manner.understood) as server:
        session = session_at(server.url, server.ca_file, server_version="auto")
        calendar = EwsCalendar(session, Place(people.ANNA, "default"))
        written = calendar.create(event, made)
        *_, page = calendar.changes(None)
        later = EwsCalendar(session, Place(people.ANNA, "default"))
        again = later.create(event, made)
        assert (again.id, again.existing) == (written.id, True)
        item = calendar.fetch([written.id]).items[written.id]
        assert (item.id, item.event, item.key, item.stamp) == (written.id, event, made.key, made.stamp)
        assert item.uid == (written.uid if manner.shows_uid else None)
        assert [found.id for found in calendar.find(made.key)] == [written.id]
        moved = replace(event, title="Siirretty")
        updated = calendar.update(written.id, moved, frozenset({"title"}), item.version, made)
        with pytest.raises(StaleVersion):
            calendar.update(written.id, moved, frozenset({"title"}), item.version, made)
        (change,) = [one for found in calendar.changes(page.cursor) for one in found.changed]
        assert (change.id, change.version) == (written.id, updated.version)
        assert [one.subject for one in anna.items()] == ["Siirretty"]
        calendar.delete(written.id, updated.version)
    assert anna.items() == []
