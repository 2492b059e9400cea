"""R24, R28: every known failure of Exchange ends with its cause and remedy on the screen, then in green.

One story a row of the table of failures: something breaks at a simulated server, on the way there or for
one mailbox; the engine finds it; *Häiriöt* or the banner names it with what to do; what was broken is
mended as they say, and everybody synchronises again. Nobody else's mailbox is touched meanwhile.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.services.certificates import write_authority
from tests.services.company import Company, address, running_company
from tests.ui.conftest import WAIT_MS
from vfadmin.models import Connection, Integration
from vfadmin.simulator import FaultRule
from vfadmin.ui.translations import Speaker
from vfadmin.ui.troubles.screen import TroublesScreen
from vfadmin.ui.window import MainWindow

HERS, HIS = 1, 2
"""The mailbox that something happens to, where it is one, and another one."""


@dataclass(frozen=True)
class Story:
    """What breaks, what is to be found, what the remedy must speak of, and whom it concerns."""

    code: str
    remedy: str
    rule: dict[str, Any] = field(default_factory=dict)
    way: str = "ews"
    spoil: Callable[[Company, Path], None] | None = None


def hers(code: str, status: int = 500, **more: Any) -> dict[str, Any]:
    return {"mailbox": address(HERS), "code": code, "status": status, **more}


def _closed_port(company: Company, _folder: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    company.services.connections.set(name="ews", url=f"https://127.0.0.1:{port}/EWS/Exchange.asmx")


def _unknown_authority(company: Company, folder: Path) -> None:
    ca_file = write_authority(folder / "muu.pem")
    company.services.connections.set(name="ews", ca_file=str(ca_file))


def _denied(company: Company, _folder: Path) -> None:
    company.simulator.deny_impersonation(address(HERS))


STOPPED = {
    "no right to impersonate": Story("EX-IMP-01", "New-ManagementRole", hers("ErrorImpersonateUserDenied")),
    "no such mailbox": Story("EX-MBX-01", "", hers("ErrorNonExistentMailbox")),
    "an alias": Story("EX-MBX-02", "", hers("ErrorNonPrimarySmtpAddress")),
    "access policy": Story("EX-GRAPH-01", "Test-ApplicationAccessPolicy", way="graph", spoil=_denied),
    "outside the scope": Story(
        "EX-GRAPH-02", "Test-ServicePrincipalAuthorization", hers("Authorization_RequestDenied", 403), "graph"
    ),
    "not in the cloud": Story("EX-MBX-08", "", hers("MailboxNotEnabledForRESTAPI", 404), "graph"),
}
"""One mailbox stops and waits for an admin."""

DELAYED = {
    "throttled": Story("EX-BUSY-01", "", hers("ErrorServerBusy")),
    "mailbox on the move": Story("EX-BUSY-03", "", hers("ErrorMailboxMoveInProgress")),
    "throttled by Graph": Story("EX-BUSY-01", "", hers("TooManyRequests", 429), "graph"),
}
"""One mailbox tries again by itself."""

TRIED_AGAIN = {
    "timeout": Story("EX-CONN-04", "", {"code": "ErrorTimeoutExpired", "status": 500}),
    "reset": Story("EX-CONN-05", "", {"status": 0}),
    "closed port": Story("EX-CONN-03", "", spoil=_closed_port),
    "wrong address": Story("EX-CONN-06", "/ews/exchange.asmx", {"status": 404}),
    "to a login page": Story("EX-CONN-06", "/ews/exchange.asmx", {"status": 302}),
    "login page": Story("EX-CONN-07", "", {"kind": "login_page"}),
    "proxy": Story("EX-CONN-08", "", {"status": 407}),
    "upload limit": Story("EX-CONN-11", "", {"status": 413}),
    "service down": Story("EX-BUSY-02", "", {"status": 503}),
    "impersonation broken": Story("EX-IMP-02", "", {"code": "ErrorImpersonationFailed", "status": 500}),
    "unknown authority": Story("EX-TLS-01", "", spoil=_unknown_authority),
}
"""Nobody's mailbox stops, and the connection is tried again after a while."""

SHUT = {
    "password": Story("EX-AUTH-01", "", {"status": 401}),
    "EWS disabled": Story("EX-AUTH-03", "Get-CASMailbox", {"status": 403}),
    "wrong audience": Story(
        "EX-AUTH-12",
        "https://graph.microsoft.com",
        {"operation": "GraphDelta", "code": "InvalidAuthenticationToken", "status": 401},
        "graph",
    ),
    **{
        name: Story(code, "", {"operation": "GraphToken", "code": f"AADSTS{number}"}, "graph")
        for name, number, code in (
            ("tenant", 90002, "EX-AUTH-04"),
            ("application", 700016, "EX-AUTH-05"),
            ("secret", 7000215, "EX-AUTH-06"),
            ("expired secret", 7000222, "EX-AUTH-07"),
            ("certificate", 700027, "EX-AUTH-08"),
            ("conditional access", 53003, "EX-AUTH-09"),
            ("consent", 650056, "EX-AUTH-10"),
        )
    },
}
"""A refused sign-in: one banner, no row turns red, and nothing is tried until a person has acted."""

