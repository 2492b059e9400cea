"""The rules for requests, themselves held against Microsoft's schema where that is at hand."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from functools import cache

import pytest
from lxml import etree

from tests.simulator.every_request import OPERATIONS, envelope, spoiled
from tests.simulator.schema_check import load_schema
from tests.simulator.wire import HEAD, Wire, distinguished, impersonating, setting, shape, times
from vfadmin.simulator import HttpResponse, MailboxSpec, Simulator, SimulatorConfig
from vfadmin.simulator.names import ERRORS_NS, MESSAGES_NS, TYPES_NS, M, S, T
from vfadmin.simulator.schema import Violation, violation

_schema = cache(load_schema)
FIND = (
    f'<FindItem Traversal="Shallow">{shape()}{{}}<ParentFolderIds>{distinguished("calendar")}'
    "</ParentFolderIds>{}</FindItem>"
)
NONSENSE = '<Restriction><ty:Exists><ty:FieldURI FieldURI="message:Nothing"/></ty:Exists></Restriction>'
PERSON = impersonating("PrimarySmtpAddress", "a@example.test")
SPOILED = 300
"""So many of each operation: a few seconds in all. Ten times as many agree too."""


@pytest.fixture(scope="module")
def still() -> Iterator[Simulator]:
    """A server that listens nowhere: what is asked of it is not held against the schema after the test."""
    made = Simulator(SimulatorConfig(mailboxes=(MailboxSpec("a@example.test"),), tls=False))
    yield made
    made.stop()


def post(server: Simulator, body: bytes) -> HttpResponse:
    token = base64.b64encode(f"{server.account}:{server.password}".encode()).decode()
    return server.handle("POST", "/EWS/Exchange.asmx", {"Authorization": f"Basic {token}"}, body)


def found(request: etree._Element) -> Violation | None:
    header, body = request.find(f"{S}Header"), request.find(f"{S}Body")
    assert body is not None
    return violation(body[0], header)


def refused(request: etree._Element) -> str | None:
    """What Microsoft's schema says of it."""
    schema = _schema()
    assert schema is not None
    for part in request.iterfind("*/*"):
        if not schema.validate(etree.ElementTree(part)):
            return str(schema.error_log.last_error)
    return None


def name(operation: str) -> str:
    return operation[1:].partition(" ")[0].partition(">")[0]


@pytest.mark.parametrize("operation", OPERATIONS, ids=name)
def test_a_valid_request_is_valid(operation: str) -> None:
    request = envelope(operation)
    assert found(request) is None
    if _schema() is not None:
        assert refused(request) is None


@pytest.mark.parametrize("operation", OPERATIONS, ids=name)
def test_whatever_the_schema_refuses_is_refused_and_nothing_else(operation: str) -> None:
    """Of a request that something was done to; without the schema only that the rules have an answer."""
    wrong = []
    for seed in range(SPOILED):
        request = spoiled(operation, seed)
        ours = found(request)
        if _schema() is not None:
            theirs = refused(request)
            if (ours is None) != (theirs is None):
                wrong.append((seed, ours and ours.text, theirs))
    assert wrong == []


def test_a_server_refuses_what_the_rules_forbid(still: Simulator) -> None:
    for operation in OPERATIONS:
        for seed in range(20):
            request = spoiled(operation, seed)
            answer = post(still, etree.tostring(request))
            if answer.stream is not None:
                continue
            told = etree.fromstring(answer.body)
            code = told.findtext(f".//{{{ERRORS_NS}}}ResponseCode")
            # Whom a request is made for is looked at before, and the zone of its header after.
            if found(request) is not None:
                assert answer.status == 500
                assert code in ("ErrorSchemaValidation", "ErrorInvalidExchangeImpersonationHeaderData")
            else:
                assert code != "ErrorSchemaValidation" or b"LineNumber>0<" in answer.body


