"""Reading and writing EWS's XML beside the least that does the same: requests and lxml's `iterparse`."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable, Iterator

import requests
from lxml import etree

from benchmarks.speed.far_side import FarSide, values_of
from benchmarks.speed.measure import Row, cost, medians
from benchmarks.speed.ours import server
from benchmarks.speed.stock import FIELDS, stock
from vfadmin.calendars.base import Mark
from vfadmin.calendars.event import Event, When, canonical
from vfadmin.calendars.ews import folders, read, write
from vfadmin.calendars.ews.calendar import EwsCalendar
from vfadmin.calendars.ews.connection import EwsConnection
from vfadmin.calendars.ews.transport import Envelope, EwsProtocol
from vfadmin.simulator.config import utc_now

_T = "{http://schemas.microsoft.com/exchange/services/2006/types}"
_EVENTS = 600


class Floor:
    """Sends a request's bytes and looks at every element of the answer once."""

    def __init__(self, far: FarSide, mailbox: str) -> None:
        connection = EwsConnection("ews", far.url, far.account, "basic", "2016", far.ca_file)
        self._protocol = EwsProtocol(connection, far.password, 1)
        self._session = requests.Session()
        self._session.trust_env = False  # its REQUESTS_CA_BUNDLE would go before the simulator's certificate
        self._session.verify = far.ca_file
        self._session.auth = (far.account, far.password)
        self._session.headers.update({"Content-Type": "text/xml; charset=utf-8", "X-AnchorMailbox": mailbox})
        self._url, self._mailbox = far.url, mailbox

    def packed(self, request: etree._Element) -> bytes:
        """The request in its envelope: made once, outside of what is measured."""
        return Envelope(self._protocol, self._mailbox).pack(request, "Exchange2016")

    def ask(self, data: bytes) -> Iterator[tuple[str, dict[str, str]]]:
        """Each calendar item of the answer: its id, and the texts of what is below it."""
        answer = self._session.post(self._url, data=data, timeout=120)
        answer.raise_for_status()
        for _, found in etree.iterparse(io.BytesIO(answer.content), tag=_T + "CalendarItem"):
            texts = {one.tag: one.text or "" for one in found.iter() if one.text}
            yield next(found.iter(_T + "ItemId")).get("Id") or "", texts
            found.clear()

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()
        self._protocol.close()


def rows(far: FarSide, mailbox: str, empty: str, rounds: int) -> Iterator[Row]:
    """Parsing, encoding and an unchanged poll."""
    far.tell("fill", mailbox, _EVENTS)
    held, floor = server(far), Floor(far, mailbox)
    calendar = held.calendar(mailbox, "default", None)
    try:
        yield from _parsing(far, mailbox, calendar, floor, rounds)
        yield _encoding(calendar, floor, rounds)
        yield from _poll(far, held.calendar(empty, "default", None), Floor(far, empty), rounds)
    finally:
        floor.close()
        held.close()


def _parsing(far: FarSide, mailbox: str, calendar: EwsCalendar, floor: Floor, rounds: int) -> Iterator[Row]:
    ids = [one.id for page in calendar.changes(None) for one in page.changed]
    states = [None, *(page.cursor for page in calendar.changes(None) if not page.last)]
    listing = [floor.packed(read.sync_request(_place(mailbox), state, read.PAGE)) for state in states]
    batches = [ids[start : start + read.BATCH] for start in range(0, len(ids), read.BATCH)]
    getting = [floor.packed(read.get_request(batch)) for batch in batches]
    theirs = stock(far, mailbox)
    wanted = [(one, None) for one in ids]
    kinds: dict[str, tuple[Callable[[], object], ...]] = {
        "SyncFolderItems": (
            lambda: list(calendar.changes(None)),
            lambda: [one for data in listing for one in floor.ask(data)],
            theirs.list_changes,
        ),
        "GetItem": (
            lambda: calendar.fetch(ids),
            lambda: [one for data in getting for one in floor.ask(data)],
            lambda: list(theirs.account.fetch(wanted, only_fields=FIELDS)),
        ),
    }
    for name, (ours, least, stocks) in kinds.items():
        found = medians(rounds, {"ours": _cpu(ours), "floor": _cpu(least), "stock": _cpu(stocks)})
        yield _per_event(f"parse {name}, to the floor", found["ours"], found["floor"], 1.5)
        yield _per_event("  exchangelib as it comes, to the floor", found["stock"], found["floor"], None)


def _per_event(what: str, ours: float, other: float, goal: float | None) -> Row:
    each = 1e6 / _EVENTS
    return Row(what, ours * each, other * each, "us CPU", ours / other, goal)


def _encoding(calendar: EwsCalendar, floor: Floor, rounds: int) -> Row:
    """CreateItem of fifty events, to its bytes: ours, and the same elements put together by lxml alone."""
    home = write.Home("Europe/Helsinki", utc_now())
    events = [event_of(number) for number in range(50)]
    marks = [Mark(str(uuid.uuid4()), str(uuid.uuid4())) for _ in events]
    project = calendar.capabilities.project

    def ours() -> bytes:
        made = [write.new_item(project(one), mark, home) for one, mark in zip(events, marks, strict=True)]
        return floor.packed(write.create_request(_place("a@example.test"), made))

    pattern = etree.fromstring(ours())

    def least() -> bytes:
        return etree.tostring(_again(pattern), encoding="utf-8", xml_declaration=True)

    def many(work: Callable[[], bytes]) -> Callable[[], float]:
        return _cpu(lambda: [work() for _ in range(20)])

    found = medians(rounds, {"ours": many(ours), "floor": many(least)})
    each = 1e6 / 20 / len(events)
    ratio = found["ours"] / found["floor"]
    return Row(
        "encode CreateItem, to the floor", found["ours"] * each, found["floor"] * each, "us CPU", ratio, 3.0
    )


def _again(pattern: etree._Element) -> etree._Element:
    """The same tree, element by element."""
    made = etree.Element(pattern.tag, {str(name): str(value) for name, value in pattern.attrib.items()})
    made.text = pattern.text
    made.extend([_again(child) for child in pattern])
    return made


def _poll(far: FarSide, calendar: EwsCalendar, floor: Floor, rounds: int) -> Iterator[Row]:
    """An unchanged calendar asked a hundred times."""
    (page,) = calendar.changes(None)
    data = floor.packed(read.sync_request(_place(floor._mailbox), page.cursor, read.PAGE))  # noqa: SLF001
    far.tell("requests")
    list(calendar.changes(page.cursor))
    asked = sum(far.tell("requests").values())
    yield Row("unchanged poll, requests", asked, 1, "requests", asked, 1.0)
    found = medians(
        rounds,
        {
            "ours": _cpu(lambda: [list(calendar.changes(page.cursor)) for _ in range(100)]),
            "floor": _cpu(lambda: [list(floor.ask(data)) for _ in range(100)]),
        },
    )
    floor.close()
    ratio = found["ours"] / found["floor"]
    yield Row("unchanged poll, to the floor", found["ours"] * 10, found["floor"] * 10, "ms CPU", ratio, 2.0)


def event_of(number: int) -> Event:
    """The event with that number, as the engine knows events."""
    made = values_of(number)
    when = When(made["start"], made["end"], zone="Europe/Helsinki")
    return canonical(Event(made["subject"], when, location=made["location"], text=made["body_text"]))


def _place(mailbox: str) -> etree._Element:
    return folders.distinguished("calendar", mailbox)


def _cpu(work: Callable[[], object]) -> Callable[[], float]:
    return lambda: cost(work).cpu
