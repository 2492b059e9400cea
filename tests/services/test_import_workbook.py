from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.services.loads import Load, everybody, numbers
from tests.services.workbooks import HEADER
from vfadmin.errors import UsageError
from vfadmin.services.context import Services

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


@pytest.mark.parametrize(("lang", "reason"), [("fi", "Sähköpostiosoite"), ("en", "e-mail address")])
def test_the_report_has_every_row_with_its_verdict_and_reason(
    services: Services, check: Load, tmp_path: Path, lang: str, reason: str
) -> None:
    plan = check([None, "Anna", "anna@firma.fi", None, None], [None, "Bertta", "@SUM(A1)", None, None])
    path = tmp_path / "raportti.xlsx"

    hostile = replace(plan.rows[1], cells={**plan.rows[1].cells, "name": "=HYPERLINK(1)"})

    services.bulk_import.report([plan.rows[0], hostile], plan, path, lang)

    sheet = load_workbook(path).worksheets[0]
    header, good, bad = sheet.iter_rows()
    assert [cell.value for cell in header[1:6]] == HEADER
    assert good[0].value == "2"
    assert bad[7].value == "Sähköposti"
    assert reason in str(bad[8].value)
    assert bad[9].value
    # Formula injection: what looks like one goes out as the text it is.
    assert (bad[2].value, bad[2].data_type, bad[2].quotePrefix) == ("=HYPERLINK(1)", "s", True)
    assert (bad[3].value, bad[3].data_type, bad[3].quotePrefix) == ("@SUM(A1)", "s", True)
    assert not good[2].quotePrefix


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
