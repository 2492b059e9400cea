"""The check of the check: what is wrong is noticed."""

from __future__ import annotations

import pytest
from lxml import etree

from tests.simulator.schema_check import Exchange, SchemaCheck, load_schema, structural
from tests.simulator.wire import Wire, times
from vfadmin.simulator.http_values import HttpRequest, HttpResponse, xml_response


def answered(wire: Wire) -> tuple[bytes, bytes]:
    item_id = wire.create(f"<ty:Subject>x</ty:Subject>{times()}").item_ids()[0][0]
    return b"", etree.tostring(wire.get(item_id, "item:Subject", "calendar:Start").root)


def complaints(body: bytes) -> list[str]:
    answer = etree.fromstring(body)
    return structural(answer)


def test_a_good_answer_is_good(wire: Wire) -> None:
    assert complaints(answered(wire)[1]) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"NoError", b"ErrorItemNotFound"),
        (b"ServerVersionInfo", b"VersionInfo"),
        (b"<t:Subject>x</t:Subject>", b'<x:Subject xmlns:x="urn:x">x</x:Subject>'),
    ],
)
def test_what_is_wrong_is_noticed_without_the_schema(wire: Wire, old: bytes, new: bytes) -> None:
    body = answered(wire)[1]
    assert old in body

    assert complaints(body.replace(old, new)) != []


def test_elements_out_of_order_are_noticed(wire: Wire) -> None:
    body = answered(wire)[1]
    start = b"<t:Start>2026-03-11T08:00:00Z</t:Start>"
    turned = body.replace(start, b"").replace(b"<t:ItemId ", start + b"<t:ItemId ")

    assert complaints(turned) != []


def test_the_schema_bites_where_it_is_at_hand() -> None:
    check = SchemaCheck(load_schema())
    wrong = b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body/></s:Envelope>'

    assert check.of(Exchange(HttpRequest("POST", "/", body=wrong), xml_response(200, wrong))) != []
    assert check.of(Exchange(HttpRequest("POST", "/", body=wrong), HttpResponse(401))) == []
