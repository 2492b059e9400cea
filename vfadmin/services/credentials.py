"""Secrets of the connections: in the operating system's keyring and nowhere else (R27)."""

from __future__ import annotations

from typing import Protocol

from vfadmin.errors import SecretError, failure

SERVICE = "vfadmin"


class SecretVault(Protocol):
    """Where secrets are kept, by the name of the connection."""

    def read(self, connection: str) -> str:
        """The secret. Raises SecretError: VF-SECRET-01 (no keyring), -02 (locked), -03 (none stored)."""

    def write(self, connection: str, secret: str) -> None:
        """Store or replace the secret. Raises SecretError as `read`."""

    def forget(self, connection: str) -> None:
        """Remove the secret; no error when there is none. Raises SecretError VF-SECRET-01 and -02."""


class MemorySecrets:
    """A vault that lasts as long as the process: for the demo and for tests."""

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}

    def read(self, connection: str) -> str:
        """The secret. Raises SecretError VF-SECRET-03."""
        try:
            return self._secrets[connection]
        except KeyError:
            raise SecretError(failure("VF-SECRET-03", connection=connection)) from None

    def write(self, connection: str, secret: str) -> None:
        """Keep the secret in memory."""
        self._secrets[connection] = secret

    def forget(self, connection: str) -> None:
        """Drop the secret."""
        self._secrets.pop(connection, None)


class Secrets:
    """The operating system's keyring, through the keyring library."""

    def read(self, connection: str) -> str:
        """The secret. Raises SecretError: VF-SECRET-01 (no keyring), -02 (locked), -03 (none stored)."""
        raise NotImplementedError

    def write(self, connection: str, secret: str) -> None:
        """Store or replace the secret. Raises SecretError VF-SECRET-01 and -02."""
        raise NotImplementedError

    def forget(self, connection: str) -> None:
        """Remove the secret; no error when there is none. Raises SecretError VF-SECRET-01 and -02."""
        raise NotImplementedError
