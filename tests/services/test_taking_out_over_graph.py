"""Take-outs (R30) and a changed calendar (R2) over Graph, which has ways of its own.

There every item has a UID of its own, and nothing is moved: what goes along is made anew and deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.clock import FakeClock
from tests.services import test_calendar_change as changes
from tests.services import test_removal_of_copies as copies
from tests.services.customer import ANNA, Customer, tenant_of
from tests.strategies import NOW
from vfadmin.models.store import Store
from vfadmin.simulator import Simulator

Story = Callable[[Customer], None]
COPIES: tuple[Story, ...] = (
    copies.test_r30_a_copy_of_what_was_born_in_anothers_outlook_is_taken_out,
    copies.test_r30_in_the_mailbox_where_it_was_born_it_stays,
    copies.test_r30_removed_and_activated_again_it_is_still_known_as_brought,
    copies.test_r30_the_store_alone_is_no_evidence,
    copies.test_r30_what_a_person_made_and_deleted_and_an_edit_brought_back_is_his_own,
    copies.test_r30_a_copy_that_was_declined_and_came_back_was_brought_again,
    copies.test_r30_what_its_owner_took_back_is_not_there_to_be_taken_out,
    copies.test_r2_a_copy_of_what_was_born_in_anothers_outlook_moves_along,
)
CHANGES: tuple[Story, ...] = (
    changes.test_r2_what_would_move_and_what_would_stay_is_counted_before,
    changes.test_r2_after_the_change_both_calendars_go_on_and_the_closed_pair_rests,
    changes.test_r2_what_rests_is_not_brought_anew_when_it_is_edited_or_a_cursor_is_lost,
    changes.test_r2_back_in_the_default_calendar_what_rested_goes_on_without_doubles,
    changes.test_r2_what_was_deleted_meanwhile_is_deleted_and_not_moved,
    changes.test_r2_from_one_own_calendar_to_another,
    changes.test_r2_what_cannot_be_read_stays_and_rests,
)


@pytest.fixture(scope="module")
def tenant() -> Iterator[Simulator]:
    with tenant_of() as running:
        yield running


@pytest.fixture
def cloud(store: Store, tmp_path: Path, tenant: Simulator) -> Iterator[Customer]:
    """An installation whose mailboxes are in Office 365, empty and nobody activated."""
    tenant.reset()
    made = Customer(store, tmp_path, tenant)
    yield made
    made.synchronise.close()


def told(story: Story) -> str:
    return story.__name__.removeprefix("test_")


@pytest.mark.parametrize("story", COPIES, ids=told)
def test_copies(cloud: Customer, story: Story) -> None:
    story(copies.share(cloud))


@pytest.mark.parametrize("story", CHANGES, ids=told)
def test_changed_calendar(cloud: Customer, story: Story) -> None:
    story(changes.rest(cloud))


def test_r30_of_two_who_are_removed_together_neither_keeps_what_was_brought(cloud: Customer) -> None:
    copies.test_r30_of_two_who_are_removed_together_neither_keeps_what_was_brought(cloud)


def test_r2_what_valueframe_brought_is_made_anew_and_nothing_is_taken_for_deleted(cloud: Customer) -> None:
    """What lies in the former calendar is none of the new one's, and is there all the same."""
    resting = changes.rest(cloud)
    changes.move(resting, **changes.NEW)
    assert changes.places(resting) == (["Hammaslääkäri"], changes.OURS)
    assert resting.valueframe_titles(ANNA) == changes.ALL
    assert changes.statuses(resting) == ["closed", "ok", "ok"]
    assert sorted(one.subject for one in resting.outlook(ANNA).deleted_items()) == changes.OURS
    assert resting.simulator.outbox == []


def test_r30_what_a_person_copied_from_the_copy_is_his_own(store: Store, tmp_path: Path) -> None:
    """A copy is told from what was brought by when it was created, so here the server's clock goes on."""
    clock = FakeClock(NOW)
    with tenant_of(clock) as tenant:
        customer = copies.share(Customer(store, tmp_path, tenant))
        clock.advance(timedelta(hours=1))
        copies.test_r30_what_a_person_copied_from_the_copy_is_his_own(customer)
        customer.synchronise.close()
