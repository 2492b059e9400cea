"""The words of a $filter (OData URL conventions, ABNF of common expressions)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vfadmin.simulator.graph.errors import GraphError

_WORD = re.compile(
    r"""\s*(?:
      (?P<string>'(?:[^']|'')*')
    | (?P<time>\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?(?:Z|[+-]\d\d:\d\d)?)?)
    | (?P<number>-?\d+(?:\.\d+)?)
    | (?P<path>[A-Za-z_@][\w.]*(?:/[A-Za-z_@][\w.]*)*)
    | (?P<mark>[(),:])
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word, its kind and where it stands."""

    kind: str
    text: str
    at: int


def words(text: str) -> list[Word]:
    """The words of a filter; ErrorInvalidUrlQueryFilter where something else stands in it."""
    found, position = [], 0
    end = len(text.rstrip())
    while position < end:
        match = _WORD.match(text, position)
        if match is None or match.lastgroup is None:
            raise invalid_filter(f"Syntax error at position {position} in '{text}'.")
        found.append(Word(match.lastgroup, match[match.lastgroup], position))
        position = match.end()
    return found


def invalid_filter(text: str) -> GraphError:
    """400 for a filter that is none."""
    return GraphError(400, "BadRequest", f"Invalid filter clause: {text}")
