"""What a row of a list and a whole load are told by: verdicts, fields, what would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from vfadmin.ui.marks import QT_TRANSLATE_NOOP
from vfadmin.ui.texts import explain_failure, number

if TYPE_CHECKING:
    from vfadmin.errors import Failure
    from vfadmin.services.bulk_import import FieldChange, LoginAnswer, PlannedRow

FIELDS = (
    *("id", "name", "first_name", "last_name", "email", "company", "login"),
    *("calendar", "calendar_name", "activate", "kind", "mobile_sync", "device"),
)
"""What a column can hold, in the order in which it is offered."""

LEFT = "left"
"""The verdict of a row that was not chosen, after the load."""
VERDICTS = ("create", "update", "unchanged", "reject", LEFT)

_FIELDS = {
    "id": QT_TRANSLATE_NOOP("ImportField", "ValueFrame ID"),
    "name": QT_TRANSLATE_NOOP("ImportField", "Name"),
    "first_name": QT_TRANSLATE_NOOP("ImportField", "First name"),
    "last_name": QT_TRANSLATE_NOOP("ImportField", "Last name"),
    "email": QT_TRANSLATE_NOOP("ImportField", "E-mail"),
    "company": QT_TRANSLATE_NOOP("ImportField", "Company"),
    "login": QT_TRANSLATE_NOOP("ImportField", "Login"),
    "calendar": QT_TRANSLATE_NOOP("ImportField", "Calendar"),
    "calendar_name": QT_TRANSLATE_NOOP("ImportField", "Calendar name"),
    "activate": QT_TRANSLATE_NOOP("ImportField", "Activate"),
    "kind": QT_TRANSLATE_NOOP("ImportField", "Kind"),
    "mobile_sync": QT_TRANSLATE_NOOP("ImportField", "Mobile sync"),
    "device": QT_TRANSLATE_NOOP("ImportField", "Mobile device"),
}
_VALUES = {
    ("calendar", "default"): QT_TRANSLATE_NOOP("ImportValue", "default calendar"),
    ("calendar", "new"): QT_TRANSLATE_NOOP("ImportValue", "new calendar"),
    ("kind", "person"): QT_TRANSLATE_NOOP("ImportValue", "person"),
    ("kind", "resource"): QT_TRANSLATE_NOOP("ImportValue", "resource"),
    ("mobile_sync", "none"): QT_TRANSLATE_NOOP("ImportValue", "not in use"),
    ("mobile_sync", "activesync"): "ActiveSync",
    ("mobile_sync", "syncml"): "SyncML",
}
_VERDICTS = {
    "create": QT_TRANSLATE_NOOP("ImportVerdict", "Add"),
    "update": QT_TRANSLATE_NOOP("ImportVerdict", "Change"),
    "unchanged": QT_TRANSLATE_NOOP("ImportVerdict", "Unchanged"),
    "reject": QT_TRANSLATE_NOOP("ImportVerdict", "Rejected"),
    LEFT: QT_TRANSLATE_NOOP("ImportVerdict", "Left out"),
}
_DONE = {
    **_VERDICTS,
    "create": QT_TRANSLATE_NOOP("ImportVerdict", "Added"),
    "update": QT_TRANSLATE_NOOP("ImportVerdict", "Changed"),
}
_REMEDIES = {
    "VF-IMPORT-02": QT_TRANSLATE_NOOP(
        "ImportRemedy",
        "Add a row with the headings of the columns at the top of the list (ValueFrame ID, Name, E-mail, "
        "Company, Login). The empty list has them ready.",
    ),
    "VF-IMPORT-21": QT_TRANSLATE_NOOP(
        "ImportRemedy", "The latest imports stand below the place to drop a list."
    ),
    "VF-IMPORT-23": QT_TRANSLATE_NOOP("ImportRemedy", "Nothing needs to be done."),
}
_ICONS = {
    "create": ("add", "good"),
    "update": ("edit", "accent_text"),
    "unchanged": ("same", "muted"),
    "reject": ("state-error", "bad"),
    LEFT: ("state-unused", "muted"),
}


@dataclass(frozen=True, slots=True)
class Sums:
    """What the chosen rows come to, and how many are not among them."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    activated: int = 0
    rejected: int = 0
    left: int = 0

    @property
    def writing(self) -> int:
        """How many persons would be written."""
        return self.created + self.updated


def sums_of(rows: Sequence[PlannedRow], left: Collection[int], rejected: int) -> Sums:
    """What the rows come to but those left out, ``rejected`` of all being rejected."""
    chosen = [row for row in rows if row.row not in left] if left else rows
    found = Counter(str(row.verdict) for row in chosen)
    created, updated, unchanged = (found[verdict] for verdict in ("create", "update", "unchanged"))
    out = len(rows) - rejected - created - updated - unchanged
    return Sums(created, updated, unchanged, sum(row.activates for row in chosen), rejected, out)


def remedy_words(failure: Failure) -> str:
    """What to do in this window, where the text for all faces speaks of commands."""
    remedy = _REMEDIES.get(failure.code)
    if remedy is None:
        return explain_failure(failure).remedy
    return QCoreApplication.translate("ImportRemedy", remedy)


def field_word(field: str) -> str:
    """The field's name; one that is not ours stays as it is."""
    return QCoreApplication.translate("ImportField", _FIELDS[field]) if field in _FIELDS else field


