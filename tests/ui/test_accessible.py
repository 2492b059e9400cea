"""What a screen reader finds: a name on every control, words where the eye sees a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QWidget

from tests.ui.conftest import House, Shown
from tests.ui.people import sample
from tests.ui.stage import SMALL
from tests.ui.week import keep_a_week
from vfadmin.ui.actions import ACTIONS
from vfadmin.ui.persons.calendar_change import CalendarDialog
from vfadmin.ui.persons.columns import At
from vfadmin.ui.persons.event_dialog import EventDialog
from vfadmin.ui.persons.form import PersonForm
from vfadmin.ui.settings.screen import KEYS
from vfadmin.ui.support.fields import EWS
from vfadmin.ui.translations import Speaker

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
    shown.window.interior.navigation.go("settings")
    assert nameless(shown.window) == []
    shown.window.interior.screens.setCurrentWidget(shown.window.interior.screens.assistance)
    shown.wait(shown.window.interior.screens.assistance.isEnabled)
    assert nameless(shown.window) == []


Opener = Callable[[Shown, House], QWidget]


def form_of(shown: Shown, state: str = "active") -> PersonForm:
    person = next(one.id for one in sample(40) if one.state == state and one.active and one.kind == "person")
    shown.screen.open_form(person)
    return shown.screen.forms.open_ones[-1]


def basic(shown: Shown, _house: House) -> QWidget:
    return form_of(shown, "error")


def exchange(shown: Shown, _house: House) -> QWidget:
    form = form_of(shown, "passive")
    form.show_exchange()
    return form


def events(shown: Shown, house: House) -> QWidget:
    form = form_of(shown)
    others = [one.id for one in sample(40) if one.id != form.person_id]
    keep_a_week(house.store, form.person_id, others[0], house.services.events._clock())
    form.tabs.setCurrentWidget(form.calendars)
    shown.wait(lambda: form.events.model.rowCount() > 0)
    form.events.bar.show_message("bad", "Viesti", "Ohje", code="VF-TEST", details="Lisää", retry=True)
    return form


def both(shown: Shown, house: House) -> QWidget:
    form = events(shown, house)
    assert isinstance(form, PersonForm)
    form.calendars.both.click()
    page = form.calendars.compare
    shown.wait(lambda: page.model.rowCount() > 0)
    assert page.bar.message, "there is no Exchange here"
    return form


def event(shown: Shown, house: House) -> QWidget:
    form = events(shown, house)
    assert isinstance(form, PersonForm)
    form.events.view.selectRow(1)
    form.events.edit.click()
    return form.findChildren(EventDialog)[0]


def history(shown: Shown, _house: House) -> QWidget:
    form = form_of(shown)
    form.tabs.setCurrentWidget(form.history)
    shown.wait(lambda: form.history.tree.topLevelItemCount() > 0)
    return form


def calendar(shown: Shown, _house: House) -> QWidget:
    form = form_of(shown)
    form.exchange.change.click()
    return form.findChildren(CalendarDialog)[0]


def preview(shown: Shown, _house: House) -> QWidget:
    dialog = shown.screen.previews.open([one.id for one in sample(40)])
    shown.wait(lambda: bool(dialog.model.lines) and not dialog._reading)
    return dialog


def dry_run(shown: Shown, _house: House) -> QWidget:
    dialog = shown.screen.inspections.open([one.id for one in sample(40)][:5])
    shown.wait(lambda: bool(dialog.model.lines) and not dialog._reading)
    return dialog


WINDOWS: tuple[Opener, ...] = (basic, exchange, events, both, event, history, calendar, preview, dry_run)


@pytest.mark.parametrize("opener", WINDOWS)
def test_every_control_of_the_form_and_its_dialogs_has_a_name(
    shown: Shown, house: House, opener: Opener
) -> None:
    window = opener(shown, house)
    assert nameless(window) == []
    close_all(shown, window)


def close_all(shown: Shown, window: QWidget) -> None:
    for one in (window, *shown.screen.forms.open_ones):
        if isinstance(one, QDialog):
            one.reject()
    shown.wait(lambda: not shown.screen.forms.open_ones)


def letters(window: QWidget) -> Counter[str]:
    """The keys with Alt of what can be seen, by how many controls they lead to."""
    labels = [
        child.text()
        for child in window.findChildren(QWidget)
        if child.isVisibleTo(window) and hasattr(child, "text") and callable(child.text)
    ]
    return Counter(text[text.index("&") + 1].casefold() for text in labels if "&" in text)


@pytest.mark.parametrize("language", ["fi", "en"])
@pytest.mark.parametrize("opener", WINDOWS)
def test_no_two_controls_that_are_seen_share_a_key(
    shown: Shown, house: House, speaker: Speaker, opener: Opener, language: str
) -> None:
    speaker.speak(language)
    window = opener(shown, house)
    found = letters(window)
    assert [letter for letter, count in found.items() if count > 1] == []
    assert found or opener is history, "there are keys to the controls"
    close_all(shown, window)


def cut(window: QWidget) -> list[str]:
    """What has less room than its words need."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisibleTo(window) or not isinstance(widget, QLabel | QAbstractButton):
            continue
        if isinstance(widget, QLabel) and widget.wordWrap():
            short = widget.height() < widget.heightForWidth(widget.width())
        else:
            short = widget.width() < widget.sizeHint().width()
        if short and widget.text():
            found.append(f"{type(widget).__name__}: {widget.text()}")
    return found


