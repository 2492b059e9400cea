"""What stands right below an element, looked at once: an item is asked for forty of its properties."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from vfadmin.calendars.ews.xml import is_true, tag
from vfadmin.calendars.exchange.moments import read_moment

_BODY = tag("t:Body")
"""What has a text and an attribute to be asked for, too."""


class Fields:
    """An element's children by name. Their texts are looked up, instead of searching each time.

    Of several children with one name the first is meant.
    """

    __slots__ = ("_element", "_found", "_texts")

    def __init__(self, element: etree._Element) -> None:
        self._element = element
        texts: dict[str, str] = {}
        found: dict[str, etree._Element] = {}
        # Backwards, so that the first of one name is what remains.
        for one in element.iterchildren(reversed=True):
            name, text = one.tag, one.text
            if name in texts:
                found.pop(name, None)
            texts[name] = text or ""
            if text is None or name == _BODY:
                found[name] = one
        self._texts, self._found = texts, found

    def child(self, name: str) -> etree._Element | None:
        """The child with that name, such as ``t:Body``."""
        found = self._found.get(tag(name))
        return next(self.children(name), None) if found is None else found

    def children(self, name: str) -> Iterator[etree._Element]:
        """All the children with that name, in their order."""
        wanted = tag(name)
        return self._element.iterchildren(wanted) if wanted in self._texts else iter(())

    def text(self, name: str) -> str | None:
        """Its text; an empty string for an empty element, None without one."""
        return self._texts.get(tag(name))

    def flag(self, name: str) -> bool:
        """Its xs:boolean; false without one."""
        return is_true(self.text(name))

    def time(self, name: str) -> datetime | None:
        """Its xs:dateTime in UTC; None without one or when it is none."""
        return read_moment(self.text(name))
