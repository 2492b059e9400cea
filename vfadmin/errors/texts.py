"""The texts of failures and results, in Finnish and English, by code.

Both faces take their sentences from ``resources/messages/{fi,en}.json``, so that the window and the
command line say the same of the same thing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Any, Literal, cast

from vfadmin import assets
from vfadmin.errors.failure import Params

Lang = Literal["fi", "en"]
LANGUAGES: tuple[Lang, ...] = ("fi", "en")
_MISSING = "\N{HORIZONTAL ELLIPSIS}"


@dataclass(frozen=True, slots=True)
class Text:
    """What is wrong and where (``message``), and what to do about it (``remedy``)."""

    message: str
    remedy: str


def explain(code: str, params: Params | Mapping[str, Any] | None = None, lang: str = "fi") -> Text:
    """The text of a failure. A place nobody filled shows three dots; an unknown code shows itself."""
    texts = _texts(language(lang))
    entry = texts.get(code)
    if not isinstance(entry, dict):
        unknown = cast("dict[str, str]", texts["unknown"])
        return Text(_filled(unknown["message"], {"code": code}), unknown["remedy"])
    return Text(_filled(entry["message"], params or {}), _filled(entry["remedy"], params or {}))


def outcome(key: str, lang: str = "fi", **params: object) -> str:
    """The text of a result, such as what an action did; the key itself when there is none.

    With ``count`` given, ``{key}.one`` is used for exactly one if it exists.
    """
    results = cast("dict[str, str]", _texts(language(lang))["results"])
    chosen = f"{key}.one" if params.get("count") == 1 and f"{key}.one" in results else key
    return _filled(results.get(chosen, key), params)


def language(lang: str) -> Lang:
    """The language of that tag that there are texts in: Finnish for ``fi…``, English for the rest."""
    return "fi" if lang.lower().startswith("fi") else "en"


class _Lenient(Formatter):
    """Fills what it is given: a text must come out whatever a failure forgot to mention."""

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> Any:  # noqa: ANN401, ARG002 - as inherited
        value = kwargs.get(field_name)
        return _MISSING if value is None or value == "" else value, field_name

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401, ARG002 - as inherited
        return str(value)


_FORMATTER = _Lenient()


def _filled(template: str, params: Mapping[str, Any]) -> str:
    return _FORMATTER.vformat(template, (), params)


@cache
def _texts(lang: Lang) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(assets.read_text(f"messages/{lang}.json"))
    return loaded
