"""Why an action is not possible now: what the situation is, and a reason for each action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from vfadmin.ui.marks import QT_TRANSLATE_NOOP

EWS, GRAPH = "ews", "graph"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What holds for everybody: whether the integration is on (R14), the protocols of the connections.

    The latter are None before that has been looked at. ``paused`` says that all synchronisation was stopped.
    """

    module: bool = True
    protocols: frozenset[str] | None = None
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """What an action's availability depends on.

    ``states`` counts the selected rows that were read by state, ``over`` the active ones of them by protocol;
    rows not read yet may be in any state and are in ``unread``. ``without_login`` of the rows that could be
    activated have no login. ``last`` is the change that was made last, and ``undo`` what undoing it is
    called; empty if it cannot be undone.
    """

    selected: int = 0
    states: dict[str, int] = field(default_factory=dict)
    unread: int = 0
    without_login: int = 0
    ready: bool = False
    busy: bool = False
    engine: bool = False
    over: dict[str, int] = field(default_factory=dict)
    surroundings: Surroundings = field(default_factory=Surroundings)
    last: str = ""
    undo: str = ""

    @property
    def module(self) -> bool:
        """Whether the integration is switched on for this customer (R14)."""
        return self.surroundings.module

    def connected(self, *protocols: str) -> bool:
        """Whether there is a connection of one of the protocols, or it is not known yet."""
        known = self.surroundings.protocols
        return known is None or any(one in known for one in protocols)

    def any_of(self, *states: str) -> bool:
        """Whether a selected row is, or may be, in one of the states."""
        return self.unread > 0 or any(self.states.get(state, 0) for state in states)


Refusal = Callable[[Situation], str]
"""Why an action is not possible now; empty when it is."""


def _say(text: str) -> str:
    return QCoreApplication.translate("Actions", text)


_NOT_READY = QT_TRANSLATE_NOOP("Actions", "The database is not open.")
_BUSY = QT_TRANSLATE_NOOP("Actions", "The previous change is still being made.")
_NOBODY = QT_TRANSLATE_NOOP("Actions", "Select a person first.")
_NO_ENGINE = QT_TRANSLATE_NOOP("Actions", "Synchronisation does not run in this window.")
_MODULE_OFF = QT_TRANSLATE_NOOP(
    "Actions", "The integration is switched off for this customer; support switches it."
)
_PAUSED = QT_TRANSLATE_NOOP(
    "Actions", "All synchronisation has been stopped; let it go on in the Problems view."
)
_NO_CONNECTION = QT_TRANSLATE_NOOP("Actions", "No connection to Exchange has been set; support sets it.")
_NO_GRAPH = QT_TRANSLATE_NOOP("Actions", "No connection to Office 365 (Graph) has been set; support sets it.")
_NO_EWS = QT_TRANSLATE_NOOP("Actions", "No connection to an own server (EWS) has been set; support sets it.")
_ALL_OVER_GRAPH = QT_TRANSLATE_NOOP("Actions", "The selected active mailboxes go by Graph already.")
_ALL_OVER_EWS = QT_TRANSLATE_NOOP("Actions", "The selected active mailboxes go by EWS already.")
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
_FOR_GOOD["move"] = QT_TRANSLATE_NOOP(
    "Actions", "Mailboxes that were moved are moved back: select them, and Move back to EWS or Move to Graph."
)
_FOR_GOOD |= {"take-out": _FOR_GOOD["remove"], "accept": _FOR_GOOD["resume"]}


def _base(situation: Situation) -> str:
    if not situation.ready:
        return _say(_NOT_READY)
    if situation.busy:
        return _say(_BUSY)
    return "" if situation.selected else _say(_NOBODY)


def always(_situation: Situation) -> str:
    """It always is."""
    return ""


def refresh(situation: Situation) -> str:
    """Not before the store is open."""
    return "" if situation.ready else _say(_NOT_READY)


