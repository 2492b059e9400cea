"""HTML and text of bodies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vfadmin.simulator.bodies import html_from_text, legal, normal_html, text_from_html

# Any characters of a line, blanks among them; those at its end are nobody's.
PLAIN = st.text(
    st.one_of(st.just(" "), st.characters(blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp")))
).map(str.rstrip)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("", ""),
        ("<p>one <b>two</b></p><p>three<br>four</p>", "one two\r\n\r\nthree\r\nfour\r\n"),
        ("<div>a</div><div>b</div>", "a\r\nb\r\n"),
        ("a\n   b\t c", "a b c\r\n"),
        ("<pre>a\n  b</pre>", "a\r\n  b\r\n"),
        ("<ul><li>x</li><li>y</li></ul>", "  * x\r\n  * y\r\n"),
        ('<a href="https://x.test/">see</a> and <a href="https://x.test/">https://x.test/</a>',
         "see<https://x.test/> and https://x.test/\r\n"),
        ("<style>p{}</style><p>&auml;&nbsp;&lt;b&gt;</p><!-- no -->", "ä <b>\r\n"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\r\nc\r\n"),
    ],
)  # fmt: skip
def test_the_text_view_of_html(markup: str, text: str) -> None:
    assert text_from_html(markup) == text


def test_html_is_kept_as_a_document_without_active_content() -> None:
    kept = normal_html("<p>a</p>\n<script>alert(1)</script>\x00")

    assert kept.startswith("<html>\r\n<head>\r\n<meta http-equiv")
    assert "script" not in kept
    assert "\x00" not in kept
    assert "\n" not in kept.replace("\r\n", "")
    assert normal_html(kept) == kept


def test_a_document_keeps_its_own_head() -> None:
    kept = normal_html('<html><head><title>t</title></head><body class="x">a</body></html>')

    assert kept == '<html><head><title>t</title></head><body class="x">a</body></html>'


@given(st.lists(PLAIN, min_size=1, max_size=5).filter(lambda lines: bool(lines[0]) and bool(lines[-1])))
def test_a_text_comes_back_from_its_html(lines: list[str]) -> None:
    text = "\r\n".join(lines)

    assert text_from_html(html_from_text(text)) == text + "\r\n"


def test_runs_of_blanks_survive() -> None:
    assert text_from_html(html_from_text("     a   b\n c")) == "     a   b\r\n c\r\n"


@given(st.text())
def test_no_text_carries_what_xml_cannot(text: str) -> None:
    assert all(c in "\t\n\r" or ord(c) >= 0x20 for c in legal(text))
    assert not any("\ud800" <= c <= "\udfff" for c in legal(text))
