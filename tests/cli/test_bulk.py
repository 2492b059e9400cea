"""``import`` and ``template``: R26 on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Cli


def sheet(path: Path, *rows: tuple[object, ...]) -> str:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return str(path)


@pytest.fixture
def file(tmp_path: Path, people: list[int]) -> str:
    return sheet(
        tmp_path / "tunnukset.xlsx",
        ("ValueFrame ID", "Nimi", "Integraatiotunnus"),
        (people[0], "Åke Öhman", "ESIM\\ake.uusi"),
        (people[1], "Aino Mäki", "aino@esim.example"),
        (people[2], "Örjan Zetterberg", "ei vielä tunnusta"),
    )


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_r26_good_rows_are_applied_and_a_bad_one_changes_nothing(
    cli: Cli, people: list[int], file: str, lang: str
) -> None:
    answer = cli("import", file, "--json", lang=lang)
    assert answer.code == 3
    told = answer.json
    assert {key: told[key] for key in ("rows", "created", "updated", "unchanged", "activated")} == {
        "rows": 3,
        "created": 0,
        "updated": 1,
        "unchanged": 1,
        "activated": 0,
    }
    (rejected,) = told["rejected"]
    assert (rejected["row"], rejected["column"], rejected["code"]) == (4, "Integraatiotunnus", "VF-LOGIN-02")
    assert "ei vielä tunnusta" in rejected["message"]
    assert rejected["value"] == "ei vielä tunnusta"
    assert {"fi": "Rivi 4, sarake Integraatiotunnus", "en": "Row 4, column Integraatiotunnus"}[
        lang
    ] in answer.err
    logins = {row["id"]: row["login"] for row in cli("person", "list", "--json").json}
    assert [logins[one] for one in people[:3]] == ["ESIM\\ake.uusi", "aino@esim.example", ""]


def test_a_dry_run_says_the_same_and_writes_nothing(cli: Cli, people: list[int], file: str) -> None:
    before = cli("person", "list", "--json").json
    answer = cli("import", file, "--dry-run", "--activate", "--json")
    assert answer.code == 3
    assert (answer.json["activated"], len(answer.json["rejected"])) == (2, 1)
    assert cli("person", "list", "--json").json == before
    assert people


def test_activate_brings_the_rows_into_work(cli: Cli, file: str) -> None:
    assert cli("import", file, "--activate", "--json").json["activated"] == 2
    assert len(cli("person", "list", "--state", "active", "--json").json) == 2


def test_columns_may_be_named(cli: Cli, people: list[int], tmp_path: Path) -> None:
    path = sheet(tmp_path / "omat.xlsx", ("Numero", "Exchange"), (people[0], "ake@esim.example"))
    columns = json.dumps({"id": "Numero", "login": "Exchange"})
    assert cli("import", path, "--columns", columns, "--json").json["updated"] == 1


def test_a_report_is_a_workbook(cli: Cli, file: str, tmp_path: Path) -> None:
    report = tmp_path / "raportti.xlsx"
    assert cli("import", file, "--dry-run", "--report", str(report)).code == 3
    assert openpyxl.load_workbook(report).worksheets[0].max_row >= 4


@pytest.mark.parametrize("lang", ["fi", "en"])
@pytest.mark.parametrize("name", ["missing.xlsx", "kuva.xlsx"])
def test_a_file_that_is_no_workbook_is_refused(cli: Cli, tmp_path: Path, name: str, lang: str) -> None:
    (tmp_path / "kuva.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n")
    answer = cli("import", str(tmp_path / name), lang=lang)
    assert (answer.code, answer.out) == (2, "")
    assert "VF-IMPORT-01" in answer.err
    assert len(answer.err.splitlines()) == 2


def test_the_template_can_be_filled_and_loaded(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "pohja.xlsx"
    assert cli("template", str(path)).out == f"Wrote {path}.\n"
    answer = cli("import", str(path), "--dry-run", "--json")
    assert (answer.code, answer.json["rows"]) == (0, 0)


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_a_report_that_cannot_be_written_keeps_the_list_from_being_applied(
    cli: Cli, people: list[int], file: str, tmp_path: Path, lang: str
) -> None:
    before = cli("person", "list", "--json").json
    for report in (tmp_path / "no" / "such.xlsx", tmp_path):
        answer = cli("import", file, "--report", str(report), "--json", lang=lang)
        assert (answer.code, answer.json["error"]["code"]) == (2, "VF-IMPORT-07")
    assert cli("person", "list", "--json").json == before
    assert people


def test_a_report_never_goes_over_the_list_it_tells_of(cli: Cli, file: str) -> None:
    before = Path(file).read_bytes()
    answer = cli("import", file, "--report", file)
    assert (answer.code, answer.out) == (2, "")
    assert "VF-IMPORT-07" in answer.err
    assert Path(file).read_bytes() == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_what_was_applied_is_told_although_its_report_found_no_room(
    cli: Cli, people: list[int], file: str
) -> None:
    answer = cli("import", file, "--report", "/dev/full", "--json")
    assert (answer.code, answer.json["updated"]) == (1, 1)
    assert "VF-IMPORT-07" in answer.err
    assert cli("person", "list", "--name", "ake.uusi", "--json").json[0]["id"] == people[0]


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_a_list_that_is_not_there_is_named(cli: Cli, tmp_path: Path, lang: str) -> None:
    answer = cli("import", str(tmp_path / "ei.xlsx"), lang=lang)
    assert (answer.code, answer.out) == (2, "")
    reason, remedy = answer.err.splitlines()
    assert {"fi": "ei.xlsx ei voi lukea", "en": "ei.xlsx cannot be read"}[lang] in reason
    assert {"fi": "(tiedostoa tai kansiota ei ole)", "en": "(there is no such file or folder)"}[
        lang
    ] in reason
    assert {"fi": "Tarkista polku.", "en": "Check the path."}[lang] in remedy


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("fi", "Rivi 3, sarake Nimi, arvo ”Uusi Nimi”: Sama henkilö"),
        ("en", 'Row 3, column Nimi, value "Uusi Nimi": The same person'),
    ],
)
def test_r26_a_reason_that_does_not_repeat_the_value_has_it_before(
    cli: Cli, people: list[int], tmp_path: Path, lang: str, told: str
) -> None:
    path = sheet(tmp_path / "kahdesti.xlsx", ("Nimi",), ("Uusi Nimi",), ("Uusi Nimi",))
    assert told in cli("import", path, "--dry-run", lang=lang).err
    assert people