def sync(situation: Situation) -> str:
    """Synchronising."""
    reasons = (
        (not situation.ready, _NOT_READY),
        (not situation.engine, _NO_ENGINE),
        (not situation.module, _MODULE_OFF),
        (situation.surroundings.paused, _PAUSED),
        (not situation.connected(EWS, GRAPH), _NO_CONNECTION),
        (bool(situation.selected) and not situation.any_of("active"), _NOTHING_ACTIVE),
    )
    return next((_say(why) for holds, why in reasons if holds), "")


def activate(situation: Situation) -> str:
    """Activating."""
    reason = _base(situation)
    if reason:
        return reason
    if not situation.any_of("passive", "unused"):
        return _say(_NOTHING_TO_ACTIVATE)
    possible = situation.states.get("passive", 0) + situation.states.get("unused", 0)
    if not situation.unread and situation.without_login >= possible:
        return _say(_NO_LOGIN)
    return ""


def preview(situation: Situation) -> str:
    """Previewing an activation."""
    reason = activate(situation)
    if reason:
        return reason
    if not situation.module:
        return _say(_MODULE_OFF)
    return "" if situation.connected(EWS, GRAPH) else _say(_NO_CONNECTION)


def dry_run(situation: Situation) -> str:
    """Saying what the next synchronisation would do: nothing is written, so little stands in its way."""
    reasons = (
        (not situation.ready, _NOT_READY),
        (not situation.selected, _NOBODY),
        (not situation.module, _MODULE_OFF),
        (not situation.connected(EWS, GRAPH), _NO_CONNECTION),
        (not situation.any_of("active", "error", "passive"), _NOTHING_TO_REMOVE),
    )
    return next((_say(why) for holds, why in reasons if holds), "")


def to_graph(situation: Situation) -> str:
    """Moving to Graph."""
    return _move(situation, GRAPH, _NO_GRAPH, _ALL_OVER_GRAPH)


def to_ews(situation: Situation) -> str:
    """Moving back to EWS."""
    return _move(situation, EWS, _NO_EWS, _ALL_OVER_EWS)


def _move(situation: Situation, target: str, unconnected: str, all_there: str) -> str:
    reason = _base(situation)
    if reason:
        return reason
    if not situation.module:
        return _say(_MODULE_OFF)
    if not situation.connected(target):
        return _say(unconnected)
    if not situation.any_of("active"):
        return _say(_NOTHING_ACTIVE)
    elsewhere = sum(count for protocol, count in situation.over.items() if protocol != target)
    return "" if situation.unread or elsewhere else _say(all_there)


def passivate(situation: Situation) -> str:
    """Passivating."""
    return _base(situation) or ("" if situation.any_of("active", "error") else _say(_NOTHING_ACTIVE))


def resume(situation: Situation) -> str:
    """Resuming."""
    return _base(situation) or ("" if situation.any_of("error") else _say(_NOTHING_IN_ERROR))


def alike(situation: Situation) -> str:
    """Looking for all who share a cause."""
    return form(situation) or ("" if situation.any_of("error") else _say(_NOTHING_IN_ERROR))


def remove(situation: Situation) -> str:
    """Removing an account."""
    return _base(situation) or (
        "" if situation.any_of("active", "passive", "error") else _say(_NOTHING_TO_REMOVE)
    )


def undo(situation: Situation) -> str:
    """Undoing the last change."""
    if not situation.ready:
        return _say(_NOT_READY)
    if situation.busy:
        return _say(_BUSY)
    if situation.undo:
        return ""
    return _say(_FOR_GOOD.get(situation.last, _NOTHING_TO_UNDO))


def undo_label(situation: Situation) -> str:
    """What undoing is called."""
    return situation.undo


def form(situation: Situation) -> str:
    """What is done with one person."""
    if not situation.ready:
        return _say(_NOT_READY)
    return "" if situation.selected == 1 else _say(_ONE_ONLY)


def copy(situation: Situation) -> str:
    """Copying."""
    if not situation.ready:
        return _say(_NOT_READY)
    return "" if situation.selected else _say(_NOBODY)


def export(situation: Situation) -> str:
    """Exporting."""
    if not situation.ready:
        return _say(_NOT_READY)
    return _say(_BUSY) if situation.busy else ""
