"""With a high-contrast palette every text reads, and every edge, selection and focus is seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPushButton,
    QWidget,
)

from tests.ui.conftest import House, Shown
from tests.ui.looks import CONTRAST, contrast_palette, dark_palette, dress, light_palette
from tests.ui.test_accessible import close_all, event, exchange
from vfadmin.ui.persons.columns import At
from vfadmin.ui.style import EDGE_CONTRAST, TEXT_CONTRAST, contrast, high_contrast, shades

THEMES = tuple(CONTRAST)
TEXTS = ("text", "muted", "accent_text", "good", "bad", "warn", "neutral", "disabled")
EDGES = ("border", "line", "accent", "good", "bad", "warn", "selected_edge", "row_edge")
FILLS = (("on_accent", "accent"), ("on_pick", "pick"), ("on_good", "good"), ("on_bad", "bad"))
FILLS += (("on_neutral", "neutral"), ("disabled", "inert"))


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_and_every_edge_is_seen(theme: str) -> None:
    palette = contrast_palette(*CONTRAST[theme])
    assert high_contrast(palette)
    colours = asdict(shades(palette))
    grounds = ("base", "window", "selected", "hover", "bad_tint", "warn_tint")
    pairs = [(text, ground, TEXT_CONTRAST) for text in ("text", "muted") for ground in grounds]
    pairs += [(text, ground, TEXT_CONTRAST) for text in TEXTS for ground in ("base", "window", "selected")]
    pairs += [(text, fill, TEXT_CONTRAST) for text, fill in FILLS]
    pairs += [(edge, ground, EDGE_CONTRAST) for edge in EDGES for ground in ("base", "window")]
    poor = {
        (one, other): round(found, 2)
        for one, other, least in pairs
        if (found := contrast(QColor(colours[one]), QColor(colours[other]))) < least
    }
    assert poor == {}


def test_usual_palettes_stay_as_they_are(app: QApplication) -> None:
    usual = (light_palette(), dark_palette(), app.style().standardPalette())
    assert [high_contrast(palette) for palette in usual] == [False] * 3


@pytest.fixture(params=THEMES)
def seen(request: pytest.FixtureRequest, shown: Shown, app: QApplication) -> Iterator[Shown]:
    """A window that was open when the theme was chosen."""
    dress(app, contrast_palette(*CONTRAST[request.param]))
    shown.window.activateWindow()
    shown.wait(shown.screen.isVisible)
    yield shown
    dress(app, light_palette())


def edge_contrast(widget: QWidget) -> float:
    """How well the left edge of a control stands out from what is around it, where it stands out most."""
    window = widget.window()
    image = window.grab().toImage()
    left = widget.mapTo(window, QPoint(0, widget.height() // 2))
    ground = image.pixelColor(left - QPoint(2, 0))
    return max(contrast(image.pixelColor(left + QPoint(x, 0)), ground) for x in range(3))


def controls(window: QWidget) -> list[QWidget]:
    """What has an edge of its own: fields, lists to choose from, buttons."""
    return [
        widget
        for kind in (QLineEdit, QComboBox, QPushButton)
        for widget in window.findChildren(kind)
        if widget.isVisibleTo(window)
        and widget.property("kind") not in ("link", "flat")
        and not isinstance(widget.parent(), QComboBox)
        and not widget.parent().inherits("QAbstractSpinBox")
    ]


def test_every_control_has_an_edge(seen: Shown) -> None:
    seen.screen.view.selectRow(0)
    seen.wait(seen.screen.summary.isVisible)
    found = controls(seen.window)
    assert len(found) > 10
    faint = [type(one).__name__ + one.accessibleName() for one in found if edge_contrast(one) < EDGE_CONTRAST]
    assert faint == []


def test_a_selected_row_is_framed(seen: Shown) -> None:
    view = seen.screen.view
    view.selectRow(2)
    view.setFocus()
    image = view.viewport().grab().toImage()
    ground = QColor(shades(QApplication.palette()).base)
    cell = view.visualRect(seen.screen.model.index(2, At.NAME))
    for y in (cell.top(), cell.bottom()):
        middle = QPoint(cell.center().x(), y)
        assert contrast(image.pixelColor(middle), ground) >= EDGE_CONTRAST
    other = view.visualRect(seen.screen.model.index(5, At.NAME))
    assert contrast(image.pixelColor(QPoint(other.center().x(), other.top())), ground) < EDGE_CONTRAST


_SEEN = 20
"""So many pixels of a control must change when it gets the keyboard; a frame around a box has more."""


def changed(before: QImage, after: QImage) -> int:
    """How many pixels became another colour that anybody can tell from the former."""
    found = 0
    for x in range(before.width()):
        for y in range(before.height()):
            if before.pixel(x, y) != after.pixel(x, y):
                found += contrast(before.pixelColor(x, y), after.pixelColor(x, y)) >= EDGE_CONTRAST
    return found


def seen_in(window: QWidget, widget: QWidget) -> QImage:
    """The widget on its ground."""
    return window.grab(QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())).toImage()


def focusable(window: QWidget) -> list[QWidget]:
    kinds = (QAbstractButton, QLineEdit, QComboBox)
    return [
        widget
        for kind in kinds
        for widget in window.findChildren(kind)
        if widget.isVisibleTo(window)
        and widget.isEnabled()
        and widget.focusPolicy().value
        and not isinstance(widget.parent(), QComboBox)
    ]


def without_focus(window: QWidget) -> list[str]:
    """The controls at which nobody sees that they have the keyboard."""
    lost = []
    for widget in focusable(window):
        if (focused := QApplication.focusWidget()) is not None:
            focused.clearFocus()
        before = seen_in(window, widget)
        widget.setFocus()
        assert widget.hasFocus()
        if changed(before, seen_in(window, widget)) < _SEEN:
            lost.append(f"{type(widget).__name__} {widget.accessibleName()}{getattr(widget, 'text', str)()}")
    return lost


def test_the_focus_is_seen_in_the_window(seen: Shown) -> None:
    assert without_focus(seen.window) == []


def test_the_focus_is_seen_in_the_form(seen: Shown, house: House) -> None:
    for opener in (exchange, event):
        window = opener(seen, house)
        seen.wait(window.isActiveWindow)
        assert without_focus(window) == []
        close_all(seen, window)
