"""Extended (MAPI) properties: keys from `ExtendedFieldURI`, values checked by their type (MS-OXWSXPROP)."""

from __future__ import annotations

import base64
import binascii
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from lxml import etree

from vfadmin.simulator.errors import ExchangeError, schema_violation
from vfadmin.simulator.item import ExtendedKey, ExtendedValue
from vfadmin.simulator.names import T, whole, words
from vfadmin.simulator.times import iso, parse_time

# MS-OXPROPS: the GUIDs behind the distinguished property sets.
PROPERTY_SETS = {
    "Meeting": "6ed8da90-450b-101b-98da-00aa003f1305",
    "Appointment": "00062002-0000-0000-c000-000000000046",
    "Common": "00062008-0000-0000-c000-000000000046",
    "PublicStrings": "00020329-0000-0000-c000-000000000046",
    "Address": "00062004-0000-0000-c000-000000000046",
    "InternetHeaders": "00020386-0000-0000-c000-000000000046",
    "CalendarAssistant": "11000e07-b51b-40d6-af21-caa85edab1d0",
    "UnifiedMessaging": "4442858e-a9e3-4e80-b900-317a210cc15b",
    "Task": "00062003-0000-0000-c000-000000000046",
    "Sharing": "00062040-0000-0000-c000-000000000046",
}
_HEX_TAG = re.compile("0[xX][0-9A-Fa-f]{1,4}")
_LARGEST_TAG = 0xFFFF
_SCALARS = frozenset(
    words(
        """
    ApplicationTime Binary Boolean CLSID Currency Double Error Float Integer Long Null Object Short
    String SystemTime
    """
    )
)
KINDS = _SCALARS | {f"{kind}Array" for kind in _SCALARS - {"Boolean", "Error", "Null"}}
_ATTRIBUTES = ("DistinguishedPropertySetId", "PropertySetId", "PropertyTag", "PropertyName", "PropertyId")
_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True, slots=True)
class ExtendedPath:
    """A property as a client named it: the key, and the attributes to answer with."""

    key: ExtendedKey
    markup: str


def parse_path(element: etree._Element) -> ExtendedPath:
    """The property an ExtendedFieldURI names.

    ErrorInvalidExtendedProperty where its attributes do not go together.
    """
    attributes = {name: element.get(name) for name in _ATTRIBUTES if element.get(name) is not None}
    kind = element.get("PropertyType")
    if kind is None or kind not in KINDS:
        raise schema_violation(f"The 'PropertyType' attribute is invalid - The value '{kind}' is invalid.")
    guid = attributes.get("PropertySetId")
    if guid is not None and not _GUID.fullmatch(guid):
        raise schema_violation("The 'PropertySetId' attribute is invalid - The Pattern constraint failed.")
    distinguished = attributes.get("DistinguishedPropertySetId")
    if distinguished is not None and distinguished not in PROPERTY_SETS:
        raise schema_violation("The 'DistinguishedPropertySetId' attribute is invalid.")
    key = _key(kind, attributes)
    markup = "".join(f' {name}="{escape(value or "")}"' for name, value in attributes.items())
    return ExtendedPath(key, f'<t:ExtendedFieldURI{markup} PropertyType="{kind}"/>')


def _key(kind: str, attributes: dict[str, str | None]) -> ExtendedKey:
    tag = attributes.get("PropertyTag")
    guid = attributes.get("PropertySetId")
    distinguished = attributes.get("DistinguishedPropertySetId")
    name, number = attributes.get("PropertyName"), attributes.get("PropertyId")
    in_set = guid is not None or distinguished is not None
    # MS-OXWSXPROP: a tag stands alone; a set (one of the two) goes with a name or an id, not both.
    if tag is not None:
        if in_set or name is not None or number is not None:
            raise ExchangeError("ErrorInvalidExtendedProperty")
        value = int(tag, 16) if _HEX_TAG.fullmatch(tag) else whole(tag)
        if value is None or not 0 <= value <= _LARGEST_TAG:
            raise schema_violation(f"The 'PropertyTag' attribute is invalid - The value '{tag}' is invalid.")
        if value >= 0x8000:  # noqa: PLR2004 (named properties begin there)
            raise ExchangeError("ErrorNoPropertyTagForCustomProperties")
        return ExtendedKey(kind, tag=value)
    if (guid is None) == (distinguished is None) or (name is None) == (number is None):
        raise ExchangeError("ErrorInvalidExtendedProperty")
    set_id = PROPERTY_SETS[distinguished] if distinguished is not None else str(guid).lower()
    numbered = whole(number)
    if number is not None and numbered is None:
        raise schema_violation(f"The 'PropertyId' attribute is invalid - The value '{number}' is invalid.")
    return ExtendedKey(kind, set_id=set_id, name=name, number=numbered)


def parse_property(element: etree._Element) -> tuple[ExtendedKey, ExtendedValue]:
    """Key and checked value of an ExtendedProperty element."""
    uri = element.find(f"{T}ExtendedFieldURI")
    if uri is None:
        raise schema_violation("The element 'ExtendedProperty' has incomplete content.")
    path = parse_path(uri)
    single, many = element.find(f"{T}Value"), element.find(f"{T}Values")
    is_array = path.key.kind.endswith("Array")
    if (single is None) == (many is None) or is_array != (many is not None):
        raise ExchangeError("ErrorInvalidExtendedPropertyValue")
    kind = path.key.kind.removesuffix("Array")
    if many is not None:
        return path.key, tuple(checked(kind, value.text or "") for value in many.iterfind(f"{T}Value"))
    assert single is not None  # noqa: S101 (one of the two is there)
    return path.key, checked(kind, single.text or "")


def checked(kind: str, text: str) -> str:
    """A value in the form the server keeps, or ErrorInvalidExtendedPropertyValue."""
    try:
        return _NORMAL[kind](text) if kind in _NORMAL else text
    except (ValueError, KeyError, OverflowError, binascii.Error):
        raise ExchangeError("ErrorInvalidExtendedPropertyValue") from None


def _integer(bits: int) -> Callable[[str], str]:
    def normal(text: str) -> str:
        number = int(text)
        number.to_bytes(bits // 8, "big", signed=True)
        return str(number)

    return normal


_BOOLEANS = {"true": "true", "1": "true", "false": "false", "0": "false"}
_NORMAL: dict[str, Callable[[str], str]] = {
    "Short": _integer(16),
    "Integer": _integer(32),
    "Long": _integer(64),
    "Currency": _integer(64),
    "Boolean": lambda text: _BOOLEANS[text.strip().lower()],
    "SystemTime": lambda text: iso(parse_time(text)),
    "Double": lambda text: repr(float(text)),
    "Float": lambda text: repr(float(text)),
    "ApplicationTime": lambda text: repr(float(text)),
    "CLSID": lambda text: str(uuid.UUID(text)),
    "Binary": lambda text: base64.b64encode(base64.b64decode(text, validate=True)).decode(),
}
