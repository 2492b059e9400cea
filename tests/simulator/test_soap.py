"""Envelopes: what a request may look like, and how a refusal does."""

from __future__ import annotations

import pytest

from tests.simulator.wire import HEAD, Wire, shape, times
from vfadmin.simulator import MailboxSpec, Simulator, SimulatorConfig
from vfadmin.simulator.config import ServerGeneration
from vfadmin.simulator.names import MESSAGES_NS, SOAP_NS, TYPES_NS
from vfadmin.simulator.versions import SERVERS, SchemaVersion, request_version

PROBE = '<GetServerTimeZones ReturnFullTimeZoneData="false"/>'


def test_operations_are_known_by_namespace_whatever_the_prefix(wire: Wire) -> None:
    body = (
        '<?xml version="1.0" encoding="utf-8"?>\n<!-- made by hand -->'
        f'<odd:Envelope xmlns:odd="{SOAP_NS}"><odd:Header>'
        f'<RequestServerVersion xmlns="{TYPES_NS}" Version="Exchange2010"/></odd:Header><odd:Body>'
        f'<q1:GetServerTimeZones xmlns:q1="{MESSAGES_NS}"><q1:Ids><z:Id '
        f'xmlns:z="{TYPES_NS}">UTC</z:Id></q1:Ids>'
        "</q1:GetServerTimeZones></odd:Body></odd:Envelope>"
    )

    answer = wire.send(body.encode())

    assert (answer.status, answer.codes) == (200, ["NoError"])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not xml",
        b"<a/>",
        f"{HEAD}<soapenv:Body/></soapenv:Envelope>".encode(),
        (
            f"{HEAD}<soapenv:Body><GetServerTimeZones xmlns='urn:other'/></soapenv:Body></soapenv:Envelope>"
        ).encode(),
        f"{HEAD}<soapenv:Body><DoMagic/></soapenv:Body></soapenv:Envelope>".encode(),
    ],
)
def test_what_is_no_request_is_a_fault(wire: Wire, body: bytes) -> None:
    answer = wire.send(body)

    assert (answer.status, answer.fault) == (500, "ErrorInvalidRequest")


@pytest.mark.parametrize(
    "document_type",
    [
        '<!DOCTYPE x [<!ENTITY a "UTC">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">',
        '<!DOCTYPE x [<!ENTITY a "&#38;b;&#38;b;"><!ENTITY b "&#38;a;&#38;a;">]>',
    ],
)
def test_a_document_type_is_refused_as_asp_net_does(wire: Wire, document_type: str) -> None:
    body = f"{document_type}{HEAD}<soapenv:Body>{PROBE}</soapenv:Body></soapenv:Envelope>"

    answer = wire.send(body.encode())

    assert (answer.status, answer.fault) == (500, "ErrorInvalidRequest")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "iso-8859-1", "utf-8-sig"])
