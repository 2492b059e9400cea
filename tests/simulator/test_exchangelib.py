"""A client that is not ours: stock exchangelib, as anybody would use it (R1, R6, R7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import requests.adapters
from exchangelib import (
    BASIC,
    DELEGATE,
    IMPERSONATION,
    NTLM,
    Account,
    Attendee,
    CalendarItem,
    Configuration,
    Credentials,
    EWSDateTime,
    EWSTimeZone,
    ExtendedProperty,
    Mailbox,
    Version,
)
from exchangelib.errors import (
    ErrorImpersonateUserDenied,
    ErrorInvalidSyncStateData,
    ErrorIrresolvableConflict,
    ErrorItemNotFound,
    ErrorNonPrimarySmtpAddress,
    ErrorOccurrenceCrossingBoundary,
    UnauthorizedError,
)
from exchangelib.folders import Calendar
from exchangelib.items import SEND_ONLY_TO_ALL, SEND_TO_NONE
from exchangelib.protocol import BaseProtocol, close_connections
from exchangelib.recurrence import (
    AbsoluteMonthlyPattern,
    AbsoluteYearlyPattern,
    DailyPattern,
    Recurrence,
    RelativeMonthlyPattern,
    RelativeYearlyPattern,
    WeeklyPattern,
)
from exchangelib.version import EXCHANGE_2016

from tests.simulator.conftest import ANNA, BO, ROOM
from vfadmin.simulator import Simulator, SimulatorConfig, named

HELSINKI = EWSTimeZone("Europe/Helsinki")
START = EWSDateTime(2026, 3, 11, 10, 0, tzinfo=HELSINKI)
HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)
GUID = "5f1d2c3b-0000-4a4a-8b8b-1234567890ab"


class SimulatorKey(ExtendedProperty):
    """A named string, as synchronisers keep their keys."""

    property_set_id = GUID
    property_name = "simulatorKey"
    property_type = "String"


@pytest.fixture(scope="module", autouse=True)
def _key_property() -> Iterator[None]:
    CalendarItem.register("simulator_key", SimulatorKey)
    yield
    CalendarItem.deregister("simulator_key")


@pytest.fixture(autouse=True)
def _trusting(sim: Simulator, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Trust the simulator's CA and no other, whatever the environment says of bundles."""

    class Trusting(requests.adapters.HTTPAdapter):
        def cert_verify(self, conn: Any, url: Any, verify: object, cert: Any) -> None:
            assert verify, "verification is on"
            super().cert_verify(conn, url, str(sim.ca_file), cert)

    monkeypatch.setattr(BaseProtocol, "HTTP_ADAPTER_CLS", Trusting)
    yield
    # exchangelib keeps its protocols by address and login, whatever the sign-in scheme.
    close_connections()


def account_of(sim: Simulator, email: str = "a@example.test", auth: str = BASIC, **options: Any) -> Account:
    config = Configuration(
        service_endpoint=sim.ews_url,
        credentials=Credentials(sim.account, options.pop("password", sim.password)),
        auth_type=auth,
        version=Version(EXCHANGE_2016),
    )
    access = options.pop("access_type", IMPERSONATION)
    return Account(email, config=config, access_type=access, autodiscover=False, default_timezone=HELSINKI)


@pytest.fixture
def account(sim: Simulator) -> Account:
    return account_of(sim)


def saved(account: Account, **values: Any) -> CalendarItem:
    given = {"subject": "Palaveri", "start": START, "end": START + HOUR, **values}
    item = CalendarItem(account=account, folder=account.calendar, **given)
    return item.save(send_meeting_invitations=SEND_TO_NONE)


@pytest.mark.parametrize("auth", [BASIC, NTLM])
def test_the_whole_round_under_either_sign_in(sim: Simulator, auth: str) -> None:
    account = account_of(sim, auth=auth)

    item = saved(
        account, body="Hei\nsinä", location="Sali", simulator_key="k-1", reminder_minutes_before_start=5
    )
    read = account.calendar.get(id=item.id, changekey=item.changekey)
    read.subject = "Uusi"
    read.save(update_fields=["subject"], send_meeting_invitations=SEND_TO_NONE)
    view = sim.outlook("a@example.test").item(item.id)
    read.move_to_trash(send_meeting_cancellations=SEND_TO_NONE)

    assert (read.location, read.simulator_key, read.reminder_minutes_before_start) == ("Sali", "k-1", 5)
    assert (view.subject, view.body_text) == ("Uusi", "Hei\r\nsinä\r\n")
    assert named(view.extended, "simulatorKey", GUID) == "k-1"
    assert [found.subject for found in sim.outlook("a@example.test").deleted_items()] == ["Uusi"]
    assert sim.outbox == []
    assert ("" in sim.request_counts()) == (auth == NTLM)


