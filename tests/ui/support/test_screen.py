"""The screen of support: the switch of the module, the connection, and its check over a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.clock import FakeClock
from tests.roles import make_roles, worked_on_as
from tests.ui.conftest import House, Shown
from tests.ui.stage import services_on
from vfadmin.models.rights import Role
from vfadmin.simulator import MailboxSpec, Simulator, SimulatorConfig
from vfadmin.ui.confirm import Question
from vfadmin.ui.support.screen import SupportScreen
from vfadmin.ui.texts import date
from vfadmin.ui.translations import Speaker

PASSWORD = "oikea salasana 1"


@pytest.fixture
def server(fake_clock: FakeClock) -> Iterator[Simulator]:
    config = SimulatorConfig(mailboxes=(MailboxSpec("anna@example.test", "EXAMPLE\\anna"),), clock=fake_clock)
    with Simulator(config) as running:
        yield running


def opened(shown: Shown) -> SupportScreen:
    screen = shown.window.interior.screens.assistance
    shown.wait(screen.isEnabled)
    return screen


def fill(screen: SupportScreen, server: Simulator, password: str) -> None:
    for line, text in (
        (screen.fields.line("url"), server.ews_url),
        (screen.fields.line("account"), server.account),
        (screen.fields.line("ca_file"), str(server.ca_file)),
        (screen.fields.secret, password),
    ):
        line.setText(text)
        line.textEdited.emit(text)
    screen.fields.auth.setCurrentIndex(screen.fields.auth.findData("basic"))
    screen.fields.auth.activated.emit(1)


def checked(shown: Shown, screen: SupportScreen) -> None:
    """The connection has been checked to the end."""
    screen.check.click()
    shown.wait(screen.check.isEnabled)


def saved(shown: Shown, screen: SupportScreen) -> None:
    screen.save.click()
    shown.wait(lambda: bool(screen.bar.message))


def test_r14_support_switches_the_integration_off_after_a_question_and_on_again(
    shown: Shown, house: House
) -> None:
    screen = opened(shown)
    screen.switch.click()
    (question,) = screen.findChildren(Question)
    assert "Mitään ei poisteta" in question.box.informativeText()
    assert house.services.settings.flag("module")
    question.yes.click()
    shown.wait(lambda: screen.bar.message == "Integraatio kytkettiin pois päältä.")
    assert not house.services.settings.flag("module")
    shown.wait(lambda: "pois päältä" in shown.window.interior.banner.text)
    screen.switch.click()
    shown.wait(lambda: screen.bar.message == "Integraatio kytkettiin päälle.")
    assert house.services.settings.flag("module")


def test_what_is_being_typed_outlives_the_switch_of_the_module(shown: Shown, server: Simulator) -> None:
    screen = opened(shown)
    fill(screen, server, PASSWORD)
    screen.switch.click()
    (question,) = screen.findChildren(Question)
    question.yes.click()
    shown.wait(lambda: bool(screen.bar.message))
    assert (screen.fields.line("url").text(), screen.fields.secret.text()) == (server.ews_url, PASSWORD)
    assert screen.save.isEnabled()


def test_r27_the_password_goes_to_the_keyring_and_is_never_shown(
    shown: Shown, house: House, server: Simulator
) -> None:
    screen = opened(shown)
    fill(screen, server, PASSWORD)
    saved(shown, screen)
    stored = house.services.connections.show()
    assert (stored.url, stored.account, stored.auth) == (server.ews_url, server.account, "basic")
    assert house.services.secrets.read(stored.name) == PASSWORD
    assert screen.fields.secret.echoMode() is QLineEdit.EchoMode.Password
    assert (screen.fields.secret.text(), screen.fields.secret.placeholderText()) == (
        "",
        "Tallennettu; kirjoita vaihtaaksesi",
    )
    assert not screen.save.isEnabled()


def test_a_connection_is_checked_step_by_step(shown: Shown, house: House, server: Simulator) -> None:
    screen = opened(shown)
    assert not screen.check.isEnabled() or house.services.connections.list()
    fill(screen, server, server.password)
    assert screen.check.toolTip() == "Tallenna yhteys ensin."
    saved(shown, screen)
    checked(shown, screen)
    assert [
        words for step, words in zip(screen.steps.steps, screen.steps.words(), strict=True) if not step.ok
    ] == []
    assert screen.bar.message == "Yhteys on kunnossa."
    names = [line.partition(":")[0] for line in screen.steps.words()]
    assert names[:3] == ["Nimi", "Yhteys", "Salaus"]
    assert "Kirjautuminen" in names
    assert all(step.ok for step in screen.steps.steps)


def test_what_a_check_found_is_said_in_words_and_by_the_calendar_of_the_reader(
    shown: Shown, server: Simulator, speaker: Speaker
) -> None:
    screen = opened(shown)
    fill(screen, server, server.password)
    saved(shown, screen)
    checked(shown, screen)
    found = dict(line.split(": ", 1) for line in screen.steps.words())
    step = {one.check: one for one in screen.steps.steps}
    ends = datetime.fromisoformat(step["certificate"].detail)
    assert found["Yhteys"] == f"Portti {step['tcp'].detail} vastaa"
    assert found["Varmenne"] == f"Voimassa {date(ends)} asti"
    assert "T" not in found["Varmenne"]
    assert found["Kello"].startswith("Ero ")
    speaker.speak("en")
    shown.wait(lambda: any(line.startswith("Certificate: Valid until ") for line in screen.steps.words()))


def test_what_is_wrong_is_said_with_its_remedy(shown: Shown, server: Simulator) -> None:
    screen = opened(shown)
    fill(screen, server, PASSWORD)
    saved(shown, screen)
    checked(shown, screen)
    wrong = screen.steps.words()[-1]
    assert wrong.startswith("Kirjautuminen: ")
    assert "EX-AUTH" in wrong
    assert PASSWORD not in "".join(screen.steps.words())


def test_what_cannot_be_an_address_is_refused_and_stays_to_be_mended(
    shown: Shown, house: House, server: Simulator
) -> None:
    screen = opened(shown)
    before = house.services.connections.list()
    fill(screen, server, PASSWORD)
    screen.fields.line("url").setText("mail.example.test")
    saved(shown, screen)
    assert screen.fields.line("url").text() == "mail.example.test"
    assert house.services.connections.list() == before
    screen.revert.click()
    assert screen.fields.line("url").text() == (before[0].url or "" if before else "")
    assert not screen.save.isEnabled()


def test_only_support_has_the_screen(shown: Shown) -> None:
    assert shown.window.interior.navigation.places == ("people", "import", "troubles", "settings", "log")


@pytest.fixture
def cloud() -> Iterator[Simulator]:
    config = SimulatorConfig(mailboxes=(MailboxSpec("anna@example.test"),), protocol="graph")
    with Simulator(config) as running:
        yield running


def turn_to_graph(screen: SupportScreen) -> None:
    screen.protocol.setCurrentIndex(screen.protocol.findData("graph"))
    screen.protocol.activated.emit(1)


def fill_graph(screen: SupportScreen, cloud: Simulator, secret: str) -> None:
    turn_to_graph(screen)
    for name, text in (
        ("tenant", cloud.config.graph.tenant),
        ("client_id", cloud.config.graph.client_id),
        ("secret", secret),
        ("url", cloud.graph_url),
        ("authority", cloud.authority),
        ("ca_file", str(cloud.ca_file)),
    ):
        screen.fields.line(name).setText(text)
        screen.fields.line(name).textEdited.emit(text)


def test_r27_a_connection_to_office_365_is_set_and_checked(
    shown: Shown, house: House, cloud: Simulator
) -> None:
    screen = opened(shown)
    fill_graph(screen, cloud, cloud.client_secret)
    saved(shown, screen)
    stored = house.services.connections.show("graph")
    assert (stored.protocol, stored.tenant) == ("graph", cloud.config.graph.tenant)
    assert house.services.secrets.read("graph") == cloud.client_secret
    assert screen.fields.secret.text() == ""
    checked(shown, screen)
    wrong = [step for step in screen.steps.steps if not step.ok and step.check != "clock"]
    assert wrong == []
    names = [line.partition(":")[0] for line in screen.steps.words()]
    assert names[:5] == ["Nimi", "Yhteys", "Salaus", "Varmenne", "Nimi (kirjautuminen)"]
    assert names[8:12] == ["Vuokraaja", "Sovelluksen kirjautuminen", "Graphin vastaus", "Oikeudet"]


def test_r3_each_protocol_keeps_its_own_fields_and_what_is_typed_there(
    shown: Shown, house: House, server: Simulator, cloud: Simulator
) -> None:
    screen = opened(shown)
    fill(screen, server, PASSWORD)
    fill_graph(screen, cloud, "salaisuus")
    screen.protocol.setCurrentIndex(0)
    screen.protocol.activated.emit(0)
    assert screen.fields.line("url").text() == server.ews_url
    assert not screen.forms["graph"].isVisible()
    saved(shown, screen)
    assert [(one.protocol, one.url) for one in house.services.connections.list()] == [("ews", server.ews_url)]


def test_r27_a_secret_that_ends_soon_is_told_in_the_bar(
    shown: Shown, house: House, fake_clock: FakeClock, cloud: Simulator
) -> None:
    screen = opened(shown)
    fill_graph(screen, cloud, cloud.client_secret)
    day = (fake_clock.now.date() + timedelta(days=9)).isoformat()
    screen.fields.line("secret_expires").setText(day)
    saved(shown, screen)
    shown.wait(lambda: f"vanhenee {day}" in shown.window.interior.banner.text)
    stored = house.services.connections.show("graph")
    assert stored.secret_days_left == 9


def test_r28_the_report_of_a_check_is_copied(shown: Shown, server: Simulator) -> None:
    screen = opened(shown)
    fill(screen, server, PASSWORD)
    saved(shown, screen)
    assert screen.copy_report.isHidden()
    checked(shown, screen)
    screen.copy_report.click()
    title, *steps = QApplication.clipboard().text().splitlines()
    assert title == f"Yhteyden esimerkki ({server.ews_url}) tarkistus"
    assert steps[0].startswith("[Kunnossa] Nimi: ")
    assert steps[-1].startswith("[Ei kunnossa] Kirjautuminen: ")
    assert "(EX-AUTH-01)" in steps[-1]
    assert PASSWORD not in "".join(steps)
    assert screen.bar.message == "Raportti on leikepöydällä."


@pytest.mark.postgresql
def test_r14_r27_what_the_database_keeps_for_support_is_told_to_an_administrator(
    house: House, show: Callable[..., Shown], server: Simulator, fake_clock: FakeClock, tmp_path: Path
) -> None:
    """Whoever starts the window with the screen of support has not become support."""
    make_roles(house.store)
    with worked_on_as(house.store, Role.ADMIN) as store:
        shown = show(services_on(store, tmp_path, fake_clock()))
        screen = opened(shown)
        screen.switch.click()
        (question,) = screen.findChildren(Question)
        question.yes.click()
        shown.wait(lambda: "kuuluu tuelle" in screen.bar.message)
        assert screen.bar.tone == "bad"
        assert screen.switch.text() == "Kytke pois…"
        screen.bar.hide()
        fill(screen, server, PASSWORD)
        screen.bar.show_message("good", "")
        screen.save.click()
        shown.wait(lambda: "kuuluu tuelle" in screen.bar.message)
        assert screen.fields.line("url").text() == server.ews_url, "what was typed is still there"
        shown.window.close()
        shown.wait(lambda: not shown.window.isVisible())
        shown.window.finish()
    assert house.services.settings.flag("module")
