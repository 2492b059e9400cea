"""What each action means for one integration: first judged, then done (R12, R23, R24, R30).

The judgement changes nothing, so it also answers previews. What is done happens in the caller's
transaction, together with its audit entry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from vfadmin.errors import Failure, Params, failure
from vfadmin.models import CalendarChoice, Integration, Pair, Person, PersonKind, State
from vfadmin.models.people import login_key, search_text
from vfadmin.sync import takeout
from vfadmin.sync.forget import forget_mailbox, forget_troubles, leave_folder, match_anew
from vfadmin.sync.moved import let_go


class Action(StrEnum):
    """What an admin does to an integration."""

    ACTIVATE = "activate"
    PASSIVATE = "passivate"
    RESUME = "resume"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether an action changes the row, or why it cannot."""

    changes: bool
    failure: Failure | None = None


NOTHING_TO_DO = Judgement(changes=False)
WILL_CHANGE = Judgement(changes=True)


def shown(person: Person) -> str:
    """The person as messages name them."""
    return f"{person.name} ({person.id})"


def state_of(integration: Integration | None) -> State:
    """The state; no row means *unused*."""
    return State.UNUSED if integration is None else State(integration.state)


def judge(
    action: Action, person: Person, integration: Integration | None, login: str | None = None
) -> Judgement:
    """What the action would do to the row; ``login`` is one that is entered with it."""
    state = state_of(integration)
    if action is Action.REMOVE:
        return NOTHING_TO_DO if state is State.UNUSED else WILL_CHANGE
    if action is Action.PASSIVATE:
        return _judge_passivate(person, state)
    if not person.active:
        # Before the state: who left may still stand as active here, and that is no success (R30).
        return Judgement(changes=False, failure=failure("VF-LOGIN-04", person=shown(person)))
    if action is Action.RESUME:
        return _judge_resume(person, integration, state)
    return _judge_activate(person, state, login or (integration.login if integration is not None else ""))


def _judge_activate(person: Person, state: State, login: str) -> Judgement:
    if state is State.ERROR:
        return _refused(Action.ACTIVATE, person, state)
    return NOTHING_TO_DO if state is State.ACTIVE else _judge_work(person, login)


def _judge_passivate(person: Person, state: State) -> Judgement:
    if state is State.UNUSED:
        return _refused(Action.PASSIVATE, person, state)
    return NOTHING_TO_DO if state is State.PASSIVE else WILL_CHANGE


def _judge_resume(person: Person, integration: Integration | None, state: State) -> Judgement:
    if integration is None or state in {State.PASSIVE, State.UNUSED}:
        return _refused(Action.RESUME, person, state)
    if state is State.ACTIVE and integration.failing_since is None:
        return NOTHING_TO_DO
    return _judge_work(person, integration.login)


def _judge_work(person: Person, login: str) -> Judgement:
    """Whether the row of an active person may be put to work at all."""
    if not login:
        return Judgement(changes=False, failure=failure("VF-LOGIN-01", person=shown(person)))
    return WILL_CHANGE


def _refused(action: Action, person: Person, state: State) -> Judgement:
    return Judgement(changes=False, failure=state_failure(action, person, state))


def state_failure(action: str, person: Person, state: State) -> Failure:
    """The failure of what is not possible in that state."""
    return failure("VF-STATE-01", person=shown(person), state=state.value, action=str(action))


def integration_for(session: Session, person: Person, integration: Integration | None) -> Integration:
    """The integration's row, made if the person has none yet."""
    if integration is None:
        integration = new_integration(person.id)
        session.add(integration)
    return integration


def new_integration(person_id: int) -> Integration:
    """The row of somebody who has none yet; every column of an admin's has a value."""
    return Integration(
        person_id=person_id,
        login="",
        login_key=None,
        state=State.UNUSED,
        calendar=CalendarChoice.DEFAULT,
        calendar_name="ValueFrame",
        generation=1,
        fence=0,
        attempts=0,
        error_code=None,
        error_params={},
        error_since=None,
        failing_since=None,
        next_run_at=None,
        version=0,
    )


def perform(
    session: Session, action: Action, person: Person, integration: Integration, now: datetime
) -> None:
    """Do what was judged to change the row."""
    _DO[action](session, person, integration, now)
    integration.version += 1


