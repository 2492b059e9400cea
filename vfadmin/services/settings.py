"""The customer's shared settings: one typed value a key, with a default and limits."""

from __future__ import annotations

from dataclasses import dataclass

from vfadmin.models.store import Store
from vfadmin.services.audit import Actor
from vfadmin.services.directory import Clock

Value = str | int | bool | None


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A setting as screens show it. ``kind`` is ``int``, ``bool``, ``choice`` or ``event_type``.

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


class Settings:
    """Reads and changes the settings; every change is in the audit trail."""

    def __init__(self, store: Store, *, clock: Clock, actor: Actor) -> None:
        self._store, self._clock, self._actor = store, clock, actor

    def get(self, key: str) -> Value:
        """The value, or its default. Raises UsageError VF-SETTING-01 for an unknown key."""
        raise NotImplementedError

    def number(self, key: str) -> int:
        """The value of an int setting."""
        raise NotImplementedError

    def flag(self, key: str) -> bool:
        """The value of a bool setting."""
        raise NotImplementedError

    def set(self, key: str, value: Value) -> SettingRow:
        """Change one; texts are parsed, so a command line may pass what was typed.

        Raises UsageError: VF-SETTING-01 (unknown key), -02 (value), -03 (the module has its own switch).
        """
        raise NotImplementedError

    def all(self) -> list[SettingRow]:
        """All settings in a fixed order."""
        raise NotImplementedError

    def set_module(self, on: bool) -> bool:
        """Switch the whole integration on or off (R14); support's. Answers whether it changed."""
        raise NotImplementedError
