"""One customer's list, as many programs write it.

Whatever the program, the list says the same: row 2 changes a person's login, row 3 adds somebody, row 4
changes nothing, row 5 has an address that is none. The texts have what readers stumble over: letters beyond
ASCII, delimiters and quotation marks inside, a leading zero, blanks at the end.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from xml.sax.saxutils import escape as xml

import xlwt
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from tests.services.sheets.binary import Line, biff5, xlsb

HEADER = ("ValueFrame ID", "Nimi", "Sähköposti", "Yhtiö", "Integraatiotunnus")
ROWS: tuple[tuple[object, ...], ...] = (
    (1001, 'Aho, "Anna"', "anna@firma.fi", "Firma Oy", "FIRMA\\anna"),
    ("", "Öhman; Åke", "ake@firma.fi", "Firma Oy", "007ake@firma.fi"),
    (1003, "Cederström, Cecilia", "c@firma.fi", "Firma Oy", "c@firma.fi "),
    ("", "Daavid Dahl", "ei osoite", "Firma Oy", ""),
)
EXPECTED = [(2, "update", None), (3, "create", None), (4, "unchanged", None), (5, "reject", "VF-PERSON-03")]
"""The verdict on each row, by the number the spreadsheet shows."""

LISTS = Path(__file__).parent / "lists"
"""Files of LibreOffice 7.4; see the README there."""


def lines() -> list[Line]:
    return [HEADER, *ROWS]


def texts() -> list[list[str]]:
    return [[str(cell) for cell in line] for line in lines()]


def xlsx(fill: Callable[[Workbook], None] | None = None) -> bytes:
    book = Workbook()
    if fill is None:
        for line in lines():
            book.worksheets[0].append([None if cell == "" else cell for cell in line])
    else:
        fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def formulas(book: Workbook) -> None:
    """Numbers as texts, an empty column and row around, merged cells, a hidden sheet before."""
    hidden = book.worksheets[0]
    hidden.title, hidden.sheet_state = "Piilossa", "hidden"
    hidden.append(["Nimi", "salainen"])
    sheet = book.create_sheet("Henkilöt")
    book.active = 1
    for number, line in enumerate(lines(), start=1):
        for place, cell in enumerate(line, start=1):
            sheet.cell(number, place, None if cell == "" else str(cell) if place == 1 else cell)
    sheet.merge_cells("G1:H2")
    sheet["G1"] = "Muuta"
    sheet.column_dimensions[get_column_letter(4)].hidden = True


def xls(*, sheets: Sequence[str] = ("Taul1",), hidden: Sequence[str] = ()) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    for name in (*hidden, *sheets):
        sheet = book.add_sheet(name)
        sheet.visibility = 1 if name in hidden else 0
        for number, line in enumerate(lines()):
            for place, cell in enumerate(line):
                if cell != "":
                    sheet.write(number, place, cell)
    book.set_active_sheet(len(hidden))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def delimited(
    delimiter: str, encoding: str, *, newline: str = "\r\n", quoting: int = csv.QUOTE_MINIMAL
) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=newline, quoting=quoting).writerows(texts())
    return out.getvalue().encode(encoding)


def guarded() -> bytes:
    """As programs write it that know what Excel does to numbers."""
    rows = [[f'="{cell}"' if cell and cell[0].isdigit() else cell for cell in line] for line in texts()]
    out = io.StringIO()
    out.write("sep=;\r\n")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("cp1252")


def html(*, head: str = "", cell: Callable[[str], str] = escape, table: str = "<table border=1>") -> str:
    rows = "".join(f"<tr>{''.join(f'<td>{cell(one)}</td>' for one in line)}</tr>\r\n" for line in texts())
    return f"<html><head>{head}</head><body>{table}{rows}</table></body></html>"


def excels_html() -> bytes:
    """As Excel saves a page: names of its own, number formats, blanks as entities."""
    head = (
        '<meta http-equiv=Content-Type content="text/html; charset=windows-1252">'
        "<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:Name>Taul1</x:Name></x:ExcelWorkbook></xml><![endif]-->"
        "<style>td {mso-number-format:\\@;}</style>"
    )
    page = html(head=head, cell=lambda text: escape(text) or "&nbsp;", table="<table x:str cellpadding=0>")
    return page.replace("<html>", '<html xmlns:x="urn:schemas-microsoft-com:office:excel">').encode("cp1252")


def nested_html() -> bytes:
    """As a report writer lays it out: tables for the layout, hidden rows, spans, headings as such."""
    head = "".join(f"<th>{escape(one)}</th>" for one in HEADER)
    rows = "".join(
        f"<tr>{''.join(f'<td><div><b>{escape(str(one))}</b></div></td>' for one in line)}</tr>"
        for line in ROWS
    )
    inner = f"<table><caption>Henkilöt</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    page = (
        "<!DOCTYPE html><html><body><table><tr><td colspan=2 rowspan=1>Raportti</td></tr><tr><td>"
        f"{inner}</td><td>sivu 1</td></tr></table>"
        '<table><tr style="display: none"><td>piilo</td></tr></table></body></html>'
    )
    return page.encode("utf-8")


def mhtml() -> bytes:
    """Excel's single file web page."""
    body = html().encode("utf-8").hex().upper()
    quoted = "".join(f"={body[place : place + 2]}" for place in range(0, len(body), 2))
    soft = "=\r\n".join(quoted[place : place + 72] for place in range(0, len(quoted), 72))
    return (
        "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n"
        'Content-Type: multipart/related; boundary="----=_NextPart_01"\r\n\r\n'
        "------=_NextPart_01\r\nContent-Location: file:///C:/lista.htm\r\n"
        'Content-Transfer-Encoding: quoted-printable\r\nContent-Type: text/html; charset="utf-8"\r\n\r\n'
        f"{soft}\r\n------=_NextPart_01--\r\n"
    ).encode("ascii")


