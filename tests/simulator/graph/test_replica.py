"""A copy that is kept by delta queries alone is always what the calendar shows, whoever writes in it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from tests.clock import FakeClock
from vfadmin.simulator import MailboxSpec, Recurrence, Simulator, SimulatorConfig

FIRST = datetime(2026, 3, 2, 8, tzinfo=UTC)
WINDOW = {"startDateTime": "2026-03-05T00:00:00Z", "endDateTime": "2026-03-20T00:00:00Z"}
ROOT = "/v1.0/users/a@x.test"
DAYS = st.integers(0, 30)


class Replica(RuleBasedStateMachine):
    """Events come, change, move and go through Outlook; a client follows with small pages."""

    events = Bundle("events")

    @initialize(immutable=st.booleans())
    def begin(self, *, immutable: bool) -> None:
        config = SimulatorConfig(
            mailboxes=(MailboxSpec("a@x.test"),), tls=False, clock=FakeClock(), protocol="graph"
        )
        self.sim = Simulator(config)
        self.user = self.sim.outlook("a@x.test")
        self.user.add_folder("Toinen")
        form = {
            "grant_type": "client_credentials", "client_id": config.graph.client_id,
            "client_secret": self.sim.client_secret, "scope": "https://graph.microsoft.com/.default",
        }  # fmt: skip
        answer = self.sim.handle(
            "POST", f"/{config.graph.tenant}/oauth2/v2.0/token", {}, urlencode(form).encode()
        )
        self.headers = {
            "Authorization": f"Bearer {json.loads(answer.body)['access_token']}",
            "Prefer": "odata.maxpagesize=2" + (', IdType="ImmutableId"' if immutable else ""),
        }
        self.known: dict[str, Any] = {}
        self.link = f"{ROOT}/calendarView/delta?{urlencode(WINDOW)}"
        # By the numbers the machine has for them; ids change with a move.
        self.ids: dict[int, str] = {}

    def teardown(self) -> None:
        if hasattr(self, "sim"):
            self.sim.stop()

    def _get(self, path: str) -> Any:
        response = self.sim.handle("GET", path, self.headers)
        assert response.status == 200, response.body
        return json.loads(response.body)

    def _keep(self, event_id: str) -> int:
        self.ids[len(self.ids)] = event_id
        return len(self.ids) - 1

    @rule(target=events, day=DAYS, series=st.booleans())
    def create(self, day: int, *, series: bool) -> int:
        start = FIRST + timedelta(days=day)
        recurrence = Recurrence("Daily", start.date(), interval=3, count=4) if series else None
        return self._keep(
            self.user.create(subject="x", start=start, end=start + timedelta(hours=1), recurrence=recurrence)
        )

    @rule(event=events, day=DAYS)
    def move_in_time(self, event: int, day: int) -> None:
        if event_id := self._alive(event):
            start = FIRST + timedelta(days=day)
            self.user.edit(event_id, start=start, end=start + timedelta(hours=1))

    @rule(event=events)
    def touch(self, event: int) -> None:
        if event_id := self._alive(event):
            self.user.touch(event_id)

    @rule(event=events)
    def delete(self, event: int) -> None:
        if event_id := self._alive(event):
            self.user.delete(event_id)
            del self.ids[event]
            self.ids[event] = ""

    @rule(event=events, folder=st.sampled_from(["Toinen", "calendar"]))
    def move_to_a_folder(self, event: int, folder: str) -> None:
        event_id = self._alive(event)
        if event_id and self.user.item(event_id).folder != folder:
            self.ids[event] = self.user.move(event_id, folder)

    @rule(event=events, nth=st.integers(0, 3), edit=st.booleans())
    def touch_an_occurrence(self, event: int, nth: int, *, edit: bool) -> None:
        event_id = self._alive(event)
        if not event_id or self.user.item(event_id).recurrence is None:
            return
        first = self.user.item(event_id).recurrence
        assert first is not None
        day: date = first.start + timedelta(days=3 * nth)
        try:
            found = self.user.occurrence(event_id, day)
        except KeyError:
            return
        if edit:
            self.user.edit(found.id, subject="toisin")
        elif len(self.user.item(event_id).deletions) < 3:
            self.user.delete(found.id)

    def _alive(self, event: int) -> str:
        return self.ids[event]

    @rule()
    def read_one_page(self) -> None:
        """A page now and the rest later: the calendar may change in the middle of a round."""
        page = self._get(self.link)
        for entry in page["value"]:
            if "@removed" in entry:
                self.known.pop(entry["id"], None)
            else:
                self.known[entry["id"]] = entry
        self.link = page.get("@odata.nextLink") or page["@odata.deltaLink"]

    @invariant()
    def agrees_after_a_round(self) -> None:
        if not hasattr(self, "sim") or "$skiptoken" in self.link or "startDateTime" in self.link:
            return
        before, known = self.link, dict(self.known)
        self.read_one_page()
        while "$skiptoken" in self.link:
            self.read_one_page()
        shown = self._get(f"{ROOT}/calendarView?{urlencode(WINDOW | {'$top': '500'})}")["value"]
        masters = {one["seriesMasterId"] for one in shown if one["seriesMasterId"]}
        assert set(self.known) == {one["id"] for one in shown} | masters
        for one in shown:
            kept = self.known[one["id"]]
            assert (kept["start"], kept["type"], kept["@odata.etag"]) == (
                one["start"], one["type"], one["@odata.etag"],
            )  # fmt: skip
        # Only a look: the machine itself reads on from where it was, in pages of its own.
        self.link, self.known = before, known


Replica.TestCase.settings = settings(max_examples=60, stateful_step_count=25)
TestReplica = Replica.TestCase
