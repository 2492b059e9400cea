"""Rules that change what the server keeps or tells: ids, states, lists, clocks, bodies, single items."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest

from tests.clock import FakeClock
from tests.simulator.wire import HEAD, Wire, setting, times
from vfadmin.simulator import FaultRule, MailboxSpec, OutlookUser, Recurrence, Simulator, SimulatorConfig
from vfadmin.simulator.times import parse_time

EMAIL = "a@example.test"
PROBE = (
    f'{HEAD}<soapenv:Body><GetServerTimeZones ReturnFullTimeZoneData="false"/>'
    "</soapenv:Body></soapenv:Envelope>"
).encode()


def made(wire: Wire, subject: str = "Palaveri", more: str = "") -> tuple[str, str]:
    (item,) = wire.create(f"<ty:Subject>{subject}</ty:Subject>{more}{times()}").item_ids()
    return item


def test_a_moved_mailbox_has_other_ids_from_then_on(wire: Wire, sim: Simulator, anna: OutlookUser) -> None:
    item = made(wire)
    state = wire.sync().message("SyncState") or ""
    sim.set_faults([FaultRule(kind="moved_mailbox", mailbox=EMAIL, code="ErrorMailboxMoveInProgress")])

    assert wire.get(item[0]).fault == "ErrorMailboxMoveInProgress"
    assert wire.get(item[0]).codes == ["ErrorItemNotFound"]
    assert wire.sync(state).codes == ["ErrorInvalidSyncStateData"]
    assert [view.subject for view in anna.items()] == ["Palaveri"]


def test_a_mailbox_may_move_without_a_word(wire: Wire, sim: Simulator) -> None:
    item = made(wire)
    sim.set_faults([FaultRule(kind="moved_mailbox")])

    assert wire.sync().item_ids()[0][0] != item[0]


def test_a_lost_state_is_an_item_error_and_a_fresh_start_works(wire: Wire, sim: Simulator) -> None:
    made(wire)
    sim.set_faults([FaultRule(kind="lost_state", times=None)])

    fresh = wire.sync()
    lost = wire.sync(fresh.message("SyncState") or "")

    assert (fresh.codes, lost.codes) == (["NoError"], ["ErrorInvalidSyncStateData"])
    assert (lost.status, lost.message("SyncState")) == (200, "")


def test_an_empty_list_hides_everything_and_holds_it_back(wire: Wire, sim: Simulator) -> None:
    item = made(wire)
    sim.set_faults([FaultRule(kind="empty_list", times=2)])

    found, hidden = wire.find(), wire.sync()

    assert (found.item_ids(), hidden.item_ids()) == ([], [])
    root = found.root.find(".//{*}RootFolder")
    assert root is not None
    assert root.get("TotalItemsInView") == "0"
    assert wire.sync(hidden.message("SyncState") or "").item_ids() == [item]


def test_an_empty_list_loses_no_deletion(wire: Wire, sim: Simulator, anna: OutlookUser) -> None:
    item = made(wire)
    state = wire.sync().message("SyncState") or ""
    anna.delete(item[0])
    sim.set_faults([FaultRule(kind="empty_list")])

    hidden = wire.sync(state)

    assert hidden.item_ids() == []
    assert [found for found, _ in wire.sync(hidden.message("SyncState") or "").item_ids()] == [item[0]]


def test_a_list_with_gaps_ends_though_there_is_more(wire: Wire, sim: Simulator) -> None:
    for _ in range(3):
        made(wire)
    sim.set_faults([FaultRule(kind="partial_list", share=1.0)])

    answer = wire.sync(limit=2)

    assert (len(answer.item_ids()), answer.message("IncludesLastItemInRange")) == (2, "true")


def shown(clock: FakeClock, seed: int) -> list[str]:
    """The subjects of 30 items that a server with gaps shows, twice over."""
    config = SimulatorConfig(mailboxes=(MailboxSpec(EMAIL, "EXAMPLE\\a"),), clock=clock)
    with Simulator(config) as sim:
        user = sim.outlook(EMAIL)
        for number in range(30):
            user.create(subject=str(number), start=clock(), end=clock() + timedelta(hours=1))
        sim.set_faults([FaultRule(kind="partial_list", share=0.5, seed=seed, times=None)])
        wire = Wire(sim)
        once, again = (wire.find("", "item:Subject").texts("Subject") for _ in range(2))
        wire.close()
        assert once == again
        return once


def test_what_a_list_with_gaps_shows_follows_from_its_seed(clock: FakeClock) -> None:
    first, second, other = shown(clock, 1), shown(clock, 1), shown(clock, 2)

    assert first == second
    assert first != other
    assert 5 < len(first) < 25


@pytest.mark.parametrize("skew", [-600, 3600])
def test_a_clock_may_be_off(wire: Wire, sim: Simulator, skew: int) -> None:
    item = made(wire)
    uris = ("item:DateTimeCreated", "item:LastModifiedTime", "calendar:Start")
    right = wire.get(item[0], *uris)
    sim.set_faults([FaultRule(kind="clock_skew", skew_s=skew, times=None)])

    wrong = wire.get(item[0], *uris)

    for name in ("DateTimeCreated", "LastModifiedTime"):
        off = parse_time(wrong.text(name) or "") - parse_time(right.text(name) or "")
        assert off == timedelta(seconds=skew)
    assert wrong.text("Start") == right.text("Start")
    response = wire.session.post(sim.ews_url, PROBE, headers=wire.headers, timeout=30)
    assert parsedate_to_datetime(response.headers["Date"]) == sim.config.clock() + timedelta(seconds=skew)


def test_a_body_is_rewritten_once(wire: Wire, sim: Simulator, anna: OutlookUser) -> None:
    sim.set_faults([FaultRule(kind="rewritten_body", times=None)])

    item = made(wire, more='<ty:Body BodyType="Text">Hei</ty:Body>')
    after = anna.item(item[0])
    assert after.body_text.splitlines() == ["Hei", "Checked by the mail gateway."]
    assert after.change_key == item[1]
    wire.update(item, setting("item:Subject", "<ty:Subject>Uusi</ty:Subject>"))
    assert anna.item(item[0]).body_html == after.body_html


def test_the_body_of_an_occurrence_is_rewritten_in_its_series(
    wire: Wire, sim: Simulator, anna: OutlookUser
) -> None:
    start = sim.config.clock()
    rule = Recurrence("Daily", start.date(), count=2)
    master = anna.create(start=start, end=start + timedelta(hours=1), body_text="Hei", recurrence=rule)
    first = anna.occurrence(master, start.date())
    sim.set_faults([FaultRule(kind="rewritten_body")])

    wire.update((first.id, first.change_key), setting("item:Subject", "<ty:Subject>Uusi</ty:Subject>"))

    after = anna.item(first.id)
    assert after.body_text.splitlines() == ["Hei", "Checked by the mail gateway."]
    assert after.change_key == anna.item(master).change_key
    assert [one.body_text.splitlines() for one in anna.items()] == [["Hei"]]


@pytest.mark.parametrize("by", ["subject", "item_id"])
def test_a_quarantined_item_answers_its_error_and_others_do_not(
    wire: Wire, sim: Simulator, anna: OutlookUser, by: str
) -> None:
    bad, good = made(wire, "Rikki"), made(wire, "Ehjä")
    named = {"subject": "Rikki"} if by == "subject" else {"item_id": bad[0]}
    sim.set_faults([FaultRule(kind="quarantined", code="ErrorContentConversionFailed", times=None, **named)])  # type: ignore[arg-type]  # texts both

    change = setting("item:Subject", "<ty:Subject>Muu</ty:Subject>")
    assert wire.get(bad[0]).codes == ["ErrorContentConversionFailed"]
    assert wire.update(bad, change).codes == ["ErrorContentConversionFailed"]
    assert wire.delete(bad[0]).codes == ["ErrorContentConversionFailed"]
    assert (wire.get(good[0]).codes, len(wire.sync().item_ids())) == (["NoError"], 2)
    assert anna.item(bad[0]).subject == "Rikki"


def test_an_item_without_a_subject_is_not_taken_for_a_quarantined_one(wire: Wire, sim: Simulator) -> None:
    nameless = made(wire, "")
    sim.set_faults([FaultRule(kind="quarantined", item_id="another", times=None)])

    assert wire.get(nameless[0]).codes == ["NoError"]