def enter_login(person: Person, integration: Integration, login: str, now: datetime) -> None:
    """Write a checked login. Another one on a live row makes the engine look the mailbox up anew (R30).

    ``mailbox_identity`` stays: the engine compares, and holds everything if another mailbox is behind it.
    """
    key = login_key(login) or None
    moved = key != integration.login_key
    integration.login, integration.login_key = login, key
    person.search_text = search_text(person_id=person.id, name=person.name, email=person.email, login=login)
    integration.version += 1
    if moved and state_of(integration) is not State.UNUSED:
        integration.mailbox = None
        match_anew(integration)
        if integration.state == State.ACTIVE:
            _due_at_once(person, integration, now)


def choose_calendar(session: Session, integration: Integration, calendar: CalendarChoice, name: str) -> None:
    """Write the choice of R2. Another folder is looked up and matched before anything is written to it."""
    moved = moves_calendar(integration, calendar, name)
    integration.calendar, integration.calendar_name = calendar, name
    integration.version += 1
    if moved:
        integration.folder_identity = None
        leave_folder(session, integration.person_id)
        if state_of(integration) is not State.UNUSED:
            match_anew(integration)


def moves_calendar(integration: Integration, calendar: CalendarChoice, name: str) -> bool:
    """Whether the choice means another folder; the name means nothing to the default calendar."""
    if calendar != integration.calendar:
        return True
    return calendar == CalendarChoice.NEW and name != integration.calendar_name


def is_paired(session: Session, person_id: int) -> bool:
    """Whether anything is paired, which ties the integration to the folder it is in."""
    return session.scalar(select(exists().where(Pair.person_id == person_id))) is True


def facts(integration: Integration | None) -> dict[str, Any]:
    """What the audit trail says of an integration."""
    if integration is None:
        return {
            "state": State.UNUSED.value,
            "login": "",
            "calendar": CalendarChoice.DEFAULT.value,
            "calendar_name": "ValueFrame",
            "error": None,
            "delayed_since": None,
        }
    since = integration.failing_since
    return {
        "state": str(integration.state),
        "login": integration.login,
        "calendar": str(integration.calendar),
        "calendar_name": integration.calendar_name,
        "error": integration.error_code,
        "delayed_since": None if since is None else since.isoformat(),
    }


def stop_again(integration: Integration, code: str, params: Params, since: datetime | None) -> None:
    """Let a row that rests stand stopped by an error once more, as it did before it was passivated."""
    integration.state = State.ERROR
    integration.error_code, integration.error_params, integration.error_since = code, dict(params), since
    integration.fence += 1  # as where it rests: what is being taken out meanwhile ends
    integration.version += 1


def put_to_work(person: Person, integration: Integration, now: datetime) -> None:
    """Activate what was judged to be, where nothing is being taken out of the mailbox."""
    integration.state = State.ACTIVE
    _due_at_once(person, integration, now)
    integration.version += 1


def take_out(session: Session, person: Person, integration: Integration, now: datetime) -> bool:
    """End the synchronisation and have the engine take out of the mailbox what ValueFrame brought.

    The integration rests meanwhile and is removed when that is done; False where it can be removed at once.
    """
    _rest(session, person, integration, now)
    integration.version += 1
    return takeout.ask(session, integration.person_id, now)


def _work(session: Session, person: Person, integration: Integration, now: datetime) -> None:
    if takeout.is_asked(session, person.id):
        # It may be half done: what was taken out by then was deleted by no person, and comes back.
        let_go(session, integration)
    integration.state = State.ACTIVE
    _due_at_once(person, integration, now)


def _rest(_session: Session, _person: Person, integration: Integration, _now: datetime) -> None:
    integration.state = State.PASSIVE
    forget_troubles(integration)
    # A cycle under way holds the former fence: nothing it still reports can undo this.
    integration.fence += 1


def _take_away(session: Session, _person: Person, integration: Integration, _now: datetime) -> None:
    forget_mailbox(session, integration)


def _due_at_once(person: Person, integration: Integration, now: datetime) -> None:
    forget_troubles(integration)
    # A resource's own events are never synchronised (R10), so it is never due.
    integration.next_run_at = None if person.kind == PersonKind.RESOURCE else now


_DO: dict[Action, Callable[[Session, Person, Integration, datetime], None]] = {
    Action.ACTIVATE: _work,
    Action.RESUME: _work,
    Action.PASSIVATE: _rest,
    Action.REMOVE: _take_away,
}
