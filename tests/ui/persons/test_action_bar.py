from __future__ import annotations

from tests.ui.conftest import Shown
from vfadmin.ui.actions import BUTTONS


def worded(shown: Shown) -> list[str]:
    return [key for key in BUTTONS if shown.screen.actions_bar.buttons[key].text()]


def test_where_room_is_short_the_last_buttons_lose_their_words_first(shown: Shown) -> None:
    bar = shown.screen.actions_bar
    assert worded(shown) == list(BUTTONS)
    counts = []
    for width in range(bar.width(), 420, -40):
        bar.resize(width, bar.height())
        assert worded(shown) == list(BUTTONS)[: len(worded(shown))]
        assert sum(bar.buttons[key].sizeHint().width() for key in BUTTONS) < width
        counts.append(len(worded(shown)))
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] == 0


def test_a_button_without_words_still_has_its_name_and_tells_it(shown: Shown) -> None:
    bar = shown.screen.actions_bar
    bar.resize(260, bar.height())
    button = bar.buttons["passivate"]
    assert button.text() == ""
    assert button.accessibleName() == "Passivoi"
    assert button.toolTip().startswith("Passivoi")
    assert not button.icon().isNull()
