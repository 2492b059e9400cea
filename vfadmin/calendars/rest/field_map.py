"""The field map: what a customer's REST resources are called and hold, read from a settings file.

Nothing of a customer's resources is documented but how they are asked for, so everything else is said here:
see the commented sample ``valueframe/field-map.toml`` among the resources. The parser is strict: a key it
does not know is an error with its place, because a misspelt field would otherwise be a field lost.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from vfadmin.calendars.series import ShowAs
from vfadmin.errors import CalendarError, failure

URL = "https://rest.valueframe.com/rest/v2"
VERBS = ("GET", "POST", "PUT", "DELETE")
ISO, ISO_LOCAL = "iso", "iso-local"

EVENT_FIELDS = (
    *("id", "person", "title", "start", "end"),
    *("all_day", "zone", "location", "text", "private", "show_as", "reminder_minutes", "acknowledged"),
    *("recurrence", "exceptions", "deleted_occurrences", "participants"),
    *("uid", "key", "stamp", "created", "modified", "origin_created", "origin_modified", "written"),
)
_REQUIRED = {
    "events": ("id", "person", "title", "start", "end"),
    "companies": ("id", "name"),
    "persons": ("id",),
}
_FIELDS = {
    "events": EVENT_FIELDS,
    "companies": ("id", "name"),
    "persons": ("id", "name", "first_name", "last_name", "email", "active", "company_id"),
}
_MAPPED_VALUES: Mapping[str, Mapping[str, tuple[object, ...]]] = {
    "events": {
        "show_as": tuple(one.value for one in ShowAs),
        **dict.fromkeys(("private", "all_day", "acknowledged"), (True, False)),
    },
    "companies": {},
    "persons": {"active": (True, False)},
}
_TOGETHER = (("key", "stamp"), ("recurrence", "exceptions", "deleted_occurrences"))
"""Fields that mean something only with each other; of a recurrence its rule alone may be read."""
_KEY = re.compile(r"valueframe-[a-z0-9-]{1,40}")
_MINUTES_A_DAY = 1440
_LONGEST_WAIT = 600


@dataclass(frozen=True, slots=True)
class ResourceMap:
    """One resource: its name, the keyring entry of its transfer key, its fields and how they are written.

    ``fields`` are the customer's names by ours, ``values`` ours by the customer's words for a field of ours.
    ``parameters`` go with every list; ``{person}`` in one stands for the person's id. ``changed_since``
    is the parameter by which a list can be limited to what changed, if there is one; a list of everything
    is then read every ``full_list_minutes``. ``limit`` is how many rows a page has, ``count`` whether the
    resource answers how many there are, ``rows_in`` the name under which an answer has its rows.
    ``whole`` has an update send all fields and not only those that changed, ``share_seconds`` is for how
    long a list that one person's calendar was read from serves another's.
    """

    kind: str
    resource: str
    key: str
    fields: Mapping[str, str]
    values: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    verbs: frozenset[str] = frozenset({"GET"})
    paging: bool = True
    limit: int = 200
    count: bool = False
    rows_in: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    changed_since: str = ""
    full_list_minutes: int = 15
    share_seconds: int = 0
    time_format: str = ISO
    all_day_inclusive: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class FieldMap:
    """A whole settings file. Holds no secret. ``fingerprint`` changes with whatever the file says."""

    url: str
    user: str
    zone: str
    events: ResourceMap
    companies: ResourceMap | None = None
    persons: ResourceMap | None = None
    ca_file: str | None = None
    timeout: float = 60.0
    path: str = ""
    fingerprint: str = ""

    @property
    def host(self) -> str:
        """The host of the interface, without the port."""
        return urlsplit(self.url).hostname or ""

    @property
    def port(self) -> int:
        """The port of the interface; 443 unless the address says another."""
        return urlsplit(self.url).port or 443

    @property
    def resources(self) -> tuple[ResourceMap, ...]:
        """The resources that are mapped, events first."""
        return tuple(one for one in (self.events, self.companies, self.persons) if one is not None)


def load(path: Path) -> FieldMap:
    """The map in that file. Raises CalendarError VF-REST-01, naming what is wrong and where."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _malformed(path, "", "unreadable", type(error).__name__) from error
    return parse(text, path)