@pytest.mark.parametrize(
    ("text", "place", "violation_text"),
    [
        (
            "<GetServerTimeZones\n  ReturnFullTimeZoneData='maybe'/>",
            (2, 2),
            (
                "The 'ReturnFullTimeZoneData' attribute is invalid - The value 'maybe' is invalid according "
                "to its "
                "datatype '{x}:boolean' - The string 'maybe' is not a valid Boolean "
                "value."
            ),
        ),
        (
            "<DeleteItem><ItemIds><ty:ItemId Id='x'/></ItemIds></DeleteItem>",
            (2, 2),
            "The required attribute 'DeleteType' is missing.",
        ),
        (
            "<UpdateItem ConflictResolution='Sometimes'>\n<ItemChanges/></UpdateItem>",
            (2, 2),
            (
                "The 'ConflictResolution' attribute is invalid - The value 'Sometimes' is invalid according "
                "to its "
                "datatype '{t}:ConflictResolutionType' - The "
                "Enumeration constraint failed."
            ),
        ),
        (
            "<GetEvents>\n<SubscriptionId>ä</SubscriptionId> <Watermark></Watermark></GetEvents>",
            (3, 49),
            (
                "The '{m}:Watermark' element is invalid - "
                "The value '' is invalid according to its datatype "
                "'{t}:NonEmptyStringType' - The MinLength "
                "constraint failed."
            ),
        ),
        (
            "<GetEvents><Watermark>w</Watermark></GetEvents>",
            (2, 13),
            (
                "The element 'GetEvents' in namespace '{m}' "
                "has invalid child element 'Watermark' in namespace "
                "'{m}'. List of possible elements expected: "
                "'SubscriptionId' in namespace '{m}'."
            ),
        ),
        (
            "<GetEvents><SubscriptionId>s</SubscriptionId></GetEvents>",
            (2, 48),
            (
                "The element 'GetEvents' in namespace '{m}' "
                "has incomplete content. List of possible elements expected: 'Watermark' in namespace "
                "'{m}'."
            ),
        ),
    ],
    ids=["boolean", "attribute", "enumeration", "empty", "order", "incomplete"],
)
def test_a_fault_says_what_is_wrong_and_where(
    still: Simulator, text: str, place: tuple[int, int], violation_text: str
) -> None:
    """As a real server's does: the place is that of the name, or of the end of what is wrong inside."""
    meant = violation_text.format(m=MESSAGES_NS, t=TYPES_NS, x="http://www.w3.org/2001/XMLSchema")
    body = f"{HEAD}<soapenv:Body>\n{text}</soapenv:Body></soapenv:Envelope>"
    answer = post(still, body.encode())
    told = etree.fromstring(answer.body)
    line, position, said = (
        told.findtext(f".//{T}{one}") for one in ("LineNumber", "LinePosition", "Violation")
    )
    assert answer.status == 500
    assert told.findtext(".//faultcode") == "a:ErrorSchemaValidation"
    assert told.findtext(".//faultstring") == f"The request failed schema validation: {meant}"
    assert (said, (int(line or 0), int(position or 0))) == (meant, place)


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "windows-1252"])
def test_the_place_is_found_in_any_encoding(still: Simulator, encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding}"?>'
    body = f"{declared}\n{HEAD}<soapenv:Body><GetEvents/></soapenv:Body></soapenv:Envelope>"
    line = etree.fromstring(post(still, body.encode(encoding)).body).findtext(f".//{T}LineNumber")
    assert line == "2"


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        (FIND.format('<GroupBy Order="Ascending"/>', ""), "ErrorInvalidRequest"),
        (FIND.format("", "<QueryString>x</QueryString>"), "ErrorInvalidRequest"),
        (FIND.format("<FractionalPageItemView/>", ""), "ErrorInvalidRequest"),
        (FIND.format("", "").replace("Shallow", "Associated").replace("<P", f"{NONSENSE}<P"), "unsupported"),
        (
            (
                "<CreateFolder><ParentFolderId><ty:DistinguishedFolderId Id='calendar'/></ParentFolderId>"
                "<Folders>"
                "<ty:Folder><ty:DisplayName>x</ty:DisplayName><ty:PermissionSet/></ty:Folder></Folders>"
                "</CreateFolder>"
            ),
            "ErrorInvalidPropertySet",
        ),
        (
            (
                "<GetFolder><FolderShape><ty:BaseShape>IdOnly</ty:BaseShape><ty:AdditionalProperties>"
                "<ty:FieldURI "
                "FieldURI='message:Nothing'/></ty:AdditionalProperties></FolderShape><FolderIds>"
                "<ty:DistinguishedFolderId Id='calendar'/></FolderIds></GetFolder>"
            ),
            "ErrorInvalidPropertyRequest",
        ),
        (
            (
                "<CreateItem MessageDisposition='SaveOnly'><Items><ty:AcceptItem><ty:Attachments/>"
                "</ty:AcceptItem>"
                "</Items></CreateItem>"
            ),
            "ErrorInvalidRequest",
        ),
        ("<CreateItem><Items><ty:Message><ty:Nothing/></ty:Message></Items></CreateItem>", "item"),
    ],
)
def test_what_is_not_described_is_not_served_either(still: Simulator, operation: str, code: str) -> None:
    header = f"<soapenv:Header>{PERSON}</soapenv:Header>"
    body = f"{HEAD}{header}<soapenv:Body>{operation}</soapenv:Body></soapenv:Envelope>"
    answer = etree.fromstring(post(still, body.encode()).body)
    told = answer.findtext(f".//{{{ERRORS_NS}}}ResponseCode") or answer.findtext(f".//{M}ResponseCode")
    meant = {"item": "ErrorInvalidItemForOperationCreateItem", "unsupported": "ErrorUnsupportedPathForQuery"}
    assert told == meant.get(code, code)


def test_a_property_that_is_not_kept_cannot_be_set(wire: Wire) -> None:
    item = wire.create(times()).item_ids()[0]
    attached = setting("item:Attachments", "<ty:Attachments><ty:FileAttachment/></ty:Attachments>")
    assert wire.update(item, attached).codes == ["ErrorInvalidPropertySet"]
    assert wire.update(item, setting("calendar:NetShowUrl", "<ty:NetShowUrl>x</ty:NetShowUrl>")).codes == [
        "NoError"
    ]
