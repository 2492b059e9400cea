"""What the parser complains about, said in the reader's language.

Typer keeps the classes of its complaints to itself and words them in English only; they are told apart
here by class name and by what they carry. Anything unknown is told by the name of its class.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from vfadmin.cli.texts import say
from vfadmin.settings import Language

_QUOTED = re.compile(r"'([^']*)'")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")


def detail(error: Any, lang: Language) -> str:  # noqa: ANN401 - see above
    """What was wrong with the command line."""
    known = _BY_CLASS.get(type(error).__name__)
    return known(error, lang) if known else _by_words(error, lang)


def command_path(error: BaseException) -> str:
    """The command that was being read, for pointing at its help."""
    ctx = getattr(error, "ctx", None)
    return str(ctx.command_path) if ctx is not None else "vfadmin"


def _missing(error: Any, lang: Language) -> str:  # noqa: ANN401
    return say("usage.missing", lang, name=_parameter(error))


def _option(error: Any, lang: Language) -> str:  # noqa: ANN401
    return say("usage.option", lang, name=error.option_name)


def _option_value(error: Any, lang: Language) -> str:  # noqa: ANN401
    return say("usage.option_value", lang, name=error.option_name)


def _value(error: Any, lang: Language) -> str:  # noqa: ANN401
    return say("usage.value", lang, name=_parameter(error), expected=_expected(error, lang))


_BY_CLASS: dict[str, Callable[[Any, Language], str]] = {
    "MissingParameter": _missing,
    "NoSuchOption": _option,
    "BadOptionUsage": _option_value,
    "BadParameter": _value,
}


def _by_words(error: Any, lang: Language) -> str:  # noqa: ANN401
    message = str(error.format_message())
    command = getattr(getattr(error, "ctx", None), "command", None)
    commands = ", ".join(getattr(command, "commands", {}))
    quoted = _QUOTED.search(message)
    if message.startswith("No such command") and quoted:
        return say("usage.command", lang, name=quoted.group(1), commands=commands)
    if message.startswith("Missing command"):
        return say("usage.no_command", lang, commands=commands)
    extra = _IN_BRACKETS.search(message.removeprefix("Got unexpected extra argument(s)"))
    if extra:
        return say("usage.extra", lang, words=extra.group(1).strip() or '""')
    return say("usage.other", lang, detail=type(error).__name__)


def _parameter(error: Any) -> str:  # noqa: ANN401
    param = error.param
    if param is None:
        return str(error.param_hint or "")
    if param.param_type_name == "option":
        return str(param.opts[0])
    return str(param.metavar or param.name.upper())


def _expected(error: Any, lang: Language) -> str:  # noqa: ANN401
    descriptor = getattr(error.param, "type_descriptor", None)
    choices = getattr(descriptor, "choices", None)
    if choices:
        return ", ".join(str(choice) for choice in choices)
    number = "int" in str(getattr(descriptor, "annotation", ""))
    return say("usage.a_number" if number else "usage.a_value", lang)
