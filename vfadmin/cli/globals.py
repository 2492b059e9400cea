"""The global options as they stand in the arguments, read before anything heavy is imported.

The parser reads them again, properly, wherever there is a command. The window, which most starts are
for, is not to wait for a parser with nothing to parse.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vfadmin.settings import Language, LogLevel, system_language

_NAMES = ("--home", "--database", "--lang", "--log-level")
_SUPPORT = "--support"


@dataclass(frozen=True, slots=True)
class Globals:
    """The global options; None is what nobody said. ``support`` asks for the window's screen of support."""

    home: str | None = None
    database: str | None = None
    lang: Language | None = None
    log_level: LogLevel | None = None
    support: bool = False


def split(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """The global options, which may stand anywhere before ``--``, and all other words in their order."""
    front, rest = [], []
    words = iter(arguments)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word in _NAMES:
            front += [word, *_next(words)]
        elif word == _SUPPORT or word.split("=", 1)[0] in _NAMES:
            front.append(word)
        elif word.startswith("--all-errors="):  # its value is optional, which the parser cannot express
            rest += word.split("=", 1)
        else:
            rest.append(word)
    return front, rest


def read(front: Sequence[str]) -> Globals | None:
    """What the global options say; None where the parser has to complain of one."""
    said = _values(front)
    if any(value is None or garbled(value) for value in said.values()):
        return None
    try:
        return Globals(
            said.get("--home"),
            said.get("--database"),
            None if (lang := said.get("--lang")) is None else Language(lang),
            None if (level := said.get("--log-level")) is None else LogLevel(level),
            support=_SUPPORT in front,
        )
    except ValueError:
        return None


def language(front: Sequence[str]) -> Language:
    """The language asked for, else the system's; a bad one is complained about later, in the latter."""
    asked = _values(front).get("--lang")
    return Language(asked) if asked in set(Language) else system_language()


def _values(front: Sequence[str]) -> dict[str, str | None]:
    """What is said of each option, the last word counting; None for an option without its value."""
    said: dict[str, str | None] = {}
    words = iter(front)
    for word in words:
        name, equals, value = word.partition("=")
        if name in _NAMES:
            said[name] = value if equals else next(words, None)
    return said


def garbled(word: str) -> bool:
    """Whether it has bytes that are no letters here: half a character to Python, to a database an error."""
    return any("\ud800" <= char <= "\udfff" for char in word)


def _next(words: Iterator[str]) -> list[str]:
    return [word for word in [next(words, None)] if word is not None]
