"""The customer's shared settings: one typed value a key, with a default and limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, select
from sqlalchemy.orm import Session

from vfadmin.calendars.base import Side
from vfadmin.calendars.sql.changes import tell_of_undecided
from vfadmin.errors import UsageError, failure
from vfadmin.models import Connection, Cursor, EventType, Integration, Setting
from vfadmin.models.people import fold
from vfadmin.models.prepared import run
from vfadmin.models.records import OF_SUPPORT
from vfadmin.models.store import Store
from vfadmin.services.audit import Actor, record
from vfadmin.services.directory import Clock
from vfadmin.services.web_addresses import is_https

Value = str | int | bool | None

MODULE = "module"
PAUSED = "paused"
PARTICIPANTS = "participants"
TENTATIVE = "show_unacknowledged_as_tentative"
SILENT_HOURS = "silent_hours"
HISTORY_DAYS = "history_days"
UPDATE_CHECK, UPDATE_URL = "update_check", "update_url"
WINDOW = ("days_back", "horizon_months")
_SHOWN_LIMIT = 80
_TRUE = frozenset({"on", "true", "yes", "1", "kyllä", "päällä", "käytössä"})
_FALSE = frozenset({"off", "false", "no", "0", "ei", "pois", "ei käytössä"})
_ALLOWED = {"bool": "on, off", "url": "https://…, default, none"}
_LONGEST_URL = 2_000
_BY_DEFAULT = frozenset({"default", "oletus"})
_NOTHING = frozenset({"", "none", "null", "-", "ei mitään"})
_STORED = select(Setting.key, Setting.value).where(Setting.key.in_(bindparam("keys", expanding=True)))


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A setting as screens show it. ``kind`` is ``int``, ``bool``, ``choice``, ``event_type`` or ``url``.

    A url is None where the default holds, and empty where there is to be none.

    ``minimum`` and ``maximum`` bound an int, ``choices`` a choice; ``support`` marks what support sets.
    """

    key: str
    value: Value
    default: Value
    kind: str
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[str, ...] = ()
    support: bool = False


def _int(key: str, default: int, minimum: int, maximum: int) -> SettingRow:
    return SettingRow(key, default, default, "int", minimum, maximum)


def _flag(key: str, *, default: bool) -> SettingRow:
    return SettingRow(key, default, default, "bool", support=key in OF_SUPPORT)


_KNOWN: dict[str, SettingRow] = {
    row.key: row
    for row in (
        SettingRow("default_event_type", None, None, "event_type"),
        _int("days_back", 7, 0, 365),
        _int("horizon_months", 24, 1, 60),
        _int("poll_seconds", 120, 15, 86_400),
        SettingRow(
            "conflict_winner", "valueframe", "valueframe", "choice", choices=("valueframe", "exchange")
        ),
        _flag(PARTICIPANTS, default=True),
        _flag(TENTATIVE, default=False),
        _int(SILENT_HOURS, 24, 1, 720),
        _int(HISTORY_DAYS, 30, 1, 3_650),
        # Exchange 2013 and newer let 27 requests of one account run at a time (EWSMaxConcurrency).
        _int("workers", 8, 1, 27),
        _int("guard_minimum", 5, 1, 1_000),
        _int("guard_maximum", 50, 1, 100_000),
        _int("guard_percent", 10, 1, 100),
        _flag(UPDATE_CHECK, default=True),
        SettingRow(UPDATE_URL, None, None, "url"),
        _flag(PAUSED, default=False),
        _flag(MODULE, default=True),
    )
}


