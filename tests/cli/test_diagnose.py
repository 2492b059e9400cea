"""``diagnose``: one file for support (R28)."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from tests.cli.conftest import Cli
from tests.cli.test_sync import add_events, exchange
from vfadmin.simulator import Simulator

__all__ = ["exchange"]


def test_the_file_is_written_and_named(
    cli: Cli, people: list[int], exchange: Simulator, tmp_path: Path
) -> None:
    add_events(cli, people[1], exchange, "aino@esim.example")
    file = tmp_path / "aino.zip"
    answer = cli("diagnose", str(people[1]), "--output", str(file), "--json")
    assert answer.code == 0, answer.err
    assert (answer.json["id"], answer.json["file"]) == (people[1], str(file))
    with ZipFile(file) as archive:
        assert archive.namelist() == answer.json["members"]
        report = archive.read("report.html").decode()
    assert "How it stands" in report
    assert "ValueFramesta" not in report
    again = cli("diagnose", str(people[1]), "--output", str(file))
    assert (again.code, "--overwrite" in again.err) == (2, True)
    over = cli("diagnose", str(people[1]), "--output", str(file), "--overwrite", lang="fi")
    assert (over.code, "report.html" in over.out) == (0, True)
    with ZipFile(file) as archive:
        assert "Tilanne" in archive.read("report.html").decode()


def test_bad_input_writes_nothing(cli: Cli, people: list[int], tmp_path: Path) -> None:
    assert people
    file = tmp_path / "x.zip"
    assert cli("diagnose", "99", "--output", str(file)).code == 2
    assert cli("diagnose", str(people[0])).code == 2
    assert cli("diagnose", str(people[0]), "--output", str(tmp_path / "ei" / "x.zip")).code == 2
    assert not file.exists()
