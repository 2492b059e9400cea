"""Which calendar a person's events go to (R2)."""

from __future__ import annotations

import pytest

from tests.clock import FakeClock
from tests.services.scenes import active, code, integration, person, remember
from vfadmin.errors import UsageError
from vfadmin.models.store import Store
from vfadmin.services.activation import checked_calendar
from vfadmin.services.context import Services


def refusal(error: pytest.ExceptionInfo[UsageError]) -> str:
    return error.value.failure.code


def test_r2_the_calendar_is_chosen_while_the_integration_is_not_active(services: Services) -> None:
    one = person(services)

    row = services.activation.set_calendar(one.id, "new", " Työ kalenteri ", version=one.version)

    assert (row.calendar, row.calendar_name) == ("new", "Työ kalenteri")
    assert services.activation.set_calendar(one.id, "new") == row
    assert services.activation.set_calendar(one.id, "default").calendar_name == "Työ kalenteri"
    assert [entry.action for entry in services.history.audit(one.id)][:2] == ["integration.calendar"] * 2


def test_r2_an_active_one_keeps_its_calendar(services: Services) -> None:
    one = active(services)

    with pytest.raises(UsageError) as error:
        services.activation.set_calendar(one.id, "new", "Työ")
    (result,) = services.activation.activate([one.id], calendar="new")

    assert refusal(error) == "VF-STATE-01"
    assert code(result.error) == "VF-STATE-01"
    assert services.activation.activate([one.id], calendar="default")[0].ok
    assert services.directory.person(one.id) == one


def test_another_calendar_on_a_passive_row_is_matched_before_anything_is_written(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    one = active(services)
    remember(store, one.id, fake_clock.now)
    services.activation.passivate([one.id])

    services.activation.set_calendar(one.id, "new", "Työ")

    now = integration(store, one.id)
    assert (now.matched, now.folder_identity) == (False, "folder")


@pytest.mark.parametrize(
    ("calendar", "name"),
    [
        ("own", None),
        ("new", ""),
        ("new", "   "),
        ("new", "a/b"),
        ("new", "a\\b"),
        ("new", "a\nb"),
        ("new", "😀" * 128),
    ],
)
def test_a_bad_calendar_is_refused(services: Services, calendar: str, name: str | None) -> None:
    one = person(services, login="a@firma.fi")

    with pytest.raises(UsageError) as error:
        services.activation.activate([one.id], calendar=calendar, calendar_name=name)

    assert refusal(error) == "VF-CALENDAR-01"


def test_the_longest_calendar_name_is_255_units() -> None:
    assert checked_calendar("new", "ä" * 255) == ("new", "ä" * 255)
