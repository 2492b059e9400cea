"""Moves that somebody watches: who is concerned, one after the other, an end between two (R5, R27)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.services.company import Company, running_company
from vfadmin.errors import UsageError
from vfadmin.models import Integration
from vfadmin.services.progress import Progress
from vfadmin.services.synchronise import Transfer

EVENTS = 4


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    with running_company(tmp_path, 3, EVENTS) as company:
        yield company


def test_a_survey_tells_who_can_be_moved_who_is_there_and_who_cannot(company: Company) -> None:
    company.synchronise.transfer([1], company.services.actor)
    company.services.activation.passivate([2])
    found = company.services.transfers.survey([1, 2, 3, 99])
    assert (found.movable, found.there) == ((3,), (1,))
    told = [(one.person_id, one.failure and one.failure.code) for one in found.refused]
    assert told == [(2, "VF-STATE-01"), (99, "VF-PERSON-01")]
    assert company.services.transfers.survey([1, 3], back=True).movable == (1,)


def test_each_is_told_and_a_cancel_ends_it_between_two(company: Company) -> None:
    progress, heard = Progress(3), []

    def hear(told: Transfer) -> None:
        heard.append(told)
        progress.cancelled = len(heard) == 2

    done = company.services.transfers.run([1, 2, 3], hear, progress)
    assert (list(done.results), done.stopped, progress.done) == (heard, None, 2)
    with company.store.read() as session:
        names = session.scalars(select(Integration.connection).order_by(Integration.person_id))
        assert list(names) == ["graph", "graph", "ews"]


def test_r27_what_is_wrong_with_a_connection_ends_it_at_once(company: Company) -> None:
    company.services.secrets.write("graph", "wrong")
    heard: list[Transfer] = []
    done = company.services.transfers.run([1, 2, 3], heard.append, Progress(3), dry_run=True)
    assert done.stopped is not None
    assert (done.stopped.code, done.results, heard) == ("EX-AUTH-06", (), [])


@pytest.mark.parametrize("missing", ["graph", "module"])
def test_without_a_connection_or_the_module_nobody_is_moved(company: Company, missing: str) -> None:
    if missing == "graph":
        company.services.connections.forget("graph")
    else:
        company.services.settings.set_module(False)
    with pytest.raises(UsageError) as error:
        company.services.transfers.survey([1])
    found = error.value.failure
    assert (found.code, found.params.get("protocol")) == {
        "graph": ("EX-CONN-01", "graph"),
        "module": ("VF-MODULE-01", None),
    }[missing]


def test_a_row_says_by_which_protocol_its_mailbox_goes(company: Company) -> None:
    company.synchronise.transfer([1], company.services.actor)
    with company.store.write() as session:
        for person, mailbox in ((2, "p2@example.test"), (3, None)):
            row = session.get_one(Integration, person)
            row.connection, row.mailbox = None, mailbox
    found = [row.protocol for row in company.services.search.rows([1, 2, 3])]
    assert found == ["graph", "ews", ""], "a mailbox found before connections were remembered is on EWS"
