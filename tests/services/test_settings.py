from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vfadmin.errors import UsageError
from vfadmin.models import EventType
from vfadmin.models.store import Store
from vfadmin.services.context import Services

DEFAULTS = {
    "default_event_type": None,
    "days_back": 7,
    "horizon_months": 24,
    "poll_seconds": 120,
    "silent_hours": 24,
    "history_days": 30,
    "conflict_winner": "valueframe",
    "participants": True,
    "show_unacknowledged_as_tentative": False,
    "workers": 8,
    "guard_minimum": 5,
    "guard_maximum": 50,
    "guard_percent": 10,
    "update_check": True,
    "update_url": None,
    "paused": False,
    "module": True,
}


def test_every_setting_has_its_default(services: Services) -> None:
    assert {row.key: row.value for row in services.settings.all()} == DEFAULTS
    assert {key: services.settings.get(key) for key in DEFAULTS} == DEFAULTS


@pytest.mark.parametrize(
    ("key", "given_value", "value"),
    [
        ("days_back", "14", 14),
        ("days_back", 0, 0),
        ("days_back", " 365 ", 365),
        ("poll_seconds", 15, 15),
        ("conflict_winner", "Exchange", "exchange"),
        ("participants", "ei", False),
        ("participants", "on", True),
        ("participants", False, False),
        ("workers", 27, 27),
        ("update_check", "off", False),
        (
            "update_url",
            " https://paivitys.esim.example/update.json ",
            "https://paivitys.esim.example/update.json",
        ),
        ("update_url", "none", ""),
        ("update_url", "", ""),
        ("update_url", "Oletus", None),
        ("update_url", None, None),
    ],
)
def test_a_setting_is_parsed_and_kept(services: Services, key: str, given_value: Any, value: Any) -> None:
    services.settings.set(key, DEFAULTS[key])

    row = services.settings.set(key, given_value)

    assert (row.key, row.value, row.default) == (key, value, DEFAULTS[key])
    assert services.settings.get(key) == value


@pytest.mark.parametrize(
    ("key", "bad"),
    [
        ("days_back", "366"),
        ("days_back", "-1"),
        ("days_back", "seven"),
        ("days_back", "7.5"),
        ("days_back", ""),
        ("days_back", "٧"),
        ("days_back", True),
        ("days_back", "9" * 5000),
        ("poll_seconds", 14),
        ("horizon_months", 0),
        ("conflict_winner", "outlook"),
        ("conflict_winner", 1),
        ("update_url", "http://paivitys.esim.example/update.json"),
        ("update_url", "file:///update.json"),
        ("update_url", "https://tunnus:sala@esim.example/"),
        ("update_url", "https://esim.example:99999/"),
        ("update_url", "https://[esim/"),
        ("update_url", "https://esim.example/" + "x" * 2000),
        ("update_url", 1),
        ("participants", "maybe"),
        ("participants", 2),
        ("default_event_type", "no such"),
        ("default_event_type", 99),
    ],
)
def test_a_value_outside_the_limits_is_refused_and_the_old_one_stands(
    services: Services, key: str, bad: Any
) -> None:
    with pytest.raises(UsageError) as error:
        services.settings.set(key, bad)

    assert error.value.failure.code == "VF-SETTING-02"
    assert error.value.failure.params["key"] == key
    assert error.value.failure.params["allowed"]
    assert services.settings.get(key) == DEFAULTS[key]


def test_an_unknown_key_is_refused_with_the_known_ones(services: Services) -> None:
    for call in (services.settings.get, lambda key: services.settings.set(key, 1)):
        with pytest.raises(UsageError) as error:
            call("colour")
        assert error.value.failure.code == "VF-SETTING-01"
        assert "days_back" in str(error.value.failure.params["known"])


def test_r13_the_default_event_type_is_set_by_name_or_id_and_cleared(
    services: Services, store: Store
) -> None:
    kind = services.directory.add_event_type("Ääripalaveri")

    assert services.settings.set("default_event_type", "ÄÄRIPALAVERI").value == kind.id
    assert services.settings.set("default_event_type", str(kind.id)).value == kind.id
    assert services.settings.set("default_event_type", kind.id).value == kind.id
    assert services.settings.set("default_event_type", "none").value is None
    assert services.settings.set("default_event_type", None).value is None

    with store.write() as session:
        row = session.get(EventType, kind.id)
        assert row is not None
        row.active = False
    with pytest.raises(UsageError):
        services.settings.set("default_event_type", kind.id)


def test_r14_the_module_has_a_switch_of_its_own(services: Services) -> None:
    with pytest.raises(UsageError) as error:
        services.settings.set("module", "off")

    assert error.value.failure.code == "VF-SETTING-03"
    assert services.settings.set_module(on=False) is True
    assert services.settings.flag("module") is False
    assert services.settings.set_module(on=False) is False
    assert services.settings.set_module(on=True) is True
    assert services.settings.flag("module") is True


def test_every_change_is_in_the_audit_trail_and_no_change_is_not(services: Services) -> None:
    services.settings.set("days_back", 7)
    services.settings.set("days_back", 10)
    services.settings.set("days_back", 11)
    services.settings.set("days_back", 11)

    entries = services.history.audit()

    assert [(one.subject, one.before, one.after) for one in entries] == [
        ("setting:days_back", {"days_back": 10}, {"days_back": 11}),
        ("setting:days_back", {"days_back": 7}, {"days_back": 10}),
    ]


def test_a_setting_is_asked_for_by_its_kind(services: Services) -> None:
    assert services.settings.number("days_back") == 7
    with pytest.raises(TypeError):
        services.settings.number("participants")
    with pytest.raises(TypeError):
        services.settings.flag("days_back")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(sorted(DEFAULTS)),
    st.one_of(st.text(max_size=20), st.integers(), st.booleans(), st.none()),
)
def test_whatever_is_given_a_setting_stays_within_its_limits(
    services: Services, key: str, value: Any
) -> None:
    refused = None
    try:
        services.settings.set(key, value)
    except UsageError as error:
        refused = error.failure.code

    assert refused in {None, "VF-SETTING-02", "VF-SETTING-03"}
    row = next(row for row in services.settings.all() if row.key == key)
    if row.kind == "int":
        assert isinstance(row.value, int)
        assert (row.minimum or 0) <= row.value <= (row.maximum or 0)
    assert row.kind != "choice" or row.value in row.choices
    assert row.kind != "bool" or isinstance(row.value, bool)
