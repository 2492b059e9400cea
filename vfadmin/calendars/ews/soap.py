"""What a SOAP answer of EWS says: messages, or a fault, and which server spoke."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exchangelib.version import Build
from lxml import etree

from vfadmin.calendars.ews.errors import EwsFault
from vfadmin.calendars.ews.xml import M, T, Truncated, find, parse, tag, text_at

UNPROCESSED = "ErrorBatchProcessingStopped"
"""The warning for what a server did not come to after an error earlier in the same request."""

_OF_TYPES = f"{{{T}}}*"
_BUILD_PARTS = ("MajorVersion", "MinorVersion", "MajorBuildNumber", "MinorBuildNumber")


@dataclass(frozen=True, slots=True)
class Message:
    """One response message: its element, and the fault it reports, if it does."""

    element: etree._Element
    fault: EwsFault | None = None

    def items(self, container: str = "m:Items") -> tuple[etree._Element, ...]:
        """The children of the container; raises the fault when it reports one."""
        return tuple(self._each(container))

    def first(self, container: str = "m:Items") -> etree._Element:
        """The first of them; raises EwsFault when there is none, which no server should do."""
        held = next(self._each(container), None)
        if held is None:
            raise EwsFault("EmptyAnswer")
        return held

    def _each(self, container: str) -> Iterator[etree._Element]:
        if self.fault is not None:
            raise self.fault
        held = find(self.element, container)
        # What another namespace adds is for whoever knows that namespace.
        return iter(()) if held is None else held.iterchildren(_OF_TYPES)


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer."""

    messages: tuple[Message, ...]
    fault: EwsFault | None
    build: Build | None


def read_reply(content: bytes) -> Reply:
    """The answer in ``content``; raises Truncated when it is no whole SOAP document."""
    root = parse(content)
    body = find(root, "s:Body")
    answer = None if body is None else next(body.iterchildren(f"{{{M}}}*", tag("s:Fault")), None)
    if answer is None:
        raise Truncated
    if answer.tag == tag("s:Fault"):
        return Reply((), _soap_fault(answer), _build(root))
    held = find(answer, "m:ResponseMessages")
    # A few operations answer without response messages; then the answer itself is the message.
    messages = (answer,) if held is None else tuple(held.iterchildren(f"{{{M}}}*"))
    return Reply(tuple(_message(one) for one in messages), None, _build(root))


def _message(answer: etree._Element) -> Message:
    code = (text_at(answer, "m:ResponseCode") or "NoError").strip()
    kind = answer.get("ResponseClass")
    # A warning (several names match, say) carries its result and is the reader's to judge.
    if code == "NoError" or (kind in ("Success", "Warning") and code != UNPROCESSED):
        return Message(answer)
    return Message(answer, EwsFault(code, _values(find(answer, "m:MessageXml"))))


def _soap_fault(fault: etree._Element) -> EwsFault:
    # SOAP 1.1 has these two in no namespace; gateways that write faults of their own put them in SOAP's.
    detail = fault.find("{*}detail")
    if detail is None:
        detail = fault
    code = (detail.findtext("{*}ResponseCode") or "").strip()
    if not code:
        code = (fault.findtext("{*}faultcode") or "").rpartition(":")[2].strip()
    found = find(detail, "t:MessageXml")
    return EwsFault(code or "SOAPError", _values(find(detail, "m:MessageXml") if found is None else found))


def _values(holder: etree._Element | None) -> dict[str, str]:
    if holder is None:
        return {}
    return {value.get("Name") or "": (value.text or "").strip() for value in holder.iter(tag("t:Value"))}


def _build(root: etree._Element) -> Build | None:
    info = find(root, "s:Header/t:ServerVersionInfo")
    if info is None:
        return None
    try:
        return Build(*(int(info.get(part, "0")) for part in _BUILD_PARTS))
    except ValueError:
        return None
