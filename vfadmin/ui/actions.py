"""What can be done, declared once: label, key, icon, and when it is possible or why not.

Toolbar, context menu, row buttons and shortcuts are all made from this tuple, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from vfadmin.ui.marks import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Situation:
    """What an action's availability depends on.

    ``states`` counts the selected rows that were read by state; rows not read yet may be in any state and
    are in ``unread``. ``without_login`` of the rows that could be activated have no login.
    """

    selected: int = 0
    states: dict[str, int] = field(default_factory=dict)
    unread: int = 0
    without_login: int = 0
    ready: bool = False
    busy: bool = False
    engine: bool = False
    module: bool = True
    connected: bool = True

    def any_of(self, *states: str) -> bool:
        """Whether a selected row is, or may be, in one of the states."""
        return self.unread > 0 or any(self.states.get(state, 0) for state in states)


Refusal = Callable[[Situation], str]
"""Why an action is not possible now; empty when it is."""


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. ``label`` and ``short`` are source texts of the context ``Actions``.

    ``shortcut`` may name several keys; people are shown the first.
    """

    key: str
    label: str
    icon: str
    refusal: Refusal
    shortcut: str = ""
    short: str = ""
    kind: str = ""

    def text(self) -> str:
        """The label in menus and tooltips."""
        return QCoreApplication.translate("Actions", self.label)

    def button(self) -> str:
        """The label on a button."""
        return QCoreApplication.translate("Actions", self.short or self.label)


def _say(text: str) -> str:
    return QCoreApplication.translate("Actions", text)


_NOT_READY = QT_TRANSLATE_NOOP("Actions", "The database is not open.")
_BUSY = QT_TRANSLATE_NOOP("Actions", "The previous change is still being made.")
_NOBODY = QT_TRANSLATE_NOOP("Actions", "Select a person first.")
_NO_ENGINE = QT_TRANSLATE_NOOP("Actions", "Synchronisation does not run in this window.")
_MODULE_OFF = QT_TRANSLATE_NOOP(
    "Actions", "The integration is switched off for this customer; support switches it."
)
_NO_CONNECTION = QT_TRANSLATE_NOOP("Actions", "No connection to Exchange has been set; support sets it.")
_NOTHING_ACTIVE = QT_TRANSLATE_NOOP("Actions", "None of the selected integrations is active.")
_NOTHING_TO_ACTIVATE = QT_TRANSLATE_NOOP("Actions", "None of the selected integrations is passive or unused.")
_NO_LOGIN = QT_TRANSLATE_NOOP("Actions", "None of the selected persons has a login.")
_NOTHING_IN_ERROR = QT_TRANSLATE_NOOP("Actions", "None of the selected integrations has stopped on an error.")
_NOTHING_TO_REMOVE = QT_TRANSLATE_NOOP("Actions", "None of the selected persons has an integration.")
_ONE_ONLY = QT_TRANSLATE_NOOP("Actions", "Select one person.")


def _base(situation: Situation) -> str:
    if not situation.ready:
        return _say(_NOT_READY)
    if situation.busy:
        return _say(_BUSY)
    return "" if situation.selected else _say(_NOBODY)


def _refresh(situation: Situation) -> str:
    return "" if situation.ready else _say(_NOT_READY)


def _sync(situation: Situation) -> str:
    if not situation.ready:
        return _say(_NOT_READY)
    if not situation.engine:
        return _say(_NO_ENGINE)
    if not situation.module:
        return _say(_MODULE_OFF)
    if not situation.connected:
        return _say(_NO_CONNECTION)
    if situation.selected and not situation.any_of("active"):
        return _say(_NOTHING_ACTIVE)
    return ""


def _activate(situation: Situation) -> str:
    reason = _base(situation)
    if reason:
        return reason
    if not situation.any_of("passive", "unused"):
        return _say(_NOTHING_TO_ACTIVATE)
    possible = situation.states.get("passive", 0) + situation.states.get("unused", 0)
    if not situation.unread and situation.without_login >= possible:
        return _say(_NO_LOGIN)
    return ""


