"""What the selected rows allow, gathered for the actions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from vfadmin.ui.actions import Situation
from vfadmin.ui.persons.cells import refusal, switch_action

if TYPE_CHECKING:
    from vfadmin.services.rows import PersonRow

SAMPLE = 1000
"""So many selected rows are looked at; of more, an action is offered and each row is judged when it runs."""


def survey(
    ids: Sequence[int],
    rows: Iterable[PersonRow],
    *,
    ready: bool,
    busy: bool,
    engine: bool,
    module: bool,
    connected: bool,
    last: str,
    undo: str,
) -> Situation:
    """The situation of a selection; ``rows`` are those of it that were read."""
    known = list(rows)
    return Situation(
        selected=len(ids),
        states=dict(Counter(str(row.state) for row in known)),
        unread=len(ids) - len(known),
        without_login=sum(switch_action(row) == "activate" and bool(refusal(row)) for row in known),
        ready=ready,
        busy=busy,
        engine=engine,
        module=module,
        connected=connected,
        last=last,
        undo=undo,
    )
