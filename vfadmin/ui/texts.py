"""Words the screens share: states, times, failures; in the language the window speaks when they are asked."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from vfadmin.errors import Failure
from vfadmin.errors.texts import Text, explain
from vfadmin.ui.marks import QT_TRANSLATE_NOOP
from vfadmin.ui.translations import current

if TYPE_CHECKING:
    from vfadmin.services.rows import ErrorInfo, PersonRow

STATES = ("active", "passive", "error", "unused")
STATE_ICONS = {name: f"state-{name}" for name in STATES}

_STATE_WORDS = {
    "active": QT_TRANSLATE_NOOP("State", "Active"),
    "passive": QT_TRANSLATE_NOOP("State", "Passive"),
    "error": QT_TRANSLATE_NOOP("State", "Error"),
    "unused": QT_TRANSLATE_NOOP("State", "Unused"),
}
_STATE_PLURALS = {
    "active": QT_TRANSLATE_NOOP("StateFilter", "Active"),
    "passive": QT_TRANSLATE_NOOP("StateFilter", "Passive"),
    "error": QT_TRANSLATE_NOOP("StateFilter", "In error"),
    "unused": QT_TRANSLATE_NOOP("StateFilter", "Unused"),
}
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def state_word(state: str) -> str:
    """The state's name as a row says it."""
    return QCoreApplication.translate("State", _STATE_WORDS[state])


def state_plural(state: str) -> str:
    """The state's name as a filter says it."""
    return QCoreApplication.translate("StateFilter", _STATE_PLURALS[state])


def state_words() -> tuple[str, ...]:
    """Every text a row's state can be told by, as long as few events wait."""
    delayed = QCoreApplication.translate("State", "Delayed")
    return (*(state_word(state) for state in STATES), delayed, f"{state_word('active')} (9)")


def short_state(row: PersonRow) -> str:
    """The state for a narrow column, with how many events wait as a bare figure."""
    word = _word(row)
    return f"{word} ({number(row.waiting)})" if row.waiting else word


def row_state(row: PersonRow) -> str:
    """The state of a row with what lies over it: delayed, or events that wait."""
    word = _word(row)
    if row.waiting:
        return QCoreApplication.translate("State", "{state}, {count} waiting").format(
            state=word, count=QLocale().toString(row.waiting)
        )
    return word


def _word(row: PersonRow) -> str:
    return QCoreApplication.translate("State", "Delayed") if row.delayed else state_word(row.state)


def mobile_name(row: PersonRow) -> str:
    """The name of the mobile synchronisation the person uses; empty without one."""
    return {"activesync": "ActiveSync", "syncml": "SyncML"}.get(row.mobile_sync, "")


def mobile_warning(row: PersonRow) -> str:
    """Why the red exclamation mark stands in the row (R18); empty without one."""
    name = mobile_name(row)
    if not name:
        return ""
    text = QCoreApplication.translate(
        "Persons",
        "{name} is in use. Using it together with the Exchange integration is possible but not recommended: "
        "the same events may travel along two ways.",
    ).format(name=name)
    said = [text]
    if row.mobile_sync_used is not None:
        used = QCoreApplication.translate("Persons", "Last used {time}.")
        said.append(used.format(time=absolute(row.mobile_sync_used)))
    return "\n".join([*said, *mobile_source(row)])


def mobile_source(row: PersonRow) -> list[str]:
    """Where it is known from that the person uses one; nothing where another program wrote it."""
    known = row.mobile_sync_from
    if known is None:
        return []
    if known.origin == "hand":
        source = QCoreApplication.translate("Persons", "Source: entered by hand")
    elif known.file:
        source = QCoreApplication.translate("Persons", "Source: the list {file}").format(file=known.file)
    else:
        source = QCoreApplication.translate("Persons", "Source: an imported list")
    day = date(known.at) if known.at is not None else ""
    return [", ".join(one for one in (source, day, known.by) if one)]


def protocol_name(row: PersonRow) -> str:
    """By what the mailbox is synchronised; empty before it was found."""
    return {"ews": "EWS", "graph": "Microsoft Graph"}.get(row.protocol, "")


def absolute(moment: datetime) -> str:
    """A time in full, by the clock on the wall here."""
    return QLocale().toString(_local(moment), QLocale.FormatType.ShortFormat)


def date(moment: datetime) -> str:
    """The day, by the calendar on the wall here."""
    return QLocale().toString(_local(moment).date(), QLocale.FormatType.ShortFormat)


def relative(moment: datetime, now: datetime) -> str:
    """How long ago, while that says more than the date."""
    seconds = int((now - moment).total_seconds())
    if seconds < _MINUTE:
        return QCoreApplication.translate("Time", "just now")
    if seconds < _HOUR:
        return QCoreApplication.translate("Time", "{count} min ago").format(count=seconds // _MINUTE)
    return clock_time(moment, now)


def clock_time(moment: datetime, now: datetime) -> str:
    """A time by the clock: of today and yesterday without the date."""
    local, today = moment.astimezone(), now.astimezone()
    clock = QLocale().toString(_local(moment).time(), QLocale.FormatType.ShortFormat)
    days = (today.date() - local.date()).days
    if days == 0:
        return QCoreApplication.translate("Time", "today {clock}").format(clock=clock)
    if days == 1:
        return QCoreApplication.translate("Time", "yesterday {clock}").format(clock=clock)
    return absolute(moment)


def until(moment: datetime, now: datetime) -> str:
    """When something is due."""
    seconds = int((moment - now).total_seconds())
    if seconds <= 0:
        return QCoreApplication.translate("Time", "at the next round")
    if seconds < _MINUTE:
        return QCoreApplication.translate("Time", "in less than a minute")
    if seconds < _HOUR:
        return QCoreApplication.translate("Time", "in {count} min").format(count=-(-seconds // _MINUTE))
    return absolute(moment)


def number(value: int) -> str:
    """A whole number with the language's group separator."""
    return QLocale().toString(value)


def explain_failure(trouble: Failure | ErrorInfo) -> Text:
    """What is wrong and what to do, in the window's language."""
    return explain(trouble.code, trouble.params, current())


def _local(moment: datetime) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
