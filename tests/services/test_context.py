from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.clock import FakeClock
from tests.services.scenes import person
from vfadmin.models.store import Store
from vfadmin.services.context import Actor, Services, build_services
from vfadmin.services.credentials import Secrets
from vfadmin.services.search import PersonQuery


def test_without_a_vault_the_systems_keyring_keeps_the_secrets(
    store: Store, tmp_path: Path, fake_clock: FakeClock
) -> None:
    built = build_services(store, tmp_path, clock=fake_clock, actor=Actor("a", "h"))

    assert isinstance(built.secrets, Secrets)
    assert (built.home, built.actor) == (tmp_path, Actor("a", "h"))


def test_every_service_may_be_used_from_any_thread(services: Services) -> None:
    with ThreadPoolExecutor(4) as pool:
        added = list(
            pool.map(lambda number: person(services, f"N{number}", login=f"n{number}@f.fi").id, range(20))
        )
        results = list(pool.map(lambda one: services.activation.activate([one])[0], added))

    assert sorted(added) == list(range(1, 21))
    assert all(result.ok for result in results)
    assert services.search.counts(PersonQuery()).active == 20
