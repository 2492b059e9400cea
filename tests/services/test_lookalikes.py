"""Letters that only look like those of the keyboard are flagged, and named (R26)."""

from __future__ import annotations

import pytest

from tests.services.loads import Load, told
from vfadmin.errors import UsageError
from vfadmin.services.lookalikes import without_lookalikes


@pytest.mark.parametrize(
    "text",
    [
        "anna@firma.fi",
        "pöllö.åström@firma.fi",
        "анна@фирма.рф",
        "FIRMA\\anna",
        "ß@f.fi",
        "",
        "123@4.fi",
        "o'brien-a@f.fi",
    ],
)
def test_texts_of_one_alphabet_pass(text: str) -> None:
    assert without_lookalikes(text) == text


@pytest.mark.parametrize(
    ("text", "character"),
    [
        ("\N{CYRILLIC SMALL LETTER A}nna@firma.fi", "CYRILLIC SMALL LETTER A"),
        ("anna@firm\N{GREEK SMALL LETTER ALPHA}.fi", "GREEK SMALL LETTER ALPHA"),
        ("FIRMA\\\N{FULLWIDTH LATIN SMALL LETTER A}nna", "FULLWIDTH LATIN SMALL LETTER A"),
        ("anna\N{EN DASH}a@firma.fi", "EN DASH"),
        ("o\N{RIGHT SINGLE QUOTATION MARK}brien@firma.fi", "RIGHT SINGLE QUOTATION MARK"),
        ("anna\N{ARABIC-INDIC DIGIT ONE}@firma.fi", "ARABIC-INDIC DIGIT ONE"),
        ("\N{LATIN SMALL LIGATURE FI}na@firma.fi", "LATIN SMALL LIGATURE FI"),
    ],
)
def test_a_letter_that_only_looks_right_is_named(text: str, character: str) -> None:
    with pytest.raises(UsageError) as error:
        without_lookalikes(text)
    assert error.value.failure.code == "VF-LOGIN-07"
    assert character in str(error.value.failure.params["character"])


def test_r26_a_row_with_such_an_address_is_rejected_with_its_cell(check: Load) -> None:
    strange = "\N{CYRILLIC SMALL LETTER A}nna@firma.fi"
    plan = check([None, "Anna", strange, None, None], [None, "Bertta", None, None, strange])
    assert [told(row) for row in plan.rows] == [
        (2, "reject", "Sähköposti", "VF-LOGIN-07"),
        (3, "reject", "Integraatiotunnus", "VF-LOGIN-07"),
    ]
