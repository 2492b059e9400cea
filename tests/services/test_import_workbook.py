from __future__ import annotations

import errno
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.services.loads import Load, everybody, numbers
from tests.services.workbooks import HEADER
from vfadmin.errors import UsageError
from vfadmin.services.context import Services
from vfadmin.services.whole_files import save_whole

# Workbooks that go out -----------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_the_template_can_be_filled_and_loaded(services: Services, tmp_path: Path, lang: str) -> None:
    path = tmp_path / "malli.xlsx"
    services.bulk_import.template(path, lang)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    assert len(book.worksheets) == 2
    assert all(cell.comment is not None and cell.comment.text for cell in sheet[1])
    choices = [rule.formula1.strip('"').split(",") for rule in sheet.data_validations.dataValidation]
    sheet.append(
        [
            7,
            "Anna",
            "anna@firma.fi",
            "Firma Oy",
            "FIRMA\\anna",
            choices[0][1],
            "Työ",
            *(one[0] for one in choices[1:]),
        ]
    )
    book.save(path)

    plan = services.bulk_import.check(path)

    assert plan.ignored_columns == ()
    assert numbers(services.bulk_import.apply(plan)) == (1, 1, 0, 0, 1, 0)
    (row,) = everybody(services)
    assert (row.id, row.calendar, row.calendar_name, row.state, row.kind) == (
        7,
        "new",
        "Työ",
        "active",
        "person",
    )


@pytest.mark.parametrize(
    ("lang", "added", "reason"),
    [
        ("fi", ["Rivi", "Tulos", "Sarake", "Syy", "Mitä tehdä"], "Sähköpostiosoite"),
        ("en", ["Row", "Result", "Column", "Reason", "What to do"], "e-mail address"),
    ],
)
def test_r26_the_report_is_the_own_list_with_verdict_and_reason(
    services: Services, check: Load, tmp_path: Path, lang: str, added: list[str], reason: str
) -> None:
    plan = check(
        ["Henkilöt 2026", None, None],
        [],
        ["Puhelin", "Nimi", "Kenttä", "Sähköposti"],
        ["+358401", "-HYPERLINK(1)", "@SUM(A1)", "anna@firma.fi"],
        [None, None, None, None],
        ["040", "Bertta", "vapaata", "ei osoite", "reuna"],
        header=None,
    )
    path = tmp_path / "raportti.xlsx"

    services.bulk_import.report(plan.rows, plan, path, lang)

    title, _, header, good, bad = load_workbook(path).worksheets[0].iter_rows()
    assert title[0].value == "Henkilöt 2026"
    own = ["Puhelin", "Nimi", "Kenttä", "Sähköposti", None]
    assert [cell.value for cell in header] == [*own, *added]
    assert [cell.value for cell in good[:7]] == [
        *("+358401", "-HYPERLINK(1)", "@SUM(A1)", "anna@firma.fi", None, "4"),
        {"fi": "Lisätään", "en": "Add"}[lang],
    ]
    assert [cell.value for cell in bad[:6]] == ["040", "Bertta", "vapaata", "ei osoite", "reuna", "6"]
    assert bad[7].value == "Sähköposti"
    assert reason in str(bad[8].value)
    assert bad[9].value
    # Formula injection: what looks like one goes out as the text it is.
    assert [(cell.data_type, cell.quotePrefix) for cell in good[:4]] == [*[("s", True)] * 3, ("s", False)]
    assert [cell.fill.fill_type for cell in bad[:5]] == [None, None, None, "solid", None]


def test_r26_a_report_can_be_mended_and_loaded_again(services: Services, check: Load, tmp_path: Path) -> None:
    plan = check(["Anna", "ei osoite", 5], header=["Nimi", "Sähköposti", None], columns={"id": "C"})
    assert [row.verdict for row in plan.rows] == ["reject"]
    mended = services.bulk_import.edit(plan, 2, "email", "anna@firma.fi")
    path = tmp_path / "raportti.xlsx"

    services.bulk_import.report(mended.rows, mended, path)

    header, row = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    assert header[:4] == ("Nimi", "Sähköposti", "C", "Rivi")
    assert row[:5] == ("Anna", "anna@firma.fi", "5", "2", "Lisätään")
    again = services.bulk_import.check(path, columns={"id": "C"})
    assert [one.values for one in again.rows] == [{"name": "Anna", "email": "anna@firma.fi", "id": "5"}]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fi", ["Lisätty, aktivoitu", "Jätetty pois", "Hylätty", "Ennallaan"]),
        ("en", ["Added, activated", "Left out", "Rejected", "Unchanged"]),
    ],
)
def test_r26_after_the_load_the_report_says_what_became_of_each_row(
    services: Services, check: Load, tmp_path: Path, lang: str, words: list[str]
) -> None:
    services.directory.add_person(name="Dora", email="dora@firma.fi")
    plan = check(
        [None, "Anna", "anna@firma.fi", None, "anna@firma.fi"],
        [None, "Bertta", "bertta@firma.fi", None, None],
        [None, "Cecilia", "ei osoite", None, None],
        [None, "Dora", "dora@firma.fi", None, None],
        activate=True,
    )
    result = services.bulk_import.apply(plan, rows={2, 4, 5})
    path = tmp_path / "raportti.xlsx"

    services.bulk_import.report((*result.applied, *result.rejected), plan, path, lang, done=True)

    _, *rows = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    assert [(row[1], row[6]) for row in rows] == [
        *zip(("Anna", "Bertta", "Cecilia", "Dora"), words, strict=True)
    ]


