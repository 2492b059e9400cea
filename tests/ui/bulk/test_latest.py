"""What was imported before stays in sight, and can be undone later (R26)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from tests.clock import FakeClock
from tests.ui.bulk.journey import Import, held, opened, question, verb
from tests.ui.conftest import House, Shown
from tests.ui.test_long_jobs import told
from vfadmin.ui.bulk.latest import LatestImports
from vfadmin.ui.desk import Lane
from vfadmin.ui.long_jobs import LONG


def lines(latest: LatestImports) -> list[str]:
    return [label.text() for label in latest._rows.findChildren(QLabel)]


def test_r26_an_import_is_undone_after_its_list_was_put_away(listed: Import, house: House) -> None:
    latest = listed.screen.start.latest
    assert latest.isHidden(), "nothing was imported yet"
    listed.apply()
    listed.screen.report.another.click()
    listed.shown.wait(latest.isVisible)
    said = [line.replace("\N{ZERO WIDTH SPACE}", "") for line in lines(latest)]
    assert sorted(said) == ["10.3.2026 9.30", "henkilöt.xlsx", "lisätty 2, muutettu 1", "tuki.k"]
    (undo,) = latest.undos.values()
    undo.click()
    verb(question(listed.screen))
    listed.settled()
    assert "2 lisättyä henkilöä poistettiin." in listed.screen.bar.message
    listed.shown.wait(lambda: "kumottu" in lines(latest))
    assert not latest.undos
    assert house.services.bulk_import.batches()[0].undone is not None
    listed.shown.wait(lambda: len(listed.shown.rows()) == 43)


def test_a_cancelled_undo_leaves_the_import(listed: Import, house: House) -> None:
    listed.apply()
    listed.screen.report.another.click()
    latest = listed.screen.start.latest
    listed.shown.wait(lambda: bool(latest.undos))
    next(iter(latest.undos.values())).click()
    with held(listed.shown, Lane.WRITE):
        verb(question(listed.screen))
        listed.screen.start.cancel.click()
    listed.settled()
    assert listed.screen.bar.message == "Kumoaminen peruttiin. Tuonti on ennallaan."
    assert house.services.bulk_import.batches()[0].undoable
    assert listed.screen.start.choose.isVisible()


@pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)
def test_an_import_that_ends_out_of_sight_is_told(listed: Import, fake_clock: FakeClock) -> None:
    assert listed.shown.window.interior.jobs is not None
    listed.shown.window.interior.jobs.toast._available = lambda: True
    with held(listed.shown, Lane.WRITE):
        listed.screen.foot.apply.click()
        fake_clock.advance(LONG + timedelta(seconds=1))
        listed.shown.window.showMinimized()
    listed.settled()
    listed.shown.wait(lambda: told(listed.shown).startswith("Tuonti on valmis: lisätty 2"))
    listed.shown.window.showNormal()
    QApplication.processEvents()


def test_r26_twenty_thousand_rows_are_looked_through_without_waiting(shown: Shown, tmp_path: Path) -> None:
    file = tmp_path / "iso.csv"
    rows = (f"Henkilö {n};henkilo{n}@esimerkki.fi;Uusi {n % 7}" for n in range(20_000))
    file.write_text("Nimi;Sähköposti;Yhtiö\n" + "\n".join(rows), encoding="utf-8")

    listed = opened(shown, file)
    view, bar = listed.screen.view, listed.screen.view.verticalScrollBar()
    assert listed.screen.model.sums().created == 20_000

    def quick(act: object, *arguments: object) -> float:
        assert callable(act)
        began = perf_counter()
        act(*arguments)
        view.viewport().repaint()
        return perf_counter() - began

    jumps = sorted(quick(bar.setValue, step * 997 % bar.maximum()) for step in range(40))
    assert jumps[20] < 0.1
    assert quick(listed.screen.filters.chips["update"].click) < 1
    assert quick(listed.screen.filters.chips["create"].click) < 1
    assert quick(listed.screen.filters.none.click) < 1
    assert listed.screen.model.sums().left == 20_000
    assert quick(view.selectAll) < 1
    assert quick(listed.screen.filters.all.click) < 1
