"""Files for spreadsheets: whole or not at all, and never a formula."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.clock import FakeClock
from tests.services.scenes import person
from vfadmin.errors import UsageError
from vfadmin.services import export
from vfadmin.services.context import Services
from vfadmin.services.export import Progress, Sheet, TrailSheet, Value
from vfadmin.services.export_sheet import TRIGGERS, disarmed, disarmed_everywhere
from vfadmin.services.rows import PersonRow

NAMES = ("Åke; Öberg", '=HYPERLINK("x")', "+358", "-1", "@summa", 'Aatos "A" Äijälä')


@pytest.fixture
def ids(services: Services) -> tuple[int, ...]:
    return tuple(person(services, name).id for name in NAMES)


def cells(row: PersonRow) -> Sequence[Value]:
    return (row.id, row.name, None)


def sheet(path: Path, ids: tuple[int, ...], render: Callable[[PersonRow], Sequence[Value]] = cells) -> Sheet:
    return Sheet(path, "Henkilöt", ("ID", "Nimi", "Viimeksi"), ids, render, Progress(len(ids)))


def test_csv_is_as_a_finnish_excel_opens_it(services: Services, ids: tuple[int, ...], tmp_path: Path) -> None:
    wanted = sheet(tmp_path / "henkilöt.csv", ids)
    assert services.export.write(wanted) == len(ids)
    content = wanted.path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbfID;Nimi;Viimeksi\r\n")
    assert content.count(b"\r\n") == content.count(b"\n") == len(ids) + 1
    lines = list(csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert [line[1] for line in lines[1:]] == [
        NAMES[0],
        f"'{NAMES[1]}",
        "'+358",
        "'-1",
        "'@summa",
        NAMES[5],
    ]
    assert wanted.progress.done == len(ids)


@pytest.mark.parametrize("start", TRIGGERS)
def test_no_text_is_taken_for_a_formula(start: str) -> None:
    assert disarmed(f"{start}1") == f"'{start}1"
    assert disarmed(f"a{start}1") == f"a{start}1"


@given(st.text(st.sampled_from("=+-@,;|\t\r\n 'ab")), st.sampled_from(",;|\t\n"))
def test_no_part_of_a_csv_is_taken_for_a_formula_wherever_it_is_cut(text: str, separator: str) -> None:
    parts = disarmed_everywhere(text).replace("\r", "\n").split(separator)
    assert [part for part in parts if part.strip(" ").startswith(("=", "+", "-", "@"))] == []


def test_a_name_with_a_comma_in_a_csv_is_no_formula_in_english_either() -> None:
    assert disarmed_everywhere("Virta,=cmd|'/C calc'!A0,x") == "Virta,'=cmd|'/C calc'!A0,x"
    assert disarmed_everywhere("Meri-Anna, Liisa") == "Meri-Anna, Liisa"


def test_a_workbook_has_texts_as_texts_numbers_as_numbers_and_times_as_times(
    services: Services, ids: tuple[int, ...], tmp_path: Path, fake_clock: FakeClock
) -> None:
    wanted = sheet(tmp_path / "henkilöt.xlsx", ids, lambda row: (row.id, row.name, fake_clock()))
    assert services.export.write(wanted) == len(ids)
    book = load_workbook(wanted.path)
    page = book["Henkilöt"]
    assert [cell.value for cell in page[1]] == ["ID", "Nimi", "Viimeksi"]
    assert [row[1].value for row in page.iter_rows(min_row=2)] == list(NAMES)
    assert {row[1].data_type for row in page.iter_rows(min_row=2)} == {"s"}
    assert [row[0].value for row in page.iter_rows(min_row=2)] == list(ids)
    moment = page.cell(2, 3).value
    assert moment == fake_clock().astimezone().replace(tzinfo=None, microsecond=0)
    book.close()


@pytest.mark.parametrize("name", ["lista.csv", "lista.xlsx"])
def test_a_cancel_leaves_what_was_there_and_nothing_half(
    services: Services, ids: tuple[int, ...], tmp_path: Path, name: str
) -> None:
    path = tmp_path / "vienti" / name
    path.parent.mkdir()
    path.write_text("entinen")

    def cancelling(row: PersonRow) -> Sequence[Value]:
        wanted.progress.cancelled = True
        return cells(row)

    wanted = sheet(path, ids, cancelling)
    assert services.export.write(wanted) is None
    assert [one.name for one in path.parent.iterdir()] == [name]
    assert path.read_text() == "entinen"


@pytest.mark.parametrize("name", ["lista.csv", "lista.xlsx"])
def test_a_failure_on_the_way_leaves_nothing_half(
    services: Services, ids: tuple[int, ...], tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "vienti"
    folder.mkdir()

    def failing(row: PersonRow) -> Sequence[Value]:
        raise LookupError(row.name)

    with pytest.raises(LookupError):
        services.export.write(sheet(folder / name, ids, failing))
    assert list(folder.iterdir()) == []


def test_a_file_that_cannot_be_written_says_what_to_do(
    services: Services, ids: tuple[int, ...], tmp_path: Path
) -> None:
    (tmp_path / "kansio.csv").mkdir()
    for path in (tmp_path / "kansio.csv", tmp_path / "poissa" / "lista.csv"):
        with pytest.raises(UsageError) as error:
            services.export.write(sheet(path, ids))
        assert error.value.failure.code == "VF-IMPORT-07"


def test_who_is_gone_meanwhile_is_left_out(services: Services, ids: tuple[int, ...], tmp_path: Path) -> None:
    assert services.export.write(sheet(tmp_path / "lista.csv", (*ids, 999_999))) == len(ids)


def test_the_audit_trail_goes_out_page_by_page_oldest_first(
    services: Services, ids: tuple[int, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "CHUNK", 2)
    heads = ("Kuka", "Missä", "Kautta", "Mitä")
    trail = TrailSheet(
        tmp_path / "t.csv", "T", heads, lambda row: (row.actor, row.host, row.face, row.subject)
    )
    assert services.export.write_trail(trail) == len(ids)
    lines = list(csv.reader(trail.path.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert lines == [list(heads), *(["tuki", "kone-1", "cli", f"person:{one}"] for one in ids)]
    assert services.export.write_trail(replace(trail, person_id=ids[1], path=tmp_path / "t.xlsx")) == 1
    page = load_workbook(tmp_path / "t.xlsx").active
    assert page is not None
    assert [cell.value for cell in page[2]] == ["tuki", "kone-1", "cli", f"person:{ids[1]}"]
    cancelled = replace(trail, progress=Progress(0, cancelled=True))
    assert services.export.write_trail(cancelled) is None