def test_a_plan_without_the_files_lines_reports_what_was_recognised(
    services: Services, check: Load, tmp_path: Path
) -> None:
    plan = replace(check([None, "Anna", "ei osoite", None, None]), lines=())
    path = tmp_path / "raportti.xlsx"

    services.bulk_import.report(plan.rows, plan, path)

    header, row = load_workbook(path).worksheets[0].iter_rows()
    assert [cell.value for cell in header[:6]] == [*HEADER, "Rivi"]
    assert [cell.value for cell in row[:3]] == [None, "Anna", "ei osoite"]
    assert row[2].fill.fill_type == "solid"


def test_a_workbook_that_cannot_be_written_is_said_so(
    services: Services, check: Load, tmp_path: Path
) -> None:
    plan = check([None, "Anna", None, None, None])
    nowhere = tmp_path / "no" / "such" / "place.xlsx"

    for call in (
        lambda: services.bulk_import.template(nowhere),
        lambda: services.bulk_import.report(plan.rows, plan, nowhere),
    ):
        with pytest.raises(UsageError) as error:
            call()
        assert error.value.failure.code == "VF-IMPORT-07"


def test_whether_a_report_can_be_written_is_known_before_the_list_is_applied(
    services: Services, tmp_path: Path
) -> None:
    lista, report = tmp_path / "lista.xlsx", tmp_path / "raportti.xlsx"
    lista.write_bytes(b"list")
    services.bulk_import.check_report(report, lista)
    assert not report.exists(), "what was made to find out is gone again"
    report.write_bytes(b"older")
    services.bulk_import.check_report(report, lista)
    assert report.read_bytes() == b"older"
    for path in (lista, tmp_path, tmp_path / "no" / "such.xlsx"):
        with pytest.raises(UsageError) as error:
            services.bulk_import.check_report(path, lista)
        assert error.value.failure.code == "VF-IMPORT-07"
    assert lista.read_bytes() == b"list"


def test_a_report_that_cannot_be_written_leaves_what_was_there(
    services: Services, check: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = check([None, "Anna", "anna@firma.fi", None, None])
    path = tmp_path / "raportti.xlsx"
    services.bulk_import.report(plan.rows, plan, path)
    before = path.read_bytes()

    def full(_part: Path, _target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    for write in (
        lambda: services.bulk_import.report(plan.rows, plan, path),
        lambda: services.bulk_import.template(path),
    ):
        with pytest.raises(UsageError) as error:
            write()
        assert error.value.failure.params["detail"] == "full"
    assert path.read_bytes() == before
    assert list(tmp_path.glob("*.part")) + list(tmp_path.glob(".*.part")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links and devices")
def test_a_report_goes_through_a_link_and_never_takes_the_place_of_a_device(
    services: Services, check: Load, tmp_path: Path
) -> None:
    plan = check([None, "Anna", "anna@firma.fi", None, None])
    (tmp_path / "oikea.xlsx").write_bytes(b"vanha")
    link = tmp_path / "linkki.xlsx"
    link.symlink_to(tmp_path / "oikea.xlsx")
    services.bulk_import.report(plan.rows, plan, link)
    assert link.is_symlink()
    assert load_workbook(tmp_path / "oikea.xlsx").worksheets[0]["B2"].value == "Anna"
    pipe = tmp_path / "putki.xlsx"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(pipe.read_bytes)
        save_whole(pipe, lambda file: file.write(b"kokonaan"))
        assert read.result(timeout=20) == b"kokonaan"
    assert pipe.is_fifo()
