"""What the comparison of two calendars says of an event: where it differs, and how that is resolved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from vfadmin.ui.marks import QT_TRANSLATE_NOOP
from vfadmin.ui.persons import event_words, run_words
from vfadmin.ui.texts import absolute, explain_failure
from vfadmin.ui.widgets import whole

if TYPE_CHECKING:
    from vfadmin.services.comparison import ComparedRow, ComparedWrite

Facts = Mapping[str, Any]
FIELDS = (
    "title",
    "when",
    "location",
    "text",
    "recurrence",
    "show_as",
    "reminder_minutes",
    "private",
    "acknowledged",
    "participants",
)
"""An event's fields in the order in which they are told."""

_GROUPS = {
    "differing": QT_TRANSLATE_NOOP("Compare", "Differs"),
    "only_valueframe": QT_TRANSLATE_NOOP("Compare", "Only in ValueFrame"),
    "only_exchange": QT_TRANSLATE_NOOP("Compare", "Only in Exchange"),
    "unreadable": QT_TRANSLATE_NOOP("Compare", "Not read"),
    "equal": QT_TRANSLATE_NOOP("Compare", "The same"),
}
ICONS = {
    "differing": ("differs", "warn"),
    "only_valueframe": ("only-valueframe", "accent_text"),
    "only_exchange": ("only-exchange", "accent_text"),
    "unreadable": ("warning", "bad"),
    "equal": ("same", "muted"),
}
"""The shape of each group and its colour, by its name in `Shades`."""

_WRITES = {
    ("create", "valueframe"): QT_TRANSLATE_NOOP("Compare", "Added to ValueFrame"),
    ("create", "exchange"): QT_TRANSLATE_NOOP("Compare", "Added to Exchange"),
    ("update", "valueframe"): QT_TRANSLATE_NOOP("Compare", "Brought to ValueFrame: {fields}"),
    ("update", "exchange"): QT_TRANSLATE_NOOP("Compare", "Taken to Exchange: {fields}"),
    ("delete", "valueframe"): QT_TRANSLATE_NOOP("Compare", "Deleted from ValueFrame"),
    ("delete", "exchange"): QT_TRANSLATE_NOOP("Compare", "Deleted from Exchange"),
}
_WRITE_ALONE = {
    "valueframe": QT_TRANSLATE_NOOP("Compare", "Marked in ValueFrame"),
    "exchange": QT_TRANSLATE_NOOP("Compare", "Marked in Exchange"),
}
_WINS = {
    "exchange": QT_TRANSLATE_NOOP("Compare", "Changed on both sides: ValueFrame wins."),
    "valueframe": QT_TRANSLATE_NOOP("Compare", "Changed on both sides: Exchange wins."),
}
_SHORT = {
    "nothing": QT_TRANSLATE_NOOP("Compare", "Nothing to do"),
    "sync": QT_TRANSLATE_NOOP("Compare", "Nothing is written; the pair is noted down"),
    "verify": QT_TRANSLATE_NOOP("Compare", "Put right by a complete check"),
    "held": QT_TRANSLATE_NOOP("Compare", "Waits for an administrator's decision"),
    "quarantined": QT_TRANSLATE_NOOP("Compare", "Fails for now, tried again later"),
    "in-doubt": QT_TRANSLATE_NOOP("Compare", "A write was cut off: the next sync finds out"),
    "left-alone": QT_TRANSLATE_NOOP("Compare", "Left as it is"),
    "later": QT_TRANSLATE_NOOP("Compare", "Too far ahead, synchronised later"),
    "too-old": QT_TRANSLATE_NOOP("Compare", "Past, stays as it is"),
    "kept": QT_TRANSLATE_NOOP("Compare", "Not synchronised any more, stays as it is"),
    "servers-way": QT_TRANSLATE_NOOP("Compare", "Nothing to do: Exchange shows it in its own way"),
    "unreadable": QT_TRANSLATE_NOOP("Compare", "Not known: could not be read"),
}
_LONG = {
    "sync": QT_TRANSLATE_NOOP("Compare", "The next synchronisation does this."),
    "verify": QT_TRANSLATE_NOOP(
        "Compare",
        "Exchange has not reported this change. An ordinary sync does not see it; a complete check does: "
        "vfadmin sync --verify.",
    ),
    "held": QT_TRANSLATE_NOOP(
        "Compare", "So many events would be deleted at once that an administrator decides first."
    ),
    "quarantined": QT_TRANSLATE_NOOP("Compare", "Changing the event on either side tries it again at once."),
    "in-doubt": QT_TRANSLATE_NOOP(
        "Compare", "The next synchronisation first looks whether the write arrived, then goes on."
    ),
    "left-alone": QT_TRANSLATE_NOOP("Compare", "One of the calendars cannot show it, so nothing is written."),
    "servers-way": QT_TRANSLATE_NOOP("Compare", "Writing it again would change nothing."),
}
_UNTIL = QT_TRANSLATE_NOOP("Compare", "At the earliest {time}.")
_WHY = QT_TRANSLATE_NOOP("Compare", "Reason: {reason}.")
_HELD = QT_TRANSLATE_NOOP("Compare", "Waits for a decision: {what}")
_ONLY_VERIFY = QT_TRANSLATE_NOOP("Compare", "By a complete check: {what}")
_NO_TITLE = QT_TRANSLATE_NOOP("Compare", "(no title)")
_DIFFERS_IN = QT_TRANSLATE_NOOP("Compare", "Differs: {fields}")
_NOTHING = "-"
_SELF_EVIDENT = ("new", "edited", "conflict", "held")
"""Reasons that the write or another sentence tells already."""


