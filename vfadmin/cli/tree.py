"""The shape every command shares: one place makes the groups, one place writes their help.

Help texts in the code are keys; the words are looked up when a page is shown, because only then the
language is known.
"""

from __future__ import annotations

import shutil
import textwrap
from typing import Annotated, Any, cast

import typer
from typer.core import TyperCommand, TyperGroup

from vfadmin.cli.call import Call
from vfadmin.cli.texts import say

_WIDEST = 100
_NAME_COLUMN = 30

LARGEST = 2**31 - 1
"""No id is larger: what a database keeps for one."""

Json = Annotated[bool, typer.Option("--json", help="common.json")]
Ids = Annotated[list[int] | None, typer.Argument(max=LARGEST, metavar="ID", help="common.ids")]
PersonId = Annotated[int, typer.Argument(max=LARGEST, metavar="ID", help="common.id")]


def call_of(ctx: typer.Context, *, as_json: bool = False) -> Call:
    """The call a command belongs to, told whether it answers in JSON."""
    call = cast("Call", ctx.find_root().obj)
    call.out.as_json = as_json
    call.command = ctx.command_path
    return call


class Command(TyperCommand):
    """A command whose help speaks the reader's language."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - typer does not export the type
        """Its help page."""
        return _page(self, ctx)


class Group(TyperGroup):
    """A group whose help speaks the reader's language."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - typer does not export the type
        """Its help page."""
        return _page(self, ctx)


def make_group(help_key: str) -> typer.Typer:
    """An empty group of commands."""
    return typer.Typer(
        cls=Group, help=help_key, rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False
    )


def _page(command: TyperCommand | TyperGroup, ctx: Any) -> str:  # noqa: ANN401
    lang = cast("Call", ctx.find_root().obj).lang
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    arguments: list[tuple[str, str]] = []
    options: list[tuple[str, str]] = []
    for param in command.get_params(ctx):
        if getattr(param, "hidden", False):
            continue
        target = arguments if param.param_type_name == "argument" else options
        target.append((_name(param), _explained(param, lang)))
    children = [
        (name, _text(child.help, lang))
        for name, child in getattr(command, "commands", {}).items()
        if not child.hidden
    ]
    usage = say("help.usage", lang, usage=_usage(command, ctx, lang))
    blocks = [usage, _wrapped(_text(command.help, lang), width)]
    for heading, rows in (("arguments", arguments), ("options", options), ("commands", children)):
        if rows:
            blocks.append(say(f"help.{heading}", lang) + "\n" + _columns(rows, width))
    return "\n\n".join(blocks)


def _usage(command: TyperCommand | TyperGroup, ctx: Any, lang: Any) -> str:  # noqa: ANN401
    words = [ctx.command_path, say("help.options_word", lang)]
    for param in command.get_params(ctx):
        if param.param_type_name == "argument":
            name = _name(param)
            words.append(name if param.required else f"[{name}]")
    if getattr(command, "commands", None):
        words.append(say("help.command_word", lang))
    return " ".join(words)


def _name(param: Any) -> str:  # noqa: ANN401
    if param.param_type_name == "argument":
        return str(param.metavar or param.name.upper()) + ("…" if param.nargs != 1 else "")
    names = ", ".join([*param.opts, *param.secondary_opts])
    return names if param.is_flag else f"{names} {_metavar(param)}"


def _metavar(param: Any) -> str:  # noqa: ANN401
    choices = param.type_descriptor.choices
    if choices:
        return "|".join(str(choice) for choice in choices)
    return str(param.metavar or param.name.upper())


def _explained(param: Any, lang: Any) -> str:  # noqa: ANN401
    key = "common.help" if param.name == "help" else param.help
    text = _text(key, lang)
    if param.required:
        return f"{text} {say('help.required', lang)}"
    if param.default in (None, False, True, "", ()) or param.param_type_name == "argument":
        return text
    return f"{text} {say('help.default', lang, value=param.default)}"


def _text(key: str | None, lang: Any) -> str:  # noqa: ANN401
    return say(f"help.{key}", lang) if key else ""


def _wrapped(text: str, width: int) -> str:
    return textwrap.fill(text, width, initial_indent="  ", subsequent_indent="  ")


def _columns(rows: list[tuple[str, str]], width: int) -> str:
    column = min(max(len(name) for name, _ in rows), _NAME_COLUMN) + 4
    lines = []
    for name, text in rows:
        body = textwrap.wrap(text, max(width - column, 30)) or [""]
        first = f"  {name}"
        if len(first) + 2 > column:
            lines.append(first)
        else:
            lines.append(first.ljust(column) + body.pop(0))
        lines.extend(" " * column + line for line in body)
    return "\n".join(line.rstrip() for line in lines)
