"""Streaming notifications over real sockets: who is told of what, and what happens when they break."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from time import monotonic
from typing import Any

import pytest

from tests.calendars.ews import people
from tests.calendars.ews.conftest import connection_to
from tests.calendars.ews.listening import Heard, calendars_of
from tests.strategies import NOW
from vfadmin.calendars.ews.notifier import EwsNotifier
from vfadmin.calendars.ews.session import EwsSession
from vfadmin.calendars.ews.streaming import Pace
from vfadmin.errors import CalendarError
from vfadmin.simulator import FaultRule, MailboxSpec, Simulator, SimulatorConfig, StreamPace

ANNA, MATTI, LIISA = people.ANNA, people.MATTI, people.LIISA
QUICK = Pace(pause=0.01, rest=0.05)
BUSY = {"status": 500, "code": "ErrorServerBusy"}


@pytest.fixture
def lively(stack: ExitStack) -> Simulator:
    """A server that shows often that it lives."""
    config = SimulatorConfig(mailboxes=people.MAILBOXES, pace=StreamPace(heartbeat=0.02, minute=60))
    return stack.enter_context(Simulator(config))


class Desk:
    """A session, a notifier over it, and the mailboxes it follows."""

    def __init__(self, simulator: Simulator, heard: Heard, pace: Pace = QUICK, **settings: Any) -> None:
        most, password = settings.pop("most", 200), settings.pop("password", simulator.password)
        self.simulator = simulator
        self.session = EwsSession(connection_to(simulator, **settings), lambda: password, 1)
        self.notifier = EwsNotifier(self.session, heard, pace, most)

    def follow(self, *addresses: str) -> None:
        self.notifier.follow(calendars_of(self.session, *addresses))

    def change(self, address: str, subject: str = "Palaveri") -> str:
        return self.simulator.outlook(address).create(subject=subject, start=NOW, end=NOW)

    def close(self) -> None:
        self.notifier.close()
        self.session.close()


@pytest.fixture
def desk_at(stack: ExitStack, heard: Heard) -> Callable[..., Desk]:
    def made(simulator: Simulator, pace: Pace = QUICK, **settings: Any) -> Desk:
        desk = Desk(simulator, heard, pace, **settings)
        stack.callback(desk.close)
        return desk

    return made


@pytest.fixture
def desk(exchange: Simulator, desk_at: Callable[..., Desk]) -> Desk:
    return desk_at(exchange)


def count(simulator: Simulator, operation: str) -> int:
    return simulator.request_counts()[operation]


@pytest.mark.parametrize("auth", ["basic", "ntlm"])
@pytest.mark.parametrize("version", ["2010", "2013", "2016"])
def test_a_change_by_outlooks_hand_tells_of_exactly_that_mailbox(
    stack: ExitStack, desk_at: Callable[..., Desk], heard: Heard, version: Any, auth: str
) -> None:
    simulator = stack.enter_context(Simulator(SimulatorConfig(mailboxes=people.MAILBOXES, version=version)))
    desk = desk_at(simulator, auth=auth)
    desk.follow(ANNA, MATTI, LIISA)
    heard.until_following(3)

    desk.change(MATTI)

    heard.until_told(MATTI)
    assert set(heard.changes) == {MATTI}
    assert count(simulator, "GetStreamingEvents") == 1


def test_adding_editing_moving_and_deleting_are_all_told(desk: Desk, heard: Heard) -> None:
    anna = desk.simulator.outlook(ANNA)
    desk.follow(ANNA)
    heard.until_following(1)
    item = desk.change(ANNA)
    heard.until_told(ANNA, 1)
    anna.edit(item, subject="Toinen")
    heard.until_told(ANNA, 2)
    anna.delete(item)
    heard.until_told(ANNA, 3)


def test_what_happens_in_another_folder_is_nobodys_news(desk: Desk, heard: Heard) -> None:
    anna = desk.simulator.outlook(ANNA)
    anna.add_folder("Muu")
    desk.follow(ANNA, MATTI)
    heard.until_following(2)

    anna.create(subject="Muualla", start=NOW, end=NOW, folder="Muu")
    desk.change(MATTI)

    heard.until_told(MATTI)
    assert ANNA not in heard.changes


def test_the_stream_takes_no_connection_from_the_sync_and_idle_costs_nothing(
    desk: Desk, heard: Heard
) -> None:
    desk.follow(ANNA, MATTI)
    heard.until_following(2)
    before = len(desk.simulator.requests)

    calendars_of(desk.session, ANNA, MATTI, LIISA)

    assert len(desk.simulator.requests) == before + 3, "the session's only connection was free"


def test_more_than_two_hundred_mailboxes_take_two_connections(
    stack: ExitStack, desk_at: Callable[..., Desk], heard: Heard
) -> None:
    addresses = [f"p{number:03}@example.com" for number in range(203)]
    specs = tuple(MailboxSpec(one, f"EXAMPLE\\{one[:4]}") for one in addresses)
    desk = desk_at(stack.enter_context(Simulator(SimulatorConfig(mailboxes=specs))))

    desk.follow(*addresses)
    heard.until_following(200)
    heard.until_following(3)
    desk.change(addresses[0])
    desk.change(addresses[-1])

    heard.until_told(addresses[0])
    heard.until_told(addresses[-1])
    assert count(desk.simulator, "GetStreamingEvents") == 2
    assert set(heard.changes) == {addresses[0], addresses[-1]}


def test_who_joins_is_followed_and_who_leaves_is_not(desk: Desk, heard: Heard) -> None:
    """And nobody else is looked at for it: one is with the latecomers, the other is told of no more."""
    desk.follow(ANNA, MATTI)
    heard.until_following(2)
    desk.follow(MATTI, LIISA)
    heard.until_following(1)

    desk.change(ANNA)
    desk.change(LIISA)

    heard.until_told(LIISA)
    desk.change(MATTI)
    heard.until_told(MATTI)
    assert heard.changes == [LIISA, MATTI]
    assert count(desk.simulator, "Subscribe") == 3
    assert count(desk.simulator, "GetStreamingEvents") == 2


@pytest.mark.parametrize("newcomers", [1, 5])
def test_of_a_full_group_nobody_but_the_newcomers_is_woken(
    stack: ExitStack, desk_at: Callable[..., Desk], heard: Heard, newcomers: int
) -> None:
    addresses = [f"p{number:03}@example.com" for number in range(40)]
    specs = tuple(MailboxSpec(one, f"EXAMPLE\\{one[:4]}") for one in addresses)
    desk = desk_at(stack.enter_context(Simulator(SimulatorConfig(mailboxes=specs))))
    mailboxes = dict(calendars_of(desk.session, *addresses))
    there = len(addresses) - newcomers
    desk.notifier.follow(dict(list(mailboxes.items())[:there]))
    heard.until_following(there)

    for number in range(there, len(addresses)):
        desk.notifier.follow(dict(list(mailboxes.items())[: number + 1]))
        heard.until_following(number + 1 - there)
    desk.change(addresses[0])
    desk.change(addresses[-1])

    heard.until_told(addresses[0])
    heard.until_told(addresses[-1])
    assert set(heard.changes) <= {addresses[0], *addresses[there:]}
    assert heard.followed(there) == 1


def test_latecomers_come_to_their_group_when_its_stream_has_ended(
    stack: ExitStack, desk_at: Callable[..., Desk], heard: Heard
) -> None:
    pace = StreamPace(heartbeat=45, minute=1.5)
    simulator = stack.enter_context(Simulator(SimulatorConfig(mailboxes=people.MAILBOXES, pace=pace)))
    desk = desk_at(simulator, Pace(minutes=1, silence=10, pause=0.01))
    desk.follow(ANNA, MATTI)
    heard.until_following(2)
    desk.follow(ANNA, MATTI, LIISA)
    heard.until_following(3)
    late = desk.notifier._latecomers
    assert late is not None
    desk.follow(ANNA, MATTI, LIISA)
    assert desk.notifier._latecomers is None
    late.join(10)

    desk.change(LIISA)

    heard.until_told(LIISA)
    assert set(heard.changes) == {LIISA}
    assert len(simulator._store.subscriptions._by_id) == 4, "hers on the latecomers' connection expires"


def test_who_left_is_unsubscribed_when_the_stream_has_ended(
    stack: ExitStack, desk_at: Callable[..., Desk], heard: Heard
) -> None:
    pace = StreamPace(heartbeat=45, minute=0.1)
    simulator = stack.enter_context(Simulator(SimulatorConfig(mailboxes=people.MAILBOXES, pace=pace)))
    desk = desk_at(simulator, Pace(minutes=1, silence=0.05, pause=0.01))
    desk.follow(ANNA, MATTI)
    heard.until_following(2)
    desk.follow(MATTI)
    heard.until_following(1)
    assert count(simulator, "Unsubscribe") == 1


def test_a_full_connection_leaves_room_again_when_somebody_leaves(
    exchange: Simulator, desk_at: Callable[..., Desk], heard: Heard
) -> None:
    desk = desk_at(exchange, most=1)
    desk.follow(ANNA, MATTI)
    heard.until_following(1, times=2)
    desk.follow(MATTI)
    desk.follow(MATTI, LIISA)
    heard.until_following(1, times=3)

    desk.change(LIISA)
    desk.change(MATTI)

    heard.until_told(LIISA)
    heard.until_told(MATTI)


def test_a_calendar_that_is_another_one_now_is_subscribed_to_anew(desk: Desk, heard: Heard) -> None:
    anna = desk.simulator.outlook(ANNA)
    other = anna.add_folder("Muu")
    desk.follow(ANNA)
    heard.until_following(1)
    desk.notifier.follow({ANNA: other})
    heard.until_following(1, times=2)

    anna.create(subject="Muualla", start=NOW, end=NOW, folder="Muu")

    heard.until_told(ANNA)


def test_nobody_is_followed_any_more(desk: Desk, heard: Heard) -> None:
    desk.follow(ANNA)
    heard.until_following(1)
    (group,) = desk.notifier._groups
    desk.follow()
    group.join(10)
    assert not group._thread.is_alive()


# What breaks


def test_a_lost_connection_is_opened_again_and_nothing_is_missed(desk: Desk, heard: Heard) -> None:
    desk.simulator.set_faults([FaultRule(moment="middle", operation="GetStreamingEvents", cut=1200)])
    desk.follow(ANNA, MATTI)
    heard.until_following(2)
    desk.change(ANNA)  # what tells of it is torn

    heard.until_following(2, times=2)
    assert sorted(heard.changes) == [ANNA, MATTI], "each is looked at, once"
    desk.change(MATTI)
    heard.until_told(MATTI, 2)
    assert count(desk.simulator, "Subscribe") == 2
    assert count(desk.simulator, "GetStreamingEvents") == 2


def test_a_server_that_fell_silent_is_asked_again(
    exchange: Simulator, desk_at: Callable[..., Desk], heard: Heard
) -> None:
    desk = desk_at(exchange, Pace(silence=0.2, pause=0.01))
    desk.follow(ANNA)
    heard.until_following(1, times=3)
    desk.change(ANNA)
    heard.until_told(ANNA)
    assert count(exchange, "Subscribe") == 1


def test_a_stream_whose_time_is_up_is_opened_again(
    stack: ExitStack, desk_at: Callable[..., Desk], heard: Heard
) -> None:
    pace = StreamPace(heartbeat=45, minute=0.1)
    simulator = stack.enter_context(Simulator(SimulatorConfig(mailboxes=people.MAILBOXES, pace=pace)))
    desk = desk_at(simulator, Pace(minutes=1, silence=0.05, pause=0.01))
    desk.follow(ANNA, MATTI)
    heard.until_following(2, times=3)
    desk.change(ANNA)
    heard.until_told(ANNA)
    assert count(simulator, "Subscribe") == 2


def test_a_server_that_stops_is_waited_for(
    stack: ExitStack, desk_at: Callable[..., Desk], heard: Heard
) -> None:
    simulator = stack.enter_context(Simulator(SimulatorConfig(mailboxes=people.MAILBOXES)))
    desk = desk_at(simulator)
    desk.follow(ANNA)
    heard.until_following(1)
    simulator.stop()
    heard.until(lambda: any(line.startswith("notifications wait: EX-CONN-0") for line in heard.lines))
    began = monotonic()
    desk.notifier.close()
    assert monotonic() - began < 10, "no heartbeat, no answer and no pause is waited for"


def test_a_lost_subscription_is_made_again_and_its_mailbox_looked_at(desk: Desk, heard: Heard) -> None:
    desk.follow(ANNA, MATTI)
    heard.until_following(2)
    subscriptions = desk.simulator._store.subscriptions
    with desk.simulator._store.lock:
        (lost,) = [one for one in subscriptions._by_id.values() if one.mailbox.spec.email == ANNA]
        subscriptions.remove(lost)

    heard.until_told(ANNA)
    heard.until_following(2, times=2)
    assert heard.changes == [ANNA], "the one, and once"
    desk.change(ANNA)
    heard.until_told(ANNA, 2)


def test_a_moved_mailbox_is_left_to_polling_and_the_others_go_on(desk: Desk, heard: Heard) -> None:
    desk.follow(ANNA, MATTI)
    heard.until_following(2)

    desk.simulator.move_mailbox(ANNA)

    heard.until_told(ANNA)
    heard.until_following(1)
    desk.change(MATTI)
    heard.until_told(MATTI)


def test_a_mailbox_outside_the_role_is_left_to_polling_until_it_is_let_in(
    lively: Simulator, desk_at: Callable[..., Desk], heard: Heard
) -> None:
    desk = desk_at(lively)
    mailboxes = calendars_of(desk.session, ANNA, MATTI)
    lively.deny_impersonation(ANNA)
    desk.notifier.follow(mailboxes)
    heard.until_following(1)
    desk.change(MATTI)
    heard.until_told(MATTI)
    assert "a mailbox is left to polling for now: EX-IMP-01" in heard.lines

    lively.allow_impersonation(ANNA)
    desk.notifier.follow(mailboxes)
    heard.until_following(1, times=2)
    desk.change(ANNA)
    heard.until_told(ANNA)
    assert heard.changes == [MATTI, ANNA], "nobody was looked at for her"


def test_who_is_followed_when_his_stream_is_left_is_looked_at_for_what_it_told_too_late(
    lively: Simulator, desk_at: Callable[..., Desk], heard: Heard
) -> None:
    """A stream that is left acknowledges nothing: what was on its way is lost."""
    desk = desk_at(lively)
    desk.follow(ANNA)
    heard.until_following(1)
    desk.follow(ANNA, MATTI)
    heard.until_following(1, times=2)
    assert heard.changes == []
    # As many are late as are in the group: then all may as well be on one connection.
    desk.follow(ANNA, MATTI, LIISA)
    heard.until_following(3)
    heard.until_told(ANNA)
    assert LIISA not in heard.changes


def test_where_nobody_can_be_followed_nothing_streams(
    lively: Simulator, desk_at: Callable[..., Desk], heard: Heard
) -> None:
    desk = desk_at(lively)
    mailboxes = calendars_of(desk.session, ANNA)
    lively.deny_impersonation(ANNA)
    desk.notifier.follow(mailboxes)
    heard.until(lambda: len(heard.lines) >= 3)
    assert count(lively, "GetStreamingEvents") == 0
    lively.allow_impersonation(ANNA)
    heard.until_following(1)


def test_a_wrong_password_is_tried_once_by_everybody_together(
    exchange: Simulator, desk_at: Callable[..., Desk], heard: Heard
) -> None:
    desk = desk_at(exchange, password="wrong")
    desk.notifier.follow({ANNA: "F"})
    heard.until(lambda: "notifications end: EX-AUTH-01" in heard.lines)
    with pytest.raises(CalendarError):
        calendars_of(desk.session, ANNA)
    desk.notifier.follow({ANNA: "F", MATTI: "F"})
    desk.notifier.close()
    assert len(exchange.requests) == 1


@pytest.mark.parametrize("code", ["", "ErrorUserNotAllowedByPolicy"])
@pytest.mark.parametrize("operation", ["Subscribe", "GetStreamingEvents"])
def test_a_refused_account_ends_the_notifications(
    desk: Desk, heard: Heard, operation: str, code: str
) -> None:
    mailboxes = calendars_of(desk.session, ANNA, MATTI)
    status = 500 if code else 403
    desk.simulator.set_faults([FaultRule(status=status, code=code, operation=operation, times=None)])
    desk.notifier.follow(mailboxes)
    heard.until(lambda: "notifications end: EX-AUTH-03" in heard.lines)
    assert count(desk.simulator, operation) == 1


def test_one_busy_mailbox_waits_alone(desk: Desk, heard: Heard) -> None:
    mailboxes = calendars_of(desk.session, ANNA, MATTI)
    busy = FaultRule(operation="Subscribe", mailbox=ANNA, back_off_ms=300_000, **BUSY)  # type: ignore[arg-type]
    desk.simulator.set_faults([busy])
    desk.notifier.follow(mailboxes)
    heard.until_following(1)
    desk.change(MATTI)
    heard.until_told(MATTI)
    assert desk.notifier._groups[0]._rests[ANNA].until > monotonic() + 200


@pytest.mark.parametrize(
    "rule",
    [
        FaultRule(operation="GetStreamingEvents", back_off_ms=30, **BUSY),  # type: ignore[arg-type]
        FaultRule(operation="GetStreamingEvents", status=503, retry_after=1),
        FaultRule(operation="GetStreamingEvents", kind="login_page"),
        FaultRule(operation="GetStreamingEvents", kind="truncated_xml", cut=50),
        FaultRule(operation="Subscribe", status=503),
        FaultRule(operation="Subscribe", kind="truncated_xml", cut=50),
        FaultRule(operation="Subscribe", status=0),
    ],
    ids=lambda rule: f"{rule.operation}-{rule.kind}-{rule.status}",
)
def test_a_server_that_is_not_itself_is_asked_again(desk: Desk, heard: Heard, rule: FaultRule) -> None:
    mailboxes = calendars_of(desk.session, MATTI)
    desk.simulator.set_faults([rule])
    desk.notifier.follow(mailboxes)
    heard.until_following(1)
    desk.change(MATTI)
    heard.until_told(MATTI)
    assert sum(line.startswith("notifications wait: EX-") for line in heard.lines) == 1


def test_it_closes_at_once(desk: Desk, heard: Heard) -> None:
    desk.follow(ANNA, MATTI)
    heard.until_following(2)
    (group,) = desk.notifier._groups
    began = monotonic()
    desk.notifier.close()
    assert monotonic() - began < 10, "no heartbeat, no answer and no pause is waited for"
    assert not group._thread.is_alive()


@pytest.mark.expected_log("unforeseen fault in the notifications")
def test_an_unforeseen_fault_ends_the_notifications_alone(
    desk: Desk, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    mailboxes = calendars_of(desk.session, ANNA)
    monkeypatch.setattr("vfadmin.calendars.ews.notifications.failure_for", broken)
    desk.simulator.deny_impersonation(ANNA)
    desk.notifier.follow(mailboxes)
    heard.until(lambda: any("unforeseen" in line for line in heard.lines))
    desk.simulator.allow_impersonation(ANNA)


def test_no_password_and_no_address_comes_into_the_log(desk: Desk, heard: Heard) -> None:
    mailboxes = calendars_of(desk.session, ANNA, MATTI)
    desk.simulator.deny_impersonation(ANNA)
    desk.notifier.follow(mailboxes)
    heard.until_following(1)
    desk.simulator.allow_impersonation(ANNA)
    assert not any(word in line for line in heard.lines for word in (desk.simulator.password, ANNA, MATTI))
