from __future__ import annotations

import pytest

from tests.calendars.ews.canned import answer, fault, message, soap
from vfadmin.calendars.ews.errors import EwsFault
from vfadmin.calendars.ews.soap import read_reply
from vfadmin.calendars.ews.xml import Truncated


def test_messages_and_the_server_that_spoke() -> None:
    reply = read_reply(answer("GetItem", message("GetItem", "<m:Items><t:CalendarItem/></m:Items>")))
    assert [len(one.items()) for one in reply.messages] == [1]
    assert (reply.fault, str(reply.build)) == (None, "15.1.2507.6")


def test_a_message_that_reports_an_error_raises_it_when_read() -> None:
    values = '<m:MessageXml><t:Value Name="Primary">anna@example.com</t:Value></m:MessageXml>'
    (only,) = read_reply(answer("GetItem", message("GetItem", values, "ErrorItemNotFound"))).messages
    with pytest.raises(EwsFault) as raised:
        only.items()
    assert (raised.value.code, raised.value.values) == ("ErrorItemNotFound", {"Primary": "anna@example.com"})


def test_a_warning_carries_its_result() -> None:
    text = answer(
        "ResolveNames", message("ResolveNames", "<m:ResolutionSet/>", "ErrorNameResolutionMultipleResults")
    )
    reply = read_reply(text.replace(b'ResponseClass="Error"', b'ResponseClass="Warning"'))
    assert reply.messages[0].items("m:ResolutionSet") == ()


def test_an_answer_without_messages_is_its_own_message() -> None:
    assert len(read_reply(soap("<m:GetServerTimeZonesResponse/>")).messages) == 1


@pytest.mark.parametrize(
    "busy", [fault("ErrorServerBusy", '<t:Value Name="BackOffMilliseconds">297749</t:Value>')]
)
def test_a_fault_with_its_values(busy: bytes) -> None:
    reply = read_reply(busy)
    assert reply.fault is not None
    assert (reply.fault.code, reply.fault.values) == ("ErrorServerBusy", {"BackOffMilliseconds": "297749"})


def test_a_fault_that_names_its_code_in_the_fault_code_only() -> None:
    reply = read_reply(soap("<s:Fault><faultcode>a:ErrorInvalidRequest</faultcode></s:Fault>"))
    assert reply.fault is not None
    assert reply.fault.code == "ErrorInvalidRequest"
    nameless = read_reply(soap("<s:Fault/>")).fault
    assert nameless is not None
    assert nameless.code == "SOAPError"


@pytest.mark.parametrize("content", [soap(""), b"<html/>", soap("<m:X/>")[:-30]])
def test_anything_else_is_no_answer(content: bytes) -> None:
    with pytest.raises(Truncated):
        read_reply(content)


def test_a_build_nobody_can_read_is_no_build() -> None:
    assert read_reply(soap("<m:X/>", build="x 1 2 3")).build is None
    assert read_reply(soap("<m:X/>", build="")).build is None
