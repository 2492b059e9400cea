"""Which calendar a person's events go to (R2)."""

from __future__ import annotations

import pytest

from tests.clock import FakeClock
from tests.services.scenes import active, change, code, integration, person, remember
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


def test_r2_a_calendar_with_synchronised_events_is_kept(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    """The events would stay in the old one, and the new one would stay empty."""
    one = active(services)
    remember(store, one.id, fake_clock.now)
    services.activation.passivate([one.id])
    before = services.directory.person(one.id)

    with pytest.raises(UsageError) as error:
        services.activation.set_calendar(one.id, "new", "Työ")
    (result,) = services.activation.activate([one.id], calendar="new")

    assert refusal(error) == code(result.error) == "VF-CALENDAR-02"
    assert services.directory.person(one.id) == before
    assert services.activation.set_calendar(one.id, "default", "Vain nimi").calendar_name == "Vain nimi"
    assert integration(store, one.id).folder_identity == "folder"


def test_r2_the_name_of_a_calendar_with_synchronised_events_is_kept(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    one = person(services)
    services.activation.activate([one.id], login="a@firma.fi", calendar="new", calendar_name="Työ")
    remember(store, one.id, fake_clock.now)

    with pytest.raises(UsageError) as error:
        services.activation.set_calendar(one.id, "new", "Muu")

    assert refusal(error) == "VF-CALENDAR-02"


def test_r2_another_calendar_is_looked_up_while_nothing_is_paired(services: Services, store: Store) -> None:
    one = active(services)
    change(store, one.id, mailbox_identity="identity", folder_identity="folder", matched=True)
    services.activation.passivate([one.id])

    services.activation.set_calendar(one.id, "new", "Työ")

    now = integration(store, one.id)
    assert (now.matched, now.mailbox_identity, now.folder_identity) == (False, "identity", None)


def test_r2_after_a_removal_any_calendar_can_be_chosen(
    services: Services, store: Store, fake_clock: FakeClock
) -> None:
    one = active(services)
    remember(store, one.id, fake_clock.now)
    services.activation.remove([one.id])

    assert services.activation.activate([one.id], calendar="new", calendar_name="Työ")[0].ok


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