UNNOTICED = {
    "state evicted": Story("", "", {"kind": "lost_state", "mailbox": address(HERS), "times": 1}),
    "state evicted in Graph": Story(
        "", "", {"kind": "lost_state", "mailbox": address(HERS), "times": 1}, "graph"
    ),
    "stale key": Story("", "", hers("ErrorIrresolvableConflict", operation="UpdateItem", times=1)),
    "stale etag": Story(
        "", "", hers("ErrorIrresolvableConflict", 412, operation="GraphUpdateEvent", times=1), "graph"
    ),
}
"""The engine mends it by itself within its cycle."""


class Stage:
    """A company whose connection or mailbox breaks, and a window on it."""

    def __init__(self, company: Company, folder: Path, qtbot: QtBot) -> None:
        self.company, self.qtbot = company, qtbot
        settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.window = MainWindow(lambda: company.services, None, clock=company.clock, settings=settings)
        self.window.resize(1440, 860)
        self.window.show()
        self.window.open()
        self.wait(lambda: self.window.interior.desk.ready)
        company.add_in_valueframe(HERS, "Uusi", 3)

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=WAIT_MS)

    def break_it(self, story: Story, folder: Path) -> None:
        """Break it and let the engine find out."""
        if story.spoil is not None:
            story.spoil(self.company, folder)
        else:
            self.company.simulator.set_faults([FaultRule(**{"times": None, **story.rule})])
        self.company.simulator.clear_requests()
        if story.rule.get("operation") == "GraphToken":
            self.company.begin_anew()  # the token in hand would do for another hour
        self.round()

    def mend_it(self, story: Story) -> None:
        """What was broken is mended; the engine has not noticed yet."""
        simulator = self.company.simulator
        simulator.set_faults([])
        simulator.allow_impersonation(address(HERS))
        if story.spoil in (_closed_port, _unknown_authority):
            url, ca_file = simulator.ews_url, str(simulator.ca_file)
            self.company.services.connections.set(name="ews", url=url, ca_file=ca_file)

    def round(self) -> None:
        self.company.clock.advance(timedelta(minutes=30))
        self.company.synchronise.run()

    def troubles(self, code: str) -> TroublesScreen:
        """The screen, once it shows whom that cause concerns."""
        self.window.interior.navigation.go("troubles")
        screen = self.window.interior.screens.troubles
        screen.look()
        self.wait(lambda: screen._code == code and bool(screen.persons.persons))
        return screen

    def states(self) -> dict[int, str]:
        with self.company.store.read() as session:
            rows = session.execute(select(Integration.person_id, Integration.state))
            return {one.person_id: one.state for one in rows}

    def failing(self) -> set[int]:
        with self.company.store.read() as session:
            failing = select(Integration.person_id).where(Integration.failing_since.is_not(None))
            return set(session.scalars(failing))

    def blocked(self) -> str | None:
        with self.company.store.read() as session:
            return session.scalar(select(Connection.blocked_code).where(Connection.blocked_code.is_not(None)))

    def assert_green(self) -> None:
        """Everybody is in step, once each, and nothing is said to be stuck."""
        screen = self.window.interior.screens.troubles
        screen.look()
        self.wait(lambda: screen._known and not screen.causes.causes)
        assert self.states() == {HERS: "active", HIS: "active"}
        assert self.blocked() is None
        titles = [title for who, _, title in self.company.everything() if who == address(HERS)]
        assert titles.count("Uusi") == 1
        assert self.company.simulator.outbox == []


@pytest.fixture
def play(tmp_path: Path, speaker: Speaker, qtbot: QtBot) -> Any:
    """Opens the stage of a story and closes it in the end: first the window, then what it reads."""
    del speaker
    opened: list[Stage] = []
    with ExitStack() as companies:

        def begin(story: Story) -> Stage:
            company = companies.enter_context(running_company(tmp_path, mailboxes=2, events=2, way=story.way))
            opened.append(Stage(company, tmp_path, qtbot))
            return opened[-1]

        yield begin
        for stage in opened:
            stage.window.close()
            qtbot.waitUntil(lambda stage=stage: not stage.window.isVisible(), timeout=WAIT_MS)
            stage.window.finish()
            stage.window.deleteLater()


