"""What a screen reader finds: a name on every control, words where the eye sees a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

from tests.ui.conftest import House, Shown
from tests.ui.people import sample
from vfadmin.ui.actions import ACTIONS
from vfadmin.ui.persons.columns import At
from vfadmin.ui.persons.form import PersonForm

NAMED = {
    QAccessible.Role.Button,
    QAccessible.Role.CheckBox,
    QAccessible.Role.RadioButton,
    QAccessible.Role.EditableText,
    QAccessible.Role.ComboBox,
    QAccessible.Role.SpinBox,
    QAccessible.Role.PageTab,
    QAccessible.Role.List,
    QAccessible.Role.ListItem,
}


def walk(node: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield node
    for place in range(node.childCount()):
        child = node.child(place)
        if child is not None and child.isValid() and not child.state().invisible:
            yield from walk(child)


def nameless(widget: QWidget) -> list[str]:
    root = QAccessible.queryAccessibleInterface(widget)
    assert root is not None
    return [
        f"{node.role().name} in {_owner(node)}"
        for node in walk(root)
        if node.role() in NAMED and not node.text(QAccessible.Text.Name) and not _inside(node)
    ]


def _owner(node: QAccessibleInterface) -> str:
    thing = node.object()
    return f"{type(thing).__name__} {thing.objectName()}" if thing is not None else "?"


def _inside(node: QAccessibleInterface) -> bool:
    """Whether it is a part of Qt's own inside a control that has a name."""
    parent = node.parent()
    return parent is not None and parent.role() in NAMED


def test_every_control_of_the_window_has_a_name(shown: Shown) -> None:
    shown.screen.bar.show_message("bad", "Viesti", "Ohje", code="VF-TEST", details="Lisää", retry=True)
    assert nameless(shown.window) == []
    shown.window.navigation.setCurrentRow(1)
    assert nameless(shown.window) == []


def test_every_control_of_the_form_has_a_name(shown: Shown) -> None:
    person = next(one.id for one in sample(40) if one.state == "error")
    shown.screen.open_form(person)
    form: PersonForm = shown.screen.forms.open_ones[0]
    assert nameless(form) == []
    form.show_exchange()
    assert nameless(form) == []
    form.reject()


def read_out(shown: Shown, rows: int) -> list[str]:
    """The cells of the first rows as they are read out, row by row."""
    table = QAccessible.queryAccessibleInterface(shown.screen.view)
    assert table is not None
    children = (table.child(place) for place in range((rows + 1) * (len(At) + 1)))
    cells = [child for child in children if child is not None and child.role() is QAccessible.Role.Cell]
    return [cell.text(QAccessible.Text.Name) for cell in cells][: rows * len(At)]


@pytest.mark.parametrize("at", list(At))
def test_every_cell_is_read_out_with_its_column(shown: Shown, at: At) -> None:
    read = read_out(shown, 10)
    for row in range(10):
        said = read[row * len(At) + at]
        assert len(said) > 3, f"row {row} says nothing in {at.name}"


def test_the_mark_of_a_mobile_sync_is_read_out(shown: Shown) -> None:
    person = next(one.id for one in sample(40) if one.mobile == "activesync")
    place = shown.screen.model.position(person)
    assert place is not None
    assert read_out(shown, place + 1)[place * len(At) + At.MOBILE] == "ActiveSync: ActiveSync"


def test_shortcuts_are_unique() -> None:
    keys = Counter(key for spec in ACTIONS for key in spec.shortcut.split())
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("language", ["fi", "en"])
def test_mnemonics_of_the_form_are_unique(
    house: House, show: Callable[..., Shown], speaker: object, language: str
) -> None:
    shown = show(house.services)
    speaker.speak(language)  # type: ignore[attr-defined]  # the Speaker of the window's language
    shown.screen.open_form(shown.rows()[0])
    form = shown.screen.forms.open_ones[0]
    for tab in (form.basic, form.exchange):
        labels = [
            child.text()
            for child in tab.findChildren(QWidget)
            if hasattr(child, "text") and callable(child.text)
        ]
        letters = Counter(text[text.index("&") + 1].casefold() for text in labels if "&" in text)
        assert [letter for letter, count in letters.items() if count > 1] == []
    form.reject()


def test_tab_leads_through_the_criteria_into_the_results(shown: Shown) -> None:
    criteria = shown.screen.criteria
    order = [criteria.text, criteria.company, criteria.inactive, *criteria.chips.values(), criteria.mobile]
    at: QWidget = criteria.text
    met: list[QWidget] = []
    for _ in range(200):
        if at in order:
            met.append(at)
        if at is shown.screen.view:
            break
        at = at.nextInFocusChain()
    assert met == order
    assert at is shown.screen.view
