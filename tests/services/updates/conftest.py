from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.updates.publishing import Shelf, open_shelf


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    """The publisher's server, whose authority the system knows."""
    (tmp_path / "palvelin").mkdir()
    with open_shelf(tmp_path / "palvelin") as server:
        monkeypatch.setenv("SSL_CERT_FILE", server.ca_file)
        yield server