def parse(text: str, path: Path) -> FieldMap:
    """The map of such a text; ``path`` is for what is said of it. Raises CalendarError VF-REST-01."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _malformed(path, "", "syntax", str(error)) from error
    root = _Table(path, "", data)
    here = root.table("valueframe")
    url, user = here.text("url", URL).rstrip("/"), here.text("user")
    if not _is_https(url):
        here.wrong("url", "https", url)
    zone = here.text("time_zone", "Europe/Helsinki")
    if not _is_zone(zone):
        here.wrong("time_zone", "zone", zone)
    ca_file = here.text("ca_file", "")
    timeout = here.number("timeout_seconds", 60, 1, _LONGEST_WAIT)
    here.done()
    found = {kind: _resource(root.table(kind, kind == "events"), kind) for kind in _FIELDS}
    root.done()
    events = found["events"]
    assert events is not None  # noqa: S101 - the table was required
    return FieldMap(
        url,
        user,
        zone,
        events,
        found["companies"],
        found["persons"],
        ca_file or None,
        float(timeout),
        str(path),
        hashlib.sha256(text.encode()).hexdigest()[:16],
    )


def _resource(table: _Table | None, kind: str) -> ResourceMap | None:
    if table is None:
        return None
    fields = _fields(table, kind)
    found = ResourceMap(
        kind=kind,
        resource=table.text("resource").strip("/"),
        key=_key(table),
        fields=fields,
        values=_values(table.table("values", needed=False), kind, fields),
        verbs=_verbs(table, kind),
        paging=table.flag("paging", default=True),
        limit=table.number("limit", 200, 2, 10_000),
        count=table.flag("count", default=False),
        rows_in=table.text("rows_in", ""),
        parameters=_parameters(table),
        changed_since=table.text("changed_since", ""),
        full_list_minutes=table.number("full_list_minutes", 15, 1, _MINUTES_A_DAY),
        share_seconds=table.number("share_seconds", 30, 0, 300),
        time_format=_time_format(table),
        all_day_inclusive=table.word("all_day_end", ("exclusive", "inclusive")) == "inclusive",
        whole=table.word("update", ("fields", "whole")) == "whole",
    )
    table.done()
    return found


def _key(table: _Table) -> str:
    """The name of a keyring entry, apart from those of the connections to Exchange."""
    key = table.text("key")
    if _KEY.fullmatch(key) is None:
        table.wrong("key", "value", key, "valueframe-…")
    return key


def _fields(table: _Table, kind: str) -> Mapping[str, str]:
    names = table.table("fields")
    found: dict[str, str] = {}
    for name in _FIELDS[kind]:
        shown = names.text(name, "")
        if shown:
            if shown in found.values():
                names.wrong(name, "twice", shown)
            found[name] = shown
        elif name in _REQUIRED[kind]:
            names.wrong(name, "missing")
    names.done()
    if kind == "persons" and "name" not in found and not {"first_name", "last_name"} <= found.keys():
        names.wrong("name", "missing")
    for group in _TOGETHER:
        there = found.keys() & set(group)
        if there and there not in (set(group), {"recurrence"}):
            names.wrong(next(one for one in group if one not in there), "missing")
    return found


def _values(table: _Table | None, kind: str, fields: Mapping[str, str]) -> Mapping[str, Mapping[str, object]]:
    found: dict[str, Mapping[str, object]] = {}
    for name, allowed in _MAPPED_VALUES[kind].items() if table is not None else ():
        words = table.table(name, needed=False)  # type: ignore[union-attr] # there are none without it
        if words is None:
            continue
        if name not in fields:
            words.wrong("", "unmapped")
        found[name] = {word: words.one_of(word, allowed) for word in words.names}
        words.done()
    if table is not None:
        table.done()
    return found


def _verbs(table: _Table, kind: str) -> frozenset[str]:
    known = VERBS if kind == "events" else VERBS[:1]
    verbs = table.texts("verbs", ("GET",))
    for verb in verbs:
        if verb not in known:
            table.wrong("verbs", "value", verb, ", ".join(known))
    if "GET" not in verbs:
        table.wrong("verbs", "missing", "GET")
    return frozenset(verbs)


def _parameters(table: _Table) -> Mapping[str, str]:
    chosen = table.table("parameters", needed=False)
    if chosen is None:
        return {}
    found = {name: chosen.text(name) for name in chosen.names}
    chosen.done()
    return found


def _time_format(table: _Table) -> str:
    chosen = table.text("time_format", ISO)
    if chosen not in (ISO, ISO_LOCAL) and not all(one in chosen for one in ("%Y", "%m", "%d", "%H", "%M")):
        table.wrong("time_format", "value", chosen, f"{ISO}, {ISO_LOCAL}, %d.%m.%Y %H:%M")
    return chosen


class _Table:
    """A table of the file, whose keys are taken out one by one; what is left in the end is unknown."""

    def __init__(self, path: Path, place: str, data: Mapping[str, Any]) -> None:
        self._path, self._place, self._data = path, place, dict(data)

    @property
    def names(self) -> tuple[str, ...]:
        """The keys that were not taken out."""
        return tuple(self._data)

    def table(self, name: str, needed: bool = True) -> Any:  # noqa: ANN401 - a _Table or None
        """The table of that name; None where it is missing and not needed."""
        data = self._data.pop(name, None)
        if data is None and not needed:
            return None
        if not isinstance(data, dict):
            self.wrong(name, "missing" if data is None else "type")
        return _Table(self._path, f"{self._place}{name}.", data)

    def text(self, name: str, default: str | None = None) -> str:
        value = self._data.pop(name, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            self.wrong(name, "missing" if value in (None, "") else "type")
        return str(value).strip()

    def texts(self, name: str, default: tuple[str, ...]) -> tuple[str, ...]:
        value = self._data.pop(name, list(default))
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.wrong(name, "type")
        return tuple(one.upper() for one in value)

    def flag(self, name: str, *, default: bool) -> bool:
        value = self._data.pop(name, default)
        if not isinstance(value, bool):
            self.wrong(name, "type")
        return bool(value)

    def number(self, name: str, default: int, least: int, most: int) -> int:
        value = self._data.pop(name, default)
        if isinstance(value, bool) or not isinstance(value, int):
            self.wrong(name, "type")
        if not least <= value <= most:
            self.wrong(name, "value", str(value), f"{least}-{most}")
        return int(value)

    def word(self, name: str, allowed: tuple[str, ...]) -> str:
        """One of the words, the first unless another is said."""
        value = self.text(name, allowed[0])
        if value not in allowed:
            self.wrong(name, "value", value, ", ".join(allowed))
        return value

    def one_of(self, name: str, allowed: tuple[object, ...]) -> object:
        value = self._data.pop(name)
        if not any(value is one or (isinstance(one, str) and value == one) for one in allowed):
            self.wrong(name, "value", str(value), ", ".join(str(one).lower() for one in allowed))
        return value

    def done(self) -> None:
        """Raise for whatever nobody asked for."""
        for name in self._data:
            self.wrong(name, "unknown")

    def wrong(self, name: str, problem: str, value: str = "", allowed: str = "") -> None:
        """Raise what is wrong at that place."""
        raise _malformed(self._path, f"{self._place}{name}".rstrip("."), problem, value, allowed)


def _malformed(path: Path, place: str, problem: str, value: str = "", allowed: str = "") -> CalendarError:
    params: dict[str, Any] = {
        "path": str(path),
        "field": place,
        "problem": problem,
        "value": value,
        "allowed": allowed,
    }
    return CalendarError(failure("VF-REST-01", **{name: one for name, one in params.items() if one}))


def _is_https(url: str) -> bool:
    """Whether it is an https address with a host and no login."""
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and bool(parts.hostname) and parts.username is None and parts.port != 0
    except ValueError:
        return False


def _is_zone(name: str) -> bool:
    make: Callable[[str], object] = ZoneInfo
    try:
        make(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
