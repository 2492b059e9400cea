"""The columns of the results in the order of R22: one declared object each, for header, cells and sort."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QCoreApplication

from vfadmin.ui.marks import QT_TRANSLATE_NOOP


class At(IntEnum):
    """Where a column stands."""

    STATE = 0
    MOBILE = 1
    ID = 2
    NAME = 3
    EMAIL = 4
    LOGIN = 5
    SYNCED = 6
    EDIT = 7
    SWITCH = 8


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    ``sort`` names what it sorts by, empty if it does not; ``width`` is in characters, ``share`` its part of
    what is left over, ``least`` how few characters it may shrink to where room is short (0: not at all),
    ``last`` whether it does so only once no other column can.
    """

    at: At
    heading: str
    spoken: str
    sort: str
    width: int
    share: int = 0
    least: int = 0
    last: bool = False


COLUMNS: tuple[Column, ...] = (
    Column(At.STATE, QT_TRANSLATE_NOOP("Column", "State"), "", "state", 0),
    Column(
        At.MOBILE,
        QT_TRANSLATE_NOOP("Column", "AS"),
        QT_TRANSLATE_NOOP("Column", "ActiveSync"),
        "mobile_sync",
        0,
    ),
    Column(At.ID, QT_TRANSLATE_NOOP("Column", "ID"), QT_TRANSLATE_NOOP("Column", "ValueFrame ID"), "id", 6),
    Column(At.NAME, QT_TRANSLATE_NOOP("Column", "Name"), "", "name", 16, 4, 11, last=True),
    Column(At.EMAIL, QT_TRANSLATE_NOOP("Column", "E-mail"), "", "email", 10, 7, 7),
    Column(At.LOGIN, QT_TRANSLATE_NOOP("Column", "Login"), "", "login", 14, 5, 11),
    Column(At.SYNCED, QT_TRANSLATE_NOOP("Column", "Last synchronised"), "", "last_synced", 14, 0, 15),
    Column(At.EDIT, "", QT_TRANSLATE_NOOP("Column", "Edit"), "", 0),
    Column(At.SWITCH, "", QT_TRANSLATE_NOOP("Column", "Activate or passivate"), "", 0),
)


def heading(column: Column) -> str:
    """The heading as it is shown."""
    return QCoreApplication.translate("Column", column.heading) if column.heading else ""


def spoken(column: Column) -> str:
    """The heading as it is read out and explained."""
    return QCoreApplication.translate("Column", column.spoken) if column.spoken else heading(column)
