"""R12, R24, R27: the account's password is wrong, and 500 mailboxes stand behind it.

One banner, no row turns red, no login is tried into a lock-out; once the password is right, everybody goes
on by himself.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.sync.scenarios.fleet import Fleet, running_fleet
from vfadmin.models import Integration
from vfadmin.simulator import FaultRule
from vfadmin.simulator.config import Protocol

MAILBOXES = 500
LOGONS = 2
REFUSED = {
    "ews": (FaultRule(status=401, times=None), "EX-AUTH-01"),
    "both": (FaultRule(operation="GraphToken", code="AADSTS7000215", times=None), "EX-AUTH-06"),
}


def logons(fleet: Fleet) -> int:
    """How often the account has tried to sign in."""
    counts = fleet.simulator.request_counts()
    return counts.get("GraphToken", 0) if fleet.simulator.config.protocol == "both" else sum(counts.values())


def states(fleet: Fleet) -> dict[str, int]:
    with fleet.store.read() as session:
        counted = select(Integration.state, func.count()).group_by(Integration.state)
        return {str(row[0]): row[1] for row in session.execute(counted)}


@pytest.mark.timeout(400)
@pytest.mark.parametrize("protocol", ["ews", "both"])
def test_r27_a_bad_password_is_one_banner_for_500_mailboxes(tmp_path: Path, protocol: Protocol) -> None:
    rule, code = REFUSED[protocol]
    cloud = range(1, MAILBOXES + 1) if protocol == "both" else ()
    with running_fleet(tmp_path, MAILBOXES, in_process=True, cloud=cloud) as fleet:
        fleet.simulator.set_faults([rule])
        while fleet.due():
            fleet.sync()
        assert states(fleet) == {"active": MAILBOXES}
        assert 1 <= logons(fleet) <= LOGONS
        summary = fleet.services.status.summary()
        (connection,) = summary.connections
        assert connection.blocked is not None
        assert (connection.blocked.code, summary.synchronising) == (code, False)
        assert summary.counts.error == 0

        before = logons(fleet)
        for _ in range(3):
            fleet.clock.advance(timedelta(days=1))
            assert fleet.due() == []
        assert logons(fleet) == before

        fleet.simulator.set_faults([])
        simulator = fleet.simulator
        secret = simulator.password if protocol == "ews" else simulator.client_secret
        fleet.services.connections.set(name=connection.name, secret=secret)
        assert fleet.services.status.summary().synchronising
        some = fleet.due()
        assert len(some) > LOGONS, "nobody has to be put back by hand"
        assert all(one.ok for one in fleet.sync(*some[:5]))
