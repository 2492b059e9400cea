"""Several writes in one request: each has an answer of its own (MS-OXWSCORE 3.1.4.2, 3.1.4.9)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from vfadmin.calendars.base import Draft, Written
from vfadmin.calendars.ews.errors import Context, EwsFault, build, error_for, failure_for, translated
from vfadmin.calendars.ews.read import item_identity
from vfadmin.calendars.ews.soap import UNPROCESSED, Message
from vfadmin.errors import CalendarError, Scope

MOST = 50
"""Writes to a request: a batch of Exchange's own tools, and an answer well below the time limit."""
_TEXT = 250_000
"""Characters of texts to a request: far below what any server takes at once."""
_TOO_LARGE = "EX-CONN-11"

_Outcome = Written | CalendarError
_Made = etree._Element  # noqa: SLF001 - what lxml calls its elements


@dataclass(frozen=True, slots=True)
class Means:
    """What a calendar does for it.

    ``make`` gives a write's element in a request, or None where more than that one request is needed;
    ``send`` sends those of several; ``alone`` does one by itself, ``told`` says what a write left behind.
    """

    make: Callable[[Draft], _Made | None]
    send: Callable[[Sequence[Draft], Sequence[_Made]], Sequence[Message]]
    alone: Callable[[Draft], Written]
    told: Callable[[Draft, str, str], Written]
    context: Context


class _StoppedError(Exception):
    """Nothing more can be written now; it concerns every write whose outcome is not known."""

    def __init__(self, error: CalendarError) -> None:
        super().__init__()
        self.error = error


class Batch:
    """Several writes on their way, creates or updates, and what became of each until now."""

    def __init__(self, drafts: Sequence[Draft], means: Means) -> None:
        self._drafts = drafts
        self._means = means
        self._outcomes: dict[int, _Outcome] = {}

    def outcomes(self) -> list[_Outcome]:
        """Write, and answer what became of each in their order. Never raises a CalendarError."""
        found = self._outcomes
        try:
            made = self._made()
            for portion in _portions(self._drafts, [place for place in made if made[place] is not None]):
                self._together(portion, made)
            for place in range(len(self._drafts)):
                if place not in found:
                    self._alone(place)
        except _StoppedError as stopped:
            return [found.get(place, stopped.error) for place in range(len(self._drafts))]
        return [found[place] for place in range(len(self._drafts))]

    def _made(self) -> dict[int, _Made | None]:
        made: dict[int, _Made | None] = {}
        for place, draft in enumerate(self._drafts):
            try:
                made[place] = self._means.make(draft)
            except CalendarError as error:
                self._note(place, error)
        return made

    def _together(self, places: Sequence[int], made: dict[int, _Made | None]) -> None:
        """One request; what it leaves open is asked again with less, or left for a request of its own."""
        elements = [one for place in places if (one := made[place]) is not None]
        try:
            messages = self._sent([self._drafts[place] for place in places], elements)
        except CalendarError as error:
            about_one = error.failure.scope is Scope.ITEM
            if len(places) > 1 and error.failure.code == _TOO_LARGE:
                middle = len(places) // 2
                self._together(places[:middle], made)
                self._together(places[middle:], made)
            elif len(places) == 1 or not about_one:
                self._note(places[0], error)
            return  # of a request refused as a whole for one of them, each goes alone
        rest = [place for place, one in zip(places, messages, strict=True) if _is_unprocessed(one)]
        for place, message in zip(places, messages, strict=True):
            if place not in rest:
                self._note(place, self._outcome(self._drafts[place], message))
        if len(rest) < len(places) and rest:
            self._together(rest, made)

    def _sent(self, drafts: Sequence[Draft], elements: Sequence[_Made]) -> Sequence[Message]:
        with translated(self._means.context):
            messages = self._means.send(drafts, elements)
        if len(messages) != len(drafts) or _astray(drafts, messages):
            # Which answer is whose nobody can say; the items themselves will tell, by key and stamp.
            raise CalendarError(build("EX-UNKNOWN-01", self._means.context, detail="EmptyAnswer"))
        return messages

    def _outcome(self, draft: Draft, message: Message) -> _Outcome:
        try:
            item_id, version = item_identity(message.first())
        except EwsFault as fault:
            return error_for(failure_for(fault, self._means.context))
        if item_id:
            return self._means.told(draft, item_id, version)
        # It was written, but under an id nobody told: the next run looks for its mark.
        return error_for(failure_for(EwsFault("EmptyAnswer"), self._means.context))

    def _alone(self, place: int) -> None:
        try:
            self._note(place, self._means.alone(self._drafts[place]))
        except CalendarError as error:
            self._note(place, error)

    def _note(self, place: int, outcome: _Outcome) -> None:
        if isinstance(outcome, CalendarError) and _stops(outcome):
            raise _StoppedError(outcome)
        self._outcomes[place] = outcome


def _stops(error: CalendarError) -> bool:
    return error.failure.scope is not Scope.ITEM and error.failure.code != _TOO_LARGE


def _is_unprocessed(message: Message) -> bool:
    return message.fault is not None and message.fault.code == UNPROCESSED


def _astray(drafts: Sequence[Draft], messages: Sequence[Message]) -> bool:
    """Whether an answer names the item of another question."""
    asked = {draft.id for draft in drafts}
    answers = ((draft.id, named(one)) for draft, one in zip(drafts, messages, strict=True) if draft.id)
    return any(name != own and name in asked for own, name in answers)


def named(message: Message) -> str:
    """The id of the item that an answer shows; empty where it shows none."""
    try:
        return item_identity(message.first())[0]
    except EwsFault:
        return ""


def _portions(drafts: Sequence[Draft], places: Sequence[int]) -> Iterator[list[int]]:
    """Those of one kind in a row, as many as one request may carry."""
    portion: list[int] = []
    length = 0
    for place in places:
        draft = drafts[place]
        other = bool(portion) and (drafts[portion[0]].id is None) != (draft.id is None)
        if portion and (other or len(portion) == MOST or length + len(draft.event.text) > _TEXT):
            yield portion
            portion, length = [], 0
        portion.append(place)
        length += len(draft.event.text)
    if portion:
        yield portion
