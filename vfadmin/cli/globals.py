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


def hoist(arguments: Sequence[str]) -> list[str]:
    """The arguments with the global options in front, so that they may stand anywhere before ``--``."""
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
    return front + rest


def first_word(ordered: Sequence[str]) -> str:
    """The first word behind the global options; empty where there is none."""
    words = iter(ordered)
    for word in words:
        if word in _NAMES:
            next(words, None)
        elif word != _SUPPORT and word.split("=", 1)[0] not in _NAMES:
            return word
    return ""


def nothing_else(ordered: Sequence[str]) -> Globals | None:
    """The options of hoisted arguments that name no command; None where the parser has to say something."""
    said: dict[str, str] = {}
    words = iter(word for word in ordered if word != _SUPPORT)
    for word in words:
        name, equals, value = word.partition("=")
        if name not in _NAMES:
            return None
        given = [value] if equals else _next(words)
        if not given or garbled(given[0]):
            return None
        said[name.removeprefix("--").replace("-", "_")] = given[0]
    try:
        return Globals(
            said.get("home"),
            said.get("database"),
            Language(said["lang"]) if "lang" in said else None,
            LogLevel(said["log_level"]) if "log_level" in said else None,
            support=_SUPPORT in ordered,
        )
    except ValueError:
        return None


def language(arguments: Sequence[str]) -> Language:
    """The language asked for, else the system's; a bad one is complained about later, in the latter."""
    asked = ""
    for index, word in enumerate(arguments):
        if word == "--lang" and index + 1 < len(arguments):
            asked = arguments[index + 1]
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
        elif word == "--":
            break
    return Language(asked) if asked in set(Language) else system_language()


def garbled(word: str) -> bool:
    """Whether it has bytes that are no letters here: half a character to Python, to a database an error."""
    return any("\ud800" <= char <= "\udfff" for char in word)


def _next(words: Iterator[str]) -> list[str]:
    return [word for word in [next(words, None)] if word is not None]
