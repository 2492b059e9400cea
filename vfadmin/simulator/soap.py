"""SOAP 1.1 envelopes: what a request says, and answers and faults as a real server frames them."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from vfadmin.simulator import schema
from vfadmin.simulator.errors import ExchangeError, SoapFault, schema_violation
from vfadmin.simulator.names import ERRORS_NS, MESSAGES_NS, SOAP_NS, TYPES_NS, M, S, T, esc, local
from vfadmin.simulator.versions import SchemaVersion, ServerVersion, request_version
from vfadmin.simulator.zone_elements import read_zone
from vfadmin.simulator.zones import Zone

_FAULT_TEXTS = {"ErrorInvalidRequest": "The request is invalid."}


@dataclass(frozen=True, slots=True)
class Impersonation:
    """Whom a request wants to act as: the kind of identifier and its value."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class SoapRequest:
    """One request taken apart: operation name and element, and what its headers say."""

    operation: str
    element: etree._Element
    version: SchemaVersion
    impersonation: Impersonation | None
    zone: Zone | None


def parse_request(body: bytes, server: ServerVersion) -> SoapRequest:
    """Take a request apart; a SoapFault where it is not one."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        envelope = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise SoapFault("ErrorInvalidRequest", f"The request is not well-formed XML: {error.msg}") from None
    if envelope.getroottree().docinfo.internalDTD is not None:
        # SOAP 1.1, section 3: a message must not contain a document type declaration.
        raise SoapFault("ErrorInvalidRequest", _FAULT_TEXTS["ErrorInvalidRequest"])
    content = envelope.find(f"{S}Body")
    if envelope.tag != f"{S}Envelope" or content is None or len(content) != 1:
        raise SoapFault("ErrorInvalidRequest", _FAULT_TEXTS["ErrorInvalidRequest"])
    element = content[0]
    if not str(element.tag).startswith(M):
        raise SoapFault("ErrorInvalidRequest", _FAULT_TEXTS["ErrorInvalidRequest"])
    header = envelope.find(f"{S}Header")
    version = _version(header, server)
    impersonation = _impersonation(header)
    found = schema.violation(element, header)
    if found is not None:
        raise schema_violation(found.text, found.place(body))
    return SoapRequest(local(element.tag), element, version, impersonation, _zone(header))


def _version(header: etree._Element | None, server: ServerVersion) -> SchemaVersion:
    asked = header.find(f"{T}RequestServerVersion") if header is not None else None
    version = request_version(asked.get("Version") if asked is not None else None, server)
    if version is None:
        raise SoapFault("ErrorInvalidServerVersion")
    return version


def _impersonation(header: etree._Element | None) -> Impersonation | None:
    element = header.find(f"{T}ExchangeImpersonation") if header is not None else None
    if element is None:
        return None
    sid = element.find(f"{T}ConnectingSID")
    if sid is None or len(sid) != 1 or not (sid[0].text or "").strip():
        raise SoapFault("ErrorInvalidExchangeImpersonationHeaderData", "The impersonation header is invalid.")
    kind = local(sid[0].tag)
    if kind not in ("PrincipalName", "SID", "PrimarySmtpAddress", "SmtpAddress"):
        raise schema_violation(f"The element 'ConnectingSID' has invalid child element '{kind}'.")
    return Impersonation(kind, (sid[0].text or "").strip())


def _zone(header: etree._Element | None) -> Zone | None:
    definition = header.find(f"{T}TimeZoneContext/{T}TimeZoneDefinition") if header is not None else None
    if definition is None:
        return None
    try:
        return read_zone(definition)
    except ExchangeError as error:
        raise SoapFault(error.code, error.text) from None


# --- answers


def version_header(server: ServerVersion) -> str:
    """The header every answer carries."""
    return (
        f'<s:Header><h:ServerVersionInfo MajorVersion="{server.major}" MinorVersion="{server.minor}" '
        f'MajorBuildNumber="{server.build}" MinorBuildNumber="{server.revision}" Version="{server.label}" '
        f'xmlns:h="{TYPES_NS}" xmlns="{TYPES_NS}" xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/></s:Header>'
    )


def envelope(operation: str, messages: list[str], server: ServerVersion) -> bytes:
    """A whole answer: `messages` are complete response messages of one operation."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="{SOAP_NS}">{version_header(server)}'
        '<s:Body xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">'
        f'<m:{operation}Response xmlns:m="{MESSAGES_NS}" xmlns:t="{TYPES_NS}"><m:ResponseMessages>'
        f"{''.join(messages)}</m:ResponseMessages></m:{operation}Response></s:Body></s:Envelope>"
    ).encode("utf-8", "replace")


def success(operation: str, content: str) -> str:
    """One response message that went well."""
    return (
        f'<m:{operation}ResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>'
        f"{content}</m:{operation}ResponseMessage>"
    )


def failure(operation: str, error: ExchangeError, content: str = "", *, warning: bool = False) -> str:
    """One response message that says why not; `content` follows where the schema wants it."""
    details = "".join(
        f'<t:Value Name="{esc(name)}">{esc(value)}</t:Value>' for name, value in error.values.items()
    )
    xml = f"<m:MessageXml>{details}</m:MessageXml>" if details else ""
    return (
        f'<m:{operation}ResponseMessage ResponseClass="{"Warning" if warning else "Error"}">'
        f"<m:MessageText>{esc(error.text)}</m:MessageText><m:ResponseCode>{error.code}</m:ResponseCode>"
        f"<m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>{xml}{content}</m:{operation}ResponseMessage>"
    )


def fault(error: SoapFault) -> bytes:
    """A SOAP fault; the HTTP status that goes with it is 500."""
    details = "".join(
        f'<t:Value Name="{esc(name)}">{esc(value)}</t:Value>' for name, value in error.values.items()
    )
    if error.violation is not None:
        line, position = error.place
        details += f"<t:LineNumber>{line}</t:LineNumber><t:LinePosition>{position}</t:LinePosition>"
        details += f"<t:Violation>{esc(error.violation)}</t:Violation>"
    xml = f'<t:MessageXml xmlns:t="{TYPES_NS}">{details}</t:MessageXml>' if details else ""
    short = "The request failed schema validation." if error.violation is not None else error.text
    return (
        f'<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="{SOAP_NS}"><s:Body><s:Fault>'
        f'<faultcode xmlns:a="{TYPES_NS}">a:{error.code}</faultcode>'
        f'<faultstring xml:lang="en-US">{esc(error.text)}</faultstring><detail>'
        f'<e:ResponseCode xmlns:e="{ERRORS_NS}">{error.code}</e:ResponseCode>'
        f'<e:Message xmlns:e="{ERRORS_NS}">{esc(short)}</e:Message>{xml}</detail></s:Fault></s:Body>'
        "</s:Envelope>"
    ).encode("utf-8", "replace")
