"""A customer's ValueFrame interface to try out by hand: the sample's resources, a person for each mailbox."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from vfadmin import assets
from vfadmin.simulator import MailboxSpec
from vfadmin.simulator.valueframe import ResourceSpec, ValueFrameConfig, ValueFrameSimulator

EVENTS, COMPANIES, PERSONS = "kalenteritapahtumat", "company", "henkilot"
_ENTRIES = {EVENTS: "valueframe-events", COMPANIES: "valueframe-companies", PERSONS: "valueframe-persons"}
"""The keyring entries of the transfer keys, as the sample names them."""
_EVENT_FIELDS = (
    *("ownerId", "title", "startDateTime", "endDateTime", "allDay", "timeZone", "location"),
    *("description", "private", "showAs", "reminderMinutes", "acknowledged"),
    *("recurrenceRule", "recurrenceExceptions", "recurrenceDeleted", "participantIds"),
    *("vfadminKey", "vfadminStamp", "vfadminUid"),
    *("originAddedDateTime", "originModifiedDateTime", "vfadminWritten"),
)


@contextmanager
def running_trial(mailboxes: Iterable[MailboxSpec]) -> Iterator[Mapping[str, Any]]:
    """Serve it; what it answers says how to reach it, and ``field_map`` is a file that leads there.

    Its rows and the file are gone afterwards.
    """
    read = frozenset({"GET"})
    resources = (
        ResourceSpec(EVENTS, secrets.token_urlsafe(24), fields=dict.fromkeys(_EVENT_FIELDS)),
        ResourceSpec(COMPANIES, secrets.token_urlsafe(24), read),
        ResourceSpec(PERSONS, secrets.token_urlsafe(24), read),
    )
    with (
        TemporaryDirectory(prefix="vfadmin-trial-") as folder,
        ValueFrameSimulator(ValueFrameConfig(resources)) as simulator,
    ):
        company = simulator.add(COMPANIES, {"name": "Esimerkki Oy"})
        for one in mailboxes:
            simulator.add(PERSONS, {**_person(one), "companyId": company})
        path = Path(folder, "field-map.toml")
        path.write_text(_field_map(simulator), encoding="utf-8")
        yield {
            "url": simulator.url,
            "user": simulator.config.user,
            "ca_file": str(simulator.ca_file),
            "field_map": str(path),
            "keys": {_ENTRIES[spec.name]: spec.key for spec in resources},
        }


def _field_map(simulator: ValueFrameSimulator) -> str:
    """The sample that is shipped, with the address and the authority of this interface."""
    own = {"url =": f'url = "{simulator.url}"', "# ca_file =": f'ca_file = "{simulator.ca_file.as_posix()}"'}
    lines = assets.read_text("valueframe/field-map.toml").splitlines()
    return "\n".join(
        next((told for start, told in own.items() if line.startswith(start)), line) for line in lines
    )


def _person(mailbox: MailboxSpec) -> dict[str, Any]:
    first, _, last = (mailbox.name or mailbox.email.partition("@")[0]).rpartition(" ")
    return {"firstName": first, "lastName": last, "emailAddress": mailbox.email, "status": "Aktiivinen"}
