"""One list as many programs write it: the verdict on each row is the same (R26)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clock import START as NOW
from tests.services.sheets.files import EXPECTED, corpus
from vfadmin.models import Company, Person
from vfadmin.models.store import Store
from vfadmin.services.context import Services
from vfadmin.services.directory import derive
from vfadmin.services.transitions import enter_login, integration_for

FILES = corpus()


def test_the_corpus_is_as_wide_as_promised() -> None:
    assert len(FILES) >= 40


def known(store: Store) -> None:
    """The two persons of the list that are there already, with their numbers."""
    with store.write() as session:
        firm = Company(name="Firma Oy")
        session.add(firm)
        session.flush()
        for number, name, email, login in (
            (1001, "Anna Aho", "anna@firma.fi", ""),
            (1003, "Cederström, Cecilia", "c@firma.fi", "c@firma.fi"),
        ):
            one = Person(id=number, name=name, email=email, company_id=firm.id)
            derive(one, login)
            session.add(one)
            session.flush()
            if login:
                enter_login(one, integration_for(session, one, None), login, NOW)


@pytest.mark.parametrize("name", sorted(FILES))
def test_r26_the_same_list_means_the_same_in_whatever_file(
    services: Services, store: Store, tmp_path: Path, name: str
) -> None:
    known(store)
    path = tmp_path / name
    path.write_bytes(FILES[name])

    plan = services.bulk_import.check(path)

    assert [(row.row, row.verdict, row.failure and row.failure.code) for row in plan.rows] == EXPECTED
    changes = {one.field: one.new for one in plan.rows[0].changes}
    assert changes == {"name": 'Aho, "Anna"', "login": "FIRMA\\anna"}
    added = plan.rows[1].values
    assert (added["name"], added["login"]) == ("Öhman; Åke", "007ake@firma.fi")
    assert plan.header_row == 1
    result = services.bulk_import.apply(plan)
    assert (result.created, result.updated, result.unchanged, len(result.rejected)) == (1, 1, 1, 1)
