"""Taking mailboxes from EWS to Graph: the same events, other ids, and nothing written (R5, R29)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from tests.services.company import ACTOR, Company, address, running_company
from tests.strategies import NOW
from vfadmin.models import Audit, CalendarEvent, Pair

MAILBOXES, EVENTS = 4, 30


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    with running_company(tmp_path, MAILBOXES, EVENTS) as company:
        yield company


def test_r5_mailboxes_move_to_graph_with_everything_that_is_paired(company: Company) -> None:
    before, ids = company.everything(), company.ids()
    seen = company.synchronise.transfer(None, ACTOR, dry_run=True)
    assert (company.connections(), company.ids()) == ({"ews"}, ids)
    done = company.synchronise.transfer(None, ACTOR)
    assert seen == done
    assert [(one.pairs, one.translated, one.missing, one.failure) for one in done] == (
        [(EVENTS, EVENTS, 0, None)] * MAILBOXES
    )
    assert company.connections() == {"graph"}
    assert not company.ids() & ids
    assert company.sync()[:3] == (0, 0, 0)
    assert company.everything() == before
    assert company.simulator.outbox == []


def test_r5_what_was_moved_goes_back_while_ews_answers(company: Company) -> None:
    before, ids = company.everything(), company.ids()
    company.synchronise.transfer([1, 2], ACTOR)
    company.synchronise.transfer([1, 2], ACTOR, back=True)
    assert (company.connections(), company.ids()) == ({"ews"}, ids)
    assert company.sync()[:3] == (0, 0, 0)
    assert company.everything() == before


def test_r29_where_ids_cannot_be_translated_events_are_known_by_what_they_are(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a mailbox was moved from an own server to Office 365."""
    monkeypatch.setattr(company.synchronise._doors, "translated", lambda *_: {})
    before = company.everything()
    done = company.synchronise.transfer(None, ACTOR)
    assert [(one.matched, one.missing) for one in done] == [(EVENTS, 0)] * MAILBOXES
    assert company.sync()[:3] == (0, 0, 0)
    assert company.everything() == before


def test_an_edit_made_before_the_move_is_an_edit_after_it(company: Company) -> None:
    user = company.simulator.outlook(address(1))
    item = next(item for item in user.items() if item.subject == "VF 3")
    user.edit(item.id, subject="Siirron edellä muutettu")
    company.synchronise.transfer([1], ACTOR)
    assert company.sync()[:3] == (1, 0, 0)
    with company.store.read() as session:
        titles = set(session.scalars(select(CalendarEvent.title).where(CalendarEvent.owner_id == 1)))
    assert "Siirron edellä muutettu" in titles


def test_a_mailbox_of_which_something_is_missing_stays_where_it_is(company: Company) -> None:
    user = company.simulator.outlook(address(2))
    user.delete(next(item.id for item in user.items()))
    ids = company.ids()
    (one,) = company.synchronise.transfer([2], ACTOR)
    assert (one.missing, one.failure and one.failure.code) == (1, "VF-MOVE-01")
    assert (company.connections(), company.ids()) == ({"ews"}, ids)


def test_r2_what_stayed_behind_in_another_calendar_does_not_hold_a_move_up(company: Company) -> None:
    with company.store.write() as session:
        some = select(Pair.id).where(Pair.person_id == 4).limit(5)
        left = list(session.scalars(some))
        session.execute(update(Pair).where(Pair.id.in_(left)).values(status="closed", exchange_id=Pair.key))
    (one,) = company.synchronise.transfer([4], ACTOR)
    assert (one.pairs, one.translated, one.failure) == (EVENTS - 5, EVENTS - 5, None)
    with company.store.read() as session:
        kept = session.execute(select(Pair.exchange_id, Pair.key).where(Pair.id.in_(left))).all()
    assert all(exchange_id == key for exchange_id, key in kept)


def test_the_move_is_in_the_trail(company: Company) -> None:
    company.synchronise.transfer([3], ACTOR)
    with company.store.read() as session:
        (entry,) = session.scalars(select(Audit).where(Audit.action == "integration.move"))
    assert (entry.subject, entry.after) == ("person:3", {"connection": "graph", "pairs": EVENTS})


def test_r24_what_an_admin_left_alone_goes_along_where_it_is_there(company: Company) -> None:
    """Of a skipped deletion one half is left: it is no new event over the other protocol either."""
    with company.store.write() as session:
        left = session.scalars(select(Pair).where(Pair.person_id == 1).order_by(Pair.id).limit(2)).all()
        for pair in left:
            pair.status, pair.decision = "closed", "skip"
        gone = {pair.exchange_id for pair in left[:1]}
        kept = {int(pair.valueframe_id or 0) for pair in left[1:]}
        session.execute(update(CalendarEvent).where(CalendarEvent.id.in_(kept)).values(deleted_at=NOW))
    user = company.simulator.outlook(address(1))
    for item in user.items():
        if item.id in gone:
            user.delete(item.id)
    (one,) = company.synchronise.transfer([1], ACTOR)
    assert (one.missing, one.failure) == (0, None)
    assert company.sync()[:3] == (0, 0, 0)
    assert company.sync()[:3] == (0, 0, 0)
