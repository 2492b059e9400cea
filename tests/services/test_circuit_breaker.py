"""R12, R24, R27: the account's password is wrong, and 500 mailboxes stand behind it.

One banner, no row turns red, no login is tried into a lock-out; once the password is right, everybody goes
on by himself.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.sync.scenarios.fleet import Fleet, running_fleet
from vfadmin.calendars.graph import roles
from vfadmin.models import Integration
from vfadmin.simulator import FaultRule
from vfadmin.simulator.config import GraphConfig, Protocol

MAILBOXES = 500
LOGONS = 2
TENANT = 60
"""Mailboxes behind an application that nobody has granted anything."""
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


def without_consent(tmp_path: Path, count: int, *, scoped: bool = False) -> AbstractContextManager[Fleet]:
    """A fleet in Office 365 whose application's tokens name no permission for calendars."""
    graph = GraphConfig(roles=("User.Read.All",), scoped=scoped)
    return running_fleet(tmp_path, count, in_process=True, cloud=range(1, count + 1), graph=graph)


def test_r27_an_application_without_consent_is_one_banner_and_no_red_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with without_consent(tmp_path, TENANT) as fleet:
        while fleet.due():
            fleet.sync()
        assert states(fleet) == {"active": TENANT}
        first = sum(fleet.simulator.request_counts().values())
        assert first <= 20, "whoever was at work already, and nobody after him"
        (connection,) = fleet.services.status.summary().connections
        assert connection.blocked is not None
        assert connection.blocked.code == "EX-AUTH-10"

        monkeypatch.setattr(roles, "HOLD", 0.0)  # the fleet's hours are no hours of ours
        for _ in range(16):  # four hours
            fleet.clock.advance(timedelta(minutes=15))
            for person in fleet.due()[:1]:  # nobody may be due yet, and to sync nobody is to sync all
                fleet.sync(person)
        assert states(fleet) == {"active": TENANT}
        assert sum(fleet.simulator.request_counts().values()) - first <= 2 * 16

        fleet.simulator.grant("Calendars.ReadWrite")
        fleet.clock.advance(timedelta(hours=1))
        assert fleet.sync(*fleet.due()[:1])[0].ok, "once it is granted, it goes on by itself"
        assert fleet.services.status.summary().connections[0].blocked is None


def test_r27_a_mailbox_outside_the_scope_of_exchange_is_red_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """RBAC for Applications: no token names the right, and one mailbox is not in it."""
    with without_consent(tmp_path, 50, scoped=True) as fleet:
        fleet.simulator.deny_impersonation("p1@example.test")
        assert not fleet.sync(1)[0].ok
        assert states(fleet) == {"active": 50}
        monkeypatch.setattr(roles, "HOLD", 0.0)  # the fleet's minutes are no minutes of ours
        for _ in range(3):
            fleet.clock.advance(timedelta(minutes=16))
            while fleet.due():
                fleet.sync()
        assert states(fleet) == {"active": 49, "error": 1}
        found = fleet.integration(1)
        assert (found.state, found.error_code) == ("error", "EX-GRAPH-02")
        assert fleet.services.status.summary().connections[0].blocked is None


def test_r27_a_mailbox_that_a_granted_application_may_not_reach_is_red_at_once(tmp_path: Path) -> None:
    with running_fleet(tmp_path, 2, in_process=True, cloud=(1, 2)) as fleet:
        fleet.simulator.deny_impersonation("p1@example.test")
        assert [one.ok for one in fleet.sync(1, 2)] == [False, True]
        assert (fleet.integration(1).error_code, states(fleet)) == ("EX-GRAPH-01", {"error": 1, "active": 1})
