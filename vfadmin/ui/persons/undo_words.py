"""What becomes of an event when a run is undone, and why one stays as it is, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from vfadmin.ui.marks import QT_TRANSLATE_NOOP
from vfadmin.ui.persons import event_words, run_words

if TYPE_CHECKING:
    from vfadmin.services.history import OperationRow

GUARD = "guard"
"""Why a deletion stays that an administrator can let through."""

_WOULD = {
    "content": QT_TRANSLATE_NOOP("Undo", "The former content is put back"),
    "copy-valueframe": QT_TRANSLATE_NOOP("Undo", "The copy is deleted from ValueFrame"),
    "copy-exchange": QT_TRANSLATE_NOOP("Undo", "The copy is deleted from Exchange"),
    "event": QT_TRANSLATE_NOOP("Undo", "The deleted event comes back"),
}
_DID = {
    "content": QT_TRANSLATE_NOOP("Undo", "The former content was put back"),
    "copy-valueframe": QT_TRANSLATE_NOOP("Undo", "The copy was deleted from ValueFrame"),
    "copy-exchange": QT_TRANSLATE_NOOP("Undo", "The copy was deleted from Exchange"),
    "event": QT_TRANSLATE_NOOP("Undo", "The deleted event came back"),
}
_STAYS = QT_TRANSLATE_NOOP("Undo", "Stays as it is")
_ALREADY = QT_TRANSLATE_NOOP("Undo", "Is back already")
_WHY = {
    "changed": QT_TRANSLATE_NOOP("Undo", "it was changed after the run"),
    "anothers": QT_TRANSLATE_NOOP("Undo", "it is another person's event"),
    "meeting": QT_TRANSLATE_NOOP("Undo", "only Outlook can change it without sending mail"),
    "waiting": QT_TRANSLATE_NOOP("Undo", "it waits for an administrator or another try"),
    GUARD: QT_TRANSLATE_NOOP("Undo", "more deletions than the guard lets through"),
    "unknown": QT_TRANSLATE_NOOP("Undo", "the history does not hold its former content"),
    "failed": QT_TRANSLATE_NOOP("Undo", "the write failed; the newest run in the history says why"),
}


def what_became(operations: Sequence[OperationRow], outcome: str, *, done: bool) -> str:
    """What an undo does to an event, or did."""
    if outcome != "undone":
        return _say(_ALREADY if outcome == "already" else _STAYS)
    return _say((_DID if done else _WOULD)[_kind(operations)])


def _kind(operations: Sequence[OperationRow]) -> str:
    if not operations or operations[-1].operation == "delete":
        return "event"
    made = next((one for one in operations if one.operation == "create"), None)
    return "content" if made is None else f"copy-{made.side}"


def why(key: str) -> str:
    """Why it stays; nothing where it does not."""
    known = _WHY.get(key)
    return key if known is None else _say(known)


def put_back(one: OperationRow, names: Sequence[str]) -> list[str]:
    """Of each of these fields what stands there now and what will stand there again."""
    if one.before is None or one.after is None:
        return []
    return [
        f"{event_words.field_name(name)}: {run_words.value(name, one.after)} → "
        f"{run_words.value(name, one.before)}"
        for name in names
        if name in one.fields and name != "zone"
    ]


def _say(text: str) -> str:
    return QCoreApplication.translate("Undo", text)
