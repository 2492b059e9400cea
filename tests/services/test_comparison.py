"""Comparing through the services: a real server, and what readers may see of it (R28, R31)."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime, timedelta

import pytest

from tests.services.test_synchronise import Site, simulator, site
from tests.strategies import NOW
from vfadmin.errors import UsageError
from vfadmin.services.comparison import ComparedRow

__all__ = ["simulator", "site"]
START = NOW + timedelta(days=1)


def add(site: Site, title: str, start: datetime = START, **more: object) -> int:
    end = start + timedelta(hours=1)
    document = {"owner": 1, "title": title, "start": start.isoformat(), "end": end.isoformat(), **more}
    return site.services.events.add(document).id


def rows(site: Site) -> dict[str, list[ComparedRow]]:
    found = site.services.comparisons.compare(1)
    assert found.failure is None
    return {name: found.group(name) for name in ("equal", "differing", "only_valueframe", "only_exchange")}


def test_what_differs_is_told_field_by_field_with_what_becomes_of_it_r28(site: Site) -> None:
    outlook = site.simulator.outlook("anna@example.test")
    item = add(site, "Palaveri", location="Helsinki")
    add(site, "Samanlainen", START + timedelta(hours=3))
    site.synchronise.run([1])
    site.services.events.edit(item, {"location": "Turku"})
    add(site, "Uusi", START + timedelta(hours=5))
    outlook.create(subject="Outlookista", start=START, end=START + timedelta(hours=1))
    found = rows(site)
    assert {name: [one.title for one in some] for name, some in found.items()} == {
        "equal": ["Samanlainen"],
        "differing": ["Palaveri"],
        "only_valueframe": ["Uusi"],
        "only_exchange": ["Outlookista"],
    }
    (field,) = found["differing"][0].fields
    assert (field.name, field.valueframe, field.exchange, field.resolved) == (
        "location",
        "Turku",
        "Helsinki",
        "Turku",
    )
    (write,) = found["differing"][0].writes
    assert (write.side, write.operation, write.reason) == ("exchange", "update", "edited")
    site.synchronise.run([1])
    assert [len(some) for some in rows(site).values()] == [4, 0, 0, 0]


def test_nothing_of_a_private_event_but_its_time_r31(site: Site) -> None:
    item = add(site, "Salaisuus", private=True, location="Piilo", text="Kuiskaus")
    once = add(site, "Lääkäri", START + timedelta(hours=3), location="Piilo")
    site.synchronise.run([1])
    site.services.events.edit(
        item, {"location": "Piilopaikka", "start": (START + timedelta(minutes=5)).isoformat()}
    )
    site.services.events.edit(once, {"private": True})
    found = site.services.comparisons.compare(1)
    assert [(one.title, one.redacted, one.group) for one in found.rows] == [
        ("Yksityinen", True, "differing"),
        ("Yksityinen", True, "differing"),
    ]
    assert {field.name: field.resolved is not None for field in found.rows[0].fields} == {
        "location": False,
        "when": True,
    }
    told = json.dumps(asdict(found), default=str, ensure_ascii=False)
    assert not [text for text in ("Salaisuus", "Piilo", "Kuiskaus", "Lääkäri") if text in told]


def test_what_was_private_once_stays_hidden_r31(site: Site) -> None:
    item = add(site, "Salaisuus", private=True)
    site.synchronise.run([1])
    site.services.events.edit(item, {"private": False})
    site.synchronise.run([1])
    assert [one.title for one in rows(site)["equal"]] == ["Yksityinen"]


def test_a_person_without_a_login_is_told_so_beside_their_events(site: Site) -> None:
    added = site.services.directory.add_person(name="Uusi", email="", company="Esimerkki", person_id=7)
    add(site, "Oma", owner=added.id)
    found = site.services.comparisons.compare(7)
    assert found.failure is not None
    assert (found.failure.code, found.state) == ("VF-LOGIN-01", "unused")
    assert [(one.title, one.group) for one in found.rows] == [("Oma", "unreadable")]


def test_an_unknown_person_is_refused(site: Site) -> None:
    with pytest.raises(UsageError) as refused:
        site.services.comparisons.compare(99)
    assert refused.value.failure.code == "VF-PERSON-01"


def test_a_passive_person_is_compared_while_the_module_is_off_too(site: Site) -> None:
    add(site, "Palaveri")
    site.services.activation.passivate([1])
    site.services.settings.set_module(on=False)
    found = site.services.comparisons.compare(1)
    assert (found.state, found.failure, [one.group for one in found.rows]) == (
        "passive",
        None,
        ["only_valueframe"],
    )