def test_a_request_may_be_in_any_encoding_it_declares(wire: Wire, encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    envelope = f"{HEAD}<soapenv:Body>{PROBE}</soapenv:Body></soapenv:Envelope>"
    body = f'<?xml version="1.0" encoding="{declared}"?>{envelope}'

    assert wire.send(body.encode(encoding)).codes == ["NoError"]


@pytest.mark.parametrize(
    "operation",
    [
        f"<GetItem>{shape()}<ItemIds/></GetItem>",
        "<GetFolder><FolderShape><ty:BaseShape>IdOnly</ty:BaseShape></FolderShape><FolderIds/></GetFolder>",
        '<DeleteItem DeleteType="HardDelete"><ItemIds/></DeleteItem>',
        '<CreateItem SendMeetingInvitations="SendToNone"><Items/></CreateItem>',
    ],
)
def test_a_list_without_entries_is_a_fault(wire: Wire, operation: str) -> None:
    assert wire.post(operation).fault == "ErrorSchemaValidation"


@pytest.mark.parametrize("count", ["1" * 5000, "²", "0x10", "1.5", ""])
def test_a_number_that_is_none_is_a_fault(wire: Wire, count: str) -> None:
    folder = '<SyncFolderId><ty:DistinguishedFolderId Id="calendar"/></SyncFolderId>'
    limit = f"<MaxChangesReturned>{count}</MaxChangesReturned>"

    answer = wire.post(f"<SyncFolderItems>{shape()}{folder}{limit}</SyncFolderItems>")

    assert answer.fault == "ErrorSchemaValidation"


@pytest.mark.parametrize(
    "attributes",
    ['PropertyTag="soon"', 'PropertyTag="0x12345"', f'{{}} PropertyId="{"1" * 5000}"', '{} PropertyId="x"'],
)
def test_a_property_that_cannot_be_named_so_is_a_fault(wire: Wire, attributes: str) -> None:
    named = attributes.format('DistinguishedPropertySetId="Common"')
    item_id = wire.create(times()).item_ids()[0][0]

    answer = wire.get(item_id, extended=f'<ty:ExtendedFieldURI {named} PropertyType="String"/>')

    assert answer.fault == "ErrorSchemaValidation"


@pytest.mark.parametrize("end", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+12:00"])
def test_a_time_beyond_the_calendar_is_a_fault(wire: Wire, end: str) -> None:
    answer = wire.create(f"<ty:Start>2026-03-11T08:00:00Z</ty:Start><ty:End>{end}</ty:End>")

    assert answer.fault == "ErrorSchemaValidation"


def test_an_early_year_is_written_with_four_digits(wire: Wire) -> None:
    early = "<ty:Start>0300-03-11T08:00:00Z</ty:Start><ty:End>0300-03-11T09:00:00Z</ty:End>"
    item_id = wire.create(early).item_ids()[0][0]

    assert wire.get(item_id, "calendar:Start").text("Start") == "0300-03-11T08:00:00Z"


def test_entities_are_not_resolved(wire: Wire) -> None:
    body = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>{HEAD}<soapenv:Body>&e;{PROBE}</soapenv:Body></soapenv:Envelope>'

    assert wire.send(body.encode()).fault == "ErrorInvalidRequest"


@pytest.mark.parametrize("version", ["Exchange2025", "V2018_01_08", ""])
def test_a_version_the_server_does_not_speak_is_a_fault(wire: Wire, version: str) -> None:
    assert wire.post(PROBE, version=version).fault == "ErrorInvalidServerVersion"


@pytest.mark.parametrize(
    ("generation", "major", "minor"),
    [
        ("2010", "14", "3"),
        ("2013", "15", "0"),
        ("2016", "15", "1"),
        ("2019", "15", "2"),
        ("online", "15", "20"),
    ],
)
def test_each_generation_says_its_build(generation: ServerGeneration, major: str, minor: str) -> None:
    with Simulator(SimulatorConfig(mailboxes=(MailboxSpec("a@example.test"),), version=generation)) as sim:
        wire = Wire(sim)
        answer = wire.post(PROBE, version="Exchange2010")
        wire.close()

    header = answer.root.find(".//{*}ServerVersionInfo")
    assert header is not None
    assert (header.get("MajorVersion"), header.get("MinorVersion")) == (major, minor)


def test_an_old_server_knows_no_newer_schema() -> None:
    assert request_version("Exchange2013", SERVERS["2010"]) is None
    assert request_version("Exchange2010_SP2", SERVERS["2010"]) is SchemaVersion.EXCHANGE_2010_SP2
    assert request_version("V2018_01_08", SERVERS["online"]) is SchemaVersion.V2018
    assert request_version(None, SERVERS["2019"]) is SchemaVersion.EXCHANGE_2010


def test_without_a_version_a_request_is_an_old_one(wire: Wire) -> None:
    item_id = wire.create(times()).item_ids()[0][0]

    assert wire.get(item_id, "calendar:StartTimeZone", version=None).codes == ["NoError"]
    assert wire.get(item_id, "item:TextBody", version=None).fault == "ErrorSchemaValidation"


def test_a_zone_context_nobody_knows_is_a_fault(wire: Wire) -> None:
    header = '<ty:TimeZoneContext><ty:TimeZoneDefinition Id="Mars Standard Time"/></ty:TimeZoneContext>'

    assert wire.post(PROBE, header=header).fault == "ErrorTimeZone"


def test_a_required_element_that_is_missing_is_a_fault(wire: Wire) -> None:
    assert wire.post(f"<GetItem>{shape()}</GetItem>").fault == "ErrorSchemaValidation"


@pytest.mark.parametrize("edge", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_beyond_the_calendar_is_refused_as_any_bad_time(wire: Wire, edge: str) -> None:
    bad = wire.find(f'<CalendarView StartDate="{edge}" EndDate="2026-12-01T00:00:00Z"/>')
    worse = wire.find('<CalendarView StartDate="soon" EndDate="2026-12-01T00:00:00Z"/>')

    assert (bad.status, bad.fault) == (worse.status, worse.fault)
    assert bad.status == 500
