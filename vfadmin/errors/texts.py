"""The texts of failures and results, in Finnish and English, by code.

Both faces take their sentences from ``resources/messages/{fi,en}.json``, so that the window and the
command line say the same of the same thing. A text names its places as ``{host}``; what stands between
``[[`` and ``]]`` is left out if a place inside has nothing to fill it, and ``{account|}`` shows
the word that stands for any account instead, so that a sentence reads well however much is known. What to do
may differ by the field that is wrong or by the connection's protocol: ``remedy_by_field`` and
``remedy_by_protocol`` have the remedies by the values of ``field`` and ``protocol``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Any, Literal, cast

from vfadmin import assets
from vfadmin.errors.failure import Params

Lang = Literal["fi", "en"]
LANGUAGES: tuple[Lang, ...] = ("fi", "en")

_OPTIONAL = re.compile(r"\[\[(.*?)\]\]")
_MISSING = "\N{HORIZONTAL ELLIPSIS}"


@dataclass(frozen=True, slots=True)
class Text:
    """What is wrong and where (``message``), and what to do about it (``remedy``)."""

    message: str
    remedy: str


def explain(code: str, params: Params | None = None, lang: str = "fi") -> Text:
    """The text of a failure, each part on one line; an unknown code shows itself. Never raises.

    Values that are words of ours (a state, an action, a field) come out in the language of the text.
    """
    texts = _texts(language(lang))
    entry = texts.get(code)
    if entry is None or "remedy" not in entry:
        entry, params = texts["unknown"], {"code": code}
    words = cast("dict[str, dict[str, str]]", texts["words"])
    filled = {f"{name}|": word for name, word in words["unnamed"].items()}
    for name, value in (params or {}).items():
        filled[name] = words.get(name, {}).get(str(value)) or _shown(value)
        filled[f"{name}|"] = filled[name] or filled.get(f"{name}|", "")
    remedy = entry["remedy"]
    for known in ("field", "protocol"):
        remedies = cast("dict[str, str]", entry.get(f"remedy_by_{known}", {}))
        remedy = remedies.get(str((params or {}).get(known)), remedy)
    return Text(_filled(entry["message"], filled), _filled(remedy, filled))


def outcome(key: str, lang: str = "fi", **params: object) -> str:
    """The text of a result, such as what an action did; the key itself when there is none.

    With ``count`` given, ``{key}.one`` is used for exactly one if it exists.
    """
    results = cast("dict[str, str]", _texts(language(lang))["results"])
    chosen = f"{key}.one" if params.get("count") == 1 and f"{key}.one" in results else key
    return _filled(results[chosen], params) if chosen in results else key


def language(lang: str) -> Lang:
    """The language of that tag that there are texts in: Finnish for ``fi…``, English for the rest."""
    return "fi" if lang.casefold().startswith("fi") else "en"


class _Lenient(Formatter):
    """Fills in plain values only: a text must come out whatever a failure says or forgot to say."""

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> Any:  # noqa: ANN401, ARG002 - as inherited
        return _shown(kwargs.get(field_name)) or _MISSING, field_name


_FORMATTER = _Lenient()


def _filled(template: str, params: Mapping[str, object]) -> str:
    def optional(match: re.Match[str]) -> str:
        inside = match.group(1)
        names = [name for _, name, _, _ in _FORMATTER.parse(inside) if name is not None]
        return inside if all(_shown(params.get(name)) for name in names) else ""

    return _FORMATTER.vformat(_OPTIONAL.sub(optional, template), (), params).strip()


def _shown(value: object) -> str:
    """A value on one line, without control characters; empty for none."""
    text = "" if value is None else str(value)
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


@cache
def _texts(lang: Lang) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(assets.read_text(f"messages/{lang}.json"))
    return loaded
