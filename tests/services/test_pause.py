"""Everything is stopped in one step, for every process on the store, and goes on without a double."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.services.company import running_company
from vfadmin.calendars.ews.calendar import EwsCalendar
from vfadmin.errors import UsageError
from vfadmin.models import Audit


def test_while_all_is_paused_nothing_is_synchronised(tmp_path: Path) -> None:
    with running_company(tmp_path, mailboxes=3, events=2) as company:
        company.add_in_valueframe(1, "Uusi", 3)
        assert company.services.settings.set_paused(True)
        assert not company.services.settings.set_paused(True)
        company.simulator.clear_requests()
        with pytest.raises(UsageError) as raised:
            company.synchronise.run()
        assert raised.value.failure.code == "VF-PAUSE-01"
        engine = company.synchronise.engine()
        assert engine.due() == []
        assert list(engine.sync([1, 2, 3])) == []
        assert company.simulator.request_counts() == {}
        summary = company.services.status.summary()
        assert (summary.paused, summary.synchronising) == (True, False)

        assert company.services.settings.set_paused(False)
        written = company.sync()
        assert written[:3] == (0, 1, 0)
        assert [title for _, _, title in company.everything()].count("Uusi") == 1
        with company.store.read() as session:
            told = session.scalars(select(Audit.after).where(Audit.subject == "setting:paused")).all()
        assert told == [{"paused": True}, {"paused": False}]


def test_a_cycle_under_way_stops_between_two_writes(tmp_path: Path, monkeypatch: Any) -> None:
    with running_company(tmp_path, mailboxes=1, events=0) as company:
        for number in range(5):
            company.add_in_valueframe(1, f"Uusi {number}", 2 + number)
        monkeypatch.setattr("vfadmin.sync.engine._FRESH", 0.0)
        monkeypatch.setattr(EwsCalendar, "most", 2)
        creates = 0
        original = company.simulator.request_counts

        engine = company.synchronise.engine()
        asked = engine._enabled

        def pausing() -> bool:
            nonlocal creates
            creates = original().get("CreateItem", 0)
            if creates == 1:
                company.services.settings.set_paused(True)
            return asked()

        engine._allowed._ask = pausing
        (result,) = engine.sync([1])
        assert result.failure is not None
        assert result.failure.code == "VF-STOP-01"
        assert (creates, len(company.everything())) == (1, 2)

        company.services.settings.set_paused(False)
        assert company.sync()[:3] == (0, 3, 0)
        assert len(company.everything()) == 5
