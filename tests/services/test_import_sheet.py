from __future__ import annotations

import shutil
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tests.services.workbooks import HEADER, write_list
from vfadmin.errors import UsageError
from vfadmin.services import import_sheet
from vfadmin.services.import_sheet import Sheet, clean, read_cells, sheet_of


def read(path: Path, sheet: str | None = None, columns: dict[str, str] | None = None) -> Sheet:
    return sheet_of(read_cells(path, sheet), columns)


def code_of(error: pytest.ExceptionInfo[UsageError]) -> str:
    return error.value.failure.code


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("  Matti\xa0 Meikäläinen\n", "Matti Meikäläinen"),
        ("a\u200bb\ufeff", "ab"),
        ("A\u0308iti", "Äiti"),
        (12.0, "12"),
        (1042, "1042"),
        (1.5, "1.5"),
        (1e300, "1e+300"),
        (True, "1"),
        (False, "0"),
        (date(2026, 3, 2), "2026-03-02"),
        (datetime(2026, 3, 2, 10, 0), "2026-03-02T10:00:00"),  # noqa: DTZ001 - spreadsheets have no zones
        (time(10, 0), "10:00:00"),
        ("007", "007"),
        ("x" * 5000, "x" * 1000),
    ],
)
def test_a_cell_becomes_a_clean_text(value: object, text: str) -> None:
    assert clean(value) == text


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.datetimes()))
def test_a_clean_text_is_one_line_and_cleaning_it_again_changes_nothing(value: object) -> None:
    text = clean(value)

    assert text == text.strip()
    assert "\n" not in text
    assert "\xa0" not in text
    assert clean(text) == text


@pytest.mark.parametrize(
    "header",
    [
        ["ValueFrame ID", "Nimi", "Sähköposti", "Yhtiö", "Integraatiotunnus"],
        ["vf-id", "NAME", "E-mail", "Company", "Login"],
        ["Henkilönumero", "Koko nimi", "sähköpostiosoite", "Yritys", "AD-tunnus"],
        ["ID", "Full name", "E-mail address", "organisaatio", "UPN"],
        [" id ", "Henkilö", "Mail", "YHTIÖ", "userPrincipalName"],
    ],
)
def test_headers_are_recognised_in_finnish_and_english(tmp_path: Path, header: list[str]) -> None:
    sheet = read(write_list(tmp_path / "a.xlsx", [1, "Anna", "a@f.fi", "F Oy", "a@f.fi"], header=header))

    assert list(sheet.columns) == ["id", "name", "email", "company", "login"]
    assert sheet.rows[0].cells == {
        "id": "1",
        "name": "Anna",
        "email": "a@f.fi",
        "company": "F Oy",
        "login": "a@f.fi",
    }
    assert sheet.ignored == ()


def test_the_header_may_stand_below_a_title_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    path = write_list(
        tmp_path / "a.xlsx",
        ["Käyttäjät 2026"],
        [],
        ["Nimi ja muut tiedot:", None],
        ["Etunimi", "Sukunimi", "Puhelin", "Tunnus"],
        ["Anna", "Aho", "040", "a@f.fi"],
        [None, "  ", None, None],
        [None, None, "040", None],
        ["Bertta", "Berg", None, "b@f.fi"],
        header=None,
    )

    sheet = read(path)

    assert sheet.header_row == 4
    assert sheet.columns == {"first_name": "Etunimi", "last_name": "Sukunimi", "login": "Tunnus"}
    assert sheet.ignored == ("Puhelin",)
    assert [row.row for row in sheet.rows] == [5, 8]


def test_of_two_columns_with_one_meaning_the_first_counts(tmp_path: Path) -> None:
    sheet = read(write_list(tmp_path / "a.xlsx", ["Anna", "Toinen"], header=["Nimi", "Name"]))

    assert sheet.columns == {"name": "Nimi"}
    assert sheet.ignored == ("Name",)


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ({"login": "Puhelin"}, {"name": "Nimi", "login": "Puhelin"}),
        ({"login": "b"}, {"name": "Nimi", "login": "Puhelin"}),
        ({"name": "puhelin"}, {"name": "Puhelin"}),
        ({"email": "AA"}, {"name": "Nimi", "email": "AA"}),
    ],
)
def test_columns_are_corrected_by_hand(
    tmp_path: Path, columns: dict[str, str], found: dict[str, str]
) -> None:
    path = write_list(tmp_path / "a.xlsx", ["Anna", "040"], header=["Nimi", "Puhelin"])

    sheet = read(path, columns=columns)

    assert sheet.columns == found
    assert len(sheet.rows) == 1


