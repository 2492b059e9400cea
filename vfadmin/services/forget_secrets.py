"""Taking every secret of ours out of the keyring: for whoever takes the program off a machine."""

from __future__ import annotations

from sqlalchemy import select

from vfadmin.models import Connection
from vfadmin.models.store import Store
from vfadmin.services.alert_settings import MAIL_SECRET, WEBHOOK_SECRET
from vfadmin.services.audit import Actor, record
from vfadmin.services.credentials import SecretVault
from vfadmin.services.directory import Clock
from vfadmin.services.valueframe import chosen_map


class ForgetSecrets:
    """Forgets the secrets of all connections, of the alerts and of ValueFrame; what they belong to stays."""

    def __init__(self, store: Store, secrets: SecretVault, *, clock: Clock, actor: Actor) -> None:
        self._store, self._secrets, self._clock, self._actor = store, secrets, clock, actor

    def names(self) -> list[str]:
        """Under what names there may be one, by what the database knows."""
        with self._store.read() as session:
            known = set(session.scalars(select(Connection.name)))
        found = chosen_map(self._store)
        keys = set() if found is None else {one.key for one in found.resources if one.key}
        return sorted(known | keys | {MAIL_SECRET, WEBHOOK_SECRET})

    def forget(self) -> list[str]:
        """Remove them all from the keyring; answers under what names. Raises SecretError.

        On a server a secret that comes as a file is left alone. Broken off, it can be done again.
        """
        names = self.names()
        for name in names:
            self._secrets.forget(name)
        with self._store.write() as session:
            record(session, self._actor, "secrets.forget", "secrets", None, {"names": names}, self._clock())
        return names
