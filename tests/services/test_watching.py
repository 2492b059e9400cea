"""Near real time over a real server: what changes on either side is taken up at once, and nothing else.

The engine's clock stands still, so after the first round no mailbox falls due: whatever runs was woken.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.calendars.ews.listening import Heard, listening
from tests.empty_database import opened_empty
from tests.strategies import NOW
from vfadmin.models import CalendarEvent, Integration
from vfadmin.models.store import Store
from vfadmin.services.context import Actor, build_services
from vfadmin.services.credentials import MemorySecrets
from vfadmin.services.synchronise import MailboxResult, Synchronise
from vfadmin.simulator import FaultRule, MailboxSpec, OutlookUser, Simulator, SimulatorConfig
from vfadmin.sync import attention

PEOPLE = {1: "anna@example.test", 2: "pekka@example.test", 3: "ville@example.test"}
START = NOW + timedelta(days=1)


class Watch:
    """`vfadmin sync --watch` in a thread, and what it tells."""

    def __init__(self, store: Store, synchronise: Synchronise, simulator: Simulator, heard: Heard) -> None:
        self.store, self.simulator, self.heard = store, simulator, heard
        self.synchronise = synchronise
        self.results: list[MailboxResult] = []
        self._news = threading.Condition()
        self.thread = threading.Thread(target=synchronise.watch, args=(None, self._note))

    def _note(self, result: MailboxResult) -> None:
        with self._news:
            self.results.append(result)
            self._news.notify_all()

    def until(self, condition: Callable[[], bool]) -> None:
        with self._news:
            assert self._news.wait_for(condition, 60), self.results

    def begin(self) -> None:
        self.thread.start()
        self.until(lambda: len(self.results) == len(PEOPLE))
        # Who is ready while one looks is followed at once, and the others a look later.
        self.heard.until_all_followed(len(PEOPLE))

    def end(self) -> None:
        self.synchronise.stop()
        self.thread.join(10)
        assert not self.thread.is_alive()

    def outlook(self, person_id: int) -> OutlookUser:
        return self.simulator.outlook(PEOPLE[person_id])

    def add_in_outlook(self, person_id: int, subject: str) -> str:
        return self.outlook(person_id).create(subject=subject, start=START, end=START + timedelta(hours=1))

    def add_in_valueframe(self, person_id: int, title: str) -> None:
        """As another program does, straight into the store."""
        event = CalendarEvent(
            owner_id=person_id, title=title, starts_at=START, created_at=NOW, modified_at=NOW
        )
        event.ends_at = START + timedelta(hours=1)
        with self.store.write() as session:
            session.add(event)

    def titles(self, person_id: int) -> list[str]:
        with self.store.read() as session:
            chosen = select(CalendarEvent.title).where(CalendarEvent.owner_id == person_id)
            return sorted(session.scalars(chosen))

    def subjects(self, person_id: int) -> list[str]:
        return sorted(item.subject for item in self.outlook(person_id).items())

    def woken(self) -> list[MailboxResult]:
        """What ran after the first round."""
        return self.results[len(PEOPLE) :]

    def polls(self) -> Counter[str]:
        return Counter(one.mailbox for one in self.simulator.requests if one.operation == "SyncFolderItems")


@pytest.fixture(scope="module")
def server() -> Iterator[Simulator]:
    specs = tuple(MailboxSpec(email, f"EXAMPLE\\{email.partition('@')[0]}") for email in PEOPLE.values())
    with Simulator(SimulatorConfig(mailboxes=specs, clock=lambda: NOW)) as running:
        yield running


@pytest.fixture
def watch(server: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    monkeypatch.setattr(attention, "_FOLLOW_EVERY", 0.1)
    monkeypatch.setattr(attention, "_LOOK_EVERY", 0.1)
    server.reset()
    store, secrets = opened_empty(tmp_path / "vfadmin.db"), MemorySecrets()
    services = build_services(
        store, tmp_path, clock=lambda: NOW, actor=Actor("tuki", "testi"), secrets=secrets
    )
    services.connections.set(
        protocol="ews",
        url=server.ews_url,
        account=server.account,
        auth="basic",
        server_version="2016",
        ca_file=str(server.ca_file),
    )
    secrets.write("ews", server.password)
    for person_id, email in PEOPLE.items():
        services.directory.add_person(name=email, email=email, company="Esimerkki", person_id=person_id)
        services.activation.activate([person_id], login=email)
    synchronise = Synchronise(store, services.settings, secrets, clock=lambda: NOW)
    with listening() as heard:
        made = Watch(store, synchronise, server, heard)
        try:
            made.begin()
            yield made
        finally:
            made.end()
            synchronise.close()
            store.close()
    assert server.outbox == []


def streams_have_ended() -> bool:
    """Whether the threads that read them end, be it those of another test."""
    streams = [one for one in threading.enumerate() if one.name == "notifications"]
    for stream in streams:
        stream.join(20)
    return not any(stream.is_alive() for stream in streams)


def test_a_change_by_outlooks_hand_wakes_exactly_that_mailbox(watch: Watch) -> None:
    before = watch.polls()
    watch.add_in_outlook(2, "Outlookista")
    watch.until(lambda: any(one.pulled for one in watch.woken()))
    assert watch.titles(2) == ["Outlookista"]
    assert {one.person_id for one in watch.woken()} == {2}
    asked = watch.polls() - before
    assert asked.keys() == {PEOPLE[2]}, "the unchanged cost nothing"


def test_a_change_in_valueframe_wakes_exactly_that_persons_mailbox(watch: Watch) -> None:
    before = watch.polls()
    watch.add_in_valueframe(3, "ValueFramesta")
    watch.until(lambda: any(one.pushed for one in watch.woken()))
    assert watch.subjects(3) == ["ValueFramesta"]
    assert {one.person_id for one in watch.woken()} == {3}
    assert (watch.polls() - before).keys() == {PEOPLE[3]}


def test_own_writes_cost_one_more_request_at_most_and_never_a_loop(watch: Watch) -> None:
    watch.add_in_outlook(1, "Outlookista")
    watch.until(lambda: any(one.pulled for one in watch.woken()))
    watch.add_in_valueframe(2, "ValueFramesta")
    watch.until(lambda: any(one.pushed for one in watch.woken()))
    # By the time somebody else's change has gone there and been looked at again, all echoes are over.
    watch.add_in_outlook(3, "Viimeinen")
    watch.until(lambda: [one.person_id for one in watch.woken()].count(3) == 2)
    for person_id in (1, 2):
        first, *more = [one for one in watch.woken() if one.person_id == person_id]
        assert first.pulled + first.pushed == 1
        assert [(one.pulled, one.pushed, one.requests) for one in more] in ([], [(0, 0, 1)])


def test_a_wake_does_not_override_what_a_throttled_mailbox_was_told(watch: Watch) -> None:
    throttled = FaultRule(
        operation="SyncFolderItems",
        mailbox=PEOPLE[1],
        status=500,
        code="ErrorServerBusy",
        back_off_ms=300_000,
    )
    watch.simulator.set_faults([throttled])
    watch.add_in_outlook(1, "Ensin")
    watch.until(lambda: any(not one.ok for one in watch.woken()))
    polled = watch.polls()[PEOPLE[1]]
    with watch.store.read() as session:
        told = session.get_one(Integration, 1).next_run_at
    watch.add_in_outlook(1, "Sitten")
    watch.add_in_valueframe(1, "Ja vielä")
    watch.add_in_outlook(2, "Toisella")
    watch.until(lambda: [one.person_id for one in watch.woken()].count(2) == 2)
    assert watch.polls()[PEOPLE[1]] == polled
    with watch.store.read() as session:
        assert session.get_one(Integration, 1).next_run_at == told


def test_while_the_module_is_off_nobody_listens_r14(watch: Watch) -> None:
    settings = watch.synchronise._settings
    settings.set_module(on=False)
    assert streams_have_ended()
    polled, followed = watch.polls(), watch.heard.followed(len(PEOPLE))
    watch.add_in_outlook(2, "Outlookista")
    settings.set_module(on=True)
    watch.heard.until_following(len(PEOPLE), times=followed + 1)
    watch.add_in_outlook(3, "Toinen")
    watch.until(lambda: [one.person_id for one in watch.woken()].count(3) == 2)
    assert (watch.polls() - polled).keys() == {PEOPLE[3]}, "what nobody heard is left to polling"


def test_watching_ends_at_once_though_the_streams_are_open(watch: Watch) -> None:
    watch.end()
    assert streams_have_ended()
