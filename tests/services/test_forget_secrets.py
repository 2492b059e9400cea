from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from tests.contract.rest_keeper import KEYS, map_text, resources
from vfadmin.models import Audit
from vfadmin.models.store import Store
from vfadmin.services.alert_settings import AlertChange
from vfadmin.services.context import Services
from vfadmin.simulator.valueframe import ValueFrameConfig, ValueFrameSimulator

PLACE = {"url": "https://mail.esim.example/EWS/Exchange.asmx", "account": "ESIM\\palvelu", "auth": "ntlm"}


def kept(services: Services) -> dict[str, str]:
    secrets: dict[str, str] = services.secrets._secrets  # type: ignore[attr-defined]
    return secrets


def test_r27_every_secret_goes_and_everything_else_stays(
    services: Services, store: Store, tmp_path: Path
) -> None:
    services.connections.set(protocol="ews", secret="one", **PLACE)
    services.connections.set(protocol="ews", name="toinen", secret="two", **PLACE)
    services.alert_settings.set(AlertChange(webhook="https://hooks.esim.example/x"))
    with ValueFrameSimulator(ValueFrameConfig(resources())) as simulator:
        path = tmp_path / "kartta.toml"
        path.write_text(map_text(simulator), encoding="utf-8")
        services.valueframe.use_rest(path)
    for name, key in KEYS.items():
        services.valueframe.store_key(name, key)
    services.secrets.write("somebody-elses", "three")

    told = services.forget_secrets.forget()

    assert told == sorted({"ews", "toinen", "alert-webhook", "alert-mail", *KEYS})
    assert kept(services) == {"somebody-elses": "three"}
    assert [one.name for one in services.connections.list()] == ["ews", "toinen"]
    with store.read() as session:
        (entry,) = session.scalars(select(Audit).where(Audit.action == "secrets.forget"))
    assert entry.after == {"names": told}


def test_r27_on_a_fresh_database_there_is_nothing_to_forget_but_it_may_be_asked(services: Services) -> None:
    assert (
        services.forget_secrets.forget()
        == services.forget_secrets.forget()
        == ["alert-mail", "alert-webhook"]
    )
    assert kept(services) == {}
