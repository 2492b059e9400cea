"""How the width of the results is shared out among the columns."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtGui import QFont, QFontMetrics

from vfadmin.ui import texts
from vfadmin.ui.persons import cells
from vfadmin.ui.persons.columns import COLUMNS, At, Column, heading
from vfadmin.ui.persons.delegate import ICON, PADDING, button_width

_HEAD_ROOM, ARROW = 18, 14
_NONE: Mapping[At, int] = MappingProxyType({})
_STATE_ROOM = 2 * PADDING + ICON + 14


def widths(
    font: QFont,
    head: QFont,
    room: int,
    hidden: frozenset[At] = frozenset(),
    fixed: Mapping[At, int] = _NONE,
) -> dict[At, int]:
    """The width of each column that is not hidden, in device-independent pixels.

    Those in ``fixed`` have the width given there. Of the others it holds:
    State words, IDs and buttons are always whole. What is left over goes to the texts; what is missing is
    taken from them, down to their least, so that the buttons stay in sight as long as that is possible.
    """
    metrics = QFontMetrics(font)
    heads = QFontMetrics(head)
    given = {at: width for at, width in fixed.items() if at not in hidden}
    columns = [column for column in COLUMNS if column.at not in hidden | given.keys()]
    wanted = {column.at: _wanted(column, metrics, heads) for column in columns}
    spare = room - sum(wanted.values()) - sum(given.values())
    if spare >= 0:
        shares = max(1, sum(column.share for column in columns))
        return given | {column.at: wanted[column.at] + spare * column.share // shares for column in columns}
    return given | _squeezed(columns, wanted, -spare, metrics.averageCharWidth())


def _squeezed(columns: list[Column], wanted: dict[At, int], missing: int, unit: int) -> dict[At, int]:
    """The widths where so much room is missing: the name by which one knows a row gives way last."""
    squeezed = dict(wanted)
    for last in (False, True):
        give = {
            column.at: max(0, wanted[column.at] - column.least * unit - 2 * PADDING)
            for column in columns
            if column.least and column.last is last
        }
        total = sum(give.values())
        short = min(missing, total)
        for at, most in give.items():
            squeezed[at] -= -(-short * most // max(1, total))
        missing -= short
    return squeezed


def _wanted(column: Column, metrics: QFontMetrics, heads: QFontMetrics) -> int:
    edit, *switch = cells.button_labels()
    if column.at is At.EDIT:
        return button_width(metrics, edit)
    if column.at is At.SWITCH:
        return button_width(metrics, *switch)
    words = texts.state_words() if column.at is At.STATE else ("0" * column.width,)
    room = _STATE_ROOM if column.at is At.STATE else 2 * PADDING
    content = max(metrics.horizontalAdvance(word) for word in words) + room
    return max(content, heads.horizontalAdvance(heading(column)) + _HEAD_ROOM + ARROW)