def test_headers_nobody_knows_are_named_by_hand(tmp_path: Path) -> None:
    path = write_list(tmp_path / "a.xlsx", ["Lista"], ["Nom", "Compte"], ["Anna", "a@f.fi"], header=None)

    by_name = read(path, columns={"name": "nom", "login": "Compte"})
    by_letter = read(path, columns={"name": "A", "login": "B"})

    assert (by_name.header_row, [row.row for row in by_name.rows]) == (2, [3])
    assert (by_letter.header_row, [row.row for row in by_letter.rows]) == (1, [2, 3])


@pytest.mark.parametrize(
    "columns", [{"login": "no such"}, {"colour": "Nimi"}, {"login": ""}, {"login": "ABCD"}, {"login": "Å"}]
)
def test_a_column_that_is_not_there_is_refused(tmp_path: Path, columns: dict[str, str]) -> None:
    path = write_list(tmp_path / "a.xlsx", ["Anna"], header=["Nimi"])

    with pytest.raises(UsageError) as error:
        read(path, columns=columns)

    assert code_of(error) == "VF-IMPORT-06"


@pytest.mark.parametrize("rows", [[], [["Puhelin", "Osoite"], ["040", "Katu 1"]], [["Yhtiö"], ["Firma Oy"]]])
def test_without_a_header_there_is_nothing_to_read(tmp_path: Path, rows: list[list[str]]) -> None:
    path = write_list(tmp_path / "a.xlsx", *rows, header=None)

    with pytest.raises(UsageError) as error:
        read(path)

    assert code_of(error) == "VF-IMPORT-02"


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600],
)
def test_what_is_no_workbook_is_said_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "lista.xlsx"
    path.write_bytes(content)

    with pytest.raises(UsageError) as error:
        read(path)

    assert code_of(error) == "VF-IMPORT-01"
    assert error.value.failure.params["file"] == "lista.xlsx"


def test_a_file_that_is_not_there_or_a_directory_is_said_so(tmp_path: Path) -> None:
    for path in (tmp_path / "none.xlsx", tmp_path):
        with pytest.raises(UsageError) as error:
            read(path)
        assert code_of(error) == "VF-IMPORT-01"


def test_the_first_visible_sheet_is_read_or_the_named_one(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = Workbook()
    book.worksheets[0].title = "Piilossa"
    book.worksheets[0].append(HEADER)
    for title in ("Näkyvä", "Toinen"):
        sheet = book.create_sheet(title)
        sheet.append(HEADER)
        sheet.append([1, title])
    book.worksheets[0].sheet_state = "hidden"
    book.save(path)

    assert read(path).name == "Näkyvä"
    assert read(path, "Toinen").rows[0].cells["name"] == "Toinen"
    with pytest.raises(UsageError) as error:
        read(path, "Kolmas")
    assert code_of(error) == "VF-IMPORT-03"
    assert error.value.failure.params["known"] == "Piilossa, Näkyvä, Toinen"


def test_a_formula_counts_with_its_last_value(tmp_path: Path) -> None:
    path = write_list(tmp_path / "a.xlsx", [1, "=B1"], header=["ID", "Nimi"])

    assert read(path).rows[0].cells["name"] == ""
    assert load_workbook(path).worksheets[0]["B2"].value == "=B1"


def test_limits_on_size_and_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_list(
        tmp_path / "a.xlsx", *([number, f"N{number}"] for number in range(1, 60)), header=["ID", "Nimi"]
    )
    copy = shutil.copy(path, tmp_path / "b.xlsx")

    monkeypatch.setattr(import_sheet, "FILE_LIMIT", 10)
    with pytest.raises(UsageError) as error:
        read(Path(copy))
    assert code_of(error) == "VF-IMPORT-01"


def test_the_same_bytes_have_the_same_hash(tmp_path: Path) -> None:
    path = write_list(tmp_path / "a.xlsx", [1, "Anna", None, None, None])
    copy = Path(shutil.copy(path, tmp_path / "b.xlsx"))

    assert read(path).sha256 == read(copy).sha256
    assert len(read(path).sha256) == 64