def spreadsheetml(
    *, encoding: str = "UTF-8", sparse: bool = False, before: str = "", after: str = ""
) -> bytes:
    """Excel 2003's XML; ``sparse`` leaves empty cells out and says where the next one stands."""
    rows = []
    for line in lines():
        cells, skipped = [], False
        for place, cell in enumerate(line, start=1):
            if sparse and cell == "":
                skipped = True
                continue
            kind = "Number" if isinstance(cell, int) else "String"
            index = f' ss:Index="{place}"' if skipped else ""
            cells.append(f'<Cell{index}><Data ss:Type="{kind}">{xml(str(cell))}</Data></Cell>')
            skipped = False
        rows.append(f"<Row>{''.join(cells)}</Row>")
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<?mso-application progid="Excel.Sheet"?>\n{before}'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        '<Worksheet ss:Name="Piilo"><Table><Row><Cell><Data ss:Type="String">Nimi</Data></Cell></Row></Table>'
        "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>"
        f'<Worksheet ss:Name="Henkilöt"><Table>{"".join(rows)}</Table>{after}</Worksheet></Workbook>'
    )
    return text.encode(encoding)


_ENCRYPTION = "<manifest:encryption-data><manifest:algorithm/></manifest:encryption-data>"


def ods(*, protected: bool = False) -> bytes:
    """OpenDocument as a small program writes it: one content.xml, cells repeated (ODF 1.2, part 1, 9.1.4)."""

    def cell(value: object) -> str:
        if value == "":
            return '<table:table-cell table:number-columns-repeated="1"/>'
        if isinstance(value, int):
            kind = f'office:value-type="float" office:value="{value}"'
        else:
            kind = 'office:value-type="string"'
        return f"<table:table-cell {kind}><text:p>{xml(str(value))}</text:p></table:table-cell>"

    rows = "".join(f"<table:table-row>{''.join(map(cell, line))}</table:table-row>" for line in lines())
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2"'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Taulukko1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest'
        ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        '<manifest:file-entry manifest:full-path="/"'
        ' manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
        f"{_ENCRYPTION if protected else ''}</manifest:file-entry></manifest:manifest>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
        package.writestr("META-INF/manifest.xml", manifest, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def corpus() -> dict[str, bytes]:
    """Every file by its name, which says nothing of what is in it."""
    files: dict[str, bytes] = {
        "openpyxl.xlsx": xlsx(),
        "openpyxl-piilotettu.xlsx": xlsx(formulas),
        "openpyxl-nimeltään.xls": xlsx(),
        "xlwt.xls": xls(),
        "xlwt-piilotettu.xls": xls(hidden=("Arkisto",)),
        "xlwt-nimeltään.xlsx": xls(),
        "käsin.ods": ods(),
        "käsin.xlsb": xlsb(lines()),
        "excel-95.xls": biff5(lines()),
        "guardit.csv": guarded(),
        "php.xls": html(head='<meta charset="utf-8">').encode("utf-8"),
        "php-latin.xls": html(head='<meta charset="iso-8859-1">').encode("iso-8859-1"),
        "php-utf16.xls": b"\xff\xfe" + html().encode("utf-16-le"),
        "pelkkä-taulukko.xls": html().partition("<body>")[2].partition("</body>")[0].encode("utf-8"),
        "excel.htm": excels_html(),
        "raportti.html": nested_html(),
        "yksisivuinen.mht": mhtml(),
        "2003.xml": spreadsheetml(),
        "2003-aukot.xls": spreadsheetml(sparse=True),
        "2003-latin.xls": spreadsheetml(encoding="ISO-8859-1"),
        "2003-utf16.xls": spreadsheetml(encoding="UTF-16"),
        "lainaten.csv": delimited(";", "utf-8", quoting=csv.QUOTE_ALL),
        "unix.csv": delimited(";", "utf-8", newline="\n"),
        "vanha-mac.csv": delimited(";", "utf-8", newline="\r"),
        "putki.txt": delimited("|", "utf-8"),
    }
    for word, sign in (("puolipiste", ";"), ("pilkku", ","), ("sarkain", "\t")):
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
            files[f"{word}-{encoding}.xls"] = delimited(sign, encoding)
    files |= {f"{word}-merkitön.csv": delimited(";", word) for word in ("utf-16-le", "utf-16-be")}
    files |= {path.name: path.read_bytes() for path in sorted(LISTS.glob("libreoffice*"))}
    return files
