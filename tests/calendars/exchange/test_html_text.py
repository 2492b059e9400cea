from __future__ import annotations

import pytest

from vfadmin.calendars.exchange.html_text import text_of


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("plain <3 & more", "plain <3 & more"),
        ("<p>Yksi</p>\r\n<p>Kaksi</p>", "Yksi\nKaksi"),
        ("<p>Yksi</p><p>&nbsp;</p><p>Kaksi</p>", "Yksi\n\xa0\nKaksi"),
        ("<div>a<br><br/>b</div>", "a\n\nb"),
        ("a<br>\n", "a"),
        ("<b>lihava</b> ja  <i>\nkalteva</i>", "lihava ja kalteva"),
        ("<head><title>x</title><style>p {}</style></head><body>teksti<script>x()</script></body>", "teksti"),
        ("<!-- salaa -->n&auml;kyy &lt;b&gt;", "näkyy <b>"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "ab\nc"),
        ("<pre>x   y\n  z</pre>", "x   y\n  z"),
        ("</p></style></pre>rikki", "rikki"),
        ("<div>" * 20_000 + "syvä", "syvä"),
    ],
)
def test_the_words_of_a_text_in_html(html: str, text: str) -> None:
    assert text_of(html) == text
