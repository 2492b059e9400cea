"""The query of an address ("Use query parameters to customize responses")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode

from vfadmin.simulator.graph.errors import GraphError, bad_request
from vfadmin.simulator.graph.properties import parse_id
from vfadmin.simulator.item import ExtendedKey

_OPTIONS = frozenset(
    ("$select", "$expand", "$filter", "$orderby", "$top", "$skip", "$count", "$search", "$format")
)
_TOKENS = frozenset(("$skiptoken", "$deltatoken"))
_MOST = 1000
_EXPANSION = re.compile(r"(\w+)(?:\((.*)\))?", re.DOTALL)
_ID_TEST = re.compile(r"\s*id\s+eq\s+'((?:[^']|'')*)'\s*(?:or\b|$)", re.IGNORECASE)
_PROPERTIES = frozenset(("singleValueExtendedProperties", "multiValueExtendedProperties"))
_EMPTY = frozenset(("attachments", "extensions"))
SERIES = frozenset(("exceptionOccurrences",))


@dataclass(frozen=True, slots=True)
class Query:
    """The parameters of a request; option names in lower case, others as they came."""

    options: dict[str, str]
    pairs: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str | None:
        """A parameter by its name in lower case."""
        return self.options.get(name)

    def flag(self, name: str) -> bool:
        """Whether an option is true."""
        return self.options.get(name, "").lower() == "true"

    def number(self, name: str) -> int | None:
        """A whole number from 0; 400 for anything else."""
        text = self.options.get(name)
        if text is None:
            return None
        if not (text.isascii() and text.isdecimal() and len(text) < 10):  # noqa: PLR2004 (Edm.Int32)
            raise bad_request(
                f"Invalid value '{text}' for {name} query option found. The {name} query option requires a "
                "non-negative integer value."
            )
        return int(text)

    def top(self) -> int | None:
        """$top; 400 above the most that a page may have."""
        asked = self.number("$top")
        if asked is not None and not 1 <= asked <= _MOST:
            raise GraphError(
                400, "ErrorInvalidUrlQuery", f"The value of $top must be between 1 and {_MOST} inclusive."
            )
        return asked

    def with_skip(self, skip: int) -> str:
        """The query text that goes on `skip` members into the result."""
        kept = [(name, value) for name, value in self.pairs if name.lower() != "$skip"]
        return urlencode([*kept, ("$skip", str(skip))], quote_via=quote, safe="$'(),/:")


@dataclass(frozen=True, slots=True)
class Expansions:
    """What $expand asks for."""

    single: frozenset[ExtendedKey] | None = None
    multi: frozenset[ExtendedKey] | None = None
    exceptions: bool = False
    empty: tuple[str, ...] = ()


def parse_query(text: str) -> Query:
    """The parameters of a query; 400 for a $-option that there is none of, or that is there twice."""
    options: dict[str, str] = {}
    pairs = parse_qsl(text, keep_blank_values=True)
    for name, value in pairs:
        lowered = name.lower()
        if lowered.startswith("$") and lowered not in _OPTIONS | _TOKENS:
            raise bad_request(f"The query parameter '{name}' is not supported.", "RequestBroker--ParseUri")
        if lowered in options and lowered.startswith("$"):
            raise bad_request(f"Query option '{name}' was specified more than once, but it must be specified "
                              "at most once.")  # fmt: skip
        options.setdefault(lowered, value)
    return Query(options, tuple(pairs))


def parse_select(query: Query, known: frozenset[str], kind: str) -> frozenset[str] | None:
    """The properties of $select; None where all are meant, 400 for one that the type has not."""
    text = query.get("$select")
    if text is None or not text.strip():
        return None
    by_lower = {name.lower(): name for name in known}
    chosen = set()
    for part in text.split(","):
        name = part.strip().partition("/")[0]
        if name == "*":
            return None
        if name.lower() not in by_lower:
            raise bad_request(
                f"Parsing OData Select and Expand failed: Could not find a property named '{name}' on type "
                f"'microsoft.graph.{kind}'."
            )
        chosen.add(by_lower[name.lower()])
    return frozenset(chosen)


def parse_expand(query: Query) -> Expansions:
    """What $expand asks for; 400 where an event has no such relationship, or none that expands."""
    text = query.get("$expand")
    if not text:
        return Expansions()
    found: dict[str, object] = {}
    empty = []
    for part in _split(text, ","):
        match = _EXPANSION.fullmatch(part.strip())
        name = match[1] if match else part
        if match and name in _PROPERTIES:
            key = "single" if name.startswith("single") else "multi"
            found[key] = _wanted_ids(match[2] or "", name)
        elif name in SERIES:
            found["exceptions"] = True
        elif name in _EMPTY:
            empty.append(name)
        else:
            raise bad_request(
                f"Parsing OData Select and Expand failed: Could not find a property named '{name}' on type "
                "'microsoft.graph.event'."
            )
    return Expansions(empty=tuple(empty), **found)  # type: ignore[arg-type]  # each is put in with its type


def _wanted_ids(options: str, name: str) -> frozenset[ExtendedKey]:
    """The ids that `$filter=id eq '…' or id eq '…'` names; an expansion without them is refused."""
    wanted = next(
        (part.split("=", 1)[1] for part in _split(options, ";") if part.strip().startswith("$filter=")), None
    )
    keys, position = set(), 0
    while wanted is not None and position < len(wanted):
        match = _ID_TEST.match(wanted, position)
        if match is None:
            wanted = None
            break
        keys.add(parse_id(match[1].replace("''", "'")))
        position = match.end()
    if wanted is None or not keys:
        raise bad_request(f"The expansion of '{name}' must be filtered by id.", "ErrorInvalidUrlQueryFilter")
    return frozenset(keys)


def _split(text: str, separator: str) -> Iterator[str]:
    """The parts between separators that stand in no brackets and no quotes."""
    depth, quoted, start = 0, False, 0
    for index, character in enumerate(text):
        if character == "'":
            quoted = not quoted
        elif quoted:
            continue
        elif character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
        elif character == separator and depth == 0:
            yield text[start:index]
            start = index + 1
    yield text[start:]
