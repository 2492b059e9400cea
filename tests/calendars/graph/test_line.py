"""The line below a text that tells who takes part."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vfadmin.calendars.event import canonical_text
from vfadmin.calendars.exchange.html_text import text_of
from vfadmin.calendars.graph import line

NAMES = st.lists(st.text(min_size=1, max_size=20), max_size=4)
TEXTS = st.text(max_size=80).map(canonical_text)


@given(text=TEXTS, names=NAMES)
def test_r9_the_line_is_no_part_of_the_text(text: str, names: list[str]) -> None:
    own = line.of(names)
    shown = line.below(text, own)
    assert canonical_text(line.without(shown)) == (text if own else canonical_text(line.without(text)))


@given(names=NAMES)
def test_r9_names_make_one_line_whatever_is_in_them(names: list[str]) -> None:
    own = line.of(names)
    assert own.count("\n") == 0
    assert own.count("[") == own.count("]") == (1 if own else 0)


def test_r9_names_are_sorted_so_that_the_same_people_make_the_same_line() -> None:
    assert line.of(["Berta B", "Anna A"]) == line.of(["Anna A", "Berta B"]) == "[ValueFrame: Anna A, Berta B]"
    assert line.of([]) == line.below("", "") == ""


def test_a_formatted_text_keeps_everything_but_the_line() -> None:
    formatted = '<html><body><p style="color:red">Tule <b>ajoissa</b></p></body></html>'
    first = line.in_html(formatted, line.of(["Anna <A>"]))
    assert first.startswith('<html><body><p style="color:red">Tule <b>ajoissa</b></p>')
    assert first.endswith("</body></html>")
    assert "[ValueFrame: Anna (A)]" in first
    second = line.in_html(first, line.of(["Berta"]))
    assert second.count("ValueFrame:") == 1
    assert canonical_text(line.without(text_of(second))) == "Tule ajoissa"
    assert "ValueFrame" not in line.in_html(second, "")
    assert line.in_html(formatted, "") == formatted