@pytest.mark.parametrize("auth", [BASIC, NTLM])
def test_a_wrong_password_is_refused(sim: Simulator, auth: str) -> None:
    with pytest.raises(UnauthorizedError):
        list(account_of(sim, auth=auth, password="wrong").calendar.all())


def test_times_come_back_as_they_were_with_their_zone(account: Account) -> None:
    item_id = saved(account, start=START, end=START + HOUR).id

    read = account.calendar.get(id=item_id)

    assert (read.start, read.end) == (START, START + HOUR)
    assert read._start_timezone.ms_id == "FLE Standard Time"
    assert read.is_all_day is False
    assert read.uid


def test_an_all_day_event_stays_on_its_days(account: Account) -> None:
    # Not across a clock change: this client counts the last day back in UTC and loses it there, though the
    # server's times are right (see the all-day test of CreateItem).
    item_id = saved(account, start=date(2026, 3, 10), end=date(2026, 3, 11), is_all_day=True).id

    read = account.calendar.get(id=item_id)

    assert (read.start, read.end) == (date(2026, 3, 10), date(2026, 3, 11))


def test_a_stale_change_key_is_refused(sim: Simulator, account: Account) -> None:
    item = saved(account)
    sim.outlook("a@example.test").edit(item.id, subject="muualla")
    item.subject = "täällä"

    with pytest.raises(ErrorIrresolvableConflict):
        item.save(
            update_fields=["subject"],
            conflict_resolution="NeverOverwrite",
            send_meeting_invitations=SEND_TO_NONE,
        )

    assert sim.outlook("a@example.test").item(item.id).subject == "muualla"


def test_changes_come_by_sync_and_a_void_state_is_said(sim: Simulator, account: Account) -> None:
    user = sim.outlook("a@example.test")
    first = saved(account, subject="first")
    gone = saved(account, subject="gone")
    calendar = account.calendar
    assert [(kind, item.subject) for kind, item in calendar.sync_items()] == [
        ("create", "first"),
        ("create", "gone"),
    ]

    user.edit(first.id, subject="edited")
    user.delete(gone.id)
    state = calendar.item_sync_state
    changes = [(kind, item.id) for kind, item in calendar.sync_items(sync_state=state)]

    assert changes == [("update", first.id), ("delete", gone.id)]
    sim.invalidate_sync_states("a@example.test")
    with pytest.raises(ErrorInvalidSyncStateData):
        list(calendar.sync_items(sync_state=calendar.item_sync_state))


def test_items_are_found_by_filter_and_by_view(account: Account) -> None:
    saved(account, subject="Aamu", simulator_key="k-1")
    saved(account, subject="Ilta", start=START + timedelta(days=9), end=START + timedelta(days=9) + HOUR)

    by_subject = account.calendar.filter(subject__icontains="aam")
    by_key = account.calendar.filter(simulator_key="k-1")
    by_start = account.calendar.filter(start__gt=START + timedelta(days=1)).order_by("start")
    in_view = account.calendar.view(start=START - HOUR, end=START + timedelta(days=1))

    found = [[item.subject for item in query] for query in (by_subject, by_key, by_start, in_view)]
    assert found == [["Aamu"], ["Aamu"], ["Ilta"], ["Aamu"]]


def test_a_calendar_of_ones_own_can_be_made_used_and_deleted(account: Account) -> None:
    folder = Calendar(parent=account.calendar, name="ValueFrame")
    folder.save()
    CalendarItem(account=account, folder=folder, subject="x", start=START, end=START + HOUR).save(
        send_meeting_invitations=SEND_TO_NONE
    )

    assert [item.subject for item in folder.all()] == ["x"]
    assert account.calendar / "ValueFrame" == folder
    folder.delete()
    account.root.clear_cache()
    assert [child.name for child in account.calendar.children] == []


# Our own EWS keeper, where a run loads it too, quiets this logger.
@pytest.mark.expected_log("Multiple results were found", optional=True)
def test_names_are_resolved(account: Account) -> None:
    (anna,) = account.protocol.resolve_names(["EXAMPLE\\a"])
    several = account.protocol.resolve_names(["anna"])

    assert anna.email_address == "a@example.test"
    assert sorted(found.email_address for found in several) == ["a@example.test", "room@example.test"]


def test_the_servers_zones_are_read(account: Account) -> None:
    zones = account.protocol.get_timezones(timezones=[HELSINKI], return_full_timezone_data=True)

    assert [zone.id for zone in zones] == ["FLE Standard Time"]


