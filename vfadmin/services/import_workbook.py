"""The template of the bulk load, and whether a workbook can be written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from vfadmin.errors import UsageError, failure
from vfadmin.errors.texts import outcome
from vfadmin.services.export_sheet import TRIGGERS
from vfadmin.services.import_headers import FIELDS
from vfadmin.services.import_sheet import trouble
from vfadmin.services.whole_files import save_whole

_NOT_ASKED = ("first_name", "last_name", "device")
"""What is understood where a list has it, and what a list of ours need not have."""
TEMPLATE_FIELDS = tuple(name for name in FIELDS if name not in _NOT_ASKED)
_WIDTHS = {"id": 14, "name": 28, "email": 34, "company": 24, "login": 34}
_WIDTH = 18
_VALIDATED_ROWS = 20_000


def write_template(path: Path, lang: str) -> None:
    """An empty list: a header with a comment on each column, choices where there are some, a help sheet.

    Raises UsageError VF-IMPORT-07.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = outcome("import.sheet", lang)
    _write_row(sheet, 1, [outcome(f"import.column.{name}", lang) for name in TEMPLATE_FIELDS])
    for number, name in enumerate(TEMPLATE_FIELDS, start=1):
        cell = sheet.cell(1, number)
        cell.font = Font(bold=True)
        cell.comment = Comment(outcome(f"import.help.{name}", lang), "vfadmin", height=120, width=320)
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, _WIDTH)
        _offer_choices(sheet, number, name, lang)
    sheet.freeze_panes = "A2"
    help_sheet = book.create_sheet(outcome("import.help_sheet", lang))
    help_sheet.column_dimensions["A"].width = 24
    help_sheet.column_dimensions["B"].width = 100
    for number, name in enumerate(TEMPLATE_FIELDS, start=1):
        _write_row(
            help_sheet, number, [outcome(f"import.column.{name}", lang), outcome(f"import.help.{name}", lang)]
        )
    _save(book, path)


def check_writable(path: Path, *, but: Path) -> None:
    """Raise UsageError VF-IMPORT-07 if no workbook can be written there, or if it is the file ``but``.

    What stands there stays as it is; a file that was made to find out is removed again.
    """
    try:
        if path.exists() and but.exists() and path.samefile(but):
            raise UsageError(failure("VF-IMPORT-07", file=str(path), detail="list"))
        new = not path.exists()
        with path.open("ab"):
            pass
        if new:
            path.unlink()
    except OSError as error:
        raise UsageError(failure("VF-IMPORT-07", file=str(path), detail=trouble(error))) from error


def _offer_choices(sheet: Worksheet, number: int, name: str, lang: str) -> None:
    choices = outcome(f"import.choices.{name}", lang)
    if choices == f"import.choices.{name}":
        return
    validation = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True)
    letter = get_column_letter(number)
    validation.add(f"{letter}2:{letter}{_VALIDATED_ROWS}")
    sheet.add_data_validation(validation)


def _write_row(sheet: Worksheet, number: int, texts: Sequence[str]) -> None:
    for place, text in enumerate(texts, start=1):
        cell = sheet.cell(number, place)
        assert isinstance(cell, Cell)  # noqa: S101 - nothing is merged in a new sheet
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
        if text.startswith(TRIGGERS):
            cell.data_type = "s"
            cell.quotePrefix = True


def _save(book: Workbook, path: Path) -> None:
    try:
        save_whole(path, book.save)
    except OSError as error:
        raise UsageError(failure("VF-IMPORT-07", file=str(path), detail=trouble(error))) from error
