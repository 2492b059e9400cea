"""Whether a command that a page shows is one that the program understands."""

from __future__ import annotations

import shlex
from typing import Any

from vfadmin.cli.root import tree

_VALUED = {"--home", "--database", "--lang", "--log-level"}
_ALONE: tuple[list[str], ...] = ([], ["--version"], ["--support"], ["--self-test"])


def misunderstood(line: str) -> str | None:
    """What is wrong with a line that begins with ``vfadmin``; None if it names a command and its options."""
    words = shlex.split(line, posix=False)[1:]
    command: Any = tree()
    while words and words[0] in _VALUED:
        del words[:2]
    while words and words[0] in getattr(command, "commands", {}):
        command = command.commands[words.pop(0)]
    if getattr(command, "commands", None):
        return None if words in _ALONE else f"{line}: a group is no command"
    known = {option for one in command.params for option in (*one.opts, *one.secondary_opts)}
    unknown = {word for word in words if word.startswith("--")} - known - {"--help"}
    return f"{line}: {sorted(unknown)}" if unknown else None