def test_mails_are_recorded_only_where_some_were_asked_for(sim: Simulator, account: Account) -> None:
    quiet = saved(account, required_attendees=["b@example.test"])
    assert sim.outbox == []

    CalendarItem(
        account=account, folder=account.calendar, subject="m", start=START, end=START + HOUR,
        required_attendees=["b@example.test"],
        resources=[Attendee(mailbox=Mailbox(email_address="room@example.test"))],
    ).save(send_meeting_invitations=SEND_ONLY_TO_ALL)  # fmt: skip

    read = account.calendar.get(id=quiet.id)
    assert (read.is_meeting, read.my_response_type) == (True, "Organizer")
    assert [mail.recipients for mail in sim.outbox] == [("b@example.test", "room@example.test")]


def weekly(number: int = 4) -> Recurrence:
    pattern = WeeklyPattern(interval=1, weekdays=["Wednesday"])
    return Recurrence(pattern=pattern, start=date(2026, 3, 11), number=number)


def test_a_series_is_a_master(account: Account) -> None:
    pattern = weekly()

    read = account.calendar.get(id=saved(account, recurrence=pattern).id)

    assert (read.type, read.recurrence.pattern) == ("RecurringMaster", pattern.pattern)
    assert (read.recurrence.boundary, read.is_recurring) == (pattern.boundary, False)
    assert (read.first_occurrence.start, read.last_occurrence.end) == (START, START + 3 * WEEK + HOUR)
    assert (read.modified_occurrences, read.deleted_occurrences) == (None, None)


@pytest.mark.parametrize(
    "pattern",
    [
        DailyPattern(interval=2),
        AbsoluteMonthlyPattern(interval=1, day_of_month=31),
        RelativeMonthlyPattern(interval=1, weekday="Weekday", week_number="Last"),
        AbsoluteYearlyPattern(day_of_month=6, month="December"),
        RelativeYearlyPattern(weekday="Thursday", week_number="Fourth", month="November"),
    ],
)
def test_every_pattern_is_read_as_it_was_written(account: Account, pattern: Any) -> None:
    rule = Recurrence(pattern=pattern, start=date(2026, 3, 11), end=date(2030, 3, 11))

    read = account.calendar.get(id=saved(account, recurrence=rule).id)

    assert (read.recurrence.pattern, read.recurrence.boundary.end) == (pattern, date(2030, 3, 11))


def test_an_occurrence_is_edited_and_another_deleted(account: Account) -> None:
    master = saved(account, recurrence=weekly())

    second = account.calendar.get(id=master.id).occurrence(2)
    second.refresh()
    second.subject, second.start, second.end = "Siirretty", START + WEEK + HOUR, START + WEEK + 2 * HOUR
    second.save(update_fields=["subject", "start", "end"], send_meeting_invitations=SEND_TO_NONE)
    third = account.calendar.get(id=master.id).occurrence(3)
    third.refresh()
    third.delete(send_meeting_cancellations=SEND_TO_NONE)

    read = account.calendar.get(id=master.id)
    (modified,), (deleted,) = read.modified_occurrences, read.deleted_occurrences
    assert (modified.id, modified.original_start, modified.start) == (
        second.id,
        START + WEEK,
        START + WEEK + HOUR,
    )
    assert deleted.start == START + 2 * WEEK
    assert account.calendar.get(id=modified.id).subject == "Siirretty"
    assert second.recurring_master().refresh().id == master.id
    assert [item.id for item in account.calendar.all()] == [master.id]
    shown = account.calendar.view(start=START - WEEK, end=START + 5 * WEEK)
    assert [(one.type, one.subject, one.start) for one in shown] == [
        ("Occurrence", "Palaveri", START),
        ("Exception", "Siirretty", START + WEEK + HOUR),
        ("Occurrence", "Palaveri", START + 3 * WEEK),
    ]


def test_a_changed_occurrence_is_told_as_a_change_of_its_series(sim: Simulator, account: Account) -> None:
    master = saved(account, recurrence=weekly())
    anna = sim.outlook("a@example.test")
    with account.calendar.pull_subscription() as (subscription, mark):
        anna.edit(anna.occurrence(master.id, date(2026, 3, 18)).id, subject="Muu")
        anna.delete(anna.occurrence(master.id, date(2026, 3, 25)).id)
        (notification,) = account.calendar.get_events(subscription, mark)

    assert [(type(event).__name__, event.item_id.id) for event in notification.events] == [
        ("ModifiedEvent", master.id)
    ] * 2


