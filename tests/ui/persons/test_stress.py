"""A bad day: a locked store, a store that goes away, an engine that reports all the time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from tests.postgresql import server
from tests.ui.conftest import House, Shown
from tests.ui.people import Sample, sample
from tests.ui.still_engine import Done, StillEngine
from vfadmin.models import store as store_module
from vfadmin.models.store import Store, open_store
from vfadmin.ui.persons.columns import At


@contextmanager
def locked(store: Store) -> Iterator[None]:
    """Somebody else writes, and takes his time."""
    with closing(open_store(store.url)) as other, other.write():
        yield


@contextmanager
def away(store: Store) -> Iterator[None]:
    """The file is somewhere else for a while, or the server lets nobody in."""
    store.close()  # as a restarted server closes connections
    if store.scheme == "sqlite":
        place = Path(store.place)
        elsewhere = place.rename(place.with_name("away.sqlite"))
        yield
        elsewhere.rename(place)
        return
    name = store.engine.url.database
    server().sql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    server().sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname <> current_database()")
    yield
    server().sql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def said(shown: Shown) -> str:
    """What the info bar says, details and all."""
    return " ".join(label.text() for label in shown.screen.bar.findChildren(QLabel)).replace("\u2060", "")


def passive(people: list[Sample]) -> int:
    return next(one.id for one in people if one.active and one.state == "passive" and one.kind == "person")


def activate(shown: Shown, person: int) -> None:
    shown.screen.view.go_to(person, At.NAME)
    shown.wait(shown.screen.actions_bar.made["activate"].isEnabled)
    shown.screen.actions_bar.made["activate"].trigger()


def test_while_somebody_else_writes_the_window_searches_and_says_what_it_waits_for(
    shown: Shown, house: House
) -> None:
    person = passive(house.people)
    name = next(one.name for one in house.people if one.id == person)
    with locked(house.store):
        activate(shown, person)
        assert shown.screen.worker.busy
        shown.search(name, 1)
        shown.wait(lambda: shown.window.interior.line.doing.text() == "Aktivoidaan 0 / 1")
        assert shown.row(person).state == "passive"
    shown.wait(lambda: not shown.screen.worker.busy)
    shown.wait(lambda: shown.row(person).state == "active")


def test_a_store_that_stays_locked_refuses_in_words_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
    make_house: Callable[[list[Sample]], House],
    show: Callable[..., Shown],
) -> None:
    monkeypatch.setattr(store_module, "BUSY_SECONDS", 1.0)
    house = make_house(list(sample(40)))
    shown = show(house.services)
    person = passive(house.people)
    with locked(house.store):
        activate(shown, person)
        shown.wait(lambda: bool(shown.screen.bar.message) and not shown.screen.worker.busy)
        assert "VF-STORE-04" in said(shown)
        assert "Yritä hetken kuluttua uudelleen" in said(shown)
    assert shown.row(person).state == "passive"
    activate(shown, person)
    shown.wait(lambda: shown.row(person).state == "active")


def test_a_store_that_goes_away_keeps_its_rows_on_the_screen_and_is_tried_again(
    shown: Shown, house: House
) -> None:
    rows = shown.rows()
    with away(house.store):
        shown.screen.criteria.text.setText("aalto")
        shown.wait(lambda: bool(shown.screen.bar.message))
        assert shown.rows() == rows
        assert "VF-STORE-01" in said(shown)
    shown.screen.bar.retry.emit()
    shown.wait(lambda: 0 < len(shown.rows()) < len(rows))


def test_an_engine_that_reports_without_pause_is_read_in_bundles_and_disturbs_nobody(
    house: House, show: Callable[..., Shown]
) -> None:
    engine = StillEngine()
    shown = show(house.services, engine=engine)
    told: list[frozenset[int]] = []
    shown.window.interior.engine.touched.connect(told.append)
    ids, view = shown.rows(), shown.screen.view
    view.go_to(ids[0], At.LOGIN)
    view.edit(view.currentIndex())
    (editor,) = (one for one in view.viewport().findChildren(QLineEdit) if one.isVisible())
    QTest.keyClicks(editor, "kesken@example.com")
    for _ in range(20):
        for report in range(250):
            engine.mailbox_finished.emit(Done(ids[report % len(ids)]))
        QApplication.sendPostedEvents(None, QEvent.Type.MetaCall)
        QApplication.processEvents()
    shown.wait(lambda: bool(told))
    assert len(told) <= 20
    assert editor.isVisible()
    assert editor.text() == "kesken@example.com"
    assert view.current_id() == ids[0]
