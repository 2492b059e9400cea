"""What stands right below an element is found as a search would find it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from vfadmin.calendars.ews.fields import Fields
from vfadmin.calendars.ews.xml import element, find, flag_at, tag, text_at, time_at

NAMES = ("t:Subject", "t:Body", "t:Start", "t:ItemId", "m:Subject")
TEXTS = (None, "", " ", "teksti", "true", "1", "false", "2026-03-02T07:00:00Z")
one_child = st.builds(
    lambda name, text, inner: _with(element(name, text), inner),
    st.sampled_from(NAMES),
    st.sampled_from(TEXTS),
    st.booleans(),
)


def _with(made: etree._Element, inner: bool) -> etree._Element:
    if inner:
        made.append(element("t:Subject", "sisin"))
    return made


@given(st.lists(one_child, max_size=6))
def test_every_child_is_the_one_a_search_finds(children: list[etree._Element]) -> None:
    shown = etree.Element(tag("t:CalendarItem"))
    shown.extend(children)
    fields = Fields(shown)
    for name in NAMES:
        assert fields.child(name) is find(shown, name)
        assert list(fields.children(name)) == list(shown.iterfind(tag(name)))
        assert fields.text(name) == text_at(shown, name)
        assert fields.flag(name) == flag_at(shown, name)
        assert fields.time(name) == time_at(shown, name)
