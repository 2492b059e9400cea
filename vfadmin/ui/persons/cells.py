"""What a cell says: text, explanation, what a screen reader hears. Pure, so every sentence has its test."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt

from vfadmin.ui import texts
from vfadmin.ui.actions import SPECS
from vfadmin.ui.persons.columns import COLUMNS, At, spoken

if TYPE_CHECKING:
    from vfadmin.services.rows import PersonRow

Clock = Callable[[], datetime]
Role = Qt.ItemDataRole
_SWITCH_ACTIONS = {"active": "passivate", "passive": "activate", "unused": "activate", "error": "resume"}


def data(row: PersonRow, at: At, role: int, clock: Clock) -> str | None:
    """One cell in one role; None where the role has nothing to say."""
    if role == Role.DisplayRole:
        return display(row, at, clock())
    if role == Role.EditRole:
        return row.login if at is At.LOGIN else display(row, at, clock())
    if role == Role.ToolTipRole:
        return tooltip(row, at)
    if role == Role.AccessibleTextRole:
        return accessible(row, at, clock())
    if role == Role.AccessibleDescriptionRole:
        return tooltip(row, at)
    return None


def display(row: PersonRow, at: At, now: datetime) -> str:  # noqa: PLR0911 - one for each column
    """The text painted in the cell."""
    match at:
        case At.STATE:
            return texts.short_state(row)
        case At.MOBILE:
            return ""
        case At.ID:
            return str(row.id)
        case At.NAME:
            return row.name
        case At.EMAIL:
            return row.email
        case At.LOGIN:
            return row.login
        case At.SYNCED:
            return texts.relative(row.last_synced, now) if row.last_synced else ""
        case At.EDIT:
            return SPECS["form"].button()
        case At.SWITCH:
            return switch_word(row)


def words(row: PersonRow, at: At, now: datetime) -> str:
    """The cell where there are no pictures, such as in another program: what is an icon becomes a word."""
    return texts.mobile_name(row) if at is At.MOBILE else display(row, at, now)


def note(row: PersonRow, at: At) -> str:
    """What stands muted in a cell that has no text of its own, or behind it."""
    if at is At.LOGIN and not row.login:
        return QCoreApplication.translate("Persons", "enter login")
    if at is At.SYNCED and row.kind == "resource":
        return QCoreApplication.translate("Persons", "links only")
    if at is At.NAME:
        return describe(row)
    return ""


def describe(row: PersonRow) -> str:
    """What is special about the person; empty for an ordinary one."""
    if row.kind == "resource":
        return QCoreApplication.translate("Persons", "resource")
    if not row.person_active:
        return QCoreApplication.translate("Persons", "inactive")
    return ""


def tooltip(row: PersonRow, at: At) -> str | None:  # noqa: PLR0911 - one for each column
    """The explanation of the cell."""
    match at:
        case At.STATE:
            return _why(row)
        case At.ID:
            return str(row.id)
        case At.MOBILE:
            return texts.mobile_warning(row) or None
        case At.SYNCED:
            return _when(row)
        case At.NAME:
            return f"{row.name}\n{row.company}" if row.company else row.name
        case At.EMAIL:
            return row.email or None
        case At.LOGIN:
            return row.login or QCoreApplication.translate("Persons", "Click to enter the login.")
        case At.EDIT:
            return SPECS["form"].tip()
        case At.SWITCH:
            return refusal(row) or None


def accessible(row: PersonRow, at: At, now: datetime) -> str:
    """What is read out for the cell: column, then content."""
    if at is At.MOBILE:
        content = texts.mobile_name(row) or QCoreApplication.translate("Persons", "not in use")
    elif at is At.STATE:
        content = texts.row_state(row)
    elif at in (At.EDIT, At.SWITCH):
        return f"{display(row, at, now)}: {row.name}"
    else:
        content = display(row, at, now) or note(row, at) or QCoreApplication.translate("Persons", "empty")
    return f"{spoken(COLUMNS[at])}: {content}"


def switch_action(row: PersonRow) -> str:
    """What the last button of the row does."""
    return _SWITCH_ACTIONS[row.state]


def switch_word(row: PersonRow) -> str:
    """What the last button of the row says."""
    return SPECS[switch_action(row)].button()


def button_labels() -> tuple[str, ...]:
    """What the buttons can say: first that of the form, then those of the last column."""
    return tuple(SPECS[key].button() for key in ("form", "activate", "passivate", "resume"))


def refusal(row: PersonRow) -> str:
    """Why the last button of the row cannot be pressed; empty when it can."""
    if switch_action(row) != "activate":
        return ""
    if not row.login:
        return QCoreApplication.translate("Persons", "Enter the login first.")
    if not row.person_active:
        return QCoreApplication.translate("Persons", "The person is inactive in ValueFrame.")
    return ""


def _why(row: PersonRow) -> str:
    if not row.waiting:
        return _why_in_state(row)
    waiting = QCoreApplication.translate("Persons", "Events that wait: {count}")
    return f"{_why_in_state(row)}\n{waiting.format(count=texts.number(row.waiting))}"


def _why_in_state(row: PersonRow) -> str:
    if row.error is not None:
        text = texts.explain_failure(row.error)
        return f"{text.message}\n{text.remedy}\n{row.error.code}"
    if row.delayed and row.failing_since is not None:
        return QCoreApplication.translate(
            "Persons",
            "The connection has failed since {time}. Trying again by itself; nothing needs to be done.",
        ).format(time=texts.absolute(row.failing_since))
    return {
        "active": QCoreApplication.translate("Persons", "The integration is on and working."),
        "passive": QCoreApplication.translate("Persons", "The integration was switched off by hand."),
        "error": QCoreApplication.translate("Persons", "The integration stopped on an error."),
        "unused": QCoreApplication.translate("Persons", "The integration has not been activated."),
    }[row.state]


def _when(row: PersonRow) -> str | None:
    if row.kind == "resource":
        return QCoreApplication.translate(
            "Persons",
            "A resource's own events are not synchronised, only its links to other people's events. "
            "That is why there is no time here.",
        )
    return texts.absolute(row.last_synced) if row.last_synced else None
