"""What is odd in the lists people send, and the verdict on each of their rows (R26)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlwt
from openpyxl import Workbook

from tests.services.loads import everybody
from tests.services.scenes import person
from tests.services.sheets.files import spreadsheetml
from vfadmin.errors.texts import LANGUAGES, explain
from vfadmin.services.bulk_import import PlannedRow, Verdict
from vfadmin.services.context import Services

FIRST = b'<Row><Cell><Data ss:Type="String">ValueFrame ID'
HEAD = "ValueFrame ID;Nimi;Sähköposti;Yhtiö;Integraatiotunnus"


def book(*rows: Sequence[object], merged: Sequence[str] = ()) -> bytes:
    made = Workbook()
    for row in (HEAD.split(";"), *rows):
        made.worksheets[0].append(list(row))
    for area in merged:
        made.worksheets[0].merge_cells(area)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def old_book(*rows: Sequence[object]) -> bytes:
    made = xlwt.Workbook(encoding="utf-8")
    page = made.add_sheet("Taul1")
    for number, row in enumerate((HEAD.split(";"), *rows)):
        for place, cell in enumerate(row):
            page.write(number, place, cell)
    page.write_merge(0, 0, 6, 8, "Täyttää esimies")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def lines(*rows: str, encoding: str = "utf-8", head: str = HEAD) -> bytes:
    return "\r\n".join([head, *rows, ""]).encode(encoding)


def page(*rows: str) -> bytes:
    cells = "".join(f"<th>{name}</th>" for name in HEAD.split(";"))
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<meta charset="utf-8"><table><tr>{cells}</tr>{body}</table>'.encode()


def td(*cells: str) -> str:
    return "".join(f"<td style='mso-number-format:\"\\@\"'>{cell}</td>" for cell in cells)


Told = tuple[int, str, str | None]
LISTS: dict[str, tuple[bytes, list[Told]]] = {
    "numerot-liukulukuina.xlsx": (
        book([1.0, "Anna"], [1.5, "Bo"]),
        [(2, "update", None), (3, "reject", "1.5")],
    ),
    "numerot-liukulukuina.xls": (
        old_book([1.0, "Anna"], [2, "Bo"]),
        [(2, "update", None), (3, "create", None)],
    ),
    "pandas.csv": (
        lines("1.0;Anna", "1,00;Anna", "1.05;Bo"),
        [(2, "update", None), (3, "reject", "1,00"), (4, "reject", "1.05")],
    ),
    "etunollat.csv": (lines("0001;Anna", ";Bo;;;007bo@f.fi"), [(2, "update", None), (3, "create", None)]),
    "heittomerkit.csv": (
        lines("'0001;Anna", ";O'Brien;o'brien@f.fi"),
        [(2, "update", None), (3, "create", None)],
    ),
    "suojatut-luvut.csv": (lines('="0001";Anna', '="12a";Bo'), [(2, "update", None), (3, "reject", "12a")]),
    "sitovat-välit.csv": (lines("\xa01\xa0;Anna\xa0Aho \t", "\xa0;\xa0;\xa0"), [(2, "update", None)]),
    "sitovat-välit.html": (
        page(td("&nbsp;1", "Anna&nbsp;Aho&nbsp;"), td("&nbsp;", "&nbsp;")),
        [(2, "update", None)],
    ),
    "näkymättömät.csv": (lines("\u200b1;Anna\u00ad;\ufeffanna@f.fi"), [(2, "update", None)]),
    "kyrillinen.csv": (
        lines(";Anna;\u0430nna@f.fi", ";Bo;;;F\\b\u043e"),
        [(2, "reject", "\u0430nna@f.fi"), (3, "reject", "F\\b\u043e")],
    ),
    "ajatusviiva.xlsx": (book([None, "Anna", "anna\u2013a@f.fi"]), [(2, "reject", "anna\u2013a@f.fi")]),
    "rivinvaihdot.csv": (lines(';"Anna\r\nAho";a@f.fi', ";Bo;b"), [(2, "create", None), (3, "reject", "b")]),
    "yhdistetyt.xlsx": (
        book([1, "Anna", None, "F Oy"], [None, "Bo", None, None], merged=["D2:D3"]),
        [(2, "update", None), (3, "create", None)],
    ),
    "rowspan.html": (
        page("<td>1<td>Anna<td>a@f.fi<td rowspan=2>F Oy<td>", td("", "Bo", "ei", "F\\bo")),
        [(2, "update", None), (3, "reject", "ei")],
    ),
    "colspan.html": (
        page("<td colspan=5>Osasto 1", td("", "Bo", "bo@f.fi")),
        [(2, "reject", "Osasto 1"), (3, "create", None)],
    ),
    "aukot.xml": (
        spreadsheetml(sparse=True).replace(FIRST, FIRST.replace(b"<Row", b'<Row ss:Index="3"')),
        [(4, "create", None), (5, "create", None), (6, "create", None), (7, "reject", "ei osoite")],
    ),
    "tyhjät-rivit.xlsx": (
        book([], [1, "Anna"], [], [None, "Bo", "b"]),
        [(3, "update", None), (5, "reject", "b")],
    ),
    "kahdesti.csv": (lines(";Bo;bo@f.fi", ";Bo;BO@f.fi"), [(2, "create", None), (3, "reject", "BO@f.fi")]),
    "pilkkunimet.csv": (
        lines(*[f";Aho, A{n}, DI;a{n}@f.fi" for n in range(9)]),
        [(n + 2, "create", None) for n in range(9)],
    ),
    "avoin-lainaus.csv": (lines(';"Anna;a@f.fi', ';"Berg; B";b'), [(2, "create", None), (3, "reject", "b")]),
    "pystysarkain.csv": (
        lines(";An\x0bna;a@f.fi", ";Bo\u2028B;b"),
        [(2, "create", None), (3, "reject", "b")],
    ),
    "totuus.xlsx": (book([True, "Anna"], [None, False, None]), [(2, "update", None), (3, "create", None)]),
    "pitkä.csv": (lines(";" + "x" * 5000), [(2, "reject", "x" * 1000)]),
    "kaava-virhe.csv": (
        lines("#N/A;Anna", ";Bo;#PUUTTUU!"),
        [(2, "reject", "#N/A"), (3, "reject", "#PUUTTUU!")],
    ),
}


def told(row: PlannedRow) -> Told:
    return row.row, row.verdict.value, row.value or None


@pytest.mark.parametrize("name", sorted(LISTS))
def test_r26_each_row_of_an_odd_list_gets_its_verdict(services: Services, tmp_path: Path, name: str) -> None:
    person(services, "Anna Vanha")
    content, expected = LISTS[name]
    path = tmp_path / name
    path.write_bytes(content)

    plan = services.bulk_import.check(path)

    assert [told(row) for row in plan.rows] == expected


@pytest.mark.parametrize("name", sorted(LISTS))
def test_r26_every_rejection_says_where_what_why_and_what_to_do(
    services: Services, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(LISTS[name][0])

    rejected = [row for row in services.bulk_import.check(path).rows if row.verdict is Verdict.REJECT]

    for row in rejected:
        assert row.failure is not None
        assert row.column in [*HEAD.split(";")]
        texts = [explain(row.failure.code, row.failure.params, lang) for lang in LANGUAGES]
        assert all(text.message and text.remedy for text in texts)
        assert texts[0].message != texts[1].message
        assert texts[0].remedy != texts[1].remedy
    assert bool(rejected) == any(verdict == "reject" for _, verdict, _ in LISTS[name][1])


def test_leading_zeros_and_apostrophes_are_kept_where_they_are_no_number(
    services: Services, tmp_path: Path
) -> None:
    path = tmp_path / "lista.csv"
    path.write_bytes(lines(";007 Bond;o'brien@f.fi;0012;007bo@f.fi"))

    services.bulk_import.apply(services.bulk_import.check(path))

    (row,) = everybody(services)
    assert (row.name, row.email, row.company, row.login) == ("007 Bond", "o'brien@f.fi", "0012", "007bo@f.fi")
