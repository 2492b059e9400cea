"""Whom an alert goes to: never to a user, never with a secret outside the keyring."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tests.services.certificates import write_authority
from tests.services.scenes import active, person
from vfadmin.errors import SecretError, UsageError
from vfadmin.models import Audit, Setting
from vfadmin.models.store import Store
from vfadmin.services.alert_settings import MAIL_SECRET, WEBHOOK_SECRET, AlertChange, AlertSettings
from vfadmin.services.context import Services

URL = "https://hooks.firma.fi/services/T0K3N"
MAIL = AlertChange(
    server="smtp.firma.fi", sender="vfadmin@firma.fi", recipients=("it@firma.fi",), password="salaisuus"
)


def code(services: Services, **change: Any) -> str:
    with pytest.raises(UsageError) as refused:
        services.alert_settings.set(AlertChange(**change))
    return refused.value.failure.code


def test_nothing_is_sent_until_somebody_sets_it(services: Services) -> None:
    settings = services.alert_settings.get()
    assert settings == AlertSettings()
    assert not settings.on


def test_r27_what_may_hold_a_token_or_is_a_password_is_in_the_keyring_alone(
    services: Services, store: Store
) -> None:
    services.alert_settings.set(AlertChange(webhook=URL))
    settings = services.alert_settings.set(MAIL)
    assert (settings.webhook, settings.mail, settings.recipients) == (True, True, ("it@firma.fi",))
    assert services.alert_settings.get() == settings
    assert (services.secrets.read(WEBHOOK_SECRET), services.secrets.read(MAIL_SECRET)) == (URL, "salaisuus")
    with store.read() as session:
        kept = [*map(str, session.scalars(select(Setting.value)))]
        kept += [f"{one.before}{one.after}" for one in session.scalars(select(Audit))]
    assert len(kept) == 3, "each change is in the audit trail"
    assert "T0K3N" not in str(kept)
    assert "salaisuus" not in str(kept)

    assert not services.alert_settings.off().on
    for name in (WEBHOOK_SECRET, MAIL_SECRET):
        with pytest.raises(SecretError):
            services.secrets.read(name)


def test_no_alert_goes_to_a_user(services: Services) -> None:
    active(services, "Anna", login="anna@firma.fi")
    person(services, "Bea", email="Bea@firma.fi")
    for address in ("anna@firma.fi", "ANNA@firma.fi", "bea@firma.fi"):
        change = {"server": "smtp.firma.fi", "sender": "vfadmin@firma.fi"}
        assert code(services, recipients=("it@firma.fi", address), **change) == "VF-ALERT-02"
    assert services.alert_settings.get() == AlertSettings()


@pytest.mark.parametrize(
    "change",
    [
        {"webhook": "http://hooks.firma.fi/x"},
        {"webhook": "https://"},
        {"webhook": "https://user:salaisuus@hooks.firma.fi/"},
        {"webhook": "https://hooks.firma.fi:99999/"},
        {"webhook": "https://hooks.firma.fi/a b"},
        {"webhook": "https://[::1/"},
        {"recipients": ("it@firma.fi",)},
        {"recipients": ("it@firma.fi",), "sender": "a@firma.fi"},
        {"recipients": ("ei osoite",), "sender": "a@firma.fi", "server": "smtp"},
        {"recipients": ("it@firma.fi\nBcc: kaikki@firma.fi",), "sender": "a@firma.fi", "server": "smtp"},
        {"recipients": ("åke@firma.fi",), "sender": "a@firma.fi", "server": "smtp"},
        {"recipients": tuple(f"it{n}@firma.fi" for n in range(21)), "sender": "a@firma.fi", "server": "smtp"},
        {"server": "smtp:0"},
        {"server": "smtp:70000"},
        {"server": "https://smtp"},
        {"sender": "vfadmin"},
        {"security": "none"},
        {"password": "a\nb"},
        {"account": "a\nb"},
    ],
)
def test_what_is_of_no_use_is_refused_and_changes_nothing(services: Services, change: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as refused:
        services.alert_settings.set(AlertChange(**change))
    assert refused.value.failure.code == "VF-ALERT-01"
    assert "salaisuus" not in str(refused.value.failure.params)
    assert services.alert_settings.get() == AlertSettings()


def test_the_ports_of_mail_and_a_file_of_certificates(services: Services, tmp_path: Any) -> None:
    assert AlertSettings(server="smtp.firma.fi").host_and_port == ("smtp.firma.fi", 587)
    assert AlertSettings(server="smtp.firma.fi", security="tls").host_and_port == ("smtp.firma.fi", 465)
    assert AlertSettings(server="smtp.firma.fi:25").host_and_port == ("smtp.firma.fi", 25)
    assert code(services, ca_file=str(tmp_path / "ei.pem")) == "EX-TLS-04"
    path = str(write_authority(tmp_path / "ca.pem"))
    assert services.alert_settings.set(AlertChange(ca_file=path)).ca_file == path
