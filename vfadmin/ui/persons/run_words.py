"""What a run did and what it did to an event, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from vfadmin.ui.marks import QT_TRANSLATE_NOOP
from vfadmin.ui.persons import event_words
from vfadmin.ui.texts import absolute, number
from vfadmin.ui.widgets import whole

if TYPE_CHECKING:
    from vfadmin.services.history import OperationRow, RunRow

_DONE = {
    ("create", "valueframe"): QT_TRANSLATE_NOOP("Runs", "added to ValueFrame"),
    ("create", "exchange"): QT_TRANSLATE_NOOP("Runs", "added to Exchange"),
    ("update", "valueframe"): QT_TRANSLATE_NOOP("Runs", "changed in ValueFrame"),
    ("update", "exchange"): QT_TRANSLATE_NOOP("Runs", "changed in Exchange"),
    ("delete", "valueframe"): QT_TRANSLATE_NOOP("Runs", "deleted from ValueFrame"),
    ("delete", "exchange"): QT_TRANSLATE_NOOP("Runs", "deleted from Exchange"),
    ("restore", "valueframe"): QT_TRANSLATE_NOOP("Runs", "restored in ValueFrame"),
    ("restore", "exchange"): QT_TRANSLATE_NOOP("Runs", "restored in Exchange"),
}
_OPERATIONS = {
    "move": QT_TRANSLATE_NOOP("Runs", "moved to another calendar"),
    "close": QT_TRANSLATE_NOOP("Runs", "stays behind, not synchronised"),
    "conflict": QT_TRANSLATE_NOOP("Runs", "in conflict"),
    "match": QT_TRANSLATE_NOOP("Runs", "joined"),
    "hold": QT_TRANSLATE_NOOP("Runs", "held back"),
    "quarantine": QT_TRANSLATE_NOOP("Runs", "set aside"),
    "skip": QT_TRANSLATE_NOOP("Runs", "left as it was"),
}
_REASONS = {
    "new": QT_TRANSLATE_NOOP("Runs", "new"),
    "edited": QT_TRANSLATE_NOOP("Runs", "edited"),
    "conflict": QT_TRANSLATE_NOOP("Runs", "changed on both sides"),
    "matched": QT_TRANSLATE_NOOP("Runs", "the same event on both sides"),
    "deleted": QT_TRANSLATE_NOOP("Runs", "deleted on the other side"),
    "processed": QT_TRANSLATE_NOOP("Runs", "a held deletion that an administrator let through"),
    "restored": QT_TRANSLATE_NOOP("Runs", "a held deletion that an administrator undid"),
    "edit-beats-delete": QT_TRANSLATE_NOOP("Runs", "an edit outweighs a deletion"),
    "copied": QT_TRANSLATE_NOOP("Runs", "a copy"),
    "own-duplicate": QT_TRANSLATE_NOOP("Runs", "a duplicate of our own"),
    "put-back": QT_TRANSLATE_NOOP("Runs", "a participant's change, put back to the owner's version"),
    "meeting": QT_TRANSLATE_NOOP(
        "Runs", "a meeting with invited people: in Office 365 only Outlook can change it without mail to them"
    ),
    "left-alone": QT_TRANSLATE_NOOP("Runs", "cannot be shown on the other side"),
    "held": QT_TRANSLATE_NOOP("Runs", "waits for an administrator"),
    "quarantined": QT_TRANSLATE_NOOP("Runs", "fails for now"),
    "verified": QT_TRANSLATE_NOOP("Runs", "a difference found by verifying"),
    "taken-out": QT_TRANSLATE_NOOP("Runs", "taken out at the removal"),
    "undone": QT_TRANSLATE_NOOP("Runs", "a run was undone"),
    "calendar-changed": QT_TRANSLATE_NOOP("Runs", "another calendar was chosen"),
    "shared-uid": QT_TRANSLATE_NOOP("Runs", "the same identifier (UID) as another event"),
    "recurrence": QT_TRANSLATE_NOOP("Runs", "a recurrence that the other side cannot express"),
    "zone": QT_TRANSLATE_NOOP(
        "Runs",
        "a time zone that the other side does not know for all years of the series: choose a usual one, such "
        "as Helsinki, or begin a new series",
    ),
    "repeated-hour": QT_TRANSLATE_NOOP(
        "Runs",
        "an occurrence in the hour that comes twice when clocks go back, of which Outlook knows only the "
        "first: choose another time",
    ),
    "read-only": QT_TRANSLATE_NOOP(
        "Runs", "ValueFrame's interface does not let it be changed: the change stays in Exchange"
    ),
}
_FAILED = QT_TRANSLATE_NOOP("Runs", "failed, {code}")
_UNFINISHED = QT_TRANSLATE_NOOP("Runs", "not finished")
_UNCHANGED = QT_TRANSLATE_NOOP("Runs", "no changes")
_YES, _NO = QT_TRANSLATE_NOOP("Runs", "yes"), QT_TRANSLATE_NOOP("Runs", "no")
_SHORT = 60


def outcome(run: RunRow) -> str:
    """What came of a run, in a few words."""
    if run.error is not None:
        return _say(_FAILED).format(code=whole(run.error.code))
    if run.finished is None:
        return _say(_UNFINISHED)
    words = [
        _say(template).format(count=number(count))
        for template, count in (
            (QT_TRANSLATE_NOOP("Runs", "{count} brought"), run.pulled),
            (QT_TRANSLATE_NOOP("Runs", "{count} sent"), run.pushed),
            (QT_TRANSLATE_NOOP("Runs", "{count} deleted"), run.deleted),
            (QT_TRANSLATE_NOOP("Runs", "{count} in conflict"), run.conflicts),
            (QT_TRANSLATE_NOOP("Runs", "{count} skipped"), run.skipped),
        )
        if count
    ]
    return ", ".join(words) or _say(_UNCHANGED)


def done(one: OperationRow) -> str:
    """What was done to the event; the word of the store for what has no other."""
    known = _DONE.get((one.operation, one.side)) or _OPERATIONS.get(one.operation)
    return one.operation if known is None else _say(known)


def reason(one: OperationRow) -> str:
    """Why."""
    return reason_word(one.reason)


def reason_word(key: str) -> str:
    """What a reason is called; the key itself where it has no name."""
    known = _REASONS.get(key)
    return key if known is None else _say(known)


def notes(one: OperationRow) -> list[str]:
    """What the engine noted besides."""
    known = _REASONS.get(str(one.detail.get("note", "")))
    return [] if known is None else [_say(known)]


def event(one: OperationRow) -> str:
    """Which event, by title and time."""
    title = event_words.hidden_title(one) or one.title or QCoreApplication.translate("Runs", "(no title)")
    when = _time(one.start, one.after or one.before or {})
    return f"{title}, {when}" if when else title


def differences(one: OperationRow) -> list[str]:
    """The fields that changed, each with what stood there before and after."""
    if one.before is None or one.after is None:
        return []
    return [
        f"{event_words.field_name(name)}: {value(name, one.before)} → {value(name, one.after)}"
        for name in one.fields
        if name != "zone"
    ]


def value(name: str, facts: Mapping[str, Any]) -> str:
    """What stands in that field of an event as JSON; a dash where nothing does."""
    found = facts.get(name)
    if name in ("start", "end"):
        return _time(found, facts)
    if name == "show_as":
        return event_words.shown_as(str(found))
    if name == "reminder_minutes":
        return event_words.reminder(found)
    if name == "recurrence":
        found = found and found.get("rrule")
    return _plain(found)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return _say(_YES if value else _NO)
    if isinstance(value, list):
        return number(len(value))
    text = "" if value is None else " ".join(str(value).split())
    return (text if len(text) <= _SHORT else f"{text[:_SHORT]}…") or "-"


def _time(text: str | None, facts: Mapping[str, Any]) -> str:
    if not text:
        return ""
    moment = datetime.fromisoformat(text)
    return event_words.day(moment.date()) if facts.get("all_day") else absolute(moment)


def _say(text: str) -> str:
    return QCoreApplication.translate("Runs", text)
