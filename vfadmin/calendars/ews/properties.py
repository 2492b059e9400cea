"""Our properties as elements of EWS.

They are written here rather than through exchangelib's registry, which is one global table for the process.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from functools import cache

from lxml import etree

from vfadmin.calendars.base import Mark
from vfadmin.calendars.ews.fields import Fields
from vfadmin.calendars.ews.xml import branch, element, tag, xml_bool
from vfadmin.calendars.exchange.marks import ACKNOWLEDGED, BROUGHT, KEY, PROPERTY_SET, TYPES
from vfadmin.calendars.own_uid import is_own_uid

_BORN_HERE = "-"
"""In place of a UID: the event was born in Exchange, and only the item is new."""
_URI, _VALUE = tag("t:ExtendedFieldURI"), tag("t:Value")


def field_uri(name: str) -> etree._Element:
    """The ExtendedFieldURI that names the property in a request."""
    return element(
        "t:ExtendedFieldURI", PropertySetId=PROPERTY_SET, PropertyName=name, PropertyType=TYPES[name]
    )


def value_element(name: str, text: str) -> etree._Element:
    """The property with a value, as an item carries it."""
    made = copy(_without_value(name))
    made[1].text = text
    return made


@cache
def _without_value(name: str) -> etree._Element:
    # Copied for each item: putting it together takes several times as long, and an item has seven of them.
    return branch("t:ExtendedProperty", field_uri(name), element("t:Value"))


def of_acknowledgement(acknowledged: bool) -> dict[str, str]:
    """The property that carries an acknowledgement towards Exchange (R16)."""
    return {ACKNOWLEDGED: xml_bool(acknowledged)}


def of_creation(mark: Mark, uid: str) -> dict[str, str]:
    """The property that a create alone writes."""
    return {BROUGHT: uid if mark.brought else _BORN_HERE}


def is_brought(own: Mapping[str, str], uid: str | None) -> bool:
    """Whether ValueFrame brought the item with that UID.

    Where nothing is said, as by earlier versions, a UID of our own making says so.
    """
    if uid is None or not own.get(KEY):
        return False
    said = own.get(BROUGHT)
    return is_own_uid(uid) if said is None else said.casefold() == uid.casefold()


def read_properties(item: Fields) -> dict[str, str]:
    """Our properties of an item, by name."""
    found = {}
    for one in item.children("t:ExtendedProperty"):
        name = value = None
        # Backwards, so that the first of several counts; one look costs less than two searches.
        for child in one.iterchildren(reversed=True):
            if child.tag == _URI:
                ours = (child.get("PropertySetId") or "").lower() == PROPERTY_SET
                name = child.get("PropertyName") or "" if ours else None
            elif child.tag == _VALUE:
                value = child.text
        if name is not None:
            found[name] = value or ""
    return found
