"""Meetings between an own server and Office 365: the owner in the one, who takes part in the other (R9).

The stories are those of `test_participants` and `test_meetings`, told among mailboxes of both kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.sync.scenarios import test_meetings as meetings
from tests.sync.scenarios import test_participants as participants
from tests.sync.scenarios.fleet import Fleet, running_fleet

STORIES: tuple[Callable[[Fleet], None], ...] = (
    participants.test_r9_a_link_brings_the_event_to_the_linked_persons_and_invites_them_in_the_owners_copy,
    participants.test_r9_what_the_owner_edits_reaches_every_copy,
    participants.test_r9_a_link_that_is_taken_off_takes_that_persons_copy,
    participants.test_r9_who_is_invited_in_outlook_becomes_a_link_and_strangers_stay_where_they_are,
    participants.test_r15_a_participants_edit_is_put_back_and_the_history_says_so,
    participants.test_r15_who_deletes_his_copy_has_declined_and_is_asked_again_only_for_another_time,
    participants.test_r15_a_meeting_organised_elsewhere_is_held_by_the_lowest_id_and_passes_on,
    participants.test_r15_an_organizers_update_counts_in_whose_mailbox_it_arrives_first,
    participants.test_a_cancelled_meeting_leaves_everybodys_calendar_and_does_not_come_back,
    meetings.test_r9_an_invitation_finds_the_event_whoever_was_synchronised_first,
    meetings.test_r29_an_organizer_who_is_activated_later_owns_his_meeting,
    meetings.test_r31_what_the_owner_makes_private_is_private_for_everybody,
)


@pytest.fixture(params=[(1, 3, 5), (2, 4)], ids=["odd in the cloud", "even in the cloud"])
def fleet(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Fleet]:
    """Five persons, some with a mailbox in Office 365 and the others on the company's own server."""
    with running_fleet(tmp_path, 5, spare=2, in_process=True, cloud=request.param) as fleet:
        yield fleet


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__.removeprefix("test_"))
def test_hybrid(fleet: Fleet, story: Callable[[Fleet], None]) -> None:
    story(fleet)


@pytest.mark.parametrize("first", [(1, 2), (2, 1)])
def test_r9_an_invitation_to_what_was_born_in_valueframe_makes_no_second_event(
    fleet: Fleet, first: tuple[int, int]
) -> None:
    meetings.test_r9_an_invitation_to_what_was_born_in_valueframe_makes_no_second_event(fleet, first)


@pytest.mark.parametrize("order", [(1, 2, 3, 4, 5), (5, 4, 3, 2, 1)])
def test_scenario_24_one_meeting_in_five_mailboxes_is_one_event(fleet: Fleet, order: tuple[int, ...]) -> None:
    participants.test_scenario_24_one_meeting_in_five_mailboxes_is_one_event_with_five_pairs(fleet, order)
