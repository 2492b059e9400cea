"""Secrets that are typed or piped in: never arguments, which everybody on the machine can read."""

from __future__ import annotations

import getpass
import sys

import typer

from vfadmin.cli.call import Call, usage
from vfadmin.cli.tree import Json, call_of


def forget_secrets(ctx: typer.Context, as_json: Json = False) -> None:
    """Take every secret out of the keyring; the connections stay."""
    call = call_of(ctx, as_json=as_json)
    names = call.services.forget_secrets.forget()
    if as_json:
        call.out.document({"names": names})
    else:
        call.out.say("secret.forgotten", names=", ".join(names))


def piped(call: Call, option: str) -> str:
    """The first line of standard input, without the mark that some programs put before a text.

    It is read as bytes where it can be: the console's own encoding is rarely that of a file. ``option`` is
    the one that asked for it. Raises UsageError for what is no secret.
    """
    source = getattr(sys.stdin, "buffer", sys.stdin)
    line = b"" if source is None else source.readline()
    try:
        text = line if isinstance(line, str) else line.decode("utf-8")
    except UnicodeDecodeError:
        raise usage(call, "secret.bad", option=option) from None
    secret = text.removeprefix("\ufeff").rstrip("\r\n")
    if not secret:
        raise usage(call, "secret.empty", option=option)
    if any(char < " " or char == "\x7f" for char in secret):
        raise usage(call, "secret.bad", option=option)
    return secret


def asked(question: str) -> str | None:
    """What somebody types without seeing it; None where nobody can be asked, or nothing was typed."""
    if sys.stdin is None or not sys.stdin.isatty():
        return None
    return getpass.getpass(f"{question} ") or None
