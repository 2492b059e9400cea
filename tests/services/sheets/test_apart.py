"""A file that brings its reader down does nothing to us."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from openpyxl import Workbook

from tests.quick_readers import read_as_the_program_does
from tests.services.sheets import breakers
from tests.services.sheets.files import ROWS, xlsx
from vfadmin.services.sheets.apart import Read, read_grid_apart
from vfadmin.services.sheets.grid import NoSheetError, Trouble, UnreadableError


@pytest.fixture(autouse=True)
def begun_as_by_the_program() -> Iterator[None]:
    with read_as_the_program_does():
        yield


def test_a_list_is_read_in_another_process_as_in_this_one() -> None:
    assert read_grid_apart(xlsx()).rows[2][1] == ROWS[1][1]
    with pytest.raises(NoSheetError) as error:
        read_grid_apart(xlsx(), "Toinen")
    assert error.value.known == ("Sheet",)


@pytest.mark.parametrize(
    ("read", "trouble"),
    [
        (breakers.dies, Trouble.LARGE),
        (breakers.hangs, Trouble.SLOW),
        (breakers.stumbles, Trouble.DAMAGED),
        (breakers.swells, Trouble.LARGE),
    ],
)
def test_whatever_becomes_of_the_reader_there_is_an_answer(read: Read, trouble: Trouble) -> None:
    with pytest.raises(UnreadableError) as error:
        read_grid_apart(b"", read=read, seconds=3.0)
    assert error.value.trouble is trouble


def test_a_stray_cell_in_the_last_corner_ends_nobody(capfd: pytest.CaptureFixture[str]) -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "Nimi"
    book.worksheets[0]["XFD200000"] = "x"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(UnreadableError) as error:
        read_grid_apart(out.getvalue())
    assert error.value.trouble is Trouble.LARGE
    assert capfd.readouterr() == ("", "")
