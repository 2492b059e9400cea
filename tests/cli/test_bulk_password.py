"""``import`` of a protected file: the password is asked for or piped in, and is nowhere afterwards."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from tests.cli.conftest import Cli
from tests.cli.test_bulk import sheet

PASSWORD = "Kesä-2026 €"


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def protected(tmp_path: Path, people: list[int]) -> str:
    plain = sheet(tmp_path / "avoin.xlsx", ("ValueFrame ID", "Nimi"), (people[0], "Åke Uusi"))
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(Path(plain).read_bytes())).encrypt(PASSWORD, out)
    path = tmp_path / "suojattu.xls"
    path.write_bytes(out.getvalue())
    return str(path)


def test_r26_a_piped_password_opens_the_file_and_is_written_nowhere(
    cli: Cli, protected: str, home: Path
) -> None:
    answer = cli(
        "--log-level", "debug", "import", protected, "--password-stdin", "--json", stdin=f"{PASSWORD}\r\n"
    )
    assert (answer.code, answer.json["updated"]) == (0, 1)
    assert PASSWORD not in answer.out + answer.err
    written = [path for path in home.rglob("*") if path.is_file()]
    assert [path for path in written if PASSWORD.encode() in path.read_bytes()] == []


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("fi", "Tiedoston suojattu.xls salasana: "),
        ("en", "Password of the file suojattu.xls: "),
    ],
)
def test_r26_on_a_terminal_the_password_is_asked_for(
    cli: Cli, protected: str, monkeypatch: pytest.MonkeyPatch, lang: str, question: str
) -> None:
    asked: list[str] = []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return PASSWORD

    monkeypatch.setattr("getpass.getpass", ask)
    monkeypatch.setattr(io, "StringIO", _Terminal)
    answer = cli("import", protected, "--json", lang=lang)
    assert (answer.code, answer.json["updated"], asked) == (0, 1, [question])


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_r26_without_a_password_it_says_how_to_give_one(cli: Cli, protected: str, lang: str) -> None:
    answer = cli("import", protected, lang=lang)
    assert (answer.code, answer.out) == (2, "")
    assert "VF-IMPORT-09" in answer.err
    assert "--password-stdin" in answer.err


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_r26_a_wrong_password_is_said_so_and_not_repeated(
    cli: Cli, people: list[int], protected: str, lang: str
) -> None:
    before = cli("person", "list", "--json").json
    answer = cli("import", protected, "--password-stdin", stdin="arvaus-1\n", lang=lang)
    assert (answer.code, answer.out) == (2, "")
    assert "VF-IMPORT-10" in answer.err
    assert "arvaus-1" not in answer.err
    assert cli("person", "list", "--json").json == before
    assert people


@pytest.mark.parametrize("lang", ["fi", "en"])
def test_r26_an_empty_pipe_is_said_so(cli: Cli, protected: str, lang: str) -> None:
    answer = cli("import", protected, "--password-stdin", lang=lang)
    assert (answer.code, answer.out) == (2, "")
    assert "--password-stdin" in answer.err


def test_there_is_no_flag_for_a_password(cli: Cli, protected: str) -> None:
    answer = cli("import", protected, "--password", PASSWORD)
    assert answer.code == 2
    assert PASSWORD not in answer.out + answer.err