def _preview(situation: Situation) -> str:
    reason = _activate(situation)
    if reason:
        return reason
    if not situation.module:
        return _say(_MODULE_OFF)
    return "" if situation.connected else _say(_NO_CONNECTION)


def _passivate(situation: Situation) -> str:
    return _base(situation) or ("" if situation.any_of("active", "error") else _say(_NOTHING_ACTIVE))


def _resume(situation: Situation) -> str:
    return _base(situation) or ("" if situation.any_of("error") else _say(_NOTHING_IN_ERROR))


def _alike(situation: Situation) -> str:
    return _form(situation) or ("" if situation.any_of("error") else _say(_NOTHING_IN_ERROR))


def _remove(situation: Situation) -> str:
    return _base(situation) or (
        "" if situation.any_of("active", "passive", "error") else _say(_NOTHING_TO_REMOVE)
    )


def _form(situation: Situation) -> str:
    if not situation.ready:
        return _say(_NOT_READY)
    return "" if situation.selected == 1 else _say(_ONE_ONLY)


def _copy(situation: Situation) -> str:
    if not situation.ready:
        return _say(_NOT_READY)
    return "" if situation.selected else _say(_NOBODY)


def _export(situation: Situation) -> str:
    if not situation.ready:
        return _say(_NOT_READY)
    return _say(_BUSY) if situation.busy else ""


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "sync",
        QT_TRANSLATE_NOOP("Actions", "Synchronise now"),
        "sync",
        _sync,
        shortcut="F9",
        short=QT_TRANSLATE_NOOP("Actions", "Sync now"),
        kind="primary",
    ),
    ActionSpec(
        "preview",
        QT_TRANSLATE_NOOP("Actions", "Preview activation"),
        "preview",
        _preview,
        shortcut="Ctrl+Shift+E",
        short=QT_TRANSLATE_NOOP("Actions", "Preview"),
    ),
    ActionSpec(
        "activate", QT_TRANSLATE_NOOP("Actions", "Activate"), "activate", _activate, shortcut="Ctrl+Shift+A"
    ),
    ActionSpec(
        "passivate",
        QT_TRANSLATE_NOOP("Actions", "Passivate"),
        "passivate",
        _passivate,
        shortcut="Ctrl+Shift+P",
    ),
    ActionSpec(
        "resume",
        QT_TRANSLATE_NOOP("Actions", "Resume from error"),
        "resume",
        _resume,
        shortcut="Ctrl+Shift+R",
        short=QT_TRANSLATE_NOOP("Actions", "Resume"),
    ),
    ActionSpec(
        "alike",
        QT_TRANSLATE_NOOP("Actions", "Show all stopped by the same cause"),
        "search",
        _alike,
        shortcut="Ctrl+Shift+S",
    ),
    ActionSpec(
        "remove",
        QT_TRANSLATE_NOOP("Actions", "Remove Exchange account"),
        "remove",
        _remove,
        shortcut="Del",
        short=QT_TRANSLATE_NOOP("Actions", "Remove"),
    ),
    ActionSpec(
        "form", QT_TRANSLATE_NOOP("Actions", "Open person"), "edit", _form, shortcut="Alt+Enter Alt+Return"
    ),
    ActionSpec("copy", QT_TRANSLATE_NOOP("Actions", "Copy"), "copy", _copy, shortcut="Ctrl+C"),
    ActionSpec(
        "copy-headings",
        QT_TRANSLATE_NOOP("Actions", "Copy with headings"),
        "copy",
        _copy,
        shortcut="Ctrl+Shift+C",
    ),
    ActionSpec(
        "export", QT_TRANSLATE_NOOP("Actions", "Export to a file…"), "export", _export, shortcut="Ctrl+E"
    ),
    ActionSpec("refresh", QT_TRANSLATE_NOOP("Actions", "Refresh"), "refresh", _refresh, shortcut="F5"),
)
BUTTONS = ("sync", "preview", "activate", "passivate", "resume", "remove")
MENU = (
    "form",
    "",
    "sync",
    "preview",
    "activate",
    "passivate",
    "resume",
    "alike",
    "",
    "copy",
    "copy-headings",
    "export",
    "",
    "remove",
)
