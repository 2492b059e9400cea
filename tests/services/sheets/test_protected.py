"""Workbooks with a password: asked for, tried once, never kept."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from tests.services.sheets.files import LISTS, ROWS, xlsx
from vfadmin.errors import UsageError
from vfadmin.services.context import Services
from vfadmin.services.sheets.grid import Trouble, UnreadableError
from vfadmin.services.sheets.reader import read_grid

PASSWORD = "Salainen €1"


def protected(password: str) -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(xlsx())).encrypt(password, out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("given", "trouble"), [(None, Trouble.PASSWORD), ("salainen €1", Trouble.WRONG_PASSWORD)]
)
def test_a_protected_workbook_wants_its_password(given: str | None, trouble: Trouble) -> None:
    with pytest.raises(UnreadableError) as error:
        read_grid(protected(PASSWORD), password=given)
    assert error.value.trouble is trouble


def test_with_its_password_it_is_read() -> None:
    assert read_grid(protected(PASSWORD), password=PASSWORD).rows[1][1] == ROWS[0][1]


@pytest.mark.parametrize(
    ("given", "trouble"), [(None, Trouble.PASSWORD), ("salainen 1", Trouble.WRONG_PASSWORD)]
)
def test_r26_an_xls_of_another_writer_wants_its_password(given: str | None, trouble: Trouble) -> None:
    content = (LISTS / "suojattu.xls").read_bytes()
    with pytest.raises(UnreadableError) as error:
        read_grid(content, password=given)
    assert error.value.trouble is trouble
    assert [list(row) for row in read_grid(content, password="Salainen 1").rows[1:]] == [
        list(row) for row in ROWS
    ]


def test_r26_an_opendocument_password_is_not_asked_for() -> None:
    with pytest.raises(UnreadableError) as error:
        read_grid((LISTS / "suojattu.ods").read_bytes(), password="Salainen 1")
    assert error.value.trouble is Trouble.LOCKED


def test_what_is_protected_against_changes_only_is_read_without() -> None:
    assert read_grid(protected("VelvetSweatshop")).rows[1][1] == ROWS[0][1]


def test_a_protected_workbook_that_was_cut_off_is_damaged() -> None:
    content = protected(PASSWORD)
    with pytest.raises(UnreadableError) as error:
        read_grid(content[: len(content) // 2], password=PASSWORD)
    assert error.value.trouble is Trouble.DAMAGED


@pytest.mark.parametrize(
    ("password", "code"), [(None, "VF-IMPORT-09"), ("väärä", "VF-IMPORT-10"), (PASSWORD, None)]
)
def test_r26_the_service_asks_for_the_password(
    services: Services, tmp_path: Path, password: str | None, code: str | None
) -> None:
    path = tmp_path / "lista.xls"
    path.write_bytes(protected(PASSWORD))
    if code is None:
        assert len(services.bulk_import.check(path, password=password).rows) == 4
        return
    with pytest.raises(UsageError) as error:
        services.bulk_import.check(path, password=password)
    assert error.value.failure.code == code
    assert (password or "-") not in str(error.value.failure.params)
