"""What can be done, declared once: label, key, icon, and when it is possible or why not.

Toolbar, context menu, row buttons, shortcuts and the list of shortcuts are all made from this tuple, so they
cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from vfadmin.ui.marks import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Situation:
    """What an action's availability depends on.

    ``states`` counts the selected rows that were read by state; rows not read yet may be in any state and
    are in ``unread``. ``without_login`` of the rows that could be activated have no login. ``last`` is the
    change that was made last, and ``undo`` what undoing it is called; empty if it cannot be undone.
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
    last: str = ""
    undo: str = ""

    def any_of(self, *states: str) -> bool:
        """Whether a selected row is, or may be, in one of the states."""
        return self.unread > 0 or any(self.states.get(state, 0) for state in states)


Refusal = Callable[[Situation], str]
"""Why an action is not possible now; empty when it is."""


class By(StrEnum):
    """What carries an action out: it makes the action from its declaration, or reads the key itself."""

    BAR = "bar"
    WINDOW = "window"
    KEYBOARD = "keyboard"
    """The field, cell or list that has the keyboard; there is no menu entry and no button."""


class Group(StrEnum):
    """Under which heading the list of shortcuts has an action."""

    PERSONS = "persons"
    RESULTS = "results"
    IMPORT = "import"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. ``label`` and ``short`` are source texts of the context ``Actions``.

    ``shortcut`` may name several keys; people are shown the first. ``named`` answers a label for the
    situation, or nothing if ``label`` will do.
    """

    key: str
    label: str
    icon: str
    refusal: Refusal
    shortcut: str = ""
    short: str = ""
    kind: str = ""
    named: Callable[[Situation], str] | None = None
    by: By = By.BAR
    group: Group = Group.PERSONS

    def text(self, situation: Situation | None = None) -> str:
        """The label in menus and tooltips; in a situation it may say more."""
        said = "" if self.named is None or situation is None else self.named(situation)
        return said or QCoreApplication.translate("Actions", self.label)

    def keys(self) -> tuple[str, ...]:
        """The keys as people are shown them. Of those of an action the first says it all."""
        every = [QKeySequence(keys) for keys in self.shortcut.split()]
        shown = every if self.by is By.KEYBOARD else every[:1]
        return tuple(one.toString(QKeySequence.SequenceFormat.NativeText) for one in shown)

    def tip(self, situation: Situation | None = None) -> str:
        """The label with its key."""
        keys = self.keys()
        return f"{self.text(situation)} ({keys[0]})" if keys else self.text(situation)

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
_NOTHING_TO_UNDO = QT_TRANSLATE_NOOP("Actions", "There is nothing to undo.")
_FOR_GOOD = {
    "remove": QT_TRANSLATE_NOOP("Actions", "Removing an account cannot be undone."),
    "resume": QT_TRANSLATE_NOOP("Actions", "Resuming cannot be undone; passivate instead."),
    "form": QT_TRANSLATE_NOOP("Actions", "What was changed in a person's form is changed back there."),
}
_FOR_GOOD |= {"take-out": _FOR_GOOD["remove"], "accept": _FOR_GOOD["resume"]}


def _base(situation: Situation) -> str:
    if not situation.ready:
        return _say(_NOT_READY)
    if situation.busy:
        return _say(_BUSY)
    return "" if situation.selected else _say(_NOBODY)


def _always(_situation: Situation) -> str:
    return ""


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


def _undo(situation: Situation) -> str:
    if not situation.ready:
        return _say(_NOT_READY)
    if situation.busy:
        return _say(_BUSY)
    if situation.undo:
        return ""
    return _say(_FOR_GOOD.get(situation.last, _NOTHING_TO_UNDO))


def _undo_label(situation: Situation) -> str:
    return situation.undo


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
        "form",
        QT_TRANSLATE_NOOP("Actions", "Open person"),
        "edit",
        _form,
        shortcut="Alt+Enter Alt+Return",
        short=QT_TRANSLATE_NOOP("Actions", "Edit"),
    ),
    ActionSpec("login", QT_TRANSLATE_NOOP("Actions", "Edit login"), "login", _form, shortcut="F2"),
    ActionSpec(
        "undo",
        QT_TRANSLATE_NOOP("Actions", "Undo the last change"),
        "undo",
        _undo,
        shortcut="Ctrl+Z",
        named=_undo_label,
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
    ActionSpec(
        "find",
        QT_TRANSLATE_NOOP("Actions", "Search"),
        "",
        _always,
        shortcut="Ctrl+F",
        by=By.WINDOW,
        group=Group.RESULTS,
    ),
    ActionSpec(
        "results",
        QT_TRANSLATE_NOOP("Actions", "From the search field into the results"),
        "",
        _always,
        shortcut="Down",
        by=By.KEYBOARD,
        group=Group.RESULTS,
    ),
    ActionSpec(
        "press",
        QT_TRANSLATE_NOOP("Actions", "Edit the login, or press the button of the row"),
        "",
        _always,
        shortcut="Enter Space",
        by=By.KEYBOARD,
        group=Group.RESULTS,
    ),
    ActionSpec(
        "widths",
        QT_TRANSLATE_NOOP("Actions", "Make the column wider or narrower"),
        "",
        _always,
        shortcut="Ctrl+Shift+Right Ctrl+Shift+Left",
        by=By.KEYBOARD,
        group=Group.RESULTS,
    ),
    ActionSpec(
        "take-back",
        QT_TRANSLATE_NOOP("Actions", "Take back what was typed, clear the search, close a dialog"),
        "",
        _always,
        shortcut="Esc",
        by=By.KEYBOARD,
        group=Group.RESULTS,
    ),
    ActionSpec(
        "select-all",
        QT_TRANSLATE_NOOP("Actions", "Select all rows found"),
        "select-all",
        _refresh,
        shortcut="Ctrl+A",
        group=Group.RESULTS,
    ),
    ActionSpec(
        "menu",
        QT_TRANSLATE_NOOP("Actions", "Menu of the selected persons"),
        "",
        _always,
        shortcut="Shift+F10",
        by=By.KEYBOARD,
        group=Group.RESULTS,
    ),
    ActionSpec(
        "panel",
        QT_TRANSLATE_NOOP("Actions", "Show or hide the selected person"),
        "panel",
        _always,
        shortcut="F4",
        group=Group.RESULTS,
    ),
    ActionSpec(
        "refresh",
        QT_TRANSLATE_NOOP("Actions", "Refresh"),
        "refresh",
        _refresh,
        shortcut="F5",
        group=Group.RESULTS,
    ),
    ActionSpec(
        "go-persons",
        QT_TRANSLATE_NOOP("Actions", "Go to persons"),
        "people",
        _always,
        shortcut="Ctrl+1",
        by=By.WINDOW,
        group=Group.WINDOW,
    ),
    ActionSpec(
        "go-import",
        QT_TRANSLATE_NOOP("Actions", "Go to the import"),
        "import",
        _always,
        shortcut="Ctrl+I",
        by=By.WINDOW,
        group=Group.IMPORT,
    ),
    ActionSpec(
        "import-file",
        QT_TRANSLATE_NOOP("Actions", "Choose a list to import"),
        "import",
        _always,
        shortcut="Ctrl+O",
        by=By.WINDOW,
        group=Group.IMPORT,
    ),
    ActionSpec(
        "go-troubles",
        QT_TRANSLATE_NOOP("Actions", "Go to what is stuck"),
        "troubles",
        _always,
        shortcut="Ctrl+2",
        by=By.WINDOW,
        group=Group.WINDOW,
    ),
    ActionSpec(
        "go-settings",
        QT_TRANSLATE_NOOP("Actions", "Go to settings"),
        "settings",
        _always,
        shortcut="Ctrl+3",
        by=By.WINDOW,
        group=Group.WINDOW,
    ),
    ActionSpec(
        "go-support",
        QT_TRANSLATE_NOOP("Actions", "Go to support"),
        "support",
        _always,
        shortcut="Ctrl+4",
        by=By.WINDOW,
        group=Group.WINDOW,
    ),
    ActionSpec(
        "go-log",
        QT_TRANSLATE_NOOP("Actions", "Go to the log"),
        "log",
        _always,
        shortcut="Ctrl+5 Ctrl+L",
        by=By.WINDOW,
        group=Group.WINDOW,
    ),
    ActionSpec(
        "keys",
        QT_TRANSLATE_NOOP("Actions", "Keyboard shortcuts"),
        "",
        _always,
        shortcut="F1",
        short=QT_TRANSLATE_NOOP("Actions", "Shortcuts"),
        by=By.WINDOW,
        group=Group.WINDOW,
    ),
)
SPECS = {spec.key: spec for spec in ACTIONS}
BUTTONS = ("sync", "preview", "activate", "passivate", "resume", "remove")
MENU = (
    "form",
    "login",
    "",
    "sync",
    "preview",
    "activate",
    "passivate",
    "resume",
    "alike",
    "",
    "undo",
    "",
    "copy",
    "copy-headings",
    "export",
    "",
    "remove",
)
