"""The command line's own texts by key, in both languages (``resources/messages/cli.{fi,en}.json``).

Texts of errors belong to their codes and come from ``errors.texts``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache

from vfadmin import assets
from vfadmin.settings import Language


class _Missing(dict[str, object]):
    """A place nobody filled shows its own name: a text with a hole beats a failing command."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


@cache
def table(lang: Language) -> dict[str, str]:
    """All texts of a language by key."""
    loaded = json.loads(assets.read_text(f"messages/cli.{lang}.json"))
    return dict(_flatten("", loaded))


def say(key: str, lang: Language, /, **params: object) -> str:
    """The text of that key with its places filled; an unknown key answers itself."""
    return table(lang).get(key, key).format_map(_Missing(params))


def _flatten(prefix: str, node: dict[str, object]) -> Iterator[tuple[str, str]]:
    for key, value in node.items():
        if key == "_":  # the node's own text, beside those below it
            yield prefix.removesuffix("."), str(value)
        elif isinstance(value, dict):
            yield from _flatten(f"{prefix}{key}.", value)
        else:
            yield f"{prefix}{key}", str(value)
