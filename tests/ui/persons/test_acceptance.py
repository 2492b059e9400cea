"""Another mailbox behind a login, accepted in the window after a look at what would happen (R30)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.ui.conftest import House, Shown
from tests.ui.persons.test_work import some, state
from vfadmin.models import Integration
from vfadmin.simulator import MailboxSpec, Simulator, SimulatorConfig
from vfadmin.ui.confirm import Question
from vfadmin.ui.persons.columns import At
from vfadmin.ui.widgets import unbroken


@pytest.fixture
def held(house: House) -> int:
    """A person who waits because of another mailbox, chosen before the window opens."""
    (person,) = some(lambda one: one.state == "error")
    with house.store.write() as session:
        session.execute(
            update(Integration)
            .where(Integration.person_id == person)
            .values(error_code="EX-MBX-07", error_params={}, mailbox=None, login="uusi@example.test")
        )
    return person


@pytest.fixture
def mailbox(house: House) -> Iterator[Simulator]:
    """The mailbox that is behind the login now, with one event in it."""
    with Simulator(SimulatorConfig(mailboxes=(MailboxSpec("uusi@example.test"),))) as simulator:
        house.services.connections.set(
            protocol="ews",
            url=simulator.ews_url,
            account=simulator.account,
            auth="basic",
            server_version="2016",
            ca_file=str(simulator.ca_file),
        )
        house.services.secrets.write("ews", simulator.password)
        yield simulator


def ask(shown: Shown, person: int) -> Question:
    shown.screen.view.go_to(person, At.NAME)
    shown.screen.act("resume")
    question = shown.screen.findChild(Question)
    assert isinstance(question, Question)
    return question


def test_r30_the_mailbox_is_accepted_after_its_outcome_was_shown(
    held: int, mailbox: Simulator, shown: Shown, house: House
) -> None:
    begins = house.services.events._clock() + timedelta(days=3)
    mailbox.outlook("uusi@example.test").create(
        subject="Outlookista", start=begins, end=begins + timedelta(hours=1)
    )
    question = ask(shown, held)
    assert len(question.box.buttons()) == 2, "nothing to accept before there is something to see"
    assert question.box.defaultButton() is question.no
    shown.wait(lambda: len(question.box.buttons()) == 3)
    assert "ValueFrameen 1" in question.box.informativeText()
    (accept,) = [one for one in question.box.buttons() if one not in (question.yes, question.no)]
    assert accept.text() == "Hyväksy postilaatikko"
    accept.click()
    shown.wait(lambda: state(shown, held) == "active")
    (entry, *_) = house.services.history.audit(held)
    assert entry.after is not None
    assert entry.after["accept_mailbox"] is True


def test_r30_without_a_look_nothing_can_be_accepted(held: int, shown: Shown, house: House) -> None:
    question = ask(shown, held)
    shown.wait(lambda: "EX-CONN-10" in unbroken(question.box.informativeText()))
    assert "joten postilaatikkoa ei voi nyt hyväksyä" in question.box.informativeText()
    assert len(question.box.buttons()) == 2
    assert question.yes.text() == "Tarkista uudelleen"
    question.yes.click()
    shown.wait(lambda: state(shown, held) == "active")
    (entry, *_) = house.services.history.audit(held)
    assert entry.after is not None
    assert "accept_mailbox" not in entry.after


def test_r30_the_others_of_a_selection_are_resumed_at_once(held: int, shown: Shown, house: House) -> None:
    other = next(one for one in some(lambda one: one.state == "error", 2) if one != held)
    shown.screen.view.select_ids([held, other], held)
    shown.screen.act("resume")
    shown.wait(lambda: state(shown, other) == "active")
    assert state(shown, held) == "error"
    question = shown.screen.findChild(Question)
    assert isinstance(question, Question)
    question.no.click()
    assert house.services.directory.person(held).state == "error"
