"""Answers to invitations."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.simulator.wire import Answer, Wire, times
from vfadmin.simulator import ItemView, Mail, OutlookUser, Recurrence, Simulator


@pytest.fixture
def invited(sim: Simulator, anna: OutlookUser) -> ItemView:
    start = sim.config.clock()
    return anna.item(
        anna.receive("b@example.test", subject="Palaveri", start=start, end=start + timedelta(hours=1))
    )


def answering(
    wire: Wire, kind: str, item: ItemView, *, disposition: str = "SendAndSaveCopy", key: str | None = None
) -> Answer:
    given = f' MessageDisposition="{disposition}"' if disposition else ""
    change_key = item.change_key if key is None else key
    told = f' ChangeKey="{change_key}"' if change_key else ""
    return wire.post(
        f'<CreateItem{given}><Items><ty:{kind}><ty:ReferenceItemId Id="{item.id}"{told}/></ty:{kind}>'
        "</Items></CreateItem>"
    )


@pytest.mark.parametrize(
    ("kind", "response", "shown", "subject"),
    [
        ("AcceptItem", "Accept", "Busy", "Accepted: Palaveri"),
        ("TentativelyAcceptItem", "Tentative", "Tentative", "Tentative: Palaveri"),
    ],
)
@pytest.mark.parametrize("disposition", ["SaveOnly", "SendOnly", "SendAndSaveCopy"])
def test_a_yes_stays_in_the_calendar_and_is_mailed_if_asked(
    wire: Wire, sim: Simulator, invited: ItemView, kind: str, response: str, shown: str, subject: str,
    disposition: str,
) -> None:  # fmt: skip
    answer = answering(wire, kind, invited, disposition=disposition)

    (now,) = sim.outlook("a@example.test").items()
    assert answer.item_ids() == [(now.id, now.change_key)]
    assert (now.id, now.my_response, now.show_as) == (invited.id, response, shown)
    assert now.change_key != invited.change_key
    mail = Mail("MeetingResponse", "a@example.test", ("b@example.test",), subject)
    assert sim.outbox == ([] if disposition == "SaveOnly" else [mail])
    read = wire.get(now.id, "calendar:MyResponseType", "calendar:AppointmentReplyTime")
    assert (read.text("MyResponseType"), bool(read.text("AppointmentReplyTime"))) == (response, True)


@pytest.mark.parametrize(("disposition", "mails"), [("SaveOnly", 0), ("SendOnly", 1)])
def test_a_no_goes_to_deleted_items(
    wire: Wire, sim: Simulator, anna: OutlookUser, invited: ItemView, disposition: str, mails: int
) -> None:
    answer = answering(wire, "DeclineItem", invited, disposition=disposition)

    (gone,) = anna.deleted_items()
    assert (anna.items(), gone.my_response) == ([], "Decline")
    assert answer.item_ids() == [(gone.id, gone.change_key)]
    assert [mail.subject for mail in sim.outbox] == ["Declined: Palaveri"] * mails


@pytest.mark.parametrize(
    ("disposition", "key", "code"),
    [
        ("", None, "ErrorMessageDispositionRequired"),
        ("SaveOnly", "", "ErrorChangeKeyRequired"),
        ("SaveOnly", "abc", "ErrorInvalidChangeKey"),
    ],
)
def test_an_answer_must_be_whole(
    wire: Wire, anna: OutlookUser, invited: ItemView, disposition: str, key: str | None, code: str
) -> None:
    assert answering(wire, "AcceptItem", invited, disposition=disposition, key=key).codes == [code]
    assert anna.items() == [invited]


def test_an_answer_to_what_has_changed_is_refused(wire: Wire, anna: OutlookUser, invited: ItemView) -> None:
    anna.touch(invited.id)

    assert answering(wire, "DeclineItem", invited).codes == ["ErrorStaleObject"]
    assert len(anna.items()) == 1


@pytest.mark.parametrize(
    ("kind", "own", "none"),
    [
        ("AcceptItem", "ErrorCalendarIsOrganizerForAccept", "ErrorInvalidItemForOperationAcceptItem"),
        (
            "TentativelyAcceptItem",
            "ErrorCalendarIsOrganizerForTentative",
            "ErrorInvalidItemForOperationTentative",
        ),
        ("DeclineItem", "ErrorCalendarIsOrganizerForDecline", "ErrorInvalidItemForOperationDeclineItem"),
    ],
)
def test_only_invitations_are_answered(
    wire: Wire, sim: Simulator, anna: OutlookUser, kind: str, own: str, none: str
) -> None:
    wire.create(times())
    start = sim.config.clock()
    anna.create(start=start, end=start + timedelta(hours=1), attendees=("b@example.test",))
    plain, meeting = anna.items()

    assert answering(wire, kind, meeting).codes == [own]
    assert answering(wire, kind, plain).codes == [none]


def test_an_answer_names_its_invitation(wire: Wire) -> None:
    answer = wire.post(
        '<CreateItem MessageDisposition="SaveOnly"><Items><ty:AcceptItem/></Items></CreateItem>'
    )

    assert answer.codes == ["ErrorInvalidReferenceItem"]


def test_occurrences_of_an_invitation_are_answered_one_by_one(
    wire: Wire, sim: Simulator, anna: OutlookUser
) -> None:
    start = datetime(2026, 3, 11, 23, tzinfo=UTC)
    hour, days = timedelta(hours=1), [date(2026, 3, 12), date(2026, 3, 13), date(2026, 3, 14)]
    series = anna.receive(
        "b@example.test", subject="Tokio", start=start, end=start + hour, time_zone="Asia/Tokyo",
        recurrence=Recurrence("Daily", days[0], count=3),
    )  # fmt: skip

    answering(wire, "AcceptItem", anna.occurrence(series, days[0]))
    answer = answering(wire, "DeclineItem", anna.occurrence(series, days[1]))

    shown = anna.calendar(start, start + timedelta(days=4))
    assert answer.codes == ["NoError"]
    assert [(one.start, one.my_response) for one in shown] == [
        (start, "Accept"),
        (start + timedelta(days=2), "NoResponseReceived"),
    ]
    assert [mail.subject for mail in sim.outbox] == ["Accepted: Tokio", "Declined: Tokio"]
    # As the reference of IsRecurring says: true for the master of somebody else's series.
    assert wire.get(series, "calendar:IsRecurring").text("IsRecurring") == "true"