@pytest.mark.parametrize("story", STOPPED.values(), ids=STOPPED)
def test_a_mailbox_that_stopped_is_put_back(story: Story, play: Any, tmp_path: Path) -> None:
    stage = play(story)
    stage.break_it(story, tmp_path)
    assert stage.states() == {HERS: "error", HIS: "active"}
    assert stage.failing() == set()
    screen = stage.troubles(story.code)
    assert story.remedy in screen.remedy.text()
    assert screen.remedy.text()
    assert [one.id for one in screen.persons.persons] == [HERS]
    stage.mend_it(story)
    screen.resume_all.click()
    stage.wait(lambda: "odottaa vuoroaan" in screen.bar.message)
    stage.round()
    screen.aftermath.look()
    stage.wait(lambda: screen.bar.message == "Palautettiin 1: 1 toimii.")
    stage.assert_green()


@pytest.mark.parametrize("story", STOPPED.values(), ids=STOPPED)
def test_a_mailbox_that_was_not_mended_is_told_to_have_stopped_again(
    story: Story, play: Any, tmp_path: Path
) -> None:
    stage = play(story)
    stage.break_it(story, tmp_path)
    screen = stage.troubles(story.code)
    screen.resume_all.click()
    stage.wait(lambda: "odottaa vuoroaan" in screen.bar.message)
    stage.round()
    screen.aftermath.look()
    stage.wait(lambda: screen.bar.message == "Palautettiin 1: 1 pysähtyi uudelleen.")
    assert screen.bar.tone == "bad"


@pytest.mark.parametrize("story", DELAYED.values(), ids=DELAYED)
def test_a_mailbox_that_is_delayed_needs_nobody(story: Story, play: Any, tmp_path: Path) -> None:
    stage = play(story)
    stage.break_it(story, tmp_path)
    assert stage.states() == {HERS: "active", HIS: "active"}
    assert stage.failing() == {HERS}
    screen = stage.troubles(story.code)
    assert screen.remedy.text()
    assert not screen.resume_all.isEnabled()
    assert screen.persons.persons[0].next_try is not None
    stage.mend_it(story)
    stage.round()
    stage.assert_green()


@pytest.mark.parametrize("story", TRIED_AGAIN.values(), ids=TRIED_AGAIN)
def test_a_connection_that_is_tried_again_turns_nobody_red(story: Story, play: Any, tmp_path: Path) -> None:
    stage = play(story)
    stage.break_it(story, tmp_path)
    assert stage.states() == {HERS: "active", HIS: "active"}
    assert stage.blocked() == story.code
    stage.window.interior.look_around()
    stage.wait(lambda: f"({story.code})" in stage.window.interior.banner.text)
    screen = stage.troubles(story.code)
    assert story.remedy in screen.remedy.text()
    assert screen.remedy.text()
    assert all(not one.stopped for one in screen.persons.persons)
    stage.mend_it(story)
    stage.round()
    stage.assert_green()


@pytest.mark.parametrize("story", SHUT.values(), ids=SHUT)
def test_a_refused_sign_in_is_one_banner_and_is_not_tried_again(
    story: Story, play: Any, tmp_path: Path
) -> None:
    stage = play(story)
    stage.break_it(story, tmp_path)
    simulator = stage.company.simulator
    counts = simulator.request_counts()
    assert counts.get("GraphToken", 0) <= 3
    assert stage.states() == {HERS: "active", HIS: "active"}
    assert stage.blocked() == story.code
    stage.window.interior.look_around()
    stage.wait(lambda: f"({story.code})" in stage.window.interior.banner.text)
    screen = stage.troubles(story.code)
    assert story.remedy in screen.remedy.text()
    assert screen.remedy.text()
    assert {one.waits_for for one in screen.persons.persons} == {story.way}
    simulator.clear_requests()
    stage.round()
    assert simulator.request_counts() == {}, "a login must not be tried into a lock-out"
    stage.mend_it(story)
    secret = simulator.password if story.way == "ews" else simulator.client_secret
    stage.company.services.connections.set(name=story.way, secret=secret)
    stage.round()
    stage.assert_green()


@pytest.mark.parametrize("story", UNNOTICED.values(), ids=UNNOTICED)
def test_what_the_engine_mends_by_itself_nobody_hears_of(story: Story, play: Any, tmp_path: Path) -> None:
    stage = play(story)
    stage.break_it(story, tmp_path)
    assert stage.failing() == set()
    stage.round()
    stage.window.interior.navigation.go("troubles")
    stage.assert_green()
