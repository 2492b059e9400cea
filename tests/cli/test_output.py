"""What is printed where: documents, lines, tables, and progress for terminals only."""

from __future__ import annotations

import errno
import io
import json
from datetime import UTC, date, datetime
from enum import StrEnum

import pytest

from vfadmin.cli.output import Output
from vfadmin.settings import Language


class Colour(StrEnum):
    RED = "red"


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def test_a_document_is_the_only_thing_said_in_json_mode() -> None:
    out, err = io.StringIO(), io.StringIO()
    output = Output(Language.EN, out, err)
    output.as_json = True
    output.line("never")
    output.table(("column.id",), [[1]])
    output.document(
        {
            "at": datetime(2026, 3, 1, 9, tzinfo=UTC),
            "on": date(2026, 3, 1),
            "colour": Colour.RED,
            "ids": (1, 2),
            "name": "Å",
        }
    )
    assert json.loads(out.getvalue()) == {
        "at": "2026-03-01T09:00:00+00:00",
        "on": "2026-03-01",
        "colour": "red",
        "ids": [1, 2],
        "name": "Å",
    }
    assert err.getvalue() == ""


def test_without_standard_streams_words_go_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", None)
    monkeypatch.setattr("sys.stderr", None)
    output = Output(Language.EN)
    output.say("person.none")
    output.table(("column.id",), [[1]])
    output.document({"name": "Å"})
    output.error("VF-USAGE-01", "reason", "remedy")
    assert output.answered


def test_a_complaint_that_cannot_be_written_stops_nothing_and_an_answer_does() -> None:
    class Full(io.StringIO):
        def flush(self) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    output = Output(Language.EN, Full(), Full())
    output.error("VF-USAGE-01", "reason", "remedy")
    with pytest.raises(OSError, match="No space"):
        output.say("person.none")


def test_what_is_no_json_is_a_programmers_error() -> None:
    with pytest.raises(TypeError, match="object"):
        Output(Language.EN, io.StringIO()).document({"what": object()})


def test_a_pipe_gets_aligned_columns() -> None:
    out = io.StringIO()
    Output(Language.EN, out).table(("column.id", "column.name"), [[1, "Åke"], [1001, None], [2, "Örjan"]])
    assert out.getvalue() == "ID    Name\n1     Åke\n1001\n2     Örjan\n"


def test_a_terminal_gets_a_table_that_shows_markup_as_it_is() -> None:
    out = Terminal()
    Output(Language.FI, out).table(("column.id", "column.name"), [[1, "[bold]Åke[/bold]"]])
    assert "[bold]Åke[/bold]" in out.getvalue()
    assert "Nimi" in out.getvalue()


@pytest.mark.parametrize(("lang", "yes"), [(Language.FI, "kyllä"), (Language.EN, "yes")])
def test_values_are_words_of_the_reader(lang: Language, yes: str) -> None:
    output = Output(lang, io.StringIO())
    assert output.cell(value=True) == yes
    assert output.cell(None) == ""
    assert output.cell(5) == "5"
    moment = datetime(2026, 3, 1, 9, 5, tzinfo=UTC).astimezone()
    expected = {
        Language.FI: f"{moment.day}.{moment.month}.2026 {moment:%H.%M}",
        Language.EN: f"{moment:%Y-%m-%d %H:%M}",
    }
    assert output.cell(moment) == expected[lang]


def test_progress_is_for_terminals_only() -> None:
    silent, terminal = io.StringIO(), Terminal()
    for stream in (silent, terminal):
        with Output(Language.EN, io.StringIO(), stream).progress("sync.running") as advance:
            advance(1, 2)
    assert silent.getvalue() == ""
    assert "Synchronising" in terminal.getvalue()
