"""An EWS server that is not ours: the simulator's answers, put as another server would put them."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import requests
from lxml import etree

from tests.calendars.ews.canned import Canned, Server, serving
from vfadmin.calendars.ews.xml import tag
from vfadmin.simulator import Simulator

Change = Callable[[etree._Element], None]
"""What is done to the envelope of an answer."""
Answered = Callable[[bytes], Canned]
"""How an answer's envelope is sent."""


def plain(envelope: bytes) -> Canned:
    return Canned(envelope)


@contextmanager
def relayed(
    simulator: Simulator,
    folder: Path,
    own: Callable[[bytes], Canned | None] = lambda _request: None,
    put: Answered = plain,
    understood: Callable[[bytes], bytes] = lambda request: request,
) -> Iterator[Server]:
    """A server that answers some requests on its own, and puts the simulator's answers to the others."""
    token = base64.b64encode(f"{simulator.account}:{simulator.password}".encode()).decode()
    headers = {"Authorization": f"Basic {token}", "Content-Type": "text/xml; charset=utf-8"}

    def made(_headers: dict[str, str], body: bytes) -> Canned:
        given = own(body)
        if given is not None:
            return given
        answer = behind.post(simulator.ews_url, understood(body), headers=headers, timeout=30)
        return replace(put(answer.content), status=answer.status_code)

    with requests.Session() as behind:
        behind.trust_env = False
        behind.verify = str(simulator.ca_file)
        with serving(folder, Canned(made=made)) as server:
            yield server


@contextmanager
def speaking_otherwise(
    simulator: Simulator,
    folder: Path,
    change: Change = lambda _: None,
    answered: Answered = plain,
    understood: Callable[[bytes], bytes] = lambda request: request,
) -> Iterator[Server]:
    """A server that hands each request to the simulator and puts the answer in its own way."""

    def put(envelope: bytes) -> Canned:
        root = etree.fromstring(envelope)
        change(root)
        return answered(etree.tostring(root, xml_declaration=True, encoding="utf-8"))

    with relayed(simulator, folder, put=put, understood=understood) as server:
        yield server


def with_prefixes(prefixes: dict[str | None, str]) -> Answered:
    """Every element under these prefixes (None: the default namespace)."""

    def remade(old: etree._Element) -> etree._Element:
        new = etree.Element(old.tag, dict(old.attrib), nsmap=prefixes)
        new.text = old.text
        new.extend([remade(child) for child in old])
        return new

    def answered(envelope: bytes) -> Canned:
        return Canned(etree.tostring(remade(etree.fromstring(envelope))))

    return answered


def with_additions(root: etree._Element) -> None:
    """Elements, attributes, comments and instructions nobody asked for, in front of everything."""
    for one in list(root.iter("{*}*")):
        one.set("{urn:later}Mood", "good")
        if len(one):
            one.insert(0, etree.Comment("seen by proxy 7"))
            one.insert(0, etree.Element("{urn:later}Extra"))
            one.insert(0, etree.ProcessingInstruction("proxy", "7"))
    for item in root.iter(tag("t:CalendarItem")):
        item.append(etree.Element(tag("t:FromANewerSchema")))


def without(*names: str) -> Change:
    """Elements (``t:UID``) left out."""

    def change(root: etree._Element) -> None:
        for one in [found for name in names for found in root.iter(tag(name))]:
            parent = one.getparent()
            assert parent is not None
            parent.remove(one)

    return change


def without_attribute(name: str, attribute: str) -> Change:
    """An attribute left out of every such element."""

    def change(root: etree._Element) -> None:
        for one in root.iter(name):
            one.attrib.pop(attribute, None)

    return change


def with_text(name: str, rewritten: Callable[[str], str]) -> Change:
    """The text of every such element, put otherwise."""

    def change(root: etree._Element) -> None:
        for one in root.iter(tag(name)):
            one.text = rewritten(one.text or "")

    return change


def both(*changes: Change) -> Change:
    """One change after the other."""

    def change(root: etree._Element) -> None:
        for one in changes:
            one(root)

    return change


def with_html_bodies(root: etree._Element) -> None:
    """Texts as HTML, whatever was asked for."""
    for body in root.iter(tag("t:Body")):
        lines = [re.sub("^$", "&nbsp;", line) for line in (body.text or "").splitlines()]
        inside = "".join(f'<p class="MsoNormal">{line}</p>\r\n' for line in lines)
        body.text = f"<html><head><style>p {{margin:0}}</style></head><body>{inside}</body></html>"
        body.set("BodyType", "HTML")


LONG = "_" * 350
KEY = "K" * 70_000


def with_long_names(root: etree._Element) -> None:
    """Ids of 500 characters and change keys of 70,000."""
    for one in root.iter(tag("t:ItemId"), tag("t:FolderId")):
        one.set("Id", one.get("Id", "") + LONG)
        if "ChangeKey" in one.attrib:
            one.set("ChangeKey", one.get("ChangeKey", "") + KEY)


def by_long_names(request: bytes) -> bytes:
    """The simulator's own names in a request that uses the long ones."""
    return request.replace(LONG.encode(), b"").replace(KEY.encode(), b"")
