"""The command line's entrance: words in, an exit code out, never a traceback.

Exit codes: 0 done, 1 failed, 2 wrong usage or bad input with nothing done, 3 done but for some rows,
130 interrupted cleanly.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator, Sequence

import typer

from vfadmin.cli import faults
from vfadmin.cli.call import Call, usage
from vfadmin.cli.interrupt import INTERRUPTED, terminated_like_interrupted
from vfadmin.cli.output import Output
from vfadmin.cli.root import build
from vfadmin.cli.wiring import Wiring
from vfadmin.settings import Language, program_settings, system_language

_GLOBALS = ("--home", "--database", "--lang", "--log-level")


def run(arguments: Sequence[str], wiring: Wiring) -> int:
    """Do what the arguments say and answer the exit code."""
    ordered = hoist(arguments)
    lang = _language(ordered)
    _make_streams_robust()
    # Without any handler Python itself would print what is logged: on the reader's screen.
    logging.getLogger("vfadmin").addHandler(logging.NullHandler())
    call = Call(wiring, Output(lang), program_settings(lang=lang))
    call.out.as_json = "--json" in ordered  # for complaints made before the command itself is reached
    with terminated_like_interrupted():
        try:
            code = _invoke(ordered, call)
        finally:
            call.close()
    if code == INTERRUPTED:
        call.out.note("error.interrupted")
    return code


def hoist(arguments: Sequence[str]) -> list[str]:
    """The arguments with the global options in front, so that they may stand anywhere before ``--``."""
    front, rest = [], []
    words = iter(arguments)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word in _GLOBALS:
            front += [word, *_next(words)]
        elif word.split("=", 1)[0] in _GLOBALS:
            front.append(word)
        elif word.startswith("--all-errors="):  # its value is optional, which the parser cannot express
            rest += word.split("=", 1)
        else:
            rest.append(word)
    return front + rest


def _invoke(arguments: Sequence[str], call: Call) -> int:
    try:
        command = typer.main.get_command(build(_first(arguments)))
        _refuse_garbled(arguments, call)
        code = command.main(args=arguments, prog_name="vfadmin", standalone_mode=False, obj=call)
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as closed:  # the parser's answer to a pipe whose reader has left
        return closed.code if isinstance(closed.code, int) else 1
    except (Exception, typer.Abort) as error:  # noqa: BLE001 - the last door: everything becomes two lines
        return faults.report(error, call)
    return code if isinstance(code, int) else 0


def _refuse_garbled(arguments: Sequence[str], call: Call) -> None:
    """Python keeps bytes that are no letters here as half a character, which no database takes.

    The name of a file that is there may be made of them. Raises UsageError.
    """
    for word in arguments:
        if any("\ud800" <= char <= "\udfff" for char in word) and not os.path.lexists(word):
            raise usage(call, "usage.garbled", word=word.encode("utf-8", "replace").decode("utf-8"))


def _first(arguments: Sequence[str]) -> str:
    """The first word behind the global options; empty where there is none."""
    words = iter(arguments)
    for word in words:
        if word in _GLOBALS:
            next(words, None)
        elif word.split("=", 1)[0] not in _GLOBALS:
            return word
    return ""


def _next(words: Iterator[str]) -> list[str]:
    return [word for word in [next(words, None)] if word is not None]


def _language(arguments: Sequence[str]) -> Language:
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


def _make_streams_robust() -> None:
    """A console that cannot show a letter shows its escape instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