class Settings:
    """Reads and changes the settings; every change is in the audit trail."""

    def __init__(self, store: Store, *, clock: Clock, actor: Actor) -> None:
        self._store, self._clock, self._actor = store, clock, actor

    def get(self, key: str) -> Value:
        """The value, or its default. Raises UsageError VF-SETTING-01 for an unknown key."""
        row = _known(key)
        with self._store.read() as session:
            return _current(row, session.get(Setting, key)).value

    def number(self, key: str) -> int:
        """The value of an int setting. Raises UsageError VF-SETTING-01, TypeError for another kind."""
        return self.numbers(key)[0]

    def numbers(self, *keys: str) -> tuple[int, ...]:
        """The values of int settings as they are at one moment. Raises as `number`."""
        found: list[int] = []
        for key, value in self._values(keys):
            if isinstance(value, bool) or not isinstance(value, int):
                raise TypeError(f"{key} is not a number")
            found.append(value)
        return tuple(found)

    def flag(self, key: str) -> bool:
        """The value of a bool setting. Raises UsageError VF-SETTING-01, TypeError for another kind."""
        return self.flags(key)[0]

    def flags(self, *keys: str) -> tuple[bool, ...]:
        """The values of bool settings as they are at one moment. Raises as `flag`."""
        found: list[bool] = []
        for key, value in self._values(keys):
            if not isinstance(value, bool):
                raise TypeError(f"{key} is not a switch")
            found.append(value)
        return tuple(found)

    def _values(self, keys: Sequence[str]) -> list[tuple[str, Value]]:
        rows = [_known(key) for key in keys]
        with self._store.read() as session:
            stored = {one.key: one.value for one in run(session, _STORED, keys=tuple(keys))}
        return [(row.key, stored.get(row.key, row.value)) for row in rows]

    def set(self, key: str, value: Value) -> SettingRow:
        """Change one; texts are parsed, so a command line may pass what was typed.

        Raises UsageError: VF-SETTING-01 (unknown key), -02 (value), -03 (the module has its own switch).
        """
        row = _known(key)
        if row.support:
            raise UsageError(failure("VF-SETTING-03", key=key))
        return self._write(row, value)[0]

    def all(self) -> list[SettingRow]:
        """All settings in a fixed order."""
        with self._store.read() as session:
            stored = {one.key: one for one in session.scalars(select(Setting))}
        return [_current(row, stored.get(key)) for key, row in _KNOWN.items()]

    def set_module(self, on: bool) -> bool:
        """Switch the whole integration on or off (R14); support's. Answers whether it changed."""
        return self._write(_known(MODULE), on)[1]

    def set_paused(self, paused: bool) -> bool:
        """Stop all synchronisation, on whatever computer, or let it go on. Answers whether it changed.

        What is being synchronised stops between two writes, within seconds.
        """
        return self._write(_known(PAUSED), paused)[1]

    def _write(self, row: SettingRow, value: Value) -> tuple[SettingRow, bool]:
        with self._store.write() as session:
            parsed = _parsed(session, row, value)
            stored = session.get(Setting, row.key)
            before = _current(row, stored).value
            if before == parsed:
                return replace(row, value=parsed), False
            if stored is None:
                session.add(Setting(key=row.key, value=parsed, version=1))
            else:
                stored.value, stored.version = parsed, stored.version + 1
            if row.key == PARTICIPANTS:
                # What was linked meanwhile is in no list of changes that is still to be read.
                session.execute(delete(Cursor).where(Cursor.side == Side.VALUEFRAME.value))
            if row.key in WINDOW:
                # Over Graph a cursor has its window for ever: what comes into a wider one is listed anew.
                session.execute(delete(Cursor).where(Cursor.side == Side.EXCHANGE.value, _over_graph()))
            if row.key == TENTATIVE:
                tell_of_undecided(session, self._clock())
            old, new = {row.key: before}, {row.key: parsed}
            record(session, self._actor, "setting.set", f"setting:{row.key}", old, new, self._clock())
            return replace(row, value=parsed), True


def _over_graph() -> ColumnElement[bool]:
    over = select(Connection.name).where(Connection.protocol == "graph")
    return Cursor.person_id.in_(select(Integration.person_id).where(Integration.connection.in_(over)))


def _known(key: str) -> SettingRow:
    row = _KNOWN.get(key)
    if row is None:
        raise UsageError(failure("VF-SETTING-01", key=key[:_SHOWN_LIMIT], known=", ".join(_KNOWN)))
    return row


def _current(row: SettingRow, stored: Setting | None) -> SettingRow:
    return row if stored is None else replace(row, value=stored.value)


def _parsed(session: Session, row: SettingRow, value: Value) -> Value:
    typed = value.strip() if isinstance(value, str) else value
    if row.kind == "bool":
        return _parsed_flag(row, typed)
    if row.kind == "int":
        return _parsed_int(row, typed)
    if row.kind == "choice":
        chosen = typed.casefold() if isinstance(typed, str) else typed
        if chosen in row.choices:
            return chosen
        raise _unusable(row, value)
    if row.kind == "url":
        return _parsed_url(row, typed)
    return _parsed_event_type(session, row, typed)


def _parsed_flag(row: SettingRow, value: Value) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).casefold()
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise _unusable(row, value)


def _parsed_int(row: SettingRow, value: Value) -> int:
    minimum, maximum = row.minimum or 0, row.maximum or 0
    text = "" if isinstance(value, bool) else str(value)
    # Digits of any script count as such for int(); a setting is written in plain ones.
    if (
        text.isascii()
        and text.isdigit()
        and len(text) < len(str(maximum)) + 1
        and minimum <= int(text) <= maximum
    ):
        return int(text)
    raise _unusable(row, value)


def _parsed_url(row: SettingRow, value: Value) -> str | None:
    if value is None or (isinstance(value, str) and value.casefold() in _BY_DEFAULT):
        return None
    if isinstance(value, str) and value.casefold() in _NOTHING:
        return ""
    if isinstance(value, str) and len(value) <= _LONGEST_URL and is_https(value):
        return value
    raise _unusable(row, value)


def _parsed_event_type(session: Session, row: SettingRow, value: Value) -> int | None:
    if value is None or (isinstance(value, str) and value.casefold() in _NOTHING):
        return None
    for one in session.scalars(select(EventType).where(EventType.active)):
        if str(one.id) == str(value) or fold(one.name) == fold(str(value)):
            return one.id
    names = session.scalars(select(EventType.name).where(EventType.active).order_by(EventType.name))
    raise _unusable(row, value, ", ".join(["none", *names]))


def _unusable(row: SettingRow, value: Value, allowed: str = "") -> UsageError:
    allowed = allowed or ", ".join(row.choices) or _ALLOWED.get(row.kind, f"{row.minimum}-{row.maximum}")
    params: dict[str, Any] = {"key": row.key, "value": str(value)[:_SHOWN_LIMIT], "allowed": allowed}
    return UsageError(failure("VF-SETTING-02", **params))
