"""Where words go: results to standard output, everything else to standard error.

With ``--json`` standard output carries one document (or one object a line) and nothing more. Colour,
tables with lines and progress bars are for terminals; a pipe gets plain, aligned text.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from enum import Enum
from typing import Any, TextIO, cast

from vfadmin.cli.texts import say
from vfadmin.settings import Language

Cell = str | int | bool | datetime | None


class Output:
    """One command's mouth. ``as_json`` is set by the command as soon as it knows its flags."""

    def __init__(self, lang: Language, stdout: TextIO | None = None, stderr: TextIO | None = None) -> None:
        self.lang = lang
        self.as_json = False
        self._answered = False
        self._stdout = stdout
        self._stderr = stderr

    @property
    def stdout(self) -> TextIO:
        """The stream of results, looked up late because tests and shells exchange it."""
        return self._stdout or sys.stdout or _NOWHERE

    @property
    def stderr(self) -> TextIO:
        """The stream of everything else."""
        return self._stderr or sys.stderr or _NOWHERE

    @property
    def answered(self) -> bool:
        """Whether a JSON document has been printed."""
        return self._answered

    def document(self, value: object) -> None:
        """The one JSON document of this command."""
        self._answered = True
        self._print(self.stdout, self._json(value, indent=2))

    def json_line(self, value: object) -> None:
        """One object of a command that answers in lines."""
        self._answered = True
        self._print(self.stdout, self._json(value, indent=None))

    def line(self, text: str) -> None:
        """A sentence of the human answer; nothing in JSON mode."""
        if not self.as_json:
            self._print(self.stdout, text)

    def say(self, key: str, /, **params: object) -> None:
        """A sentence of the human answer by its key."""
        self.line(say(key, self.lang, **params))

    def note(self, key: str, /, **params: object) -> None:
        """Something worth knowing that is not the answer: to standard error in every mode."""
        self._complain(say(key, self.lang, **params))

    def error(self, code: str, message: str, remedy: str) -> None:
        """A reason and its remedy, one line each."""
        self._complain(say("error.reason", self.lang, code=code, text=_one_line(message)))
        if remedy:
            self._complain(say("error.remedy", self.lang, text=_one_line(remedy)))

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        """Rows under headings (keys of texts)."""
        titles = [say(heading, self.lang) for heading in headings]
        cells = [[self.cell(value) for value in row] for row in rows]
        if self.stdout.isatty():
            self._rich_table(titles, cells)
            return
        widths = [max(map(len, column)) for column in zip(titles, *cells, strict=True)]
        for row in [titles, *cells]:
            self.line("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())

    def pairs(self, rows: Sequence[tuple[str, Cell]]) -> None:
        """Facts under their names (keys of texts), one a line."""
        named = [(say(key, self.lang), self.cell(value)) for key, value in rows]
        width = max((len(name) for name, _ in named), default=0)
        for name, value in named:
            self.line(f"{name.ljust(width)}  {value}".rstrip())

    def cell(self, value: Cell) -> str:
        """A value as a reader sees it; times in the local zone."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return say("word.yes" if value else "word.no", self.lang)
        if isinstance(value, datetime):
            local = value.astimezone()
            if self.lang is Language.FI:
                return f"{local.day}.{local.month}.{local.year} {local:%H.%M}"
            return f"{local:%Y-%m-%d %H:%M}"
        return str(value)

    @contextmanager
    def progress(self, key: str) -> Iterator[Callable[[int, int], None]]:
        """A progress bar while standard error is a terminal; otherwise silence."""
        if self.as_json or not self.stderr.isatty():
            yield lambda _done, _total: None
            return
        from rich.console import Console  # noqa: PLC0415 - costs more than most commands do
        from rich.progress import Progress  # noqa: PLC0415

        with Progress(console=Console(file=self.stderr), transient=True) as bar:
            task = bar.add_task(say(key, self.lang), total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)

    def _rich_table(self, titles: list[str], cells: list[list[str]]) -> None:
        from rich.box import SIMPLE_HEAD  # noqa: PLC0415
        from rich.console import Console  # noqa: PLC0415
        from rich.table import Table  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        table = Table(*titles, box=SIMPLE_HEAD, pad_edge=False)
        for row in cells:
            table.add_row(*(Text(text) for text in row))
        if not self.as_json:
            Console(file=self.stdout).print(table)

    def _json(self, value: object, indent: int | None) -> str:
        encoding = (getattr(self.stdout, "encoding", None) or "ascii").lower().replace("-", "")
        # Escapes are read alike by every reader; letters only by one that expects this encoding.
        return json.dumps(value, default=_plain, ensure_ascii=encoding != "utf8", indent=indent)

    def _complain(self, text: str) -> None:
        with suppress(OSError):  # whoever cannot be told must not stop what is being done
            self._print(self.stderr, text)

    @staticmethod
    def _print(stream: TextIO, text: str) -> None:
        stream.write(text + "\n")
        stream.flush()  # a full disk is met here, where it can be told, and not at the end of the process


class _Nowhere(io.TextIOBase):
    """Where words go in a process without standard streams."""

    def write(self, text: str, /) -> int:
        return len(text)


_NOWHERE = cast("TextIO", _Nowhere())


def _one_line(text: str) -> str:
    """The text on one line; what a terminal would obey instead of showing is shown as its escape."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in " ".join(text.split())
    )


def _plain(value: object) -> Any:  # noqa: ANN401 - what json.dumps wants of a default
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, frozenset | set | tuple):
        return list(value)
    raise TypeError(f"not for JSON: {type(value).__name__}")