@pytest.mark.parametrize("language", ["fi", "en"])
@pytest.mark.parametrize("opener", WINDOWS)
def test_nothing_is_cut_and_every_window_fits_a_screen_at_150_and_200_percent(
    shown: Shown, house: House, speaker: Speaker, opener: Opener, language: str
) -> None:
    speaker.speak(language)
    window = opener(shown, house)
    shown.wait(lambda: not cut(window))
    assert window.size().boundedTo(SMALL) == window.size()
    window.resize(window.minimumSizeHint().expandedTo(window.minimumSize()))
    shown.wait(lambda: not cut(window))
    close_all(shown, window)


def tabbed(window: QWidget, first: QWidget, order: list[QWidget]) -> list[QWidget]:
    """The widgets of ``order`` as the Tab key comes to them.

    The key is pressed for real: to walk Qt's chain of them from Python is to hold on to what Qt will delete.
    """
    first.setFocus()
    found: list[QWidget] = []
    for _ in range(4 * len(order)):
        at = window.focusWidget()
        if at in order and at not in found[-1:]:  # the parts of a time are stepped through one by one
            found.append(at)
        if at is order[-1]:
            break
        QTest.keyClick(at, Qt.Key.Key_Tab)
    return found


def test_tab_leads_through_an_event_as_the_eye_reads(shown: Shown, house: House) -> None:
    dialog = event(shown, house)
    assert isinstance(dialog, EventDialog)
    dialog.acknowledged.toggle()  # something to save
    times = dialog.times
    order: list[QWidget] = [dialog.title, dialog.location, times.start, times.all_day, times.end]
    order += [dialog.type, dialog.show_as, dialog.reminder, dialog.private, dialog.acknowledged]
    order += [dialog.text, dialog.save, dialog.cancel]
    assert tabbed(dialog, dialog.title, order) == order
    close_all(shown, dialog)


def test_tab_leads_through_the_tabs_of_the_form_as_the_eye_reads(shown: Shown, house: House) -> None:
    form = events(shown, house)
    assert isinstance(form, PersonForm)
    tab = form.events
    tab.view.selectRow(1)
    order: list[QWidget] = [tab.earlier, tab.first, tab.later, tab.today, tab.length]
    order += [tab.view, tab.add, tab.edit, tab.delete, form.cancel_button]
    assert tabbed(form, tab.earlier, order) == order
    form.reject()
    form = form_of(shown, "passive")
    form.show_exchange()
    own = form.exchange
    own.new.setChecked(True)
    order = [own.login, own.new, own.calendar_name, own.change, own.switch, own.preview, own.remove]
    assert tabbed(form, own.login, order) == order
    close_all(shown, form)


def test_tab_leads_through_the_settings_as_the_eye_reads(shown: Shown) -> None:
    shown.window.interior.navigation.go("settings")
    screen = shown.window.interior.screens.preferences
    shown.wait(screen.isEnabled)
    screen.days_back.setValue(screen.days_back.value() + 1)  # something to save
    order = [screen.language, screen.toasts, *(screen._fields[key].control for key in KEYS)]
    order += [screen.save, screen.revert]
    assert tabbed(shown.window, screen.language, order) == order


def test_tab_leads_through_the_screen_of_support_as_the_eye_reads(shown: Shown) -> None:
    screen = shown.window.interior.screens.assistance
    shown.window.interior.screens.setCurrentWidget(screen)
    shown.wait(screen.isEnabled)
    form, alerts = screen.forms[EWS], screen.alerts
    shown.wait(lambda: alerts._stored is not None)
    form.line("account").setText("ESIM\\tunnus")
    form.edited.emit()  # something to save
    order: list[QWidget] = [screen.switch, screen.protocol, form.line("url"), form.line("account")]
    order += [form.secret, form.auth, form.server_version, form.line("ca_file"), form.tls_profile]
    order += [screen.save, screen.revert, screen.person]
    order += [alerts.lines[name] for name in ("webhook", "recipients", "sender", "server")]
    order += [alerts.security, *(alerts.lines[name] for name in ("account", "password", "ca_file"))]
    assert tabbed(shown.window, screen.switch, order) == order


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
