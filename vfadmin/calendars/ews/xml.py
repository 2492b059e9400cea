"""The few XML tools the keeper needs: EWS's two namespaces, strict reading, plain building."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache

from lxml import etree

from vfadmin.calendars.exchange.moments import read_moment

T = "http://schemas.microsoft.com/exchange/services/2006/types"
M = "http://schemas.microsoft.com/exchange/services/2006/messages"
E = "http://schemas.microsoft.com/exchange/services/2006/errors"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"

_PREFIXES = {"t": T, "m": M, "e": E, "s": SOAP}
_STRICT = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    huge_tree=True,
    # A gateway's remark among response messages is not one of them.
    remove_comments=True,
    remove_pis=True,
)
_FORBIDDEN_REFERENCE = re.compile(rb"&#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));")
_ALLOWED_CONTROLS = (0x9, 0xA, 0xD)
_SURROGATES = range(0xD800, 0xE000)


class Truncated(ValueError):
    """What arrived is not a whole XML document."""


@cache
def tag(name: str) -> str:
    """``t:Name`` in Clark notation."""
    prefix, _, local = name.partition(":")
    return f"{{{_PREFIXES[prefix]}}}{local}"


def parse(content: bytes) -> etree._Element:
    """The root of a whole document; raises Truncated for anything less.

    exchangelib parses with ``recover=True``, which closes what a broken connection left open: a
    change page cut in half would look complete, with its new sync state in front. Exchange does
    write references to characters XML forbids (a control character somebody pasted); only those
    are dropped before a second look.
    """
    try:
        return etree.fromstring(content, _STRICT)
    except (etree.XMLSyntaxError, ValueError):
        pass
    try:
        return etree.fromstring(_FORBIDDEN_REFERENCE.sub(_drop_forbidden, content), _STRICT)
    except (etree.XMLSyntaxError, ValueError) as broken:
        raise Truncated from broken


def _drop_forbidden(match: re.Match[bytes]) -> bytes:
    hexadecimal, decimal = match.groups()
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    legal = code >= 0x20 or code in _ALLOWED_CONTROLS  # noqa: PLR2004 - the first printable character
    return match.group() if legal and code not in _SURROGATES and code not in (0xFFFE, 0xFFFF) else b""


def element(name: str, text: str | None = None, **attributes: str) -> etree._Element:
    """A new element such as ``t:Subject``, with text and attributes."""
    made = etree.Element(tag(name), attributes)
    made.text = text
    return made


def branch(name: str, *children: etree._Element, **attributes: str) -> etree._Element:
    """A new element with children."""
    made = etree.Element(tag(name), attributes)
    made.extend(children)
    return made


def find(parent: etree._Element, path: str) -> etree._Element | None:
    """The first element at ``t:A/t:B`` below the parent."""
    if "/" in path:
        return parent.find(_in_full(path))
    # Of a child, several times as fast as `find`, and an item is asked for forty of them.
    return next(parent.iterchildren(tag(path)), None)


@cache
def _in_full(path: str) -> str:
    return "/".join(tag(step) for step in path.split("/"))


def text_at(parent: etree._Element, path: str) -> str | None:
    """The text at that path; an empty string for an empty element, None without one."""
    found = find(parent, path)
    return None if found is None else found.text or ""


def flag_at(parent: etree._Element, path: str) -> bool:
    """The xs:boolean at that path; false without one."""
    return is_true(text_at(parent, path))


def is_true(text: str | None) -> bool:
    """Whether the text is an xs:boolean's yes."""
    return text is not None and text.strip() in ("true", "1")


def time_at(parent: etree._Element, path: str) -> datetime | None:
    """The xs:dateTime at that path in UTC; None without one or when it is none."""
    return read_moment(text_at(parent, path))


def xml_bool(value: bool) -> str:
    """``true`` or ``false``."""
    return "true" if value else "false"