def _say(text: str) -> str:
    return QCoreApplication.translate("Compare", text)


def group_word(group: str) -> str:
    """What a group of rows is called."""
    return _say(_GROUPS[group])


def mark(row: ComparedRow) -> str:
    """What is the matter with a row; of one that differs in what."""
    if row.group != "differing":
        return group_word(row.group)
    return _say(_DIFFERS_IN).format(fields=_names(field.name for field in row.fields))


def _names(names: Iterable[str]) -> str:
    wanted = set(names)
    others = sorted(wanted.difference(FIELDS))
    ordered = [*(name for name in FIELDS if name in wanted), *others]
    return ", ".join(event_words.field_name(name).lower() for name in ordered)


def title(event: Facts | None, *, private: bool) -> str:
    """The title on one side; empty where there is no event."""
    if event is None:
        return ""
    if private:
        return event_words.field_name("private")
    return str(event.get("title") or "") or _say(_NO_TITLE)


def when(event: Facts | None) -> str:
    """When the event is on one side."""
    if event is None:
        return ""
    start, end = (datetime.fromisoformat(event[name]) for name in ("start", "end"))
    if event.get("all_day"):
        zone = _zone(str(event.get("zone") or ""))
        return event_words.span_between(start.astimezone(zone).date(), end.astimezone(zone).date())
    return event_words.span_between(start, end)


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return UTC


def value(name: str, event: Facts | None) -> str:
    """A field on one side; a dash where there is nothing, as for what is hidden."""
    if event is None or (name != "when" and name not in event):
        return _NOTHING
    return when(event) if name == "when" else run_words.value(name, event)


def told(name: str, found: Any) -> str:  # noqa: ANN401 - whatever JSON has for the field
    """What a field is to become; empty where nothing is written."""
    if found is None:
        return ""
    return when(found) if name == "when" else run_words.value(name, {name: found})


def side_cell(row: ComparedRow, event: Facts | None) -> str:
    """One side's event in a cell: its title, and the fields in which it differs from the other."""
    if event is None:
        return ""
    apart = [field.name for field in row.fields if field.name != "title"]
    shown = [value(name, event) for name in FIELDS if name in apart]
    return " · ".join([title(event, private=row.redacted), *(one for one in shown if one != _NOTHING)])


def resolution(row: ComparedRow) -> str:
    """How it will be resolved, in a few words."""
    told = [_write(one) for one in row.writes]
    writes = "; ".join([*told[:1], *(one[0].lower() + one[1:] for one in told[1:])])
    if not writes or row.resolution not in ("sync", "verify", "held"):
        return _say(_SHORT[row.resolution])
    around = {"held": _HELD, "verify": _ONLY_VERIFY}.get(row.resolution)
    return writes if around is None else _say(around).format(what=writes[0].lower() + writes[1:])


def _write(one: ComparedWrite) -> str:
    return write_word(one.operation, one.side, one.fields)


def write_word(operation: str, side: str, fields: Iterable[str]) -> str:
    """What a write does that is still to come: create, update or delete."""
    named = _names(fields)
    if operation == "update" and not named:
        return _say(_WRITE_ALONE[side])
    return _say(_WRITES[operation, side]).format(fields=named)


def explanation(row: ComparedRow) -> str:
    """The same in whole sentences: what is done, which side wins and why, and when."""
    sentences = [f"{resolution(row)}."]
    for one in row.writes:
        if one.reason == "conflict":
            sentences.append(_say(_WINS[one.side]))
        elif one.reason not in _SELF_EVIDENT:
            sentences.append(_say(_WHY).format(reason=run_words.reason_word(one.reason)))
    if row.note is not None:
        sentences.append(_say(_WHY).format(reason=run_words.reason_word(row.note)))
    if row.resolution in _LONG and (row.writes or row.resolution != "sync"):
        sentences.append(_say(_LONG[row.resolution]))
    if row.until is not None:
        sentences.append(_say(_UNTIL).format(time=absolute(row.until)))
    if row.failure is not None:
        text = explain_failure(row.failure)
        sentences.append(f"{text.message} {text.remedy} ({whole(row.failure.code)})")
    return " ".join(dict.fromkeys(sentences))


def searched(row: ComparedRow) -> str:
    """What a text filter looks into, folded."""
    events = [one for one in (row.valueframe, row.exchange) if one is not None]
    words = [str(one.get(name) or "") for one in events for name in ("title", "location")]
    return "\n".join(words).casefold()
