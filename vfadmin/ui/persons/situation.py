"""What the selected rows allow, gathered for the actions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from vfadmin.ui.persons.cells import refusal, switch_action
from vfadmin.ui.refusals import Situation, Surroundings

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
    surroundings: Surroundings,
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
        over=dict(Counter(row.protocol for row in known if row.state == "active")),
        surroundings=surroundings,
        last=last,
        undo=undo,
    )