def verdict_word(verdict: str, *, done: bool) -> str:
    """What becomes of a row, or became of it."""
    return QCoreApplication.translate("ImportVerdict", (_DONE if done else _VERDICTS)[verdict])


def verdict_look(verdict: str) -> tuple[str, str]:
    """The verdict's icon, and the name of its colour in `Shades`."""
    return _ICONS[verdict]


def value_word(field: str, value: str) -> str:
    """A value as people say it."""
    word = _VALUES.get((field, value))
    return value if word is None else QCoreApplication.translate("ImportValue", word)


def change_words(change: FieldChange) -> str:
    """One change, old and new."""
    old, new = (value_word(change.field, one) for one in (change.old, change.new))
    if not old:
        return _say("{field}: {new}").format(field=field_word(change.field), new=new)
    return _say("{field}: {old} → {new}").format(field=field_word(change.field), old=old, new=new)


def what_words(row: PlannedRow, answer: LoginAnswer | None, *, done: bool) -> str:
    """What the row would do, or did, or why not, and whether its mailbox was found, on one line."""
    if row.failure is not None:
        return explain_failure(row.failure).message
    activated = _say("activated") if done else _say("will be activated")
    created = row.verdict == "create"
    said = [_say("New person")] if created else [change_words(one) for one in row.changes]
    if row.activates:
        said.append(activated)
    if answer is not None:
        heard = _say("mailbox found") if answer.ok else _say("mailbox uncertain")
        said.append(heard if said else heard[:1].upper() + heard[1:])
    return "; ".join(said) or _say("Nothing to change")


def answer_look(answer: LoginAnswer) -> tuple[str, str]:
    """The icon of what Exchange said of a login, and the name of its colour in `Shades`."""
    if answer.ok:
        return "check", "good"
    return ("close", "bad") if answer.certain else ("warning", "warn")


def answer_words(answer: LoginAnswer | None) -> list[str]:
    """What Exchange said of a login, and what to do if that was not certain; nothing if it was not asked."""
    if answer is None:
        return []
    if answer.failure is None:
        return [
            _say("Exchange: the mailbox {mailbox} is there.").format(mailbox=answer.mailbox or answer.login)
        ]
    text = explain_failure(answer.failure)
    said = _say("Exchange: {reason}").format(reason=text.message)
    return (
        [said, text.remedy] if answer.certain else [said, _say("That is not certain; ask again in a moment.")]
    )


def detail_words(row: PlannedRow, answer: LoginAnswer | None, *, done: bool) -> str:
    """The row in full, a line for each thing there is to say."""
    head = _say("Row {row}: {name}").format(row=number(row.row), name=row.name or _say("no name"))
    heard = answer_words(answer) if row.failure is None else []
    return "\n".join([head, _details(row, done=done), *heard])


def _details(row: PlannedRow, *, done: bool) -> str:
    if row.failure is not None:
        text = explain_failure(row.failure)
        return "\n".join([_where(row), text.message, f"{text.remedy} ({row.failure.code})"])
    lines = [change_words(one) for one in row.changes]
    if row.activates:
        was, will = _say("The integration was activated."), _say("The integration will be activated.")
        lines.append(was if done else will)
    return "\n".join(lines) or _say("Nothing to change")


def _where(row: PlannedRow) -> str:
    """The cell that is the reason; a list may also lack the column."""
    column = row.column or ""
    if row.value:
        return _say("Column {column}: {value}").format(column=column, value=row.value)
    return _say("Column {column}: empty").format(column=field_word(column))


def field_of(row: PlannedRow, columns: Mapping[str, str]) -> str | None:
    """The field whose cell is the reason of a rejection."""
    return next((field for field, title in columns.items() if title == row.column), None)


def listed(names: Sequence[str], most: int = 3) -> str:
    """The first few of the names."""
    shown = ", ".join(names[:most])
    return f"{shown}, …" if len(names) > most else shown


def _say(text: str) -> str:
    return QCoreApplication.translate("ImportRow", text)


_TEXTS = (
    QT_TRANSLATE_NOOP("ImportRow", "{field}: {new}"),
    QT_TRANSLATE_NOOP("ImportRow", "{field}: {old} → {new}"),
    QT_TRANSLATE_NOOP("ImportRow", "Row {row}: {name}"),
    QT_TRANSLATE_NOOP("ImportRow", "no name"),
    QT_TRANSLATE_NOOP("ImportRow", "mailbox found"),
    QT_TRANSLATE_NOOP("ImportRow", "mailbox uncertain"),
    QT_TRANSLATE_NOOP("ImportRow", "Exchange: the mailbox {mailbox} is there."),
    QT_TRANSLATE_NOOP("ImportRow", "Exchange: {reason}"),
    QT_TRANSLATE_NOOP("ImportRow", "That is not certain; ask again in a moment."),
    QT_TRANSLATE_NOOP("ImportRow", "activated"),
    QT_TRANSLATE_NOOP("ImportRow", "will be activated"),
    QT_TRANSLATE_NOOP("ImportRow", "New person"),
    QT_TRANSLATE_NOOP("ImportRow", "Nothing to change"),
    QT_TRANSLATE_NOOP("ImportRow", "Column {column}: {value}"),
    QT_TRANSLATE_NOOP("ImportRow", "Column {column}: empty"),
    QT_TRANSLATE_NOOP("ImportRow", "The integration will be activated."),
    QT_TRANSLATE_NOOP("ImportRow", "The integration was activated."),
)
"""What `_say` says, where Qt's extraction tool finds it."""
