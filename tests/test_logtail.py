from __future__ import annotations

import os
from pathlib import Path

from vfadmin.logtail import Entry, entries, since, tail


def line(number: int, level: str = "INFO", text: str = "teksti") -> str:
    moment = f"2026-11-23 07:42:{number % 60:02d},123"
    return f"{moment} {level} 4711 Thread-1 (run) vfadmin.sync.run: {text} {number}"


def append(path: Path, *lines: str) -> None:
    with path.open("ab") as file:
        file.write("".join(f"{one}\n" for one in lines).encode())


def test_the_last_lines_of_a_long_log_are_found_whatever_their_length(tmp_path: Path) -> None:
    path = tmp_path / "vfadmin.log"
    append(path, *(line(n, text="x" * (n % 977)) for n in range(3000)))
    assert tail(path, 700).lines == tuple(line(n, text="x" * (n % 977)) for n in range(2300, 3000))
    assert len(tail(path, 9999).lines) == 3000
    assert tail(path, 0).lines == ()


def test_without_a_log_there_are_no_lines_until_it_comes(tmp_path: Path) -> None:
    path = tmp_path / "vfadmin.log"
    piece = tail(path, 10)
    assert (piece.lines, piece.mark) == ((), None)
    append(path, line(1))
    assert since(path, piece.mark, 10).lines == (line(1),)


def test_what_came_since_is_read_once_and_half_a_line_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "vfadmin.log"
    append(path, line(1))
    with path.open("a", encoding="utf-8") as file:
        file.write("puoli")
    first = tail(path, 10)
    assert first.lines == (line(1),)
    assert since(path, first.mark, 10).lines == ()
    append(path, " riviä", line(2))
    second = since(path, first.mark, 10)
    assert (second.lines, second.afresh) == (("puoli riviä", line(2)), False)
    assert since(path, second.mark, 10).lines == ()


def test_a_log_that_was_begun_anew_is_read_anew_with_its_forerunner(tmp_path: Path) -> None:
    path = tmp_path / "vfadmin.log"
    append(path, *(line(n) for n in range(30)))
    mark = tail(path, 20).mark
    path.rename(tmp_path / "vfadmin.log.1")
    append(path, line(30))
    piece = since(path, mark, 20)
    assert (piece.lines, piece.afresh) == (tuple(line(n) for n in range(11, 31)), True)
    path.write_bytes(b"")
    os.utime(path)
    assert since(path, piece.mark, 5).lines == tuple(line(n) for n in range(25, 30))


def test_separators_within_a_message_end_no_line(tmp_path: Path) -> None:
    path = tmp_path / "vfadmin.log"
    append(path, line(1, text="a\N{LINE SEPARATOR}b\x0cc"), line(2) + "\r")
    assert tail(path, 10).lines == (line(1, text="a\N{LINE SEPARATOR}b\x0cc"), line(2))


def test_lines_make_up_entries_and_a_traceback_belongs_to_its_own() -> None:
    trace = ("Traceback (most recent call last):", "", "ValueError: rikki")
    found = entries((line(1), line(2, "ERROR"), *trace, line(3)))
    assert [(entry.level, entry.first) for entry in found] == [
        ("INFO", "teksti 1"),
        ("ERROR", "teksti 2"),
        ("INFO", "teksti 3"),
    ]
    assert found[1].text == "\n".join(("teksti 2", *trace))
    assert found[1].whole == "\n".join((line(2, "ERROR"), *trace))
    assert (found[0].time, found[0].source) == ("2026-11-23 07:42:01", "vfadmin.sync.run")


def test_lines_that_come_later_lengthen_the_entry_before() -> None:
    (last,) = entries((line(1, "ERROR"),))
    found = entries(("Traceback", line(2)), last)
    assert [entry.whole for entry in found] == [f"{line(1, 'ERROR')}\nTraceback", line(2)]
    assert entries((line(2),), last)[0] is last


def test_the_end_of_an_entry_whose_beginning_is_gone_is_an_entry_of_its_own() -> None:
    assert entries(("  File x", "ValueError")) == [
        Entry("", "", "", "  File x\nValueError", "  File x\nValueError")
    ]
