"""A window with a list in its screen of the import."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.bulk.journey import Import, opened
from tests.ui.conftest import House, Shown
from tests.ui.lists import mixed, write_list


@pytest.fixture
def listed(shown: Shown, house: House, tmp_path: Path) -> Import:
    """The screen with a list that has rows of every verdict."""
    return opened(shown, write_list(tmp_path / "henkilöt.xlsx", mixed(house.people)))
