"""The window says quietly that there is a newer version (item 2 of issue I), over a real socket."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from tests.clock import FakeClock
from tests.services.updates.conftest import shelf
from tests.services.updates.publishing import MANIFEST, OTHER_KEY, Shelf, public, word
from tests.ui.conftest import House, Shown
from tests.ui.test_accessible import cut, nameless
from vfadmin.services.settings import UPDATE_CHECK
from vfadmin.services.updates.kept import read
from vfadmin.services.updates.notice import Finding, Updates
from vfadmin.services.updates.publisher import Publisher
from vfadmin.services.updates.versions import release
from vfadmin.ui.desk import Lane
from vfadmin.ui.reveal import open_page
from vfadmin.ui.translations import Speaker
from vfadmin.ui.updates import EVERY_MS, FIRST_MS, UpdateBar, UpdateNotice, in_short
from vfadmin.ui.widgets import unbroken

__all__ = ["shelf"]


class Browser(QObject):
    """Stands for the system's browser."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.pages.append(url.toString())


@pytest.fixture
def browser() -> Iterator[Browser]:
    browser = Browser()
    for scheme in ("https", "http"):
        QDesktopServices.setUrlHandler(scheme, browser, "open")
    yield browser
    for scheme in ("https", "http"):
        QDesktopServices.unsetUrlHandler(scheme)


Open = Callable[[], Shown]


@pytest.fixture
def start(house: House, shelf: Shelf, show: Callable[..., Shown], fake_clock: FakeClock) -> Open:
    """Opens a window of a program that was built with a publisher."""
    services = house.services
    publisher = Publisher((public(),), shelf.url)
    updates = Updates(
        services.settings, services.home, clock=fake_clock, publisher=lambda: publisher, runs="1.3.2"
    )
    return lambda: show(replace(services, updates=updates))


def notice_of(shown: Shown) -> UpdateNotice:
    news = shown.window.interior.news
    assert news is not None
    return news


def told(shown: Shown) -> UpdateBar:
    """The bar, once it is there."""
    notice = notice_of(shown)
    notice.look()
    shown.wait(lambda: notice.bar is not None and notice.bar.isVisible())
    assert notice.bar is not None
    return notice.bar


def looked(shown: Shown, shelf: Shelf) -> None:
    """The window has looked, to its end."""
    notice = notice_of(shown)
    notice.look()
    ended: list[object] = []
    shown.window.interior.desk.ask(
        notice, lambda services: services.updates.look(), ended.append, ended.append, lane=Lane.NEWS
    )
    shown.wait(lambda: bool(ended))
    assert len(shelf.asked) == 1


def test_a_newer_version_is_told_and_its_page_opened_in_the_browser(start: Open, browser: Browser) -> None:
    shown = start()
    bar = told(shown)
    assert bar.title.text() == "Uusi versio 1.4.0 on saatavilla"
    assert bar.text.text() == "Nopeampi haku."
    assert (bar.show_page.text(), bar.silence.text()) == ("Näytä", "Älä muistuta")
    assert QApplication.activeModalWidget() is None
    bar.show_page.click()
    assert browser.pages == [MANIFEST.page]
    assert bar.isVisible()


def test_later_is_remembered_on_this_computer_until_there_is_a_newer_one(
    start: Open, house: House, shelf: Shelf, fake_clock: FakeClock
) -> None:
    shown = start()
    bar = told(shown)
    bar.silence.click()
    assert not bar.isVisible()
    shown.wait(lambda: read(house.services.home).aside == "1.4.0")
    another = start()
    shelf.body = word(version=release("1.4.1"), published=fake_clock())
    later = fake_clock()
    fake_clock.now = later.replace(day=later.day + 2)
    assert told(another).title.text() == "Uusi versio 1.4.1 on saatavilla"


def test_nothing_is_shown_of_a_failure(start: Open, shelf: Shelf) -> None:
    shelf.body = word(OTHER_KEY)
    shown = start()
    looked(shown, shelf)
    assert notice_of(shown).bar is None
    assert shown.screen.bar.message == ""


def test_a_window_that_closes_waits_for_no_answer(start: Open, house: House, shelf: Shelf) -> None:
    shelf.stalled = threading.Event()
    try:
        shown = start()
        notice_of(shown).look()
        shown.wait(lambda: bool(shelf.asked))
        shown.window.interior.desk.close()
        assert not read(house.services.home).failed, "the threads ended before the answer was too late"
    finally:
        shelf.stalled.set()


def test_what_is_switched_off_is_told_no_more(start: Open, house: House) -> None:
    shown = start()
    bar = told(shown)
    house.services.settings.set(UPDATE_CHECK, "off")
    shown.window.interior.screens.changed.emit()
    shown.wait(lambda: not bar.isVisible())


def test_a_window_looks_by_itself_and_not_at_once(start: Open, shelf: Shelf) -> None:
    shown = start()
    timer = notice_of(shown)._timer
    assert timer.isActive()
    assert timer.interval() == FIRST_MS
    notice_of(shown).begin()
    assert shelf.asked == []
    timer.timeout.emit()
    shown.wait(lambda: len(shelf.asked) == 1)
    assert timer.interval() == EVERY_MS


def test_where_the_page_cannot_be_opened_its_address_is_told(start: Open, browser: Browser) -> None:
    bar = told(start())
    page = "http://vfadmin.esim.example/"  # which no manifest can have
    bar.tell(Finding("1.3.2", replace(MANIFEST, page=page), newer=True))
    bar.show_page.click()
    assert browser.pages == []
    assert unbroken(bar.text.text()).endswith(f"Selainta ei saatu avattua. Sivu on täällä: {page}")
    bar.tell(Finding("1.3.2", MANIFEST, newer=True))
    assert bar.text.text() == "Nopeampi haku."


@pytest.mark.parametrize(
    ("notes", "shown"),
    [("", ""), ("\n \nHaku.\nMuuta.", "Haku."), ("x" * 160, "x" * 160), ("x" * 161, "x" * 159 + "…")],
)
def test_the_bar_stays_low_whatever_is_new(notes: str, shown: str) -> None:
    assert in_short(notes) == shown


@pytest.mark.parametrize(
    "address", ["http://vfadmin.esim.example/", "file:///etc/passwd", "javascript:alert(1)", "", "https://[/"]
)
def test_nothing_but_https_is_opened(qapp: QApplication, browser: Browser, address: str) -> None:
    del qapp
    assert not open_page(address)
    assert browser.pages == []


@pytest.mark.parametrize("language", ["fi", "en"])
def test_the_notice_is_fit_to_be_read_and_heard(start: Open, speaker: Speaker, language: str) -> None:
    shown = start()
    bar = told(shown)
    speaker.speak(language)
    shown.window.resize(shown.window.minimumSize())
    shown.wait(lambda: bar.text.text() == in_short(MANIFEST.notes[language]))
    shown.wait(lambda: not cut(bar))
    assert bar.accessibleName() == bar.title.text()
    assert nameless(bar) == []
