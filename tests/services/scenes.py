"""Small scenes the tests of the services start from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from vfadmin.errors import Failure
from vfadmin.models import Cursor, Dirty, Integration, Intent, Pair
from vfadmin.models.store import Store
from vfadmin.services.context import Services
from vfadmin.services.rows import PersonRow


def person(services: Services, name: str = "Matti Meikäläinen", **fields: Any) -> PersonRow:
    return services.directory.add_person(name=name, **fields)


def active(services: Services, name: str = "Matti Meikäläinen", login: str | None = None) -> PersonRow:
    row = person(services, name)
    (result,) = services.activation.activate([row.id], login=login or f"user{row.id}@firma.fi")
    assert result.ok, result
    return services.directory.person(row.id)


def change(store: Store, person_id: int, **columns: Any) -> None:
    """What the engine or another program does to an integration."""
    with store.write() as session:
        row = session.get(Integration, person_id)
        assert row is not None
        for name, value in columns.items():
            setattr(row, name, value)


def integration(store: Store, person_id: int) -> Integration:
    with store.read() as session:
        row = session.get(Integration, person_id)
        assert row is not None
        return row


def stop(store: Store, person_id: int, since: datetime, code: str = "EX-IMP-01") -> None:
    """The engine stops it on an error."""
    change(
        store,
        person_id,
        state="error",
        error_code=code,
        error_params={"mailbox": "a@b.fi"},
        error_since=since,
    )


def remember(store: Store, person_id: int, at: datetime) -> None:
    """What the engine remembers of a mailbox that it synchronises."""
    with store.write() as session:
        pair = Pair(key=f"key-{person_id}", person_id=person_id, valueframe_id="1", exchange_id="x")
        session.add_all(
            [
                pair,
                Cursor(person_id=person_id, side="exchange", token="t"),
                Dirty(person_id=person_id, side="exchange", item_id="x"),
            ]
        )
        session.flush()
        session.add(
            Intent(
                pair_id=pair.id,
                person_id=person_id,
                side="exchange",
                operation="update",
                stamp="s",
                payload={},
                created_at=at,
            )
        )
    change(
        store,
        person_id,
        mailbox=f"box{person_id}@firma.fi",
        mailbox_identity="identity",
        folder_identity="folder",
        matched=True,
        last_synced_at=at,
        waiting=2,
    )


def code(found: Failure | None) -> str | None:
    return None if found is None else found.code
