"""What each reader makes of what programs write, and of what nobody should have written."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest
import xlwt
from openpyxl import Workbook

from tests.services.sheets.files import HEADER, corpus, html, ods, spreadsheetml, xls, xlsx
from vfadmin.services.sheets import grid, workbook
from vfadmin.services.sheets.delimited import delimiter_of, read_delimited
from vfadmin.services.sheets.grid import ROW_LIMIT, Grid, NoSheetError, Trouble, UnreadableError
from vfadmin.services.sheets.kinds import Kind, kind_of, kind_of_text
from vfadmin.services.sheets.letters import text_of
from vfadmin.services.sheets.reader import read_grid


def trouble(content: bytes) -> Trouble:
    with pytest.raises(UnreadableError) as error:
        read_grid(content)
    return error.value.trouble


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (xlsx(), Kind.WORKBOOK),
        (xls(), Kind.WORKBOOK),
        (ods(), Kind.WORKBOOK),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00", Kind.WORKBOOK),
        (b"%PDF-1.7 nimi;tunnus", Kind.OTHER),
        (b"\x89PNG\r\n\x1a\n", Kind.OTHER),
        (b"nimi;tunnus", Kind.TEXT),
    ],
)
def test_the_kind_of_a_file_is_seen_from_its_first_bytes(content: bytes, kind: Kind) -> None:
    assert kind_of(content) is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("\ufeff\r\n<!DOCTYPE html><html>", Kind.HTML),
        ("<TABLE border=1>", Kind.HTML),
        ('<?xml version="1.0"?><html xmlns="x"><table/></html>', Kind.HTML),
        ('<?xml version="1.0"?><rss/>', Kind.OTHER),
        ("<anna@firma.fi>;Anna", Kind.TEXT),
        ("From: x\nMIME-Version: 1.0\nContent-Type: text/html", Kind.MHTML),
        ("Nimi: MIME-Version", Kind.TEXT),
        (spreadsheetml().decode(), Kind.SPREADSHEETML),
    ],
)
def test_texts_are_told_apart(text: str, kind: Kind) -> None:
    assert kind_of_text(text) is kind


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Öhman".encode(), "Öhman"),
        ("Öhman".encode("cp1252"), "Öhman"),
        ("\ufeffÖhman".encode(), "Öhman"),
        ("\ufeffÖhman".encode("utf-32"), "\ufeffÖhman"),
        ("Öhman Åke".encode("utf-16-le"), "Öhman Åke"),
        ("Öhman Åke".encode("utf-16-be"), "Öhman Åke"),
        (b'<meta charset="iso-8859-2">\xb1', '<meta charset="iso-8859-2">ą'),
        (b'<meta charset="nonesuch">\xd6', '<meta charset="nonesuch">Ö'),
        (b"\xd6\x20\x81", "Ö \ufffd"),
    ],
)
def test_bytes_become_letters(content: bytes, text: str) -> None:
    assert text_of(content).removeprefix("\ufeff") == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    "content",
    [b"", b"  \n", bytes(range(256)) * 20, b"%PDF-1.7", b"<?xml version='1.0'?><rss/>", b"<html><p>moi"],
)
def test_what_is_no_list_is_said_so(content: bytes) -> None:
    assert trouble(content) is Trouble.KIND


@pytest.mark.parametrize(
    ("lines", "delimiter"),
    [
        (["Nimi;Tunnus", "Aho, Anna;anna", "Berg, B;b"], ";"),
        (["Nimi,Tunnus", "Anna,anna@firma.fi"], ","),
        (["Nimi\tTunnus", "Anna; Aho\tanna"], "\t"),
        (["Nimi", "Aho Anna"], ";"),
        (["Otsikko", "", "Nimi;Tunnus;Yhtiö", "A;b;Firma, Oy"], ";"),
        (["Nimi;Tunnus", *["Aho, Anna, DI;anna"] * 58], ";"),
        (["Nimi,Oikeus,Tunnus", *["Anna,a;b;c;d,anna"] * 58], ","),
        (["Käyttäjät, 2026", "Nimi;Tunnus", *["Aho, Anna;anna"] * 50], ";"),
        (["Nimi;Tunnus;Yhtiö;Laji", "Aho, A;a;F", "Berg, B;b", "C, C;c;F;x", "D, D;d;F"], ";"),
        (["Nimi\tYhtiö", *["Anna\tFirma, Oy; Turku"] * 9], "\t"),
        (['"Nimi, koko";Tunnus', '"Aho, Anna, DI";anna'], ";"),
        ([], ";"),
    ],
)
def test_the_delimiter_is_what_divides_most_evenly(lines: list[str], delimiter: str) -> None:
    assert delimiter_of(f"{line}\n" for line in lines) == delimiter


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('a;b\n"x\ny";"c""d"\n', [["a", "b"], ["x\ny", 'c"d']]),
        ('sep=,\na,="007",="a""b"\n', [["a", "007", 'a"b']]),
        ("a;'007;b\n", [["a", "'007", "b"]]),
        ('a;b\n"unclosed;c\n' + "d;e\n" * 40, [["a", "b"], ['"unclosed', "c"], *[["d", "e"]] * 40]),
        ("a\0;b\n", [["a", "b"]]),
        (
            'a;b\n"Aho; A";x\n"un;y\n"Berg; B";z\n',
            [["a", "b"], ["Aho; A", "x"], ['"un', "y"], ["Berg; B", "z"]],
        ),
        ('a;b\n"Pappa" Aho;x\n', [["a", "b"], ["Pappa Aho", "x"]]),
        ('a;b\n\n"un;y', [["a", "b"], [], ['"un', "y"]]),
        ("a;b\nAn\x0bna\u2028 A\x85;x\r\n", [["a", "b"], ["An\x0bna\u2028 A\x85", "x"]]),
        ('"sep=,"\na;x,b\n', [["a;x", "b"]]),
    ],
    ids=[
        "quoted",
        "guarded",
        "apostrophe",
        "unclosed",
        "zero",
        "one in a row",
        "nickname",
        "last",
        "breaks",
        "sep",
    ],
)
def test_lines_with_delimiters(text: str, rows: list[list[str]]) -> None:
    assert read_delimited(text, None) == Grid("", rows)


def test_a_cell_beyond_all_measure_is_damaged() -> None:
    assert trouble(b"a;b\n" + b"x" * 200_000 + b";c\n") is Trouble.DAMAGED


def test_a_list_without_sheets_has_none_of_that_name() -> None:
    with pytest.raises(NoSheetError):
        read_grid(b"a;b\n", "Taul1")


def test_too_many_lines_are_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    assert trouble(b"a;b\n" * (ROW_LIMIT + 21)) is Trouble.LARGE
    monkeypatch.setattr(grid, "ROW_LIMIT", 100)
    assert trouble(b"<table>" + b"<tr><td>a" * 121) is Trouble.LARGE


def test_tables_of_a_page_are_asked_for_by_caption_or_number() -> None:
    page = b"<table><tr><td>1</table><table><caption>Iso <b>lista</b></caption><tr><td>2<td>3</table>"
    assert read_grid(page) == Grid("Iso lista", [["2", "3"]])
    assert read_grid(page, "1") == Grid("1", [["1"]])
    with pytest.raises(NoSheetError) as error:
        read_grid(page, "Taul9")
    assert error.value.known == ("1", "Iso lista")


def test_spans_keep_the_columns_in_their_places() -> None:
    page = "<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d<tr><td>e<br>f<td>g<td rowspan=x>h</table>"
    assert read_grid(page.encode()).rows == [["a", "b", ""], ["", "c", "d"], ["e\nf", "g", "h"]]
    wide = b"<table><tr>" + b"<td colspan=999999999999>a" * 40 + b"</table>"
    assert len(read_grid(wide).rows[0]) < 20_000
    digits = b"<table><tr><td colspan=" + b"9" * 5000 + b">a<td colspan=0>b</table>"
    assert len(read_grid(digits).rows[0]) == 1001


@pytest.mark.parametrize(
    "content",
    [
        b"<table>" + (b"<tr>" + b"<td colspan=1000>a" * 16) * 20,
        spreadsheetml().replace(b"<Row>", b'<Row><Cell ss:Index="10000"/></Row><Row>'),
    ],
)
def test_more_cells_than_any_list_has_are_too_large(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(grid, "CELL_LIMIT", 20_000)
    assert trouble(content) is Trouble.LARGE


def test_a_row_that_stands_for_several_keeps_the_numbers_of_those_below() -> None:
    spanned = spreadsheetml().replace(b"</Row><Row>", b'</Row><Row ss:Span="2"/><Row>', 2)
    assert [len(row) for row in read_grid(spanned).rows[:6]] == [5, 0, 0, 0, 5, 0]
    assert trouble(spanned.replace(b'Span="2"', b'Span="999999999"')) is Trouble.LARGE


def test_a_cell_that_speaks_of_protection_protects_nothing() -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("Taul1")
    page.write(0, 0, "Nimi")
    page.write(1, 0, "EncryptedPackage \u03a9")
    out = io.BytesIO()
    book.save(out)
    assert read_grid(out.getvalue()).rows[1] == ["EncryptedPackage \u03a9"]


@pytest.mark.parametrize(
    "said", ["utf-8", "utf-16", "base64", "zip", "rot13", "undefined", "idna", "unicode_escape", "latin1"]
)
def test_an_encoding_that_is_named_in_vain_costs_no_letter(said: str) -> None:
    page = f'<html><meta charset="{said}"><table><tr><td>Öhman €</table>'
    assert read_grid(page.encode("cp1252")).rows == [["Öhman €"]]


@pytest.mark.parametrize("password", [None, "Salainen"])
def test_a_protection_that_nothing_here_opens_is_said_so(password: str | None) -> None:
    with pytest.raises(UnreadableError) as error:
        read_grid(ods(protected=True), password=password)
    assert error.value.trouble is Trouble.LOCKED


def test_an_entity_in_an_attribute_multiplies_nothing() -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY a0 "haha">{entities}]>'
    content = spreadsheetml(before=bomb).replace("Henkilöt".encode(), b"&a9;")
    assert trouble(content) is Trouble.DAMAGED


def test_an_entity_that_multiplies_itself_comes_to_nothing() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    content = spreadsheetml(before=bomb).replace(b"ei osoite", b"&b;")
    assert "haha" not in str(read_grid(content).rows)


@pytest.mark.parametrize("index", ["999999999", "200021"])
def test_a_row_beyond_all_lists_is_too_large(index: str) -> None:
    assert trouble(spreadsheetml(after=f'<Table><Row ss:Index="{index}"/></Table>')) is Trouble.LARGE


def test_sheets_of_2003_are_asked_for_by_name() -> None:
    assert read_grid(spreadsheetml(), "Piilo").rows == [["Nimi"]]
    assert read_grid(spreadsheetml()).name == "Henkilöt"
    hidden = "<x:WorksheetOptions><x:Visible>SheetVeryHidden</x:Visible></x:WorksheetOptions>"
    with pytest.raises(NoSheetError) as error:
        read_grid(spreadsheetml(after=hidden))
    assert error.value.known == ("Piilo", "Henkilöt")
    assert trouble(spreadsheetml()[:-40]) is Trouble.DAMAGED


@pytest.mark.parametrize("content", [xls(sheets=("Yksi", "Kaksi"), hidden=("Piilo",))])
def test_sheets_of_a_workbook_are_asked_for_by_name(content: bytes) -> None:
    assert read_grid(content).name == "Yksi"
    assert read_grid(content, "Piilo").rows[0][1] == HEADER[1]
    with pytest.raises(NoSheetError) as error:
        read_grid(content, "Kolme")
    assert error.value.known == ("Piilo", "Yksi", "Kaksi")


def test_a_workbook_with_nothing_to_see_says_so() -> None:
    def hide(book: Workbook) -> None:
        book.worksheets[0].sheet_state = "hidden"
        book.create_chartsheet("Kaavio")

    with pytest.raises(NoSheetError) as error:
        read_grid(xlsx(hide))
    assert error.value.wanted == ""


def swollen(size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b" " * size)
        package.writestr(zipfile.ZipInfo("stored"), b"as it is")
    return out.getvalue()


def test_a_zip_that_unpacks_to_more_than_any_list_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "UNPACKED_LIMIT", 5_000_000)
    assert trouble(swollen(10_000_000)) is Trouble.LARGE
    assert trouble(swollen(1_000)) is Trouble.DAMAGED, "small enough, and no workbook"


def test_a_zip_that_lies_about_its_size_is_measured_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "UNPACKED_LIMIT", 5_000_000)
    content = swollen(10_000_000).replace((10_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert trouble(content) is Trouble.LARGE


def test_a_broken_zip_is_damaged() -> None:
    assert trouble(b"PK\x03\x04 broken") is Trouble.DAMAGED
    whole = xlsx()
    assert trouble(whole[: len(whole) // 2]) is Trouble.DAMAGED
    at = whole.index(b"xl/workbook.xml") + 20
    assert trouble(whole[:at] + zlib.compress(b"x" * 50) + whole[at + 30 :]) is Trouble.DAMAGED


def test_a_page_of_a_web_archive_without_a_table_is_no_list() -> None:
    archive = b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>moi\r\n"
    assert trouble(archive) is Trouble.KIND
    assert read_grid(corpus()["yksisivuinen.mht"]).rows[0] == list(HEADER)


def test_numbers_of_2003_that_are_none_stay_texts() -> None:
    odd = spreadsheetml().replace(b'"Number">1001<', b'"Number">tuhat<')
    assert read_grid(odd).rows[1][0] == "tuhat"
    empty = html().replace("<tr>", "<tr><p>", 1).encode()
    assert read_grid(empty).rows[0] == list(HEADER)