def test_an_occurrence_does_not_cross_its_neighbour(account: Account) -> None:
    second = account.calendar.get(id=saved(account, recurrence=weekly()).id).occurrence(2).refresh()
    second.start, second.end = START + 2 * WEEK, START + 2 * WEEK + HOUR

    with pytest.raises(ErrorOccurrenceCrossingBoundary):
        second.save(update_fields=["start", "end"], send_meeting_invitations=SEND_TO_NONE)


def test_an_item_that_is_gone_is_not_found(sim: Simulator, account: Account) -> None:
    item = saved(account)
    sim.outlook("a@example.test").delete(item.id)

    with pytest.raises(ErrorItemNotFound):
        account.calendar.get(id=item.id)


def test_a_mailbox_outside_the_scope_is_denied(sim: Simulator) -> None:
    sim.deny_impersonation("a@example.test")

    with pytest.raises(ErrorImpersonateUserDenied):
        list(account_of(sim).calendar.all())


def test_an_alias_is_not_the_primary_address(sim: Simulator) -> None:
    with pytest.raises(ErrorNonPrimarySmtpAddress):
        list(account_of(sim, "anna.alias@example.test").calendar.all())


def test_the_account_opens_a_mailbox_by_delegation(sim: Simulator) -> None:
    saved(account_of(sim, "b@example.test"), subject="Bon")

    found = account_of(sim, "b@example.test", access_type=DELEGATE).calendar.all()

    assert [item.subject for item in found] == ["Bon"]


def test_the_version_is_found_out_from_the_server() -> None:
    with Simulator(SimulatorConfig(mailboxes=(ANNA, BO, ROOM), version="2019", tls=False)) as plain:
        config = Configuration(
            service_endpoint=plain.ews_url,
            credentials=Credentials(plain.account, plain.password),
            auth_type=BASIC,
        )
        account = Account("a@example.test", config=config, access_type=IMPERSONATION, autodiscover=False)
        assert (account.version.build.major_version, account.version.build.minor_version) == (15, 2)


def test_created_and_modified_are_the_servers(sim: Simulator, account: Account) -> None:
    read = account.calendar.get(id=saved(account).id)

    assert datetime.fromisoformat(read.datetime_created.isoformat()) == sim.config.clock().replace(
        microsecond=0
    )
    assert read.last_modified_time == read.datetime_created


def test_an_invitation_is_accepted_and_declined(sim: Simulator, account: Account) -> None:
    anna, start = sim.outlook("a@example.test"), sim.config.clock()
    for subject in ("Kyllä", "Ei"):
        anna.receive("b@example.test", subject=subject, start=start, end=start + HOUR)

    account.calendar.get(subject="Kyllä").accept(message_disposition="SaveOnly", folder=account.drafts)
    account.calendar.get(subject="Ei").decline(message_disposition="SendOnly")

    assert [(item.subject, item.my_response) for item in anna.items()] == [("Kyllä", "Accept")]
    assert [(item.subject, item.my_response) for item in anna.deleted_items()] == [("Ei", "Decline")]
    assert [mail.subject for mail in sim.outbox] == ["Declined: Ei"]


def test_a_pull_subscription_tells_what_happened(account: Account) -> None:
    with account.calendar.pull_subscription() as (subscription, mark):
        item = saved(account)
        item.delete()
        (notification,) = account.calendar.get_events(subscription, mark)

    assert [type(event).__name__ for event in notification.events] == ["CreatedEvent", "DeletedEvent"]


def test_a_streaming_subscription_tells_what_happens(sim: Simulator, account: Account) -> None:
    anna, start = sim.outlook("a@example.test"), sim.config.clock()
    with account.calendar.streaming_subscription() as subscription:
        item = anna.create(subject="Palaveri", start=start, end=start + HOUR)
        stream = account.calendar.get_streaming_events(
            subscription, connection_timeout=1, max_notifications_returned=2
        )
        created = next(stream)
        moved_to = anna.move(item, "deleteditems")
        moved = next(stream)
        stream.close()

    assert [event.item_id.id for event in created.events] == [item]
    assert [(event.item_id.id, event.old_item_id.id) for event in moved.events] == [(moved_to, item)]


def test_all_folders_are_subscribed_to_at_once(sim: Simulator, account: Account) -> None:
    anna, start = sim.outlook("a@example.test"), sim.config.clock()
    subscription, mark = account.subscribe_to_pull()
    anna.create(start=start, end=start + HOUR, folder=anna.add_folder("Muu"))

    (notification,) = account.calendar.get_events(subscription, mark)

    assert [type(event).__name__ for event in notification.events] == ["CreatedEvent"]
    account.unsubscribe(subscription)
