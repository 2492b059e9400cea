"""Holds every request and answer of a test against Microsoft's schema, where that is at hand.

The schema is not part of the project. Beside a checkout it lies in `shared/ews-reference`; without it the
structural check below is all there is, and it runs in either case.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlparse

from lxml import etree

from vfadmin.simulator.elements import CALENDAR_ORDER, ITEM_ORDER
from vfadmin.simulator.http_values import HttpRequest, HttpResponse
from vfadmin.simulator.names import ERRORS_NS, MESSAGES_NS, SOAP_NS, TYPES_NS, M, S, T, local

SCHEMA_FOLDER = Path(__file__).resolve().parents[3] / "shared" / "ews-reference" / "schema"
_ORDER = {name: index for index, name in enumerate((*ITEM_ORDER, *CALENDAR_ORDER))}
_NAMESPACES = {SOAP_NS, TYPES_NS, MESSAGES_NS, ERRORS_NS}


# Stands in for the W3C's xml.xsd, which the schema refers to and which is not at hand offline.
_XML_ATTRIBUTES = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
  targetNamespace="http://www.w3.org/XML/1998/namespace">
  <xs:attribute name="lang" type="xs:string"/></xs:schema>"""

_WHOLE = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="xml.xsd"/>
  <xs:import namespace="{TYPES_NS}" schemaLocation="types.xsd"/>
  <xs:import namespace="{MESSAGES_NS}" schemaLocation="messages.xsd"/></xs:schema>"""


class _AnyCase(etree.Resolver):
    """The schema imports a file by a name whose letters differ in case from the file's."""

    def resolve(self, url: str, _pubid: str, context: object) -> object:
        wanted = Path(unquote(urlparse(url).path)).name.lower()
        if wanted == "xml.xsd":
            return self.resolve_string(_XML_ATTRIBUTES, context)
        for path in SCHEMA_FOLDER.glob("*.xsd"):
            if path.name.lower() == wanted:
                return self.resolve_filename(str(path), context)
        return None


def load_schema() -> etree.XMLSchema | None:
    """The schema, or None where it is not at hand."""
    path = SCHEMA_FOLDER / "Messages.xsd"
    if not path.exists():
        return None
    parser = etree.XMLParser()
    parser.resolvers.add(_AnyCase())
    whole = etree.fromstring(_WHOLE, parser, base_url=path.as_uri())
    return etree.XMLSchema(etree.ElementTree(whole))


@dataclass(frozen=True)
class Exchange:
    """One request with its answer."""

    request: HttpRequest
    response: HttpResponse


class SchemaCheck:
    """Collects exchanges and says what is wrong with them."""

    def __init__(self, schema: etree.XMLSchema | None) -> None:
        self.schema = schema
        self.exchanges: list[Exchange] = []

    def complaints(self) -> list[str]:
        found = []
        for exchange in self.exchanges:
            found += self.of(exchange)
        self.exchanges.clear()
        return found

    def of(self, exchange: Exchange) -> list[str]:
        response = exchange.response
        if response.status not in (200, 500) or not response.body or response.cut is not None:
            return []
        headers = dict(response.headers)
        if not headers.get("Content-Type", "").startswith("text/xml"):
            return []
        found = [] if headers["Content-Type"] == "text/xml; charset=utf-8" else [f"headers {headers}"]
        answer = etree.parse(io.BytesIO(response.body)).getroot()
        found += structural(answer)
        if self.schema is not None:
            found += [f"answer: {text}" for text in self._invalid(answer)]
            if response.status == 200 and any(
                code.text == "NoError" for code in answer.iter(f"{M}ResponseCode")
            ):
                asked = etree.fromstring(exchange.request.body)
                found += [f"accepted request: {text}" for text in self._invalid(asked)]
        return found

    def _invalid(self, envelope: etree._Element) -> Iterator[str]:
        assert self.schema is not None
        body = envelope.find(f"{S}Body")
        header = envelope.find(f"{S}Header")
        assert body is not None
        for content in (*body, *(header if header is not None else ())):
            if local(content.tag) != "Fault" and not self.schema.validate(etree.ElementTree(content)):
                yield str(self.schema.error_log.last_error)


def structural(envelope: etree._Element) -> list[str]:
    """What is wrong with the frame of an answer and with the order in its items."""
    found = []
    for element in envelope.iter():
        namespace = etree.QName(element).namespace
        if namespace not in _NAMESPACES and local(element.tag) not in ("faultcode", "faultstring", "detail"):
            found.append(f"foreign element {element.tag}")
    for item in envelope.iter(f"{T}CalendarItem"):
        positions = [_ORDER[local(child.tag)] for child in item]
        if positions != sorted(positions):
            found.append(f"order of {[local(child.tag) for child in item]}")
    fault = envelope.find(f"{S}Body/{S}Fault")
    if fault is not None:
        code = fault.findtext(f"detail/{{{ERRORS_NS}}}ResponseCode") or ""
        if not (fault.findtext("faultcode") or "").endswith(f":{code}") or not code.startswith("Error"):
            found.append("a fault without its code")
        return found
    if envelope.find(f"{S}Header/{T}ServerVersionInfo") is None:
        found.append("no ServerVersionInfo")
    messages = envelope.findall(f"{S}Body/*/{M}ResponseMessages/*")
    for message in messages:
        code, kind = message.findtext(f"{M}ResponseCode"), message.get("ResponseClass")
        if (kind == "Success") != (code == "NoError"):
            found.append(f"{kind} with {code}")
    return found if messages else [*found, "no response message"]
