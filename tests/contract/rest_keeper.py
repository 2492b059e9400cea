"""The REST keeper under the contract; its outsider works at ValueFrame's own screens.

Its field map is the sample that is shipped, so that what stands in it is true.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.contract.keeper import ORIGIN
from vfadmin import assets
from vfadmin.calendars.rest import FieldMap, RestCalendar, RestServer, parse
from vfadmin.simulator.valueframe import ResourceSpec, ValueFrameConfig, ValueFrameSimulator

EVENTS, COMPANIES, PERSONS = "kalenteritapahtumat", "company", "henkilot"
KEYS = {
    "valueframe-events": "tapahtumien-avain",
    "valueframe-companies": "yhtiöiden-avain",
    "valueframe-persons": "henkilöiden-avain",
}
OWNER = 1001
EMPTY = dict.fromkeys(
    (
        *("ownerId", "title", "startDateTime", "endDateTime", "allDay", "timeZone", "location"),
        *("description", "private", "showAs", "reminderMinutes", "acknowledged"),
        *("recurrenceRule", "recurrenceExceptions", "recurrenceDeleted", "participantIds"),
        *("vfadminKey", "vfadminStamp", "vfadminUid"),
        *("originAddedDateTime", "originModifiedDateTime", "vfadminWritten"),
    )
)


def events_resource(**changes: Any) -> ResourceSpec:
    """The resource of the sample's events."""
    return ResourceSpec(EVENTS, KEYS["valueframe-events"], **{"fields": EMPTY, **changes})


def resources(**changes: Any) -> tuple[ResourceSpec, ...]:
    """All resources of the sample."""
    read = frozenset({"GET"})
    return (
        events_resource(**changes),
        ResourceSpec(COMPANIES, KEYS["valueframe-companies"], read),
        ResourceSpec(PERSONS, KEYS["valueframe-persons"], read),
    )


def map_text(simulator: ValueFrameSimulator, changes: Mapping[str, str] | None = None) -> str:
    """The sample with the simulator's address, and with some of its lines changed."""
    text = assets.read_text("valueframe/field-map.toml")
    ca_file = simulator.ca_file.as_posix()
    asked = {
        "https://rest.valueframe.com/rest/v2": simulator.url,
        '# ca_file = "C:/ValueFrame/yritys-ca.pem"': f'ca_file = "{ca_file}"',
        "share_seconds = 30": "share_seconds = 0",
        **(changes or {}),
    }
    for line, other in asked.items():
        assert line in text, line
        text = text.replace(line, other)
    return text


def field_map(simulator: ValueFrameSimulator, changes: Mapping[str, str] | None = None) -> FieldMap:
    return parse(map_text(simulator, changes), Path("field-map.toml"))


@dataclass
class RestOutside:
    """Somebody at ValueFrame's screens, who knows nothing of our fields; a copy copies them all."""

    simulator: ValueFrameSimulator
    person: int = OWNER

    def create(self, title: str) -> str:
        times = {"startDateTime": ORIGIN, "endDateTime": ORIGIN + timedelta(hours=1)}
        shown = {name: moment.isoformat() for name, moment in times.items()}
        return str(self.simulator.add(EVENTS, {"ownerId": self.person, "title": title, **shown}))

    def edit(self, item_id: str, title: str) -> None:
        self.simulator.edit(EVENTS, int(item_id), {"title": title})

    def delete(self, item_id: str) -> None:
        self.simulator.remove(EVENTS, int(item_id))

    def copy(self, item_id: str) -> str:
        (row,) = (one for one in self.simulator.rows(EVENTS) if one["id"] == int(item_id))
        return str(self.simulator.add(EVENTS, row))

    def titles(self) -> list[str]:
        return sorted(row["title"] for row in self.simulator.rows(EVENTS) if row["ownerId"] == self.person)


@dataclass
class RestKeeper:
    """One person's events behind a simulated interface, and another person's among them."""

    simulator: ValueFrameSimulator
    outside: RestOutside
    page: int = 4
    servers: list[RestServer] = field(default_factory=list)

    def calendar(self) -> RestCalendar:
        return self.servers[-1].calendar(OWNER, page=self.page)

    def use(self, changes: Mapping[str, str] | None = None) -> None:
        """Another field map from now on."""
        self.servers.append(RestServer(field_map(self.simulator, changes), KEYS.__getitem__))

    def lose_cursor(self) -> None:
        """The map was changed: cursors that were given out under another one are of no use."""
        self.use({"limit = 200": "limit = 3"})

    def reset(self) -> None:
        """An empty calendar, and a colleague with an event."""
        self.close()
        self.simulator.reset()
        self.use({"limit = 200": "limit = 4"})
        RestOutside(self.simulator, OWNER + 1).create("Kollegan")

    def close(self) -> None:
        while self.servers:
            self.servers.pop().close()


@contextmanager
def running_rest_keeper() -> Iterator[RestKeeper]:
    """A simulated interface over TLS and the keeper over it; reset it before every test."""
    with ValueFrameSimulator(ValueFrameConfig(resources())) as simulator:
        keeper = RestKeeper(simulator, RestOutside(simulator))
        try:
            yield keeper
        finally:
            keeper.close()
