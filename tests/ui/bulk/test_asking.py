"""Asking Exchange about the logins of a list, from the screen (R26, R6)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from tests.services.customer import exchange_of
from tests.ui.bulk.journey import Import, chip_counts, held, opened
from tests.ui.conftest import House, Shown
from tests.ui.lists import write_list
from tests.ui.persons.test_exporting import Chooser
from tests.ui.test_threads import watched
from vfadmin.errors import Failure
from vfadmin.services.bulk_import import ImportPlan
from vfadmin.services.mailbox_checks import MailboxChecks, MailboxVerdict
from vfadmin.services.search import PersonQuery
from vfadmin.simulator import FaultRule, Simulator
from vfadmin.ui.bulk.columns_shown import FIRST, Column
from vfadmin.ui.desk import Lane
from vfadmin.ui.translations import Speaker

ANNA, PEKKA, AINO = "anna@example.test", "pekka@example.test", "aino@example.test"
HEADINGS = ("Nimi", "Yhtiö", "Tunnus")


@pytest.fixture(scope="module")
def exchange() -> Iterator[Simulator]:
    """A server with three mailboxes."""
    with exchange_of() as running:
        yield running


@pytest.fixture
def connected(house: House, exchange: Simulator) -> House:
    """The house with that server behind its connection."""
    exchange.reset()
    house.services.connections.set(
        name="esimerkki",
        url=exchange.ews_url,
        account=exchange.account,
        auth="basic",
        server_version="2016",
        ca_file=str(exchange.ca_file),
        secret=exchange.password,
    )
    return house


@pytest.fixture
def asking(shown: Shown, connected: House, tmp_path: Path) -> Import:
    """A list of five new persons: two mailboxes that are there, two that are not, one without a login."""
    del connected
    listed = opened(shown, written(tmp_path / "uudet.xlsx"))
    shown.wait(listed.screen.foot.ask.isEnabled)
    return listed


def written(file: Path, *logins: str) -> Path:
    logins = logins or (ANNA, "kukaan@example.test", "EXAMPLE\\pekka", "", "EXAMPLE\\kukaan")
    rows = [(f"Uusi {place}", "Esimerkki Oy", login) for place, login in enumerate(logins)]
    return write_list(file, rows, HEADINGS)


def asked(listed: Import) -> None:
    listed.screen.foot.ask.click()
    assert listed.screen.asking.busy
    listed.shown.wait(lambda: not listed.screen.asking.busy)
    listed.settled()


def answers(listed: Import) -> dict[int, bool | None]:
    """What is known of the rows."""
    model = listed.screen.model
    rows = [row for place in range(model.rowCount()) if (row := model.line(place)) is not None]
    return {row.row: None if (one := model.answer(row)) is None else one.ok for row in rows}


def test_r26_each_row_is_told_whether_its_mailbox_is_there(asking: Import, house: House) -> None:
    asked(asking)
    assert answers(asking) == {2: True, 3: False, 4: True, 5: None, 6: False}
    assert chip_counts(asking.screen) == {"create": 3, "update": 0, "unchanged": 0, "reject": 2, "left": 0}
    assert asking.screen.bar.tone == "warn"
    assert asking.screen.bar.message == (
        "2 postilaatikkoa löytyi ja on käytettävissä. 2 riviä hylättiin postilaatikon takia."
    )
    assert asking.cell(2, Column.WHAT) == "Uusi henkilö; postilaatikko löytyi"
    assert asking.cell(5, Column.WHAT) == "Uusi henkilö"
    assert "ei löydy" in asking.cell(6, Column.WHAT)
    asking.go_to(2)
    assert "Exchange: postilaatikko anna@example.test löytyi." in asking.screen.detail.toPlainText()
    login = FIRST + asking.screen.model.fields.index("login")
    place = asking.screen.model.index(asking.place(2), login)
    assert place.data(11) == "Tunnus: anna@example.test, Exchange: postilaatikko anna@example.test löytyi."
    assert place.data(3) == "Exchange: postilaatikko anna@example.test löytyi."
    asking.go_to(3)
    said = asking.screen.detail.toPlainText().splitlines()
    assert said[1] == "Sarake Tunnus: kukaan@example.test"
    assert said[-1].endswith("(EX-MBX-01)")
    asking.apply()
    everybody = house.services.search.ids(PersonQuery(include_inactive=True))
    names = {row.name for row in house.services.search.rows(everybody)}
    assert {"Uusi 0", "Uusi 2", "Uusi 3"} <= names
    assert not names & {"Uusi 1", "Uusi 4"}


def test_r26_nothing_is_asked_twice_and_a_changed_login_is_unknown_again(
    asking: Import, exchange: Simulator
) -> None:
    asked(asking)
    asking.set_cell(2, "company", "Muu Oy")
    asking.settled()
    assert answers(asking) == {2: True, 3: False, 4: True, 5: None, 6: False}
    asking.set_cell(3, "login", AINO)
    asking.settled()
    assert answers(asking) == {2: True, 3: None, 4: True, 5: None, 6: False}
    asking.screen.foot.activate.click()
    asking.settled()
    exchange.clear_requests()
    asked(asking)
    assert answers(asking)[3] is True
    assert not [one for one in exchange.requests if "anna" in (one.mailbox or "")]
    assert asking.screen.bar.message == "1 postilaatikko löytyi ja on käytettävissä."


def test_what_exchange_said_stands_when_the_list_is_read_again(asking: Import) -> None:
    asked(asking)
    asking.choose_field("Yhtiö", "calendar_name")
    asking.settled()
    assert "calendar_name" in asking.plan.columns
    assert answers(asking) == {2: True, 3: False, 4: True, 5: None, 6: False}
    assert chip_counts(asking.screen)["reject"] == 2


def test_cells_are_edited_while_exchange_is_asked(asking: Import) -> None:
    with held(asking.shown, Lane.MAILBOXES):
        asking.screen.foot.ask.click()
        assert "Kysytään Exchangelta" in asking.screen.foot.words.text()
        assert not asking.screen.foot.cancel.isHidden()
        asking.set_cell(3, "login", AINO)
        asking.settled()
        assert "Kysytään Exchangelta" in asking.screen.foot.words.text(), "what goes on is said again"
        asking.screen._apply()
        assert asking.screen.loader.work is None, "nothing is imported before Exchange has answered"
    asking.shown.wait(lambda: not asking.screen.asking.busy)
    asking.settled()
    assert answers(asking) == {2: True, 3: None, 4: True, 5: None, 6: False}
    assert asking.plan.edited == {(3, "login")}


def test_r26_asking_is_cancelled_and_keeps_what_was_answered(asking: Import) -> None:
    with held(asking.shown, Lane.MAILBOXES):
        asking.screen.foot.ask.click()
        asking.shown.window.interior.cancel()
        assert asking.screen.foot.words.text() == "Kysymistä lopetetaan"
    asking.shown.wait(lambda: not asking.screen.asking.busy)
    asking.settled()
    assert asking.screen.bar.message.startswith("Kysyminen Exchangelta lopetettiin.")
    assert asking.screen.foot.ask.isEnabled()
    asked(asking)
    assert answers(asking)[2] is True


class Gated:
    """Whoever has heard an answer waits until it is let go on."""

    def __init__(self, checks: MailboxChecks) -> None:
        self._checks, self.gate = checks, threading.Event()

    def obstacle(self) -> Failure | None:
        return self._checks.obstacle()

    def ask(self, plan: ImportPlan, *, on_verdict: Callable[[MailboxVerdict], None], **more: Any) -> Any:
        def heard(verdict: MailboxVerdict) -> None:
            on_verdict(verdict)
            self.gate.wait()

        return self._checks.ask(plan, on_verdict=heard, **more)


def test_answers_are_shown_as_they_come(connected: House, show: Callable[..., Shown], tmp_path: Path) -> None:
    connected.services.settings.set("workers", 1)
    gated = Gated(connected.services.mailbox_checks)
    services = replace(connected.services, mailbox_checks=cast("Any", gated))
    listed = opened(show(services), written(tmp_path / "a.xlsx"))
    listed.shown.wait(listed.screen.foot.ask.isEnabled)
    listed.screen.foot.ask.click()
    listed.shown.wait(lambda: answers(listed) == {2: True, 3: None, 4: None, 5: None, 6: None})
    listed.shown.wait(lambda: listed.screen.foot.words.text() == "Kysytään Exchangelta: 1 / 4 tunnusta")
    assert listed.screen.asking.busy
    listed.screen.foot.cancel.click()
    gated.gate.set()
    listed.shown.wait(lambda: not listed.screen.asking.busy)
    listed.settled()
    assert answers(listed) == {2: True, 3: None, 4: None, 5: None, 6: None}
    assert listed.screen.bar.message == (
        "Kysyminen Exchangelta lopetettiin. Saadut vastaukset säilyvät. "
        "1 postilaatikko löytyi ja on käytettävissä."
    )


@pytest.mark.expected_log("a service call failed unexpectedly")
def test_what_was_answered_before_a_fault_is_heeded(
    connected: House, show: Callable[..., Shown], tmp_path: Path
) -> None:
    class Faulty(Gated):
        def ask(self, plan: ImportPlan, *, on_verdict: Callable[[MailboxVerdict], None], **more: Any) -> Any:
            def heard(verdict: MailboxVerdict) -> None:
                on_verdict(verdict)
                if not verdict.answer.ok:
                    raise RuntimeError

            return self._checks.ask(plan, on_verdict=heard, **more)

    connected.services.settings.set("workers", 1)
    faulty = Faulty(connected.services.mailbox_checks)
    services = replace(connected.services, mailbox_checks=cast("Any", faulty))
    listed = opened(show(services), written(tmp_path / "a.xlsx"))
    listed.shown.wait(listed.screen.foot.ask.isEnabled)
    asked(listed)
    assert "VF-INTERNAL-01" in listed.screen.bar._code
    assert answers(listed) == {2: True, 3: False, 4: None, 5: None, 6: None}
    assert chip_counts(listed.screen)["reject"] == 1


def test_r27_a_refused_account_is_said_clearly_and_not_tried_again_and_again(
    asking: Import, connected: House, exchange: Simulator
) -> None:
    connected.services.connections.set(name="esimerkki", secret="väärä")
    exchange.clear_requests()
    asked(asking)
    assert asking.screen.bar.tone == "bad"
    assert asking.screen.bar.message.startswith("Kysyminen Exchangelta keskeytyi. Palvelin")
    assert "EX-AUTH-01" in asking.screen.bar._code
    assert asking.screen.bar._remedy.text().startswith("Tarkista tunnus ja salasana")
    assert len([one for one in exchange.requests if one.status == 401]) == 1
    assert chip_counts(asking.screen)["reject"] == 0, "that says nothing of the rows"


def test_a_password_that_is_not_on_this_machine_is_said_so(asking: Import, connected: House) -> None:
    connected.services.secrets.forget("esimerkki")
    asked(asking)
    assert "ei ole tallennettu salasanaa" in asking.screen.bar.message


def test_what_a_busy_server_says_rejects_nothing_and_can_be_asked_again(
    asking: Import, exchange: Simulator
) -> None:
    exchange.set_faults([FaultRule(mailbox=ANNA, code="ErrorServerBusy", status=500, times=None)])
    asked(asking)
    exchange.set_faults([])
    assert "1 tunnus jäi vaille varmaa vastausta." in asking.screen.bar.message
    assert "Kysy hetken päästä uudelleen." in asking.screen.bar._remedy.text()
    assert asking.cell(2, Column.WHAT) == "Uusi henkilö; postilaatikko jäi epävarmaksi"
    asking.go_to(2)
    assert asking.screen.detail.toPlainText().endswith("Vastaus ei ole varma. Kysy hetken päästä uudelleen.")
    assert chip_counts(asking.screen)["reject"] == 2
    asked(asking)
    assert answers(asking)[2] is True


def test_a_cancel_stops_what_goes_on_where_one_looks(asking: Import, tmp_path: Path) -> None:
    """Asking may take minutes, and meanwhile something else is done in the search view."""
    with held(asking.shown, Lane.MAILBOXES), held(asking.shown, Lane.FILE):
        asking.screen.foot.ask.click()
        asking.shown.window.interior.navigation.setCurrentRow(0)
        asking.shown.screen.exporter.ask_path = Chooser(tmp_path / "henkilöt.xlsx")
        asking.shown.screen.exporter.start()
        assert asking.shown.screen.exporter.busy
        asking.shown.window.interior.cancel()
        assert asking.screen.asking.busy
        assert not asking.screen.asking._cancelled
        asking.shown.window.interior.navigation.go("import")
        asking.shown.window.interior.cancel()
        assert asking.screen.asking._cancelled
    asking.shown.wait(lambda: not asking.screen.asking.busy)


def test_rows_that_are_left_out_are_not_asked_about(asking: Import) -> None:
    asking.screen.model.tick([asking.place(3), asking.place(6)], on=False)
    asked(asking)
    assert answers(asking) == {2: True, 3: None, 4: True, 5: None, 6: None}
    asking.screen.foot.ask.click()
    asking.shown.wait(lambda: asking.screen.bar.message.startswith("Ei kysyttävää"))


def test_another_list_does_not_wait_for_the_answers_of_the_former(asking: Import, tmp_path: Path) -> None:
    with held(asking.shown, Lane.MAILBOXES):
        asking.screen.foot.ask.click()
        asking.screen.files.open(written(tmp_path / "toinen.xlsx", ANNA))
        asking.settled()
        assert asking.plan.file == "toinen.xlsx"
        assert not asking.screen.asking.busy
    assert answers(asking) == {2: None}


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("fi", "Yhteyttä Exchangeen ei ole vielä määritelty. Tuki määrittelee sen."),
        ("en", "There is no connection to Exchange yet. Support sets it."),
    ],
)
def test_without_a_connection_the_button_says_why(
    shown: Shown, house: House, tmp_path: Path, speaker: Speaker, language: str, reason: str
) -> None:
    speaker.speak(language)
    house.services.connections.forget("esimerkki")
    listed = opened(shown, written(tmp_path / "uudet.xlsx"))
    shown.wait(lambda: listed.screen.foot.ask.toolTip() == reason)
    assert not listed.screen.foot.ask.isEnabled()
    house.services.connections.set(name="ews", url="https://exch.esimerkki.fi/ews", account="ESIM\\svc")
    shown.window.interior.navigation.setCurrentRow(0)
    shown.window.interior.navigation.go("import")
    shown.wait(listed.screen.foot.ask.isEnabled)


def test_a_list_without_logins_has_nothing_to_ask(shown: Shown, tmp_path: Path) -> None:
    listed = opened(shown, write_list(tmp_path / "a.xlsx", [("Uusi Henkilö", "x")], ("Nimi", "Yhtiö")))
    assert listed.screen.foot.ask.toolTip() == "Luettelossa ei ole tunnusten saraketta."
    assert not listed.screen.foot.ask.isEnabled()


def test_exchange_is_asked_off_the_windows_thread(
    connected: House, show: Callable[..., Shown], tmp_path: Path
) -> None:
    calls: list[tuple[str, int]] = []
    listed = opened(show(watched(connected.services, calls)), written(tmp_path / "a.xlsx"))
    listed.shown.wait(listed.screen.foot.ask.isEnabled)
    asked(listed)
    assert {"ask", "obstacle", "revise"} <= {name for name, _ in calls}
    assert [name for name, thread in calls if thread == threading.get_ident()] == []
