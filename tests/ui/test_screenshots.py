"""Every screen in both languages, light and dark, looks as it did; and the eye that says so is sharp."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import QApplication, QGraphicsOpacityEffect

from tests.ui.acts import ACTS, Act, at_work
from tests.ui.looks import light_palette
from tests.ui.screenshots import COMPARED, REFERENCES, RENEW, Series, perform
from tests.ui.stage import ZONE, Stage
from tests.ui.thumbnails import Difference, difference, drawn, small
from vfadmin.ui.persons.columns import At
from vfadmin.ui.style import shades, style_sheet
from vfadmin.ui.window import MainWindow


@pytest.fixture
def plain(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[QApplication]:
    """The application, where the pictures are: in Helsinki. What they need of it is given back."""
    font, flashes = qapp.font(), qapp.cursorFlashTime()
    with monkeypatch.context() as there:
        there.setenv("TZ", ZONE)
        time.tzset()
        yield qapp
    time.tzset()
    qapp.setFont(font)
    qapp.setCursorFlashTime(flashes)


def compared(name: str, image: QImage) -> Difference | None:
    """How a picture differs from its reference; None where that cannot be said."""
    return difference(small(image), QImage(str(REFERENCES / f"{name}.png")))


def judged(name: str, image: QImage, folder: Path) -> str:
    """What is wrong with a picture; empty if nothing is."""
    if not (REFERENCES / f"{name}.png").is_file():
        wrong = "there is no picture to compare it with"
    elif (found := compared(name, image)) is None:
        wrong = f"its size is another now, {image.width()} by {image.height()}"
    elif not found.tolerable:
        wrong = f"{found.blocks} of {found.of} parts differ, the worst by {found.worst:.1f} of 255"
    else:
        return ""
    path = folder / f"{name}.png"
    image.save(str(path))
    return f"{name}: {wrong}; drawn now: {path}"


PLAYED = [
    pytest.param(series, act, id=series.name(act.name))
    for series in COMPARED
    for act in ACTS
    if series.of(act)
]


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")  # for a menu
@pytest.mark.parametrize(("series", "act"), PLAYED)
def test_every_screen_looks_as_it_did(plain: QApplication, series: Series, act: Act, tmp_path: Path) -> None:
    pictures = perform(plain, series, act, tmp_path)
    assert sorted(pictures) == sorted(map(series.name, series.of(act)))
    wrong = [said for name, image in pictures.items() if (said := judged(name, image, tmp_path))]
    if wrong:
        told = "\n".join(wrong)
        pytest.fail(f"{told}\nIf they look as they should: {RENEW}", pytrace=False)


def test_there_is_a_small_picture_of_every_scene_and_no_other() -> None:
    there = list(REFERENCES.glob("*.png"))
    assert {path.stem for path in there} == {
        series.name(scene) for series in COMPARED for scene in series.scenes
    }
    assert sum(path.stat().st_size for path in there) < 3_500_000


def no_button(window: MainWindow) -> None:
    window.persons.actions_bar.buttons["preview"].setGraphicsEffect(invisible(window))


def invisible(window: MainWindow) -> QGraphicsOpacityEffect:
    effect = QGraphicsOpacityEffect(window)
    effect.setOpacity(0)
    return effect


def no_icon(window: MainWindow) -> None:
    window.persons.actions_bar.panel.setIcon(QIcon())


def cut_label(window: MainWindow) -> None:
    window.persons.criteria.inactive.setText("Myös ValueFramessa pas…")


def cut_cells(window: MainWindow) -> None:
    window.persons.view.setColumnWidth(At.SYNCED, 70)


def other_chip(window: MainWindow) -> None:
    window.persons.criteria.chips["error"].set_tone("good")


def no_mark(window: MainWindow) -> None:
    window.persons.view.clearSelection()


def other_accent(window: MainWindow) -> None:
    colours = shades(light_palette())
    sheet = style_sheet(colours).replace(colours.accent, "#0b7ad5")
    window.setStyleSheet(sheet)


def light_list(window: MainWindow) -> None:
    window.persons.view.setStyleSheet("QHeaderView::section { background: white; }")


def light_bar(window: MainWindow) -> None:
    window.interior.line.setStyleSheet("QStatusBar { background: #ffffff; }")


def nothing(window: MainWindow) -> None:
    del window


BREAKS: dict[Callable[[MainWindow], None], str] = {
    no_button: "",
    no_icon: "",
    cut_label: "",
    cut_cells: "",
    other_chip: "",
    no_mark: "",
    other_accent: "",
    light_list: "-dark",
    light_bar: "-dark",
}


@pytest.mark.parametrize("tone", ["", "-dark"])
def test_what_is_broken_is_seen(plain: QApplication, tmp_path: Path, tone: str) -> None:
    """Each break is made, seen and mended; what is whole again is taken for whole."""
    act = Act(partial(broken, tone=tone), ("persons",))
    series = next(one for one in COMPARED if one.name("") == f"{tone}-fi")
    perform(plain, series, act, tmp_path)


def broken(stage: Stage, tone: str) -> None:
    seen = {}
    for deed in [nothing, *(deed for deed, where in BREAKS.items() if where == tone)]:
        window = at_work(stage)
        deed(window)
        stage.settle()
        found = compared(f"persons{tone}-fi", drawn(window))
        assert found is not None
        seen[deed.__name__] = found.tolerable
    assert seen.pop("nothing")
    assert not any(seen.values()), seen


def test_what_has_no_reference_or_another_size_is_told(plain: QApplication, tmp_path: Path) -> None:
    del plain
    image = QImage(str(REFERENCES / "persons-fi.png"))
    assert "another now" in judged("persons-fi", image, tmp_path)
    told = judged("no-such-scene-fi", image, tmp_path)
    assert "no picture to compare it with" in told
    assert (tmp_path / "no-such-scene-fi.png").is_file()
