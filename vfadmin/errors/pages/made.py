"""The parts of a page that follow from the closed set and the messages, in Markdown.

What a failure stops, what vfadmin does meanwhile and how one sees that it is over follow from where it
arises, its scope and its kind (see `sync.outcome`); these sentences are told once for each `Circle`.
"""

from __future__ import annotations

import json
import re
from enum import StrEnum
from functools import cache
from itertools import groupby

from vfadmin import assets
from vfadmin.errors.codes import CODES
from vfadmin.errors.failure import Kind, Scope
from vfadmin.errors.texts import Lang, explain

_SPECIAL = re.compile(r"([\\`*<\[])")


class Circle(StrEnum):
    """Whom a failure concerns and what becomes of it: the same for all codes of a circle."""

    ASKED = "asked"
    """Something that was asked for is refused."""
    PROGRAM = "program"
    """The program cannot do its work on this machine or for this user."""
    TURN = "turn"
    """The run of a mailbox ended before its end, in order."""
    STORE = "store"
    """The database does not answer now."""
    SECRET = "secret"  # noqa: S105 - a name of a kind of failure
    """The secret of a connection cannot be read."""
    UPDATE = "update"
    """Nobody knows whether there is a newer version."""
    MODULE = "module"
    """Everything is switched off."""
    PAUSED = "paused"
    """Everything was stopped by somebody, for a while."""
    SILENT = "silent"
    """One mailbox is only told of: nothing failed."""
    INSIDE = "inside"
    """A fault of the program's own."""
    EVENT = "event"
    """One event is set aside."""
    PASSING = "passing"
    """One event is read again."""
    DELAYED = "delayed"
    """One mailbox is tried again by itself."""
    STOPPED = "stopped"
    """One mailbox stands still until it is resumed."""
    OUTAGE = "outage"
    """A connection rests a minute and is tried again."""
    BROKEN = "broken"
    """A connection rests a quarter of an hour and is tried again."""
    LOCKED = "locked"
    """A sign-in is not tried again before somebody acts."""


_FAMILIES = {
    **dict.fromkeys(("HOME", "WINDOW", "OUTPUT", "WORKER"), Circle.PROGRAM),
    **dict.fromkeys(("LEASE", "STOP"), Circle.TURN),
    "STORE": Circle.STORE,
    "SECRET": Circle.SECRET,
    "UPDATE": Circle.UPDATE,
    "MODULE": Circle.MODULE,
    "PAUSE": Circle.PAUSED,
    "SILENT": Circle.SILENT,
    "HUNG": Circle.DELAYED,
    "INTERNAL": Circle.INSIDE,
}
_BY_SCOPE = {
    Scope.ITEM: (Circle.PASSING, Circle.EVENT),
    Scope.MAILBOX: (Circle.DELAYED, Circle.STOPPED),
    Scope.CONNECTION: (Circle.OUTAGE, Circle.BROKEN),
}
_SIGN_IN = "EX-AUTH-"
_ASKED = frozenset({"EX-CONN-01", "EX-CONN-09", "EX-CONN-10", "VF-SECRET-05", "VF-UPDATE-01", "VF-UPDATE-07"})
"""Said to whoever asked for something, and to nobody else: no connection was found, one was set wrongly,
or nobody looks for newer versions."""
_NOTHING = frozenset({"EX-ITEM-01"})
"""Permanent, and over at once: what is gone needs nothing more."""


def circle(code: str) -> Circle:
    """Whom that failure concerns. Raises KeyError for an unknown code."""
    scope, kind = CODES[code]
    origin, family, _ = code.split("-")
    if code in _ASKED:
        return Circle.ASKED
    if code in _NOTHING:
        return Circle.PASSING
    if origin == "VF":
        if family == "STORE" and kind is not Kind.TRANSIENT:
            return Circle.PROGRAM
        return _FAMILIES.get(family, Circle.ASKED)
    if code.startswith(_SIGN_IN):
        return Circle.LOCKED
    passing, lasting = _BY_SCOPE[scope]
    return passing if kind is Kind.TRANSIENT else lasting


def head(code: str, lang: Lang) -> str:
    """What happened, whom it concerns and what to do, in short."""
    told, words = explain(code, {}, lang), _words(lang)
    concerns = words[circle(code)]["concerns"]
    return "\n\n".join(
        (
            f"# {code}: {_plain(told.message).removesuffix('.')}",
            f"**{words['headings']['concerns']}:** {concerns}",
            f"## {words['headings']['remedy']}",
            _plain(told.remedy),
        )
    )


def foot(code: str, lang: Lang) -> str:
    """What vfadmin does meanwhile, and how one sees that it is over."""
    words = _words(lang)
    told = words[circle(code)]
    commands = told.get("command", "").format(code=code)
    parts = [f"## {words['headings']['meanwhile']}", told["meanwhile"]]
    parts += [f"## {words['headings']['mended']}", told["mended"]]
    parts += [f"```\n{commands}\n```"] if commands else []
    parts += [f"[{words['headings']['all']}](index.md)"]
    return "\n\n".join(parts)


def listing(lang: Lang) -> str:
    """All codes by family, each with what is seen, which leads to its page."""
    words = _words(lang)
    parts = [f"# {words['headings']['index']}", words["headings"]["about"]]
    for family, codes in groupby(sorted(CODES), key=lambda code: code.rpartition("-")[0]):
        parts.append(f"## {words['families'][family]} ({family})")
        parts.append(
            "\n".join(f"- [{code}]({code}.md): {_plain(explain(code, {}, lang).message)}" for code in codes)
        )
    return "\n\n".join(parts)


def _plain(text: str) -> str:
    """The text as Markdown that shows it as it is."""
    return _SPECIAL.sub(r"\\\1", text)


@cache
def _words(lang: Lang) -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = json.loads(assets.read_text(f"messages/pages.{lang}.json"))
    return loaded
